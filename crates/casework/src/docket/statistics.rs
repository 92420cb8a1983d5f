//! Figures of a period by region, rows of ledgers, and the matters behind each figure: one statement each, inside what policy lets one see.

use super::{
    Docket,
    list::Sql,
    matter::{HEADING, Heading, heading},
    sheet::{Cell, Cells},
};
use crate::{
    ask::{level, region_covers},
    facts::{Facts, Source},
    policy::{self, Column, Filter, Part},
    store::{Context, Draft, Error},
    words::Word as _,
};
use mingcha_model::{Date, Time, time::DAY};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::{collections::BTreeMap, fmt::Write as _};
use utoipa::ToSchema;

/// How entries become a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Matters, each once.
    Matters,
    /// Institutions or persons, each once.
    Subjects,
    /// Money in fen, or people of whom nobody is named.
    Sum,
}

/// The figures that entries give, by name.
pub const FIGURES: &[(&str, How)] = &[
    ("inspected", How::Subjects),
    ("violating", How::Subjects),
    ("talked_to", How::Subjects),
    ("ordered_to_correct", How::Subjects),
    ("suspended", How::Subjects),
    ("terminated", How::Subjects),
    ("penalised", How::Subjects),
    ("fined", How::Sum),
    ("fines_paid", How::Sum),
    ("returned", How::Sum),
    ("agreement_damages", How::Sum),
    ("self_returned", How::Sum),
    ("refused", How::Sum),
    ("to_judiciary", How::Matters),
    ("persons_to_judiciary", How::Subjects),
    ("to_discipline", How::Matters),
    ("to_health", How::Matters),
    ("insured_handled", How::Subjects),
    ("exposed", How::Matters),
    ("complaints", How::Matters),
    ("rewarded", How::Matters),
    ("rewards", How::Sum),
    ("clues_dispatched", How::Matters),
    ("clues_checked", How::Matters),
    ("clues_confirmed", How::Matters),
    ("clues_returned", How::Matters),
    ("transfers_received", How::Matters),
    ("suspects_caught", How::Sum),
    ("institutions_closed", How::Subjects),
];

/// The figure that is not counted from entries: designated institutions as they are registered now.
pub const INSTITUTIONS: &str = "institutions";

/// A period in days, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// A quarter, written `2026Q1`.
    pub fn quarter(text: &str) -> Option<Self> {
        let (year, quarter) = text.split_once('Q')?;
        let (year, quarter): (i32, u32) = (year.parse().ok()?, quarter.parse().ok()?);
        if !(1..=4).contains(&quarter) || !(2000..=2999).contains(&year) {
            return None;
        }
        let month = quarter * 3 - 2;
        let next = if quarter == 4 { Date::new(year + 1, 1, 1)? } else { Date::new(year, month + 3, 1)? };
        Some(Self { from: Date::new(year, month, 1)?, to: Date(next.0 - 1) })
    }

    fn instants(self) -> (i64, i64) {
        (self.from.start().0, self.to.start().0 + DAY)
    }
}

/// Figures of one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionFigures {
    /// Code of the region.
    pub region: String,
    /// Its name, or the code where no bureau of it is known.
    pub name: String,
    /// Figures by name; what is not there is 0.
    pub figures: BTreeMap<String, i64>,
}

/// A row of a ledger of transfers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Id of the transfer.
    pub id: String,
    /// Its values by the paths that the columns name.
    pub cells: Cells,
}

/// Which instant a ledger of transfers goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// When they were sent.
    Sent,
    /// When their receipt was signed.
    Received,
}

/// The matters behind a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Behind {
    /// Rows of the page.
    pub items: Vec<Heading>,
    /// How many matters there are.
    pub total: i64,
}

/// Rows of a page of the matters behind a figure.
const SIZE: u32 = 100;
/// Most rows of a ledger.
const ROWS: i64 = 20_000;

/// How many digits of a region's code name the regions right below it.
pub(super) fn digits_below(region: &str) -> Option<usize> {
    Some(match level(region)? {
        0 => 2,
        1 => 4,
        _ => 6,
    })
}

/// The region right below `region` that a matter lies in, as SQL.
pub(super) fn below(column: &str, digits: usize) -> String {
    let zeros = "0".repeat(6 - digits);
    if zeros.is_empty() { column.to_owned() } else { format!("SUBSTR({column}, 1, {digits}) || '{zeros}'") }
}

/// The names of regions, from the titles of their bureaus.
pub(super) async fn names(conn: &mut AnyConnection) -> Result<BTreeMap<String, String>, Error> {
    let text = "SELECT region, title FROM organisation WHERE department = 'insurance' ORDER BY id DESC";
    let rows = sqlx::query(text).fetch_all(conn).await?;
    let name = |row: &AnyRow| {
        let (region, title): (String, String) = (row.try_get(0)?, row.try_get(1)?);
        let place = ["医疗保障局", "医保局"].iter().find_map(|ending| title.strip_suffix(ending));
        Ok((region, place.filter(|place| !place.is_empty()).unwrap_or(&title).to_owned()))
    };
    rows.iter().map(name).collect()
}

impl Docket {
    /// Figures of a period by the regions right below one.
    pub async fn figures(
        &self,
        context: Context,
        region: &str,
        period: Period,
    ) -> Result<Vec<RegionFigures>, Error> {
        let actor = self.actor(&context).await?;
        let figures =
            self.counted(self.policies.scope(&actor, policy::Count).filter(), region, period).await?;
        let asked = json!({ "region": region, "from": period.from, "to": period.to }).to_string();
        self.store
            .record_read(context, Draft::new("figures", "matters", "").change(None, Some(asked)))
            .await?;
        Ok(figures)
    }

    pub(super) async fn counted(
        &self,
        scope: &Filter,
        region: &str,
        period: Period,
    ) -> Result<Vec<RegionFigures>, Error> {
        let digits = digits_below(region).ok_or_else(|| Error::invalid("region", "须为六位地区代码"))?;
        let (from, until) = period.instants();
        let mut sql = Sql::default();
        sql.text.push_str("t.at >= ");
        sql.bind(Part::Long(from));
        sql.text.push_str(" AND t.at < ");
        sql.bind(Part::Long(until));
        sql.text.push_str(" AND ");
        sql.filter(scope);
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        let key = below("t.region", digits);
        let text = format!(
            "SELECT {key}, t.what, COUNT(DISTINCT t.matter), COUNT(DISTINCT NULLIF(t.subject, '')), CAST(SUM(t.amount) AS BIGINT) \
             FROM tally t JOIN matter m ON m.id = t.matter WHERE {} GROUP BY {key}, t.what",
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        let mut regions: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        for row in rows {
            let (region, what): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let Some((_, how)) = FIGURES.iter().find(|(name, _)| *name == what) else { continue };
            let figure = match how {
                How::Matters => row.try_get(2)?,
                How::Subjects => row.try_get(3)?,
                How::Sum => row.try_get(4)?,
            };
            regions.entry(region).or_default().insert(what, figure);
        }
        let institutions = institutions(&mut conn, region, digits).await?;
        if !scope.is_nothing() {
            for (region, count) in institutions {
                regions.entry(region).or_default().insert(INSTITUTIONS.to_owned(), count);
            }
        }
        let names = names(&mut conn).await?;
        let named = |(region, figures): (String, BTreeMap<String, i64>)| RegionFigures {
            name: names.get(&region).cloned().unwrap_or_else(|| region.clone()),
            region,
            figures,
        };
        Ok(regions.into_iter().map(named).collect())
    }

    /// The matters behind a figure, the newest first; what one may count is not always what one may see.
    pub async fn behind(
        &self,
        context: Context,
        figure: &str,
        region: &str,
        period: Period,
        page: u32,
    ) -> Result<Behind, Error> {
        if !FIGURES.iter().any(|(name, _)| *name == figure) {
            return Err(Error::invalid("figure", "没有这一指标，或者它不由事项汇总而来"));
        }
        let actor = self.actor(&context).await?;
        let (from, until) = period.instants();
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(&actor, policy::List).filter());
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        sql.text.push_str(" AND m.id IN (SELECT t.matter FROM tally t WHERE t.what = ");
        sql.bind(Part::Text(figure.to_owned()));
        let _ = write!(sql.text, " AND t.at >= {from} AND t.at < {until})");
        let offset = u64::from(page.max(1) - 1) * u64::from(SIZE);
        let text = format!(
            "SELECT {HEADING} FROM matter m WHERE {} ORDER BY m.changed DESC, m.id LIMIT {SIZE} OFFSET {offset}",
            sql.text
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        let items = rows.iter().map(heading).collect::<Result<_, _>>()?;
        let text = format!("SELECT COUNT(*) FROM matter m WHERE {}", sql.text);
        let total = sql.bound(text).fetch_one(&mut *conn).await?.try_get(0)?;
        drop(conn);
        let asked =
            json!({ "figure": figure, "region": region, "from": period.from, "to": period.to }).to_string();
        self.store
            .record_read(context, Draft::new("behind", "matters", "").change(None, Some(asked)))
            .await?;
        Ok(Behind { items, total })
    }

    /// The transfers of a period, for the ledgers about them; `export` where they are taken out as a file.
    pub async fn transfer_rows(
        &self,
        context: Context,
        region: &str,
        period: Period,
        by: By,
        export: bool,
    ) -> Result<Vec<LedgerRow>, Error> {
        let actor = self.actor(&context).await?;
        let mut sql = Sql::default();
        match export {
            true => sql.filter(self.policies.scope(&actor, policy::Export).filter()),
            false => sql.filter(self.policies.scope(&actor, policy::List).filter()),
        }
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.to_owned()));
        let text = transfers(&sql.text, period, by);
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        if rows.len() as i64 > ROWS {
            return Err(Error::invalid("period", format!("超过{ROWS}件，请缩短期间或者按地区分次查询")));
        }
        let (names, titles) = (names(&mut conn).await?, titles(&mut conn).await?);
        drop(conn);
        let rows = rows.iter().map(|row| ledger_row(row, &names, &titles)).collect::<Result<_, _>>()?;
        let asked = json!({ "region": region, "from": period.from, "to": period.to }).to_string();
        let act = if export { "export_ledger" } else { "ledger" };
        self.store.record_read(context, Draft::new(act, "matters", "").change(None, Some(asked))).await?;
        Ok(rows)
    }
}

async fn institutions(
    conn: &mut AnyConnection,
    region: &str,
    digits: usize,
) -> Result<Vec<(String, i64)>, Error> {
    let mut sql = Sql::default();
    sql.filter(&Filter::Under(Column::Region, region.to_owned()));
    let key = below("m.region", digits);
    let text = format!(
        "SELECT {key}, COUNT(*) FROM organisation m WHERE {} AND m.department = 'institution' GROUP BY {key}",
        sql.text
    );
    let rows = sql.bound(text).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

async fn titles(conn: &mut AnyConnection) -> Result<BTreeMap<String, String>, Error> {
    let rows = sqlx::query("SELECT id, title FROM organisation").fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// The statement of transfers with their cases: one row each.
fn transfers(scope: &str, period: Period, by: By) -> String {
    let (from, until) = period.instants();
    let at =
        |what: &str| format!("(SELECT MIN(t.at) FROM tally t WHERE t.matter = m.id AND t.what = '{what}')");
    let (sent, received) = (at("to_judiciary"), at("transfers_received"));
    let what = match by {
        By::Sent => "to_judiciary",
        By::Received => "transfers_received",
    };
    format!(
        "SELECT m.id, m.region, m.organisation, m.state, m.facts, m.subject, m.institution, {sent}, {received}, c.id, c.title, \
         c.source, c.subject, c.institution, c.facts, \
         (SELECT p.number FROM paper p WHERE p.matter = c.id AND p.template = 'filing-approval' ORDER BY p.version DESC LIMIT 1), \
         (SELECT CAST(SUM(r.amount) AS BIGINT) FROM tally r WHERE r.matter = c.id AND r.what = 'returned'), \
         (SELECT i.title FROM organisation i WHERE i.fixmedins_code = c.institution AND c.institution <> '' LIMIT 1), \
         (SELECT p.number FROM paper p WHERE p.matter = m.id AND p.template = 'transfer-letter' ORDER BY p.version DESC LIMIT 1) \
         FROM matter m LEFT JOIN matter c ON c.id = m.parent WHERE {scope} AND m.machine = 'transfer' AND m.id IN \
         (SELECT t.matter FROM tally t WHERE t.what = '{what}' AND t.at >= {from} AND t.at < {until}) \
         ORDER BY m.begun, m.id LIMIT {}",
        ROWS + 1
    )
}

/// What a ledger needs of the facts of a case.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Brief {
    filing: BriefFiling,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BriefFiling {
    violation_facts: String,
}

fn ledger_row(
    row: &AnyRow,
    names: &BTreeMap<String, String>,
    titles: &BTreeMap<String, String>,
) -> Result<LedgerRow, Error> {
    let text = |column: usize| -> Result<String, Error> {
        Ok(row.try_get::<Option<String>, _>(column)?.unwrap_or_default())
    };
    let id = text(0)?;
    let facts: Facts =
        serde_json::from_str(&text(4)?).map_err(|error| Error::Stored(format!("facts of {id}: {error}")))?;
    let brief: Brief = serde_json::from_str(&text(14)?).unwrap_or_default();
    let mut cells = Cells::new();
    let mut put = |path: &str, words: &str| {
        if !words.is_empty() {
            cells.insert(path.to_owned(), Cell::Text(words.to_owned()));
        }
    };
    let first = |texts: &[String]| texts.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let (region, institution) = (text(1)?, text(13)?);
    let identity = first(&[institution.clone(), text(12)?, text(6)?, text(5)?, "—".into()]);
    put("case.number", &first(&[text(15)?, text(9)?, facts.transfer.case.clone(), "—".into()]));
    put("case.name", &first(&[text(10)?, facts.transfer.case.clone(), "—".into()]));
    put("case.region", names.get(&region).unwrap_or(&region));
    let source = Source::named(&text(11)?).map_or("", Source::title);
    put("case.brief", &first(&[brief.filing.violation_facts, source.to_owned(), "—".into()]));
    put("party.name", &first(&[text(17)?, identity.clone()]));
    put("party.identity", &identity);
    put("transfer.number", &first(&[facts.transfer.letter.clone(), text(18)?, "—".into()]));
    let organisation = text(2)?;
    put("transfer.sender", titles.get(&organisation).unwrap_or(&organisation));
    let to =
        if facts.transfer.rerouted_to.is_empty() { &facts.transfer.to } else { &facts.transfer.rerouted_to };
    put("transfer.receiver", titles.get(to).unwrap_or(to));
    put("transfer.stage", &facts.transfer.stage);
    put("transfer.result", &facts.transfer.answer);
    let days = [("transfer.sent_on", 7), ("transfer.received_on", 8)];
    for (path, column) in days {
        let at: Option<i64> = row.try_get(column)?;
        cells.extend(at.map(|at| (path.to_owned(), Cell::Date(Time(at).date()))));
    }
    let counts = [
        ("transfer.suspects", i64::from(facts.transfer.suspects)),
        ("transfer.institutions_closed", facts.transfer.closed.len() as i64),
    ];
    cells.extend(counts.map(|(path, count)| (path.to_owned(), Cell::Count(count))));
    let recovered = row.try_get::<Option<i64>, _>(16)?.unwrap_or(0);
    cells.insert("transfer.recovered".to_owned(), Cell::Money(mingcha_model::Fen(recovered)));
    Ok(LedgerRow { id, cells })
}

/// Whether a region is one's own or lies in it.
pub(super) fn within(own: &str, region: &str) -> Result<(), Error> {
    match region_covers(own, region) {
        true => Ok(()),
        false => Err(Error::invalid("region", "不在本单位辖区内")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_whole_and_regions_are_cut_at_the_level_below() {
        let day = |text: &str| Date::parse(text).expect("a day");
        let quarter = Period::quarter("2025Q4").expect("a quarter");
        assert_eq!((quarter.from, quarter.to), (day("2025-10-01"), day("2025-12-31")));
        assert_eq!(Period::quarter("2024Q1").expect("a quarter").to, day("2024-03-31"));
        for wrong in ["2024Q5", "2024Q0", "24Q1", "2024-1", "Q1"] {
            assert_eq!(Period::quarter(wrong), None, "{wrong}");
        }
        assert_eq!(below("r", 4), "SUBSTR(r, 1, 4) || '00'");
        assert_eq!(
            (digits_below("000000"), digits_below("330100"), digits_below("x")),
            (Some(2), Some(6), None)
        );
    }
}
