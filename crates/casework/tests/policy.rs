//! Policies: what a list covers is what may be read one by one, default deny, the floor that no file lifts, and faults with their place.

use mingcha_casework::{
    Policies,
    facts::{Department, Role},
    policy::{
        Act, Action, Actor, Column, Columns, Commission, Count, Create, Deed, Export, Filter, Graph, Kind,
        List, Matter, OpenInformant, OpenPersonalData, Part, Read, Search, Secrecy,
    },
    words::Word,
};
use mingcha_model::Date;
use proptest::prelude::*;
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

fn any_word<W: Word + std::fmt::Debug>() -> impl Strategy<Value = W> {
    (0..W::ALL.len()).prop_map(|at| W::ALL[at].0)
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(texts).prop_map(str::to_owned)
}

fn some_of(texts: &'static [&'static str]) -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(one_of(texts), 0..3)
}

const REGIONS: &[&str] = &["000000", "990000", "990100", "990101", "990102", "980000", "980101", "", "99"];
const ORGANISATIONS: &[&str] = &["org-1", "org-2", "org-3", ""];
const ACCOUNTS: &[&str] = &["a", "b", "c"];
const INSTITUTIONS: &[&str] = &["", "h-1", "h-2"];
const MATTERS: &[&str] = &["m-1", "m-2"];

fn any_commission() -> impl Strategy<Value = Option<Commission>> {
    let named = (one_of(ORGANISATIONS), some_of(MATTERS), some_of(INSTITUTIONS), 0..4, 0..4);
    prop::option::of(named.prop_map(|(by, matters, institutions, from, to)| Commission {
        by,
        matters,
        institutions,
        from: Date(from),
        to: Date(to),
    }))
}

fn any_actor() -> impl Strategy<Value = Actor> {
    let words = (any_word(), any_word(), any_word::<Secrecy>(), prop::bool::weighted(0.9));
    let texts = (one_of(ACCOUNTS), one_of(ORGANISATIONS), one_of(REGIONS), one_of(INSTITUTIONS));
    (words, texts, any_commission(), 0..4).prop_map(|(words, texts, commission, today)| Actor {
        account: texts.0,
        department: words.0,
        role: words.1,
        organisation: texts.1,
        region: texts.2,
        enabled: words.3,
        clearance: words.2,
        institution: texts.3,
        commission,
        today: Date(today),
    })
}

fn any_matter() -> impl Strategy<Value = Matter> {
    let words = (any_word::<Kind>(), any_word::<Department>(), any_word::<Secrecy>());
    let texts =
        (one_of(MATTERS), one_of(REGIONS), one_of(ORGANISATIONS), one_of(REGIONS), one_of(INSTITUTIONS));
    let sets = (some_of(ORGANISATIONS), some_of(ACCOUNTS), some_of(ACCOUNTS));
    (words, texts, sets).prop_map(|(words, texts, sets)| Matter {
        id: texts.0,
        kind: words.0,
        region: texts.1,
        organisation: texts.2,
        department: words.1,
        seat: texts.3,
        handed_to: sets.0,
        team: sets.1,
        recused: sets.2,
        secrecy: words.2,
        institution: texts.4,
    })
}

fn embedded() -> &'static Policies {
    static ONCE: LazyLock<Policies> =
        LazyLock::new(|| Policies::embedded().unwrap_or_else(|faults| panic!("{faults:?}")));
    &ONCE
}

/// How often a list and the single question agreed on yes.
fn same<D: Deed<On = Matter> + std::fmt::Debug>(
    policies: &Policies,
    actor: &Actor,
    deed: &D,
    matters: &[Matter],
) -> usize {
    let scope = policies.scope(actor, deed.clone());
    let mut covered = 0;
    for matter in matters {
        let answer = policies.decide(actor, deed.clone(), matter).map(drop);
        assert_eq!(policies.glance(actor, deed, matter), answer, "{deed:?}\n{actor:?}\n{matter:?}");
        let allowed = answer.is_ok();
        assert_eq!(
            scope.filter().covers(matter),
            allowed,
            "{deed:?}\n{actor:?}\n{matter:?}\n{:?}",
            scope.filter()
        );
        covered += usize::from(allowed);
    }
    covered
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_list_covers_what_may_be_read_one_by_one(
        actor in any_actor(), matters in prop::collection::vec(any_matter(), 20), act in one_of(&["pay", "review", "register", "assign", "x"])
    ) {
        let policies = embedded();
        same(policies, &actor, &Read, &matters);
        same(policies, &actor, &List, &matters);
        same(policies, &actor, &Search, &matters);
        same(policies, &actor, &Graph, &matters);
        same(policies, &actor, &Count, &matters);
        same(policies, &actor, &Export, &matters);
        same(policies, &actor, &Create, &matters);
        same(policies, &actor, &Act { id: act }, &matters);
        same(policies, &actor, &OpenPersonalData { purpose: "核查".into() }, &matters);
        same(policies, &actor, &OpenInformant { purpose: "发放奖励".into() }, &matters);
    }

    #[test]
    fn the_floor_holds_under_a_policy_that_permits_all(actor in any_actor(), matter in any_matter()) {
        let policies = only("@id(\"all\") @title(\"全部\") @basis(\"无\") permit (principal, action, resource);");
        let administers =
            matches!(actor.role, Role::Auditor | Role::SecurityAdministrator | Role::SystemAdministrator);
        let allowed = actor.enabled && !administers && !matter.recused.contains(&actor.account);
        prop_assert_eq!(policies.decide(&actor, Read, &matter).is_ok(), allowed);
        prop_assert_eq!(policies.scope(&actor, Read).filter().covers(&matter), allowed);
        let no_purpose = policies.decide(&actor, OpenInformant { purpose: " ".into() }, &matter);
        prop_assert!(no_purpose.is_err());
    }

    #[test]
    fn without_policies_nothing_is_allowed(actor in any_actor(), matter in any_matter()) {
        let policies = only("");
        prop_assert!(policies.decide(&actor, Read, &matter).is_err());
        prop_assert!(!policies.scope(&actor, Read).filter().covers(&matter));
    }

    #[test]
    fn every_construct_means_the_same_in_a_list(actor in any_actor(), matters in prop::collection::vec(any_matter(), 20), at in 0..CONSTRUCTS.len()) {
        let text = format!(
            "@id(\"one\") @title(\"一\") @basis(\"无\") permit (principal, action, resource is Matter) when {{ {} }};",
            CONSTRUCTS[at]
        );
        same(&only(&text), &actor, &Read, &matters);
    }
}

const CONSTRUCTS: &[&str] = &[
    "resource.secrecy < principal.clearance",
    "resource.secrecy >= principal.clearance",
    "principal.clearance > resource.secrecy",
    "principal.clearance >= resource.secrecy",
    "principal.clearance < resource.secrecy",
    "principal.clearance <= resource.secrecy",
    "resource.secrecy == 2",
    "resource.secrecy != principal.clearance",
    "[1, 3].contains(resource.secrecy)",
    "resource.region in principal.region",
    "principal.region in resource.region",
    "resource.region == principal.region",
    "!(resource.seat in principal.region)",
    "resource.kind != Kind::\"case\" || principal.role == Role::\"head\"",
    "if principal.enabled then resource.team.contains(principal.account) else resource.id == \"m-1\"",
    "if resource.kind == Kind::\"clue\" then resource.id == \"m-1\" else !resource.recused.contains(\"b\")",
    "resource.team.containsAny([\"a\", \"b\"])",
    "principal.commission_matters.contains(resource.id) && principal.commission_from <= context.today",
    "principal.commission_institutions.containsAny([\"h-1\"]) && resource.institution == \"h-1\"",
    "principal.level == Level::\"city\" && resource.department == principal.department",
    "context.act == \"\" && [Kind::\"clue\", Kind::\"case\"].contains(resource.kind)",
    "resource.handed_to.contains(principal.organisation) || false",
];

fn only(text: &str) -> Policies {
    let files = [("policies/one.cedar".to_owned(), Cow::Owned(text.to_owned()))].into();
    Policies::from_files(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn faults(text: &str) -> Vec<String> {
    let files = [("policies/one.cedar".to_owned(), Cow::Owned(text.to_owned()))].into();
    match Policies::from_files(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => {
            faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.message)).collect()
        }
    }
}

#[test]
fn a_list_is_not_held_against_nothing() {
    let policies = embedded();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut covered = 0;
    for _ in 0..300 {
        let drawn =
            (any_actor(), prop::collection::vec(any_matter(), 50)).new_tree(&mut runner).expect("a value");
        let (actor, matters) = prop::strategy::ValueTree::current(&drawn);
        covered += same(policies, &actor, &Read, &matters);
    }
    assert!(covered > 100, "{covered}");
}

#[test]
fn a_faulty_file_is_refused_with_its_line() {
    let head = "@id(\"one\") @title(\"一\") @basis(\"无\")\n";
    let cases = [
        ("// 注\npermit (principal, action resource);", "policies/one.cedar:2 "),
        ("\n\npermit (principal, action, resource);", "policies/one.cedar:3 a policy without @id"),
        (
            &format!("{head}permit (principal, action, resource)\nwhen {{ principal.rank > 1 }};"),
            "policies/one.cedar:3 ",
        ),
        (
            &format!(
                "{head}permit (principal, action, resource)\nwhen {{ principal.role == Role::\"boss\" }};"
            ),
            "policies/one.cedar:3 ",
        ),
        (
            &format!("{head}permit (principal, action == Action::\"look_at\", resource);"),
            "policies/one.cedar:2 ",
        ),
        (
            &format!("{head}permit (principal == ?principal, action, resource);"),
            "policies/one.cedar:1 holds a template",
        ),
        (
            &format!(
                "{head}permit (principal, action, resource);\n{head}forbid (principal, action, resource);"
            ),
            "policies/one.cedar:3 the id `one`",
        ),
        (
            &format!(
                "{head}permit (principal, action == Action::\"read\", resource)\nwhen {{ resource.id == resource.institution }};"
            ),
            "policies/one.cedar:1 one side of a comparison",
        ),
        (
            &format!(
                "{head}permit (principal, action == Action::\"read\", resource)\nwhen {{ resource.id like \"m*\" }};"
            ),
            "policies/one.cedar:1 conditions know",
        ),
        (
            &format!(
                "{head}permit (principal, action == Action::\"read\", resource)\nwhen {{ resource.secrecy + 1 < 3 }};"
            ),
            "policies/one.cedar:1 this operator",
        ),
    ];
    for (text, expected) in cases {
        let found = faults(text);
        assert!(found.iter().any(|fault| fault.starts_with(expected)), "{text}\n{found:?}");
    }
}

#[test]
fn the_schema_has_the_words_of_the_program() {
    fn words<W: Word>(entity: &str) {
        let schema = include_str!("../../../procedures/policies/schema.cedarschema");
        let start = schema.find(&format!("entity {entity} enum [")).expect("the entity");
        let list = &schema[start..start + schema[start..].find(']').expect("its end")];
        let found: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
        let known: Vec<&str> = W::ALL.iter().map(|(_, name, _)| *name).collect();
        assert_eq!(found, known);
    }
    words::<Department>("Department");
    words::<Role>("Role");
    words::<Kind>("Kind");
    words::<mingcha_casework::policy::Level>("Level");
    let policies = embedded();
    assert!(policies.rules().len() > 20);
    for (_, action, _) in Action::ALL {
        let text = format!(
            "@id(\"one\") @title(\"一\") @basis(\"无\") permit (principal, action == Action::\"{action}\", resource);"
        );
        assert_eq!(faults(&text), Vec::<String>::new());
    }
}

struct Table;

impl Columns for Table {
    fn value(&self, column: Column) -> String {
        format!("m.{}", column.name())
    }

    fn member(&self, column: Column) -> (String, String) {
        (
            format!("EXISTS (SELECT 1 FROM {} t WHERE t.matter = m.id AND t.who = ", column.name()),
            ")".to_owned(),
        )
    }
}

#[test]
fn a_filter_becomes_sql_with_bound_values() {
    let filter = Filter::All(vec![
        Filter::Under(Column::Seat, "990100".into()),
        Filter::Not(Box::new(Filter::Holds(Column::Recused, "a'; --".into()))),
        Filter::Any(vec![
            Filter::AtMost(Column::Secrecy, 2),
            Filter::Is(Column::Kind, ["case".to_owned(), "clue".to_owned()].into()),
            Filter::Is(Column::Id, BTreeSet::new()),
            Filter::Under(Column::Region, "99".into()),
        ]),
        Filter::everything(),
        Filter::nothing(),
    ]);
    let mut sql = String::new();
    let mut bound = Vec::new();
    for part in filter.sql(&Table) {
        match part {
            Part::Sql(text) => sql.push_str(&text),
            Part::Text(text) => {
                sql.push('?');
                bound.push(text);
            }
            Part::Long(number) => {
                sql.push('?');
                bound.push(number.to_string());
            }
        }
    }
    assert_eq!(
        sql,
        "((m.seat BETWEEN ? AND ?) AND NOT (EXISTS (SELECT 1 FROM recused t WHERE t.matter = m.id AND t.who = ?)) AND \
         ((m.secrecy <= ?) OR (m.kind IN (?, ?)) OR (1 = 0) OR (1 = 0)) AND (1 = 1) AND (1 = 0))"
    );
    assert_eq!(bound, ["990100", "990199", "a'; --", "2", "case", "clue"]);
}

#[test]
fn a_proof_is_for_one_thing() {
    let policies = embedded();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let drawn = (any_actor(), any_matter()).new_tree(&mut runner).expect("a value");
    let (mut actor, mut matter) = prop::strategy::ValueTree::current(&drawn);
    (actor.department, actor.role, actor.enabled, actor.clearance) =
        (Department::Insurance, Role::Head, true, Secrecy::Secret);
    actor.organisation.clone_into(&mut matter.organisation);
    matter.recused.clear();
    let proof = policies.decide(&actor, Read, &matter).expect("a head reads the own organisation's matters");
    assert!(proof.is_for(&matter));
    assert_eq!((proof.id(), proof.kind(), proof.actor()), (matter.id.as_str(), matter.kind.name(), &actor));
    matter.id = "another".into();
    assert!(!proof.is_for(&matter));
}
