//! The trail proves itself: honest records verify, and whatever is done to them behind the store's back is found and named.

use mingcha_casework::{
    clock::ServerTime,
    trail::{
        Anchor, Digest, Entry, Fault, Head, Object, Outcome, Record, Who, Witness, decode, encode, read_line,
        verify, write_lines,
    },
};
use mingcha_model::Time;
use proptest::{prelude::*, test_runner::TestRng};

fn record(number: u64) -> Record {
    Record {
        seq: 0,
        at: ServerTime::from_store(Time(1_750_000_000 + number as i64 * 7)),
        who: Who {
            account: format!("u{}", number % 5),
            organisation: "210100".into(),
            role: "handler".into(),
        },
        from: "10.0.0.7".into(),
        act: "case.file".into(),
        outcome: if number.is_multiple_of(7) { Outcome::Refused } else { Outcome::Done },
        on: Object { kind: "case".into(), id: format!("c{}", number % 11) },
        before: number.is_multiple_of(2).then(|| format!("{{\"state\":\"s{number}\"}}")),
        after: Some(format!("{{\"state\":\"s{}\"}}", number + 1)),
        why: "核查需要".into(),
    }
}

fn trail(length: u64) -> (Vec<Entry>, Head) {
    let mut head = Head::default();
    let entries = (1..=length).map(|number| head.append(record(number))).collect();
    (entries, head)
}

fn now() -> ServerTime {
    ServerTime::from_store(Time(1_760_000_000))
}

fn closed(head: Head) -> Witness {
    Witness { anchors: Vec::new(), head: Some(head.anchor(now())) }
}

fn faults(entries: Vec<Entry>, witness: &Witness) -> Vec<Fault> {
    verify(entries, witness).faults
}

#[test]
fn ten_thousand_honest_records_verify() {
    let (entries, head) = trail(10_000);
    let report = verify(entries, &closed(head));
    assert_eq!((report.entries, report.faults), (10_000, Vec::new()));
}

#[test]
fn a_trail_may_grow_beyond_an_anchor_but_not_beyond_its_head() {
    let (mut entries, mut head) = trail(20);
    let anchor = head.anchor(now());
    entries.push(head.append(record(21)));
    let anchored = Witness { anchors: vec![anchor], head: None };
    assert_eq!(faults(entries.clone(), &anchored), []);
    let ended = Witness { anchors: Vec::new(), head: Some(anchor) };
    assert_eq!(faults(entries, &ended), [Fault::Inserted { seq: 21, position: 21 }]);
}

/// What somebody with the database in hand may do.
#[derive(Clone, Copy, Debug)]
enum Tampering {
    AlterWhy,
    AlterTime,
    AlterOutcome,
    AlterDigest,
    AlterAndRechain,
    Rewrite,
    Delete,
    DeleteRange,
    Swap,
    Move,
    InsertForged,
    Replay,
    Truncate,
    AppendForged,
    DropBefore,
    Relink,
}

const ALL: [Tampering; 16] = [
    Tampering::AlterWhy,
    Tampering::AlterTime,
    Tampering::AlterOutcome,
    Tampering::AlterDigest,
    Tampering::AlterAndRechain,
    Tampering::Rewrite,
    Tampering::Delete,
    Tampering::DeleteRange,
    Tampering::Swap,
    Tampering::Move,
    Tampering::InsertForged,
    Tampering::Replay,
    Tampering::Truncate,
    Tampering::AppendForged,
    Tampering::DropBefore,
    Tampering::Relink,
];

/// Does it at place `a` (and `b`, later), and says what must be named.
fn tamper(how: Tampering, entries: &mut Vec<Entry>, a: usize, b: usize) -> Vec<Fault> {
    let seq = a as u64 + 1;
    let last = entries.len() as u64;
    let altered = vec![Fault::Altered { seq }];
    match how {
        Tampering::AlterWhy => entries[a].record.why.push('。'),
        Tampering::AlterTime => {
            entries[a].record.at = ServerTime::from_store(Time(entries[a].record.at.time().0 - 86_400));
        }
        Tampering::AlterOutcome => {
            let refused = entries[a].record.outcome == Outcome::Refused;
            entries[a].record.outcome = if refused { Outcome::Done } else { Outcome::Refused };
        }
        Tampering::AlterDigest => entries[a].digest.0[5] ^= 1,
        Tampering::DropBefore => entries[a].record.after = None,
        Tampering::AlterAndRechain => {
            entries[a].record.who.account = "someone-else".into();
            entries[a].digest = entries[a].computed();
            // With nothing after it, only the anchor can tell, and it does.
        }
        Tampering::Relink => {
            entries[a].previous.0[3] ^= 1;
            entries[a].digest = entries[a].computed();
        }
        Tampering::Rewrite => {
            let mut head = Head { seq: a as u64, digest: entries[a].previous };
            entries[a].record.why = "不同".into();
            for entry in &mut entries[a..] {
                *entry = head.append(entry.record.clone());
            }
            return vec![Fault::Rewritten { first: 1, anchor: last }];
        }
        Tampering::Delete => {
            entries.remove(a);
            return gone(seq, seq, last);
        }
        Tampering::DeleteRange => {
            entries.drain(a..=b);
            return gone(seq, b as u64 + 1, last);
        }
        Tampering::Swap => {
            entries.swap(a, b);
            return Vec::new();
        }
        Tampering::Move => {
            let entry = entries.remove(a);
            entries.insert(b, entry);
            // Of two neighbours exchanged, either may be called the one that moved.
            return if b > a + 1 {
                vec![Fault::Reordered { seq, position: b as u64 + 1 }]
            } else {
                Vec::new()
            };
        }
        Tampering::InsertForged => {
            let mut head = Head { seq: a as u64, digest: entries[a].previous };
            let mut forged = entries[a].record.clone();
            forged.why = "伪造".into();
            entries.insert(a, head.append(forged));
            return vec![Fault::Inserted { seq, position: seq }];
        }
        Tampering::Replay => {
            let copy = entries[a].clone();
            entries.insert(b, copy);
            return if b > a { vec![Fault::Inserted { seq, position: b as u64 + 1 }] } else { Vec::new() };
        }
        Tampering::Truncate => {
            entries.truncate(a);
            return vec![Fault::Truncated { first: seq, last }];
        }
        Tampering::AppendForged => {
            let end = entries[entries.len() - 1].clone();
            let mut head = Head { seq: end.record.seq, digest: end.digest };
            entries.push(head.append(end.record));
            return vec![Fault::Inserted { seq: last + 1, position: last + 1 }];
        }
    }
    altered
}

fn gone(first: u64, until: u64, last: u64) -> Vec<Fault> {
    vec![if until == last { Fault::Truncated { first, last } } else { Fault::Missing { first, last: until } }]
}

#[test]
fn a_thousand_random_tamperings_are_all_found_and_named() {
    let mut rng = TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha);
    let mut pick = |below: usize| (rng.next_u64() % below as u64) as usize;
    for round in 0..1008 {
        let how = ALL[round % ALL.len()];
        let (mut entries, head) = trail(3 + pick(40) as u64);
        let honest = entries.clone();
        let a = pick(entries.len() - 1);
        let b = a + 1 + pick(entries.len() - a - 1);
        let expected = tamper(how, &mut entries, a, b);
        assert_ne!(entries, honest, "{how:?} changed nothing");
        let found = faults(entries, &closed(head));
        match how {
            Tampering::Swap => {
                let (a, b) = (a as u64 + 1, b as u64 + 1);
                let named = |seq| {
                    found.iter().any(|fault| matches!(fault, Fault::Reordered { seq: at, .. } if *at == seq))
                };
                assert!(named(a) || named(b), "{a} {b}: {found:?}");
                assert!(found.iter().all(|fault| matches!(fault, Fault::Reordered { .. })), "{found:?}");
            }
            Tampering::Move if expected.is_empty() => assert_eq!(found.len(), 1, "{found:?}"),
            _ => assert_eq!(found, expected, "round {round}: {how:?} at {a}, {b}"),
        }
    }
}

#[test]
fn several_tamperings_at_once_are_all_named() {
    let (mut entries, head) = trail(100);
    entries[9].record.why = "改".into();
    entries.remove(49);
    entries.swap(70, 80);
    entries.truncate(95);
    let found = faults(entries, &closed(head));
    assert!(found.contains(&Fault::Altered { seq: 10 }), "{found:?}");
    assert!(found.contains(&Fault::Missing { first: 50, last: 50 }));
    assert!(found.contains(&Fault::Truncated { first: 97, last: 100 }));
    assert!(found.iter().any(|fault| matches!(fault, Fault::Reordered { .. })));
    assert!(found.iter().all(|fault| !fault.words().is_empty()));
}

#[test]
fn a_changed_last_record_is_named_by_the_anchor_before_it() {
    let (mut entries, _) = trail(10);
    let anchor = Anchor { seq: 9, digest: entries[8].digest, at: now() };
    tamper(Tampering::Relink, &mut entries, 9, 0);
    let witness = Witness { anchors: vec![anchor], head: None };
    assert_eq!(faults(entries, &witness), [Fault::Altered { seq: 10 }]);
}

#[test]
fn a_forged_twin_does_not_take_the_place_of_an_altered_record() {
    let (mut entries, head) = trail(10);
    tamper(Tampering::InsertForged, &mut entries, 4, 0);
    entries[5].record.why = "改".into();
    let expected = [Fault::Altered { seq: 5 }, Fault::Inserted { seq: 5, position: 5 }];
    assert_eq!(faults(entries, &closed(head)), expected);
}

#[test]
fn an_older_anchor_narrows_what_was_written_anew() {
    let (mut entries, head) = trail(30);
    let early = Anchor { seq: 10, digest: entries[9].digest, at: now() };
    tamper(Tampering::Rewrite, &mut entries, 19, 0);
    let witness = Witness { anchors: vec![early], head: Some(head.anchor(now())) };
    assert_eq!(faults(entries, &witness), [Fault::Rewritten { first: 11, anchor: 30 }]);
}

#[test]
fn a_store_cannot_begin_its_trail_in_the_middle() {
    let (entries, _) = trail(5);
    assert_eq!(faults(entries[2..].to_vec(), &Witness::default()), [Fault::Missing { first: 1, last: 2 }]);
    let mut head = Head { seq: 0, digest: Digest([7; 32]) };
    assert_eq!(faults(vec![head.append(record(1))], &Witness::default()), [Fault::Altered { seq: 1 }]);
}

#[test]
fn an_exported_trail_is_read_back_and_proved() {
    let (entries, head) = trail(50);
    let mut out = Vec::new();
    assert_eq!(write_lines(&entries, &mut out).expect("memory"), 50);
    let text = String::from_utf8(out).expect("text");
    let read = |text: &str| -> Vec<Entry> {
        text.lines().zip(1..).map(|(line, number)| read_line(number, line).expect("an entry")).collect()
    };
    assert_eq!(read(&text), entries);
    assert_eq!(
        faults(read(&text.replacen("核查需要", "核查不需要", 1)), &closed(head)),
        [Fault::Altered { seq: 1 }]
    );
    let error = read_line(7, &text[..40]).expect_err("cut short");
    assert!(error.to_string().starts_with("line 7, column"), "{error}");
}

fn text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[a-z\u{4e00}-\u{4e20}\0|,\"]{0,12}").expect("a pattern")
}

fn any_record() -> impl Strategy<Value = Record> {
    let outcome = prop_oneof![Just(Outcome::Done), Just(Outcome::Refused), Just(Outcome::Read)];
    let texts = proptest::collection::vec(text(), 8);
    let states = (proptest::option::of(text()), proptest::option::of(text()));
    (any::<u64>(), any::<i64>(), texts, outcome, states).prop_map(
        |(seq, at, mut texts, outcome, (before, after))| {
            let mut next = || texts.pop().unwrap_or_default();
            Record {
                seq,
                at: ServerTime::from_store(Time(at)),
                who: Who { account: next(), organisation: next(), role: next() },
                from: next(),
                act: next(),
                outcome,
                on: Object { kind: next(), id: next() },
                before,
                after,
                why: next(),
            }
        },
    )
}

proptest! {
    #[test]
    fn the_canonical_form_comes_back_and_tells_any_two_records_apart(one in any_record(), two in any_record()) {
        let bytes = encode(&one);
        prop_assert_eq!(decode(&bytes), Ok(one.clone()));
        prop_assert_eq!(one == two, bytes == encode(&two));
        for cut in 0..bytes.len() {
            prop_assert!(decode(&bytes[..cut]).is_err());
        }
        let mut longer = bytes.clone();
        longer.push(0);
        prop_assert!(decode(&longer).is_err());
    }

    #[test]
    fn bytes_that_decode_are_the_canonical_ones(bytes in proptest::collection::vec(any::<u8>(), 0..200), flip in any::<usize>(), one in any_record()) {
        let mut changed = encode(&one);
        let place = flip % changed.len();
        changed[place] = changed[place].wrapping_add(1);
        for candidate in [bytes, changed] {
            if let Ok(record) = decode(&candidate) {
                prop_assert_eq!(encode(&record), candidate);
            }
        }
    }
}
