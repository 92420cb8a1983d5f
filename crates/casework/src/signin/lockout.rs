//! Lock-out after failed sign-ins as a pure function of how many there were and when the last one was.

/// How failures lock an account or an address; times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// Failures in a row that are free.
    pub free: u32,
    /// How long the first failure beyond them locks; each further one doubles it.
    pub first: i64,
    /// The longest lock. Never for good: else whoever knows the names locks everybody out.
    pub most: i64,
    /// After so long without a failure they are forgotten.
    pub forget: i64,
}

impl Default for LockoutPolicy {
    /// Five, then 15 minutes, doubling up to a day, forgotten after a day.
    fn default() -> Self {
        Self { free: 5, first: 900, most: 86_400, forget: 86_400 }
    }
}

/// Failures in a row, as they are stored; times in seconds of the store's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    /// How many.
    pub failures: u32,
    /// When the last one was.
    pub last: i64,
}

impl Lockout {
    /// Until when sign-in is refused, without looking at the password; `None` where it is open now.
    pub fn locked_until(self, policy: &LockoutPolicy, now: i64) -> Option<i64> {
        let over = self.failures.checked_sub(policy.free)?;
        let doubled = policy.first.saturating_mul(1_i64.checked_shl(over.min(40)).unwrap_or(i64::MAX));
        let until = self.last.saturating_add(doubled.min(policy.most));
        (now < until).then_some(until)
    }

    /// After one more failure.
    #[must_use]
    pub fn failed(self, policy: &LockoutPolicy, now: i64) -> Self {
        let forgotten = now.saturating_sub(self.last) > policy.forget;
        let failures = if forgotten { 1 } else { self.failures.saturating_add(1) };
        Self { failures, last: now.max(self.last) }
    }

    /// After a success with both factors.
    #[must_use]
    pub fn succeeded(self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn failures_beyond_the_free_ones_lock_longer_and_longer() {
        let policy = LockoutPolicy::default();
        let mut state = Lockout::default();
        let mut waits = Vec::new();
        for _ in 0..14 {
            let now = state.locked_until(&policy, state.last).unwrap_or(state.last + 1);
            state = state.failed(&policy, now);
            waits.push(state.locked_until(&policy, now).map_or(0, |until| until - now));
        }
        assert_eq!(
            waits,
            [0, 0, 0, 0, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400, 86_400, 86_400]
        );
        assert_eq!(state.succeeded().locked_until(&policy, state.last), None);
        let later = state.last + policy.forget + 1;
        assert_eq!(state.failed(&policy, later).failures, 1);
    }

    proptest! {
        #[test]
        fn a_lock_ends_and_guessing_stays_slow(times in prop::collection::vec(0_i64..400_000, 1..200)) {
            let policy = LockoutPolicy::default();
            let (mut state, mut now, mut tried) = (Lockout::default(), 0, 0_u32);
            for wait in times {
                now += wait % 4_000;
                if let Some(until) = state.locked_until(&policy, now) {
                    prop_assert!(until > now && until - now <= policy.most);
                } else {
                    tried += 1;
                    state = state.failed(&policy, now);
                }
            }
            // Each day forgets at most once: free guesses, and one for each doubling up to a day.
            let days = u32::try_from(now / policy.forget + 1).expect("a few");
            prop_assert!(tried <= days * 12 + 12, "{tried} in {days} days");
        }
    }
}
