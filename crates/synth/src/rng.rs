//! A counter-based random source: every block of the city has its own stream, so bytes never depend on threads.

/// A stream of pseudo-random numbers (SplitMix64, Steele et al. 2014).
#[derive(Clone, Debug)]
pub struct Rng(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes the bits of a word.
pub fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

impl Rng {
    /// The stream of a seed, a purpose and an index.
    pub fn of(seed: u64, purpose: u64, index: u64) -> Self {
        Self(mix(mix(mix(seed.wrapping_add(STEP)) ^ purpose.wrapping_mul(STEP))
            ^ index.wrapping_mul(0xd134_2543_de82_ef95)))
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number below `bound`; zero where `bound` is zero.
    pub fn below(&mut self, bound: u32) -> u32 {
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.below((high - low).max(0) as u32 + 1))
    }

    /// Whether something that happens `per_million` times in a million happens.
    pub fn happens(&mut self, per_million: u32) -> bool {
        self.below(1_000_000) < per_million
    }

    /// One of some things; the slice must not be empty.
    pub fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len() as u32) as usize]
    }

    /// An index drawn by weight; 0 where all weights are zero.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = self.below(total);
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// How often something with a mean of `per_thousand`/1000 happens: whole part for sure, the rest by chance, spread by one.
    pub fn count(&mut self, per_thousand: u32) -> u32 {
        let mut count = 0;
        let mut left = per_thousand;
        while left > 0 {
            // Bernoulli pieces of a quarter each give a spread near Poisson's without a logarithm.
            let piece = left.min(250);
            count += u32::from(self.below(1000) < piece);
            left -= piece;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_different_blocks_differ_and_repeat() {
        let take = |index| {
            let mut rng = Rng::of(7, 1, index);
            [rng.next(), rng.next()]
        };
        assert_eq!(take(3), take(3));
        assert_ne!(take(3), take(4));
    }

    #[test]
    fn between_reaches_both_ends_and_never_leaves_them() {
        let mut rng = Rng::of(1, 2, 3);
        let drawn: Vec<i64> = (0..200).map(|_| rng.between(-2, 2)).collect();
        assert!((-2..=2).all(|value| drawn.contains(&value)));
        assert!(drawn.iter().all(|value| (-2..=2).contains(value)));
    }
}
