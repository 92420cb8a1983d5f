//! Chance that can be repeated: a test tells its seed, and `MINGCHA_SEED` takes the same way again.

use std::{
    env,
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

/// Xorshift.
pub struct Dice(u64);

impl Dice {
    /// Dice with the seed that is asked for, or one of their own; standard error, which a failed test shows, tells it.
    pub fn cast() -> Self {
        let seed = match env::var("MINGCHA_SEED") {
            Ok(seed) => seed.parse().expect("a number"),
            Err(_) => RandomState::new().build_hasher().finish(),
        };
        eprintln!("the same again: MINGCHA_SEED={seed}");
        Self(seed.max(1))
    }

    /// A number from 0 to below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }

    /// True once in so many casts.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// Moments of a time, one somewhere in each of so many equal parts of it.
    pub fn moments(&mut self, whole: Duration, parts: u32) -> Vec<Duration> {
        let within = whole / parts;
        (0..parts).map(|part| within * part + within.mul_f64(self.below(1000) as f64 / 1000.0)).collect()
    }
}

/// How often a test does what it does: so often where the environment asks for no more by this name.
pub fn times(name: &str, few: u32) -> u32 {
    env::var(name).ok().map_or(few, |times| times.parse().expect("a number"))
}
