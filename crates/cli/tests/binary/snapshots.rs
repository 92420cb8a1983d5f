//! What people read, as it is printed: help, errors with their exit codes, a clue, a proof. Folders and times are blanked.

use crate::{mingcha, prints, text};
use std::path::Path;

/// Output and exit code of a call, with what differs from run to run blanked.
fn said(at: &Path, args: &[&str]) -> String {
    let output = mingcha(at, args);
    let shown = format!(
        "$ mingcha {}\nexit code {}\n--- stdout\n{}--- stderr\n{}",
        args.join(" "),
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr)
    );
    let here = at.canonicalize().unwrap_or_else(|_| at.to_owned());
    let shown =
        shown.replace(&*here.to_string_lossy(), "<folder>").replace(&*at.to_string_lossy(), "<folder>");
    seconds(&shown)
}

/// Blanks the seconds that a command took: `, 1.3 s` at the end of a line.
fn seconds(text: &str) -> String {
    let line = |line: &str| match line.strip_suffix(" s").and_then(|line| line.rsplit_once(", ")) {
        Some((before, took)) if took.parse::<f64>().is_ok() => format!("{before}, <time> s"),
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn help_says_what_there_is() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for (name, args) in [
        ("help", vec!["--help"]),
        ("help_import", vec!["import", "--help"]),
        ("help_screen", vec!["screen", "--help"]),
        ("help_clues_list", vec!["clues", "list", "--help"]),
        ("help_verify", vec!["verify", "--help"]),
    ] {
        insta::assert_snapshot!(name, said(folder.path(), &args));
    }
}

#[test]
fn errors_say_whose_fault_it_is_and_what_to_do() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("fee.csv"), "feedetl_sn,mdtrt_id\nF1,M1\n").expect("a file");
    std::fs::write(at.join("empty.csv"), "").expect("a file");
    for (name, args) in [
        ("error_no_lake", vec!["screen", "--lake", "nowhere"]),
        ("error_missing_columns", vec!["import", "fee.csv", "--lake", "lake", "--as-of", "2026-11-01"]),
        ("error_empty_file", vec!["import", "empty.csv", "--lake", "lake", "--as-of", "2026-11-01"]),
        ("error_no_file", vec!["import", "nothing.csv", "--lake", "lake", "--as-of", "2026-11-01"]),
        ("error_unknown_rule", vec!["rule", "show", "institution/nothing"]),
        ("error_no_day", vec!["screen", "--as-of", "2025-13-01"]),
        ("error_no_grade", vec!["clues", "list", "--grade", "zzz"]),
        ("error_no_site", vec!["rule", "list", "--site", "nowhere"]),
    ] {
        insta::assert_snapshot!(name, said(at, &args));
    }
}

/// Claims of two people as a hospital would send them: a woman is paid a drug against cancer of the prostate, a man rightly.
const CLAIMS: [(&str, &str); 5] = [
    (
        "person.csv",
        "psn_no,gend,brdy,psn_type,insutype,insu_admdvs\nP1,2,1960-05-06,1102,310,990101\nP2,1,1950-01-02,1102,310,990101\n",
    ),
    (
        "institution.csv",
        "fixmedins_code,fixmedins_name,fixmedins_type,hosp_lv,admdvs\nH99010100001,合成第一医院,1,,990101\n",
    ),
    (
        "encounter.csv",
        "mdtrt_id,psn_no,fixmedins_code,med_type,begntime,endtime,insutype,insu_admdvs\n\
         M1,P1,H99010100001,11,2025-03-05 08:00:00,2025-03-05 09:00:00,310,990101\n\
         M2,P2,H99010100001,11,2025-03-05 10:00:00,2025-03-05 11:00:00,310,990101\n",
    ),
    (
        "settlement.csv",
        "setl_id,mdtrt_id,psn_no,fixmedins_code,setl_time,med_type,insutype,insu_admdvs,medfee_sumamt,inscp_scp_amt,hifp_pay,fund_pay_sumamt,acct_pay,psn_cash_pay,refd_setl_flag\n\
         S1,M1,P1,H99010100001,2025-03-05 09:00:00,11,310,990101,500.00,400.00,300.00,300.00,50.00,150.00,0\n\
         S2,M2,P2,H99010100001,2025-03-05 11:00:00,11,310,990101,500.00,400.00,300.00,300.00,50.00,150.00,0\n",
    ),
    (
        "fee.csv",
        "feedetl_sn,setl_id,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,medins_list_name,list_type,cnt,pric,det_item_fee_sumamt,inscp_scp_amt\n\
         F1,S1,M1,P1,H99010100001,2025-03-05 08:30:00,XL02BBB085A001010110964,比卡鲁胺片,101,2,250.00,500.00,400.00\n\
         F2,S2,M2,P2,H99010100001,2025-03-05 10:30:00,XL02BBB085A001010110964,比卡鲁胺片,101,2,250.00,500.00,400.00\n\
         F3,S2,M9,P2,H99010100001,2025-03-05 10:30:00,XL02BBB085A001010110964,比卡鲁胺片,101,2,250.00,500.00,400.00\n",
    ),
];

#[test]
fn a_drug_for_men_paid_for_a_woman_reads_so_from_import_to_proof() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let at = folder.path();
    std::fs::create_dir(at.join("claims")).expect("a folder");
    for (name, rows) in CLAIMS {
        std::fs::write(at.join("claims").join(name), rows).expect("claims");
    }
    std::fs::write(at.join("quality.toml"), "refuse_batch_above = 0.5\n").expect("a policy");
    let import = ["import", "claims", "--lake", "lake", "--as-of", "2026-11-01", "--quality", "quality.toml"];
    insta::assert_snapshot!("import", said(at, &import));
    insta::assert_snapshot!("quarantine", said(at, &["lake", "quarantine", "--lake", "lake"]));
    let rule = ["--rules", "institution/drug-sex", "--as-of", "2025-12-31"];
    let screen = said(at, &[&["screen", "--lake", "lake"], &rule[..]].concat());
    // The id is a digest of rules and data, and changes with any rule.
    let run = mingcha_engine::Runs::of(&at.join("lake")).find("latest").expect("a run").id;
    insta::assert_snapshot!("screen", screen.replace(&run, "<run>"));
    insta::assert_snapshot!(
        "clues_list",
        said(at, &["clues", "list", "--lake", "lake"]).replace(&run, "<run>")
    );
    let list = prints(at, &["clues", "list", "--lake", "lake", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&list).expect("clues as JSON");
    let clue = list[0]["id"].as_str().expect("a clue").to_owned();
    insta::assert_snapshot!("clues_show", said(at, &["clues", "show", &clue, "--lake", "lake"]));
    insta::assert_snapshot!("verify", said(at, &["verify", &clue, "--lake", "lake"]).replace(&run, "<run>"));
    prints(at, &["clues", "export", "findings.csv", "--findings", "--lake", "lake"]);
    insta::assert_snapshot!(
        "findings_csv",
        std::fs::read_to_string(at.join("findings.csv")).expect("the export")
    );
}
