//! The one pass: all person-scope rules over the claims of a bucket, each line looked at once to find the rules that want it.

use crate::{
    claims::{Claims, Dictionaries, LoadError, Needs, Tables},
    detector::{Detector, Interest, Line, Sink},
    detectors,
    symbols::{Symbol, Symbols},
    timeline::{Facts, Timeline},
    world::World,
};
use mingcha_library::{Library, Method, Rule, param::ResolvedRule};
use mingcha_model::Date;

/// Why a rule cannot be run.
#[derive(Debug, thiserror::Error)]
#[error("rule `{rule}` cannot be run: {reason}")]
pub struct CompileError {
    /// The rule's name.
    pub rule: String,
    /// What is wrong with its settings.
    pub reason: String,
}

/// A rule ready to run.
#[derive(Debug)]
pub struct Compiled {
    /// The rule.
    pub rule: Rule,
    /// Its detector with the settings filled in.
    pub detector: Box<dyn Detector>,
    /// Values of its parameters, for messages.
    pub params: Vec<(String, String)>,
}

/// All person-scope rules of a run, ready to be shared by workers.
#[derive(Debug, Default)]
pub struct Program {
    rules: Vec<Compiled>,
    needs: Needs,
}

/// Which days one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Findings that end before this day are left out.
    pub from: Option<Date>,
    /// Findings that begin after this day are left out.
    pub to: Option<Date>,
    /// Rows after this day do not count, inclusive.
    pub as_of: Date,
}

impl Program {
    /// Builds the detectors of the rules given, parameters filled in. SQL rules are passed over.
    pub fn compile(
        library: &Library,
        rules: impl IntoIterator<Item = ResolvedRule>,
    ) -> Result<Self, Vec<CompileError>> {
        let (mut program, mut errors) = (Self::default(), Vec::new());
        for ResolvedRule { rule, values } in rules {
            let Method::Detector { name, settings } = &rule.method else { continue };
            let params = values.iter().map(|(name, value)| (name.clone(), words(value))).collect();
            let built = detectors::build(name, settings, library).map_err(|flaw| flaw.message);
            match built.and_then(|detector| declared(&rule, detector)) {
                Ok(detector) => {
                    rule.reads.iter().for_each(|read| program.needs.add(read));
                    program.rules.push(Compiled { rule, detector, params });
                }
                Err(reason) => errors.push(CompileError { rule: rule.name, reason }),
            }
        }
        if errors.is_empty() { Ok(program) } else { Err(errors) }
    }

    /// The rules in the order of [`crate::Hit::rule`].
    pub fn rules(&self) -> &[Compiled] {
        &self.rules
    }

    /// The columns that they declare together.
    pub fn needs(&self) -> &Needs {
        &self.needs
    }
}

/// A parameter's value as a message shows it.
fn words(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

/// A rule may only look at what it declares, so that a reader of the rule knows what it stands on.
fn declared(rule: &Rule, detector: Box<dyn Detector>) -> Result<Box<dyn Detector>, String> {
    undeclared(&rule.reads, &*detector).map_or(Ok(detector), Err)
}

/// What a detector looks at and `reads` does not declare, in words.
pub fn undeclared(reads: &[String], detector: &dyn Detector) -> Option<String> {
    let missing: Vec<_> =
        detector.reads().into_iter().filter(|read| !reads.iter().any(|known| known == read)).collect();
    (!missing.is_empty())
        .then(|| format!("its detector looks at {} which `reads` does not declare", missing.join(", ")))
}

/// What each rule wants of each code: for a code's symbol, a run of (rule, class).
#[derive(Debug, Default)]
struct Wants {
    runs: Vec<(u32, u32)>,
    entries: Vec<(u32, u32)>,
}

impl Wants {
    fn extend(&mut self, symbols: &Symbols, program: &Program, world: &World, interest: Interest) {
        for index in self.runs.len()..symbols.len() {
            let code = symbols.text(Symbol(index as u32));
            let start = self.entries.len() as u32;
            for (rule, compiled) in program.rules.iter().enumerate() {
                if compiled.detector.interest() == interest
                    && let Some(class) = compiled.detector.classify_in(code, world)
                {
                    self.entries.push((rule as u32, class));
                }
            }
            self.runs.push((start, self.entries.len() as u32));
        }
    }

    fn scan(&self, column: &[Symbol], live: &[bool], wanted: &mut [Vec<Line>]) {
        for (row, symbol) in column.iter().enumerate() {
            let Some(&(start, end)) = self.runs.get(symbol.index()) else { continue };
            if start == end || !live[row] {
                continue;
            }
            for &(rule, class) in &self.entries[start as usize..end as usize] {
                wanted[rule as usize].push(Line { row: row as u32, class });
            }
        }
    }
}

/// Runs a program over one bucket after another, keeping its dictionaries between them. One a thread.
pub struct Worker<'a> {
    program: &'a Program,
    world: &'a World,
    window: Window,
    symbols: Dictionaries,
    facts: Facts,
    goods: Wants,
    doctors: Wants,
    institutions: Wants,
    diagnoses: Wants,
    wanted: Vec<Vec<Line>>,
    /// How many live stays each person has.
    stays: Vec<u32>,
    /// Memory of claims that are done with.
    spare: Claims,
}

impl<'a> Worker<'a> {
    /// A worker with empty dictionaries.
    pub fn new(program: &'a Program, world: &'a World, window: Window) -> Self {
        Self {
            program,
            world,
            window,
            symbols: Dictionaries::default(),
            facts: Facts::default(),
            goods: Wants::default(),
            doctors: Wants::default(),
            institutions: Wants::default(),
            diagnoses: Wants::default(),
            wanted: program.rules.iter().map(|_| Vec::new()).collect(),
            stays: Vec::new(),
            spare: Claims::default(),
        }
    }

    /// The dictionaries, by which symbols in hits are read.
    pub fn symbols(&self) -> &Dictionaries {
        &self.symbols
    }

    /// The institutions and practitioners around the people.
    pub fn world(&self) -> &World {
        self.world
    }

    /// Reads the rows of one bucket.
    pub fn load(&mut self, tables: &Tables) -> Result<Claims, LoadError> {
        let mut claims = std::mem::take(&mut self.spare);
        claims.load(tables, &self.program.needs, self.window.as_of, &mut self.symbols)?;
        Ok(claims)
    }

    /// Takes back claims that are done with: the next bucket uses their memory.
    pub fn done(&mut self, claims: Claims) {
        self.spare = claims;
    }

    /// Runs all rules over the people of a bucket for whom `who` holds (by index into [`Claims::psn_no`]).
    pub fn run(&mut self, claims: &Claims, who: &dyn Fn(u32) -> bool) -> Sink {
        self.facts.extend(&self.symbols);
        self.want(claims);
        self.count_stays(claims);
        let mut sink = Sink::default();
        for (index, compiled) in self.program.rules.iter().enumerate() {
            sink.rule = index as u32;
            let first = sink.hits.len();
            self.run_rule(compiled, &self.wanted[index], claims, who, &mut sink);
            let inside = |hit: &crate::Hit| self.looks_at(&compiled.rule, hit);
            let fresh: Vec<_> = sink.hits.drain(first..).filter(inside).collect();
            sink.hits.extend(fresh);
        }
        sink
    }

    fn looks_at(&self, rule: &Rule, hit: &crate::Hit) -> bool {
        let begins =
            [Some(rule.effective), self.window.from].into_iter().flatten().all(|first| hit.end >= first);
        let ends = [rule.expires, self.window.to].into_iter().flatten().all(|last| hit.begin <= last);
        begins && ends
    }

    /// Finds the lines that each rule wants, each row looked at once.
    fn want(&mut self, claims: &Claims) {
        self.wanted.iter_mut().for_each(Vec::clear);
        self.goods.extend(&self.symbols.codes, self.program, self.world, Interest::Goods);
        self.goods.scan(&claims.fee.med_list_codg, &claims.fee.live, &mut self.wanted);
        if !claims.fee.bilg_dr_code.is_empty() {
            self.doctors.extend(&self.symbols.texts, self.program, self.world, Interest::Doctors);
            self.doctors.scan(&claims.fee.bilg_dr_code, &claims.fee.live, &mut self.wanted);
        }
        self.institutions.extend(&self.symbols.texts, self.program, self.world, Interest::Institutions);
        self.institutions.scan(&claims.settlement.fixmedins_code, &claims.settlement.live, &mut self.wanted);
        if !claims.diagnosis.diag_code.is_empty() {
            self.diagnoses.extend(&self.symbols.texts, self.program, self.world, Interest::Diagnoses);
            self.diagnoses.scan(&claims.diagnosis.diag_code, &claims.diagnosis.live, &mut self.wanted);
        }
        let mut picked = Vec::new();
        for (index, compiled) in self.program.rules.iter().enumerate() {
            if compiled.detector.interest() == Interest::Picked {
                picked.clear();
                compiled.detector.screen(claims, &mut picked);
                let live = picked.iter().filter(|&&row| claims.fee.live[row as usize]);
                self.wanted[index].extend(live.map(|&row| Line { row, class: 0 }));
            }
        }
    }

    fn count_stays(&mut self, claims: &Claims) {
        self.stays.clear();
        self.stays.extend((0..claims.people()).map(|person| {
            Timeline::new(claims, &self.symbols, self.world, &self.facts, person).stays().count() as u32
        }));
    }

    fn run_rule(
        &self,
        compiled: &Compiled,
        lines: &[Line],
        claims: &Claims,
        who: &dyn Fn(u32) -> bool,
        sink: &mut Sink,
    ) {
        let mut call = |person: u32, lines: &[Line]| {
            if who(person) {
                sink.person = person;
                let timeline = Timeline::new(claims, &self.symbols, self.world, &self.facts, person);
                compiled.detector.detect(&timeline, lines, sink);
            }
        };
        let people = match compiled.detector.interest() {
            Interest::Goods | Interest::Doctors | Interest::Picked => Some(&claims.fee.person),
            Interest::Institutions => Some(&claims.settlement.person),
            Interest::Diagnoses => Some(&claims.diagnosis.person),
            _ => None,
        };
        if let Some(people) = people {
            let same = |a: &Line, b: &Line| people[a.row as usize] == people[b.row as usize];
            lines.chunk_by(same).for_each(|lines| call(people[lines[0].row as usize], lines));
            return;
        }
        for person in 0..claims.people() {
            if self.concerns(compiled.detector.interest(), claims, person) {
                call(person, &[]);
            }
        }
    }

    fn concerns(&self, interest: Interest, claims: &Claims, person: u32) -> bool {
        match interest {
            Interest::Stays(least) => self.stays[person as usize] as usize >= least,
            Interest::Settlements(least) => claims.settlement.rows(person).len() >= least,
            Interest::Dead => {
                claims.person.rows(person).any(|row| claims.person.die_date[row] != crate::claims::NULL)
            }
            _ => true,
        }
    }
}
