//! Offline forms of inspections: what was noted on site becomes record and findings in one act, and what cannot be is said all at once.

use crate::{PROCEDURES, at, good::good};
use mingcha_casework::{
    act::{ActInput, Done, perform},
    ask::Ask,
    facts::Seen,
    machine::GuardError,
    site_form::{FORM, FormGround, faults, read},
    trail::Digest,
};
use mingcha_model::Fen;
use serde_json::{Value, json};

/// A token as the vault gives one.
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn file() -> Value {
    json!({
        "form": FORM, "inspection": "i-1", "at": "2025-06-20 09:30:00", "place": "收费处", "present": [{ "name": TOKEN, "post": "院办主任" }],
        "officers": ["u1", "u2"], "statement": "没有意见",
        "items": [
            { "item": "M011", "seen": "seen", "facts": "两次收费", "amount": 120_050, "files": [{ "name": "照片.jpg", "sha256": "5a".repeat(32) }] },
            { "item": "M012", "seen": "not_seen", "facts": "", "amount": 0, "files": [] },
        ],
    })
}

fn on_site() -> Ask<'static> {
    let mut ask = good("inspection", "import_form");
    ask.before.inspection.findings.clear();
    ask.before.inspection.sheets.clear();
    ask.around.form = FormGround {
        inspection: "i-1".into(),
        // Seconds after what the form's clock shows.
        entered: Some(at("2025-06-20 09:30:40").time()),
        files: [(Digest([0x5a; 32]), Digest([0x33; 32]))].into(),
    };
    ask
}

fn taken(ask: Ask<'_>, change: impl FnOnce(&mut Value)) -> Result<Done, Vec<GuardError>> {
    let mut file = file();
    change(&mut file);
    let form = read(&file.to_string()).expect("reads");
    perform(ask, "inspection", "import_form", &ActInput::SiteForm(form))
}

#[test]
fn a_form_becomes_a_record_and_a_finding_for_each_item_that_was_seen() {
    let done = taken(on_site(), |_| ()).expect("in order");
    let inspection = &done.facts.inspection;
    let [record] = inspection.records.as_slice() else { panic!("{:?}", inspection.records) };
    let [finding] = inspection.findings.as_slice() else { panic!("{:?}", inspection.findings) };
    assert_eq!(
        (finding.item.as_str(), finding.facts.as_str(), finding.amount),
        ("M011", "两次收费", Fen(120_050))
    );
    assert_eq!(finding.evidence, [*record, Digest([0x33; 32])], "the record and the file under its SM3");
    let [sheet] = inspection.sheets.as_slice() else { panic!("{:?}", inspection.sheets) };
    assert_eq!((sheet.record, sheet.present[0].name.as_str()), (Some(*record), TOKEN));
    let seen: Vec<_> = sheet.items.iter().filter_map(|item| item.seen).collect();
    assert_eq!(seen, [Seen::Seen, Seen::NotSeen], "what was looked for and not seen is kept too");
    assert_eq!(done.state, "on_site");
}

#[test]
fn the_same_file_twice_and_a_name_that_is_not_sealed_are_refused() {
    let done = taken(on_site(), |_| ()).expect("in order");
    let mut again = on_site();
    again.before = done.facts;
    let guards: Vec<String> =
        taken(again, |_| ()).expect_err("twice").into_iter().map(|error| error.guard).collect();
    assert_eq!(guards, ["record_new"]);
    let open = taken(on_site(), |file| file["present"][0]["name"] = json!("合成某")).expect_err("not sealed");
    assert_eq!(open[0].guard, "input_fits");
    assert!(!open[0].message.contains("合成某"), "{open:?}");
}

/// All faults of a form, as they are told before it is taken in.
fn faults_of(ask: &Ask<'_>, change: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
    let mut file = file();
    change(&mut file);
    let faults = faults(&read(&file.to_string()).expect("reads"), ask);
    faults.into_iter().map(|fault| (fault.item, fault.message)).collect()
}

#[test]
fn one_thing_wrong_in_a_form_is_the_one_fault_that_is_told() {
    type Wrong = (fn(&mut Value), &'static str, &'static str);
    let wrong: [Wrong; 13] = [
        (|file| file["inspection"] = json!("i-2"), "", "这是另一次检查的检查表"),
        (|file| file["at"] = json!("2025-06-20 10:00:01"), "", "记录时间晚于现在"),
        (|file| file["at"] = json!("2025-06-20 09:29:00"), "", "记录时间早于进入现场"),
        (|file| file["place"] = json!(" "), "", "没有写明地点"),
        (|file| file["present"] = json!([]), "", "没有写明在场人员的姓名"),
        (|file| file["officers"] = json!(["u1", "u1"]), "", "记录的执法人员不足两人"),
        (|file| file["officers"] = json!(["u1", "u2", "u9"]), "", "u9不是本次检查的执法人员"),
        (|file| file["items"] = json!([]), "", "没有一项检查记录"),
        (|file| file["items"][1]["item"] = json!("M999"), "M999", "检查指引中没有这一项"),
        (|file| file["items"][1]["item"] = json!("M011"), "M011", "同一项记了两次"),
        (|file| file["items"][0]["facts"] = json!(""), "M011", "发现问题的须写明事实"),
        (|file| file["items"][1]["amount"] = json!(1), "M012", "没有发现问题的不写金额"),
        (
            |file| file["items"][0]["files"][0]["sha256"] = json!("5b".repeat(32)),
            "M011",
            "证据文件“照片.jpg”还没有收存，或者收存的不是现场的那一份",
        ),
    ];
    for (change, item, message) in wrong {
        assert_eq!(faults_of(&on_site(), change), [(item.to_owned(), message.to_owned())]);
        let refused = taken(on_site(), change).expect_err(message);
        assert!(refused[0].guard == "input_fits" && refused[0].message.contains(message), "{refused:?}");
    }
    let mut ask = on_site();
    ask.before.officers[1].recused = true;
    let told: Vec<String> = faults_of(&ask, |_| ()).into_iter().map(|(_, message)| message).collect();
    assert_eq!(told, ["u2已经回避", "记录的执法人员不足两人"]);
}

#[test]
fn all_faults_of_a_form_are_told_at_once() {
    let found = faults_of(&on_site(), |file| {
        file["inspection"] = json!("i-2");
        file["items"][0]["item"] = json!("X1");
        file["items"][1]["seen"] = json!("seen");
    });
    let items: Vec<&str> = found.iter().map(|(item, _)| item.as_str()).collect();
    assert_eq!(items, ["", "X1", "M012"]);
}

#[test]
fn a_form_is_noted_on_site_alone() {
    let mut ask = on_site();
    ask.around.form.entered = None;
    assert_eq!(faults_of(&ask, |_| ()), [(String::new(), "记录时间早于进入现场".to_owned())]);
    assert!(PROCEDURES.machines["inspection"].acts["import_form"].from == ["on_site"]);
}
