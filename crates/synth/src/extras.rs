//! What other departments and systems know of the same year: journeys, other benefits, invoices, trace codes and purchases of stock.

use crate::{
    SynthError,
    catalogue::Kind,
    cells::{Cells, Digits},
    history::{Encounter, History},
    pay::Bill,
    rng::mix,
    rows::Ids,
    world::{Level, World},
};
use mingcha_model::{Date, time::DAY};

/// One of this many pharmacy lines has its packs in the trace table.
const TRACED: u64 = 4;

/// A journey or another activity that another department saw.
#[derive(Clone, Copy, Debug)]
pub struct Activity {
    /// `act_type`.
    pub kind: &'static str,
    /// First day.
    pub from: i32,
    /// Last day.
    pub to: i32,
}

/// A benefit that another scheme paid.
#[derive(Clone, Copy, Debug)]
pub struct Benefit {
    /// `benefit_type`.
    pub kind: &'static str,
    /// First day.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Amount in fen.
    pub fen: i64,
}

/// Journeys during which nothing is claimed, long-term care of the demented, maternity allowance of employees.
pub fn elsewhere(history: &mut History<'_>) {
    if history.rng.happens(8000) {
        let length = history.rng.between(3, 9) as i32;
        if let Some(day) = history.find_any(length) {
            let kind = history.rng.pick(&["travel", "travel", "lodging", "work"]);
            history.activities.push(Activity { kind, from: day, to: day + length - 1 });
        }
    }
    let born = history.encounters.iter().find(|one| one.med_type == "52").map(|one| one.begin);
    if let Some(begin) = born.filter(|_| history.person.employee) {
        let from = begin.div_euclid(DAY) as i32;
        history.benefits.push(Benefit { kind: "maternity", from, to: from + 157, fen: 2_400_000 });
    }
    let (start, end) = history.person.active(history.world);
    if history.person.chronic.contains(&history.disease("dementia"))
        && start < end
        && history.rng.happens(200_000)
    {
        history.benefits.push(Benefit { kind: "long_term_care", from: start, to: end, fen: 120_000 });
    }
}

/// A row of `activity`.
pub fn activity(cells: &mut impl Cells, psn_no: &str, one: Activity) -> Result<(), SynthError> {
    cells.text(psn_no);
    cells.text(one.kind);
    cells.time(i64::from(one.from) * DAY + 9 * 3600);
    cells.time(i64::from(one.to) * DAY + 18 * 3600);
    cells.text(Digits::new("9903", one.from as u64 % 9 + 1, 2).as_str());
    cells.text("合成来源");
    cells.end()
}

/// A row of `benefit`.
pub fn benefit(cells: &mut impl Cells, psn_no: &str, employer: u32, one: Benefit) -> Result<(), SynthError> {
    cells.text(psn_no);
    cells.text(one.kind);
    cells.date(Date(one.from));
    cells.date(Date(one.to));
    cells.fixed(one.fen, 2);
    if employer == 0 {
        cells.null();
    } else {
        cells.text(Digits::new("E", u64::from(employer), 8).as_str());
    }
    cells.text("合成来源");
    cells.end()
}

/// The number of a settlement's invoice.
pub fn invoice_number(bill: Digits) -> Digits {
    Digits::new("99", bill.as_str().parse().unwrap_or_default(), 18)
}

/// A row of `invoice` for a stay.
pub fn invoice(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    one: &Encounter,
    bill: &Bill,
) -> Result<(), SynthError> {
    cells.text(invoice_number(ids.bill).as_str());
    cells.text(&world.inst(one.inst).code);
    cells.text(ids.person);
    cells.fixed(bill.total.0, 2);
    cells.date(Date(one.settled.div_euclid(DAY) as i32));
    cells.text("valid");
    cells.end()
}

/// The rows of `trace` of a line sold at a pharmacy: each pack was bought weeks before and sold once. Lines are sampled.
pub fn traces(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    encounter: &Encounter,
    line: usize,
    sn: Digits,
) -> Result<(), SynthError> {
    let fee = &encounter.fees[line];
    let number: u64 = sn.as_str().parse().unwrap_or_default();
    let good = world.catalogue.good(fee.good);
    if encounter.med_type != "41" || good.kind != Kind::Drug || !mix(number).is_multiple_of(TRACED) {
        return Ok(());
    }
    for pack in 0..(fee.cnt / 10_000) as u64 {
        let code = Digits::new("8", mix(number * 16 + pack) % 10_000_000_000_000_000_000, 19);
        let age = (7 + mix(number ^ pack) % 60) as i64 * DAY;
        for (event, time) in [("purchase", fee.time - age), ("sale", fee.time)] {
            let sale = event == "sale";
            cells.text(code.as_str());
            cells.text(event);
            cells.time(time);
            cells.text(&world.inst(encounter.inst).code);
            cells.text(good.code);
            for text in [sn.as_str(), ids.bill.as_str(), ids.person] {
                if sale { cells.text(text) } else { cells.null() }
            }
            cells.text("0");
            cells.fixed(10_000, 4);
            cells.end()?;
        }
    }
    Ok(())
}

/// The rows of `stock`: what every pharmacy buys each month of what it sells, always more than it sells.
pub fn purchases(cells: &mut impl Cells, world: &World) -> Result<(), SynthError> {
    let sold =
        world.catalogue.goods.iter().filter(|good| good.kind == Kind::Drug && good.days > 0 && !good.planted);
    let sold: Vec<_> = sold.collect();
    let pharmacies = world.institutions.iter().filter(|one| one.level == Level::Pharmacy);
    for (number, pharmacy) in pharmacies.enumerate() {
        for (order, good) in sold.iter().enumerate() {
            for day in (0..world.days()).step_by(91) {
                let serial = (number * 1000 + order) as u64 * 100 + day as u64 / 91;
                cells.text(&pharmacy.code);
                cells.text("108");
                cells.text(good.code);
                cells.text(Digits::new("B", serial, 10).as_str());
                cells.text(Digits::new("L", mix(serial) % 1_000_000, 6).as_str());
                cells.date(Date(world.start.0 + day + 700));
                cells.fixed((400 + (mix(serial) % 200) as i64) * 10_000, 4);
                cells.fixed(good.price * 85 / 100, 6);
                cells.time(i64::from(world.start.0 + day) * DAY + 7 * 3600);
                cells.text(["合成医药公司甲", "合成医药公司乙", "合成医药公司丙"][number % 3]);
                cells.text(Digits::new("P", serial, 12).as_str());
                cells.end()?;
            }
        }
    }
    Ok(())
}
