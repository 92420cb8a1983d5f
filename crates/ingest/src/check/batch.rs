//! Checks over a whole batch, from counters that threads keep apart and merge: months, doctors' codes, placeholders.

use super::{Check, columns::Texts};
use crate::chunk::Chunk;
use arrow_array::{Array, cast::AsArray, types::TimestampMicrosecondType};
use mingcha_model::Time;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Tables whose volume by month is looked at.
const VOLUMES: [&str; 3] = ["encounter", "settlement", "fee"];
/// Rows of a month below which its neighbours say nothing about it.
const LEAST_ROWS: u64 = 100;
/// Lines of an institution below which one doctor may well have ordered them all.
const LEAST_LINES: u64 = 100;

/// Counters of a batch. Adding chunks in any order, on any threads, and merging gives the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchCounters {
    /// Rows by table and month since 1970-01.
    months: BTreeMap<(&'static str, i32), u64>,
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
        *self.rows.entry(name).or_default() += chunk.good.num_rows() as u64;
        for ((check, column), count) in chunk.notes.iter() {
            if *check == Check::Placeholder {
                *self.placeholders.entry((name, column)).or_default() += count.rows;
            }
        }
        if VOLUMES.contains(&name) {
            self.add_months(chunk);
        }
        if name == "fee" {
            self.add_doctors(chunk);
        }
    }

    fn add_months(&mut self, chunk: &Chunk) {
        let Some(array) = chunk.good.column_by_name(chunk.table.time) else { return };
        let Some(times) = array.as_primitive_opt::<TimestampMicrosecondType>() else { return };
        // Rows of a day stand together, so the calendar is asked once for each run of them.
        let mut run: Option<(i64, i32, u64)> = None;
        for time in times.iter().flatten() {
            let day = time.div_euclid(86_400_000_000);
            match &mut run {
                Some((same, _, count)) if *same == day => *count += 1,
                _ => {
                    self.close_run(chunk.table.name, run);
                    let month = Time(time.div_euclid(1_000_000)).date().month_index();
                    run = Some((day, month, 1));
                }
            }
        }
        self.close_run(chunk.table.name, run);
    }

    fn close_run(&mut self, table: &'static str, run: Option<(i64, i32, u64)>) {
        if let Some((_, month, count)) = run {
            *self.months.entry((table, month)).or_default() += count;
        }
    }

    fn add_doctors(&mut self, chunk: &Chunk) {
        let (Some(places), Some(doctors)) =
            (Texts::of(&chunk.good, "fixmedins_code"), Texts::of(&chunk.good, "bilg_dr_code"))
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
        let rows: Vec<usize> =
            (0..places.len()).filter(|row| valid.as_ref().is_none_or(|valid| valid.is_valid(*row))).collect();
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
        add_all(&mut self.months, &other.months);
        add_all(&mut self.rows, &other.rows);
        add_all(&mut self.placeholders, &other.placeholders);
        for (place, doctors) in &other.doctors {
            let own = self.doctors.entry(place.clone()).or_default();
            for (doctor, lines) in doctors {
                *own.entry(doctor.clone()).or_default() += lines;
            }
        }
    }

    /// What is odd, in the order of the checks.
    pub fn findings(&self) -> Vec<BatchFinding> {
        let mut findings = Vec::new();
        for table in VOLUMES {
            let months: Vec<(i32, u64)> = self
                .months
                .iter()
                .filter(|((name, _), _)| *name == table)
                .map(|((_, month), rows)| (*month, *rows))
                .collect();
            holes(table, &months, &mut findings);
            breaks(table, &months, &mut findings);
        }
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

fn month_text(month: i32) -> String {
    format!("{:04}-{:02}", 1970 + month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Months without rows between months with rows.
fn holes(table: &'static str, months: &[(i32, u64)], findings: &mut Vec<BatchFinding>) {
    for pair in months.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        // A lone row from decades ago is a wrong date, not a hole of decades.
        let hole = before.0 + 1..after.0;
        if hole.is_empty() || before.1 < LEAST_ROWS || after.1 < LEAST_ROWS {
            continue;
        }
        for month in hole {
            let message = "前后月份有数据，该月没有".to_owned();
            findings.push(BatchFinding {
                check: Check::MonthHole.id(),
                table,
                subject: month_text(month),
                message,
            });
        }
    }
}

/// Months that differ from the mean of their neighbours; the first and the last month may be parts of months and are not judged.
fn breaks(table: &'static str, months: &[(i32, u64)], findings: &mut Vec<BatchFinding>) {
    for three in months.windows(3) {
        let (before, month, after) = (three[0], three[1], three[2]);
        let neighbours = before.1 + after.1;
        if before.0 + 1 != month.0 || month.0 + 1 != after.0 || before.1.min(after.1) < LEAST_ROWS {
            continue;
        }
        // Twice the month against the sum of two neighbours: no division, no rounding.
        let (twice, low, high) = (month.1 * 2, neighbours / 2, neighbours * 2);
        if twice < low || twice > high {
            let message = format!("该月 {} 行，前后两月 {} 行与 {} 行", month.1, before.1, after.1);
            findings.push(BatchFinding {
                check: Check::VolumeBreak.id(),
                table,
                subject: month_text(month.0),
                message,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volumes(months: &[(i32, u64)]) -> Vec<&'static str> {
        let mut counters = BatchCounters::default();
        for (month, rows) in months {
            *counters.months.entry(("fee", *month)).or_default() += rows;
        }
        counters.findings().into_iter().map(|finding| finding.check).collect()
    }

    #[test]
    fn a_missing_month_and_a_thin_month_are_told_and_even_months_are_not() {
        assert_eq!(volumes(&[(600, 1000), (601, 1100), (602, 900), (603, 1000)]), Vec::<&str>::new());
        assert_eq!(volumes(&[(600, 1000), (602, 1000)]), ["month_hole"]);
        assert_eq!(volumes(&[(600, 1000), (601, 450), (602, 1000)]), ["volume_break"]);
        assert_eq!(volumes(&[(600, 1000), (601, 2100), (602, 1000)]), ["volume_break"]);
        assert_eq!(volumes(&[(300, 1), (600, 1000), (601, 1000)]), Vec::<&str>::new());
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
        assert_eq!(one.findings().len(), 1);
        assert_eq!(one.findings()[0].subject, "H99010100001");
        assert!(counters(&[("D1", 120), ("D2", 20)]).findings().is_empty());
        assert!(counters(&[("D1", 60)]).findings().is_empty());
    }

    #[test]
    fn many_placeholders_in_a_column_are_told() {
        let mut counters = BatchCounters::default();
        counters.rows.insert("fee", 1000);
        counters.placeholders.insert(("fee", "bilg_dr_code"), 101);
        counters.placeholders.insert(("fee", "phar_code"), 100);
        let subjects: Vec<String> = counters.findings().into_iter().map(|finding| finding.subject).collect();
        assert_eq!(subjects, ["bilg_dr_code"]);
    }
}
