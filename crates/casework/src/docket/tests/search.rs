//! A matter is found by what pages call it, by those who may see it.

use super::{COUNTY, by, clue, on_docket};
use crate::docket::{NewMatter, Query};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn the_short_id_that_pages_show_finds_the_matter_for_those_who_may_see_it() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a1b2c3d4e5f6", 100)]).await.expect("pushed");
        let new = json!({
            "machine": "case", "region": COUNTY, "source": "screening", "title": "重复收费案", "act": "open",
            "input": { "input": "open_case", "subject": "H1", "clue": null, "violation_facts": "重复收费",
                "violation_ended": "2025-12-31", "grave": false, "own_jurisdiction": true },
        });
        let new: NewMatter = serde_json::from_value(new).expect("a matter");
        let case = docket.begin(by("lead"), new).await.expect("begun").id;
        let number = case.strip_prefix("case-").expect("a case's id")[..8].to_owned();
        let found = async |who: &str, q: &str| {
            let query = Query { q: Some(q.to_owned()), ..Query::default() };
            let page = docket.list(by(who), &query).await.expect("listed");
            page.items.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        for q in [format!("案件 {number}"), number.clone(), number.to_uppercase(), case.clone()] {
            assert_eq!(found("lead", &q).await, std::slice::from_ref(&case), "{q}");
            assert!(found("stranger", &q).await.is_empty(), "another county's: {q}");
        }
        assert_eq!(found("lead", "线索 c0a1b2c3").await, ["c0a1b2c3d4e5f6"]);
        assert_eq!(found("lead", "c0a1b2c3").await, ["c0a1b2c3d4e5f6"]);
        assert!(found("lead", "案件 ffffffff").await.is_empty());
        assert!(found("lead", &number[1..]).await.is_empty(), "from its beginning only");
        // A short word is looked for in titles alone.
        assert!(found("lead", &number[..5]).await.is_empty());
    })
    .await;
}
