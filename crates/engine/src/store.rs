//! Runs on disk: `<lake>/runs/<id>/` holds what was asked, every finding, every clue, and the library as it was.
//!
//! A run is written into a folder beside and renamed, so that it is there whole or not at all. Equal inputs give equal bytes.
//! Writers take turns by the lock of `<lake>/runs/.lock`; reading needs none.

use crate::{
    clue::Clue,
    error::{EngineError, Result},
};
use mingcha_lake::{sync_folder, write_synced};
use mingcha_model::{Date, Fen, Finding, cert::sm3_hex};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, BufReader, BufWriter, Write},
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
/// What a run's folder holds.
const FILES: [&str; 4] = [FINDINGS, CLUES, LIBRARY, RUN];
/// How the folder of a run begins that is not in its place yet.
const DRAFT: &str = ".draft-";
const LOCK: &str = ".lock";
/// How many runs are named where a beginning fits several.
const NAMED: usize = 10;

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
            [] => Err(EngineError::Unknown { what: "run", name: name.to_owned() }),
            several => {
                let runs = several.iter().rev().take(NAMED).copied().cloned().collect();
                Err(EngineError::Ambiguous { name: name.to_owned(), runs })
            }
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

    /// The findings of a run that name an institution, in order, one at a time; the others are passed over unread.
    pub fn findings_at(&self, id: &str, institution: &str, each: &mut dyn FnMut(Finding)) -> Result<()> {
        let named = line(&institution);
        each_line(&self.folder(id).join(FINDINGS), &|text| text.contains(&named), &mut |record: Finding| {
            each(record);
            true
        })
    }

    /// Titles of the rules that made clues in a run, by folder.
    pub fn titles(&self, id: &str) -> Result<BTreeMap<String, String>> {
        #[derive(Deserialize)]
        struct Titled {
            rule: String,
            title: String,
        }
        let mut titles = BTreeMap::new();
        each_line(&self.folder(id).join(CLUES), &|_| true, &mut |Titled { rule, title }| {
            titles.insert(rule, title);
            true
        })?;
        Ok(titles)
    }

    /// The archive of the library that a run used.
    pub fn library(&self, id: &str) -> Result<Vec<u8>> {
        let path = self.folder(id).join(LIBRARY);
        let packed = fs::read(&path).map_err(|source| EngineError::File { path: path.clone(), source })?;
        zstd::decode_all(packed.as_slice()).map_err(|source| EngineError::File { path, source })
    }

    /// Writes a run whole and waits until the disk has it; one of the same id gives way.
    pub fn write(&self, run: &Run, findings: &[Finding], clues: &[Clue], library: &[u8]) -> Result<()> {
        fs::create_dir_all(&self.dir).map_err(at(&self.dir))?;
        // What is swept up must not be the draft of a writer that lives.
        let _turn = self.turn()?;
        self.sweep();
        let draft = self.dir.join(format!("{DRAFT}{}", run.id));
        fs::create_dir_all(&draft).map_err(at(&draft))?;
        write_lines(&draft.join(FINDINGS), findings)?;
        write_lines(&draft.join(CLUES), clues)?;
        let packed = zstd::encode_all(library, 3).map_err(at(&draft.join(LIBRARY)))?;
        write_synced(&draft.join(LIBRARY), &packed)?;
        let text = serde_json::to_string_pretty(run).unwrap_or_default() + "\n";
        write_synced(&draft.join(RUN), text.as_bytes())?;
        sync_folder(&draft)?;
        self.place(&draft, &self.folder(&run.id))?;
        Ok(sync_folder(&self.dir)?)
    }

    /// Waits for its turn to write; the lock is given back when dropped, or by the system when the process dies.
    fn turn(&self) -> Result<fs::File> {
        let path = self.dir.join(LOCK);
        let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(at(&path))?;
        file.lock().map_err(at(&path))?;
        Ok(file)
    }

    /// Puts a draft in its place. A run of the same bytes stays there whenever a kill comes, and only counts as written now; one of
    /// other bytes was damaged or made by another program, and is put aside first.
    fn place(&self, draft: &Path, folder: &Path) -> Result<()> {
        if !folder.exists() {
            return fs::rename(draft, folder).map_err(at(folder));
        }
        if FILES.iter().all(|name| same_bytes(&draft.join(name), &folder.join(name)).unwrap_or(false)) {
            fs::rename(draft.join(RUN), folder.join(RUN)).map_err(at(folder))?;
            return fs::remove_dir_all(draft).map_err(at(draft));
        }
        let aside = self.dir.join(format!("{DRAFT}aside"));
        fs::rename(folder, &aside).map_err(at(folder))?;
        fs::rename(draft, folder).map_err(at(folder))?;
        fs::remove_dir_all(&aside).map_err(at(&aside))
    }

    /// Removes what a killed writer left behind; only in a turn to write.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(DRAFT) {
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

/// An error of the system, with the file or folder it is about.
fn at(path: &Path) -> impl FnOnce(io::Error) -> EngineError {
    let path = path.to_owned();
    move |source| EngineError::File { path, source }
}

/// Whether two files hold the same.
fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (BufReader::new(fs::File::open(one)?), BufReader::new(fs::File::open(other)?));
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let both = left.len().min(right.len());
        if both == 0 || left[..both] != right[..both] {
            return Ok(left.is_empty() && right.is_empty());
        }
        one.consume(both);
        other.consume(both);
    }
}

/// Writes records and waits until the disk has them.
fn write_lines<T: Serialize>(path: &Path, records: &[T]) -> Result<()> {
    let failed = |source| EngineError::File { path: path.to_owned(), source };
    let file = fs::File::create(path).map_err(failed)?;
    let mut out = zstd::Encoder::new(BufWriter::new(file), 3).map_err(failed)?;
    for record in records {
        out.write_all(line(record).as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(failed)?;
    }
    let mut inner = out.finish().map_err(failed)?;
    inner.flush().and_then(|()| inner.get_ref().sync_all()).map_err(failed)
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::{thread, time::Duration};

    /// A run without findings, told apart by its region.
    fn run(region: &str) -> Run {
        let asked = Asked {
            lake_version: 1,
            data: String::new(),
            library: String::new(),
            rules: BTreeMap::new(),
            params: toml::Table::new(),
            as_of: Date(20_000),
            from: None,
            to: None,
            region: Some(region.to_owned()),
        };
        Run {
            id: asked.id(),
            asked,
            last_day: None,
            kinds: BTreeMap::new(),
            findings: 0,
            clues: 0,
            amount: Fen(0),
            account: Fen(0),
            empty_tables: BTreeMap::new(),
            places: BTreeMap::new(),
            findings_sm3: digest(&[]),
        }
    }

    fn left(folder: &Path) -> usize {
        let entries = fs::read_dir(folder.join("runs")).expect("the runs").flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(DRAFT)).count()
    }

    #[test]
    fn writers_at_one_time_leave_each_other_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        thread::scope(|scope| {
            for writer in 0..4 {
                scope.spawn(move || {
                    for turn in 0..10 {
                        // Every other run is one that all of them write.
                        let name = if turn % 2 == 0 { "all".to_owned() } else { format!("{writer}-{turn}") };
                        Runs::of(at).write(&run(&name), &[], &[], b"library").expect("the run is written");
                    }
                });
            }
        });
        let runs = Runs::of(at);
        assert_eq!(runs.ids().expect("the runs").len(), 4 * 5 + 1);
        assert_eq!(runs.library(&run("all").id).expect("its library"), b"library");
        assert_eq!(left(at), 0);
    }

    #[test]
    fn a_run_written_again_stays_in_place_and_counts_as_the_newest() {
        let folder = tempfile::tempdir().expect("a folder");
        let runs = Runs::of(folder.path());
        let (one, other) = (run("one"), run("other"));
        let write = |run: &Run| {
            runs.write(run, &[], &[], b"library").expect("the run is written");
            thread::sleep(Duration::from_millis(30));
        };
        let written = |file: &str| {
            let meta = fs::metadata(runs.folder(&one.id).join(file)).expect("the file");
            meta.modified().expect("a file system with times")
        };
        write(&one);
        let first = written(FINDINGS);
        write(&other);
        write(&one);
        assert_eq!(written(FINDINGS), first);
        assert_eq!(runs.find("latest").expect("the newest").id, one.id);
        assert_eq!(left(folder.path()), 0);
    }

    #[test]
    fn a_damaged_run_is_replaced_and_what_a_kill_left_is_swept_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let (runs, one) = (Runs::of(folder.path()), run("one"));
        runs.write(&one, &[], &[], b"library").expect("the run is written");
        fs::write(runs.folder(&one.id).join(LIBRARY), "").expect("the damage");
        fs::create_dir(folder.path().join("runs/.draft-killed")).expect("what a kill left");
        runs.write(&one, &[], &[], b"library").expect("the run is written again");
        assert_eq!(runs.library(&one.id).expect("its library"), b"library");
        assert_eq!(left(folder.path()), 0);
    }

    #[test]
    fn a_beginning_of_several_runs_names_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let (runs, both) = (Runs::of(folder.path()), [run("one"), run("other")]);
        for run in &both {
            runs.write(run, &[], &[], b"library").expect("the run is written");
        }
        let day = both[0].asked.as_of.to_string();
        let told = runs.find(&day).expect_err("two begin so").to_string();
        assert!(both.iter().all(|run| told.contains(&run.id)), "{told}");
        assert!(matches!(runs.find("2001-01-01"), Err(EngineError::Unknown { .. })));
    }
}
