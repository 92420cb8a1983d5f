//! `measures/*.toml` into [`Measure`]s, surcharges, thresholds and signs of fraud.

use crate::{
    limit::Certainty,
    measure::{Base, FraudSign, Measure, Money, Surcharge, Suspension, Threshold, When},
    reader::{Faults, Section, Source, shown},
};
use mingcha_model::Fen;
use std::collections::BTreeMap;

const KEYS: &[&str] = &[
    "id",
    "subject",
    "article",
    "act",
    "corrective?",
    "confiscates?",
    "other?",
    "condition?",
    "certainty",
    "note?",
    "money?",
    "suspension?",
];
const MONEY_KEYS: &[&str] = &["kind", "base", "least_bp?", "most_bp?", "least_fen?", "most_fen?", "when?"];
const SUSPENSION_KEYS: &[&str] = &["of", "least_months", "most_months", "must", "when?"];
const THRESHOLD_KEYS: &[&str] = &["id", "title", "least_fen", "most_fen", "fen", "basis", "note"];
/// Ten times a base, and a billion yuan: more is a slip of the pen.
const MOST_BP: i64 = 100_000;
const MOST_FEN: i64 = 100_000_000_000;

/// All that the folder holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measures {
    pub by_id: BTreeMap<String, Measure>,
    pub surcharges: BTreeMap<String, Surcharge>,
    pub thresholds: Vec<Threshold>,
    pub fraud_signs: Vec<FraudSign>,
}

/// Reads the folder's files.
pub(crate) fn read<'s, 'a: 's>(
    sources: impl Iterator<Item = &'s Source<'a>>,
    faults: &'s Faults,
) -> Measures {
    let mut all = Measures::default();
    for source in sources {
        let root = source.root(faults);
        root.keys(&["measure?", "surcharge?", "threshold?", "fraud_sign?"]);
        for table in root.tables("measure") {
            if let Some(measure) = measure(&table) {
                once(&table, &mut all.by_id, measure.id.clone(), measure);
            }
        }
        for table in root.tables("surcharge") {
            if let Some((id, surcharge)) = surcharge(&table) {
                once(&table, &mut all.surcharges, id, surcharge);
            }
        }
        all.thresholds.extend(root.tables("threshold").iter().filter_map(threshold));
        all.fraud_signs.extend(root.tables("fraud_sign").iter().filter_map(fraud_sign));
    }
    all
}

fn once<T>(table: &Section, map: &mut BTreeMap<String, T>, id: String, value: T) {
    if map.contains_key(&id) {
        table.fault("id", format!("`{}` stands twice", shown(&id)), "take one of the two out");
        return;
    }
    map.insert(id, value);
}

fn measure(table: &Section) -> Option<Measure> {
    let before = table.faults();
    table.keys(KEYS);
    let (id, subject, article, act) =
        (table.text("id"), table.text("subject"), table.text("article"), table.text("act"));
    let (certainty, note) = (table.word("certainty"), table.text("note"));
    if certainty.is_some_and(|certainty| certainty != Certainty::Full) && note.is_none() {
        table.fault("note", "a statement that is not sure needs a note", "say what is a parameter and why");
    }
    let money: Vec<Money> = table.tables("money").iter().filter_map(money).collect();
    let mut kinds: Vec<_> = money.iter().map(|money| money.kind).collect();
    kinds.sort_unstable();
    if kinds.windows(2).any(|pair| pair[0] == pair[1]) {
        table.fault("money", "a kind of money stands twice", "one table for each kind");
    }
    let suspensions: Vec<Suspension> = table.tables("suspension").iter().filter_map(suspension).collect();
    if suspensions.len() > 1 {
        table.fault("suspension", "more than one suspension", "one table at most");
    }
    let measure = Measure {
        id: id?,
        subject: subject?,
        article: article?,
        act: act?,
        corrective: table.text("corrective"),
        confiscates: table.flag("confiscates").unwrap_or(false),
        other: table.text("other"),
        condition: table.text("condition"),
        certainty: certainty?,
        note,
        money,
        suspension: suspensions.first().copied(),
    };
    (table.faults() == before).then_some(measure)
}

fn when(table: &Section) -> When {
    table.word("when").unwrap_or(When::Always)
}

fn money(table: &Section) -> Option<Money> {
    table.keys(MONEY_KEYS);
    let (kind, base, when) = (table.word("kind"), table.word("base"), when(table));
    let (multiple, range) =
        (pair(table, "least_bp", "most_bp", MOST_BP), pair(table, "least_fen", "most_fen", MOST_FEN));
    let multiple = multiple.map(|(least, most)| (least as u32, most as u32));
    let range = range.map(|(least, most)| (Fen(least), Fen(most)));
    let base = base?;
    let fits = match base {
        Base::Loss | Base::Defrauded => range.is_none(),
        Base::Amount => range.is_some() && multiple.is_none(),
        Base::Agreement => range.is_none() && multiple.is_none(),
    };
    if !fits {
        table.fault(
            "base",
            format!("the bounds do not fit the base `{}`", base.name()),
            "multiples of a loss, or bounds in fen",
        );
    }
    Some(Money { kind: kind?, base, multiple, range, when })
}

/// Two bounds that stand together, the lower one first.
fn pair(table: &Section, least: &str, most: &str, limit: i64) -> Option<(i64, i64)> {
    let bounds = (table.integer(least, 0, limit), table.integer(most, 0, limit));
    if table.has(least) != table.has(most) {
        table.fault(if table.has(least) { most } else { least }, "missing key", "the bounds stand together");
    }
    let (low, high) = (bounds.0?, bounds.1?);
    if low > high {
        table.fault(least, "the least is more than the most", "exchange the two");
    }
    Some((low, high))
}

fn suspension(table: &Section) -> Option<Suspension> {
    table.keys(SUSPENSION_KEYS);
    let bounds = pair(table, "least_months", "most_months", 120);
    let (of, must) = (table.word("of"), table.flag("must"));
    let (least, most) = bounds?;
    Some(Suspension { of: of?, least: least as u32, most: most as u32, must: must?, when: when(table) })
}

fn surcharge(table: &Section) -> Option<(String, Surcharge)> {
    table.keys(&["id", "title", "day_bp", "most_bp", "basis"]);
    let (id, basis) = (table.text("id"), table.text("basis"));
    let (day, most) = (table.integer("day_bp", 1, MOST_BP), table.integer("most_bp", 1, MOST_BP));
    Some((id?, Surcharge { day_bp: day? as u32, most_bp: most? as u32, basis: basis? }))
}

fn threshold(table: &Section) -> Option<Threshold> {
    table.keys(THRESHOLD_KEYS);
    let bounds = pair(table, "least_fen", "most_fen", MOST_FEN);
    let (id, title, basis, note) =
        (table.text("id"), table.text("title"), table.text("basis"), table.text("note"));
    let (least, most) = bounds?;
    let amount = Fen(table.integer("fen", least, most)?);
    Some(Threshold {
        id: id?,
        title: title?,
        least: Fen(least),
        most: Fen(most),
        amount,
        basis: basis?,
        note: note?,
    })
}

fn fraud_sign(table: &Section) -> Option<FraudSign> {
    table.keys(&["item", "title", "basis"]);
    let (item, title, basis) = (table.text("item"), table.text("title"), table.text("basis"));
    Some(FraudSign { item: item?, title: title?, basis: basis? })
}

/// The thresholds as a region's `[[threshold]]` tables set them inside the bounds.
pub(crate) fn regional(root: &Section, national: &[Threshold]) -> Vec<Threshold> {
    let mut thresholds = national.to_vec();
    for table in root.tables("threshold") {
        table.keys(&["id", "fen"]);
        let id = table.text("id").unwrap_or_default();
        let Some(threshold) = thresholds.iter_mut().find(|threshold| threshold.id == id) else {
            table.fault(
                "id",
                format!("there is no threshold `{}`", shown(&id)),
                "one of large, huge, enormous",
            );
            continue;
        };
        if let Some(fen) = table.integer("fen", threshold.least.0, threshold.most.0) {
            threshold.amount = Fen(fen);
        }
    }
    thresholds
}
