//! Passwords: argon2id (RFC 9106) and the rules of NIST SP 800-63B: long, not common, not the account's name; no forced mixture of signs.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc,
};

/// Passwords that everybody tries, without what people hang onto them.
const COMMON: &str = include_str!("common-passwords.txt");
/// Fewest and most characters.
const LENGTH: std::ops::RangeInclusive<usize> = 12..=128;
/// Fewest different characters.
const LEAST_DIFFERENT: usize = 5;

/// Why a password may not be used. Says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Too short or too long.
    #[error("口令须为12至128个字符；建议用几个词组成一句话")]
    Length,
    /// Built around the account.
    #[error("口令不得含有账号；请换一个")]
    Account,
    /// One that everybody tries.
    #[error("口令是常见口令或其简单变形；请换一个")]
    Common,
    /// Few characters over and over, or a row of neighbours.
    #[error("口令由少数字符重复或连续排列而成；请换一个")]
    Simple,
}

/// Checks a new password of an account.
pub fn check_rules(account: &str, password: &str) -> Result<(), RuleError> {
    let lower = password.to_lowercase();
    let chars: Vec<char> = lower.chars().collect();
    if !LENGTH.contains(&chars.len()) {
        return Err(RuleError::Length);
    }
    let account = account.trim().to_lowercase();
    if account.chars().count() >= 3 && lower.contains(&account) {
        return Err(RuleError::Account);
    }
    if is_common(&lower) {
        return Err(RuleError::Common);
    }
    let different: std::collections::BTreeSet<char> = chars.iter().copied().collect();
    if different.len() < LEAST_DIFFERENT || is_row(&chars) {
        return Err(RuleError::Simple);
    }
    Ok(())
}

/// Whether nothing but digits and signs, or itself again, is hung onto a common password.
fn is_common(lower: &str) -> bool {
    let plain = lower.replace('@', "a").replace('$', "s");
    let forms = [lower, plain.as_str()];
    COMMON.lines().filter(|common| !common.is_empty()).any(|common| {
        forms.iter().any(|form| {
            let rest = form.replace(common, "");
            rest.len() < form.len() && rest.chars().all(|c| !c.is_alphabetic())
        })
    })
}

/// Whether nearly every character is the neighbour of the one before it, up or down.
fn is_row(chars: &[char]) -> bool {
    let neighbours = chars.windows(2).filter(|pair| u32::from(pair[0]).abs_diff(u32::from(pair[1])) <= 1);
    neighbours.count() * 4 >= (chars.len() - 1) * 3
}

/// What a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// 64 MiB in three passes, as RFC 9106, 4 recommends second, in one lane: a server has other work for its cores.
    fn default() -> Self {
        Self { memory: 64 * 1024, passes: 3 }
    }
}

/// Why a password is not hashed or verified. Says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// The cost is out of bounds.
    #[error("the cost of password hashes is out of bounds: 8 KiB or more, one pass or more")]
    Cost,
    /// The system gave no randomness.
    #[error("the operating system gave no randomness")]
    Random,
    /// It could not be hashed.
    #[error("the password cannot be hashed")]
    Hash,
}

/// Hashes and verifies passwords.
#[derive(Debug)]
pub struct Passwords {
    argon2: Argon2<'static>,
    cost: Cost,
    nobody: String,
}

impl Passwords {
    /// Hashes at that cost.
    pub fn new(cost: Cost) -> Result<Self, PasswordError> {
        let params = Params::new(cost.memory, cost.passes, 1, Some(32)).map_err(|_| PasswordError::Cost)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut made = Self { argon2, cost, nobody: String::new() };
        made.nobody = made.hash("nobody's password")?;
        Ok(made)
    }

    /// The hash to store, with its salt and cost (PHC string).
    pub fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(|_| PasswordError::Random)?;
        let hash: phc::PasswordHash = self
            .argon2
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|_| PasswordError::Hash)?;
        Ok(hash.to_string())
    }

    /// Whether a password is the one of a stored hash. Without a stored hash, or with a broken one, it takes as long and says no, so that
    /// nobody learns which accounts exist.
    pub fn verify(&self, password: &str, stored: Option<&str>) -> bool {
        let known = stored.and_then(|stored| phc::PasswordHash::new(stored).ok());
        let is_known = known.is_some();
        let hash = known.or_else(|| phc::PasswordHash::new(&self.nobody).ok());
        let same = hash.is_some_and(|hash| self.argon2.verify_password(password.as_bytes(), &hash).is_ok());
        same && is_known
    }

    /// Whether a stored hash was made at another cost and is to be made anew at the next sign-in.
    pub fn is_outdated(&self, stored: &str) -> bool {
        let params = phc::PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok());
        params.is_none_or(|params| (params.m_cost(), params.t_cost()) != (self.cost.memory, self.cost.passes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_refuse_what_is_guessed_first() {
        let cases = [
            ("short", RuleError::Length),
            ("十个汉字的一个口令吧", RuleError::Length),
            ("xLi.Handler99-tail", RuleError::Account),
            ("Password2026!!", RuleError::Common),
            ("p@$$word-2026-01", RuleError::Common),
            ("1qaz2wsx3edc!", RuleError::Common),
            ("aabbaabbaabbaabb", RuleError::Simple),
            ("abcdefghijklmn", RuleError::Simple),
            ("9876543210987", RuleError::Common),
        ];
        for (password, error) in cases {
            assert_eq!(check_rules("li.handler99", password), Err(error), "{password}");
        }
        for good in ["corner lamp seven rivers", "三月的风吹过北边的旧桥头", "Kx7#mQ2!vT9z"] {
            assert_eq!(check_rules("li.handler99", good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_hash_knows_its_password_alone() {
        let passwords = Passwords::new(Cost { memory: 64, passes: 1 }).expect("a cost");
        let (one, two) = (passwords.hash("corner lamp"), passwords.hash("corner lamp"));
        let (one, two) = (one.expect("hashed"), two.expect("hashed"));
        assert!(one.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{one}");
        assert_ne!(one, two, "each has its own salt");
        assert!(passwords.verify("corner lamp", Some(&one)));
        assert!(!passwords.verify("corner lamps", Some(&one)));
        assert!(!passwords.verify("nobody's password", None), "nobody signs in as nobody");
        assert!(!passwords.verify("", Some("broken")));
        assert!(!passwords.is_outdated(&one));
        let dearer = Passwords::new(Cost { memory: 128, passes: 1 }).expect("a cost");
        assert!(dearer.is_outdated(&one) && dearer.is_outdated("broken"));
        assert!(dearer.verify("corner lamp", Some(&one)), "an old hash still opens");
        assert!(Passwords::new(Cost { memory: 1, passes: 1 }).is_err());
    }
}
