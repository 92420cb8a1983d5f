//! `alone`: goods that are paid for only together with others of their kind, such as slices, are prescribed alone.
//!
//! Input: fee lines in scope whose code a knowledge table lists. A prescription is what shares `rxno` in an encounter; lines without
//! one are one prescription of the day. Output: one hit for each prescription in which every good whose code begins with `kin` is a
//! listed one, `suspect` at most where they are several; `inconclusive` where lines of `kin` without a prescription number might belong to it. Values: `names`, `goods`.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Goods, Selection},
    timeline::Timeline,
};
use mingcha_library::Library;
use mingcha_model::{Date, Kind};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table with columns `name` and `value`.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
    /// Beginning of the codes that keep a listed good company.
    pub kin: String,
}

/// The detector.
#[derive(Debug)]
pub struct Alone {
    goods: Goods,
    kin: String,
}

/// What makes a prescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prescription {
    encounter: u32,
    /// The number's key; [`NULL`] where there is none.
    rxno: i64,
    /// The day, where there is no number.
    day: Option<Date>,
}

impl Alone {
    /// Reads the knowledge table.
    pub fn new(settings: &Settings, library: &Library) -> Result<Self, String> {
        let goods = listed::read(
            library,
            &Selection {
                knowledge: &settings.knowledge,
                kind: settings.kind.as_deref(),
                code: &settings.code,
                value: "value",
            },
        )?;
        Ok(Self { goods, kin: settings.kin.clone() })
    }

    fn prescription(timeline: &Timeline<'_>, row: usize) -> Prescription {
        let fee = &timeline.claims.fee;
        let rxno = fee.rxno[row];
        let day = (rxno == NULL).then(|| timeline.line_time(row).date());
        Prescription { encounter: fee.encounter[row], rxno, day }
    }

    /// A hit where nothing but listed goods stands in the prescription.
    fn judge(&self, timeline: &Timeline<'_>, of: Prescription, lines: &[Line]) -> Option<Hit> {
        let mut unclear = of.encounter == NO_ROW;
        if !unclear {
            for row in timeline.lines_of(of.encounter as usize) {
                let code = timeline.line_code(row);
                if !code.starts_with(&self.kin) || self.listed(timeline, row) {
                    continue;
                }
                let other = Self::prescription(timeline, row);
                if other == of {
                    return None;
                }
                // One of the two carries no number: they may have been written together.
                unclear |= (other.rxno == NULL) != (of.rxno == NULL);
            }
        }
        let mut classes: Vec<u32> = lines.iter().map(|line| line.class).collect();
        classes.sort_unstable();
        classes.dedup();
        Some(self.hit(timeline, &classes, lines, unclear))
    }

    fn listed(&self, timeline: &Timeline<'_>, row: usize) -> bool {
        let day = timeline.line_time(row).date();
        self.goods.find(timeline.line_code(row)).is_some_and(|good| good.on(day).is_some())
    }

    fn hit(&self, timeline: &Timeline<'_>, classes: &[u32], lines: &[Line], unclear: bool) -> Hit {
        let (first, last) = (lines[0].row as usize, lines[lines.len() - 1].row as usize);
        let names: Vec<&str> =
            classes.iter().map(|&class| self.goods.get(class).first().name.as_str()).collect();
        let mut hit = Hit::new(
            timeline.line_institution(first),
            timeline.line_time(first).date(),
            timeline.line_time(last).date(),
        )
        .value("names", Value::Text(names.join("、")))
        .value("goods", Value::Number(classes.len() as i64));
        for line in lines {
            hit = hit.offending(Source::Fee, line.row as usize, Part::WHOLE);
        }
        if unclear {
            return hit.kind(Kind::Inconclusive).note("部分饮片明细缺少处方号，无法判断是否同方");
        }
        if classes.len() > 1 {
            // Several listed goods together may be a compound in the eyes of some localities.
            hit = hit
                .kind(Kind::Suspect)
                .note("处方由多味单方不予支付的饮片组成，是否按单方处理以当地规定为准");
        }
        let exact = lines.iter().all(|line| {
            let code = timeline.line_code(line.row as usize);
            self.goods.get(line.class).is_exact(code)
        });
        if exact { hit } else { hit.named(names.into_iter().map(str::to_owned).collect()) }
    }
}

impl Detector for Alone {
    fn reads(&self) -> Vec<&'static str> {
        vec!["fee.med_list_codg", "fee.inscp_scp_amt", "fee.rxno"]
    }

    fn interest(&self) -> Interest {
        Interest::Goods
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.goods.class(code)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let mut prescriptions: Groups<Prescription> = Groups::default();
        for (at, line) in lines.iter().enumerate() {
            let row = line.row as usize;
            let day = timeline.line_time(row).date();
            let paid = timeline.claims.fee.inscp_scp_amt[row] != 0;
            if paid && self.goods.get(line.class).on(day).is_some() {
                prescriptions.add(Self::prescription(timeline, row), at as u32);
            }
        }
        for (of, members) in prescriptions {
            let members: Vec<Line> = members.iter().map(|&at| lines[at as usize]).collect();
            if let Some(hit) = self.judge(timeline, of, &members) {
                sink.push(hit);
            }
        }
    }
}
