//! Diagnoses and operations that name no person: found through their encounter, first in the batch, then in the lake.

use crate::{
    Result, Snapshot,
    stage::{FINE, ORPHANS, Stage},
    text::Text,
};
use arrow_array::{ArrayRef, StringArray, UInt32Array};
use mingcha_model::key::hash64;
use rustc_hash::FxHashMap;

/// Rows whose encounters are looked up together; the bound on memory.
const AT_ONCE: usize = 1_000_000;

/// Gives every row without a person the person of its encounter; those of unknown encounters stay without.
pub(crate) fn resolve(stages: &[Stage], before: &Snapshot) -> Result<()> {
    let encounters = stages.iter().find(|stage| stage.layout.table.name == "encounter");
    for stage in stages.iter().filter(|stage| stage.layout.table.by_person && stage.part_rows(ORPHANS) > 0) {
        let passes = stage.part_rows(ORPHANS).div_ceil(AT_ONCE) as u64;
        for pass in 0..passes {
            let mut persons = wanted(stage, pass, passes)?;
            if let Some(encounters) = encounters {
                from_batch(encounters, &mut persons)?;
            }
            if persons.values().any(Option::is_none) {
                from_lake(before, &mut persons)?;
            }
            adopt(stage, pass, passes, &persons)?;
        }
        stage.forget(ORPHANS);
    }
    Ok(())
}

type Persons = FxHashMap<Box<str>, Option<Box<str>>>;

fn in_pass(encounter: Option<&str>, pass: u64, passes: u64) -> bool {
    encounter.map_or(0, |encounter| hash64(&[encounter.as_bytes()])) % passes == pass
}

fn place(stage: &Stage, column: &str) -> usize {
    stage.slots.iter().position(|slot| slot.name == column).unwrap_or_default()
}

/// The encounters that the rows of this pass name.
fn wanted(stage: &Stage, pass: u64, passes: u64) -> Result<Persons> {
    let mut wanted = Persons::default();
    let at = place(stage, "mdtrt_id");
    stage.each(ORPHANS, &mut |columns| {
        let encounters = Text::of(&columns[at])?;
        let named = (0..columns[at].len()).map(|row| encounters.get(row));
        wanted.extend(
            named.filter(|id| in_pass(*id, pass, passes)).flatten().map(|encounter| (encounter.into(), None)),
        );
        Ok(())
    })?;
    Ok(wanted)
}

fn from_batch(encounters: &Stage, persons: &mut Persons) -> Result<()> {
    let (id, person) = (place(encounters, "mdtrt_id"), place(encounters, "psn_no"));
    (0..FINE).try_for_each(|part| {
        encounters.each(part, &mut |columns| {
            let (ids, people) = (Text::of(&columns[id])?, Text::of(&columns[person])?);
            for row in 0..columns[id].len() {
                let slot = ids.get(row).and_then(|id| persons.get_mut(id));
                if let (Some(slot), Some(person)) = (slot, people.get(row)) {
                    *slot = Some(person.into());
                }
            }
            Ok(())
        })
    })
}

fn from_lake(before: &Snapshot, persons: &mut Persons) -> Result<()> {
    for bucket in 0..before.buckets() {
        for batch in before.bucket("encounter", bucket, &["mdtrt_id", "psn_no"])? {
            let (ids, people) = (Text::of(batch.column(0))?, Text::of(batch.column(1))?);
            for row in 0..batch.num_rows() {
                let slot = ids.get(row).and_then(|id| persons.get_mut(id));
                if let Some(slot @ None) = slot {
                    *slot = people.get(row).map(Into::into);
                }
            }
        }
    }
    Ok(())
}

fn adopt(stage: &Stage, pass: u64, passes: u64, persons: &Persons) -> Result<()> {
    let at = place(stage, "mdtrt_id");
    stage.each(ORPHANS, &mut |columns| {
        let encounters = Text::of(&columns[at])?;
        let here =
            (0..columns[at].len() as u32).filter(|row| in_pass(encounters.get(*row as usize), pass, passes));
        let here = UInt32Array::from_iter_values(here);
        let person = |row: &u32| encounters.get(*row as usize).and_then(|id| persons.get(id)?.as_deref());
        let people: StringArray = here.values().iter().map(person).collect();
        let pick = |column: &ArrayRef| arrow_select::take::take(column, &here, None);
        let picked = columns.iter().map(pick).collect::<Result<Vec<_>, _>>()?;
        stage.adopt(&picked, &people)
    })
}
