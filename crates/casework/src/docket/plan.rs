//! The year's plan of inspections against the institutions that are known: whom it covers, and whom it does not.

use super::{
    Docket,
    list::{Query, Sql},
    overview::{Key, Selected},
};
use crate::{
    facts::Facts,
    policy::{self, Column, Filter, Part},
    store::{Context, Draft, Error},
};
use mingcha_model::{Date, Time};
use serde::Serialize;
use serde_json::json;
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// Most inspections that one answer reads; more is asked for by smaller regions.
const READ: usize = 50_000;
/// Most institutions of an answer.
const SHOWN: usize = 1_000;

/// A year's plan of inspections in a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct InspectionPlan {
    /// The year.
    pub year: i32,
    /// Code of the region.
    pub region: String,
    /// Designated institutions that are known in it.
    pub known: usize,
    /// Of them with an inspection of the year's plan.
    pub covered: usize,
    /// Of those with one that has ended on site.
    pub inspected: usize,
    /// Of the known ones without an inspection of the plan.
    pub uncovered: usize,
    /// Codes of those without one, in their order; at most 1000.
    pub without: Vec<String>,
}

impl Docket {
    /// How far a year's plan covers the institutions of a region: those of matters, those that take part, and those that the register has
    /// in it. For those who may count all that a bureau has on record, as grades are.
    pub async fn inspection_plan(
        &self,
        context: Context,
        year: i32,
        region: &str,
        register: BTreeSet<String>,
    ) -> Result<InspectionPlan, Error> {
        let days = (2000..=2999).contains(&year).then(|| around(year)).flatten();
        let days = days.ok_or_else(|| Error::invalid("year", "须为四位年份，如2026"))?;
        let asked = json!({ "year": year, "region": region }).to_string();
        let draft = Draft::new("inspection_plan", "matters", "").change(None, Some(asked));
        let actor = self.counting(&context, &draft, Some(region)).await?;
        let scope = self.policies.scope(&actor, policy::Count);
        let query = Query { region: Some(region.to_owned()), ..Query::default() };
        let own = &actor.organisation;
        let mut known = self.overview.fold(&self.store, scope.filter(), &query, own, institutions).await?;
        known.extend(self.participants(region).await?);
        known.extend(register);
        let planned = self.planned(scope.filter(), region, year, days).await?;
        known.extend(planned.keys().cloned());
        let without: Vec<String> =
            known.iter().filter(|code| !planned.contains_key(*code)).cloned().collect();
        self.store.record_read(context, draft).await?;
        Ok(InspectionPlan {
            year,
            region: region.to_owned(),
            known: known.len(),
            covered: planned.len(),
            inspected: planned.values().filter(|ended| **ended).count(),
            uncovered: without.len(),
            without: without.into_iter().take(SHOWN).collect(),
        })
    }

    /// Institutions with an inspection of a year's plan, and whether one has ended on site.
    async fn planned(
        &self,
        scope: &Filter,
        region: &str,
        year: i32,
        (first, last): (Date, Date),
    ) -> Result<BTreeMap<String, bool>, Error> {
        let mut sql = Sql::default();
        sql.filter(scope);
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        sql.text.push_str(" AND m.machine = 'inspection' AND m.institution <> '' AND m.begun >= ");
        sql.bind(Part::Long(first.start().0));
        sql.text.push_str(" AND m.begun < ");
        sql.bind(Part::Long(last.start().0));
        let text = format!(
            "SELECT m.institution, m.begun, m.facts, \
             CASE WHEN EXISTS (SELECT 1 FROM tally t WHERE t.matter = m.id AND t.what = 'inspected') THEN 1 ELSE 0 END \
             FROM matter m WHERE {} ORDER BY m.id LIMIT {}",
            sql.text,
            READ + 1
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        drop(conn);
        if rows.len() > READ {
            return Err(Error::invalid("region", "检查过多，请按下级地区分别查看"));
        }
        let mut planned: BTreeMap<String, bool> = BTreeMap::new();
        for row in rows {
            let (institution, begun, facts): (String, i64, String) =
                (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            let facts: Facts = serde_json::from_str(&facts)
                .map_err(|error| Error::Stored(format!("facts of an inspection: {error}")))?;
            if year_of(&facts.inspection.plan).unwrap_or(Time(begun).date().ymd().0) == year {
                *planned.entry(institution).or_default() |= row.try_get::<i64, _>(3)? != 0;
            }
        }
        Ok(planned)
    }
}

/// When inspections of a year's plan are put into it: from the year before to the year after.
fn around(year: i32) -> Option<(Date, Date)> {
    Some((Date::new(year - 1, 1, 1)?, Date::new(year + 2, 1, 1)?))
}

/// The year that the item of a plan names, such as `2026年度计划第3项`; where it names none, the inspection is of the year in which it was
/// put into the plan.
fn year_of(plan: &str) -> Option<i32> {
    let mut numbers = plan.split(|character: char| !character.is_ascii_digit());
    numbers.find(|digits| digits.len() == 4 && digits.starts_with("20")).and_then(|year| year.parse().ok())
}

fn institutions(selected: &Selected<'_>) -> BTreeSet<String> {
    let numbers: BTreeSet<u32> = selected.rows().map(|row| selected.value(row, Key::Institution)).collect();
    let words = numbers.into_iter().map(|number| selected.word(number));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn the_year_of_a_plan_is_the_one_that_its_item_names() {
        let years = ["2026年度计划第3项", "计划（2027）12", "第2026001项", "飞行检查", "1999年"];
        assert_eq!(years.map(year_of), [Some(2026), Some(2027), None, None, None]);
    }
}
