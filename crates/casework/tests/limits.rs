//! The limits stand complete and valid, a region may change them field by field, and faults are all told with their places.

use mingcha_casework::{
    Procedures,
    limit::{Certainty, Lapse, Limit, Span, Stop, Term, Unit},
    procedures::{Files, embedded_files},
};
use mingcha_model::Diagnostic;

fn embedded() -> Procedures {
    let (procedures, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:#?}");
    procedures
}

fn with(files: &[(&str, &str)]) -> (Procedures, Vec<Diagnostic>) {
    let mut all: Files = embedded_files();
    all.extend(files.iter().map(|&(path, text)| (path.to_owned(), text.to_owned().into())));
    Procedures::from_files(&all)
}

#[test]
fn all_seventy_three_limits_stand_as_data() {
    let procedures = embedded();
    let ids: Vec<String> = (1..=73).map(|number| format!("D{number:02}")).collect();
    assert_eq!(procedures.limits.keys().cloned().collect::<Vec<_>>(), ids);
    for (id, term) in [
        ("D01", Term::Within(Span { amount: 15, unit: Unit::WorkingDay })),
        ("D06", Term::Within(Span { amount: 90, unit: Unit::NaturalDay })),
        ("D15", Term::Least(Span { amount: 7, unit: Unit::WorkingDay })),
        ("D25", Term::Within(Span { amount: 3, unit: Unit::Month })),
        ("D33", Term::Within(Span { amount: 24, unit: Unit::Hour })),
        ("D67", Term::Between { least: 3, most: 12, unit: Unit::Month }),
    ] {
        assert_eq!(procedures.limits[id].term, term, "{id}");
    }
}

#[test]
fn what_nobody_breaks_lapses_and_what_a_matter_has_several_of_is_counted_for_each() {
    let procedures = embedded();
    let of = |holds: &dyn Fn(&Limit) -> bool| {
        let limits = procedures.limits.values().filter(|limit| holds(limit));
        limits.map(|limit| limit.id.as_str()).collect::<Vec<_>>()
    };
    let rights = ["D13", "D14", "D27", "D28", "D29", "D42", "D44", "D56", "D61", "D62", "D71"];
    assert_eq!(of(&|limit| limit.lapses == Some(Lapse::Right)), rights);
    assert_eq!(of(&|limit| limit.lapses == Some(Lapse::Condition)), ["D36", "D38"]);
    assert_eq!(of(&|limit| limit.per.is_some()), ["D07", "D08", "D09", "D37"]);
    assert_eq!(of(&|limit| limit.outlives), ["D02", "D19", "D20", "D27", "D28", "D48", "D56"]);
    let told = procedures.limits["D14"].missed_words();
    assert_eq!(told, "逾期不组织听证；届满即止，不计为逾期");
}

#[test]
fn what_is_not_sure_is_a_parameter_with_a_note() {
    for limit in embedded().limits.values().filter(|limit| limit.certainty != Certainty::Full) {
        assert!(limit.note.is_some(), "{}", limit.id);
    }
}

#[test]
fn the_police_review_is_three_days_and_longer_only_with_ground_and_approver() {
    let procedures = embedded();
    let review = &procedures.limits["D39"];
    assert!(review.alarm_on_base && review.extensions.iter().all(|extension| extension.ground));
    let days: Vec<u32> = review.extensions.iter().map(|extension| extension.span.amount).collect();
    assert_eq!(days, [7, 30]);
}

#[test]
fn a_region_changes_named_fields_and_keeps_the_rest() {
    let procedures = embedded();
    let (national, own) = (procedures.limit("D01", "110000"), procedures.limit("D01", "210102"));
    let (national, own) = (national.expect("there"), own.expect("there"));
    assert!(national.stops.is_empty());
    assert_eq!(own.stops, [Stop::Testing, Stop::Inspection, Stop::Appraisal]);
    assert_eq!((own.term, &own.title), (national.term, &national.title));
    assert_eq!(own.files, ["limits/clue.toml", "regions/210000.toml"]);
}

#[test]
fn a_citys_file_lies_over_its_provinces() {
    let text = "region = \"210100\"\ntitle = \"某市\"\n[[limit]]\nid = \"D01\"\namount = 10\n";
    let (procedures, faults) = with(&[("regions/210100.toml", text)]);
    assert!(faults.is_empty(), "{faults:?}");
    let limit = procedures.limit("D01", "210102").expect("there");
    assert_eq!(limit.term, Term::Within(Span { amount: 10, unit: Unit::WorkingDay }));
    assert_eq!(limit.stops.len(), 3);
    assert_eq!(procedures.limit("D01", "210200").expect("there").term_words(), "15个工作日内");
}

#[test]
fn an_override_is_validated_like_a_limit_and_every_fault_names_its_place() {
    let text = "region = \"330000\"\ntitle = \"某省\"\n\n[[limit]]\nid = \"D02\"\namount = -1\ncolour = 1\n\n[[limit]]\nid = \"D99\"\namount = 2\n\n[[limit]]\nid = \"D06\"\nunit = \"fortnight\"\nstops = [\"naps\"]\nwarn = [1, 7]\nbasis = []\n";
    let (procedures, faults) = with(&[("regions/330000.toml", text)]);
    let seen: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
    let expected = [
        (6, "limit.1.amount"),
        (7, "limit.1.colour"),
        (10, "limit.2.id"),
        (15, "limit.3.unit"),
        (16, "limit.3.stops"),
        (17, "limit.3.warn"),
        (18, "limit.3.basis"),
    ];
    assert_eq!(seen, expected, "{faults:#?}");
    assert!(faults.iter().all(|fault| fault.file == "regions/330000.toml" && !fault.hint.is_empty()));
    // What is at fault does not hold there; nothing silently takes its place.
    assert!(procedures.limit("D06", "330000").is_none());
    assert!(procedures.limit("D06", "110000").is_some());
}

#[test]
fn limits_that_contradict_themselves_are_refused() {
    let base = "[[limit]]\nid = \"D90\"\ntitle = \"t\"\nphase = \"p\"\nactor = \"a\"\nact = \"a\"\nstart = \"s\"\nstarts_on = \"a\"\nends_on = \"b\"\nmissed = \"m\"\nbasis = [\"l\"]\n";
    for (rest, column) in [
        ("certainty = \"full\"\nterm = \"within\"\n", "limit.1.amount"),
        ("certainty = \"recalled\"\nterm = \"gate\"\n", "limit.1.note"),
        (
            "certainty = \"full\"\nterm = \"within\"\namount = 1\nunit = \"hour\"\nroll = true\n",
            "limit.1.roll",
        ),
        (
            "certainty = \"full\"\nterm = \"between\"\namount = 3\nunit = \"month\"\nmost = 2\n",
            "limit.1.most",
        ),
        ("certainty = \"full\"\nterm = \"every\"\nevery = \"year\"\nmonth = 2\nday = 29\n", "limit.1.day"),
        ("certainty = \"full\"\nterm = \"gate\"\nwarn = [1, 7]\n", "limit.1.warn"),
        ("certainty = \"full\"\nterm = \"gate\"\nagain = true\n", "limit.1.again"),
        ("certainty = \"full\"\nterm = \"gate\"\nlapses = \"right\"\n", "limit.1.lapses"),
        ("certainty = \"full\"\nterm = \"gate\"\nper = \"person\"\n", "limit.1.per"),
        ("certainty = \"full\"\nterm = \"gate\"\nmoot_on = [\"No\"]\n", "limit.1.moot_on"),
        (
            "certainty = \"full\"\nterm = \"gate\"\n[[limit.extension]]\nid = \"x\"\ntitle = \"x\"\nmode = \"add\"\namount = 1\nunit = \"hour\"\ngranted_by = \"g\"\n",
            "limit.1.extension",
        ),
    ] {
        let (_, faults) = with(&[("limits/site.toml", &format!("{base}{rest}"))]);
        assert!(
            faults.iter().any(|fault| fault.column == column && fault.file == "limits/site.toml"),
            "{rest}: {faults:?}"
        );
    }
}

#[test]
fn an_id_stands_once() {
    let (_, faults) = with(&[("limits/site.toml", "[[limit]]\nid = \"D06\"\n")]);
    assert!(faults.iter().any(|fault| fault.message.contains("stands twice")), "{faults:?}");
}
