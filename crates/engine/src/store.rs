//! Runs on disk: `<lake>/runs/<id>/` holds what was asked, every finding, every clue, and the library as it was.
//!
//! A run is written into a folder beside and renamed, so that it is there whole or not at all. Equal inputs give equal bytes.

use crate::{
    clue::Clue,
    error::{EngineError, Result},
};
use mingcha_model::{Date, Fen, Finding, cert::sm3_hex};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

/// What a run was asked and what it stands on. Findings are a function of this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Version of the lake.
    pub lake_version: u64,
    /// SM3 of the batches that this version holds, so that runs over different data have different ids.
    pub data: String,
    /// Digest of the library.
    pub library: String,
    /// Name and version of each rule that ran, sorted.
    pub rules: BTreeMap<String, u32>,
    /// A locality's parameters, as given.
    pub params: toml::Table,
    /// Rows after this day do not count, inclusive.
    pub as_of: Date,
    /// Findings that end before this day are left out.
    pub from: Option<Date>,
    /// Findings that begin after this day are left out.
    pub to: Option<Date>,
    /// Only findings whose region begins so.
    pub region: Option<String>,
}

impl Asked {
    /// The run's id: the as-of day and a digest of everything asked.
    pub fn id(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{}-{}", self.as_of, &sm3_hex(text.as_bytes())[..12])
    }
}

/// What a report says of an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its name; empty where the register does not know it.
    pub name: String,
    /// Its region; empty where the register does not know it.
    pub admdvs: String,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The id.
    pub id: String,
    /// What was asked.
    pub asked: Asked,
    /// The last day of which the lake held a line or settlement.
    pub last_day: Option<Date>,
    /// How many findings, by kind.
    pub kinds: BTreeMap<String, u64>,
    /// How many findings.
    pub findings: u64,
    /// How many clues.
    pub clues: u64,
    /// The fund's money in question, each line once.
    pub amount: Fen,
    /// The money of personal accounts in question, each line once.
    #[serde(skip_serializing_if = "Fen::is_zero", default)]
    pub account: Fen,
    /// Tables without a row, each with the rules asked that read it: what they say is incomplete.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub empty_tables: BTreeMap<String, Vec<String>>,
    /// The institutions that evidence lies at.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, Place>,
    /// SM3 of the findings, one JSON object a line.
    pub findings_sm3: String,
}

/// The runs of a lake.
#[derive(Clone, Debug)]
pub struct Runs {
    dir: PathBuf,
}

const FINDINGS: &str = "findings.jsonl.zst";
const CLUES: &str = "clues.jsonl.zst";
const LIBRARY: &str = "library.json.zst";
const RUN: &str = "run.json";

impl Runs {
    /// The runs under a lake's folder.
    pub fn of(lake: &Path) -> Self {
        Self { dir: lake.join("runs") }
    }

    /// The folder of a run.
    pub fn folder(&self, id: &str) -> PathBuf {
        self.dir.join(id)
    }

    /// Ids of all runs, sorted by when they were written, oldest first.
    pub fn ids(&self) -> Result<Vec<String>> {
        let Ok(entries) = fs::read_dir(&self.dir) else { return Ok(Vec::new()) };
        let mut runs = Vec::new();
        for entry in entries.flatten() {
            let path = entry.path().join(RUN);
            if let (Ok(meta), Some(name)) = (fs::metadata(&path), entry.file_name().to_str())
                && !name.starts_with('.')
            {
                runs.push((meta.modified().ok(), name.to_owned()));
            }
        }
        runs.sort();
        Ok(runs.into_iter().map(|(_, name)| name).collect())
    }

    /// The run of that id or unambiguous beginning of one; `latest` is the newest.
    pub fn find(&self, name: &str) -> Result<Run> {
        let ids = self.ids()?;
        let matching: Vec<&String> = if name == "latest" {
            ids.last().into_iter().collect()
        } else {
            ids.iter().filter(|id| id.starts_with(name)).collect()
        };
        match matching.as_slice() {
            [id] => self.read_run(id),
            _ => Err(EngineError::Unknown { what: "run", name: name.to_owned() }),
        }
    }

    fn read_run(&self, id: &str) -> Result<Run> {
        let path = self.folder(id).join(RUN);
        let text =
            fs::read_to_string(&path).map_err(|source| EngineError::File { path: path.clone(), source })?;
        serde_json::from_str(&text).map_err(|source| EngineError::Record { path, line: 1, source })
    }

    /// The findings of a run, in order.
    pub fn findings(&self, id: &str) -> Result<Vec<Finding>> {
        read_lines(&self.folder(id).join(FINDINGS))
    }

    /// The clues of a run, gravest first.
    pub fn clues(&self, id: &str) -> Result<Vec<Clue>> {
        read_lines(&self.folder(id).join(CLUES))
    }

    /// One clue of a run; the others are passed over unread.
    pub fn clue(&self, id: &str, clue: &str) -> Result<Option<Clue>> {
        let named = format!("\"id\":{}", line(&clue));
        let mut found = None;
        each_line(&self.folder(id).join(CLUES), &|text| text.contains(&named), &mut |record: Clue| {
            if record.id == clue {
                found = Some(record);
            }
            found.is_none()
        })?;
        Ok(found)
    }

    /// The findings of one rule of a run, in order, one at a time; the others are passed over unread.
    pub fn findings_of(&self, id: &str, rule: &str, each: &mut dyn FnMut(Finding)) -> Result<()> {
        let named = format!("\"rule\":{}", line(&rule));
        each_line(&self.folder(id).join(FINDINGS), &|text| text.contains(&named), &mut |record: Finding| {
            if record.rule == rule {
                each(record);
            }
            true
        })
    }

    /// The archive of the library that a run used.
    pub fn library(&self, id: &str) -> Result<Vec<u8>> {
        let path = self.folder(id).join(LIBRARY);
        let packed = fs::read(&path).map_err(|source| EngineError::File { path: path.clone(), source })?;
        zstd::decode_all(packed.as_slice()).map_err(|source| EngineError::File { path, source })
    }

    /// Writes a run whole; one of the same id is replaced by the same bytes.
    pub fn write(&self, run: &Run, findings: &[Finding], clues: &[Clue], library: &[u8]) -> Result<()> {
        let draft = self.dir.join(format!(".draft-{}-{}", run.id, std::process::id()));
        let file = |name: &str| draft.join(name);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| EngineError::File { path, source }
        };
        self.sweep();
        fs::create_dir_all(&draft).map_err(failed(&draft))?;
        write_lines(&file(FINDINGS), findings)?;
        write_lines(&file(CLUES), clues)?;
        let packed = zstd::encode_all(library, 3).map_err(failed(&file(LIBRARY)))?;
        fs::write(file(LIBRARY), packed).map_err(failed(&file(LIBRARY)))?;
        let text = serde_json::to_string_pretty(run).unwrap_or_default();
        fs::write(file(RUN), text + "\n").map_err(failed(&file(RUN)))?;
        let folder = self.folder(&run.id);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed(&folder))?;
        }
        fs::rename(&draft, &folder).map_err(failed(&folder))
    }

    /// Removes what an interrupted run left behind.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(".draft-") {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// SM3 over findings as they are written.
pub fn digest(findings: &[Finding]) -> String {
    use sm3::Digest;
    let mut hasher = sm3::Sm3::new();
    for finding in findings {
        hasher.update(line(finding));
        hasher.update(b"\n");
    }
    mingcha_model::cert::hex(&hasher.finalize())
}

/// A record as one line of JSON.
pub fn line<T: Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_default()
}

fn write_lines<T: Serialize>(path: &Path, records: &[T]) -> Result<()> {
    let failed = |source| EngineError::File { path: path.to_owned(), source };
    let file = fs::File::create(path).map_err(failed)?;
    let mut out = zstd::Encoder::new(std::io::BufWriter::new(file), 3).map_err(failed)?;
    for record in records {
        out.write_all(line(record).as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(failed)?;
    }
    let mut inner = out.finish().map_err(failed)?;
    inner.flush().map_err(failed)
}

fn read_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let mut records = Vec::new();
    each_line(path, &|_| true, &mut |record| {
        records.push(record);
        true
    })?;
    Ok(records)
}

/// Reads the records whose line is wanted, until one says that it is enough.
fn each_line<T: DeserializeOwned>(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(T) -> bool,
) -> Result<()> {
    let failed = |source| EngineError::File { path: path.to_owned(), source };
    let file = fs::File::open(path).map_err(failed)?;
    let mut lines = BufReader::new(zstd::Decoder::new(file).map_err(failed)?);
    let mut text = String::new();
    for number in 1.. {
        text.clear();
        if lines.read_line(&mut text).map_err(failed)? == 0 {
            break;
        }
        let record = text.trim_end_matches(['\n', '\r']);
        if wanted(record) {
            let record = serde_json::from_str(record).map_err(|source| EngineError::Record {
                path: path.to_owned(),
                line: number,
                source,
            })?;
            if !each(record) {
                break;
            }
        }
    }
    Ok(())
}
