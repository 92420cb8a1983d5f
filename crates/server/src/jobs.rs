//! Work on the lake: one job at a time from each queue, each the same command that a person runs, as a process of its own.
//!
//! A job can be killed at any moment, for imports and runs leave the lake whole. The process ends with the server: its standard input is
//! the tether. What is known of a job stands in the store; only how far it is at this moment is kept here.

use crate::{App, config::Config, intake::Intake, tasks};
use mingcha_casework::{
    docket::{JobEnd, JobKind, JobState, JobView, Lane, PUSHED_AT_ONCE, Pushed, PushedClue},
    store::{Context, Error},
};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    env,
    io::{self, BufRead as _, BufReader, Read as _},
    path::PathBuf,
    process::{Child, ChildStderr, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::{Notify, watch},
    task::{JoinHandle, spawn_blocking},
    time,
};

/// How long a queue waits before it looks again, where nobody told it of a job.
const LOOK: Duration = Duration::from_mins(1);
/// How often a process is looked after.
const TURN: Duration = Duration::from_millis(50);
/// Most bytes of what a process prints, and most lines of what it tells.
const PRINTED: u64 = 64 << 20;
const TOLD: usize = 40;
/// Exit codes of the program: faults in what was checked; interrupted.
const FAULTY: i32 = 3;
const INTERRUPTED: i32 = 130;

/// The jobs that run now, and what wakes the queues.
#[derive(Default)]
pub(crate) struct Jobs {
    heavy: Notify,
    proof: Notify,
    live: Mutex<HashMap<String, Arc<Live>>>,
}

/// A job that runs.
#[derive(Default)]
struct Live {
    done: AtomicI64,
    whole: AtomicI64,
    cancelled: AtomicBool,
    /// Whether what it prints is of no use any more.
    given_up: AtomicBool,
}

impl Live {
    fn steps(&self) -> (i64, i64) {
        (self.done.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed))
    }
}

impl Jobs {
    fn of(&self, lane: Lane) -> &Notify {
        if lane == Lane::Proof { &self.proof } else { &self.heavy }
    }

    fn live(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Live>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes the queue of a job that was asked for.
    pub fn wake(&self, kind: JobKind) {
        self.of(kind.lane()).notify_one();
    }

    /// Stops a job that runs.
    pub fn cancel(&self, id: &str) {
        if let Some(live) = self.live().get(id) {
            live.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// With how far it is at this moment.
    pub fn seen(&self, mut job: JobView) -> JobView {
        if let Some(live) = self.live().get(&job.id) {
            (job.done, job.whole) = live.steps();
        }
        job
    }
}

/// The two queues, until they are stopped.
pub(crate) struct Queues {
    stop: watch::Sender<bool>,
    queues: [JoinHandle<()>; 2],
}

impl Queues {
    /// Starts both; what ran when the last server ended is marked first.
    pub async fn start(app: &Arc<App>) -> Result<Self, Error> {
        let broken = app.docket.break_off_jobs(tasks::context()).await?;
        if broken > 0 {
            tracing::warn!(broken, "jobs that ran when the server ended");
        }
        let (stop, _) = watch::channel(false);
        let queue = |lane| tokio::spawn(run(Arc::clone(app), lane, stop.subscribe()));
        Ok(Self { queues: [queue(Lane::Heavy), queue(Lane::Proof)], stop })
    }

    /// Ends both; a job that runs is killed and marked as broken off.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for queue in self.queues {
            // One that panicked has left its place in the log.
            drop(queue.await);
        }
    }
}

async fn run(app: Arc<App>, lane: Lane, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        match app.docket.next_job(tasks::context(), lane).await {
            Ok(Some(job)) => one(&app, job, &stopped).await,
            Ok(None) => {
                tokio::select! {
                    () = app.jobs.of(lane).notified() => {}
                    _ = time::timeout(LOOK, stopped.changed()) => {}
                }
            }
            Err(error) => {
                tracing::error!(error = error.code(), kind = error.kind(), "jobs");
                drop(time::timeout(LOOK, stopped.changed()).await);
            }
        }
    }
}

/// Does one job and enters what came of it.
async fn one(app: &Arc<App>, job: JobView, stopped: &watch::Receiver<bool>) {
    let live = Arc::new(Live::default());
    app.jobs.live().insert(job.id.clone(), Arc::clone(&live));
    let asker = app.docket.asker(&job).await;
    let work = Work { app: Arc::clone(app), job: job.clone(), live, stopped: stopped.clone() };
    let end = match asker {
        Ok(asker) => spawn_blocking(move || work.run(&asker))
            .await
            .unwrap_or_else(|_| failed("程序内部错误，请系统管理员查看日志")),
        Err(_) => failed("发起人的账号已停用"),
    };
    app.jobs.live().remove(&job.id);
    let (state, exit) = (end.state.name(), end.exit);
    if let Err(error) = app.docket.end_job(tasks::context(), &job.id, end).await {
        tracing::error!(error = error.code(), kind = error.kind(), job = %job.id, "the end of a job");
    }
    tracing::info!(job = %job.id, kind = job.kind.name(), state, exit, "job");
}

fn failed(words: &str) -> JobEnd {
    JobEnd {
        state: JobState::Failed,
        steps: (0, 0),
        exit: None,
        report: Value::Null,
        words: words.to_owned(),
    }
}

/// A job in the hands of the thread that does it.
struct Work {
    app: Arc<App>,
    job: JobView,
    live: Arc<Live>,
    stopped: watch::Receiver<bool>,
}

/// What a process printed.
enum Printed {
    Text(String),
    /// Of a handing over: what became of the clues, or why it ended.
    Pushed(Result<Pushed, Error>),
}

impl Work {
    fn run(&self, asker: &Context) -> JobEnd {
        let started = self.command().and_then(|mut command| command.spawn());
        let mut child = match started {
            Ok(child) => child,
            Err(error) => {
                tracing::error!(%error, job = %self.job.id, "a job's process does not start");
                return failed("未能启动处理程序，请系统管理员查看日志");
            }
        };
        let (out, told) = (child.stdout.take(), child.stderr.take());
        let handle = Handle::current();
        let (exit, printed, words) = thread::scope(|scope| {
            let printed = scope.spawn(|| self.printed(out, asker, &handle));
            let words = scope.spawn(|| self.told(told));
            let exit = self.wait(&mut child);
            (exit, printed.join().ok(), words.join().unwrap_or_default())
        });
        self.end(exit, printed, words)
    }

    /// Waits for the end of a process, or brings it about.
    fn wait(&self, child: &mut Child) -> Option<i32> {
        let live = &self.live;
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return status.code(),
                Ok(None) => {}
                Err(_) => return None,
            }
            let stopped = [&live.cancelled, &live.given_up].iter().any(|flag| flag.load(Ordering::Relaxed));
            if stopped || *self.stopped.borrow() {
                // It may have ended by itself in between.
                drop(child.kill());
            }
            thread::sleep(TURN);
        }
    }

    fn printed(&self, out: Option<ChildStdout>, asker: &Context, handle: &Handle) -> Printed {
        let Some(out) = out else { return Printed::Text(String::new()) };
        if self.job.kind == JobKind::HandOver {
            let pushed = self.push(BufReader::new(out), asker, handle);
            self.live.given_up.store(pushed.is_err(), Ordering::Relaxed);
            return Printed::Pushed(pushed);
        }
        let mut text = Vec::new();
        // What was read so far is what there is, whatever ended it.
        drop(out.take(PRINTED).read_to_end(&mut text));
        Printed::Text(String::from_utf8_lossy(&text).into_owned())
    }

    /// Hands clues over, one a line, as whoever asked for it.
    fn push(&self, lines: impl io::BufRead, asker: &Context, handle: &Handle) -> Result<Pushed, Error> {
        let mut pushed = Pushed::default();
        let mut part = Vec::with_capacity(PUSHED_AT_ONCE);
        let mut send = |part: &mut Vec<PushedClue>| -> Result<(), Error> {
            let count = part.len() as i64;
            let docket = &self.app.docket;
            pushed.add(handle.block_on(docket.push(asker.clone(), std::mem::take(part)))?);
            self.live.done.fetch_add(count, Ordering::Relaxed);
            Ok(())
        };
        for line in lines.lines() {
            let clue = serde_json::from_str(&line?)
                .map_err(|error| Error::Stored(format!("a clue of the run: {error}")))?;
            part.push(clue);
            if part.len() == PUSHED_AT_ONCE {
                send(&mut part)?;
            }
        }
        if !part.is_empty() {
            send(&mut part)?;
        }
        Ok(pushed)
    }

    /// Reads how far it is; the last of its other words are kept.
    fn told(&self, told: Option<ChildStderr>) -> String {
        let mut last = VecDeque::new();
        for line in told.into_iter().flat_map(|told| BufReader::new(told).split(b'\n')) {
            let Ok(line) = line else { break };
            let line = String::from_utf8_lossy(&line).into_owned();
            if let Some((done, whole)) = steps(&line) {
                if self.job.kind != JobKind::HandOver {
                    self.live.done.store(done, Ordering::Relaxed);
                }
                self.live.whole.store(whole, Ordering::Relaxed);
                continue;
            }
            last.push_back(line);
            if last.len() > TOLD {
                last.pop_front();
            }
        }
        let words: Vec<String> = last.into_iter().collect();
        self.without_places(&words.join("\n"))
    }

    fn end(&self, exit: Option<i32>, printed: Option<Printed>, mut words: String) -> JobEnd {
        let mut state = match exit {
            _ if *self.stopped.borrow() && exit != Some(0) => JobState::BrokenOff,
            _ if self.live.cancelled.load(Ordering::Relaxed) && exit != Some(0) => JobState::Cancelled,
            Some(0) => JobState::Done,
            Some(FAULTY) => JobState::Faulty,
            Some(INTERRUPTED) => JobState::BrokenOff,
            _ => JobState::Failed,
        };
        let report = match printed {
            Some(Printed::Text(text)) => {
                let text = self.without_places(&text);
                report(self.job.kind, serde_json::from_str(&text).unwrap_or_default())
            }
            Some(Printed::Pushed(Ok(pushed))) => json!(pushed),
            Some(Printed::Pushed(Err(error))) => {
                if !matches!(state, JobState::BrokenOff | JobState::Cancelled) {
                    let told = error.told();
                    (state, words) = (JobState::Failed, format!("{}；{}", told.message, told.next));
                }
                Value::Null
            }
            None => Value::Null,
        };
        if state == JobState::Done && self.job.kind == JobKind::Import {
            // The lake has them; a second import of the same would change nothing.
            discard(&self.app.intake, &self.job);
        } else if state != JobState::BrokenOff {
            forget_mended(&self.app.intake, &self.job);
        }
        JobEnd { state, steps: self.live.steps(), exit: exit.map(i64::from), report, words }
    }

    /// What a program said without the places of this machine.
    fn without_places(&self, text: &str) -> String {
        let config = &self.app.config;
        let mut text = text.to_owned();
        for file in files(&self.job) {
            text = text.replace(&format!("{file}/"), "");
        }
        let places = [config.lake.folder.display().to_string(), config.folder.display().to_string()];
        for place in places {
            text = text.replace(&place, "…");
        }
        text
    }

    /// The command that a person would type.
    fn command(&self) -> io::Result<Command> {
        let config = &self.app.config;
        let program = config.lake.program.clone().map_or_else(env::current_exe, Ok)?;
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            // Among them are the database's password and other things that a job has no business with.
            if name.to_string_lossy().starts_with("MINGCHA_") {
                command.env_remove(name);
            }
        }
        command.args(self.arguments()?);
        command.arg("--lake").arg(absolute(&config.lake.folder)?).arg("--attended");
        std::fs::create_dir_all(self.app.intake.folder())?;
        command.current_dir(self.app.intake.folder());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }

    fn arguments(&self) -> io::Result<Vec<String>> {
        let (job, config) = (&self.job, &self.app.config);
        let text = |name: &str| job.asked.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut args = Vec::new();
        let option = |args: &mut Vec<String>, option: &str, value: String| {
            if !value.is_empty() {
                args.extend([option.to_owned(), value]);
            }
        };
        match job.kind {
            JobKind::Import | JobKind::Trial => {
                args.extend(["import", "--json"].map(str::to_owned));
                for id in files(job) {
                    let gone = |_| io::Error::new(io::ErrorKind::NotFound, "a file to import is gone");
                    let file = self.app.intake.of(&id, &job.account).map_err(gone)?;
                    args.push(format!("{}/{}", file.id, file.title));
                }
                option(&mut args, "--profile", text("profile"));
                option(&mut args, "--as-of", text("as_of"));
                let flags =
                    [("--again", job.asked["again"] == true), ("--dry-run", job.kind == JobKind::Trial)];
                args.extend(flags.iter().filter(|(_, set)| *set).map(|(flag, _)| (*flag).to_owned()));
            }
            JobKind::Screen => {
                args.extend(["screen", "--json"].map(str::to_owned));
                for name in ["as-of", "from", "to", "rules", "region"] {
                    option(&mut args, &format!("--{name}"), text(&name.replace('-', "_")));
                }
                if job.asked["full"] == true {
                    args.push("--full".to_owned());
                }
                library(config, &mut args)?;
            }
            JobKind::Effect => {
                args.extend(["rule", "effect", "--json"].map(str::to_owned));
                args.extend([text("rule"), "--set".to_owned(), text("set")]);
                library(config, &mut args)?;
            }
            JobKind::Prove => args.extend(["verify".to_owned(), text("run"), "--json".to_owned()]),
            JobKind::Verify => {
                args.extend(["verify".to_owned(), text("clue"), "--json".to_owned()]);
                option(&mut args, "--run", text("run"));
            }
            JobKind::HandOver => {
                args.extend(["clues", "push", "--values"].map(str::to_owned));
                option(&mut args, "--run", text("run"));
                option(&mut args, "--region-if-none", text("region"));
            }
        }
        if job.kind != JobKind::HandOver {
            option(
                &mut args,
                "--threads",
                config.lake.threads.map(|count| count.to_string()).unwrap_or_default(),
            );
        }
        Ok(args)
    }
}

fn library(config: &Config, args: &mut Vec<String>) -> io::Result<()> {
    for (option, folder) in [("--library", &config.lake.library), ("--site", &config.lake.site)] {
        if let Some(folder) = folder {
            args.extend([option.to_owned(), absolute(folder)?.display().to_string()]);
        }
    }
    Ok(())
}

/// Jobs run in a folder of their own.
fn absolute(path: &std::path::Path) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

/// The files that an import takes.
fn files(job: &JobView) -> Vec<String> {
    let ids = job.asked.get("files").and_then(Value::as_array).into_iter().flatten();
    ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

fn discard(intake: &Intake, job: &JobView) {
    for file in files(job) {
        drop(intake.discard(&file, &job.account));
    }
}

/// Removes the file of rows that were mended in the workbench once its job is over: whoever typed them has them on the page still, and
/// did not choose to keep a file.
pub(crate) fn forget_mended(intake: &Intake, job: &JobView) {
    if job.asked.get("mends").is_some() {
        discard(intake, job);
    }
}

/// `progress 3/10`.
fn steps(line: &str) -> Option<(i64, i64)> {
    let (done, whole) = line.trim().strip_prefix("progress ")?.split_once('/')?;
    Some((done.parse().ok()?, whole.parse().ok()?))
}

/// What is kept of what a program printed: of a run not its register of places, of a proof no record but which ones differ.
fn report(kind: JobKind, mut printed: Value) -> Value {
    match kind {
        JobKind::Screen => {
            if let Some(run) = printed.as_object_mut() {
                run.remove("places");
            }
        }
        JobKind::Prove | JobKind::Verify => {
            let differences = printed["differences"].as_array().cloned().unwrap_or_default();
            let differences: Vec<String> = differences.iter().map(difference).collect();
            if let Some(proof) = printed.as_object_mut() {
                proof.insert("differences".to_owned(), json!(differences));
            }
        }
        JobKind::Import | JobKind::Trial | JobKind::Effect | JobKind::HandOver => {}
    }
    printed
}

/// Which record differs, in words, without whom it is about.
fn difference(difference: &Value) -> String {
    let side = |name: &str| difference[name].as_str().and_then(|text| serde_json::from_str(text).ok());
    let told = |record: Value| {
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let yuan = record["amount"]
            .as_i64()
            .map_or(String::new(), |fen| format!("，{}元", mingcha_model::Fen(fen).yuan()));
        format!("{} {} 至 {}{yuan}", text("rule"), text("begin"), text("end"))
    };
    match (side("written"), side("now")) {
        (Some(written), _) => format!("原有而现在没有：{}", told(written)),
        (None, Some(now)) => format!("原没有而现在有：{}", told(now)),
        (None, None) => "记录不一致".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_from_lines_of_its_own() {
        assert_eq!(steps("progress 3/10"), Some((3, 10)));
        assert_eq!(steps("error: progress 3/10"), None);
        assert_eq!(steps("progress of 10"), None);
    }

    #[test]
    fn a_proof_names_what_differs_and_nobody() {
        let record = json!({ "rule": "insured/often", "begin": "2025-01-02", "end": "2025-02-03", "amount": 12_345, "psn_no": "P1" });
        let proof = json!({ "same": false, "differences": [{ "written": record.to_string(), "now": null }] });
        let told = report(JobKind::Verify, proof).to_string();
        assert!(told.contains("原有而现在没有：insured/often 2025-01-02 至 2025-02-03，123.45元"), "{told}");
        assert!(!told.contains("P1"), "{told}");
    }
}
