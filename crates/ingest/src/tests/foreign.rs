//! Foreign files: the national centre's extracts, interface names, a site's own codes, forms and headers.

use super::{as_of, lines, read, source, texts, write};
use crate::{Chunk, Limits, Policy, Profile, Reader, Reading, scan};
use mingcha_model::table::Table;
use std::{path::Path, sync::Arc};

/// The value of a column of the first row.
fn value(chunk: &Chunk, column: &str) -> Option<String> {
    let at = chunk.table.columns.iter().position(|one| one.name == column).expect("a column");
    texts(std::slice::from_ref(chunk))[0][at].clone()
}

fn tables(path: &Path, profile: &str) -> Vec<Chunk> {
    read(&source(path, profile))
}

const MDTRT: &str = "mdtrt_id,psn_no,psn_cert_type,gend,brdy,insutype,psn_type,insu_admdvs,fixmedins_code,begntime,endtime,med_type,chfpdr_code,dise_no,die_date,vali_flag";

#[test]
fn visits_of_the_centre_feed_encounters_and_each_person_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |id: &str, person: &str, valid: &str| {
        format!(
            "{id},{person},01,1,1980-01-01,310,1101,990101,H99010100001,2025-03-01 08:00:00,,11,D990101000012,M00500,,{valid}\n"
        )
    };
    let rows =
        [row("M1", "P1", "1"), row("M2", "P1", "1"), row("M3", "P2", "1"), row("M4", "P3", "0")].concat();
    let path = write(folder.path(), "mdtrt_d_202503.csv", format!("{MDTRT}\n{rows}"));
    let chunks = tables(&path, "centre");
    let names: Vec<(&str, usize, u64)> =
        chunks.iter().map(|chunk| (chunk.table.name, chunk.kept(), chunk.skipped)).collect();
    assert_eq!(names, [("encounter", 3, 1), ("person", 2, 2)]);
    assert_eq!(value(&chunks[0], "atddr_no").as_deref(), Some("D990101000012"));
    assert_eq!(value(&chunks[0], "dise_codg").as_deref(), Some("M00500"));
    assert_eq!(lines(&chunks[1..]), [2, 4]);
}

#[test]
fn fee_lists_and_settlements_of_the_centre_are_crossed_to_our_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let fee = write(
        folder.path(),
        "fee_list_d.csv",
        "bkkp_sn,mdtrt_id,fee_ocur_time,setl_id,rx_drord_no,fixmedins_code,psn_no,cnt,pric,det_item_fee_sumamt,overlmt_selfpay,inscp_amt,list_type,med_list_codg,hilist_code,acord_dr_code\n\
         B1,M1,2025/3/1 8:05:00,S1,R1,H99010100001,P1,2.0000,3.500000,7.00,0.10,6.90,101,,XJ01FAA051A001010201187,D990101000012\n",
    );
    let chunk = tables(&fee, "centre").remove(0);
    for (column, expected) in [
        ("feedetl_sn", "B1"),
        ("rxno", "R1"),
        ("overlmt_amt", "0.1"),
        ("inscp_scp_amt", "6.9"),
        ("med_list_codg", "XJ01FAA051A001010201187"),
        ("orders_dr_code", "D990101000012"),
        ("fee_ocur_time", "2025-03-01 08:05:00"),
    ] {
        assert_eq!(value(&chunk, column).as_deref(), Some(expected), "{column}");
    }
    let settlement = write(
        folder.path(),
        "setl_d.csv",
        "setl_id,mdtrt_id,psn_no,fixmedins_code,setl_time,med_type,insutype,insu_admdvs,medfee_sumamt,hifp_pay,othfund_pay,fund_pay_sumamt,psn_pay,cash_payamt,ownpay_hosp_part,refd_setl_flag,invono\n\
         S1,M1,P1,H99010100001,2025-03-01 09:00:00,11,310,990101,7.00,5,1,6,1,0.5,0,0,INV1\n",
    );
    let chunk = tables(&settlement, "centre").remove(0);
    for (column, expected) in [
        ("oth_pay", "1"),
        ("psn_part_amt", "1"),
        ("psn_cash_pay", "0.5"),
        ("hosp_part_amt", "0"),
        ("invo_no", "INV1"),
    ] {
        assert_eq!(value(&chunk, column).as_deref(), Some(expected), "{column}");
    }
}

#[test]
fn diagnoses_without_a_number_are_numbered_within_their_encounter() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows =
        "mdtrt_id,psn_no,diag_type,maindiag_flag,diag_code\nM1,P1,1,1,I10\nM2,P1,1,1,E11\nM1,P1,1,0,E11\n";
    let whole = source(&write(folder.path(), "setl_list_diag_d.csv", rows), "centre");
    let read_rows = texts(&read(&whole));
    let at = 2;
    let numbers: Vec<Option<&str>> = read_rows.iter().map(|row| row[at].as_deref()).collect();
    assert_eq!(numbers, [Some("1"), Some("1"), Some("2")]);
    assert_eq!(whole.split(4).expect("split").len(), 1, "numbering needs the rows before");
}

#[test]
fn interface_fee_lines_get_their_kind_from_the_form_of_the_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,cnt,pric,det_item_fee_sumamt,bilg_dr_codg\n\
                1,M1,P1,H99010100001,2025-03-01 08:00:00,XJ01FAA051A001010201187,1,1,1,D990101000012\n\
                2,M1,P1,H99010100001,2025-03-01 08:00:00,003310010140000,1,1,1,\n\
                3,M1,P1,H99010100001,2025-03-01 08:00:00,本院自编,1,1,1,\n";
    let chunk = tables(&write(folder.path(), "2204_20250301.csv", rows), "interface").remove(0);
    let at = chunk.table.columns.iter().position(|column| column.name == "list_type").expect("a column");
    let kinds: Vec<Option<String>> =
        texts(std::slice::from_ref(&chunk)).into_iter().map(|row| row[at].clone()).collect();
    assert_eq!(kinds, [Some("101".to_owned()), Some("201".to_owned())]);
    assert_eq!(
        chunk.bad[0].faults[0].column, "list_type",
        "a code of no form tells no kind, and nothing is guessed"
    );
}

#[test]
fn a_site_profile_maps_codes_forms_and_constants() {
    let text = "name = \"site\"\n[form]\nmoney = \"fen\"\ntime = \"epoch_ms\"\nthousands = true\n[[table]]\ntable = \"settlement\"\nfiles = [\"结算*\"]\n\
                [table.columns]\nsetl_id = \"结算号\"\nhifp_pay = \"统筹\"\n[table.constants]\ninsutype = \"310\"\n[table.codes.med_type]\n\"普通门诊\" = \"11\"\n";
    let (profile, faults) = Profile::parse("site.toml", text);
    let profile = profile.unwrap_or_else(|| panic!("{faults:?}"));
    let folder = tempfile::tempdir().expect("a folder");
    let rows = "结算号|mdtrt_id|psn_no|fixmedins_code|setl_time|med_type|insu_admdvs|medfee_sumamt|统筹|fund_pay_sumamt|refd_setl_flag\n\
                S1|M1|P1|H99010100001|1740787200000|普通门诊|990101|1,205|1,205|1205|0\n";
    let path = write(folder.path(), "结算2025.txt", rows);
    let found = scan(&[&path], &profile, &Limits::default());
    assert_eq!(found.problems, []);
    let policy = Policy::default();
    let reading = Reading { policy: &policy, as_of: as_of(), limits: Limits::default() };
    let chunk =
        Reader::open(&found.sources[0], &reading).expect("opened").next().expect("a chunk").expect("sound");
    for (column, expected) in [
        ("setl_id", "S1"),
        ("med_type", "11"),
        ("insutype", "310"),
        ("hifp_pay", "12.05"),
        ("setl_time", "2025-03-01 08:00:00"),
    ] {
        assert_eq!(value(&chunk, column).as_deref(), Some(expected), "{column}");
    }
}

#[test]
fn foreign_parquet_types_become_ours() {
    use arrow_array::{
        ArrayRef, Float64Array, Int64Array, LargeStringArray, RecordBatch, StringArray,
        TimestampMillisecondArray,
    };
    let text = |value: &str| Arc::new(StringArray::from(vec![value])) as ArrayRef;
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("bkkp_sn", text("B1")),
        ("mdtrt_id", Arc::new(Int64Array::from(vec![900_000_000_000_000_001]))),
        ("psn_no", Arc::new(LargeStringArray::from(vec![" P1 "]))),
        ("fixmedins_code", text("H99010100001")),
        (
            "fee_ocur_time",
            Arc::new(TimestampMillisecondArray::from(vec![1_740_787_200_000]).with_timezone("UTC")),
        ),
        ("med_list_codg", text("003310010140000")),
        ("list_type", Arc::new(Int64Array::from(vec![201]))),
        ("cnt", Arc::new(Int64Array::from(vec![3]))),
        ("pric", Arc::new(Float64Array::from(vec![0.1]))),
        ("det_item_fee_sumamt", Arc::new(Float64Array::from(vec![0.1 + 0.2]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
    let folder = tempfile::tempdir().expect("a folder");
    // The extract's profile goes through text, a plain renaming does not; both must say the same.
    let renaming = Profile::parse("r.toml", "name = \"r\"\n[[table]]\ntable = \"fee\"\nfiles = [\"fee_list_d\"]\n[table.columns]\nfeedetl_sn = \"bkkp_sn\"\n").0;
    let path = write(folder.path(), "fee_list_d.parquet", bytes);
    for profile in [Profile::named("centre").expect("embedded"), &renaming.expect("sound")] {
        let found = scan(&[&path], profile, &Limits::default());
        let chunk = read(&found.sources[0]).remove(0);
        assert!(chunk.bad.is_empty(), "{:?}", chunk.bad);
        for (column, expected) in [
            ("mdtrt_id", "900000000000000001"),
            ("psn_no", "P1"),
            ("fee_ocur_time", "2025-03-01 08:00:00"),
            ("list_type", "201"),
            ("cnt", "3"),
            ("pric", "0.1"),
            ("det_item_fee_sumamt", "0.3"),
        ] {
            assert_eq!(value(&chunk, column).as_deref(), Some(expected), "{} {column}", profile.name);
        }
    }
}

#[test]
fn files_are_known_by_their_header_and_others_are_told_without_stopping() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a导出.csv", "就诊ID,诊断排序号,主诊断标志,诊断代码\nM1,1,1,I10\n");
    write(folder.path(), "b.csv", "x,y\n1,2\n");
    write(folder.path(), "c.csv", "");
    write(folder.path(), ".hidden.csv", "x\n");
    std::fs::create_dir(folder.path().join("truth")).expect("a folder");
    let found = scan(&[folder.path()], Profile::named("mingcha").expect("embedded"), &Limits::default());
    assert_eq!(found.sources.len(), 1);
    assert_eq!(found.sources[0].tables().next().map(|table| table.name), Some("diagnosis"));
    assert_eq!(found.problems.len(), 2);
    assert_eq!(found.files.len(), 3);
}

#[test]
fn identifiers_that_a_spreadsheet_cut_are_refused() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("诊断").expect("named");
    for (at, header) in ["就诊ID", "诊断排序号", "主诊断标志", "诊断代码", "诊断时间"].iter().enumerate()
    {
        sheet.write_string(0, at as u16, *header).expect("written");
    }
    let date = rust_xlsxwriter::ExcelDateTime::parse_from_str("2025-03-01 08:05:09").expect("a time");
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (row, id) in [(1, 12_345.0), (3, 990_101_000_000_000_123.0)] {
        sheet.write_number(row, 0, id).expect("written");
        for (at, text) in [(1, "1"), (2, "1"), (3, "I10")] {
            sheet.write_string(row, at, text).expect("written");
        }
        sheet.write_datetime_with_format(row, 4, &date, &format).expect("written");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "导出.xlsx", book.save_to_buffer().expect("saved"));
    let chunk = tables(&path, "mingcha").remove(0);
    assert_eq!(value(&chunk, "mdtrt_id").as_deref(), Some("12345"));
    assert_eq!(value(&chunk, "diag_time").as_deref(), Some("2025-03-01 08:05:09"));
    assert_eq!((chunk.bad[0].faults[0].reason, chunk.bad[0].line), (crate::Check::Precision, 4));
}

#[test]
fn a_misspelt_header_of_a_profile_is_named_as_the_profile_spells_it() {
    let text = |amount: &str, doctor: &str| {
        format!(
            "name = \"my\"\n[[table]]\ntable = \"fee\"\nfiles = [\"费用\"]\n[table.columns]\n\
             det_item_fee_sumamt = \"{amount}\"\nbilg_dr_code = \"{doctor}\"\n[table.skip]\n\"作废\" = [\"1\"]\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let header = "feedetl_sn,mdtrt_id,psn_no,fixmedins_code,fee_ocur_time,med_list_codg,list_type,cnt,pric,總额,医生,作废";
    let path = write(folder.path(), "费用.csv", format!("{header}\n"));
    let told = |amount: &str, doctor: &str| {
        let profile = Profile::parse("my.toml", &text(amount, doctor)).0.expect("sound");
        scan(&[&path], &profile, &Limits::default())
    };
    let found = told("總金額ID", "医生");
    assert_eq!(found.sources.len(), 0);
    let message = &found.problems[0].message;
    let expected = "`my.toml` maps `det_item_fee_sumamt` to `總金額ID`, which the file does not have";
    assert!(message.contains("`fee.det_item_fee_sumamt`") && message.contains(expected), "{message}");
    let found = told("總额", "醫生");
    assert_eq!(
        (found.sources.len(), found.problems.len()),
        (1, 2),
        "an optional column is warned of, and the header left over"
    );
    let warning = &found.problems[0];
    assert!(
        warning.level == mingcha_model::Level::Warning && warning.message.contains("`醫生`"),
        "{warning}"
    );
    assert_eq!(told("總额", "医生").problems, []);
}

#[test]
fn a_missing_file_is_told_once() {
    let error = crate::draft_profile(Path::new("nope.csv"), None, &Limits::default()).expect_err("no file");
    assert_eq!(error.to_string(), "nope.csv: cannot be read");
    assert_eq!(error.fault(), mingcha_model::Fault::Operator);
    let told = error.diagnostic().to_string();
    assert_eq!(told.matches("No such file").count(), 1, "{told}");
}

/// The TOML of `docs/profiles.md`, block by block.
fn documented() -> Vec<String> {
    let page = include_str!("../../../../docs/profiles.md");
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(str::to_owned).collect()
}

#[test]
fn every_example_of_the_documentation_is_a_sound_profile() {
    let blocks = documented();
    assert!(blocks.len() >= 8, "{}", blocks.len());
    for block in blocks {
        let head = if block.starts_with("name") { "" } else { "name = \"x\"\n" };
        // A section without its table is sound where one table has its columns.
        let sections: Vec<String> = if block.contains("[[table]]") {
            vec![String::new()]
        } else {
            let section = |table: &Table| format!("[[table]]\ntable = \"{}\"\n", table.name);
            mingcha_model::table::tables().iter().map(section).collect()
        };
        let sound = |section: &String| {
            let (profile, faults) = Profile::parse("profiles.md", &format!("{head}{section}{block}"));
            profile.is_some() && faults.is_empty()
        };
        assert!(sections.iter().any(sound), "{block}");
    }
}

#[test]
fn the_documented_profile_reads_the_files_that_it_describes() {
    let whole = documented().into_iter().find(|block| block.contains("some-hospital")).expect("documented");
    let profile = Profile::parse("profiles.md", &whole).0.expect("sound");
    let folder = tempfile::tempdir().expect("a folder");
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let visits = "就诊号|个人编号|入院时间|就诊时间|出院时间|就诊类型|主治医师编码|性别|出生日期|作废标志\n\
                  V1|P1||2025/1/3 8:15||普通门诊|D990101000012|女|19800229|0\n\
                  V2|P1|2025-01-05||2025-01-09|住院||女|19800229|\nV3|P2||2025-01-05||普通门诊||男|19700101|1\n";
    let fees = "明细流水号|就诊号|个人编号|费用时间|国家编码|医保编码|数量|单价|金额|开单医师编码\n\
                F1|V1|P1|20250103081500||XJ01FAA051A001010201187|2|602.5|1,205.00|D990101000012\n";
    let paths = [
        write(folder.path(), "就诊202501.csv", gbk(visits)),
        write(folder.path(), "费用202501.csv", gbk(fees)),
    ];
    let found = scan(&paths, &profile, &Limits::default());
    assert_eq!(found.problems, []);
    let chunks: Vec<Chunk> = found.sources.iter().flat_map(read).collect();
    let rows: Vec<(&str, usize, usize, u64)> =
        chunks.iter().map(|chunk| (chunk.table.name, chunk.kept(), chunk.bad.len(), chunk.skipped)).collect();
    assert_eq!(rows, [("encounter", 2, 0, 1), ("person", 2, 0, 1), ("fee", 1, 0, 0)]);
    for (column, expected) in
        [("list_type", "101"), ("det_item_fee_sumamt", "1205"), ("fee_ocur_time", "2025-01-03 08:15:00")]
    {
        assert_eq!(value(&chunks[2], column).as_deref(), Some(expected), "{column}");
    }
    assert_eq!(value(&chunks[0], "begntime").as_deref(), Some("2025-01-03 08:15:00"));
    assert_eq!(value(&chunks[0], "med_type").as_deref(), Some("11"));
}

#[test]
fn file_names_match_as_the_documentation_says() {
    let text = "name = \"x\"\n[[table]]\ntable = \"fee\"\nfiles = [\"费用明细\", \"mz_fee*\"]\n";
    let profile = Profile::parse("x.toml", text).0.expect("sound");
    for name in ["费用明细", "费用明细2025", "费用明细-1", "费用明细_202501", "MZ_FEE_202501", "mz_fees"]
    {
        assert!(profile.tables[0].matches_name(name), "{name}");
    }
    for name in ["费用明细汇总", "费用明细_汇总", "门诊费用明细", "zy_fee"] {
        assert!(!profile.tables[0].matches_name(name), "{name}");
    }
}
