//! The bridge between the lake's buckets and the checks of `ingest`: what stands already, what the batch brings, what is refused.

use super::read::Read;
use anyhow::Result;
use arrow_array::{Array, BooleanArray, RecordBatch, cast::AsArray};
use mingcha_ingest::{
    BucketReport, BucketView, Check, Known, Months, Policy, Refusal, Rejected, check_bucket,
};
use mingcha_lake::{BucketRows, Snapshot, Verdict};
use mingcha_model::table::{Table, table};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// A set of texts as the checks want it.
type Names = rustc_hash::FxHashSet<String>;

/// What the checks of one bucket found.
#[derive(Default)]
pub struct Found {
    /// Counts and notes.
    pub report: BucketReport,
    /// Rows for quarantine.
    pub rejected: Vec<Rejected>,
    /// Rows of the bucket that the lake has already, by month.
    pub months: Months,
    /// Why the bucket could not be checked.
    pub failure: Option<String>,
}

/// Checks buckets; shared by the lake's threads.
pub struct Checker<'a> {
    policy: &'a Policy,
    files: Vec<Arc<str>>,
    institutions: Option<Names>,
    practitioners: Option<Names>,
    people: bool,
}

impl<'a> Checker<'a> {
    /// A checker that knows the institutions and practitioners of the lake and of the batch.
    pub fn new(before: &Snapshot, read: &Read, files: Vec<Arc<str>>, policy: &'a Policy) -> Result<Self> {
        let known =
            |table: &str, column: &str, fresh: &std::collections::HashSet<String>| -> Result<Option<Names>> {
                let mut names: Names = fresh.iter().cloned().collect();
                for batch in before.table(table, &[column])? {
                    names.extend(texts(&batch)?);
                }
                Ok((!names.is_empty()).then_some(names))
            };
        let people =
            read.people || (0..before.buckets()).any(|bucket| before.bucket_row_count("person", bucket) > 0);
        Ok(Self {
            policy,
            files,
            institutions: known("institution", "fixmedins_code", &read.institutions)?,
            practitioners: known("practitioner", "prac_psn_code", &read.practitioners)?,
            people,
        })
    }

    /// Checks one bucket.
    pub fn bucket(&self, rows: &BucketRows<'_>) -> Verdict<Found> {
        match self.check(rows) {
            Ok(verdict) => verdict,
            Err(error) => {
                let payload = Found { failure: Some(format!("{error:#}")), ..Found::default() };
                Verdict { refuse: BTreeMap::new(), payload }
            }
        }
    }

    fn check(&self, rows: &BucketRows<'_>) -> Result<Verdict<Found>> {
        let standing = Standing::read(rows)?;
        let of = |name: &str| rows.tables.get(name);
        let view = BucketView {
            person: of("person"),
            encounter: of("encounter"),
            diagnosis: of("diagnosis"),
            operation: of("operation"),
            settlement: of("settlement"),
            fee: of("fee"),
            known: Known {
                persons: self.people.then_some(&standing.persons),
                institutions: self.institutions.as_ref(),
                practitioners: self.practitioners.as_ref(),
                encounter: standing.encounter.as_ref(),
                settlement: standing.settlement.as_ref(),
                fee: standing.fee.as_ref(),
            },
            // The lake gives the last row of each key and counts the others.
            keys_once: true,
        };
        let mut report = check_bucket(&view, self.policy);
        if rows.bucket.is_some() {
            rows.tables.iter().for_each(|(name, batch)| refuse_nobodys(&mut report, name, batch));
        }
        let (mut refuse, mut rejected) = (BTreeMap::new(), Vec::new());
        for (&name, batch) in &rows.tables {
            let Some(mask) = mask(&report, name, batch) else { continue };
            refuse.insert(name, mask);
            rejected.extend(report.part(known_table(name), batch, self.policy, &self.files)?.1);
        }
        let months = standing.months(rows);
        Ok(Verdict { refuse, payload: Found { report, rejected, months, failure: None } })
    }
}

fn known_table(name: &str) -> &'static Table {
    table(name).expect("the lake's tables are the model's")
}

/// Refuses the rows that no person owns, whatever the policy says of their encounter: the lake has no bucket for them.
fn refuse_nobodys(report: &mut BucketReport, name: &'static str, batch: &RecordBatch) {
    let Some(persons) = batch.column_by_name("psn_no").filter(|persons| persons.null_count() > 0) else {
        return;
    };
    let refused = report.refused.entry(name).or_default();
    let known: BTreeSet<u32> = refused.iter().map(|refusal| refusal.row).collect();
    let nobodys = (0..batch.num_rows() as u32).filter(|row| persons.is_null(*row as usize));
    let refusal = |row| Refusal { row, check: Check::Missing, column: "psn_no" };
    refused.extend(nobodys.filter(|row| !known.contains(row)).map(refusal));
    refused.sort_by_key(|refusal| refusal.row);
}

/// Which rows the report takes out; `None` where none.
fn mask(report: &BucketReport, name: &str, batch: &RecordBatch) -> Option<BooleanArray> {
    let refused = report.refused.get(name).into_iter().flatten().map(|refusal| refusal.row);
    let rows: Vec<u32> = refused.chain(report.dropped.get(name).into_iter().flatten().copied()).collect();
    if rows.is_empty() {
        return None;
    }
    let mut mask = vec![false; batch.num_rows()];
    rows.into_iter().for_each(|row| mask[row as usize] = true);
    Some(BooleanArray::from(mask))
}

/// What stands in the lake already for a bucket.
#[derive(Default)]
struct Standing {
    persons: Names,
    encounter: Option<RecordBatch>,
    settlement: Option<RecordBatch>,
    fee: Option<RecordBatch>,
}

impl Standing {
    fn read(rows: &BucketRows<'_>) -> Result<Self> {
        if rows.bucket.is_none() || rows.before.manifest().tables.is_empty() {
            return Ok(Self::default());
        }
        let one = |table: &str, columns: &[&str]| -> Result<Option<RecordBatch>> {
            let batches = rows.standing(table, columns)?;
            let Some(first) = batches.first() else { return Ok(None) };
            Ok(Some(arrow_select::concat::concat_batches(&first.schema(), &batches)?))
        };
        let mut persons = Names::default();
        for batch in rows.standing("person", &["psn_no"])? {
            persons.extend(texts(&batch)?);
        }
        Ok(Self {
            persons,
            encounter: one("encounter", &["mdtrt_id", "med_type", "begntime", "endtime"])?,
            settlement: one("settlement", &["setl_id", "setl_time"])?,
            fee: one("fee", &["feedetl_sn", "setl_id", "fee_ocur_time", "det_item_fee_sumamt"])?,
        })
    }

    /// What stands, by month; a trial that looks at a bucket in smaller portions counts it with the first.
    fn months(&self, rows: &BucketRows<'_>) -> Months {
        let mut months = Months::default();
        if rows.bucket.is_some_and(|bucket| bucket < rows.before.buckets()) {
            let tables =
                [("encounter", &self.encounter), ("settlement", &self.settlement), ("fee", &self.fee)];
            for (name, batch) in tables {
                batch.iter().for_each(|batch| months.add(known_table(name), batch, 0..batch.num_rows()));
            }
        }
        months
    }
}

/// The texts of a batch's only column.
fn texts(batch: &RecordBatch) -> Result<Vec<String>> {
    let column = arrow_cast::cast(batch.column(0), &arrow_schema::DataType::Utf8)?;
    Ok(column.as_string::<i32>().iter().flatten().map(str::to_owned).collect())
}
