//! From files to a proved clue.

use crate::{city, fails, mingcha, prints, text, with_lake};

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let folder = with_lake();
    let claims = city().join("city/claims");
    let before = prints(folder.path(), &["lake", "status", "--lake", "lake", "--json"]);
    let said = prints(
        folder.path(),
        &["import", &claims.to_string_lossy(), "--lake", "lake", "--as-of", "2026-11-01"],
    );
    assert!(said.contains("nothing changed"), "{said}");
    assert_eq!(prints(folder.path(), &["lake", "status", "--lake", "lake", "--json"]), before);
}

#[test]
fn a_screened_clue_is_listed_shown_exported_reported_and_proved() {
    let folder = with_lake();
    let at = folder.path();
    let run: serde_json::Value =
        serde_json::from_str(&prints(at, &["screen", "--lake", "lake", "--json"])).expect("the run is JSON");
    assert!(run["findings"].as_u64().is_some_and(|count| count > 0), "{run}");
    let clues: serde_json::Value =
        serde_json::from_str(&prints(at, &["clues", "list", "--lake", "lake", "--json"]))
            .expect("clues are JSON");
    let clue = clues[0]["id"].as_str().expect("a clue has an id");
    let shown = prints(at, &["clues", "show", clue, "--lake", "lake"]);
    assert!(shown.contains("依据") && shown.contains("性质"), "{shown}");
    for file in ["clues.csv", "clues.xlsx", "clues.json", "clues.jsonl"] {
        prints(at, &["clues", "export", file, "--lake", "lake"]);
        assert!(at.join(file).metadata().is_ok_and(|meta| meta.len() > 100), "{file}");
    }
    prints(at, &["report", "--lake", "lake", "--out", "report.html"]);
    let page = std::fs::read_to_string(at.join("report.html")).expect("the report is there");
    assert!(page.contains("重点线索") && !page.contains("<script"), "the report is a page without scripts");
    assert!(prints(at, &["verify", "latest", "--lake", "lake"]).contains("the same, byte by byte"));
    assert!(prints(at, &["verify", clue, "--lake", "lake"]).contains("the same, byte by byte"));
}

#[test]
fn two_runs_of_the_same_question_give_the_same_bytes() {
    let (one, two) = (with_lake(), with_lake());
    let run = |folder: &tempfile::TempDir, threads: &str| {
        let args = ["screen", "--lake", "lake", "--json", "--full", "--threads", threads];
        prints(folder.path(), &args)
    };
    assert_eq!(run(&one, "1"), run(&two, "2"));
}

#[test]
fn compaction_changes_no_answer() {
    let folder = with_lake();
    let at = folder.path();
    let findings = |file: &str| {
        prints(at, &["screen", "--lake", "lake", "--full"]);
        prints(at, &["clues", "export", file, "--findings", "--lake", "lake"]);
        std::fs::read(at.join(file)).expect("findings are exported")
    };
    let before = findings("before.jsonl");
    prints(at, &["lake", "compact", "--buckets", "4", "--lake", "lake"]);
    assert!(before == findings("after.jsonl"), "findings differ after compaction");
}

#[test]
fn a_query_sees_the_lake_and_nothing_else() {
    let folder = with_lake();
    let at = folder.path();
    std::fs::write(at.join("secret.csv"), "a\n1\n").expect("a file is written");
    let answer =
        prints(at, &["lake", "query", "SELECT count(*) AS n FROM person", "--lake", "lake", "--json"]);
    assert!(answer.contains("\"n\":\"30"), "{answer}");
    for sql in [
        "SELECT * FROM 'secret.csv'",
        "CREATE EXTERNAL TABLE s STORED AS CSV LOCATION 'secret.csv'",
        "COPY person TO 'out.csv'",
        "DELETE FROM person",
        "SET datafusion.execution.batch_size = 1",
    ] {
        let output = mingcha(at, &["lake", "query", sql, "--lake", "lake"]);
        assert!(!output.status.success(), "{sql} was answered");
    }
    assert!(!at.join("out.csv").exists());
}

#[test]
fn what_is_exported_can_be_imported_again() {
    let folder = with_lake();
    let at = folder.path();
    std::fs::create_dir(at.join("out")).expect("a folder is made");
    for table in [
        "institution",
        "practitioner",
        "agreement",
        "person",
        "encounter",
        "diagnosis",
        "operation",
        "settlement",
        "fee",
    ] {
        prints(at, &["lake", "export", table, &format!("out/{table}.csv"), "--lake", "lake"]);
    }
    prints(at, &["import", "out", "--lake", "second", "--as-of", "2026-11-01", "--profile", "mingcha"]);
    let sums = "SELECT count(*) AS n, sum(det_item_fee_sumamt) AS yuan FROM fee";
    let answer = |lake: &str| prints(at, &["lake", "query", sums, "--lake", lake]);
    assert_eq!(answer("lake"), answer("second"));
}

#[test]
fn nothing_personal_lies_in_the_lake() {
    let people = std::fs::read_dir(city().join("city/claims"))
        .expect("claims are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("person")))
        .expect("a person file");
    let text = std::fs::read_to_string(people).expect("people are read");
    let header: Vec<&str> =
        text.lines().next().expect("a header").trim_start_matches('\u{feff}').split(',').collect();
    let place =
        header.iter().position(|name| *name == "certno").expect("certificate numbers are in the files");
    let numbers: Vec<&str> = text
        .lines()
        .skip(1)
        .take(50)
        .filter_map(|line| line.split(',').nth(place))
        .filter(|number| number.len() == 18)
        .collect();
    assert!(!numbers.is_empty());
    let dump = prints(
        city(),
        &["lake", "query", "SELECT * FROM person", "--lake", "lake", "--limit", "100000", "--json"],
    );
    assert!(numbers.iter().all(|number| !dump.contains(number)), "a certificate number stands in the lake");
    assert!(dump.contains("certno_digest"));
}

#[test]
fn a_new_rule_begins_with_fixtures_that_pass() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    prints(at, &["rule", "new", "insured/often", "--folder", "site", "--letters", "XJ"]);
    let said = prints(at, &["rule", "test", "insured/often", "--site", "site"]);
    assert!(said.contains("3 scenarios passed, 0 failed"), "{said}");
    assert!(said.contains("insured/often: （应当提示的情形）三十天内住院三次"), "{said}");
}

#[test]
fn moving_a_threshold_of_a_site_is_told_of_as_no_fault() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir(at.join("site")).expect("a site");
    let moved = "[\"institution/readmission\"]\ndays = 10\n";
    std::fs::write(at.join("site/params.toml"), moved).expect("its parameters");
    let output = mingcha(at, &["rule", "list", "--site", "site"]);
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
    let moved = "[\"institution/readmission\"]\ndays = 100000\n";
    std::fs::write(at.join("site/params.toml"), moved).expect("its parameters");
    let told = fails(at, 3, &["rule", "lint", "--site", "site"]);
    assert!(told.contains("params.toml:2"), "{told}");
}

#[test]
fn a_foreign_header_cannot_steer_the_terminal() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("odd.csv"), "\u{1b}[31mred,\u{9b}2J\n1,2\n").expect("a file");
    let output = mingcha(at, &["import", "odd.csv", "--lake", "lake", "--as-of", "2026-11-01"]);
    let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
    assert!(!said.contains(['\u{1b}', '\u{9b}']) && said.contains("odd.csv"), "{said:?}");
    let drafted = mingcha(at, &["profile", "new", "odd.csv"]);
    assert!(!text(&drafted.stdout).contains(['\u{1b}', '\u{9b}']));
}

#[test]
fn an_export_that_fails_leaves_no_file() {
    let folder = with_lake();
    let at = folder.path();
    let args = ["lake", "export", "fee", "fee.csv", "--lake", "lake", "--where", "nothing = 1"];
    assert!(!mingcha(at, &args).status.success());
    let left: Vec<_> = std::fs::read_dir(at)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(left, ["lake"]);
}

#[test]
fn a_table_without_rows_is_told_of_after_screening() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::write(
        at.join("encounter.csv"),
        "mdtrt_id,psn_no,insutype,insu_admdvs,fixmedins_code,med_type,begntime,endtime\nM1,P1,310,990101,H99010100001,11,2025-03-01 08:00:00,2025-03-01 09:00:00\n",
    )
    .expect("a file");
    prints(at, &["import", "encounter.csv", "--lake", "lake", "--as-of", "2026-11-01"]);
    let said = prints(at, &["screen", "--lake", "lake", "--as-of", "2025-12-31"]);
    assert!(said.contains("no rows in ") && said.contains("settlement (read by "), "{said}");
    prints(at, &["report", "latest", "--lake", "lake", "--out", "report.html"]);
    let page = std::fs::read_to_string(at.join("report.html")).expect("the page");
    assert!(page.contains("数据不全的规则"));
}

#[test]
fn a_proof_sees_what_was_changed_in_a_run_afterwards() {
    let folder = with_lake();
    let at = folder.path();
    prints(at, &["screen", "--lake", "lake", "--full"]);
    let runs = mingcha_engine::Runs::of(&at.join("lake"));
    let run = runs.find("latest").expect("a run");
    let (findings, clues) = (runs.findings(&run.id).expect("findings"), runs.clues(&run.id).expect("clues"));
    let library = runs.library(&run.id).expect("the library");
    prints(at, &["verify", "latest", "--lake", "lake"]);

    let mut graver = clues.clone();
    graver[0].score.total += 30;
    runs.write(&run, &findings, &graver, &library).expect("a changed clue");
    let clue = graver[0].id.clone();
    for what in ["latest", &clue] {
        let told = fails(at, 3, &["verify", what, "--lake", "lake"]);
        assert!(told.contains("did not come out the same"), "{told}");
    }

    let mut dearer = run.clone();
    dearer.amount += mingcha_model::Fen(100);
    runs.write(&dearer, &findings, &clues, &library).expect("a changed total");
    fails(at, 3, &["verify", "latest", "--lake", "lake"]);

    let mut milder = findings.clone();
    milder[0].message.push('！');
    runs.write(&run, &milder, &clues, &library).expect("a changed finding");
    fails(at, 3, &["verify", "latest", "--lake", "lake"]);
}

#[test]
fn runs_over_different_data_have_different_ids() {
    let folder = with_lake();
    let at = folder.path();
    let claims = city().join("city/claims/encounter-0001.csv");
    let one = mingcha_engine::Runs::of(&at.join("lake"));
    prints(at, &["screen", "--lake", "lake", "--as-of", "2025-12-31"]);
    prints(at, &["import", &claims.to_string_lossy(), "--lake", "other", "--as-of", "2026-11-01"]);
    prints(at, &["screen", "--lake", "other", "--as-of", "2025-12-31"]);
    let other = mingcha_engine::Runs::of(&at.join("other"));
    assert_ne!(one.find("latest").expect("a run").id, other.find("latest").expect("a run").id);
}

/// The rows of a table as texts in order, without the digests, whose key each lake has for itself.
fn rows(folder: &std::path::Path, lake: &str, table: &str) -> Vec<String> {
    let sql = format!("SELECT * FROM {table}");
    let said = prints(folder, &["lake", "query", &sql, "--lake", lake, "--limit", "10000000", "--json"]);
    let row = |line: &str| {
        let mut row: serde_json::Map<_, _> = serde_json::from_str(line).expect("a row is JSON");
        row.retain(|column, _| !column.ends_with("_digest"));
        serde_json::Value::Object(row).to_string()
    };
    let mut rows: Vec<String> = said.lines().map(row).collect();
    rows.sort();
    rows
}

#[test]
fn a_city_in_foreign_names_is_imported_to_the_same_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let import = |lake: &str, profile: &str, paths: &[&str]| {
        let options = ["--lake", lake, "--profile", profile, "--as-of", "2026-01-31"];
        prints(at, &[&["import"], paths, &options].concat());
    };
    let synth = ["synth", "--persons", "150", "--seed", "5", "--dirty", "0"];
    prints(at, &[&synth[..], &["--out", "ours"]].concat());
    import("ours.lake", "mingcha", &["ours/claims"]);
    for (profile, format) in [("mingcha", "csv"), ("interface", "csv"), ("centre", "parquet")] {
        prints(at, &[&synth[..], &["--out", profile, "--profile", profile, "--format", format]].concat());
        let lake = format!("{profile}.lake");
        let own = |table: &str| format!("{profile}/own/{table}.{format}");
        let places = ["institution", "agreement", "practitioner"].map(own);
        if profile != "mingcha" {
            // Who may claim stands in no foreign file, and must be known before the claims.
            import(&lake, "mingcha", &places.each_ref().map(String::as_str));
        }
        import(&lake, profile, &[&format!("{profile}/claims")]);
        if profile != "mingcha" {
            import(&lake, "mingcha", &[&format!("{profile}/own")]);
        }
        let claimed: Vec<String> = rows(at, "ours.lake", "encounter");
        for table in mingcha_model::table::tables().iter().map(|table| table.name) {
            let (mut ours, theirs) = (rows(at, "ours.lake", table), rows(at, &lake, table));
            if (profile, table) == ("centre", "person") {
                // The centre's extract knows people by their visits alone.
                ours.retain(|person| {
                    let person: serde_json::Value = serde_json::from_str(person).expect("JSON");
                    claimed.iter().any(|visit| visit.contains(&person["psn_no"].to_string()))
                });
            }
            assert!(ours == theirs, "{profile} {table}: {} rows, here {}", theirs.len(), ours.len());
        }
    }
    let wrong = mingcha(at, &["synth", "--persons", "10", "--out", "none", "--profile", "no-such"]);
    assert!(!wrong.status.success() && !at.join("none/claims").exists());
    // What the generator does not write in a profile's own form it refuses, before the first file.
    for own in ["encoding = \"gb18030\"", "delimiter = \"tab\"", "form.time = \"epoch_ms\""] {
        let text = format!(
            "name = \"own\"\ntitle = \"own\"\n{own}\n[[table]]\ntable = \"person\"\nfiles = [\"person\"]\nown_names = true\n"
        );
        std::fs::write(at.join("own.toml"), text).expect("write");
        let refused = mingcha(at, &["synth", "--persons", "10", "--out", "none", "--profile", "own.toml"]);
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains("in a form of its own") && !at.join("none/claims").exists(), "{own}: {words}");
    }
}
