//! Matters counted by what a meeting asks for: months, rules, institutions, items of the negative list, with the money found and recovered.

use super::{
    Docket,
    list::Query,
    overview::{Key, Selected},
};
use crate::{
    machine::CLUE_CLOSED,
    policy,
    store::{Context, Error},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Matters counted by one of their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counted {
    /// The column.
    pub by: String,
    /// Value of the column; of a month `2026-03`.
    pub value: String,
    /// How many.
    pub count: i64,
    /// Of them at an end; a clue that is closed counts as ended, though it may be opened again.
    pub ended: i64,
    /// Of them past an end of a limit and not at an end.
    pub overdue: i64,
    /// Their money, fen.
    pub amount: i64,
    /// Money found where a clue was confirmed, its newest answer; fen.
    pub found: i64,
    /// Money paid back: returned to the fund, damages of agreements, and what self-checks refunded; fen. Of a clue what its case brought.
    pub recovered: i64,
}

/// The figures of a value while they are counted, as in [`Counted`].
#[derive(Clone, Copy, Default)]
struct Sums {
    count: i64,
    ended: i64,
    overdue: i64,
    amount: i64,
    found: i64,
    recovered: i64,
}

/// What matters are counted by.
const BY: [(&str, Key); 11] = [
    ("state", Key::State),
    ("region", Key::Region),
    ("organisation", Key::Organisation),
    ("source", Key::Source),
    ("grade", Key::Grade),
    ("machine", Key::Machine),
    ("month", Key::Month),
    ("rule", Key::Rule),
    ("institution", Key::Institution),
    ("severity", Key::Severity),
    ("covers", Key::Covers),
];
/// Most values of a column in an answer, those with the most matters first; months and regions are never as many.
const VALUES: usize = 2_000;

impl Docket {
    /// How many matters there are by state, region, month, rule or another of the words that are told where a wrong one is asked for; by
    /// several of them, separated by commas, in one pass.
    pub async fn count(&self, context: Context, query: &Query, by: &str) -> Result<Vec<Counted>, Error> {
        let key = |asked: &str| BY.into_iter().find(|(name, _)| *name == asked);
        let unknown = || {
            let names = BY.map(|(name, _)| name).join("、");
            Error::invalid("by", format!("只能按以下各项统计，每项一次：{names}"))
        };
        let mut keys = Vec::new();
        for asked in by.split(',') {
            let key = key(asked).filter(|key| !keys.contains(key)).ok_or_else(unknown)?;
            keys.push(key);
        }
        let actor = self.actor(&context).await?;
        let scope = self.policies.scope(&actor, policy::Count);
        let now = self.store.now().time().0;
        // What a case brought is told of the clue that it grew out of, where clues are counted.
        let of_clues = query.machine.as_deref() == Some("clue");
        let counted = self
            .overview
            .fold(&self.store, scope.filter(), query, &actor.organisation, move |selected| {
                counted(selected, &keys, now, of_clues)
            })
            .await?;
        self.looked(context, "count", query).await?;
        Ok(counted)
    }
}

fn counted(selected: &Selected<'_>, keys: &[(&'static str, Key)], now: i64, of_clues: bool) -> Vec<Counted> {
    // Of each key by the number of the value.
    let mut all = vec![vec![Sums::default(); selected.words()]; keys.len()];
    let (clue, closed) = (selected.number(CLUE_CLOSED.machine), selected.number(CLUE_CLOSED.id));
    for row in selected.rows() {
        let is_clue = selected.value(row, Key::Machine) == clue;
        let over = row.ended || is_clue && row.state == closed;
        let overdue = !over && row.due.is_some_and(|due| due < now);
        for ((_, key), all) in keys.iter().zip(&mut all) {
            selected.values(row, *key, |value| {
                let one = &mut all[value as usize];
                one.count += 1;
                one.ended += i64::from(over);
                one.overdue += i64::from(overdue);
                one.amount += row.amount;
                one.found += row.found;
                one.recovered += if of_clues { 0 } else { row.recovered };
            });
        }
    }
    if of_clues {
        for (clue, recovered) in selected.grown() {
            for ((_, key), all) in keys.iter().zip(&mut all) {
                selected.values(clue, *key, |value| all[value as usize].recovered += recovered);
            }
        }
    }
    keys.iter().zip(all).flat_map(|((by, _), all)| told(selected, by, all)).collect()
}

/// What was counted by a column, in the order of its values.
fn told(selected: &Selected<'_>, by: &str, all: Vec<Sums>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = (0..)
        .zip(all)
        .filter(|(_, one)| one.count > 0)
        .map(|(number, one)| Counted {
            by: by.to_owned(),
            value: selected.word(number).to_owned(),
            count: one.count,
            ended: one.ended,
            overdue: one.overdue,
            amount: one.amount,
            found: one.found,
            recovered: one.recovered,
        })
        .collect();
    if counted.len() > VALUES {
        counted.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        counted.truncate(VALUES);
    }
    counted.sort_by(|a, b| a.value.cmp(&b.value));
    counted
}
