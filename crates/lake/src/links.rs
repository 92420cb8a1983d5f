//! Diagnoses and operations that name no person: found through their encounter, first in the batch, then in the lake.

use crate::{
    Result, Snapshot,
    column::{Input, Values},
    stage::{FINE, ORPHANS, Stage},
    text::Text,
};
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
        stage.flush()?;
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
    each(stage, ORPHANS, &mut |columns, _| {
        if let Values::Texts(encounters) = &columns[at] {
            let named = encounters.iter().filter(|encounter| in_pass(*encounter, pass, passes)).flatten();
            wanted.extend(named.map(|encounter| (encounter.into(), None)));
        }
        Ok(())
    })?;
    Ok(wanted)
}

fn from_batch(encounters: &Stage, persons: &mut Persons) -> Result<()> {
    let (id, person) = (place(encounters, "mdtrt_id"), place(encounters, "psn_no"));
    (0..FINE).try_for_each(|part| {
        each(encounters, part, &mut |columns, _| {
            if let (Values::Texts(ids), Values::Texts(people)) = (&columns[id], &columns[person]) {
                for (id, person) in ids.iter().zip(people.iter()) {
                    if let (Some(slot), Some(person)) = (id.and_then(|id| persons.get_mut(id)), person) {
                        *slot = Some(person.into());
                    }
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
    each(stage, ORPHANS, &mut |columns, rows| {
        let Values::Texts(encounters) = &columns[at] else { return Ok(()) };
        let encounters: Vec<Option<&str>> = encounters.iter().collect();
        let here: Vec<usize> = (0..rows).filter(|row| in_pass(encounters[*row], pass, passes)).collect();
        let person = |row: &usize| encounters[*row].and_then(|id| persons.get(id)).and_then(Option::as_deref);
        let people: Vec<Option<&str>> = here.iter().map(person).collect();
        let picked: Vec<Values> = columns.iter().map(|column| column.pick(&here)).collect();
        stage.adopt(&picked, &people)
    })
}

/// Decodes each chunk of a partition.
fn each(stage: &Stage, part: usize, use_chunk: &mut dyn FnMut(&[Values], usize) -> Result<()>) -> Result<()> {
    stage.chunks(part, &mut |bytes, rows| {
        let mut input = Input(bytes);
        let mut columns: Vec<Values> = stage.empty_columns();
        columns.iter_mut().try_for_each(|column| column.decode(rows, &mut input))?;
        use_chunk(&columns, rows)
    })
}
