//! The report of a batch: what came in, what was kept, corrected and quarantined and why; as JSON, terminal table and HTML page.

mod html;

use crate::{
    Chunk, IngestError,
    check::{BatchFinding, BucketReport, Check, Policy},
    counts::QualityCounts,
    quarantine::Rejected,
};
use mingcha_model::Diagnostic;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// What is counted of a table; the first is the sum of the next four.
const COLUMNS: [&str; 6] = ["read", "kept", "duplicate", "unchanged", "quarantined", "corrected"];

/// Counts of one table or of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were read, those that the profile leaves out not counted.
    pub read: u64,
    /// Rows that were kept: new in the lake, or in the place of one with the same key. Of a file, the rows that passed all checks,
    /// since only the whole batch tells which of them repeat a key.
    pub kept: u64,
    /// Rows that passed and were left out because a later row of the batch has the same key.
    pub duplicate: u64,
    /// Rows that passed and were left out because the lake has them already, equal in every column.
    pub unchanged: u64,
    /// Rows in which a check corrected a value (rounded it, or took a placeholder as missing) and that passed.
    pub corrected: u64,
    /// Rows that the profile leaves out.
    pub skipped: u64,
    /// Rows in quarantine.
    pub quarantined: u64,
    /// Quarantined rows by check: one that fails several is counted with each of them, so their sum may be more than the rows.
    pub refused: BTreeMap<Check, u64>,
    /// What was noted about the rows that were read.
    pub notes: QualityCounts,
}

impl Tally {
    /// In the order of [`COLUMNS`].
    fn cells(&self) -> [u64; 6] {
        [self.read, self.kept, self.duplicate, self.unchanged, self.quarantined, self.corrected]
    }

    /// Counts a row that was refused.
    fn refuse(&mut self, rejected: &Rejected) {
        self.quarantined += 1;
        for check in rejected.reasons() {
            *self.refused.entry(check).or_default() += 1;
        }
    }

    /// Whether some quarantined row fails more than one check.
    fn counts_rows_twice(&self) -> bool {
        self.refused.values().sum::<u64>() > self.quarantined
    }

    fn add(&mut self, chunk: &Chunk) {
        self.read += chunk.rows.num_rows() as u64;
        self.kept += chunk.kept() as u64;
        self.corrected += chunk.corrected;
        self.skipped += chunk.skipped;
        chunk.bad.iter().for_each(|rejected| self.refuse(rejected));
        self.notes.merge(&chunk.notes);
    }

    fn merge(&mut self, other: &Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.duplicate += other.duplicate;
        self.unchanged += other.unchanged;
        self.corrected += other.corrected;
        self.skipped += other.skipped;
        self.quarantined += other.quarantined;
        for (check, rows) in &other.refused {
            *self.refused.entry(*check).or_default() += rows;
        }
        self.notes.merge(&other.notes);
    }

    fn json(&self) -> Value {
        let refused: serde_json::Map<String, Value> =
            self.refused.iter().map(|(check, rows)| (check.id().to_owned(), json!(rows))).collect();
        let notes: Vec<Value> = self
            .notes
            .iter()
            .map(|((check, column), count)| {
                json!({"check": check.id(), "column": column, "rows": count.rows, "examples": count.examples})
            })
            .collect();
        json!({
            "read": self.read, "kept": self.kept, "duplicate": self.duplicate, "unchanged": self.unchanged,
            "corrected": self.corrected, "skipped": self.skipped,
            "quarantined": self.quarantined, "refused": refused, "notes": notes,
        })
    }

    /// As one file's, of which nobody knows which rows repeat a key.
    fn json_of_file(&self) -> Value {
        let mut value = self.json();
        if let Some(object) = value.as_object_mut() {
            object.retain(|name, _| !matches!(name.as_str(), "kept" | "duplicate" | "unchanged"));
            object.insert("passed".to_owned(), json!(self.kept));
        }
        value
    }
}

/// The report of one batch. Adding and merging in any order gives the same.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By table.
    pub tables: BTreeMap<&'static str, Tally>,
    /// By file, as the user named it, and table.
    pub files: BTreeMap<(String, &'static str), Tally>,
    /// Files that could not be read or have no known table.
    pub problems: Vec<Diagnostic>,
    /// Files of rows that come back from quarantine: those of them that are not mended yet go there again and refuse no batch.
    pub returned: BTreeSet<String>,
    /// Files that were not read because an earlier batch brought them, with that batch.
    pub left_out: BTreeMap<String, String>,
    /// What is odd about the batch as a whole.
    pub findings: Vec<BatchFinding>,
}

impl Report {
    /// Adds a chunk of a file.
    pub fn add(&mut self, file: &str, chunk: &Chunk) {
        self.tables.entry(chunk.table.name).or_default().add(chunk);
        self.files.entry((file.to_owned(), chunk.table.name)).or_default().add(chunk);
    }

    /// Adds what the checks of a bucket found, and the rows that they took out of what [`Self::add`] counted as kept.
    pub fn add_bucket(&mut self, bucket: &BucketReport, rejected: &[Rejected]) {
        for (table, notes) in &bucket.notes {
            self.tables.entry(table).or_default().notes.merge(notes);
        }
        for (table, rows) in &bucket.dropped {
            let tally = self.tables.entry(table).or_default();
            tally.kept = tally.kept.saturating_sub(rows.len() as u64);
            tally.duplicate += rows.len() as u64;
        }
        for row in rejected {
            let file = self.files.entry((row.file.to_string(), row.table.name)).or_default();
            for tally in [file, self.tables.entry(row.table.name).or_default()] {
                tally.kept = tally.kept.saturating_sub(1);
                tally.refuse(row);
            }
        }
    }

    /// Adds how many of a table's rows passed and were left out all the same: because a later row of the batch has their key, or
    /// because they stand already. Afterwards read = kept + duplicate + unchanged + quarantined.
    pub fn add_left_out(&mut self, table: &'static str, duplicate: u64, unchanged: u64) {
        let tally = self.tables.entry(table).or_default();
        tally.kept = tally.kept.saturating_sub(duplicate + unchanged);
        tally.duplicate += duplicate;
        tally.unchanged += unchanged;
    }

    /// The check that put most rows into quarantine, with the table and the rows; the first by name of several.
    pub fn commonest_refusal(&self) -> Option<(&'static str, Check, u64)> {
        let all = self
            .tables
            .iter()
            .flat_map(|(table, tally)| tally.refused.iter().map(|(check, rows)| (*table, *check, *rows)));
        all.max_by_key(|(table, check, rows)| (*rows, std::cmp::Reverse((*table, *check))))
    }

    /// Adds a file that could not be read.
    pub fn add_error(&mut self, error: &IngestError) {
        self.problems.push(error.diagnostic());
    }

    /// Adds another report of the same batch, such as another thread's.
    pub fn merge(&mut self, other: &Self) {
        for (table, tally) in &other.tables {
            self.tables.entry(table).or_default().merge(tally);
        }
        for (file, tally) in &other.files {
            self.files.entry(file.clone()).or_default().merge(tally);
        }
        self.problems.extend(other.problems.iter().cloned());
        self.returned.extend(other.returned.iter().cloned());
        self.left_out.extend(other.left_out.clone());
        self.findings.extend(other.findings.iter().cloned());
    }

    /// Rows that were read.
    pub fn read(&self) -> u64 {
        self.tables.values().map(|tally| tally.read).sum()
    }

    /// Rows in quarantine.
    pub fn quarantined(&self) -> u64 {
        self.tables.values().map(|tally| tally.quarantined).sum()
    }

    /// Share of rows in quarantine, 0 to 1, those of files that come back from there not counted; 0 where nothing was read. To be held
    /// against [`Policy::refuse_batch_above`].
    pub fn refused_ratio(&self) -> f64 {
        let returned = self.files.iter().filter(|((file, _), _)| self.returned.contains(file));
        let less = |(read, bad): (u64, u64), (_, tally): (&(String, &str), &Tally)| {
            (read.saturating_sub(tally.read), bad.saturating_sub(tally.quarantined))
        };
        let (read, bad) = returned.fold((self.read(), self.quarantined()), less);
        if read == 0 { 0.0 } else { bad as f64 / read as f64 }
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        let tables: serde_json::Map<String, Value> =
            self.tables.iter().map(|(table, tally)| ((*table).to_owned(), tally.json())).collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|((file, table), tally)| {
                let mut value = tally.json_of_file();
                value["file"] = json!(file);
                value["table"] = json!(table);
                value
            })
            .collect();
        json!({
            "read": self.read(), "quarantined": self.quarantined(), "refused_ratio": self.refused_ratio(),
            "tables": tables, "files": files, "findings": self.findings, "problems": self.problems,
            "left_out": self.left_out,
        })
    }

    /// As a table for the terminal, in English, readable without colour.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let line = |out: &mut String, name: &str, cells: [String; 6]| {
            let [read, kept, duplicate, unchanged, quarantined, corrected] = cells;
            let _ = writeln!(
                out,
                "{name:<14}{read:>12}{kept:>12}{duplicate:>11}{unchanged:>11}{quarantined:>13}{corrected:>11}"
            );
        };
        if !self.tables.is_empty() {
            line(&mut out, "table", COLUMNS.map(str::to_owned));
        }
        for (table, tally) in &self.tables {
            line(&mut out, table, tally.cells().map(|count| count.to_string()));
        }
        for (table, tally) in &self.tables {
            for (check, rows) in &tally.refused {
                let _ = writeln!(out, "quarantined  {rows:>9}  {table}: {}", check.id());
            }
            for ((check, column), count) in tally.notes.iter() {
                let dot = if column.is_empty() { "" } else { "." };
                let _ = writeln!(out, "noted        {:>9}  {table}{dot}{column}: {}", count.rows, check.id());
            }
        }
        if self.tables.values().any(Tally::counts_rows_twice) {
            out.push_str("             a row with more than one fault is counted with each of its reasons\n");
        }
        for finding in &self.findings {
            let _ = writeln!(out, "batch        {}: {} {}", finding.table, finding.subject, finding.check);
        }
        for (file, batch) in &self.left_out {
            let _ = writeln!(out, "left out     {file}: in the lake already, from batch {batch:.12}");
        }
        for problem in &self.problems {
            let _ = writeln!(out, "{problem}");
        }
        out
    }

    /// As a page of its own, in Chinese, without scripts or anything from outside.
    /// Of the refused rows each is listed with its place and reason, up to a number at which the page says how many more there are.
    pub fn to_html(&self, policy: &Policy, rejected: &[Rejected]) -> String {
        html::page(self, policy, rejected)
    }
}

#[cfg(test)]
mod tests;
