//! Guards whose no is known before an act is filled in: they ask what stands already, and nothing that the act brings mends it.
//!
//! The other guards look at what is filled in; of them nothing is said before.

/// Inputs that set officers.
const OFFICERS: &[&str] = &["officers", "team", "draw"];

/// Each such guard with the inputs that bring the very thing that it asks for. A test holds every act's input against this table.
const FORESEEN: &[(&str, &[&str])] = &[
    ("head_decides", &[]),
    ("two_officers", OFFICERS),
    ("officers_not_recused", OFFICERS),
    // A case.
    ("violation_facts", &["open_case"]),
    ("own_jurisdiction", &["open_case"]),
    ("within_limitation", &["open_case"]),
    ("dispute_named", &["dispute"]),
    ("filing_approved", &[]),
    ("evidence_present", &[]),
    ("registration_approved", &[]),
    ("sealing_approved", &[]),
    ("suspension_approved", &[]),
    ("refusal_recorded", &["refusal", "person_urgent"]),
    ("stop_approved", &[]),
    ("holdings_settled", &[]),
    ("review_passed", &["review"]),
    ("notified_once", &[]),
    ("hearing_kept", &[]),
    ("statement_heard", &[]),
    ("hearing_asked_in_time", &[]),
    ("hearing_asked_once", &[]),
    ("hearing_notified_ahead", &[]),
    ("hearing_notified_once", &[]),
    ("hearing_right_over", &[]),
    ("discussed_where_required", &[]),
    ("decision_approved", &[]),
    ("no_penalty_instead_of_transfer", &[]),
    ("decision_written", &["write_decision"]),
    ("decision_written_once", &[]),
    ("served_once", &[]),
    ("decision_served", &[]),
    ("published_once", &[]),
    ("publication_open", &[]),
    ("decision_published", &[]),
    ("reconsideration_in_time", &[]),
    ("suit_in_time", &[]),
    ("remedy_over", &[]),
    ("remedy_unconfirmed", &[]),
    ("deferral_approved", &[]),
    ("fine_cleared", &[]),
    ("fine_overdue", &[]),
    ("performance_overdue", &[]),
    ("reminder_waited", &[]),
    ("court_time_begun", &[]),
    ("court_in_time", &[]),
    ("closing_approved", &[]),
    ("archive_complete", &[]),
    // A transfer.
    ("transfer_team_of_two", OFFICERS),
    ("transfer_report_written", &["transfer_report"]),
    ("transfer_approved", &["approve"]),
    ("papers_issued", &[]),
    ("letter_lists_enclosures", &[]),
    ("receipt_once", &[]),
    ("receipt_signed", &[]),
    ("answered_once", &[]),
    ("contested_in_time", &[]),
    // A clue.
    ("holder_acts", &[]),
    ("checked_by_another", &[]),
    ("reported_by_next_level", &[]),
    ("reported_to_origin", &[]),
    ("reopening_approved", &[]),
    // Work with others.
    ("reward_by_another", &[]),
    ("receiver_acts", &[]),
    ("sender_acts", &[]),
    ("participant_acts", &[]),
    // On site and at institutions.
    ("record_present", &["site_record"]),
    ("refunds_complete", &[]),
    ("corrections_complete", &[]),
    ("log_time_over", &[]),
    ("assessment_time_over", &[]),
    // People and agreements.
    ("points_contest_in_time", &[]),
    ("points_contest_over", &[]),
    ("points_reviewed_by_another", &[]),
    ("qualification_time_over", &[]),
    ("points_year_over", &[]),
    ("person_suspension_approved", &[]),
    ("agreement_approved", &[]),
    ("agreement_contest_in_time", &[]),
    ("collected_once", &[]),
    ("fine_collected_before", &[]),
    ("sanction_approved", &[]),
    ("department_time_over", &[]),
    ("ban_time_over", &[]),
];

/// Whether the no of a guard is known before an act with that input is filled in.
pub(crate) fn foreseen(guard: &str, input: &str) -> bool {
    FORESEEN.iter().any(|(name, mended_by)| *name == guard && !mended_by.contains(&input))
}
