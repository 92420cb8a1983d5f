//! Groups come with where and when they were seen, to whoever may see the clue.

use super::{by, clue, on_docket};
use crate::docket::PushedClue;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_told_with_its_institutions_and_days_to_its_own_people_alone() {
    on_docket(async |docket| {
        let line = |place: &str| json!({ "table": "settlement", "key": ["S"], "role": "offending", "fixmedins_code": place });
        let group = PushedClue {
            subject_kind: "group".into(),
            subject: "P1+P2+P3".into(),
            institution: String::new(),
            origin: json!({ "run": "r-1", "begin": "2025-01-02", "end": "2025-03-04", "findings": [
                { "message": "见到", "evidence": [line("H2"), line("H1"), line("H1")] },
                { "message": "又见到", "fixmedins_code": "H3", "evidence": [{ "table": "settlement", "key": ["T"], "role": "related" }] },
            ] }),
            ..clue("C0a", 100)
        };
        let higher = PushedClue { score: 90, subject: "P8+P9".into(), origin: json!({}), ..group.clone() };
        let higher = PushedClue { id: "C0b".into(), ..higher };
        docket.push(by("lead"), vec![group, higher, clue("C0c", 100)]).await.expect("pushed");

        let told = docket.groups(by("lead"), None).await.expect("told");
        let of = |at: usize| (told.items[at].heading.id.as_str(), told.items[at].institutions.join(","));
        assert_eq!((told.total, told.items.len()), (2, 2), "no clue about an institution");
        assert_eq!([of(0), of(1)], [("c0b", String::new()), ("c0a", "H1,H2,H3".to_owned())]);
        let days = (told.items[1].begin.as_deref(), told.items[1].end.as_deref());
        assert_eq!(days, (Some("2025-01-02"), Some("2025-03-04")));
        assert!(docket.groups(by("lead"), Some(2)).await.expect("told").items.is_empty());
        let other = docket.groups(by("stranger"), None).await.expect("told");
        assert_eq!((other.total, other.items.len()), (0, 0), "another county's");
    })
    .await;
}
