//! Ledgers over the wire: figures that open to matters, files with who took them out, quarters that stay closed; boards and draws.

use crate::{
    matters::{clue, lead},
    setup::{PASSWORD, Server, on_both},
};
use mingcha_casework::draw::{Draw, commitment};
use mingcha_server::operate::Console;
use serde_json::{Value, json};

const FUND: &str = "/api/v1/ledgers/fund-work";

async fn hospital(server: &Server) {
    let mut security = server.signed_in("security").await;
    let hospital = json!({
        "id": "h33010000001", "title": "某医院", "region": "330100", "department": "institution", "fixmedins_code": "H33010000001",
    });
    assert_eq!(security.post("/api/v1/organisations", &hospital).status, 201);
}

/// The cell of a table's first row in a column.
fn cell<'a>(table: &'a Value, group: &str, label: &str) -> &'a Value {
    let headings = table["headings"].as_array().expect("headings");
    let at = headings.iter().position(|heading| heading["group"] == group && heading["label"] == label);
    &table["rows"][0]["cells"][at.unwrap_or_else(|| panic!("{group}·{label} in {table}"))]
}

/// The quarter of an instant, and the one before it.
pub fn quarters(server: &Server) -> (String, String) {
    let (year, month, _) = server.running.app.store.now().time().date().ymd();
    let now = month.div_ceil(3);
    let before = if now == 1 { (year - 1, 4) } else { (year, now - 1) };
    (format!("{year}Q{now}"), format!("{}Q{}", before.0, before.1))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_opens_to_its_matters_and_a_closed_quarter_stays_closed() {
    on_both(
        |_| (),
        async |server| {
            hospital(server).await;
            let mut lead = lead(server).await;
            lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费"), clue("C0b", "超量开药")] }));
            for (act, version) in [("register", 1), ("verify", 2)] {
                let done = lead.post(&format!("/api/v1/matters/c0a/acts/{act}"), &json!({ "version": version }));
                assert_eq!(done.status, 200, "{done:?}");
            }
            let answer = json!({
                "version": 3,
                "input": { "input": "answer", "outcome": "confirmed", "facts": "属实", "found": 900, "steps": ["returned"], "attachments": [] },
            });
            assert_eq!(lead.post("/api/v1/matters/c0a/acts/answer", &answer).status, 200);

            let (now, before) = quarters(server);
            let table = lead.get(&format!("{FUND}?period={now}")).json();
            assert_eq!((cell(&table, "线索", "查实"), cell(&table, "检查", "违法违规家数")), (&json!("1"), &json!("1")));
            assert_eq!(cell(&table, "检查", "定点医药机构数（家）"), "1");
            let behind = lead.get(&format!("{FUND}/records?period={now}&figure=clues_confirmed")).json();
            assert_eq!((&behind["total"], &behind["items"][0]["id"]), (&json!(1), &json!("c0a")));
            let early = lead.post(&format!("{FUND}/close"), &json!({ "period": now }));
            assert_eq!((early.status, &early.json()["field"]), (422, &json!("period")), "{early:?}");
            assert_eq!(lead.get(&format!("{FUND}?period=2026")).json()["field"], "period");
            assert_eq!(lead.get("/api/v1/ledgers/nothing?period=2026Q1").status, 404);

            let mut auditor = server.signed_in("auditor").await;
            let none = auditor.get(&format!("{FUND}?period={now}")).json();
            assert_eq!(none["rows"], json!([]), "an administrator counts nothing");
            closed(server, &before).await;
        },
    )
    .await;
}

async fn closed(server: &Server, quarter: &str) {
    let mut lead = server.signed_in("lead-1").await;
    let close = lead.post(&format!("{FUND}/close"), &json!({ "period": quarter }));
    assert_eq!((close.status, &close.json()["closed"]["by"]), (200, &json!("lead-1")), "{close:?}");
    assert_eq!(lead.post(&format!("{FUND}/close"), &json!({ "period": quarter })).code(), "conflict");
    let sm3 = close.json()["closed"]["sm3"].clone();
    let row = close.json()["rows"][0]["id"].clone();
    let mut correction = json!({
        "period": quarter, "version": 1, "row": row, "column": "行政处罚·罚款（元）", "now": 12_345, "reason": "补登",
    });
    let corrected = lead.post(&format!("{FUND}/corrections"), &correction).json();
    let first = &corrected["closed"]["corrections"][0];
    assert_eq!((&first["was"], &first["now"]), (&json!("0.00"), &json!("123.45")), "{corrected}");
    assert_eq!(lead.post(&format!("{FUND}/corrections"), &correction).code(), "conflict");
    correction["version"] = json!(2);
    correction["reason"] = json!(" ");
    assert_eq!(lead.post(&format!("{FUND}/corrections"), &correction).json()["field"], "reason");
    correction["column"] = json!("没有");
    correction["reason"] = json!("补登");
    assert_eq!(lead.post(&format!("{FUND}/corrections"), &correction).json()["field"], "row");
    let again = lead.get(&format!("{FUND}?period={quarter}")).json();
    assert_eq!((&again["closed"]["sm3"], cell(&again, "行政处罚", "罚款（元）")), (&sm3, &json!("0.00")));

    let html = lead.get(&format!("{FUND}/file?period={quarter}&format=html"));
    assert!(html.body.contains("制表：lead-1（330100-yb）") && html.body.contains("补登"), "{html:?}");
    assert!(html.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
    let book = lead.get(&format!("{FUND}/file?period={quarter}"));
    assert!(book.bytes.starts_with(b"PK"));
    let transfers = lead.get("/api/v1/ledgers/transfer-ledger?from=2026-01-01&to=2026-12-31");
    assert_eq!((transfers.status, &transfers.json()["rows"]), (200, &json!([])), "{transfers:?}");
    assert_eq!(
        lead.get("/api/v1/ledgers/campaign?period=x&from=2026-02-01&to=2026-01-01").json()["field"],
        "to"
    );
    correction["column"] = json!("行政处罚·罚款（元）");
    of_the_bureau_alone(server, quarter, &correction).await;
}

/// Another office of the place, whose reports are its own, neither sees what the bureau closed nor corrects it.
async fn of_the_bureau_alone(server: &Server, quarter: &str, correction: &Value) {
    let mut security = server.signed_in("security").await;
    for (number, department) in (61..).zip(["agency", "police"]) {
        let id = format!("330100-{department}");
        let office = json!({ "id": id, "title": "某市单位", "region": "330100", "department": department });
        assert_eq!(security.post("/api/v1/organisations", &office).status, 201);
        let mut new = crate::accounts::account(&format!("{department}-1"), number, "team_lead");
        new["organisation"] = json!(id);
        assert_eq!(security.post("/api/v1/accounts", &new).status, 201);
        let mut other = server.first_time(&format!("{department}-1")).await;
        let seen = other.get(&format!("{FUND}?period={quarter}")).json();
        assert_eq!(seen["closed"], Value::Null, "{department}: {seen}");
        assert_eq!(other.post(&format!("{FUND}/corrections"), correction).code(), "denied", "{department}");
        let close = other.post(&format!("{FUND}/close"), &json!({ "period": quarter }));
        assert_eq!(close.code(), "denied", "{department}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boards_say_how_far_a_region_is_and_rules_hear_what_checking_found() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = lead(server).await;
            let mut first = clue("C0a", "重复收费");
            first["origin"] = json!({ "rule": "institution/duplicate", "version": 3, "findings": [] });
            lead.post("/api/v1/clues", &json!({ "clues": [first, clue("C0b", "超量开药")] }));
            let act = |act: &str, version: i64, input: Value| {
                (format!("/api/v1/matters/c0a/acts/{act}"), json!({ "version": version, "reason": "依规", "input": input }))
            };
            let answer = |outcome: &str, found: i64| {
                json!({ "input": "answer", "outcome": outcome, "facts": "核实", "found": found, "steps": ["returned"], "attachments": [] })
            };
            let steps = [
                act("register", 1, json!({ "input": "nothing" })),
                act("verify", 2, json!({ "input": "nothing" })),
                act("answer", 3, answer("refuted", 0)),
            ];
            for (path, body) in steps {
                let done = lead.post(&path, &body);
                assert_eq!(done.status, 200, "{done:?}");
            }
            let mut security = server.signed_in("security").await;
            assert_eq!(security.post("/api/v1/accounts", &crate::accounts::account("head-1", 31, "head")).status, 201);
            let mut head = server.first_time("head-1").await;
            let (path, body) = act("send-back", 4, json!({ "input": "send_back" }));
            assert_eq!(head.post(&path, &body).status, 200);
            let (path, body) = act("answer", 5, answer("confirmed", 900));
            assert_eq!(lead.post(&path, &body).status, 200);

            let board = lead.get("/api/v1/boards/clearing").json();
            let one = &board[0];
            assert_eq!((&one["name"], &one["received"], &one["answered"]), (&json!("某市"), &json!(2), &json!(1)));
            assert_eq!((&one["returned"], &one["cleared"], &one["found"]), (&json!(1), &json!(0), &json!(900)), "{one}");
            let feedback = lead.get("/api/v1/rules/feedback").json();
            let wanted = json!([{ "rule": "institution/duplicate", "version": "3", "confirmed": 1, "refuted": 0, "unclear": 0, "found": 900 }]);
            assert_eq!(feedback, wanted, "of each clue the newest answer counts");
            let config = &server.running.app.config;
            let console = Console::sign_in(config, "lead-1", PASSWORD.into(), None).await.expect("signed in");
            let heard = console.rule_feedback().await.expect("heard");
            assert_eq!(serde_json::to_value(heard).expect("JSON"), wanted, "the same at the console");
            let clocks = lead.get("/api/v1/boards/clocks").json();
            assert_eq!((&clocks[0]["organisation"], &clocks[0]["overdue"]), (&json!("330100-yb"), &json!(0)), "{clocks}");
            let mut auditor = server.signed_in("auditor").await;
            for board in ["boards/clearing", "boards/clocks", "rules/feedback"] {
                assert_eq!(auditor.get(&format!("/api/v1/{board}")).json(), json!([]), "{board}");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_says_who_is_due_for_an_inspection_and_a_plan_whom_it_leaves_out() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = lead(server).await;
            lead.post("/api/v1/clues", &json!({ "clues": [clue("C0a", "重复收费")] }));
            let path = "/api/v1/boards/institution-grade?institution=H33010000001";
            let grade = lead.get(path).json();
            assert_eq!((&grade["grade"], &grade["records"]["clues"]), (&json!("A"), &json!(1)), "{grade}");
            assert_eq!((&grade["inspections"], &grade["due"]), (&json!(1), &json!(true)), "{grade}");
            let nobody = lead.get("/api/v1/boards/institution-grade?institution=H0");
            assert_eq!(nobody.status, 404, "{nobody:?}");
            let board = lead.get("/api/v1/boards/inspections-due").json();
            assert_eq!((&board["known"], &board["due"]), (&json!(1), &json!(1)), "{board}");
            assert_eq!(
                lead.get("/api/v1/boards/inspections-due?region=330200").status,
                403,
                "of another city"
            );
            let mut auditor = server.signed_in("auditor").await;
            let plan = lead.get("/api/v1/boards/inspection-plan?year=2026").json();
            assert_eq!((&plan["known"], &plan["covered"]), (&json!(1), &json!(0)), "{plan}");
            assert_eq!(plan["without"], json!(["H33010000001"]));
            assert_eq!(lead.get("/api/v1/boards/inspection-plan?year=26").json()["field"], "year");
            for path in [path, "/api/v1/boards/inspections-due", "/api/v1/boards/inspection-plan"] {
                assert_eq!(auditor.get(path).status, 403, "{path}");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_is_published_before_its_lists_and_repeated_by_anybody() {
    on_both(
        |_| (),
        async |server| {
            let mut lead = lead(server).await;
            let begun = lead.post("/api/v1/draws", &json!({ "title": "抽查" }));
            assert_eq!(begun.status, 201, "{begun:?}");
            let (draw, seed) = (begun.json()["draw"].clone(), begun.json()["seed"].clone());
            let seed_text = seed.as_str().expect("told once");
            assert_eq!(draw["commitment"], commitment(seed_text).to_string());
            let path = format!("/api/v1/draws/{}/result", draw["id"].as_str().expect("an id"));
            let listed = lead.get("/api/v1/draws").json();
            assert_eq!((&listed[0]["id"], &listed[0]["drawn_at"]), (&draw["id"], &json!(null)), "{listed}");
            let lists = json!({ "clues": { "list": ["c0a", "c0b", "c0c"], "without": ["c0b"], "count": 1 } });
            let wrong = lead.post(&path, &json!({ "seed": "other", "lists": lists }));
            assert_eq!(wrong.json()["field"], "seed");
            let many = json!({ "clues": { "list": ["c0a"], "count": 2 } });
            assert_eq!(
                lead.post(&path, &json!({ "seed": seed, "lists": many })).json()["field"],
                "lists.clues"
            );
            let drawn = lead.post(&path, &json!({ "seed": seed, "lists": lists }));
            assert_eq!(drawn.status, 200, "{drawn:?}");
            assert_eq!(lead.post(&path, &json!({ "seed": seed, "lists": lists })).code(), "exists", "once");
            let mut auditor = server.signed_in("auditor").await;
            let read = auditor.get(&format!("/api/v1/draws/{}", draw["id"].as_str().expect("an id"))).json();
            let again: Draw = serde_json::from_value(read["draws"]["clues"].clone()).expect("a draw");
            assert_eq!((again.verify(), again.drawn.len()), (Ok(()), 1));
            assert_eq!(auditor.post("/api/v1/draws", &json!({ "title": "x" })).code(), "denied");
            assert_eq!(auditor.get("/api/v1/draws").json(), json!([]), "what is drawn is not for everybody");
            let listed = lead.get("/api/v1/draws?organisation=330100-yb").json();
            assert!(listed[0]["drawn_at"].is_i64() && listed[0].get("draws").is_none(), "{listed}");
            let before = lead.get(&format!("/api/v1/draws?before={}", listed[0]["at"])).json();
            assert_eq!((before, lead.get("/api/v1/draws?organisation=x").json()), (json!([]), json!([])));
        },
    )
    .await;
}
