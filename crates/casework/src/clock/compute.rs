//! The fold of a clock's events: each is taken or refused by what stood when it came, then the end is counted.

use super::{
    Breach, BreachKind, ClockState, Due, Event, EventKind, Note, Refused, ServerTime, Status, Warning,
    count::{Counter, Gap, Part, after_seconds, next_day},
    steps,
};
use crate::{
    calendar::Calendar,
    limit::{Certainty, Extension, Lapse, Limit, Mode, Span, Stop, Term, Unit},
};
use mingcha_model::{
    Date, Time,
    time::{DAY, HOUR},
};
use std::collections::BTreeSet;

/// A stop with its beginning and, once it has ended, its end.
pub(super) struct Pause {
    pub cause: Stop,
    pub from: Time,
    pub to: Option<Time>,
}

/// An extension that was granted.
pub(super) struct Grant<'a> {
    pub extension: &'a Extension,
    pub span: Span,
    pub at: Time,
    pub by: String,
    pub ground: Option<String>,
}

/// What the events up to an instant came to.
pub(super) struct Run<'a> {
    pub limit: &'a Limit,
    pub calendar: &'a Calendar,
    pub start: Option<Time>,
    pub term: Term,
    pub pauses: Vec<Pause>,
    pub grants: Vec<Grant<'a>>,
    pub done: Option<Time>,
    pub dropped: Option<Time>,
    pub refused: Vec<Refused>,
}

/// The end as it was counted.
#[derive(Default)]
pub(super) struct Sum {
    pub parts: Vec<Part>,
    pub rolled: Option<(Date, Date)>,
    pub due: Option<Due>,
    pub earliest: Option<Time>,
    pub days: Option<u32>,
    pub unknown: BTreeSet<i32>,
}

/// The state of a clock as of an instant. Events after it are not looked at, in whatever order they are given.
pub fn compute(limit: &Limit, events: &[Event], calendar: &Calendar, as_of: ServerTime) -> ClockState {
    let mut run = Run {
        limit,
        calendar,
        start: None,
        term: limit.term,
        pauses: Vec::new(),
        grants: Vec::new(),
        done: None,
        dropped: None,
        refused: Vec::new(),
    };
    let mut past: Vec<&Event> = events.iter().filter(|event| event.at <= as_of).collect();
    past.sort_by_key(|event| event.at);
    for event in past {
        if let Err(why) = run.take(event) {
            run.refused.push(Refused { at: on_the_calendar(event.at), why });
        }
    }
    run.state(on_the_calendar(as_of))
}

/// The instant, moved to the edge of the years that can be counted in where it lies outside them: no real one does.
fn on_the_calendar(at: ServerTime) -> Time {
    let edge = |year| Date::new(year, 1, 1).unwrap_or_default().start();
    at.time().clamp(edge(1), edge(9000))
}

impl<'a> Run<'a> {
    fn take(&mut self, event: &Event) -> Result<(), String> {
        let at = on_the_calendar(event.at);
        match &event.kind {
            EventKind::Started { variant, day } => self.begin(at, variant.as_deref(), *day),
            EventKind::Done => self.end(at),
            EventKind::Dropped => {
                self.fall_away(at);
                Ok(())
            }
            EventKind::Stopped { cause } => self.stop(at, *cause),
            EventKind::Resumed { cause } => self.resume(at, *cause),
            EventKind::Extended { extension, amount, by, ground } => {
                let grant = self.granted(at, extension, *amount, by, ground.as_deref())?;
                self.extend(at, grant)
            }
        }
    }

    fn begin(&mut self, at: Time, variant: Option<&str>, set: Option<Date>) -> Result<(), String> {
        // What was done and is asked for once more has a time of its own.
        if self.limit.again && self.done.take().is_some() {
            self.start = None;
            self.pauses.clear();
            self.grants.clear();
        }
        if let Some(start) = self.start {
            return Err(format!("期限已于 {start} 起算，重复的起算不改变期限"));
        }
        if let Some(name) =
            variant.filter(|name| !self.limit.variants.iter().any(|known| known.name == *name))
        {
            self.refused.push(Refused {
                at, why: format!("期限没有名为“{name}”的情形，按一般情形计算")
            });
        }
        let mut term = self.limit.term_for(variant);
        if let (Term::Fixed { day, .. }, Some(set)) = (&mut term, set) {
            *day = set;
        }
        // A day that had passed was set for others; where no other is set, nothing is owed by a day, and no clock begins.
        if let Term::Fixed { day, .. } = term
            && simple(term, at).is_none()
        {
            return Err(format!("规定的日期 {day} 在起算之前已过，又未另定日期，期限不起算"));
        }
        (self.start, self.term) = (Some(at), term);
        Ok(())
    }

    fn end(&mut self, at: Time) -> Result<(), String> {
        if let Some(done) = self.done {
            return Err(format!("已于 {done} 办结，重复的办结不改变结果"));
        }
        if self.start.is_none() && self.term != Term::Gate {
            return Err("期限尚未起算".to_owned());
        }
        self.not_over()?;
        self.done = Some(at);
        Ok(())
    }

    /// What has not begun or is over need not fall away.
    fn fall_away(&mut self, at: Time) {
        if self.start.is_some() && self.not_over().is_ok() {
            self.dropped = Some(at);
        }
    }

    /// That nothing has ended the clock.
    fn not_over(&self) -> Result<(), String> {
        match (self.done, self.dropped) {
            (Some(done), _) => Err(format!("已于 {done} 办结")),
            (_, Some(dropped)) => Err(format!("已自 {dropped} 起不再适用")),
            _ => Ok(()),
        }
    }

    /// That the clock is open at an instant: started, not over, not past its end.
    fn open(&self, at: Time) -> Result<(), String> {
        if self.start.is_none() {
            return Err("期限尚未起算".to_owned());
        }
        self.not_over()?;
        match self.sum(at).due {
            Some(due) if at > due.last => Err(format!("期限已于 {due} 届满，届满后不得中止或者延长")),
            _ => Ok(()),
        }
    }

    fn stop(&mut self, at: Time, cause: Stop) -> Result<(), String> {
        self.open(at)?;
        if !self.limit.stops.contains(&cause) {
            return Err(format!("{}不是本期限的中止事由", cause.title()));
        }
        if self.pauses.iter().any(|pause| pause.cause == cause && pause.to.is_none()) {
            return Err(format!("{}已在中止中", cause.title()));
        }
        self.pauses.push(Pause { cause, from: at, to: None });
        Ok(())
    }

    fn resume(&mut self, at: Time, cause: Stop) -> Result<(), String> {
        self.not_over()?;
        let pause = self.pauses.iter_mut().find(|pause| pause.cause == cause && pause.to.is_none());
        pause.ok_or_else(|| format!("{}没有在中止中", cause.title()))?.to = Some(at);
        Ok(())
    }

    /// Takes a grant, unless the end would come sooner with it.
    fn extend(&mut self, at: Time, grant: Grant<'a>) -> Result<(), String> {
        let before = self.sum(at).due;
        self.grants.push(grant);
        if self.sum(at).due < before {
            self.grants.pop();
            return Err("延长不得缩短期限".to_owned());
        }
        Ok(())
    }

    fn granted(
        &self,
        at: Time,
        id: &str,
        amount: Option<u32>,
        by: &str,
        ground: Option<&str>,
    ) -> Result<Grant<'a>, String> {
        self.open(at)?;
        let limit: &'a Limit = self.limit;
        let known = limit.extensions.iter().find(|extension| extension.id == id);
        let extension = known.ok_or_else(|| format!("本期限没有“{id}”这一延长"))?;
        let Extension { title, span: most, granted_by, times, after, .. } = extension;
        let span = Span { amount: amount.unwrap_or(most.amount), unit: most.unit };
        let before = |id: &str| self.grants.iter().filter(|grant| grant.extension.id == id).count();
        let ground = ground.map(str::trim).filter(|ground| !ground.is_empty());
        if by != granted_by {
            return Err(format!("{title}应由{granted_by}批准"));
        }
        if extension.ground && ground.is_none() {
            return Err(format!("{title}须写明理由"));
        }
        if span.amount == 0 || span.amount > most.amount {
            return Err(format!("{title}每次至多{most}"));
        }
        if before(id) >= *times as usize {
            return Err(format!("{title}至多{times}次"));
        }
        if after.as_deref().is_some_and(|after| before(after) == 0) {
            return Err(format!("{title}须在前一次延长之后"));
        }
        Ok(Grant { extension, span, at, by: by.to_owned(), ground: ground.map(str::to_owned) })
    }

    /// The stretches that do not count as of an instant; an open stop lasts until then.
    fn gaps(&self, now: Time) -> Vec<Gap> {
        self.pauses.iter().map(|pause| (pause.from, pause.to.unwrap_or(now).max(pause.from))).collect()
    }

    /// The end with what has been granted.
    pub(super) fn sum(&self, now: Time) -> Sum {
        let replaced = self.grants.iter().rev().find(|grant| grant.extension.mode == Mode::To);
        let added = self.grants.iter().filter(|grant| grant.extension.mode == Mode::Add);
        let added: Vec<Span> = added.map(|grant| grant.span).collect();
        self.sum_of(replaced.map(|grant| grant.span), &added, now)
    }

    fn sum_of(&self, replaced: Option<Span>, added: &[Span], now: Time) -> Sum {
        let Some(start) = self.start else { return Sum::default() };
        let now = self.done.map_or(now, |done| done.min(now)).max(start);
        let gaps = self.gaps(now);
        let mut counter = Counter { calendar: self.calendar, gaps: &gaps, unknown: BTreeSet::new() };
        let mut sum = match self.term {
            Term::Within(span) => self.within(start, replaced.unwrap_or(span), added, &mut counter),
            Term::Least(span) => {
                let (parts, earliest) = self.least(start, span, &mut counter);
                Sum { parts, earliest: Some(earliest), ..Sum::default() }
            }
            Term::Between { least, most, unit } => {
                let (mut parts, earliest) = self.least(start, Span { amount: least, unit }, &mut counter);
                let (rest, last) = self.least(start, Span { amount: most, unit }, &mut counter);
                parts.extend(rest);
                let due = Due { last, end_of_day: false };
                Sum { parts, due: Some(due), earliest: Some(earliest), ..Sum::default() }
            }
            term => Sum { due: simple(term, start), ..Sum::default() },
        };
        if self.term == Term::Daily {
            sum.days = Some(counter.days(start.date(), now.date()));
        }
        sum.unknown = counter.unknown;
        sum
    }

    fn within(&self, start: Time, base: Span, added: &[Span], counter: &mut Counter) -> Sum {
        if base.unit == Unit::Hour {
            let hours: u32 = base.amount + added.iter().map(|span| span.amount).sum::<u32>();
            let last = after_seconds(start, i64::from(hours) * HOUR, counter.gaps);
            return Sum { due: Some(Due { last, end_of_day: false }), ..Sum::default() };
        }
        let mut parts = vec![self.first_part(start, base, counter)];
        for &span in added {
            let end = parts[parts.len() - 1].end;
            parts.push(counter.part(end, end, span));
        }
        let end = parts[parts.len() - 1].end;
        let last = if self.limit.rolls { counter.rolled(end) } else { end };
        let rolled = (last != end).then_some((end, last));
        Sum { parts, rolled, due: Some(end_of(last)), ..Sum::default() }
    }

    fn first_part(&self, start: Time, span: Span, counter: &mut Counter) -> Part {
        let day = start.date();
        let after = if self.limit.counts_start_day && span.amount > 0 { Date(day.0 - 1) } else { day };
        counter.part(after, day, span)
    }

    /// The part, and the first second after it.
    fn least(&self, start: Time, span: Span, counter: &mut Counter) -> (Vec<Part>, Time) {
        if span.unit == Unit::Hour {
            return (Vec::new(), after_seconds(start, i64::from(span.amount) * HOUR, counter.gaps));
        }
        let part = self.first_part(start, span, counter);
        let after = Date(part.end.0 + 1).start();
        (vec![part], after)
    }

    fn state(self, as_of: Time) -> ClockState {
        // Of what fell away nothing more comes.
        let as_of = self.dropped.unwrap_or(as_of);
        let sum = self.sum(as_of);
        let breach = self.breach(&sum, as_of);
        let status = self.status(&sum, breach.as_ref(), as_of);
        let warnings = self.warnings(&sum, as_of);
        let notes = self.notes(&sum, as_of);
        let steps = steps::steps(&self, &sum, &notes, (status, breach.as_ref()), as_of);
        ClockState {
            limit: self.limit.id.clone(),
            item: None,
            status,
            started: self.start,
            due: sum.due,
            earliest: sum.earliest,
            done: self.done,
            dropped: self.dropped,
            days: sum.days,
            steps,
            warnings,
            notes,
            refused: self.refused,
            breach,
        }
    }

    fn breach(&self, sum: &Sum, as_of: Time) -> Option<Breach> {
        self.start?;
        let early = sum.earliest.filter(|&earliest| self.done.is_some_and(|done| done < earliest));
        let (kind, due, since) = match (early, sum.due) {
            (Some(earliest), _) => {
                (BreachKind::Early, Due { last: earliest, end_of_day: false }, self.done.unwrap_or(as_of))
            }
            (None, Some(due)) if self.past(due, as_of) && !self.passes_quietly() => {
                let kind = if self.term == Term::Gate { BreachKind::Skipped } else { BreachKind::Late };
                (kind, due, Time(due.last.0 + 1))
            }
            _ => return None,
        };
        let (limit, missed) = (self.limit.id.clone(), self.limit.missed.clone());
        Some(Breach { limit, item: None, kind, due, since, done: self.done, missed })
    }

    /// Whether an end had passed when the act came, or has by now.
    fn past(&self, due: Due, as_of: Time) -> bool {
        self.done.unwrap_or(as_of) > due.last
    }

    /// Whether nothing is broken when the end passes.
    fn passes_quietly(&self) -> bool {
        match self.limit.lapses {
            None => false,
            Some(Lapse::Right) => true,
            Some(Lapse::Condition) => self.done.is_none(),
        }
    }

    fn status(&self, sum: &Sum, breach: Option<&Breach>, as_of: Time) -> Status {
        match (self.start, self.done, breach.map(|breach| breach.kind)) {
            (None, ..) => Status::NotStarted,
            (_, Some(_), Some(BreachKind::Early)) => Status::DoneEarly,
            (_, Some(_), Some(_)) => Status::DoneLate,
            (_, None, Some(_)) => Status::Breached,
            // An end that has passed without a breach.
            _ if sum.due.is_some_and(|due| self.past(due, as_of)) => Status::Lapsed,
            (_, Some(_), None) => Status::DoneInTime,
            _ if self.dropped.is_some() => Status::Moot,
            _ if self.pauses.iter().any(|pause| pause.to.is_none()) => Status::Stopped,
            _ if sum.earliest.is_some_and(|earliest| as_of >= earliest) => Status::Free,
            _ => Status::Running,
        }
    }

    fn warnings(&self, sum: &Sum, as_of: Time) -> Vec<Warning> {
        let Some(due) = sum.due.filter(|_| self.not_over().is_ok()) else { return Vec::new() };
        let hours = matches!(self.term, Term::Within(span) if span.unit == Unit::Hour);
        let end = due.last.0 + i64::from(due.end_of_day);
        let warning = |&lead: &u32| {
            let from = Time(end - i64::from(lead) * if hours { HOUR } else { DAY });
            Warning { lead, hours, from, reached: as_of >= from }
        };
        self.limit.warn.iter().map(warning).collect()
    }

    fn notes(&self, sum: &Sum, as_of: Time) -> Vec<Note> {
        let mut notes: Vec<Note> = sum.unknown.iter().map(|&year| Note::UnknownYear(year)).collect();
        if self.limit.certainty != Certainty::Full {
            notes.push(Note::NotSure(self.limit.certainty));
        }
        if self.limit.alarm_on_base {
            let base = self.sum_of(None, &[], as_of).due;
            let passed = base.filter(|due| self.done.unwrap_or(as_of) > due.last);
            notes.extend(passed.map(Note::BasePassed));
        }
        notes
    }
}

/// The end of a limit that does not count a span.
fn simple(term: Term, start: Time) -> Option<Due> {
    match term {
        Term::Gate => Some(Due { last: start, end_of_day: false }),
        // Nothing where the day had passed.
        Term::Fixed { day, from_midnight } => {
            Some(end_of(if from_midnight { Date(day.0 - 1) } else { day })).filter(|due| due.last >= start)
        }
        Term::Every { period, month, day } => Some(end_of(next_day(start.date(), period, month, day))),
        _ => None,
    }
}

fn end_of(day: Date) -> Due {
    Due { last: Time(Date(day.0 + 1).start().0 - 1), end_of_day: true }
}
