//! The grade of an institution comes from its records, is told only to those who may count all of them, and says who is due for an inspection;
//! the year's plan says whom it leaves out.

use super::{COUNTY, by, clue, on_docket, proved};
use crate::{
    docket::{Docket, InLake, InstitutionGrade, RefusedRows},
    store::Error,
    trail::Outcome,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

const HOSPITAL: &str = "H99010100001";

/// A matter of a bureau of the county as acts would have left it, and when it was decided or ended on site.
async fn left(docket: &Docket, id: &str, machine: &str, facts: Value, ended: bool, what: &str) {
    let mut facts = facts;
    facts["version"] = json!(1);
    let now = docket.store.now().time().0;
    let mut conn = docket.store.by_hand().await;
    sqlx::query(
        "INSERT INTO matter (id, machine, state, version, region, organisation, department, seat, secrecy, source, title, subject_kind, \
         subject, institution, amount, score, grade, parent, begun, changed, ended, origin, facts, touched) VALUES ($1, $2, 'left', 1, $3, \
         'yb-990101', 'insurance', $3, 2, '', '事项', 'institution', $4, $4, 0, 0, '', NULL, $5, $5, $6, '{}', $7, (SELECT COALESCE(MAX(touched), 0) + 1 FROM matter))",
    )
    .bind(id)
    .bind(machine)
    .bind(COUNTY)
    .bind(HOSPITAL)
    .bind(now)
    .bind(ended.then_some(now))
    .bind(facts.to_string())
    .execute(&mut conn)
    .await
    .expect("a matter");
    if !what.is_empty() {
        sqlx::query("INSERT INTO tally (matter, seq, at, what, region, amount, subject) VALUES ($1, 1, $2, $3, $4, 0, $5)")
            .bind(id)
            .bind(now)
            .bind(what)
            .bind(COUNTY)
            .bind(HOSPITAL)
            .execute(&mut conn)
            .await
            .expect("an entry");
    }
}

async fn graded(docket: &Docket) -> InstitutionGrade {
    // Of this month enough rows were refused, of the one before too few, and of long ago many.
    let month = docket.store.now().time().date().month_index();
    let refused = BTreeMap::from([(month, 100), (month - 1, 99), (month - 24, 500)]);
    let refused = RefusedRows::from([(HOSPITAL.to_owned(), refused)]);
    let lake = InLake { refused: Arc::new(refused), ..InLake::default() };
    docket.grade(by("lead"), HOSPITAL, &lake).await.expect("a grade")
}

/// A lake whose register has these.
fn registered<const N: usize>(codes: [&str; N]) -> InLake {
    InLake { registered: codes.map(str::to_owned).into(), ..InLake::default() }
}

fn count(grade: &InstitutionGrade, part: &str) -> u32 {
    grade.parts.iter().find(|one| one.id == part).expect(part).count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_is_the_sum_of_what_is_on_record_and_sets_when_the_next_inspection_is_due() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        let clean = graded(&docket).await;
        assert_eq!((clean.grade.as_str(), clean.records.clues, clean.records.open_clues), ("A", 1, 1));
        assert!(clean.due && clean.last.is_none(), "never inspected is due: {clean:?}");

        let check = json!({ "self_check": { "items": [
            { "item": "P1", "answered": true }, { "item": "P2" }
        ] } });
        left(&docket, "s-1", "self_check", check, true, "").await;
        let finding = |item: &str| json!({ "item": item, "facts": "见到", "amount": 100 });
        let found =
            json!({ "inspection": { "institution": HOSPITAL, "findings": [finding("P1"), finding("P9")] } });
        left(&docket, "i-1", "inspection", found, false, "inspected").await;
        let item = |measure: &str| json!({ "measure": measure, "proposal": { "fined": 1 } });
        let decided = |measure: &str| json!({ "decision": { "items": [item(measure)], "written": true } });
        left(&docket, "k-1", "case", decided("M11"), false, "penalised").await;
        left(&docket, "k-2", "case", decided("M05"), false, "penalised").await;
        let mut undone = decided("M11");
        undone["decision"]["overturned"] = json!("复议决定");
        left(&docket, "k-3", "case", undone, false, "penalised").await;

        let grade = graded(&docket).await;
        let counts = [
            "fraud_case",
            "case",
            "finding",
            "self_check_missed",
            "self_check_hidden",
            "refused_check",
            "data_fault",
        ];
        assert_eq!(counts.map(|part| count(&grade, part)), [1, 1, 2, 1, 1, 0, 1], "{grade:?}");
        assert_eq!(
            (grade.score, grade.grade.as_str(), grade.inspections),
            (100 - 40 - 15 - 6 - 10 - 5 - 2, "D", 6)
        );
        assert_eq!((grade.records.cases, grade.records.inspections, grade.records.self_checks), (3, 1, 1));
        assert!(grade.inspected == 1 && grade.last.is_some() && !grade.due, "inspected today: {grade:?}");
        assert!(grade.steps.last().is_some_and(|step| step.contains("每年检查6次")), "{grade:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grade_is_told_only_to_those_who_may_count_all_that_it_rests_on() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        for account in ["one", "officer", "agent", "auditor"] {
            let told = docket.grade(by(account), HOSPITAL, &registered([HOSPITAL])).await;
            assert!(matches!(told, Err(Error::Denied(_))), "{account}: {told:?}");
            let due = docket.inspections_due(by(account), COUNTY, &registered([])).await;
            assert!(matches!(due, Err(Error::Denied(_))), "{account}: {due:?}");
        }
        let other = docket.grade(by("stranger"), HOSPITAL, &registered([])).await;
        assert!(matches!(other, Err(Error::NotFound)), "of another county: {other:?}");
        assert!(matches!(
            docket.inspections_due(by("stranger"), COUNTY, &registered([])).await,
            Err(Error::Denied(_))
        ));
        let named = docket.grade(by("lead"), "甲子丑", &registered([])).await;
        assert!(matches!(named, Err(Error::Invalid { .. })), "a name is not kept in the trail: {named:?}");
        let refused =
            proved(&docket).await.into_iter().filter(|entry| entry.record.outcome == Outcome::Refused);
        assert_eq!(refused.count(), 9, "each attempt stands in the trail");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn institutions_that_were_never_inspected_are_due_and_those_inspected_are_not() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        let register = registered(["H99010100002"]);
        let board = docket.inspections_due(by("above"), COUNTY, &register).await.expect("a board");
        let codes: Vec<&str> = board.items.iter().map(|one| one.institution.as_str()).collect();
        assert_eq!((board.known, board.due, codes), (2, 2, vec![HOSPITAL, "H99010100002"]));
        left(
            &docket,
            "i-1",
            "inspection",
            json!({ "inspection": { "institution": HOSPITAL } }),
            false,
            "inspected",
        )
        .await;
        let board = docket.inspections_due(by("above"), COUNTY, &register).await.expect("a board");
        assert_eq!((board.known, board.due, board.items[0].institution.as_str()), (2, 1, "H99010100002"));
        let wrong = docket.inspections_due(by("above"), "county", &registered([])).await;
        assert!(matches!(wrong, Err(Error::Invalid { .. })), "{wrong:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_covers_whom_one_of_its_inspections_is_about_and_names_the_rest() {
    on_docket(async |docket| {
        docket.push(by("lead"), vec![clue("C0a", 1_000)]).await.expect("pushed");
        let this_year = docket.store.now().time().date().ymd().0;
        let board = async |year: i32| {
            let register = ["H99010100002".to_owned()].into();
            docket.inspection_plan(by("above"), year, COUNTY, register).await.expect("a board")
        };
        let none = board(this_year).await;
        assert_eq!((none.known, none.covered, none.uncovered), (2, 0, 2));
        let planned = |plan: String| json!({ "inspection": { "institution": HOSPITAL, "plan": plan } });
        left(&docket, "i-1", "inspection", planned(format!("{}年度计划第1项", this_year + 1)), false, "")
            .await;
        let [now, next] = [board(this_year).await, board(this_year + 1).await];
        assert_eq!((now.covered, next.covered, next.inspected), (0, 1, 0), "of the year that its item names");
        assert_eq!(next.without, ["H99010100002"]);
        left(&docket, "i-2", "inspection", planned("专项".into()), false, "inspected").await;
        let now = board(this_year).await;
        assert_eq!(
            (now.covered, now.inspected, now.uncovered),
            (1, 1, 1),
            "of the year in which it was planned"
        );
        let told = docket.inspection_plan(by("one"), this_year, COUNTY, [].into()).await;
        assert!(matches!(told, Err(Error::Denied(_))), "{told:?}");
        let wrong = docket.inspection_plan(by("lead"), 26, COUNTY, [].into()).await;
        assert!(matches!(wrong, Err(Error::Invalid { .. })), "{wrong:?}");
    })
    .await;
}
