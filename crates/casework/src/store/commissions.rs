//! Commissions of third parties: given, changed and ended by the head of the bureau whose matters they name, with a record each.

use super::{
    Context, Draft, Error, Store, Unit,
    accounts::{Account, AccountQuery, Commissioned, done, held, json},
};
use crate::{
    id::ObjectId,
    machine::GuardError,
    policy::{Authorized, GiveCommission},
};
use mingcha_model::Date;
use std::collections::BTreeSet;

/// Most matters, and most institutions, that a commission names.
const NAMED: usize = 200;

/// A commission that shall be given: what its letter names, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommission {
    /// Ids of the matters.
    pub matters: BTreeSet<String>,
    /// Codes of the institutions.
    pub institutions: BTreeSet<String>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Why, such as the number of the letter.
    pub why: String,
}

impl Store {
    /// Accounts of the third parties that the proofs are for, with their commissions.
    pub async fn commissions(&self, proofs: &[Authorized<GiveCommission>]) -> Result<Vec<Account>, Error> {
        let query = AccountQuery { limit: 1000, ..AccountQuery::default() };
        let of: Vec<&str> = proofs.iter().map(Authorized::id).collect();
        self.accounts_of(&of, &query).await
    }

    /// Commissions an account of the third party that the proof is for, or changes what it was commissioned with. Its sessions end.
    pub async fn commission(
        &self,
        context: Context,
        proof: &Authorized<GiveCommission>,
        id: &ObjectId,
        based_on: i64,
        new: NewCommission,
    ) -> Result<Account, Error> {
        let (organisation, by) = (proof.id().to_owned(), proof.actor().organisation.clone());
        let id = id.to_string();
        let attempt = Draft::new("commission", "account", &id).why(new.why.as_str());
        self.write(context, attempt, move |unit| {
            Box::pin(async move {
                let before = held(unit, &organisation, &id, based_on).await?;
                free(&before, &by, unit.now.time().date())?;
                let NewCommission { matters, institutions, from, to, why } = new;
                let commission = Commissioned { by, matters, institutions, from, to };
                fits(unit, &commission).await?;
                set(unit, &id, Some(&commission)).await?;
                done(unit, "commission", before, &why).await
            })
        })
        .await
    }

    /// Ends a commission at once.
    pub async fn end_commission(
        &self,
        context: Context,
        proof: &Authorized<GiveCommission>,
        id: &ObjectId,
        based_on: i64,
        why: String,
    ) -> Result<Account, Error> {
        let (organisation, by) = (proof.id().to_owned(), proof.actor().organisation.clone());
        let id = id.to_string();
        let attempt = Draft::new("end_commission", "account", &id).why(why.as_str());
        self.write(context, attempt, move |unit| {
            Box::pin(async move {
                let before = held(unit, &organisation, &id, based_on).await?;
                if before.commission.as_ref().is_none_or(|known| known.by != by) {
                    return Err(Error::invalid("id", "该账号没有本单位的委托"));
                }
                set(unit, &id, None).await?;
                done(unit, "end_commission", before, &why).await
            })
        })
        .await
    }
}

/// A commission of another bureau that still runs is not replaced.
fn free(account: &Account, by: &str, today: Date) -> Result<(), Error> {
    let runs = |known: &Commissioned| known.by != by && known.to >= today;
    if !account.commission.as_ref().is_some_and(runs) {
        return Ok(());
    }
    Err(Error::Refused(vec![GuardError {
        code: "commissioned_by_another".to_owned(),
        guard: "一个账号只受一个单位委托".to_owned(),
        message: "该账号正受其他单位委托".to_owned(),
        next: "由第三方另设账号，或者待原委托终止".to_owned(),
        basis: "数据安全法第四十条".to_owned(),
    }]))
}

/// What it names is the bureau's own, and its time is one.
async fn fits(unit: &mut Unit, commission: &Commissioned) -> Result<(), Error> {
    let Commissioned { by, matters, institutions, from, to } = commission;
    if from > to || *to < unit.now.time().date() {
        return Err(Error::invalid("to", "委托的末日不得早于首日和当日"));
    }
    if matters.is_empty() && institutions.is_empty() {
        return Err(Error::invalid("matters", "须写明委托的事项或者机构"));
    }
    if matters.len() > NAMED || institutions.len() > NAMED {
        return Err(Error::invalid("matters", format!("事项、机构各不超过{NAMED}个")));
    }
    let code = |code: &String| {
        (1..=40).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if !institutions.iter().all(code) {
        return Err(Error::invalid("institutions", "机构代码由字母和数字组成"));
    }
    let text = "SELECT COUNT(*) FROM matter WHERE id = $1 AND organisation = $2 AND machine IN ('clue', 'inspection')";
    for matter in matters {
        let own: i64 =
            sqlx::query_scalar(text).bind(matter.as_str()).bind(by.as_str()).fetch_one(unit.conn()).await?;
        if own == 0 {
            return Err(Error::invalid("matters", "只能委托本单位承办的线索和检查"));
        }
    }
    Ok(())
}

async fn set(unit: &mut Unit, id: &str, commission: Option<&Commissioned>) -> Result<(), Error> {
    sqlx::query("UPDATE account SET commission = $1, version = version + 1 WHERE id = $2")
        .bind(commission.and_then(json))
        .bind(id)
        .execute(unit.conn())
        .await?;
    Ok(())
}
