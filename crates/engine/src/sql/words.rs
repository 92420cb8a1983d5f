//! What the message of a rule in SQL may name: its SELECT is planned over tables without rows, and its columns are looked at.

use super::{Population, author, finding::STANDARD, population::failed, steps};
use crate::Result;
use datafusion::{arrow::datatypes::DataType, prelude::SessionContext};
use mingcha_library::{Library, Method, Rule};
use mingcha_model::Date;
use std::collections::BTreeSet;

/// Columns that become another part of a finding than a value of its message.
const TAKEN: [&str; 8] =
    ["subject_id", "begin_date", "end_date", "prac_psn_code", "admdvs", "kind", "message", "note"];
/// How the columns begin that name rows.
const ROWS: [&str; 3] = ["evidence_", "related_", "pair_"];
/// What only pairs of people have, and what a group that is merged from them has in its place.
const PAIR: [&str; 3] = ["a", "b", "least_people"];
const GROUP: [&str; 4] = ["people", "pairs", "members", "members_list"];

impl Population {
    /// Tables without a row: enough to plan a rule's SELECT.
    pub fn empty() -> Result<Self> {
        Self::open(&SessionContext::new(), Date(0))
    }

    /// The names that the columns of a rule's SELECT fill, with those that every finding knows; its parameters stand beside them. An
    /// error where the SELECT cannot be planned.
    pub fn placeholders(&self, library: &Library, rule: &Rule) -> Result<BTreeSet<String>> {
        let Method::Sql { text } = &rule.method else {
            return Err(author(&rule.name, "it has a detector, not SQL"));
        };
        let planned = self.runtime.block_on(async {
            let session = self.session(library, rule)?;
            steps::frame(&session, text).await
        });
        let planned = planned.map_err(|error| failed(&rule.name, &error))?;
        let columns = planned.schema().fields();
        let has = |name: &str| columns.iter().any(|column| column.name() == name);
        let pairs = has("a") && has("b") && !has("subject_id");
        let mut names: BTreeSet<String> = STANDARD.map(str::to_owned).into();
        for column in columns {
            let name = column.name().as_str();
            let of_pair = pairs && PAIR.contains(&name);
            if TAKEN.contains(&name) || of_pair || ROWS.iter().any(|begin| name.starts_with(begin)) {
                continue;
            }
            if matches!(column.data_type(), DataType::List(_)) {
                names.insert(format!("{name}_list"));
            }
            names.insert(name.to_owned());
        }
        names.extend(GROUP.iter().filter(|_| pairs).map(|name| (*name).to_owned()));
        Ok(names)
    }
}
