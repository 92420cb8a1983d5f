//! What must hold for every city: same bytes from the same seed, balance to the fen, no dangling keys, nothing against the national limits
//! in a clean city, every planned case planted, growth in step with the number of persons.

#![allow(clippy::unwrap_used)] // A test that cannot go on fails.

use mingcha_model::{Date, Fen, Time, code::hospital_rank, money::parse_fixed};
use mingcha_synth::{Format, FraudLevel, Options, Plan, Summary, generate};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

struct City {
    folder: tempfile::TempDir,
    summary: Summary,
}

fn city(change: impl FnOnce(&mut Options)) -> City {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options::new(3000, folder.path().to_owned());
    options.fraud = FraudLevel::None;
    options.dirty_per_million = 0;
    change(&mut options);
    let summary = generate(&options, &mut |_| {}).unwrap();
    City { folder, summary }
}

/// One row: its line and where its columns stand, so that reading a city does not take a text per cell.
#[derive(Debug, Clone)]
struct Row {
    names: Arc<HashMap<String, usize>>,
    line: String,
}

impl Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.names.get(column).map(|&place| self.line.split(',').nth(place).unwrap())
    }
}

impl std::ops::Index<&str> for Row {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        self.get(column).unwrap()
    }
}

impl City {
    fn files(&self, part: &str, start: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join(part)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start));
        paths.sort();
        paths
    }

    fn rows(&self, table: &str) -> Vec<Row> {
        self.files("claims", table).iter().flat_map(|path| read(path)).collect()
    }

    /// Keys of the rows that show the cases of a rule.
    fn planted(&self, rule: &str) -> BTreeSet<String> {
        let cases = self.truth("cases.csv").into_iter().filter(|row| &row["rule"] == rule);
        let ids: BTreeSet<String> = cases.map(|row| row["case_id"].to_owned()).collect();
        let lines = self.truth("lines.csv").into_iter().filter(|row| ids.contains(&row["case_id"]));
        lines.map(|row| row["key"].to_owned()).collect()
    }

    fn truth(&self, file: &str) -> Vec<Row> {
        read(&self.folder.path().join("truth").join(file))
    }
}

fn read(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap().split(',');
    let names =
        Arc::new(header.enumerate().map(|(place, name)| (name.to_owned(), place)).collect::<HashMap<_, _>>());
    lines.map(|line| Row { names: Arc::clone(&names), line: line.to_owned() }).collect()
}

fn bytes(city: &City) -> BTreeMap<String, Vec<u8>> {
    let all = ["claims", "truth"].into_iter().flat_map(|part| city.files(part, ""));
    all.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

fn fen(row: &Row, column: &str) -> i64 {
    Fen::parse_yuan(&row[column]).unwrap().0
}

fn qty(row: &Row, column: &str) -> i64 {
    parse_fixed(&row[column], 4).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_one_thread_and_on_two() {
    for format in [Format::Csv, Format::Parquet] {
        let make = |threads, seed| {
            city(|options| {
                options.persons = 11_000;
                options.months = 1;
                options.format = format;
                options.fraud = FraudLevel::Planned;
                options.threads = threads;
                options.seed = seed;
            })
        };
        let (one, two) = (bytes(&make(1, 7)), bytes(&make(2, 7)));
        assert!(one == two, "{format:?}");
        assert!(one != bytes(&make(2, 8)), "another seed is another city");
    }
}

#[test]
fn every_settlement_balances_to_the_fen() {
    let city = city(|options| options.fraud = FraudLevel::Planned);
    let mut lines: HashMap<String, (i64, i64)> = HashMap::new();
    for row in city.rows("fee") {
        let sum = lines.entry(row["setl_id"].to_owned()).or_default();
        sum.0 += fen(&row, "det_item_fee_sumamt");
        sum.1 += fen(&row, "inscp_scp_amt");
        let parts = ["overlmt_amt", "fulamt_ownpay_amt", "preselfpay_amt", "inscp_scp_amt"];
        assert_eq!(fen(&row, "det_item_fee_sumamt"), parts.iter().map(|part| fen(&row, part)).sum::<i64>());
    }
    let funds = ["hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"];
    let padded = city.planted("institution/settlement-arithmetic");
    assert!(!padded.is_empty());
    for row in city.rows("settlement") {
        let (amount, scope) = lines[&row["setl_id"]];
        if padded.contains(&row["setl_id"]) {
            let fund: i64 = funds.iter().map(|fund| fen(&row, fund)).sum();
            assert!(
                fen(&row, "medfee_sumamt") > amount || fen(&row, "fund_pay_sumamt") > fund,
                "{}",
                &row["setl_id"]
            );
            continue;
        }
        assert_eq!(fen(&row, "medfee_sumamt"), amount, "lines of {}", &row["setl_id"]);
        assert_eq!(fen(&row, "inscp_scp_amt"), scope, "scope of {}", &row["setl_id"]);
        assert_eq!(fen(&row, "fund_pay_sumamt"), funds.iter().map(|fund| fen(&row, fund)).sum::<i64>());
        let paid = fen(&row, "fund_pay_sumamt")
            + fen(&row, "acct_pay")
            + fen(&row, "psn_cash_pay")
            + fen(&row, "hosp_part_amt");
        assert_eq!(fen(&row, "medfee_sumamt"), paid);
        assert_eq!(fen(&row, "psn_part_amt"), fen(&row, "acct_pay") + fen(&row, "psn_cash_pay"));
        if &row["refd_setl_flag"] == "0" {
            assert!(fen(&row, "psn_cash_pay") >= 0 && fen(&row, "hifp_pay") >= 0);
        }
    }
}

#[test]
fn a_refund_reverses_one_settlement_and_all_of_its_lines() {
    let city = city(|options| options.persons = 4000);
    let settlements: HashMap<String, Row> =
        city.rows("settlement").into_iter().map(|row| (row["setl_id"].to_owned(), row)).collect();
    let refunds: Vec<&Row> = settlements.values().filter(|row| &row["refd_setl_flag"] == "1").collect();
    assert!(!refunds.is_empty());
    for refund in refunds {
        let first = &settlements[&refund["init_setl_id"]];
        for column in ["medfee_sumamt", "fund_pay_sumamt", "acct_pay", "psn_cash_pay"] {
            assert_eq!(fen(refund, column), -fen(first, column));
        }
        assert!(refund["setl_time"] > first["setl_time"]);
    }
    let fees: HashMap<String, Row> =
        city.rows("fee").into_iter().map(|row| (row["feedetl_sn"].to_owned(), row)).collect();
    for reversal in fees.values().filter(|row| !row["init_feedetl_sn"].is_empty()) {
        let first = &fees[&reversal["init_feedetl_sn"]];
        assert_eq!(
            (qty(reversal, "cnt"), fen(reversal, "det_item_fee_sumamt")),
            (-qty(first, "cnt"), -fen(first, "det_item_fee_sumamt"))
        );
    }
}

#[test]
fn every_key_that_is_named_exists_and_none_is_given_twice() {
    let city = city(|options| {
        options.persons = 10_500;
        options.months = 3;
        options.fraud = FraudLevel::Planned;
    });
    let keys = |table: &str, column: &str| -> HashSet<String> {
        let rows = city.rows(table);
        let keys: HashSet<String> = rows.iter().map(|row| row[column].to_owned()).collect();
        assert_eq!(keys.len(), rows.len(), "{table}.{column}");
        keys
    };
    let (people, visits) = (keys("person", "psn_no"), keys("encounter", "mdtrt_id"));
    let (bills, lines, places) =
        (keys("settlement", "setl_id"), keys("fee", "feedetl_sn"), keys("institution", "fixmedins_code"));
    let doctors: HashSet<String> =
        city.rows("practitioner").iter().map(|row| row["prac_psn_code"].to_owned()).collect();
    for table in [
        "encounter",
        "diagnosis",
        "operation",
        "settlement",
        "fee",
        "trace",
        "invoice",
        "activity",
        "benefit",
    ] {
        for row in city.rows(table) {
            let holds = |column: &str, known: &HashSet<String>| {
                row.get(column).is_none_or(|value| value.is_empty() || known.contains(value))
            };
            assert!(
                holds("psn_no", &people) && holds("mdtrt_id", &visits) && holds("setl_id", &bills),
                "{table} {row:?}"
            );
            assert!(
                holds("fixmedins_code", &places)
                    && holds("bilg_dr_code", &doctors)
                    && holds("phar_code", &doctors)
            );
        }
    }
    let diagnoses: HashSet<String> = city
        .rows("diagnosis")
        .iter()
        .map(|row| format!("{}|{}", &row["mdtrt_id"], &row["diag_srt_no"]))
        .collect();
    for line in city.truth("lines.csv") {
        let key = line["key"].rsplit('|').next().unwrap().to_owned();
        let known = match &line["table"] {
            "fee" => lines.contains(&key),
            "settlement" => bills.contains(&key),
            "diagnosis" => diagnoses.contains(&line["key"]),
            _ => visits.contains(&key),
        };
        assert!(known, "{line:?}");
    }
}

#[test]
fn certificate_numbers_are_valid_and_agree_with_sex_and_birth() {
    for row in city(|_| {}).rows("person") {
        let said = mingcha_model::cert::parse(&row["certno"]).unwrap();
        assert!(row["certno"].starts_with("99"), "only invented people");
        assert_eq!(
            (said.sex.to_string(), said.birth),
            (row["gend"].to_owned(), Date::parse(&row["brdy"]).unwrap())
        );
    }
}

#[test]
fn every_rule_of_the_plan_has_a_case_among_twenty_thousand_persons() {
    let city = city(|options| {
        options.persons = 20_000;
        options.fraud = FraudLevel::Planned;
    });
    let planned: BTreeSet<String> =
        Plan::built_in().unwrap().cases.iter().map(|case| case.rule.clone()).collect();
    let planted: BTreeSet<String> =
        city.truth("cases.csv").iter().map(|row| row["rule"].to_owned()).collect();
    assert_eq!(planned, planted);
    let with_lines: BTreeSet<String> =
        city.truth("lines.csv").iter().map(|row| row["case_id"].to_owned()).collect();
    assert!(city.truth("cases.csv").iter().all(|row| with_lines.contains(&row["case_id"])));
    assert_eq!(city.summary.cases.len(), planned.len());
}

#[test]
fn a_clean_city_has_no_cases_and_a_plan_that_names_no_act_is_refused() {
    assert!(city(|_| {}).truth("cases.csv").is_empty());
    let plan =
        Plan::parse("[[case]]\nrule = \"institution/no-such\"\ndoes = \"\"\nwho = \"any\"\nper_10000 = 1.0")
            .unwrap();
    assert!(plan.check().unwrap_err().to_string().contains("institution/no-such"));
}

#[test]
fn twice_the_persons_make_about_twice_the_rows() {
    let rows = |persons| city(|options| options.persons = persons).summary.rows;
    let (small, large) = (rows(10_000), rows(20_000));
    for table in ["person", "encounter", "settlement", "fee"] {
        let ratio = large[table] as f64 / small[table] as f64;
        assert!((1.85..2.15).contains(&ratio), "{table}: {ratio}");
    }
    let lines = large["fee"] as f64 / 20_000.0;
    assert!((33.0..47.0).contains(&lines), "{lines} fee lines a person and year");
}

#[test]
fn dirty_lines_come_at_their_rate_and_are_told_in_the_truth() {
    let city = city(|options| {
        options.persons = 4000;
        options.dirty_per_million = 5000;
    });
    let dirt = city.truth("dirt.csv");
    let rate = dirt.len() as f64 / city.summary.rows["fee"] as f64;
    assert!((0.004..0.006).contains(&rate), "{rate}");
    let kinds: BTreeSet<&str> = dirt.iter().map(|row| &row["kind"]).collect();
    assert_eq!(kinds.len(), 6);
    let lines: HashSet<String> = city
        .rows("fee")
        .iter()
        .map(|row| format!("{}|{}", &row["fixmedins_code"], &row["feedetl_sn"]))
        .collect();
    assert!(dirt.iter().all(|row| lines.contains(&row["key"])));
}

/// A naive reader of the national knowledge tables that stand in the method library.
fn knowledge(table: &str) -> Vec<Row> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library/knowledge").join(table).join("rows.csv"))
}

#[test]
fn no_line_of_a_clean_city_breaks_a_national_limit() {
    let city = city(|options| options.persons = 4000);
    let claims = Claims::read(&city);
    let mut met = 0;
    for row in knowledge("drug_restriction") {
        for line in claims.with_prefix(&row["code_prefix"]) {
            met += 1;
            assert!(claims.allows_drug(line, &row["kind"], &row["value"]), "{} against {row:?}", line.code);
        }
    }
    assert!(met > 100, "the city has restricted drugs: {met}");
    for row in knowledge("item_restriction") {
        let lines: Vec<&Line> = claims.with_prefix(&row["item_code"]).collect();
        claims.check_item(&lines, &row);
    }
    claims.check_pairs();
    claims.check_surgery();
}

struct Line {
    code: String,
    person: String,
    visit: String,
    time: Time,
    cnt: i64,
}

struct Claims {
    lines: Vec<Line>,
    people: HashMap<String, (String, Date)>,
    visits: HashMap<String, (String, String)>,
}

impl Claims {
    fn read(city: &City) -> Self {
        let levels: HashMap<String, String> = city
            .rows("institution")
            .into_iter()
            .map(|row| (row["fixmedins_code"].to_owned(), row["hosp_lv"].to_owned()))
            .collect();
        let line = |row: Row| Line {
            code: row["med_list_codg"].to_owned(),
            person: row["psn_no"].to_owned(),
            visit: row["mdtrt_id"].to_owned(),
            time: Time::parse(&row["fee_ocur_time"]).unwrap(),
            cnt: qty(&row, "cnt"),
        };
        let person = |row: Row| {
            (row["psn_no"].to_owned(), (row["gend"].to_owned(), Date::parse(&row["brdy"]).unwrap()))
        };
        let visit = |row: Row| {
            (row["mdtrt_id"].to_owned(), (row["med_type"].to_owned(), levels[&row["fixmedins_code"]].clone()))
        };
        let mut lines: Vec<Line> =
            city.rows("fee").into_iter().map(line).filter(|line| line.cnt > 0).collect();
        lines.sort_by(|one, other| one.code.cmp(&other.code));
        Self {
            lines,
            people: city.rows("person").into_iter().map(person).collect(),
            visits: city.rows("encounter").into_iter().map(visit).collect(),
        }
    }

    /// Lines whose code begins so; lines are sorted by code.
    fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Line> {
        let first = self.lines.partition_point(|line| line.code.as_str() < prefix);
        self.lines[first..].iter().take_while(move |line| line.code.starts_with(prefix))
    }

    fn age(&self, line: &Line) -> i32 {
        self.people[&line.person].1.age_on(line.time.date())
    }

    fn sex_is(&self, line: &Line, sex: &str) -> bool {
        (self.people[&line.person].0 == "1") == (sex == "男")
    }

    fn allows_drug(&self, line: &Line, kind: &str, value: &str) -> bool {
        let (med_type, level) = &self.visits[&line.visit];
        match kind {
            "sex" => self.sex_is(line, value),
            "age" => self.age(line) < 18,
            "visit" => matches!(med_type.as_str(), "21" | "52"),
            "hospital_level" => hospital_rank(level).unwrap_or(0) >= if value == "三级" { 3 } else { 2 },
            "no_internet_visit" => med_type != "1105",
            "course_days" => {
                let days: BTreeSet<Date> = self
                    .lines
                    .iter()
                    .filter(|other| other.code == line.code && other.person == line.person)
                    .map(|other| other.time.date())
                    .collect();
                days.len() <= value.parse().unwrap()
            }
            "single_slice_no_pay" => {
                let slices: HashSet<&str> = self
                    .lines
                    .iter()
                    .filter(|other| other.visit == line.visit && other.code.starts_with('T'))
                    .map(|other| other.code.as_str())
                    .collect();
                slices.len() > 1
            }
            _ => false,
        }
    }

    fn check_item(&self, lines: &[&Line], row: &Row) {
        for line in lines {
            match &row["kind"] {
                "sex" => assert!(self.sex_is(line, &row["value"]), "{row:?}"),
                "age" => assert!(self.age(line) < 18, "{row:?}"),
                "max_per" => {
                    let day =
                        |other: &&&Line| other.person == line.person && other.time.date() == line.time.date();
                    let sum: i64 = lines.iter().filter(day).map(|other| other.cnt).sum();
                    let most = if &row["unit"] == "小时" { 24 } else { 1 };
                    assert!(sum <= most * 10_000, "{row:?}: {sum}");
                }
                "max_per_cycle" => {
                    let window: i32 = row["window_days"].parse().unwrap();
                    let near = |other: &&&Line| {
                        other.person == line.person
                            && (0..window).contains(&(other.time.date().0 - line.time.date().0))
                    };
                    assert_eq!(lines.iter().filter(near).count(), 1, "{row:?}");
                }
                other => panic!("the clean city uses no item limited by {other}: {row:?}"),
            }
        }
    }

    fn check_pairs(&self) {
        let mut days: HashMap<(&str, Date), HashSet<&str>> = HashMap::new();
        let mut visits: HashMap<&str, HashSet<&str>> = HashMap::new();
        for line in &self.lines {
            days.entry((&line.person, line.time.date())).or_default().insert(&line.code);
            visits.entry(&line.visit).or_default().insert(&line.code);
        }
        for row in knowledge("item_pair") {
            let both =
                |codes: &HashSet<&str>| codes.contains(&row["main_code"]) && codes.contains(&row["sub_code"]);
            assert!(!days.values().any(both) && !visits.values().any(both), "{row:?}");
        }
    }

    fn check_surgery(&self) {
        let groups: HashMap<String, String> = knowledge("surgery_group")
            .into_iter()
            .map(|row| (row["item_code"].to_owned(), row["group"].to_owned()))
            .collect();
        let mut seen: HashMap<(&str, &str), &str> = HashMap::new();
        for line in &self.lines {
            if let Some(group) = groups.get(&line.code) {
                let first = seen.entry((&line.visit, group)).or_insert(&line.code);
                assert_eq!(*first, line.code, "two operations of {group} in one stay");
            }
        }
    }
}
