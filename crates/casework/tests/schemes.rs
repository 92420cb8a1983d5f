//! Points, rewards, grades, tiers and draws: what the schemes say is what comes out, and everything can be counted again.

use mingcha_casework::{
    Procedures,
    draw::{Draw, DrawError, commitment},
    grade::grade,
    points::{Effect, Entry, Standing, institution_share, standing},
    procedures::{Files, embedded_files},
    scheme::{Heavy, Schemes},
};
use mingcha_model::{Date, Fen};
use proptest::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

static SCHEMES: LazyLock<Schemes> =
    LazyLock::new(|| Procedures::embedded().0.schemes.expect("the schemes are there"));

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn entry(act: &str, on: &str, points: u32) -> Entry {
    Entry {
        id: format!("{act}-{on}"),
        on: day(on),
        act: act.into(),
        points,
        revoked: false,
        repairs: Vec::new(),
        months: None,
    }
}

#[test]
fn points_of_a_year_add_up_and_begin_anew_with_the_next() {
    let entries = [entry("a", "2025-03-01", 3), entry("b", "2025-06-01", 4), entry("c", "2026-01-01", 2)];
    let points = |on| standing(&entries, &SCHEMES.points, day(on)).points;
    assert_eq!(
        [points("2025-02-28"), points("2025-03-01"), points("2025-12-31"), points("2026-01-01")],
        [0, 3, 7, 2]
    );
}

#[test]
fn one_act_counts_once_at_its_highest_points() {
    let entries = [entry("a", "2025-03-01", 3), entry("a", "2025-04-01", 6)];
    assert_eq!(standing(&entries, &SCHEMES.points, day("2025-05-01")).points, 6);
}

#[test]
fn nine_points_suspend_and_the_suspension_outlives_the_year() {
    let entries = [entry("a", "2025-11-01", 5), Entry { months: Some(2), ..entry("b", "2025-12-15", 4) }];
    let now = standing(&entries, &SCHEMES.points, day("2026-01-10"));
    let suspended = Effect::Suspended { since: day("2025-12-15"), until: day("2026-02-15") };
    assert_eq!((now.points, &now.effects[..]), (0, &[suspended][..]));
    assert!(suspended.holds(day("2026-02-14")) && !suspended.holds(day("2026-02-15")));
}

#[test]
fn months_stay_inside_the_band_of_the_points() {
    for (points, asked, until) in [
        (9, None, "2025-02-01"),
        (9, Some(6), "2025-03-01"),
        (10, Some(1), "2025-04-01"),
        (11, Some(9), "2025-07-01"),
    ] {
        let entries = [Entry { months: asked, ..entry("a", "2025-01-01", points) }];
        let effects = standing(&entries, &SCHEMES.points, day("2025-01-01")).effects;
        assert_eq!(effects, [Effect::Suspended { since: day("2025-01-01"), until: day(until) }], "{points}");
    }
}

#[test]
fn twelve_points_together_end_for_a_year_and_at_once_for_three() {
    let together = [entry("a", "2025-01-01", 6), entry("b", "2025-02-01", 6)];
    let effects = standing(&together, &SCHEMES.points, day("2025-03-01")).effects;
    assert_eq!(
        effects,
        [Effect::Ended { since: day("2025-02-01"), until: day("2026-02-01"), at_once: false }]
    );
    let once = [entry("a", "2025-01-01", 12)];
    let effects = standing(&once, &SCHEMES.points, day("2025-03-01")).effects;
    assert_eq!(
        effects,
        [Effect::Ended { since: day("2025-01-01"), until: day("2028-01-01"), at_once: true }]
    );
}

#[test]
fn what_was_taken_back_counts_nothing_and_repairs_have_a_most() {
    let mut entries = vec![Entry { revoked: true, ..entry("a", "2025-01-01", 12) }];
    assert_eq!(standing(&entries, &SCHEMES.points, day("2025-02-01")), Standing::default());
    entries.push(Entry {
        repairs: (1..=5).map(|of| ("learning".to_owned(), day(&format!("2025-02-0{of}")))).collect(),
        ..entry("b", "2025-01-02", 6)
    });
    let points = |on| standing(&entries, &SCHEMES.points, day(on)).points;
    assert_eq!([points("2025-01-31"), points("2025-02-01"), points("2025-02-28")], [6, 5, 4]);
}

#[test]
fn an_institution_meets_what_its_share_reaches() {
    let share = |affected| institution_share(10, affected, &SCHEMES.points).map(|share| share.id.as_str());
    assert_eq!(
        [share(1), share(2), share(4), share(5)],
        [None, Some("settlement"), Some("settlement"), Some("agreement")]
    );
    assert_eq!(institution_share(0, 0, &SCHEMES.points), None);
}

#[test]
fn a_reward_is_its_share_between_the_least_and_the_most() {
    let amount = |yuan: i64| SCHEMES.reward.amount(Fen(yuan * 100)).0 / 100;
    assert_eq!([amount(1), amount(10_000), amount(100_000), amount(100_000_000)], [200, 200, 2_000, 200_000]);
}

#[test]
fn a_fine_falls_into_a_tier_inside_the_bounds_of_its_measure() {
    let tier = |measure, multiple| SCHEMES.tier(measure, multiple).map(|tier| tier.title.as_str());
    assert_eq!(tier("M03", 10_000), Some("从轻"));
    assert_eq!(tier("M03", 12_000), Some("从轻"), "the figure itself is in the lower one");
    assert_eq!(tier("M11", 45_000), Some("从重"));
    assert_eq!([tier("M03", 20_001), tier("M01", 10_000)], [None, None]);
}

#[test]
fn risky_and_slow_clues_go_to_a_cross_check() {
    let due = |grade, days| SCHEMES.cross_check.due(grade, days);
    assert_eq!([due(1, 31), due(1, 30), due(2, 90)], [true, false, false]);
}

#[test]
fn a_region_says_from_what_on_a_penalty_is_heavy_and_keeps_the_rest() {
    let text = "region = \"210100\"\ntitle = \"某市\"\n[[heavy]]\nid = \"review\"\norganisation_fen = 5000\nhearing = false\n";
    let with = |text: String| {
        let mut files: Files = embedded_files();
        files.insert("regions/210100.toml".into(), text.into());
        Procedures::from_files(&files)
    };
    let (procedures, faults) = with(text.into());
    assert!(faults.is_empty(), "{faults:?}");
    let review = |region: &str| procedures.heavy(region).expect("figures").review;
    let province = review("210200");
    assert_eq!((province.person, province.organisation), (Fen(100_000), Fen(1_000_000)));
    let city = Heavy { organisation: Fen(5000), hearing: false, ..province };
    assert_eq!(review("210102"), city, "over its province's");
    assert_eq!(review("990101").person, Fen(500_000), "the nation's");
    assert_eq!(procedures.heavy("210102").expect("figures").discussion.organisation, Fen(1_000_000));
    let (_, faults) = with(text.replace("\"review\"", "\"vote\""));
    let columns: Vec<&str> = faults.iter().map(|fault| fault.column.as_str()).collect();
    assert_eq!(columns, ["heavy.1.id"]);
}

#[test]
fn a_worse_record_is_inspected_more_often_and_shows_its_sum() {
    let of = |records: &[(&str, u32)]| {
        let records = records.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect();
        grade(&records, &SCHEMES.grading).expect("a grade")
    };
    assert_eq!((of(&[]).id.as_str(), of(&[]).inspections), ("A", 1));
    assert_eq!(of(&[("case", 1), ("finding", 2)]).id, "B");
    let worst = of(&[("fraud_case", 2), ("refused_check", 1)]);
    assert_eq!((worst.id.as_str(), worst.score, worst.inspections), ("D", 0, 6));
    assert_eq!(worst.steps.len(), 4, "{:?}", worst.steps);
}

#[test]
fn schemes_that_contradict_themselves_are_refused_with_their_place() {
    for (file, from, to, column) in [
        ("points", "points = 10\nleast_months", "points = 8\nleast_months", "band"),
        ("points", "least = 1\nmost = 3", "least = 4\nmost = 3", "event"),
        ("reward", "least_fen = 20000", "least_fen = 20000001", "least_fen"),
        ("grading", "least = 0", "least = 1", "grade"),
        ("discretion", "most_bp = 50000", "most_bp = 50001", "tier.6.measures"),
        ("cross_check", "grade = 1", "grade = 4", "grade"),
        ("summary", "person_fen = 20000", "person_fen = -1", "person_fen"),
        ("heavy", "person_fen = 500000", "person_fen = -1", "heavy.1.person_fen"),
        ("heavy", "id = \"discussion\"", "id = \"review\"", "heavy"),
        ("heavy", "id = \"discussion\"", "id = \"vote\"", "heavy.2.id"),
        ("heavy", "\"个人\"", "\"路人\"", "persons"),
    ] {
        let path = format!("schemes/{file}.toml");
        let mut files: Files = embedded_files();
        let text = files[&path].replacen(from, to, 1);
        assert_ne!(text, files[&path], "{file}");
        files.insert(path.clone(), text.into());
        let (procedures, faults) = Procedures::from_files(&files);
        assert!(procedures.schemes.is_none(), "{file}");
        assert!(faults.iter().any(|fault| fault.file == path && fault.column == column), "{faults:?}");
    }
}

fn names(count: u32) -> BTreeSet<String> {
    (1..=count).map(|number| format!("H{number:03}")).collect()
}

#[test]
fn a_draw_is_repeated_by_anybody_from_seed_and_list() {
    let seed = "2025-06-20 第1号";
    let without = BTreeSet::from(["H003".to_owned()]);
    let draw = Draw::of(seed, commitment(seed), names(10), without, 3).expect("draws");
    assert_eq!(draw.verify(), Ok(()));
    assert_eq!(draw.drawn, GOLDEN, "the way of drawing is fixed: old draws must verify for ever");
    let mut other = draw.clone();
    other.drawn.swap(0, 1);
    assert_eq!(other.verify(), Err(DrawError::Result));
    let mut other = draw.clone();
    other.seed.push('。');
    assert_eq!(other.verify(), Err(DrawError::Seed));
    let mut other = draw;
    other.list.insert("H011".into());
    assert_eq!(other.verify(), Err(DrawError::Result), "the list is part of the draw");
}

/// As another program drew it by the description alone.
const GOLDEN: [&str; 3] = ["H005", "H004", "H009"];

#[test]
fn a_seed_that_was_not_published_before_draws_nothing() {
    let draw = Draw::of("b", commitment("a"), names(3), BTreeSet::new(), 1);
    assert_eq!(draw, Err(DrawError::Seed));
    assert_eq!(Draw::of("a", commitment("a"), names(3), names(1), 3), Err(DrawError::TooFew));
}

#[test]
fn nobody_is_likelier_than_the_others() {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for round in 0..3000 {
        let seed = format!("seed-{round}");
        let draw = Draw::of(&seed, commitment(&seed), names(6), BTreeSet::new(), 1).expect("draws");
        *counts.entry(draw.drawn[0].clone()).or_default() += 1;
    }
    // 500 each are expected, with a standard deviation of about 20.
    assert!(counts.len() == 6 && counts.values().all(|count| (400..600).contains(count)), "{counts:?}");
}

proptest! {
    #[test]
    fn a_draw_names_each_once_and_nobody_recused(count in 0_usize..8, seed in "[a-z]{1,20}", recused in 0_u32..4) {
        let without = names(recused);
        let draw = Draw::of(&seed, commitment(&seed), names(12), without.clone(), count).expect("draws");
        let drawn: BTreeSet<String> = draw.drawn.iter().cloned().collect();
        prop_assert_eq!(drawn.len(), count);
        prop_assert!(drawn.is_disjoint(&without) && drawn.is_subset(&draw.list));
        prop_assert_eq!(draw.verify(), Ok(()));
    }

    #[test]
    fn another_record_never_makes_a_grade_better(kind in 0_usize..7, count in 0_u32..5) {
        let kind = &SCHEMES.grading.weights[kind].id;
        let of = |count| grade(&BTreeMap::from([(kind.clone(), count)]), &SCHEMES.grading).expect("a grade");
        prop_assert!(of(count + 1).score <= of(count).score);
        prop_assert!(of(count + 1).inspections >= of(count).inspections);
    }
}
