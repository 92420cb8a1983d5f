//! Clocks agree with a naive reference that walks day by day (minute by minute for hours) and was written apart from them.

use mingcha_casework::{
    Calendar, Limit, Procedures,
    clock::{Event, EventKind, ServerTime, Status, compute},
    limit::{Extension, Lapse, Mode, Span, Stop, Term, Unit},
};
use mingcha_model::{
    Date, Time,
    time::{DAY, HOUR},
};
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};

static PROCEDURES: LazyLock<Procedures> = LazyLock::new(|| Procedures::embedded().0);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Start,
    Stop(Stop),
    Resume(Stop),
    Extend(Option<u32>),
    Done,
    Drop,
}

#[derive(Clone, Debug)]
struct Case {
    span: Span,
    counts_start_day: bool,
    rolls: bool,
    lapses: Option<Lapse>,
    more: Span,
    times: u32,
    /// In order of time; the first is a start.
    acts: Vec<(Time, Act)>,
    as_of: Time,
}

impl Case {
    fn limit(&self) -> Limit {
        let mut limit = PROCEDURES.limits["D06"].clone();
        limit.term = Term::Within(self.span);
        limit.counts_start_day = self.counts_start_day;
        limit.rolls = self.rolls;
        limit.lapses = self.lapses;
        limit.stops = vec![Stop::Testing, Stop::Hearing];
        limit.extensions = vec![Extension {
            id: "more".into(),
            title: "延长".into(),
            mode: Mode::Add,
            span: self.more,
            granted_by: "负责人".into(),
            times: self.times,
            ground: false,
            after: None,
        }];
        limit
    }

    fn events(&self) -> Vec<Event> {
        let event = |&(at, act): &(Time, Act)| {
            let kind = match act {
                Act::Start => EventKind::Started { variant: None, day: None },
                Act::Stop(cause) => EventKind::Stopped { cause },
                Act::Resume(cause) => EventKind::Resumed { cause },
                Act::Extend(amount) => EventKind::Extended {
                    extension: "more".into(),
                    amount,
                    by: "负责人".into(),
                    ground: None,
                },
                Act::Done => EventKind::Done,
                Act::Drop => EventKind::Dropped,
            };
            Event { at: ServerTime::from_store(at), kind }
        };
        self.acts.iter().map(event).collect()
    }
}

/// What the reference says.
#[derive(Debug, PartialEq)]
struct Answer {
    last: Option<Time>,
    status: Status,
    breached_since: Option<Time>,
    refused: usize,
}

/// Days off and days made up, from the tables' own words.
struct Days {
    off: BTreeSet<i32>,
    made_up: BTreeSet<i32>,
}

impl Days {
    fn new(calendar: &Calendar) -> Self {
        let holidays: Vec<_> = calendar.years().flat_map(|year| &year.holidays).collect();
        let off = holidays.iter().flat_map(|holiday| holiday.first.0..=holiday.last.0).collect();
        let made_up = holidays.iter().flat_map(|holiday| &holiday.work).map(|day| day.0).collect();
        Self { off, made_up }
    }

    fn works(&self, day: i32) -> bool {
        // 1970-01-01 was a Thursday, so 1970-01-03 was a Saturday.
        let weekend = matches!((day - 2).rem_euclid(7), 0 | 1);
        self.made_up.contains(&day) || (!weekend && !self.off.contains(&day))
    }
}

/// How many days a span of months or years takes from a day, found by stepping over every day.
fn days_of(span: Span, from: i32) -> u32 {
    let months = match span.unit {
        Unit::NaturalDay | Unit::WorkingDay | Unit::Hour => return span.amount,
        Unit::Month => span.amount,
        Unit::Year => span.amount * 12,
    };
    let (_, _, wanted) = Date(from).ymd();
    let (mut day, mut passed) = (from, 0);
    while passed < months {
        day += 1;
        passed += u32::from(Date(day).ymd().2 == 1);
    }
    // On the first of the right month, go on to the wanted number or the month's last day.
    while months > 0 && Date(day).ymd().2 < wanted && Date(day + 1).ymd().2 != 1 {
        day += 1;
    }
    (day - from) as u32
}

/// The reference: every event is tried against an end that is counted from scratch, a step at a time.
struct Reference<'a> {
    case: &'a Case,
    days: &'a Days,
    start: Option<Time>,
    /// Begin, cause, end.
    stops: Vec<(Time, Stop, Option<Time>)>,
    grants: Vec<Span>,
    done: Option<Time>,
    dropped: Option<Time>,
}

impl Reference<'_> {
    fn answer(mut self) -> Answer {
        let mut refused = 0;
        let acts: Vec<_> = self.case.acts.iter().filter(|(at, _)| *at <= self.case.as_of).copied().collect();
        for (at, act) in acts {
            refused += usize::from(!self.take(at, act));
        }
        // Nothing happens to what was dropped.
        let now = self.dropped.unwrap_or(self.case.as_of);
        let last = self.last(now);
        let past = last.is_some_and(|last| self.done.unwrap_or(now) > last);
        let late = past
            && match self.case.lapses {
                None => true,
                Some(Lapse::Right) => false,
                Some(Lapse::Condition) => self.done.is_some(),
            };
        let stopped = self.stops.iter().any(|(_, _, end)| end.is_none());
        let status = match (self.start, self.done, late) {
            (None, ..) => Status::NotStarted,
            (_, Some(_), true) => Status::DoneLate,
            (_, None, true) => Status::Breached,
            (_, _, false) if past => Status::Lapsed,
            (_, Some(_), false) => Status::DoneInTime,
            (_, None, false) if self.dropped.is_some() => Status::Moot,
            (_, None, false) if stopped => Status::Stopped,
            _ => Status::Running,
        };
        let breached_since = last.filter(|_| late).map(|last| Time(last.0 + 1));
        Answer { last, status, breached_since, refused }
    }

    fn take(&mut self, at: Time, act: Act) -> bool {
        let over = self.done.is_some() || self.dropped.is_some();
        let started = self.start.is_some() && !over;
        let open = started && self.last(at).is_some_and(|last| at <= last);
        match act {
            Act::Start if self.start.is_none() => self.start = Some(at),
            Act::Done if started => self.done = Some(at),
            Act::Drop if started => self.dropped = Some(at),
            // Said of what is over or has not begun, it changes nothing and is no fault.
            Act::Drop => {}
            Act::Stop(cause)
                if open && !self.stops.iter().any(|stop| stop.1 == cause && stop.2.is_none()) =>
            {
                self.stops.push((at, cause, None));
            }
            Act::Resume(cause) if !over => {
                let stop = self.stops.iter_mut().find(|stop| stop.1 == cause && stop.2.is_none());
                let Some(stop) = stop else { return false };
                stop.2 = Some(at);
            }
            Act::Extend(amount) if open && self.grants.len() < self.case.times as usize => {
                let amount = amount.unwrap_or(self.case.more.amount);
                if amount == 0 || amount > self.case.more.amount {
                    return false;
                }
                self.grants.push(Span { amount, unit: self.case.more.unit });
            }
            _ => return false,
        }
        true
    }

    /// Whether something stands open at an instant, looked at as of `now`.
    fn stands(&self, instant: Time, now: Time) -> bool {
        let now = self.done.unwrap_or(now).min(now);
        self.stops.iter().any(|(begin, _, end)| *begin <= instant && instant < end.unwrap_or(now))
    }

    fn last(&self, now: Time) -> Option<Time> {
        let start = self.start?;
        Some(if self.case.span.unit == Unit::Hour {
            self.by_minutes(start, now)
        } else {
            self.by_days(start, now)
        })
    }

    /// A day counts unless something stands open at its end.
    fn still(&self, day: i32, now: Time) -> bool {
        // What ends on a day lets that day count, also when it ends as of now.
        let now_day = Time(i64::from(self.done.unwrap_or(now).min(now).date().0) * DAY);
        let end_of_day = Time(i64::from(day + 1) * DAY - 1);
        let ended_today = |end: Option<Time>| end.unwrap_or(now_day).date().0 <= day;
        self.stops.iter().any(|(begin, _, end)| *begin <= end_of_day && !ended_today(*end))
    }

    fn by_days(&self, start: Time, now: Time) -> Time {
        let mut day = start.date().0;
        let today = self.case.counts_start_day && self.case.span.amount > 0;
        let mut need = days_of(self.case.span, day);
        let mut unit = self.case.span.unit;
        let mut grants = self.grants.iter();
        let mut may_count = today;
        loop {
            let worked = unit != Unit::WorkingDay || self.days.works(day);
            if need > 0 && may_count && worked && !self.still(day, now) {
                need -= 1;
            }
            if need == 0 {
                let Some(grant) = grants.next() else { break };
                (need, unit) = (days_of(*grant, day), grant.unit);
            }
            (day, may_count) = (day + 1, true);
        }
        while self.case.rolls && (!self.days.works(day) || self.still(day, now)) {
            day += 1;
        }
        Time(i64::from(day + 1) * DAY - 1)
    }

    fn by_minutes(&self, start: Time, now: Time) -> Time {
        let hours: u32 = self.case.span.amount + self.grants.iter().map(|span| span.amount).sum::<u32>();
        let (mut at, mut left) = (start, i64::from(hours) * HOUR);
        while left > 0 {
            if !self.stands(at, now) {
                left -= 60;
            }
            at = Time(at.0 + 60);
        }
        at
    }
}

fn check(case: &Case, days: &Days) -> Result<(), TestCaseError> {
    let state =
        compute(&case.limit(), &case.events(), &PROCEDURES.calendar, ServerTime::from_store(case.as_of));
    let reference = Reference {
        case,
        days,
        start: None,
        stops: Vec::new(),
        grants: Vec::new(),
        done: None,
        dropped: None,
    };
    let found = Answer {
        last: state.due.map(|due| due.last),
        status: state.status,
        breached_since: state.breach.map(|breach| breach.since),
        refused: state.refused.len(),
    };
    prop_assert_eq!(found, reference.answer(), "{:#?}", state.steps);
    Ok(())
}

fn act() -> impl Strategy<Value = Act> {
    let cause = prop_oneof![Just(Stop::Testing), Just(Stop::Hearing)];
    prop_oneof![
        1 => Just(Act::Start),
        5 => cause.clone().prop_map(Act::Stop),
        5 => cause.prop_map(Act::Resume),
        3 => proptest::option::of(0..40_u32).prop_map(Act::Extend),
        1 => Just(Act::Done),
        1 => Just(Act::Drop),
    ]
}

/// Starts near the ends of years and months, leap days and long holidays as often as anywhere.
fn first_day() -> impl Strategy<Value = i32> {
    let named =
        ["2019-12-30", "2020-01-31", "2020-02-29", "2021-01-31", "2023-09-28", "2024-02-08", "2024-02-29"]
            .into_iter()
            .chain(["2024-12-31", "2025-01-25", "2025-09-27", "2025-12-30", "2026-02-13", "2026-12-31"]);
    let named: Vec<i32> = named.map(|text| Date::parse(text).expect("a day").0).collect();
    prop_oneof![proptest::sample::select(named), 18_200..20_900_i32]
}

fn span(units: Vec<Unit>) -> impl Strategy<Value = Span> {
    (proptest::sample::select(units), 0..40_u32).prop_map(|(unit, amount)| {
        let most = match unit {
            Unit::Year => 4,
            Unit::Month => 9,
            _ => 40,
        };
        Span { amount: amount % most, unit }
    })
}

/// Acts at minutes after the start, in order; what they come to as of some minute.
fn case(units: Vec<Unit>, more: Vec<Unit>, minutes: i64) -> impl Strategy<Value = Case> {
    let acts = proptest::collection::vec((0..minutes, act()), 0..10);
    let lapses = prop_oneof![
        2 => Just(None),
        1 => Just(Some(Lapse::Right)),
        1 => Just(Some(Lapse::Condition)),
    ];
    let options = (any::<bool>(), any::<bool>(), 0..3_u32, lapses);
    (span(units), span(more), options, first_day(), 0..1440_i64, acts, 0..minutes).prop_map(
        |(span, more, (counts_start_day, rolls, times, lapses), day, minute, acts, look)| {
            let start = Time(i64::from(day) * DAY + minute * 60);
            let mut acts: Vec<_> =
                acts.into_iter().map(|(after, act)| (Time(start.0 + after * 60), act)).collect();
            acts.push((start, Act::Start));
            acts.sort_by_key(|(at, _)| *at);
            let as_of = Time(start.0 + look * 60);
            Case { span, counts_start_day, rolls, lapses, more, times, acts, as_of }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn limits_in_days_months_and_years_end_where_a_day_by_day_count_ends(
        case in case(
            vec![Unit::NaturalDay, Unit::WorkingDay, Unit::Month, Unit::Year],
            vec![Unit::NaturalDay, Unit::WorkingDay, Unit::Month],
            1440 * 90,
        )
    ) {
        check(&case, &Days::new(&PROCEDURES.calendar))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn limits_in_hours_end_where_a_count_by_the_minute_ends(
        case in case(vec![Unit::Hour], vec![Unit::Hour], 1440 * 3)
    ) {
        let mut case = case;
        (case.counts_start_day, case.rolls) = (false, false);
        check(&case, &Days::new(&PROCEDURES.calendar))?;
    }

    #[test]
    fn what_is_computed_as_of_an_instant_does_not_depend_on_what_comes_after(
        case in case(vec![Unit::NaturalDay, Unit::WorkingDay, Unit::Month], vec![Unit::WorkingDay], 1440 * 60)
    ) {
        let as_of = ServerTime::from_store(case.as_of);
        let events = case.events();
        let past: Vec<Event> = events.iter().filter(|event| event.at <= as_of).cloned().collect();
        let limit = case.limit();
        let full = compute(&limit, &events, &PROCEDURES.calendar, as_of);
        prop_assert_eq!(&full, &compute(&limit, &past, &PROCEDURES.calendar, as_of));
    }

    #[test]
    fn a_breach_stays_whatever_comes_later(
        case in case(vec![Unit::NaturalDay, Unit::WorkingDay, Unit::Month], vec![Unit::WorkingDay], 1440 * 60),
        later in 0..200_i64,
    ) {
        let (limit, events) = (case.limit(), case.events());
        let before = compute(&limit, &events, &PROCEDURES.calendar, ServerTime::from_store(case.as_of));
        let later = ServerTime::from_store(Time(case.as_of.0 + later * DAY));
        let after = compute(&limit, &events, &PROCEDURES.calendar, later);
        if let Some(breach) = before.breach {
            let kept = after.breach.expect("a breach stays");
            prop_assert_eq!((kept.kind, kept.due, kept.since), (breach.kind, breach.due, breach.since));
            prop_assert!(matches!(after.status, Status::Breached | Status::DoneLate));
        }
    }
}
