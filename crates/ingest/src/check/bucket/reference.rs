//! Rows against what they point to: encounters, people, institutions, practitioners, settlements, what a refund reverses.

use super::{BucketView, Tell};
use crate::check::{
    Check,
    columns::{Answers, Seconds, Texts},
};
use arrow_array::RecordBatch;
use mingcha_model::{code::Visit, table::Table, time::DAY};
use rustc_hash::{FxHashMap, FxHashSet};

/// From and to of a stay, as days; `None` where it is no stay in a bed or still open.
#[derive(Clone, Copy, Default)]
struct Stay {
    days: Option<(i64, i64)>,
}

/// Columns that name a practitioner.
const PRACTITIONERS: [&str; 6] =
    ["atddr_no", "bilg_dr_code", "orders_dr_code", "phar_code", "oper_dr_code", "anst_dr_code"];

/// Runs the checks of references.
pub(super) fn check(view: &BucketView<'_>, tell: &mut Tell<'_>) {
    let stays = stays(view);
    let people = ids(view.person, "psn_no");
    for (table, batch) in view.batches() {
        if !matches!(table.name, "person" | "encounter") {
            encounters(table, batch, &stays, tell);
        }
        if let Some(known) = view.known.persons.filter(|_| table.name != "person") {
            unknown(
                table,
                batch,
                "psn_no",
                Check::UnknownPerson,
                |id| known.contains(id) || people.contains(id),
                tell,
            );
        }
        if let Some(known) = view.known.institutions {
            unknown(table, batch, "fixmedins_code", Check::UnknownInstitution, |id| known.contains(id), tell);
        }
        if let Some(known) = view.known.practitioners {
            for column in PRACTITIONERS {
                unknown(table, batch, column, Check::UnknownPractitioner, |id| known.contains(id), tell);
            }
        }
    }
    settlements(view, tell);
    refunds(view, tell);
}

/// All encounters in view, by `mdtrt_id`.
fn stays<'a>(view: &BucketView<'a>) -> FxHashMap<&'a str, Stay> {
    let mut stays = FxHashMap::default();
    for batch in [view.known.encounter, view.encounter].into_iter().flatten() {
        let (Some(ids), kinds) = (Texts::of(batch, "mdtrt_id"), Texts::of(batch, "med_type")) else {
            continue;
        };
        let (begins, ends) = (Seconds::of(batch, "begntime"), Seconds::of(batch, "endtime"));
        let inpatient = kinds.map(|kinds| Answers::of(kinds, |kind| Visit::of(kind) == Visit::Inpatient));
        stays.reserve(batch.num_rows());
        for row in 0..batch.num_rows() {
            let Some(id) = ids.get(row) else { continue };
            let inpatient = inpatient.as_ref().and_then(|kinds| kinds.get(row)).unwrap_or_default();
            let days = begins.get(row).zip(ends.get(row)).filter(|_| inpatient);
            stays
                .insert(id, Stay { days: days.map(|(from, to)| (from.div_euclid(DAY), to.div_euclid(DAY))) });
        }
    }
    stays
}

/// Rows without their encounter, and fees outside their stay.
fn encounters(
    table: &'static Table,
    batch: &RecordBatch,
    stays: &FxHashMap<&str, Stay>,
    tell: &mut Tell<'_>,
) {
    let Some(ids) = Texts::of(batch, "mdtrt_id") else { return };
    let times = Seconds::of(batch, "fee_ocur_time");
    let found = Answers::of(ids, |id| stays.get(id).copied());
    let indoors = |stay: &Option<Stay>| stay.is_some_and(|stay| stay.days.is_some());
    if found.all().iter().all(Option::is_some) && !(times.is_there() && found.all().iter().any(indoors)) {
        return;
    }
    for row in 0..batch.num_rows() {
        let Some(stay) = found.get(row) else { continue };
        let Some(stay) = stay else {
            tell.row(table, Check::OrphanEncounter, "mdtrt_id", row, || ids.get(row).map(str::to_owned));
            continue;
        };
        if let (Some((from, to)), Some(time)) = (stay.days, times.get(row)) {
            let day = time.div_euclid(DAY);
            if day < from || day > to {
                let example = || Some(mingcha_model::Time(time).to_string());
                tell.row(table, Check::FeeOutsideStay, "fee_ocur_time", row, example);
            }
        }
    }
}

fn unknown(
    table: &'static Table,
    batch: &RecordBatch,
    column: &'static str,
    check: Check,
    is_known: impl Fn(&str) -> bool,
    tell: &mut Tell<'_>,
) {
    let Some(ids) = Texts::of(batch, column) else { return };
    let known = Answers::of(ids, is_known);
    if known.all().iter().all(|known| *known) {
        return;
    }
    for row in (0..batch.num_rows()).filter(|row| known.get(*row) == Some(false)) {
        tell.row(table, check, column, row, || ids.get(row).map(str::to_owned));
    }
}

/// The texts of a column.
pub(super) fn ids<'a>(batch: Option<&'a RecordBatch>, column: &str) -> FxHashSet<&'a str> {
    let Some((batch, texts)) = batch.and_then(|batch| Some((batch, Texts::of(batch, column)?))) else {
        return FxHashSet::default();
    };
    let mut ids = FxHashSet::with_capacity_and_hasher(batch.num_rows(), rustc_hash::FxBuildHasher);
    ids.extend((0..batch.num_rows()).filter_map(|row| texts.get(row)));
    ids
}

/// Fee lines whose settlement is not in view; only asked where settlements are at all.
fn settlements(view: &BucketView<'_>, tell: &mut Tell<'_>) {
    let (own, lake) = (ids(view.settlement, "setl_id"), ids(view.known.settlement, "setl_id"));
    let (Some(fee), Some(table)) = (view.fee, mingcha_model::table::table("fee")) else { return };
    if view.settlement.is_some() || view.known.settlement.is_some() {
        let is_known = |id: &str| own.contains(id) || lake.contains(id);
        unknown(table, fee, "setl_id", Check::OrphanSettlement, is_known, tell);
    }
}

/// Refunds of settlements and fee lines that nobody knows.
fn refunds(view: &BucketView<'_>, tell: &mut Tell<'_>) {
    for (name, batch, lake, id, origin) in [
        ("settlement", view.settlement, view.known.settlement, "setl_id", "init_setl_id"),
        ("fee", view.fee, view.known.fee, "feedetl_sn", "init_feedetl_sn"),
    ] {
        let (Some(batch), Some(table)) = (batch, mingcha_model::table::table(name)) else { continue };
        let (Some(origins), column) = (Texts::of(batch, origin), origin) else { continue };
        let flags = Texts::of(batch, "refd_setl_flag");
        let refund = |row: usize| flags.and_then(|flags| flags.get(row)) == Some("1");
        let rows: Vec<usize> =
            (0..batch.num_rows()).filter(|row| origins.get(*row).is_some() || refund(*row)).collect();
        if rows.is_empty() {
            continue;
        }
        // Few rows name an origin, so those are looked for among all ids, not all ids kept for them.
        let mut known: FxHashMap<&str, bool> =
            rows.iter().filter_map(|row| Some((origins.get(*row)?, false))).collect();
        for batch in [Some(batch), lake].into_iter().flatten() {
            mark(batch, id, &mut known);
        }
        for row in rows {
            let found = origins.get(row).is_some_and(|origin| known.get(origin) == Some(&true));
            if !found {
                tell.row(table, Check::RefundUnknown, column, row, || origins.get(row).map(str::to_owned));
            }
        }
    }
}

/// Marks those of the texts that a row of the column has.
fn mark(batch: &RecordBatch, column: &str, wanted: &mut FxHashMap<&str, bool>) {
    let Some(texts) = Texts::of(batch, column) else { return };
    let is_wanted = Answers::of(texts, |text| wanted.contains_key(text));
    for row in (0..batch.num_rows()).filter(|row| is_wanted.get(*row) == Some(true)) {
        if let Some(found) = texts.get(row).and_then(|text| wanted.get_mut(text)) {
            *found = true;
        }
    }
}
