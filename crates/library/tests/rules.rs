//! Rule and knowledge files: what is right loads, what is wrong is told with file, line and key, all of it at once.

mod support;

use mingcha_library::{Library, Method};
use mingcha_model::{Date, Level};
use support::{changed, files, load, told};

const RULE: &str = "rules/institution/one/rule.toml";

#[test]
fn a_rule_without_fault_is_read_whole() {
    let (library, faults) = load(files());
    assert_eq!(told(&faults), Vec::<String>::new());
    let rule = library.rule("institution/one").expect("the rule");
    assert_eq!((rule.chapter(), rule.version, rule.params.len()), ("institution", 1, 2));
    assert_eq!(
        (rule.effective, rule.expires),
        (Date::parse("2025-01-01").expect("a day"), Date::parse("2030-12-31"))
    );
    assert!(rule.reads_column("fee", "med_list_codg") && !rule.reads_column("fee", "cnt"));
    let table = library.knowledge("limits").expect("the table");
    assert_eq!(
        (table.columns.as_slice(), table.rows[1].line),
        (["code".to_owned(), "value".to_owned()].as_slice(), 3)
    );
    let day = |text| Date::parse(text).expect("a day");
    assert!(table.rows[0].holds_on(day("2026-01-01")) && !table.rows[0].holds_on(day("2024-12-31")));
    assert!(!table.rows[1].holds_on(day("2026-01-01")));
}

#[test]
fn every_slip_in_a_rule_is_told_with_line_and_key_and_the_rule_is_left_out() {
    let cases = [
        ("severity = 2", "severity = 4", "7 severity: must be a whole number from 1 to 3"),
        ("severity = 2", "severity = \"2\"", "7 severity: must be a whole number from 1 to 3"),
        ("severity = 2\n", "severity = 2\ncolour = 1\n", "8 colour: unknown key"),
        ("title = \"规则\"\n", "", "1 title: missing key"),
        ("title = \"规则\"", "title = \"\"", "3 title: must not be empty"),
        (
            "version = 1\nstatus = \"active\"",
            "status = \"active\"\nversion = 1",
            "5 version: key out of order",
        ),
        ("\"active\"", "\"live\"", "5 status: `live` is none of draft, trial, active, retired"),
        ("\"suspect\"", "\"inconclusive\"", "6 kind: no rule claims `inconclusive`"),
        ("[\"after\"]", "[\"after\", \"after\"]", "9 stage: `after` stands twice"),
        ("[\"after\"]", "[]", "9 stage: must not be empty"),
        ("[\"after\"]", "\"after\"", "9 stage: must be a list of texts, is string"),
        ("[\"N1\"]", "[\"N1\", \"N9\"]", "10 covers: nothing has the id `N9`"),
        ("2025-01-01", "2025-02-30", "11 : not TOML: "),
        ("\"2030-12-31\"", "\"2024-01-01\"", "12 expires: lies before `effective`"),
        ("\"person.gend\"", "\n    \"person.gender\"", "14 reads: `person` has no column `gender`"),
        ("\"person.gend\"", "\"person.certno\"", "13 reads: `person.certno` is personal"),
        ("\"person.gend\"", "\"people.gend\"", "13 reads: no table `people`"),
        ("\"person.gend\"", "\"fee.med_list_codg\"", "13 reads: `fee.med_list_codg` stands twice"),
        ("knowledge = [\"limits\"]", "knowledge = [\"limit\"]", "14 knowledge: no knowledge table `limit`"),
        ("knowledge = [\"limits\"]", "knowledge = []", "23 settings.knowledge: `limits` is not declared"),
        ("\ndetector = \"frequency\"", "\nmethod = \"sql\"", "15 method: `rule.sql` is missing beside it"),
        ("\ndetector = \"frequency\"\n", "\n", "1 detector: neither `detector` nor `method`"),
        (
            "\ndetector = \"frequency\"",
            "\ndetector = \"f\"\nmethod = \"sql\"",
            "16 method: both `detector` and `method`",
        ),
        ("{day} 见到", "{day 见到", "21 message: `{day 见到 {name}` is no placeholder"),
        ("$days 天。\"\n\n", "$dayz 天。\"\n\n", "21 message: no parameter `$dayz`"),
        ("days = \"$days\"", "days = \"$dayz\"", "23 settings: no parameter `$dayz`"),
        ("default = 10", "default = 40", "29 params.days.default: 40 lies above the greatest value, 30"),
        ("min = 1\n", "", "28 params.days.min: a number needs its bounds"),
        ("max = 30", "max = 30.5", "31 params.days.max: must be of the default's type, integer"),
        ("default = \"甲\"", "default = \"丙\"", "35 params.word.default: `丙` is none of 甲, 乙"),
        ("\"MC-0001\"", "\"1\"", "1 id: `1` is no rule id"),
        ("\"institution/one\"", "\"institution/two\"", "2 name: differs from the folder"),
        ("\nname = ", "\nname = = ", "2 : not TOML: "),
    ];
    for (old, new, expected) in cases {
        let (library, faults) = changed(RULE, old, new);
        let expected = format!("{RULE}:{expected}");
        let told = told(&faults);
        assert!(told.iter().any(|fault| fault.starts_with(&expected)), "{expected}\n{}", told.join("\n"));
        assert!(library.rules.is_empty(), "{expected}");
    }
}

#[test]
fn a_key_that_cannot_be_read_hides_no_fault_elsewhere() {
    let mut files = files();
    files[0].1 = support::RULE
        .replace("severity = 2", "severity = 4")
        .replace("\"person.gend\"", "\"person.gender\"")
        .replace("default = 10\n", "");
    let (library, faults) = load(files);
    assert_eq!(
        told(&faults),
        [
            format!("{RULE}:7 severity: must be a whole number from 1 to 3"),
            format!("{RULE}:13 reads: `person` has no column `gender`"),
            format!("{RULE}:28 params.days.default: missing key"),
        ]
    );
    assert!(library.rules.is_empty());
    let written = library.written();
    assert_eq!((written[0].detector.as_str(), written[0].line("detector")), ("frequency", 15));
    assert!(written[0].open.contains("days") && written[0].settings.contains_key("inner"));
}

#[test]
fn all_faults_of_a_file_come_at_once() {
    let (_, faults) = changed(RULE, "", "id = 1\nname = []\nnothing = 1\n");
    assert!(faults.len() > 15, "{}", told(&faults).join("\n"));
}

#[test]
fn an_unused_parameter_is_a_warning_and_the_rule_is_kept() {
    let (library, faults) = changed(RULE, "\"$word\", ", "");
    assert_eq!(told(&faults), [format!("{RULE}:34 params.word: never used")]);
    assert_eq!((faults[0].level, library.rules.len()), (Level::Warning, 1));
}

#[test]
fn two_rules_never_share_an_id_and_chapters_are_known() {
    let mut files = files();
    let rule = support::RULE.replace("institution/one", "shops/two");
    files.push(("rules/shops/two/rule.toml".to_owned(), rule));
    let told = told(&load(files).1);
    assert!(told.contains(
        &"rules/shops/two/rule.toml:1 id: `MC-0001` is also the id of `institution/one`".to_owned()
    ));
    assert!(told.contains(&"rules/shops/two/rule.toml:2 name: no chapter `shops`".to_owned()));
}

#[test]
fn sql_rules_are_checked_by_form_and_parameter() {
    let sql = "-- 全部\nSELECT $dayz";
    let mut files = files();
    files[0].1 = support::RULE.replace("detector = \"frequency\"", "method = \"sql\"").replace(
        "[settings]\nknowledge = \"limits\"\ndays = \"$days\"\ninner = { list = [\"$word\", \"x\"] }\n",
        "",
    );
    files.push(("rules/institution/one/rule.sql".to_owned(), sql.to_owned()));
    let (library, faults) = load(files.clone());
    assert!(told(&faults).contains(&"rules/institution/one/rule.sql:2 : no parameter `$dayz`".to_owned()));
    assert!(library.rules.is_empty());
    files.last_mut().expect("the file").1 = "SELECT $days, $word".to_owned();
    let (library, faults) = load(files);
    assert_eq!(told(&faults), Vec::<String>::new());
    let rule = library.rules[0].resolve(&toml::Table::new()).expect("a rule").rule;
    assert_eq!(rule.method, Method::Sql { text: "SELECT 10, '甲'".to_owned() });
}

#[test]
fn every_slip_in_a_knowledge_table_is_told_with_line_and_column() {
    const ROWS: &str = "knowledge/limits/rows.csv";
    let cases = [
        ("code,value", "code,worth", "1 : the header must be `code,value`"),
        ("XA02,", "xa02,", "3 code: `xa02` has not the form that the column declares"),
        ("XA02,", ",", "3 code: must not be empty"),
        ("XA02,", "XA01,", "3 : a row with the same key stands above"),
        ("XA02,", "XA02,1,", "3 : 5 values, the header has 4"),
        ("2025-01-01", "2025-13-01", "2 begndate: `2025-13-01` is no day"),
        ("2025-01-01,", "2025-01-01,2024-01-01", "2 enddate: lies before `begndate`"),
        ("XA02,", "\"XA02,", "3 : a quote without its end"),
    ];
    for (old, new, expected) in cases {
        let (library, faults) = changed(ROWS, old, new);
        let told = told(&faults);
        assert!(told.contains(&format!("{ROWS}:{expected}")), "{expected}\n{}", told.join("\n"));
        assert!(library.knowledge("limits").is_none(), "{expected}");
    }
    let (_, faults) = changed("knowledge/limits/table.toml", "\"drug_prefix\"", "\"drug\"");
    assert!(
        told(&faults)[0].starts_with("knowledge/limits/table.toml:8 columns.code.form: `drug` is none of")
    );
}

#[test]
fn a_table_full_of_faults_is_told_in_bounded_words() {
    let rows = format!("code,value\n{}", "?,\n".repeat(50_000));
    let (_, faults) = changed("knowledge/limits/rows.csv", "", &rows);
    assert!(faults.len() < 250, "{}", faults.len());
}

#[test]
fn hostile_files_are_answered_with_faults() {
    let deep = format!("id = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("id = \"{}\"", "x".repeat(900_000));
    let many = format!("id = [{}]\nreads = [{}]", "1,".repeat(200_000), "\"a\",".repeat(100_000));
    let keys = (0..50_000).map(|i| format!("k{i}=1")).collect::<Vec<_>>().join("\n");
    for text in [
        &many,
        &keys,
        "\0",
        "id = \"\u{202e}\"",
        &deep,
        &long,
        "[a.b.c.d]\n[a]\n[a]",
        "id = 99999999999999999999",
        "\u{feff}",
    ] {
        let (library, faults) = changed(RULE, "", text);
        assert!(library.rules.is_empty() && !faults.is_empty() && faults.len() < 250);
        assert!(
            faults.iter().all(|fault| fault.message.len() < 500 && fault.hint.len() < 5000),
            "bounded words"
        );
    }
}

#[test]
fn a_row_without_end_is_a_fault() {
    let rows = format!("code,value\n{}\nXA01,1\n", ",".repeat(3_000_000));
    let (_, faults) = changed("knowledge/limits/rows.csv", "", &rows);
    assert_eq!(told(&faults)[0], "knowledge/limits/rows.csv:2 : more than 256 values");
}

#[test]
fn a_folder_is_read_with_bounds_and_strangers_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
    };
    for (path, text) in files() {
        put(&path, text.as_bytes());
    }
    let (clean, faults) = Library::load(folder.path());
    assert_eq!((told(&faults), clean.rules.len()), (Vec::new(), 1));
    assert_eq!(clean.digest, load(files()).0.digest);
    put("rules/institution/one/notes.txt", b"x");
    put("rules/institution/two/rule.toml", &vec![b' '; (1 << 20) + 1]);
    put("rules/institution/three/rule.toml", b"id = \"a\"\n\xff");
    let (library, faults) = Library::load(folder.path());
    let told = told(&faults);
    assert!(told.contains(&"rules/institution/one/notes.txt:0 : left out: no file of a library".to_owned()));
    assert!(
        told.contains(
            &"rules/institution/two/rule.toml:0 : too big: 1048577 bytes, at most 1048576".to_owned()
        )
    );
    assert!(told.contains(&"rules/institution/three/rule.toml:2 : not UTF-8".to_owned()));
    assert_eq!((library.rules.len(), library.digest), (1, clean.digest));
    let (_, faults) = Library::load(&folder.path().join("nowhere"));
    assert_eq!(faults.len(), 1);
}
