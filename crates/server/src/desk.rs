//! The desk that people sign in at: passwords hashed beside the requests, codes sealed under a ring of their own, persons as keyed digests.

use mingcha_casework::{
    signin::{PasswordError, Passwords, RuleError, TotpSecret, check_rules},
    store::sign_in_keys::SealedFactor,
    vault::{Datum, Held, OpenError, RingError, SignIn, Token, Vault},
};
use std::{sync::Arc, thread};
use tokio::{sync::Semaphore, task};

/// Passwords, codes and the ring that they are sealed under.
pub struct Desk {
    passwords: Arc<Passwords>,
    ring: Held<SignIn>,
    /// Each hash takes memory and a core, so only so many are made at once.
    gate: Semaphore,
}

/// What goes wrong at the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The password breaks a rule.
    #[error("{0}")]
    Rule(#[from] RuleError),
    /// A password could not be hashed.
    #[error("{0}")]
    Password(#[from] PasswordError),
    /// The ring cannot be read.
    #[error("{0}")]
    Ring(#[from] RingError),
    /// A sealed code cannot be opened.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// The hashing thread is gone.
    #[error("no thread to hash on")]
    Thread,
}

impl Desk {
    /// Opens with its ring.
    pub fn new(passwords: Passwords, ring: Held<SignIn>) -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { passwords: Arc::new(passwords), ring, gate: Semaphore::new(cores) }
    }

    /// The stored form of a new password that keeps the rules.
    pub async fn hash(&self, account: &str, password: String) -> Result<String, DeskError> {
        check_rules(account, &password)?;
        self.renewed(password).await
    }

    /// Whether a stored password was hashed at another cost than today's.
    pub fn is_outdated(&self, stored: &str) -> bool {
        self.passwords.is_outdated(stored)
    }

    /// The stored form of a password that is known to be right, at today's cost.
    pub async fn renewed(&self, password: String) -> Result<String, DeskError> {
        let _turn = self.gate.acquire().await.map_err(|_| DeskError::Thread)?;
        let passwords = Arc::clone(&self.passwords);
        let hashed = task::spawn_blocking(move || passwords.hash(&password)).await;
        Ok(hashed.map_err(|_| DeskError::Thread)??)
    }

    /// Whether a password is the stored one; takes as long where there is none.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, DeskError> {
        let _turn = self.gate.acquire().await.map_err(|_| DeskError::Thread)?;
        let passwords = Arc::clone(&self.passwords);
        let verified = task::spawn_blocking(move || passwords.verify(&password, stored.as_deref())).await;
        verified.map_err(|_| DeskError::Thread)
    }

    /// The secret of an account's codes, sealed so that it opens for this account alone; under the key that the store says is current, or the
    /// ring's own where it says none.
    pub fn seal(&self, key: Option<&str>, account: &str, secret: &TotpSecret) -> Result<String, DeskError> {
        let vault = self.vault_with(key)?;
        let token = Token::random()?;
        let value = format!("{account} {}", *secret.base32());
        let key = key.unwrap_or(vault.current());
        let sealed = vault.seal_under(key, &token, Datum::Other, &value)?;
        Ok(SealedFactor { token, sealed }.text())
    }

    /// The secret that was sealed for the account; `None` where it was sealed for another, or changed.
    pub fn open(&self, account: &str, sealed: &str) -> Option<TotpSecret> {
        let SealedFactor { token, sealed } = SealedFactor::parse(sealed)?;
        let vault = self.vault_with(sealed.key_id()).ok()?;
        let opened = vault.open_secret(&token, Datum::Other, &sealed).ok()?;
        TotpSecret::parse(opened.expose().strip_prefix(account)?.strip_prefix(' ')?)
    }

    /// The ring, read again where it lacks the key.
    pub fn vault_with(&self, key: Option<&str>) -> Result<Arc<Vault<SignIn>>, DeskError> {
        let vault = self.ring.now();
        if key.is_none_or(|key| vault.has(key)) {
            return Ok(vault);
        }
        Ok(self.ring.again()?)
    }

    /// The person behind a certificate number, as a keyed digest.
    pub fn person(&self, certno: &str) -> String {
        self.ring.now().digest(certno)
    }

    /// A keyed digest of anything else.
    pub fn digest(&self, text: &str) -> String {
        self.ring.now().digest(text)
    }

    /// Whether its key works.
    pub fn is_ready(&self) -> bool {
        TotpSecret::random().is_some_and(|secret| {
            self.seal(None, "ready", &secret).is_ok_and(|sealed| self.open("ready", &sealed).is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_casework::{
        signin::Cost,
        vault::{KeyRing, Purpose, new_ring},
    };

    fn desk() -> Desk {
        let text = new_ring(Purpose::SignIn, "k1").expect("a ring");
        let ring = KeyRing::parse(Purpose::SignIn, &text).expect("its own form");
        let passwords = Passwords::new(Cost { memory: 64, passes: 1 }).expect("a cost");
        Desk::new(passwords, Held::fixed(ring).expect("of its purpose"))
    }

    #[tokio::test]
    async fn a_code_opens_for_its_account_alone() {
        let desk = desk();
        let secret = TotpSecret::random().expect("random");
        let sealed = desk.seal(None, "li", &secret).expect("sealed");
        assert!(!sealed.contains(secret.base32().as_str()));
        assert_eq!(
            desk.open("li", &sealed).map(|open| open.base32().to_string()),
            Some(secret.base32().to_string())
        );
        assert!(desk.open("l", &sealed).is_none() && desk.open("lim", &sealed).is_none());
        assert!(desk.open("li", &sealed.replace(' ', " 00")).is_none() && desk.open("li", "").is_none());
        assert!(desk.is_ready());
        let hash = desk.hash("li", "a river of nine stones".into()).await.expect("hashed");
        assert!(desk.verify("a river of nine stones".into(), Some(hash.clone())).await.expect("verified"));
        assert!(!desk.verify("a river of ten stones".into(), Some(hash)).await.expect("verified"));
        assert!(matches!(desk.hash("li", "short".into()).await, Err(DeskError::Rule(_))));
    }
}
