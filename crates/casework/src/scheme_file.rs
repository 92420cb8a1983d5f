//! `schemes/*.toml` into [`Schemes`]: one file for each, all of them there.

use crate::{
    limit::Certainty,
    measure::Measure,
    reader::{Faults, Section, Source, shown},
    scheme::{
        Band, CrossCheckScheme, GradingScheme, Ground, Heavy, HeavyScheme, Months, PointsScheme, Repair,
        RewardScheme, Schemes, SummaryScheme, Tier,
    },
};
use mingcha_model::Fen;
use std::collections::BTreeMap;

/// A million yuan, ten times a base, a hundred years: more is a slip of the pen.
const MOST_FEN: i64 = 100_000_000;
const MOST_BP: i64 = 100_000;
const MOST: i64 = 1200;

/// Reads the folder; nothing where a file is absent or at fault.
pub(crate) fn read(
    sources: &[&Source],
    measures: &BTreeMap<String, Measure>,
    faults: &Faults,
) -> Option<Schemes> {
    let before = faults.count();
    let root = |name: &str| {
        let path = format!("schemes/{name}.toml");
        sources.iter().find(|source| source.file() == path).map(|source| source.root(faults))
    };
    let known = ["points", "reward", "summary", "grading", "cross_check", "heavy", "discretion"];
    for source in sources {
        if !known.iter().any(|name| source.file() == format!("schemes/{name}.toml")) {
            source.root(faults).fault("", "no such scheme", format!("one of {}", known.join(", ")));
        }
    }
    // All are read before the first `?`, so that the faults of all are told.
    let points = root("points").map(|root| points(&root));
    let reward = root("reward").map(|root| reward(&root));
    let summary = root("summary").map(|root| summary(&root));
    let grading = root("grading").map(|root| grading(&root));
    let cross_check = root("cross_check").map(|root| cross_check(&root));
    let heavy = root("heavy").map(|root| heavy(&root, measures));
    let discretion = root("discretion").map(|root| discretion(&root, measures));
    let (tiers, tiers_ground) = discretion??;
    let schemes = Schemes {
        points: points??,
        reward: reward??,
        summary: summary??,
        grading: grading??,
        cross_check: cross_check??,
        heavy: heavy??,
        tiers,
        tiers_ground,
    };
    (faults.count() == before).then_some(schemes)
}

fn ground(root: &Section) -> Option<Ground> {
    let (basis, note) = (root.text("basis"), root.text("note"));
    let certainty: Option<Certainty> = root.word("certainty");
    Some(Ground { basis: basis?, certainty: certainty?, note: note? })
}

fn number(table: &Section, key: &str, most: i64) -> Option<u32> {
    table.integer(key, 0, most).map(|number| number as u32)
}

/// Tables with an id, a title and one or two numbers; the second is the first where it has no name.
fn bands(root: &Section, key: &str, least: &str, most: &str, limit: i64) -> Vec<Band> {
    let band = |table: &Section| {
        if most.is_empty() {
            table.keys(&["id", "title", least]);
        } else {
            table.keys(&["id", "title", least, most]);
        }
        let (id, title, low) = (table.text("id"), table.text("title"), number(table, least, limit));
        let high = if most.is_empty() { low } else { number(table, most, limit) };
        Some(Band { id: id?, title: title?, least: low?, most: high? })
    };
    let bands: Vec<Band> = root.tables(key).iter().filter_map(band).collect();
    for (index, band) in bands.iter().enumerate() {
        if bands[..index].iter().any(|known| known.id == band.id) {
            root.fault(key, format!("`{}` stands twice", shown(&band.id)), "take one of the two out");
        }
    }
    bands
}

/// That bounds stand the right way round.
fn ordered(root: &Section, key: &str, bands: &[Band]) {
    if let Some(band) = bands.iter().find(|band| band.least > band.most) {
        root.fault(
            key,
            format!("`{}`: the least is more than the most", shown(&band.id)),
            "exchange the two",
        );
    }
}

fn points(root: &Section) -> Option<PointsScheme> {
    root.keys(&["suspend_from", "end_at", "basis", "certainty", "note", "event", "band", "repair", "share?"]);
    let (suspend_from, end_at) = (number(root, "suspend_from", 100), number(root, "end_at", 100));
    let events = bands(root, "event", "least", "most", 100);
    ordered(root, "event", &events);
    let months = |table: &Section| {
        table.keys(&["points", "least_months", "most_months"]);
        let (points, least, most) = (
            number(table, "points", 100),
            number(table, "least_months", MOST),
            number(table, "most_months", MOST),
        );
        Some(Months { points: points?, least: least?, most: most? })
    };
    let months: Vec<Months> = root.tables("band").iter().filter_map(months).collect();
    let repairs = bands(root, "repair", "points", "most", 100);
    let repair = |band: Band| Repair { id: band.id, title: band.title, points: band.least, most: band.most };
    let shares = bands(root, "share", "least_bp", "", 10_000);
    let ground = ground(root);
    let (suspend_from, end_at) = (suspend_from?, end_at?);
    if !(suspend_from..end_at).eq(months.iter().map(|months| months.points)) {
        root.fault(
            "band",
            "the bands are not the points from suspension to end, one by one",
            "add or sort them",
        );
    }
    let repairs = repairs.into_iter().map(repair).collect();
    Some(PointsScheme { suspend_from, end_at, events, months, repairs, shares, ground: ground? })
}

fn reward(root: &Section) -> Option<RewardScheme> {
    root.keys(&["share_bp", "least_fen", "most_fen", "claim_months", "basis", "certainty", "note"]);
    let (share_bp, claim_months) = (number(root, "share_bp", 10_000), number(root, "claim_months", 120));
    let (least, most) = (root.integer("least_fen", 0, MOST_FEN), root.integer("most_fen", 0, MOST_FEN));
    let ground = ground(root);
    let (least, most) = (Fen(least?), Fen(most?));
    if least > most {
        root.fault("least_fen", "the least is more than the most", "exchange the two");
        return None;
    }
    Some(RewardScheme { share_bp: share_bp?, least, most, claim_months: claim_months?, ground: ground? })
}

fn summary(root: &Section) -> Option<SummaryScheme> {
    root.keys(&["person_fen", "organisation_fen", "basis", "certainty", "note"]);
    let (person, organisation) =
        (root.integer("person_fen", 0, MOST_FEN), root.integer("organisation_fen", 0, MOST_FEN));
    let ground = ground(root);
    Some(SummaryScheme { person: Fen(person?), organisation: Fen(organisation?), ground: ground? })
}

fn grading(root: &Section) -> Option<GradingScheme> {
    root.keys(&["start", "months", "data_rows", "basis", "certainty", "note", "weight", "grade"]);
    let (start, months) = (number(root, "start", 1000), number(root, "months", 120));
    // Without a row there is no fault.
    let data_rows = root.integer("data_rows", 1, 1_000_000).map(|rows| rows as u64);
    let weights = bands(root, "weight", "points", "", 1000);
    let grades = bands(root, "grade", "least", "inspections", 1000);
    if !grades.is_sorted_by(|a, b| a.least > b.least) || grades.last().is_none_or(|grade| grade.least > 0) {
        root.fault("grade", "grades must fall from the best to one that begins at 0", "sort them");
    }
    let ground = ground(root);
    Some(GradingScheme {
        start: start?,
        months: months?,
        data_rows: data_rows?,
        weights,
        grades,
        ground: ground?,
    })
}

fn cross_check(root: &Section) -> Option<CrossCheckScheme> {
    root.keys(&["grade", "days", "basis", "certainty", "note"]);
    let (grade, days, ground) = (number(root, "grade", 3), number(root, "days", 1000), ground(root));
    Some(CrossCheckScheme { grade: grade?, days: days?, ground: ground? })
}

fn heavy(root: &Section, measures: &BTreeMap<String, Measure>) -> Option<HeavyScheme> {
    root.keys(&["persons", "basis", "certainty", "note", "heavy"]);
    let (persons, ground) = (root.texts("persons"), ground(root));
    for name in persons.iter().filter(|name| !measures.values().any(|measure| measure.subject == **name)) {
        let message = format!("no measure is about `{}`", shown(name));
        root.fault("persons", message, "take the subject of a measure");
    }
    let (mut review, mut discussion) = (None, None);
    for table in root.tables("heavy") {
        table.keys(&["id", "person_fen", "organisation_fen", "suspension", "hearing"]);
        let step = match table.text("id").as_deref() {
            Some("review") => &mut review,
            Some("discussion") => &mut discussion,
            _ => {
                no_step(&table);
                continue;
            }
        };
        *step = Some(laid(&table, Heavy::default()));
    }
    if review.is_none() || discussion.is_none() {
        root.fault("heavy", "one of the two steps is not there", "add review, discussion");
    }
    Some(HeavyScheme { persons, review: review?, discussion: discussion?, ground: ground? })
}

fn no_step(table: &Section) {
    table.fault("id", "there is no such step", "one of review, discussion");
}

/// A step as a table sets it; what the table leaves away stays as it was.
fn laid(table: &Section, was: Heavy) -> Heavy {
    let fen = |key: &str, was: Fen| table.integer(key, 0, MOST_FEN).map_or(was, Fen);
    Heavy {
        person: fen("person_fen", was.person),
        organisation: fen("organisation_fen", was.organisation),
        suspension: table.flag("suspension").unwrap_or(was.suspension),
        hearing: table.flag("hearing").unwrap_or(was.hearing),
    }
}

/// Heavy penalties as a region's `[[heavy]]` tables set them.
pub(crate) fn regional(root: &Section, below: Option<&HeavyScheme>) -> Option<HeavyScheme> {
    let mut scheme = below?.clone();
    for table in root.tables("heavy") {
        table.keys(&["id", "person_fen?", "organisation_fen?", "suspension?", "hearing?"]);
        let step = match table.text("id").as_deref() {
            Some("review") => &mut scheme.review,
            Some("discussion") => &mut scheme.discussion,
            _ => {
                no_step(&table);
                continue;
            }
        };
        *step = laid(&table, *step);
    }
    Some(scheme)
}

fn discretion(root: &Section, measures: &BTreeMap<String, Measure>) -> Option<(Vec<Tier>, Ground)> {
    root.keys(&["basis", "certainty", "note", "tier"]);
    let tier = |table: &Section| {
        table.keys(&["measures", "id", "title", "least_bp", "most_bp"]);
        let named = table.texts("measures");
        let (id, title) = (table.text("id"), table.text("title"));
        let (least, most) = (number(table, "least_bp", MOST_BP), number(table, "most_bp", MOST_BP));
        let band = Band { id: id?, title: title?, least: least?, most: most? };
        for name in named.iter().filter(|name| !inside(measures, name, &band)) {
            let message = format!("`{}` is no measure with bounds around these", shown(name));
            table.fault("measures", message, "a tier lies inside the bounds of its measures");
        }
        Some(Tier { measures: named, band })
    };
    let tiers = root.tables("tier").iter().filter_map(tier).collect();
    Some((tiers, ground(root)?))
}

/// Whether a tier lies inside the bounds of a fine.
fn inside(measures: &BTreeMap<String, Measure>, name: &str, band: &Band) -> bool {
    let multiples = measures.get(name).into_iter().flat_map(|measure| &measure.money);
    multiples
        .filter_map(|money| money.multiple)
        .any(|(least, most)| least <= band.least && band.least <= band.most && band.most <= most)
}
