//! Tests of the typed columns.

use super::*;
use arrow_array::{Array, cast::AsArray, types::Int32Type};
use mingcha_model::{Date, Time, money, table::table};

fn build(table_name: &str, column: &str, cells: &[&str]) -> (ArrayRef, Vec<Fault>) {
    let table = table(table_name).expect("a table");
    let index = table.columns.iter().position(|one| one.name == column).expect("a column");
    let mut builder = Builder::new(table, index);
    let mut faults = Vec::new();
    let mut sink = Sink { base: 0, column: index as u16, form: Form::default(), faults: &mut faults };
    builder.feed(cells.iter().map(|cell| cell.as_bytes()), &mut sink);
    (builder.finish().expect("an array"), faults)
}

#[test]
fn money_is_read_to_the_fen_and_never_as_a_float() {
    let (array, faults) =
        build("fee", "det_item_fee_sumamt", &["12.05", "-0.1", "7", "1.5000", "", ".5", "+3."]);
    let values = array.as_primitive::<arrow_array::types::Decimal128Type>();
    let read: Vec<Option<i128>> = values.iter().collect();
    assert_eq!(read, [Some(1205), Some(-10), Some(700), Some(150), None, Some(50), Some(300)]);
    assert!(faults.is_empty());
}

#[test]
fn numbers_that_cannot_be_kept_are_told_apart() {
    let cells = ["1.005", "1e3", "1,000", "99999999999999999999", "-", "12345678901234567", "-1.004"];
    let (array, faults) = build("fee", "det_item_fee_sumamt", &cells);
    let checks: Vec<Check> = faults.iter().map(|fault| fault.check).collect();
    let expected = [
        Check::Decimals,
        Check::Type,
        Check::Type,
        Check::Range,
        Check::Placeholder,
        Check::Range,
        Check::Decimals,
    ];
    assert_eq!(checks, expected);
    let values = array.as_primitive::<arrow_array::types::Decimal128Type>();
    assert_eq!((values.value(0), values.value(6), values.null_count()), (101, -100, 5));
}

#[test]
fn the_quick_number_reader_agrees_with_the_vocabulary() {
    for text in ["0", "-0.01", "12.3", "12.34", "00012.30", "999999.99", ".", "-", "", "1..2", "1.2.3", "x"] {
        let quick = match number::fixed(text.as_bytes(), 2) {
            number::Fixed::Exact(value) => Some(value),
            _ => None,
        };
        assert_eq!(quick, money::parse_fixed(text, 2), "{text}");
    }
}

#[test]
fn times_are_read_in_every_form_and_the_remembered_day_does_not_leak() {
    let cells = [
        "2025-03-01 08:05:09",
        "2025-03-01 23:59:59",
        "2025-03-02",
        "2025/3/1 8:05",
        "20250301080509",
        "2025-03-01 24:00:00",
    ];
    let (array, faults) = build("fee", "fee_ocur_time", &cells);
    let values = array.as_primitive::<arrow_array::types::TimestampMicrosecondType>();
    for (row, cell) in cells.iter().enumerate().take(5) {
        assert_eq!(values.value(row), Time::parse(cell).expect("a time").0 * 1_000_000, "{cell}");
    }
    assert!(values.is_null(5) && faults.len() == 1);
}

#[test]
fn dates_in_chinese_and_times_with_a_zone_become_civil_times_of_china() {
    let forms = [
        ("2025年1月13日", "2025-01-13"),
        ("2025年1月13日 16:03", "2025-01-13 16:03:00"),
        ("2025年01月13日16时3分", "2025-01-13 16:03:00"),
        ("2025年1月13日 16时3分5秒", "2025-01-13 16:03:05"),
        ("2025-01-13T16:03:13+08:00", "2025-01-13 16:03:13"),
        ("2025-01-13T16:03:13Z", "2025-01-14 00:03:13"),
        ("2025-01-13 16:03:13.250-05:30", "2025-01-14 05:33:13"),
    ];
    let (array, faults) = build("fee", "fee_ocur_time", &forms.map(|(cell, _)| cell));
    let values = array.as_primitive::<arrow_array::types::TimestampMicrosecondType>();
    for (row, (cell, civil)) in forms.iter().enumerate() {
        assert_eq!(values.value(row), Time::parse(civil).expect("a time").0 * 1_000_000, "{cell}");
    }
    assert!(faults.is_empty());
    let wrong = ["2025年13月1日", "2025年1月", "2025-01-13T16:03:13+0x:00", "2025-01-13Z"];
    assert_eq!(build("fee", "fee_ocur_time", &wrong).1.len(), wrong.len());
}

#[test]
fn dates_before_1900_are_no_dates() {
    let (array, faults) = build("person", "brdy", &["1900-01-02", "1899-12-31", "0001-01-01", "1900-01-01"]);
    assert_eq!(array.null_count(), 3);
    let checks: Vec<Check> = faults.iter().map(|fault| fault.check).collect();
    assert_eq!(checks, [Check::Range, Check::Placeholder, Check::Placeholder]);
    let values = array.as_primitive::<arrow_array::types::Date32Type>();
    assert_eq!(values.value(0), Date::new(1900, 1, 2).expect("a day").0);
}

#[test]
fn dictionaries_hold_each_text_once() {
    let texts: Vec<String> = (0..5000).map(|number| format!("P{}", number % 700)).collect();
    let cells: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (array, _) = build("fee", "psn_no", &cells);
    let dictionary = array.as_dictionary::<Int32Type>();
    let values = dictionary.values().as_string::<i32>();
    assert_eq!(values.len(), 700);
    for (row, cell) in cells.iter().enumerate() {
        assert_eq!(values.value(dictionary.keys().value(row) as usize), *cell);
    }
}
