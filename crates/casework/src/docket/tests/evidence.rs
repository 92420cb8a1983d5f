//! Evidence points at what can be proved: files of the matter and findings of its clue, with digests that nobody types; what was changed is found.

use super::{COUNTY, around::refused, by, clue, does, enclosures, on_docket, proved};
use crate::{
    docket::{Docket, NewFile, NewMatter, PieceProof, Verdict, prove_evidence},
    facts::{Evidence, EvidenceOrigin, Facts, FindingPointer, Transfer},
    files::{FileRules, Files},
    store::Error,
    trail::Outcome,
};
use serde_json::{Value, json};
use std::fs;

/// A case under investigation that comes from a clue with two findings.
async fn investigated(docket: &Docket) -> String {
    let mut seen = clue("C7", 200);
    let finding = |key: &str, amount: i64| {
        let lines = json!([{ "table": "fee", "key": [key, "1"], "role": "offending", "amount": amount }]);
        json!({ "rule": "institution/duplicate-line", "version": 3, "amount": amount, "message": "重复", "evidence": lines })
    };
    seen.origin = json!({
        "run": "r-1", "end": "2025-12-31", "about": { "title": "重复收费" }, "findings": [finding("S1", 120), finding("S2", 80)],
    });
    docket.push(by("lead"), vec![seen]).await.expect("pushed");
    let new = json!({
        "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费案", "parent": "c7", "act": "open",
        "institution": "H99010100001",
        "input": { "input": "open_case", "subject": "H99010100001", "clue": "c7", "violation_facts": "重复收费",
            "violation_ended": "2025-12-31", "grave": false, "own_jurisdiction": true },
    });
    let new: NewMatter = serde_json::from_value(new).expect("a matter");
    let case = docket.begin(by("lead"), new).await.expect("begun").id;
    for (who, act, input) in [
        ("lead", "assign", json!({ "input": "officers", "accounts": ["one", "two"] })),
        ("head", "approve_filing", json!({ "input": "approve", "paper": "批1" })),
        ("lead", "file", json!({ "input": "nothing" })),
    ] {
        does(docket, who, &case, act, input).await.unwrap_or_else(|error| panic!("{act}: {error:?}"));
    }
    case
}

fn piece(title: &str, more: &Value) -> Value {
    let mut input = json!({ "input": "evidence", "kind": "electronic", "title": title });
    input.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    input
}

/// Puts a file into a matter and returns its id.
async fn attached(docket: &Docket, files: &Files, matter: &str, [title, text]: [&str; 2]) -> String {
    let received = files.take(text.as_bytes()).expect("taken");
    let new = NewFile { title: title.into(), ..NewFile::default() };
    docket.attach(by("lead"), files, matter, new, received).await.expect("attached").id
}

async fn facts(docket: &Docket, id: &str) -> Facts {
    let view = docket.read(by("one"), id).await.expect("read");
    serde_json::from_value(view.facts).expect("facts")
}

async fn proofs(docket: &Docket, files: &Files, case: &str) -> Vec<PieceProof> {
    prove_evidence(&docket.store, files, by("one"), case).await.expect("proved")
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_points_at_files_and_findings_and_what_was_changed_is_found() {
    on_docket(async |docket| {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(folder.path().to_owned(), FileRules::default());
        let case = investigated(&docket).await;
        let file = attached(&docket, &files, &case, ["明细.csv", "one,two"]).await;
        let add = async |title: &str, more: Value| {
            does(&docket, "one", &case, "add_evidence", piece(title, &more)).await
        };

        // Neither is typed what is counted, nor taken what is not there.
        let digest = "1".repeat(64);
        for more in [
            json!({ "origin": "file", "file": file, "sm3": digest }),
            json!({ "origin": "finding", "finding": "r-1#1", "sha256": digest }),
            json!({ "origin": "file", "file": "0123456789abcdef0123456789abcdef" }),
            json!({ "origin": "file" }),
            json!({ "origin": "finding", "finding": "r-2#1" }),
            json!({ "origin": "finding", "finding": "r-1#3" }),
            json!({ "origin": "finding", "finding": "r-1#0" }),
        ] {
            assert_eq!(refused(add("证据", more.clone()).await), ["input_fits"], "{more}");
        }
        assert_eq!(refused(add("病历", json!({ "origin": "outside" })).await), ["evidence_sourced"]);

        add("明细", json!({ "origin": "file", "file": file, "source": "某医院病案室" }))
            .await
            .expect("added");
        add("重复", json!({ "origin": "finding", "finding": "r-1#2" })).await.expect("added");
        add("病历", json!({ "origin": "outside", "source": "某医院" })).await.expect("added");
        for again in [
            json!({ "origin": "file", "file": file, "source": "某医院" }),
            json!({ "origin": "finding", "finding": "r-1#2" }),
        ] {
            assert_eq!(refused(add("又一次", again).await), ["evidence_new"]);
        }
        assert_eq!(
            refused(add("病历", json!({ "origin": "outside", "source": "某医院" })).await),
            ["evidence_new"]
        );

        let facts = facts(&docket, &case).await;
        let origins: Vec<EvidenceOrigin> = facts.evidence.iter().map(Evidence::origin).collect();
        assert_eq!(origins, [EvidenceOrigin::File, EvidenceOrigin::Finding, EvidenceOrigin::Outside]);
        let found = &facts.evidence[1];
        assert_eq!(found.source, "筛查运行r-1，规则“重复收费”，来源线索第2项发现");
        let pointer = found.finding.as_ref().expect("a pointer");
        assert_eq!((pointer.rule.as_str(), pointer.version), ("institution/duplicate-line", 3));
        assert_eq!(pointer.lines, ["fee S2/1"]);

        let verdicts = |proofs: &[PieceProof]| proofs.iter().map(|proof| proof.verdict).collect::<Vec<_>>();
        let whole = proofs(&docket, &files, &case).await;
        assert_eq!(verdicts(&whole), [Verdict::Same, Verdict::Pending, Verdict::Outside]);
        assert!(whole[0].sha256.is_some() && whole[0].sha256 == whole[0].now_sha256);
        fs::write(files.path(&file), "one,six").expect("altered");
        assert_eq!(proofs(&docket, &files, &case).await[0].verdict, Verdict::Different);
        fs::remove_file(files.path(&file)).expect("removed");
        assert_eq!(proofs(&docket, &files, &case).await[0].verdict, Verdict::Gone);

        let trail = proved(&docket).await;
        let looked = trail.iter().map(|entry| &entry.record).filter(|record| record.act == "prove_evidence");
        let looked: Vec<_> = looked.map(|record| (record.on.id.as_str(), record.outcome)).collect();
        assert_eq!(looked, [(case.as_str(), Outcome::Read); 3]);
        let other = prove_evidence(&docket.store, &files, by("one"), "c7").await;
        assert!(matches!(other, Err(Error::NotFound)), "a clue has no evidence: {other:?}");
    })
    .await;
}

#[test]
fn a_pointer_is_told_from_one_to_other_lines_and_a_sealed_key_is_not_held_against_it() {
    let finding = json!({ "rule": "a/b", "version": 1, "amount": 5, "evidence": [
        { "table": "fee", "key": ["S1", "1"] }, { "table": "person", "key": ["99010119800229001"] },
    ] });
    let now = FindingPointer::of("c7", "r-1", 1, &finding).expect("a finding");
    assert_eq!(now.lines, ["fee S1/1", "person 99010119800229001"]);
    let mut registered = now.clone();
    registered.lines[1] = format!("person {}", "0a".repeat(16));
    assert!(registered.is_again(&now) && registered.digests() != now.digests());
    registered.lines[0] = "fee S1/2".into();
    assert!(!registered.is_again(&now));
    assert!(!FindingPointer { version: 2, ..now.clone() }.is_again(&now));
    assert_eq!(FindingPointer::of("c7", "r-1", 1, &Value::Null), None);
}

/// What stands in stores from before evidence and enclosures pointed at anything is read as it was.
#[test]
fn what_was_entered_by_hand_before_is_still_read() {
    let digest = "1".repeat(64);
    let old = json!({ "kind": "electronic", "title": "明细", "sm3": digest, "sha256": digest, "source": "run-7", "custody": ["one"] });
    let evidence: Evidence = serde_json::from_value(old.clone()).expect("read");
    assert_eq!(evidence.origin(), EvidenceOrigin::Outside);
    assert_eq!(serde_json::to_value(&evidence).expect("written"), old);
    let old = json!({ "enclosures": ["letter", "report"], "letter": "移1" });
    let transfer: Transfer = serde_json::from_value(old).expect("read");
    assert_eq!(transfer.enclosures.len(), 2);
    let written = serde_json::to_value(&transfer).expect("written");
    assert_eq!(serde_json::from_value::<Transfer>(written).expect("read again"), transfer);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enclosure_is_a_file_of_the_case_but_not_of_another() {
    on_docket(async |docket| {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::new(folder.path().to_owned(), FileRules::default());
        let case = investigated(&docket).await;
        let new = json!({
            "machine": "transfer", "region": COUNTY, "source": "", "title": "涉嫌诈骗移送", "act": "open",
            "input": { "input": "open_transfer", "case": case, "crime": "第266条" },
        });
        let new: NewMatter = serde_json::from_value(new).expect("a matter");
        let transfer = docket.begin(by("lead"), new).await.expect("begun").id;
        for (who, act, input) in [
            ("lead", "form_team", json!({ "input": "team", "accounts": ["one", "two"] })),
            ("one", "report", json!({ "input": "transfer_report", "paper": "报1" })),
            ("head", "approve", json!({ "input": "approve", "paper": "批3" })),
        ] {
            does(&docket, who, &transfer, act, input)
                .await
                .unwrap_or_else(|error| panic!("{act}: {error:?}"));
        }
        let own = attached(&docket, &files, &case, ["鉴定.pdf", "tests"]).await;
        let other = attached(&docket, &files, "c7", ["别案.pdf", "other"]).await;
        let list = |file: &str| {
            let mut list = enclosures();
            list["input"] = json!("enclose");
            list["enclosures"][2] = json!({ "enclosure": "tests", "form": "file", "piece": file });
            list
        };
        let refusal = does(&docket, "one", &transfer, "enclose", list(&other)).await;
        assert_eq!(refused(refusal), ["input_fits"]);
        does(&docket, "one", &transfer, "enclose", list(&own)).await.expect("listed");
        let enclosed = facts(&docket, &transfer).await.transfer.enclosures;
        assert_eq!((enclosed[2].title.as_str(), enclosed[2].piece.as_str()), ("鉴定.pdf", own.as_str()));
    })
    .await;
}
