//! Every row check fires where it must and stays silent where it may, and refused rows can be mended and read again.

use super::{good, read, read_csv, read_with, source, texts, write};
use crate::{Action, Check, Chunk, Limits, Policy, quarantine};
use mingcha_model::cert;

const FEE: [&str; 10] = [
    "feedetl_sn",
    "mdtrt_id",
    "psn_no",
    "fixmedins_code",
    "fee_ocur_time",
    "med_list_codg",
    "list_type",
    "cnt",
    "pric",
    "det_item_fee_sumamt",
];
const LINE: [&str; 10] = [
    "F1",
    "M1",
    "P1",
    "H99010100001",
    "2025-03-01 08:00:00",
    "XJ01FAA051A001010201187",
    "101",
    "2",
    "3.5",
    "7.00",
];

/// A fee file of one line in which one column says something else, and perhaps one column more.
fn fee(column: &str, value: &str) -> Chunk {
    let mut columns = FEE.to_vec();
    let mut line = LINE.to_vec();
    match columns.iter().position(|one| *one == column) {
        Some(at) => line[at] = value,
        None if column.is_empty() => {}
        None => {
            columns.push(column);
            line.push(value);
        }
    }
    read_csv("fee", format!("{}\n{}\n", columns.join(","), line.join(",")))
}

fn noted(chunk: &Chunk) -> Vec<(&'static str, &'static str)> {
    chunk.notes.iter().map(|((check, column), _)| (check.id(), *column)).collect()
}

#[test]
fn a_sound_line_is_silent() {
    let chunk = fee("", "");
    assert_eq!((chunk.kept(), chunk.bad.len(), noted(&chunk)), (1, 0, vec![]));
    for (column, value) in [
        ("rx_flag", "0"),
        ("chrgitm_lv", "01"),
        ("bilg_dr_code", "D990101000012"),
        ("med_chrgitm_type", "0901"),
        ("medins_list_name", "9.90E+15"),
        ("rxno", "RX-1.10105E+17"),
    ] {
        assert_eq!(noted(&fee(column, value)), [], "{column} {value}");
    }
}

#[test]
fn lines_that_cannot_be_kept_are_refused_with_place_and_reason() {
    let long = "x".repeat(31);
    for (column, value, check) in [
        ("mdtrt_id", "", Check::Missing),
        ("mdtrt_id", "-", Check::Missing),
        ("fee_ocur_time", "yesterday", Check::Type),
        ("fee_ocur_time", "2025-02-30 08:00:00", Check::Type),
        ("fee_ocur_time", "1850-02-03 08:00:00", Check::Range),
        ("fee_ocur_time", "2026-02-01 00:00:00", Check::Future),
        ("cnt", "two", Check::Type),
        ("det_item_fee_sumamt", "99999999999999999999", Check::Range),
        ("mdtrt_id", &long, Check::Length),
        ("rx_flag", "是否处方药是否处方药是否处方药是否处方药是", Check::CodeImpossible),
        ("psn_no", "P\u{0}1", Check::Control),
        ("medins_list_name", "阿莫\u{fffd}林", Check::Encoding),
        ("psn_no", "9.90E+15", Check::Precision),
        ("med_list_codg", "1.1020e+09", Check::Precision),
        ("rxno", "1.10105E+17", Check::Precision),
        ("psn_no", "P1\",x", Check::Fields),
        ("psn_no", "\"P1\"x", Check::Quotes),
    ] {
        let chunk = fee(column, value);
        assert_eq!(chunk.bad.len(), 1, "{column} {value}");
        let rejected = &chunk.bad[0];
        let [fault] = rejected.faults.as_slice() else { panic!("{column} {value}: {rejected:?}") };
        assert_eq!((fault.reason, rejected.line), (check, 2), "{column} {value}");
        assert!(!fault.message.is_empty() && !fault.hint.is_empty());
        if !matches!(check, Check::Fields | Check::Quotes) {
            assert_eq!(fault.column, column);
        }
    }
}

#[test]
fn oddities_are_noted_and_the_line_is_kept() {
    for (column, value, check) in [
        ("det_item_fee_sumamt", "7.02", Check::Amount),
        ("rx_flag", "7", Check::CodeUnknown),
        ("fixmedins_code", "X1", Check::FormInstitution),
        ("bilg_dr_code", "Wang", Check::FormPractitioner),
        ("med_list_codg", "阿莫西林", Check::FormGood),
        ("det_item_fee_sumamt", "7.004", Check::Decimals),
        ("bilg_dr_code", "0", Check::Placeholder),
        ("prd_days", "-", Check::Placeholder),
        ("rxno", "***", Check::Masked),
    ] {
        let chunk = fee(column, value);
        assert_eq!(noted(&chunk), [(check.id(), column)], "{column} {value}");
        assert_eq!((chunk.kept(), chunk.bad.len()), (1, 0));
    }
    assert_eq!(noted(&fee("det_item_fee_sumamt", "7.01")), [], "one fen is rounding");
    let negative = fee("pric", "-3.5");
    assert_eq!(noted(&negative), [("amount", "det_item_fee_sumamt"), ("negative_price", "pric")]);
}

#[test]
fn placeholders_become_missing_values_and_count_as_corrected() {
    let chunk = fee("bilg_dr_code", "0");
    assert_eq!(chunk.corrected, 1);
    assert!(good(&chunk).column_by_name("bilg_dr_code").expect("a column").is_null(0));
    let chunk = fee("det_item_fee_sumamt", "7.005");
    assert_eq!(chunk.corrected, 1, "rounded");
}

#[test]
fn a_site_decides_what_a_check_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("{}\n{}\n", FEE.join(","), LINE.join(",").replace("7.00", "9.00"));
    let source = source(&write(folder.path(), "fee.csv", text), "mingcha");
    let mut policy = Policy::default();
    policy.set(Check::Amount, Action::Refuse);
    let chunks = read_with(&source, &policy, Limits::default()).expect("sound");
    assert_eq!((chunks[0].kept(), chunks[0].bad[0].faults[0].reason), (0, Check::Amount));
    assert_eq!(chunks[0].bad[0].faults[0].value, "9.00 ≠ 7.00");
}

fn certificate(birth: &str, odd: bool) -> String {
    let first = format!("990101{birth}{}", if odd { "001" } else { "002" });
    let check = cert::check_character(first.as_bytes()).expect("digits");
    format!("{first}{}", char::from(check))
}

#[test]
fn certificates_are_held_against_sex_and_birth_and_never_shown() {
    let person = |certno: &str, gend: &str, brdy: &str| {
        let header = "psn_no,certno,psn_name,gend,brdy,insutype,insu_admdvs,insu_begndate,insu_enddate";
        read_csv(
            "person",
            format!("{header}\nP1,{certno},某人,{gend},{brdy},310,990101,2020-01-01,2019-01-01\n"),
        )
    };
    let right = certificate("19800229", true);
    let wrong = format!("{}{}", &right[..17], if right.ends_with('1') { '2' } else { '1' });
    // The insurance that ends before it begins has every row refused, so that masking can be seen too.
    for (certno, gend, brdy, check) in [
        (right.as_str(), "1", "1980-02-29", None),
        (right.as_str(), "2", "1980-02-29", Some(Check::CertificatePerson)),
        (right.as_str(), "1", "1980-03-01", Some(Check::CertificatePerson)),
        (wrong.as_str(), "1", "1980-02-29", Some(Check::Certificate)),
    ] {
        let chunk = person(certno, gend, brdy);
        let checks: Vec<Check> = chunk.notes.iter().map(|((check, _), _)| *check).collect();
        assert_eq!(checks, Vec::from_iter(check));
        assert_eq!(chunk.bad[0].faults[0].reason, Check::EndBeforeBegin);
        assert!(chunk.bad[0].row.contains(&("certno", quarantine::MASK.to_owned())));
        let everything = format!("{:?}{}", chunk.bad, quarantine::to_csv(chunk.table, &chunk.bad));
        assert!(!everything.contains(certno) && !everything.contains("某人"));
        assert!(chunk.notes.iter().all(|(_, count)| count.examples.is_empty()));
    }
}

#[test]
fn places_outside_china_are_noted() {
    let institution = |lng: &str, lat: &str| {
        let header = "fixmedins_code,fixmedins_name,fixmedins_type,admdvs,lng,lat";
        noted(&read_csv("institution", format!("{header}\nH99010100001,甲医院,1,990101,{lng},{lat}\n")))
    };
    assert_eq!(institution("116.4", "39.9"), []);
    assert_eq!(institution("39.9", "116.4"), [("coordinates", "lat"), ("coordinates", "lng")]);
}

#[test]
fn refused_lines_are_exported_mended_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = LINE.join(",").replace("2025-03-01 08:00:00", "=cmd|'2025'").replace("F1", "F2");
    let name = "\"两行\n名称,\"\"引号\"\"\"";
    let text = format!("{},medins_list_name\n{},{name}\n{broken},{name}\n", FEE.join(","), LINE.join(","));
    let first = read(&source(&write(folder.path(), "fee.csv", text), "mingcha")).remove(0);
    assert_eq!((first.kept(), first.bad.len()), (1, 1));
    assert_eq!((first.bad[0].line, first.bad[0].faults[0].value.as_str()), (4, "=cmd|'2025'"));
    let exported = quarantine::to_csv(first.table, &first.bad);
    assert!(exported.contains("'=cmd|"), "the value beside the reason is no formula");
    let mended = exported.replacen("=cmd|'2025'", "2025-03-01 08:00:00", 1);
    let path = write(folder.path(), "fee_mended.csv", mended);
    let found =
        crate::scan(&[&path], crate::Profile::named("mingcha").expect("embedded"), &Limits::default());
    assert_eq!(found.sources[0].unused_headers(), [] as [&str; 0]);
    assert!(found.sources[0].is_returned());
    let again = read(&found.sources[0]).remove(0);
    assert_eq!((again.kept(), again.bad.len()), (1, 0));
    let (mut one, mut two) = (texts(&[first]).remove(0), texts(&[again]).remove(0));
    (one[0], two[0]) = (None, None);
    assert_eq!(one, two);
}

#[test]
fn what_is_typed_replaces_cells_whole_and_what_stays_masked_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = "psn_no,certno,psn_name,gend,brdy,insutype,insu_admdvs,insu_begndate,insu_enddate";
    let certno = certificate("19800229", true);
    let text = format!("{header}\nP1,{certno},某人,1,someday,310,990101,2020-01-01,2019-01-01\n");
    let mut first = read(&source(&write(folder.path(), "person.csv", text), "mingcha")).remove(0);
    let other = certificate("19800301", true);
    first.bad[0].mend([
        ("brdy", "1980-03-01"),
        ("insu_enddate", ""),
        ("certno", other.as_str()),
        ("no_such", "1"),
    ]);
    let csv = quarantine::to_csv(first.table, &first.bad);
    assert!(csv.contains(&other) && !csv.contains(&certno) && !csv.contains("no_such"), "{csv}");
    let again = read(&source(&write(folder.path(), "person-quarantine.csv", csv), "mingcha")).remove(0);
    assert_eq!((again.kept(), again.bad.len()), (1, 0), "{:?}", again.bad);
    let kept = good(&again);
    let cell = |name: &str| quarantine::cell_text(kept.column_by_name(name).expect("a column"), 0);
    assert_eq!((cell("certno"), cell("psn_name")), (Some(other), None));
    assert_eq!((cell("brdy").as_deref(), cell("insu_enddate")), (Some("1980-03-01"), None));
}

#[test]
fn a_file_without_a_required_column_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "fee.csv", "feedetl_sn,mdtrt_id,psn_no\n1,2,3\n");
    let found =
        crate::scan(&[&path], crate::Profile::named("mingcha").expect("embedded"), &Limits::default());
    assert!(found.sources.is_empty());
    assert!(
        found.problems[0].message.contains("`fee.fixmedins_code`, `fee_ocur_time`"),
        "{}",
        found.problems[0]
    );
}

#[test]
fn headers_that_nothing_is_read_from_are_told_once_for_all_files_that_have_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let header = format!("{},备注,,开单人\n", FEE.join(","));
    for name in ["fee-1.csv", "fee-2.csv", "fee-3.csv"] {
        write(folder.path(), name, &header);
    }
    write(folder.path(), "fee-4.csv", FEE.join(",") + "\n");
    let own = crate::Profile::named("mingcha").expect("embedded");
    let found = crate::scan(&[folder.path()], own, &Limits::default());
    assert_eq!((found.sources.len(), found.problems.len()), (4, 1));
    let told = found.problems[0].to_string();
    assert!(told.starts_with("warning: ") && told.contains("fee-1.csv:1"), "{told}");
    assert!(told.contains("`备注`, `开单人`, nor from those of 2 more files"), "{told}");
}

#[test]
fn a_header_that_stands_twice_is_refused_where_something_is_read_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = crate::Profile::named("mingcha").expect("embedded");
    let text = format!("{},CNT\n{},2\n", FEE.join(","), LINE.join(","));
    let found = crate::scan(&[write(folder.path(), "fee.csv", text)], own, &Limits::default());
    assert!(found.sources.is_empty());
    let (one, two) = (FEE.iter().position(|name| *name == "cnt").expect("a column") + 1, FEE.len() + 1);
    let told = found.problems[0].to_string();
    assert!(told.contains(&format!("`cnt` stands twice, in columns {one} and {two}")), "{told}");
    let text = format!("{},x,x\n{},2,3\n", FEE.join(","), LINE.join(","));
    let found = crate::scan(&[write(folder.path(), "fee.csv", text)], own, &Limits::default());
    assert_eq!((found.sources.len(), found.sources[0].unused_headers()), (1, vec!["x", "x"]));
}

#[test]
fn a_doctors_name_in_the_place_of_a_code_is_taken_out_and_never_shown() {
    for name in ["张三", "李四(主任)", "ZHANG三"] {
        let chunk = fee("bilg_dr_code", name);
        assert_eq!(noted(&chunk), [("name_as_code", "bilg_dr_code")], "{name}");
        assert_eq!((chunk.kept(), chunk.corrected), (1, 1));
        assert!(good(&chunk).column_by_name("bilg_dr_code").expect("a column").is_null(0));
        let everything = format!("{:?}{:?}", good(&chunk), chunk.notes);
        assert!(!everything.contains(name) && everything.contains(quarantine::MASK), "{everything}");
    }
    assert_eq!(noted(&fee("bilg_dr_code", "D9901—0000012")), [("form_practitioner", "bilg_dr_code")]);
    let header = "prac_psn_code,prac_psn_type,fixmedins_code,begndate";
    let chunk = read_csv("practitioner", format!("{header}\n张三,1,H99010100001,2020-01-01\n"));
    assert_eq!(chunk.bad[0].faults[0].reason, Check::Missing, "a practitioner without a code is nobody");
    assert!(!format!("{chunk:?}").contains("张三"));
}

#[test]
fn a_name_stays_out_of_quarantine_whatever_a_site_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("{},bilg_dr_code\n{},张三\n", FEE.join(","), LINE.join(","));
    let source = source(&write(folder.path(), "fee.csv", text), "mingcha");
    for action in [Action::Refuse, Action::Note] {
        let mut policy = Policy::default();
        policy.set(Check::NameAsCode, action);
        let chunks = read_with(&source, &policy, Limits::default()).expect("sound");
        assert_eq!(chunks[0].bad.len(), usize::from(action == Action::Refuse));
        assert!(!format!("{chunks:?}").contains("张三"), "{chunks:?}");
    }
}

/// The faults of the only refused row: column, check, value.
fn faults(chunk: &Chunk) -> Vec<(&'static str, Check, &str)> {
    assert_eq!(chunk.bad.len(), 1, "{chunk:?}");
    chunk.bad[0].faults.iter().map(|fault| (fault.column, fault.reason, fault.value.as_str())).collect()
}

#[test]
fn a_bad_row_tells_all_its_faults() {
    let mut line = LINE.to_vec();
    (line[1], line[4], line[7]) = ("", "昨天", "两盒");
    let chunk = read_csv("fee", format!("{}\n{}\n{}\n", FEE.join(","), line.join(","), LINE.join(",")));
    assert_eq!(chunk.kept(), 1);
    assert_eq!(
        faults(&chunk),
        [
            ("mdtrt_id", Check::Missing, ""),
            ("fee_ocur_time", Check::Type, "昨天"),
            ("cnt", Check::Type, "两盒"),
        ]
    );
    // A value that cannot be read is not told missing too, and what is personal stays masked.
    let header = "psn_no,psn_name,gend,brdy,insutype,insu_admdvs";
    let text = format!("{header}\nP1,{},1,生日,310,\n", "某".repeat(60));
    let told = [
        ("psn_name", Check::Length, quarantine::MASK),
        ("brdy", Check::Type, "生日"),
        ("insu_admdvs", Check::Missing, ""),
    ];
    assert_eq!(faults(&read_csv("person", text)), told);
    let csv = quarantine::to_csv(mingcha_model::table::table("fee").expect("a table"), &chunk.bad);
    assert!(
        csv.contains(",mdtrt_id；fee_ocur_time；cnt,；昨天；两盒,missing；type；type,必填项缺失；"),
        "{csv}"
    );
}

#[test]
fn a_line_of_another_width_tells_both_widths_and_nothing_else() {
    // The comma of a number: everything behind it stands one column too far to the right.
    let text = format!("{}\n{}\n", FEE.join(","), LINE.join(",").replace("3.5,7.00", "1,205.00,2410.00"));
    let chunk = read_csv("fee", text);
    assert_eq!(noted(&chunk), [], "shifted values are not judged");
    assert_eq!(chunk.bad.len(), 1);
    let rejected = &chunk.bad[0];
    assert_eq!(
        (rejected.faults[0].reason, rejected.faults[0].column, &*rejected.faults[0].value),
        (Check::Fields, "", "该行 11 列，表头 10 列")
    );
    assert!(rejected.faults[0].hint.contains("逗号"), "{}", rejected.faults[0].hint);
    assert!(rejected.row.is_empty(), "nobody knows which value belongs where: {:?}", rejected.row);
}

#[test]
fn a_certificate_number_that_slipped_into_another_column_is_not_kept() {
    let header = "psn_no,certno,psn_name,gend,brdy,insutype,insu_admdvs";
    let text = format!("{header}\nP1,,,99010119800229001X,某人,1,1980-02-29,310,990101\n");
    let chunk = read_csv("person", text);
    assert_eq!(chunk.bad[0].faults[0].reason, Check::Fields);
    assert!(!format!("{chunk:?}").contains("99010119800229001X"));
}

#[test]
fn a_workbooks_row_with_a_cell_too_many_tells_both_widths() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("诊断").expect("named");
    let rows = [
        ["就诊ID", "诊断排序号", "主诊断标志", "诊断代码", ""],
        ["M1", "1", "1", "I10", ""],
        ["M2", "1", "1", "I10", "x"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).expect("written");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = write(folder.path(), "导出.xlsx", book.save_to_buffer().expect("saved"));
    let chunk = read(&source(&path, "mingcha")).remove(0);
    assert_eq!((chunk.kept(), chunk.bad.len(), noted(&chunk)), (1, 1, vec![]));
    assert_eq!((chunk.bad[0].line, &*chunk.bad[0].faults[0].value), (3, "该行 5 列，表头 4 列"));
    assert!(chunk.bad[0].row.is_empty());
}
