//! `restriction`: something is charged or diagnosed for someone, somewhere or in a way that its knowledge row does not allow.
//!
//! Input: fee lines whose code a knowledge table restricts, or diagnoses (`of = "diagnoses"`). Lines of which nothing is in
//! scope of the fund are left out: what the patient pays alone is no matter of payment limits.
//! Output: one hit for each encounter and code whose lines break the restriction; `inconclusive` where what decides (sex,
//! birth date, level, kind of visit, a history long enough) is not known. Values: `name`, `limit` (what the row says), `actual` (what was seen), `code`.

mod first_line;

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    group::Groups,
    listed::{self, Goods, Selection},
    timeline::Timeline,
};
use first_line::FirstLine;
use mingcha_library::{KnowledgeRow, Library};
use mingcha_model::{Date, Kind, code::Visit};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The knowledge table; it needs a column `name`.
    pub knowledge: String,
    /// Only rows whose column `kind` is this; all rows where absent.
    pub kind: Option<String>,
    /// The column with the code or code prefix.
    pub code: String,
    /// The column with what the row restricts to.
    #[serde(default = "value")]
    pub value: String,
    /// Whether the codes are of goods or of diagnoses.
    #[serde(default)]
    pub of: Of,
    /// What the row restricts.
    pub check: Check,
    /// Age in whole years at which a person is no child any more, for `child`.
    #[serde(default = "adult_age")]
    pub adult_age: i32,
    /// For `visit` and `insurance`: beginnings of `med_type` that are allowed as well; for `internet`: those of internet visits.
    #[serde(default)]
    pub med_types: Vec<String>,
    /// For `second_line`: the knowledge table of first-line drugs.
    pub first_line: Option<String>,
    /// For `second_line`: days of history that must be known before the drug was begun.
    #[serde(default)]
    pub days: i32,
}

fn value() -> String {
    "value".to_owned()
}

fn adult_age() -> i32 {
    18
}

/// What the codes of the knowledge table stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// `fee.med_list_codg`.
    #[default]
    Goods,
    /// `diagnosis.diag_code`.
    Diagnoses,
}

/// What a knowledge row restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// To one sex: 男 or 女.
    Sex,
    /// To children: under `adult_age` whole years.
    Child,
    /// To hospitals of a least level: 一级, 二级 or 三级. Pharmacies have no level and are left out.
    HospitalLevel,
    /// To stays (住院), and to visits whose `med_type` begins with one of `med_types`.
    Visit,
    /// To another insurance (工伤, 生育): nothing of it is paid here, but for visits whose `med_type` begins with one of
    /// `med_types` where the row says 生育.
    Insurance,
    /// To people who had a first-line drug of the same group before: see `first_line`.
    SecondLine,
    /// Never paid in an internet visit, whose `med_type` begins with one of `med_types`.
    Internet,
}

/// What a row looked like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict<'a> {
    Kept,
    Broken(Seen<'a>),
    Unknown(&'static str),
}

/// What was seen, put into words only when a hit is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen<'a> {
    Text(&'a str),
    Code(&'static str, &'a str),
    Age(i32),
    Level(Option<u8>),
    /// So many days of history without.
    Days(i32),
}

/// The detector.
#[derive(Debug)]
pub struct Restriction {
    settings: Settings,
    goods: Goods,
    first: Option<FirstLine>,
}

impl Restriction {
    /// Reads the knowledge table. A code of the data matches the longest prefix in it.
    pub fn new(settings: Settings, library: &Library) -> Result<Self, String> {
        let goods = listed::read(
            library,
            &Selection {
                knowledge: &settings.knowledge,
                kind: settings.kind.as_deref(),
                code: &settings.code,
                value: &settings.value,
            },
        )?;
        if settings.of == Of::Diagnoses && !matches!(settings.check, Check::Sex | Check::Child) {
            return Err("diagnoses can be checked for `sex` and `child` only".to_owned());
        }
        let first = first_line(&settings, library)?;
        Ok(Self { settings, goods, first })
    }

    fn verdict<'a>(
        &self,
        timeline: &Timeline<'a>,
        encounter: Option<usize>,
        day: Date,
        limit: &str,
    ) -> Verdict<'a> {
        match self.settings.check {
            Check::Sex => sex(timeline, limit),
            Check::Child => {
                let Some(row) = timeline.person_row() else {
                    return Verdict::Unknown("参保人没有登记信息");
                };
                let birth = timeline.claims.person.brdy[row];
                if birth == NULL {
                    return Verdict::Unknown("缺少出生日期");
                }
                let age = Date(birth as i32).age_on(day);
                if age < self.settings.adult_age { Verdict::Kept } else { Verdict::Broken(Seen::Age(age)) }
            }
            _ => match encounter {
                Some(encounter) => self.verdict_of_visit(timeline, encounter, limit),
                None => Verdict::Unknown("费用明细对应的就诊记录不存在"),
            },
        }
    }

    fn verdict_of_visit<'a>(&self, timeline: &Timeline<'a>, encounter: usize, limit: &str) -> Verdict<'a> {
        let med_type = timeline.text(timeline.claims.encounter.med_type[encounter]);
        if med_type.is_empty() && self.settings.check != Check::HospitalLevel {
            return Verdict::Unknown("缺少医疗类别");
        }
        let among = self.settings.med_types.iter().any(|known| med_type.starts_with(known.as_str()));
        let visit = timeline.visit(encounter);
        let kept = match self.settings.check {
            Check::HospitalLevel => return level(timeline, encounter, visit, limit),
            Check::Visit => visit == Visit::Inpatient || among,
            Check::Insurance => limit == "生育" && among,
            _ => !among,
        };
        if kept { Verdict::Kept } else { Verdict::Broken(Seen::Code("med_type", med_type)) }
    }

    fn hit(
        &self,
        timeline: &Timeline<'_>,
        (encounter, class, verdict): (u32, u32, Verdict<'_>),
        rows: &[u32],
    ) -> Hit {
        let good = self.goods.get(class);
        let (source, part) = match self.settings.of {
            Of::Goods => (Source::Fee, Part::WHOLE),
            Of::Diagnoses => (Source::Diagnosis, Part::NONE),
        };
        let days = rows.iter().map(|&row| self.day(timeline, row as usize));
        let (begin, end) = (days.clone().min().unwrap_or_default(), days.max().unwrap_or_default());
        let code = self.code_of(timeline, rows[0] as usize);
        let fact = good.on(begin).unwrap_or_else(|| good.first());
        let institution = if encounter == NO_ROW {
            crate::Symbol::NONE
        } else {
            timeline.claims.encounter.fixmedins_code[encounter as usize]
        };
        let limit = self.first.as_ref().map_or(fact.value.as_str(), |first| first.name(code));
        let mut hit = Hit::new(institution, begin, end)
            .value("name", Value::Text(fact.name.clone()))
            .value("limit", Value::Text(limit.to_owned()))
            .value("code", Value::Text(code.to_owned()));
        for &row in rows {
            hit = hit.offending(source, row as usize, part);
        }
        match verdict {
            Verdict::Unknown(why) => {
                hit.kind(Kind::Inconclusive).value("actual", Value::Text("不明".to_owned())).note(why)
            }
            Verdict::Broken(seen) => good.weigh(code, hit.value("actual", Value::Text(seen.words()))),
            Verdict::Kept => hit,
        }
    }

    fn code_of<'a>(&self, timeline: &Timeline<'a>, row: usize) -> &'a str {
        match self.settings.of {
            Of::Goods => timeline.line_code(row),
            Of::Diagnoses => timeline.text(timeline.claims.diagnosis.diag_code[row]),
        }
    }

    /// The day of a line, or of the encounter of a diagnosis.
    fn day(&self, timeline: &Timeline<'_>, row: usize) -> Date {
        match self.settings.of {
            Of::Goods => timeline.line_time(row).date(),
            Of::Diagnoses => {
                let encounter = timeline.claims.diagnosis.encounter[row];
                if encounter == NO_ROW { Date(0) } else { timeline.span(encounter as usize).0.date() }
            }
        }
    }

    /// The encounter of a row that counts; `None` for rows that do not.
    fn counted(&self, timeline: &Timeline<'_>, row: usize) -> Option<u32> {
        match self.settings.of {
            Of::Goods => {
                (timeline.claims.fee.inscp_scp_amt[row] != 0).then(|| timeline.claims.fee.encounter[row])
            }
            Of::Diagnoses => {
                let encounter = timeline.claims.diagnosis.encounter[row];
                let live = encounter != NO_ROW && timeline.claims.encounter.live[encounter as usize];
                live.then_some(encounter)
            }
        }
    }
}

/// The table of first-line drugs where it is asked for; it must know every drug that is restricted.
fn first_line(settings: &Settings, library: &Library) -> Result<Option<FirstLine>, String> {
    if settings.check != Check::SecondLine {
        return Ok(None);
    }
    let name = settings.first_line.as_deref().ok_or("`second_line` needs a table `first_line`")?;
    let first = FirstLine::read(library, name, settings.days)?;
    let table = listed::table(library, &settings.knowledge)?;
    let (code, kind) = (listed::column(table, &settings.code)?, table.column("kind"));
    let of_kind = |row: &&KnowledgeRow| {
        settings.kind.is_none() || kind.map(|at| row.values[at].as_str()) == settings.kind.as_deref()
    };
    let listed = table.rows.iter().filter(of_kind).map(|row| row.values[code].as_str());
    match listed.into_iter().find(|code| !first.knows(code)) {
        Some(code) => Err(format!("knowledge table `{name}` has no first-line drugs for {code}")),
        None => Ok(Some(first)),
    }
}

fn sex<'a>(timeline: &Timeline<'a>, limit: &str) -> Verdict<'a> {
    let Some(row) = timeline.person_row() else { return Verdict::Unknown("参保人没有登记信息") };
    let gend = match timeline.text(timeline.claims.person.gend[row]) {
        "1" => "男",
        "2" => "女",
        _ => return Verdict::Unknown("参保人登记的性别不明"),
    };
    if gend == limit { Verdict::Kept } else { Verdict::Broken(Seen::Text(gend)) }
}

fn level<'a>(timeline: &Timeline<'a>, encounter: usize, visit: Visit, limit: &str) -> Verdict<'a> {
    let institution = timeline.institution(timeline.claims.encounter.fixmedins_code[encounter]);
    if visit == Visit::Pharmacy || institution.is_some_and(|known| known.fixmedins_type == "2") {
        return Verdict::Kept;
    }
    let least = match limit {
        "三级" => 3,
        "二级" => 2,
        _ => 1,
    };
    match institution {
        Some(known) if known.has_level => match known.rank {
            Some(rank) if rank >= least => Verdict::Kept,
            rank => Verdict::Broken(Seen::Level(rank)),
        },
        _ => Verdict::Unknown("机构没有登记等级"),
    }
}

impl Seen<'_> {
    fn words(self) -> String {
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Code(table, code) => {
                let label = mingcha_model::code::label(table, code)
                    .or_else(|| code.get(..2).and_then(|code| mingcha_model::code::label(table, code)));
                label.map_or_else(|| code.to_owned(), |label| format!("{label}（{code}）"))
            }
            Self::Age(years) => format!("{years}岁"),
            Self::Level(Some(rank)) => ["一级", "二级", "三级"][usize::from(rank.clamp(1, 3)) - 1].to_owned(),
            Self::Level(None) => "无等级".to_owned(),
            Self::Days(days) => format!("此前{days}天"),
        }
    }
}

impl Detector for Restriction {
    fn reads(&self) -> Vec<&'static str> {
        let mut reads = match self.settings.of {
            Of::Goods => vec!["fee.med_list_codg", "fee.inscp_scp_amt"],
            Of::Diagnoses => vec!["diagnosis.diag_code"],
        };
        match self.settings.check {
            Check::Sex => reads.push("person.gend"),
            Check::Child => reads.push("person.brdy"),
            Check::SecondLine => {}
            Check::HospitalLevel => reads.extend(["institution.hosp_lv", "institution.fixmedins_type"]),
            Check::Visit | Check::Insurance | Check::Internet => reads.push("encounter.med_type"),
        }
        reads
    }

    fn interest(&self) -> Interest {
        match self.settings.of {
            Of::Goods => Interest::Goods,
            Of::Diagnoses => Interest::Diagnoses,
        }
    }

    fn classify(&self, code: &str) -> Option<u32> {
        self.goods.class(code)
    }

    fn detect(&self, timeline: &Timeline<'_>, lines: &[Line], sink: &mut Sink) {
        let mut groups = Groups::default();
        let mut begun: BTreeMap<u32, Verdict<'_>> = BTreeMap::new();
        for line in lines {
            let Some(encounter) = self.counted(timeline, line.row as usize) else { continue };
            let day = self.day(timeline, line.row as usize);
            let Some(fact) = self.goods.get(line.class).on(day) else { continue };
            let known = (encounter != NO_ROW).then_some(encounter as usize);
            let verdict = match &self.first {
                Some(first) => *begun
                    .entry(line.class)
                    .or_insert_with(|| first.verdict(timeline, &self.goods, line.class)),
                None => self.verdict(timeline, known, day, &fact.value),
            };
            if verdict != Verdict::Kept {
                groups.add((encounter, line.class, verdict), line.row);
            }
        }
        for (key, rows) in groups {
            sink.push(self.hit(timeline, key, &rows));
        }
    }
}
