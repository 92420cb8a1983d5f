//! An insured person in numbers, from the whole history, which lies in one bucket.

use super::{Charge, Charged, Lines, Settled, of_kind, told};
use crate::claims::rows::Rows;
use anyhow::Result;
use mingcha_lake::Snapshot;
use mingcha_model::{Date, Time};
use mingcha_server::claims::{Portrait, PortraitMonth};
use std::collections::BTreeMap;

const COLUMNS: &[(&str, &[&str])] = &[
    ("encounter", &["mdtrt_id", "med_type", "begntime"]),
    (
        "settlement",
        &[
            "setl_id",
            "setl_time",
            "med_type",
            "insutype",
            "medfee_sumamt",
            "fund_pay_sumamt",
            "refd_setl_flag",
        ],
    ),
    (
        "fee",
        &[
            "feedetl_sn",
            "fee_ocur_time",
            "med_list_codg",
            "medins_list_name",
            "list_type",
            "med_chrgitm_type",
            "det_item_fee_sumamt",
            "bilg_dept_codg",
        ],
    ),
];

/// Months since the year 0.
fn month(seconds: i64) -> i32 {
    Time(seconds).date().month_index() + 1970 * 12
}

/// The portrait of a person.
pub fn person(snapshot: &Snapshot, psn_no: &str) -> Result<Portrait> {
    let mut tables = snapshot.person(psn_no, Some(COLUMNS))?;
    let (encounter, settlement, fee) =
        (tables.remove("encounter"), tables.remove("settlement"), tables.remove("fee"));
    let mut months: BTreeMap<i32, PortraitMonth> = BTreeMap::new();
    if let Some(batch) = &encounter {
        let rows = Rows::of("encounter", batch)?;
        for (begin, med_type) in rows.integers("begntime")?.into_iter().zip(rows.texts("med_type")?) {
            let Some(begin) = begin else { continue };
            let of = months.entry(month(begin)).or_default();
            *of_kind(of, &med_type) += 1;
            of.people = 1;
        }
    }
    let settled = settlement.map_or(Ok(Vec::new()), |batch| settled(&Rows::of("settlement", &batch)?))?;
    let lines = |from: &str| fee.map_or(Ok(Vec::new()), |batch| charged(&Rows::of("fee", &batch)?, from));
    Ok(told(months, &settled, lines)?.0)
}

/// Settlements one by one; a refund takes its money off and is no bill of its own.
fn settled(rows: &Rows<'_>) -> Result<Vec<(i32, Settled)>> {
    let (times, refunds) = (rows.integers("setl_time")?, rows.texts("refd_setl_flag")?);
    let (amounts, funds) = (rows.integers("medfee_sumamt")?, rows.integers("fund_pay_sumamt")?);
    let mut kinds = rows.texts("med_type")?.into_iter().zip(rows.texts("insutype")?);
    let mut all = Vec::with_capacity(times.len());
    for row in 0..times.len() {
        let (Some(time), Some((med_type, insutype))) = (times[row], kinds.next()) else { continue };
        let (amount, fund) = (amounts[row].unwrap_or_default(), funds[row].unwrap_or_default());
        let count = i64::from(refunds[row] != "1");
        all.push((month(time), Settled { med_type, insutype, count, amount, fund }));
    }
    Ok(all)
}

/// Fee lines since a day, one by one.
fn charged(rows: &Rows<'_>, from: &str) -> Result<Lines> {
    let Some(from) = Date::parse(from) else { return Ok(Vec::new()) };
    let (times, amounts) = (rows.integers("fee_ocur_time")?, rows.integers("det_item_fee_sumamt")?);
    let (goods, names) = (rows.texts("med_list_codg")?, rows.texts("medins_list_name")?);
    let (list_types, item_types) = (rows.texts("list_type")?, rows.texts("med_chrgitm_type")?);
    let departments = rows.texts("bilg_dept_codg")?;
    let recent = (0..times.len()).filter(|row| times[*row].is_some_and(|time| Time(time) >= from.start()));
    let line = |row: usize| {
        let charge = Charge {
            good: goods[row].clone(),
            name: names[row].clone(),
            list_type: list_types[row].clone(),
            item_type: item_types[row].clone(),
            department: departments[row].clone(),
        };
        (charge, Charged { count: 1, amount: amounts[row].unwrap_or_default(), since_stock: 0 })
    };
    Ok(recent.map(line).collect())
}
