//! DuckDB as the independent oracle: each rule's SELECT over random worlds, netted by SQL of its own, must answer with the same rows.

#[path = "../../../../bench/python.rs"]
mod python;

use super::{Population, answer, fixture};
use datafusion::{
    arrow::{
        array::{RecordBatch, StringArray},
        datatypes::{DataType, Field, Schema},
    },
    parquet::arrow::ArrowWriter,
};
use mingcha_detect::{
    Tables,
    rows::{self, TextRow, TextTables},
};
use mingcha_library::{Library, Method, ResolvedRule};
use mingcha_model::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

/// One row as texts by column, null where absent.
type PlainRow = BTreeMap<String, String>;

const WORLDS: u64 = 4;

#[test]
fn duckdb_answers_every_rule_in_sql_with_the_same_rows() {
    let library = Library::load(&repository().join("library")).0;
    let rules: Vec<ResolvedRule> = library
        .rules
        .iter()
        .filter(|rule| matches!(rule.method, Method::Sql { .. }))
        .map(|rule| rule.resolve_with(&toml::Table::new()).expect("defaults are allowed"))
        .collect();
    let as_of = Date::parse("2025-06-20").expect("a day");
    let mut spoke = BTreeSet::new();
    for seed in 1..=WORLDS {
        let tables = rows::tables(&World::new(seed).rows()).expect("rows of the tables");
        let session = fixture::session(&tables).expect("tables in memory");
        let population = Population::open(&session, as_of).expect("live rows");
        let theirs = duckdb(&library, &tables, &rules, as_of);
        for (resolved, theirs) in rules.iter().zip(theirs) {
            let batches = population.answer(&library, &resolved.rule).expect("it runs");
            let ours = plain(&batches);
            assert_eq!(ours, theirs, "{} in world {seed}", resolved.rule.name);
            if !ours.is_empty() {
                spoke.insert(resolved.rule.name.clone());
            }
        }
    }
    let silent: Vec<&str> =
        rules.iter().map(|one| one.rule.name.as_str()).filter(|name| !spoke.contains(*name)).collect();
    assert!(silent.is_empty(), "the random worlds say nothing about {silent:?}");
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn duckdb(library: &Library, tables: &Tables, rules: &[ResolvedRule], as_of: Date) -> Vec<Vec<PlainRow>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, batches) in &tables.0 {
        write(&folder.path().join(format!("{name}.parquet")), &batches[0]);
    }
    for name in rules.iter().flat_map(|one| &one.rule.knowledge).collect::<BTreeSet<_>>() {
        let table = library.knowledge(name).expect("a declared table");
        let fields: Vec<Field> =
            table.columns.iter().map(|column| Field::new(column, DataType::Utf8, true)).collect();
        let column =
            |at: usize| -> StringArray { table.rows.iter().map(|row| Some(&row.values[at])).collect() };
        let columns = (0..fields.len()).map(|at| Arc::new(column(at)) as _).collect();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("texts");
        write(&folder.path().join(format!("knowledge_{name}.parquet")), &batch);
    }
    let mut command = Command::new(python::python("duckdb"));
    command.arg(repository().join("bench/oracle.py")).arg(folder.path()).arg(as_of.to_string());
    for (at, resolved) in rules.iter().enumerate() {
        let Method::Sql { text } = &resolved.rule.method else { continue };
        let file = folder.path().join(format!("{at}.sql"));
        fs::write(&file, text).expect("a file");
        command.arg(file);
    }
    let output = command.output().expect("the oracle starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers: Vec<Vec<serde_json::Map<String, serde_json::Value>>> =
        serde_json::from_slice(&output.stdout).expect("JSON");
    answers.into_iter().map(|rows| sorted(rows.into_iter().map(of_json).collect())).collect()
}

fn write(file: &Path, batch: &RecordBatch) {
    let file = File::create(file).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
    writer.write(batch).expect("rows");
    writer.close().expect("the end");
}

fn of_json(row: serde_json::Map<String, serde_json::Value>) -> PlainRow {
    use serde_json::Value;
    let text = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Number(number) => Some(fixed(number.as_f64().unwrap_or(f64::NAN))),
        Value::Array(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")),
        other => Some(other.to_string()),
    };
    row.into_iter().filter_map(|(column, value)| Some((column, text(value)?))).collect()
}

fn fixed(number: f64) -> String {
    mingcha_model::money::format_fixed((number * 100.0).round() as i64, 2, 0)
}

fn plain(batches: &[RecordBatch]) -> Vec<PlainRow> {
    let mut plain = Vec::new();
    for batch in batches {
        let first = plain.len();
        plain.resize_with(first + batch.num_rows(), PlainRow::new);
        for (at, field) in batch.schema().fields().iter().enumerate() {
            for (row, cell) in plain[first..].iter_mut().zip(answer::cells(batch.column(at)).expect("cells"))
            {
                let text = match cell {
                    answer::Cell::Null => continue,
                    answer::Cell::One(text) => text,
                    answer::Cell::Many(texts) => texts.join("、"),
                };
                row.insert(field.name().clone(), text);
            }
        }
    }
    sorted(plain)
}

fn sorted(mut rows: Vec<PlainRow>) -> Vec<PlainRow> {
    rows.sort();
    rows
}

/// A small dense world in which every rule finds something: a few places, forty people, half a year.
struct World {
    state: u64,
    tables: TextTables,
}

const PLACES: [(&str, &str, &str, &str); 7] = [
    ("P99010100001", "2", "", "0"),
    ("P99010100002", "2", "", "0"),
    ("P99010100003", "2", "", ""),
    ("H99010100001", "1", "05", "0"),
    ("H99010100002", "1", "05", ""),
    ("H99010100003", "1", "11", "1"),
    ("H99010100004", "1", "11", "0"),
];
const GOODS: [&str; 4] =
    ["XB05AAR021B001010100001", "XC10AAA067A001010100001", "001101000010000", "XN02BEB005A001010100001"];

impl World {
    fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15), tables: TextTables::new() }
    }

    /// A number below `most`, by xorshift.
    fn below(&mut self, most: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % most
    }

    fn add(&mut self, table: &str, row: &[(&str, String)]) {
        let row: TextRow = row.iter().map(|(column, text)| ((*column).to_owned(), text.clone())).collect();
        self.tables.entry(table.to_owned()).or_default().push(row);
    }

    fn count(&self, table: &str) -> usize {
        self.tables.get(table).map_or(0, Vec::len)
    }

    fn rows(mut self) -> TextTables {
        for (code, kind, level, assist) in PLACES {
            let row = [
                ("fixmedins_code", code),
                ("fixmedins_type", kind),
                ("hosp_lv", level),
                ("is_assist", assist),
            ];
            self.add("institution", &row.map(|(column, text)| (column, text.to_owned())));
        }
        for person in 0..40 {
            let home = self.below(35);
            let home = if home == 0 { String::new() } else { format!("9901010000{home:02}") };
            let (employer, aided) = (self.below(30), self.below(3) > 0);
            let group = if aided { "061" } else { "" }.to_owned();
            let row = [
                ("psn_no", format!("P{person:02}")),
                ("resd_codg", home),
                ("emp_no", format!("E{employer}")),
                ("psn_idet_type", group),
            ];
            self.add("person", &row);
        }
        self.visits();
        self.company();
        self.stays();
        self.lines();
        self.refunds();
        self.tables
    }

    fn settle(
        &mut self,
        person: u64,
        place: usize,
        time: String,
        med_type: &str,
        stay: Option<(String, String)>,
    ) {
        let n = self.count("settlement") + 1;
        let device = match place {
            2 => String::new(),
            _ => format!("T{}", self.below(2)),
        };
        let (begin, end) = stay.unwrap_or((time.clone(), time.clone()));
        let (psn_no, code) = (format!("P{person:02}"), PLACES[place].0.to_owned());
        self.add(
            "encounter",
            &[
                ("mdtrt_id", format!("M{n}")),
                ("psn_no", psn_no.clone()),
                ("fixmedins_code", code.clone()),
                ("med_type", med_type.to_owned()),
                ("begntime", begin),
                ("endtime", end),
            ],
        );
        self.add(
            "settlement",
            &[
                ("setl_id", format!("S{n}")),
                ("mdtrt_id", format!("M{n}")),
                ("psn_no", psn_no),
                ("fixmedins_code", code),
                ("med_type", med_type.to_owned()),
                ("setl_time", time),
                ("setl_dev_no", device),
                ("refd_setl_flag", "0".to_owned()),
                ("fund_pay_sumamt", "10.00".to_owned()),
            ],
        );
    }

    /// Visits by day and night, many of them crowded into a few minutes.
    fn visits(&mut self) {
        for _ in 0..700 {
            let (person, place) = (self.below(40), self.below(7) as usize);
            let (month, day) = (self.below(6) + 1, self.below(4) + 20);
            let night = place == 0 || self.below(12) == 0;
            let hour = if night { self.below(6) } else { 9 };
            let minute = if self.below(2) == 0 { self.below(12) } else { self.below(60) };
            let second = if self.below(3) == 0 { 0 } else { self.below(60) };
            let med_type = if place < 3 { "41" } else { "11" };
            let time = format!("2025-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
            self.settle(person, place, time, med_type, None);
        }
    }

    /// Six people who go shopping together, mostly.
    fn company(&mut self) {
        for day in 1..=5_u64 {
            for person in 0..6 {
                if self.below(5) > 0 {
                    let minute = self.below(20);
                    let time = format!("2025-02-{day:02} 15:{minute:02}:00");
                    self.settle(person, (day % 2) as usize, time, "41", None);
                }
            }
        }
    }

    /// Stays of everybody, and four people who come and go together; some are for chemotherapy, some are not over.
    fn stays(&mut self) {
        for n in 0..160_u64 {
            let together = n % 4 == 0;
            let person = if together { 10 + (n / 4) % 4 } else { self.below(40) };
            let (month, day) =
                if together { (n / 16 % 5 + 1, 3) } else { (self.below(6) + 1, self.below(20) + 1) };
            let end_day = day + 3 + self.below(2);
            let end = if self.below(20) == 0 {
                String::new()
            } else {
                format!("2025-{month:02}-{end_day:02} 10:00:00")
            };
            let begin = format!("2025-{month:02}-{:02} 08:00:00", day + self.below(2));
            let settled = format!("2025-{month:02}-{end_day:02} 11:00:00");
            let place = if together { 3 } else { 3 + self.below(2) as usize };
            self.settle(person, place, settled, "21", Some((begin, end)));
            let code = if self.below(10) == 0 { "Z51.100" } else { "I10.x00" };
            let id = format!("M{}", self.count("encounter"));
            self.add(
                "diagnosis",
                &[
                    ("mdtrt_id", id),
                    ("psn_no", format!("P{person:02}")),
                    ("diag_srt_no", "1".to_owned()),
                    ("maindiag_flag", "1".to_owned()),
                    ("diag_code", code.to_owned()),
                ],
            );
        }
    }

    /// Lines of goods, of which one grows at one hospital in the fifth month.
    fn lines(&mut self) {
        for n in 0..1500_u64 {
            let grown = n % 5 == 0;
            let (place, good, month) = if grown {
                (3, 0, 5)
            } else {
                (self.below(7) as usize, self.below(4) as usize, self.below(6) + 1)
            };
            let (person, day, cnt) = (self.below(40), self.below(28) + 1, self.below(5) + 1);
            let settlement = self.below(900) + 1;
            let setl_id = if self.below(3) == 0 { String::new() } else { format!("S{settlement}") };
            let line = [
                ("feedetl_sn", format!("F{n}")),
                ("fixmedins_code", PLACES[place].0.to_owned()),
                ("psn_no", format!("P{person:02}")),
                ("setl_id", setl_id),
                ("med_list_codg", GOODS[good].to_owned()),
                ("fee_ocur_time", format!("2025-{month:02}-{day:02} 09:00:00")),
                ("cnt", cnt.to_string()),
                ("det_item_fee_sumamt", format!("{}.00", cnt * 20)),
            ];
            self.add("fee", &line);
            if self.below(12) == 0 {
                let mut refund: BTreeMap<String, String> =
                    line.iter().map(|(column, text)| ((*column).to_owned(), text.clone())).collect();
                let back = self.below(cnt) + 1;
                let signed = if self.below(4) == 0 { "" } else { "-" };
                refund.insert("feedetl_sn".to_owned(), format!("R{n}"));
                refund.insert("init_feedetl_sn".to_owned(), format!("F{n}"));
                refund.insert("setl_id".to_owned(), String::new());
                refund.insert("cnt".to_owned(), format!("{signed}{back}"));
                refund.insert("det_item_fee_sumamt".to_owned(), format!("{signed}{}.00", back * 20));
                self.tables.entry("fee".to_owned()).or_default().push(refund);
            }
        }
    }

    /// Every twentieth settlement is refunded, some of them only after the day on which one looks.
    fn refunds(&mut self) {
        let settled = self.tables["settlement"].clone();
        for (n, mut refund) in settled.into_iter().enumerate().filter(|(n, _)| n % 20 == 7) {
            let init = refund["setl_id"].clone();
            let month = if self.below(5) == 0 { 7 } else { 6 };
            refund.insert("setl_id".to_owned(), format!("X{n}"));
            refund.insert("init_setl_id".to_owned(), init);
            refund.insert("refd_setl_flag".to_owned(), "1".to_owned());
            refund.insert("setl_time".to_owned(), format!("2025-{month:02}-15 12:00:00"));
            refund.insert("fund_pay_sumamt".to_owned(), "-10.00".to_owned());
            self.tables.entry("settlement".to_owned()).or_default().push(refund);
        }
    }
}
