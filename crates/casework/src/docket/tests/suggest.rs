//! What a case suggests: the transfer where amount and purpose meet in its region, and the tier of each fine; nothing is done by it.

use super::{COUNTY, by, clue, does, on_docket, proved};
use crate::{
    Procedures,
    docket::{Docket, MatterView, NewMatter},
    procedures::embedded_files,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A case that grew out of a clue of so much money, whose rule covers an item of the negative lists.
async fn case_of(docket: &Docket, key: &str, amount: i64, covers: &str) -> String {
    let today = docket.store.now().time().date().to_string();
    let mut seen = clue(key, amount);
    seen.origin = json!({ "end": today, "findings": [], "about": { "covers": [covers] } });
    docket.push(by("lead"), vec![seen]).await.expect("pushed");
    let parent = key.to_lowercase();
    let new = json!({
        "machine": "case", "region": COUNTY, "source": "screening", "title": "某案", "parent": parent, "act": "open",
        "input": { "input": "open_case", "subject": "H1", "clue": parent, "violation_facts": "见到", "violation_ended": today,
            "grave": false, "own_jurisdiction": true },
    });
    let new: NewMatter = serde_json::from_value(new).expect("a matter");
    docket.begin(by("lead"), new).await.expect("begun").id
}

/// A case as it stands once its decision was proposed.
async fn decided(docket: &Docket, id: &str, items: Value) -> MatterView {
    let facts = json!({ "version": 1, "decision": { "items": items } }).to_string();
    let mut conn = docket.store.by_hand().await;
    sqlx::query("UPDATE matter SET facts = $1 WHERE id = $2")
        .bind(facts)
        .bind(id)
        .execute(&mut conn)
        .await
        .expect("written");
    drop(conn);
    docket.read(by("lead"), id).await.expect("read")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_is_prompted_where_amount_and_purpose_meet_and_nothing_is_done_by_it() {
    on_docket(async |docket| {
        let fake = case_of(&docket, "C0a", 300_000, "N2049-B-1-3").await;
        let view = docket.read(by("lead"), &fake).await.expect("read");
        let hint = view.transfer_hint.clone().expect("amount and purpose");
        assert_eq!((hint.reached.as_str(), hint.amount), ("large", 300_000));
        assert!(
            hint.words.contains("达到数额较大标准（3000.00元）") && hint.words.contains("第266条"),
            "{hint:?}"
        );
        assert!(hint.purpose[0].contains("虚构医药服务项目"), "{hint:?}");
        assert!(hint.decided_by.contains("只作提示"), "{hint:?}");
        assert_eq!(
            hint.thresholds.iter().map(|one| one.amount).collect::<Vec<_>>(),
            [300_000, 3_000_000, 50_000_000]
        );
        assert_eq!((view.heading.state.as_str(), &view.facts["transfer"]), ("proposed", &Value::Null));
        let below = case_of(&docket, "C0b", 299_999, "N2049-B-1-3").await;
        assert_eq!(docket.read(by("lead"), &below).await.expect("read").transfer_hint, None, "a fen below");
        let double = case_of(&docket, "C0c", 300_000, "N2049-B-2-3").await;
        assert_eq!(docket.read(by("lead"), &double).await.expect("read").transfer_hint, None, "no purpose");
        assert_eq!(docket.read(by("lead"), "c0a").await.expect("read").transfer_hint, None, "of a clue");
        proved(&docket).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_recorded_speaks_for_the_purpose_and_the_region_sets_the_threshold() {
    on_docket(async |docket| {
        let id = case_of(&docket, "C0a", 100, "N2025-I-08").await;
        let fraud = json!([{ "measure": "M12", "proposal": { "defrauded": 500_000, "returned": 500_000, "fined": 1_250_000 } }]);
        let hint = decided(&docket, &id, fraud.clone()).await.transfer_hint.expect("fraud is proposed");
        assert_eq!((hint.amount, hint.amount_of.as_str()), (500_000, "决定认定的骗取金额"));
        assert!(hint.purpose[0].starts_with("拟处理的依据："), "{hint:?}");

        let mut files = embedded_files();
        let text = "region = \"990000\"\ntitle = \"某省\"\n[[threshold]]\nid = \"large\"\nfen = 600000\n";
        files.insert("regions/990000.toml".into(), text.into());
        let (procedures, faults) = Procedures::from_files(&files);
        assert!(faults.is_empty(), "{faults:?}");
        let dearer = Docket { procedures: Arc::new(procedures), ..docket.clone() };
        assert_eq!(dearer.read(by("lead"), &id).await.expect("read").transfer_hint, None, "the province set more");

        let mut conn = docket.store.by_hand().await;
        sqlx::query("UPDATE matter SET ended = 1 WHERE id = $1").bind(id.as_str()).execute(&mut conn).await.expect("ended");
        drop(conn);
        assert_eq!(decided(&docket, &id, fraud).await.transfer_hint, None, "nothing is prompted of what has ended");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fine_of_a_decision_stands_in_its_tier() {
    on_docket(async |docket| {
        let id = case_of(&docket, "C0a", 100, "N2025-I-08").await;
        let item = |measure: &str, proposal: Value| json!({ "measure": measure, "proposal": proposal });
        let items = json!([
            item("M05", json!({ "loss": 100_000, "fined": 120_000 })),
            item("M05", json!({ "loss": 100_000, "fined": 120_001 })),
            item("M05", json!({ "loss": 100_000, "fined": 99_999, "mitigated": true })),
            item("M12", json!({ "defrauded": 100_000, "fined": 500_000 })),
            item("M05", json!({ "loss": 100_000, "returned": 100_000 })),
        ]);
        let shown = decided(&docket, &id, items).await.discretion.expect("of a case");
        let tiers: Vec<_> = shown.fines.iter().map(|fine| (fine.multiple_bp, fine.tier.as_deref())).collect();
        assert_eq!(
            tiers,
            [(12_000, Some("从轻")), (12_000, Some("一般")), (9_999, None), (50_000, Some("从重"))]
        );
        assert!(shown.tiers.len() == 6 && shown.note.contains("占位"), "{shown:?}");
        does(&docket, "lead", "c0a", "register", json!({ "input": "nothing" })).await.expect("done");
        assert_eq!(
            docket.read(by("lead"), "c0a").await.expect("read").discretion,
            None,
            "a clue fines nobody"
        );
    })
    .await;
}
