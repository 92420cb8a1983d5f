//! What the record of a case suggests to those who decide: whether it may have to go to the police, and in which tier a fine falls.
//! Suggestions only: no state, no clock and no guard follows from them.

use super::matter::Stored;
use crate::{
    Procedures,
    facts::DecisionItem,
    measure::{Base, FraudSign, Measure, Threshold, transfer_prompt},
    money::MoneyKind,
    scheme::{Schemes, Tier},
    store::Error,
};
use mingcha_model::Fen;
use serde::Serialize;
use sqlx::AnyConnection;
use utoipa::ToSchema;

/// Who decides, in the words that stand below a prompt.
const PEOPLE_DECIDE: &str =
    "只作提示，系统不据此办理任何事项；是否移送由办案人员核实后报本部门正职负责人决定。";

/// That a case may have to go to the police: its amount reaches a threshold of its region, and something speaks for the purpose of fraud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferHint {
    /// The reminder in Chinese.
    pub words: String,
    /// The amount in question, fen.
    pub amount: i64,
    /// What the amount is, in Chinese.
    pub amount_of: String,
    /// Id of the highest threshold that is reached.
    pub reached: String,
    /// The thresholds as they hold in the case's region, the lowest first.
    pub thresholds: Vec<TransferThreshold>,
    /// What speaks for the purpose of fraud, in Chinese.
    pub purpose: Vec<String>,
    /// Who decides, in Chinese.
    pub decided_by: String,
}

/// An amount from which fraud is a crime, as it holds in a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TransferThreshold {
    /// Id: `large`, `huge`, `enormous`.
    pub id: String,
    /// Its name in the law.
    pub title: String,
    /// The amount, fen.
    pub amount: i64,
    /// Law.
    pub basis: String,
    /// What to know of it, such as that a province sets it.
    pub note: String,
}

/// The tiers of fines, and in which of them the proposed fines fall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Discretion {
    /// On what the tiers rest.
    pub basis: String,
    /// How sure that is, in words.
    pub certainty: String,
    /// What to know.
    pub note: String,
    /// The tiers of all measures.
    pub tiers: Vec<TierBand>,
    /// The fines of the case, act by act.
    pub fines: Vec<FineTier>,
}

/// A tier of fines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TierBand {
    /// Ids of the measures that it is of.
    pub measures: Vec<String>,
    /// Its name.
    pub title: String,
    /// Least multiple of the base in basis points; 10000 is once.
    pub least_bp: u32,
    /// Most of it.
    pub most_bp: u32,
}

/// Where a fine falls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FineTier {
    /// Id of the measure.
    pub measure: String,
    /// Law and article.
    pub article: String,
    /// What the fine is measured by, in words.
    pub base: String,
    /// That amount, fen.
    pub of: i64,
    /// The fine, fen.
    pub fined: i64,
    /// The fine as a multiple of it in basis points, rounded down.
    pub multiple_bp: u32,
    /// Name of the tier; none where it falls in none of them, as a mitigated one does.
    pub tier: Option<String>,
}

/// What speaks for a transfer, read from the case and from the clue that it came from. A clue's reader need not be the case's: of the clue
/// nothing is told but which circumstance its rule stands for.
pub(super) async fn transfer(
    conn: &mut AnyConnection,
    procedures: &Procedures,
    stored: &Stored,
) -> Result<Option<TransferHint>, Error> {
    if stored.heading.machine != "case" || stored.heading.ended.is_some() {
        return Ok(None);
    }
    let clue = stored.heading.parent.as_ref().or(stored.facts.filing.clue.as_ref());
    let covers: Vec<String> = sqlx::query_scalar("SELECT item FROM cover WHERE matter = $1")
        .bind(clue.map(String::as_str))
        .fetch_all(conn)
        .await?;
    Ok(hint(procedures, stored, &covers))
}

fn hint(procedures: &Procedures, stored: &Stored, covers: &[String]) -> Option<TransferHint> {
    let (amount, amount_of) = amount(stored);
    let purpose = purpose(procedures, stored, covers);
    let known = procedures.thresholds(&stored.heading.region);
    let prompt = transfer_prompt(amount, !purpose.is_empty(), known)?;
    let mut thresholds: Vec<TransferThreshold> = known.iter().map(shown).collect();
    thresholds.sort_by_key(|one| one.amount);
    Some(TransferHint {
        words: prompt.words,
        amount: amount.0,
        amount_of: amount_of.to_owned(),
        reached: prompt.threshold,
        thresholds,
        purpose,
        decided_by: PEOPLE_DECIDE.to_owned(),
    })
}

/// What was obtained by fraud as it stands in the decision; until that is proposed, the fund's money in question.
fn amount(stored: &Stored) -> (Fen, &'static str) {
    let defrauded = stored.facts.decision.items.iter().map(|item| item.proposal.defrauded);
    let defrauded = defrauded.fold(Fen::ZERO, |sum, one| Fen(sum.0.saturating_add(one.0)));
    if defrauded > Fen::ZERO {
        (defrauded, "决定认定的骗取金额")
    } else {
        (Fen(stored.heading.amount), "案件涉及的基金金额")
    }
}

fn purpose(procedures: &Procedures, stored: &Stored, covers: &[String]) -> Vec<String> {
    let facts = &stored.facts;
    let said = facts.transfer.suspected.then(|| format!("已登记涉嫌犯罪：{}", facts.transfer.crime));
    let items = facts.decision.items.iter().filter_map(|item| fraud_measure(procedures, item));
    let measures = items.map(|measure| format!("拟处理的依据：{}（{}）", measure.article, measure.act));
    let signs = procedures.fraud_signs.iter().filter(|sign| covers.contains(&sign.item));
    let signs = signs.map(|FraudSign { title, basis, .. }| format!("线索规则对应的情形：{title}（{basis}）"));
    let mut purpose: Vec<String> = said.into_iter().chain(measures).chain(signs).collect();
    purpose.dedup();
    purpose
}

/// The measure of an item, where it answers fraud.
fn fraud_measure<'a>(procedures: &'a Procedures, item: &DecisionItem) -> Option<&'a Measure> {
    procedures.measures.get(&item.measure).filter(|measure| measure.answers_fraud())
}

fn shown(threshold: &Threshold) -> TransferThreshold {
    TransferThreshold {
        id: threshold.id.clone(),
        title: threshold.title.clone(),
        amount: threshold.amount.0,
        basis: threshold.basis.clone(),
        note: threshold.note.clone(),
    }
}

/// The tiers beside the decision of a case.
pub(super) fn discretion(procedures: &Procedures, stored: &Stored) -> Option<Discretion> {
    let schemes = procedures.schemes.as_ref().filter(|_| stored.heading.machine == "case")?;
    let fines = stored.facts.decision.items.iter();
    Some(Discretion {
        basis: schemes.tiers_ground.basis.clone(),
        certainty: schemes.tiers_ground.certainty.title().to_owned(),
        note: schemes.tiers_ground.note.clone(),
        tiers: schemes.tiers.iter().map(band).collect(),
        fines: fines.filter_map(|item| fine(procedures, schemes, item)).collect(),
    })
}

fn band(tier: &Tier) -> TierBand {
    TierBand {
        measures: tier.measures.clone(),
        title: tier.band.title.clone(),
        least_bp: tier.band.least,
        most_bp: tier.band.most,
    }
}

/// Where the fine of an item falls; nothing where there is none, or none that is a multiple of something.
fn fine(procedures: &Procedures, schemes: &Schemes, item: &DecisionItem) -> Option<FineTier> {
    let measure = procedures.measures.get(&item.measure)?;
    let fined = item.proposal.fined.map(|fined| fined.0).filter(|fined| *fined > Fen::ZERO)?;
    let base = measure.money.iter().find(|money| money.kind == MoneyKind::Fined)?.base;
    let of = match base {
        Base::Loss => item.proposal.loss,
        Base::Defrauded => item.proposal.defrauded,
        Base::Amount | Base::Agreement => return None,
    };
    let (low, high) = multiple(fined, of)?;
    // Between two basis points the fine is of the tier above the lower one, and of none where that is of none.
    let tier = schemes.tier(&item.measure, low).and_then(|_| schemes.tier(&item.measure, high));
    Some(FineTier {
        measure: item.measure.clone(),
        article: measure.article.clone(),
        base: base.title().to_owned(),
        of: of.0,
        fined: fined.0,
        multiple_bp: low,
        tier: tier.map(|band| band.title.clone()),
    })
}

/// A fine as a multiple of its base in basis points, rounded down and up.
fn multiple(fined: Fen, of: Fen) -> Option<(u32, u32)> {
    let (whole, base) = (i128::from(fined.0) * 10_000, i128::from(of.0));
    let down = whole.checked_div(base).filter(|_| base > 0)?;
    let up = down + i128::from(whole % base > 0);
    Some((u32::try_from(down).ok()?, u32::try_from(up).ok()?))
}
