//! Lists, counts and exports of matters: filters of the one who asks inside what policy lets him see, in one statement.

use super::{
    Docket,
    matter::{HEADING, Heading, heading},
};
use crate::{
    act::is_code,
    policy::{self, Column, Columns, Filter, Part},
    store::{Backend, Context, Draft, Error},
};
use serde::{Deserialize, Serialize};
use sqlx::{Any, AssertSqlSafe, Row as _, any::AnyArguments, query::Query as Statement};
use std::fmt::Write as _;
use utoipa::{IntoParams, ToSchema};

/// What a list is asked for. Texts are compared whole but for `q`; instants are seconds of China's civil time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Which machine: `clue`, `case`, …
    pub machine: Option<String>,
    /// States, separated by commas.
    pub state: Option<String>,
    /// Region, with all that lies in it.
    pub region: Option<String>,
    /// Organisation that owns it.
    pub organisation: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Grade of risk.
    pub grade: Option<String>,
    /// Whom it is about.
    pub subject: Option<String>,
    /// Designated institution.
    pub institution: Option<String>,
    /// What it grew out of.
    pub parent: Option<String>,
    /// Account that works on it.
    pub member: Option<String>,
    /// Whether it has come to an end.
    pub ended: Option<bool>,
    /// Due at this instant or before.
    pub due_by: Option<i64>,
    /// At least so much money, fen.
    pub least: Option<i64>,
    /// `person`, `institution`, `group`, …
    pub subject_kind: Option<String>,
    /// Rule that a clue came from.
    pub rule: Option<String>,
    /// Item of the negative list that the rule covers.
    pub covers: Option<String>,
    /// Severity of the rule, 1 to 3.
    pub severity: Option<i64>,
    /// Begun at this instant or later.
    pub begun_from: Option<i64>,
    /// Begun before this instant.
    pub begun_to: Option<i64>,
    /// What other organisations handed to one's own.
    pub handed_to_me: bool,
    /// With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever.
    pub waiting_for: Option<String>,
    /// A part of the title, the beginning of the id or of the number in it, also as pages write it: `案件 1a2b3c4d`.
    pub q: Option<String>,
    /// What comes first.
    pub sort: Option<Sort>,
    /// The other way round.
    pub descending: bool,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Rows of a page, 1 to 500; 50 where absent.
    pub size: Option<u32>,
}

/// What a list is sorted by; the id decides between equals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Last change.
    #[default]
    Changed,
    /// Beginning.
    Begun,
    /// Next end of a limit.
    Due,
    /// Money.
    Amount,
    /// Score.
    Score,
    /// Id.
    Id,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::Changed => "m.changed",
            Self::Begun => "m.begun",
            Self::Due => "m.due",
            Self::Amount => "m.amount",
            Self::Score => "m.score",
            Self::Id => "m.id",
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page {
    /// Rows of the page.
    pub items: Vec<Heading>,
    /// Rows of all pages, counted up to 500.
    pub total: i64,
    /// Whether there are more than that.
    pub more: bool,
}

/// Rows beyond which a list says no more than that there are more: the count must cost no more than the page.
const COUNTED: i64 = 500;
/// Most words of a list with commas.
pub(super) const LISTED: usize = 50;
/// Most rows of an export.
const EXPORTED: i64 = 100_000;

/// Where the columns of a filter are.
struct Place {
    /// Whether SQLite, which knows little of how many rows a range holds, shall take the index of a list's order and not that of a range.
    ordered: bool,
}

impl Columns for Place {
    fn value(&self, column: Column) -> String {
        let name = match column {
            Column::Kind => "machine",
            other => other.name(),
        };
        format!("m.{name}")
    }

    fn range(&self, column: Column) -> String {
        let value = self.value(column);
        if self.ordered { format!("+{value}") } else { value }
    }

    fn member(&self, column: Column) -> (String, String) {
        let (table, value, also) = match column {
            Column::HandedTo => ("handed", "organisation", ""),
            // The few that somebody is recused from are read once, not looked for in every row.
            Column::Recused => {
                let text = "m.id IN (SELECT x.matter FROM member x WHERE x.recused = 1 AND x.account = ";
                return (text.to_owned(), ")".to_owned());
            }
            _ => ("member", "account", " AND x.recused = 0"),
        };
        (
            format!("EXISTS (SELECT 1 FROM {table} x WHERE x.matter = m.id{also} AND x.{value} = "),
            ")".to_owned(),
        )
    }
}

/// A statement that is being put together, with what is bound to it.
#[derive(Default)]
pub(super) struct Sql {
    pub text: String,
    ordered: bool,
    values: Vec<Part>,
}

impl Sql {
    pub fn bind(&mut self, value: Part) {
        self.values.push(value);
        let _ = write!(self.text, "${}", self.values.len());
    }

    pub fn filter(&mut self, filter: &Filter) {
        for part in filter.sql(&Place { ordered: self.ordered }) {
            match part {
                Part::Sql(text) => self.text.push_str(&text),
                value => self.bind(value),
            }
        }
    }

    fn and_is(&mut self, column: &str, value: Option<&String>) {
        if let Some(value) = value {
            let _ = write!(self.text, " AND {column} = ");
            self.bind(Part::Text(value.clone()));
        }
    }

    /// Among the matters that a statement finds by a text.
    fn among(&mut self, found: &str, by: Option<&str>) {
        if let Some(by) = by {
            let _ = write!(self.text, " AND m.id IN ({found}");
            self.bind(Part::Text(by.to_owned()));
            self.text.push(')');
        }
    }

    /// One of some texts, separated by commas.
    fn is_in(&mut self, column: &str, texts: &str) {
        let _ = write!(self.text, " AND {column} IN (");
        for (index, text) in texts.split(',').take(LISTED).enumerate() {
            self.text.push_str(if index == 0 { "" } else { ", " });
            self.bind(Part::Text(text.to_owned()));
        }
        self.text.push(')');
    }

    /// What is asked for and of what, in one text.
    fn told(&self) -> String {
        let mut told = self.text.clone();
        for value in &self.values {
            told.push('\0');
            match value {
                Part::Text(text) | Part::Sql(text) => told.push_str(text),
                Part::Long(number) => _ = write!(told, "{number}"),
            }
        }
        told
    }

    pub fn bound(&self, text: String) -> Statement<'_, Any, AnyArguments> {
        self.values.iter().fold(sqlx::query(AssertSqlSafe(text)), |statement, value| match value {
            Part::Text(text) => statement.bind(text.as_str()),
            Part::Long(number) => statement.bind(*number),
            Part::Sql(_) => statement,
        })
    }
}

/// What is asked for inside of what one may see; `own` is the organisation of the one who asks.
pub(super) fn condition(scope: &Filter, query: &Query, own: &str) -> Sql {
    conditions(Sql::default(), scope, query, own)
}

/// The same for a page in its order.
pub(super) fn listed(backend: Backend, scope: &Filter, query: &Query, own: &str) -> Sql {
    conditions(Sql { ordered: backend == Backend::Sqlite, ..Sql::default() }, scope, query, own)
}

fn conditions(mut sql: Sql, scope: &Filter, query: &Query, own: &str) -> Sql {
    sql.filter(scope);
    // Those that another table names are few; SQLite would walk through the whole machine for them.
    let named = query.handed_to_me || query.covers.is_some() || query.member.is_some();
    sql.and_is(if sql.ordered && named { "+m.machine" } else { "m.machine" }, query.machine.as_ref());
    sql.and_is("m.organisation", query.organisation.as_ref());
    sql.and_is("m.source", query.source.as_ref());
    sql.and_is("m.grade", query.grade.as_ref());
    sql.and_is("m.subject", query.subject.as_ref());
    sql.and_is("m.institution", query.institution.as_ref());
    sql.and_is("m.parent", query.parent.as_ref());
    sql.and_is("m.subject_kind", query.subject_kind.as_ref());
    sql.and_is("m.rule", query.rule.as_ref());
    // What is asked for is mostly few, and read from its own index first.
    sql.among("SELECT x.matter FROM cover x WHERE x.item = ", query.covers.as_deref());
    sql.among("SELECT x.matter FROM handed x WHERE x.organisation = ", query.handed_to_me.then_some(own));
    sql.among("SELECT x.matter FROM member x WHERE x.recused = 0 AND x.account = ", query.member.as_deref());
    if let Some(states) = &query.state {
        sql.is_in("m.state", states);
    }
    if let Some(whom) = &query.waiting_for {
        // In these words, for only they mean the index of what waits.
        sql.text.push_str(" AND m.waiting_for <> ''");
        if whom != "others" {
            sql.is_in("m.waiting_for", whom);
        }
    }
    if let Some(region) = &query.region {
        sql.text.push_str(" AND ");
        sql.filter(&Filter::Under(Column::Region, region.clone()));
    }
    if let Some(ended) = query.ended {
        sql.text.push_str(if ended { " AND m.ended IS NOT NULL" } else { " AND m.ended IS NULL" });
    }
    let numbers = [
        ("m.due <= ", query.due_by),
        ("m.amount >= ", query.least),
        ("m.severity = ", query.severity),
        ("m.begun >= ", query.begun_from),
        ("m.begun < ", query.begun_to),
    ];
    for (column, number) in numbers {
        if let Some(number) = number {
            let _ = write!(sql.text, " AND {column}");
            sql.bind(Part::Long(number));
        }
    }
    if let Some(text) = query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        sql.text.push_str(" AND (m.title LIKE ");
        sql.bind(Part::Text(format!("%{plain}%")));
        sql.text.push_str(" ESCAPE '\\' OR m.id LIKE ");
        sql.bind(Part::Text(format!("{plain}%")));
        sql.text.push_str(" ESCAPE '\\'");
        if let Some(number) = number_of(text) {
            for pattern in [format!("{number}%"), format!("%-{number}%")] {
                sql.text.push_str(" OR m.id LIKE ");
                sql.bind(Part::Text(pattern));
            }
        }
        sql.text.push(')');
    }
    sql
}

/// Fewest digits of the beginning of a number that is looked for; pages show eight.
const NUMBER: usize = 6;

/// The beginning of the number of an id in what is looked for: its last word, where that is of such digits.
fn number_of(text: &str) -> Option<String> {
    let word = text.split_whitespace().last()?;
    let digits = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    (word.len() >= NUMBER && digits).then(|| word.to_ascii_lowercase())
}

/// The order of a list. SQLite, which knows little of how many rows a value has, would walk through all matters in their order for the few of
/// an institution; what is asked for by something that few have is sorted after it is found.
pub(super) fn order(query: &Query, backend: Backend) -> String {
    let few = [&query.institution, &query.subject, &query.parent, &query.rule, &query.member, &query.covers];
    let few = query.handed_to_me || few.into_iter().any(Option::is_some);
    let found = if few && backend == Backend::Sqlite { "+" } else { "" };
    let way = if query.descending { "DESC" } else { "ASC" };
    match query.sort.unwrap_or_default() {
        Sort::Id => format!("{found}m.id {way}"),
        // What has no end of a limit comes last, either way.
        Sort::Due => format!("{found}(m.due IS NULL), m.due {way}, m.id {way}"),
        other => format!("{found}{} {way}, m.id {way}", other.column()),
    }
}

/// The statement of a page.
pub(super) fn page_of(sql: &Sql, query: &Query, backend: Backend, size: i64, before: i64) -> String {
    let (text, order) = (&sql.text, order(query, backend));
    format!("SELECT {HEADING} FROM matter m WHERE {text} ORDER BY {order} LIMIT {size} OFFSET {before}")
}

impl Docket {
    /// A page of the matters that the one who asks may see.
    pub async fn list(&self, context: Context, query: &Query) -> Result<Page, Error> {
        let actor = self.actor(&context).await?;
        let scope = if query.q.is_some() {
            self.policies.scope(&actor, policy::Search).filter().clone()
        } else {
            self.policies.scope(&actor, policy::List).filter().clone()
        };
        let (size, page) =
            (i64::from(query.size.unwrap_or(50).clamp(1, 500)), i64::from(query.page.unwrap_or(1).max(1)));
        let before = (page - 1).saturating_mul(size);
        let sql = listed(self.store.backend(), &scope, query, &actor.organisation);
        let mut conn = self.store.reader().await?;
        let text = page_of(&sql, query, self.store.backend(), size, before);
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        let items = rows.iter().map(heading).collect::<Result<Vec<_>, _>>()?;
        // A page that is not full is the last one, and tells how many there are.
        let last = (items.len() as i64) < size && (page == 1 || !items.is_empty());
        let (list, now) = (sql.told(), self.store.now().time().0);
        let total = if last {
            before + items.len() as i64
        } else if self.crowds.knows(&list, now) {
            COUNTED + 1
        } else {
            let text = format!(
                "SELECT COUNT(*) FROM (SELECT 1 FROM matter m WHERE {} LIMIT {}) counted",
                sql.text,
                COUNTED + 1
            );
            let total = sql.bound(text).fetch_one(&mut *conn).await?.try_get(0)?;
            if total > COUNTED {
                self.crowds.learn(list, now);
            }
            total
        };
        drop(conn);
        self.looked(context, "list", query).await?;
        Ok(Page { items, total: total.min(COUNTED), more: total > COUNTED })
    }

    /// The headings for an export, at most 100,000; more is asked for in parts.
    pub async fn export(&self, context: Context, query: &Query) -> Result<Vec<Heading>, Error> {
        let actor = self.actor(&context).await?;
        let sql = condition(self.policies.scope(&actor, policy::Export).filter(), query, &actor.organisation);
        let text = format!(
            "SELECT {HEADING} FROM matter m WHERE {} ORDER BY {} LIMIT {}",
            sql.text,
            order(query, self.store.backend()),
            EXPORTED + 1
        );
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        drop(conn);
        if rows.len() as i64 > EXPORTED {
            return Err(Error::invalid("query", "超过10万条，请按地区或者时间分次导出"));
        }
        let items = rows.iter().map(heading).collect::<Result<Vec<_>, _>>()?;
        self.looked(context, "export", query).await?;
        Ok(items)
    }

    /// A query as the trail keeps it: what was searched for in words, which may be a name, stands there as a keyed digest.
    fn recorded(&self, query: &Query) -> Query {
        let vault = self.vaults.of::<policy::OpenPersonalData>().now();
        let hidden = |text: &String| if is_code(text) { text.clone() } else { vault.digest(text) };
        Query {
            q: query.q.as_ref().map(hidden),
            subject: query.subject.as_ref().map(hidden),
            ..query.clone()
        }
    }

    /// Records a look at many matters: what was asked for, so that it can be asked again.
    pub(super) async fn looked(&self, context: Context, act: &str, query: &Query) -> Result<(), Error> {
        let asked =
            serde_json::to_string(&self.recorded(query)).map_err(|error| Error::Stored(error.to_string()))?;
        self.store.record_read(context, Draft::new(act, "matters", "").change(None, Some(asked))).await
    }
}
