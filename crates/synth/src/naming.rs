//! Foreign names for the claims: which file, header and code of somebody else's system a table, column and code of ours becomes.

use crate::SynthError;
use mingcha_model::table::{Table, table};
use std::collections::BTreeMap;

/// Names of a foreign system.
///
/// Rows of a table go to the first of its [`Foreign`]s whose `only` they meet. What no entry takes is written with our own names, apart
/// from the rest, into `own/`.
#[derive(Clone, Debug, Default)]
pub struct Naming {
    /// Files, in the order in which they are tried.
    pub files: Vec<Foreign>,
}

/// One kind of foreign file.
#[derive(Clone, Debug, Default)]
pub struct Foreign {
    /// Our table.
    pub table: String,
    /// Beginning of the file's name.
    pub file: String,
    /// Our columns and their headers there; columns that are not named are left out.
    pub columns: Vec<(String, String)>,
    /// Our columns and the values that a row must have to stand in this file.
    pub only: Vec<(String, String)>,
    /// Columns of `person` that stand on each row, with their headers. The people are then in no file of their own.
    pub beside: Vec<(String, String)>,
    /// Our codes and theirs, by our column.
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
}

impl Naming {
    /// Whether all tables and columns are ours.
    pub fn check(&self) -> Result<(), SynthError> {
        for foreign in &self.files {
            let ours = foreign.ours()?;
            let own = foreign.columns.iter().chain(&foreign.only).map(|(name, _)| name);
            let known = own.chain(foreign.codes.keys()).all(|name| ours.column(name).is_some());
            let person = table("person").ok_or(SynthError::Table("person"))?;
            if !known || foreign.beside.iter().any(|(name, _)| person.column(name).is_none()) {
                return Err(SynthError::Options("the naming names a column that is none of ours"));
            }
        }
        Ok(())
    }

    /// Whether the rows of a table only stand beside others.
    pub(crate) fn carried(&self, name: &str) -> bool {
        name == "person" && self.files.iter().any(|foreign| !foreign.beside.is_empty())
    }
}

impl Foreign {
    pub(crate) fn ours(&self) -> Result<&'static Table, SynthError> {
        table(&self.table).ok_or(SynthError::Options("the naming names a table that is none of ours"))
    }
}
