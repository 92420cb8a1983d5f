//! Sign-in as pure values: passwords, one-time codes, lock-out and sessions. The caller gives the time and keeps the state.
//!
//! GB/T 22239-2019 asks level 3 systems for two factors, one of them cryptographic, for a limit of failed attempts, and for sessions
//! that end.

mod lockout;
mod password;
mod session;
mod totp;

pub use lockout::{Lockout, LockoutPolicy};
pub use password::{Cost, PasswordError, Passwords, RuleError, check_rules};
pub use session::{CsrfToken, SessionPolicy, SessionToken, Standing, Times};
pub use totp::{TotpError, TotpSecret, unix};

use subtle::ConstantTimeEq as _;

/// Whether two texts are equal, in a time that depends on their lengths alone.
fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
