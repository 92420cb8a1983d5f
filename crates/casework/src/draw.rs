//! Draws that anybody can repeat: a seed whose digest was published before, a list, and SM3 of seed and counter.
//!
//! The order of the list does not matter: it is sorted by bytes, and what stands twice counts once. Whoever must not be drawn
//! is taken out first. A number is the first 16 bytes, big-endian, of SM3 over: `mingcha-draw-1`; the seed's length in 8 bytes
//! and the seed; SM3 over the names that are left at the start, each after its length in 8 bytes; and a counter in 8 bytes
//! that rises from 0 with each number. Numbers from the greatest multiple of the count below 2^128 on are passed over, so
//! that no entry is likelier. The number modulo the count says which of those still left is drawn.

use crate::trail::Digest;
use sm3::{Digest as _, Sm3};
use std::collections::BTreeSet;

/// What was drawn, with all that is needed to draw it again.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// SM3 of the seed, published before the list was closed.
    pub commitment: Digest,
    /// The seed, published with the result.
    pub seed: String,
    /// Everybody that could be drawn.
    pub list: BTreeSet<String>,
    /// Those on the list who must not be drawn, such as recused officers.
    pub without: BTreeSet<String>,
    /// In the order in which they were drawn.
    pub drawn: Vec<String>,
}

/// Why a draw is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The seed is not the one whose digest was published.
    #[error("种子与事先公布的摘要不符")]
    Seed,
    /// Fewer are left than are to be drawn.
    #[error("可抽取的不足所需数量")]
    TooFew,
    /// The list leads to others than those named.
    #[error("按种子和名单抽取的结果不是所列结果")]
    Result,
}

/// What is published before a draw.
pub fn commitment(seed: &str) -> Digest {
    Digest(Sm3::digest(seed.as_bytes()).into())
}

impl Draw {
    /// Draws so many.
    pub fn of(
        seed: &str,
        commitment: Digest,
        list: BTreeSet<String>,
        without: BTreeSet<String>,
        count: usize,
    ) -> Result<Self, DrawError> {
        if self::commitment(seed) != commitment {
            return Err(DrawError::Seed);
        }
        let mut left: Vec<String> = list.difference(&without).cloned().collect();
        if left.len() < count {
            return Err(DrawError::TooFew);
        }
        let mut numbers = Numbers::new(seed, &left);
        let mut drawn = Vec::with_capacity(count);
        for _ in 0..count {
            drawn.push(left.remove(numbers.below(left.len())));
        }
        Ok(Self { commitment, seed: seed.to_owned(), list, without, drawn })
    }

    /// Draws again and compares.
    pub fn verify(&self) -> Result<(), DrawError> {
        let (list, without) = (self.list.clone(), self.without.clone());
        let again = Self::of(&self.seed, self.commitment, list, without, self.drawn.len())?;
        if again.drawn == self.drawn { Ok(()) } else { Err(DrawError::Result) }
    }
}

/// Numbers from a seed and a list.
struct Numbers {
    start: Sm3,
    counter: u64,
}

impl Numbers {
    fn new(seed: &str, list: &[String]) -> Self {
        let mut names = Sm3::new();
        for name in list {
            names.update((name.len() as u64).to_be_bytes());
            names.update(name);
        }
        let start = Sm3::new()
            .chain_update(b"mingcha-draw-1")
            .chain_update((seed.len() as u64).to_be_bytes())
            .chain_update(seed)
            .chain_update(names.finalize());
        Self { start, counter: 0 }
    }

    /// A number below a count, each as likely as the others.
    fn below(&mut self, count: usize) -> usize {
        let count = count as u128;
        let last = u128::MAX - u128::MAX % count;
        loop {
            let digest = self.start.clone().chain_update(self.counter.to_be_bytes()).finalize();
            self.counter += 1;
            let number = digest.iter().take(16).fold(0, |number: u128, byte| number << 8 | u128::from(*byte));
            if number < last {
                return (number % count) as usize;
            }
        }
    }
}
