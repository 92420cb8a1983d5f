//! Portraits that were made, and who waits for one.

use mingcha_server::claims::{ClaimsError, Portrait, PortraitQuery, Read};
use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Most questions that are answered or wait for their turn; whoever comes then is told to come again.
const WAITING: usize = 4;
/// Portraits that are kept; a lake that has not changed gives the same again.
const KEPT: usize = 32;

/// Portraits that were made, the newest first, with the version of the lake; and how many wait for one.
#[derive(Default)]
pub struct Kept {
    made: Mutex<VecDeque<(u64, PortraitQuery, Portrait)>>,
    waiting: AtomicUsize,
}

impl Kept {
    /// The portrait, where it was made of this version.
    pub fn known(&self, version: u64, query: &PortraitQuery) -> Option<Portrait> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().find(|(of, asked, _)| *of == version && asked == query).map(|(.., known)| known.clone())
    }

    /// Keeps one.
    pub fn keep(&self, version: u64, query: &PortraitQuery, portrait: &Portrait) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.truncate(KEPT - 1);
        made.push_front((version, query.clone(), portrait.clone()));
    }

    /// A place among those who wait, where there is one.
    pub fn turn(&self) -> Read<Turn<'_>> {
        let turn = Turn(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) < WAITING { Ok(turn) } else { Err(ClaimsError::Busy) }
    }
}

/// One who waits for the lake; counted as long as it lives.
pub struct Turn<'a>(&'a AtomicUsize);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_server::claims::Portrayed;

    fn query(code: &str) -> PortraitQuery {
        PortraitQuery { kind: Portrayed::Institution, code: code.to_owned(), at: vec![code.to_owned()] }
    }

    #[test]
    fn no_more_wait_than_there_is_room_for_and_who_goes_makes_room() {
        let kept = Kept::default();
        let mut turns: Vec<Turn<'_>> = (0..WAITING).map(|_| kept.turn().expect("a place")).collect();
        assert!(matches!(kept.turn(), Err(ClaimsError::Busy)));
        assert!(matches!(kept.turn(), Err(ClaimsError::Busy)), "who was sent away holds no place");
        turns.pop();
        assert!(kept.turn().is_ok());
    }

    #[test]
    fn a_portrait_is_kept_for_its_version_its_question_and_not_for_ever() {
        let kept = Kept::default();
        let portrait = Portrait { goods_all: 7, ..Portrait::default() };
        kept.keep(3, &query("H1"), &portrait);
        assert_eq!(kept.known(3, &query("H1")), Some(portrait));
        assert_eq!(kept.known(4, &query("H1")), None, "the lake has changed");
        let elsewhere = PortraitQuery { at: Vec::new(), ..query("H1") };
        assert_eq!(kept.known(3, &elsewhere), None, "whoever may look at less is told less");
        for number in 0..KEPT {
            kept.keep(3, &query(&format!("H9{number}")), &Portrait::default());
        }
        assert_eq!(kept.known(3, &query("H1")), None);
    }
}
