//! Exports: a mark of who took them out and when, and two people for bulk exports of personal data (data security law, article 27;
//! personal information protection law, article 51).

use crate::{
    clock::ServerTime,
    policy::{ApproveBulkExport, Authorized, Export, Scope},
};
use std::fmt;

/// The mark that every page or sheet of an export carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watermark {
    /// Account that exported.
    pub account: String,
    /// Code of its organisation.
    pub organisation: String,
    /// When, by the store's clock.
    pub at: ServerTime,
    /// Number of the record in the trail, by which the export is found again.
    pub record: u64,
}

impl fmt::Display for Watermark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (account, organisation) = (plain(&self.account), plain(&self.organisation));
        let Self { at, record, .. } = self;
        write!(f, "明察 导出人 {account}（{organisation}） {} 记录号 {record} 仅限执法监督使用", at.time())
    }
}

/// A text without what could break a line or turn the direction of writing.
fn plain(text: &str) -> String {
    let hidden = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    text.chars().filter(|c| !c.is_control() && !hidden(c)).take(64).collect()
}

/// A person behind an account, as the store knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: String,
    /// A key of the person that is the same over all of their accounts, such as the keyed digest of the certificate number.
    pub key: String,
}

/// Whether two accounts are two people, as far as the store knows who they are.
pub fn two_people(one: &Person, other: &Person) -> bool {
    let key = |person: &Person| person.key.trim().to_uppercase();
    let known = !key(one).is_empty() && !key(other).is_empty();
    known && key(one) != key(other) && one.account != other.account
}

/// Another person's approval of one bulk export.
#[derive(Clone, Debug)]
pub struct BulkApproval {
    /// The proof that the approver may.
    pub proof: Authorized<ApproveBulkExport>,
    /// Who approved.
    pub approver: Person,
    /// Digest of the export's request that was approved: its conditions and columns.
    pub request: String,
    /// Until when it may be used.
    pub until: ServerTime,
}

/// Why a bulk export does not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// Nobody approved.
    #[error("批量导出个人信息须由另一人审批；请先提交审批")]
    NotApproved,
    /// One person asked and approved.
    #[error("审批人与申请人不得为同一人；请由另一人审批")]
    SamePerson,
    /// Of another organisation.
    #[error("审批人须为本单位主要负责人；请由本单位审批")]
    OtherOrganisation,
    /// Something else was approved.
    #[error("审批的导出条件与本次不同；请重新提交审批")]
    OtherRequest,
    /// It is too late.
    #[error("审批已过期；请重新提交审批")]
    Expired,
}

/// From how many rows of personal data an export is a bulk export.
pub const BULK_ROWS: u64 = 100;

/// Checks an export of that many rows of personal data: below `most` it needs nobody else, from there on another person's approval
/// of the very same request.
pub fn check_bulk(
    asked: &Scope<Export>,
    asker: &Person,
    request: &str,
    rows: u64,
    most: u64,
    approval: Option<&BulkApproval>,
    now: ServerTime,
) -> Result<(), BulkError> {
    if rows < most {
        return Ok(());
    }
    let approval = approval.ok_or(BulkError::NotApproved)?;
    let approver = &approval.approver;
    if !two_people(asker, approver)
        || approval.proof.actor().account != approver.account
        || asked.actor().account != asker.account
    {
        return Err(BulkError::SamePerson);
    }
    if approval.proof.id() != asked.actor().organisation {
        return Err(BulkError::OtherOrganisation);
    }
    if approval.request != request {
        return Err(BulkError::OtherRequest);
    }
    if now >= approval.until {
        return Err(BulkError::Expired);
    }
    Ok(())
}
