//! Papers of a matter: which may be issued now, what the record has for them, and issuing itself, with number, file and record in one
//! transaction.

use super::{
    Docket,
    act::Room,
    clocks,
    files::blocking,
    letterhead,
    matter::{self, Stored},
    sheet::{self, Cell, Cells, Entered, Sheet, Told},
};
use crate::{
    facts::Department,
    files::{self, Files, Received},
    machine::{GuardError, Machine},
    paper::{self, PaperKind, PaperNumber},
    policy::{self, OpenPersonalData},
    store::{
        Context, Done, Draft, Error, Unit,
        sealed::{self, Value},
    },
    vault::{Datum, FileKey, Token},
};
use mingcha_model::Time;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
    sync::Arc,
};
use utoipa::ToSchema;

/// Who makes a paper from values; casework gives the number and keeps what comes back.
pub trait Press: Send + Sync {
    /// Makes it.
    fn print(&self, paper: &str, cells: &Cells, number: Option<&PaperNumber>) -> Result<Printed, Unprinted>;
}

/// A paper that was made.
#[derive(Clone, Debug)]
pub struct Printed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Digest of the template.
    pub template: String,
    /// Digest of the values.
    pub record: String,
}

/// Why a paper was not made: each with a label and what is wrong, in Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unprinted(pub Vec<Lacking>);

/// One thing that stands against a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// Whether a value is missing; else the value or the template is at fault.
    pub missing: bool,
    /// Label of the field, empty where it is about the whole.
    pub label: String,
    /// What is wrong.
    pub message: String,
}

/// What is asked to be issued.
#[derive(Clone, Debug)]
pub struct IssueRequest {
    /// Kind of paper.
    pub paper: String,
    /// Version of the matter that it is based on.
    pub version: i64,
    /// Why a newer version is issued; may be empty for the first.
    pub reason: String,
    /// What the record does not hold.
    pub entered: Vec<Entered>,
}

/// A paper that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperView {
    /// Matter.
    pub matter: String,
    /// Kind of paper.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// Counts the versions of this kind in the matter.
    pub version: i64,
    /// Number, where its kind has one.
    pub number: Option<String>,
    /// Size.
    pub bytes: i64,
    /// SM3 of its bytes.
    pub sm3: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Why it was issued again.
    pub reason: String,
    /// When.
    pub at: i64,
    /// Who issued it.
    pub account: String,
}

/// A kind of paper that belongs to a matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Offer {
    /// Kind of paper.
    pub paper: String,
    /// Its title.
    pub title: String,
    /// Word of its number series.
    pub series: Option<String>,
    /// Whether it may be issued now by the one who asks, as far as policy and state go.
    pub open: bool,
    /// Why not: `ended`, `state`, `act`, `decision`, `department` or the code of a policy.
    pub closed_by: Option<String>,
    /// Whether the file is not complete without it.
    pub needed: bool,
    /// Versions that were issued.
    pub issued: i64,
}

/// The papers of a matter with what the record has for them.
#[derive(Clone, Debug)]
pub struct PaperDesk {
    /// Version of the matter.
    pub version: i64,
    /// Kinds.
    pub offers: Vec<Offer>,
    /// Issued ones, the oldest first.
    pub issued: Vec<PaperView>,
    /// What the record has.
    pub sheet: Sheet,
    /// What was entered before and kept.
    pub kept: Cells,
}

const COLUMNS: &str = "matter, template, version, number, bytes, sm3, sha256, reason, at, account, file, file_key, sealed_sm3 FROM paper";

fn view(procedures: &crate::Procedures, row: &AnyRow) -> Result<PaperView, Error> {
    let paper: String = row.try_get(1)?;
    Ok(PaperView {
        matter: row.try_get(0)?,
        title: procedures.papers.get(&paper).map_or_else(|| paper.clone(), |kind| kind.title.clone()),
        paper,
        version: row.try_get(2)?,
        number: row.try_get(3)?,
        bytes: row.try_get(4)?,
        sm3: row.try_get(5)?,
        sha256: row.try_get(6)?,
        reason: row.try_get(7)?,
        at: row.try_get(8)?,
        account: row.try_get(9)?,
    })
}

/// Acts that were done to a matter with their times, the oldest first.
async fn acts_done(conn: &mut AnyConnection, id: &str, machine: &str) -> Result<Vec<(String, Time)>, Error> {
    let text = "SELECT act, at FROM trail WHERE object = $1 AND kind = $2 AND outcome = 'done' ORDER BY seq";
    let rows = sqlx::query(text).bind(id).bind(machine).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, Time(row.try_get(1)?)))).collect()
}

/// Kinds of papers that were issued, each with its newest number.
async fn issued(conn: &mut AnyConnection, id: &str) -> Result<BTreeMap<String, Option<String>>, Error> {
    let text = "SELECT template, number FROM paper WHERE matter = $1 ORDER BY template, version";
    let rows = sqlx::query(text).bind(id).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

/// Titles of the papers that the file of a matter lacks.
pub(super) async fn missing(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    stored: &Stored,
) -> Result<Vec<String>, Error> {
    let (id, machine) = (stored.heading.id.as_str(), stored.heading.machine.as_str());
    let done = acts_done(conn, id, machine).await?.into_iter().map(|(act, _)| act).collect();
    let issued = issued(conn, id).await?.into_keys().collect();
    let decided = stored.facts.decision.kind();
    let lacks = paper::missing(&room.procedures.papers, machine, &done, &issued, decided);
    Ok(lacks.into_iter().map(|kind| kind.title.clone()).collect())
}

/// Titles of the papers that must be issued before an act and are not.
pub(super) async fn unissued(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    stored: &Stored,
    act: &str,
) -> Result<Vec<String>, Error> {
    let (id, machine) = (stored.heading.id.as_str(), stored.heading.machine.as_str());
    let issued = issued(conn, id).await?;
    let wanted =
        room.procedures.papers.values().filter(|kind| kind.before(machine).any(|known| known == act));
    Ok(wanted.filter(|kind| !issued.contains_key(&kind.id)).map(|kind| kind.title.clone()).collect())
}

/// Why a paper may not be issued; the act that it may be issued under where it may.
fn closed(
    room: &Room<'_>,
    kind: &PaperKind,
    machine: &Machine,
    stored: &Stored,
    actor: &policy::Actor,
    done: &BTreeSet<String>,
) -> Result<Result<String, String>, Error> {
    if stored.heading.ended.is_some() {
        return Ok(Err("ended".to_owned()));
    }
    if !kind.may_follow(&machine.id, done) {
        return Ok(Err("act".to_owned()));
    }
    if stored.facts.decision.kind.is_some_and(|decided| !kind.is_of(decided)) {
        return Ok(Err("decision".to_owned()));
    }
    let mut why = "state".to_owned();
    let access = stored.access()?;
    for act in kind.acts_of(&machine.id).filter_map(|act| machine.acts.get(act)) {
        if !act.from.contains(&stored.heading.state) && !done.contains(&act.id) {
            continue;
        }
        if !act.departments.contains(&actor.department) {
            "department".clone_into(&mut why);
            continue;
        }
        match room.policies.decide(actor, policy::Act { id: act.id.clone() }, &access) {
            Ok(_) => return Ok(Ok(act.id.clone())),
            Err(denied) => why = denied.code,
        }
    }
    Ok(Err(why))
}

/// What the record has for papers of a matter.
async fn gather(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    stored: &Stored,
    now: Time,
) -> Result<Sheet, Error> {
    let mut sheet = Sheet::default();
    let heading = &stored.heading;
    let letterhead = letterhead::load(conn, &heading.organisation).await?.letterhead;
    sheet::authority(&mut sheet, &title_of(conn, &heading.organisation).await?, &letterhead);
    if heading.machine == "transfer"
        && let Some(parent) = &heading.parent
    {
        let case = matter::load(conn, parent).await?;
        tell(conn, room, &case, now, |told| sheet::case(&mut sheet, told, &letterhead)).await?;
    }
    let police = title_of(conn, &stored.facts.transfer.to).await?;
    let own = |told: &Told<'_>| match heading.machine.as_str() {
        "transfer" => sheet::transfer(&mut sheet, told, &police, &letterhead),
        _ => sheet::case(&mut sheet, told, &letterhead),
    };
    tell(conn, room, stored, now, own).await?;
    sheet.known.insert("paper.date".to_owned(), Cell::Date(now.date()));
    Ok(sheet)
}

/// Reads what papers tell of a matter and hands it on.
async fn tell(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    stored: &Stored,
    now: Time,
    with: impl FnOnce(&Told<'_>) + Send,
) -> Result<(), Error> {
    let heading = &stored.heading;
    let acts = acts_done(conn, &heading.id, &heading.machine).await?;
    let (events, _) = clocks::load(conn, &heading.id).await?;
    let now = crate::clock::ServerTime::from_store(now);
    let clocks = clocks::states(room.procedures, &heading.region, &events, now);
    let numbers: BTreeMap<String, String> = issued(conn, &heading.id)
        .await?
        .into_iter()
        .filter_map(|(paper, number)| Some((paper, number?)))
        .collect();
    let institution: Option<String> =
        sqlx::query_scalar("SELECT title FROM organisation WHERE fixmedins_code = $1")
            .bind(heading.institution.as_str())
            .fetch_optional(conn)
            .await?;
    let told = Told {
        procedures: room.procedures,
        title: &heading.title,
        region: &heading.region,
        source: &heading.source,
        facts: &stored.facts,
        acts: &acts,
        clocks: &clocks,
        numbers: &numbers,
        institution: institution.as_deref().filter(|_| !heading.institution.is_empty()).unwrap_or_default(),
    };
    with(&told);
    Ok(())
}

async fn title_of(conn: &mut AnyConnection, organisation: &str) -> Result<String, Error> {
    let text = "SELECT title FROM organisation WHERE id = $1";
    let title: Option<String> = sqlx::query_scalar(text).bind(organisation).fetch_optional(conn).await?;
    Ok(title.unwrap_or_default())
}

async fn kept(conn: &mut AnyConnection, id: &str) -> Result<Cells, Error> {
    let rows =
        sqlx::query("SELECT field, value FROM entered WHERE matter = $1").bind(id).fetch_all(conn).await?;
    let cell = |row: &AnyRow| {
        let value: String = row.try_get(1)?;
        let cell =
            serde_json::from_str(&value).map_err(|error| Error::Stored(format!("entered value: {error}")))?;
        Ok((row.try_get(0)?, cell))
    };
    rows.iter().map(cell).collect()
}

impl Docket {
    /// The papers of a matter, with what the record has for them.
    pub async fn papers(&self, context: Context, id: &str) -> Result<PaperDesk, Error> {
        let (stored, actor) = self.readable(&context, id, &Draft::new("list_papers", "matter", id)).await?;
        let room = Room::of(self);
        let machine = room.machine(&stored.heading.machine)?;
        let mut conn = self.store.reader().await?;
        let text = format!("SELECT {COLUMNS} WHERE matter = $1 ORDER BY at, template, version");
        let rows = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_all(&mut *conn).await?;
        let issued: Vec<PaperView> =
            rows.iter().map(|row| view(&self.procedures, row)).collect::<Result<_, _>>()?;
        let done: BTreeSet<String> =
            acts_done(&mut conn, id, &machine.id).await?.into_iter().map(|(act, _)| act).collect();
        let sheet = gather(&mut conn, &room, &stored, self.store.now().time()).await?;
        let kept = kept(&mut conn, id).await?;
        drop(conn);
        let known = issued.iter().map(|paper| paper.paper.clone()).collect();
        let decided = stored.facts.decision.kind();
        let lacks: BTreeSet<&str> =
            paper::missing(&self.procedures.papers, &machine.id, &done, &known, decided)
                .into_iter()
                .map(|kind| kind.id.as_str())
                .collect();
        let mut offers = Vec::new();
        for kind in self.procedures.papers.values().filter(|kind| kind.acts_of(&machine.id).next().is_some())
        {
            let closed_by = closed(&room, kind, machine, &stored, &actor, &done)?.err();
            offers.push(Offer {
                paper: kind.id.clone(),
                title: kind.title.clone(),
                series: kind.series.clone(),
                open: closed_by.is_none(),
                closed_by,
                needed: lacks.contains(kind.id.as_str()),
                issued: issued.iter().filter(|paper| paper.paper == kind.id).count() as i64,
            });
        }
        let draft = Draft::new("list_papers", machine.id.as_str(), id);
        self.store.record_read(context, draft).await?;
        Ok(PaperDesk { version: stored.heading.version, offers, issued, sheet, kept })
    }

    /// The values of a paper that may be issued, with what is entered for it: for a look beforehand, which is recorded.
    pub async fn preview(
        &self,
        context: Context,
        id: &str,
        paper: &str,
        entered: &[Entered],
    ) -> Result<Cells, Error> {
        let draft = Draft::new("preview_paper", "matter", id);
        let (stored, actor) = self.readable(&context, id, &draft).await?;
        let room = Room::of(self);
        let look = async {
            let mut conn = self.store.reader().await?;
            may_issue(&mut conn, &room, &stored, &actor, paper).await?;
            let sheet = gather(&mut conn, &room, &stored, self.store.now().time()).await?;
            let kept = kept(&mut conn, id).await?;
            sheet.with(&kept, entered).map_err(|path| stands_already(&path))
        };
        match look.await {
            Ok(cells) => {
                let draft = Draft::new("preview_paper", stored.heading.machine.as_str(), id)
                    .change(None, Some(json!({ "paper": paper }).to_string()));
                self.store.record_read(context, draft).await?;
                Ok(cells)
            }
            Err(error) => self.refuse(&context, draft, error).await,
        }
    }

    /// Issues a paper: number, file, row and record together or not at all.
    pub async fn issue(
        &self,
        context: Context,
        files: &Files,
        press: Arc<dyn Press>,
        id: &str,
        request: IssueRequest,
    ) -> Result<PaperView, Error> {
        let docket = self.clone();
        let (account, matter, folder) = (context.who.account.clone(), id.to_owned(), files.clone());
        let attempt = Draft::new("issue_paper", "matter", id);
        let issued: Issued = self
            .store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let room = Room::of(&docket);
                    let actor = unit.actor(&account).await?;
                    let stored = matter::load(unit.conn(), &matter).await?;
                    room.policies
                        .decide(&actor, policy::Read, &stored.access()?)
                        .map_err(|_| Error::NotFound)?;
                    Box::pin(room.issue(unit, &actor, &stored, request, press, &folder)).await
                })
            })
            .await?;
        files.place(&issued.file)?;
        Ok(issued.view)
    }

    /// An issued paper whose digest was checked; that it was read is recorded first.
    pub async fn open_paper(
        &self,
        context: Context,
        files: &Files,
        id: &str,
        paper: &str,
        version: i64,
    ) -> Result<(PaperView, Vec<u8>), Error> {
        let (stored, _) = self.readable(&context, id, &Draft::new("read_paper", "matter", id)).await?;
        let mut conn = self.store.reader().await?;
        let text = format!("SELECT {COLUMNS} WHERE matter = $1 AND template = $2 AND version = $3");
        let row = sqlx::query(AssertSqlSafe(text))
            .bind(id)
            .bind(paper)
            .bind(version)
            .fetch_optional(&mut *conn)
            .await?
            .ok_or(Error::NotFound)?;
        let view = view(&self.procedures, &row)?;
        let lies = Lies { file: row.try_get(10)?, sm3: row.try_get(12)? };
        let key = self.file_key(&mut conn, id, row.try_get(11)?).await?;
        drop(conn);
        let became = json!({ "paper": paper, "version": version, "sm3": view.sm3 });
        let draft = Draft::new("read_paper", stored.heading.machine.as_str(), id)
            .change(None, Some(became.to_string()));
        let (folder, issued) = (files.clone(), view.clone());
        match blocking(move || lies.opened(&folder, &key, &issued)).await {
            Ok(opened) => {
                self.store.record_read(context, draft).await?;
                Ok((view, opened))
            }
            Err(error) => self.refuse(&context, draft, error).await,
        }
    }
}

impl Docket {
    /// The key of a paper's file.
    async fn file_key(
        &self,
        conn: &mut AnyConnection,
        matter: &str,
        token: String,
    ) -> Result<FileKey, Error> {
        let stored = || Error::Stored("the key of a paper".into());
        let token = Token::parse(&token).ok_or_else(stored)?;
        let values = sealed::load::<OpenPersonalData>(conn, &[token]).await?;
        let value = values.iter().find(|value| value.matter == matter).ok_or_else(stored)?;
        let key = sealed::with_key::<OpenPersonalData, _>(&self.vaults, |vault| {
            vault.to_hide(&value.token, Datum::FileKey, &value.sealed)
        })?;
        FileKey::parse(&key).ok_or_else(stored)
    }
}

/// A paper's file as it lies on disk.
struct Lies {
    file: String,
    sm3: String,
}

impl Lies {
    /// The paper itself, unchanged.
    fn opened(&self, files: &Files, key: &FileKey, view: &PaperView) -> Result<Vec<u8>, Error> {
        let mut sealed = Vec::new();
        files.open(&self.file, &self.sm3)?.read_to_end(&mut sealed)?;
        let altered = || Error::Altered(self.file.clone());
        let bytes =
            key.open(&sealed, &what(&view.matter, &view.paper, view.version)).map_err(|_| altered())?;
        if files::digests(&bytes)[0] == view.sm3 { Ok(bytes) } else { Err(altered()) }
    }
}

/// What a paper's file is bound to.
fn what(matter: &str, paper: &str, version: i64) -> String {
    format!("mingcha-paper-1/{matter}/{paper}/{version}")
}

#[derive(Serialize, Deserialize)]
struct Issued {
    view: PaperView,
    file: String,
}

impl Room<'_> {
    async fn issue(
        &self,
        unit: &mut Unit,
        actor: &policy::Actor,
        stored: &Stored,
        request: IssueRequest,
        press: Arc<dyn Press>,
        files: &Files,
    ) -> Result<Done<Issued>, Error> {
        let (heading, now) = (&stored.heading, unit.now.time());
        let kind = may_issue(unit.conn(), self, stored, actor, &request.paper).await?;
        if heading.version != request.version {
            return Err(Error::Conflict { based_on: request.version, version: heading.version });
        }
        let last: i64 = sqlx::query_scalar(
            "SELECT COALESCE(MAX(version), 0) FROM paper WHERE matter = $1 AND template = $2",
        )
        .bind(heading.id.as_str())
        .bind(kind.id.as_str())
        .fetch_one(unit.conn())
        .await?;
        if last > 0 && request.reason.trim().is_empty() {
            return Err(Error::invalid("reason", "重新制作须写明理由，原件仍予保留"));
        }
        let reason = self.clean(unit, heading, request.reason.clone()).await?;
        let sheet = gather(unit.conn(), self, stored, now).await?;
        let kept = kept(unit.conn(), &heading.id).await?;
        let cells = sheet.with(&kept, &request.entered).map_err(|path| stands_already(&path))?;
        let number = match &kind.series {
            Some(series) => Some(next(unit, heading.organisation.as_str(), series, now).await?),
            None => None,
        };
        let (paper, given, folder) = (kind.id.clone(), number.clone(), files.clone());
        let (key, bound) = (
            FileKey::random().map_err(|error| Error::Keys(error.to_string()))?,
            what(&heading.id, &kind.id, last + 1),
        );
        let (received, printed, key) = blocking(move || {
            let printed = press.print(&paper, &cells, given.as_ref()).map_err(refused)?;
            let received = folder.take(&key.seal(&printed.bytes, &bound)?)?;
            Ok((received, printed, key))
        })
        .await?;
        let Printed { bytes, template, record } = printed;
        let [sm3, sha256] = files::digests(&bytes);
        let view = PaperView {
            matter: heading.id.clone(),
            paper: kind.id.clone(),
            title: kind.title.clone(),
            version: last + 1,
            number: number.as_ref().map(ToString::to_string),
            bytes: bytes.len() as i64,
            sm3,
            sha256,
            reason: super::act::bounded("reason", reason, 500)?,
            at: now.0,
            account: actor.account.clone(),
        };
        let by_hand: Vec<&str> = request.entered.iter().map(|entered| entered.path.as_str()).collect();
        let detail = json!({ "template": template, "record": record, "matter_version": heading.version, "entered": by_hand });
        let written = async {
            let token = self.keep_key(unit, &heading.id, &key).await?;
            write(unit, &view, &received, &token, &detail.to_string(), &request.entered).await
        };
        if let Err(error) = written.await {
            files.discard(&received.id);
            return Err(error);
        }
        let became = json!({
            "paper": view.paper, "version": view.version, "number": view.number, "file": received.id, "bytes": view.bytes,
            "sm3": view.sm3, "sha256": view.sha256, "detail": detail,
        });
        let draft = Draft::new("issue_paper", heading.machine.as_str(), heading.id.as_str())
            .why(view.reason.as_str())
            .change(None, Some(became.to_string()));
        Ok(Done::new(Issued { file: received.id, view }, draft))
    }
}

impl Room<'_> {
    /// Puts the key of a file into the vault, and says under which token.
    async fn keep_key(&self, unit: &mut Unit, matter: &str, key: &FileKey) -> Result<Token, Error> {
        let (vault, sealing) = sealed::sealing::<OpenPersonalData>(unit, self.vaults).await?;
        let token = Token::random().map_err(|error| Error::Keys(error.to_string()))?;
        let text = key.text();
        let sealed = vault.seal_under(&sealing, &token, Datum::FileKey, &text)?;
        let value = Value { token, matter: matter.to_owned(), kind: Datum::FileKey, sealed };
        sealed::insert::<OpenPersonalData>(unit, &value, &vault.digest(&text), &sealing).await?;
        Ok(value.token)
    }
}

/// The kind of a paper that may be issued now, or why not.
async fn may_issue<'a>(
    conn: &mut AnyConnection,
    room: &Room<'a>,
    stored: &Stored,
    actor: &policy::Actor,
    paper: &str,
) -> Result<&'a PaperKind, Error> {
    let machine = room.machine(&stored.heading.machine)?;
    let kind = room.procedures.papers.get(paper).filter(|kind| kind.acts_of(&machine.id).next().is_some());
    let kind = kind.ok_or_else(|| Error::invalid("paper", "该事项没有这种文书"))?;
    let done =
        acts_done(conn, &stored.heading.id, &machine.id).await?.into_iter().map(|(act, _)| act).collect();
    let message = match closed(room, kind, machine, stored, actor, &done)? {
        Ok(_) => return Ok(kind),
        Err(why) if why == "ended" => "该事项已终结，不再制作文书".to_owned(),
        Err(why) if why == "state" => format!("当前状态不能制作{}", kind.title),
        Err(why) if why == "act" => {
            let title = |act: &String| {
                Some(machine.acts.get(act.strip_prefix(&machine.id)?.strip_prefix('.')?)?.title.clone())
            };
            let acts: Vec<String> = kind.after.iter().filter_map(title).collect();
            format!("{}须在“{}”之后制作", kind.title, acts.join("”或者“"))
        }
        Err(why) if why == "decision" => {
            format!("本案的决定是“{}”，不制作{}", stored.facts.decision.kind().title(), kind.title)
        }
        Err(why) if why == "department" => {
            let known: Vec<&str> = kind
                .acts_of(&machine.id)
                .filter_map(|act| machine.acts.get(act))
                .flat_map(|act| act.departments.iter().map(|department: &Department| department.title()))
                .collect();
            format!("{}由{}制作", kind.title, known.first().unwrap_or(&""))
        }
        Err(code) => return Err(Error::Denied(code)),
    };
    Err(Error::Refused(vec![guard("paper_open", "PW001", message, "按程序先行办理，再制作文书")]))
}

fn guard(name: &str, code: &str, message: String, next: &str) -> GuardError {
    GuardError {
        code: code.to_owned(),
        guard: name.to_owned(),
        message,
        next: next.to_owned(),
        basis: "国家医保局令第4号".to_owned(),
    }
}

fn refused(Unprinted(lacking): Unprinted) -> Error {
    let told = |lacking: Lacking| {
        let message = if lacking.label.is_empty() {
            lacking.message
        } else {
            format!("{}：{}", lacking.label, lacking.message)
        };
        match lacking.missing {
            true => guard("paper_complete", "PW002", message, "在制作时填写，或者先在案件中办理"),
            false => guard("paper_fits", "PW003", message, "更正该值或者模板后再制作"),
        }
    };
    Error::Refused(lacking.into_iter().map(told).collect())
}

fn stands_already(path: &str) -> Error {
    Error::invalid(format!("fields.{path}"), "案件记录中已有该项，不得另填")
}

/// The next number of a series of an organisation in this year: given in the transaction of the paper, so that none is left out or given twice.
async fn next(unit: &mut Unit, organisation: &str, series: &str, now: Time) -> Result<PaperNumber, Error> {
    let (year, ..) = now.date().ymd();
    let text = "INSERT INTO series (series, year, last) VALUES ($1, $2, 1) \
                ON CONFLICT (series, year) DO UPDATE SET last = series.last + 1 RETURNING last";
    let serial = sqlx::query_scalar(text)
        .bind(format!("{organisation}/{series}"))
        .bind(i64::from(year))
        .fetch_one(unit.conn())
        .await?;
    let place = letterhead::load(unit.conn(), organisation).await?.letterhead.place;
    Ok(PaperNumber { place, series: series.to_owned(), year, serial })
}

async fn write(
    unit: &mut Unit,
    view: &PaperView,
    received: &Received,
    key: &Token,
    detail: &str,
    entered: &[Entered],
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO paper (matter, template, version, number, file, file_key, sealed_sm3, bytes, sm3, sha256, detail, reason, at, account) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(view.matter.as_str())
    .bind(view.paper.as_str())
    .bind(view.version)
    .bind(view.number.as_deref())
    .bind(received.id.as_str())
    .bind(key.as_str())
    .bind(received.sm3.as_str())
    .bind(view.bytes)
    .bind(view.sm3.as_str())
    .bind(view.sha256.as_str())
    .bind(detail)
    .bind(view.reason.as_str())
    .bind(view.at)
    .bind(view.account.as_str())
    .execute(unit.conn())
    .await?;
    for entered in entered.iter().filter(|entered| entered.keep) {
        let value = serde_json::to_string(&entered.cell).map_err(|error| Error::Stored(error.to_string()))?;
        sqlx::query(
            "INSERT INTO entered (matter, field, value, at, account) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (matter, field) \
             DO UPDATE SET value = excluded.value, at = excluded.at, account = excluded.account",
        )
        .bind(view.matter.as_str())
        .bind(entered.path.as_str())
        .bind(value)
        .bind(view.at)
        .bind(view.account.as_str())
        .execute(unit.conn())
        .await?;
    }
    Ok(())
}
