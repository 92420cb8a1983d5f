//! Checks over a whole batch, from counters that threads keep apart and merge: months, doctors' codes, placeholders.

use super::{Check, Months, columns::Texts};
use crate::chunk::Chunk;
use arrow_array::Array;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines of an institution below which one doctor may well have ordered them all.
const LEAST_LINES: u64 = 100;

/// Counters of a batch. Adding chunks in any order, on any threads, and merging gives the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchCounters {
    /// Rows by table and month.
    months: Months,
    /// Fee lines by institution and ordering doctor.
    doctors: FxHashMap<String, FxHashMap<String, u64>>,
    /// Rows by table.
    rows: BTreeMap<&'static str, u64>,
    /// Placeholders by table and column.
    placeholders: BTreeMap<(&'static str, &'static str), u64>,
}

/// Something odd about a batch as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BatchFinding {
    /// Id of the check.
    pub check: &'static str,
    /// The table.
    pub table: &'static str,
    /// What it is about: a month such as `2025-03`, an institution, or a column.
    pub subject: String,
    /// What was counted, in Chinese.
    pub message: String,
}

impl BatchCounters {
    /// Adds the good rows of a chunk.
    pub fn add(&mut self, chunk: &Chunk) {
        let name = chunk.table.name;
        *self.rows.entry(name).or_default() += chunk.kept() as u64;
        for ((check, column), count) in chunk.notes.iter() {
            if *check == Check::Placeholder {
                *self.placeholders.entry((name, column)).or_default() += count.rows;
            }
        }
        for run in chunk.runs() {
            self.months.add(chunk.table, &chunk.rows, run);
        }
        if name == "fee" {
            self.add_doctors(chunk);
        }
    }

    fn add_doctors(&mut self, chunk: &Chunk) {
        let (Some(places), Some(doctors)) =
            (Texts::of(&chunk.rows, "fixmedins_code"), Texts::of(&chunk.rows, "bilg_dr_code"))
        else {
            return;
        };
        let (Texts::Dict(places, place_names), Texts::Dict(doctors, doctor_names)) = (places, doctors) else {
            return;
        };
        let mut pairs: FxHashMap<(i32, i32), u64> = FxHashMap::default();
        // Lines of a visit stand together, so the map is asked once for each run of them.
        let valid = arrow_buffer::NullBuffer::union(places.nulls(), doctors.nulls());
        let pair = |row: &usize| (places.value(*row), doctors.value(*row));
        let known = |row: &usize| valid.as_ref().is_none_or(|valid| valid.is_valid(*row));
        let rows: Vec<usize> = chunk.runs().flatten().filter(known).collect();
        for run in rows.chunk_by(|one, two| pair(one) == pair(two)) {
            *pairs.entry(pair(&run[0])).or_default() += run.len() as u64;
        }
        for ((place, doctor), lines) in pairs {
            let place = self.doctors.entry(place_names.value(place as usize).to_owned()).or_default();
            *place.entry(doctor_names.value(doctor as usize).to_owned()).or_default() += lines;
        }
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Self) {
        self.months.merge(&other.months);
        add_all(&mut self.rows, &other.rows);
        add_all(&mut self.placeholders, &other.placeholders);
        for (place, doctors) in &other.doctors {
            let own = self.doctors.entry(place.clone()).or_default();
            for (doctor, lines) in doctors {
                *own.entry(doctor.clone()).or_default() += lines;
            }
        }
    }

    /// What is odd, in the order of the checks. Months are judged together with the lake's `before`; `met` says how many of the batch's
    /// rows of a table the lake has already.
    pub fn findings(&self, before: &Months, met: impl Fn(&str) -> u64) -> Vec<BatchFinding> {
        let mut findings = self.months.findings(before, met);
        self.one_doctor(&mut findings);
        for ((table, column), count) in &self.placeholders {
            let rows = self.rows.get(table).copied().unwrap_or(0).max(*count);
            if count * 10 > rows {
                let message = format!("{rows} 行中有 {count} 行以占位符填写");
                findings.push(BatchFinding {
                    check: Check::PlaceholderShare.id(),
                    table,
                    subject: (*column).to_owned(),
                    message,
                });
            }
        }
        findings
    }

    fn one_doctor(&self, findings: &mut Vec<BatchFinding>) {
        let mut places: Vec<_> = self.doctors.iter().collect();
        places.sort_by_key(|(place, _)| *place);
        for (place, doctors) in places {
            let lines: u64 = doctors.values().sum();
            // A pharmacy or village clinic may have one doctor; it is told all the same, for a person to look at.
            let Some((doctor, most)) = doctors.iter().max_by_key(|(doctor, lines)| (**lines, *doctor)) else {
                continue;
            };
            if lines >= LEAST_LINES && most * 10 > lines * 9 && place.starts_with('H') {
                let message = format!("{lines} 行明细中有 {most} 行的开单医师为 {doctor}");
                findings.push(BatchFinding {
                    check: Check::OneDoctor.id(),
                    table: "fee",
                    subject: place.clone(),
                    message,
                });
            }
        }
    }
}

fn add_all<K: Ord + Copy>(own: &mut BTreeMap<K, u64>, other: &BTreeMap<K, u64>) {
    for (key, count) in other {
        *own.entry(*key).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counters: &BatchCounters) -> Vec<BatchFinding> {
        counters.findings(&Months::default(), |_| 0)
    }

    #[test]
    fn one_code_for_a_whole_hospital_is_told_whichever_thread_counted_it() {
        let counters = |lines: &[(&str, u64)]| {
            let mut counters = BatchCounters::default();
            let doctors = lines.iter().map(|(doctor, lines)| ((*doctor).to_owned(), *lines)).collect();
            counters.doctors.insert("H99010100001".to_owned(), doctors);
            counters
        };
        let mut one = counters(&[("D1", 60), ("D2", 2)]);
        one.merge(&counters(&[("D1", 60), ("D3", 3)]));
        assert_eq!(told(&one).len(), 1);
        assert_eq!(told(&one)[0].subject, "H99010100001");
        assert!(told(&counters(&[("D1", 120), ("D2", 20)])).is_empty());
        assert!(told(&counters(&[("D1", 60)])).is_empty());
    }

    #[test]
    fn many_placeholders_in_a_column_are_told() {
        let mut counters = BatchCounters::default();
        counters.rows.insert("fee", 1000);
        counters.placeholders.insert(("fee", "bilg_dr_code"), 101);
        counters.placeholders.insert(("fee", "phar_code"), 100);
        let subjects: Vec<String> = told(&counters).into_iter().map(|finding| finding.subject).collect();
        assert_eq!(subjects, ["bilg_dr_code"]);
    }
}
