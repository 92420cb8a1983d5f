//! Rows by month: months without rows and breaks of volume, over what the lake has and what a batch brings together.

use super::{BatchFinding, Check};
use arrow_array::{RecordBatch, cast::AsArray, types::TimestampMicrosecondType};
use mingcha_model::{Time, table::Table};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Tables whose volume by month is looked at.
const VOLUMES: [&str; 3] = ["encounter", "settlement", "fee"];
/// Rows of a month below which its neighbours say nothing about it.
const LEAST_ROWS: u64 = 100;

/// Rows by table and month, of the tables whose volume is looked at. Adding in any order, on any threads, and merging gives the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Months {
    /// By table and month since 1970-01.
    rows: BTreeMap<(&'static str, i32), u64>,
}

/// One month of a table as it is judged.
#[derive(Clone, Copy, Debug)]
struct Month {
    /// Since 1970-01.
    at: i32,
    rows: u64,
    /// Whether the batch brings at least half of it.
    fresh: bool,
}

impl Months {
    /// Adds those rows of a table; of one whose volume is not looked at, nothing.
    pub fn add(&mut self, table: &Table, batch: &RecordBatch, rows: Range<usize>) {
        if !VOLUMES.contains(&table.name) {
            return;
        }
        let Some(array) = batch.column_by_name(table.time) else { return };
        let Some(times) = array.as_primitive_opt::<TimestampMicrosecondType>() else { return };
        // Rows of a day stand together, so the calendar is asked once for each run of them.
        let mut run: Option<(i64, i32, u64)> = None;
        for time in times.slice(rows.start, rows.len()).iter().flatten() {
            let day = time.div_euclid(86_400_000_000);
            match &mut run {
                Some((same, _, count)) if *same == day => *count += 1,
                _ => {
                    self.close_run(table.name, run);
                    let month = Time(time.div_euclid(1_000_000)).date().month_index();
                    run = Some((day, month, 1));
                }
            }
        }
        self.close_run(table.name, run);
    }

    fn close_run(&mut self, table: &'static str, run: Option<(i64, i32, u64)>) {
        if let Some((_, month, count)) = run {
            *self.rows.entry((table, month)).or_default() += count;
        }
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Self) {
        for (key, count) in &other.rows {
            *self.rows.entry(*key).or_default() += count;
        }
    }

    /// What is odd about the months that this batch brings or that lie beside them, `before` being the lake's: what lies further back
    /// was told when it came. `met` says how many of the batch's rows of a table the lake has already, so that they count once.
    pub(super) fn findings(&self, before: &Self, met: impl Fn(&str) -> u64) -> Vec<BatchFinding> {
        let mut findings = Vec::new();
        for table in VOLUMES {
            let months = self.together(before, table, met(table));
            holes(table, &months, &mut findings);
            breaks(table, &months, &mut findings);
        }
        findings
    }

    /// The months of a table and their rows.
    fn of(&self, table: &'static str) -> impl Iterator<Item = (i32, u64)> {
        self.rows.range((table, i32::MIN)..=(table, i32::MAX)).map(|((_, month), rows)| (*month, *rows))
    }

    fn at(&self, table: &'static str, month: i32) -> u64 {
        self.rows.get(&(table, month)).copied().unwrap_or(0)
    }

    /// The months of the batch and of the lake as one row of months.
    fn together(&self, before: &Self, table: &'static str, met: u64) -> Vec<Month> {
        let both = |month: i32| self.at(table, month).min(before.at(table, month));
        let shared: u64 = self.of(table).map(|(month, _)| both(month)).sum();
        let all: BTreeSet<i32> = self.of(table).chain(before.of(table)).map(|(month, _)| month).collect();
        let month = |at: i32| {
            let own = self.at(table, at);
            // Which months the rows lie in that come again nobody counted: each month bears its share of them.
            let again = u128::from(met.min(shared)) * u128::from(both(at)) / u128::from(shared.max(1));
            let rows = own + before.at(table, at) - again as u64;
            Month { at, rows, fresh: own * 2 >= rows }
        };
        all.into_iter().map(month).collect()
    }
}

fn month_text(month: i32) -> String {
    format!("{:04}-{:02}", 1970 + month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Months without rows between months with rows.
fn holes(table: &'static str, months: &[Month], findings: &mut Vec<BatchFinding>) {
    for pair in months.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        // A lone row from decades ago is a wrong date, not a hole of decades.
        let hole = before.at + 1..after.at;
        if hole.is_empty() || before.rows.min(after.rows) < LEAST_ROWS || !(before.fresh || after.fresh) {
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

/// Months that differ from the mean of their neighbours; the first and the last month may be parts of months and are not judged: the
/// last is when the next has come.
fn breaks(table: &'static str, months: &[Month], findings: &mut Vec<BatchFinding>) {
    for three in months.windows(3) {
        let (before, month, after) = (three[0], three[1], three[2]);
        let neighbours = before.rows + after.rows;
        if before.at + 1 != month.at
            || month.at + 1 != after.at
            || before.rows.min(after.rows) < LEAST_ROWS
            || !three.iter().any(|month| month.fresh)
        {
            continue;
        }
        // Twice the month against the sum of two neighbours: no division, no rounding.
        let (twice, low, high) = (month.rows * 2, neighbours / 2, neighbours * 2);
        if twice < low || twice > high {
            let message = format!("该月 {} 行，前后两月 {} 行与 {} 行", month.rows, before.rows, after.rows);
            findings.push(BatchFinding {
                check: Check::VolumeBreak.id(),
                table,
                subject: month_text(month.at),
                message,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(rows: &[(i32, u64)]) -> Months {
        Months { rows: rows.iter().map(|(month, rows)| (("fee", *month), *rows)).collect() }
    }

    /// What is told of a batch beside a lake that has `met` of its rows already.
    fn told(before: &[(i32, u64)], batch: &[(i32, u64)], met: u64) -> Vec<(&'static str, String)> {
        let findings = months(batch).findings(&months(before), |_| met);
        findings.into_iter().map(|finding| (finding.check, finding.subject)).collect()
    }

    fn volumes(batch: &[(i32, u64)]) -> Vec<&'static str> {
        told(&[], batch, 0).into_iter().map(|(check, _)| check).collect()
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
    fn month_by_month_holes_and_breaks_are_told_once_when_they_are_seen() {
        let one = |check: &'static str, month: &str| vec![(check, month.to_owned())];
        // 2020-01 is in the lake, then comes 2020-03.
        assert_eq!(told(&[(600, 1000)], &[(602, 1000)], 0), one("month_hole", "2020-02"));
        assert_eq!(told(&[(600, 1000), (601, 400)], &[(602, 1000)], 0), one("volume_break", "2020-02"));
        // A later batch that corrects some old rows does not tell the old again.
        assert_eq!(told(&[(600, 1000), (602, 1000)], &[(602, 200), (603, 1000)], 0), []);
        assert_eq!(told(&[(600, 1000), (601, 400), (602, 1000)], &[(603, 1000)], 0), []);
        // What was missing comes: nothing is missing any more.
        assert_eq!(told(&[(600, 1000), (602, 1000)], &[(601, 900)], 0), []);
    }

    #[test]
    fn rows_that_come_again_count_once() {
        let lake = [(600, 1000), (601, 1000), (602, 1000)];
        assert_eq!(told(&lake, &[(601, 1100)], 1000), []);
        assert_eq!(told(&lake, &[(601, 1100)], 0), [("volume_break", "2020-02".to_owned())]);
    }
}
