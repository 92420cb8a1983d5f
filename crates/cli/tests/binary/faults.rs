//! Wrong input: who is at fault, what to do next, and an exit code that says so.

use crate::{copy, fails, mingcha, prints, text, with_lake};
use std::{fmt::Write, path::Path};
use tempfile::TempDir;

#[test]
fn a_missing_lake_is_the_users_to_name() {
    let folder = TempDir::new().expect("a folder");
    let told = fails(folder.path(), 4, &["lake", "status", "--lake", "nowhere"]);
    assert!(told.contains("nowhere"), "{told}");
    fails(folder.path(), 4, &["import", "nothing.csv", "--lake", "lake"]);
    fails(folder.path(), 2, &["screen", "--as-of", "31.12.2025"]);
}

#[test]
fn unknown_rules_runs_and_clues_are_named() {
    let folder = with_lake();
    for (code, args) in [
        (4, vec!["screen", "--lake", "lake", "--rules", "institution/no-such"]),
        (4, vec!["verify", "no-such", "--lake", "lake"]),
        (4, vec!["report", "no-such", "--lake", "lake"]),
        (4, vec!["rule", "show", "no-such"]),
        (4, vec!["rule", "test", "no-such"]),
    ] {
        let told = fails(folder.path(), code, &args);
        assert!(told.contains("no-such"), "{told}");
    }
}

#[test]
fn an_empty_answer_about_what_the_lake_does_not_hold_is_told() {
    let folder = with_lake();
    let at = folder.path();
    let rule = ["screen", "--lake", "lake", "--rules", "institution/drug-sex"];
    for (more, why) in [
        (["--region", "99x"], "no institution of the lake lies in region `99x`"),
        (["--as-of", "2020-01-01"], "the lake holds no claims of the days asked for"),
        (["--from", "2090-01-01"], "the lake holds no claims of the days asked for"),
    ] {
        let output = mingcha(at, &[&rule[..], &more[..]].concat());
        let told = text(&output.stderr);
        assert!(output.status.success() && told.contains(why), "{more:?}: {told}");
    }
}

#[test]
fn a_clue_of_another_run_is_told_where_it_is() {
    let folder = with_lake();
    let at = folder.path();
    prints(at, &["screen", "--lake", "lake"]);
    let has = mingcha_engine::Runs::of(&at.join("lake")).find("latest").expect("a run").id;
    let clues = prints(at, &["clues", "list", "--lake", "lake", "--limit", "1", "--json"]);
    let clues: serde_json::Value = serde_json::from_str(&clues).expect("clues as JSON");
    let clue = clues[0]["id"].as_str().expect("a clue");
    prints(at, &["screen", "--lake", "lake", "--region", "99x"]);
    let told = fails(at, 4, &["clues", "show", clue, "--lake", "lake"]);
    assert!(told.contains(&format!("--run {has}")), "{told}");
    prints(at, &["clues", "show", clue, "--lake", "lake", "--run", &has]);
}

/// Spoils most of the rows in each Parquet file of a folder; footers stay.
fn spoil(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder is read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            spoil(&path);
        } else if path.extension().is_some_and(|ending| ending == "parquet") {
            let mut bytes = std::fs::read(&path).expect("a file is read");
            let footer = bytes.len() - 8;
            let length = u32::from_le_bytes(bytes[footer..footer + 4].try_into().expect("four bytes"));
            bytes[4..(footer - length as usize) / 4 * 3].fill(0xff);
            std::fs::write(&path, bytes).expect("a file is written");
        }
    }
}

#[test]
fn a_damaged_file_of_the_lake_is_named_and_no_bug() {
    let folder = with_lake();
    let at = folder.path();
    spoil(&at.join("lake/tables/fee"));
    let screen = ["screen", "--lake", "lake", "--rules", "institution/drug-sex", "--as-of", "2025-12-31"];
    let told = fails(at, 1, &screen);
    assert!(told.contains("is damaged") && told.contains(".parquet"), "{told}");
}

#[test]
fn a_query_names_the_file_of_the_lake_that_is_damaged_or_gone() {
    let question = ["lake", "query", "SELECT count(DISTINCT mdtrt_id), sum(cnt) FROM fee", "--lake", "lake"];
    let rule =
        ["screen", "--lake", "lake", "--rules", "institution/key-item-growth", "--as-of", "2025-12-31"];
    for (damage, said) in [
        ("spoilt", "is damaged"),
        ("cut short", "is damaged"),
        ("empty", "is damaged: 0 bytes"),
        ("gone", "No such file"),
    ] {
        let folder = with_lake();
        let at = folder.path();
        let file = first_file(&at.join("lake/tables/fee")).expect("a file of the table");
        match damage {
            "spoilt" => spoil(file.parent().expect("its folder")),
            "cut short" => {
                let bytes = std::fs::read(&file).expect("the file is read");
                std::fs::write(&file, &bytes[..bytes.len() / 2]).expect("it is cut short");
            }
            "empty" => std::fs::write(&file, "").expect("it is emptied"),
            _ => std::fs::remove_file(&file).expect("it is removed"),
        }
        let name = file.strip_prefix(at).expect("below it").display().to_string();
        for args in [&question[..], &rule[..]] {
            let told = fails(at, 1, args);
            assert!(told.contains(&name) && told.contains(said), "{damage}, {args:?}: {told}");
        }
    }
    // A question that fails by itself is told as before.
    let folder = with_lake();
    let told = fails(folder.path(), 4, &["lake", "query", "SELECT no_such FROM fee", "--lake", "lake"]);
    assert!(told.contains("no_such") && !told.contains(".parquet"), "{told}");
}

/// The first Parquet file below a folder, by name.
fn first_file(folder: &Path) -> Option<std::path::PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").flatten().map(|one| one.path()).collect();
    paths.sort();
    paths.into_iter().find_map(|path| {
        if path.is_dir() {
            first_file(&path)
        } else {
            Some(path).filter(|path| path.extension().is_some_and(|ending| ending == "parquet"))
        }
    })
}

#[test]
fn a_cause_is_told_once() {
    let folder = with_lake();
    let at = folder.path();
    prints(at, &["screen", "--lake", "lake", "--rules", "institution/drug-sex"]);
    let run = mingcha_engine::Runs::of(&at.join("lake")).find("latest").expect("a run").id;
    std::fs::write(at.join("lake/runs").join(&run).join("run.json"), "{").expect("it is cut short");
    let told = fails(at, 1, &["report", "latest", "--lake", "lake"]);
    assert_eq!(told.matches("EOF").count(), 1, "{told}");
}

#[test]
fn a_batch_that_is_too_bad_is_refused_whole() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    let mut fees = String::from(
        "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,det_item_fee_sumamt\n",
    );
    for line in 0..100 {
        let time = if line % 2 == 0 { "2025-03-01 08:00:00" } else { "not a time" };
        writeln!(fees, "F{line},E1,P1,H99010100001,{time},001102000010000,201,1,10,10.00")
            .expect("a text grows");
    }
    std::fs::write(at.join("fee.csv"), fees).expect("a file is written");
    let told = fails(at, 3, &["import", "fee.csv", "--lake", "lake"]);
    assert!(told.contains("refused whole"), "{told}");
    let status = prints(at, &["lake", "status", "--lake", "lake", "--json"]);
    assert!(status.contains("\"batches\": 0"), "{status}");
}

#[test]
fn bad_rows_are_kept_with_their_place_and_can_be_mended() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::write(
        at.join("person.csv"),
        "psn_no,brdy,insutype,insu_admdvs,gend\nP1,1980-01-01,310,990101,1\n",
    )
    .expect("a file");
    std::fs::write(
        at.join("encounter.csv"),
        "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime,insutype,insu_admdvs\n\
         E1,P1,H99010100001,11,2025-03-01 08:00:00,2025-03-01 09:00:00,310,990101\n",
    )
    .expect("a file");
    let mut fees = String::from(
        "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,det_item_fee_sumamt\n",
    );
    for line in 0..99 {
        writeln!(fees, "F{line},E1,P1,H99010100001,2025-03-01 08:00:00,001102000010000,201,1,10,10.00")
            .expect("a text grows");
    }
    fees.push_str("F99,E1,P1,H99010100001,2025-02-30,001102000010000,201,1,10,10.00\n");
    std::fs::write(at.join("fee.csv"), fees).expect("a file is written");
    prints(at, &["import", "person.csv", "encounter.csv", "fee.csv", "--lake", "lake"]);
    let told = prints(at, &["lake", "quarantine", "--lake", "lake"]);
    assert!(told.contains("2025-02-30") && told.contains("fee.csv:101"), "{told}");
    prints(at, &["lake", "quarantine", "--lake", "lake", "--out", "mend"]);
    let file = at.join("mend/fee-quarantine.csv");
    let mended = std::fs::read_to_string(&file).expect("the quarantine is exported").replacen(
        "2025-02-30",
        "2025-02-28 08:00:00",
        1,
    );
    std::fs::write(&file, mended).expect("it is mended");
    prints(at, &["import", "mend", "--lake", "lake"]);
    let count = prints(at, &["lake", "query", "SELECT count(*) AS n FROM fee", "--lake", "lake", "--json"]);
    assert!(count.contains("\"n\":\"100\""), "{count}");
}

#[test]
fn a_rule_with_faults_is_refused_with_all_of_them() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir_all(at.join("site/rules/institution/mine")).expect("a folder is made");
    std::fs::write(
        at.join("site/rules/institution/mine/rule.toml"),
        "id = \"LC-0001\"\nname = 5\nversion = -1\ncolour = \"red\"\n",
    )
    .expect("a rule is written");
    let told = fails(at, 3, &["rule", "lint", "--site", "site"]);
    for fault in ["name", "version", "colour"] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
}

/// A site with a new rule in which pieces of text are replaced.
fn site_with(slips: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    prints(at, &["rule", "new", "insured/often", "--folder", "site", "--letters", "XJ"]);
    let file = at.join("site/rules/insured/often/rule.toml");
    let mut rule = std::fs::read_to_string(&file).expect("the rule is there");
    for (old, new) in slips {
        assert!(rule.contains(old), "{old} is not in {rule}");
        rule = rule.replacen(old, new, 1);
    }
    std::fs::write(file, rule).expect("it is written");
    folder
}

#[test]
fn every_slip_of_a_rule_is_told_in_one_round_with_its_line() {
    let folder = site_with(&[
        ("severity = 1", "severity = 9"),
        ("\"encounter.endtime\"", "\"encounter.endtimes\""),
        ("detector = \"frequency\"", "detector = \"frequencies\""),
        ("default = 3\n", "default = 300\n"),
    ]);
    let told = fails(folder.path(), 3, &["rule", "lint", "--site", "site"]);
    for fault in [
        "site/rules/insured/often/rule.toml:7 `severity`: must be a whole number",
        "rule.toml:16 `reads`: `encounter` has no column `endtimes`",
        "rule.toml:19 `detector`: there is no detector `frequencies`",
        "rule.toml:33 `params.least.default`: 300 lies above",
        "hint: detectors: absence, ",
        "`mingcha rule detectors`",
    ] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
}

#[test]
fn settings_and_a_message_that_cannot_be_used_are_told_with_what_there_is() {
    let folder = site_with(&[
        ("severity = 1", "severity = 9"),
        ("count = \"stays\"", "count = \"calls\""),
        ("least = \"$least\"", "lowest = \"$least\""),
        ("{count}", "{number}"),
    ]);
    let told = fails(folder.path(), 3, &["rule", "lint", "--site", "site"]);
    for fault in [
        "rule.toml:7 `severity`",
        "rule.toml:25 `message`: nothing fills `{number}`",
        "hint: known here: bed_days, count, most, places, begin, end,",
        "rule.toml:28 `settings.count`: unknown variant `calls`",
        "rule.toml:29 `settings.lowest`: unknown field `lowest`",
        "`mingcha rule detectors frequency` shows its settings",
    ] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
}

#[test]
fn a_message_that_no_column_of_the_sql_fills_is_told_with_those_that_do() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../library"), &at.join("lib"));
    let slip = |file: &str, old: &str, new: &str| {
        let file = at.join("lib/rules").join(file);
        let rule = std::fs::read_to_string(&file).expect("the rule is there");
        assert!(rule.contains(old), "{old} is not in {rule}");
        std::fs::write(file, rule.replacen(old, new, 1)).expect("it is written");
    };
    slip("institution/assist-share/rule.toml", "{share}%", "{shares}%，{kind}");
    slip("gang/seen-together/rule.toml", "{pairs}对", "{a}与{b}");
    let told = fails(at, 3, &["rule", "lint", "--library", "lib"]);
    for fault in [
        "lib/rules/institution/assist-share/rule.toml:42 `message`: nothing fills `{shares}`",
        "nothing fills `{kind}`",
        "hint: known here: account, aided, amount, begin, end, ",
        "lib/rules/gang/seen-together/rule.toml:43 `message`: nothing fills `{a}`",
        "nothing fills `{b}`",
        "members_list, ",
    ] {
        assert!(told.contains(fault), "{fault}: {told}");
    }
    assert!(!told.contains("key-item-growth") && !told.contains("nothing fills `{people}`"), "{told}");
    // Where the SELECT names what there is not, its columns are not known, and that is told.
    slip("institution/assist-share/rule.sql", "fixmedins_code", "fixmedins_kode");
    let told = fails(at, 3, &["rule", "lint", "--library", "lib"]);
    assert!(
        told.contains("lib/rules/institution/assist-share/rule.sql") && told.contains("fixmedins_kode"),
        "{told}"
    );
}

#[test]
fn a_new_rule_takes_no_built_in_name() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    let told = fails(at, 4, &["rule", "new", "insured/oversupply", "--folder", "site"]);
    assert!(told.contains("the built-in rule MC-"), "{told}");
    assert!(!at.join("site").exists());
}

#[test]
fn faults_name_the_folder_and_the_file_that_were_asked_for() {
    let folder = with_lake();
    let at = folder.path();
    let told = fails(at, 3, &["rule", "list", "--library", "nolib"]);
    assert!(told.contains("error: nolib: cannot be read"), "{told}");
    let told = fails(at, 4, &["clues", "export", "c.txt", "--lake", "lake"]);
    assert!(told.contains("`c.txt` ends in neither"), "{told}");
    let told = fails(at, 4, &["lake", "export", "fee", "none/o.csv", "--lake", "lake"]);
    assert!(told.contains("`none/o.csv`") && told.contains("no folder `none`"), "{told}");
    assert!(prints(at, &["lake", "export", "--help"]).contains("CSV keeps every value as it is"));
}

#[test]
fn a_city_is_never_made_over_files_that_lie_there() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir_all(at.join("city/claims")).expect("a folder is made");
    std::fs::write(at.join("city/claims/fee.csv"), "own").expect("a file is written");
    let told = fails(at, 4, &["synth", "--persons", "10", "--out", "city"]);
    assert!(told.contains("city/claims"), "{told}");
    assert_eq!(std::fs::read_to_string(at.join("city/claims/fee.csv")).expect("still there"), "own");
}

#[test]
fn the_configuration_is_named_anywhere_behind_a_command_of_the_server() {
    let folder = TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("bad.toml"), "[server]\nlisten = \"nowhere\"\n").expect("a configuration");
    let told = fails(at, 3, &["config", "check", "--config", "bad.toml"]);
    assert!(told.contains("bad.toml") && told.contains("listen"), "{told}");
    let by = "--as security --password-file first";
    for args in [
        "config --config bad.toml check",
        "serve --config bad.toml",
        "init --config bad.toml --organisation a --title b --region 990100 --people people.toml",
        "migrate --config bad.toml",
        "backup --config bad.toml b.zip",
        "backup b.zip --config bad.toml",
        "restore b.zip --config bad.toml",
        "audit --config bad.toml verify",
        "audit verify --config bad.toml",
        "vault --config bad.toml status",
        "vault status --config bad.toml",
        &format!("user --config bad.toml {by} list 990100-yb"),
        &format!("user {by} list 990100-yb --config bad.toml"),
        &format!("rule feedback {by} --config bad.toml"),
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        assert_eq!(fails(at, 3, &args), told, "{args:?}");
    }
}

#[test]
fn the_shipped_library_has_no_faults_and_its_fixtures_hold() {
    let folder = TempDir::new().expect("a folder");
    prints(folder.path(), &["rule", "lint"]);
    let told = prints(folder.path(), &["rule", "test"]);
    assert!(told.contains(" 0 failed"), "{told}");
}
