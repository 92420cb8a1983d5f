//! Ledgers and statistics as tables: casework's rows and figures put into the columns that the definitions name.

use crate::{App, Caller, failure::Failure, press::record};
use mingcha_casework::{
    docket::{By, FIGURES, INSTITUTIONS, KeptTable, Period, RegionFigures, TableKey},
    store::Error,
};
use mingcha_model::Fen;
use mingcha_papers::ledger::{
    Amount, Closed, ColumnType, Definition, Entry, Every, Figure, Kind, RowError, Table, TableRegion,
};
use std::collections::{BTreeMap, BTreeSet};

/// Which table is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Id of the ledger.
    pub ledger: String,
    /// A quarter such as `2026Q1`, or the name of a campaign.
    pub period: String,
    /// Its days.
    pub days: Period,
    /// Region.
    pub region: String,
}

/// A table with what it is beside.
pub struct Made {
    /// The table, as closed where it was.
    pub table: Table,
    /// The closing, where it was closed, with its version.
    pub closed: Option<(Closed, i64)>,
    /// Codes of regions by the names of the rows.
    pub regions: BTreeMap<String, String>,
}

impl Asked {
    /// The key that a closed table is kept under.
    pub fn key(&self) -> TableKey {
        TableKey { ledger: self.ledger.clone(), period: self.period.clone(), region: self.region.clone() }
    }

    /// The period in words.
    fn words(&self) -> String {
        match self.period.split_once('Q') {
            Some((year, quarter)) if Period::quarter(&self.period).is_some() => {
                format!("{year}年第{quarter}季度")
            }
            _ if self.period.is_empty() => format!("{}至{}", self.days.from, self.days.to),
            _ => format!("{}（{}至{}）", self.period, self.days.from, self.days.to),
        }
    }
}

/// The definition of that id.
pub fn definition<'a>(app: &'a App, id: &str) -> Result<&'a Definition, Failure> {
    Ok(app.papers.ledgers.get(id).ok_or(Error::NotFound)?)
}

/// The days of a period: of its quarter where the table is made by quarters, else as they were given.
pub fn days(
    definition: &Definition,
    period: &str,
    from: Option<&String>,
    to: Option<&String>,
) -> Result<Period, Failure> {
    if let Some(quarter) = Period::quarter(period) {
        return Ok(quarter);
    }
    if definition.period == Some(Every::Quarter) {
        return Err(Error::invalid("period", "须为如 2026Q1 的季度").into());
    }
    let day = |text: Option<&String>, field: &str| {
        let parsed = text.and_then(|text| mingcha_model::Date::parse(text));
        parsed.ok_or_else(|| Failure::from(Error::invalid(field, "须为如 2026-01-31 的日期")))
    };
    let days = Period { from: day(from, "from")?, to: day(to, "to")? };
    if days.from > days.to || period.chars().count() > 60 || period.chars().any(char::is_control) {
        return Err(Error::invalid("to", "止日不早于起日，行动名称不超过60字").into());
    }
    Ok(days)
}

/// Makes a table, or takes it as it was closed. `export` where it is taken out as a file.
pub async fn made(app: &App, caller: &Caller, asked: &Asked, export: bool) -> Result<Made, Failure> {
    let definition = definition(app, &asked.ledger)?;
    if definition.kind == Kind::Ledger {
        let table = ledger(app, caller, definition, asked, export).await?;
        return Ok(Made { table, closed: None, regions: BTreeMap::new() });
    }
    let figures = app.docket.figures(caller.context(), &asked.region, asked.days).await?;
    let regions = figures.iter().map(|region| (region.name.clone(), region.region.clone())).collect();
    let closed = match app.docket.closed_table(&caller.context(), &asked.key()).await {
        Ok(kept) => kept.as_ref().map(closed).transpose()?,
        Err(Error::Denied(_) | Error::Invalid { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let table = match &closed {
        Some((closed, _)) => closed.table().clone(),
        None => statistics(definition, asked, &figures)?,
    };
    Ok(Made { table, closed, regions })
}

/// What was closed, proved.
pub fn closed(kept: &KeptTable) -> Result<(Closed, i64), Failure> {
    let broken = |what: String| Failure::from(Error::Stored(format!("closed table: {what}")));
    let closed: Closed = serde_json::from_str(&kept.body).map_err(|error| broken(error.to_string()))?;
    Ok((closed.proved().map_err(|error| broken(error.to_string()))?, kept.version))
}

/// Statistics from figures.
pub fn statistics(
    definition: &Definition,
    asked: &Asked,
    figures: &[RegionFigures],
) -> Result<Table, Failure> {
    let known: BTreeSet<&str> = FIGURES.iter().map(|(name, _)| *name).chain([INSTITUTIONS]).collect();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let region = |region: &RegionFigures| {
        let mut row = BTreeMap::new();
        for column in &definition.columns {
            for id in [&column.from, &column.of].into_iter().filter(|id| known.contains(id.as_str())) {
                let value = region.figures.get(id).copied().unwrap_or(0);
                let amount = match column.kind {
                    ColumnType::Money => Amount::Money(Fen(value)),
                    _ => Amount::Count(value),
                };
                row.entry(id.clone()).or_insert_with(|| Figure::new(amount, []));
            }
        }
        let name = match names.insert(region.name.clone()) {
            true => region.name.clone(),
            false => format!("{}（{}）", region.name, region.region),
        };
        TableRegion { name, figures: row }
    };
    let regions: Vec<TableRegion> = figures.iter().map(region).collect();
    definition.statistics(&asked.words(), &regions).map_err(|error| unfit(&error))
}

async fn ledger(
    app: &App,
    caller: &Caller,
    definition: &Definition,
    asked: &Asked,
    export: bool,
) -> Result<Table, Failure> {
    let received = definition.columns.iter().any(|column| column.from == "transfer.received_on");
    let by = if received { By::Received } else { By::Sent };
    let rows = app.docket.transfer_rows(caller.context(), &asked.region, asked.days, by, export).await?;
    let entries: Vec<Entry> =
        rows.into_iter().map(|row| Entry { id: row.id, record: record(&row.cells) }).collect();
    definition.ledger(&asked.words(), &entries).map_err(|error| unfit(&error))
}

/// A definition that asks for what casework does not count is its author's fault, and named.
fn unfit(error: &RowError) -> Failure {
    Error::invalid("ledger", format!("报表栏目与可汇总的指标不符：{error}")).into()
}
