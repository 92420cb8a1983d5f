//! What each guard asks for, taken away.

use crate::{
    at, clock,
    good::{day, notice, payment},
};
use mingcha_casework::{
    ask::{Ask, ClockChange},
    clock::{ClockKey, EventKind},
    facts::{
        DecisionKind, Department, Enclosure, Facts, InspectionKind, Matter, Notice, NoticePart, Referral,
        Review, Role, Source,
    },
    money::{Account, AgreementDamages, Fined},
};
use mingcha_model::Fen;

/// Guards that refuse along with another, because both look at the same thing.
pub fn drags_along(guard: &str) -> &'static [&'static str] {
    match guard {
        // An officer who is recused does not count as one of the two.
        "officers_not_recused" => &["two_officers"],
        // A clue is sent down on the way to its own region, an inspection to its own; a referral is its parties'.
        "in_scope" => &["dispatched_one_level_down", "handed_to_its_region", "sender_acts", "receiver_acts"],
        // A department that may not act is no sender, no authority, no participant either.
        "right_department" => {
            &["sender_acts", "receiver_acts", "authority_acts", "participant_acts", "task_own"]
        }
        // What is not of the department is in nobody's hands.
        "claim_code_set" => &["claim_code_right"],
        "discussion_not_empty" => &["discussed_where_required"],
        // After a hearing a review is due whatever the handler said.
        "review_passed" => &["heavy_reviewed"],
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
        "right_department" => ask.actor.department = Department::ThirdParty,
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
    ClockChange { clock: ClockKey::of(limit, None), kind }
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
        "goods_open" | "seal_open" => ask.before.holdings[0].settled = true,
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
        "review_explained" => {
            facts.review.passed = false;
            facts.review.opinion = " ".into();
        }
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

/// A decision that is heavy though its fine is low: a department is suspended for serious consequences.
pub fn suspended(facts: &mut Facts) {
    let proposal = &mut facts.decision.items[0].proposal;
    (proposal.serious, proposal.suspension) = (true, Some(6));
}

fn spoil_decision(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "decision_approved" => without(ask, Matter::Decision),
        // More than twice the loss would also be more than was announced.
        "money_in_bounds" => facts.decision.items[0].proposal.fined = Some(Fined(Fen(1))),
        "fine_as_notified" => facts.decision.items[0].proposal.fined = Some(Fined(Fen(200_001))),
        "heavy_reviewed" => facts.review = Review::default(),
        "heavy_discussed" => {
            facts.discussion.required = false;
            facts.discussion.opinions.clear();
            suspended(facts);
        }
        "decision_of_kind" => facts.decision.kind = Some(DecisionKind::NotEstablished),
        "lines_named" => facts.decision.lines.clear(),
        "lines_counted_once" => drop(facts.decision.lines.insert("line-2".into())),
        "no_penalty_instead_of_transfer" => ask.around.transfer_decided = false,
        "decision_written" => facts.decision.written = false,
        "decision_written_once" => ask.before.decision.written = true,
        "party_absent" => ask.before.decision.absent = true,
        "served_once" => ask.before.service.served = Some(ask.now),
        "service_proved" => facts.service.receipt = false,
        "decision_served" => ask.before.service.served = None,
        "published_once" => ask.before.service.published = Some(ask.now),
        "publication_open" => ask.before.service.withheld = true,
        "published_anonymous" => facts.service.anonymous = false,
        "decision_overturned" => facts.decision.overturned.clear(),
        "decision_published" => ask.before.service.withdrawn = true,
        "reconsideration_in_time" => ask.clocks.extend([clock("D27", "2024-06-01")]),
        "suit_in_time" => ask.clocks.extend([clock("D28", "2024-06-01")]),
        "remedy_over" => ask.clocks.extend([clock("D28", "2025-06-01")]),
        "remedy_unconfirmed" => ask.clocks.extend([clock("D25", "2025-05-20")]),
        "deferral_approved" => without(ask, Matter::Deferral),
        "payment_to_its_account" => facts.payments[0].account = Account::Fund,
        "payment_not_more_than_owed" => facts.payments[0].amount = Fen(200_001),
        "payment_vouched" => facts.payments[0].voucher.clear(),
        "fine_cleared" => facts.payments = vec![payment(199_999)],
        "fine_overdue" | "performance_overdue" => ask.clocks.extend([clock("D21", "2025-06-10")]),
        "reminder_waited" => ask.clocks.extend([clock("D26", "2025-06-12")]),
        "court_time_begun" => drop(ask.clocks.remove("D25")),
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
        "enclosures_complete" => {
            facts.transfer.enclosures.retain(|enclosed| enclosed.enclosure != Enclosure::Tests);
        }
        "papers_issued" => ask.around.unissued_papers = vec!["案件调查报告".into()],
        "letter_numbered" => facts.transfer.letter.clear(),
        "letter_its_own" => ask.around.letter_taken = true,
        "letter_lists_enclosures" => {
            ask.around.letter = Some(("transfer-1/transfer-letter/1".into(), at("2025-06-12 09:00:00")));
            facts.transfer.enclosed = Some(at("2025-06-12 10:00:00"));
        }
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
        "suspects_counted" => ask.before.transfer.suspects = facts.transfer.suspects,
        "institutions_closed_named" => ask.before.transfer.closed.clone_from(&facts.transfer.closed),
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

fn spoil_complaint(guard: &str, ask: &mut Ask<'_>) -> bool {
    let complaint = &mut ask.facts.complaint;
    match guard {
        "complaint_described" => complaint.content.clear(),
        "informant_sealed" => complaint.token.clear(),
        "target_definite" => complaint.evidence = false,
        "complaint_target_named" => complaint.passed_to.clear(),
        "clue_linked" => complaint.clue.clear(),
        "informant_named" => complaint.named = false,
        "informant_anonymous" => complaint.named = true,
        "told_in_writing" => complaint.told.clear(),
        "complaint_proved" => complaint.proved = false,
        "reward_conditions" => complaint.staff = true,
        "reward_in_bounds" => complaint.reward = Fen(200_001),
        "reward_by_another" => ask.before.complaint.proposed_by = "head".into(),
        "claim_code_set" => complaint.claim_code = None,
        "claim_code_right" => complaint.claimed = None,
        "claim_in_time" => complaint.told_reward = Some(at("2025-01-01 09:00:00")),
        "claim_over" => complaint.told_reward = Some(at("2025-06-10 09:00:00")),
        "reward_not_cash" => complaint.voucher.clear(),
        _ => return false,
    }
    true
}

fn spoil_joint(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    let yesterday = Some(day("2025-06-19"));
    match guard {
        "referral_described" => facts.referral.to = facts.referral.from,
        "referral_due_ahead" => facts.referral.due.day = yesterday,
        "receiver_acts" => ask.before.referral.to = Some(Department::Court),
        "sender_acts" => ask.before.referral.from = Some(Department::Court),
        "referral_answered" => facts.referral.result.clear(),
        "listed_described" => facts.listed.matters.clear(),
        "listed_due_ahead" => facts.listed.due.day = yesterday,
        "authority_acts" => drop(facts.listed.authorities.remove(&ask.actor.department)),
        "all_agreed" => facts.listed.agreed.clear(),
        "all_lifted" => facts.listed.lifted.clear(),
        "progress_said" => facts.listed.progress.clear(),
        "listed_answered" => facts.listed.result.clear(),
        "meeting_described" => facts.meeting.departments.clear(),
        "participant_acts" => ask.before.meeting.departments.clear(),
        "minutes_said" => facts.meeting.minutes.clear(),
        "task_described" => facts.meeting.tasks[0].due.day = yesterday,
        "task_own" => facts.meeting.tasks[0].who = Some(Department::Police),
        "task_answered" => facts.meeting.tasks[0].result = " ".into(),
        "tasks_done" => facts.meeting.tasks[0].result.clear(),
        _ => return false,
    }
    true
}

fn spoil_site(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    let (inspection, check) = (&mut facts.inspection, &mut facts.self_check);
    match guard {
        "inspection_described" => inspection.plan.clear(),
        "not_unannounced" => inspection.kind = Some(InspectionKind::Unannounced),
        "inspection_notice_numbered" | "told_unless_unannounced" => inspection.notice.clear(),
        "record_new" => ask.before.inspection.records.clone_from(&inspection.records),
        "record_present" => inspection.records.clear(),
        "finding_supported" => inspection.findings[0].evidence.clear(),
        "none_found_said" => inspection.none_found.clear(),
        "findings_or_none" => inspection.findings.clear(),
        "institution_heard" => inspection.statement.clear(),
        "handed_to_its_region" => inspection.handed_to = "210103".into(),
        "finding_answered" => ask.before.inspection.findings.clone_from(&inspection.findings),
        "findings_all_answered" => inspection.findings[0].result.clear(),
        "followed_up" => inspection.follow_up.clear(),
        "items_listed" => check.items.clear(),
        "check_due_ahead" => check.due = Some(day("2025-06-19")),
        "own_institution" => check.institution = "H21010200002".into(),
        "item_answer_complete" => check.items[0].facts.clear(),
        "all_items_answered" => check.items[0].answered = false,
        "refund_not_more" => check.refunded = Fen(1001),
        "correction_said" => check.items[0].correction.clear(),
        "refunds_complete" => check.refunded = Fen(999),
        "corrections_complete" => check.items[0].corrected = false,
        "report_named" => facts.report.period.clear(),
        "report_digested" => facts.report.digest = None,
        "trace_named" => facts.trace.institution.clear(),
        "retention_named" => facts.retention.what.clear(),
        "log_time_over" => ask.clocks.extend([clock("D72", "2025-01-01")]),
        "assessment_time_over" => ask.clocks.extend([clock("D73", "2025-01-01")]),
        _ => return false,
    }
    true
}

fn spoil_points(guard: &str, ask: &mut Ask<'_>) -> bool {
    let points = &mut ask.facts.points;
    match guard {
        "points_described" => points.facts.clear(),
        "points_in_band" => points.points = 5,
        "points_contest_in_time" => ask.clocks.extend([clock("D61", "2025-05-01")]),
        "points_contest_said" => points.contest.clear(),
        "points_contest_over" => ask.clocks.extend([clock("D61", "2025-06-16")]),
        "points_reviewed_by_another" => ask.before.points.decided_by = "head".into(),
        "repair_known" => points.repairs = vec!["learning".into(); 3],
        "suspension_by_points" => points.months = 3,
        "ending_by_points" => ask.around.points = 11,
        "ending_at_once" => points.points = 11,
        "below_suspension" => ask.around.points = 9,
        "qualification_time_over" => ask.clocks.extend([clock("D63", "2025-06-01")]),
        "points_year_over" => ask.clocks.extend([clock("D62", "2025-01-01")]),
        _ => return false,
    }
    true
}

fn spoil_people(guard: &str, ask: &mut Ask<'_>) -> bool {
    let facts = &mut ask.facts;
    match guard {
        "person_described" => facts.person.measure = "M03".into(),
        "talk_recorded" => facts.person.talks.clear(),
        "education_recorded" => facts.person.education.clear(),
        "restriction_named" => facts.person.convenience.clear(),
        "person_notice_complete" => drop(facts.person.notified.pop_first()),
        "person_heard" => facts.person.statement = None,
        "person_months_in_bounds" => facts.person.months = 13,
        "person_suspension_approved" => without(ask, Matter::PersonSuspension),
        "person_refused" => facts.person.urgent = false,
        "person_contest_said" => facts.person.contest.clear(),
        "networking_time_over" => ask.clocks.extend([clock("D67", "2025-05-01")]),
        "agreement_described" => facts.agreement.breach.clear(),
        "agreement_heard" => facts.agreement.statement = None,
        "agreement_approved" => without(ask, Matter::Agreement),
        "agreement_measures_named" => facts.agreement.measures.clear(),
        "agreement_contest_numbered" => facts.agreement.contest.clear(),
        "agreement_contest_in_time" => ask.clocks.extend([clock("D56", "2025-01-01")]),
        "agreement_result_said" => facts.agreement.result.clear(),
        "agreement_paid" => facts.decision.items[0].proposal.damages = Some(AgreementDamages(Fen(1))),
        "coordination_said" => facts.agreement.coordination.clear(),
        "summary_in_bounds" => facts.summary.fine = Fen(20_001),
        "collected_once" => ask.before.summary.collected = true,
        "fine_collected_before" => ask.before.summary.collected = false,
        "handed_in_numbered" | "collected_handed_in" => facts.summary.handed_in.clear(),
        "summary_numbered" => facts.summary.recorded.clear(),
        "sanction_described" => facts.sanction.measure = "M99".into(),
        "sanction_approved" => without(ask, Matter::Sanction),
        "sanction_months_in_bounds" => facts.sanction.months = 5,
        "department_time_over" => ask.clocks.extend([clock("D66", "2025-05-01")]),
        "ban_time_over" => ask.clocks.extend([clock("D68", "2025-01-01")]),
        _ => return false,
    }
    true
}

/// Takes away what a guard asks for.
pub fn spoil(guard: &str, ask: &mut Ask<'_>) {
    let case = [spoil_person, spoil_filing, spoil_notice, spoil_decision, spoil_transfer];
    let others = [spoil_clue, spoil_complaint, spoil_joint, spoil_site, spoil_points, spoil_people];
    let mut groups = case.iter().chain(&others);
    let known = groups.any(|group| group(guard, ask));
    assert!(known, "no test takes away what `{guard}` asks for");
}
