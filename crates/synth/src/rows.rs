//! One function a table: writes a row's cells in the order of the table's columns.

use crate::{
    SynthError,
    catalogue::{DEPARTMENTS, Good, Kind},
    cells::{Cells, Digits},
    extras::invoice_number,
    history::{Encounter, Fee, Operation},
    pay::{Bill, parts},
    person::Person,
    world::{Institution, Level, Practitioner, World},
};
use mingcha_model::{Date, Fen};

/// Numbers that name the rows of one encounter.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    /// `psn_no`.
    pub person: &'a str,
    /// Region of insurance.
    pub region: &'a str,
    /// `mdtrt_id`.
    pub visit: Digits,
    /// `setl_id`.
    pub bill: Digits,
}

/// What is wrong with a fee line on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dirt {
    /// No quantity.
    Missing,
    /// A day that does not exist.
    BadDate,
    /// Amount one yuan above quantity times price.
    Amount,
    /// An institution that nobody knows.
    Institution,
    /// A placeholder for the doctor.
    Placeholder,
    /// Nothing, but it is sent again in a later file.
    Again,
}

/// The institution that nobody knows.
pub const UNKNOWN_INSTITUTION: &str = "H99999999999";

fn dept(index: u8) -> &'static str {
    DEPARTMENTS[usize::from(index)].0
}

/// A row of `person`.
pub fn person(
    cells: &mut impl Cells,
    world: &World,
    person: &Person,
    psn_no: &str,
    region: &str,
) -> Result<(), SynthError> {
    const SURNAMES: [&str; 12] = ["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫"];
    const GIVEN: [&str; 12] =
        ["合甲", "合乙", "合丙", "合丁", "成戊", "成己", "成庚", "成辛", "拟壬", "拟癸", "拟子", "拟丑"];
    cells.text(psn_no);
    cells.text(&person.certificate(world));
    let number = person.number as usize;
    cells.text(&[SURNAMES[person.household as usize % 12], GIVEN[number * 7 % 12]].concat());
    cells.text("01");
    cells.text(if person.sex == 1 { "1" } else { "2" });
    cells.date(person.birth);
    cells.text(person.psn_type);
    cells.text(person.insutype());
    cells.text(region);
    cells.maybe(person.hardship);
    if person.employer == 0 {
        cells.null();
    } else {
        cells.text(Digits::new("E", u64::from(person.employer), 8).as_str());
    }
    let own = &world.counties[usize::from(person.county)].region;
    cells.text(&format!("{own}{:03}{:03}", person.village / 20 + 1, person.village + 1));
    cells.text(Digits::new("199", person.number % 100_000_000, 8).as_str());
    cells.date(person.covered_from);
    cells.maybe_date(person.covered_to);
    cells.maybe_date(person.death);
    cells.end()
}

/// A row of `institution`.
pub fn institution(cells: &mut impl Cells, world: &World, one: &Institution) -> Result<(), SynthError> {
    cells.text(&one.code);
    cells.text(&one.name);
    cells.text(if one.level == Level::Pharmacy { "2" } else { "1" });
    cells.maybe(one.hosp_lv);
    cells.text(if one.private { "private" } else { "public" });
    cells.text(&world.counties[usize::from(one.county)].region);
    cells.text(if one.assist { "1" } else { "0" });
    if one.beds == 0 {
        cells.null();
    } else {
        cells.int(one.beds as i32);
    }
    cells.measure(one.place.0);
    cells.measure(one.place.1);
    cells.end()
}

/// Periods of one state: all the time active, but for a suspension.
fn periods(suspended: Option<(Date, Date)>) -> Vec<(Date, Option<Date>, &'static str)> {
    let begin = Date::new(2020, 1, 1).unwrap_or_default();
    match suspended {
        None => vec![(begin, None, "active")],
        Some((from, to)) => vec![
            (begin, Some(Date(from.0 - 1)), "active"),
            (from, Some(to), "suspended"),
            (Date(to.0 + 1), None, "active"),
        ],
    }
}

/// The rows of `agreement` of an institution.
pub fn agreements(cells: &mut impl Cells, one: &Institution) -> Result<(), SynthError> {
    for (begin, end, state) in periods(one.suspended) {
        cells.text(&one.code);
        cells.date(begin);
        cells.maybe_date(end);
        cells.text(state);
        cells.end()?;
    }
    Ok(())
}

/// The rows of `practitioner` of a practitioner.
pub fn practitioners(
    cells: &mut impl Cells,
    world: &World,
    one: &Practitioner,
    number: u64,
) -> Result<(), SynthError> {
    for (begin, end, state) in periods(one.suspended) {
        cells.text(&one.code);
        cells.text(Digits::new("合成", number, 6).as_str());
        cells.text(one.kind);
        cells.text(&world.inst(one.inst).code);
        cells.text(dept(one.dept));
        cells.text(["231", "232", "233", "234"][number as usize % 4]);
        cells.text(DEPARTMENTS[usize::from(one.dept)].1);
        cells.date(begin);
        cells.maybe_date(end);
        cells.text(state);
        cells.end()?;
    }
    Ok(())
}

/// A row of `encounter`.
pub fn encounter(
    cells: &mut impl Cells,
    world: &World,
    person: &Person,
    ids: Ids<'_>,
    one: &Encounter,
) -> Result<(), SynthError> {
    let pharmacy = one.med_type == "41";
    cells.text(ids.visit.as_str());
    cells.text(ids.person);
    cells.text(&world.inst(one.inst).code);
    cells.text(one.med_type);
    cells.time(one.begin);
    cells.time(one.end);
    cells.text(person.insutype());
    cells.text(ids.region);
    cells.text(one.cert);
    if pharmacy {
        cells.null();
    } else {
        cells.text(ids.visit.as_str());
    }
    if one.is_stay() {
        cells.text(dept(one.dept));
        cells.text(Digits::new("B", (one.begin as u64 / 86_400 + person.number) % 400 + 1, 3).as_str());
    } else {
        cells.null();
        cells.null();
    }
    if pharmacy {
        cells.null();
    } else {
        cells.text(&world.practitioners[one.doctor as usize].code);
    }
    if one.is_stay() {
        cells.text(one.leaves);
    } else {
        cells.null();
    }
    match one.diagnoses.first().filter(|_| matches!(one.med_type, "14" | "1105")) {
        Some(&disease) => cells.text(&world.catalogue.disease(disease).code[..3]),
        None => cells.null(),
    }
    if one.med_type == "52" {
        cells.text("1");
    } else {
        cells.null();
    }
    match one.operations.first() {
        Some(operation) => cells.text(operation.code.0),
        None => cells.null(),
    }
    cells.null();
    cells.end()
}

/// The rows of `diagnosis` of an encounter.
pub fn diagnoses(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    one: &Encounter,
) -> Result<(), SynthError> {
    for (order, &disease) in one.diagnoses.iter().enumerate() {
        let disease = world.catalogue.disease(disease);
        cells.text(ids.visit.as_str());
        cells.text(ids.person);
        cells.int(order as i32 + 1);
        cells.text("1");
        cells.text(if order == 0 { "1" } else { "0" });
        cells.text(disease.code);
        cells.text(disease.name);
        cells.time(one.begin);
        cells.end()?;
    }
    Ok(())
}

/// The rows of `operation` of an encounter.
pub fn operations(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    one: &Encounter,
) -> Result<(), SynthError> {
    for (order, operation) in one.operations.iter().enumerate() {
        self::operation(cells, world, ids, order, operation)?;
    }
    Ok(())
}

fn operation(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    order: usize,
    one: &Operation,
) -> Result<(), SynthError> {
    cells.text(ids.visit.as_str());
    cells.text(ids.person);
    cells.int(order as i32 + 1);
    cells.text(if order == 0 { "1" } else { "0" });
    cells.text(one.code.0);
    cells.text(one.code.1);
    cells.time(one.begin);
    cells.time(one.end);
    cells.text(&world.practitioners[one.doctor as usize].code);
    cells.null();
    cells.text(if one.general { "01" } else { "02" });
    cells.end()
}

/// A row of `settlement`; `refunds` is the settlement that it reverses and the time of it.
pub fn settlement(
    cells: &mut impl Cells,
    world: &World,
    person: &Person,
    ids: Ids<'_>,
    one: &Encounter,
    bill: &Bill,
    refunds: Option<(Digits, i64)>,
) -> Result<(), SynthError> {
    let sign = if refunds.is_some() { -1 } else { 1 };
    let institution = world.inst(one.inst);
    cells.text(ids.bill.as_str());
    cells.text(ids.visit.as_str());
    cells.text(ids.person);
    cells.text(&institution.code);
    cells.time(refunds.map_or(one.settled, |(_, time)| time));
    cells.text(one.med_type);
    cells.text(person.insutype());
    cells.text(ids.region);
    cells.text(one.cert);
    cells.text(Digits::new("T", u64::from(one.inst) * 100 + u64::from(one.terminal), 9).as_str());
    let mut money = |amount: Fen| cells.fixed(sign * amount.0, 2);
    money(bill.total);
    money(bill.parts.own);
    money(bill.parts.over);
    money(bill.parts.first);
    money(bill.parts.scope);
    money(bill.deductible);
    money(bill.pool);
    money(bill.servant);
    money(Fen::ZERO);
    money(bill.serious);
    money(bill.large);
    money(bill.aid);
    money(Fen::ZERO);
    money(bill.fund);
    money(bill.account);
    money(Fen::ZERO);
    money(bill.cash);
    money(bill.account + bill.cash);
    money(Fen::ZERO);
    cells.text(if refunds.is_some() { "1" } else { "0" });
    match refunds {
        Some((first, _)) => cells.text(first.as_str()),
        None => cells.null(),
    }
    cells.text(invoice_number(ids.bill).as_str());
    cells.null();
    cells.end()
}

/// One fee line as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What was charged.
    pub fee: &'a Fee,
    /// `feedetl_sn`.
    pub sn: Digits,
    /// The line that it reverses and the time of the reversal.
    pub reverses: Option<(Digits, i64)>,
    /// What is wrong with it on purpose.
    pub dirt: Option<Dirt>,
}

/// A row of `fee`.
pub fn fee(
    cells: &mut impl Cells,
    world: &World,
    ids: Ids<'_>,
    encounter: &Encounter,
    line: Line<'_>,
) -> Result<(), SynthError> {
    let good = world.catalogue.good(line.fee.good);
    cells.text(line.sn.as_str());
    cells.text(ids.bill.as_str());
    cells.text(ids.visit.as_str());
    cells.text(ids.person);
    let unknown = line.dirt == Some(Dirt::Institution);
    cells.text(if unknown { UNKNOWN_INSTITUTION } else { &world.inst(encounter.inst).code });
    if line.dirt == Some(Dirt::BadDate) {
        cells.broken("2025-02-30 10:00:00");
    } else {
        cells.time(line.reverses.map_or(line.fee.time, |(_, time)| time));
    }
    for text in [good.code, good.key, good.name, good.list_type, good.chrg, good.lv] {
        cells.text(text);
    }
    amounts(cells, world, line);
    orders(cells, world, encounter, line);
    medicine(cells, ids, encounter, good, line.fee);
    match line.reverses {
        Some((first, _)) => cells.text(first.as_str()),
        None => cells.null(),
    }
    cells.end()
}

/// Quantity, price and amounts of a fee line.
fn amounts(cells: &mut impl Cells, world: &World, line: Line<'_>) {
    let sign = if line.reverses.is_some() { -1 } else { 1 };
    let parts = parts(world, line.fee);
    if line.dirt == Some(Dirt::Missing) {
        cells.broken("");
    } else {
        cells.fixed(sign * line.fee.cnt, 4);
    }
    cells.fixed(line.fee.pric, 6);
    let off = if line.dirt == Some(Dirt::Amount) { 100 } else { 0 };
    cells.fixed(sign * line.fee.amount.0 + off, 2);
    cells.fixed(line.fee.ceiling, 6);
    for part in [parts.over, parts.own, parts.first, parts.scope] {
        cells.fixed(sign * part.0, 2);
    }
}

/// Who ordered and who carried out; at a pharmacy, who checked the prescription.
fn orders(cells: &mut impl Cells, world: &World, encounter: &Encounter, line: Line<'_>) {
    let doctor = &world.practitioners[line.fee.doctor as usize].code;
    let doctor = if line.dirt == Some(Dirt::Placeholder) { "0" } else { doctor };
    if encounter.med_type == "41" {
        for _ in 0..4 {
            cells.null();
        }
        cells.text(doctor);
    } else {
        cells.text(dept(encounter.dept));
        cells.text(doctor);
        cells.text(dept(line.fee.dept));
        cells.null();
        cells.null();
    }
}

/// What only a drug or slice has: prescription, days, taken home.
fn medicine(cells: &mut impl Cells, ids: Ids<'_>, encounter: &Encounter, good: &Good, fee: &Fee) {
    if matches!(good.kind, Kind::Drug | Kind::Slice) {
        let outside = encounter.med_type == "41" && good.rx;
        cells.text(ids.visit.as_str());
        cells.text(if good.rx { "1" } else { "0" });
        cells.text(if outside { "1" } else { "0" });
    } else {
        for _ in 0..3 {
            cells.null();
        }
    }
    if fee.days == 0 {
        cells.null();
    } else {
        cells.fixed(i64::from(fee.days) * 10_000, 4);
    }
    cells.text("0");
    if encounter.is_stay() {
        cells.text(if fee.takes_home { "1" } else { "0" });
    } else {
        cells.null();
    }
}
