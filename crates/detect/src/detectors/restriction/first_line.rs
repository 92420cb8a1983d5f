//! Second-line drugs: whether a person's history shows a first-line drug of the same group before the drug was begun.
//!
//! What decides is the begin of the drug, the first line of it that is known: whoever had a first-line drug then may have stayed with
//! the second line for years. Everything known before counts, and where that is less than `days` nothing is said.

use super::{Seen, Verdict};
use crate::{
    listed::{self, Goods},
    prefix::Prefixes,
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::Date;

/// The knowledge table that names first-line drugs: columns `code_prefix` (of the second line), `first_prefix` and `name`.
#[derive(Debug)]
pub(super) struct FirstLine {
    groups: Prefixes<Group>,
    days: i32,
}

/// First-line drugs of a group of second-line drugs.
#[derive(Debug, Default)]
struct Group {
    name: String,
    prefixes: Vec<Box<str>>,
}

impl FirstLine {
    /// Reads the table; `days` are the least days of history before the drug was begun.
    pub(super) fn read(library: &Library, knowledge: &str, days: i32) -> Result<Self, String> {
        let table = listed::table(library, knowledge)?;
        let column = |name| listed::column(table, name);
        let (code, first, name) = (column("code_prefix")?, column("first_prefix")?, column("name")?);
        let mut groups: Prefixes<Group> = Prefixes::default();
        for row in &table.rows {
            let group = groups.entry(&row.values[code], Group::default);
            if !group.name.is_empty() {
                group.name.push('、');
            }
            group.name.push_str(&row.values[name]);
            group.prefixes.push(row.values[first].as_str().into());
        }
        Ok(Self { groups, days })
    }

    /// Whether a group is known for a code or prefix.
    pub(super) fn knows(&self, code: &str) -> bool {
        self.groups.find(code).is_some()
    }

    /// What the first-line drugs for a code are called.
    pub(super) fn name(&self, code: &str) -> &str {
        self.groups.find(code).map_or("", |group| &group.name)
    }

    /// What the person's history says of the drugs of a class of `goods`, the second-line drugs.
    pub(super) fn verdict<'a>(&self, timeline: &Timeline<'a>, goods: &Goods, class: u32) -> Verdict<'a> {
        let live = || timeline.fees().filter(|&row| timeline.claims.fee.live[row]);
        let own = |&row: &usize| goods.class(timeline.line_code(row)) == Some(class);
        let Some(begun) = live().find(own) else { return Verdict::Kept };
        let (day, Some(group)) =
            (timeline.line_time(begun).date(), self.groups.find(timeline.line_code(begun)))
        else {
            return Verdict::Kept;
        };
        let first = |code: &str| group.prefixes.iter().any(|prefix| code.starts_with(prefix.as_ref()));
        let had = live().take_while(|&row| timeline.line_time(row).date() < day).any(|row| {
            let code = timeline.line_code(row);
            first(code) && goods.class(code).is_none()
        });
        if had {
            return Verdict::Kept;
        }
        match known_days(timeline, day) {
            known if known < self.days => Verdict::Unknown("此前的就诊记录太短，不能判断是否用过一线药品"),
            known => Verdict::Broken(Seen::Days(known)),
        }
    }
}

/// Days from the person's first known line or visit to a day.
fn known_days(timeline: &Timeline<'_>, day: Date) -> i32 {
    let line = timeline.fees().next().map(|row| timeline.line_time(row).date());
    let visit = timeline.encounters().next().map(|row| timeline.span(row).0.date());
    line.into_iter().chain(visit).min().map_or(0, |first| day.0 - first.0)
}

#[cfg(test)]
mod tests {
    use crate::{
        rows::TextTables,
        trial::{library, row, seen},
    };
    use mingcha_model::Date;
    use proptest::prelude::*;

    const SETTINGS: &str = "knowledge = 'list'\nkind = 'second_line'\ncode = 'code'\ncheck = 'second_line'\n\
                            first_line = 'first'\ndays = 40";

    /// Days at which something turns: few, so that lines and visits often meet or lie just within or beyond the 40.
    fn day() -> impl Strategy<Value = i32> {
        prop::sample::select(vec![0, 1, 39, 40, 41, 79, 80, 81])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn every_line_is_judged_by_what_is_known_before_its_drug_began(
            lines in prop::collection::vec((0_usize..4, day()), 0..6),
            visits in prop::collection::vec(day(), 0..2),
        ) {
            let list: (&str, &str, &[&str]) =
                ("list", "kind code value name", &["second_line XA10B yes B", "second_line XA10C yes C"]);
            let first: (&str, &str, &[&str]) = ("first", "code_prefix first_prefix name", &["XA10 XA10 A"]);
            let codes = ["XA10A1", "XA10B1", "XA10C1", "XZ1"];
            let start = Date::new(2025, 1, 1).expect("a day").0;
            let fees = lines.iter().enumerate().map(|(at, &(code, day))| row(&[
                ("feedetl_sn", &format!("F{at}")), ("mdtrt_id", &format!("E{at}")), ("med_list_codg", codes[code]),
                ("fee_ocur_time", &Date(start + day).to_string()), ("det_item_fee_sumamt", "10.00"),
            ]));
            // Visits of which no line is known: what is known of a person begins with them as well.
            let stays = visits.iter().enumerate().map(|(at, &day)| row(&[
                ("mdtrt_id", &format!("V{at}")), ("med_type", "11"), ("begntime", &Date(start + day).to_string()),
                ("endtime", &Date(start + day).to_string()),
            ]));
            let rows: TextTables =
                [("fee".to_owned(), fees.collect()), ("encounter".to_owned(), stays.collect())].into_iter().collect();
            let known = lines.iter().map(|&(_, day)| day).chain(visits).min().unwrap_or_default();
            let mut expected = Vec::new();
            for (at, &(code, _)) in lines.iter().enumerate().filter(|(_, line)| matches!(line.0, 1 | 2)) {
                let begun = lines.iter().filter(|line| line.0 == code).map(|line| line.1).min().unwrap_or_default();
                if !lines.iter().any(|&(code, day)| code == 0 && day < begun) {
                    expected.push((format!("F{at}"), begun - known >= 40));
                }
            }
            expected.sort();
            let hits = seen("restriction", SETTINGS, &library(&[list, first]), &rows);
            let mut found: Vec<(String, bool)> =
                hits.iter().flat_map(|hit| hit.offending.iter().map(|key| (key.clone(), hit.sure))).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_listed_drug_without_a_first_line_is_a_fault_of_the_library() {
        let list: (&str, &str, &[&str]) = ("list", "kind code value name", &["second_line XB01 yes B"]);
        let first: (&str, &str, &[&str]) = ("first", "code_prefix first_prefix name", &["XA10 XA10 A"]);
        let settings = SETTINGS.parse().expect("settings");
        let built = crate::detectors::build("restriction", &settings, &library(&[list, first]));
        assert!(built.expect_err("a fault").message.contains("XB01"));
    }
}
