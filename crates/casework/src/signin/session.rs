//! Sessions: a random token of which only a digest is stored, ends by idleness and by age, and a token against forged requests.

use super::same;
use mingcha_model::cert::{DigestKey, hex, sm3_hex};
use zeroize::Zeroizing;

/// When sessions end; times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPolicy {
    /// After so long without a request.
    pub idle: i64,
    /// After so long whatever happens.
    pub most: i64,
}

impl Default for SessionPolicy {
    /// 30 minutes of idleness, a working day of 12 hours.
    fn default() -> Self {
        Self { idle: 1_800, most: 43_200 }
    }
}

/// Times of a session, in seconds of the store's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Sign-in.
    pub made: i64,
    /// Last request.
    pub seen: i64,
}

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It goes on, until then if nothing is asked.
    Alive {
        /// When it ends without another request.
        until: i64,
    },
    /// It ended by idleness.
    Idle,
    /// It ended by age.
    Old,
    /// Its account was disabled, or signed out everywhere, after it was made.
    Revoked,
}

impl Times {
    /// How the session stands now. `valid_from` is when the account's sessions were last ended all at once, by disabling it, a new
    /// password or a changed role; a session made in the same second does not live on.
    pub fn standing(self, policy: &SessionPolicy, valid_from: Option<i64>, now: i64) -> Standing {
        let (idle, old) = (self.seen.saturating_add(policy.idle), self.made.saturating_add(policy.most));
        if valid_from.is_some_and(|from| self.made <= from) {
            Standing::Revoked
        } else if now >= old || now < self.made {
            Standing::Old
        } else if now >= idle {
            Standing::Idle
        } else {
            Standing::Alive { until: idle.min(old) }
        }
    }
}

/// What the browser holds: 256 random bits. It has no `Debug` and no `Display`.
pub struct SessionToken(Zeroizing<[u8; 32]>);

/// What a form or script sends along, derived from the session's token: a page of another origin cannot know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsrfToken(String);

impl SessionToken {
    /// A new token; `None` where the system gave no randomness.
    pub fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// Reads what the cookie says: 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 64 || !text.bytes().all(digit) {
            return None;
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// What the cookie says.
    pub fn cookie(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(self.0.as_slice()))
    }

    /// What the store keeps: the SM3 of the token. 256 random bits need no salt, and a stolen table opens no session.
    pub fn digest(&self) -> String {
        sm3_hex(self.0.as_slice())
    }

    /// The token against forged requests.
    pub fn csrf(&self) -> CsrfToken {
        CsrfToken(DigestKey::new(*self.0).digest("csrf"))
    }
}

impl CsrfToken {
    /// The token as text, for the page.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a request carries it, in constant time.
    pub fn fits(&self, sent: &str) -> bool {
        same(&self.0, sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_is_known_by_its_digest_and_its_page() {
        let (one, other) = (SessionToken::random().expect("random"), SessionToken::random().expect("random"));
        let read = SessionToken::parse(&one.cookie()).expect("its own form");
        assert_eq!((read.digest(), read.csrf()), (one.digest(), one.csrf()));
        assert_ne!(one.digest(), other.digest());
        assert!(one.csrf().fits(one.csrf().as_str()));
        assert!(!one.csrf().fits(other.csrf().as_str()) && !one.csrf().fits(""));
        assert!(!one.csrf().as_str().contains(one.cookie().as_str()) && one.digest() != *one.cookie());
        for wrong in
            [one.cookie().to_uppercase(), one.cookie()[1..].to_owned(), String::new(), "é".repeat(32)]
        {
            assert!(SessionToken::parse(&wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_session_ends_at_its_second() {
        let policy = SessionPolicy { idle: 10, most: 25 };
        let times = |seen| Times { made: 100, seen };
        assert_eq!(times(100).standing(&policy, None, 109), Standing::Alive { until: 110 });
        assert_eq!(times(100).standing(&policy, None, 110), Standing::Idle);
        assert_eq!(times(120).standing(&policy, None, 124), Standing::Alive { until: 125 });
        assert_eq!(times(124).standing(&policy, None, 125), Standing::Old);
        assert_eq!(times(100).standing(&policy, Some(100), 101), Standing::Revoked);
        assert_eq!(times(100).standing(&policy, Some(99), 101), Standing::Alive { until: 110 });
        assert_eq!(times(100).standing(&policy, None, 99), Standing::Old, "a clock that was set back");
    }

    proptest! {
        #[test]
        fn no_request_keeps_a_session_beyond_its_age(gaps in prop::collection::vec(0_i64..1_700, 1..100)) {
            let policy = SessionPolicy::default();
            let (mut times, mut now) = (Times { made: 0, seen: 0 }, 0);
            for gap in gaps {
                now += gap;
                match times.standing(&policy, None, now) {
                    Standing::Alive { until } => {
                        prop_assert!(now < policy.most && until <= policy.most && until > now);
                        times.seen = now;
                    }
                    standing => prop_assert!(now >= policy.most && standing == Standing::Old),
                }
            }
        }
    }
}
