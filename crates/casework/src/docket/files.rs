//! Files of a matter: put in under policy, read with their digest checked and the reading recorded, proved against the trail, never replaced.

use super::{
    Docket,
    act::{Room, bounded},
    matter::{self, Stored},
};
use crate::{
    facts::Facts,
    files::{Files, Received, both_digests},
    policy::{self, Authorized},
    store::{Context, Done, Draft, Error, Unit},
    trail::Digest,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, Row as _, any::AnyRow};
use std::fs::File;
use utoipa::ToSchema;

/// The act of policy that putting a file in is.
pub(super) const ATTACH: &str = "attach";

/// What is said of a file that comes in.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// Its name, with the ending that says its type.
    pub title: String,
    /// The file that it is a newer version of.
    #[serde(default)]
    pub replaces: Option<String>,
    /// Rule that it was taken from, empty where there is none.
    #[serde(default)]
    pub rule: String,
    /// Run of the rule.
    #[serde(default)]
    pub run: String,
    /// Line of the claims.
    #[serde(default)]
    pub line: String,
}

/// A file of a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileView {
    /// Id.
    pub id: String,
    /// Matter that it belongs to.
    pub matter: String,
    /// Name.
    pub title: String,
    /// Counts the versions of a file.
    pub version: i64,
    /// The version before.
    pub replaces: Option<String>,
    /// Size.
    pub bytes: i64,
    /// SM3 of its bytes.
    pub sm3: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Rule that it was taken from.
    pub rule: String,
    /// Run of the rule.
    pub run: String,
    /// Line of the claims.
    pub line: String,
    /// When it came in.
    pub at: i64,
    /// Who put it in.
    pub account: String,
    /// What the matter's facts use it as.
    #[serde(default)]
    pub uses: Vec<FileUse>,
}

/// What a file is in the facts: they name it by its SM3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileUse {
    /// `evidence`, `answer`, `site_record` or `finding`.
    pub what: String,
    /// Which of them, from 1.
    pub number: u32,
    /// The source that is written there.
    pub source: String,
}

/// What proving a file came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FileProof {
    /// The file as the store knows it.
    pub file: FileView,
    /// SM3 of its bytes as they are now; none where the file is gone.
    pub now: Option<String>,
    /// SHA-256 of the same bytes.
    pub now_sha256: Option<String>,
    /// Number of the trail's record that entered it.
    pub record: Option<u64>,
    /// SM3 that stands in that record.
    pub recorded: Option<String>,
    /// SHA-256 that stands in that record.
    pub recorded_sha256: Option<String>,
    /// Whether bytes, store and trail say the same.
    pub whole: bool,
}

const COLUMNS: &str =
    "id, matter, title, version, replaces, bytes, sm3, sha256, rule, run, line, at, account FROM attachment";

fn view(row: &AnyRow, facts: &Facts) -> Result<FileView, Error> {
    let sm3: String = row.try_get(6)?;
    Ok(FileView {
        id: row.try_get(0)?,
        matter: row.try_get(1)?,
        title: row.try_get(2)?,
        version: row.try_get(3)?,
        replaces: row.try_get(4)?,
        bytes: row.try_get(5)?,
        uses: uses(facts, &sm3),
        sm3,
        sha256: row.try_get(7)?,
        rule: row.try_get(8)?,
        run: row.try_get(9)?,
        line: row.try_get(10)?,
        at: row.try_get(11)?,
        account: row.try_get(12)?,
    })
}

/// Where the facts name a digest.
fn uses(facts: &Facts, sm3: &str) -> Vec<FileUse> {
    let of = |what: &str, number: u32, source: &str| FileUse {
        what: what.to_owned(),
        number,
        source: source.to_owned(),
    };
    let is = |digest: &Digest| digest.to_string() == sm3;
    let mut uses = Vec::new();
    for (evidence, number) in facts.evidence.iter().zip(1..) {
        let named = evidence.sm3.as_ref().is_some_and(is);
        uses.extend(named.then(|| of("evidence", number, &evidence.source)));
    }
    for (answer, number) in facts.clue.answers.iter().zip(1..) {
        uses.extend(answer.attachments.iter().any(is).then(|| of("answer", number, "")));
    }
    for (record, number) in facts.inspection.records.iter().zip(1..) {
        uses.extend(is(record).then(|| of("site_record", number, "")));
    }
    for (finding, number) in facts.inspection.findings.iter().zip(1..) {
        uses.extend(finding.evidence.iter().any(is).then(|| of("finding", number, &finding.item)));
    }
    uses
}

impl Docket {
    /// Whether the one who asks may put files into a matter: asked before any bytes are taken.
    pub async fn may_attach(&self, context: &Context, id: &str) -> Result<(), Error> {
        let ask = async {
            let actor = self.actor(context).await?;
            let mut conn = self.store.reader().await?;
            let stored = matter::load(&mut conn, id).await?;
            let room = Room::of(self);
            open(&stored)?;
            room.allow(&actor, ATTACH, &stored).map(drop)
        };
        match ask.await {
            Ok(()) => Ok(()),
            Err(error) => self.refuse(context, Draft::new(ATTACH, "matter", id), error).await,
        }
    }

    /// Puts a received file into a matter. What was refused leaves nothing on the disk.
    pub async fn attach(
        &self,
        context: Context,
        files: &Files,
        id: &str,
        mut new: NewFile,
        received: Received,
    ) -> Result<FileView, Error> {
        let docket = self.clone();
        let (account, matter, file) = (context.who.account.clone(), id.to_owned(), received.id.clone());
        let rules = files.rules.clone();
        let attempt = Draft::new(ATTACH, "matter", id);
        let done = self.store.write(context, attempt, move |unit| {
            Box::pin(async move {
                let room = Room::of(&docket);
                let actor = unit.actor(&account).await?;
                let stored = matter::load(unit.conn(), &matter).await?;
                let allowed = room.allow(&actor, ATTACH, &stored)?;
                open(&stored)?;
                new.title = room.clean(unit, &stored.heading, new.title).await?;
                rules.check(&new.title, received.bytes)?;
                enter(unit, &allowed, &stored, new, received).await
            })
        });
        settled(files, &file, done.await, |view: &FileView| &view.id)
    }

    /// The answer of a request that put a file in before; `NotFound` where there was none.
    pub async fn attached(&self, context: Context, upload: &str) -> Result<FileView, Error> {
        let attempt = Draft::new(ATTACH, "upload", upload);
        self.store.write(context, attempt, |_| Box::pin(async { Err(Error::NotFound) })).await
    }

    /// The files of a matter, the newest last.
    pub async fn files(&self, context: Context, id: &str) -> Result<Vec<FileView>, Error> {
        let draft = Draft::new("list_files", "matter", id);
        let (stored, _) = self.readable(&context, id, &draft).await?;
        let mut conn = self.store.reader().await?;
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} WHERE matter = $1 ORDER BY at, id")))
                .bind(id)
                .fetch_all(&mut *conn)
                .await?;
        drop(conn);
        let views = rows.iter().map(|row| view(row, &stored.facts)).collect::<Result<_, _>>()?;
        self.store
            .record_read(context, Draft::new("list_files", stored.heading.machine.as_str(), id))
            .await?;
        Ok(views)
    }

    /// Opens a file whose digest was checked; that it was read is recorded first.
    pub async fn open_file(
        &self,
        context: Context,
        files: &Files,
        id: &str,
        file: &str,
    ) -> Result<(FileView, File), Error> {
        let draft = Draft::new("read_file", "matter", id);
        let (stored, _) = self.readable(&context, id, &draft).await?;
        let view = self.file(&stored, file).await?;
        let draft = Draft::new("read_file", stored.heading.machine.as_str(), id)
            .change(None, Some(json!({ "file": view.id, "sm3": view.sm3 }).to_string()));
        let (folder, name, sm3) = (files.clone(), view.id.clone(), view.sm3.clone());
        let opened = blocking(move || folder.open(&name, &sm3)).await;
        match opened {
            Ok(opened) => {
                self.store.record_read(context, draft).await?;
                Ok((view, opened))
            }
            Err(error) => self.refuse(&context, draft, error).await,
        }
    }

    /// Holds a file's bytes against the store and against the record of the trail that entered it.
    pub async fn prove_file(
        &self,
        context: Context,
        files: &Files,
        id: &str,
        file: &str,
    ) -> Result<FileProof, Error> {
        let draft = Draft::new("prove_file", "matter", id);
        let (stored, _) = self.readable(&context, id, &draft).await?;
        let view = self.file(&stored, file).await?;
        let mut conn = self.store.reader().await?;
        let proof = prove(&mut conn, files, view).await?;
        drop(conn);
        let draft = Draft::new("prove_file", stored.heading.machine.as_str(), id)
            .change(None, Some(json!({ "file": proof.file.id }).to_string()));
        self.store.record_read(context, draft).await?;
        Ok(proof)
    }

    /// Puts what a kill left under `incoming/` in its place where a row names it, and removes the rest; returns how many of each.
    pub async fn sweep_files(&self, files: &Files) -> Result<(u64, u64), Error> {
        let (mut placed, mut removed) = (0, 0);
        for id in files.incoming()? {
            let mut conn = self.store.reader().await?;
            let named: i64 = sqlx::query_scalar(
                "SELECT (SELECT COUNT(*) FROM attachment WHERE id = $1) + (SELECT COUNT(*) FROM paper WHERE file = $1)",
            )
            .bind(id.as_str())
            .fetch_one(&mut *conn)
            .await?;
            if named > 0 {
                files.place(&id)?;
                placed += 1;
            } else {
                files.discard(&id);
                removed += 1;
            }
        }
        Ok((placed, removed))
    }

    async fn file(&self, stored: &Stored, file: &str) -> Result<FileView, Error> {
        let mut conn = self.store.reader().await?;
        find(&mut conn, stored, file).await
    }

    /// A matter that the one who asks may read; a refusal is recorded as `draft` says.
    pub(super) async fn readable(
        &self,
        context: &Context,
        id: &str,
        draft: &Draft,
    ) -> Result<(Stored, policy::Actor), Error> {
        let read = async {
            let actor = self.actor(context).await?;
            let mut conn = self.store.reader().await?;
            let stored = matter::load(&mut conn, id).await?;
            self.policies.decide(&actor, policy::Read, &stored.access()?).map_err(|_| Error::NotFound)?;
            Ok((stored, actor))
        };
        match read.await {
            Ok(found) => Ok(found),
            Err(error @ Error::NotFound) => self.refuse(context, draft.clone(), error).await,
            Err(error) => Err(error),
        }
    }
}

/// Holds a file's bytes against the store and against the record of the trail that entered it.
pub(super) async fn prove(
    conn: &mut AnyConnection,
    files: &Files,
    file: FileView,
) -> Result<FileProof, Error> {
    let (folder, name) = (files.clone(), file.id.clone());
    let now = blocking(move || match File::open(folder.path(&name)) {
        Ok(mut file) => Ok(Some(both_digests(&mut file)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    })
    .await?;
    let rows =
        sqlx::query("SELECT seq, became FROM trail WHERE object = $1 AND act = $2 AND outcome = 'done'")
            .bind(file.matter.as_str())
            .bind(ATTACH)
            .fetch_all(conn)
            .await?;
    let mut entered = None;
    for row in rows {
        let (seq, became): (i64, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        let became: serde_json::Value =
            became.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        if became["file"] == file.id.as_str() {
            let digest = |name: &str| became[name].as_str().unwrap_or_default().to_owned();
            entered = Some((seq as u64, [digest("sm3"), digest("sha256")]));
        }
    }
    let (record, recorded) = entered.unzip();
    let known = Some([file.sm3.clone(), file.sha256.clone()]);
    let whole = now == known && recorded == known;
    let ([now, now_sha256], [recorded, recorded_sha256]) = (apart(now), apart(recorded));
    Ok(FileProof { file, now, now_sha256, record, recorded, recorded_sha256, whole })
}

fn apart(digests: Option<[String; 2]>) -> [Option<String>; 2] {
    digests.map_or([None, None], |digests| digests.map(Some))
}

/// A matter at its end takes nothing more in.
fn open(stored: &Stored) -> Result<(), Error> {
    match stored.heading.ended {
        None => Ok(()),
        Some(_) => Err(Error::invalid("matter", "该事项已终结，不再收入文件")),
    }
}

/// A file of a matter, by its id.
pub(super) async fn find(conn: &mut AnyConnection, stored: &Stored, file: &str) -> Result<FileView, Error> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} WHERE id = $1 AND matter = $2")))
        .bind(file)
        .bind(stored.heading.id.as_str())
        .fetch_optional(conn)
        .await?;
    view(&row.ok_or(Error::NotFound)?, &stored.facts)
}

/// The id of a matter's file with that SM3.
pub(super) async fn of_digest(
    conn: &mut AnyConnection,
    matter: &str,
    sm3: &str,
) -> Result<Option<String>, Error> {
    let text = "SELECT id FROM attachment WHERE matter = $1 AND sm3 = $2";
    Ok(sqlx::query_scalar(text).bind(matter).bind(sm3).fetch_optional(conn).await?)
}

/// Puts a received file in its place once the store named it, or takes it away; `kept` says which file stands.
pub(super) fn settled<T>(
    files: &Files,
    received: &str,
    done: Result<T, Error>,
    kept: impl Fn(&T) -> &str,
) -> Result<T, Error> {
    match done {
        Ok(value) => {
            // Told twice, another file may be the one that stands.
            if kept(&value) != received {
                files.discard(received);
            }
            files.place(kept(&value))?;
            Ok(value)
        }
        Err(error) => {
            // Where the store did not say, the next start looks whether a row names it.
            if !matches!(error, Error::Closed | Error::Unwritten(_) | Error::Database(_)) {
                files.discard(received);
            }
            Err(error)
        }
    }
}

/// Enters a received file into a matter.
pub(super) async fn enter(
    unit: &mut Unit,
    allowed: &Authorized<policy::Act>,
    stored: &Stored,
    new: NewFile,
    received: Received,
) -> Result<Done<FileView>, Error> {
    if !allowed.is_for(&stored.access()?) {
        return Err(Error::Denied("other_matter".into()));
    }
    let heading = &stored.heading;
    let mut version = 1;
    if let Some(replaces) = &new.replaces {
        version += find(unit.conn(), stored, replaces).await?.version;
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM attachment WHERE replaces = $1")
            .bind(replaces.as_str())
            .fetch_one(unit.conn())
            .await?;
        if known > 0 {
            return Err(Error::Conflict { based_on: version - 1, version });
        }
    }
    if of_digest(unit.conn(), &heading.id, &received.sm3).await?.is_some() {
        return Err(Error::Exists("file".into()));
    }
    let view = FileView {
        id: received.id,
        matter: heading.id.clone(),
        title: bounded("title", new.title, 200)?,
        version,
        replaces: new.replaces,
        bytes: received.bytes as i64,
        uses: uses(&stored.facts, &received.sm3),
        sm3: received.sm3,
        sha256: received.sha256,
        rule: bounded("rule", new.rule, 200)?,
        run: bounded("run", new.run, 200)?,
        line: bounded("line", new.line, 200)?,
        at: unit.now.time().0,
        account: allowed.actor().account.clone(),
    };
    sqlx::query(
        "INSERT INTO attachment (id, matter, title, version, replaces, bytes, sm3, sha256, rule, run, line, at, account) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(view.id.as_str())
    .bind(view.matter.as_str())
    .bind(view.title.as_str())
    .bind(view.version)
    .bind(view.replaces.as_deref())
    .bind(view.bytes)
    .bind(view.sm3.as_str())
    .bind(view.sha256.as_str())
    .bind(view.rule.as_str())
    .bind(view.run.as_str())
    .bind(view.line.as_str())
    .bind(view.at)
    .bind(view.account.as_str())
    .execute(unit.conn())
    .await?;
    // A name of a file can hold anything, so the trail has only what proves the bytes.
    let became = json!({
        "file": view.id, "version": version, "replaces": view.replaces, "bytes": view.bytes, "sm3": view.sm3, "sha256": view.sha256,
        "rule": view.rule, "run": view.run, "line": view.line,
    });
    let record = Draft::new(ATTACH, heading.machine.as_str(), heading.id.as_str())
        .change(None, Some(became.to_string()));
    Ok(Done::new(view, record))
}

/// Runs what waits for the disk beside the requests.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Stored("a thread that reads files failed".into()))?
}
