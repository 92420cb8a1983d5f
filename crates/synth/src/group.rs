//! One group of persons: their histories are written, settled and sent to the group's files; the truth is handed back.

use crate::{
    Options, SynthError, act,
    cells::{Cells, Digits, Sink},
    extras,
    foreign::Sinks,
    history::{Encounter, History, Mark, Target},
    life,
    pay::{Bill, Year},
    person::{self, Person},
    plan::Plan,
    rng::Rng,
    rows::{self, Dirt, Ids, Line, UNKNOWN_INSTITUTION},
    truth::{Case, DirtyRow},
    world::World,
};
use std::path::Path;

/// What a group wrote.
#[derive(Debug, Default)]
pub struct GroupResult {
    /// Table, rows, bytes.
    pub written: Vec<(&'static str, u64, u64)>,
    /// Planted cases.
    pub cases: Vec<Case>,
    /// Dirty rows.
    pub dirt: Vec<DirtyRow>,
}

struct Files {
    person: Sink,
    encounter: Sink,
    diagnosis: Sink,
    operation: Sink,
    settlement: Sink,
    fee: Sink,
    late: Sink,
    activity: Sink,
    benefit: Sink,
    invoice: Sink,
    trace: Sink,
}

impl Files {
    fn open(options: &Options, claims: &Path, group: u64) -> Result<Self, SynthError> {
        let sinks = Sinks::new(options, claims);
        let sink = |table: &'static str, tail: &str| sinks.open(table, &format!("-{:04}{tail}", group + 1));
        Ok(Self {
            person: sink("person", "")?,
            encounter: sink("encounter", "")?,
            diagnosis: sink("diagnosis", "")?,
            operation: sink("operation", "")?,
            settlement: sink("settlement", "")?,
            fee: sink("fee", "")?,
            late: sink("fee", "-late")?,
            activity: sink("activity", "")?,
            benefit: sink("benefit", "")?,
            invoice: sink("invoice", "")?,
            trace: sink("trace", "")?,
        })
    }

    fn finish(self) -> Result<Vec<(&'static str, u64, u64)>, SynthError> {
        let all = [
            ("person", self.person),
            ("encounter", self.encounter),
            ("diagnosis", self.diagnosis),
            ("operation", self.operation),
            ("settlement", self.settlement),
            ("fee", self.fee),
            ("fee", self.late),
            ("activity", self.activity),
            ("benefit", self.benefit),
            ("invoice", self.invoice),
            ("trace", self.trace),
        ];
        all.into_iter()
            .map(|(table, mut sink)| sink.finish().map(|(rows, bytes)| (table, rows, bytes)))
            .collect()
    }
}

struct Writer<'a> {
    options: &'a Options,
    world: &'a World,
    files: Files,
    cases: Vec<Case>,
    dirt: Vec<DirtyRow>,
}

/// Writes one group.
pub fn write(
    options: &Options,
    world: &World,
    plan: &Plan,
    claims: &Path,
    group: u64,
) -> Result<GroupResult, SynthError> {
    let from = group * crate::GROUP;
    let people = person::settle(world, from, (from + crate::GROUP).min(options.persons));
    let planned = plan.assign(world, group, &people);
    let files = Files::open(options, claims, group)?;
    let mut writer = Writer { options, world, files, cases: planned.cases, dirt: Vec::new() };
    for (index, person) in people.iter().enumerate() {
        let mut history = History::new(world, person);
        for job in planned.jobs.get(&index).into_iter().flatten() {
            act::play(&mut history, job);
        }
        life::live(&mut history);
        writer.person(person, history)?;
    }
    let mut cases = writer.cases;
    cases.retain(|case| !case.lines.is_empty());
    Ok(GroupResult { written: writer.files.finish()?, cases, dirt: writer.dirt })
}

/// The numbers of one person's rows.
struct Names {
    psn_no: String,
    region: String,
    number: u64,
}

impl Names {
    fn visit(&self, order: usize) -> Digits {
        Digits::new("1", self.number * 10_000 + order as u64, 15)
    }

    fn bill(&self, order: usize) -> Digits {
        Digits::new("2", self.number * 10_000 + order as u64, 15)
    }

    fn line(&self, order: usize) -> Digits {
        Digits::new("3", self.number * 1_000_000 + order as u64, 17)
    }
}

fn ids_of(names: &Names, visit: usize, bill: usize) -> Ids<'_> {
    Ids { person: &names.psn_no, region: &names.region, visit: names.visit(visit), bill: names.bill(bill) }
}

impl Writer<'_> {
    fn person(&mut self, person: &Person, history: History<'_>) -> Result<(), SynthError> {
        let region = person.region(self.world);
        let names = Names { psn_no: format!("{region}{:010}", person.number), region, number: person.number };
        rows::person(&mut self.files.person, self.world, person, &names.psn_no, &names.region)?;
        let History { encounters, marks, activities, benefits, .. } = history;
        for one in activities {
            extras::activity(&mut self.files.activity, &names.psn_no, one)?;
        }
        for one in benefits {
            extras::benefit(&mut self.files.benefit, &names.psn_no, person.employer, one)?;
        }
        let mut order: Vec<usize> = (0..encounters.len()).collect();
        order.sort_by_key(|&index| (encounters[index].settled, encounters[index].begin, index));
        let mut first_line = vec![0; encounters.len()];
        let mut lines = 0;
        for &index in &order {
            first_line[index] = lines;
            lines += encounters[index].fees.len();
        }
        let mut rng = Rng::of(self.world.seed, 6, person.number);
        let mut year = Year::begin(person);
        let mut bills = encounters.len();
        for (place, &index) in order.iter().enumerate() {
            let one = &encounters[index];
            let bill = year.settle(self.world, person, one);
            let ids = ids_of(&names, place, place);
            self.encounter(person, ids, one, &bill)?;
            let marked = |line: usize| marks.iter().any(|mark| mark.target == Target::Fee(index, line));
            self.fees(&names, ids, one, first_line[index], &mut rng, &marked)?;
            if let Some(time) = one.refunded {
                self.refund(person, &names, place, bills, one, &bill, first_line[index], lines, time)?;
                bills += 1;
                lines += one.fees.len();
            }
        }
        self.truth(&names, &encounters, &marks, &order, &first_line);
        Ok(())
    }

    fn encounter(
        &mut self,
        person: &Person,
        ids: Ids<'_>,
        one: &Encounter,
        bill: &Bill,
    ) -> Result<(), SynthError> {
        rows::encounter(&mut self.files.encounter, self.world, person, ids, one)?;
        rows::diagnoses(&mut self.files.diagnosis, self.world, ids, one)?;
        rows::operations(&mut self.files.operation, self.world, ids, one)?;
        if one.is_stay() {
            extras::invoice(&mut self.files.invoice, self.world, ids, one, bill)?;
        }
        rows::settlement(&mut self.files.settlement, self.world, person, ids, one, bill, None)
    }

    fn fees(
        &mut self,
        names: &Names,
        ids: Ids<'_>,
        one: &Encounter,
        first: usize,
        rng: &mut Rng,
        marked: &dyn Fn(usize) -> bool,
    ) -> Result<(), SynthError> {
        let late = !one.is_stay() && rng.happens(self.options.late_per_million);
        for (line, fee) in one.fees.iter().enumerate() {
            let sn = names.line(first + line);
            let dirty = rng.happens(self.options.dirty_per_million) && !marked(line);
            let dirt = dirty.then(|| self.dirt(rng, sn, one));
            let again = dirt == Some(Dirt::Again);
            let sink = if late { &mut self.files.late } else { &mut self.files.fee };
            let row = Line { fee, sn, reverses: None, dirt };
            rows::fee(sink, self.world, ids, one, row)?;
            extras::traces(&mut self.files.trace, self.world, ids, one, line, sn)?;
            if again {
                rows::fee(&mut self.files.late, self.world, ids, one, row)?;
            }
        }
        Ok(())
    }

    /// Chooses what is wrong with a line and notes it.
    fn dirt(&mut self, rng: &mut Rng, sn: Digits, one: &Encounter) -> Dirt {
        let kinds = [
            (Dirt::Missing, "missing_quantity"),
            (Dirt::BadDate, "impossible_day"),
            (Dirt::Amount, "amount_off"),
            (Dirt::Institution, "unknown_institution"),
            (Dirt::Placeholder, "placeholder_doctor"),
            (Dirt::Again, "sent_again"),
        ];
        let (dirt, kind) = rng.pick(&kinds);
        let code =
            if dirt == Dirt::Institution { UNKNOWN_INSTITUTION } else { &self.world.inst(one.inst).code };
        self.dirt.push(DirtyRow { key: format!("{code}|{}", sn.as_str()), kind });
        dirt
    }

    #[allow(clippy::too_many_arguments)] // One reversal is all of these and nothing else.
    fn refund(
        &mut self,
        person: &Person,
        names: &Names,
        visit: usize,
        bill_order: usize,
        one: &Encounter,
        bill: &Bill,
        first: usize,
        next: usize,
        time: i64,
    ) -> Result<(), SynthError> {
        let ids = ids_of(names, visit, bill_order);
        let reversed = Some((names.bill(visit), time));
        rows::settlement(&mut self.files.settlement, self.world, person, ids, one, bill, reversed)?;
        for (line, fee) in one.fees.iter().enumerate() {
            let reverses = Some((names.line(first + line), time));
            let row = Line { fee, sn: names.line(next + line), reverses, dirt: None };
            rows::fee(&mut self.files.fee, self.world, ids, one, row)?;
        }
        Ok(())
    }

    fn truth(
        &mut self,
        names: &Names,
        encounters: &[Encounter],
        marks: &[Mark],
        order: &[usize],
        first_line: &[usize],
    ) {
        for mark in marks {
            let index = mark.target.encounter();
            let place = order.iter().position(|&other| other == index).unwrap_or_default();
            let code = &self.world.inst(encounters[index].inst).code;
            let (table, key) = match mark.target {
                Target::Encounter(_) => ("encounter", names.visit(place).as_str().to_owned()),
                Target::Settlement(_) => ("settlement", names.bill(place).as_str().to_owned()),
                Target::Diagnosis(_, at) => {
                    ("diagnosis", format!("{}|{}", names.visit(place).as_str(), at + 1))
                }
                Target::Fee(_, line) => {
                    ("fee", format!("{code}|{}", names.line(first_line[index] + line).as_str()))
                }
            };
            let case = &mut self.cases[mark.case as usize];
            case.lines.push((table, key, mark.role));
            for actor in [&names.psn_no, code] {
                if !case.actors.contains(actor) {
                    case.actors.push(actor.clone());
                }
            }
        }
    }
}
