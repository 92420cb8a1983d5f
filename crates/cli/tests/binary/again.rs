//! A new month: only people with new data are looked at again, and the answer is that of a whole run.

use crate::{city, prints};
use std::path::Path;
use tempfile::TempDir;

const TIMES: [(&str, &str); 5] = [
    ("encounter", "begntime"),
    ("settlement", "setl_time"),
    ("fee", "fee_ocur_time"),
    ("diagnosis", "diag_time"),
    ("operation", "oprn_begntime"),
];

/// Writes the city's rows before (or from) a moment, by encounter, so that what belongs together stays together.
fn export(to: &Path, name: &str, condition: &str) {
    std::fs::create_dir_all(to.join(name)).expect("a folder is made");
    let lake = city().join("lake").to_string_lossy().into_owned();
    for (table, time) in TIMES {
        let condition =
            condition.replace("TIME", &format!("coalesce({time}, timestamp '2025-01-01 00:00:00')"));
        let file = to.join(name).join(format!("{table}.csv"));
        prints(
            to,
            &["lake", "export", table, &file.to_string_lossy(), "--lake", &lake, "--where", &condition],
        );
    }
}

fn findings(at: &Path, lake: &str, more: &[&str]) -> Vec<u8> {
    prints(at, &[&["screen", "--lake", lake, "--as-of", "2026-06-30"], more].concat());
    let file = format!("{lake}.jsonl");
    prints(at, &["clues", "export", &file, "--findings", "--lake", lake]);
    std::fs::read(at.join(file)).expect("findings are exported")
}

#[test]
fn screening_after_a_new_month_gives_what_a_whole_run_gives() {
    for day in ["2025-04-11", "2025-08-01", "2025-12-20"] {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        std::fs::create_dir(at.join("base")).expect("a folder is made");
        let lake = city().join("lake").to_string_lossy().into_owned();
        for table in ["institution", "agreement", "practitioner", "person"] {
            let file = at.join("base").join(format!("{table}.csv"));
            prints(at, &["lake", "export", table, &file.to_string_lossy(), "--lake", &lake]);
        }
        export(at, "old", &format!("TIME < timestamp '{day} 00:00:00'"));
        export(at, "new", &format!("TIME >= timestamp '{day} 00:00:00'"));
        let quality = at.join("quality.toml");
        // Lines and settlements of one encounter may fall on both sides of the day.
        std::fs::write(&quality, "refuse_batch_above = 1.0\n").expect("a policy is written");
        let import = |from: &[&str]| {
            let mut args = vec!["import"];
            args.extend(from);
            args.extend([
                "--lake",
                "lake",
                "--as-of",
                "2026-11-01",
                "--profile",
                "mingcha",
                "--quality",
                "quality.toml",
            ]);
            prints(at, &args);
        };
        import(&["base", "old"]);
        findings(at, "lake", &[]);
        import(&["new"]);
        let again = findings(at, "lake", &[]);
        let whole = findings(at, "lake", &["--full"]);
        assert!(!whole.is_empty());
        assert!(again == whole, "split at {day}: the run built on an earlier one differs from a whole run");
    }
}
