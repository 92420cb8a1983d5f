//! The life of a rule: parameters of a locality, a site's own rules, versions under lock, pages, the next new rule.

mod support;

use mingcha_library::{Files, Library, Method, docs, lock, scaffold, site_params};
use std::borrow::Cow;
use support::{changed, files, load, told};

fn site(text: &str) -> toml::Table {
    text.parse().expect("TOML")
}

fn overlay(base: &Library, files: &[(&str, &str)]) -> (Library, Vec<String>) {
    let files: Files =
        files.iter().map(|&(path, text)| (path.to_owned(), Cow::Owned(text.to_owned()))).collect();
    let (library, faults) = Library::overlay(base, &files, Vec::new());
    (library, told(&faults))
}

#[test]
fn a_locality_moves_parameters_inside_their_bounds_only() {
    let rule = &load(files()).0.rules[0];
    let resolved = rule.resolve(&site("[\"institution/one\"]\ndays = 20\nword = \"乙\"")).expect("allowed");
    let Method::Detector { settings, .. } = &resolved.rule.method else { panic!("a detector") };
    assert_eq!(settings["days"], toml::Value::Integer(20));
    assert_eq!(settings["inner"]["list"][0], toml::Value::String("乙".to_owned()));
    assert_eq!(resolved.rule.message, "{day} 见到 {name}，超过 20 天。");
    assert_eq!(
        rule.resolve(&site("[MC-0001]\ndays = 30")).expect("by id").values["days"],
        toml::Value::Integer(30)
    );
    assert_eq!(
        rule.resolve(&site("[other]\ndays = 99")).expect("another's").values["days"],
        toml::Value::Integer(10)
    );
    let listed = changed("rules/institution/one/rule.toml", "default = \"甲\"", "default = [\"甲\"]").0;
    for same in ["word = [\"乙\", \"甲\"]", "word = \"乙、甲\"", "word = \"乙 甲\""] {
        let resolved = listed.rules[0].resolve_with(&site(same)).expect(same);
        assert_eq!(resolved.values["word"].as_array().map(Vec::len), Some(2), "{same}");
    }
    for wrong in ["days = 31", "days = 0", "days = \"20\"", "days = 2.0", "word = \"丙\"", "weeks = 1"] {
        let error = rule.resolve(&site(&format!("[MC-0001]\n{wrong}"))).expect_err(wrong);
        assert_eq!(error.faults.len(), 1, "{error}");
    }
}

#[test]
fn a_localitys_file_is_checked_with_lines() {
    let (library, _) = load(files());
    let text = "[\"institution/one\"]\nword = \"乙\"\ndays = 31\n\n[\"institution/none\"]\nx = 1\n";
    let (_, faults) = site_params(&library, "params.toml", text);
    assert_eq!(
        told(&faults),
        [
            "params.toml:3 institution/one.days: `days` 31 lies above the greatest value, 30",
            "params.toml:5 institution/none: no such rule",
        ]
    );
    let (site, faults) = site_params(&library, "params.toml", "[MC-0001]\ndays = 11\n");
    assert_eq!(told(&faults), Vec::<String>::new());
    assert_eq!(library.rules[0].resolve(&site).expect("allowed").values["days"], toml::Value::Integer(11));
}

#[test]
fn a_site_adds_rules_replaces_them_by_newer_versions_and_adds_rows() {
    let (base, _) = load(files());
    let own = support::RULE.replace("MC-0001", "XJ-0001").replace("institution/one", "pharmacy/own");
    let newer =
        support::RULE.replace("version = 1", "version = 2").replace("institution/one", "institution/new");
    let rows = "code,value\nXA09,3\n";
    let (library, told) = overlay(
        &base,
        &[
            ("rules/pharmacy/own/rule.toml", &own),
            ("rules/institution/new/rule.toml", &newer),
            ("knowledge/limits/rows.csv", rows),
        ],
    );
    assert_eq!(told, Vec::<String>::new());
    let names: Vec<&str> = library.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["institution/new", "pharmacy/own"]);
    assert_eq!(library.rule("MC-0001").expect("replaced").version, 2);
    assert_eq!(library.knowledge("limits").expect("the table").rows.len(), 3);
    assert_ne!(library.digest, base.digest);
    let (again, faults) = Library::from_archive(&library.to_archive()).expect("an archive");
    assert_eq!((again.digest, again.knowledge, faults.len()), (library.digest, library.knowledge, 0));
}

#[test]
fn a_site_cannot_replace_a_rule_by_an_older_one_or_by_another_id() {
    let (base, _) = load(files());
    let path = "rules/institution/one/rule.toml";
    let (library, told) = overlay(&base, &[(path, support::RULE)]);
    assert_eq!(told, [format!("{path}:0 version: replaces `institution/one` version 1 with version 1")]);
    assert_eq!(library.rules, base.rules);
    let (library, told) = overlay(&base, &[(path, &support::RULE.replace("MC-0001", "XJ-0001"))]);
    assert_eq!(told, [format!("{path}:0 id: the folder is that of `MC-0001`, which has another id")]);
    assert_eq!(library.rules, base.rules);
}

#[test]
fn logic_never_changes_under_the_same_version() {
    let rule = "rules/institution/one/rule.toml";
    let (library, _) = load(files());
    assert!(library.lint()[0].message.contains("is not in `rules.lock`"));
    let (locked, faults) = lock::update(&library);
    assert_eq!(faults, []);
    let with = |old: &str, new: &str| {
        let mut files = files();
        files[0].1 = files[0].1.replace(old, new);
        files.push(("rules.lock".to_owned(), locked.clone()));
        let (library, faults) = load(files);
        assert_eq!(told(&faults), Vec::<String>::new());
        library
    };
    assert_eq!(with("", "").lint(), []);
    assert_eq!(with("登记错误", "登记有误").lint(), [], "words are not logic");
    for (old, new) in [
        ("max = 30", "max = 40"),
        ("\"x\"]", "\"y\"]"),
        ("\"suspect\"", "\"monitor\""),
        ("2025-01-01", "2025-01-02"),
    ] {
        let changed = with(old, new);
        assert_eq!(
            told(&changed.lint()),
            [format!("{rule}:0 version: the logic changed, the version is still 1")]
        );
        let (kept, faults) = lock::update(&changed);
        assert_eq!((kept.as_str(), faults.len()), (locked.as_str(), 1), "the lock holds");
    }
    let newer = with("version = 1", "version = 2");
    assert_eq!(told(&newer.lint()), ["rules.lock:2 : the line of `MC-0001` is out of date"]);
    assert!(lock::update(&newer).0.contains("MC-0001 institution/one 2 "));
    let gone = with("MC-0001", "MC-0002");
    assert!(
        told(&gone.lint())
            .iter()
            .any(|fault| fault.starts_with("rules.lock:2 : `MC-0001` (`institution/one`) is gone"))
    );
}

#[test]
fn lint_tells_of_fixtures_that_are_missing_or_against_the_rule() {
    let path = "rules/institution/one/tests.md";
    let lint = |old: &str, new: &str| {
        let (library, _) = changed(path, old, new);
        told(&library.lint()).into_iter().filter(|fault| fault.starts_with(path)).collect::<Vec<_>>()
    };
    assert_eq!(lint("## 命中", "## 命中"), Vec::<String>::new());
    assert_eq!(
        lint("", "text"),
        ["命中", "不命中", "缺数据"].map(|word| format!("{path}:0 : no scenario `{word}`"))
    );
    let params = "## 不命中: b\n### 参数\n|参数|值|\n|---|---|\n|days|31|\n";
    assert_eq!(
        lint("## 不命中: b\n", params),
        [format!("{path}:10 days: `days` 31 lies above the greatest value, 30")]
    );
    assert_eq!(
        lint("### fee", "### stock"),
        [
            format!("{path}:1 stock: the rule reads nothing of `stock`"),
            format!("{path}:3 : no column `feedetl_sn`"),
        ]
    );
}

#[test]
fn pages_say_what_is_covered_and_what_is_not() {
    let (library, _) = load(files());
    let pages = docs::rule_pages(&library);
    assert_eq!(pages, docs::rule_pages(&load(files()).0), "the same library gives the same pages");
    let page = &pages["docs/rules/institution/one.md"];
    for part in [
        "# MC-0001 规则",
        "超过 10 天",
        "| `days` | 10 | 1 – 30 | 天数。 |",
        "- `N1` 甲|乙",
        "- 命中：a（期望：可疑）",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let coverage = &pages["docs/coverage.md"];
    assert!(coverage.contains("| N1 | 甲\\|乙 | A | [规则](rules/institution/one.md) |"), "{coverage}");
    assert!(
        coverage.contains("| N2 | 丙 | C | 未覆盖 |") && coverage.contains("| 负面清单 C 类 | 1 | 0 | 1 |")
    );
    assert!(pages["docs/rules/index.md"].contains("[规则](institution/one.md)"));
    let tables = docs::tables_page();
    assert!(tables.contains("| `certno` | 证件号码 | 文本，至多 50 字 |  | 是 |"), "{tables}");
}

#[test]
fn links_of_pages_lead_to_pages() {
    let pages = docs::rule_pages(&Library::embedded().0);
    for (path, text) in &pages {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let mut parts: Vec<&str> = path.split('/').collect();
            parts.pop();
            for part in target.split('/') {
                if part == ".." { parts.pop().map(drop).expect("inside") } else { parts.push(part) }
            }
            assert!(pages.contains_key(&parts.join("/")), "{path} → {target}");
        }
    }
}

#[test]
fn a_new_rule_loads_as_it_is_made_and_takes_the_next_id() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }
    let paths = scaffold::scaffold(folder.path(), "MC", "pharmacy", "night-sales").expect("files");
    assert_eq!(paths, ["rules/pharmacy/night-sales/rule.toml", "rules/pharmacy/night-sales/tests.md"]);
    let (library, faults) = Library::load(folder.path());
    let errors = |faults: &[mingcha_model::Diagnostic]| {
        faults.iter().filter(|fault| fault.level == mingcha_model::Level::Error).count()
    };
    assert_eq!(
        (errors(&faults), errors(&library.lint())),
        (0, 0),
        "{:?} {:?}",
        told(&faults),
        told(&library.lint())
    );
    assert_eq!(library.rule("pharmacy/night-sales").expect("the rule").id, "MC-0002");
    assert!(
        scaffold::scaffold(folder.path(), "MC", "pharmacy", "night-sales").is_err(),
        "never over another rule"
    );
    for (chapter, name) in [("shops", "a"), ("pharmacy", "A b"), ("pharmacy", "../x"), ("pharmacy", "")] {
        assert!(scaffold::scaffold(folder.path(), "MC", chapter, name).is_err(), "{chapter}/{name}");
    }
}
