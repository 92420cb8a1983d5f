//! Code tables: which codes a coded column may hold and what they are called. Source: `codes.csv` beside this crate.

use std::{collections::BTreeMap, sync::LazyLock};

/// One code.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// As it stands in data.
    pub code: &'static str,
    /// Chinese label.
    pub label: &'static str,
    /// How sure the source is: H, M, L, or `own` where the table is Mingcha's.
    pub confidence: &'static str,
}

static CODES: LazyLock<BTreeMap<&str, Vec<Code>>> = LazyLock::new(|| {
    let mut tables: BTreeMap<&str, Vec<Code>> = BTreeMap::new();
    for line in include_str!("../codes.csv").lines().skip(1) {
        let mut fields = line.split(',');
        let mut next = || fields.next().unwrap_or_default();
        let (table, _, code, label, confidence) = (next(), next(), next(), next(), next());
        tables.entry(table).or_default().push(Code { code, label, confidence });
    }
    tables
});

/// The codes of a table, named as the column that holds them; empty where there is no such table.
pub fn codes(table: &str) -> &'static [Code] {
    CODES.get(table).map_or(&[], Vec::as_slice)
}

/// The label of a code.
pub fn label(table: &str, code: &str) -> Option<&'static str> {
    codes(table).iter().find(|entry| entry.code == code).map(|entry| entry.label)
}

/// Names of all code tables.
pub fn code_tables() -> impl Iterator<Item = &'static str> {
    CODES.keys().copied()
}

/// What kind of visit a `med_type` is. Local codes extend the national two digits, so the first two decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visit {
    /// Outpatient of any kind.
    Outpatient,
    /// A stay in a bed.
    Inpatient,
    /// Purchase at a pharmacy.
    Pharmacy,
    /// Anything else, such as long-term care.
    Other,
}

impl Visit {
    /// The kind of visit of a `med_type` (national table; local codes by their first two digits).
    pub fn of(med_type: &str) -> Self {
        match med_type.get(..2) {
            Some("11" | "12" | "13" | "14" | "15" | "16" | "19" | "28" | "51" | "81") => Self::Outpatient,
            Some("21" | "22" | "23" | "24" | "25" | "26" | "27" | "29" | "52") => Self::Inpatient,
            Some("41") => Self::Pharmacy,
            _ => Self::Other,
        }
    }
}

/// Rank of a hospital level: 3, 2, 1, or `None` where the code says nothing (无等级 or unknown).
pub fn hospital_rank(hosp_lv: &str) -> Option<u8> {
    match hosp_lv {
        "01" | "02" | "03" | "04" | "12" => Some(3),
        "05" | "06" | "07" | "13" => Some(2),
        "08" | "09" | "10" | "14" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_carry_their_labels() {
        assert_eq!(label("med_type", "21"), Some("普通住院"));
        assert_eq!(label("med_type", "00"), None);
        assert!(code_tables().any(|table| table == "agree_stas"));
        for table in code_tables() {
            for (i, code) in codes(table).iter().enumerate() {
                assert!(!code.label.is_empty(), "{table} {}", code.code);
                assert!(
                    codes(table)[..i].iter().all(|other| other.code != code.code),
                    "{table} {} twice",
                    code.code
                );
            }
        }
    }

    #[test]
    fn local_visit_codes_follow_the_national_digits() {
        assert_eq!(Visit::of("210104"), Visit::Inpatient);
        assert_eq!(Visit::of("140104"), Visit::Outpatient);
        assert_eq!(Visit::of("41"), Visit::Pharmacy);
        assert_eq!(Visit::of("9"), Visit::Other);
    }
}
