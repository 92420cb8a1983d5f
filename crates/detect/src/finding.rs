//! From hits in row numbers to findings with keys, amounts and words.

use crate::{
    claims::{Claims, NO_ROW, NULL, Tables, columns::Reader},
    detector::{Hit, Mark, Part, Source},
    pass::{Compiled, Worker},
    symbols::{Symbol, Symbols},
};
use arrow_array::{RecordBatch, UInt32Array};
use arrow_select::take::take;
use mingcha_model::{Counting, Evidence, Fen, Finding, Kind, Role, Subject, SubjectKind, Time, table};
use std::collections::BTreeMap;

/// The columns to fetch of the rows that hits name: the key, the time, and for lines what their amount is counted from.
pub fn evidence_columns(source: Source) -> Vec<&'static str> {
    let table = table::table(source.table()).expect("a source is a table");
    let mut columns: Vec<&str> = table.key.to_vec();
    if !table.time.is_empty() {
        columns.push(table.time);
    }
    if source == Source::Fee {
        columns.extend(["setl_id", "inscp_scp_amt", "det_item_fee_sumamt", "medins_list_name"]);
    }
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Those of [`evidence_columns`] that the batches of a bucket do not hold: what is left to fetch.
pub fn missing_columns(source: Source, tables: &Tables) -> Vec<&'static str> {
    let held = tables.of(source.table()).first();
    let mut columns = evidence_columns(source);
    columns.retain(|column| held.is_none_or(|batch| batch.column_by_name(column).is_none()));
    columns
}

/// The rows that hits name, by table, sorted and without repetition: what has to be fetched.
pub fn rows_of(hits: &[Hit]) -> BTreeMap<Source, Vec<u32>> {
    let mut rows: BTreeMap<Source, Vec<u32>> = BTreeMap::new();
    for mark in hits.iter().flat_map(|hit| &hit.marks) {
        rows.entry(mark.source).or_default().push(mark.row);
    }
    for rows in rows.values_mut() {
        rows.sort_unstable();
        rows.dedup();
    }
    rows
}

/// One fetched evidence row.
#[derive(Clone, Debug, Default)]
struct Row {
    key: Vec<String>,
    time: Option<Time>,
    setl_id: Option<String>,
    in_scope: i64,
    gross: i64,
    name: String,
}

/// Evidence rows by table and row number.
#[derive(Default)]
pub struct Fetched(BTreeMap<(Source, u32), Row>);

impl Fetched {
    /// Takes the rows `rows` (rising) of a bucket's batches; `rest` are the same rows of [`missing_columns`].
    pub fn add_held(
        &mut self,
        source: Source,
        rows: &[u32],
        tables: &Tables,
        rest: Option<&RecordBatch>,
    ) -> Result<(), crate::LoadError> {
        let (mut start, mut at) = (0, 0);
        for batch in tables.of(source.table()) {
            let end = start + batch.num_rows() as u32;
            let count = rows[at..].partition_point(|&row| row < end);
            if count > 0 {
                let here = &rows[at..at + count];
                let places: UInt32Array = here.iter().map(|row| row - start).collect();
                let rest = rest.map(|rest| rest.slice(at, count));
                self.add(source, here, &pick(source, batch, &places, rest.as_ref())?)?;
            }
            (start, at) = (end, at + count);
        }
        Ok(())
    }

    /// Takes the rows `rows` of a table, which stand in that order in `batch`.
    fn add(&mut self, source: Source, rows: &[u32], batch: &RecordBatch) -> Result<(), crate::LoadError> {
        let table = table::table(source.table()).expect("a source is a table");
        let reader = Reader::new(table.name, batch);
        let integers = |column: &str| {
            let mut out = Vec::new();
            reader.push_integers(column, &mut out).map(|()| out)
        };
        let times = if table.time.is_empty() { vec![NULL; rows.len()] } else { integers(table.time)? };
        let keys: Vec<Vec<String>> = table
            .key
            .iter()
            .map(|column| key_texts(&reader, table, column, rows.len()))
            .collect::<Result<_, _>>()?;
        let fee = source == Source::Fee;
        let setl_id = reader.texts("setl_id")?;
        let (in_scope, gross) = if fee {
            (integers("inscp_scp_amt")?, integers("det_item_fee_sumamt")?)
        } else {
            (vec![NULL; rows.len()], vec![NULL; rows.len()])
        };
        let names = reader.texts("medins_list_name")?;
        for (at, &row) in rows.iter().enumerate() {
            let fetched = Row {
                key: keys.iter().map(|key| key[at].clone()).collect(),
                time: (times[at] != NULL).then_some(Time(times[at])),
                setl_id: setl_id.get(at).map(str::to_owned),
                in_scope: in_scope[at],
                gross: gross[at],
                name: names.get(at).unwrap_or_default().to_owned(),
            };
            self.0.insert((source, row), fetched);
        }
        Ok(())
    }
}

/// The evidence columns of some rows: those that the batch holds, and beside them the others.
fn pick(
    source: Source,
    batch: &RecordBatch,
    rows: &UInt32Array,
    rest: Option<&RecordBatch>,
) -> Result<RecordBatch, crate::LoadError> {
    let mut columns = Vec::new();
    for name in evidence_columns(source) {
        if let Some(column) = batch.column_by_name(name) {
            columns.push((name, take(column, rows, None)?));
        } else if let Some(column) = rest.and_then(|rest| rest.column_by_name(name)) {
            columns.push((name, column.clone()));
        }
    }
    Ok(RecordBatch::try_from_iter(columns)?)
}

fn key_texts(
    reader: &Reader<'_>,
    table: &table::Table,
    column: &str,
    rows: usize,
) -> Result<Vec<String>, crate::LoadError> {
    use mingcha_model::table::ColumnType;
    let ty = table.column(column).map(|column| column.ty);
    let mut integers = Vec::new();
    if !matches!(ty, Some(ColumnType::Int | ColumnType::Date | ColumnType::DateTime)) {
        let texts = reader.texts(column)?;
        return Ok((0..rows).map(|row| texts.get(row).unwrap_or_default().to_owned()).collect());
    }
    reader.push_integers(column, &mut integers)?;
    let text = |value: i64| match ty {
        _ if value == NULL => String::new(),
        Some(ColumnType::Date) => mingcha_model::Date(value as i32).to_string(),
        Some(ColumnType::DateTime) => Time(value).to_string(),
        _ => value.to_string(),
    };
    Ok(integers.into_iter().map(text).collect())
}

/// Turns the hits of one bucket into findings, in the order of the hits.
pub fn findings(
    worker: &Worker<'_>,
    rules: &[Compiled],
    claims: &Claims,
    hits: &[Hit],
    fetched: &Fetched,
) -> Vec<Finding> {
    hits.iter().map(|hit| finding(worker, &rules[hit.rule as usize], claims, hit, fetched)).collect()
}

fn finding(
    worker: &Worker<'_>,
    compiled: &Compiled,
    claims: &Claims,
    hit: &Hit,
    fetched: &Fetched,
) -> Finding {
    let (rule, texts) = (&compiled.rule, &worker.symbols().texts);
    let text = |symbol: Symbol| symbol.is_some().then(|| texts.text(symbol).to_owned());
    let (psn_no, institution, practitioner) =
        (claims.psn_no[hit.person as usize].to_string(), text(hit.institution), text(hit.practitioner));
    let evidence = evidence(rule.amount, claims, hit, fetched, texts);
    let (amount, account) = (total(&evidence, |row| row.amount), total(&evidence, |row| row.account));
    let known = institution.as_deref().and_then(|code| worker.world().institution(code));
    let mut values: BTreeMap<String, String> = compiled.params.iter().cloned().collect();
    values.extend(hit.values.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())));
    let mut standard = |name: &str, value: String| {
        values.entry(name.to_owned()).or_insert(value);
    };
    standard("psn_no", psn_no.clone());
    standard("fixmedins_code", institution.clone().unwrap_or_default());
    standard("fixmedins_name", known.map(|known| known.name.clone()).unwrap_or_default());
    standard("begin", hit.begin.to_string());
    standard("end", hit.end.to_string());
    standard("amount", amount.to_string());
    standard("account", account.to_string());
    standard("item", first_name(hit, fetched));
    standard("lines", hit.marks.iter().filter(|mark| mark.role == Role::Offending).count().to_string());
    Finding {
        rule_id: rule.id.clone(),
        rule: rule.name.clone(),
        version: rule.version,
        kind: kind(rule.kind, hit, fetched),
        severity: rule.severity,
        subject: subject(rule.scope, &psn_no, institution.as_deref(), practitioner.as_deref()),
        admdvs: known.map(|known| known.admdvs.clone()).filter(|region| !region.is_empty()),
        psn_no: Some(psn_no),
        fixmedins_code: institution,
        prac_psn_code: practitioner,
        begin: hit.begin,
        end: hit.end,
        amount,
        account,
        counting: rule.amount,
        message: fill(&rule.message, &values),
        values,
        basis: rule.basis.clone(),
        evidence,
        pairs: Vec::new(),
        notes: hit.notes.clone(),
    }
}

/// The weakest of what the rule claims, what the detector claims and, for a good matched by prefix, what its name allows.
fn kind(claimed: Kind, hit: &Hit, fetched: &Fetched) -> Kind {
    let kind = claimed.max(hit.kind.unwrap_or(claimed));
    if hit.names.is_empty() || names_agree(hit, fetched) { kind } else { kind.max(Kind::Suspect) }
}

/// Whether each offending line carries one of the names of the good that its code's prefix stands for.
fn names_agree(hit: &Hit, fetched: &Fetched) -> bool {
    let mut lines =
        hit.marks.iter().filter(|mark| mark.source == Source::Fee && mark.role == Role::Offending);
    let plain = |name: &str| name.replace('（', "(").replace('）', ")");
    let names: Vec<String> = hit.names.iter().map(|name| plain(name)).collect();
    lines.all(|mark| {
        let own = fetched.0.get(&(mark.source, mark.row)).map(|row| plain(&row.name)).unwrap_or_default();
        names.iter().any(|name| own.contains(name.as_str()))
    })
}

fn subject(
    scope: SubjectKind,
    psn_no: &str,
    institution: Option<&str>,
    practitioner: Option<&str>,
) -> Subject {
    let id = match scope {
        SubjectKind::Institution | SubjectKind::Pharmacy => institution,
        SubjectKind::Practitioner => practitioner,
        SubjectKind::Person | SubjectKind::Group => None,
    };
    match id {
        Some(id) => Subject { kind: scope, id: id.to_owned() },
        None => Subject { kind: SubjectKind::Person, id: psn_no.to_owned() },
    }
}

fn first_name(hit: &Hit, fetched: &Fetched) -> String {
    let lines = hit.marks.iter().filter(|mark| mark.source == Source::Fee && mark.role == Role::Offending);
    lines
        .filter_map(|mark| fetched.0.get(&(mark.source, mark.row)))
        .map(|row| row.name.clone())
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

fn evidence(
    counting: Counting,
    claims: &Claims,
    hit: &Hit,
    fetched: &Fetched,
    texts: &Symbols,
) -> Vec<Evidence> {
    let mut marks = hit.marks.clone();
    // One row stands once: where it is both, it is offending.
    marks.sort_by_key(|mark| (mark.source, mark.row, mark.role));
    marks.dedup_by_key(|mark| (mark.source, mark.row));
    let mut evidence: Vec<Evidence> = marks
        .iter()
        .map(|mark| {
            let row = fetched.0.get(&(mark.source, mark.row)).cloned().unwrap_or_default();
            let (amount, account) = match counting {
                Counting::None => (Fen::ZERO, Fen::ZERO),
                _ => (amount(claims, mark, &row, fund), amount(claims, mark, &row, accounts)),
            };
            let place =
                institution(claims, mark).filter(|place| place.is_some() && *place != hit.institution);
            let setl_id =
                if mark.source == Source::Settlement { row.key.first().cloned() } else { row.setl_id };
            Evidence {
                table: mark.source.table().to_owned(),
                key: row.key,
                role: mark.role,
                time: row.time,
                setl_id,
                fixmedins_code: place.map(|place| texts.text(place).to_owned()),
                psn_no: None,
                amount,
                account,
            }
        })
        .collect();
    evidence.sort();
    evidence
}

/// The institution of a row that money or presence is counted at.
fn institution(claims: &Claims, mark: &Mark) -> Option<Symbol> {
    let row = mark.row as usize;
    match mark.source {
        Source::Settlement => claims.settlement.fixmedins_code.get(row).copied(),
        Source::Encounter => claims.encounter.fixmedins_code.get(row).copied(),
        Source::Fee => claims.encounter.fixmedins_code.get(claims.fee.encounter[row] as usize).copied(),
        _ => None,
    }
}

/// What the fund paid for a settlement.
fn fund(claims: &Claims, settlement: usize) -> i64 {
    claims.settlement.fund_pay_sumamt[settlement]
}

/// What personal accounts paid for a settlement, the insured person's own and the family's.
fn accounts(claims: &Claims, settlement: usize) -> i64 {
    let known = |column: &[i64]| if column[settlement] == NULL { 0 } else { column[settlement] };
    known(&claims.settlement.acct_pay) + known(&claims.settlement.acct_mulaid_pay)
}

/// What was paid for a row out of one purse, times the part in question.
fn amount(claims: &Claims, mark: &Mark, row: &Row, purse: fn(&Claims, usize) -> i64) -> Fen {
    let (settlement, fee) = (&claims.settlement, &claims.fee);
    match mark.source {
        Source::Settlement => {
            let paid = purse(claims, mark.row as usize);
            if paid == NULL { Fen::ZERO } else { Fen(paid).share(mark.part.num, mark.part.den) }
        }
        Source::Fee => {
            let setl = fee.settlement[mark.row as usize];
            if setl == NO_ROW || mark.part == Part::NONE {
                return Fen::ZERO;
            }
            let setl = setl as usize;
            let paid = purse(claims, setl).max(0);
            let (mut line, mut whole) = (row.in_scope, settlement.inscp_scp_amt[setl]);
            if line == NULL || whole == NULL || whole == 0 {
                (line, whole) = (row.gross, settlement.medfee_sumamt[setl]);
            }
            // What a refund has already taken off the line is no longer in question.
            let net = fee.det_item_fee_sumamt[mark.row as usize];
            if net != NULL && row.gross != NULL && net != row.gross {
                line = Fen(line).share(net, row.gross).0;
            }
            if line == NULL || whole == NULL || line <= 0 {
                return Fen::ZERO;
            }
            share_of(paid, line.min(whole), whole, mark.part)
        }
        _ => Fen::ZERO,
    }
}

/// `paid × line ÷ whole × part`, rounded once.
fn share_of(paid: i64, line: i64, whole: i64, part: Part) -> Fen {
    let dividend = i128::from(paid) * i128::from(line) * i128::from(part.num);
    let divisor = i128::from(whole) * i128::from(part.den);
    if divisor <= 0 {
        return Fen::ZERO;
    }
    Fen(i64::try_from((dividend + divisor / 2) / divisor).unwrap_or(i64::MAX))
}

/// The sum over evidence rows: of one settlement the larger of what is in question of it whole and of its lines.
pub fn total<'a>(evidence: impl IntoIterator<Item = &'a Evidence>, purse: impl Fn(&Evidence) -> Fen) -> Fen {
    let mut by_settlement: BTreeMap<Option<&str>, (Fen, Fen)> = BTreeMap::new();
    for entry in evidence {
        let sums = by_settlement.entry(entry.setl_id.as_deref()).or_default();
        if entry.table == "settlement" {
            sums.0 = sums.0.max(purse(entry));
        } else {
            sums.1 += purse(entry);
        }
    }
    by_settlement.into_values().map(|(settlement, lines)| settlement.max(lines)).sum()
}

/// The values that every finding knows, whatever its detector; the rule's parameters stand beside them.
pub const STANDARD: [&str; 9] =
    ["begin", "end", "amount", "account", "lines", "item", "psn_no", "fixmedins_code", "fixmedins_name"];

/// Fills `{name}` placeholders; an unknown one stays as it is, which the library's lint forbids. `{begin}至{end}` of one day is
/// that day.
pub fn fill(message: &str, values: &BTreeMap<String, String>) -> String {
    let one_day = values.get("begin").is_some_and(|begin| values.get("end") == Some(begin));
    let message = if one_day { message.replace("{begin}至{end}", "{begin}") } else { message.to_owned() };
    let mut filled = String::with_capacity(message.len() + 32);
    let mut rest = message.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        if let Some(value) = values.get(name) {
            filled.push_str(value);
        } else {
            filled.push('{');
            filled.push_str(name);
            filled.push('}');
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}
