//! What an import must hold: whole or nothing, corrections replace, splits and shuffles change nothing.

mod common;

use common::{Row, batch, begin, contents, diagnosis, encounter, fee, fine, import, numbered, row};
use mingcha_lake::{BatchFile, BatchInfo, Begun, Lake, LakeError, Persons, Staging, Verdict};
use proptest::prelude::*;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

fn lake() -> (tempfile::TempDir, Lake) {
    let folder = tempfile::tempdir().expect("a folder");
    let lake = Lake::create(folder.path().join("lake")).expect("a lake");
    (folder, lake)
}

/// The batch of files whose digests are their names.
fn of(files: &[&str]) -> BatchInfo {
    let file = |name: &&str| BatchFile { name: format!("{name}.csv"), digest: (*name).into() };
    BatchInfo::new(files.iter().map(file).collect(), "profile")
}

fn append(staging: &Staging, rows: &[Row]) {
    staging.append("fee", &batch("fee", &numbered(rows))).expect("appends");
}

/// Imports fee lines as the batch of those files, and says which of them the lake had.
fn bring(lake: &Lake, info: BatchInfo, rows: &[Row]) -> Vec<String> {
    let Begun::Staging(staging) = lake.begin(info).expect("begins") else { panic!("nothing is new") };
    append(&staging, rows);
    let taken = staging.taken().iter().map(|taken| taken.file.clone()).collect();
    staging.finish(&fine).expect("finishes");
    taken
}

fn amounts(lake: &Lake) -> Vec<String> {
    let rows = lake.query("SELECT feedetl_sn, det_item_fee_sumamt FROM fee ORDER BY feedetl_sn");
    rows.expect("answers").iter().flat_map(common::lines).collect()
}

/// Every file and folder below a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder is read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all.extend(bytes(&path));
            all.insert(path, Vec::new());
        } else {
            let content = std::fs::read(&path).expect("a file is read");
            all.insert(path, content);
        }
    }
    all
}

#[test]
fn a_file_that_was_imported_changes_nothing_in_other_company() {
    let (_folder, lake) = lake();
    assert_eq!(bring(&lake, of(&["old"]), &[fee(1, 1, 0, 500)]), [] as [&str; 0]);
    bring(&lake, of(&["correction"]), &[fee(1, 1, 0, 700)]);
    assert!(matches!(lake.begin(of(&["old"])).expect("begins"), Begun::AlreadyThere(_)));
    assert!(matches!(lake.begin(of(&["correction", "old"])).expect("begins"), Begun::AlreadyThere(_)));
    assert_eq!(bring(&lake, of(&["old", "new"]), &[fee(2, 1, 0, 100)]), ["old.csv"]);
    assert_eq!(amounts(&lake), ["F000001|7.00", "F000002|1.00"]);
    assert!(matches!(lake.begin(of(&["new"])).expect("begins"), Begun::AlreadyThere(_)));
    assert_eq!(
        bring(&lake, of(&["old"]).again(), &[fee(1, 1, 0, 500)]),
        [] as [&str; 0],
        "asked for, it comes again"
    );
    bring(&lake, of(&["old"]).again(), &[fee(1, 1, 0, 400)]);
    assert_eq!(amounts(&lake), ["F000001|4.00", "F000002|1.00"]);
}

#[test]
fn a_file_that_brought_nothing_new_is_remembered_too() {
    let (_folder, lake) = lake();
    bring(&lake, of(&["old"]), &[fee(1, 1, 0, 500)]);
    bring(&lake, of(&["copy"]), &[fee(1, 1, 0, 500)]);
    bring(&lake, of(&["correction"]), &[fee(1, 1, 0, 700)]);
    assert!(matches!(lake.begin(of(&["copy"])).expect("begins"), Begun::AlreadyThere(_)));
    assert_eq!(amounts(&lake), ["F000001|7.00"]);
}

#[test]
fn a_trial_changes_no_byte_and_counts_what_the_import_does() {
    let (folder, lake) = lake();
    let at = folder.path().join("lake");
    import(&lake, "a", &[("fee", (0..60).map(|sn| fee(sn, sn % 8, 0, 500)).collect())]);
    lake.compact(Some(2)).expect("compacts");
    // Of the standing rows some come again, some corrected, some for another person; some are new, some twice for two persons.
    let moved = |sn: u32, to: u32| {
        let mut row = fee(sn, sn % 8, 0, 500);
        row.insert("psn_no", format!("99{:08}", (sn + to) % 8));
        row
    };
    let rows: Vec<Row> = (0..120)
        .map(|sn| match sn % 4 {
            0 => moved(sn, 0),
            1 => fee(sn, sn % 8, 0, 700),
            _ => moved(sn, 1),
        })
        .chain((100..110).map(|sn| moved(sn, 3)))
        .collect();
    // What a killed writer left is not a trial's to mend.
    std::fs::create_dir(at.join("staging/left")).expect("a folder");
    let before = bytes(&at);
    for most in [1, 30, 500_000] {
        let trial = tempfile::tempdir().expect("a folder");
        let Begun::Staging(staging) = lake.rehearse(of(&["b"]), trial.path()).expect("begins") else {
            panic!("the batch is new")
        };
        let staging = staging.bucket_lines(most);
        append(&staging, &rows);
        let ready = staging.prepare(&fine).expect("is ready");
        let counted = ready.entry().tables.clone();
        let refused = batch("fee", &numbered(&rows[..1]));
        if most == 1 {
            ready.abandon().expect("goes");
        } else {
            ready.refuse(&[refused], true.into()).expect("goes");
        }
        assert_eq!(bytes(&at), before, "{most} lines to a bucket");
        assert_eq!(std::fs::read_dir(trial.path()).expect("a folder").count(), 0);
        let (_other, real) = self::lake();
        import(&real, "a", &[("fee", (0..60).map(|sn| fee(sn, sn % 8, 0, 500)).collect())]);
        real.compact(Some(2)).expect("compacts");
        let Begun::Staging(staging) = real.begin(of(&["b"])).expect("begins") else {
            panic!("the batch is new")
        };
        let staging = staging.bucket_lines(most);
        append(&staging, &rows);
        let outcome = staging.finish(&fine).expect("finishes");
        assert_eq!(outcome.entry.tables, counted, "{most} lines to a bucket");
        let fee = counted["fee"];
        assert!(fee.replaced > 20 && fee.unchanged > 10 && fee.duplicate > 5, "{fee:?}");
    }
}

#[test]
fn a_batch_that_is_refused_whole_leaves_its_refused_rows_and_nothing_else() {
    let (folder, lake) = lake();
    let at = folder.path().join("lake");
    let refuse = |name: &str| {
        let Begun::Staging(staging) = lake.begin(of(&[name])).expect("begins") else {
            panic!("{name} is there")
        };
        append(&staging, &[fee(1, 1, 0, 500), fee(2, 1, 0, 500)]);
        let ready = staging.prepare(&fine).expect("is ready");
        ready.refuse(&[batch("fee", &numbered(&[fee(2, 1, 0, 500)]))], "report".into()).expect("goes");
    };
    let before = bytes(&at.join("tables"));
    refuse("bad");
    refuse("bad");
    refuse("worse");
    assert_eq!((lake.version().expect("a version"), bytes(&at.join("tables"))), (0, before));
    let refused = lake.refused().expect("reads");
    let mut files: Vec<&String> = refused.iter().flat_map(|entry| &entry.files).collect();
    files.sort();
    assert_eq!(files, ["bad.csv", "worse.csv"]);
    assert!(refused.iter().all(|entry| entry.quarantined == 1 && entry.report == "report"));
    assert_eq!(lake.refused_rows(&refused[0].id).expect("reads")[0].num_rows(), 1);
    bring(&lake, of(&["bad", "other"]), &[fee(1, 1, 0, 500)]);
    let left: Vec<_> = lake.refused().expect("reads").into_iter().flat_map(|entry| entry.files).collect();
    assert_eq!(left, ["worse.csv"], "what has come since is refused no more");
}

#[test]
fn the_history_keeps_imports_whose_versions_were_given_up() {
    let (_folder, lake) = lake();
    for (name, amount) in [("a", 500), ("b", 600), ("c", 700)] {
        bring(&lake, of(&[name]), &[fee(1, 1, 0, amount)]);
    }
    let told = |lake: &Lake| -> Vec<(u64, Option<u64>, u64)> {
        let lines = lake.history().expect("reads");
        let replaced = |line: &mingcha_lake::VersionLine| Some(line.counts.as_ref()?["fee"].replaced);
        lines.iter().map(|line| (line.version, replaced(line), line.written_at)).collect()
    };
    let before = told(&lake);
    lake.vacuum(1, &[]).expect("vacuums");
    assert_eq!(told(&lake), before[1..], "only the empty beginning is gone");
    let kept: Vec<bool> = lake.history().expect("reads").iter().map(|line| line.kept).collect();
    assert_eq!(kept, [false, false, true]);
}

#[test]
fn rows_come_back_in_the_order_of_person_time_and_key() {
    let (_folder, lake) = lake();
    let rows = vec![fee(3, 2, 50, 100), fee(2, 1, 90, 100), fee(1, 1, 90, 100), fee(4, 1, 10, 100)];
    let outcome = import(&lake, "a", &[("fee", rows)]);
    assert_eq!(outcome.version, 1);
    let snapshot = lake.snapshot(None).expect("reads");
    let rows = snapshot.bucket("fee", 0, &["psn_no", "feedetl_sn"]).expect("reads");
    let got: Vec<String> = rows.iter().flat_map(common::lines).collect();
    assert_eq!(got, ["9900000001|F000004", "9900000001|F000001", "9900000001|F000002", "9900000002|F000003"]);
    let picked = snapshot.bucket_rows("fee", 0, &["feedetl_sn"], &[3, 0, 3]).expect("reads");
    assert_eq!(common::lines(&picked), ["F000003", "F000004", "F000003"]);
    assert!(snapshot.bucket_rows("fee", 0, &["feedetl_sn"], &[4]).is_err());
}

#[test]
fn the_same_batch_twice_is_there_already_and_the_same_rows_twice_change_nothing() {
    let (_folder, lake) = lake();
    let rows =
        || vec![("fee", vec![fee(1, 1, 0, 5), fee(2, 2, 0, 5)]), ("encounter", vec![encounter(10, 1)])];
    import(&lake, "a", &rows());
    let again = lake.begin(BatchInfo::named("a")).expect("begins");
    assert!(matches!(again, Begun::AlreadyThere(_)));
    let outcome = import(&lake, "b", &rows());
    assert!(!outcome.changed);
    assert_eq!((outcome.version, lake.version().expect("a version")), (1, 1));
    assert_eq!(outcome.entry.tables["fee"].unchanged, 2);
}

#[test]
fn a_corrected_row_replaces_the_old_one_and_touches_its_person_alone() {
    let (_folder, lake) = lake();
    import(&lake, "a", &[("fee", vec![fee(1, 1, 0, 500), fee(2, 2, 0, 500), fee(3, 3, 0, 500)])]);
    let outcome = import(&lake, "b", &[("fee", vec![fee(2, 2, 0, 700), fee(3, 3, 0, 500)])]);
    let counts = outcome.entry.tables["fee"];
    assert_eq!((counts.replaced, counts.unchanged, counts.added), (1, 1, 0));
    let now = lake.snapshot(None).expect("reads");
    let rows = now.bucket("fee", 0, &["psn_no", "det_item_fee_sumamt"]).expect("reads");
    let got: Vec<String> = rows.iter().flat_map(common::lines).collect();
    assert_eq!(got, ["9900000001|5.00", "9900000002|7.00", "9900000003|5.00"]);
    let old = lake.snapshot(Some(1)).expect("reads");
    assert!(contents(&old, "fee")[1].contains("5.00"), "an old version still shows what it showed");
    let touched = now.touched_since(1).expect("reads");
    assert_eq!(touched.persons, Persons::Some(vec!["9900000002".into()]));
    assert!(!touched.reference_tables_changed);
}

#[test]
fn of_two_rows_with_one_key_in_a_batch_the_later_line_counts() {
    let (_folder, lake) = lake();
    let staging = begin(&lake, "a");
    staging.append("fee", &batch("fee", &[(fee(1, 1, 0, 900), 0, 9)])).expect("appends");
    staging.append("fee", &batch("fee", &[(fee(1, 1, 0, 800), 0, 8)])).expect("appends");
    let outcome = staging.finish(&fine).expect("finishes");
    assert_eq!((outcome.entry.tables["fee"].duplicate, outcome.entry.tables["fee"].added), (1, 1));
    assert!(contents(&lake.snapshot(None).expect("reads"), "fee")[0].contains("|9.00|"));
}

#[test]
fn a_row_that_is_given_to_another_person_leaves_the_first() {
    let (_folder, lake) = lake();
    import(&lake, "a", &[("fee", (0..40).map(|sn| fee(sn, sn % 8, 0, 500)).collect())]);
    lake.compact(Some(8)).expect("compacts");
    let moved = |sn: u32, to: u32| {
        let mut row = fee(sn, sn % 8, 0, 500);
        row.insert("psn_no", format!("99{to:08}"));
        row
    };
    let outcome = import(&lake, "b", &[("fee", (0..40).map(|sn| moved(sn, (sn + 1) % 8)).collect())]);
    assert_eq!(outcome.entry.persons, 8);
    let counts = outcome.entry.tables["fee"];
    assert_eq!((counts.replaced, counts.added, counts.unchanged), (40, 0, 0));
    let rows = || lake.query("SELECT count(*), count(DISTINCT feedetl_sn) FROM fee").expect("answers");
    assert_eq!(common::lines(&rows()[0]), ["40|40"]);
    let staging = begin(&lake, "c");
    for to in 0..8 {
        staging.append("fee", &batch("fee", &[(moved(1, to), 0, 100 - u64::from(to))])).expect("appends");
    }
    staging.finish(&fine).expect("finishes");
    let left = lake.query("SELECT psn_no FROM fee WHERE feedetl_sn = 'F000001'").expect("answers");
    assert_eq!(
        left.iter().flat_map(common::lines).collect::<Vec<_>>(),
        ["9900000000"],
        "the last line counts"
    );
}

#[test]
fn a_diagnosis_finds_its_person_in_the_batch_or_in_the_lake() {
    let (_folder, lake) = lake();
    import(&lake, "a", &[("encounter", vec![encounter(1, 7)])]);
    let rows = vec![diagnosis(1, 1), diagnosis(2, 1), diagnosis(3, 1)];
    let outcome = import(&lake, "b", &[("diagnosis", rows), ("encounter", vec![encounter(2, 8)])]);
    assert_eq!((outcome.entry.tables["diagnosis"].added, outcome.entry.tables["diagnosis"].refused), (2, 1));
    let snapshot = lake.snapshot(None).expect("reads");
    let rows = snapshot.bucket("diagnosis", 0, &["mdtrt_id", "psn_no"]).expect("reads");
    let got: Vec<String> = rows.iter().flat_map(common::lines).collect();
    assert_eq!(got, ["M000001|9900000007", "M000002|9900000008"]);
}

#[test]
fn what_the_checker_refuses_stays_out_and_what_it_says_comes_back() {
    let (_folder, lake) = lake();
    let staging = begin(&lake, "a");
    staging.append("fee", &batch("fee", &numbered(&[fee(1, 1, 0, 5), fee(2, 1, 1, 6)]))).expect("appends");
    let ready = staging.prepare(&|rows| {
        let fee = &rows.tables["fee"];
        let refuse = BTreeMap::from([("fee", arrow_array::BooleanArray::from(vec![true, false]))]);
        Verdict { refuse, payload: (rows.bucket, fee.num_rows()) }
    });
    let ready = ready.expect("is ready");
    assert_eq!(ready.payloads, [(Some(0), 2)]);
    assert_eq!(ready.entry().tables["fee"].refused, 1);
    assert!(matches!(lake.begin(BatchInfo::named("b")), Err(LakeError::Locked(_))));
    let quarantine = batch("fee", &numbered(&[fee(1, 1, 0, 5)]));
    let outcome = ready.commit(&[quarantine], serde_json::json!({"lines": 2})).expect("commits");
    assert_eq!(outcome.entry.quarantined, 1);
    assert_eq!(contents(&lake.snapshot(None).expect("reads"), "fee").len(), 1);
    assert_eq!(lake.quarantine("a").expect("reads")[0].num_rows(), 1);
    assert_eq!(lake.batch("a").expect("reads").report["lines"], 2);
}

#[test]
fn an_abandoned_batch_leaves_nothing() {
    let (folder, lake) = lake();
    let staging = begin(&lake, "a");
    staging.append("fee", &batch("fee", &numbered(&[fee(1, 1, 0, 5)]))).expect("appends");
    staging.prepare(&fine).expect("is ready").abandon().expect("goes");
    assert_eq!(lake.version().expect("a version"), 0);
    let left = std::fs::read_dir(folder.path().join("lake/staging")).expect("a folder").count();
    assert_eq!(left, 0);
    import(&lake, "a", &[("fee", vec![fee(1, 1, 0, 5)])]);
}

#[test]
fn columns_that_the_lake_does_not_keep_are_refused_by_name() {
    let (_folder, lake) = lake();
    let staging = begin(&lake, "a");
    let personal = arrow_array::RecordBatch::try_from_iter([(
        "certno",
        std::sync::Arc::new(arrow_array::StringArray::from(vec!["x"])) as arrow_array::ArrayRef,
    )]);
    let error = staging.append("person", &personal.expect("a batch")).expect_err("refuses");
    assert!(error.to_string().contains("`certno`"), "{error}");
    assert!(staging.append("nothing", &batch("fee", &[])).is_err());
}

#[test]
fn reference_tables_are_sorted_by_key_and_marked_as_changed() {
    let (_folder, lake) = lake();
    let institution = |code: &str| {
        row(&[
            ("fixmedins_code", code),
            ("fixmedins_name", "某院"),
            ("fixmedins_type", "1"),
            ("admdvs", "990100"),
        ])
    };
    import(&lake, "a", &[("institution", vec![institution("H2"), institution("H1")])]);
    let snapshot = lake.snapshot(None).expect("reads");
    let got: Vec<String> = snapshot
        .table("institution", &["fixmedins_code"])
        .expect("reads")
        .iter()
        .flat_map(common::lines)
        .collect();
    assert_eq!(got, ["H1", "H2"]);
    assert!(snapshot.touched_since(0).expect("reads").reference_tables_changed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_split_shuffle_or_repetition_of_the_input_gives_the_same_tables(
        lines in prop::collection::btree_map(0_u32..400, (0_u32..30, 0_i64..50, 1_i64..9), 1..60),
        order in prop::collection::vec(any::<prop::sample::Index>(), 60),
        cuts in prop::collection::vec(0_usize..60, 0..3),
    ) {
        let rows: Vec<_> = lines.iter().map(|(sn, (person, second, amount))| fee(*sn, *person, *second, *amount)).collect();
        let (_one_folder, one) = lake();
        import(&one, "all", &[("fee", rows.clone())]);
        let mut shuffled = rows.clone();
        order.iter().enumerate().for_each(|(at, index)| {
            let len = shuffled.len();
            shuffled.swap(at % len, index.index(len));
        });
        shuffled.extend(rows.iter().take(5).cloned());
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % shuffled.len()).chain([0, shuffled.len()]).collect();
        cuts.sort_unstable();
        let (_two_folder, two) = lake();
        for (at, cut) in cuts.windows(2).enumerate() {
            import(&two, &format!("part {at}"), &[("fee", shuffled[cut[0]..cut[1]].to_vec())]);
        }
        let (one, two_now) = (one.snapshot(None).expect("reads"), two.snapshot(None).expect("reads"));
        prop_assert_eq!(contents(&one, "fee"), contents(&two_now, "fee"));
        two.compact(Some(4)).expect("compacts");
        let mut compacted = contents(&two.snapshot(None).expect("reads"), "fee");
        let mut plain = contents(&one, "fee");
        compacted.sort();
        plain.sort();
        prop_assert_eq!(plain, compacted);
    }
}
