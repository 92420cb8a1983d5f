//! Clocks, case by case, as a supervisor would work them out with a calendar on the desk.

use mingcha_casework::{
    Procedures,
    clock::{BreachKind, BreachLedger, ClockState, Event, EventKind, Note, ServerTime, Status, compute},
    limit::Stop,
};
use mingcha_model::Time;
use std::sync::LazyLock;

static PROCEDURES: LazyLock<Procedures> = LazyLock::new(|| Procedures::embedded().0);

fn at(text: &str) -> ServerTime {
    ServerTime::from_store(Time::parse(text).expect("a time"))
}

fn event(time: &str, kind: EventKind) -> Event {
    Event { at: at(time), kind }
}

fn start(time: &str) -> Event {
    event(time, EventKind::Started { variant: None, day: None })
}

fn of(time: &str, variant: &str) -> Event {
    event(time, EventKind::Started { variant: Some(variant.to_owned()), day: None })
}

fn done(time: &str) -> Event {
    event(time, EventKind::Done)
}

fn stop(time: &str, cause: Stop) -> Event {
    event(time, EventKind::Stopped { cause })
}

fn resume(time: &str, cause: Stop) -> Event {
    event(time, EventKind::Resumed { cause })
}

fn extend(time: &str, id: &str, by: &str, ground: Option<&str>) -> Event {
    let ground = ground.map(str::to_owned);
    event(time, EventKind::Extended { extension: id.to_owned(), amount: None, by: by.to_owned(), ground })
}

fn state(limit: &str, events: &[Event], as_of: &str) -> ClockState {
    compute(&PROCEDURES.limits[limit], events, &PROCEDURES.calendar, at(as_of))
}

fn due(state: &ClockState) -> String {
    state.due.expect("an end").to_string()
}

#[test]
fn fifteen_working_days_leave_out_a_holiday_and_count_the_days_made_up() {
    // Spring Festival of 2025: off from 28 January to 4 February, 26 January and 8 February worked.
    let state = state("D01", &[start("2025-01-20 09:00:00")], "2025-01-25");
    assert_eq!((due(&state).as_str(), state.status), ("2025-02-14 24:00", Status::Running));
}

#[test]
fn the_last_second_of_the_day_is_in_time_and_the_next_is_late() {
    for (time, status) in
        [("2025-03-06 23:59:59", Status::DoneInTime), ("2025-03-07 00:00:00", Status::DoneLate)]
    {
        let state = state("D32", &[start("2025-03-03 10:00:00"), done(time)], "2025-04-01");
        assert_eq!((due(&state).as_str(), state.status), ("2025-03-06 24:00", status));
    }
}

#[test]
fn twenty_four_hours_run_to_the_second_over_a_holiday() {
    let begin = start("2025-09-30 16:30:05");
    for (time, status) in
        [("2025-10-01 16:30:05", Status::DoneInTime), ("2025-10-01 16:30:06", Status::DoneLate)]
    {
        let state = state("D33", &[begin.clone(), done(time)], "2025-10-09");
        assert_eq!((due(&state).as_str(), state.status), ("2025-10-01 16:30:05", status));
    }
}

#[test]
fn months_end_on_the_day_of_the_same_number_or_the_months_last() {
    for (begin, end) in [
        ("2024-11-29", "2025-02-28 24:00"),
        ("2023-11-30", "2024-02-29 24:00"),
        ("2025-01-31", "2025-04-30 24:00"),
        ("2025-10-15", "2026-01-15 24:00"),
    ] {
        assert_eq!(due(&state("D25", &[start(begin)], begin)), end, "{begin}");
    }
}

#[test]
fn years_from_a_leap_day_end_on_the_twenty_eighth() {
    assert_eq!(due(&state("D29", &[start("2024-02-29")], "2024-03-01")), "2026-02-28 24:00");
    assert_eq!(due(&state("D29", &[of("2023-02-28", "grave")], "2024-03-01")), "2028-02-28 24:00");
}

#[test]
fn an_end_on_a_day_off_moves_only_where_the_law_says_so() {
    // Fifteen days from 19 September 2025 end on 4 October, inside National Day.
    assert_eq!(due(&state("D21", &[start("2025-09-19 10:00:00")], "2025-09-20")), "2025-10-09 24:00");
    // The police's three days are days of the calendar.
    assert_eq!(
        due(&state("D40", &[start("2025-09-30 10:00:00")], "2025-09-30 11:00:00")),
        "2025-10-03 24:00"
    );
}

#[test]
fn what_is_asked_for_once_more_has_a_time_of_its_own_where_the_limit_says_so() {
    let events = [start("2025-03-03 09:00:00"), done("2025-03-04 09:00:00"), start("2025-03-10 09:00:00")];
    let anew = state("D40", &events, "2025-03-11");
    assert_eq!((due(&anew).as_str(), anew.status), ("2025-03-13 24:00", Status::Running));
    assert_eq!(state("D40", &events, "2025-03-14").status, Status::Breached);
    // What still runs begins no second time, so that nobody gets more of it by asking again.
    let open = [start("2025-03-03 09:00:00"), start("2025-03-05 09:00:00")];
    assert_eq!(due(&state("D40", &open, "2025-03-06")), "2025-03-06 24:00");
    // Elsewhere the first time counts.
    let once = state("D32", &events, "2025-03-11");
    assert_eq!((once.status, once.refused.len()), (Status::DoneInTime, 1));
}

#[test]
fn stops_that_overlap_are_left_out_once() {
    let events = [
        start("2025-03-03 09:00:00"),
        stop("2025-03-10 09:00:00", Stop::Testing),
        stop("2025-03-12 09:00:00", Stop::Hearing),
        resume("2025-03-20 09:00:00", Stop::Testing),
        resume("2025-03-22 09:00:00", Stop::Hearing),
    ];
    // Ninety days to 1 June, and the twelve days from 10 to 21 March.
    assert_eq!(due(&state("D06", &events, "2025-04-01")), "2025-06-13 24:00");
    assert_eq!(state("D06", &events, "2025-03-21").status, Status::Stopped);
}

#[test]
fn an_extension_after_the_end_is_refused_and_the_breach_stays() {
    let late = extend("2025-06-02 08:00:00", "case-more", "负责人", None);
    let state = state("D06", &[start("2025-03-03 09:00:00"), late, done("2025-06-10")], "2025-07-01");
    assert_eq!((state.status, due(&state).as_str()), (Status::DoneLate, "2025-06-01 24:00"));
    assert!(state.refused[0].why.contains("届满后不得"), "{:?}", state.refused);
    assert_eq!(state.breach.expect("late").since.to_string(), "2025-06-02 00:00:00");
}

#[test]
fn extensions_follow_each_other_by_the_right_hands() {
    let begin = start("2025-03-03 09:00:00");
    let again = extend("2025-05-01 09:00:00", "case-again", "集体讨论", None);
    let more = extend("2025-05-02 09:00:00", "case-more", "负责人", None);
    let wrong = extend("2025-05-03 09:00:00", "case-again", "负责人", None);
    let right = extend("2025-05-04 09:00:00", "case-again", "集体讨论", None);
    let twice = extend("2025-05-05 09:00:00", "case-more", "负责人", None);
    let unknown = extend("2025-05-06 09:00:00", "for-ever", "负责人", None);
    let state = state("D06", &[begin, again, more, wrong, right, twice, unknown], "2025-05-10");
    assert_eq!(due(&state), "2025-08-30 24:00");
    let why: Vec<&str> = state.refused.iter().map(|refused| refused.why.as_str()).collect();
    let parts = ["须在前一次延长之后", "应由集体讨论批准", "至多1次", "没有“for-ever”"];
    assert!(why.len() == 4 && why.iter().zip(parts).all(|(why, part)| why.contains(part)), "{why:?}");
}

#[test]
fn the_police_review_needs_a_ground_and_still_raises_the_alarm_on_the_third_day() {
    let begin = start("2025-03-03 09:00:00");
    let bare = extend("2025-03-04 09:00:00", "review-30", "县级以上公安机关负责人", Some(" "));
    let seven = extend("2025-03-04 10:00:00", "review-7", "公安机关负责人", Some("需查证资金流向"));
    let thirty = extend("2025-03-05 09:00:00", "review-30", "县级以上公安机关负责人", Some("案情重大"));
    let shorter = extend("2025-03-05 10:00:00", "review-7", "公安机关负责人", Some("需查证"));
    let state = state("D39", &[begin, bare, seven, thirty, shorter], "2025-03-08");
    assert_eq!((due(&state).as_str(), state.status), ("2025-04-02 24:00", Status::Running));
    assert_eq!(state.refused.len(), 2, "{:?}", state.refused);
    assert!(matches!(state.notes[0], Note::BasePassed(base) if base.to_string() == "2025-03-06 24:00"));
}

#[test]
fn an_extension_never_makes_the_time_shorter() {
    let begin = start("2025-03-03 09:00:00");
    let event = EventKind::Extended {
        extension: "review-7".into(),
        amount: Some(1),
        by: "公安机关负责人".into(),
        ground: Some("需查证".into()),
    };
    let state = state("D39", &[begin, Event { at: at("2025-03-04"), kind: event }], "2025-03-05");
    assert_eq!((due(&state).as_str(), state.refused.len()), ("2025-03-06 24:00", 1));
}

#[test]
fn a_second_start_resets_nothing() {
    let state = state("D14", &[start("2025-03-03"), start("2025-03-20")], "2025-03-21");
    assert_eq!((due(&state).as_str(), state.status), ("2025-03-10 24:00", Status::Lapsed));
    assert!(state.refused[0].why.contains("不改变期限"));
}

#[test]
fn a_right_that_was_not_used_in_time_is_over_and_breaks_nothing() {
    let begin = start("2025-03-03 09:00:00");
    let unused = state("D13", std::slice::from_ref(&begin), "2025-03-07");
    assert_eq!((unused.status, unused.breach), (Status::Lapsed, None));
    assert!(unused.steps.iter().any(|line| line == "结果：届满未陈述、申辩；视为放弃（地方口径）"));
    let late = state("D13", &[begin, done("2025-03-10")], "2025-03-11");
    assert_eq!((late.status, late.breach), (Status::Lapsed, None));
    assert!(late.steps.iter().any(|line| line.contains("时限已过")), "{:?}", late.steps);
}

#[test]
fn what_was_not_called_for_lapses_and_what_was_called_for_too_late_is_a_breach() {
    let begin = start("2025-03-03 09:00:00");
    let quiet = state("D36", std::slice::from_ref(&begin), "2025-03-05");
    assert_eq!((quiet.status, quiet.breach), (Status::Lapsed, None));
    let late = state("D36", &[begin, done("2025-03-05")], "2025-03-06");
    assert_eq!(
        (late.status, late.breach.map(|breach| breach.kind)),
        (Status::DoneLate, Some(BreachKind::Late))
    );
}

#[test]
fn what_falls_away_is_neither_owed_nor_broken_later_and_keeps_what_was_broken_before() {
    let begin = start("2025-03-03 09:00:00");
    let dropped = |time| event(time, EventKind::Dropped);
    let events = [begin.clone(), dropped("2025-03-04"), done("2025-03-20")];
    let early = state("D32", &events, "2025-06-01");
    assert_eq!((early.status, early.is_open(), early.breach), (Status::Moot, false, None));
    assert!(early.refused[0].why.contains("不再适用"), "{:?}", early.refused);
    let late = state("D32", &[begin, dropped("2025-03-10")], "2025-06-01");
    assert_eq!((late.status, late.is_open()), (Status::Breached, false));
    assert!(late.steps.iter().any(|line| line.contains("截至 2025-03-10 00:00:00")), "{:?}", late.steps);
    // What is over already, or has not begun, does not fall away.
    let over = state("D32", &[start("2025-03-03"), done("2025-03-04"), dropped("2025-03-05")], "2025-03-06");
    assert_eq!((over.status, over.refused.len()), (Status::DoneInTime, 0));
    assert_eq!(state("D32", &[dropped("2025-03-05")], "2025-03-06").status, Status::NotStarted);
}

#[test]
fn a_fixed_day_that_has_passed_starts_no_clock_unless_another_was_set() {
    let begin = |day: Option<&str>| {
        let day = day.map(|day| mingcha_model::Date::parse(day).expect("a day"));
        event("2026-04-01 09:00:00", EventKind::Started { variant: None, day })
    };
    let none = state("D69", &[begin(None)], "2026-04-02");
    assert_eq!((none.status, none.due), (Status::NotStarted, None));
    assert!(
        none.steps.iter().any(|line| line.contains("2024-05-31") && line.contains("不起算")),
        "{:?}",
        none.steps
    );
    let set = state("D69", &[begin(Some("2026-04-30"))], "2026-04-02");
    assert_eq!((set.status, due(&set).as_str()), (Status::Running, "2026-04-30 24:00"));
    assert_eq!(state("D69", &[begin(Some("2026-04-30"))], "2026-05-01").status, Status::Breached);
}

#[test]
fn a_hearing_on_the_day_of_its_notice_is_too_early() {
    let same_day = state("D15", &[start("2025-03-03 09:00:00"), done("2025-03-03 15:00:00")], "2025-03-04");
    assert_eq!(same_day.status, Status::DoneEarly);
    assert_eq!(same_day.breach.expect("early").kind, BreachKind::Early);
    let events = [start("2025-03-03 09:00:00"), done("2025-03-13 09:00:00")];
    assert_eq!(state("D15", &events, "2025-03-10").status, Status::Running);
    assert_eq!(state("D15", &events, "2025-03-13").status, Status::Free);
    assert_eq!(state("D15", &events, "2025-03-14").status, Status::DoneInTime);
}

#[test]
fn a_step_that_must_come_first_is_missed_the_moment_the_next_is_taken() {
    let decided = start("2025-03-03 09:00:00");
    assert_eq!(state("D12", &[done("2025-03-01"), decided.clone()], "2025-03-04").status, Status::DoneInTime);
    let skipped = state("D12", std::slice::from_ref(&decided), "2025-03-04");
    assert_eq!(skipped.breach.expect("skipped").kind, BreachKind::Skipped);
    assert_eq!(state("D12", &[decided, done("2025-03-05")], "2025-03-06").status, Status::DoneLate);
}

#[test]
fn a_suspension_of_three_to_twelve_months_is_neither_shorter_nor_longer() {
    let begin = start("2025-01-31 10:00:00");
    for (end, status) in [
        ("2025-04-30 23:00:00", Status::DoneEarly),
        ("2025-05-01 00:00:00", Status::DoneInTime),
        ("2026-02-01 00:00:00", Status::DoneInTime),
        ("2026-02-01 00:00:01", Status::DoneLate),
    ] {
        assert_eq!(state("D67", &[begin.clone(), done(end)], "2026-03-01").status, status, "{end}");
    }
}

#[test]
fn reports_are_due_on_the_day_that_comes_back() {
    for (begin, end) in [
        ("2025-01-01", "2025-01-10 24:00"),
        ("2025-01-11", "2025-04-10 24:00"),
        ("2025-12-31", "2026-01-10 24:00"),
    ] {
        assert_eq!(due(&state("D50", &[start(begin)], begin)), end);
    }
    assert_eq!(due(&state("D53", &[start("2025-05-21")], "2025-05-21")), "2026-05-20 24:00");
    assert_eq!(due(&state("D62", &[start("2025-12-31")], "2025-12-31")), "2025-12-31 24:00");
}

#[test]
fn a_fixed_day_depends_on_who_it_is_for() {
    for (who, end) in [("pharmacy", "2025-03-31 24:00"), ("level_2", "2025-05-31 24:00")] {
        assert_eq!(due(&state("D57", &[of("2025-02-01", who)], "2025-02-01")), end);
    }
    let unknown = state("D57", &[of("2025-02-01", "level_9")], "2025-02-01");
    assert_eq!((due(&unknown).as_str(), unknown.refused.len()), ("2025-03-31 24:00", 1));
}

#[test]
fn the_surcharge_counts_each_day_but_those_of_a_suit() {
    let events = [
        start("2025-03-03"),
        stop("2025-03-06 10:00:00", Stop::ReviewOrSuit),
        resume("2025-03-11 10:00:00", Stop::ReviewOrSuit),
        done("2025-03-13"),
    ];
    assert_eq!(state("D22", &events, "2025-03-08").days, Some(3));
    assert_eq!(state("D22", &events, "2025-04-01").days, Some(5));
}

#[test]
fn a_stop_on_the_last_second_of_an_hour_limit_gains_nothing() {
    let mut limit = PROCEDURES.limits["D33"].clone();
    limit.stops = vec![Stop::ForceMajeure];
    let events = [
        start("2025-03-03 10:00:00"),
        stop("2025-03-04 10:00:00", Stop::ForceMajeure),
        resume("2025-03-05 10:00:00", Stop::ForceMajeure),
    ];
    let state = compute(&limit, &events, &PROCEDURES.calendar, at("2025-03-06"));
    assert_eq!(due(&state), "2025-03-04 10:00:00");
}

#[test]
fn what_stops_no_such_clock_is_refused() {
    let state = state("D32", &[start("2025-03-03"), stop("2025-03-04", Stop::Hearing)], "2025-03-05");
    assert_eq!(state.refused.len(), 1);
    assert_eq!(state.status, Status::Running);
}

#[test]
fn warnings_come_thirty_fifteen_seven_and_one_day_before() {
    let state = state("D06", &[start("2025-03-03 09:00:00")], "2025-05-20 12:00:00");
    let warnings: Vec<_> = state
        .warnings
        .iter()
        .map(|warning| (warning.lead, warning.from.to_string(), warning.reached))
        .collect();
    let expected = [
        (30, "2025-05-03 00:00:00", true),
        (15, "2025-05-18 00:00:00", true),
        (7, "2025-05-26 00:00:00", false),
        (1, "2025-06-01 00:00:00", false),
    ];
    assert_eq!(warnings, expected.map(|(lead, from, reached)| (lead, from.to_owned(), reached)));
}

#[test]
fn a_count_into_a_year_without_a_calendar_says_so() {
    let over = state("D01", &[start("2026-12-25 09:00:00")], "2026-12-26");
    assert!(over.notes.contains(&Note::UnknownYear(2027)));
    assert!(over.steps.iter().any(|line| line.contains("2027年放假调休安排未录入")), "{:?}", over.steps);
    let inside = state("D01", &[start("2026-03-02 09:00:00")], "2026-03-03");
    assert!(!inside.notes.iter().any(|note| matches!(note, Note::UnknownYear(_))));
}

#[test]
fn the_sum_can_be_checked_line_by_line() {
    let events = [
        start("2025-04-21 09:00:00"),
        extend("2025-05-06 10:00:00", "clue-more", "负责人", None),
        done("2025-06-06 10:00:00"),
    ];
    let state = state("D01", &events, "2025-06-07");
    let expected = [
        "期限：15个工作日内（国家医保局令第4号《医疗保障行政处罚程序暂行规定》第14条；国家医保局令第5号）",
        "起算：2025-04-21 09:00:00 发现违法线索（检查、举报、移送、交办、监测）",
        "起算日：2025-04-21 不计入",
        "计算：15个工作日，至 2025-05-14，其间休息日 8 日不计",
        "延长：延长核查15个工作日（负责人于 2025-05-06 10:00:00 批准），至 2025-06-05，其间休息日 7 日不计",
        "届满：2025-06-05 24:00",
        "结果：2025-06-06 10:00:00 核查并决定是否立案，逾期10小时；超期预警；须补办延期批准",
        "注意：本期限为参数（二手材料），以条文原文为准",
    ];
    assert_eq!(state.steps, expected);
}

#[test]
fn what_stands_in_the_breach_ledger_stays() {
    let begin = start("2025-03-03 09:00:00");
    let mut ledger = BreachLedger::default();
    assert!(!ledger.enter("case-1", &state("D32", std::slice::from_ref(&begin), "2025-03-05")));
    assert!(ledger.enter("case-1", &state("D32", std::slice::from_ref(&begin), "2025-03-08")));
    // The act, a later look at an earlier day, and a clock whose events were exchanged change nothing that stands.
    let acted = [begin, done("2025-03-09 09:00:00")];
    assert!(ledger.enter("case-1", &state("D32", &acted, "2025-03-10")));
    assert!(!ledger.enter("case-1", &state("D32", &acted, "2025-03-04")));
    assert!(!ledger.enter("case-1", &state("D32", &[start("2025-03-09"), done("2025-03-10")], "2025-03-11")));
    assert!(!ledger.enter("case-1", &state("D32", &[start("2025-03-20"), done("2025-04-10")], "2025-04-11")));
    let all: Vec<_> = ledger.iter().collect();
    assert_eq!((all.len(), all[0].0, all[0].1.due.to_string().as_str()), (1, "case-1", "2025-03-06 24:00"));
    assert_eq!(all[0].1.done.map(|done| done.to_string()), Some("2025-03-09 09:00:00".to_owned()));
    // Each of several things that a limit runs for is a clock of its own.
    for item in [1, 2] {
        let late = state("D07", &[start("2025-03-03")], "2025-04-01").of_item(Some(item));
        assert!(ledger.enter("case-1", &late) && !ledger.enter("case-1", &late), "{item}");
    }
    assert_eq!(ledger.iter().count(), 3);
}

#[test]
fn the_day_is_chinas_also_where_it_is_still_yesterday_in_utc() {
    // 2025-10-08 16:30:00 UTC is half past midnight of 9 October in China, the first working day after the holiday.
    let server = ServerTime::from_utc(1_759_941_000);
    assert_eq!(server.time().to_string(), "2025-10-09 00:30:00");
    let begin = Event { at: server, kind: EventKind::Started { variant: None, day: None } };
    let state = compute(&PROCEDURES.limits["D20"], &[begin], &PROCEDURES.calendar, server);
    // Counted from the ninth, not from the eighth: tenth, made-up eleventh, thirteenth.
    assert_eq!(due(&state), "2025-10-13 24:00");
}
