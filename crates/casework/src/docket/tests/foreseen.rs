//! What a matter says against its open acts before they are filled in is what doing them would say.

use super::{COUNTY, by, clue, does, on_docket};
use crate::docket::{Docket, NewMatter};
use serde_json::json;

/// The codes that stand against an act for somebody; nothing for an act that is closed to him.
async fn against(docket: &Docket, who: &str, id: &str, act: &str) -> Option<Vec<String>> {
    let view = docket.read(by(who), id).await.expect("read");
    let act = view.acts.into_iter().find(|one| one.id == act).expect("an act of the machine");
    assert!(act.open || act.against.is_empty(), "{} is closed and says no more", act.id);
    act.open.then(|| act.against.into_iter().map(|one| one.code).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_act_says_beforehand_what_would_refuse_it_and_no_more() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 200_000)]).await.expect("pushed");
        let new = json!({
            "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费案", "parent": "c0a", "act": "open",
            "institution": "H99010100001",
            "input": { "input": "open_case", "subject": "H99010100001", "clue": "c0a", "violation_facts": "重复收费",
                "violation_ended": "2025-12-31", "grave": false, "own_jurisdiction": true },
        });
        let new: NewMatter = serde_json::from_value(new).expect("a matter");
        let case = docket.begin(by("lead"), new).await.expect("begun").id;
        let says = async |who: &str, act: &str| against(&docket, who, &case, act).await;
        let nothing = || json!({ "input": "nothing" });
        let codes = |codes: &[&str]| Some(codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>());

        assert_eq!(says("lead", "file").await, codes(&["CW007", "CW013"]), "no officers, no approval");
        let refused = does(&docket, "lead", &case, "file", nothing()).await.expect_err("refused");
        assert_eq!(refused.codes(), "CW007,CW013", "and doing it says the same");
        assert_eq!(says("lead", "assign").await, codes(&[]), "officers come with the act itself");
        assert_eq!(says("lead", "approve_filing").await, codes(&["CW062"]), "that is the head's");
        assert_eq!(says("head", "approve_filing").await, codes(&[]), "a number is filled in");
        assert_eq!(says("lead", "decide").await, None, "another step");

        let officers = json!({ "input": "officers", "accounts": ["one", "two"] });
        does(&docket, "lead", &case, "assign", officers).await.expect("assigned");
        assert_eq!(says("lead", "file").await, codes(&["CW013"]));
        let approve = json!({ "input": "approve", "paper": "批1" });
        does(&docket, "head", &case, "approve_filing", approve).await.expect("approved");
        assert_eq!(says("lead", "file").await, codes(&[]));
        // A certificate that ran out since is no certificate.
        let mut conn = docket.store.by_hand().await;
        sqlx::query("UPDATE account SET certificate_until = 1 WHERE id = 'two'")
            .execute(&mut conn)
            .await
            .expect("ran out");
        drop(conn);
        assert_eq!(says("lead", "file").await, codes(&["CW007"]));
    })
    .await;
}
