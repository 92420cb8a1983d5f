//! Decisions: what the law asks for by the weight of a penalty, what each kind of decision holds, and what a refusal names.

use crate::{PROCEDURES, good::good, refusals, spoil::suspended};
use mingcha_casework::{
    ask::Ask,
    facts::{
        Decision, DecisionItem, DecisionKind, Discussion, Enclosed, EnclosedAs, Enclosure, Facts, Hearing,
        Review, Statement,
    },
    measure::Proposal,
    money::{Fined, Returned},
};
use mingcha_model::Fen;

const NONE: [&str; 0] = [];

/// By which guards a case is refused that nobody called heavy, and that nobody reviewed or discussed.
fn unasked(change: impl Fn(&mut Facts)) -> Vec<String> {
    let mut ask = good("case", "decide");
    let facts = &mut ask.facts;
    (facts.review, facts.discussion) = (Review::default(), Discussion::default());
    facts.hearing = Hearing { statement: Some(Statement::Waived), ..Hearing::default() };
    change(facts);
    refusals("case", "decide", &ask)
}

/// One item, fined once what it is measured by, and announced.
fn fined(facts: &mut Facts, measure: &str, fine: i64) {
    let fine = Fen(fine);
    let proposal = Proposal { loss: fine, defrauded: fine, fined: Some(Fined(fine)), ..Proposal::default() };
    facts.decision.items = vec![DecisionItem { measure: measure.into(), proposal }];
    facts.notices[0].fine = fine;
}

/// What the refusals of an act say.
fn words(machine: &str, act: &str, ask: &Ask<'_>) -> Vec<String> {
    let errors = PROCEDURES.machines[machine].may(act, ask).err().unwrap_or_default();
    errors.into_iter().map(|error| error.message).collect()
}

#[test]
fn a_heavy_penalty_is_reviewed_and_discussed_whatever_the_handler_said() {
    let both = ["heavy_reviewed", "heavy_discussed"];
    // The province's figures: 10,000 yuan for an organisation, 1,000 for a person; the figure itself counts.
    assert_eq!(unasked(|facts| fined(facts, "M05", 999_999)), NONE);
    assert_eq!(unasked(|facts| fined(facts, "M05", 1_000_000)), both);
    assert_eq!(unasked(|facts| fined(facts, "M05", 10_000_000_000)), both);
    assert_eq!(unasked(|facts| fined(facts, "M23", 99_999)), NONE);
    assert_eq!(unasked(|facts| fined(facts, "M23", 100_000)), both);
    assert_eq!(unasked(suspended), both);
    assert_eq!(unasked(|facts| facts.hearing.held = true), ["heavy_reviewed"]);
}

#[test]
fn what_is_heavy_is_the_regions_and_a_refusal_names_the_figure() {
    let mut ask = good("case", "decide");
    ask.facts.discussion = Discussion::default();
    for region in [&mut ask.region, &mut ask.actor.region] {
        "990101".clone_into(region);
    }
    fined(&mut ask.facts, "M05", 9_999_999);
    assert_eq!(refusals("case", "decide", &ask), NONE);
    fined(&mut ask.facts, "M05", 10_000_000);
    let said = "处罚达到须集体讨论的标准，没有讨论记录：罚款100000.00元，单位的标准为100000.00元";
    assert_eq!(words("case", "decide", &ask), [said]);
    let mut without = PROCEDURES.clone();
    without.schemes = None;
    ask.procedures = &without;
    fined(&mut ask.facts, "M05", 100);
    assert_eq!(refusals("case", "decide", &ask), ["heavy_discussed"], "without figures no penalty is light");
}

/// By which guards a decision of a kind is refused.
fn decided(kind: DecisionKind, change: fn(&mut Decision)) -> Vec<String> {
    let mut ask = good("case", "decide");
    ask.facts.decision.kind = Some(kind);
    change(&mut ask.facts.decision);
    refusals("case", "decide", &ask)
}

fn empty(decision: &mut Decision) {
    decision.items.clear();
    decision.lines.clear();
}

fn returned(decision: &mut Decision) {
    let proposal = &mut decision.items[0].proposal;
    (proposal.fined, proposal.returned) = (None, Some(Returned(Fen(200_000))));
}

#[test]
fn a_decision_has_the_measures_of_its_kind_and_no_others() {
    let wrong = ["decision_of_kind"];
    assert_eq!(decided(DecisionKind::Penalty, empty), wrong, "a penalty of nothing");
    for kind in [DecisionKind::NoPenalty, DecisionKind::NotEstablished, DecisionKind::Moved] {
        assert_eq!(decided(kind, empty), NONE, "{}", kind.title());
        assert_eq!(decided(kind, |_| {}), wrong, "{} with a fine", kind.title());
        assert_eq!(decided(kind, |decision| decision.items.clear()), wrong, "{} with lines", kind.title());
    }
    assert_eq!(decided(DecisionKind::NoPenalty, returned), NONE, "what was lost is returned all the same");
    assert_eq!(decided(DecisionKind::Moved, returned), wrong);
    let halted = |decision: &mut Decision| {
        let proposal = &mut decision.items[0].proposal;
        (proposal.fined, proposal.serious, proposal.suspension) = (None, true, Some(6));
    };
    assert_eq!(decided(DecisionKind::NoPenalty, halted), wrong);
}

#[test]
fn lines_are_named_where_the_clue_knows_them_and_money_is_counted_by_them() {
    let mut ask = good("case", "decide");
    ask.facts.decision.lines.clear();
    assert_eq!(refusals("case", "decide", &ask), ["lines_named"]);
    ask.facts.decision.lines.insert(" ".into());
    assert_eq!(refusals("case", "decide", &ask), ["lines_named"], "a blank names none");
    ask.around.lines_known = false;
    assert_eq!(refusals("case", "decide", &ask), NONE);
    ask.around.lines_known = true;
    // Who refuses an inspection is fined by no line.
    let fine = Fen(1_000_000);
    let proposal = Proposal { refused_to_correct: true, fined: Some(Fined(fine)), ..Proposal::default() };
    ask.facts.decision.items = vec![DecisionItem { measure: "M10".into(), proposal }];
    ask.facts.notices[0].fine = fine;
    assert_eq!(refusals("case", "decide", &ask), NONE);
}

#[test]
fn money_out_of_bounds_says_which_item_and_between_what_it_must_lie() {
    let mut ask = good("case", "decide");
    let proposal = Proposal { loss: Fen(200_000), fined: Some(Fined(Fen(1))), ..Proposal::default() };
    ask.facts.decision.items.push(DecisionItem { measure: "M03".into(), proposal });
    ask.facts.decision.items.push(DecisionItem { measure: "M99".into(), proposal });
    ask.facts.notices[0].fine = Fen(300_000);
    let said = "金额超出法定幅度：第2项（《医疗保障基金使用监督管理条例》第38条（一））罚款低于下限2000.00元（上限4000.00元）；\
                确须减轻的应记录减轻情节；第3项没有这一条款";
    assert_eq!(words("case", "decide", &ask), [said]);
}

#[test]
fn papers_that_must_go_with_a_transfer_are_named() {
    let mut ask = good("transfer", "send");
    ask.around.unissued_papers = vec!["案件调查报告".into(), "涉嫌犯罪案件移送书".into()];
    let said = "移送的文书没有在本案出具：案件调查报告、涉嫌犯罪案件移送书";
    assert_eq!(words("transfer", "send", &ask), [said]);
}

#[test]
fn what_lacks_of_the_enclosures_is_named_and_a_word_alone_points_at_nothing() {
    let lacks = |change: &dyn Fn(&mut Vec<Enclosed>)| {
        let mut ask = good("transfer", "send");
        change(&mut ask.facts.transfer.enclosures);
        words("transfer", "send", &ask)
    };
    let of = |enclosure: Enclosure, form| Enclosed { form, ..Enclosed::ticked(enclosure) };
    let said = ["移送附件不齐：案件调查报告、检验报告或者鉴定结论"];
    assert_eq!(
        lacks(&|all| {
            all.retain(|one| one.enclosure != Enclosure::Tests);
            all[1] = of(Enclosure::Report, Some(EnclosedAs::None));
        }),
        said,
        "a transfer always has its report"
    );
    for form in [None, Some(EnclosedAs::Paper), Some(EnclosedAs::File), Some(EnclosedAs::Original)] {
        let said = ["移送附件不齐：其他有关材料"];
        assert_eq!(lacks(&|all| all.push(of(Enclosure::Others, form))), said, "{form:?} of nothing");
    }
    assert_eq!(lacks(&|all| all[2] = of(Enclosure::Goods, Some(EnclosedAs::None))), NONE);
}
