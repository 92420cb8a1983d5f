//! Symbols: texts of low cardinality as small integers, one table a worker, so that a rule compares numbers and no lock is needed.

use rustc_hash::FxHashMap;

/// A text of a [`Symbols`] table. Only meaningful beside the table that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

impl Symbol {
    /// The absent text (null).
    pub const NONE: Self = Self(u32::MAX);

    /// Whether there is a text.
    pub fn is_some(self) -> bool {
        self != Self::NONE
    }

    /// As an index into a table by symbol.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Texts by symbol and symbols by text. Grows, never shrinks.
#[derive(Debug, Default)]
pub struct Symbols {
    texts: Vec<Box<str>>,
    by_text: FxHashMap<Box<str>, u32>,
}

impl Symbols {
    /// The symbol of a text, made if it is new.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(&symbol) = self.by_text.get(text) {
            return Symbol(symbol);
        }
        let symbol = self.texts.len() as u32;
        self.texts.push(text.into());
        self.by_text.insert(text.into(), symbol);
        Symbol(symbol)
    }

    /// The symbol of a text that is already known.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.by_text.get(text).map(|&symbol| Symbol(symbol))
    }

    /// The text of a symbol; empty for [`Symbol::NONE`].
    pub fn text(&self, symbol: Symbol) -> &str {
        self.texts.get(symbol.index()).map_or("", |text| text)
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
