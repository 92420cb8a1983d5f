//! States and acts of matters as data, and the question whether an act may be done.

use crate::{
    ask::Ask,
    facts::{Department, Facts, Matter},
    guards,
    trail::Outcome,
    words::words,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a guard says when it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardText {
    /// Name in data and code.
    pub id: String,
    /// Stable code for clients.
    pub code: String,
    /// What is missing, in Chinese.
    pub message: String,
    /// What to do next, in Chinese.
    pub next: String,
    /// Law and article.
    pub basis: String,
}

/// A refusal by one guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {message}；{next}（{basis}）")]
pub struct GuardError {
    /// Stable code.
    pub code: String,
    /// Name of the guard.
    pub guard: String,
    /// What is missing.
    pub message: String,
    /// What to do next.
    pub next: String,
    /// Law and article.
    pub basis: String,
}

impl GuardError {
    /// There is no such machine.
    pub(crate) fn unknown_machine(machine: &str) -> Self {
        Self {
            code: "CW000".to_owned(),
            guard: "known_machine".to_owned(),
            message: format!("没有“{machine}”这类事项"),
            next: "从页面所列事项中选择".to_owned(),
            basis: "系统规则".to_owned(),
        }
    }
}

words! {
    /// With whom the next step lies, where that is somebody beside those who work on the matter.
    pub enum Waits {
        /// The head of the organisation, who approves.
        Head = "head", "主要负责人审批";
        /// Whoever reviews its lawfulness.
        Reviewer = "reviewer", "法制审核";
        /// A second person, who checks what the first did.
        Another = "another", "另一人复核";
        /// The organisation that it was handed to.
        Receiver = "receiver", "接收单位办理";
        /// The designated institution.
        Institution = "institution", "定点医药机构反馈";
        /// The bureau.
        Insurance = "insurance", "医保行政部门办理";
        /// The police.
        Police = "police", "公安机关办理";
        /// The procuratorate.
        Procuratorate = "procuratorate", "检察机关办理";
    }
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// Whether nothing follows it.
    pub last: bool,
    /// With whom the next step lies.
    pub waits: Option<Waits>,
    /// The approval that ends the waiting although the state stays.
    pub until: Option<Matter>,
    /// Whether the decision that others wait for, such as the head's on a transfer, is still to come.
    pub undecided: bool,
    /// Whether another matter may be begun for the same cause once this one has ended so.
    pub again: bool,
}

/// A state that code names, with its machine: a test holds each against the machines, so that none goes stale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedState {
    pub machine: &'static str,
    pub id: &'static str,
}

/// A clue that was checked and came to an end, though it may be opened again.
pub(crate) const CLUE_CLOSED: NamedState = NamedState { machine: "clue", id: "closed" };
/// Points that were taken back as if they had never been given.
pub(crate) const POINTS_REVOKED: NamedState = NamedState { machine: "points", id: "revoked" };
/// All of them.
#[cfg(test)]
pub(crate) const NAMED_STATES: [NamedState; 2] = [CLUE_CLOSED, POINTS_REVOKED];

/// An act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// States that it may be done in; [`NEW`] alone for an act that opens a matter.
    pub from: Vec<String>,
    /// State that follows; the same where absent.
    pub to: Option<String>,
    /// Departments that may do it.
    pub departments: Vec<Department>,
    /// Name of its input, see [`crate::act::ActInput`].
    pub input: String,
    /// What it approves, where its input is an approval.
    pub matter: Option<Matter>,
    /// Names of its guards, beside those that every act has.
    pub guards: Vec<String>,
    /// Events that it is for the clocks: what limits start on or end on.
    pub emits: Vec<String>,
    /// Where it stands in its file, from 0: what is usual comes before what is rare.
    pub place: usize,
}

impl Act {
    /// Whether it asks a guard of its own.
    pub(crate) fn asks(&self, guard: &str) -> bool {
        self.guards.iter().any(|known| known == guard)
    }
}

/// One machine with the guards that its acts name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// Id, such as `clue`, `case`, `transfer`.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// States.
    pub states: Vec<State>,
    /// Acts by id.
    pub acts: BTreeMap<String, Act>,
    /// Guards of every act, in the order in which they speak.
    pub every: Vec<String>,
    /// What guards say, by name.
    pub texts: BTreeMap<String, GuardText>,
}

/// The state of a matter that does not stand yet: acts that open one begin here.
pub const NEW: &str = "new";

/// Guards that the machine itself asks.
pub(crate) const OWN: &[&str] = &["known_act", "right_state", "right_department", "input_fits"];

impl Machine {
    /// Whether an act may be done; all refusals at once. On success, the state that follows.
    pub fn may(&self, act: &str, ask: &Ask<'_>) -> Result<String, Vec<GuardError>> {
        let Some(act) = self.acts.get(act) else { return Err(vec![self.error("known_act")]) };
        let mut errors = Vec::new();
        if !act.from.contains(&ask.state) {
            errors.push(self.error("right_state"));
        }
        errors.extend(self.standing(act, ask));
        errors.extend(self.refusals(&act.guards, ask));
        if errors.is_empty() { Ok(act.to.clone().unwrap_or_else(|| ask.state.clone())) } else { Err(errors) }
    }

    /// What stands against the account itself, whatever it wants to do.
    pub(crate) fn standing(&self, act: &Act, ask: &Ask<'_>) -> Vec<GuardError> {
        let mut errors = Vec::new();
        if !act.departments.contains(&ask.actor.department) {
            errors.push(self.error("right_department"));
        }
        errors.extend(self.refusals(&self.every, ask));
        errors
    }

    /// What stands against an act already, whatever will be filled in: of guards that look at what is filled in nothing is said. The
    /// facts of `ask` are those before the act, on both sides.
    pub fn foreseen(&self, act: &Act, ask: &Ask<'_>) -> Vec<GuardError> {
        self.refusals(act.guards.iter().filter(|guard| guards::foreseen(guard, &act.input)), ask)
    }

    fn refusals<'a>(&self, names: impl IntoIterator<Item = &'a String>, ask: &Ask<'_>) -> Vec<GuardError> {
        // A guard that the code does not know cannot say yes.
        let says = |name: &&String| guards::named(name).is_some_and(|guard| guard(ask));
        names.into_iter().filter(|name| !says(name)).map(|name| self.refusal(name, ask)).collect()
    }

    /// What a guard says when it refuses, with what it knows of this matter.
    fn refusal(&self, name: &str, ask: &Ask<'_>) -> GuardError {
        let error = self.error(name);
        match guards::detail(name, ask) {
            Some(detail) => GuardError { message: format!("{}：{detail}", error.message), ..error },
            None => error,
        }
    }

    pub(crate) fn error(&self, name: &str) -> GuardError {
        let text = self.texts.get(name);
        let part =
            |part: fn(&GuardText) -> &String| text.map_or_else(|| name.to_owned(), |text| part(text).clone());
        GuardError {
            code: part(|text| &text.code),
            guard: name.to_owned(),
            message: part(|text| &text.message),
            next: part(|text| &text.next),
            basis: part(|text| &text.basis),
        }
    }

    /// Acts that open a matter.
    pub fn opening(&self) -> impl Iterator<Item = &Act> {
        self.in_order().into_iter().filter(|act| act.from == [NEW])
    }

    /// Its acts as their file has them.
    pub fn in_order(&self) -> Vec<&Act> {
        let mut acts: Vec<&Act> = self.acts.values().collect();
        acts.sort_by_key(|act| act.place);
        acts
    }

    /// With whom the next step of a matter in that state lies; nobody else where it lies with those who work on it.
    pub fn waits_for(&self, state: &str, facts: &Facts) -> Option<Waits> {
        let state = self.state(state)?;
        let approved = |matter| facts.approvals.iter().any(|approval| approval.matter == matter);
        let over = match state.waits {
            // Most cases need no review.
            Some(Waits::Reviewer) => !facts.review.required || facts.review.passed,
            _ => state.until.is_some_and(approved),
        };
        state.waits.filter(|_| !over)
    }

    /// The name of a state.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }
}

/// What the trail says of an attempt: it comes from the answer itself, so a refusal cannot be written down as done.
pub fn trail_outcome(answer: &Result<String, Vec<GuardError>>, reason: &str) -> (Outcome, String) {
    match answer {
        Ok(_) => (Outcome::Done, reason.to_owned()),
        Err(errors) => {
            let codes: Vec<&str> = errors.iter().map(|error| error.code.as_str()).collect();
            (Outcome::Refused, codes.join(","))
        }
    }
}
