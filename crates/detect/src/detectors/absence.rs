//! `absence`: a stay of some days in which nothing was done that a patient stays for.
//!
//! Input: stays with their lines and operations. Output: one hit for each stay long enough with lines but without any drug,
//! operation or item of the classes that count as treatment; `inconclusive` for one whose lines were not sent or say nothing.

use crate::{
    claims::NULL,
    detector::{Detector, Hit, Interest, Line, Sink, Source, Value},
    listed::{column, table},
    prefix::Prefixes,
    stay::{self, Stay},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::Kind;
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table of item prefixes, with columns `code_prefix` and `class`.
    pub knowledge: String,
    /// Classes of items that are treatment.
    pub classes: Vec<String>,
    /// Days of a stay at least, discharge less admission.
    pub days: i32,
}

/// What a line says about the stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Treated,
    /// Bed, nursing, examination and the like.
    Kept,
    /// A good that can go with either, or a code that the table does not know.
    Nothing,
}

/// The detector.
#[derive(Debug)]
pub struct Absence {
    settings: Settings,
    /// Whether items with a prefix are treatment.
    items: Prefixes<bool>,
}

impl Absence {
    /// Reads which items are treatment.
    pub fn new(settings: Settings, library: &Library) -> Result<Self, String> {
        let table = table(library, &settings.knowledge)?;
        let (code, class) = (column(table, "code_prefix")?, column(table, "class")?);
        let mut items = Prefixes::default();
        for row in &table.rows {
            items.entry(&row.values[code], || settings.classes.contains(&row.values[class]));
        }
        match settings
            .classes
            .iter()
            .find(|wanted| table.rows.iter().all(|row| row.values[class] != **wanted))
        {
            Some(unknown) => {
                Err(format!("knowledge table `{}` has no class `{unknown}`", settings.knowledge))
            }
            None => Ok(Self { settings, items }),
        }
    }

    fn sign(&self, code: &str) -> Sign {
        match code.as_bytes().first() {
            Some(b'X' | b'Z' | b'T') => Sign::Treated,
            Some(b'C') | None => Sign::Nothing,
            _ => match self.items.find(code) {
                Some(true) => Sign::Treated,
                Some(false) => Sign::Kept,
                None => Sign::Nothing,
            },
        }
    }

    fn look(&self, timeline: &Timeline<'_>, stay: &Stay, sink: &mut Sink) {
        let operation = &timeline.claims.operation;
        let operated =
            || operation.rows(timeline.person).any(|row| operation.encounter[row] == stay.row as u32);
        let (mut kept, mut lines, mut silent) = (false, 0, 0);
        for line in timeline.lines_of(stay.row) {
            match self.sign(timeline.line_code(line)) {
                Sign::Treated => return,
                Sign::Kept => kept = true,
                Sign::Nothing => silent += 1,
            }
            lines += 1;
        }
        if operated() {
            return;
        }
        let days = stay.last_day().0 - stay.begin.date().0;
        let mut hit = Hit::new(stay.institution, stay.begin.date(), stay.last_day())
            .value("stay_days", Value::Number(i64::from(days)))
            .value("count", Value::Number(lines));
        hit = stay::offending(hit, timeline, stay.row);
        for line in timeline.lines_of(stay.row) {
            hit = hit.related(Source::Fee, line);
        }
        if !kept {
            let note =
                if lines == 0 { "住院没有费用明细" } else { "费用明细的代码无法归类" };
            hit = hit.kind(Kind::Inconclusive).note(format!("{note}，无法判断是否治疗"));
        } else if silent > 0 {
            hit = hit.note(format!("其中{silent}条明细为耗材或代码无法归类，未计作治疗"));
        }
        sink.push(hit);
    }
}

impl Detector for Absence {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "operation.oprn_oprt_code"]
    }

    fn interest(&self) -> Interest {
        Interest::Stays(1)
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        for row in timeline.stays() {
            let (begin, end) = timeline.span(row);
            let long =
                end.is_some_and(|end| begin.0 != NULL && end.date().0 - begin.date().0 >= self.settings.days);
            if long {
                let institution = timeline.claims.encounter.fixmedins_code[row];
                self.look(timeline, &Stay { row, begin, end, institution }, sink);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, signs, written},
    };
    use mingcha_library::Library;
    use mingcha_model::Date;
    use proptest::prelude::*;

    fn classes() -> Library {
        let rows: &[&str] = &["001109 bed", "0012 nursing", "001204 treatment", "0025 lab", "0033 surgery"];
        library(&[("service_item", "code_prefix class", rows)])
    }

    const SETTINGS: &str = "knowledge = 'service_item'\nclasses = ['treatment', 'surgery']\ndays = 3";
    const BED: &str = "001109000010000";
    const NURSING: &str = "001201000010000";
    const INFUSION: &str = "001204000010000";

    fn said(end: &str, codes: &[&str], operated: bool) -> String {
        let lines: Vec<String> =
            codes.iter().enumerate().map(|(id, code)| format!("F{id} E1 {code}")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut rows: TextTables = [
            (
                "encounter".to_owned(),
                written("mdtrt_id med_type begntime endtime", &[&format!("E1 21 2025-03-01T08:00:00 {end}")]),
            ),
            ("fee".to_owned(), written("feedetl_sn mdtrt_id med_list_codg", &lines)),
        ]
        .into_iter()
        .collect();
        if operated {
            rows.insert(
                "operation".to_owned(),
                vec![row(&[("mdtrt_id", "E1"), ("oprn_oprt_code", "47.0100")])],
            );
        }
        signs("absence", SETTINGS, &classes(), &rows)
    }

    #[test]
    fn three_days_of_bed_and_nursing_alone_are_seen() {
        assert_eq!(said("2025-03-04T08:00:00", &[BED, NURSING], false), "!");
        assert_eq!(said("2025-03-03T20:00:00", &[BED, NURSING], false), "");
        assert_eq!(said("2025-03-04T08:00:00", &[BED, INFUSION], false), "");
        assert_eq!(said("2025-03-04T08:00:00", &[BED, "XA10BKD256A001010100001"], false), "");
        assert_eq!(said("2025-03-04T08:00:00", &[BED, NURSING], true), "");
        assert_eq!(said("_", &[BED, NURSING], false), "");
    }

    #[test]
    fn a_stay_without_lines_or_with_unknown_ones_is_left_open() {
        assert_eq!(said("2025-03-04T08:00:00", &[], false), "?");
        assert_eq!(said("2025-03-04T08:00:00", &["990000000000000", "C020206002"], false), "?");
        assert_eq!(said("2025-03-04T08:00:00", &[BED, "C020206002"], false), "!");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn stays_are_judged_each_by_its_own_lines(
            stays in prop::collection::vec((0_i32..8, prop::collection::vec(0_usize..5, 1..5)), 0..6),
        ) {
            let codes = [BED, NURSING, INFUSION, "003300000010000", "ZA12AAN0052010100001"];
            let start = Date::new(2025, 1, 1).expect("a day").0;
            let mut rows = TextTables::new();
            for (id, (length, lines)) in stays.iter().enumerate() {
                let (mdtrt_id, begin) = (format!("E{id}"), start + id as i32 * 10);
                rows.entry("encounter".to_owned()).or_default().push(row(&[
                    ("mdtrt_id", &mdtrt_id), ("med_type", "21"), ("begntime", &Date(begin).to_string()), ("endtime", &Date(begin + length).to_string()),
                ]));
                for (line, code) in lines.iter().enumerate() {
                    rows.entry("fee".to_owned()).or_default().push(row(&[
                        ("feedetl_sn", &format!("F{id}-{line}")), ("mdtrt_id", &mdtrt_id), ("med_list_codg", codes[*code]),
                    ]));
                }
            }
            let expected = stays.iter().filter(|(length, lines)| *length >= 3 && lines.iter().all(|&code| code < 2)).count();
            prop_assert_eq!(signs("absence", SETTINGS, &classes(), &rows), "!".repeat(expected));
        }
    }
}
