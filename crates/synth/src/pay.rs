//! Who pays what: self-pay parts of a line, then deductible, ratio, ceiling, further schemes, medical aid and account of a settlement.
//!
//! Every amount is fen, and every settlement balances to the fen.

use crate::{
    catalogue::FEN,
    history::{Encounter, Fee, amount},
    person::Person,
    world::{Level, World},
};
use mingcha_model::Fen;

/// The parts of one fee line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Above the ceiling, paid by the person.
    pub over: Fen,
    /// Outside the catalogue, paid by the person.
    pub own: Fen,
    /// First share of class 乙, paid by the person.
    pub first: Fen,
    /// What the schemes share in.
    pub scope: Fen,
}

/// The parts of a line: class 丙 is own, class 乙 a tenth first, all above the ceiling over.
pub fn parts(world: &World, fee: &Fee) -> Parts {
    let lv = world.catalogue.good(fee.good).lv;
    if lv == "03" {
        return Parts { own: fee.amount, ..Parts::default() };
    }
    let excess = if fee.hides_excess { 0 } else { (fee.pric - fee.ceiling).max(0) / FEN * FEN };
    let over = amount(fee.cnt, excess);
    let rest = fee.amount - over;
    let first = if lv == "02" { rest.share(10, 100) } else { Fen::ZERO };
    Parts { over, own: Fen::ZERO, first, scope: rest - first }
}

/// The amounts of one settlement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// All that was charged.
    pub total: Fen,
    /// Sums of the lines' parts.
    pub parts: Parts,
    /// Deductible applied.
    pub deductible: Fen,
    /// Pooled fund.
    pub pool: Fen,
    /// Civil servants' scheme.
    pub servant: Fen,
    /// Residents' serious illness insurance.
    pub serious: Fen,
    /// Employees' large sums.
    pub large: Fen,
    /// Medical aid.
    pub aid: Fen,
    /// All funds together.
    pub fund: Fen,
    /// Individual account.
    pub account: Fen,
    /// Cash.
    pub cash: Fen,
}

/// What a person has used up so far in the year.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    stays: u32,
    outpatient_deductible: i64,
    outpatient_pool: i64,
    chronic_pool: i64,
    pool: i64,
    burden: i64,
    account: i64,
}

impl Year {
    /// The beginning of a person's year, with what the account holds.
    pub fn begin(person: &Person) -> Self {
        let account = if person.employee { 40_000 + (person.number % 97) as i64 * 3_000 } else { 0 };
        Self {
            stays: 0,
            outpatient_deductible: 0,
            outpatient_pool: 0,
            chronic_pool: 0,
            pool: 0,
            burden: 0,
            account,
        }
    }

    /// Settles an encounter and moves the year on.
    pub fn settle(&mut self, world: &World, person: &Person, encounter: &Encounter) -> Bill {
        let mut bill = Bill::default();
        for fee in &encounter.fees {
            let parts = parts(world, fee);
            bill.total += fee.amount;
            bill.parts.over += parts.over;
            bill.parts.own += parts.own;
            bill.parts.first += parts.first;
            bill.parts.scope += parts.scope;
        }
        self.share(world, person, encounter, &mut bill);
        bill.total += encounter.padded_total;
        let funds: Fen = [bill.pool, bill.servant, bill.serious, bill.large, bill.aid].into_iter().sum();
        bill.fund = funds + encounter.padded_fund;
        let left = bill.total - bill.fund;
        bill.account = Fen(left.0.min(self.account).max(0));
        self.account -= bill.account.0;
        bill.cash = left - bill.account;
        bill
    }

    fn share(&mut self, world: &World, person: &Person, encounter: &Encounter, bill: &mut Bill) {
        let scope = bill.parts.scope.0.max(0);
        let level = world.inst(encounter.inst).level;
        if encounter.med_type == "41" && encounter.diagnoses.is_empty() {
            return;
        }
        let deductible = self.deductible(person, encounter, level, scope);
        bill.deductible = Fen(deductible);
        let base = scope - deductible;
        let want = base * ratio(person, encounter, level) / 100;
        let pool = want.min(self.room(person, encounter)).max(0);
        bill.pool = Fen(pool);
        self.use_up(encounter, pool);
        let mut left = base - pool;
        let mut grant = |share: i64| {
            let paid = left * share / 100;
            left -= paid;
            Fen(paid)
        };
        if person.employee {
            bill.large = if want > pool && encounter.is_stay() { grant(70) } else { Fen::ZERO };
            bill.servant = if person.psn_type == "1102" { grant(40) } else { Fen::ZERO };
        } else {
            self.burden += left;
            bill.serious = if self.burden > 1_500_000 && encounter.is_stay() {
                Fen(left.min(self.burden - 1_500_000) * 60 / 100)
            } else {
                Fen::ZERO
            };
            left -= bill.serious.0;
        }
        if !person.hardship.is_empty() {
            bill.aid = Fen(left * if person.hardship == "031" { 90 } else { 70 } / 100);
        }
    }

    fn deductible(&mut self, person: &Person, encounter: &Encounter, level: Level, scope: i64) -> i64 {
        if encounter.is_stay() {
            let full = match (level, person.employee) {
                (Level::Tertiary, true) => 90_000,
                (Level::Tertiary, false) => 80_000,
                (Level::Secondary, true) => 50_000,
                (Level::Secondary, false) => 40_000,
                (_, true) => 20_000,
                (_, false) => 15_000,
            };
            self.stays += 1;
            return scope.min(if self.stays > 1 { full / 2 } else { full });
        }
        let yearly = if person.employee { 30_000 } else { 10_000 };
        let due = (yearly - self.outpatient_deductible).max(0).min(scope);
        self.outpatient_deductible += due;
        due
    }

    /// What the pooled fund may still pay this year.
    fn room(&self, person: &Person, encounter: &Encounter) -> i64 {
        let year = if person.employee { 30_000_000 } else { 15_000_000 } - self.pool;
        let dialysis = encounter.operations.is_empty()
            && encounter.fees.len() > 3
            && encounter.end - encounter.begin > 4 * 3600;
        match encounter.med_type {
            "11" | "41" | "51" => {
                year.min(if person.employee { 300_000 } else { 40_000 } - self.outpatient_pool)
            }
            "14" | "1105" if !dialysis => {
                year.min(if person.employee { 600_000 } else { 300_000 } - self.chronic_pool)
            }
            _ => year,
        }
    }

    fn use_up(&mut self, encounter: &Encounter, pool: i64) {
        self.pool += pool;
        match encounter.med_type {
            "11" | "41" | "51" => self.outpatient_pool += pool,
            "14" | "1105" => self.chronic_pool += pool,
            _ => {}
        }
    }
}

/// Share of the pooled fund in percent.
fn ratio(person: &Person, encounter: &Encounter, level: Level) -> i64 {
    let retired = i64::from(person.psn_type.starts_with("12")) * 3;
    match (encounter.is_stay(), encounter.med_type, person.employee) {
        (true, _, true) => {
            retired
                + if level == Level::Tertiary {
                    83
                } else if level == Level::Secondary {
                    87
                } else {
                    90
                }
        }
        (true, _, false) => {
            if level == Level::Tertiary {
                60
            } else if level == Level::Secondary {
                70
            } else {
                82
            }
        }
        (false, "14" | "1105", true) => 80,
        (false, "14" | "1105", false) => 65,
        (false, _, true) => retired + if level >= Level::Secondary { 50 } else { 60 },
        (false, _, false) => {
            if level >= Level::Secondary {
                40
            } else {
                55
            }
        }
    }
}
