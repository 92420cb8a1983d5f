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
use std::{collections::BTreeMap, fmt::Write};

/// Counts of one table or of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows that were read, those that the profile leaves out not counted.
    pub read: u64,
    /// Rows that were kept.
    pub kept: u64,
    /// Kept rows in which a value was corrected, and rows dropped because they only repeat another.
    pub corrected: u64,
    /// Rows that the profile leaves out.
    pub skipped: u64,
    /// Quarantined rows by check.
    pub refused: BTreeMap<Check, u64>,
    /// What was noted about the rows that were read.
    pub notes: QualityCounts,
}

impl Tally {
    /// Rows in quarantine.
    pub fn quarantined(&self) -> u64 {
        self.refused.values().sum()
    }

    fn add(&mut self, chunk: &Chunk) {
        self.read += (chunk.good.num_rows() + chunk.bad.len()) as u64;
        self.kept += chunk.good.num_rows() as u64;
        self.corrected += chunk.corrected;
        self.skipped += chunk.skipped;
        for rejected in &chunk.bad {
            *self.refused.entry(rejected.reason).or_default() += 1;
        }
        self.notes.merge(&chunk.notes);
    }

    fn merge(&mut self, other: &Self) {
        self.read += other.read;
        self.kept += other.kept;
        self.corrected += other.corrected;
        self.skipped += other.skipped;
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
            "read": self.read, "kept": self.kept, "corrected": self.corrected, "skipped": self.skipped,
            "quarantined": self.quarantined(), "refused": refused, "notes": notes,
        })
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
            tally.corrected += rows.len() as u64;
        }
        for row in rejected {
            let file = self.files.entry((row.file.to_string(), row.table.name)).or_default();
            for tally in [file, self.tables.entry(row.table.name).or_default()] {
                tally.kept = tally.kept.saturating_sub(1);
                *tally.refused.entry(row.reason).or_default() += 1;
            }
        }
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
        self.findings.extend(other.findings.iter().cloned());
    }

    /// Rows that were read.
    pub fn read(&self) -> u64 {
        self.tables.values().map(|tally| tally.read).sum()
    }

    /// Rows in quarantine.
    pub fn quarantined(&self) -> u64 {
        self.tables.values().map(Tally::quarantined).sum()
    }

    /// Share of rows in quarantine, 0 to 1; 0 where nothing was read. To be held against [`Policy::refuse_batch_above`].
    pub fn refused_ratio(&self) -> f64 {
        if self.read() == 0 { 0.0 } else { self.quarantined() as f64 / self.read() as f64 }
    }

    /// As JSON.
    pub fn to_json(&self) -> Value {
        let tables: serde_json::Map<String, Value> =
            self.tables.iter().map(|(table, tally)| ((*table).to_owned(), tally.json())).collect();
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|((file, table), tally)| {
                let mut value = tally.json();
                value["file"] = json!(file);
                value["table"] = json!(table);
                value
            })
            .collect();
        json!({
            "read": self.read(), "quarantined": self.quarantined(), "refused_ratio": self.refused_ratio(),
            "tables": tables, "files": files, "findings": self.findings, "problems": self.problems,
        })
    }

    /// As a table for the terminal, in English, readable without colour.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{:<14}{:>14}{:>14}{:>12}{:>13}",
            "table", "read", "kept", "corrected", "quarantined"
        );
        for (table, tally) in &self.tables {
            let (corrected, quarantined) = (tally.corrected, tally.quarantined());
            let _ = writeln!(
                out,
                "{table:<14}{:>14}{:>14}{corrected:>12}{quarantined:>13}",
                tally.read, tally.kept
            );
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
        for finding in &self.findings {
            let _ = writeln!(out, "batch        {}: {} {}", finding.table, finding.subject, finding.check);
        }
        for problem in &self.problems {
            let _ = writeln!(out, "{problem}");
        }
        out
    }

    /// As a page of its own, in Chinese, without scripts or anything from outside.
    pub fn to_html(&self, policy: &Policy) -> String {
        html::page(self, policy)
    }
}

#[cfg(test)]
mod tests;
