//! Two hundred at once: on one matter one act is done and nobody's is lost unseen; on many nobody waits for nothing.

use crate::{
    matters::{clue, lead},
    setup::{on_both, unbounded},
};
use serde_json::{Value, json};
use std::thread;

const CROWD: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_who_act_on_one_version_one_wins_and_all_others_are_told() {
    on_both(unbounded, async |server| {
        let mut lead = lead(server).await;
        let one = json!({ "clues": [clue("C0", "重复收费")] });
        assert_eq!(lead.post("/api/v1/clues", &one).status, 200);
        let act = json!({ "version": 1, "reason": "登记" });
        let replies = together(|number| {
            let mut lead = lead.clone();
            let key = format!("crowd-one-{number}");
            lead.send(
                "POST",
                "/api/v1/matters/c0/acts/register",
                &[("Idempotency-Key", &key)],
                &act.to_string(),
            )
        });
        let won = replies.iter().filter(|reply| reply.status == 200).count();
        let told = replies.iter().filter(|reply| reply.status == 409 && reply.json()["version"] == 2).count();
        assert_eq!((won, told), (1, CROWD - 1));
        assert_eq!(lead.get("/api/v1/matters/c0").json()["heading"]["version"], 2);

        let replies = together(|number| {
            let mut lead = lead.clone();
            let clue = json!({ "clues": [clue(&format!("Cm{number}"), "重复收费")] });
            let key = format!("crowd-many-{number}");
            let pushed = lead.send("POST", "/api/v1/clues", &[("Idempotency-Key", &key)], &clue.to_string());
            assert_eq!(pushed.status, 200, "{pushed:?}");
            let path = format!("/api/v1/matters/cm{number}/acts/register");
            let first =
                lead.send("POST", &path, &[("Idempotency-Key", &format!("{key}-act"))], &act.to_string());
            // A double click: the same key is the same act.
            let second =
                lead.send("POST", &path, &[("Idempotency-Key", &format!("{key}-act"))], &act.to_string());
            assert_eq!((second.status, &second.body), (first.status, &first.body));
            first
        });
        let done = |version: &Value| version == 2;
        assert!(replies.iter().all(|reply| reply.status == 200 && done(&reply.json()["version"])));
        let counts = lead.get("/api/v1/matters/counts?by=state").json();
        assert_eq!((&counts[0]["value"], &counts[0]["count"]), (&json!("registered"), &json!(CROWD + 1)));

        let mut auditor = server.signed_in("auditor").await;
        let proof = auditor.post("/api/v1/trail/verify", &json!({}));
        assert_eq!(proof.status, 200, "{proof:?}");
    })
    .await;
}

/// What everybody of the crowd is answered, each on a thread of their own.
fn together<T: Send>(work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let work = &work;
        let crowd: Vec<_> = (0..CROWD).map(|number| scope.spawn(move || work(number))).collect();
        crowd.into_iter().map(|one| one.join().expect("nobody fails")).collect()
    })
}
