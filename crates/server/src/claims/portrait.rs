//! What the lake holds of one institution or practitioner, added up: months, what the money is made of, and of an institution its stock and
//! trace codes. Nothing in it names a person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom a portrait shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Portrayed {
    /// A designated institution.
    Institution,
    /// A practitioner, by who treats and who orders.
    Practitioner,
}

impl Portrayed {
    /// As the trail names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Institution => "institution",
            Self::Practitioner => "practitioner",
        }
    }
}

/// Whose portrait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortraitQuery {
    /// What it is.
    pub kind: Portrayed,
    /// Its code.
    pub code: String,
    /// Codes of the institutions whose lines count.
    pub at: Vec<String>,
}

/// An institution or practitioner in numbers. Money is fen; refunds are taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Portrait {
    /// Month by month, the newest last; months with nothing are left out.
    pub months: Vec<PortraitMonth>,
    /// Whether there are earlier months than are shown.
    pub more: bool,
    /// First day of what `parts` and `goods` count, `2025-01-01`; they end with the newest month. Empty where there is nothing.
    pub from: String,
    /// What the money is made of, by each column the most first, at most 20 of each.
    pub parts: Vec<PortraitPart>,
    /// Drugs, items and consumables, the most money first, at most 20.
    pub goods: Vec<PortraitGood>,
    /// How many different ones there are in all.
    pub goods_all: u64,
    /// Stock; nothing for a practitioner.
    pub stock: Option<PortraitStock>,
    /// Trace codes; nothing for a practitioner.
    pub traces: Option<PortraitTraces>,
}

/// A month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortraitMonth {
    /// The month, `2025-01`.
    pub month: String,
    /// Outpatient visits and the like that began in it.
    pub visits: u64,
    /// Stays that began in it.
    pub stays: u64,
    /// Purchases at a pharmacy.
    pub purchases: u64,
    /// People of those.
    pub people: u64,
    /// What was settled in it in all.
    pub fee: i64,
    /// What the fund paid of it.
    pub fund: i64,
}

/// A share of the money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortraitPart {
    /// The column that it is counted by: `med_type` and `insutype` of settlements; `list_type`, `med_chrgitm_type` and `bilg_dept_codg` of
    /// fee lines.
    pub by: String,
    /// The code, empty where a row has none.
    pub code: String,
    /// Its Chinese name, or the code again.
    pub title: String,
    /// Settlements or fee lines.
    pub count: u64,
    /// Their money.
    pub amount: i64,
}

/// A drug, item or consumable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortraitGood {
    /// National code.
    pub code: String,
    /// What the institution calls it.
    pub name: String,
    /// Chinese name of its kind.
    pub kind: String,
    /// Fee lines.
    pub count: u64,
    /// Their money.
    pub amount: i64,
}

/// What came in and what was charged, good by good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortraitStock {
    /// Day of the first change of stock, since which both are counted; empty where there is none of the institution.
    pub since: String,
    /// Goods that stock knows, and drugs that were charged since then without ever coming in.
    pub goods: u64,
    /// Of them those of which more was charged than came in.
    pub short: u64,
    /// Those with the most charged beyond what came in first, at most 20.
    pub lines: Vec<StockLine>,
}

/// A good in stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StockLine {
    /// National code.
    pub code: String,
    /// What the institution calls it; empty where it was never charged.
    pub name: String,
    /// What came in less what went out otherwise than by a sale, ten-thousandths of a unit.
    pub received: i64,
    /// What fee lines charged, ten-thousandths of a unit.
    pub charged: i64,
}

/// Trace codes of an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortraitTraces {
    /// Purchases.
    pub purchases: u64,
    /// Sales.
    pub sales: u64,
    /// Returns.
    pub returns: u64,
    /// Codes of unopened packs that it sold and that were sold more often than they came back, wherever that was.
    pub twice: u64,
    /// Those sold most often first, at most 20.
    pub codes: Vec<TracedTwice>,
}

/// A trace code that was sold more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TracedTwice {
    /// The trace code.
    pub code: String,
    /// National code of the good.
    pub good: String,
    /// Sales everywhere.
    pub sales: u64,
    /// Returns everywhere.
    pub returns: u64,
    /// Institutions that sold it.
    pub places: u64,
    /// People who bought it.
    pub people: u64,
    /// Day of the first sale.
    pub first: String,
    /// Day of the last sale.
    pub last: String,
}
