//! Ledgers and statistics: the source's columns, figures with their records, no formula, a closed quarter that stays closed.

mod support;

use calamine::{Data, Reader, Xlsx};
use mingcha_model::{Fen, Time};
use mingcha_papers::{
    Papers, Record, Value,
    ledger::{
        Amount, CellValue, Closed, ClosedError, Correction, Definition, Entry, Figure, RowError, Table,
        TableRegion, html, xlsx,
    },
};
use std::{collections::BTreeMap, io::Cursor, sync::LazyLock};
use support::{ledger, papers, statistics, tables, watermark};

static PAPERS: LazyLock<Papers> = LazyLock::new(papers);

fn headings(id: &str) -> Vec<&str> {
    PAPERS.ledgers[id].columns.iter().map(|column| column.label.as_str()).collect()
}

#[test]
fn columns_are_those_of_the_source() {
    let receipts = [
        "序号",
        "案件编号",
        "当事人名称",
        "统一社会信用代码或身份证号码",
        "案件移送书编号",
        "接收单位",
        "接收时间",
        "侦办阶段",
        "处置结果",
        "备注",
    ];
    assert_eq!(headings("receipt-ledger"), receipts);
    assert_eq!(
        headings("transfer-ledger"),
        receipts.map(|head| match head {
            "接收单位" => "移送单位",
            "接收时间" => "移送时间",
            head => head,
        })
    );
    assert_eq!(
        headings("transfer-statistics"),
        [
            "序号",
            "案件名称",
            "案件所在地区",
            "移送时间",
            "案件移送书编号",
            "简要案情",
            "侦办阶段",
            "抓获嫌疑人数",
            "追缴医保基金数（元）",
            "联合关停医药机构数",
            "备注"
        ]
    );
    assert_eq!(PAPERS.ledgers["fund-work"].title, "医保基金工作情况统计表");
    assert!(PAPERS.ledgers["campaign"].title.ends_with("专项整治行动情况统计表"));
}

fn sheets(bytes: Vec<u8>) -> BTreeMap<String, Vec<Vec<Data>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let sheet = |name: &String| {
        let range = book.worksheet_range(name).expect("a sheet");
        (name.clone(), range.rows().map(<[Data]>::to_vec).collect())
    };
    names.iter().map(sheet).collect()
}

#[test]
fn sums_are_right_and_lead_to_every_record() {
    let table = statistics(&PAPERS.ledgers["fund-work"]);
    let total = table.total.as_ref().expect("a sum");
    for (at, heading) in table.headings.iter().enumerate() {
        let cells: Vec<_> = table.rows.iter().map(|row| &row.cells[at]).collect();
        let all: Vec<String> = cells.iter().flat_map(|cell| cell.records.clone()).collect();
        assert!(all.iter().all(|record| total.cells[at].records.contains(record)), "{}", heading.label);
        match (&cells[0].value, &cells[1].value, &total.cells[at].value) {
            (CellValue::Amount(Amount::Count(a)), CellValue::Amount(Amount::Count(b)), sum) => {
                assert_eq!(*sum, CellValue::Amount(Amount::Count(a + b)));
            }
            (CellValue::Amount(Amount::Money(a)), CellValue::Amount(Amount::Money(b)), sum) => {
                assert_eq!(*sum, CellValue::Amount(Amount::Money(*a + *b)));
            }
            (_, _, CellValue::Amount(Amount::Share { part, whole })) => assert_eq!((*part, *whole), (90, 60)),
            (_, _, sum) => assert_eq!(*sum, CellValue::Text("合计".into())),
        }
    }
    assert_eq!(
        Figure::count(["b".into(), "a".into(), "b".into()]),
        Figure::new(Amount::Count(2), ["a".into(), "b".into()])
    );
    assert_eq!(Amount::Share { part: 1, whole: 3 }.printed(), "33.33%");
    assert_eq!(Amount::Share { part: 0, whole: 0 }.printed(), "—");
}

#[test]
fn the_workbook_holds_the_table_its_records_and_the_mark() {
    for table in tables(&PAPERS) {
        let bytes = xlsx(&table, &[], &watermark()).expect("a workbook");
        assert_eq!(bytes, xlsx(&table, &[], &watermark()).expect("again"), "the same bytes");
        let sheets = sheets(bytes);
        let main = &sheets["统计表"];
        assert_eq!(main[0][0], Data::String(table.title.clone()));
        let first = &main[4];
        for (cell, have) in table.rows[0].cells.iter().zip(first) {
            // Numbers of cells are floats; in hundredths of hundredths they are whole again.
            let whole = |have: f64| (have * 10_000.0).round() as i64;
            match (&cell.value, have) {
                (CellValue::Amount(Amount::Count(count)), Data::Float(have)) => {
                    assert_eq!(count * 10_000, whole(*have));
                }
                (CellValue::Amount(Amount::Money(Fen(fen))), Data::Float(have)) => {
                    assert_eq!(fen * 100, whole(*have));
                }
                (CellValue::Amount(Amount::Share { .. }), Data::Float(have)) => {
                    assert_eq!(15_000, whole(*have));
                }
                (value, Data::String(have)) => assert_eq!(value.printed(), *have),
                other => panic!("{other:?}"),
            }
        }
        let mark = Data::String(watermark().line());
        assert!(main.iter().any(|row| row[0] == mark), "{}", table.id);
        let listed: Vec<&Data> = sheets["数字依据"].iter().skip(1).map(|row| &row[3]).collect();
        for record in table.all_rows().flat_map(|row| &row.cells).flat_map(|cell| &cell.records) {
            assert!(listed.contains(&&Data::String(record.clone())), "{record}");
        }
    }
}

#[test]
fn no_text_becomes_a_formula_or_markup() {
    let definition = &PAPERS.ledgers["receipt-ledger"];
    let mut record = Record::default();
    for column in definition.columns.iter().filter(|column| !column.from.is_empty()) {
        record.set(&column.from, Value::Text("=1+1<script>".into()));
    }
    record.set("transfer.received_on", Value::Date(support::day("2026-01-02")));
    let table = definition.ledger("=cmd", &[Entry { id: "@x".into(), record }]).expect("a ledger");
    let mut mark = watermark();
    mark.who = "=who&P".to_owned();
    let sheets = sheets(xlsx(&table, &[], &mark).expect("a workbook"));
    for cell in sheets.values().flatten().flatten() {
        if let Data::String(text) = cell {
            assert!(!text.starts_with(['=', '@', '+', '-']), "{text}");
        }
    }
    let page = html(&table, &[], &mark);
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"));
    assert!(!page.contains("http") && !page.contains(" src="), "nothing is loaded");
}

#[test]
fn every_figure_of_the_page_leads_to_its_records() {
    let table = statistics(&PAPERS.ledgers["campaign"]);
    let page = html(&table, &[], &watermark());
    let links: Vec<&str> = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let figures = table.all_rows().flat_map(|row| &row.cells);
    assert_eq!(links.len(), figures.filter(|cell| !cell.records.is_empty()).count());
    for link in links {
        assert_eq!(page.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
    }
}

#[test]
fn a_missing_or_wrong_value_is_named_and_never_counted_as_nothing() {
    let definition = &PAPERS.ledgers["fund-work"];
    let region = TableRegion { name: "甲县".into(), figures: BTreeMap::new() };
    assert_eq!(
        definition.statistics("", &[region]),
        Err(RowError::Missing { row: "甲县".into(), column: "定点医药机构数（家）".into() })
    );
    let mut figures = BTreeMap::new();
    figures.insert("institutions".to_owned(), Figure::new(Amount::Money(Fen(1)), []));
    let region = TableRegion { name: "甲县".into(), figures };
    assert!(matches!(definition.statistics("", &[region]), Err(RowError::Type { .. })));
    assert!(matches!(definition.ledger("", &[]), Err(RowError::Kind(_))));
    let entry = Entry { id: "c1".into(), record: Record::default() };
    let error = PAPERS.ledgers["receipt-ledger"].ledger("", &[entry]).expect_err("missing");
    assert_eq!(
        error.to_string(),
        "row `c1`, column `案件编号`: there is no value; enter it in the record first"
    );
}

#[test]
fn nothing_is_counted_twice() {
    let region = TableRegion { name: "甲县".into(), figures: BTreeMap::new() };
    let text = "id = \"own\"\ntitle = \"自\"\nkind = \"statistics\"\nbasis = []\ncolumns = [{ label = \"地区\", type = \"region\" }]";
    let definition = Definition::read("own.toml", text, &mut Vec::new()).expect("a definition");
    let error = definition.statistics("", &[region.clone(), region]).expect_err("twice");
    assert_eq!(error, RowError::Twice("甲县".into()));
}

#[test]
fn columns_are_configured_by_a_file() {
    let text = "id = \"own\"\ntitle = \"自定表\"\nkind = \"statistics\"\nbasis = []\ncolumns = [\n{ label = \"地区\", type = \"region\" },\n{ label = \"检查\", type = \"count\", from = \"inspected\" },\n]";
    let mut faults = Vec::new();
    let definition = Definition::read("ledgers/own.toml", text, &mut faults).expect("a definition");
    assert!(faults.is_empty(), "{faults:?}");
    let table = statistics(&definition);
    assert_eq!((table.headings.len(), table.total), (2, None));
}

fn time(text: &str) -> Time {
    Time::parse(text).expect("a time")
}

fn correction(row: &str, column: &str) -> Correction {
    Correction {
        row: row.into(),
        column: column.into(),
        was: CellValue::Empty,
        now: CellValue::Amount(Amount::Count(31)),
        reason: "补录一家".into(),
        records: vec!["r-x".into()],
        by: "乙某".into(),
        at: time("2026-08-01 10:00:00"),
        link: String::new(),
    }
}

fn closed() -> (Table, Closed) {
    let table = statistics(&PAPERS.ledgers["fund-work"]);
    (table.clone(), Closed::close(table, "甲某", time("2026-07-10 09:00:00")))
}

#[test]
fn a_closed_quarter_stays_as_it_was_and_shows_its_corrections() {
    let (table, mut closed) = closed();
    let digest = closed.digest().clone();
    closed.correct(correction("甲县", "检查·检查家数")).expect("corrected");
    closed.correct(correction("合计", "检查·检查家数")).expect("corrected");
    assert_eq!((closed.table(), closed.digest()), (&table, &digest));
    assert_eq!(closed.corrections()[0].was, CellValue::Amount(Amount::Count(30)));
    let page = html(closed.table(), closed.corrections(), &watermark());
    assert!(page.contains("更正") && page.contains("补录一家") && page.contains(">30<"));
    let sheets = sheets(xlsx(closed.table(), closed.corrections(), &watermark()).expect("a workbook"));
    assert_eq!(sheets["更正"][1][2..4], [Data::Float(30.0), Data::Float(31.0)]);
    assert_eq!(sheets["统计表"][4][2], Data::Float(30.0));
    let none = closed.correct(correction("丙县", "检查·检查家数"));
    assert!(matches!(none, Err(ClosedError::NoCell { .. })));
    let silent = Correction { reason: " ".into(), ..correction("甲县", "检查·检查家数") };
    assert_eq!(closed.correct(silent), Err(ClosedError::NoReason));
    let early =
        Correction { at: time("2026-07-11 00:00:00"), ..correction("甲县", "检查·检查家数") };
    assert_eq!(closed.correct(early), Err(ClosedError::Older));
}

#[test]
fn tampering_with_a_closed_quarter_is_found() {
    let (_, mut closed) = closed();
    for row in ["甲县", "乙县", "合计"] {
        closed.correct(correction(row, "检查·检查家数")).expect("corrected");
    }
    let json = serde_json::to_string(&closed).expect("JSON");
    let read = |json: &str| serde_json::from_str::<Closed>(json).expect("a closed table").proved();
    assert_eq!(read(&json).as_ref(), Ok(&closed));
    assert_eq!(read(&json.replacen("{\"count\":20}", "{\"count\":21}", 1)), Err(ClosedError::Table));
    assert_eq!(read(&json.replacen("甲某", "丁某", 1)), Err(ClosedError::Table));
    assert_eq!(read(&json.replacen("补录一家", "补录二家", 1)), Err(ClosedError::Link(1)));
    let mut value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    value["corrections"].as_array_mut().expect("a list").remove(1);
    assert_eq!(read(&value.to_string()), Err(ClosedError::Link(2)));
    // Without the last one the chain is whole; its last link is what a later state is held against.
    value["corrections"].as_array_mut().expect("a list").truncate(1);
    assert_ne!(read(&value.to_string()).expect("a chain").link(), closed.link());
}

#[test]
fn a_ledger_lists_its_records_in_their_order() {
    let table = ledger(&PAPERS.ledgers["transfer-statistics"]);
    assert_eq!(table.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["case-1", "case-2"]);
    let total = table.total.expect("a sum");
    assert_eq!(total.cells[8].value, CellValue::Amount(Amount::Money(Fen(3_703_701))));
    assert_eq!(total.cells[8].records, ["case-1", "case-2"]);
}
