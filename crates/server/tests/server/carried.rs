//! A case is carried from the proposal over the transfer to the archive, and every paper that its acts need is issued on the way.

use crate::office::{HOSPITAL, Office, REGION, by, on_both};
use mingcha_casework::{
    docket::{Acted, By, Cell, Letterhead, PaperView, Period},
    policy::{Installation, ManageParameters, OpenPersonalData},
    store::{Error, backup::Manifest},
    trail::{Outcome, Witness, verify},
    vault::{Purpose, with_new_key},
};
use mingcha_papers::ledger::Entry;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const PAPER: &str = "批〔2026〕1号";

/// The bureau's letterhead, set by its head.
async fn letterhead(office: &Office) {
    let head = office.docket.store.account("head").await.expect("known");
    let actor = head.actor(office.docket.store.now().time().date());
    let proof = office
        .docket
        .policies
        .decide(&actor, ManageParameters, &Installation { region: actor.region.clone() })
        .expect("allowed");
    let letterhead = Letterhead {
        place: "某".into(),
        unit: "基金监管科".into(),
        names: [("ZF-0001", "甲某"), ("ZF-0002", "乙某"), ("reviewer", "己某")]
            .map(|(key, name)| (key.to_owned(), name.to_owned()))
            .into(),
        ..Letterhead::default()
    };
    let set = office.docket.set_letterhead(by("head"), &proof, 0, letterhead.clone()).await.expect("set");
    assert_eq!(set.version, 1);
    let late = office.docket.set_letterhead(by("head"), &proof, 0, letterhead).await;
    assert!(matches!(late, Err(Error::Conflict { version: 1, .. })));
}

/// A case under investigation with one piece of evidence.
async fn filed(office: &Office) -> String {
    let case = office
        .begin(
            "lead",
            &json!({
                "machine": "case", "region": REGION, "source": "screening", "title": "某医院重复收费案", "institution": HOSPITAL,
                "subject_kind": "institution", "subject": HOSPITAL, "act": "open", "reason": "提出立案",
                "input": { "input": "open_case", "subject": HOSPITAL, "violation_facts": "重复收费二百次", "violation_ended": "2026-01-31",
                    "grave": false, "own_jurisdiction": true },
            }),
        )
        .await
        .id;
    office.act("lead", &case, "assign", json!({ "accounts": ["one", "two"] })).await;
    let early = office.try_issue("one", &case, "penalty-decision", "").await;
    let Err(Error::Refused(guards)) = early else { panic!("a decision before it was made: {early:?}") };
    assert_eq!(
        (guards[0].code.as_str(), guards[0].message.as_str()),
        ("PW001", "行政处罚决定书须在“作出决定”之后制作")
    );
    office.issue("one", &case, "filing-approval").await;
    office.act("head", &case, "approve_filing", json!({ "paper": PAPER })).await;
    office.act("lead", &case, "file", json!({})).await;
    let evidence = json!({
        "kind": "electronic", "title": "结算明细", "origin": "outside", "sm3": "1".repeat(64), "sha256": "2".repeat(64),
        "source": "某医院提供",
    });
    office.act("one", &case, "add_evidence", evidence).await;
    case
}

/// Investigation with goods and help, and the crime that is suspected on the way.
async fn investigated(office: &Office, case: &str) {
    for paper in ["evidence-list", "inquiry-record", "scene-record"] {
        office.issue("one", case, paper).await;
    }
    office.act("head", case, "approve_registration", json!({ "paper": PAPER })).await;
    office.act("one", case, "register_goods", json!({ "items": ["账册一本"] })).await;
    office.issue("one", case, "registration-notice").await;
    office.issue("two", case, "registration-list").await;
    office.act("one", case, "settle_goods", json!({ "holding": 1 })).await;
    office.act("head", case, "approve_sealing", json!({ "paper": PAPER })).await;
    office.act("one", case, "seal", json!({ "items": ["病历一箱"] })).await;
    office.issue("one", case, "sealing-decision").await;
    office.act("one", case, "unseal", json!({ "holding": 2 })).await;
    office.act("one", case, "ask_help", json!({ "of": "某县医保局", "asked": "核实就诊" })).await;
    office.issue("one", case, "help-letter").await;
    office.act("one", case, "enter_help", json!({ "help": 1, "answer": "属实" })).await;
    office
        .act("lead", case, "suspect_crime", json!({ "crime": "《中华人民共和国刑法》第二百六十六条" }))
        .await;
}

/// The transfer of the suspected crime, up to the goods in the hands of the police.
async fn transferred(office: &Office, case: &str) -> String {
    let transfer = office
        .begin(
            "lead",
            &json!({
                "machine": "transfer", "region": REGION, "source": "", "title": "某医院涉嫌诈骗移送", "institution": HOSPITAL, "parent": case,
                "act": "open", "reason": "认定",
                "input": { "input": "open_transfer", "case": case, "crime": "《中华人民共和国刑法》第二百六十六条" },
            }),
        )
        .await
        .id;
    office.act("lead", &transfer, "form_team", json!({ "accounts": ["one", "two"] })).await;
    office.issue("one", &transfer, "investigation-report").await;
    office.act("one", &transfer, "report", json!({ "paper": "报〔2026〕1号" })).await;
    office.act("head", &transfer, "approve", json!({ "paper": PAPER })).await;
    enclosed(office, &transfer, case).await;
    let send = |letter: Option<&str>| json!({ "to": "330100-ga", "same_level": true, "letter": letter });
    let early = office.try_act("one", &transfer, "send", send(Some("移〔2026〕1号"))).await;
    let Err(Error::Refused(lacking)) = early else { panic!("sent without its letter: {early:?}") };
    let said: Vec<&str> = lacking.iter().map(|guard| guard.message.as_str()).collect();
    assert_eq!(said, ["移送的文书没有在本案出具：涉嫌犯罪案件移送书"], "the report was issued");
    // Who receives it is entered, since nothing was sent yet.
    let letter = office.issue("one", &transfer, "transfer-letter").await;
    assert_eq!(letter.number.as_deref(), Some("某医保案移字〔2026〕1号"));
    for other in ["某医保案移字〔2026〕2号", "某医保案移字〔2025〕1号", "移〔2026〕1号"]
    {
        let refused = office.try_act("one", &transfer, "send", send(Some(other))).await;
        assert_eq!(guards(&refused), ["letter_its_own"], "{other}");
    }
    office.act("one", &transfer, "send", send(letter.number.as_deref())).await;
    let refused = office.try_issue("police", &transfer, "transfer-letter", "").await;
    assert!(matches!(refused, Err(Error::Refused(_))), "not the police's paper: {refused:?}");
    office.act("police", &transfer, "sign_receipt", json!({})).await;
    office.issue("police", &transfer, "transfer-receipt").await;
    office.act("police", &transfer, "file", json!({})).await;
    let none = office.try_act("police", &transfer, "catch", json!({ "suspects": 0 })).await;
    assert_eq!(guards(&none), ["suspects_counted"]);
    assert!(
        office.try_act("one", &transfer, "catch", json!({ "suspects": 1 })).await.is_err(),
        "the police's own step"
    );
    office.act("police", &transfer, "catch", json!({ "suspects": 2 })).await;
    office.act("police", &transfer, "catch", json!({ "suspects": 1 })).await;
    let closed = json!({ "institutions": [HOSPITAL, "H33010000002"] });
    office.act("one", &transfer, "close_institutions", closed.clone()).await;
    let twice = office.try_act("police", &transfer, "close_institutions", closed).await;
    assert_eq!(guards(&twice), ["institutions_closed_named"]);
    caught(office, &transfer).await;
    office.act("one", &transfer, "hand_over", json!({ "goods": ["账册一本"] })).await;
    office.issue("one", &transfer, "goods-list").await;
    transfer
}

/// What goes with the letter is pointed at: papers of the transfer and of its case, and originals by their number. What is not there, or of
/// another matter, is not taken; what is lacking is named; and the letter is not written before.
async fn enclosed(office: &Office, transfer: &str, case: &str) {
    let early = office.try_issue("one", transfer, "transfer-letter", "").await;
    assert!(early.is_err(), "the letter lists what the record holds: {early:?}");
    let paper = |enclosure: &str, of: &str, kind: &str| json!({ "enclosure": enclosure, "form": "paper", "piece": format!("{of}/{kind}/1") });
    let none = |enclosure: &str| json!({ "enclosure": enclosure, "form": "none" });
    let report = paper("report", transfer, "investigation-report");
    let goods = paper("goods", case, "registration-list");
    let others = json!({ "enclosure": "others", "form": "original", "title": "住院病历", "number": "卷2", "amount": "3册" });
    for unknown in [
        paper("goods", "another", "registration-list"),
        paper("goods", case, "goods-list"),
        json!({ "enclosure": "goods", "form": "file", "piece": "0123456789abcdef0123456789abcdef" }),
    ] {
        let list = json!({ "enclosures": [&report, unknown, none("tests"), &others] });
        assert_eq!(guards(&office.try_act("one", transfer, "enclose", list).await), ["input_fits"]);
    }
    let lacking = json!({ "enclosures": [none("report"), &goods, &others] });
    let refused = office.try_act("one", transfer, "enclose", lacking).await;
    let Err(Error::Refused(lacking)) = &refused else { panic!("{refused:?}") };
    assert_eq!(lacking[0].message, "移送附件不齐：案件调查报告、检验报告或者鉴定结论");
    let list = json!({ "enclosures": [&others, report, goods, none("tests")] });
    office.act("one", transfer, "enclose", list).await;
    // The letter lists them in the order of the law, by title, number and amount.
    let sheet = office.desk("one", transfer).await.sheet;
    let Some(Cell::List(rows)) = sheet.known.get("transfer.enclosures") else { panic!("{:?}", sheet.known) };
    let said = |row: &BTreeMap<String, Cell>| ["name", "amount"].map(|column| row[column].clone());
    let listed = [
        ["案件调查报告", "1份"],
        ["先行登记保存清单", "1份"],
        ["检验报告或者鉴定结论", "无"],
        ["住院病历（原件，编号：卷2）", "3册"],
    ];
    let wanted = listed.map(|row| row.map(|text| Cell::Text(text.into())));
    assert_eq!(rows.iter().map(said).collect::<Vec<_>>(), wanted);
}

/// Which conditions an act was refused by.
fn guards(refused: &Result<Acted, Error>) -> Vec<&str> {
    match refused {
        Err(Error::Refused(guards)) => guards.iter().map(|guard| guard.guard.as_str()).collect(),
        other => panic!("{other:?}"),
    }
}

/// Whom the police caught and what was closed stands in the tables, and each figure opens to the transfer.
async fn caught(office: &Office, transfer: &str) {
    let today = office.docket.store.now().time().date();
    let period = Period { from: today, to: today };
    let figures = office.docket.figures(by("lead"), REGION, period).await.expect("counted");
    for (figure, wanted) in [("suspects_caught", 3), ("institutions_closed", 2)] {
        let sum: i64 = figures.iter().filter_map(|region| region.figures.get(figure)).sum();
        assert_eq!(sum, wanted, "{figure}");
        let behind = office.docket.behind(by("lead"), figure, REGION, period, 1).await.expect("opened");
        assert_eq!(
            behind.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(),
            [transfer],
            "{figure}"
        );
    }
    let rows = office.docket.transfer_rows(by("lead"), REGION, period, By::Sent, false).await.expect("read");
    let cell = |path: &str| rows[0].cells.get(path).cloned();
    assert_eq!(cell("transfer.suspects"), Some(Cell::Count(3)));
    assert_eq!(cell("transfer.institutions_closed"), Some(Cell::Count(2)));
}

/// Review, notice, hearing and discussion.
async fn heard(office: &Office, case: &str) {
    office
        .act("one", case, "conclude", json!({ "review_required": true, "discussion_required": true }))
        .await;
    office.issue("one", case, "conclusion-report").await;
    office.act("reviewer", case, "review", json!({ "passed": true, "opinion": "事实清楚，程序合法" })).await;
    office.issue("reviewer", case, "legal-review").await;
    office.issue("one", case, "penalty-notice").await;
    let notice = json!({
        "parts": ["facts", "reasons", "basis", "rights"], "fine": 200_000, "new_facts": false, "receipt": "回证1",
    });
    office.act("one", case, "notify", notice).await;
    office.act("one", case, "enter_statement", json!({ "what": "examined" })).await;
    office.act("one", case, "ask_hearing", json!({})).await;
    office.act("lead", case, "notify_hearing", json!({ "chair": "reviewer", "place": "三楼会议室" })).await;
    office.issue("one", case, "hearing-notice").await;
    office.pass(10);
    office.act("lead", case, "hold_hearing", json!({})).await;
    office.act("lead", case, "close_hearing", json!({})).await;
    office.issue("lead", case, "hearing-record").await;
    office.act("lead", case, "enter_hearing_opinion", json!({ "opinion": "事实清楚" })).await;
    office.issue("lead", case, "hearing-opinion").await;
    let opinions = json!({ "opinions": [["head", "同意"], ["lead", "同意"]], "conclusion": "同意处罚" });
    office.act("head", case, "discuss", opinions).await;
    office.issue("one", case, "discussion-record").await;
}

/// Decision, service, payment and closing.
async fn decided(office: &Office, case: &str) {
    office.act("head", case, "approve_decision", json!({ "paper": PAPER })).await;
    let decide = json!({
        "kind": "penalty", "items": [["M05", { "loss": 200_000, "returned": 200_000, "fined": 200_000 }]], "lines": ["l-1", "l-2"],
    });
    office.act("one", case, "decide", decide).await;
    let other = office.try_issue("one", case, "no-penalty-decision", "").await;
    let Err(Error::Refused(refused)) = other else { panic!("not what was decided: {other:?}") };
    assert_eq!(refused[0].message, "本案的决定是“行政处罚”，不制作不予行政处罚决定书");
    let decision = office.issue("one", case, "penalty-decision").await;
    assert_eq!(decision.number.as_deref(), Some("某医保罚字〔2026〕1号"));
    office.issue("one", case, "correction-notice").await;
    office.act("one", case, "write_decision", json!({})).await;
    office.act("one", case, "serve", json!({ "receipt": "回证2" })).await;
    office.issue("one", case, "service-receipt").await;
    reissued(office, case, &decision).await;
    let paid = |kind, account, amount, voucher| json!({ "kind": kind, "account": account, "amount": amount, "voucher": voucher });
    office.act("one", case, "pay", paid("returned", "fund", 200_000, "P1")).await;
    office.act("one", case, "pay", paid("fined", "treasury", 150_000, "P2")).await;
    let early = office.try_act("one", case, "remind", json!({})).await;
    assert_eq!(guards(&early), ["performance_overdue"]);
    office.pass(16);
    office.act("one", case, "remind", json!({})).await;
    office.issue("one", case, "payment-reminder").await;
    office.act("one", case, "pay", paid("fined", "treasury", 50_000, "P3")).await;
    office.act("lead", case, "clear_fine", json!({})).await;
    office.act("head", case, "approve_closing", json!({ "paper": PAPER })).await;
    office.act("lead", case, "close", json!({ "ground": "performed" })).await;
    let early = office.try_act("lead", case, "archive", json!({})).await;
    let Err(Error::Refused(guards)) = early else { panic!("archived without its papers: {early:?}") };
    assert_eq!(
        guards.iter().map(|guard| guard.message.as_str()).collect::<Vec<_>>(),
        ["案卷缺少文书：结案报告"]
    );
    office.issue("lead", case, "closing-report").await;
    office.act("lead", case, "archive", json!({})).await;
    let late = office.try_issue("lead", case, "closing-report", "补正").await;
    assert!(matches!(late, Err(Error::Refused(_))), "nothing is issued in an archived file: {late:?}");
}

/// A newer version needs a reason, takes a new number, and leaves the old one as it is.
async fn reissued(office: &Office, case: &str, first: &PaperView) {
    let without = office.try_issue("one", case, "penalty-decision", " ").await;
    assert!(matches!(&without, Err(Error::Invalid { field, .. }) if field == "reason"), "{without:?}");
    let second = office.try_issue("one", case, "penalty-decision", "更正笔误").await.expect("issued");
    assert_eq!(
        (second.version, second.number.as_deref()),
        (2, Some("某医保罚字〔2026〕2号")),
        "no number left out"
    );
    let stranger = office.docket.papers(by("auditor"), case).await;
    assert!(matches!(stranger, Err(Error::NotFound)));
    let opened = office.docket.open_paper(by("lead"), &office.files, case, "penalty-decision", 1).await;
    let (view, bytes) = opened.expect("there");
    assert_eq!(&view, first);
    assert!(bytes.starts_with(b"PK"));
    assert_eq!((mingcha_model::cert::sm3_hex(&bytes), bytes.len() as i64), (view.sm3, view.bytes));
    sealed_on_disk(office, case).await;
}

/// Nothing of a paper lies in clear; a changed file, or another paper's in its place, is no paper; a new key changes no file.
async fn sealed_on_disk(office: &Office, case: &str) {
    let mut lying = Vec::new();
    on_disk(office.files.root(), &mut lying);
    assert!(lying.len() > 5, "papers were issued");
    for path in &lying {
        let bytes = fs::read(path).expect("read");
        assert!(!bytes.windows(4).any(|four| four == b"PK\x03\x04"), "{} lies in clear", path.display());
    }
    let read =
        async || office.docket.open_paper(by("lead"), &office.files, case, "penalty-decision", 1).await;
    let store = &office.docket.store;
    let before = store.keys_in_use::<OpenPersonalData>().await.expect("read");
    assert!(before.values.values().sum::<i64>() >= lying.len() as i64, "{before:?}");
    let text = with_new_key(Purpose::Personal, &office.ring("personal"), "k2").expect("a ring");
    office.set_ring("personal", &text);
    store.use_key::<OpenPersonalData>(by("lead"), &office.docket.vaults, "k2").await.expect("used");
    while store.reseal::<OpenPersonalData>(by("lead"), &office.docket.vaults).await.expect("sealed anew") > 0
    {
    }
    let whole = |path: &PathBuf| fs::read(path).expect("read");
    let contents: Vec<Vec<u8>> = lying.iter().map(whole).collect();
    let (_, bytes) = read().await.expect("under the new key");
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(lying.iter().map(whole).collect::<Vec<_>>(), contents, "no file was written");
    for (path, content) in lying.iter().zip(&contents) {
        let mut changed = content.clone();
        *changed.last_mut().expect("bytes") ^= 1;
        fs::write(path, changed).expect("changed");
    }
    assert!(matches!(read().await, Err(Error::Altered(_))));
    for (path, content) in lying.iter().zip(&contents) {
        fs::write(path, content).expect("put back");
    }
    read().await.expect("as it was");
}

/// All files of a folder and below.
fn on_disk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { on_disk(&path, found) } else { found.push(path) }
    }
}

/// Turns papers into PDF in one start of the office, and reads their texts.
fn printed(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let (profile, out) =
        (format!("-env:UserInstallation=file://{}/profile", folder.display()), folder.join("pdf"));
    let ran = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&out)
        .args(&files)
        .output()
        .expect("`soffice` starts; install libreoffice-writer-nogui, poppler-utils and fonts-noto-cjk");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let text = |file: &String| {
        let name = Path::new(file).file_stem().expect("a name").to_string_lossy().into_owned();
        let pdf = out.join(format!("{name}.pdf"));
        assert!(pdf.exists(), "{file} did not open");
        let text = Command::new("pdftotext").arg(&pdf).arg("-").output().expect("`pdftotext` starts").stdout;
        (name, String::from_utf8_lossy(&text).chars().filter(|c| !c.is_whitespace()).collect())
    };
    files.iter().map(text).collect()
}

/// Every issued paper opens in a real office program and says what the record says; a draft says that it is none.
async fn open_all(office: &Office, case: &str, transfer: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    for id in [case, transfer] {
        for paper in office.desk("lead", id).await.issued {
            let opened =
                office.docket.open_paper(by("lead"), &office.files, id, &paper.paper, paper.version).await;
            let (_, bytes) = opened.expect("there");
            let path = folder.path().join(format!("{}-{}.docx", paper.paper, paper.version));
            fs::write(path, bytes).expect("written");
        }
    }
    let other = filed(office).await;
    let cells = office.docket.preview(by("one"), &other, "help-letter", &[]).await.expect("allowed");
    let cells = mingcha_server::press::record(&cells);
    let draft = office.papers.draft("help-letter", &cells, "one 2026").expect("a draft");
    fs::write(folder.path().join("draft.docx"), draft).expect("written");
    let texts = printed(folder.path());
    assert_eq!(texts.len(), 26);
    let said = [
        ("penalty-decision-1", ["某医保罚字〔2026〕1号", "某医院", "罚款人民币贰仟元整（2000.00元）"]),
        ("filing-approval-1", ["甲某（执法证号：ZF-0001）", "大数据筛查", "重复收费二百次"]),
        ("transfer-receipt-1", ["某医保案移字〔2026〕1号移送书", "某市公安局", "某医院重复收费案"]),
        ("discussion-record-1", ["同意处罚", "同意", "集体讨论记录"]),
        ("draft", ["预览稿，不得作为文书使用", "one2026", "〔待编号〕"]),
    ];
    for (name, words) in said {
        let text = &texts.iter().find(|(known, _)| known == name).expect(name).1;
        for word in words {
            assert!(text.contains(word), "{name} does not say {word}: {text}");
        }
    }
    let draft = &texts.iter().find(|(known, _)| known == "draft").expect("a draft").1;
    assert!(draft.contains("〔待填：协查机关〕"), "{draft}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_carried_to_the_archive_with_every_paper_that_its_acts_need() {
    let printed = std::sync::atomic::AtomicBool::new(false);
    on_both(async |office| {
        letterhead(office).await;
        let case = filed(office).await;
        investigated(office, &case).await;
        let transfer = transferred(office, &case).await;
        heard(office, &case).await;
        decided(office, &case).await;

        let issued = |papers: &[PaperView]| -> BTreeSet<String> {
            papers.iter().map(|one| one.paper.clone()).collect()
        };
        let mut all = issued(&office.desk("lead", &case).await.issued);
        all.extend(issued(&office.desk("lead", &transfer).await.issued));
        let never: Vec<&String> = office.papers.papers.keys().filter(|paper| !all.contains(*paper)).collect();
        assert_eq!(never, ["no-penalty-decision"], "all but the one that the decision excludes");

        counted(office, &case, &transfer).await;
        let entries = trail(office).await;
        let numbers: BTreeSet<&str> = entries
            .iter()
            .filter(|text| text.starts_with("issue_paper done"))
            .filter_map(|text| text.split("\"number\":\"").nth(1)?.split('"').next())
            .collect();
        assert!(numbers.contains("某医保案移字〔2026〕1号"), "{numbers:?}");
        copied(office).await;
        // How papers look does not depend on the database.
        if !printed.swap(true, std::sync::atomic::Ordering::Relaxed) {
            open_all(office, &case, &transfer).await;
        }
    })
    .await;
}

/// The quarter's figures say what was done, open to the matters, and the ledgers hold the transfer.
async fn counted(office: &Office, case: &str, transfer: &str) {
    let quarter = Period::quarter("2026Q1").expect("a quarter");
    for who in ["lead", "counter"] {
        let figures = office.docket.figures(by(who), REGION, quarter).await.expect("counted");
        assert_eq!((figures.len(), figures[0].name.as_str()), (1, "某市"), "{who}");
        let of = |name: &str| figures[0].figures.get(name).copied().unwrap_or(0);
        let said =
            ["institutions", "penalised", "fined", "returned", "fines_paid", "to_judiciary", "clues_checked"]
                .map(of);
        assert_eq!(said, [1, 1, 200_000, 200_000, 200_000, 1, 0], "{who}");
    }
    let behind = |who: &'static str| office.docket.behind(by(who), "fined", REGION, quarter, 1);
    let opened = behind("lead").await.expect("opened");
    assert_eq!(opened.items.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [case]);
    assert_eq!(behind("counter").await.expect("opened").total, 0, "who counts opens nothing");
    let other = Period::quarter("2026Q2").expect("a quarter");
    let none = office.docket.transfer_rows(by("lead"), REGION, other, By::Sent, false).await.expect("rows");
    assert_eq!(none, []);
    let rows =
        office.docket.transfer_rows(by("lead"), REGION, quarter, By::Received, true).await.expect("rows");
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [transfer]);
    for id in ["transfer-ledger", "receipt-ledger", "transfer-statistics"] {
        let entry = Entry { id: rows[0].id.clone(), record: mingcha_server::press::record(&rows[0].cells) };
        let table = office.papers.ledgers[id].ledger("2026年第1季度", &[entry]).expect("all columns");
        let cells: Vec<String> = table.rows[0].cells.iter().map(|cell| cell.value.printed()).collect();
        assert!(cells.contains(&"某医保案移字〔2026〕1号".to_owned()), "{id}: {cells:?}");
        assert!(id == "transfer-statistics" || cells.contains(&"某医院".to_owned()), "{id}: {cells:?}");
    }
}

/// The proved trail, a line a record.
async fn trail(office: &Office) -> Vec<String> {
    let mut entries = Vec::new();
    loop {
        let page = office.docket.store.trail_after(entries.len() as u64).await.expect("read");
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    let head = Some(office.docket.store.anchor().await.expect("an anchor"));
    assert_eq!(verify(entries.clone(), &Witness { head, ..Witness::default() }).faults, []);
    let line = |entry: mingcha_casework::trail::Entry| {
        let Outcome::Done = entry.record.outcome else { return String::new() };
        format!("{} done {}", entry.record.act, entry.record.after.unwrap_or_default())
    };
    entries.into_iter().map(line).collect()
}

/// A copy carries every paper, and not one that was altered.
async fn copied(office: &Office) {
    let folder = tempfile::tempdir().expect("a folder");
    let made: Manifest = office
        .docket
        .store
        .backup(&folder.path().join("copy.zip"), office.files.root())
        .await
        .expect("backed up");
    let files = made.entries.iter().filter(|held| held.name.starts_with("files/")).count();
    assert_eq!(files, 25);
}
