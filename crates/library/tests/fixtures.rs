//! Fixtures: what authors may write, what is said about their slips, and what is filled in.

use mingcha_library::fixtures::{EvidenceRef, Scenario, Sort, compare, parse};
use mingcha_model::{Counting, Date, Evidence, Fen, Finding, Kind, Role, Subject, SubjectKind};
use std::collections::BTreeMap;

const GOOD: &str = "# 标题

## 场景（命中）：甲药记在男性名下
说明 | 不是表。

### 参数
| 参数 | 值 |
|---|---|
| days | 10 |
| word | 住院 |
| as_of | 2025-12-31 |

### fee
| feedetl_sn | psn_no | cnt | det_item_fee_sumamt | rxno |
|:--|--|--:|---|---|
| F1 | P7 | 3 | 30.00 | a\\|b |
| F2 | P7 | 1 | 5.00 | |

### 期望
| kind | evidence | related | amount |
|---|---|---|---|
| 可疑 | fee:F1、fee:F2 | 无 | 35 |

## 不命中: （住院）没有费用（转院）
### person
| psn_no |
|---|

### 期望
无
";

fn faults(text: &str) -> Vec<String> {
    parse(text).1.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect()
}

fn finding(kind: Kind, rows: &[(&str, Role)], amount: i64) -> Finding {
    let evidence = |&(key, role): &(&str, Role)| Evidence {
        table: "fee".to_owned(),
        key: vec!["H99010100001".to_owned(), key.to_owned()],
        role,
        time: None,
        setl_id: None,
        fixmedins_code: None,
        psn_no: None,
        amount: Fen(amount),
        account: Fen::ZERO,
    };
    Finding {
        rule_id: "MC-0001".to_owned(),
        rule: "institution/drug-sex".to_owned(),
        version: 1,
        kind,
        severity: 1,
        subject: Subject { kind: SubjectKind::Person, id: "P7".to_owned() },
        psn_no: Some("P7".to_owned()),
        fixmedins_code: None,
        prac_psn_code: None,
        admdvs: None,
        begin: Date(0),
        end: Date(0),
        amount: Fen(amount),
        account: Fen::ZERO,
        counting: Counting::LineFund,
        message: "见到三行".to_owned(),
        values: BTreeMap::new(),
        basis: Vec::new(),
        evidence: rows.iter().map(evidence).collect(),
        pairs: Vec::new(),
        notes: Vec::new(),
    }
}

#[test]
fn scenarios_are_read_with_rows_parameters_and_expectations() {
    let (scenarios, faults) = parse(GOOD);
    assert_eq!(faults, []);
    let [hit, silent] = scenarios.as_slice() else { panic!("two scenarios") };
    assert_eq!((hit.sort, hit.title.as_str(), hit.line), (Sort::Hit, "甲药记在男性名下", 3));
    assert_eq!(hit.tables["fee"][0]["rxno"], "a|b");
    assert_eq!(hit.params["days"], toml::Value::Integer(10));
    assert_eq!(hit.params["word"], toml::Value::String("住院".to_owned()));
    assert_eq!(hit.as_of, Date::parse("2025-12-31"));
    let row = |key: &str| EvidenceRef { table: "fee".to_owned(), key: vec![key.to_owned()] };
    assert_eq!(hit.expected[0].evidence, Some(vec![row("F1"), row("F2")]));
    assert_eq!(hit.expected[0].related, Some(Vec::new()));
    assert_eq!(hit.expected[0].amount, Some(Fen(3500)));
    assert_eq!((silent.sort, silent.expected.len()), (Sort::Silent, 0));
    assert_eq!(silent.title, "（住院）没有费用（转院）", "brackets of a title stay");
    assert!(silent.tables["person"].is_empty());
}

#[test]
fn every_slip_is_told_with_its_line() {
    let cases = [
        ("### fee\n", "1: a table before the first scenario"),
        ("## 试试\n", "1: a scenario that does not say what it shows"),
        ("## 命中: x\n### 期望\n无\n", "1: a scenario without rows"),
        ("## 命中: x\n### fee\n|cnt|\n|---|\n|1|\n", "1: a scenario that does not say what it expects"),
        (
            "## 命中: x\n### fee\n|cnt|\n|---|\n|1|\n### 期望\n无\n",
            "1: `命中` expects a finding that is not 无法判断",
        ),
        ("## 不命中: x\n### nofee\n", "2: no table `nofee`"),
        ("## 不命中: x\n### person\n|certno|\n", "3: no column `certno`"),
        ("## 不命中: x\n### fee\n|cnt|\n|1|\n", "4: the line `|---|` is missing under the header"),
        ("## 不命中: x\n### fee\n|cnt|\n|---|\n|1|2|\n", "5: 2 cells, the header has 1"),
        ("## 不命中: x\n### fee\n|cnt|\n|---|\n|一|\n", "5: `一` does not fit 数量"),
        ("## 不命中: x\n### fee\n|cnt|\n|---|\n||\n", "5: a required column must not be empty"),
        (
            "## 不命中: x\n### person\n|insu_admdvs|\n|---|\n|110101|\n",
            "5: fixtures use regions that do not exist, 99xxxx",
        ),
        (
            "## 不命中: x\n### fee\n|cnt|\n|---|\n|1|\n### 期望\n|kind|\n|---|\n|坏|\n",
            "9: `坏` is no kind of finding",
        ),
        (
            "## 缺数据: x\n### fee\n|cnt|\n|---|\n|1|\n### 期望\n|kind|\n|---|\n|可疑|\n",
            "1: `缺数据` expects `无` or findings that are 无法判断",
        ),
        (
            "## 不命中: x\n### fee\n|fixmedins_code|feedetl_sn|\n|---|---|\n|H99010100001|F1|\n|H99010100001|F1|\n### 期望\n无\n",
            "1: two rows with the same key",
        ),
    ];
    for (text, expected) in cases {
        assert!(faults(text).iter().any(|fault| fault == expected), "{text}: {:?}", faults(text));
    }
}

#[test]
fn findings_are_compared_in_any_order_and_all_differences_told() {
    let expected = &parse(GOOD).0[0].expected;
    let (f1, f2) = (("F1", Role::Offending), ("F2", Role::Offending));
    assert_eq!(compare(expected, &[finding(Kind::Suspect, &[f2, f1], 3500)]), Vec::<String>::new());
    for wrong in [
        finding(Kind::Violation, &[f1, f2], 3500),
        finding(Kind::Suspect, &[f1], 3500),
        finding(Kind::Suspect, &[f1, f2, ("F3", Role::Related)], 3500),
        finding(Kind::Suspect, &[f1, f2, f2], 3500),
        finding(Kind::Suspect, &[f1, f2], 3501),
    ] {
        assert_eq!(compare(expected, &[wrong]).len(), 2);
    }
    assert_eq!(compare(expected, &[]).len(), 1);
}

#[test]
fn a_world_is_completed_and_its_money_balances() {
    let world = parse(GOOD).0[0].completed();
    let one = |table: &str, column: &str| world[table][0][column].as_str();
    assert_eq!(one("person", "psn_no"), "P7");
    assert_eq!(one("fee", "pric"), "10.000000");
    assert_eq!((one("fee", "mdtrt_id"), one("fee", "setl_id")), ("M1", "SM1"));
    assert_eq!(
        (one("settlement", "medfee_sumamt"), one("settlement", "fund_pay_sumamt")),
        ("35.00", "35.00")
    );
    assert_eq!((one("encounter", "med_type"), one("encounter", "psn_no")), ("11", "P7"));
    assert!(!world["fee"][1].contains_key("rxno"), "an empty cell is null");
    for (name, rows) in &world {
        let table = mingcha_model::table::table(name).expect("a table");
        for (row, column) in rows.iter().flat_map(|row| table.columns.iter().map(move |column| (row, column)))
        {
            assert!(!column.required || row.contains_key(column.name), "{name}.{}", column.name);
        }
    }
}

#[test]
fn rows_of_one_person_place_and_day_are_one_visit_and_pharmacies_are_purchases() {
    let text = "## 不命中: x
### fee
| feedetl_sn | psn_no | fixmedins_code | fee_ocur_time |
|---|---|---|---|
| F1 | P1 | H99010100001 | 2025-03-01 08:00:00 |
| F2 | P1 | H99010100001 | 2025-03-01 18:00:00 |
| F3 | P1 | P99010100001 | 2025-03-01 18:00:00 |
| F4 | P2 | H99010100001 | 2025-03-02 08:00:00 |
### 期望
无
";
    let (scenarios, faults) = parse(text);
    assert_eq!(faults, []);
    let world = scenarios[0].completed();
    let visits: Vec<&str> = world["fee"].iter().map(|row| row["mdtrt_id"].as_str()).collect();
    assert_eq!(visits, ["M1", "M1", "M2", "M3"]);
    let kinds: Vec<&str> = world["encounter"].iter().map(|row| row["med_type"].as_str()).collect();
    assert_eq!(kinds, ["11", "41", "11"]);
    assert_eq!((world["person"].len(), world["institution"].len(), world["settlement"].len()), (2, 2, 3));
}

#[test]
fn a_table_that_is_mentioned_is_not_added_to() {
    let text = "## 缺数据: x\n### person\n|psn_no|\n|---|\n### settlement\n|setl_id|\n|---|\n### fee\n|feedetl_sn|\n|---|\n|F1|\n### 期望\n无\n";
    let world = parse(text).0[0].completed();
    assert!(world["person"].is_empty() && world["settlement"].is_empty());
    assert!(!world["fee"][0].contains_key("setl_id"));
}

#[test]
fn hostile_fixtures_are_answered_with_bounded_work() {
    let wide = format!("## 命中: x\n### fee\n{}\n{}\n", "|a".repeat(200_000), "|-".repeat(200_000));
    let long = format!("## 命中: x\n### fee\n|cnt|\n|---|\n{}", "|1|\n".repeat(200_000));
    let many = "## 命中: x\n### fee\n".repeat(40_000);
    for text in [wide, long, many] {
        let (scenarios, faults) = parse(&text);
        assert!(!faults.is_empty() && faults.len() <= 200 && scenarios.len() <= 500);
        let rows = scenarios.iter().flat_map(Scenario::completed).map(|(_, rows)| rows.len());
        assert!(rows.sum::<usize>() <= 10_000);
    }
}

#[test]
fn only_missing_data_may_empty_a_required_column_and_never_a_key() {
    let text = |sort: &str, column: &str| {
        format!("## {sort}: x\n### person\n|psn_no|{column}|\n|---|---|\n|P1||\n### 期望\n无\n")
    };
    assert_eq!(faults(&text("缺数据", "brdy")), Vec::<String>::new());
    assert!(!parse(&text("缺数据", "brdy")).0[0].completed()["person"][0].contains_key("brdy"));
    assert_eq!(faults(&text("不命中", "brdy")), ["5: a required column must not be empty"]);
    let key = text("缺数据", "brdy").replace("|P1||", "||1980-01-01|");
    assert_eq!(faults(&key), ["5: a required column must not be empty"]);
}
