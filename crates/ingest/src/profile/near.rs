//! How like two headers are: by the words that both have, by one standing in the other, and by the letters to change from one to the other.

use std::collections::BTreeSet;

/// Letters of a header that are looked at; a longer one is like nothing.
const LETTERS: usize = 60;
/// How like a header is that another one stands in as a whole.
const WITHIN: usize = 600;

/// From 0 for nothing in common to 1000 for the same. Both are in the form in which headers are compared.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (least, most) = (a.len().min(b.len()), a.len().max(b.len()));
    if least < 2 || most > LETTERS {
        return 0;
    }
    let within = if one.contains(other) || other.contains(one) { WITHIN } else { 0 };
    let changed = 1000 - 1000 * changes(&a, &b) / most;
    within.max(changed).max(shared(&words(one), &words(other)))
}

/// The words of a name that joins them by `_`; of a text without blanks, such as a Chinese one, each two letters that stand together.
fn words(text: &str) -> BTreeSet<String> {
    if text.is_ascii() {
        return text.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    let letters: Vec<char> = text.chars().collect();
    letters.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// The share of words that both have in the words of both, in thousandths.
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let all = one.len() + other.len();
    (2000 * one.intersection(other).count()).checked_div(all).unwrap_or(0)
}

/// How many letters have to be put in, taken out or changed to get from one to the other.
fn changes(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, own) in other.iter().enumerate() {
            let kept = diagonal + usize::from(letter != own);
            diagonal = row[place + 1];
            row[place + 1] = kept.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_as_they_change() {
        let changes = |one: &str, other: &str| {
            changes(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>())
        };
        for (one, other, many) in [
            ("开单医生", "开单医师", 1),
            ("kitten", "sitting", 3),
            ("12", "21", 2),
            ("", "ab", 2),
            ("a", "a", 0),
        ] {
            assert_eq!((changes(one, other), changes(other, one)), (many, many), "{one} {other}");
        }
    }

    #[test]
    fn headers_are_like_by_words_by_letters_or_as_a_part() {
        assert_eq!(likeness("fee_time", "fee_ocur_time"), 800);
        assert_eq!(likeness("tiem_fee", "time_fee"), 750);
        assert_eq!(likeness("明细总金额", "明细金额"), 800);
        assert_eq!(likeness("姓名", "参保人员姓名"), WITHIN);
        assert_eq!(likeness("同", "同"), 0, "one letter says nothing");
        assert!(likeness("备注", "处方号") < 100 && likeness("remark", "rx_flag") < 500);
        assert_eq!(likeness(&"长".repeat(100), &"长".repeat(100)), 0);
    }
}
