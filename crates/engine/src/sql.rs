//! Rules over the population: one SELECT a rule, over live rows of the tables and columns it declares, each row a finding.
//!
//! # What a rule's author may count on
//!
//! `rule.sql` is one SELECT in the dialect that DataFusion and DuckDB share. It sees
//!
//! - the tables of its `reads` under their plain names, with only the declared columns, and of `settlement`, `encounter` and `fee` only live
//!   rows: refunds, what they reverse, and rows after the day of the run are gone; a line refunded in part has what is left of its
//!   `cnt` and `det_item_fee_sumamt`;
//! - the knowledge tables that it declares, as `knowledge_<name>`, all texts, with the days `begndate` and `enddate`.
//!
//! Every row of its answer is one finding. Columns by name:
//!
//! | column | what |
//! |---|---|
//! | `subject_id` | whom it is about, of the kind of the rule's `scope` |
//! | `begin_date`, `end_date` | first and last day, inclusive |
//! | `psn_no`, `fixmedins_code`, `prac_psn_code`, `admdvs` | concerned, where there is one |
//! | `evidence_<table>`, `related_<table>` | lists of the keys of offending and of related rows; parts of a key joined by `\|` |
//! | `pair_<table>` | list of two keys joined by `~`: rows of the evidence that stand together |
//! | `kind` | less than the rule claims: `suspect`, `monitor`, or `inconclusive` where the data that decides is missing |
//! | `message` | words in place of the rule's own |
//! | `note` | what about the data weakens it, in Chinese |
//! | `amount` | yuan; only where it is less than what its evidence adds up to |
//! | any other | the value of the message's placeholder of that name; a list counts its distinct values, `<name>_list` names them |
//!
//! Without `subject_id` but with `a` and `b` each row is a pair of people. Pairs that share a person are merged into one group, a group of fewer
//! than `least_people` is dropped, days, evidence and lists are united, any other column keeps its value where all pairs agree. `{people}`,
//! `{pairs}` and `{members}` are then known.
//!
//! Amounts: with `amount = "settlement_fund"` each offending settlement carries what the fund paid for it; with `none` nothing carries anything.
//! A named query that is read more than once is computed once and kept in memory, so it should hold few columns. Windows of `RANGE` frames are slow; join slots of time instead.

mod answer;
mod evidence;
mod finding;
pub mod fixture;
mod groups;
mod live;
#[cfg(test)]
mod oracle;
mod population;
mod steps;
mod words;

pub use population::Population;

use crate::{EngineError, Result};
use mingcha_lake::Snapshot;
use mingcha_model::Date;

/// The live rows of a snapshot on a day, for all rules over the population.
pub fn population(snapshot: &Snapshot, as_of: Date) -> Result<Population> {
    Population::over(snapshot, as_of)
}

/// A failure of a rule's SQL, with what its author can do.
fn author(rule: &str, reason: impl Into<String>) -> EngineError {
    EngineError::Sql { rule: rule.to_owned(), reason: reason.into() }
}
