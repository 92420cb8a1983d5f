//! What the record of a matter has for its papers: values by the paths that the fields of papers name.
//!
//! What is known comes from facts, acts and clocks, and nobody writes it otherwise. What is suggested is a text that a person may write
//! better, or a part that the record holds only roughly.

use super::letterhead::Letterhead;
use crate::{
    Procedures,
    clock::ClockState,
    facts::{DecisionKind, Enclosed, Enclosure, Facts, Officer, Source, owed},
    limit::Limit,
    money::MoneyKind,
    words::Word as _,
};
use mingcha_model::{Date, Fen, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// A time.
    Time(Time),
    /// Money.
    Money(Fen),
    /// A whole number.
    Count(i64),
    /// Things, each with values of its own.
    List(Vec<BTreeMap<String, Cell>>),
}

/// Values by path.
pub type Cells = BTreeMap<String, Cell>;

/// A value that somebody enters for a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Path.
    pub path: String,
    /// Value.
    pub cell: Cell,
    /// Whether it is kept for the next paper of the matter; what is personal is not.
    pub keep: bool,
}

/// What the record has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What stands fast.
    pub known: Cells,
    /// What may be written otherwise.
    pub suggested: Cells,
}

impl Sheet {
    fn text(&mut self, path: &str, text: &str) {
        if !text.trim().is_empty() {
            self.known.insert(path.to_owned(), Cell::Text(text.to_owned()));
        }
    }

    fn suggest(&mut self, path: &str, text: &str) {
        if !text.trim().is_empty() {
            self.suggested.insert(path.to_owned(), Cell::Text(text.to_owned()));
        }
    }

    fn date(&mut self, path: &str, at: Option<Time>) {
        self.known.extend(at.map(|at| (path.to_owned(), Cell::Date(at.date()))));
    }

    fn time(&mut self, path: &str, at: Option<Time>) {
        self.known.extend(at.map(|at| (path.to_owned(), Cell::Time(at))));
    }

    fn money(&mut self, path: &str, amount: Fen) {
        if amount > Fen::ZERO {
            self.known.insert(path.to_owned(), Cell::Money(amount));
        }
    }

    fn list(&mut self, path: &str, items: Vec<Cells>) {
        if !items.is_empty() {
            self.known.insert(path.to_owned(), Cell::List(items));
        }
    }

    /// The values with what was entered: what is known stands, in a list the columns that are known. `Err` names the path of what was entered
    /// against it.
    pub fn with(&self, kept: &Cells, entered: &[Entered]) -> Result<Cells, String> {
        let mut cells = self.suggested.clone();
        cells.extend(kept.iter().map(|(path, cell)| (path.clone(), cell.clone())));
        cells.extend(entered.iter().map(|entered| (entered.path.clone(), entered.cell.clone())));
        for (path, known) in &self.known {
            let new = entered.iter().any(|entered| entered.path == *path);
            let cell = match (known, cells.get(path)) {
                (Cell::List(known), Some(Cell::List(more))) => match joined(known, more) {
                    Some(joined) => Cell::List(joined),
                    None if new => return Err(path.clone()),
                    None => Cell::List(known.clone()),
                },
                _ if new => return Err(path.clone()),
                _ => known.clone(),
            };
            cells.insert(path.clone(), cell);
        }
        Ok(cells)
    }
}

/// Items with the columns that were entered beside the known ones; nothing where they are not the same items.
fn joined(known: &[Cells], more: &[Cells]) -> Option<Vec<Cells>> {
    if known.len() != more.len() {
        return None;
    }
    let item = |(known, more): (&Cells, &Cells)| {
        let mut item = more.clone();
        for (column, cell) in known {
            if item.insert(column.clone(), cell.clone()).is_some_and(|other| other != *cell) {
                return None;
            }
        }
        Some(item)
    };
    known.iter().zip(more).map(item).collect()
}

/// A matter and what lies around it, as far as papers tell of it.
pub(super) struct Told<'a> {
    pub procedures: &'a Procedures,
    pub title: &'a str,
    pub region: &'a str,
    pub source: &'a str,
    pub facts: &'a Facts,
    /// Acts that were done, the oldest first.
    pub acts: &'a [(String, Time)],
    pub clocks: &'a BTreeMap<String, ClockState>,
    /// The newest number of each paper that was issued.
    pub numbers: &'a BTreeMap<String, String>,
    /// Title of the institution concerned, empty where it is not known.
    pub institution: &'a str,
}

impl Told<'_> {
    fn last(&self, act: &str) -> Option<Time> {
        self.acts.iter().rev().find(|(done, _)| done == act).map(|(_, at)| *at)
    }

    /// The end of the clock that begins on an event; of several things that a limit runs for, that of the newest.
    fn due(&self, event: &str) -> Option<Time> {
        let (starts, _) = self.procedures.touched(event, self.region);
        let newest = |limit: &&Limit| {
            let clocks = self.clocks.values().filter(|clock| clock.limit == limit.id);
            clocks.max_by_key(|clock| clock.item)
        };
        starts.iter().find_map(newest)?.due.map(|due| due.last)
    }
}

/// The authority: who it is from the store, the rest from its letterhead.
pub(super) fn authority(sheet: &mut Sheet, title: &str, letterhead: &Letterhead) {
    sheet.text("authority.name", title);
    for (path, text) in letterhead.lines() {
        sheet.suggest(path, text);
    }
}

/// What papers tell of a case.
pub(super) fn case(sheet: &mut Sheet, told: &Told<'_>, letterhead: &Letterhead) {
    let facts = told.facts;
    sheet.text("case.name", told.title);
    let source = Source::named(told.source).map_or("", Source::title);
    sheet.suggest("case.source", source);
    sheet.date("case.filed_on", told.last("file"));
    sheet.suggest("case.facts", &facts.filing.violation_facts);
    sheet.suggest("party.name", told.institution);
    sheet.suggest("service.addressee", told.institution);
    if let Some(number) = told.numbers.get("filing-approval") {
        sheet.text("case.number", number);
    }
    officers(sheet, &facts.officers, letterhead);
    evidence(sheet, told);
    if let Some(help) = facts.help.last() {
        sheet.text("help.addressee", &help.of);
        sheet.text("help.matters", &help.asked);
        sheet.date("help.answer_by", told.due("help_asked"));
    }
    sheet.date("registration.from", told.last("register_goods"));
    sheet.date("registration.to", told.due("goods_registered"));
    sheet.date("sealing.from", told.last("seal"));
    sheet.date("sealing.to", told.due("sealed"));
    sheet.date("review.asked_on", told.last("conclude"));
    sheet.text("review.opinion", &facts.review.opinion);
    sheet.suggest("review.reviewer", letterhead.name(&facts.review.reviewer).unwrap_or_default());
    hearing(sheet, told, letterhead);
    decision(sheet, told);
    closing(sheet, told);
}

fn officers(sheet: &mut Sheet, officers: &[Officer], letterhead: &Letterhead) {
    let item = |officer: &Officer| {
        let mut item = Cells::from([("certificate".to_owned(), Cell::Text(officer.certificate.clone()))]);
        let name = letterhead.name(&officer.certificate).or_else(|| letterhead.name(&officer.account));
        item.extend(name.map(|name| ("name".to_owned(), Cell::Text(name.to_owned()))));
        item
    };
    sheet.list("case.officers", officers.iter().filter(|officer| !officer.recused).map(item).collect());
}

fn evidence(sheet: &mut Sheet, told: &Told<'_>) {
    let mut taken = told.acts.iter().filter(|(act, _)| act == "add_evidence").map(|(_, at)| *at);
    let mut items = Vec::new();
    for evidence in &told.facts.evidence {
        let mut item = Cells::from([
            ("name".to_owned(), Cell::Text(evidence.title.clone())),
            ("kind".to_owned(), Cell::Text(evidence.kind.title().to_owned())),
            ("source".to_owned(), Cell::Text(evidence.source.clone())),
        ]);
        item.extend(evidence.sm3.map(|sm3| {
            let digest = sm3.to_string();
            ("digest".to_owned(), Cell::Text(digest.get(..16).unwrap_or_default().to_owned()))
        }));
        item.extend(taken.next().map(|at| ("taken_on".to_owned(), Cell::Date(at.date()))));
        items.push(item);
    }
    sheet.list("evidence", items);
}

fn hearing(sheet: &mut Sheet, told: &Told<'_>, letterhead: &Letterhead) {
    let facts = told.facts;
    sheet.text("hearing.place", &facts.hearing.place);
    sheet.suggest("hearing.chair", letterhead.name(&facts.hearing.chair).unwrap_or_default());
    sheet.date("hearing.asked_on", told.last("ask_hearing"));
    sheet.time("hearing.began", told.last("hold_hearing"));
    sheet.time("hearing.ended", told.last("close_hearing"));
    sheet.text("hearing.opinion", &facts.hearing.opinion);
    sheet.time("discussion.began", told.last("discuss"));
    sheet.text("discussion.conclusion", &facts.discussion.conclusion);
    let member = |(account, opinion): &(String, String)| {
        let mut item = Cells::from([("opinion".to_owned(), Cell::Text(opinion.clone()))]);
        item.extend(letterhead.name(account).map(|name| ("name".to_owned(), Cell::Text(name.to_owned()))));
        item
    };
    sheet.list("discussion.members", facts.discussion.opinions.iter().map(member).collect());
}

fn decision(sheet: &mut Sheet, told: &Told<'_>) {
    let facts = told.facts;
    let amounts = facts.decision.amounts();
    sheet.date("decision.notified_on", told.last("notify"));
    sheet.suggest("decision.statement", facts.hearing.statement.map_or("", crate::facts::Statement::title));
    sheet.money("decision.fine", amounts.fined.0);
    sheet.money("correction.refund", amounts.returned.0);
    sheet.money("case.loss", facts.decision.items.iter().map(|item| item.proposal.loss).sum());
    let articles: Vec<&str> = facts
        .decision
        .items
        .iter()
        .filter_map(|item| Some(told.procedures.measures.get(&item.measure)?.article.as_str()))
        .collect();
    sheet.suggest("case.articles_applied", &articles.join("、"));
    sheet.date("decision.date", told.last("write_decision").or_else(|| told.last("decide")));
    let titled = [("penalty-decision", "行政处罚决定书"), ("no-penalty-decision", "不予行政处罚决定书")];
    if let Some((number, title)) =
        titled.iter().find_map(|(paper, title)| Some((told.numbers.get(*paper)?, title)))
    {
        sheet.text("decision.number", number);
        let served = Cells::from([
            ("name".to_owned(), Cell::Text((*title).to_owned())),
            ("number".to_owned(), Cell::Text(number.clone())),
        ]);
        sheet.suggested.insert("service.papers".to_owned(), Cell::List(vec![served]));
    }
    sheet.date("service.date", facts.service.served.map(crate::clock::ServerTime::time));
}

fn closing(sheet: &mut Sheet, told: &Told<'_>) {
    let facts = told.facts;
    let amounts = facts.decision.amounts();
    let fine = owed(&facts.decision, &facts.payments, MoneyKind::Fined);
    sheet.money("reminder.fine", fine);
    if fine > Fen::ZERO {
        sheet.suggested.insert("reminder.total".to_owned(), Cell::Money(fine));
    }
    sheet.text("closing.ground", facts.closing.ground.map_or("", crate::facts::ClosingGround::title));
    let paid = |kind| {
        facts.payments.iter().filter(|payment| payment.kind == kind).map(|payment| payment.amount).sum()
    };
    let part = |label: &str, amount: Fen| (amount > Fen::ZERO).then(|| format!("{label}{}元", amount.yuan()));
    let said = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join("，");
    let paid: [Fen; 2] = [paid(MoneyKind::Returned), paid(MoneyKind::Fined)];
    sheet.suggest("closing.performance", &said([part("已退回基金", paid[0]), part("已缴纳罚款", paid[1])]));
    let decided = match facts.decision.kind() {
        DecisionKind::Penalty => part("罚款", amounts.fined.0),
        other => Some(other.title().to_owned()),
    };
    sheet.suggest("closing.result", &said([part("责令退回基金", amounts.returned.0), decided]));
}

/// What papers tell of a transfer, beside its case.
pub(super) fn transfer(sheet: &mut Sheet, told: &Told<'_>, police: &str, letterhead: &Letterhead) {
    let facts = told.facts;
    if !facts.transfer.team.is_empty() {
        officers(sheet, &facts.transfer.team, letterhead);
    }
    sheet.text("transfer.police", police);
    sheet.text("transfer.criminal_articles", &facts.transfer.crime);
    sheet.text("transfer.number", &facts.transfer.letter);
    let enclosure = |enclosed: &Enclosed| {
        let [name, amount] = enclosed.listed();
        Cells::from([("name".to_owned(), Cell::Text(name)), ("amount".to_owned(), Cell::Text(amount))])
    };
    // The letter does not list itself.
    let beside = facts.transfer.enclosures.iter().filter(|enclosed| enclosed.enclosure != Enclosure::Letter);
    sheet.list("transfer.enclosures", beside.map(enclosure).collect());
    let good = |good: &String| Cells::from([("name".to_owned(), Cell::Text(good.clone()))]);
    sheet.list("goods", facts.transfer.goods.iter().map(good).collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Cell {
        Cell::Text(words.into())
    }

    fn entered(path: &str, cell: Cell) -> Entered {
        Entered { path: path.into(), cell, keep: true }
    }

    #[test]
    fn what_is_known_stands_and_what_is_suggested_gives_way() {
        let mut sheet = Sheet::default();
        sheet.text("case.name", "甲案");
        sheet.suggest("case.facts", "短");
        let kept = Cells::from([("case.name".to_owned(), text("乙案")), ("x".to_owned(), text("留"))]);
        let cells = sheet.with(&kept, &[entered("case.facts", text("长"))]).expect("nothing against it");
        let all = [("case.facts", "长"), ("case.name", "甲案"), ("x", "留")];
        assert_eq!(cells, all.into_iter().map(|(path, words)| (path.to_owned(), text(words))).collect());
        assert_eq!(sheet.with(&kept, &[entered("case.name", text("丙案"))]), Err("case.name".to_owned()));
    }

    #[test]
    fn a_list_takes_the_columns_that_the_record_does_not_hold() {
        let item = |pairs: &[(&str, &str)]| -> Cells {
            pairs.iter().map(|(column, words)| ((*column).to_owned(), text(words))).collect()
        };
        let mut sheet = Sheet::default();
        sheet.list("case.officers", vec![item(&[("certificate", "X1")]), item(&[("certificate", "X2")])]);
        let names = Cell::List(vec![item(&[("name", "甲")]), item(&[("name", "乙"), ("certificate", "X2")])]);
        let cells = sheet.with(&Cells::new(), &[entered("case.officers", names)]).expect("the same two");
        let both = vec![
            item(&[("name", "甲"), ("certificate", "X1")]),
            item(&[("name", "乙"), ("certificate", "X2")]),
        ];
        assert_eq!(cells["case.officers"], Cell::List(both));
        for wrong in [vec![item(&[("name", "甲")])], vec![item(&[("certificate", "X9")]), item(&[])]] {
            let wrong = entered("case.officers", Cell::List(wrong));
            assert_eq!(sheet.with(&Cells::new(), &[wrong]), Err("case.officers".to_owned()));
        }
    }
}
