//! Tests of profiles.

use super::*;
use crate::{Limits, plan::Plan};
use mingcha_model::{Level, table::tables};
use proptest::prelude::*;

#[test]
fn the_embedded_profiles_are_sound_and_there_are_three() {
    let names: Vec<&str> = Profile::embedded().iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(names, ["mingcha", "interface", "centre"]);
    for text in [
        include_str!("../../profiles/mingcha.toml"),
        include_str!("../../profiles/interface.toml"),
        include_str!("../../profiles/centre.toml"),
    ] {
        let (profile, faults) = Profile::parse("embedded", text);
        assert!(profile.is_some() && faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn own_names_cover_every_column_of_every_table_by_name_and_by_label() {
    let profile = Profile::named("mingcha").expect("embedded");
    for table in tables() {
        let mapping = profile.tables.iter().find(|mapping| mapping.table.name == table.name).expect("mapped");
        for header in [
            table.columns.iter().map(|column| column.name.to_owned()).collect::<Vec<_>>(),
            table.columns.iter().map(|column| column.label.to_owned()).collect(),
        ] {
            let plan = Plan::new(profile, mapping, &header);
            assert_eq!(plan.fed(), table.columns.len(), "{}", table.name);
            assert!(plan.unused.is_empty());
        }
    }
}

#[test]
fn every_fault_of_a_profile_is_told_with_its_line() {
    let text = "name = \"x\"\ncolour = 1\n[form]\ntime = \"roman\"\n[[table]]\ntable = \"fee\"\n[table.columns]\nfeedetl = \"a\"\ncnt = 7\n[[table]]\ntable = \"fees\"\n";
    let (profile, faults) = Profile::parse("site.toml", text);
    assert!(profile.is_none());
    let mut lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 4, 8, 9, 11]);
    assert!(faults.iter().all(|fault| fault.level == Level::Error && !fault.hint.is_empty()));
    let (_, faults) = Profile::parse("site.toml", "name = \"x\n[[table]]");
    assert!(!faults.is_empty());
    let (profile, faults) = Profile::load(Path::new("there/is/no/such.toml"));
    assert!(profile.is_none() && faults[0].fault == mingcha_model::Fault::Operator);
}

#[test]
fn files_are_known_by_their_names() {
    let centre = Profile::named("centre").expect("embedded");
    let tables = |stem: &str| -> Vec<&str> {
        centre
            .tables
            .iter()
            .filter(|mapping| mapping.matches_name(stem))
            .map(|mapping| mapping.table.name)
            .collect()
    };
    assert_eq!(tables("mdtrt_d"), ["encounter", "person"]);
    assert_eq!(tables("MDTRT_D_202501"), ["encounter", "person"]);
    assert_eq!(tables("setl_d-1"), ["settlement"]);
    assert_eq!(tables("setl_list_diag_d"), ["diagnosis"]);
    assert!(tables("setl_data").is_empty() && tables("setl").is_empty());
    let interface = Profile::named("interface").expect("embedded");
    let fee = interface.tables.iter().find(|mapping| mapping.table.name == "fee").expect("mapped");
    assert!(fee.matches_name("2204_20250101") && fee.matches_name("feedetail") && !fee.matches_name("x2204"));
}

#[test]
fn a_draft_maps_exact_names_only_and_can_be_loaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("导出明细.csv");
    let header = "bkkp_sn,就诊ID,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,det_item_fee_sumamt,患者电话\"]";
    std::fs::write(&path, format!("{header}\n")).expect("written");
    let draft = draft_profile(&path, &Limits::default()).expect("drafted");
    let (profile, faults) = Profile::parse("draft.toml", &draft);
    let profile = profile.unwrap_or_else(|| panic!("{faults:?}\n{draft}"));
    assert_eq!(profile.tables[0].table.name, "fee");
    assert_eq!(profile.tables[0].columns["feedetl_sn"], ["bkkp_sn"]);
    assert_eq!(profile.tables[0].columns["mdtrt_id"], ["就诊id"]);
    assert!(draft.contains("#   患者电话"), "{draft}");
    assert!(profile.tables[0].matches_name("导出明细"));
}

proptest! {
    #[test]
    fn no_text_makes_the_profile_reader_panic(text in "[a-z\\[\\]={}\".\n ]{0,200}") {
        crate::fuzz::fuzz_profile(text.as_bytes());
    }
}
