//! The claims of one bucket of people as plain columns: what every detector looks at.
//!
//! Rows of each table stand in order of (person, time). Only the columns that some rule needs are filled; a column that nobody
//! declared is empty, and looking at it is a bug that shows at once.

pub mod columns;
mod link;
mod load;
mod refunds;
mod sort;

pub use columns::{NO_DAY, NULL};

use crate::symbols::{Symbol, Symbols};
use arrow_array::RecordBatch;
use mingcha_model::table;
use std::collections::{BTreeMap, BTreeSet};

/// Why claims could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A column has a type that the table's schema does not give it.
    #[error("column `{table}.{column}` has the type {found}, which its table does not allow")]
    Type {
        /// The table.
        table: &'static str,
        /// The column.
        column: String,
        /// What was found.
        found: String,
    },
    /// Rows could not be picked out of a batch.
    #[error("rows cannot be picked out of a batch: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// Rows of a bucket do not come in the order of people.
    #[error("rows of `{table}` are not sorted by person: compact the lake, or report this as a bug")]
    Order {
        /// The table.
        table: &'static str,
    },
}

/// Record batches by table, each table's rows in order of (person, time, key) over its batches.
#[derive(Clone, Debug, Default)]
pub struct Tables(pub BTreeMap<String, Vec<RecordBatch>>);

impl Tables {
    /// The batches of a table; empty where there are none.
    pub fn of(&self, table: &str) -> &[RecordBatch] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }
}

/// Which columns of which tables a set of rules looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs(BTreeMap<String, BTreeSet<String>>);

/// Columns that every pass reads: they order rows, tie them together and net refunds.
const STRUCTURE: &[(&str, &[&str])] = &[
    ("person", &["psn_no"]),
    ("encounter", &["psn_no", "mdtrt_id", "fixmedins_code", "med_type", "begntime", "endtime"]),
    (
        "settlement",
        &[
            "psn_no",
            "setl_id",
            "mdtrt_id",
            "fixmedins_code",
            "setl_time",
            "refd_setl_flag",
            "init_setl_id",
            "fund_pay_sumamt",
            "acct_pay",
            "acct_mulaid_pay",
            "inscp_scp_amt",
            "medfee_sumamt",
        ],
    ),
    (
        "fee",
        &[
            "psn_no",
            "mdtrt_id",
            "setl_id",
            "fee_ocur_time",
            "med_list_codg",
            "cnt",
            "det_item_fee_sumamt",
            "feedetl_key",
            "init_feedetl_key",
        ],
    ),
    ("diagnosis", &["psn_no", "mdtrt_id"]),
    ("operation", &["psn_no", "mdtrt_id"]),
    ("activity", &["psn_no"]),
    ("benefit", &["psn_no"]),
];

impl Needs {
    /// Needs nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column given as `table.column`.
    pub fn add(&mut self, read: &str) {
        if let Some((table, column)) = read.split_once('.') {
            self.0.entry(table.to_owned()).or_default().insert(column.to_owned());
        }
    }

    /// Whether a column is among them.
    pub fn has(&self, table: &str, column: &str) -> bool {
        self.0.get(table).is_some_and(|columns| columns.contains(column))
    }

    /// The person-scope tables to read with their columns: the declared ones and those that tie the rows together.
    ///
    /// Claims (`person`, `encounter`, `settlement`, `fee`) are always among them; the others only where a rule declares them.
    pub fn by_person(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut wanted = Vec::new();
        for &(name, structure) in STRUCTURE {
            let declared = self.0.get(name);
            if declared.is_none() && !matches!(name, "person" | "encounter" | "settlement" | "fee") {
                continue;
            }
            let mut columns: BTreeSet<String> = structure.iter().map(|&column| column.to_owned()).collect();
            columns.extend(declared.into_iter().flatten().cloned());
            wanted.push((name, columns.into_iter().collect()));
        }
        wanted
    }

    /// The other tables to read (institutions, agreements, practitioners) with their key and declared columns.
    pub fn reference(&self) -> Vec<(&'static str, Vec<String>)> {
        let tables = table::tables().iter().filter(|table| !table.by_person);
        tables
            .filter_map(|table| {
                let declared = self.0.get(table.name)?;
                let mut columns: BTreeSet<String> =
                    table.key.iter().map(|&column| column.to_owned()).collect();
                columns.extend(declared.iter().cloned());
                Some((table.name, columns.into_iter().collect()))
            })
            .collect()
    }
}

/// Declares the rows of one table as columns and how they are filled.
macro_rules! rows {
    (
        $(#[$doc:meta])* $name:ident, $table:literal,
        ints { $($int:ident),* $(,)? }, texts { $($text:ident),* $(,)? }, names { $($id:ident),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub struct $name {
            /// The person of each row, as an index into [`Claims::people`].
            pub person: Vec<u32>,
            /// Where each person's rows begin; one more entry than there are people.
            pub of: Vec<u32>,
            /// The encounter of each row; [`NO_ROW`] where unknown. Only where the table has `mdtrt_id`.
            pub encounter: Vec<u32>,
            /// The settlement of each row; [`NO_ROW`] where there is none. Only where the table has `setl_id`.
            pub settlement: Vec<u32>,
            /// Whether the row counts: not a refund, not refunded, not after the day on which one looks.
            pub live: Vec<bool>,
            $(
                #[doc = concat!("`", stringify!($int), "`: decimals unscaled, times in seconds, days in days; [`NULL`] where absent.")]
                pub $int: Vec<i64>,
            )*
            $(
                #[doc = concat!("`", stringify!($text), "` as a symbol.")]
                pub $text: Vec<Symbol>,
            )*
            $(
                #[doc = concat!("`", stringify!($id), "` by its 64-bit hash, good for nothing but comparing; [`NULL`] where absent.")]
                pub $id: Vec<i64>,
            )*
        }

        impl $name {
            /// How many rows there are.
            pub fn len(&self) -> usize {
                self.person.len()
            }

            /// Whether there is none.
            pub fn is_empty(&self) -> bool {
                self.person.is_empty()
            }

            /// The rows of a person.
            pub fn rows(&self, person: u32) -> std::ops::Range<usize> {
                self.of[person as usize] as usize..self.of[person as usize + 1] as usize
            }

            /// Names of the columns that a rule may declare.
            pub const COLUMNS: &[&str] = &[$(stringify!($int),)* $(stringify!($text),)* $(stringify!($id),)*];

            /// Empties it and keeps the memory for the next bucket.
            fn clear(&mut self) {
                self.person.clear();
                self.of.clear();
                self.encounter.clear();
                self.settlement.clear();
                self.live.clear();
                $(self.$int.clear();)*
                $(self.$text.clear();)*
                $(self.$id.clear();)*
            }

            fn fill(&mut self, batches: &[RecordBatch], has: impl Fn(&str) -> bool, symbols: &mut Dictionaries) -> Result<(), LoadError> {
                let rows = batches.iter().map(RecordBatch::num_rows).sum();
                $(if has(stringify!($int)) { room(&mut self.$int, rows); })*
                $(if has(stringify!($text)) { room(&mut self.$text, rows); })*
                $(if has(stringify!($id)) { room(&mut self.$id, rows); })*
                for batch in batches {
                    let reader = columns::Reader::new($table, batch);
                    $(
                        if has(stringify!($int)) {
                            reader.push_integers(stringify!($int), &mut self.$int)?;
                        }
                    )*
                    $(
                        if has(stringify!($text)) {
                            let table = if stringify!($text) == "med_list_codg" { &mut symbols.codes } else { &mut symbols.texts };
                            reader.push_mapped(stringify!($text), Symbol::NONE, |text| table.intern(text), &mut self.$text)?;
                        }
                    )*
                    $(
                        if has(stringify!($id)) {
                            reader.push_mapped(stringify!($id), NULL, |name| mingcha_model::key::key(&[name.as_bytes()]), &mut self.$id)?;
                        }
                    )*
                }
                Ok(())
            }
        }
    };
}

/// Makes room for the rows of a bucket in an empty column: at once, since growing batch by batch would copy it several times, and for some
/// more, so that the next bucket, which is never quite as large, needs no new memory.
fn room<T>(column: &mut Vec<T>, rows: usize) {
    if column.capacity() < rows {
        *column = Vec::with_capacity(rows + rows / 8);
    }
}

rows!(
    /// Insured people.
    People, "person",
    ints { brdy, die_date, insu_begndate, insu_enddate },
    texts { gend, psn_type, insutype, insu_admdvs, psn_idet_type, emp_no, resd_codg },
    names {}
);
rows!(
    /// Visits and stays.
    Encounters, "encounter",
    ints { begntime, endtime },
    texts {
        fixmedins_code, med_type, insutype, insu_admdvs, mdtrt_cert_type, adm_dept_codg, adm_bed, atddr_no, dscg_way, dise_codg,
        matn_type, oprn_oprt_code, grp_codg
    },
    names {}
);
rows!(
    /// Diagnoses.
    Diagnoses, "diagnosis",
    ints { diag_srt_no, diag_time },
    texts { diag_type, maindiag_flag, diag_code },
    names {}
);
rows!(
    /// Operations.
    Operations, "operation",
    ints { oprn_srt_no, oprn_begntime, oprn_endtime },
    texts { main_oprn_flag, oprn_oprt_code, oper_dr_code, anst_dr_code, anst_way },
    names {}
);
rows!(
    /// Settlements and refunds.
    Settlements, "settlement",
    ints {
        setl_time, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc, hifp_pay, cvlserv_pay,
        hifes_pay, hifmi_pay, hifob_pay, maf_pay, oth_pay, fund_pay_sumamt, acct_pay, acct_mulaid_pay, psn_cash_pay, psn_part_amt,
        hosp_part_amt, grp_pay_std
    },
    texts { fixmedins_code, med_type, insutype, insu_admdvs, mdtrt_cert_type, setl_dev_no, refd_setl_flag, invo_no },
    names {}
);
rows!(
    /// Fee lines.
    Fees, "fee",
    ints {
        fee_ocur_time, cnt, pric, det_item_fee_sumamt, pric_uplmt_amt, overlmt_amt, fulamt_ownpay_amt, preselfpay_amt, inscp_scp_amt,
        prd_days, feedetl_key, init_feedetl_key
    },
    texts {
        med_list_codg, fixmedins_code, list_type, med_chrgitm_type, chrgitm_lv, bilg_dept_codg, bilg_dr_code, acord_dept_codg, orders_dr_code, phar_code,
        rx_flag, rx_circ_flag, hosp_appr_flag, dscg_tkdrug_flag
    },
    names { rxno }
);
rows!(
    /// Activities known to other departments.
    Activities, "activity",
    ints { begntime, endtime },
    texts { act_type, admdvs, source },
    names {}
);
rows!(
    /// Benefits of other schemes.
    Benefits, "benefit",
    ints { begndate, enddate, amt },
    texts { benefit_type, emp_no, source },
    names {}
);

/// No row: the absent link between tables.
pub const NO_ROW: u32 = u32::MAX;

/// The two dictionaries of a worker: goods apart from all other texts, since nearly every rule asks about goods.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// `fee.med_list_codg`.
    pub codes: Symbols,
    /// Everything else.
    pub texts: Symbols,
}

/// The claims of one bucket.
#[derive(Debug, Default)]
pub struct Claims {
    /// `psn_no` of each person, sorted.
    pub psn_no: Vec<Box<str>>,
    /// Insured people: at most one row each.
    pub person: People,
    /// Visits and stays.
    pub encounter: Encounters,
    /// Diagnoses.
    pub diagnosis: Diagnoses,
    /// Operations.
    pub operation: Operations,
    /// Settlements.
    pub settlement: Settlements,
    /// Fee lines.
    pub fee: Fees,
    /// Activities.
    pub activity: Activities,
    /// Benefits.
    pub benefit: Benefits,
}

impl Claims {
    /// How many people there are.
    pub fn people(&self) -> u32 {
        self.psn_no.len() as u32
    }

    /// How many rows there are in all tables.
    pub fn rows(&self) -> usize {
        self.person.len()
            + self.encounter.len()
            + self.diagnosis.len()
            + self.operation.len()
            + self.settlement.len()
            + self.fee.len()
            + self.activity.len()
            + self.benefit.len()
    }
}
