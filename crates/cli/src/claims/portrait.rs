//! An institution, practitioner or insured person in numbers: of the first two each table of the lake is looked through once, added up there
//! by the few columns that are shown, and folded here.

mod kept;
mod person;

pub use kept::Kept;
pub use person::person;

use super::{LakeClaims, broken};
use anyhow::Result;
use arrow_array::{Array as _, cast::AsArray, types::Int64Type};
use arrow_cast::cast;
use arrow_schema::DataType;
use mingcha_detect::claims::columns::Reader;
use mingcha_lake::{LakeError, Session, Snapshot};
use mingcha_model::{code, code::Visit};
use mingcha_server::claims::{
    ClaimsError, Institution, Portrait, PortraitGood, PortraitMonth, PortraitPart, PortraitQuery,
    PortraitStock, PortraitTraces, Portrayed, Read, StockLine, TracedTwice,
};
use std::{
    array,
    collections::{BTreeMap, BTreeSet},
    sync::PoisonError,
    time::Duration,
};

/// Months that are shown, and of them the newest ones of which parts and goods are told.
const MONTHS: usize = 36;
const YEAR: i32 = 12;
/// Most parts by one column, goods, goods in stock and trace codes.
const NAMED: usize = 20;
/// Most institutions of a practitioner.
const PLACES: usize = 50;
/// How long one table may be looked through.
const LIMIT: Duration = Duration::from_secs(30);

/// Kinds of a change of stock that bring goods in, and those that take them out, by the national table.
const IN: &str = "'101', '103', '106', '108', '110'";
const OUT: &str = "'102', '104', '105', '107', '109', '111'";
/// Kinds of fee lines that are drugs of which each came from a supplier.
const DRUGS: [&str; 3] = ["101", "103", "104"];

/// The institutions of the register where somebody is on record, in the order of their codes; at most [`PLACES`].
pub fn places(
    snapshot: &Snapshot,
    register: &[Institution],
    kind: Portrayed,
    code: &str,
) -> Result<Vec<Institution>> {
    let mut codes = BTreeSet::new();
    match kind {
        Portrayed::Institution => _ = codes.insert(code.to_owned()),
        Portrayed::Practitioner => {
            for batch in snapshot.table("practitioner", &["prac_psn_code", "fixmedins_code"])? {
                let reader = Reader::new("practitioner", &batch);
                let (people, at) = (reader.texts("prac_psn_code")?, reader.texts("fixmedins_code")?);
                let own = (0..batch.num_rows()).filter(|row| people.get(*row) == Some(code));
                codes.extend(own.filter_map(|row| at.get(row).map(str::to_owned)));
            }
        }
    }
    let known = register.iter().filter(|one| codes.contains(&one.code));
    Ok(known.take(PLACES).cloned().collect())
}

/// The portrait from the newest version of the lake; one is made at a time.
pub fn portrait(claims: &LakeClaims, query: &PortraitQuery) -> Read<Portrait> {
    let snapshot = claims.lake()?.snapshot(None).map_err(broken)?;
    let version = snapshot.version();
    if let Some(known) = claims.portraits.known(version, query) {
        return Ok(known);
    }
    let _turn = claims.portraits.turn()?;
    let _one = claims.asking.lock().unwrap_or_else(PoisonError::into_inner);
    // Whoever went before may have asked the same.
    if let Some(known) = claims.portraits.known(version, query) {
        return Ok(known);
    }
    let portrait = paint(&snapshot, query).map_err(|error| match error.downcast_ref::<LakeError>() {
        Some(LakeError::TooLong(_)) => ClaimsError::Busy,
        _ => broken(error),
    })?;
    claims.portraits.keep(version, query, &portrait);
    Ok(portrait)
}

/// Rows of an answer: its texts, then its whole numbers; what is missing is empty or 0.
type Rows<const T: usize, const N: usize> = Vec<([String; T], [i64; N])>;

fn rows<const T: usize, const N: usize>(session: &Session, sql: &str) -> Result<Rows<T, N>> {
    let mut rows = Vec::new();
    for batch in session.sql(sql)? {
        let texts = (0..T).map(|at| cast(batch.column(at), &DataType::Utf8));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        let numbers = (T..T + N).map(|at| cast(batch.column(at), &DataType::Int64));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        for row in 0..batch.num_rows() {
            let text = |at: usize| {
                let column = texts[at].as_string::<i32>();
                if column.is_valid(row) { column.value(row).to_owned() } else { String::new() }
            };
            let number = |at: usize| {
                let column = numbers[at].as_primitive::<Int64Type>();
                if column.is_valid(row) { column.value(row) } else { 0 }
            };
            rows.push((array::from_fn(text), array::from_fn(number)));
        }
    }
    Ok(rows)
}

/// A text in SQL.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Which rows of a table are asked about; `column` is that of a practitioner.
fn whose(query: &PortraitQuery, table: &str, column: &str) -> String {
    let code = quoted(&query.code);
    match query.kind {
        Portrayed::Institution => format!("{table}fixmedins_code = {code}"),
        Portrayed::Practitioner => {
            let at: Vec<String> = query.at.iter().map(|code| quoted(code)).collect();
            format!("{table}{column} = {code} AND {table}fixmedins_code IN ({})", at.join(", "))
        }
    }
}

fn paint(snapshot: &Snapshot, query: &PortraitQuery) -> Result<Portrait> {
    if query.at.is_empty() {
        return Ok(Portrait::default());
    }
    let months = visits(snapshot, query)?;
    let settled = settled(snapshot, query)?;
    let of_institution = query.kind == Portrayed::Institution;
    let stock = if of_institution { Some(received(snapshot, query)?) } else { None };
    let since = stock.as_ref().map_or("", |stock| stock.since.as_str());
    let (portrait, charged) = told(months, &settled, |from| charged(snapshot, query, from, since))?;
    Ok(Portrait {
        stock: stock.map(|stock| stock.against(&charged)),
        traces: if of_institution { Some(traces(snapshot, query)?) } else { None },
        ..portrait
    })
}

/// What visits, settlements and the fee lines since some day come to, without stock and trace codes; and those fee lines.
fn told<C>(
    mut months: BTreeMap<i32, PortraitMonth>,
    settled: &[(i32, Settled)],
    charged: C,
) -> Result<(Portrait, Lines)>
where
    C: FnOnce(&str) -> Result<Lines>,
{
    for (month, row) in settled {
        let of = months.entry(*month).or_default();
        of.fee += row.amount;
        of.fund += row.fund;
    }
    let newest = months.keys().next_back().copied();
    let first = newest.map_or(i32::MAX, |newest| newest - YEAR + 1);
    let mut parts = Parts::default();
    for (_, row) in settled.iter().filter(|(month, _)| *month >= first) {
        parts.add("med_type", &row.med_type, row.count, row.amount);
        parts.add("insutype", &row.insutype, row.count, row.amount);
    }
    let from = newest.map_or_else(String::new, |_| month_name(first) + "-01");
    let charged = charged(&from)?;
    for (kind, line) in &charged {
        parts.add("list_type", &kind.list_type, line.count, line.amount);
        parts.add("med_chrgitm_type", &kind.item_type, line.count, line.amount);
        parts.add("bilg_dept_codg", &kind.department, line.count, line.amount);
    }
    let (goods, goods_all) = goods(&charged);
    let earlier = months.len().saturating_sub(MONTHS);
    let named = |(month, row): (i32, PortraitMonth)| PortraitMonth { month: month_name(month), ..row };
    let portrait = Portrait {
        months: months.into_iter().skip(earlier).map(named).collect(),
        more: earlier > 0,
        from,
        parts: parts.done(),
        goods,
        goods_all,
        stock: None,
        traces: None,
    };
    Ok((portrait, charged))
}

/// A month counted from the year 0, as `2025-01`.
fn month_name(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// The months since the year 0 of a time, in SQL.
fn month_of(column: &str) -> String {
    format!(
        "CAST(date_part('year', {column}) AS BIGINT) * 12 + CAST(date_part('month', {column}) AS BIGINT) - 1"
    )
}

/// Visits, stays, purchases and people by month.
fn visits(snapshot: &Snapshot, query: &PortraitQuery) -> Result<BTreeMap<i32, PortraitMonth>> {
    let columns: &[&str] = &["psn_no", "fixmedins_code", "med_type", "begntime", "atddr_no"];
    let session = snapshot.seeking(&[("encounter", columns)], LIMIT)?;
    let (own, month) = (whose(query, "", "atddr_no"), month_of("begntime"));
    let mut months: BTreeMap<i32, PortraitMonth> = BTreeMap::new();
    let people =
        format!("SELECT {month}, COUNT(DISTINCT psn_no) FROM encounter WHERE {own} GROUP BY {month}");
    for ([], [month, people]) in rows(&session, &people)? {
        months.entry(month as i32).or_default().people = people.unsigned_abs();
    }
    let kinds =
        format!("SELECT med_type, {month}, COUNT(*) FROM encounter WHERE {own} GROUP BY med_type, {month}");
    for ([med_type], [month, count]) in rows(&session, &kinds)? {
        *of_kind(months.entry(month as i32).or_default(), &med_type) += count.unsigned_abs();
    }
    Ok(months)
}

/// Where a month counts visits of that kind.
fn of_kind<'a>(month: &'a mut PortraitMonth, med_type: &str) -> &'a mut u64 {
    match Visit::of(med_type) {
        Visit::Inpatient => &mut month.stays,
        Visit::Pharmacy => &mut month.purchases,
        Visit::Outpatient | Visit::Other => &mut month.visits,
    }
}

/// Settlements of a month and kind.
struct Settled {
    med_type: String,
    insutype: String,
    count: i64,
    amount: i64,
    fund: i64,
}

/// Settlements by month; a practitioner's are those of the visits that he treated.
fn settled(snapshot: &Snapshot, query: &PortraitQuery) -> Result<Vec<(i32, Settled)>> {
    let settlement: (&str, &[&str]) = (
        "settlement",
        &[
            "mdtrt_id",
            "fixmedins_code",
            "setl_time",
            "med_type",
            "insutype",
            "medfee_sumamt",
            "fund_pay_sumamt",
            "refd_setl_flag",
        ],
    );
    let encounter: (&str, &[&str]) = ("encounter", &["mdtrt_id", "fixmedins_code", "atddr_no"]);
    let (reads, from, own) = match query.kind {
        Portrayed::Institution => (vec![settlement], "settlement s", whose(query, "s.", "")),
        Portrayed::Practitioner => (
            vec![settlement, encounter],
            "settlement s JOIN encounter e ON e.mdtrt_id = s.mdtrt_id",
            whose(query, "e.", "atddr_no"),
        ),
    };
    let month = month_of("s.setl_time");
    let sql = format!(
        "SELECT s.med_type, s.insutype, {month}, SUM(CASE WHEN s.refd_setl_flag = '1' THEN 0 ELSE 1 END), \
         CAST(SUM(s.medfee_sumamt) * 100 AS BIGINT), CAST(SUM(s.fund_pay_sumamt) * 100 AS BIGINT) \
         FROM {from} WHERE {own} GROUP BY s.med_type, s.insutype, {month}"
    );
    let found = rows(&snapshot.seeking(&reads, LIMIT)?, &sql)?.into_iter();
    let one = |([med_type, insutype], [month, count, amount, fund]): ([String; 2], [i64; 4])| {
        (month as i32, Settled { med_type, insutype, count, amount, fund })
    };
    Ok(found.map(one).collect())
}

/// What fee lines are added up by.
struct Charge {
    good: String,
    name: String,
    list_type: String,
    item_type: String,
    department: String,
}

/// Fee lines of a kind: since the first day their number and money, since the first change of stock their quantity.
struct Charged {
    count: i64,
    amount: i64,
    since_stock: i64,
}

/// Fee lines by good and kind.
type Lines = Vec<(Charge, Charged)>;

/// Fee lines by good and kind; `from` and `since` are days, empty where nothing is asked of them.
fn charged(snapshot: &Snapshot, query: &PortraitQuery, from: &str, since: &str) -> Result<Lines> {
    let columns: &[&str] = &[
        "fixmedins_code",
        "fee_ocur_time",
        "med_list_codg",
        "medins_list_name",
        "list_type",
        "med_chrgitm_type",
        "cnt",
        "det_item_fee_sumamt",
        "bilg_dept_codg",
        "bilg_dr_code",
    ];
    let session = snapshot.seeking(&[("fee", columns)], LIMIT)?;
    let after = |day: &str| match day {
        "" => "FALSE".to_owned(),
        day => format!("fee_ocur_time >= CAST({} AS TIMESTAMP)", quoted(day)),
    };
    let (of_year, of_stock, own) = (after(from), after(since), whose(query, "", "bilg_dr_code"));
    let sql = format!(
        "SELECT med_list_codg, MAX(medins_list_name), list_type, med_chrgitm_type, bilg_dept_codg, \
         SUM(CASE WHEN {of_year} THEN 1 ELSE 0 END), \
         CAST(SUM(CASE WHEN {of_year} THEN det_item_fee_sumamt END) * 100 AS BIGINT), \
         CAST(SUM(CASE WHEN {of_stock} THEN cnt END) * 10000 AS BIGINT) \
         FROM fee WHERE {own} AND ({of_year} OR {of_stock}) \
         GROUP BY med_list_codg, list_type, med_chrgitm_type, bilg_dept_codg \
         ORDER BY med_list_codg, list_type, med_chrgitm_type, bilg_dept_codg"
    );
    let found = rows(&session, &sql)?.into_iter();
    let one = |([good, name, list_type, item_type, department], [count, amount, since_stock]): (
        [String; 5],
        [i64; 3],
    )| {
        let charge = Charge { good, name, list_type, item_type, department };
        (charge, Charged { count, amount, since_stock })
    };
    Ok(found.map(one).collect())
}

/// Shares by column and code.
#[derive(Default)]
struct Parts(BTreeMap<(&'static str, String), (i64, i64)>);

impl Parts {
    fn add(&mut self, by: &'static str, code: &str, count: i64, amount: i64) {
        let part = self.0.entry((by, code.to_owned())).or_default();
        part.0 += count;
        part.1 += amount;
    }

    fn done(self) -> Vec<PortraitPart> {
        let mut by_column: BTreeMap<&str, Vec<PortraitPart>> = BTreeMap::new();
        for ((by, code), (count, amount)) in self.0 {
            if (count, amount) == (0, 0) {
                continue;
            }
            let title = code::label(by, &code).unwrap_or(&code).to_owned();
            let part = PortraitPart { by: by.to_owned(), code, title, count: count.unsigned_abs(), amount };
            by_column.entry(by).or_default().push(part);
        }
        let first = |mut parts: Vec<PortraitPart>| {
            parts.sort_by(|a, b| (b.amount, b.count, &a.code).cmp(&(a.amount, a.count, &b.code)));
            parts.truncate(NAMED);
            parts
        };
        by_column.into_values().flat_map(first).collect()
    }
}

/// Gives a good the first name that its lines have.
fn name(good: &mut String, charge: &Charge) {
    if good.is_empty() {
        good.clone_from(&charge.name);
    }
}

/// Goods with the most money, and how many there are.
fn goods(charged: &[(Charge, Charged)]) -> (Vec<PortraitGood>, u64) {
    let mut goods: BTreeMap<&str, PortraitGood> = BTreeMap::new();
    for (charge, line) in charged.iter().filter(|(_, line)| line.count > 0) {
        let good = goods.entry(&charge.good).or_insert_with(|| PortraitGood {
            code: charge.good.clone(),
            name: String::new(),
            kind: code::label("list_type", &charge.list_type).unwrap_or(&charge.list_type).to_owned(),
            count: 0,
            amount: 0,
        });
        name(&mut good.name, charge);
        good.count += line.count.unsigned_abs();
        good.amount += line.amount;
    }
    let all = goods.len() as u64;
    let mut goods: Vec<PortraitGood> = goods.into_values().collect();
    goods.sort_by(|a, b| (b.amount, b.count, &a.code).cmp(&(a.amount, a.count, &b.code)));
    goods.truncate(NAMED);
    (goods, all)
}

/// What came into an institution by good, less what went out otherwise than by a sale.
#[derive(Default)]
struct Received {
    since: String,
    goods: BTreeMap<String, i64>,
}

fn received(snapshot: &Snapshot, query: &PortraitQuery) -> Result<Received> {
    let columns: &[&str] = &["fixmedins_code", "inv_chg_type", "med_list_codg", "cnt", "chg_time"];
    let session = snapshot.seeking(&[("stock", columns)], LIMIT)?;
    // Some systems write what goes out with a minus; the kind says which way it went.
    let sql = format!(
        "SELECT med_list_codg, CAST(CAST(MIN(chg_time) AS DATE) AS VARCHAR), CAST(SUM(CASE WHEN inv_chg_type IN ({IN}) THEN ABS(cnt) \
         WHEN inv_chg_type IN ({OUT}) THEN -ABS(cnt) END) * 10000 AS BIGINT) FROM stock WHERE {} GROUP BY med_list_codg",
        whose(query, "", "")
    );
    let mut received = Received::default();
    for ([good, first], [count]) in rows(&session, &sql)? {
        if received.since.is_empty() || first < received.since {
            received.since = first;
        }
        received.goods.insert(good, count);
    }
    Ok(received)
}

impl Received {
    /// Beside what was charged since.
    fn against(self, charged: &[(Charge, Charged)]) -> PortraitStock {
        let mut lines: BTreeMap<&str, StockLine> = BTreeMap::new();
        let new = |code: &str, received| StockLine {
            code: code.to_owned(),
            name: String::new(),
            received,
            charged: 0,
        };
        lines.extend(self.goods.iter().map(|(good, received)| (good.as_str(), new(good, *received))));
        for (charge, line) in charged.iter().filter(|(_, line)| line.since_stock != 0) {
            let drug = DRUGS.contains(&charge.list_type.as_str());
            if !drug && !self.goods.contains_key(&charge.good) {
                continue;
            }
            let of = lines.entry(&charge.good).or_insert_with(|| new(&charge.good, 0));
            name(&mut of.name, charge);
            of.charged += line.since_stock;
        }
        let short = lines.values().filter(|line| line.charged > line.received).count() as u64;
        let goods = lines.len() as u64;
        let mut lines: Vec<StockLine> = lines.into_values().collect();
        lines.sort_by(|a, b| {
            (b.charged - b.received, b.charged, &a.code).cmp(&(a.charged - a.received, a.charged, &b.code))
        });
        lines.truncate(NAMED);
        PortraitStock { since: self.since, goods, short, lines }
    }
}

/// Trace codes of an institution: its events, and the unopened packs that it sold and that were sold more often than they came back.
fn traces(snapshot: &Snapshot, query: &PortraitQuery) -> Result<PortraitTraces> {
    let columns: &[&str] =
        &["drug_trac_codg", "event", "event_time", "fixmedins_code", "med_list_codg", "psn_no", "trdn_flag"];
    let session = snapshot.seeking(&[("trace", columns)], LIMIT)?;
    let own = whose(query, "", "");
    let mut traces = PortraitTraces::default();
    let events = format!("SELECT event, COUNT(*) FROM trace WHERE {own} GROUP BY event");
    for ([event], [count]) in rows(&session, &events)? {
        match event.as_str() {
            "purchase" => traces.purchases = count.unsigned_abs(),
            "sale" => traces.sales = count.unsigned_abs(),
            "return" => traces.returns = count.unsigned_abs(),
            _ => {}
        }
    }
    let day = |of: &str| {
        format!("CAST(CAST({of}(CASE WHEN event = 'sale' THEN event_time END) AS DATE) AS VARCHAR)")
    };
    let count = |event: &str| format!("SUM(CASE WHEN event = '{event}' THEN 1 ELSE 0 END)");
    let twice = format!(
        "SELECT code, good, first_day, last_day, sales, returns, places, people, COUNT(*) OVER () FROM (\
         SELECT drug_trac_codg AS code, MAX(med_list_codg) AS good, {} AS first_day, {} AS last_day, {} AS sales, {} AS returns, \
         COUNT(DISTINCT CASE WHEN event = 'sale' THEN fixmedins_code END) AS places, \
         COUNT(DISTINCT CASE WHEN event = 'sale' THEN psn_no END) AS people \
         FROM trace WHERE event IN ('sale', 'return') AND COALESCE(trdn_flag, '0') <> '1' AND drug_trac_codg IN \
         (SELECT drug_trac_codg FROM trace WHERE {own} AND event = 'sale') GROUP BY drug_trac_codg) seen \
         WHERE sales - returns > 1 ORDER BY sales DESC, code LIMIT {NAMED}",
        day("MIN"),
        day("MAX"),
        count("sale"),
        count("return"),
    );
    for ([code, good, first, last], [sales, returns, places, people, all]) in rows(&session, &twice)? {
        traces.twice = all.unsigned_abs();
        let [sales, returns, places, people] = [sales, returns, places, people].map(i64::unsigned_abs);
        traces.codes.push(TracedTwice { code, good, sales, returns, places, people, first, last });
    }
    Ok(traces)
}
