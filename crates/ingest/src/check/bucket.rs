//! Checks over one bucket of people: rows against each other and against what the lake knows. Pure functions over sorted batches.

mod reference;
mod settle;

use super::{Action, Check, Policy, columns};
use crate::{counts::QualityCounts, judge::reject_row, quarantine::Rejected};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::ArrowError;
use mingcha_model::table::{Table, table};
use rustc_hash::FxHashSet;
use std::{collections::BTreeMap, sync::Arc};

/// What the lake knows already. `None` means that it was not asked, and that the check is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// `psn_no` of people beside those of the batch.
    pub persons: Option<&'a FxHashSet<String>>,
    /// `fixmedins_code` of all institutions.
    pub institutions: Option<&'a FxHashSet<String>>,
    /// `prac_psn_code` of all practitioners.
    pub practitioners: Option<&'a FxHashSet<String>>,
    /// Encounters of the same bucket: `mdtrt_id`, `med_type`, `begntime`, `endtime`.
    pub encounter: Option<&'a RecordBatch>,
    /// Settlements of the same bucket: `setl_id`.
    pub settlement: Option<&'a RecordBatch>,
    /// Fee lines of the same bucket: `feedetl_sn`, `setl_id`, `det_item_fee_sumamt`.
    pub fee: Option<&'a RecordBatch>,
}

/// The rows of one bucket that a batch brings, by table, in the order in which they will stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct BucketView<'a> {
    /// People.
    pub person: Option<&'a RecordBatch>,
    /// Encounters.
    pub encounter: Option<&'a RecordBatch>,
    /// Diagnoses.
    pub diagnosis: Option<&'a RecordBatch>,
    /// Operations.
    pub operation: Option<&'a RecordBatch>,
    /// Settlements.
    pub settlement: Option<&'a RecordBatch>,
    /// Fee lines.
    pub fee: Option<&'a RecordBatch>,
    /// What the lake knows.
    pub known: Known<'a>,
    /// Whether each key is known to stand once, so that duplicates need not be looked for.
    pub keys_once: bool,
}

impl<'a> BucketView<'a> {
    /// The batches that are there, by table.
    pub fn batches(&self) -> impl Iterator<Item = (&'static Table, &'a RecordBatch)> {
        let all = [
            ("person", self.person),
            ("encounter", self.encounter),
            ("diagnosis", self.diagnosis),
            ("operation", self.operation),
            ("settlement", self.settlement),
            ("fee", self.fee),
        ];
        all.into_iter().filter_map(|(name, batch)| Some((table(name)?, batch?)))
    }
}

/// A row that a bucket check takes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Row in the batch of its table.
    pub row: u32,
    /// The check.
    pub check: Check,
    /// The column, empty where the whole row is meant.
    pub column: &'static str,
}

/// What the checks of one bucket found, by table.
#[derive(Clone, Debug, Default)]
pub struct BucketReport {
    /// Rows to be refused, in order, each as often as it has faults.
    pub refused: BTreeMap<&'static str, Vec<Refusal>>,
    /// Rows that only repeat another and are dropped, in order.
    pub dropped: BTreeMap<&'static str, Vec<u32>>,
    /// What was noted, the dropped rows counted too.
    pub notes: BTreeMap<&'static str, QualityCounts>,
}

/// Where the single checks tell what they found.
pub(crate) struct Tell<'a> {
    policy: &'a Policy,
    report: BucketReport,
}

impl Tell<'_> {
    /// Tells of one row of a table; `example` says what to show of it.
    fn row(
        &mut self,
        table: &'static Table,
        check: Check,
        column: &'static str,
        row: usize,
        example: impl FnOnce() -> Option<String>,
    ) {
        if self.policy.action(check) == Action::Refuse {
            let refused = self.report.refused.entry(table.name).or_default();
            refused.push(Refusal { row: row as u32, check, column });
            return;
        }
        let shown = !table.column(column).is_some_and(|column| column.personal);
        let notes = self.report.notes.entry(table.name).or_default();
        notes.add(check, column, 1, || example().filter(|_| shown));
    }
}

/// Runs all bucket checks: duplicates, references to encounters, people, institutions and practitioners, sums and parts of settlements,
/// fees outside their stay, refunds of something unknown. What each does is the policy's.
pub fn check_bucket(view: &BucketView<'_>, policy: &Policy) -> BucketReport {
    let mut tell = Tell { policy, report: BucketReport::default() };
    if !view.keys_once {
        view.batches().for_each(|(table, batch)| duplicates(table, batch, &mut tell));
    }
    reference::check(view, &mut tell);
    settle::check(view, &mut tell);
    for refused in tell.report.refused.values_mut() {
        refused.sort_by_key(|refusal| (refusal.row, refusal.check, refusal.column));
        refused.dedup();
    }
    tell.report
}

/// Rows of one key: the same in all columns, or not.
fn duplicates(table: &'static Table, batch: &RecordBatch, tell: &mut Tell<'_>) {
    let hashes = columns::hashes(batch, table.key);
    let all: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    columns::repeated(&hashes, |earlier, row| {
        if !columns::same(batch, table.key, earlier, row) {
            return;
        }
        let key = table.key[table.key.len() - 1];
        let example = || batch.column_by_name(key).and_then(|array| crate::quarantine::cell_text(array, row));
        if columns::same(batch, &all, earlier, row) {
            if tell.policy.action(Check::DuplicateRow) == Action::Correct {
                tell.report.dropped.entry(table.name).or_default().push(row as u32);
            }
            tell.row(table, Check::DuplicateRow, key, row, example);
        } else {
            tell.row(table, Check::DuplicateKey, key, row, example);
        }
    });
}

impl BucketReport {
    /// Parts a table's batch: what stays, and what goes to quarantine. `files` are the files by `src_file`.
    pub fn part(
        &self,
        table: &'static Table,
        batch: &RecordBatch,
        policy: &Policy,
        files: &[Arc<str>],
    ) -> Result<(RecordBatch, Vec<Rejected>), ArrowError> {
        let refused = self.refused.get(table.name).map_or(&[][..], Vec::as_slice);
        let dropped = self.dropped.get(table.name).map_or(&[][..], Vec::as_slice);
        if refused.is_empty() && dropped.is_empty() {
            return Ok((batch.clone(), Vec::new()));
        }
        let mut keep = vec![true; batch.num_rows()];
        dropped
            .iter()
            .chain(refused.iter().map(|refusal| &refusal.row))
            .for_each(|row| keep[*row as usize] = false);
        let rows = refused.chunk_by(|one, other| one.row == other.row);
        let rejected = rows.map(|row| reject_row(table, batch, row, policy, files)).collect();
        Ok((arrow_select::filter::filter_record_batch(batch, &BooleanArray::from(keep))?, rejected))
    }

    /// Adds another bucket's notes; refused and dropped rows are the business of each bucket alone.
    pub fn merge_notes(&mut self, other: &Self) {
        for (table, notes) in &other.notes {
            self.notes.entry(table).or_default().merge(notes);
        }
    }
}

#[cfg(test)]
mod tests;
