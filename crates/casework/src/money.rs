//! Four kinds of money that are never added together: returned, fined, agreement damages, refused. Each goes to its own account.

use crate::words::words;
use mingcha_model::Fen;
use serde::{Deserialize, Serialize};

words! {
    /// The kinds.
    pub enum MoneyKind {
        /// What the fund gets back.
        Returned = "returned", "退回基金";
        /// A penalty.
        Fined = "fined", "罚款";
        /// What the agreement asks for its breach.
        AgreementDamages = "agreement_damages", "违约金";
        /// What the agency did not pay.
        Refused = "refused", "拒付";
    }
}

words! {
    /// Where a kind of money goes.
    pub enum Account {
        /// The fund's own account at the treasury.
        Fund = "fund", "原医疗保障基金财政专户";
        /// The treasury.
        Treasury = "treasury", "国库";
        /// What the agreement names.
        Agreement = "agreement", "协议约定账户";
        /// Nowhere: it was never paid.
        Unpaid = "unpaid", "未支付";
    }
}

impl MoneyKind {
    /// Where it goes (regulation, article 45, and the agreement).
    pub fn account(self) -> Account {
        match self {
            Self::Returned => Account::Fund,
            Self::Fined => Account::Treasury,
            Self::AgreementDamages => Account::Agreement,
            Self::Refused => Account::Unpaid,
        }
    }
}

/// Declares a kind of money: it adds to its like and to nothing else.
macro_rules! kind {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub Fen);

        impl $type {
            /// The kind.
            pub const KIND: MoneyKind = MoneyKind::$type;
        }

        impl std::ops::Add for $type {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl std::iter::Sum for $type {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::default(), std::ops::Add::add)
            }
        }
    };
}

kind!(
    /// What the fund gets back.
    Returned
);
kind!(
    /// A penalty.
    Fined
);
kind!(
    /// What the agreement asks for its breach.
    AgreementDamages
);
kind!(
    /// What the agency did not pay.
    Refused
);

/// The four side by side. There is no total of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// Returned to the fund.
    pub returned: Returned,
    /// Fined.
    pub fined: Fined,
    /// Damages of the agreement.
    pub damages: AgreementDamages,
    /// Not paid.
    pub refused: Refused,
}

impl std::ops::Add for Amounts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            returned: self.returned + other.returned,
            fined: self.fined + other.fined,
            damages: self.damages + other.damages,
            refused: self.refused + other.refused,
        }
    }
}
