//! What a check does to a row, and how it is called in Chinese: `quality.toml`, which a site may override.

use super::Check;
use mingcha_model::Diagnostic;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a check that fires does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The row goes to quarantine.
    Refuse,
    /// The row is kept and counted; a value that could not be read is missing in it.
    Note,
    /// The value is corrected in the way that the check names, the row kept and counted.
    Correct,
}

/// One entry of the policy.
#[derive(Clone, Debug)]
struct Entry {
    action: Action,
    title: String,
    hint: String,
}

/// The action, title and hint of every check.
#[derive(Clone, Debug)]
pub struct Policy {
    entries: Vec<Entry>,
    /// Share of refused rows, 0 to 1, above which a batch is to be refused whole.
    pub refuse_batch_above: f64,
}

/// The file as typed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    refuse_batch_above: Option<f64>,
    #[serde(default)]
    check: BTreeMap<String, TypedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedEntry {
    action: Option<Action>,
    title: Option<String>,
    hint: Option<String>,
}

/// What a policy may say.
const FORM: &str =
    "a policy has `refuse_batch_above` and sections `[check.NAME]` with action, title and hint";

const DEFAULTS: &str = include_str!("../../quality.toml");

impl Default for Policy {
    fn default() -> Self {
        let blank = Entry { action: Action::Note, title: String::new(), hint: String::new() };
        let mut policy = Self { entries: vec![blank; Check::ALL.len()], refuse_batch_above: 0.05 };
        let faults = policy.apply("quality.toml", DEFAULTS);
        debug_assert!(faults.is_empty(), "{faults:?}");
        policy
    }
}

impl Policy {
    /// The defaults with a site's file on top; all faults of the file at once.
    pub fn with_overrides(file: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut policy = Self::default();
        let faults = policy.apply(file, text);
        (policy, faults)
    }

    /// What the check does.
    #[inline]
    pub fn action(&self, check: Check) -> Action {
        self.entries[check as usize].action
    }

    /// Sets what a check does.
    pub fn set(&mut self, check: Check, action: Action) {
        self.entries[check as usize].action = action;
    }

    /// Chinese name of the check.
    pub fn title(&self, check: Check) -> &str {
        &self.entries[check as usize].title
    }

    /// What to do about it, in Chinese.
    pub fn hint(&self, check: Check) -> &str {
        &self.entries[check as usize].hint
    }

    fn apply(&mut self, file: &str, text: &str) -> Vec<Diagnostic> {
        let typed: Typed = match toml::from_str(text) {
            Ok(typed) => typed,
            Err(error) => return vec![crate::profile::toml_fault(file, text, &error, FORM)],
        };
        let mut faults = Vec::new();
        if let Some(share) = typed.refuse_batch_above {
            if (0.0..=1.0).contains(&share) {
                self.refuse_batch_above = share;
            } else {
                let line = crate::profile::line_of(text, "refuse_batch_above");
                faults.push(Diagnostic::author(file, line, "`refuse_batch_above` is not between 0 and 1"));
            }
        }
        for (id, entry) in typed.check {
            if let Some(check) = Check::of(&id) {
                self.replace(check, entry);
            } else {
                let line = crate::profile::line_of(text, &id);
                let hint = "the checks are named in docs and in the `quality.toml` that comes with Mingcha";
                faults.push(Diagnostic::author(file, line, format!("there is no check `{id}`")).hint(hint));
            }
        }
        faults
    }

    fn replace(&mut self, check: Check, typed: TypedEntry) {
        let entry = &mut self.entries[check as usize];
        entry.action = typed.action.unwrap_or(entry.action);
        entry.title = typed.title.unwrap_or_else(|| std::mem::take(&mut entry.title));
        entry.hint = typed.hint.unwrap_or_else(|| std::mem::take(&mut entry.hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_a_title_and_a_hint() {
        let policy = Policy::default();
        for &check in Check::ALL {
            assert!(!policy.title(check).is_empty() && !policy.hint(check).is_empty(), "{}", check.id());
            assert_eq!(Check::of(check.id()), Some(check));
        }
    }

    #[test]
    fn a_site_may_override_and_hears_of_its_mistakes() {
        let (policy, faults) =
            Policy::with_overrides("site.toml", "[check.amount]\naction = \"refuse\"\n[check.amuont]\n");
        assert_eq!(policy.action(Check::Amount), Action::Refuse);
        assert!(!policy.title(Check::Amount).is_empty());
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].line, 3);
        let (_, faults) = Policy::with_overrides("site.toml", "[check.amount]\naction = \"ignore\"\n");
        assert_eq!(faults[0].line, 2);
    }
}
