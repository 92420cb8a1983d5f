//! Settings of a detector, read from a rule: the first flaw where a rule is to run, every flaw where its author asks.

use crate::detectors;
use mingcha_library::Library;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use toml::Table;

/// What is wrong with the settings of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The setting; absent where it is none alone.
    pub key: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl From<String> for Flaw {
    fn from(message: String) -> Self {
        Self { key: None, message }
    }
}

impl Flaw {
    /// The setting that is missing, where that is the flaw.
    fn missing(&self) -> Option<&str> {
        quoted(&self.message, "missing field `")
    }
}

/// Reads the settings of a detector; the flaw is the first that is met.
pub(crate) fn read<S: DeserializeOwned>(settings: &Table) -> Result<S, Flaw> {
    settings.clone().try_into().map_err(|error| flaw(&error))
}

/// The flaw with its key, which `toml` tells in words alone: of a value behind the message, of an unknown key inside it.
fn flaw(error: &toml::de::Error) -> Flaw {
    let (message, words) = (error.message().to_owned(), error.to_string());
    let value = words.lines().next_back().and_then(|line| quoted(line, "in `")?.split('.').next());
    let key = value.or_else(|| quoted(&message, "unknown field `")).map(str::to_owned);
    Flaw { key, message }
}

/// What stands between this beginning of a text and the next backquote.
fn quoted<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    text.strip_prefix(beginning)?.split('`').next()
}

/// Every flaw of a rule's settings: what is wrong is taken out, and the rest is read again.
///
/// `open` names settings that `settings` leaves out because nobody can say their value yet.
pub fn flaws(name: &str, settings: &Table, open: &BTreeSet<String>, library: &Library) -> Vec<Flaw> {
    let (mut rest, mut out, mut flaws) = (settings.clone(), open.clone(), Vec::new());
    while let Err(flaw) = detectors::build(name, &rest, library) {
        let Some(key) = flaw.key.clone().filter(|key| rest.remove(key).is_some()) else {
            // A setting that was taken out is not missing, and without it nothing can be said of the settings together.
            if out.is_empty() || flaw.missing().is_some_and(|name| !out.contains(name)) {
                flaws.push(flaw);
            }
            break;
        };
        out.insert(key);
        flaws.push(flaw);
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(settings: &str, open: &[&str]) -> Vec<(String, String)> {
        let settings: Table = settings.parse().expect("settings");
        let open: BTreeSet<String> = open.iter().map(|&name| name.to_owned()).collect();
        let told = flaws("frequency", &settings, &open, &Library::default());
        told.into_iter().map(|flaw| (flaw.key.unwrap_or_default(), flaw.message)).collect()
    }

    #[test]
    fn every_flaw_of_the_settings_is_told_under_its_key() {
        let wrong = told("count = \"calls\"\nlowest = 3\ndays = \"ten\"\nleast = 2\n", &[]);
        let keys: BTreeSet<&str> = wrong.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, BTreeSet::from(["count", "days", "lowest"]), "{wrong:?}");
        assert!(wrong.iter().any(|(_, message)| message.contains("calls")), "{wrong:?}");
        assert!(told("count = \"stays\"\nleast = 3\ndays = 10\n", &[]).is_empty());
    }

    #[test]
    fn what_is_missing_is_told_unless_its_value_is_still_open() {
        let missing = told("count = \"stays\"\nlowest = 3\ndays = 10\n", &[]);
        assert!(missing[1].1.contains("missing field `least`"), "{missing:?}");
        assert!(told("count = \"stays\"\ndays = 10\n", &["least"]).is_empty());
    }

    #[test]
    fn settings_that_do_not_fit_together_have_no_key() {
        let wrong = told("count = \"stays\"\nleast = 0\ndays = 10\n", &[]);
        assert_eq!(wrong, [(String::new(), "`least` and `days` must be at least 1".to_owned())]);
    }
}
