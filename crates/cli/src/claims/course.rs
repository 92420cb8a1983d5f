//! Whom a clue is about, drawn over time: a person's stays, visits, drugs and the lines that the clue stands on; an institution or a
//! practitioner by days.

use super::{register, rows::Rows};
use anyhow::{Context as _, Result};
use arrow_array::{Array as _, cast::AsArray, types::Int64Type};
use mingcha_detect::timeline::drug_name;
use mingcha_engine::Clue;
use mingcha_lake::Snapshot;
use mingcha_model::{SubjectKind, Time, code, code::Visit, time::DAY};
use mingcha_server::claims::{Day, Item, Lane, Timeline};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

/// Most items of a drawing, people of a group, drugs of a person, days of an institution.
const ITEMS: usize = 5_000;
const PEOPLE: usize = 12;
const DRUGS: usize = 12;
const DAYS: usize = 4_000;
/// Units of `prd_days` in a day.
const SUPPLY: i64 = 10_000;

/// The rows that a clue stands on, by table and key.
type Lit = BTreeSet<(String, Vec<String>)>;

const COLUMNS: &[(&str, &[&str])] = &[
    ("encounter", &["mdtrt_id", "fixmedins_code", "med_type", "begntime", "endtime"]),
    (
        "settlement",
        &[
            "setl_id",
            "mdtrt_id",
            "fixmedins_code",
            "setl_time",
            "fund_pay_sumamt",
            "refd_setl_flag",
            "setl_dev_no",
        ],
    ),
    (
        "fee",
        &[
            "feedetl_sn",
            "setl_id",
            "mdtrt_id",
            "fixmedins_code",
            "fee_ocur_time",
            "med_list_codg",
            "medins_list_name",
            "det_item_fee_sumamt",
            "prd_days",
        ],
    ),
];

/// Draws the subject of a clue.
pub fn draw(snapshot: &Snapshot, clue: &Clue, origin: &Value, asking: &Mutex<()>) -> Result<Timeline> {
    let lit = lit(origin);
    match clue.subject.kind {
        SubjectKind::Person => {
            let mut drawing = Drawing::new(snapshot, "person", lit, settlements(origin))?;
            drawing.person(&clue.subject.id, "")?;
            Ok(drawing.done())
        }
        SubjectKind::Group => {
            let people: Vec<&str> = clue.subject.id.split('+').collect();
            let mut drawing = Drawing::new(snapshot, "group", lit, settlements(origin))?;
            for (psn_no, number) in people.iter().take(PEOPLE).zip(1..) {
                drawing.person(psn_no, &format!("{number}号人员 "))?;
            }
            drawing.timeline.more |= people.len() > PEOPLE;
            Ok(drawing.done())
        }
        SubjectKind::Institution | SubjectKind::Pharmacy => {
            by_days(snapshot, "institution", ("fixmedins_code", &clue.subject.id), origin, asking)
        }
        SubjectKind::Practitioner => {
            by_days(snapshot, "practitioner", ("atddr_no", &clue.subject.id), origin, asking)
        }
    }
}

fn lines(origin: &Value) -> impl Iterator<Item = &Value> {
    let findings = origin.get("findings").and_then(Value::as_array).into_iter().flatten();
    findings.filter_map(|finding| finding.get("evidence")?.as_array()).flatten()
}

fn evidence(origin: &Value) -> impl Iterator<Item = &Value> {
    lines(origin).filter(|row| row.get("role").and_then(Value::as_str) == Some("offending"))
}

/// The settlements that the clue's lines name.
fn settlements(origin: &Value) -> BTreeSet<String> {
    lines(origin).filter_map(|row| row.get("setl_id")?.as_str().map(str::to_owned)).collect()
}

fn lit(origin: &Value) -> Lit {
    let key = |row: &Value| {
        let key = row.get("key")?.as_array()?.iter();
        let key = key.map(|part| part.as_str().unwrap_or_default().to_owned()).collect();
        Some((row.get("table")?.as_str()?.to_owned(), key))
    };
    evidence(origin).filter_map(key).collect()
}

impl Rows<'_> {
    fn is_lit(&self, row: usize, lit: &Lit) -> bool {
        lit.contains(&(self.table.to_owned(), self.keys[row].clone()))
    }

    fn key(&self, row: usize) -> Vec<String> {
        std::iter::once(self.table.to_owned()).chain(self.keys[row].iter().cloned()).collect()
    }
}

/// A drawing as it grows.
struct Drawing<'a> {
    snapshot: &'a Snapshot,
    lit: Lit,
    /// The settlements that the clue's lines name.
    settled: BTreeSet<String>,
    names: BTreeMap<String, String>,
    timeline: Timeline,
}

impl<'a> Drawing<'a> {
    fn new(snapshot: &'a Snapshot, kind: &str, lit: Lit, settled: BTreeSet<String>) -> Result<Self> {
        let names = register(snapshot)?.into_iter().map(|one| (one.code, one.name)).collect();
        let timeline = Timeline { kind: kind.to_owned(), ..Timeline::default() };
        Ok(Self { snapshot, lit, settled, names, timeline })
    }

    fn place(&self, code: &str) -> String {
        self.names.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    fn lane(&mut self, id: String, kind: &str, label: String) -> String {
        if !self.timeline.lanes.iter().any(|lane| lane.id == id) {
            self.timeline.lanes.push(Lane { id: id.clone(), kind: kind.to_owned(), label });
        }
        id
    }

    /// Adds a person's lanes; `whose` stands before their labels.
    fn person(&mut self, psn_no: &str, whose: &str) -> Result<()> {
        let mut tables = self.snapshot.person(psn_no, Some(COLUMNS))?;
        let (mut visits_lit, mut paid) = (BTreeSet::new(), BTreeMap::<String, i64>::new());
        if let Some(batch) = tables.remove("fee") {
            self.lines(&Rows::of("fee", &batch)?, whose, &mut visits_lit)?;
        }
        if let Some(batch) = tables.remove("settlement") {
            self.settlements(&Rows::of("settlement", &batch)?, whose, &mut visits_lit, &mut paid)?;
        }
        if let Some(batch) = tables.remove("encounter") {
            self.visits(&Rows::of("encounter", &batch)?, whose, &visits_lit, &paid)?;
        }
        Ok(())
    }

    fn visits(
        &mut self,
        rows: &Rows<'_>,
        whose: &str,
        visits_lit: &BTreeSet<String>,
        paid: &BTreeMap<String, i64>,
    ) -> Result<()> {
        let (begins, ends) = (rows.integers("begntime")?, rows.integers("endtime")?);
        let (places, types) = (rows.texts("fixmedins_code")?, rows.texts("med_type")?);
        let ids = rows.texts("mdtrt_id")?;
        for row in 0..rows.keys.len() {
            let Some(from) = begins[row] else { continue };
            let (visit, place) = (Visit::of(&types[row]), self.place(&places[row]));
            let (lane, to) = match visit {
                Visit::Inpatient => {
                    let id = format!("{whose}stay {}", places[row]);
                    // One that is still open lasts to its last known moment.
                    (self.lane(id, "stay", format!("{whose}住院 {place}")), ends[row].or(Some(from)))
                }
                Visit::Pharmacy => {
                    (self.lane(format!("{whose}pharmacy"), "visit", format!("{whose}购药")), None)
                }
                Visit::Outpatient | Visit::Other => {
                    (self.lane(format!("{whose}visit"), "visit", format!("{whose}门诊")), None)
                }
            };
            let what = code::label("med_type", &types[row]).unwrap_or("就诊");
            self.timeline.items.push(Item {
                lane,
                from,
                to,
                label: format!("{place} {what}"),
                amount: paid.get(&ids[row]).copied(),
                offending: rows.is_lit(row, &self.lit) || visits_lit.contains(&ids[row]),
                key: rows.key(row),
            });
        }
        Ok(())
    }

    fn settlements(
        &mut self,
        rows: &Rows<'_>,
        whose: &str,
        visits_lit: &mut BTreeSet<String>,
        paid: &mut BTreeMap<String, i64>,
    ) -> Result<()> {
        let (times, fund) = (rows.integers("setl_time")?, rows.integers("fund_pay_sumamt")?);
        let (visits, places) = (rows.texts("mdtrt_id")?, rows.texts("fixmedins_code")?);
        let terminals = rows.texts("setl_id")?.into_iter().zip(rows.texts("setl_dev_no")?);
        let named = |(id, terminal): &(String, String)| self.settled.contains(id) && !terminal.is_empty();
        self.timeline.terminals.extend(terminals.filter(named));
        for row in 0..rows.keys.len() {
            *paid.entry(visits[row].clone()).or_default() += fund[row].unwrap_or_default();
            let (true, Some(from)) = (rows.is_lit(row, &self.lit), times[row]) else { continue };
            visits_lit.insert(visits[row].clone());
            let lane = self.lane(format!("{whose}line"), "line", format!("{whose}线索所指"));
            let label = format!("{} 结算", self.place(&places[row]));
            self.timeline.items.push(Item {
                lane,
                from,
                to: None,
                label,
                amount: fund[row],
                offending: true,
                key: rows.key(row),
            });
        }
        Ok(())
    }

    /// Lit lines as points; drugs with days of supply as bands, those of lit lines first.
    fn lines(&mut self, rows: &Rows<'_>, whose: &str, visits_lit: &mut BTreeSet<String>) -> Result<()> {
        let (times, amounts) = (rows.integers("fee_ocur_time")?, rows.integers("det_item_fee_sumamt")?);
        let (days, visits) = (rows.integers("prd_days")?, rows.texts("mdtrt_id")?);
        let (codes, names) = (rows.texts("med_list_codg")?, rows.texts("medins_list_name")?);
        let mut bands: BTreeMap<String, (bool, Vec<Item>)> = BTreeMap::new();
        for row in 0..rows.keys.len() {
            let Some(from) = times[row] else { continue };
            let offending = rows.is_lit(row, &self.lit);
            let (label, amount) = (names[row].clone(), amounts[row]);
            let item = |lane: String, to| Item {
                lane,
                from,
                to,
                label: label.clone(),
                amount,
                offending,
                key: rows.key(row),
            };
            if offending {
                visits_lit.insert(visits[row].clone());
                let lane = self.lane(format!("{whose}line"), "line", format!("{whose}线索所指"));
                self.timeline.items.push(item(lane, None));
            }
            if let (Some(drug), Some(supply)) = (drug_name(&codes[row]), days[row].filter(|days| *days > 0)) {
                let band = bands.entry(format!("{whose}supply {drug}")).or_default();
                band.0 |= offending;
                let until = from + supply * (DAY / SUPPLY) + supply * (DAY % SUPPLY) / SUPPLY;
                band.1.push(item(format!("{whose}supply {drug}"), Some(until)));
            }
        }
        let mut bands: Vec<_> = bands.into_iter().collect();
        bands.sort_by_key(|(_, (offending, items))| std::cmp::Reverse((*offending, items.len())));
        self.timeline.more |= bands.len() > DRUGS;
        for (id, (_, items)) in bands.into_iter().take(DRUGS) {
            let label = items.first().map(|item| item.label.clone()).unwrap_or_default();
            self.lane(id, "supply", format!("{whose}{label}"));
            self.timeline.items.extend(items);
        }
        Ok(())
    }

    fn done(mut self) -> Timeline {
        let Timeline { lanes, items, more, .. } = &mut self.timeline;
        let rank = |kind: &str| ["stay", "visit", "supply", "line"].iter().position(|known| *known == kind);
        lanes.sort_by_key(|lane| rank(&lane.kind));
        if items.len() > ITEMS {
            // What the clue stands on stays, then the newest.
            items.sort_by_key(|item| std::cmp::Reverse((item.offending, item.from)));
            items.truncate(ITEMS);
            *more = true;
        }
        items.sort_by(|a, b| (a.from, &a.lane, &a.key).cmp(&(b.from, &b.lane, &b.key)));
        self.timeline
    }
}

/// An institution or practitioner day by day.
fn by_days(
    snapshot: &Snapshot,
    kind: &str,
    (column, code): (&str, &str),
    origin: &Value,
    asking: &Mutex<()>,
) -> Result<Timeline> {
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    let code = code.replace('\'', "''");
    let sql = format!(
        "SELECT CAST(CAST(e.begntime AS DATE) AS VARCHAR) AS day, COUNT(DISTINCT e.mdtrt_id) AS visits, \
         COUNT(DISTINCT e.psn_no) AS people, CAST(SUM(COALESCE(s.fund_pay_sumamt, 0)) * 100 AS BIGINT) AS fund \
         FROM encounter e LEFT JOIN settlement s ON s.mdtrt_id = e.mdtrt_id WHERE e.{column} = '{code}' \
         GROUP BY 1 ORDER BY 1 DESC LIMIT {}",
        DAYS + 1
    );
    let reads: [(&str, &[&str]); 2] = [
        ("encounter", &["mdtrt_id", "psn_no", "begntime", column]),
        ("settlement", &["mdtrt_id", "fund_pay_sumamt"]),
    ];
    let asking = asking.lock().unwrap_or_else(PoisonError::into_inner);
    let batches = snapshot.session(Some(&reads))?.sql(&sql)?;
    drop(asking);
    for batch in batches {
        let texts = arrow_cast::cast(batch.column(0), &arrow_schema::DataType::Utf8)?;
        let texts = texts.as_string::<i32>();
        let numbers = |at: usize| batch.column(at).as_primitive_opt::<Int64Type>().context("a count");
        let (visits, people, fund) = (numbers(1)?, numbers(2)?, numbers(3)?);
        for row in (0..batch.num_rows()).filter(|row| texts.is_valid(*row)) {
            let day = texts.value(row).to_owned();
            let [visits, people, fund] = [visits, people, fund].map(|column| column.value(row));
            let (visits, people) = (visits.unsigned_abs(), people.unsigned_abs());
            days.insert(day.clone(), Day { day, visits, people, fund, offending: 0 });
        }
    }
    for row in evidence(origin) {
        let time = row.get("time").and_then(|time| serde_json::from_value::<Time>(time.clone()).ok());
        if let Some(time) = time {
            let day = time.date().to_string();
            days.entry(day.clone()).or_insert_with(|| Day { day, ..Day::default() }).offending += 1;
        }
    }
    let more = days.len() > DAYS;
    Ok(Timeline { kind: kind.to_owned(), days: days.into_values().collect(), more, ..Timeline::default() })
}
