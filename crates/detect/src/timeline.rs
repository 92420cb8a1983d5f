//! One person's history, in order of time: what a detector is given.

use crate::{
    claims::{Claims, Dictionaries, NO_ROW, NULL},
    symbols::Symbol,
    world::{Institution, Registration, World},
};
use mingcha_model::{Date, Time, code::Visit};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What is known of symbols beyond their text, computed once each.
#[derive(Debug, Default)]
pub struct Facts {
    visits: Vec<Visit>,
    drugs: Vec<u32>,
    drug_numbers: FxHashMap<Box<str>, u32>,
}

/// The number of what is no drug with a national code.
pub const NO_DRUG: u32 = u32::MAX;

/// The part of a national drug code that names substance and form: 14 characters of a western drug (X: class 5, name 4, form 4),
/// 11 of a patent medicine (Z: class 5, name and form 5). `None` for slices, which have neither course nor form, and for all else.
pub fn drug_name(med_list_codg: &str) -> Option<&str> {
    match med_list_codg.as_bytes().first() {
        Some(b'X') => med_list_codg.get(..14),
        Some(b'Z') => med_list_codg.get(..11),
        _ => None,
    }
}

impl Facts {
    /// Learns the texts that are new since the last call.
    pub fn extend(&mut self, symbols: &Dictionaries) {
        for index in self.visits.len()..symbols.texts.len() {
            self.visits.push(Visit::of(symbols.texts.text(Symbol(index as u32))));
        }
        for index in self.drugs.len()..symbols.codes.len() {
            let number = drug_name(symbols.codes.text(Symbol(index as u32))).map_or(NO_DRUG, |name| {
                let next = self.drug_numbers.len() as u32;
                *self.drug_numbers.entry(name.into()).or_insert(next)
            });
            self.drugs.push(number);
        }
    }
}

/// A view over one person's rows. Cheap to make and to copy.
#[derive(Clone, Copy)]
pub struct Timeline<'a> {
    /// The bucket.
    pub claims: &'a Claims,
    /// Texts of its symbols.
    pub symbols: &'a Dictionaries,
    /// Institutions and practitioners.
    pub world: &'a World,
    facts: &'a Facts,
    /// The person, as an index into the bucket.
    pub person: u32,
}

impl<'a> Timeline<'a> {
    /// The view over one person of a bucket.
    pub fn new(
        claims: &'a Claims,
        symbols: &'a Dictionaries,
        world: &'a World,
        facts: &'a Facts,
        person: u32,
    ) -> Self {
        Self { claims, symbols, world, facts, person }
    }

    /// `psn_no`.
    pub fn psn_no(&self) -> &'a str {
        &self.claims.psn_no[self.person as usize]
    }

    /// The person's own row, where the register knows the person.
    pub fn person_row(&self) -> Option<usize> {
        self.claims.person.rows(self.person).next()
    }

    /// A day of the person's own row (`brdy`, `die_date`, …), given the column.
    pub fn person_day(&self, column: &[i64]) -> Option<Date> {
        let day = column[self.person_row()?];
        (day != NULL).then_some(Date(day as i32))
    }

    /// The person's fee lines, live or not, in order of time.
    pub fn fees(&self) -> Range<usize> {
        self.claims.fee.rows(self.person)
    }

    /// The person's encounters, live or not, in order of their beginning.
    pub fn encounters(&self) -> Range<usize> {
        self.claims.encounter.rows(self.person)
    }

    /// The person's settlements, live or not, in order of time.
    pub fn settlements(&self) -> Range<usize> {
        self.claims.settlement.rows(self.person)
    }

    /// The person's live stays in order of their beginning.
    pub fn stays(&self) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let timeline = *self;
        self.encounters().filter(move |&row| {
            timeline.claims.encounter.live[row] && timeline.visit(row) == Visit::Inpatient
        })
    }

    /// The live diagnoses of an encounter.
    pub fn diagnoses_of(&self, encounter: usize) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let claims = self.claims;
        claims
            .diagnosis
            .rows(self.person)
            .filter(move |&row| claims.diagnosis.encounter[row] == encounter as u32)
    }

    /// The code of an encounter's main diagnosis (needs `maindiag_flag` and `diag_code`); empty where there is none.
    pub fn main_diagnosis(&self, encounter: usize) -> &'a str {
        let diagnosis = &self.claims.diagnosis;
        let main = self
            .diagnoses_of(encounter)
            .find(|&row| self.symbols.texts.text(diagnosis.maindiag_flag[row]) == "1");
        main.map_or("", |row| self.symbols.texts.text(diagnosis.diag_code[row]))
    }

    /// The live fee lines of an encounter, in order of time.
    pub fn lines_of(&self, encounter: usize) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let fee = &self.claims.fee;
        self.fees().filter(move |&row| fee.live[row] && fee.encounter[row] == encounter as u32)
    }

    /// The live settlements of an encounter, in order of time.
    pub fn settlements_of(&self, encounter: usize) -> impl Iterator<Item = usize> + Clone + use<'a> {
        let settlement = &self.claims.settlement;
        self.settlements()
            .filter(move |&row| settlement.live[row] && settlement.encounter[row] == encounter as u32)
    }

    /// The encounter of a fee line.
    pub fn encounter_of(&self, line: usize) -> Option<usize> {
        Some(self.claims.fee.encounter[line]).filter(|&row| row != NO_ROW).map(|row| row as usize)
    }

    /// What kind of visit an encounter is.
    pub fn visit(&self, encounter: usize) -> Visit {
        let med_type = self.claims.encounter.med_type[encounter];
        self.facts.visits.get(med_type.index()).copied().unwrap_or(Visit::Other)
    }

    /// When an encounter began and ended; an open one has no end.
    pub fn span(&self, encounter: usize) -> (Time, Option<Time>) {
        let end = self.claims.encounter.endtime[encounter];
        (Time(self.claims.encounter.begntime[encounter]), (end != NULL).then_some(Time(end)))
    }

    /// The time of a fee line.
    pub fn line_time(&self, line: usize) -> Time {
        Time(self.claims.fee.fee_ocur_time[line])
    }

    /// The `med_list_codg` of a fee line.
    pub fn line_code(&self, line: usize) -> &'a str {
        self.symbols.codes.text(self.claims.fee.med_list_codg[line])
    }

    /// A number that lines of the same drug share, whatever the maker and pack (see [`drug_name`]); [`NO_DRUG`] for other lines.
    ///
    /// Only good for telling drugs apart: it depends on which codes the worker has met before.
    pub fn line_drug(&self, line: usize) -> u32 {
        self.facts.drugs.get(self.claims.fee.med_list_codg[line].index()).copied().unwrap_or(NO_DRUG)
    }

    /// The institution of a fee line, by its encounter.
    pub fn line_institution(&self, line: usize) -> Symbol {
        self.encounter_of(line).map_or(Symbol::NONE, |row| self.claims.encounter.fixmedins_code[row])
    }

    /// What is known of an institution.
    pub fn institution(&self, fixmedins_code: Symbol) -> Option<&'a Institution> {
        self.world.institution(self.text(fixmedins_code))
    }

    /// The registrations of a practitioner.
    pub fn registrations(&self, prac_psn_code: Symbol) -> &'a [Registration] {
        self.world.registrations(self.text(prac_psn_code))
    }

    /// The text of a symbol, but for goods.
    pub fn text(&self, symbol: Symbol) -> &'a str {
        self.symbols.texts.text(symbol)
    }
}
