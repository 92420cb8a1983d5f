//! What each guard asks for, taken away.

use crate::{
    at, clock,
    good::{day, notice, payment},
};
use mingcha_casework::{
    ask::{Ask, ClockChange},
    clock::EventKind,
    facts::{Department, Enclosure, Matter, Notice, NoticePart, Referral, Role, Source},
    money::{Account, Fined},
};
use mingcha_model::Fen;

/// Guards that refuse along with another, because both look at the same thing.
pub fn drags_along(guard: &str) -> &'static [&'static str] {
    match guard {
        // An officer who is recused does not count as one of the two.
        "officers_not_recused" => &["two_officers"],
        // A clue is sent down on the way to its own region.
        "in_scope" => &["dispatched_one_level_down"],
        "discussion_not_empty" => &["discussed_where_required"],
        // Who is not of a region taking part is not in scope either.
        "cross_checker_acts" => &["in_scope"],
        _ => &[],
    }
}

fn without(ask: &mut Ask<'_>, matter: Matter) {
    ask.facts.approvals.retain(|approval| approval.matter != matter);
}

fn spoil_person(guard: &str, ask: &mut Ask<'_>) -> bool {
    match guard {
        "right_state" => ask.state = "nowhere".into(),
        "right_department" if ask.actor.department == Department::Police => {
            ask.actor.department = Department::Network;
        }
        "right_department" => ask.actor.department = Department::Discipline,
        "account_enabled" => ask.actor.enabled = false,
        "actor_not_recused" => ask.actor.recused = true,
        "in_scope" => {
            ask.region = "110101".into();
            ask.before.clue.cross_checker.clear();
            ask.before.referral = Referral::default();
        }
        "two_officers" => ask.facts.officers[1].valid = false,
        "officers_not_recused" => ask.facts.officers[1].recused = true,
        "head_decides" => ask.actor.role = Role::Handler,
        "reason_given" => ask.reason = "  ".into(),
        "paper_numbered" => ask.facts.approvals.last_mut().expect("one").paper.clear(),
        "extension_allowed" => ask.changes.push(extension("D06", "case-forever", None)),
        _ => return false,
    }
    true
}

pub fn extension(limit: &str, extension: &str, amount: Option<u32>) -> ClockChange {
    let kind = EventKind::Extended {
        extension: extension.into(),
        amount,
        by: "负责人".into(),
        ground: Some("案情复杂".into()),
    };
    ClockChange { limit: limit.into(), kind }
}

fn spoil_filing(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "violation_facts" => facts.filing.violation_facts.clear(),
        "own_jurisdiction" => facts.filing.own_jurisdiction = false,
        "within_limitation" => facts.filing.violation_ended = Some(day("2023-06-18")),
        "violation_end_proved" => facts.filing.violation_ended = Some(day("2024-05-02")),
        "not_filed_twice" => ask.around.existing = Some("c9".into()),
        "dispute_named" => facts.filing.disputed_with.clear(),
        "filing_approved" => without(ask, Matter::Filing),
        "evidence_titled" => facts.evidence[0].title.clear(),
        "evidence_new" => ask.before.evidence.clone_from(&facts.evidence),
        "evidence_sourced" => facts.evidence[0].source = " ".into(),
        "evidence_in_custody" => facts.evidence[0].custody = vec![String::new()],
        "evidence_present" => facts.evidence.clear(),
        "registration_approved" => without(ask, Matter::Registration),
        "sealing_approved" => without(ask, Matter::Sealing),
        "goods_listed" => facts.holdings[0].items.clear(),
        "goods_open" => ask.before.holdings[0].settled = true,
        "holdings_settled" => facts.holdings[0].settled = false,
        "help_asked_of" => facts.help[0].of.clear(),
        "help_answered" => facts.help[0].answer.clear(),
        "suspension_approved" => without(ask, Matter::Suspension),
        "refusal_recorded" => facts.refusals.clear(),
        "stop_approved" => without(ask, Matter::Stop),
        _ => return false,
    }
    true
}

fn spoil_notice(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "reviewer_independent" => facts.review.reviewer = "u1".into(),
        "review_passed" => facts.review.passed = false,
        "notice_complete" => drop(facts.notices[0].parts.remove(&NoticePart::Rights)),
        "notified_once" => ask.before.notices[0].served = true,
        "notice_served" => facts.notices[0].served = false,
        "notice_not_harsher" => facts.notices.push(Notice { fine: Fen(200_001), ..notice() }),
        "hearing_kept" | "hearing_finished" => facts.hearing.finished = false,
        "statement_heard" => facts.hearing.statement = None,
        "hearing_asked_in_time" => ask.clocks.extend([clock("D14", "2025-06-12")]),
        "hearing_asked_once" => ask.before.hearing.asked = true,
        "hearing_notified_ahead" => ask.clocks.extend([clock("D15", "2025-06-11")]),
        "hearing_notified_once" => ask.before.hearing.chair = "u7".into(),
        "hearing_held" => facts.hearing.held = false,
        "chair_independent" => facts.hearing.chair = "u2".into(),
        "hearing_right_over" => facts.hearing.asked = false,
        "discussion_not_empty" | "discussed_where_required" => facts.discussion.opinions.truncate(1),
        _ => return false,
    }
    true
}

fn spoil_decision(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "decision_approved" => without(ask, Matter::Decision),
        // More than twice the loss would also be more than was announced.
        "money_in_bounds" => facts.decision.items[0].proposal.fined = Some(Fined(Fen(1))),
        "fine_as_notified" => facts.decision.items[0].proposal.fined = Some(Fined(Fen(200_001))),
        "lines_counted_once" => drop(facts.decision.lines.insert("line-2".into())),
        "no_penalty_instead_of_transfer" => ask.around.transfer_decided = false,
        "decision_written" => facts.decision.written = false,
        "decision_written_once" => ask.before.decision.written = true,
        "party_absent" => ask.before.decision.absent = true,
        "served_once" => ask.before.service.served = Some(ask.now),
        "service_proved" => facts.service.receipt = false,
        "decision_served" => ask.before.service.served = None,
        "published_once" => ask.before.service.published = Some(ask.now),
        "published_anonymous" => facts.service.anonymous = false,
        "decision_overturned" => facts.decision.overturned.clear(),
        "decision_published" => ask.before.service.withdrawn = true,
        "reconsideration_in_time" => ask.clocks.extend([clock("D27", "2024-06-01")]),
        "suit_in_time" => ask.clocks.extend([clock("D28", "2024-06-01")]),
        "remedy_over" => ask.clocks.extend([clock("D28", "2025-06-01")]),
        "deferral_approved" => without(ask, Matter::Deferral),
        "payment_to_its_account" => facts.payments[0].account = Account::Fund,
        "payment_not_more_than_owed" => facts.payments[0].amount = Fen(200_001),
        "payment_vouched" => facts.payments[0].voucher.clear(),
        "fine_cleared" => facts.payments = vec![payment(199_999)],
        "fine_overdue" => ask.clocks.extend([clock("D21", "2025-06-10")]),
        "reminder_waited" => ask.clocks.extend([clock("D26", "2025-06-12")]),
        "court_in_time" => ask.clocks.extend([clock("D25", "2025-03-01")]),
        "closing_ground" => facts.payments.clear(),
        "closing_approved" => without(ask, Matter::Closing),
        "archive_complete" => ask.around.missing_papers = vec!["送达回证".into()],
        _ => return false,
    }
    true
}

fn spoil_transfer(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "crime_suspected" => facts.transfer.suspected = false,
        "transfer_of_a_case" => facts.transfer.case.clear(),
        "transfer_team_of_two" => drop(facts.transfer.team.pop()),
        "transfer_report_written" => facts.transfer.report.clear(),
        "transfer_approved" => without(ask, Matter::Transfer),
        "enclosures_complete" => drop(facts.transfer.enclosures.remove(&Enclosure::Tests)),
        "letter_numbered" => facts.transfer.letter.clear(),
        "same_level" => facts.transfer.same_level = false,
        "receipt_once" => ask.before.transfer.receipt = Some(at("2025-06-12 09:00:00")),
        "receipt_signed" => ask.before.transfer.receipt = None,
        "supplement_listed" => facts.transfer.supplements.clear(),
        "supplement_sent" => facts.transfer.supplied.clear(),
        "rerouted_in_writing" => facts.transfer.rerouted_to.clear(),
        "answered_in_writing" => facts.transfer.answer.clear(),
        "answered_once" => ask.before.transfer.answer = "公立字〔2025〕0号".into(),
        "file_returned" => facts.transfer.file_returned = false,
        "contested_in_time" => ask.clocks.extend([clock("D42", "2025-06-10")]),
        "goods_to_hand_over_listed" => facts.transfer.goods.clear(),
        "stage_named" => facts.transfer.stage.clear(),
        _ => return false,
    }
    true
}

fn spoil_clue(guard: &str, ask: &mut Ask<'_>) -> bool {
    let clue = &mut ask.facts.clue;
    match guard {
        "clue_described" => clue.source = None::<Source>,
        "duplicate_named" => clue.same_as.clear(),
        "target_named" => clue.passed_to.clear(),
        "link_named" => clue.links[0].id.clear(),
        "holder_acts" => ask.before.clue.dispatches.last_mut().expect("one").to = "210103".into(),
        "dispatched_one_level_down" => clue.dispatches[0].to = "210103".into(),
        "dispatch_due_ahead" => clue.dispatches[0].due = Some(day("2025-06-19")),
        "dispatch_due_within" => clue.dispatches[0].due = Some(day("2025-07-03")),
        "answer_complete" => clue.answers[0].facts.clear(),
        "checked_by_another" => ask.before.clue.answers[0].by = "head".into(),
        "reported_by_next_level" => ask.before.clue.reported = "210100".into(),
        "reported_to_origin" => ask.before.clue.reported = "210102".into(),
        "drawn_by_lot" => ask.around.drawn = false,
        "cross_check_due" => ask.around.cross_check_due = false,
        "cross_checker_elsewhere" => clue.cross_checker = "210100".into(),
        "cross_checker_acts" => clue.cross_checker = "210300".into(),
        "reopening_approved" => without(ask, Matter::Reopening),
        _ => return false,
    }
    true
}

/// Takes away what a guard asks for.
pub fn spoil(guard: &str, ask: &mut Ask<'_>) {
    let groups = [spoil_person, spoil_filing, spoil_notice, spoil_decision, spoil_transfer, spoil_clue];
    let known = groups.iter().any(|group| group(guard, ask));
    assert!(known, "no test takes away what `{guard}` asks for");
}
