//! Token buckets by key: how much one address or one account may ask.

use crate::config::Rate;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// Most keys that are remembered; beyond it, full buckets are forgotten.
const MOST: usize = 50_000;

struct Bucket {
    tokens: f64,
    at: Instant,
}

/// Buckets of one rate.
pub struct Buckets {
    rate: Rate,
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl Buckets {
    /// Empty: every key begins with a full bucket.
    pub fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes a token; otherwise the seconds until there is one.
    pub fn take(&self, key: &str, now: Instant) -> Result<(), u64> {
        let Rate { per_second, burst } = self.rate;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = |bucket: &Bucket| {
            let since = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.tokens + since * per_second).min(burst)
        };
        if buckets.len() >= MOST && !buckets.contains_key(key) {
            buckets.retain(|_, bucket| filled(bucket) < burst);
            if buckets.len() >= MOST {
                // So many that ask at once are an attack: whoever is new waits.
                return Err(1);
            }
        }
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { tokens: burst, at: now });
        *bucket = Bucket { tokens: filled(bucket), at: now };
        if bucket.tokens < 1.0 {
            return Err(((1.0 - bucket.tokens) / per_second).ceil() as u64);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_goes_through_then_the_steady_rate_holds_and_keys_do_not_share() {
        let buckets = Buckets::new(Rate { per_second: 2.0, burst: 5.0 });
        let start = Instant::now();
        assert!((0..5).all(|_| buckets.take("a", start).is_ok()));
        assert_eq!(buckets.take("a", start), Err(1));
        assert_eq!(buckets.take("b", start), Ok(()));
        let later = start + Duration::from_secs(1);
        assert_eq!([(); 3].map(|()| buckets.take("a", later).is_ok()), [true, true, false]);
        let much_later = start + Duration::from_secs(1000);
        assert_eq!(
            (0..9).filter(|_| buckets.take("a", much_later).is_ok()).count(),
            5,
            "never more than the burst"
        );
    }

    #[test]
    fn an_attack_with_many_keys_does_not_fill_the_memory() {
        let buckets = Buckets::new(Rate { per_second: 0.001, burst: 1.0 });
        let now = Instant::now();
        let through = (0..MOST + 100).filter(|key| buckets.take(&key.to_string(), now).is_ok()).count();
        assert_eq!(through, MOST);
    }
}
