//! Detectors of charging against naive references: the same question asked of every pair of lines.

use crate::{
    rows::{TextRow, TextTables},
    trial::{Seen, library, row, seen},
};
use mingcha_library::Library;
use mingcha_model::Date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// One random line; encounter `e` is at institution `e % 2`.
#[derive(Clone, Debug)]
struct Fee {
    sn: String,
    encounter: usize,
    /// Minutes since the beginning of 2025.
    minute: i64,
    code: usize,
    cnt: i64,
}

impl Fee {
    fn day(&self) -> i64 {
        self.minute / 1440
    }

    fn place(&self) -> usize {
        self.encounter % 2
    }
}

/// Up to `most` lines on `days` days, in the order in which a person's lines stand.
fn fees(most: usize, days: i64, codes: usize) -> impl Strategy<Value = Vec<Fee>> {
    let line = (0..3_usize, 0..days, prop::sample::select(vec![1_i64, 30, 61, 400, 790]), 0..codes, 0..3_i64);
    prop::collection::vec(line, 0..most).prop_map(|lines| {
        let mut fees: Vec<Fee> = lines
            .into_iter()
            .enumerate()
            .map(|(at, (encounter, day, minute, code, cnt))| Fee {
                sn: format!("F{at:02}"),
                encounter,
                minute: day * 1440 + minute,
                code,
                cnt,
            })
            .collect();
        fees.sort_by_key(|fee| (fee.minute, fee.place(), fee.sn.clone()));
        fees
    })
}

fn time(minute: i64) -> String {
    let day = Date(Date::new(2025, 1, 1).expect("a day").0 + (minute / 1440) as i32);
    format!("{day} {:02}:{:02}:00", minute % 1440 / 60, minute % 60)
}

fn tables(fees: &[Fee], codes: &[&str], med_type: &str, more: impl Fn(&Fee) -> TextRow) -> TextTables {
    let mut tables = TextTables::new();
    for encounter in 0..3 {
        tables.entry("encounter".to_owned()).or_default().push(row(&[
            ("mdtrt_id", &format!("E{encounter}")),
            ("fixmedins_code", &format!("H9901010000{}", encounter % 2)),
            ("med_type", med_type),
            ("begntime", "2025-01-01 00:00:00"),
            ("endtime", "2025-01-04 00:00:00"),
        ]));
    }
    let lines = fees.iter().map(|fee| {
        let mut line = row(&[
            ("feedetl_sn", &fee.sn),
            ("mdtrt_id", &format!("E{}", fee.encounter)),
            ("fee_ocur_time", &time(fee.minute)),
            ("med_list_codg", codes[fee.code]),
            ("cnt", &fee.cnt.to_string()),
            ("pric", "10"),
        ]);
        line.extend(more(fee));
        line
    });
    tables.insert("fee".to_owned(), lines.collect());
    tables
}

/// Serial numbers of all lines that offend, sure or not.
fn offending(detector: &str, settings: &str, library: &Library, tables: &TextTables) -> BTreeSet<String> {
    seen(detector, settings, library, tables).into_iter().flat_map(|seen| seen.offending).collect()
}

fn plain(fees: &[Fee], codes: &[&str]) -> TextTables {
    tables(fees, codes, "11", |_| TextRow::new())
}

fn listed(columns: &str, rows: &[&str]) -> Library {
    library(&[("list", columns, rows)])
}

const ITEMS: [&str; 3] = ["001000000000001", "001000000000002", "009000000000009"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn limit_equals_a_sum_of_every_day(fees in fees(12, 3, 3)) {
        let library = listed("code name value", &["001000000000001 甲 1", "001000000000002 乙 3"]);
        let limits = [1, 3, i64::MAX];
        let sum = |of: &Fee| -> i64 {
            let same = |fee: &&Fee| (fee.encounter, fee.code, fee.day()) == (of.encounter, of.code, of.day());
            fees.iter().filter(same).map(|fee| fee.cnt).sum()
        };
        let naive: BTreeSet<String> =
            fees.iter().filter(|fee| fee.cnt > 0 && sum(fee) > limits[fee.code]).map(|fee| fee.sn.clone()).collect();
        let found = offending("limit", "knowledge = 'list'\ncode = 'code'", &library, &plain(&fees, &ITEMS));
        // Lines of no quantity on such a day may be named as well.
        let positive = |sn: &String| fees.iter().any(|fee| fee.sn == *sn && fee.cnt > 0);
        prop_assert_eq!(found.into_iter().filter(positive).collect::<BTreeSet<_>>(), naive);
    }

    #[test]
    fn cycle_equals_a_look_back_from_every_line(mut fees in fees(10, 12, 3)) {
        for fee in &mut fees {
                fee.cnt = 1;
        }
        let library = listed("code name value window_days", &["001000000000001 甲 1 4", "001000000000002 乙 2 3"]);
        let terms = [(1, 4), (2, 3), (usize::MAX, 1)];
        let mut kept: Vec<&Fee> = Vec::new();
        let mut naive = BTreeSet::new();
        for fee in &fees {
            let (limit, window) = terms[fee.code];
            let before = kept.iter().filter(|old| old.code == fee.code && fee.day() - old.day() < window).count();
            if before < limit { kept.push(fee) } else { naive.insert(fee.sn.clone()); }
        }
        let found = offending("cycle", "knowledge = 'list'\ncode = 'code'", &library, &plain(&fees, &ITEMS));
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn course_equals_a_count_of_days(fees in fees(14, 20, 3), span in any::<bool>()) {
        let library = listed("code name value", &["001000000000001 甲 3", "001000000000002 乙 5"]);
        let mut naive = BTreeSet::new();
        for (code, limit) in [(0, 3), (1, 5)] {
            let days: BTreeSet<i64> = fees.iter().filter(|fee| fee.code == code).map(Fee::day).collect();
            let (mut course, mut last): (Vec<i64>, i64) = (Vec::new(), i64::MIN / 2);
            for day in days {
                if day - last > 4 { course.clear(); }
                course.push(day);
                last = day;
                let count = if span { (day - course[0]) as usize + 1 } else { course.len() };
                if count > limit {
                    let own = fees.iter().filter(|fee| fee.code == code && fee.day() == day);
                    naive.extend(own.map(|fee| fee.sn.clone()));
                }
            }
        }
        let measure = if span { "span" } else { "days" };
        let settings = format!("knowledge = 'list'\ncode = 'code'\nmeasure = '{measure}'\ngap_days = 4");
        let paid = tables(&fees, &ITEMS, "11", |_| row(&[("inscp_scp_amt", "5.00")]));
        prop_assert_eq!(offending("course", &settings, &library, &paid), naive);
    }

    #[test]
    fn stay_days_equals_a_sum_over_each_stay(fees in fees(12, 3, 3), tolerance in 0..3_i64) {
        let library = library(&[]);
        let charged = |encounter: usize| -> i64 {
            fees.iter().filter(|fee| fee.encounter == encounter && fee.code < 2).map(|fee| fee.cnt).sum()
        };
        let over = |fee: &&Fee| fee.code < 2 && charged(fee.encounter) > 3 + tolerance;
        let naive: BTreeSet<String> = fees.iter().filter(over).map(|fee| fee.sn.clone()).collect();
        let settings = format!("codes = ['001']\ntolerance = {tolerance}");
        let stays = tables(&fees, &ITEMS, "21", |_| TextRow::new());
        prop_assert_eq!(offending("stay_days", &settings, &library, &stays), naive);
    }

    #[test]
    fn exclusion_equals_a_look_at_all_pairs(mut fees in fees(12, 2, 3), window in 0..4_usize) {
        // The including item is charged often enough for all; quantities are looked at in the fixtures.
        for fee in fees.iter_mut().filter(|fee| fee.code == 0) {
            fee.cnt = 99;
        }
        let name = ["单日", "单次就诊", "同一小时", "6小时"][window];
        let rows = format!("{name} 001000000000001 主 001000000000002 次");
        let library = listed("window main_code main_name sub_code sub_name", &[&rows]);
        let near = |a: &Fee, b: &Fee| match window {
            0 => a.place() == b.place() && a.day() == b.day(),
            1 => a.encounter == b.encounter,
            2 => a.place() == b.place() && (a.minute - b.minute).abs() < 60,
            _ => a.place() == b.place() && (a.minute - b.minute).abs() < 360,
        };
        let doubled =
            |sub: &&Fee| sub.code == 1 && sub.cnt > 0 && fees.iter().any(|main| main.code == 0 && near(main, sub));
        let naive: BTreeSet<String> = fees.iter().filter(doubled).map(|fee| fee.sn.clone()).collect();
        let settings = format!("knowledge = 'list'\nwindows = ['{name}']");
        prop_assert_eq!(offending("exclusion", &settings, &library, &plain(&fees, &ITEMS)), naive);
    }

    #[test]
    fn exclusion_never_counts_more_units_than_either_side_has(fees in fees(10, 1, 2)) {
        let library = listed("window main_code main_name sub_code sub_name", &["单次就诊 001000000000001 主 001000000000002 次"]);
        let units = |encounter: usize, code: usize| -> i64 {
            fees.iter().filter(|fee| fee.encounter == encounter && fee.code == code).map(|fee| fee.cnt).sum()
        };
        let naive: i64 = (0..3).map(|encounter| units(encounter, 0).min(units(encounter, 1))).sum();
        let found: i64 = seen("exclusion", "knowledge = 'list'\nwindows = ['单次就诊']", &library, &plain(&fees, &ITEMS))
            .iter()
            .map(|seen| seen.value("over").parse::<i64>().expect("a number"))
            .sum();
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn requirement_equals_a_look_at_each_stay(fees in fees(10, 2, 3), least in 0..3_i64) {
        let library = listed("code_prefix class", &["001000000000001 surgery", "001000000000002 anaesthesia"]);
        let kept = |of: &Fee| fees.iter().any(|fee| fee.encounter == of.encounter && fee.code == 1);
        let naive: BTreeSet<String> = fees
            .iter()
            .filter(|fee| fee.code == 0 && fee.cnt * 10 >= least * 10 && !kept(fee))
            .map(|fee| fee.sn.clone())
            .collect();
        let settings = format!("knowledge = 'list'\nof = ['surgery']\nneeds = ['anaesthesia']\nleast = {}", least * 10);
        let stays = tables(&fees, &ITEMS, "21", |_| TextRow::new());
        prop_assert_eq!(offending("requirement", &settings, &library, &stays), naive);
    }

    #[test]
    fn duplicate_equals_a_look_at_all_pairs(fees in fees(16, 2, 3)) {
        let copy = |a: &Fee, b: &Fee| {
            (a.encounter, a.code, a.minute, a.cnt) == (b.encounter, b.code, b.minute, b.cnt)
        };
        let naive: BTreeSet<String> = (0..fees.len())
            .filter(|&at| fees[..at].iter().any(|before| copy(before, &fees[at])))
            .map(|at| fees[at].sn.clone())
            .collect();
        prop_assert_eq!(offending("duplicate", "", &library(&[]), &plain(&fees, &ITEMS)), naive);
    }

    #[test]
    fn price_and_arithmetic_equal_a_look_at_each_line(
        fees in fees(8, 2, 3), prices in prop::collection::vec((0..5_i64, 0..5_i64, -3..4_i64), 8),
    ) {
        let of: BTreeMap<&str, (i64, i64, i64)> =
            fees.iter().zip(&prices).map(|(fee, &price)| (fee.sn.as_str(), price)).collect();
        let rows = tables(&fees, &ITEMS, "11", |fee| {
            let (pric, ceiling, off) = of[fee.sn.as_str()];
            let amount = fee.cnt * (1000 + pric) + off;
            let yuan = |fen: i64| mingcha_model::Fen(fen).yuan();
            row(&[
                ("pric", &yuan(1000 + pric)),
                ("pric_uplmt_amt", &yuan(1000 + ceiling)),
                ("det_item_fee_sumamt", &yuan(amount)),
            ])
        });
        let dear = |fee: &&Fee| {
            let (pric, ceiling, _) = of[fee.sn.as_str()];
            pric - ceiling > 1 && fee.cnt * (pric - ceiling) > 1
        };
        let naive: BTreeSet<String> = fees.iter().filter(dear).map(|fee| fee.sn.clone()).collect();
        prop_assert_eq!(offending("price", "tolerance = 1", &library(&[]), &rows), naive);
        let off = |fee: &&Fee| of[fee.sn.as_str()].2.abs() > 1;
        let naive: BTreeSet<String> = fees.iter().filter(off).map(|fee| fee.sn.clone()).collect();
        prop_assert_eq!(offending("arithmetic", "tolerance = 1", &library(&[]), &rows), naive);
    }

    #[test]
    fn discount_equals_a_look_at_each_session(fees in fees(8, 2, 3), half in prop::collection::vec(any::<bool>(), 8)) {
        let library = listed("group item_code name", &["组 001000000000001 甲", "组 001000000000002 乙"]);
        let full: BTreeMap<&str, bool> =
            fees.iter().zip(&half).map(|(fee, &half)| (fee.sn.as_str(), !half && fee.cnt > 0)).collect();
        let price = |fee: &Fee| if full[fee.sn.as_str()] { 100 + 10 * fee.code } else { 50 };
        let rows = tables(&fees, &ITEMS, "21", |fee| {
            row(&[("pric", &price(fee).to_string()), ("pric_uplmt_amt", &(100 + 10 * fee.code).to_string())])
        });
        let beside = |of: &Fee| {
            fees.iter().any(|fee| {
                (fee.encounter, fee.day(), fee.code) == (of.encounter, of.day(), 1) && full[fee.sn.as_str()]
            })
        };
        // The second code is the dearer one, so where both are at full price the first offends.
        let naive: BTreeSet<String> = fees
            .iter()
            .filter(|fee| fee.code == 0 && full[fee.sn.as_str()] && beside(fee))
            .map(|fee| fee.sn.clone())
            .collect();
        prop_assert_eq!(offending("discount", "knowledge = 'list'\npercent = 50", &library, &rows), naive);
    }

    #[test]
    fn restriction_equals_a_look_at_each_line(fees in fees(10, 2, 3), gend in 1..3_usize, paid in any::<bool>()) {
        let library = listed("code name value", &["001000000000001 甲 男", "001000000000002 乙 女"]);
        let mut rows = tables(&fees, &ITEMS, "11", |_| row(&[("inscp_scp_amt", if paid { "1.00" } else { "0.00" })]));
        rows.insert("person".to_owned(), vec![row(&[("gend", &gend.to_string())])]);
        let wrong = |fee: &&Fee| paid && fee.code < 2 && fee.code + 1 != gend;
        let naive: BTreeSet<String> = fees.iter().filter(wrong).map(|fee| fee.sn.clone()).collect();
        let settings = "knowledge = 'list'\ncode = 'code'\ncheck = 'sex'";
        prop_assert_eq!(offending("restriction", settings, &library, &rows), naive);
    }

    #[test]
    fn indication_equals_a_look_at_all_diagnoses(fees in fees(8, 2, 2), codes in prop::collection::vec(0..3_usize, 3)) {
        let library = listed("code name icd", &["001000000000001 甲 I63"]);
        let mut rows = tables(&fees, &ITEMS, "11", |_| row(&[("inscp_scp_amt", "1.00")]));
        let diagnoses = codes.iter().enumerate().map(|(encounter, &code)| {
            row(&[("mdtrt_id", &format!("E{encounter}")), ("diag_code", ["I63.9", "I10", "I6"][code])])
        });
        rows.insert("diagnosis".to_owned(), diagnoses.collect());
        // All three encounters begin on one day, so that each looks back on all.
        let naive: BTreeSet<String> = fees
            .iter()
            .filter(|fee| fee.code == 0 && !codes.contains(&0))
            .map(|fee| fee.sn.clone())
            .collect();
        let settings = "knowledge = 'list'\ncode = 'code'\ndiagnoses = 'icd'\nlookback = 30";
        prop_assert_eq!(offending("indication", settings, &library, &rows), naive);
    }

    #[test]
    fn alone_equals_a_look_at_each_prescription(fees in fees(8, 2, 3), numbers in prop::collection::vec(0..2_usize, 8)) {
        let codes = ["T000000001", "T000000002", "X00000000000000000000"];
        let library = listed("code name value", &["T000000001 甲 yes"]);
        let of: BTreeMap<&str, usize> =
            fees.iter().zip(&numbers).map(|(fee, &number)| (fee.sn.as_str(), number)).collect();
        let rows = tables(&fees, &codes, "11", |fee| {
            row(&[("rxno", &format!("R{}", of[fee.sn.as_str()])), ("inscp_scp_amt", "1.00")])
        });
        let rx = |fee: &Fee| (fee.encounter, of[fee.sn.as_str()]);
        // A line of no quantity was reversed or never given, and keeps nobody company where it does not count.
        let accompanied = |fee: &Fee| fees.iter().any(|other| other.code == 1 && rx(other) == rx(fee));
        let naive: BTreeSet<String> =
            fees.iter().filter(|fee| fee.code == 0 && !accompanied(fee)).map(|fee| fee.sn.clone()).collect();
        let settings = "knowledge = 'list'\ncode = 'code'\nkin = 'T'";
        prop_assert_eq!(offending("alone", settings, &library, &rows), naive);
    }
}

#[test]
fn a_total_is_compared_with_its_parts_and_its_lines() {
    let lines = |amounts: [&str; 2]| {
        amounts.map(|amount| row(&[("mdtrt_id", "E1"), ("det_item_fee_sumamt", amount)])).to_vec()
    };
    let with_own = |total: &str, fund: &str, pooled: &str, aid: &str, own: &str| -> Vec<String> {
        let settlement = row(&[
            ("fulamt_ownpay_amt", own),
            ("overlmt_selfpay", "0.00"),
            ("preselfpay_amt", "10.00"),
            ("inscp_scp_amt", "90.00"),
            ("mdtrt_id", "E1"),
            ("medfee_sumamt", total),
            ("fund_pay_sumamt", fund),
            ("hifp_pay", pooled),
            ("maf_pay", aid),
        ]);
        let tables: TextTables =
            [("fee".to_owned(), lines(["60.00", "40.00"])), ("settlement".to_owned(), vec![settlement])]
                .into_iter()
                .collect();
        let seen = seen("balance", "tolerance = 1", &library(&[]), &tables);
        let sure = |seen: &Seen| if seen.sure { "" } else { "?" };
        seen.iter()
            .map(|seen| format!("{} {}{}", seen.value("what"), seen.value("difference"), sure(seen)))
            .collect()
    };
    let said = |total: &str, fund: &str, pooled: &str, aid: &str| with_own(total, fund, pooled, aid, "");
    assert_eq!(said("100.00", "80.00", "70.00", "10.00"), Vec::<String>::new());
    assert_eq!(said("100.01", "80.01", "70.00", "10.00"), Vec::<String>::new());
    assert_eq!(said("100.02", "80.00", "80.00", ""), ["医疗费总额 0.02?"]);
    assert_eq!(said("100.00", "80.02", "70.00", "10.00"), ["基金支付总额 0.02"]);
    assert_eq!(said("99.00", "80.00", "90.00", ""), Vec::<String>::new());
    assert_eq!(with_own("100.01", "80.00", "80.00", "", "0.00"), Vec::<String>::new());
    assert_eq!(with_own("100.02", "80.00", "80.00", "", "0.00"), ["医疗费总额 0.02"]);
    assert_eq!(with_own("120.00", "80.00", "80.00", "", "20.00"), ["医疗费总额 20.00?"]);
}
