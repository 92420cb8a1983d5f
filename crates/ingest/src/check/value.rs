//! Checks of single texts: placeholders, characters, length, codes and forms. A dictionary is checked once for each value, not row.

use super::{Action, Check};
use crate::{judge::Findings, quarantine::MASK};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, Int32Array, StringArray, cast::AsArray, types::Int32Type,
};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::ArrowError;
use mingcha_model::{
    code::codes,
    form,
    table::{Column, ColumnType, Table},
};
use std::sync::Arc;

/// What the texts of a column must look like.
pub(crate) struct Rule {
    text: bool,
    /// Whether it identifies something, so that digits of it may not be lost.
    identifies: bool,
    max_chars: usize,
    shape: Shape,
}

enum Shape {
    /// Any text.
    Free,
    /// A code of the table of that name, or one of the words that the column's note names.
    Code(&'static str, &'static str),
    /// What a function recognises.
    Form(fn(&str) -> bool, Check),
}

/// Code tables whose national codes are extended by local digits behind the first two.
const EXTENDED: [&str; 3] = ["med_type", "med_chrgitm_type", "psn_type"];
/// Code tables that have no national list, so that every code is as good as another.
const LOCAL: [&str; 2] = ["psn_idet_type", "matn_type"];

/// Bytes of the longest placeholder but zeros, of which there can be any number, and of the mask.
const PLACEHOLDER: usize = 10;

/// The rules of a table's columns, in order.
pub(crate) fn rules(table: &Table) -> Vec<Rule> {
    let rule = |column: &Column| Rule {
        text: matches!(column.ty, ColumnType::Str(_) | ColumnType::Code),
        identifies: !column.name.ends_with("_name"),
        max_chars: column.ty.max_chars().unwrap_or(usize::MAX),
        shape: shape(column),
    };
    table.columns.iter().map(rule).collect()
}

fn shape(column: &Column) -> Shape {
    match column.name {
        "fixmedins_code" => Shape::Form(form::is_institution, Check::FormInstitution),
        "prac_psn_code" | "atddr_no" | "bilg_dr_code" | "orders_dr_code" | "phar_code" | "oper_dr_code"
        | "anst_dr_code" => Shape::Form(form::is_practitioner, Check::FormPractitioner),
        "admdvs" | "insu_admdvs" => Shape::Form(form::is_region, Check::FormRegion),
        "diag_code" => Shape::Form(form::is_diagnosis, Check::FormDiagnosis),
        "med_list_codg" => Shape::Form(|code| form::good(code).is_some(), Check::FormGood),
        "drug_trac_codg" => Shape::Form(is_trace, Check::FormTrace),
        name if column.ty == ColumnType::Code => Shape::Code(name, column.note),
        _ => Shape::Free,
    }
}

fn is_trace(code: &str) -> bool {
    code.len() == 20 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a spreadsheet wrote a number of its own for the text, such as `1.10105E+17`: the digits behind are lost.
fn is_power_of_ten(text: &str) -> bool {
    let Some((number, [b'E' | b'e', b'+', b'0'..=b'9', b'0'..=b'9'])) =
        text.as_bytes().split_last_chunk::<4>()
    else {
        return false;
    };
    let digits = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    match number.iter().position(|byte| *byte == b'.') {
        Some(point) => digits(&number[..point]) && digits(&number[point + 1..]),
        None => digits(number),
    }
}

impl Rule {
    /// The first check that a text fails.
    pub(crate) fn verdict(&self, text: &str) -> Option<Check> {
        if text == MASK {
            return Some(Check::Masked);
        }
        if self.is_placeholder(text) {
            return Some(Check::Placeholder);
        }
        if self.identifies && is_power_of_ten(text) {
            return Some(Check::Precision);
        }
        if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            if text.contains('\u{fffd}') {
                return Some(Check::Encoding);
            }
            if text.bytes().any(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) {
                return Some(Check::Control);
            }
        }
        if self.is_name(text) {
            return Some(Check::NameAsCode);
        }
        if text.len() > self.max_chars && text.chars().count() > self.max_chars {
            return Some(if matches!(self.shape, Shape::Code(..)) {
                Check::CodeImpossible
            } else {
                Check::Length
            });
        }
        match self.shape {
            Shape::Free => None,
            Shape::Code(table, note) => (!is_known(table, note, text)).then_some(Check::CodeUnknown),
            Shape::Form(is, check) => (!is(text)).then_some(check),
        }
    }

    /// Whether a look at the bytes from afar shows that the texts pass: nothing but printable ASCII, each text longer than any
    /// placeholder, none too long, none with a plus where a spreadsheet's power of ten has it. Says of each row with a text that
    /// does not, so that the others need no look of their own.
    fn doubtful<'a>(&self, texts: &'a StringArray) -> impl Iterator<Item = usize> + use<'a> {
        let (ends, bytes) = (texts.value_offsets(), texts.value_data());
        let all = &bytes[ends[0] as usize..ends[texts.len()] as usize];
        let worst = all.iter().fold(0, |worst: u8, byte| worst.max(byte.wrapping_sub(b' ')));
        let printable = worst <= b'~' - b' ';
        let (known, most) = (printable && matches!(self.shape, Shape::Free), self.max_chars);
        let sound = move |two: &[i32]| {
            let (from, length) = (two[0] as usize, (two[1] - two[0]) as usize);
            let plain = || bytes[from] != b'0' && bytes[from + length - 3] != b'+';
            known && (PLACEHOLDER < length && length <= most && plain() || length == 0)
        };
        let rows = ends.windows(2).enumerate();
        rows.filter(move |(row, two)| !sound(two) && texts.is_valid(*row)).map(|(row, _)| row)
    }

    /// Practitioners' codes are ASCII; what has any other letter names a person.
    fn is_name(&self, text: &str) -> bool {
        matches!(self.shape, Shape::Form(_, Check::FormPractitioner))
            && text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic())
    }

    /// A code column may well hold `0`; a text may not.
    fn is_placeholder(&self, text: &str) -> bool {
        let may_be =
            matches!(text.as_bytes()[0], b'0' | b'-' | b'/' | b'n' | b'N' | b'\\' | b'1' | 0xe2 | 0xe6);
        may_be
            && form::is_placeholder(text)
            && !(matches!(self.shape, Shape::Code(..)) && text.bytes().all(|byte| byte == b'0'))
    }
}

fn is_known(table: &'static str, note: &str, code: &str) -> bool {
    let codes = codes(table);
    if codes.is_empty() || LOCAL.contains(&table) || codes.iter().any(|known| known.code == code) {
        return true;
    }
    let prefix =
        code.get(..2).filter(|_| EXTENDED.contains(&table) && code.bytes().all(|byte| byte.is_ascii_digit()));
    prefix.is_some_and(|prefix| codes.iter().any(|known| known.code == prefix))
        || note.split([',', ' ']).any(|word| word == code)
}

/// Checks a column; returns it anew where values are to be taken as missing.
pub(crate) fn check(
    rule: &Rule,
    array: &ArrayRef,
    column: u16,
    findings: &mut Findings<'_>,
) -> Option<Result<ArrayRef, ArrowError>> {
    if !rule.text {
        return None;
    }
    match array.as_dictionary_opt::<Int32Type>() {
        Some(dictionary) => check_dictionary(rule, dictionary, column, findings),
        None => check_plain(rule, array.as_string::<i32>(), column, findings),
    }
}

/// Whether a value that fails a check is taken as missing.
fn blanks(check: Check, findings: &Findings<'_>) -> bool {
    matches!(check, Check::Masked | Check::NameAsCode)
        || check == Check::Placeholder && findings.policy.action(check) == Action::Correct
}

/// What may be shown of a value that fails a check.
fn shown(check: Check, text: &str) -> String {
    if check == Check::NameAsCode { MASK.to_owned() } else { text.to_owned() }
}

fn check_dictionary(
    rule: &Rule,
    dictionary: &DictionaryArray<Int32Type>,
    column: u16,
    findings: &mut Findings<'_>,
) -> Option<Result<ArrayRef, ArrowError>> {
    let values = dictionary.values().as_string::<i32>();
    let verdicts: Vec<Option<Check>> = values
        .iter()
        .map(|value| value.filter(|value| !value.is_empty()).and_then(|value| rule.verdict(value)))
        .collect();
    if verdicts.iter().all(Option::is_none) {
        return None;
    }
    let keys = dictionary.keys();
    let mut counts = vec![0_u64; verdicts.len()];
    for (row, key) in keys.iter().enumerate() {
        let Some(key) = key.map(|key| key as usize) else { continue };
        let Some(check) = verdicts[key] else { continue };
        if findings.policy.action(check) == Action::Note {
            counts[key] += 1;
        } else {
            findings.row(check, row as u32, Some(column), || shown(check, values.value(key)));
        }
    }
    for (key, rows) in counts.iter().enumerate() {
        if let Some(check) = verdicts[key] {
            findings.count(check, Some(column), *rows, || shown(check, values.value(key)));
        }
    }
    let blank: Vec<bool> =
        verdicts.iter().map(|check| check.is_some_and(|check| blanks(check, findings))).collect();
    if !blank.contains(&true) {
        return None;
    }
    let kept: Int32Array = keys.iter().map(|key| key.filter(|key| !blank[*key as usize])).collect();
    // What is taken as missing leaves the dictionary too, so that no name lies there unused.
    let values = values.iter().zip(&blank).map(|(value, blank)| value.filter(|_| !blank).or(Some("")));
    let values: StringArray = values.collect();
    Some(DictionaryArray::try_new(kept, Arc::new(values)).map(|array| Arc::new(array) as ArrayRef))
}

fn check_plain(
    rule: &Rule,
    texts: &StringArray,
    column: u16,
    findings: &mut Findings<'_>,
) -> Option<Result<ArrayRef, ArrowError>> {
    let mut blank: Vec<usize> = Vec::new();
    for row in rule.doubtful(texts) {
        let text = texts.value(row);
        let Some(check) = Some(text).filter(|text| !text.is_empty()).and_then(|text| rule.verdict(text))
        else {
            continue;
        };
        findings.row(check, row as u32, Some(column), || shown(check, text));
        if blanks(check, findings) {
            blank.push(row);
        }
    }
    if blank.is_empty() {
        return None;
    }
    let mut valid: Vec<bool> = (0..texts.len()).map(|row| texts.is_valid(row)).collect();
    for row in blank {
        valid[row] = false;
    }
    let nulls = NullBuffer::new(BooleanBuffer::from(valid));
    let (offsets, values, _) = texts.clone().into_parts();
    Some(StringArray::try_new(offsets, values, Some(nulls)).map(|array| Arc::new(array) as ArrayRef))
}
