//! A finding: what a rule saw, with its lines, its amount and how that was counted. A suspicion, never a verdict.

use crate::{Date, Fen, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a finding claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 明确违规: structured data against an official table leave no room. Still to be confirmed by a person.
    Violation,
    /// 可疑: a person must look.
    Suspect,
    /// 重点关注: a ranking or attention list, never shown as a violation.
    Monitor,
    /// 无法判断: data that the rule needs is missing; neither a hit nor a pass.
    Inconclusive,
}

impl Kind {
    /// What a supervisor reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Violation => "明确违规",
            Self::Suspect => "可疑",
            Self::Monitor => "重点关注",
            Self::Inconclusive => "无法判断",
        }
    }
}

/// What kind of thing a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubjectKind {
    /// An insured person, by `psn_no`.
    Person,
    /// A hospital or clinic, by `fixmedins_code`.
    Institution,
    /// A doctor, nurse or pharmacist, by `prac_psn_code`.
    Practitioner,
    /// A retail pharmacy, by `fixmedins_code`.
    Pharmacy,
    /// Several people seen together, by a name made of their sorted `psn_no`.
    Group,
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Person, institution, …
    pub kind: SubjectKind,
    /// Its identifier.
    pub id: String,
}

/// What an evidence line is in its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The line that should not be there, or not so.
    Offending,
    /// A line that shows why.
    Related,
}

/// One row of a table that a finding stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// `fee`, `settlement`, `encounter`, `diagnosis`, …
    pub table: String,
    /// The values of the table's key columns, in their order.
    pub key: Vec<String>,
    /// Offending or related.
    pub role: Role,
    /// When: the row's own time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Time>,
    /// The settlement that paid the row, so that totals count money once.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub setl_id: Option<String>,
    /// The row's institution, where it is not the finding's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fixmedins_code: Option<String>,
    /// The row's insured person, in a finding about several people together.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub psn_no: Option<String>,
    /// What the fund paid for it that is in question, in fen; zero on a related line.
    pub amount: Fen,
    /// What personal accounts (`acct_pay`, `acct_mulaid_pay`) paid for it that is in question, in fen; told apart from the fund.
    #[serde(skip_serializing_if = "Fen::is_zero", default)]
    pub account: Fen,
}

/// How the amount of a finding is counted. The letters are those of the catalogue of detectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// F0: a lead only, no amount.
    #[default]
    None,
    /// F1: the fund's share of each offending line: in-scope amount ÷ the settlement's in-scope amount × fund payment.
    LineFund,
    /// F2: the fund's share of the quantity beyond what is allowed.
    ExcessFund,
    /// F3: the fund's share of the price beyond what is proper.
    DifferenceFund,
    /// F4: all that the fund paid for the settlement.
    SettlementFund,
}

impl Counting {
    /// What a supervisor reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "仅作线索，不计金额",
            Self::LineFund => "按违规明细的统筹基金支付份额计",
            Self::ExcessFund => "按超出允许数量部分的统筹基金支付份额计",
            Self::DifferenceFund => "按超出合理价格部分的统筹基金支付份额计",
            Self::SettlementFund => "按整笔结算的统筹基金支付额计",
        }
    }
}

/// What a rule saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id, never reused.
    pub rule_id: String,
    /// The rule's folder, `chapter/name`.
    pub rule: String,
    /// The rule's version.
    pub version: u32,
    /// Violation, suspect, monitor or inconclusive.
    pub kind: Kind,
    /// 1 (light) to 3 (grave).
    pub severity: u8,
    /// Whom it is about.
    pub subject: Subject,
    /// The insured person concerned, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub psn_no: Option<String>,
    /// The institution concerned, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fixmedins_code: Option<String>,
    /// The practitioner concerned, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub prac_psn_code: Option<String>,
    /// Region of the institution, or of the person where there is no institution: GB/T 2260, six digits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub admdvs: Option<String>,
    /// First day of what was seen, inclusive.
    pub begin: Date,
    /// Last day of what was seen, inclusive.
    pub end: Date,
    /// The amount in question, in fen: the sum over the evidence, never more than was paid.
    pub amount: Fen,
    /// The money of personal accounts in question, in fen, counted like the amount.
    #[serde(skip_serializing_if = "Fen::is_zero", default)]
    pub account: Fen,
    /// How the amount was counted.
    pub counting: Counting,
    /// What was seen, in Chinese, with the values filled in.
    pub message: String,
    /// The values of the message's placeholders.
    pub values: BTreeMap<String, String>,
    /// The law and the article.
    pub basis: Vec<String>,
    /// The rows, sorted.
    pub evidence: Vec<Evidence>,
    /// Rows that stand together, such as two settlements minutes apart: places in the evidence, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub pairs: Vec<(u32, u32)>,
    /// What about the data weakens it, in Chinese.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<String>,
}

impl Finding {
    /// The order of findings in a run: by rule, subject, time and evidence, so that equal inputs give equal bytes.
    pub fn order(&self) -> impl Ord + '_ {
        (&self.rule, &self.subject, self.begin, self.end, &self.fixmedins_code, &self.evidence, &self.message)
    }
}
