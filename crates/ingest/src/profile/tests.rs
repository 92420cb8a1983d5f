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
    let draft = draft_profile(&path, None, &Limits::default()).expect("drafted");
    let (profile, faults) = Profile::parse("draft.toml", &draft);
    let profile = profile.unwrap_or_else(|| panic!("{faults:?}\n{draft}"));
    assert_eq!(profile.tables[0].table.name, "fee");
    assert_eq!(profile.tables[0].columns["feedetl_sn"], ["bkkp_sn"]);
    assert_eq!(profile.tables[0].columns["mdtrt_id"], ["就诊ID"]);
    assert!(draft.contains("#   患者电话"), "{draft}");
    assert!(profile.tables[0].matches_name("导出明细"));
}

/// The draft of a file with that name and header.
fn draft(name: &str, header: &str, table: Option<&'static Table>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, format!("{header}\n")).expect("written");
    draft_profile(&path, table, &Limits::default()).expect("drafted")
}

/// The only mapping of a draft.
fn mapping(draft: &str) -> Mapping {
    let (profile, faults) = Profile::parse("draft.toml", draft);
    profile.unwrap_or_else(|| panic!("{faults:?}\n{draft}")).tables.remove(0)
}

const FEES: &str =
    "明细流水号,结算单号,就诊号,个人编号,医院编码,医保目录编码,数量,单价,金额（元）,费用时间,开单医生编码";

#[test]
fn a_draft_knows_the_usual_chinese_headers_of_a_fee_file() {
    let draft = draft("my-fees.csv", FEES, None);
    let mapping = mapping(&draft);
    assert_eq!(mapping.table.name, "fee");
    for (column, header) in [
        ("feedetl_sn", "明细流水号"),
        ("setl_id", "结算单号"),
        ("mdtrt_id", "就诊号"),
        ("psn_no", "个人编号"),
        ("fixmedins_code", "医院编码"),
        ("med_list_codg", "医保目录编码"),
        ("cnt", "数量"),
        ("pric", "单价"),
        ("det_item_fee_sumamt", "金额（元）"),
        ("fee_ocur_time", "费用时间"),
        ("bilg_dr_code", "开单医生编码"),
    ] {
        assert_eq!(mapping.columns[column], [header], "{draft}");
    }
    for said in
        ["推测为 fee 费用明细：11 个表头中认得 11 个", "list_type = \"\" # 目录类别", "rxno = \"\" # 处方号"]
    {
        assert!(draft.contains(said), "{said}\n{draft}");
    }
    assert!(
        tables().iter().all(|table| draft.contains(&format!("{} {}", table.name, table.label))),
        "{draft}"
    );
}

#[test]
fn a_header_that_is_like_a_column_is_proposed_in_a_comment_and_never_mapped() {
    let header = "明细流水号,就诊号,个人编号,医院编码,医保目录编码,明细总金额,开单医生姓名代码,fee_time,备注";
    let draft = draft("费用.csv", header, None);
    let mapping = mapping(&draft);
    assert_eq!(mapping.columns.len(), 5, "{draft}");
    for said in [
        "#   fee_ocur_time = \"fee_time\" # 费用发生时间？表头相近，请核对\n",
        "#   det_item_fee_sumamt = \"明细总金额\" # 明细金额？表头相近，请核对\n",
        "#   bilg_dr_code = \"开单医生姓名代码\" # 开单医师编码？表头相近，请核对\n",
        "#   cnt = \"\" # 数量\n",
        "#   明细总金额\n#   开单医生姓名代码\n#   fee_time\n#   备注\n",
    ] {
        assert!(draft.contains(said), "{said}\n{draft}");
    }
    assert!(!draft.contains("\"备注\""), "{draft}");
    // What is proposed is a line of the profile once its mark goes.
    let taken = draft.replace("#   fee_ocur_time", "fee_ocur_time");
    assert_eq!(self::mapping(&taken).columns["fee_ocur_time"], ["fee_time"]);
}

#[test]
fn a_header_with_very_many_names_is_drafted_at_once() {
    let header: Vec<String> = (0..4000).map(|number| format!("fee_ocur_times_{number}")).collect();
    let draft = draft("费用.csv", &format!("mdtrt_id,{}", header.join(",")), None);
    assert!(draft.contains("fee_ocur_time = \"fee_ocur_times_0\""), "{draft:.3000}");
}

#[test]
fn the_name_of_a_file_decides_where_its_header_does_not() {
    let ambiguous = "医院编码,数量,单价";
    assert_eq!(mapping(&draft("费用2025.csv", ambiguous, None)).table.name, "fee");
    assert_eq!(mapping(&draft("x.csv", ambiguous, None)).table.name, "stock");
    let settlement = mingcha_model::table::table("settlement");
    let draft = draft("费用2025.csv", ambiguous, settlement);
    assert!(mapping(&draft).table.name == "settlement" && draft.contains("按指定作为 settlement"), "{draft}");
}

#[test]
fn a_draft_spells_headers_as_the_file_does() {
    let draft = draft("a.csv", "结算ID,MDTRT_ID,PSN_no,setl_time,hifp_pay", None);
    let mapping = mapping(&draft);
    assert_eq!((&*mapping.columns["setl_id"][0], &*mapping.columns["mdtrt_id"][0]), ("结算ID", "MDTRT_ID"));
}

#[test]
fn a_file_without_a_known_header_gets_a_section_in_comments() {
    for name in ["x.csv", "费用.csv"] {
        let draft = draft(name, "甲,乙", None);
        assert!(draft.contains("\n# [[table]]\n") && draft.contains("#   甲\n#   乙\n"), "{draft}");
        let bare: Vec<&str> = draft.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
        let bare = bare.join("\n");
        assert!(bare.contains("\n[[table]]\ntable = \""), "{bare}");
    }
    assert!(draft("费用.csv", "甲,乙", None).contains("\n# table = \"fee\"\n"));
}

proptest! {
    #[test]
    fn no_text_makes_the_profile_reader_panic(text in "[a-z\\[\\]={}\".\n ]{0,200}") {
        crate::fuzz::fuzz_profile(text.as_bytes());
    }
}
