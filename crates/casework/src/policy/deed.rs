//! What is asked as a type, and the proof that policy allowed it: store methods take `Authorized<Read>`, and only policy makes one.

use super::{Actor, Filter, Installation, Matter, Organisation, words::Action};

/// What can be asked about, closed: a matter, an organisation, the installation.
pub trait Target: sealed::Target {}
impl Target for Matter {}
impl Target for Organisation {}
impl Target for Installation {}

/// Something that can be asked, closed: the types of this module.
pub trait Deed: Clone + sealed::Deed {
    /// What it is done to.
    type On: Target;

    /// Its action.
    fn action(&self) -> Action;

    /// Id of the act of a machine, where it is one.
    fn act(&self) -> Option<&str> {
        None
    }

    /// The stated purpose, where one is needed.
    fn purpose(&self) -> Option<&str> {
        None
    }
}

pub(super) mod sealed {
    use super::super::{
        attribute::{self, Column},
        entity::Asked,
        subject::{Installation, Matter, Organisation},
    };
    use crate::words::Word as _;

    pub trait Deed {}

    pub trait Target {
        /// Whether it is a matter, which administrators do not touch.
        const MATTER: bool = false;
        /// As the trail names it.
        fn kind(&self) -> &'static str;
        fn id(&self) -> &str;
        fn asked(&self) -> Asked;
        fn recused(&self, _account: &str) -> bool {
            false
        }
    }

    impl Target for Matter {
        const MATTER: bool = true;

        fn kind(&self) -> &'static str {
            self.kind.name()
        }
        fn id(&self) -> &str {
            &self.id
        }
        fn asked(&self) -> Asked {
            let attributes = Column::ALL.iter().map(|(column, name, _)| (*name, column.of(self))).collect();
            Asked { kind: "Matter", id: self.id.clone(), attributes }
        }
        fn recused(&self, account: &str) -> bool {
            self.recused.contains(account)
        }
    }

    impl Target for Organisation {
        fn kind(&self) -> &'static str {
            "organisation"
        }
        fn id(&self) -> &str {
            &self.code
        }
        fn asked(&self) -> Asked {
            let attributes = attribute::organisation(self);
            Asked { kind: "Organisation", id: self.code.clone(), attributes }
        }
    }

    impl Target for Installation {
        fn kind(&self) -> &'static str {
            "installation"
        }
        fn id(&self) -> &str {
            &self.region
        }
        fn asked(&self) -> Asked {
            let attributes = attribute::installation(self);
            Asked { kind: "Installation", id: self.region.clone(), attributes }
        }
    }
}

/// Declares a deed without data.
macro_rules! deeds {
    ($($type:ident on $on:ident;)*) => {$(
        #[doc = concat!("Asks for [`Action::", stringify!($type), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $type;
        impl sealed::Deed for $type {}
        impl Deed for $type {
            type On = $on;
            fn action(&self) -> Action {
                Action::$type
            }
        }
    )*};
}

deeds! {
    Read on Matter;
    List on Matter;
    Search on Matter;
    Graph on Matter;
    Count on Matter;
    Export on Matter;
    Create on Matter;
    ApproveBulkExport on Organisation;
    ManageUsers on Organisation;
    GiveCommission on Organisation;
    DeliverData on Organisation;
    ReadDeliveries on Organisation;
    ManagePolicies on Installation;
    ManageParameters on Installation;
    ReadAudit on Installation;
    VerifyAudit on Installation;
    Backup on Installation;
    Configure on Installation;
    ReadData on Installation;
    ManageData on Installation;
}

/// Asks to do an act of the matter's machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Id of the act, such as `add_evidence`.
    pub id: String,
}
impl sealed::Deed for Act {}
impl Deed for Act {
    type On = Matter;
    fn action(&self) -> Action {
        Action::Act
    }
    fn act(&self) -> Option<&str> {
        Some(&self.id)
    }
}

/// Asks to open personal data of the matter (personal information protection law, articles 28 and 34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPersonalData {
    /// What for; must say something.
    pub purpose: String,
}
impl sealed::Deed for OpenPersonalData {}
impl Deed for OpenPersonalData {
    type On = Matter;
    fn action(&self) -> Action {
        Action::OpenPersonalData
    }
    fn purpose(&self) -> Option<&str> {
        Some(&self.purpose)
    }
}

/// Asks to meet the people of the matter with what other departments delivered (personal information protection law, articles 13 and 34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchData {
    /// Why; must say something.
    pub purpose: String,
}
impl sealed::Deed for MatchData {}
impl Deed for MatchData {
    type On = Matter;
    fn action(&self) -> Action {
        Action::MatchData
    }
    fn purpose(&self) -> Option<&str> {
        Some(&self.purpose)
    }
}

/// Asks to open who informed (regulation 735, article 35).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInformant {
    /// What for; must say something.
    pub purpose: String,
}
impl sealed::Deed for OpenInformant {}
impl Deed for OpenInformant {
    type On = Matter;
    fn action(&self) -> Action {
        Action::OpenInformant
    }
    fn purpose(&self) -> Option<&str> {
        Some(&self.purpose)
    }
}

/// The proof that policy allowed a deed on one thing. Nothing outside policy makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorized<D> {
    actor: Actor,
    deed: D,
    kind: &'static str,
    id: String,
}

impl<D: Deed> Authorized<D> {
    pub(super) fn new(actor: &Actor, deed: D, on: &D::On) -> Self {
        let (kind, id) = (sealed::Target::kind(on), sealed::Target::id(on).to_owned());
        Self { actor: actor.clone(), deed, kind, id }
    }

    /// Who was allowed.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What was allowed.
    pub fn deed(&self) -> &D {
        &self.deed
    }

    /// Kind of the thing that it was allowed on, as the trail names it.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Id of the thing; of an installation its region.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether this proof is about that thing: what a store method asks before it touches it.
    pub fn is_for(&self, on: &D::On) -> bool {
        (self.kind, self.id.as_str()) == (sealed::Target::kind(on), sealed::Target::id(on))
    }
}

/// The proof of what a list, count, search, graph or export may cover. Nothing outside policy makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope<D> {
    actor: Actor,
    deed: D,
    filter: Filter,
}

impl<D: Deed> Scope<D> {
    pub(super) fn new(actor: &Actor, deed: D, filter: Filter) -> Self {
        Self { actor: actor.clone(), deed, filter }
    }

    /// Who was allowed.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// What was allowed.
    pub fn deed(&self) -> &D {
        &self.deed
    }

    /// Which matters it covers.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }
}
