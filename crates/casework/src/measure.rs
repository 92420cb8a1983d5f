//! What the law answers an act with, as data, and whether a proposal stays inside its bounds.

use crate::{
    limit::Certainty,
    money::{AgreementDamages, Fined, MoneyKind, Refused, Returned},
    words::words,
};
use mingcha_model::Fen;
use serde::{Deserialize, Serialize};

words! {
    /// What an amount is measured by.
    pub enum Base {
        /// The loss to the fund.
        Loss = "loss", "损失金额";
        /// What was obtained by fraud.
        Defrauded = "defrauded", "骗取金额";
        /// Bounds in money.
        Amount = "amount", "数额";
        /// What the agreement says.
        Agreement = "agreement", "协议约定";
    }
}

words! {
    /// In what case something may be imposed.
    pub enum When {
        /// Always.
        Always = "always", "一般";
        /// After an order to correct was not followed.
        RefusedToCorrect = "refused_to_correct", "拒不改正";
        /// After that, or with serious consequences.
        RefusedOrSerious = "refused_or_serious", "拒不改正或者造成严重后果";
    }
}

words! {
    /// What is suspended.
    pub enum SuspensionOf {
        /// The services of the department at fault.
        Department = "department", "责任部门涉及医保基金使用的医药服务";
        /// Settlement by network; the person pays first.
        Networking = "networking", "医疗费用联网结算";
    }
}

/// Money that a measure brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Which kind.
    pub kind: MoneyKind,
    /// Measured by what.
    pub base: Base,
    /// Least and most as multiples of the base in basis points (10000 is once).
    pub multiple: Option<(u32, u32)>,
    /// Least and most in money.
    pub range: Option<(Fen, Fen)>,
    /// In what case.
    pub when: When,
}

/// A suspension that a measure brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// Of what.
    pub of: SuspensionOf,
    /// Least months.
    pub least: u32,
    /// Most months.
    pub most: u32,
    /// Whether it must be ordered.
    pub must: bool,
    /// In what case.
    pub when: When,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Id, never reused.
    pub id: String,
    /// Who is liable.
    pub subject: String,
    /// Law and article.
    pub article: String,
    /// For what.
    pub act: String,
    /// What is ordered to be put right.
    pub corrective: Option<String>,
    /// Whether unlawful gains are confiscated.
    pub confiscates: bool,
    /// What else follows.
    pub other: Option<String>,
    /// On what condition.
    pub condition: Option<String>,
    /// How sure the statement is.
    pub certainty: Certainty,
    /// What to know.
    pub note: Option<String>,
    /// The money.
    pub money: Vec<Money>,
    /// The suspension.
    pub suspension: Option<Suspension>,
}

/// What somebody proposes for one act. What is `None` is not proposed, and neither are nothing of a kind of money nor no months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Proposal {
    /// Loss to the fund.
    pub loss: Fen,
    /// Obtained by fraud.
    pub defrauded: Fen,
    /// An order to correct was not followed.
    pub refused_to_correct: bool,
    /// The consequences were serious.
    pub serious: bool,
    /// A ground for less than the least penalty is recorded (administrative penalty law, articles 32 and 33).
    pub mitigated: bool,
    /// To return.
    pub returned: Option<Returned>,
    /// To fine.
    pub fined: Option<Fined>,
    /// To pay by the agreement.
    pub damages: Option<AgreementDamages>,
    /// Not to pay.
    pub refused: Option<Refused>,
    /// Months of suspension.
    pub suspension: Option<u32>,
}

/// Why a proposal is outside its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BoundError {
    /// The measure has no such money.
    #[error("本条不含{}", .0.title())]
    NotForeseen(MoneyKind),
    /// What it is measured by is nothing.
    #[error("{}为零，不得{}", .1.title(), .0.title())]
    NoBase(MoneyKind, Base),
    /// The case for it is not given.
    #[error("{}须以{}为前提", .0.title(), .1.title())]
    NotTheCase(MoneyKind, When),
    /// Below the least.
    #[error("{}低于下限{least}元（上限{most}元）；确须减轻的应记录减轻情节", .kind.title())]
    Below {
        /// Of what.
        kind: MoneyKind,
        /// The least.
        least: Fen,
        /// The most.
        most: Fen,
    },
    /// Above the most.
    #[error("{}超过上限{most}元（下限{least}元）", .kind.title())]
    Above {
        /// Of what.
        kind: MoneyKind,
        /// The least.
        least: Fen,
        /// The most.
        most: Fen,
    },
    /// A suspension that the measure does not know.
    #[error("本条不含暂停措施")]
    NoSuspension,
    /// The case for the suspension is not given.
    #[error("暂停措施须以{}为前提", .0.title())]
    SuspensionNotTheCase(When),
    /// A suspension that must be ordered is absent.
    #[error("应当同时责令暂停{least}至{most}个月")]
    SuspensionMissing {
        /// Least months.
        least: u32,
        /// Most months.
        most: u32,
    },
    /// A suspension outside its bounds.
    #[error("暂停期限应为{least}至{most}个月")]
    SuspensionBounds {
        /// Least months.
        least: u32,
        /// Most months.
        most: u32,
    },
}

impl When {
    fn holds(self, proposal: &Proposal) -> bool {
        match self {
            Self::Always => true,
            Self::RefusedToCorrect => proposal.refused_to_correct,
            Self::RefusedOrSerious => proposal.refused_to_correct || proposal.serious,
        }
    }
}

impl Measure {
    /// Whether it answers fraud: its money is measured by what was obtained by it.
    pub fn answers_fraud(&self) -> bool {
        self.money.iter().any(|money| money.base == Base::Defrauded)
    }

    /// Checks a proposal against the bounds; all errors at once.
    pub fn check(&self, proposal: &Proposal) -> Result<(), Vec<BoundError>> {
        let proposed = [
            (MoneyKind::Returned, proposal.returned.map(|money| money.0)),
            (MoneyKind::Fined, proposal.fined.map(|money| money.0)),
            (MoneyKind::AgreementDamages, proposal.damages.map(|money| money.0)),
            (MoneyKind::Refused, proposal.refused.map(|money| money.0)),
        ];
        let mut errors = Vec::new();
        for (kind, amount) in proposed {
            let amount = amount.filter(|amount| *amount != Fen::ZERO);
            if let Some(error) = amount.and_then(|amount| self.money_error(kind, amount, proposal)) {
                errors.push(error);
            }
        }
        errors.extend(self.suspension_error(proposal));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    fn money_error(&self, kind: MoneyKind, amount: Fen, proposal: &Proposal) -> Option<BoundError> {
        let Some(money) = self.money.iter().find(|money| money.kind == kind) else {
            return Some(BoundError::NotForeseen(kind));
        };
        if !money.when.holds(proposal) {
            return Some(BoundError::NotTheCase(kind, money.when));
        }
        let (least, most) = match money.base {
            Base::Loss => money.of(proposal.loss),
            Base::Defrauded => money.of(proposal.defrauded),
            Base::Amount | Base::Agreement => money.range.unwrap_or((Fen::ZERO, Fen(i64::MAX))),
        };
        if most <= Fen::ZERO && amount > Fen::ZERO {
            return Some(BoundError::NoBase(kind, money.base));
        }
        // Only a penalty may be mitigated: the fund's money is returned as it was lost.
        if amount < least && !(proposal.mitigated && kind == MoneyKind::Fined && amount >= Fen::ZERO) {
            return Some(BoundError::Below { kind, least, most });
        }
        (amount > most).then_some(BoundError::Above { kind, least, most })
    }

    fn suspension_error(&self, proposal: &Proposal) -> Option<BoundError> {
        let months = proposal.suspension.filter(|months| *months > 0);
        let Some(Suspension { least, most, must, when, .. }) = self.suspension else {
            return months.map(|_| BoundError::NoSuspension);
        };
        match months {
            Some(_) if !when.holds(proposal) => Some(BoundError::SuspensionNotTheCase(when)),
            Some(months) if !(least..=most).contains(&months) => {
                Some(BoundError::SuspensionBounds { least, most })
            }
            None if must => Some(BoundError::SuspensionMissing { least, most }),
            _ => None,
        }
    }
}

impl Money {
    /// Least and most for a base: multiples of it, or all of it and no more.
    fn of(&self, base: Fen) -> (Fen, Fen) {
        let (least, most) = self.multiple.unwrap_or((0, 10_000));
        (times(base, least, true), times(base, most, false))
    }
}

/// A multiple in basis points; a least is rounded up to the fen and a most down, so that neither bound is crossed.
fn times(base: Fen, bp: u32, up: bool) -> Fen {
    let product = i128::from(base.0) * i128::from(bp) + if up { 9_999 } else { 0 };
    Fen(i64::try_from(product.div_euclid(10_000)).unwrap_or(i64::MAX))
}

/// What is added to a fine that is not paid in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surcharge {
    /// Basis points of the fine a day.
    pub day_bp: u32,
    /// At most so many basis points of the fine.
    pub most_bp: u32,
    /// Law and article.
    pub basis: String,
}

impl Surcharge {
    /// The surcharge after that many days.
    pub fn after(&self, fine: Fined, days: u32) -> Fined {
        let daily = i128::from(fine.0.0) * i128::from(self.day_bp) * i128::from(days) / 10_000;
        let daily = Fen(i64::try_from(daily).unwrap_or(i64::MAX));
        Fined(daily.min(times(fine.0, self.most_bp, false)))
    }
}

/// An amount from which fraud is a crime; a province sets it inside the bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Id: `large`, `huge`, `enormous`.
    pub id: String,
    /// Its name in the law.
    pub title: String,
    /// The least that a province may set.
    pub least: Fen,
    /// The most that a province may set.
    pub most: Fen,
    /// What holds.
    pub amount: Fen,
    /// Law.
    pub basis: String,
    /// What to know.
    pub note: String,
}

/// An item of the negative lists that is fraud by what was done, whatever else is known: a clue that a rule of it gave speaks for the
/// purpose of fraud. It only reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FraudSign {
    /// Id of the item.
    pub item: String,
    /// What was done, in Chinese.
    pub title: String,
    /// Paper.
    pub basis: String,
}

/// A reminder that a case may have to go to the police. A person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferPrompt {
    /// Id of the highest threshold that is reached.
    pub threshold: String,
    /// The reminder in Chinese.
    pub words: String,
}

/// Reminds of the transfer where the amount reaches a threshold and the purpose of fraud is suspected; the figure counts as reached.
pub fn transfer_prompt(
    amount: Fen,
    purpose_suspected: bool,
    thresholds: &[Threshold],
) -> Option<TransferPrompt> {
    let reached =
        thresholds.iter().filter(|threshold| amount >= threshold.amount).max_by_key(|one| one.amount)?;
    let words = format!(
        "涉案金额{amount}元，达到{}标准（{}元），且涉嫌以骗取为目的：请研究是否移送公安机关（{}）",
        reached.title, reached.amount, reached.basis
    );
    purpose_suspected.then(|| TransferPrompt { threshold: reached.id.clone(), words })
}
