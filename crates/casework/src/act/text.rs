//! Texts, lists and money as they may come from outside: the types themselves refuse what is too long or out of range.

use mingcha_model::Fen;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// A text of at most `MOST` characters, trimmed, without control characters but line breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text<const MOST: usize>(String);

/// A line: a name, a key, a number of a paper.
pub type Line = Text<200>;
/// A few paragraphs.
pub type Prose = Text<4000>;

impl<const MOST: usize> Text<MOST> {
    /// Reads a text; refused where it is too long or holds control characters.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let most = text.chars().nth(MOST).is_none();
        if most && !text.chars().any(|c| c.is_control() && c != '\n') {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("a text of at most {MOST} characters without control characters"))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, to be replaced by a token.
    pub(super) fn text_mut(&mut self) -> &mut String {
        &mut self.0
    }

    /// The text as the facts keep it.
    pub fn owned(&self) -> String {
        self.0.clone()
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Text<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A list of at most `MOST` items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct List<T, const MOST: usize = 200>(pub Vec<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::deserialize(deserializer)?;
        if items.len() <= MOST {
            Ok(Self(items))
        } else {
            Err(D::Error::custom(format!("a list of at most {MOST} items")))
        }
    }
}

impl<const N: usize, const MOST: usize> List<Text<N>, MOST> {
    /// The texts as the facts keep them.
    pub fn owned(&self) -> Vec<String> {
        self.0.iter().map(Text::owned).collect()
    }
}

/// Money of at least nothing and at most a hundred billion yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Sum(pub Fen);

/// A hundred billion yuan: the yearly spending of a large province.
pub(super) const MOST_FEN: i64 = 10_000_000_000_000;

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fen = Fen::deserialize(deserializer)?;
        if (0..=MOST_FEN).contains(&fen.0) {
            Ok(Self(fen))
        } else {
            Err(D::Error::custom("an amount in fen, not negative"))
        }
    }
}
