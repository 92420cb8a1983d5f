//! Runs a SELECT step by step: a named query that is read more than once is computed once and kept, the others stay views.
//!
//! DataFusion plans a named query anew wherever it is read, so that a chain of them would be computed many times over.

use datafusion::{
    arrow::array::RecordBatch,
    common::{DataFusionError, Result},
    datasource::MemTable,
    execution::context::SQLOptions,
    prelude::{DataFrame, SessionContext},
    sql::sqlparser::{
        ast::{Query, Statement},
        dialect::GenericDialect,
        parser::Parser,
    },
};
use std::sync::Arc;

/// The rows of one SELECT, with named queries before it or not.
pub async fn run(session: &SessionContext, text: &str) -> Result<Vec<RecordBatch>> {
    frame(session, text).await?.collect().await
}

/// The same, ready to be asked for its columns or its rows; named queries that are kept are computed already.
pub async fn frame(session: &SessionContext, text: &str) -> Result<DataFrame> {
    let mut query = parse(text)?;
    let simple = |query: &Query| {
        query.with.as_ref().is_some_and(|with| {
            !with.recursive && with.cte_tables.iter().all(|one| one.alias.columns.is_empty())
        })
    };
    if simple(&query)
        && let Some(with) = query.with.take()
    {
        let names: Vec<String> =
            with.cte_tables.iter().map(|one| one.alias.name.value.to_lowercase()).collect();
        let texts: Vec<String> = with.cte_tables.iter().map(|one| one.query.to_string()).collect();
        let last = query.to_string();
        for (at, name) in names.iter().enumerate() {
            let later = texts[at + 1..].iter().chain([&last]);
            let readers: usize = later.map(|text| reads(text, name)).sum();
            step(session, name, &texts[at], readers > 1).await?;
        }
    }
    select(session, &query.to_string()).await
}

async fn step(session: &SessionContext, name: &str, text: &str, keep: bool) -> Result<()> {
    if session.table_exist(name)? {
        return Err(DataFusionError::Plan(format!(
            "the named query `{name}` is called as a table of the rule is"
        )));
    }
    let rows = select(session, text).await?;
    if !keep {
        return session.register_table(name, rows.into_view()).map(drop);
    }
    let schema = Arc::new(rows.schema().as_arrow().clone());
    let table = MemTable::try_new(schema, rows.collect_partitioned().await?)?;
    session.register_table(name, Arc::new(table)).map(drop)
}

async fn select(session: &SessionContext, text: &str) -> Result<DataFrame> {
    let only_reading =
        SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    session.sql_with_options(text, only_reading).await
}

fn parse(text: &str) -> Result<Box<Query>> {
    let plan = |reason: String| DataFusionError::Plan(reason);
    let mut statements =
        Parser::parse_sql(&GenericDialect {}, text).map_err(|error| plan(error.to_string()))?;
    match (statements.pop(), statements.is_empty()) {
        (Some(Statement::Query(query)), true) => Ok(query),
        _ => Err(plan("it is not one SELECT".to_owned())),
    }
}

/// How often a text reads a table of that name: the word after FROM or JOIN.
fn reads(text: &str, name: &str) -> usize {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let after = |word: &str| word.eq_ignore_ascii_case("from") || word.eq_ignore_ascii_case("join");
    words.windows(2).filter(|pair| after(pair[0]) && pair[1].eq_ignore_ascii_case(name)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_counted_where_a_table_stands() {
        let text = "SELECT slot.k, slot FROM slot JOIN other ON other.slot = slot.k LEFT JOIN slot s ON TRUE";
        assert_eq!((reads(text, "slot"), reads(text, "other"), reads(text, "k")), (2, 1, 0));
    }
}
