//! Checks of one row: dates against the day of the data and each other, amounts, certificates, places.

use super::Check;
use crate::judge::Findings;
use arrow_array::{
    Array, ArrayRef,
    cast::AsArray,
    types::{Date32Type, Decimal128Type, Float64Type, TimestampMicrosecondType},
};
use mingcha_model::{
    Date, Fen, Time, cert,
    table::{ColumnType, Table},
    time::DAY,
};

/// Columns whose dates may well lie ahead.
const AHEAD: [&str; 5] = ["enddate", "insu_enddate", "expy_end", "begndate", "insu_begndate"];

/// Begin and end columns, by whichever table has both.
const SPANS: [(&str, &str); 5] = [
    ("begntime", "endtime"),
    ("begndate", "enddate"),
    ("oprn_begntime", "oprn_endtime"),
    ("insu_begndate", "insu_enddate"),
    ("brdy", "die_date"),
];

const MICROS: i64 = 1_000_000;

/// Runs all row checks of the table.
pub(crate) fn check(table: &Table, arrays: &[ArrayRef], as_of: Date, findings: &mut Findings<'_>) {
    let rows = Rows { table, arrays };
    rows.future(as_of, findings);
    for (begin, end) in SPANS {
        rows.span(begin, end, findings);
    }
    match table.name {
        "fee" => rows.amounts(findings),
        "person" => rows.certificates(findings),
        "institution" => rows.places(findings),
        _ => {}
    }
}

struct Rows<'a> {
    table: &'a Table,
    arrays: &'a [ArrayRef],
}

impl<'a> Rows<'a> {
    fn place(&self, name: &str) -> Option<usize> {
        self.table.columns.iter().position(|column| column.name == name)
    }

    /// The values of a column of dates or times, as they are counted in it.
    fn moments(&self, index: usize) -> Box<dyn Fn(usize) -> i64 + 'a> {
        let array = &self.arrays[index];
        if self.table.columns[index].ty == ColumnType::Date {
            let values = array.as_primitive::<Date32Type>().values();
            return Box::new(move |row| i64::from(values[row]));
        }
        let values = array.as_primitive::<TimestampMicrosecondType>().values();
        Box::new(move |row| values[row])
    }

    fn future(&self, as_of: Date, findings: &mut Findings<'_>) {
        for (index, column) in self.table.columns.iter().enumerate() {
            let array = &self.arrays[index];
            let next = match column.ty {
                ColumnType::Date => i64::from(as_of.0) + 1,
                ColumnType::DateTime => (i64::from(as_of.0) + 1) * DAY * MICROS,
                _ => continue,
            };
            if AHEAD.contains(&column.name) {
                continue;
            }
            let late: Vec<usize> = match column.ty {
                ColumnType::Date => {
                    late(array.as_primitive::<Date32Type>().values().iter().map(|day| i64::from(*day)), next)
                }
                _ => late(array.as_primitive::<TimestampMicrosecondType>().values().iter().copied(), next),
            };
            for row in late.into_iter().filter(|row| array.is_valid(*row)) {
                findings.row(Check::Future, row as u32, Some(index as u16), || moment(array, row));
            }
        }
    }

    fn span(&self, begin: &str, end: &str, findings: &mut Findings<'_>) {
        let (Some(from), Some(to)) = (self.place(begin), self.place(end)) else { return };
        let (begins, ends) = (self.moments(from), self.moments(to));
        let (from, to_array) = (&self.arrays[from], &self.arrays[to]);
        if to_array.null_count() == to_array.len() {
            return;
        }
        for row in 0..to_array.len() {
            if ends(row) < begins(row) && to_array.is_valid(row) && from.is_valid(row) {
                findings.row(Check::EndBeforeBegin, row as u32, Some(to as u16), || moment(to_array, row));
            }
        }
    }

    fn amounts(&self, findings: &mut Findings<'_>) {
        let decimal =
            |name: &str| self.place(name).map(|index| self.arrays[index].as_primitive::<Decimal128Type>());
        let (Some(cnt), Some(pric), Some(sum)) =
            (decimal("cnt"), decimal("pric"), decimal("det_item_fee_sumamt"))
        else {
            return;
        };
        let (sum_at, pric_at) = (self.place("det_item_fee_sumamt"), self.place("pric"));
        let rows = cnt.values().iter().zip(pric.values()).zip(sum.values()).enumerate();
        for (row, ((cnt_value, pric_value), sum_value)) in rows {
            let expected = product(*cnt_value as i64, *pric_value as i64);
            if expected.abs_diff(*sum_value as i64) > 1
                && cnt.is_valid(row)
                && pric.is_valid(row)
                && sum.is_valid(row)
            {
                let text = || format!("{} ≠ {}", Fen(*sum_value as i64), Fen(expected));
                findings.row(Check::Amount, row as u32, sum_at.map(|at| at as u16), text);
            }
            if *pric_value < 0 {
                let text = || Fen(*pric_value as i64 / 10_000).yuan();
                findings.row(Check::NegativePrice, row as u32, pric_at.map(|at| at as u16), text);
            }
        }
    }

    fn certificates(&self, findings: &mut Findings<'_>) {
        let (Some(certno), Some(kind)) = (self.place("certno"), self.place("psn_cert_type")) else { return };
        let (Some(gend), Some(brdy)) = (self.place("gend"), self.place("brdy")) else { return };
        let numbers = self.arrays[certno].as_string::<i32>();
        let births = self.arrays[brdy].as_primitive::<Date32Type>();
        for row in 0..numbers.len() {
            if numbers.is_null(row) || !matches!(text_at(&self.arrays[kind], row), None | Some("01" | "1")) {
                continue;
            }
            let check = match cert::parse(numbers.value(row)) {
                Err(_) => Check::Certificate,
                Ok(resident) => {
                    let sex = match text_at(&self.arrays[gend], row) {
                        Some("1") => 1,
                        Some("2") => 2,
                        _ => resident.sex,
                    };
                    let born = if births.is_valid(row) { Date(births.value(row)) } else { resident.birth };
                    if sex == resident.sex && born == resident.birth {
                        continue;
                    }
                    Check::CertificatePerson
                }
            };
            findings.row(check, row as u32, Some(certno as u16), String::new);
        }
    }

    fn places(&self, findings: &mut Findings<'_>) {
        for (name, bounds) in [("lng", 73.0..=136.0), ("lat", 3.0..=54.0)] {
            let Some(index) = self.place(name) else { continue };
            let values = self.arrays[index].as_primitive::<Float64Type>();
            for (row, value) in values.iter().enumerate() {
                if let Some(value) = value.filter(|value| !bounds.contains(value)) {
                    findings.row(Check::Coordinates, row as u32, Some(index as u16), || value.to_string());
                }
            }
        }
    }
}

fn late(moments: impl Iterator<Item = i64>, next: i64) -> Vec<usize> {
    moments.enumerate().filter(|(_, moment)| *moment >= next).map(|(row, _)| row).collect()
}

/// Quantity times price in fen; the usual sizes fit into 64 bits, which is ten times faster.
#[inline]
fn product(cnt: i64, pric: i64) -> i64 {
    const UNIT: i64 = 100_000_000;
    match cnt.checked_mul(pric) {
        Some(wide) => {
            let half = if wide < 0 { -UNIT / 2 } else { UNIT / 2 };
            wide.saturating_add(half) / UNIT
        }
        None => Fen::of_quantity(cnt, pric).0,
    }
}

/// The text of a row in a text column, dictionary or plain.
pub(crate) fn text_at(array: &ArrayRef, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    if let Some(dictionary) = array.as_dictionary_opt::<arrow_array::types::Int32Type>() {
        let key = dictionary.keys().value(row) as usize;
        return Some(dictionary.values().as_string::<i32>().value(key));
    }
    array.as_string_opt::<i32>().map(|texts| texts.value(row))
}

fn moment(array: &ArrayRef, row: usize) -> String {
    match array.as_primitive_opt::<Date32Type>() {
        Some(days) => Date(days.value(row)).to_string(),
        None => {
            Time(array.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(MICROS)).to_string()
        }
    }
}
