//! Defects that others found in themselves, one test each: here they cannot happen.
//!
//! Those that a store or a server could bring back (a double click on two connections, encoded paths, sessions of disabled accounts, exports) are
//! tested there as well.

use crate::{
    NOW, PROCEDURES, at, clock,
    good::{all_acts, approval, good, notice, payment},
    officer, refusals,
    spoil::spoil,
};
use mingcha_casework::{
    act::{ActInput, perform},
    facts::{Approval, Facts, Matter, Notice, Role, Service},
    machine::{NEW, trail_outcome},
    money::Returned,
    trail::Outcome,
};
use mingcha_model::{Fen, Time};

#[test]
fn notifying_again_neither_resets_a_hearing_nor_raises_a_fine() {
    let mut ask = good("case", "notify");
    ask.before.notices[0].served = true;
    assert_eq!(refusals("case", "notify", &ask), ["notified_once"]);
    let mut ask = good("case", "amend_notice");
    ask.facts.hearing.finished = false;
    assert_eq!(refusals("case", "amend_notice", &ask), ["hearing_kept"]);
    ask.facts.hearing.finished = true;
    ask.facts.notices.push(Notice { fine: Fen(200_001), ..notice() });
    assert_eq!(refusals("case", "amend_notice", &ask), ["notice_not_harsher"]);
    ask.facts.notices[1].new_facts = true;
    assert_eq!(refusals("case", "amend_notice", &ask), Vec::<String>::new());
    let amend = &PROCEDURES.machines["case"].acts["amend_notice"];
    assert!(amend.emits.is_empty(), "an amended notice starts no clock");
}

#[test]
fn a_hearing_is_not_held_on_the_day_of_its_notice() {
    let mut ask = good("case", "hold_hearing");
    ask.clocks.extend([clock("D15", "2025-06-20 08:00:00")]);
    assert_eq!(refusals("case", "hold_hearing", &ask), ["hearing_notified_ahead"]);
    ask.clocks.remove("D15");
    assert_eq!(refusals("case", "hold_hearing", &ask), ["hearing_notified_ahead"]);
}

#[test]
fn an_empty_collective_discussion_does_not_pass() {
    for opinions in [
        vec![],
        vec![("u5", "同意"), ("u5", "同意")],
        vec![("u5", "同意"), ("u6", " ")],
        vec![("", "同意"), (" ", "同意")],
    ] {
        let opinions: Vec<(String, String)> =
            opinions.into_iter().map(|(who, what)| (who.into(), what.into())).collect();
        let mut ask = good("case", "discuss");
        ask.facts.discussion.opinions.clone_from(&opinions);
        assert_eq!(refusals("case", "discuss", &ask), ["discussion_not_empty"]);
        let mut ask = good("case", "decide");
        ask.facts.discussion.opinions = opinions;
        assert_eq!(refusals("case", "decide", &ask), ["discussed_where_required"]);
    }
    let mut ask = good("case", "discuss");
    ask.facts.discussion.conclusion.clear();
    assert_eq!(refusals("case", "discuss", &ask), ["discussion_not_empty"]);
}

#[test]
fn one_officer_under_two_accounts_counts_once() {
    let mut ask = good("case", "file");
    ask.facts.officers = vec![officer("u1", "LN-001"), officer("u1b", " LN-001 ")];
    assert_eq!(refusals("case", "file", &ask), ["two_officers"]);
    ask.facts.officers = vec![officer("u1", "LN-001"), officer("u2", "")];
    assert_eq!(refusals("case", "file", &ask), ["two_officers"]);
}

#[test]
fn certificates_come_from_the_register_and_not_from_the_client() {
    let mut ask = good("case", "assign");
    let input = |text: &str| serde_json::from_str::<ActInput>(text);
    assert!(input(r#"{"input":"officers","accounts":["u1"],"certificates":["LN-009"]}"#).is_err());
    ask.before.officers.clear();
    let errors = perform(
        ask.clone(),
        "case",
        "assign",
        &input(r#"{"input":"officers","accounts":["u1","u7"]}"#).expect("reads"),
    );
    assert_eq!(errors.expect_err("u7 is unknown")[0].guard, "input_fits");
    let done = perform(
        ask,
        "case",
        "assign",
        &input(r#"{"input":"officers","accounts":["u1","u2"]}"#).expect("reads"),
    );
    assert_eq!(done.expect("both are registered").facts.officers[1].certificate, "LN-002");
}

#[test]
fn the_head_who_acts_directly_needs_a_written_approval_too() {
    for approvals in [
        vec![],
        vec![Approval { paper: " ".into(), ..approval(Matter::Filing) }],
        vec![Approval { role: Role::TeamLead, ..approval(Matter::Filing) }],
        vec![Approval { at: at("2025-06-21"), ..approval(Matter::Filing) }],
        vec![approval(Matter::Decision)],
    ] {
        let mut ask = good("case", "file");
        ask.facts.approvals = approvals;
        assert_eq!(ask.actor.role, Role::Head);
        assert_eq!(refusals("case", "file", &ask), ["filing_approved"]);
    }
}

#[test]
fn a_date_that_the_client_chose_moves_no_deadline() {
    for name in ActInput::NAMES {
        for key in ["at", "now", "date", "served", "time"] {
            let text = format!(r#"{{"input":"{name}","{key}":"2020-01-01 00:00:00"}}"#);
            let error = serde_json::from_str::<ActInput>(&text).expect_err(name).to_string();
            assert!(error.contains("unknown field") || error.contains("missing field"), "{name}: {error}");
        }
    }
    let mut ask = good("case", "serve");
    ask.before.service.served = None;
    let input = serde_json::from_str(r#"{"input":"serve","receipt":"回证1"}"#).expect("reads");
    let done = perform(ask, "case", "serve", &input).expect("in order");
    assert_eq!(done.facts.service.served, Some(at(NOW)));
    assert!(done.events.iter().all(|event| event.at == at(NOW)));
}

#[test]
fn a_later_end_of_the_violation_does_not_bring_a_lapsed_matter_back() {
    let mut ask = good("case", "open");
    ask.facts.filing.violation_ended = Some(at("2025-06-21").time().date());
    assert_eq!(refusals("case", "open", &ask), ["violation_end_proved"], "a day to come");
    ask.facts.filing.violation_ended = Some(at("2024-05-02").time().date());
    assert_eq!(refusals("case", "open", &ask), ["violation_end_proved"], "after the newest line");
}

#[test]
fn nothing_is_published_before_service_or_again_to_change_the_date() {
    let mut ask = good("case", "publish");
    ask.before.service.served = None;
    assert_eq!(refusals("case", "publish", &ask), ["decision_served"]);
    ask.before.service.served = Some(at("2025-06-20 10:00:01"));
    assert_eq!(refusals("case", "publish", &ask), ["decision_served"]);
    ask.before.service =
        Service { published: Some(at("2025-06-11")), ..good("case", "publish").before.service };
    assert_eq!(refusals("case", "publish", &ask), ["published_once"]);
    let mut ask = good("case", "serve");
    ask.before.service.served = Some(at("2025-06-11"));
    assert_eq!(refusals("case", "serve", &ask), ["served_once"]);
}

#[test]
fn a_double_click_makes_one_case() {
    let mut ask = good("case", "open");
    assert_eq!(PROCEDURES.machines["case"].may("open", &ask), Ok("proposed".to_owned()));
    // The second click meets the state and the case that the first one left, in either order.
    ask.around.existing = Some("c1".into());
    assert_eq!(refusals("case", "open", &ask), ["not_filed_twice"]);
    ask.state = "proposed".into();
    assert_eq!(refusals("case", "open", &ask), ["right_state", "not_filed_twice"]);
}

#[test]
fn who_may_not_read_may_not_write_either() {
    for (machine, act) in all_acts() {
        for spoiled in ["in_scope", "actor_not_recused", "account_enabled"] {
            let mut ask = good(machine, act);
            spoil(spoiled, &mut ask);
            assert!(refusals(machine, act, &ask).contains(&spoiled.to_owned()), "{machine}.{act}");
            assert!(refusals(machine, "read", &ask).contains(&spoiled.to_owned()), "{machine}.{act}");
        }
    }
}

#[test]
fn who_may_not_act_learns_nothing_from_the_input() {
    let mut ask = good("case", "move_evidence");
    ask.actor.enabled = false;
    let input = serde_json::from_str(r#"{"input":"custody","evidence":9,"to":"u2"}"#).expect("reads");
    let errors = perform(ask, "case", "move_evidence", &input).expect_err("refused");
    assert_eq!(errors.iter().map(|error| error.guard.as_str()).collect::<Vec<_>>(), ["account_enabled"]);
}

#[test]
fn a_recused_officer_reads_no_more_by_the_case_list_either() {
    let mut ask = good("case", "read");
    ask.actor.account = "u1".into();
    assert_eq!(refusals("case", "read", &ask), Vec::<String>::new());
    ask.before.officers[0].recused = true;
    assert_eq!(refusals("case", "read", &ask), ["actor_not_recused"]);
    ask.before.officers.clear();
    ask.before.recused.insert("u1".into());
    assert_eq!(refusals("case", "read", &ask), ["actor_not_recused"]);
}

#[test]
fn a_holiday_at_night_in_utc_is_the_next_day_here() {
    use mingcha_casework::clock::ServerTime;
    // 2025-09-30 16:30 UTC is half past midnight of the National Day.
    let at = ServerTime::from_utc(1_759_249_800);
    assert_eq!(at.time(), Time::parse("2025-10-01 00:30:00").expect("a time"));
    assert!(!PROCEDURES.calendar.is_working(at.time().date()));
}

#[test]
fn a_refused_act_is_written_down_as_refused() {
    let mut ask = good("case", "serve");
    ask.facts.service.receipt = false;
    let answer = PROCEDURES.machines["case"].may("serve", &ask);
    let code = &PROCEDURES.machines["case"].texts["service_proved"].code;
    assert_eq!(trail_outcome(&answer, "送达"), (Outcome::Refused, code.clone()));
    let answer = PROCEDURES.machines["case"].may("serve", &good("case", "serve"));
    assert_eq!(trail_outcome(&answer, "送达"), (Outcome::Done, "送达".to_owned()));
}

#[test]
fn a_signed_receipt_is_not_overwritten() {
    let mut ask = good("transfer", "sign_receipt");
    ask.before.transfer.receipt = Some(at("2025-06-12 09:00:00"));
    assert_eq!(refusals("transfer", "sign_receipt", &ask), ["receipt_once"]);
    // Sent on to another department, the file is taken over under the first receipt.
    assert!(PROCEDURES.machines["transfer"].acts["take_over"].emits.is_empty());
}

#[test]
fn an_id_has_one_spelling_and_no_path_means_another() {
    use mingcha_casework::id::ObjectId;
    assert!(ObjectId::parse("case-2025-1").is_ok());
    for text in
        ["", "a%2fb", "a/b", "..", "a..b", "A", "a ", " a", "a\u{ff0f}b", "%61", "-a", "a-", "a\0", "é"]
    {
        assert!(ObjectId::parse(text).is_err(), "{text}");
    }
    assert!(ObjectId::parse(&"a".repeat(41)).is_err());
}

#[test]
fn formulas_leave_as_text() {
    use mingcha_casework::cell::cell;
    for text in ["=1+1", "+1", "-1", "@SUM", " =1", "\t=1", "\r@x", "＝HYPERLINK()", "\u{feff} =1", "\nx"] {
        assert!(cell(text).starts_with('\''), "{text:?}");
    }
    for text in ["", "某医院", "12.50", "'=1", "a=1"] {
        assert_eq!(cell(text), text);
    }
}

#[test]
fn no_fine_stands_in_for_a_transfer() {
    let mut ask = good("case", "decide");
    ask.around.transfer_decided = false;
    assert_eq!(refusals("case", "decide", &ask), ["no_penalty_instead_of_transfer"]);
    ask.facts.transfer.suspected = false;
    assert_eq!(refusals("case", "decide", &ask), Vec::<String>::new());
    ask.around.transfer_open = true;
    assert_eq!(refusals("case", "decide", &ask), ["no_penalty_instead_of_transfer"], "opened all the same");
}

#[test]
fn an_opinion_that_says_no_binds_although_nobody_had_to_ask_for_it() {
    for act in ["notify", "decide"] {
        let mut ask = good("case", act);
        (ask.facts.review.required, ask.facts.review.passed) = (false, false);
        // After a hearing a review is due in any case.
        ask.facts.hearing.held = false;
        assert_eq!(refusals("case", act, &ask), ["review_passed"]);
        ask.facts.review.reviewer.clear();
        assert_eq!(refusals("case", act, &ask), Vec::<String>::new(), "without a review");
    }
}

#[test]
fn goods_that_are_registered_and_goods_that_are_sealed_are_settled_by_acts_of_their_own() {
    for (act, sealed, guard) in [("settle_goods", true, "goods_open"), ("unseal", false, "seal_open")] {
        let mut ask = good("case", act);
        (ask.before.holdings[0].sealed, ask.facts.holdings[0].sealed) = (sealed, sealed);
        assert_eq!(refusals("case", act, &ask), [guard]);
    }
}

#[test]
fn what_is_to_be_returned_is_reminded_of_although_the_fine_was_paid() {
    let mut ask = good("case", "remind");
    ask.facts.payments = vec![payment(200_000)];
    assert_eq!(refusals("case", "remind", &ask), ["performance_overdue"], "nothing is owed");
    ask.facts.decision.items[0].proposal.returned = Some(Returned(Fen(1)));
    assert_eq!(refusals("case", "remind", &ask), Vec::<String>::new());
}

#[test]
fn a_party_who_is_silent_loses_the_right_only_when_the_time_is_over() {
    let mut ask = good("case", "decide");
    ask.facts.hearing.statement = None;
    assert_eq!(refusals("case", "decide", &ask), ["statement_heard"]);
    ask.clocks.extend([clock("D13", "2025-06-12")]);
    assert_eq!(refusals("case", "decide", &ask), Vec::<String>::new());
}

#[test]
fn a_payment_is_entered_once_and_never_beyond_what_is_owed() {
    let mut ask = good("case", "pay");
    ask.before.payments = ask.facts.payments.clone();
    ask.facts.payments.push(ask.before.payments[0].clone());
    assert_eq!(refusals("case", "pay", &ask), ["payment_not_more_than_owed", "payment_vouched"]);
}

#[test]
fn an_act_that_is_refused_leaves_the_facts_as_they_were() {
    let ask = good("case", "serve");
    let before = Facts::clone(&ask.before);
    let input = serde_json::from_str(r#"{"input":"serve","receipt":""}"#).expect("reads");
    assert!(perform(ask.clone(), "case", "serve", &input).is_err());
    assert_eq!(ask.before, before);
}

#[test]
fn a_matter_is_opened_by_an_act_and_only_once() {
    for machine in PROCEDURES.machines.values() {
        assert!(machine.opening().count() >= 1, "{}", machine.id);
        assert!(machine.states.iter().all(|state| state.id != NEW), "{}", machine.id);
    }
}
