//! What reading must hold: persons, SQL, exports, other versions; and that nothing personal or outside is ever seen.

mod common;

use common::{contents, encounter, fee, import, lines, row};
use mingcha_lake::{ExportFormat, Lake};
use std::path::Path;

fn lake(folder: &Path) -> Lake {
    let lake = Lake::create(folder.join("lake [1]*")).expect("a lake");
    let fees = |from: u32, to: u32| {
        (from..to).map(|sn| fee(sn, sn % 7, i64::from(sn * 37 % 11), i64::from(sn))).collect::<Vec<_>>()
    };
    import(
        &lake,
        "a",
        &[("fee", fees(0, 200)), ("encounter", (0..70).map(|id| encounter(id, id / 10)).collect())],
    );
    import(&lake, "b", &[("fee", fees(200, 300))]);
    lake
}

#[test]
fn a_persons_history_is_the_same_rows_that_the_bucket_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    for compacted in [false, true] {
        if compacted {
            lake.compact(Some(2)).expect("compacts").expect("a version");
        }
        let snapshot = lake.snapshot(None).expect("reads");
        for person in 0..7 {
            let person = format!("99{person:08}");
            let wanted = ["psn_no", "fee_ocur_time", "feedetl_sn", "det_item_fee_sumamt"];
            let got = snapshot
                .person(&person, Some(&[("fee", &wanted), ("encounter", &["mdtrt_id"])]))
                .expect("reads");
            let rows = snapshot.bucket("fee", snapshot.bucket_of(&person), &wanted).expect("reads");
            let expected: Vec<String> =
                rows.iter().flat_map(lines).filter(|line| line.starts_with(&person)).collect();
            assert_eq!(lines(&got["fee"]), expected);
            assert_eq!(got["encounter"].num_rows(), 10);
        }
        assert!(snapshot.person("9911111111", None).expect("reads").is_empty());
    }
}

#[test]
fn compaction_changes_the_files_and_no_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    let before = lake.snapshot(None).expect("reads");
    let question =
        "SELECT psn_no, count(*) n, sum(det_item_fee_sumamt) s FROM fee GROUP BY psn_no ORDER BY psn_no";
    let answer = lake.query(question).expect("answers").iter().flat_map(lines).collect::<Vec<_>>();
    assert_eq!(lake.compact(None).expect("compacts"), Some(3));
    assert_eq!(lake.compact(None).expect("compacts"), None);
    let after = lake.snapshot(None).expect("reads");
    assert_eq!(contents(&before, "fee"), contents(&after, "fee"));
    assert_eq!(after.manifest().tables["fee"].files.len(), 1);
    for buckets in [8, 2, 1] {
        lake.compact(Some(buckets)).expect("compacts");
        assert_eq!(lake.snapshot(None).expect("reads").buckets(), buckets);
        let now = lake.query(question).expect("answers").iter().flat_map(lines).collect::<Vec<_>>();
        assert_eq!(now, answer);
    }
    assert_eq!(contents(&lake.snapshot(None).expect("reads"), "fee"), contents(&before, "fee"));
    assert!(lake.compact(Some(3)).is_err());
}

#[test]
fn a_query_reads_the_lake_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    let answer = lake
        .query("SELECT count(*) FROM fee f JOIN encounter e ON f.mdtrt_id = e.mdtrt_id")
        .expect("answers");
    assert_eq!(lines(&answer[0]), ["300"]);
    assert_eq!(lines(&lake.query("SELECT count(*) FROM stock").expect("answers")[0]), ["0"]);
    let outside = folder.path().join("outside.csv");
    std::fs::write(&outside, "a\n1\n").expect("writes");
    let outside = outside.display();
    for hostile in [
        format!("SELECT * FROM '{outside}'"),
        format!("CREATE EXTERNAL TABLE x STORED AS CSV LOCATION '{outside}'"),
        format!("COPY (SELECT 1) TO '{}/out.csv' STORED AS CSV", folder.path().display()),
        format!("EXPLAIN ANALYZE COPY (SELECT 1) TO '{}/out.csv' STORED AS CSV", folder.path().display()),
        format!("SELECT * FROM read_csv('{outside}')"),
        "CREATE TABLE x AS SELECT 1".into(),
        "DROP TABLE fee".into(),
        "INSERT INTO fee SELECT * FROM fee".into(),
        "DELETE FROM fee".into(),
        "SET datafusion.execution.target_partitions = 1".into(),
    ] {
        assert!(lake.query(&hostile).is_err(), "{hostile}");
    }
    assert!(!folder.path().join("out.csv").exists());
    let session =
        lake.snapshot(None).expect("reads").session(Some(&[("fee", &["psn_no"])])).expect("a session");
    assert_eq!(
        session
            .sql("SELECT psn_no FROM fee")
            .expect("answers")
            .iter()
            .map(arrow_array::RecordBatch::num_rows)
            .sum::<usize>(),
        300
    );
    assert!(session.sql("SELECT feedetl_sn FROM fee").is_err(), "a column that was not declared");
    assert!(session.sql("SELECT * FROM encounter").is_err(), "a table that was not declared");
}

#[test]
fn an_export_holds_the_rows_that_were_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    let snapshot = lake.snapshot(None).expect("reads");
    let (csv, parquet) = (folder.path().join("fee.csv"), folder.path().join("fee.parquet"));
    let condition = Some("psn_no = '9900000001'");
    let rows = snapshot.export("fee", &csv, ExportFormat::Csv, condition).expect("exports");
    assert_eq!(rows, 43);
    let text = std::fs::read_to_string(&csv).expect("reads");
    assert_eq!(text.lines().count(), 44);
    assert!(text.starts_with("feedetl_sn,setl_id,"));
    assert_eq!(snapshot.export("fee", &parquet, ExportFormat::Parquet, condition).expect("exports"), 43);
    assert_eq!(snapshot.export("stock", &csv, ExportFormat::Csv, None).expect("exports"), 0);
    assert!(snapshot.export("fee", &csv, ExportFormat::Csv, Some("1=1); DROP TABLE fee; --")).is_err());
}

#[test]
fn vacuum_keeps_what_was_asked_for_and_deletes_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    lake.compact(Some(2)).expect("compacts");
    let now = contents(&lake.snapshot(None).expect("reads"), "fee");
    let first = contents(&lake.snapshot(Some(1)).expect("reads"), "fee");
    let done = lake.vacuum(1, &[1]).expect("vacuums");
    assert_eq!((done.versions, done.files), (2, 1));
    assert_eq!(contents(&lake.snapshot(None).expect("reads"), "fee"), now);
    assert_eq!(contents(&lake.snapshot(Some(1)).expect("reads"), "fee"), first);
    assert!(lake.snapshot(Some(2)).is_err());
    let touched = lake.snapshot(None).expect("reads").touched_since(1).expect("reads");
    assert_eq!(touched.persons, mingcha_lake::Persons::All);
}

#[test]
fn the_key_is_for_its_owner_alone_and_never_stands_in_another_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = lake(folder.path());
    let digest = lake.digest_key().expect("a key").digest("110101199003070000");
    let person = row(&[
        ("psn_no", "9900000001"),
        ("gend", "1"),
        ("brdy", "7000"),
        ("insutype", "310"),
        ("insu_admdvs", "990100"),
        ("certno_digest", &digest),
    ]);
    import(&lake, "c", &[("person", vec![person])]);
    assert_eq!(contents(&lake.snapshot(None).expect("reads"), "person").len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            std::fs::metadata(lake.folder().join("keys/digest.key")).expect("a key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    for path in files(lake.folder()) {
        let bytes = std::fs::read(&path).expect("reads");
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(b"110101199003070000"), "{}", path.display());
        for name in ["certno\u{0}", "psn_name", "prac_psn_name"] {
            assert!(!holds(name.as_bytes()), "{} in {}", name, path.display());
        }
    }
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
