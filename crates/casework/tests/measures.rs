//! Money stays inside the law's bounds, the four kinds stay apart, and a reminder to transfer is never more than a reminder.

use mingcha_casework::{
    Procedures,
    measure::{BoundError, Proposal, When, transfer_prompt},
    money::{Account, AgreementDamages, Amounts, Fined, MoneyKind, Refused, Returned},
    procedures::embedded_files,
};
use mingcha_model::Fen;
use proptest::prelude::*;
use std::sync::LazyLock;

static PROCEDURES: LazyLock<Procedures> = LazyLock::new(|| Procedures::embedded().0);

fn yuan(yuan: i64) -> Fen {
    Fen(yuan * 100)
}

fn errors(measure: &str, proposal: &Proposal) -> Vec<BoundError> {
    PROCEDURES.measures[measure].check(proposal).err().unwrap_or_default()
}

fn loss(fine: i64) -> Proposal {
    let (returned, fined) = (Some(Returned(yuan(1000))), Some(Fined(yuan(fine))));
    Proposal { loss: yuan(1000), returned, fined, ..Proposal::default() }
}

#[test]
fn all_twenty_nine_measures_stand_as_data() {
    let (procedures, faults) = Procedures::embedded();
    assert!(faults.is_empty(), "{faults:?}");
    let ids: Vec<String> = (1..=29).map(|number| format!("M{number:02}")).collect();
    assert_eq!(procedures.measures.keys().cloned().collect::<Vec<_>>(), ids);
}

#[test]
fn a_fine_for_a_loss_is_once_to_twice_the_loss() {
    for fine in [1000, 1500, 2000] {
        assert_eq!(errors("M03", &loss(fine)), [], "{fine}");
    }
    let (kind, least, most) = (MoneyKind::Fined, yuan(1000), yuan(2000));
    assert_eq!(errors("M03", &loss(999)), [BoundError::Below { kind, least, most }]);
    assert_eq!(errors("M03", &loss(2001)), [BoundError::Above { kind, least, most }]);
    assert_eq!(errors("M03", &loss(2001))[0].to_string(), "罚款超过上限2000.00元（下限1000.00元）");
}

#[test]
fn nothing_of_a_kind_of_money_is_as_if_it_were_not_proposed() {
    let (damages, refused) = (Some(AgreementDamages(Fen::ZERO)), Some(Refused(Fen::ZERO)));
    assert_eq!(errors("M03", &Proposal { damages, refused, suspension: Some(0), ..loss(1000) }), []);
    assert_eq!(errors("M01", &Proposal { suspension: Some(0), ..Proposal::default() }), []);
    assert_eq!(errors("M03", &loss(0)), [], "a return without a fine");
}

#[test]
fn without_a_loss_there_is_no_fine() {
    let proposal = Proposal { fined: Some(Fined(yuan(1))), ..Proposal::default() };
    assert!(matches!(errors("M03", &proposal)[..], [BoundError::NoBase(MoneyKind::Fined, _)]));
}

#[test]
fn fraud_is_fined_twice_to_five_times_and_the_department_must_be_suspended() {
    let fraud = |fine, months| Proposal {
        defrauded: yuan(1000),
        fined: Some(Fined(yuan(fine))),
        suspension: months,
        ..Proposal::default()
    };
    assert_eq!(errors("M11", &fraud(2000, Some(6))), []);
    assert_eq!(errors("M11", &fraud(5000, Some(12))), []);
    assert_eq!(errors("M11", &fraud(5001, Some(13))).len(), 2);
    assert_eq!(errors("M11", &fraud(3000, None)), [BoundError::SuspensionMissing { least: 6, most: 12 }]);
}

#[test]
fn a_suspension_for_misuse_needs_a_refusal_or_serious_consequences() {
    let proposal = Proposal { suspension: Some(6), ..loss(1000) };
    assert_eq!(errors("M03", &proposal), [BoundError::SuspensionNotTheCase(When::RefusedOrSerious)]);
    assert_eq!(errors("M03", &Proposal { serious: true, ..proposal }), []);
    assert_eq!(
        errors("M01", &Proposal { suspension: Some(6), ..Proposal::default() }),
        [BoundError::NoSuspension]
    );
}

#[test]
fn a_management_fine_is_ten_to_fifty_thousand_after_a_refusal_to_correct() {
    let fine = |amount, refused_to_correct| Proposal {
        fined: Some(Fined(yuan(amount))),
        refused_to_correct,
        ..Proposal::default()
    };
    let not_the_case = [BoundError::NotTheCase(MoneyKind::Fined, When::RefusedToCorrect)];
    assert_eq!(errors("M10", &fine(10_000, false)), not_the_case);
    assert_eq!(errors("M10", &fine(10_000, true)), []);
    assert_eq!(errors("M10", &fine(50_001, true)).len(), 1);
    assert_eq!(errors("M10", &fine(9_999, true)).len(), 1);
}

#[test]
fn less_than_the_least_fine_needs_a_recorded_ground_and_the_fund_is_never_short_changed() {
    let mild = Proposal { mitigated: true, ..loss(100) };
    assert_eq!(errors("M03", &mild), []);
    let more = Proposal { returned: Some(Returned(yuan(1001))), ..mild };
    let above = BoundError::Above { kind: MoneyKind::Returned, least: Fen::ZERO, most: yuan(1000) };
    assert_eq!(errors("M03", &more), [above]);
    let negative = Proposal { fined: Some(Fined(yuan(-5))), ..mild };
    assert_eq!(errors("M03", &negative).len(), 1);
}

#[test]
fn money_that_an_article_does_not_know_is_refused() {
    let proposal =
        Proposal { damages: Some(AgreementDamages(yuan(1))), refused: Some(Refused(yuan(1))), ..loss(1000) };
    let expected =
        [BoundError::NotForeseen(MoneyKind::AgreementDamages), BoundError::NotForeseen(MoneyKind::Refused)];
    assert_eq!(errors("M03", &proposal), expected);
    // The agreement's own article knows them.
    let agreement = Proposal { fined: None, ..proposal };
    assert_eq!(errors("M24", &agreement), []);
}

#[test]
fn each_kind_of_money_goes_to_its_own_account() {
    let accounts = [MoneyKind::Returned, MoneyKind::Fined, MoneyKind::AgreementDamages, MoneyKind::Refused]
        .map(MoneyKind::account);
    assert_eq!(accounts, [Account::Fund, Account::Treasury, Account::Agreement, Account::Unpaid]);
    let one = Amounts { returned: Returned(Fen(5)), fined: Fined(Fen(7)), ..Amounts::default() };
    let two = one + Amounts { fined: Fined(Fen(1)), refused: Refused(Fen(2)), ..Amounts::default() };
    assert_eq!((two.returned, two.fined, two.refused), (Returned(Fen(5)), Fined(Fen(8)), Refused(Fen(2))));
}

/// Does not compile where one kind can be added to another: `probe` would then be ambiguous.
#[test]
fn no_kind_of_money_can_be_added_to_another() {
    macro_rules! apart {
        ($($one:ty, $other:ty;)*) => {$({
            trait Probe<A> {
                fn probe() -> bool {
                    true
                }
            }
            impl<T: ?Sized> Probe<()> for T {}
            impl<T: ?Sized + std::ops::Add<$other>> Probe<u8> for T {}
            assert!(<$one as Probe<_>>::probe());
        })*};
    }
    apart! {
        Returned, Fined; Returned, AgreementDamages; Returned, Refused; Fined, Returned; Fined, AgreementDamages;
        Fined, Refused; AgreementDamages, Returned; AgreementDamages, Refused; Refused, Returned; Returned, Fen;
    }
}

#[test]
fn the_surcharge_is_three_per_cent_a_day_and_never_more_than_the_fine() {
    let surcharge = &PROCEDURES.surcharges["fine"];
    for (days, yuans) in [(0, 0), (1, 30), (10, 300), (33, 990), (34, 1000), (4_000_000_000, 1000)] {
        assert_eq!(surcharge.after(Fined(yuan(1000)), days), Fined(yuan(yuans)), "{days}");
    }
}

#[test]
fn a_transfer_is_suggested_only_with_a_suspected_purpose_and_the_figure_counts_as_reached() {
    let thresholds = PROCEDURES.thresholds("330000");
    assert_eq!(transfer_prompt(yuan(2999), true, thresholds), None);
    assert_eq!(transfer_prompt(yuan(3000), false, thresholds), None);
    let prompt = transfer_prompt(yuan(3000), true, thresholds).expect("reached");
    assert!(prompt.threshold == "large" && prompt.words.contains("请研究是否移送"));
    assert_eq!(transfer_prompt(yuan(600_000), true, thresholds).expect("reached").threshold, "enormous");
}

#[test]
fn a_province_sets_its_thresholds_inside_the_bounds() {
    let with = |fen: i64| {
        let mut files = embedded_files();
        let text =
            format!("region = \"330000\"\ntitle = \"某省\"\n[[threshold]]\nid = \"large\"\nfen = {fen}\n");
        files.insert("regions/330000.toml".into(), text.into());
        Procedures::from_files(&files)
    };
    let (procedures, faults) = with(600_000);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(transfer_prompt(yuan(5000), true, procedures.thresholds("330100")), None);
    assert!(transfer_prompt(yuan(5000), true, procedures.thresholds("110000")).is_some());
    let (_, faults) = with(2_000_000);
    assert_eq!((faults.len(), faults[0].line), (1, 5), "{faults:?}");
}

#[test]
fn a_measure_file_with_faults_names_them_all() {
    let text = "[[measure]]\nid = \"M03\"\nsubject = \"s\"\narticle = \"a\"\nact = \"a\"\ncertainty = \"recalled\"\n\n[[measure.money]]\nkind = \"gift\"\nbase = \"amount\"\nleast_bp = 5\n";
    let mut files = embedded_files();
    files.insert("measures/site.toml".into(), text.into());
    let (_, faults) = Procedures::from_files(&files);
    let columns: Vec<&str> = faults.iter().map(|fault| fault.column.as_str()).collect();
    for column in
        ["measure.1.note", "measure.1.money.1.kind", "measure.1.money.1.most_bp", "measure.1.money.1.base"]
    {
        assert!(columns.contains(&column), "{column}: {faults:?}");
    }
}

proptest! {
    #[test]
    fn no_accepted_fine_crosses_its_multiples(loss in 0..10_000_000_000_i64, fine in 0..30_000_000_000_i64) {
        let proposal = Proposal { loss: Fen(loss), fined: Some(Fined(Fen(fine))), ..Proposal::default() };
        // No fine at all is not proposed.
        let inside = fine == 0 || fine >= loss && fine <= 2 * loss;
        prop_assert_eq!(errors("M03", &proposal).is_empty(), inside);
    }

    #[test]
    fn a_multiple_that_is_no_whole_fen_is_rounded_inward(base in 1..1_000_000_i64, bound in 0..2, off in -2..3_i64) {
        let fine = base * [12_345, 23_456][bound as usize] / 10_000 + off;
        let mut measure = PROCEDURES.measures["M03"].clone();
        for money in &mut measure.money {
            money.multiple = money.multiple.map(|_| (12_345, 23_456));
        }
        let proposal = Proposal { loss: Fen(base), fined: Some(Fined(Fen(fine))), ..Proposal::default() };
        let (fine, base) = (i128::from(fine) * 10_000, i128::from(base));
        let inside = fine == 0 || fine >= base * 12_345 && fine <= base * 23_456;
        prop_assert_eq!(measure.check(&proposal).is_ok(), inside);
    }
}
