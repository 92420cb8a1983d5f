//! A knowledge table: rows of codes, names and limits with their source and the days for which they hold.

use crate::table_file::Form;
use mingcha_model::Date;

/// One knowledge table, all values as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Knowledge {
    /// Name, which is its folder.
    pub name: String,
    /// Chinese title.
    pub title: String,
    /// Where the facts come from.
    pub source: String,
    /// Column names, without `begndate` and `enddate`.
    pub columns: Vec<String>,
    /// What each column means, in Chinese, in the order of `columns`.
    pub meanings: Vec<String>,
    /// What the values of each column look like, in the order of `columns`.
    pub forms: Vec<Form>,
    /// Rows in file order.
    pub rows: Vec<KnowledgeRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct KnowledgeRow {
    /// Line in the file, from 1, for messages.
    pub line: u64,
    /// Values in the order of the table's columns.
    pub values: Vec<String>,
    /// First day on which it holds, inclusive; always where `None`.
    pub begin: Option<Date>,
    /// Last day on which it holds, inclusive; always where `None`.
    pub end: Option<Date>,
}

impl Knowledge {
    /// The index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The rows that somebody looks for, in file order; all where there is no text. A row is found by its codes and by its words: a
    /// code that begins with the text, or with which the text begins, for what holds for a prefix holds for every code under it. With
    /// a day, only rows that hold on it.
    pub fn find<'a>(&'a self, text: &'a str, day: Option<Date>) -> impl Iterator<Item = &'a KnowledgeRow> {
        let code = text.to_ascii_uppercase();
        self.rows.iter().filter(move |row| {
            let mut cells = self.forms.iter().zip(&row.values);
            day.is_none_or(|day| row.holds_on(day))
                && (text.is_empty() || cells.any(|(form, value)| is_found(*form, value, text, &code)))
        })
    }
}

impl KnowledgeRow {
    /// Whether the row holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.begin.is_none_or(|begin| begin <= day) && self.end.is_none_or(|end| day <= end)
    }
}

/// Whether a value is what somebody looks for by a text, or by the same text written as a code.
fn is_found(form: Form, value: &str, text: &str, code: &str) -> bool {
    match form {
        Form::Text => value.contains(text),
        Form::Integer | Form::Date => false,
        _ => value.split_whitespace().any(|one| one.starts_with(code) || code.starts_with(one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, code: &str, name: &str, begin: Option<&str>) -> KnowledgeRow {
        let values = vec![code.to_owned(), name.to_owned(), "7".to_owned()];
        KnowledgeRow { line, values, begin: begin.and_then(Date::parse), end: None }
    }

    fn found(text: &str, day: Option<&str>) -> Vec<u64> {
        let columns: Vec<String> = ["code_prefix", "name", "batch"].map(str::to_owned).to_vec();
        let table = Knowledge {
            name: "drug".to_owned(),
            title: String::new(),
            source: String::new(),
            meanings: columns.clone(),
            columns,
            forms: vec![Form::DrugPrefix, Form::Text, Form::Integer],
            rows: vec![
                row(2, "XB05AAR021B", "人血白蛋白", None),
                row(3, "XL02BBA326A001", "阿帕他胺片", Some("2025-01-01")),
            ],
        };
        table.find(text, day.and_then(Date::parse)).map(|row| row.line).collect()
    }

    #[test]
    fn rows_are_found_by_codes_names_and_days() {
        assert_eq!(found("", None), [2, 3]);
        assert_eq!(found("xb05", None), [2], "the beginning of a code, in small letters too");
        assert_eq!(found("XB05AAR021B002", None), [2], "a code under the prefix of a row");
        assert_eq!(found("白蛋白", None), [2]);
        assert_eq!(found("7", None), [0; 0], "a number of a batch is no code");
        assert_eq!(found("", Some("2024-12-31")), [2]);
        assert_eq!(found("", Some("2025-01-01")), [2, 3]);
    }
}
