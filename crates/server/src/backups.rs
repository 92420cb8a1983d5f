//! Copies of the store in the data folder, asked for in the workbench: made and checked in the background, one at a time, each with a note
//! beside it. They are restored at the command line only.

use crate::{App, Config, serve::replace_private};
use mingcha_casework::{
    files::digest,
    store::{Context, Error, Store, backup::Manifest, machine_clock},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{runtime::Handle, task::spawn_blocking};
use utoipa::ToSchema;

/// Most that are listed.
const LISTED: usize = 200;
/// What is being written and is no archive yet.
const UNFINISHED: &str = "unfinished.part";

/// An archive in the data folder, as the note beside it has it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Archive {
    /// Its name; its file's has `.zip` behind it.
    pub name: String,
    /// When it was made.
    pub at: i64,
    /// Bytes.
    pub bytes: u64,
    /// SM3 of its bytes.
    pub sm3: String,
    /// The last record of the trail that is in it.
    pub seq: u64,
    /// Who asked for it.
    pub account: String,
    /// The last check of it.
    pub checked: Option<Checked>,
}

/// What a check of an archive came to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Checked {
    /// When.
    pub at: i64,
    /// Who asked for it.
    pub account: String,
    /// Whether it could be restored.
    pub whole: bool,
    /// Why not, in Chinese.
    pub words: String,
}

/// What this server did last with an archive, or is doing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BackupWork {
    /// `backup` or `check_backup`.
    pub what: &'static str,
    /// Name of the archive.
    pub name: String,
    /// `running`, `done` or `failed`.
    pub state: &'static str,
    /// When it was begun.
    pub begun: i64,
    /// Who asked for it.
    pub account: String,
    /// Why it failed, in Chinese.
    pub words: String,
}

/// What is done with an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// It is made.
    Make,
    /// It is checked.
    Check,
}

impl Work {
    /// As the trail names it, with its end.
    pub fn acts(self) -> (&'static str, &'static str) {
        match self {
            Self::Make => ("backup", "backup_end"),
            Self::Check => ("check_backup", "check_backup_end"),
        }
    }
}

/// The work of this server on archives.
#[derive(Default)]
pub(crate) struct Backups(Mutex<Option<BackupWork>>);

impl Backups {
    /// The last one.
    pub fn last(&self) -> Option<BackupWork> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Enters a new one, unless one runs.
    fn begin(&self, new: BackupWork) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_some_and(|work| work.state == "running") {
            return false;
        }
        *last = Some(new);
        true
    }

    fn end(&self, state: &'static str, words: String) {
        if let Some(work) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            (work.state, work.words) = (state, words);
        }
    }
}

/// The archives of the data folder that have a note, the newest first. One that was taken away is not among them.
pub(crate) fn list(config: &Config) -> Result<Vec<Archive>, Error> {
    let folder = config.backups_folder();
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut archives = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if path.extension().is_some_and(|end| end == "json") {
            archives.extend(noted(&folder, name).ok());
        }
    }
    archives.sort_by(|a, b| b.name.cmp(&a.name));
    archives.truncate(LISTED);
    Ok(archives)
}

/// An archive by its name.
pub(crate) fn noted(folder: &Path, name: &str) -> Result<Archive, Error> {
    let text = fs::read(folder.join(format!("{name}.json"))).map_err(|_| Error::NotFound)?;
    let archive: Archive = serde_json::from_slice(&text).map_err(|_| Error::NotFound)?;
    let there = archive.name == name && folder.join(format!("{name}.zip")).is_file();
    if there { Ok(archive) } else { Err(Error::NotFound) }
}

fn note(folder: &Path, archive: &Archive) -> Result<(), Error> {
    let text = serde_json::to_string(archive).map_err(io::Error::other)?;
    Ok(replace_private(&folder.join(format!("{}.json", archive.name)), &text)?)
}

/// Begins in the background; `false` where other work on an archive runs.
pub(crate) fn begin(app: &Arc<App>, work: Work, name: String, context: Context) -> bool {
    let new = BackupWork {
        what: work.acts().0,
        name: name.clone(),
        state: "running",
        begun: app.store.now().time().0,
        account: context.who.account.clone(),
        words: String::new(),
    };
    let begun = app.backups.begin(new);
    if begun {
        tokio::spawn(run(Arc::clone(app), work, name, context));
    }
    begun
}

async fn run(app: Arc<App>, work: Work, name: String, context: Context) {
    let (of, handle) = (Asked::new(&app, &name, &context), Handle::current());
    let came = spawn_blocking(move || match work {
        Work::Make => of.make(&handle),
        Work::Check => of.check(),
    });
    let came = came.await.unwrap_or(Err(Error::Closed));
    let (state, words) = match &came {
        Ok(_) => ("done", String::new()),
        Err(error) => ("failed", format!("{}；{}", error.told().message, error.told().next)),
    };
    let why = came.map_or_else(|_| words.clone(), |archive| told(work, &archive));
    if let Err(error) = app.store.record_backup_end(context, work.acts().1, &name, why).await {
        tracing::error!(error = error.code(), kind = error.kind(), name, "the end of work on a backup");
    }
    tracing::info!(what = work.acts().0, name, state, "backup");
    app.backups.end(state, words);
}

/// What the trail keeps of the end of work.
fn told(work: Work, archive: &Archive) -> String {
    match (work, &archive.checked) {
        (Work::Check, Some(checked)) if !checked.whole => checked.words.clone(),
        _ => format!("SM3 {}, trail up to record {}", archive.sm3, archive.seq),
    }
}

/// An archive in the hands of the thread that works on it.
struct Asked {
    app: Arc<App>,
    name: String,
    account: String,
}

impl Asked {
    fn new(app: &Arc<App>, name: &str, context: &Context) -> Self {
        Self { app: Arc::clone(app), name: name.to_owned(), account: context.who.account.clone() }
    }

    fn make(&self, handle: &Handle) -> Result<Archive, Error> {
        let folder = self.app.config.backups_folder();
        fs::create_dir_all(&folder)?;
        let part = folder.join(UNFINISHED);
        // Left by a server that was killed before it was done.
        drop(fs::remove_file(&part));
        let made = handle.block_on(copy(&self.app.config, &part)).and_then(|held| self.keep(&part, &held));
        if made.is_err() {
            drop(fs::remove_file(&part));
        }
        made
    }

    /// Gives a finished archive its name and its note.
    fn keep(&self, part: &Path, held: &Manifest) -> Result<Archive, Error> {
        let folder = self.app.config.backups_folder();
        let archive = Archive {
            name: self.name.clone(),
            at: self.app.store.now().time().0,
            bytes: fs::metadata(part)?.len(),
            sm3: digest(&mut File::open(part)?)?,
            seq: held.seq,
            account: self.account.clone(),
            checked: None,
        };
        fs::rename(part, folder.join(format!("{}.zip", self.name)))?;
        note(&folder, &archive)?;
        Ok(archive)
    }

    fn check(&self) -> Result<Archive, Error> {
        let folder = self.app.config.backups_folder();
        let mut archive = noted(&folder, &self.name)?;
        let words = fault(&folder.join(format!("{}.zip", self.name)), &archive);
        archive.checked = Some(Checked {
            at: self.app.store.now().time().0,
            account: self.account.clone(),
            whole: words.is_empty(),
            words,
        });
        note(&folder, &archive)?;
        Ok(archive)
    }
}

/// Copies over connections of its own, so that a copy that is broken off leaves none of the server's behind in its transaction.
async fn copy(config: &Config, archive: &Path) -> Result<Manifest, Error> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let made = store.backup(archive, &config.files_folder()).await;
    store.close().await;
    made
}

/// What is wrong with an archive; nothing where it could be restored.
fn fault(path: &Path, archive: &Archive) -> String {
    let same = File::open(path).and_then(|mut file| digest(&mut file)).is_ok_and(|sm3| sm3 == archive.sm3);
    match Store::check(path) {
        Err(error) => error.told().message,
        Ok(held) if !same || held.seq != archive.seq => "备份文件与备份时所记的摘要不一致".to_owned(),
        Ok(_) => String::new(),
    }
}
