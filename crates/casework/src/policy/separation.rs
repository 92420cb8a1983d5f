//! Three administrators, three people (三员分立, GB/T 22239-2019): checked by person, not by account, when a user is made or changed.

use crate::facts::Role;
use std::collections::BTreeSet;

/// The roles that one person has over all accounts, enabled or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Roles.
    pub roles: BTreeSet<Role>,
}

/// Why a person may not have a role as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeparationError {
    /// Two of the three administrators would be one person.
    #[error("{}与{}不得由同一人担任", .0.title(), .1.title())]
    TwoAdministrators(Role, Role),
    /// An administrator would handle matters.
    #[error("{}不得兼任{}：管理员不办理业务", .0.title(), .1.title())]
    HandlesMatters(Role, Role),
}

/// Whether the role is one of the three.
pub(super) fn administers(role: Role) -> bool {
    matches!(role, Role::Auditor | Role::SecurityAdministrator | Role::SystemAdministrator)
}

/// Checks that a person with these duties may take another role. The store looks the duties up by a key of the person, such as the
/// keyed digest of the certificate number, in the transaction that makes the account.
pub fn separate(duties: &Duties, role: Role) -> Result<(), SeparationError> {
    for &held in &duties.roles {
        match (administers(held), administers(role)) {
            (true, true) if held != role => return Err(SeparationError::TwoAdministrators(held, role)),
            (true, false) => return Err(SeparationError::HandlesMatters(held, role)),
            (false, true) => return Err(SeparationError::HandlesMatters(role, held)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Word as _;

    #[test]
    fn no_pair_of_roles_joins_an_administrator_with_anything_else() {
        for &(held, ..) in Role::ALL {
            for &(role, ..) in Role::ALL {
                let duties = Duties { roles: BTreeSet::from([held]) };
                let together = separate(&duties, role).is_ok();
                let apart = administers(held) || administers(role);
                assert_eq!(together, held == role || !apart, "{held:?} {role:?}");
            }
        }
        assert_eq!(separate(&Duties::default(), Role::Auditor), Ok(()));
    }
}
