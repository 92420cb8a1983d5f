//! What the server shows of the lake. Who reads it is handed in by the binary, so that the server knows no engine; all work on the lake is
//! done by commands of their own (`jobs.rs`).

mod portrait;

pub use portrait::{
    Portrait, PortraitGood, PortraitMonth, PortraitPart, PortraitQuery, PortraitStock, PortraitTraces,
    Portrayed, StockLine, TracedTwice,
};

use mingcha_casework::docket::RefusedRows;
use mingcha_library::Library;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};
use utoipa::ToSchema;

/// Why the lake was not read.
#[derive(Debug, thiserror::Error)]
pub enum ClaimsError {
    /// There is no lake yet, or no such batch, run or clue in it.
    #[error("not found")]
    NotFound,
    /// What a clue was found in is not kept any more.
    #[error("{0:?} is gone")]
    Gone(Gone),
    /// What is written of a run cannot be read; why, for the log.
    #[error("{0}")]
    Damaged(String),
    /// Too many ask at once, or the answer took too long.
    #[error("busy")]
    Busy,
    /// It could not be read; for the log.
    #[error("{0}")]
    Broken(String),
}

/// What of a clue's screening is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// It never had any: the clue comes from somewhere else.
    Nothing,
    /// The lake.
    Lake,
    /// The run.
    Run,
    /// The clue in its run.
    Clue,
    /// The version of the data that the run read.
    Version,
}

/// The rules and knowledge that come with Mingcha.
static BUILT_IN: LazyLock<Arc<Library>> = LazyLock::new(|| Arc::new(Library::embedded().0));

/// What reading comes to.
pub type Read<T> = Result<T, ClaimsError>;

/// Reads the lake; of one that is not there there is nothing to say. Calls block; instants are seconds of China's civil time, money is fen.
pub trait Claims: Send + Sync {
    /// The rules and knowledge that the lake is screened by; those that come with Mingcha where a site has no others.
    fn library(&self) -> Read<Arc<Library>> {
        Ok(Arc::clone(&BUILT_IN))
    }
    /// The site's own values of parameters by rule; nothing where the configuration names no folder of the site.
    fn site_params(&self) -> Read<Option<toml::Table>> {
        Ok(None)
    }
    /// Keeps these values of a rule's parameters in the site's file, in place of those that it has there.
    fn keep_params(&self, _rule: &str, _own: &toml::Table) -> Read<()> {
        Err(ClaimsError::NotFound)
    }
    /// The fixtures of a rule, run.
    fn fixtures(&self, _rule: &str) -> Read<Vec<FixtureRun>> {
        Err(ClaimsError::NotFound)
    }
    /// What lies in it.
    fn status(&self) -> Read<LakeView> {
        Ok(LakeView::default())
    }
    /// Its versions, the newest first.
    fn versions(&self) -> Read<Vec<LakeVersion>> {
        Ok(Vec::new())
    }
    /// Its batches, also those that were refused whole, the newest first.
    fn batches(&self) -> Read<Vec<BatchView>> {
        Ok(Vec::new())
    }
    /// What became of a batch, with the importer's report.
    fn batch(&self, _id: &str) -> Read<BatchReport> {
        Err(ClaimsError::NotFound)
    }
    /// Refused rows, a page of them.
    fn quarantine(&self, _query: &Refused) -> Read<Quarantine> {
        Ok(Quarantine::default())
    }
    /// The open ones of a table as CSV, to be mended and imported again.
    fn to_mend(&self, _query: &Refused) -> Read<String> {
        Err(ClaimsError::NotFound)
    }
    /// Refused rows with what was typed laid over them, as CSV to be imported; nothing where one of them is not open any more. It is noted
    /// where a row is mended to another key than it came with, unless it is only tried.
    fn mend(&self, _mend: &Mend) -> Read<Option<String>> {
        Ok(None)
    }
    /// Runs, the newest first.
    fn runs(&self) -> Read<Vec<RunView>> {
        Ok(Vec::new())
    }
    /// What a run found, rule by rule.
    fn run(&self, _id: &str) -> Read<RunReport> {
        Err(ClaimsError::NotFound)
    }
    /// Designated institutions of the register, in the order of their codes.
    fn institutions(&self) -> Read<Arc<[Institution]>> {
        Ok(Arc::default())
    }
    /// Rows that imports refused for what stood in them, by institution and month; those of batches that were refused whole are not among
    /// them, for it is not theirs alone.
    fn refused_rows(&self) -> Read<Arc<RefusedRows>> {
        Ok(Arc::default())
    }
    /// Whom a clue is about, drawn over time. `origin` is what the clue was handed over with: its lines are lit.
    fn timeline(&self, _run: &str, _clue: &str, _origin: &Value) -> Read<Timeline> {
        Err(ClaimsError::NotFound)
    }
    /// Where the institution or practitioner of a clue lies among all that the same rule looked at in the run.
    fn peers(&self, _run: &str, _clue: &str) -> Read<Peers> {
        Err(ClaimsError::NotFound)
    }
    /// The institutions of the register where somebody is on record, or the institution itself; none where the register knows neither.
    fn portrayed(&self, _kind: Portrayed, _code: &str) -> Read<Vec<Institution>> {
        Ok(Vec::new())
    }
    /// What the lake holds of an institution or a practitioner, added up.
    fn portrait(&self, _query: &PortraitQuery) -> Read<Portrait> {
        Err(ClaimsError::NotFound)
    }
    /// What the lake holds of the person whom a clue is about, added up; not found where it is about anybody else.
    fn person(&self, _run: &str, _clue: &str) -> Read<Portrait> {
        Err(ClaimsError::NotFound)
    }
    /// What the newest run found at an institution, for its own people.
    fn screened(&self, _institution: &str, _query: &OwnLines) -> Read<Screened> {
        Ok(Screened::default())
    }
}

/// No lake at all.
pub struct NoClaims;

impl Claims for NoClaims {}

/// A fixture of a rule, run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FixtureRun {
    /// `命中`, `不命中` or `缺数据`.
    pub sort: String,
    /// Its title.
    pub title: String,
    /// What the rule must find, in Chinese, one finding each; empty where it must stay silent.
    pub expected: Vec<String>,
    /// What it found, in Chinese, one finding each.
    pub found: Vec<String>,
    /// What differs, in the words of `mingcha rule test`.
    pub differences: Vec<String>,
    /// Whether the rule found what it must; nothing where the time was over before it was run.
    pub passed: Option<bool>,
}

/// What lies in the lake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct LakeView {
    /// Whether there is one.
    pub there: bool,
    /// Version.
    pub version: u64,
    /// Batches in it.
    pub batches: u64,
    /// Whether compaction would make reading faster.
    pub wants_compaction: bool,
    /// Tables that hold something.
    pub tables: Vec<LakeTable>,
}

/// A table of the lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LakeTable {
    /// National name.
    pub table: String,
    /// Chinese name.
    pub title: String,
    /// Rows.
    pub rows: u64,
    /// Bytes on disk.
    pub bytes: u64,
}

/// A version of the lake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LakeVersion {
    /// Its number.
    pub version: u64,
    /// When it was written.
    pub at: i64,
    /// What made it: `import`, `compact`, …
    pub made: String,
    /// The batch, where it is an import.
    pub batch: Option<String>,
    /// Whether it can still be read.
    pub kept: bool,
    /// Rows with a new key.
    pub added: u64,
    /// Rows that replaced one of the same key.
    pub replaced: u64,
    /// Rows that stood already.
    pub unchanged: u64,
    /// Rows that were refused.
    pub refused: u64,
}

/// A batch of files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BatchView {
    /// Id.
    pub id: String,
    /// When it was written.
    pub at: i64,
    /// Whether it was refused whole: then nothing of it is in the lake.
    pub refused_whole: bool,
    /// Version that it made, or met where it was refused.
    pub version: u64,
    /// Names of its files.
    pub files: Vec<String>,
    /// Rows that were read.
    pub read: u64,
    /// Rows in quarantine.
    pub quarantined: u64,
}

/// A batch with the importer's report.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct BatchReport {
    /// The batch.
    #[serde(flatten)]
    pub batch: BatchView,
    /// Counts by table and file, what was noted and refused, by check.
    #[schema(value_type = Object)]
    pub report: Value,
    /// Chinese names of checks, tables and columns that the report names.
    pub titles: BTreeMap<String, String>,
}

/// Which refused rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Refused {
    /// Only of this batch.
    pub batch: Option<String>,
    /// Only of this table.
    pub table: Option<String>,
    /// Only refused by this check.
    pub check: Option<String>,
    /// Mended ones too.
    pub mended: bool,
    /// Page, from 1; 100 rows each.
    pub page: Option<u32>,
}

/// Refused rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Quarantine {
    /// All by table, column, check and state.
    pub groups: Vec<RefusedGroup>,
    /// Rows of the page.
    pub items: Vec<RefusedRow>,
    /// Rows of all pages.
    pub total: u64,
    /// Columns of the table that was asked for; none where all were.
    pub columns: Vec<RefusedColumn>,
}

/// A column of a table with refused rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedColumn {
    /// National name.
    pub column: String,
    /// Chinese name.
    pub title: String,
    /// Whether a row without it is refused.
    pub required: bool,
    /// Whether it is personal: it can be replaced and never read.
    pub personal: bool,
    /// Whether it is a part of what names a row.
    pub key: bool,
}

/// Refused rows of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedGroup {
    /// Table.
    pub table: String,
    /// Its Chinese name.
    pub table_title: String,
    /// Column, empty where the whole row is at fault.
    pub column: String,
    /// Check.
    pub check: String,
    /// Its Chinese name.
    pub title: String,
    /// `open`, `mended` or `refused_batch`.
    pub state: String,
    /// How many.
    pub rows: u64,
}

/// A refused row. Personal values are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedRow {
    /// Batch.
    pub batch: String,
    /// Place among the batch's refused rows, from 0; with the batch it names the row.
    pub place: u64,
    /// File.
    pub file: String,
    /// Line in it, from 1.
    pub line: u64,
    /// Table.
    pub table: String,
    /// Column, empty where the whole row is at fault.
    pub column: String,
    /// Its Chinese name.
    pub column_title: String,
    /// What stood there.
    pub value: String,
    /// Check.
    pub check: String,
    /// Its Chinese name.
    pub title: String,
    /// What to do about it.
    pub hint: String,
    /// `open`, `mended` or `refused_batch`.
    pub state: String,
    /// The row by column.
    pub row: BTreeMap<String, String>,
}

/// Refused rows of a table to be mended. What was typed may be personal: it is neither logged nor recorded.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mend {
    /// Table.
    pub table: String,
    /// The rows, 500 at most.
    pub rows: Vec<MendedRow>,
    /// Check everything, keep nothing.
    #[serde(default)]
    pub trial: bool,
}

/// A refused row with other values.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MendedRow {
    /// Batch.
    pub batch: String,
    /// Place among the batch's refused rows.
    pub place: u64,
    /// Values by column; an empty one takes a value away. Other cells stay as they are stored.
    pub cells: BTreeMap<String, String>,
}

/// A designated institution as the register has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Institution {
    /// Code, `fixmedins_code`.
    pub code: String,
    /// Name, `fixmedins_name`.
    pub name: String,
    /// Region code, empty where the register has none.
    pub region: String,
}

/// A run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunView {
    /// Id.
    pub id: String,
    /// Whether what is written of it cannot be read; then nothing but its id is known.
    pub damaged: bool,
    /// Rows after this day did not count.
    pub as_of: String,
    /// Version of the lake.
    pub lake_version: u64,
    /// Rules that ran.
    pub rules: u64,
    /// Findings.
    pub findings: u64,
    /// Findings by kind.
    pub kinds: BTreeMap<String, u64>,
    /// Clues.
    pub clues: u64,
    /// The fund's money in question, each line once, fen.
    pub amount: i64,
    /// Region that it was asked for, empty where all.
    pub region: String,
}

/// What a run found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunReport {
    /// The run.
    #[serde(flatten)]
    pub run: RunView,
    /// Rule by rule, the most money first.
    pub by_rule: Vec<RunRule>,
    /// Tables without a row, each with the rules that read it: what those say is incomplete.
    pub empty_tables: BTreeMap<String, Vec<String>>,
}

/// What a rule found in a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunRule {
    /// Folder.
    pub rule: String,
    /// Chinese name.
    pub title: String,
    /// Version.
    pub version: u32,
    /// Clues.
    pub clues: u64,
    /// Of them of high grade.
    pub high: u64,
    /// Findings in them.
    pub findings: u64,
    /// The fund's money in question, each line of a clue once, fen.
    pub amount: i64,
}

/// Whom a clue is about, drawn over time. Nothing in it names a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timeline {
    /// `person`, `group`, or `institution` and `practitioner`, which are drawn by days.
    pub kind: String,
    /// Rows of the drawing.
    pub lanes: Vec<Lane>,
    /// What lies in them, by time.
    pub items: Vec<Item>,
    /// Counts by day, where it is drawn by days.
    pub days: Vec<Day>,
    /// Terminals of the settlements that the clue's lines name, by settlement, where it is drawn by people; what has none is left out.
    pub terminals: BTreeMap<String, String>,
    /// Whether there was more than is shown.
    pub more: bool,
}

/// A row of the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lane {
    /// Id.
    pub id: String,
    /// `stay` bars, `visit` points, `supply` bands, `line` points.
    pub kind: String,
    /// What stands beside it.
    pub label: String,
}

/// Something in a lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Item {
    /// Its lane.
    pub lane: String,
    /// Beginning.
    pub from: i64,
    /// End, where it lasts.
    pub to: Option<i64>,
    /// What it is.
    pub label: String,
    /// Money, fen, where there is any.
    pub amount: Option<i64>,
    /// Whether the clue stands on it.
    pub offending: bool,
    /// Table and key of its row.
    pub key: Vec<String>,
}

/// A day of an institution or practitioner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Day {
    /// The day.
    pub day: String,
    /// Visits and stays that began.
    pub visits: u64,
    /// People.
    pub people: u64,
    /// What the fund paid, fen.
    pub fund: i64,
    /// Lines of that day that the clue stands on.
    pub offending: u64,
}

/// Where somebody lies among peers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Peers {
    /// Code of the one that it is about; empty where the rule's findings name none.
    pub own: String,
    /// Whose measure it is: `institution` or `practitioner`.
    pub kind: String,
    /// All that the rule names in this run, the most first; at most 500.
    pub peers: Vec<Peer>,
    /// How many there are, of them with nothing found: those of the same kind in the register.
    pub all: u64,
    /// Rank of the own one, from 1.
    pub rank: Option<u64>,
    /// Findings: median and 90th percentile over all.
    pub findings: (u64, u64),
    /// Money in question, fen: median and 90th percentile over all.
    pub amount: (i64, i64),
}

/// One of the peers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Peer {
    /// Code.
    pub code: String,
    /// Name, where the register knows it.
    pub name: String,
    /// Findings.
    pub findings: u64,
    /// People in them.
    pub people: u64,
    /// Money in question, fen.
    pub amount: i64,
}

/// Which lines of what was found at one's own institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnLines {
    /// Of this rule; none without one.
    pub rule: Option<String>,
    /// Page, from 1; 100 lines each.
    pub page: Option<u32>,
}

/// What the newest run found at an institution, for its own people. Nothing in it names a person or another institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Screened {
    /// The run; empty where there is none.
    pub run: String,
    /// Rows after this day did not count.
    pub as_of: String,
    /// Rule by rule, the most money first.
    pub rules: Vec<ScreenedRule>,
    /// Lines of the rule that was asked for, a page of them.
    pub lines: Vec<ScreenedLine>,
    /// Lines of all pages.
    pub total: u64,
}

/// What a rule found at an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScreenedRule {
    /// Folder.
    pub rule: String,
    /// Chinese name.
    pub title: String,
    /// Findings.
    pub findings: u64,
    /// Lines that they stand on, each once.
    pub lines: u64,
    /// The fund's money in question, each line once, fen.
    pub amount: i64,
    /// The law and the article.
    pub basis: Vec<String>,
}

/// A line of an institution that a rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScreenedLine {
    /// When.
    pub at: Option<i64>,
    /// Chinese name of its table.
    pub table: String,
    /// The institution's own numbers of it.
    pub key: Vec<String>,
    /// The fund's money in question, fen.
    pub amount: i64,
    /// What was seen; empty where it tells of other institutions too.
    pub message: String,
}
