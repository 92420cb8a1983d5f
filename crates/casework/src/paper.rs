//! Kinds of papers as casework needs them: which acts they belong to, when they may be issued, and when a file is not complete without them.
//! What stands in them and how they look is read by those who make them.

use crate::{facts::DecisionKind, machine::Machine, reader::Faults};
use mingcha_model::Diagnostic;
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// A kind of paper.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PaperKind {
    /// Id.
    pub id: String,
    /// Chinese title.
    pub title: String,
    /// Word of its number series; absent where it has no number.
    pub series: Option<String>,
    /// Acts that use it, as `machine.act`.
    pub acts: Vec<String>,
    /// Acts of which one must be done before it may be issued; none where it may come before.
    #[serde(default)]
    pub after: Vec<String>,
    /// Acts that are not done before it was issued.
    #[serde(default)]
    pub before: Vec<String>,
    /// Acts after which the file is not complete without it.
    #[serde(default)]
    pub needed_after: Vec<String>,
    /// Kinds of a case's decision that it goes with; none where it goes with any.
    #[serde(default)]
    pub decisions: Vec<DecisionKind>,
    /// Papers that do in its place.
    #[serde(default)]
    pub instead: Vec<String>,
}

/// The number of a paper, such as 医保案移字〔2026〕12号.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperNumber {
    /// What stands before the series, mostly a place's short name; may be empty.
    pub place: String,
    /// The word of the series.
    pub series: String,
    /// The year.
    pub year: i32,
    /// The serial in the year, from 1.
    pub serial: i64,
}

impl std::fmt::Display for PaperNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}〔{}〕{}号", self.place, self.series, self.year, self.serial)
    }
}

impl PaperKind {
    /// Names of its acts in a machine.
    pub fn acts_of<'a>(&'a self, machine: &'a str) -> impl Iterator<Item = &'a str> {
        in_machine(&self.acts, machine)
    }

    /// Whether acts that were done allow it.
    pub fn may_follow(&self, machine: &str, done: &BTreeSet<String>) -> bool {
        let mut after = in_machine(&self.after, machine).peekable();
        after.peek().is_none() || after.any(|act| done.contains(act))
    }

    /// Names of the acts in a machine that are not done before it was issued.
    pub fn before<'a>(&'a self, machine: &'a str) -> impl Iterator<Item = &'a str> {
        in_machine(&self.before, machine)
    }

    /// Whether it goes with that kind of decision.
    pub fn is_of(&self, decided: DecisionKind) -> bool {
        self.decisions.is_empty() || self.decisions.contains(&decided)
    }
}

fn in_machine<'a>(acts: &'a [String], machine: &'a str) -> impl Iterator<Item = &'a str> {
    acts.iter().filter_map(move |act| act.strip_prefix(machine)?.strip_prefix('.'))
}

/// The papers without which a file of these acts is not complete.
pub fn missing<'a>(
    papers: &'a BTreeMap<String, PaperKind>,
    machine: &str,
    done: &BTreeSet<String>,
    issued: &BTreeSet<String>,
    decided: DecisionKind,
) -> Vec<&'a PaperKind> {
    let lacks = |kind: &&PaperKind| {
        let needed =
            kind.is_of(decided) && in_machine(&kind.needed_after, machine).any(|act| done.contains(act));
        let there = std::iter::once(&kind.id).chain(&kind.instead).any(|paper| issued.contains(paper));
        needed && !there
    };
    papers.values().filter(lacks).collect()
}

/// Reads the definitions; what names an act or a paper that is not there is told.
pub(crate) fn read(
    files: &[(&String, &Cow<'static, str>)],
    machines: &BTreeMap<String, Machine>,
    faults: &Faults,
) -> BTreeMap<String, PaperKind> {
    let mut papers = BTreeMap::new();
    for (file, text) in files.iter().filter(|(file, _)| *file != "papers/fields.toml") {
        match toml::from_str::<PaperKind>(text) {
            Ok(kind) => drop(papers.insert(kind.id.clone(), kind)),
            Err(_) => faults.push(
                Diagnostic::author(file.as_str(), 0, "no paper: id, title or acts are missing or no TOML")
                    .hint("correct the file"),
            ),
        }
    }
    let known = |act: &String| {
        let (machine, act) = act.split_once('.')?;
        machines.get(machine)?.acts.get(act)
    };
    for kind in papers.values() {
        let fault = |message: String| {
            let file = format!("papers/{}.toml", kind.id);
            faults.push(
                Diagnostic::author(file, 0, message)
                    .hint("take it from the machines or papers, or leave it out"),
            );
        };
        let acts = kind.acts.iter().chain(&kind.after).chain(&kind.before).chain(&kind.needed_after);
        for act in acts.filter(|act| known(act).is_none()) {
            fault(format!("there is no act `{act}`"));
        }
        for other in kind.instead.iter().filter(|other| !papers.contains_key(*other)) {
            fault(format!("there is no paper `{other}`"));
        }
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Procedures;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_file_lacks_what_its_acts_need_and_no_more() {
        let (procedures, faults) = Procedures::embedded();
        assert!(faults.is_empty(), "{faults:?}");
        let lacks_of = |decided, done: &[&str], issued: &[&str]| -> Vec<String> {
            let missing = missing(&procedures.papers, "case", &set(done), &set(issued), decided);
            missing.into_iter().map(|kind| kind.id.clone()).collect()
        };
        let lacks = |done: &[&str], issued: &[&str]| lacks_of(DecisionKind::Penalty, done, issued);
        assert_eq!(lacks(&["open"], &[]), [""; 0]);
        assert_eq!(lacks(&["file", "write_decision"], &[]), ["filing-approval", "penalty-decision"]);
        // A case that was decided before kinds were recorded may hold the other one.
        assert_eq!(lacks(&["file", "write_decision"], &["filing-approval", "no-penalty-decision"]), [""; 0]);
        for decided in [DecisionKind::NoPenalty, DecisionKind::NotEstablished] {
            assert_eq!(lacks_of(decided, &["write_decision"], &[]), ["no-penalty-decision"]);
        }
        assert_eq!(lacks_of(DecisionKind::Moved, &["write_decision"], &[]), [""; 0]);
        let decision = &procedures.papers["penalty-decision"];
        assert!(decision.is_of(DecisionKind::Penalty) && !decision.is_of(DecisionKind::NoPenalty));
        assert!(
            !decision.may_follow("case", &set(&["notify"])) && decision.may_follow("case", &set(&["decide"]))
        );
    }

    #[test]
    fn a_paper_that_names_no_act_is_told() {
        let mut files = crate::procedures::embedded_files();
        let text = "id = \"x\"\ntitle = \"甲\"\nacts = [\"case.dance\"]\nbefore = [\"case.sing\"]\ninstead = [\"y\"]\n";
        files.insert("papers/x.toml".into(), text.into());
        files.insert("papers/z.toml".into(), "title = 1".into());
        let (_, faults) = Procedures::from_files(&files);
        let files: Vec<&str> = faults.iter().map(|fault| fault.file.as_str()).collect();
        assert_eq!(files, ["papers/x.toml", "papers/x.toml", "papers/x.toml", "papers/z.toml"]);
    }
}
