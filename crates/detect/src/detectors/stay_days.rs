//! `stay_days`: more of a daily service, such as a bed, is charged in a stay than it has days.
//!
//! Input: fee lines whose code begins with one of `codes`, in stays. A stay has as many days as lie between admission and
//! discharge, the day of admission counted and that of discharge not, at least one. Output: one hit for each stay that is charged
//! more than its days and `tolerance`; `inconclusive` where the discharge or a quantity is not known and what is known is
//! exceeded. Values: `charged`, `stay` (days of the stay), `over` (charged beyond the days of the stay).

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    timeline::Timeline,
};
use mingcha_model::{Kind, code::Visit};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Beginnings of the item codes that are charged by the day.
    pub codes: Vec<String>,
    /// Days beyond those of the stay that are let pass, such as the day of discharge.
    pub tolerance: i64,
}

/// One day as a quantity.
const ONE: i64 = 10_000;

/// The detector.
#[derive(Debug)]
pub struct StayDays {
    settings: Settings,
}

impl StayDays {
    /// Takes the settings as they are.
    pub fn new(settings: Settings) -> Result<Self, String> {
        if settings.codes.is_empty() {
            return Err("`codes` must name at least one beginning of a code".to_owned());
        }
        Ok(Self { settings })
    }

    fn judge(&self, timeline: &Timeline<'_>, encounter: usize, rows: &[u32]) -> Option<Hit> {
        let fee = &timeline.claims.fee;
        let known = |row: &&u32| fee.cnt[**row as usize] != NULL;
        let charged: i64 = rows.iter().filter(known).map(|&row| fee.cnt[row as usize]).sum();
        let (begin, end) = timeline.span(encounter);
        // Without a discharge, the last charge is the last day that the patient is known to have been there.
        let last = rows.iter().map(|&row| timeline.line_time(row as usize)).max()?;
        let days = i64::from(end.unwrap_or(last).date().0 - begin.date().0).max(1);
        let over = charged - days * ONE;
        let missing = end.is_none() || rows.iter().any(|row| !known(&row));
        if over <= self.settings.tolerance * ONE {
            return None;
        }
        let institution = timeline.claims.encounter.fixmedins_code[encounter];
        let mut hit = Hit::new(institution, begin.date(), end.unwrap_or(last).date())
            .related(Source::Encounter, encounter)
            .value("charged", Value::Quantity(charged))
            .value("stay", Value::Number(days))
            .value("over", Value::Quantity(over));
        for &row in rows {
            hit = hit.offending(Source::Fee, row as usize, Part::of(over, charged));
        }
        Some(if missing {
            hit.kind(Kind::Inconclusive).note("缺少出院时间或明细数量")
        } else {
            hit
        })
    }
}

impl Detector for StayDays {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.cnt"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.settings.codes.iter().any(|known| code.starts_with(known.as_str())).then_some(0)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let mut groups = Groups::default();
        for line in lines {
            let encounter = timeline.claims.fee.encounter[line.row as usize];
            if encounter != NO_ROW && timeline.visit(encounter as usize) == Visit::Inpatient {
                groups.add(encounter, line.row);
            }
        }
        for (encounter, rows) in groups {
            if let Some(hit) = self.judge(timeline, encounter as usize, &rows) {
                sink.push(hit);
            }
        }
    }
}
