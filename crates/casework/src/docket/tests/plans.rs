//! SQLite, which knows little of how many rows a value has, takes for each list the index that is meant for it: a list of the few never walks
//! through all matters, and one of many never sorts them.

use super::{CITY, by, on_docket};
use crate::{
    docket::{
        Query, groups,
        list::{Sort, listed, page_of},
    },
    policy,
    store::Backend,
};
use sqlx::Row as _;

/// A list, and the index by which it is found.
fn lists() -> Vec<(Query, &'static str)> {
    let text = |text: &str| Some(text.to_owned());
    let clues = || Query { machine: text("clue"), ..Query::default() };
    let by = |sort| Query { sort: Some(sort), descending: sort != Sort::Due, ..clues() };
    let in_city = |sort| Query { region: text("990101"), ..by(sort) };
    vec![
        (Query { institution: text("H99010100001"), ..clues() }, "matter_institution"),
        (Query { subject: text("H99010100001"), ..clues() }, "matter_subject"),
        (Query { rule: text("fee/duplicate"), ..clues() }, "matter_rule"),
        (Query { parent: text("c-1"), ..Query::default() }, "matter_parent"),
        (Query { member: text("one"), ..Query::default() }, "member_account"),
        (Query { covers: text("N2025-001"), ..clues() }, "cover_item"),
        (Query { handed_to_me: true, ..Query::default() }, "handed_organisation"),
        (Query { descending: true, ..Query::default() }, "matter_change"),
        (by(Sort::Changed), "matter_by_change"),
        (by(Sort::Score), "matter_by_score"),
        (by(Sort::Amount), "matter_by_amount"),
        (by(Sort::Due), "matter_by_due"),
        (in_city(Sort::Changed), "matter_region_change"),
        (in_city(Sort::Score), "matter_region_score"),
        (in_city(Sort::Amount), "matter_region_amount"),
        (in_city(Sort::Due), "matter_region_due"),
        (Query { state: text("received"), ..by(Sort::Due) }, "matter_state_due"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_list_is_found_by_its_index() {
    on_docket(async |docket| {
        if docket.store.backend() != Backend::Sqlite {
            return;
        }
        let actor = docket.actor(&by("above")).await.expect("an account");
        assert_eq!(actor.region, CITY);
        let scope = docket.policies.scope(&actor, policy::List);
        let mut conn = docket.store.reader().await.expect("a connection");
        for (query, index) in lists() {
            let sql = listed(Backend::Sqlite, scope.filter(), &query, &actor.organisation);
            let text = format!("EXPLAIN QUERY PLAN {}", page_of(&sql, &query, Backend::Sqlite, 50, 0));
            let rows = sql.bound(text).fetch_all(&mut *conn).await.expect("a plan");
            let plan: Vec<String> = rows.iter().map(|row| row.get(3)).collect();
            let uses =
                |name: &str| plan.iter().any(|step| format!("{step} ").contains(&format!("INDEX {name} ")));
            assert!(uses(index), "{query:?} is not found by {index}: {plan:#?}");
            // Those that another table names are then looked for by their ids.
            let named = ["member_account", "cover_item", "handed_organisation"].contains(&index);
            let by_id = plan.iter().any(|step| step.starts_with("SEARCH m ") && step.contains("(id=?)"));
            assert!(by_id || !named, "{query:?} walks through all matters: {plan:#?}");
            let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
            let of_many = index == "matter_change"
                || index.starts_with("matter_by")
                || index.starts_with("matter_region");
            assert!(!(of_many && sorts), "{query:?} sorts all it finds: {plan:#?}");
        }
        let sql = groups::among(Backend::Sqlite, scope.filter(), &actor.organisation);
        let text = format!("EXPLAIN QUERY PLAN {}", groups::page_of(&sql, 0));
        let rows = sql.bound(text).fetch_all(&mut *conn).await.expect("a plan");
        let plan: Vec<String> = rows.iter().map(|row| row.get(3)).collect();
        assert!(plan.iter().any(|step| step.contains("INDEX matter_group ")), "{plan:#?}");
    })
    .await;
}
