//! Work on the lake that somebody asks for: kept as rows, so that who asked for what, when, and what came of it outlives the server.
//!
//! What a job does stands elsewhere; here is who may ask for it, and the one way from waiting to an end.

use super::{
    Docket,
    act::{bounded, fresh},
    matter,
};
use crate::{
    policy::{self, ManageData, ReadData},
    store::{Context, Done, Draft, Error, Unit},
    trail::Who,
    words::{Word as _, words},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::sync::Arc;
use utoipa::ToSchema;

words! {
    /// What is done.
    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum JobKind {
        /// Files into the lake.
        Import = "import", "导入";
        /// All checks of an import; nothing is kept.
        Trial = "trial", "试导入";
        /// The rules over the lake.
        Screen = "screen", "筛查";
        /// Other values of a rule's parameters tried on the lake; nothing is kept.
        Effect = "effect", "试算参数";
        /// A run proved again.
        Prove = "prove", "复核运行";
        /// A clue proved again.
        Verify = "verify", "复核线索";
        /// A run's clues handed over to casework.
        HandOver = "hand_over", "移交线索";
    }
}

words! {
    /// How far it is.
    #[derive(ToSchema)]
    #[schema(rename_all = "snake_case")]
    pub enum JobState {
        /// Another one runs.
        Waiting = "waiting", "排队";
        /// It runs.
        Running = "running", "进行中";
        /// It came to its end.
        Done = "done", "完成";
        /// What was looked at has faults: a batch that was refused, a proof that differs.
        Faulty = "faulty", "发现问题";
        /// It could not be done.
        Failed = "failed", "失败";
        /// Somebody stopped it.
        Cancelled = "cancelled", "已取消";
        /// The server ended while it ran.
        BrokenOff = "broken_off", "中断";
    }
}

/// Which queue a job waits in; in each one job runs at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Work on the whole lake.
    Heavy,
    /// Proofs of single clues, for which somebody sits and waits.
    Proof,
}

impl JobKind {
    /// Its queue.
    pub fn lane(self) -> Lane {
        if self == Self::Verify { Lane::Proof } else { Lane::Heavy }
    }
}

/// A job. Instants are seconds of China's civil time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct JobView {
    /// Id.
    pub id: String,
    /// What is done.
    pub kind: JobKind,
    /// How far it is.
    pub state: JobState,
    /// What it is about, for people.
    pub title: String,
    /// Who asked for it.
    pub account: String,
    /// For which organisation.
    pub organisation: String,
    /// The clue that it proves; empty for work on the whole lake.
    pub matter: String,
    /// What was asked for.
    #[schema(value_type = Object)]
    pub asked: Value,
    /// When.
    pub at: i64,
    /// When it began.
    pub begun: Option<i64>,
    /// When it ended.
    pub ended: Option<i64>,
    /// Steps done.
    pub done: i64,
    /// Steps in all; 0 where nobody knows yet.
    pub whole: i64,
    /// Exit code of the program.
    pub exit: Option<i64>,
    /// What came of it; null while nothing has.
    #[schema(value_type = Option<Object>)]
    pub report: Value,
    /// The last words of the program, where it did not come to its end.
    pub words: String,
    /// What to do next, in Chinese.
    pub next: String,
}

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What is done.
    pub kind: JobKind,
    /// What it is about, for people.
    pub title: String,
    /// The clue to prove; empty for the others.
    pub matter: String,
    /// What is asked for.
    pub asked: Value,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub struct JobEnd {
    /// How it ended.
    pub state: JobState,
    /// Steps done, and in all.
    pub steps: (i64, i64),
    /// Exit code of the program.
    pub exit: Option<i64>,
    /// What came of it.
    pub report: Value,
    /// Last words.
    pub words: String,
}

/// Which jobs.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JobQuery {
    /// What is done: `import`, `screen`, …
    pub kind: Option<String>,
    /// Only jobs asked for before this instant.
    pub before: Option<i64>,
}

/// What a clue came from: by it the lake is asked for its people and peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatterOrigin {
    /// Id of the matter.
    pub id: String,
    /// Run that made it; empty where it is of no run.
    pub run: String,
    /// What it was handed over with.
    pub origin: Value,
}

/// Most jobs that wait, and those of one account.
const WAITING: (i64, i64) = (50, 5);
/// Most jobs of a list.
const LISTED: i64 = 100;
/// Most bytes of a report that is kept.
const REPORT: usize = 4 << 20;

const COLUMNS: &str = "id, kind, state, title, account, organisation, matter, asked, at, begun, ended, done, whole, exit_code, \
     report, words FROM job";

fn view(row: &AnyRow) -> Result<JobView, Error> {
    let wrong = |what: &str| Error::Stored(format!("{what} of a job"));
    let (kind, state): (String, String) = (row.try_get(1)?, row.try_get(2)?);
    let (asked, report): (String, String) = (row.try_get(7)?, row.try_get(14)?);
    let state = JobState::named(&state).ok_or_else(|| wrong("state"))?;
    let kind = JobKind::named(&kind).ok_or_else(|| wrong("kind"))?;
    Ok(JobView {
        id: row.try_get(0)?,
        kind,
        state,
        title: row.try_get(3)?,
        account: row.try_get(4)?,
        organisation: row.try_get(5)?,
        matter: row.try_get(6)?,
        asked: serde_json::from_str(&asked).map_err(|_| wrong("request"))?,
        at: row.try_get(8)?,
        begun: row.try_get(9)?,
        ended: row.try_get(10)?,
        done: row.try_get(11)?,
        whole: row.try_get(12)?,
        exit: row.try_get(13)?,
        report: serde_json::from_str(&report).map_err(|_| wrong("report"))?,
        words: row.try_get(15)?,
        next: next(kind, state).to_owned(),
    })
}

/// What to do after a job that did not come to its end.
fn next(kind: JobKind, state: JobState) -> &'static str {
    match (state, kind) {
        (JobState::BrokenOff, JobKind::Import) => {
            "服务在导入时停止，数据仍是导入前的版本；用已上传的文件再次导入即可"
        }
        (JobState::BrokenOff, JobKind::HandOver) => "服务在移交时停止；再次移交，已移交的线索不会重复",
        (JobState::BrokenOff | JobState::Cancelled, _) => "没有改变任何数据，可以再次发起",
        (JobState::Faulty, JobKind::Import | JobKind::Trial) => "查看质量报告，更正文件或者数据后再次导入",
        (JobState::Faulty, JobKind::Effect) => {
            "规则、知识或者本地参数文件有错，请系统管理员按所示位置更正后再次发起"
        }
        (JobState::Faulty, _) => "写入的结果与现在算出的不一致，请系统管理员查明原因",
        (JobState::Failed, _) => "按所示原因处理后再次发起；仍不行的，请系统管理员查看",
        (JobState::Done, JobKind::Trial) => "没有写入任何数据；确认后正式导入",
        (JobState::Done, JobKind::Effect) => "没有写入任何结果；采用的，把新值写入本地参数文件后重新筛查",
        (JobState::Done, JobKind::Import) => "可以运行筛查",
        (JobState::Done, JobKind::Screen) => "可以移交线索",
        (JobState::Waiting | JobState::Running | JobState::Done, _) => "",
    }
}

async fn load(conn: &mut AnyConnection, id: &str) -> Result<JobView, Error> {
    let text = format!("SELECT {COLUMNS} WHERE id = $1");
    let row = sqlx::query(AssertSqlSafe(text)).bind(id).fetch_optional(conn).await?;
    view(&row.ok_or(Error::NotFound)?)
}

impl Docket {
    /// Whether an account may look at the lake's data, or work on it.
    pub async fn may_data(&self, context: &Context, manage: bool) -> Result<(), Error> {
        let actor = self.actor(context).await?;
        let here = self.store.installation().await?;
        let (denied, draft) = if manage {
            (self.policies.decide(&actor, ManageData, &here).err(), Draft::new("manage_data", "lake", ""))
        } else {
            (self.policies.decide(&actor, ReadData, &here).err(), Draft::new("read_data", "lake", ""))
        };
        match denied {
            None => Ok(()),
            Some(denied) => self.refuse(context, draft, denied.into()).await,
        }
    }

    /// Records that somebody looked at something of the lake.
    pub async fn record_look(&self, context: Context, what: &str, id: &str) -> Result<(), Error> {
        self.store.record_read(context, Draft::new(what, "lake", id)).await
    }

    /// What a matter came from, for whoever may read it; recorded as a look of that name.
    pub async fn origin(&self, context: Context, act: &str, id: &str) -> Result<MatterOrigin, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let stored = matter::load(&mut conn, id).await;
        drop(conn);
        let allowed = stored.and_then(|stored| {
            self.policies.decide(&actor, policy::Read, &stored.access()?).map_err(|_| Error::NotFound)?;
            Ok(stored)
        });
        match allowed {
            Ok(stored) => {
                self.store.record_read(context, Draft::new(act, stored.heading.machine.as_str(), id)).await?;
                let origin: Value = serde_json::from_str(&stored.origin).unwrap_or_default();
                let run = origin.get("run").and_then(Value::as_str).unwrap_or_default().to_owned();
                Ok(MatterOrigin { id: id.to_owned(), run, origin })
            }
            Err(Error::NotFound) => {
                self.refuse(&context, Draft::new(act, "matter", id), Error::NotFound).await
            }
            Err(error) => Err(error),
        }
    }

    /// Puts a job into its queue. A clue is proved for whoever may read it, everything else for whoever manages the data.
    pub async fn ask_job(&self, context: Context, new: NewJob) -> Result<JobView, Error> {
        let here = self.store.installation().await?;
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let attempt = Draft::new("ask_job", "job", new.kind.name());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    if new.kind == JobKind::Verify {
                        let stored = matter::load(unit.conn(), &new.matter).await?;
                        let access = stored.access()?;
                        policies.decide(&actor, policy::Read, &access).map_err(|_| Error::NotFound)?;
                    } else {
                        policies.decide(&actor, ManageData, &here)?;
                    }
                    ask(unit, &actor, new).await
                })
            })
            .await
    }

    /// The job that this very request was answered with before, if it was; so that what changed since cannot refuse it.
    pub async fn asked_before(&self, context: &Context) -> Result<Option<JobView>, Error> {
        let Some(request) = &context.request else { return Ok(None) };
        let mut conn = self.store.reader().await?;
        let text = "SELECT body FROM answered WHERE account = $1 AND request = $2 AND digest = $3";
        let body: Option<String> = sqlx::query_scalar(text)
            .bind(context.who.account.as_str())
            .bind(request.key.as_str())
            .bind(request.digest.as_str())
            .fetch_optional(&mut *conn)
            .await?;
        let job = body.map(|body| serde_json::from_str(&body)).transpose();
        job.map_err(|_| Error::Stored("the answer of a request".into()))
    }

    /// Jobs, the newest first: all on the lake for whoever may look at its data, else one's own.
    pub async fn jobs(&self, context: Context, query: &JobQuery) -> Result<Vec<JobView>, Error> {
        let actor = self.actor(&context).await?;
        let all = self.policies.decide(&actor, ReadData, &self.store.installation().await?).is_ok();
        let text = format!(
            "SELECT {COLUMNS} WHERE at < $1 AND ($2 = '' OR kind = $2) AND (account = $3 OR ($4 = 1 AND matter = '')) \
             ORDER BY at DESC, id LIMIT {LISTED}"
        );
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(AssertSqlSafe(text))
            .bind(query.before.unwrap_or(i64::MAX))
            .bind(query.kind.as_deref().unwrap_or_default())
            .bind(actor.account.as_str())
            .bind(i64::from(all))
            .fetch_all(&mut *conn)
            .await?;
        let mut jobs = rows.iter().map(view).collect::<Result<Vec<_>, _>>()?;
        // Reports are read one by one; what proves a clue only with the clue.
        jobs.iter_mut().for_each(|job| job.report = Value::Null);
        drop(conn);
        if !actor.enabled {
            jobs.clear();
        }
        self.store.record_read(context, Draft::new("list", "jobs", "")).await?;
        Ok(jobs)
    }

    /// A job that the one who asks may see: one's own while its clue may be read, or any on the lake for whoever may look at its data.
    pub async fn job(&self, context: Context, id: &str) -> Result<JobView, Error> {
        match self.visible(&context, id).await {
            Ok(job) => {
                self.store.record_read(context, Draft::new("read", "job", id)).await?;
                Ok(job)
            }
            Err(Error::NotFound) => {
                self.refuse(&context, Draft::new("read", "job", id), Error::NotFound).await
            }
            Err(error) => Err(error),
        }
    }

    async fn visible(&self, context: &Context, id: &str) -> Result<JobView, Error> {
        let actor = self.actor(context).await?;
        let here = self.store.installation().await?;
        let mut conn = self.store.reader().await?;
        let job = load(&mut conn, id).await?;
        let may = if job.matter.is_empty() {
            self.policies.decide(&actor, ReadData, &here).is_ok()
        } else {
            let access = matter::load(&mut conn, &job.matter).await?.access()?;
            job.account == actor.account && self.policies.decide(&actor, policy::Read, &access).is_ok()
        };
        if may { Ok(job) } else { Err(Error::NotFound) }
    }

    /// Asks for a job to stop: one's own, or any on the lake for whoever manages its data. One that waits is stopped by this, one that runs
    /// by whoever runs it.
    pub async fn cancel_job(&self, context: Context, id: &str) -> Result<JobView, Error> {
        let here = self.store.installation().await?;
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let (attempt, id) = (Draft::new("cancel_job", "job", id), id.to_owned());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    let mut job = load(unit.conn(), &id).await?;
                    let manages = job.matter.is_empty() && policies.decide(&actor, ManageData, &here).is_ok();
                    if !manages && (job.matter.is_empty() || job.account != actor.account) {
                        return Err(Error::NotFound);
                    }
                    if job.state == JobState::Waiting {
                        job.state = JobState::Cancelled;
                        sqlx::query("UPDATE job SET state = $1, ended = $2 WHERE id = $3")
                            .bind(job.state.name())
                            .bind(unit.now.time().0)
                            .bind(id.as_str())
                            .execute(unit.conn())
                            .await?;
                    } else if job.state != JobState::Running {
                        return Err(Error::invalid("state", "该任务已经结束"));
                    }
                    Ok(Done::new(job, Draft::new("cancel_job", "job", id)))
                })
            })
            .await
    }

    /// Takes the next job of a queue; nothing where none waits.
    pub async fn next_job(&self, context: Context, lane: Lane) -> Result<Option<JobView>, Error> {
        let Some(id) = self.waits(lane).await? else { return Ok(None) };
        let attempt = Draft::new("begin_job", "job", id.as_str());
        let began = self.store.write(context, attempt, move |unit| {
            Box::pin(async move {
                let text = "UPDATE job SET state = $1, begun = $2 WHERE id = $3 AND state = $4";
                let begun = sqlx::query(text)
                    .bind(JobState::Running.name())
                    .bind(unit.now.time().0)
                    .bind(id.as_str())
                    .bind(JobState::Waiting.name())
                    .execute(unit.conn())
                    .await?;
                if begun.rows_affected() == 0 {
                    return Err(Error::NotFound);
                }
                let job = load(unit.conn(), &id).await?;
                Ok(Done::new(job, Draft::new("begin_job", "job", id)))
            })
        });
        match began.await {
            Ok(job) => Ok(Some(job)),
            // Somebody stopped it in between.
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn waits(&self, lane: Lane) -> Result<Option<String>, Error> {
        let one = if lane == Lane::Proof { "=" } else { "<>" };
        let text =
            format!("SELECT id FROM job WHERE state = $1 AND kind {one} 'verify' ORDER BY at, id LIMIT 1");
        let mut conn = self.store.reader().await?;
        let id = sqlx::query_scalar(AssertSqlSafe(text))
            .bind(JobState::Waiting.name())
            .fetch_optional(&mut *conn)
            .await?;
        Ok(id)
    }

    /// Enters what came of a job that ran.
    pub async fn end_job(&self, context: Context, id: &str, end: JobEnd) -> Result<JobView, Error> {
        let id = id.to_owned();
        let attempt = Draft::new("end_job", "job", id.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let mut report = end.report.to_string();
                    if report.len() > REPORT {
                        report = json!({ "too_long": true }).to_string();
                    }
                    sqlx::query(
                        "UPDATE job SET state = $1, ended = $2, done = $3, whole = $4, exit_code = $5, report = $6, words = $7 \
                         WHERE id = $8 AND state = $9",
                    )
                    .bind(end.state.name())
                    .bind(unit.now.time().0)
                    .bind(end.steps.0)
                    .bind(end.steps.1)
                    .bind(end.exit)
                    .bind(report)
                    .bind(end.words)
                    .bind(id.as_str())
                    .bind(JobState::Running.name())
                    .execute(unit.conn())
                    .await?;
                    let job = load(unit.conn(), &id).await?;
                    let became = json!({ "state": job.state, "exit": job.exit }).to_string();
                    Ok(Done::new(job, Draft::new("end_job", "job", id).change(None, Some(became))))
                })
            })
            .await
    }

    /// Marks the jobs that ran when the server ended; returns how many there were.
    pub async fn break_off_jobs(&self, context: Context) -> Result<usize, Error> {
        let mut conn = self.store.reader().await?;
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM job WHERE state = $1")
            .bind(JobState::Running.name())
            .fetch_all(&mut *conn)
            .await?;
        drop(conn);
        for id in &ids {
            let end = JobEnd {
                state: JobState::BrokenOff,
                steps: (0, 0),
                exit: None,
                report: Value::Null,
                words: String::new(),
            };
            self.end_job(context.clone(), id, end).await?;
        }
        Ok(ids.len())
    }

    /// Whom a job is done for, as the store knows the account now; an error where it is disabled.
    pub async fn asker(&self, job: &JobView) -> Result<Context, Error> {
        let account = self.store.account(&job.account).await?;
        if account.disabled {
            return Err(Error::Denied("disabled_account".into()));
        }
        let who = Who { account: account.id.clone(), ..account.who() };
        Ok(Context::new(who, "server"))
    }
}

async fn ask(unit: &mut Unit, actor: &policy::Actor, new: NewJob) -> Result<Done<JobView>, Error> {
    let text = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN account = $1 THEN 1 ELSE 0 END), 0) FROM job WHERE state = $2";
    let row = sqlx::query(text)
        .bind(actor.account.as_str())
        .bind(JobState::Waiting.name())
        .fetch_one(unit.conn())
        .await?;
    let (all, own): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    if all >= WAITING.0 || own >= WAITING.1 {
        return Err(Error::invalid("kind", "排队的任务过多，请等已有任务完成后再发起"));
    }
    let id = fresh("job")?;
    let text = "INSERT INTO job (id, kind, state, title, account, organisation, matter, asked, at, done, whole, report, words) \
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 'null', '')";
    sqlx::query(text)
        .bind(id.as_str())
        .bind(new.kind.name())
        .bind(JobState::Waiting.name())
        .bind(bounded("title", new.title, 200)?)
        .bind(actor.account.as_str())
        .bind(actor.organisation.as_str())
        .bind(new.matter.as_str())
        .bind(new.asked.to_string())
        .bind(unit.now.time().0)
        .execute(unit.conn())
        .await?;
    let job = load(unit.conn(), &id).await?;
    let became = json!({ "kind": job.kind, "asked": new.asked }).to_string();
    Ok(Done::new(job, Draft::new("ask_job", "job", id).change(None, Some(became))))
}
