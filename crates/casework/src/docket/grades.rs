//! The grade of an institution from what is on record of it, how often that has it inspected, and which institutions are due.
//!
//! A grade rests on clues, cases, inspections and self-checks of whichever bureau, so only those are told it who may count all of these in the
//! region; a grade from a part of the records would be a better one than the institution's.

use super::{
    Docket,
    list::{Query, Sql},
    overview::{Key, Selected},
};
use crate::{
    act::is_code,
    ask::{level, region_covers},
    facts::{Decision, Department, Facts},
    grade,
    measure::Measure,
    policy::{self, Column, Filter, Kind, Part},
    scheme::GradingScheme,
    store::{Context, Draft, Error},
};
use mingcha_model::{Date, Time};
use serde::Serialize;
use serde_json::json;
use sqlx::{Row as _, any::AnyRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use utoipa::ToSchema;

/// Most matters that one answer reads; more is asked for by smaller regions.
const READ: usize = 20_000;
/// Most institutions of an answer.
const SHOWN: usize = 500;

/// The grade of an institution, with all that it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InstitutionGrade {
    /// Code of the institution.
    pub institution: String,
    /// Id of the grade.
    pub grade: String,
    /// Its name.
    pub title: String,
    /// The score.
    pub score: u32,
    /// The sum in Chinese, line by line.
    pub steps: Vec<String>,
    /// What is counted, kind by kind.
    pub parts: Vec<GradePart>,
    /// What is on record of it in all.
    pub records: GradeRecords,
    /// Since when records count, `2026-01-01`.
    pub from: String,
    /// Inspections a year that the grade sets.
    pub inspections: u32,
    /// Inspections on site that ended since then.
    pub inspected: u32,
    /// Inspections that were planned or begun and have not ended on site.
    pub under_way: u32,
    /// The day of the last inspection since then.
    pub last: Option<String>,
    /// The day by which the next one is due; none where the grade sets none.
    pub next: Option<String>,
    /// Whether that day has come.
    pub due: bool,
    /// On what the scheme rests.
    pub basis: String,
    /// How sure that is, in words.
    pub certainty: String,
    /// What to know of it.
    pub note: String,
}

/// A kind of record that a grade weighs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GradePart {
    /// Id: `fraud_case`, `case`, `finding`, …
    pub id: String,
    /// Its name.
    pub title: String,
    /// How many.
    pub count: u32,
    /// Points that each takes off.
    pub points: u32,
}

/// Matters of an institution by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct GradeRecords {
    /// Clues.
    pub clues: u32,
    /// Of them not yet at an end.
    pub open_clues: u32,
    /// Cases.
    pub cases: u32,
    /// Inspections.
    pub inspections: u32,
    /// Self-checks.
    pub self_checks: u32,
}

/// The institutions of a region by when their next inspection is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InspectionsDue {
    /// Institutions that are known in the region.
    pub known: usize,
    /// Of them due for an inspection.
    pub due: usize,
    /// Those due, the worst score first; at most 500.
    pub items: Vec<InstitutionGrade>,
}

/// Rows that imports refused for what stood in them: by institution, and by the month in which they came (months since 1970-01).
pub type RefusedRows = BTreeMap<String, BTreeMap<i32, u64>>;

/// What the lake knows of institutions; nothing where there is none.
#[derive(Clone, Debug, Default)]
pub struct InLake {
    /// Codes of those in the register of designated institutions.
    pub registered: BTreeSet<String>,
    /// What was refused of their data.
    pub refused: Arc<RefusedRows>,
}

impl InLake {
    /// Months since a day, that of the day counted whole, in which at least so many rows of an institution were refused.
    fn faulty_months(&self, institution: &str, rows: u64, from: Date) -> u32 {
        let months =
            self.refused.get(institution).into_iter().flat_map(|months| months.range(from.month_index()..));
        months.filter(|(_, refused)| **refused >= rows).count() as u32
    }
}

/// What is read of one institution.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    records: GradeRecords,
    under_way: u32,
    counts: BTreeMap<String, u32>,
    inspected: u32,
    last: Option<i64>,
    /// What inspections found: when each was begun, and the item.
    found: Vec<(i64, String)>,
    /// What self-checks answered with nothing found: when each was begun, and the item.
    denied: Vec<(i64, String)>,
}

/// Whom one asks about.
#[derive(Clone, Copy)]
enum Of<'a> {
    Institution(&'a str),
    Region(&'a str),
}

impl Of<'_> {
    fn query(self) -> Query {
        match self {
            Self::Institution(code) => Query { institution: Some(code.to_owned()), ..Query::default() },
            Self::Region(code) => Query { region: Some(code.to_owned()), ..Query::default() },
        }
    }

    fn narrow(self, sql: &mut Sql) {
        sql.text.push_str(" AND ");
        match self {
            Self::Institution(code) => {
                sql.text.push_str("m.institution = ");
                sql.bind(Part::Text(code.to_owned()));
            }
            Self::Region(code) => sql.filter(&Filter::Under(Column::Region, code.to_owned())),
        }
    }
}

impl Docket {
    /// The grade of an institution that is on record, takes part or is registered.
    pub async fn grade(
        &self,
        context: Context,
        institution: &str,
        lake: &InLake,
    ) -> Result<InstitutionGrade, Error> {
        // What is typed here may be a name, and the trail keeps what was asked for.
        if institution.is_empty() || !is_code(institution) {
            return Err(Error::invalid("institution", "须为定点医药机构代码"));
        }
        let draft = Draft::new("grade", "institution", institution);
        let actor = self.counting(&context, &draft, None).await?;
        let scheme = self.grading()?;
        let mut seen = self.seen(&actor, scheme, Of::Institution(institution)).await?;
        let known = match seen.remove(institution) {
            Some(seen) => Some(seen),
            None if lake.registered.contains(institution)
                || self.takes_part(institution, &actor.region).await? =>
            {
                Some(Seen::default())
            }
            None => None,
        };
        let graded = self.graded(scheme, institution, &known.ok_or(Error::NotFound)?, lake);
        self.store.record_read(context, draft).await?;
        graded
    }

    /// The institutions of a region that are due for an inspection; the lake's register is of those in it.
    pub async fn inspections_due(
        &self,
        context: Context,
        region: &str,
        lake: &InLake,
    ) -> Result<InspectionsDue, Error> {
        let asked = json!({ "region": region }).to_string();
        let draft = Draft::new("inspections_due", "matters", "").change(None, Some(asked));
        let actor = self.counting(&context, &draft, Some(region)).await?;
        let scheme = self.grading()?;
        let mut seen = self.seen(&actor, scheme, Of::Region(region)).await?;
        for code in self.participants(region).await?.into_iter().chain(lake.registered.iter().cloned()) {
            seen.entry(code).or_default();
        }
        let known = seen.len();
        let graded = seen.into_iter().map(|(code, seen)| self.graded(scheme, &code, &seen, lake));
        let mut items = graded.collect::<Result<Vec<_>, _>>()?;
        items.retain(|one| one.due);
        let due = items.len();
        items.sort_by(|a, b| (a.score, &a.next, &a.institution).cmp(&(b.score, &b.next, &b.institution)));
        items.truncate(SHOWN);
        self.store.record_read(context, draft).await?;
        Ok(InspectionsDue { known, due, items })
    }

    /// The account that asks for what rests on all that bureaus of a region have on record, of its own region where none is named; a
    /// refusal, recorded, where it may not count all of that.
    pub(super) async fn counting(
        &self,
        context: &Context,
        draft: &Draft,
        region: Option<&str>,
    ) -> Result<policy::Actor, Error> {
        if region.is_some_and(|region| level(region).is_none()) {
            return Err(Error::invalid("region", "须为六位地区代码"));
        }
        let actor = self.actor(context).await?;
        match self.counts_all(&actor, region.unwrap_or(&actor.region)) {
            Ok(()) => Ok(actor),
            Err(error) => self.refuse(context, draft.clone(), error).await,
        }
    }

    fn counts_all(&self, actor: &policy::Actor, region: &str) -> Result<(), Error> {
        for kind in [Kind::Clue, Kind::Case, Kind::Inspection, Kind::SelfCheck] {
            let any = policy::Matter::any(kind, "", Department::Insurance, region);
            self.policies.glance(actor, &policy::Count, &any)?;
        }
        Ok(())
    }

    fn grading(&self) -> Result<&GradingScheme, Error> {
        self.procedures.schemes.as_ref().map(|schemes| &schemes.grading).ok_or(Error::NotFound)
    }

    /// Whether an institution of a region has an organisation here.
    async fn takes_part(&self, institution: &str, region: &str) -> Result<bool, Error> {
        Ok(self.participants(region).await?.contains(institution))
    }

    /// Institutions of a region that take part: organisations with the code of one.
    pub(super) async fn participants(&self, region: &str) -> Result<BTreeSet<String>, Error> {
        let text = "SELECT fixmedins_code, region FROM organisation WHERE fixmedins_code IS NOT NULL";
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(text).fetch_all(&mut *conn).await?;
        drop(conn);
        let mut codes = BTreeSet::new();
        for row in rows {
            let (code, place): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            if region_covers(region, &place) {
                codes.insert(code);
            }
        }
        Ok(codes)
    }

    /// What is on record by institution, of all that one may count.
    async fn seen(
        &self,
        actor: &policy::Actor,
        scheme: &GradingScheme,
        of: Of<'_>,
    ) -> Result<BTreeMap<String, Seen>, Error> {
        let scope = self.policies.scope(actor, policy::Count);
        let (query, own) = (of.query(), &actor.organisation);
        let mut seen = self.overview.fold(&self.store, scope.filter(), &query, own, numbers).await?;
        let from = self.counts_from(scheme).start().0;
        for row in self.weighed(scope.filter(), of, from).await? {
            weigh(&self.procedures.measures, &mut seen, &row, from)?;
        }
        Ok(seen)
    }

    /// The day since which records count.
    fn counts_from(&self, scheme: &GradingScheme) -> Date {
        Date(self.store.now().time().date().0 - scheme.months as i32 * 365 / 12)
    }

    /// Cases, inspections and self-checks that changed since; with when a case was decided or an inspection ended on site, and whether a
    /// limit was broken.
    async fn weighed(&self, scope: &Filter, of: Of<'_>, from: i64) -> Result<Vec<AnyRow>, Error> {
        let mut sql = Sql::default();
        sql.filter(scope);
        of.narrow(&mut sql);
        sql.text.push_str(
            " AND m.institution <> '' AND m.machine IN ('case', 'inspection', 'self_check') AND m.changed >= ",
        );
        sql.bind(Part::Long(from));
        let text = format!(
            "SELECT m.institution, m.machine, m.begun, m.ended, m.facts, \
             (SELECT MAX(t.at) FROM tally t WHERE t.matter = m.id AND t.what IN ('penalised', 'inspected')), \
             CASE WHEN EXISTS (SELECT 1 FROM breach b WHERE b.matter = m.id) THEN 1 ELSE 0 END \
             FROM matter m WHERE {} ORDER BY m.id LIMIT {}",
            sql.text,
            READ + 1
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        if rows.len() > READ {
            return Err(Error::invalid("region", "事项过多，请按下级地区分别查看"));
        }
        Ok(rows)
    }

    fn graded(
        &self,
        scheme: &GradingScheme,
        institution: &str,
        seen: &Seen,
        lake: &InLake,
    ) -> Result<InstitutionGrade, Error> {
        let mut counts = seen.counts();
        let faulty = lake.faulty_months(institution, scheme.data_rows, self.counts_from(scheme));
        counts.insert("data_fault".to_owned(), faulty);
        let grade = grade::grade(&counts, scheme).ok_or(Error::NotFound)?;
        let today = self.store.now().time().date();
        let last = seen.last.map(|at| Time(at).date());
        let next = next_inspection(last, grade.inspections, today);
        let part = |weight: &crate::scheme::Band| GradePart {
            id: weight.id.clone(),
            title: weight.title.clone(),
            count: counts.get(&weight.id).copied().unwrap_or(0),
            points: weight.least,
        };
        Ok(InstitutionGrade {
            institution: institution.to_owned(),
            parts: scheme.weights.iter().map(part).collect(),
            records: seen.records,
            from: self.counts_from(scheme).to_string(),
            inspections: grade.inspections,
            inspected: seen.inspected,
            under_way: seen.under_way,
            last: last.map(|day| day.to_string()),
            due: next.is_some_and(|day| day <= today),
            next: next.map(|day| day.to_string()),
            basis: scheme.ground.basis.clone(),
            certainty: scheme.ground.certainty.title().to_owned(),
            note: scheme.ground.note.clone(),
            grade: grade.id,
            title: grade.title,
            score: grade.score,
            steps: grade.steps,
        })
    }
}

/// The day by which the next inspection is due: today where there was none, else as often as the grade asks after the last one.
fn next_inspection(last: Option<Date>, a_year: u32, today: Date) -> Option<Date> {
    let days = 365_u32.checked_div(a_year)?;
    Some(last.map_or(today, |last| Date(last.0 + days as i32)))
}

impl Seen {
    /// The records by the kinds that a scheme weighs.
    fn counts(&self) -> BTreeMap<String, u32> {
        let hidden = self.found.iter().filter(|(found, item)| {
            self.denied.iter().any(|(checked, denied)| checked <= found && denied == item)
        });
        let mut counts = self.counts.clone();
        counts.insert("finding".to_owned(), self.found.len() as u32);
        counts.insert("self_check_hidden".to_owned(), hidden.count() as u32);
        counts
    }

    fn count(&mut self, kind: &str) {
        *self.counts.entry(kind.to_owned()).or_default() += 1;
    }
}

/// States of inspections that have not ended on site.
const UNDER_WAY: [&str; 4] = ["planned", "drawn", "notified", "on_site"];

/// How many matters of each kind there are, by institution.
fn numbers(selected: &Selected<'_>) -> BTreeMap<String, Seen> {
    let machines = ["clue", "case", "inspection", "self_check"].map(|machine| selected.number(machine));
    let [clue, case, inspection, self_check] = machines;
    let (closed, under_way) = (selected.number("closed"), UNDER_WAY.map(|state| selected.number(state)));
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for row in selected.rows() {
        let institution = selected.word(selected.value(row, Key::Institution));
        if institution.is_empty() {
            continue;
        }
        let one = seen.entry(institution.to_owned()).or_default();
        let machine = selected.value(row, Key::Machine);
        one.records.clues += u32::from(machine == clue);
        one.records.open_clues += u32::from(machine == clue && !row.ended && row.state != closed);
        one.records.cases += u32::from(machine == case);
        one.records.inspections += u32::from(machine == inspection);
        one.records.self_checks += u32::from(machine == self_check);
        one.under_way += u32::from(machine == inspection && under_way.contains(&row.state));
    }
    seen
}

/// What a matter weighs.
fn weigh(
    measures: &BTreeMap<String, Measure>,
    seen: &mut BTreeMap<String, Seen>,
    row: &AnyRow,
    from: i64,
) -> Result<(), Error> {
    let (institution, machine): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let (begun, ended): (i64, Option<i64>) = (row.try_get(2)?, row.try_get(3)?);
    let facts: String = row.try_get(4)?;
    let facts: Facts = serde_json::from_str(&facts)
        .map_err(|error| Error::Stored(format!("facts of a {machine}: {error}")))?;
    let (done, broken): (Option<i64>, i64) = (row.try_get(5)?, row.try_get(6)?);
    if done.unwrap_or(begun) < from {
        return Ok(());
    }
    let one = seen.entry(institution).or_default();
    match machine.as_str() {
        "case" => {
            let decision = &facts.decision;
            if decision.written && decision.overturned.is_empty() {
                one.count(if fraud(measures, decision) { "fraud_case" } else { "case" });
            }
            if !facts.refusals.is_empty() {
                one.count("refused_check");
            }
        }
        "inspection" => {
            one.inspected += u32::from(done.is_some());
            one.last = one.last.max(done);
            one.found.extend(facts.inspection.findings.into_iter().map(|finding| (begun, finding.item)));
        }
        _ => {
            let items = facts.self_check.items;
            if broken != 0 || ended.is_some() && items.iter().any(|item| !item.answered) {
                one.count("self_check_missed");
            }
            let denied = items.into_iter().filter(|item| item.answered && !item.found);
            one.denied.extend(denied.map(|item| (begun, item.item)));
        }
    }
    Ok(())
}

/// Whether a decision answers fraud: one of its measures is measured by what was obtained by it.
fn fraud(measures: &BTreeMap<String, Measure>, decision: &Decision) -> bool {
    decision.items.iter().filter_map(|item| measures.get(&item.measure)).any(Measure::answers_fraud)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_inspection_follows_the_last_as_often_as_the_grade_asks() {
        let day = |text| Date::parse(text).expect("a day");
        let today = day("2026-07-01");
        assert_eq!(next_inspection(None, 1, today), Some(today), "never inspected is due now");
        assert_eq!(next_inspection(Some(day("2026-01-01")), 1, today), Some(day("2027-01-01")));
        assert_eq!(next_inspection(Some(day("2026-01-01")), 4, today), Some(day("2026-04-02")));
        assert_eq!(next_inspection(None, 0, today), None);
    }

    #[test]
    fn what_a_self_check_denied_and_a_later_inspection_found_was_hidden() {
        let item = |at, item: &str| (at, item.to_owned());
        let seen = Seen {
            found: vec![item(20, "P1"), item(5, "P1"), item(20, "P2")],
            denied: vec![item(10, "P1")],
            ..Seen::default()
        };
        let counts = seen.counts();
        assert_eq!((counts["finding"], counts["self_check_hidden"]), (3, 1));
    }
}
