//! Claims in the names of a foreign system: every row in the file that it belongs to, and nothing lost.

#![allow(clippy::unwrap_used)] // A test that cannot make its city has failed.

use mingcha_synth::{Foreign, Format, FraudLevel, Naming, Options, SynthError, generate};
use std::{collections::BTreeMap, fs, path::Path};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect()
}

/// Settlements apart from refunds, with one code changed; people on every visit.
fn naming() -> Naming {
    let bills = |file: &str, flag: &str| Foreign {
        table: "settlement".to_owned(),
        file: file.to_owned(),
        columns: pairs(&[("setl_id", "id"), ("insutype", "kind")]),
        only: pairs(&[("refd_setl_flag", flag)]),
        codes: [("insutype".to_owned(), BTreeMap::from([("310".to_owned(), "worker".to_owned())]))].into(),
        ..Foreign::default()
    };
    let visits = Foreign {
        table: "encounter".to_owned(),
        file: "visits".to_owned(),
        columns: pairs(&[("mdtrt_id", "visit"), ("psn_no", "person")]),
        beside: pairs(&[("gend", "sex"), ("psn_no", "again")]),
        ..Foreign::default()
    };
    Naming { files: vec![bills("bills", "0"), bills("refunds", "1"), visits] }
}

fn city(folder: &Path, naming: Option<Naming>) -> Result<BTreeMap<&'static str, u64>, SynthError> {
    let mut options = Options::new(2000, folder.to_owned());
    options.format = Format::Csv;
    options.fraud = FraudLevel::None;
    options.dirty_per_million = 0;
    options.late_per_million = 0;
    options.naming = naming;
    generate(&options, &mut |_| {}).map(|made| made.rows)
}

fn rows(file: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn every_row_stands_in_the_file_that_it_belongs_to_and_none_is_lost() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = city(ours.path(), None).unwrap();
    city(theirs.path(), Some(naming())).unwrap();
    let mut expected: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    let settlements = rows(&ours.path().join("claims/settlement-0001.csv"));
    let place = |name: &str| settlements[0].iter().position(|header| header == name).unwrap();
    for row in &settlements[1..] {
        let kind = if row[place("insutype")] == "310" { "worker" } else { &row[place("insutype")] };
        let file = if row[place("refd_setl_flag")] == "1" { "refunds" } else { "bills" };
        expected.entry(file).or_default().push(vec![row[place("setl_id")].clone(), kind.to_owned()]);
    }
    for (file, expected) in expected {
        let found = rows(&theirs.path().join(format!("claims/{file}-0001.csv")));
        assert_eq!(found[0], ["id", "kind"]);
        assert!(found[1..] == expected, "{file}");
    }
    assert_eq!(own["fee"] + 1, rows(&theirs.path().join("own/fee-0001.csv")).len() as u64);
}

#[test]
fn people_stand_on_each_of_their_visits_and_in_no_file_of_their_own() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    city(ours.path(), None).unwrap();
    city(theirs.path(), Some(naming())).unwrap();
    let people = rows(&ours.path().join("claims/person-0001.csv"));
    let sex = people[0].iter().position(|header| header == "gend").unwrap();
    let sexes: BTreeMap<&str, &str> = people.iter().map(|row| (row[0].as_str(), row[sex].as_str())).collect();
    let visits = rows(&theirs.path().join("claims/visits-0001.csv"));
    assert_eq!(visits[0], ["visit", "person", "sex", "again"]);
    assert_eq!(visits.len(), rows(&ours.path().join("claims/encounter-0001.csv")).len());
    for visit in &visits[1..] {
        assert_eq!((&visit[3], visit[2].as_str()), (&visit[1], sexes[visit[1].as_str()]));
    }
    assert!(!theirs.path().join("own/person-0001.csv").exists());
}

#[test]
fn a_naming_of_what_is_none_of_ours_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = naming();
    wrong.files[0].columns.push(("no_such".to_owned(), "x".to_owned()));
    assert!(matches!(city(folder.path(), Some(wrong)), Err(SynthError::Options(_))));
    let wrong = Naming { files: vec![Foreign { table: "no_such".to_owned(), ..Foreign::default() }] };
    assert!(matches!(city(folder.path(), Some(wrong)), Err(SynthError::Options(_))));
}
