//! Where casework's values become papers: the press that it hands them to, and what people enter read by the fields of papers.

use crate::failure::{Answer, Failure};
use mingcha_casework::{
    docket::{Cell, Cells, Entered, Lacking, Press, Printed, Unprinted},
    paper::PaperNumber,
    store::Error,
};
use mingcha_model::{Date, Fen, Time};
use mingcha_papers::{
    Digest, Number, Papers, Record, Value,
    field::{Field, FieldType},
    issue::IssueError,
    template::{FaultKind, Faults},
};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The papers as a press.
pub struct PaperPress(pub std::sync::Arc<Papers>);

impl Press for PaperPress {
    fn print(&self, paper: &str, cells: &Cells, number: Option<&PaperNumber>) -> Result<Printed, Unprinted> {
        let number = number.map(|number| Number {
            place: number.place.clone(),
            series: number.series.clone(),
            year: number.year as u16,
            serial: number.serial as u32,
        });
        let issued = self.0.issue(paper, &record(cells), number.as_ref()).map_err(unprinted)?;
        let digest = |digest: &Digest| digest.sm3.clone();
        let (template, record) = (digest(&issued.frozen.template), digest(&issued.frozen.record));
        Ok(Printed { bytes: issued.bytes, template, record })
    }
}

fn unprinted(error: IssueError) -> Unprinted {
    let whole = |message: String| Unprinted(vec![Lacking { missing: false, label: String::new(), message }]);
    match error {
        IssueError::Faults(Faults(faults)) => {
            let lacking = faults.into_iter().map(|fault| Lacking {
                missing: fault.kind == FaultKind::Missing,
                message: fault.kind.chinese().0.to_owned(),
                label: fault.field,
            });
            Unprinted(lacking.collect())
        }
        other => whole(other.to_string()),
    }
}

/// What stands against a draft, as an answer.
pub fn unfit(error: IssueError) -> Failure {
    let Unprinted(lacking) = unprinted(error);
    let words: Vec<String> = lacking.iter().map(|one| format!("{}{}", one.label, one.message)).collect();
    Error::invalid("fields", words.join("；")).into()
}

/// Values as papers read them.
pub fn record(cells: &Cells) -> Record {
    let mut record = Record::default();
    for (path, cell) in cells {
        record.set(path, value(cell));
    }
    record
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::Text(text.clone()),
        Cell::Date(date) => Value::Date(*date),
        Cell::Time(time) => Value::Time(*time),
        Cell::Money(amount) => Value::Money(*amount),
        Cell::Count(count) => Value::Count(*count),
        Cell::List(items) => Value::List(items.iter().map(record).collect()),
    }
}

/// Most items of a list and characters of a text that is entered.
const ITEMS: usize = 500;
const CHARACTERS: usize = 20_000;

/// Reads what was entered for a paper, by label.
pub fn entered(papers: &Papers, paper: &str, fields: &BTreeMap<String, Json>) -> Answer<Vec<Entered>> {
    let kind = papers.papers.get(paper).ok_or_else(|| Error::invalid("paper", "没有这种文书"))?;
    let known: BTreeMap<&str, &Field> =
        kind.fields(&papers.fields).map(|(field, _)| (field.label.as_str(), field)).collect();
    let read = |(label, json): (&String, &Json)| {
        let wrong = |message: String| Failure::from(Error::invalid(format!("fields.{label}"), message));
        let field = known.get(label.as_str()).ok_or_else(|| wrong("该文书没有这个字段".to_owned()))?;
        if field.recorded {
            return Err(wrong("该项只取自案件记录，不得手填".to_owned()));
        }
        let cell = cell(field, json).ok_or_else(|| wrong(format!("须为{}", wanted(field.kind))))?;
        Ok(Entered { path: field.from.clone(), cell, keep: !field.personal })
    };
    fields.iter().map(read).collect()
}

/// What a value of that type looks like.
fn wanted(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "文字",
        FieldType::Date => "如 2026-01-31 的日期",
        FieldType::Time => "如 2026-01-31 09:00:00 的时间",
        FieldType::Money => "以分计的整数",
        FieldType::Count => "整数",
        FieldType::List => "列表，每项按栏目名称填写",
    }
}

fn cell(field: &Field, json: &Json) -> Option<Cell> {
    Some(match field.kind {
        FieldType::Text => {
            Cell::Text(json.as_str().filter(|text| text.chars().count() <= CHARACTERS)?.to_owned())
        }
        FieldType::Date => Cell::Date(Date::parse(json.as_str()?)?),
        FieldType::Time => Cell::Time(Time::parse(json.as_str()?)?),
        FieldType::Money => Cell::Money(Fen(json.as_i64().filter(|amount| *amount >= 0)?)),
        FieldType::Count => Cell::Count(count(json).filter(|count| *count >= 0)?),
        FieldType::List => {
            let items = json.as_array().filter(|items| items.len() <= ITEMS)?;
            Cell::List(items.iter().map(|item| item_of(field, item)).collect::<Option<_>>()?)
        }
    })
}

/// A whole number; in a row of a list it may come as its digits.
fn count(json: &Json) -> Option<i64> {
    json.as_i64().or_else(|| json.as_str()?.trim().parse().ok())
}

fn item_of(field: &Field, json: &Json) -> Option<Cells> {
    let mut item = Cells::new();
    for (label, json) in json.as_object()? {
        let column = field.columns.iter().find(|column| column.label == *label)?;
        // What was left empty in a row is the record's, or is not there.
        if json.as_str().is_some_and(|text| text.trim().is_empty()) {
            continue;
        }
        item.insert(column.from.clone(), cell(column, json)?);
    }
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(paper: &str, fields: &Json) -> Result<Vec<Entered>, Option<String>> {
        let (papers, _) = Papers::embedded();
        let fields = serde_json::from_value(fields.clone()).expect("an object");
        entered(&papers, paper, &fields).map_err(|failure| failure.field().map(str::to_owned))
    }

    #[test]
    fn what_is_entered_is_read_by_its_field_and_a_wrong_value_is_named() {
        let good = json!({
            "案由": "重复收费", "当事人名称": "某医院", "身份证件号码": "0000",
            "办案人员": [{ "姓名": "甲某", "执法证号": "X1" }],
        });
        let read_back = read("filing-approval", &good).expect("in order");
        let of = |path: &str| read_back.iter().find(|entered| entered.path == path).expect("there");
        assert_eq!(of("case.cause").cell, Cell::Text("重复收费".into()));
        assert!(of("case.cause").keep && !of("party.certificate").keep, "what is personal is not kept");
        for (wrong, field) in [
            (json!({ "案由": 5 }), "fields.案由"),
            (json!({ "没有": "x" }), "fields.没有"),
            (json!({ "制作日期": "2026-01-01" }), "fields.制作日期"),
            (json!({ "办案人员": [{ "身高": "1" }] }), "fields.办案人员"),
        ] {
            assert_eq!(read("filing-approval", &wrong), Err(Some(field.to_owned())), "{wrong}");
        }
        let row = json!({ "证据": [{ "名称": "", "取得日期": " ", "页数": "120" }] });
        let rows = read("investigation-report", &row).expect("pages of what the record holds");
        let pages = Cells::from([("pages".to_owned(), Cell::Count(120))]);
        assert_eq!(rows[0].cell, Cell::List(vec![pages]));
        let dated = json!({ "改正截止日期": "2026-02-30" });
        assert_eq!(read("correction-notice", &dated), Err(Some("fields.改正截止日期".to_owned())));
        assert_eq!(read("nothing", &json!({})), Err(Some("paper".to_owned())));
    }
}
