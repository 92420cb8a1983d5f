//! Masks: what is shown of personal data until somebody opens it with a reason. Enough to tell rows apart, not enough to know a person.

use super::Datum;

/// A value with all but a little hidden; how much was hidden of a name, address or anything else does not show.
pub fn mask(kind: Datum, value: &str) -> String {
    let chars: Vec<char> = value.trim().chars().collect();
    if chars.is_empty() {
        return String::new();
    }
    match kind {
        Datum::Name if chars.len() > 1 => ends(&chars, 1, 2, 0),
        Datum::Certificate if chars.len() >= 15 => ends(&chars, 3, 13, 2),
        Datum::Phone if chars.len() >= 11 => ends(&chars, 3, 4, 4),
        Datum::BankCard if chars.len() >= 12 => ends(&chars, 0, 8, 4),
        Datum::Address => address(&chars),
        _ => "****".to_owned(),
    }
}

fn ends(chars: &[char], first: usize, stars: usize, last: usize) -> String {
    let head = chars.iter().take(first);
    let tail = chars.iter().skip(chars.len() - last);
    head.chain(std::iter::repeat_n(&'*', stars)).chain(tail).collect()
}

/// The county at most: what stands before its last 省, 市, 区, 县, 旗 or 州 among the first twelve characters.
fn address(chars: &[char]) -> String {
    let unit = |c: &char| matches!(c, '省' | '市' | '区' | '县' | '旗' | '州');
    let most = chars.len().saturating_sub(1).min(12);
    let kept = chars[..most].iter().rposition(unit).map_or(0, |at| at + 1);
    ends(chars, kept, 4, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Word as _;
    use proptest::prelude::*;

    #[test]
    fn each_kind_shows_a_little() {
        assert_eq!(mask(Datum::Name, "甲乙丙"), "甲**");
        assert_eq!(mask(Datum::Name, "甲乙丙丁"), "甲**");
        assert_eq!(mask(Datum::Name, "甲"), "****");
        assert_eq!(mask(Datum::Certificate, "99010119800229001X"), "990*************1X");
        assert_eq!(mask(Datum::Certificate, "A123456"), "****");
        assert_eq!(mask(Datum::Phone, "19900001234"), "199****1234");
        assert_eq!(mask(Datum::BankCard, "9900 0000 0000 1234"), "********1234");
        assert_eq!(mask(Datum::Address, "某省某市某县某路1号"), "某省某市某县****");
        assert_eq!(mask(Datum::Address, "某路1号"), "****");
        assert_eq!(mask(Datum::Other, "任何"), "****");
        assert_eq!(mask(Datum::Name, "  "), "");
    }

    proptest! {
        #[test]
        fn what_is_hidden_does_not_show(at in 0..Datum::ALL.len(), value in "[甲-龥0-9A-Za-z省市县区 ]{1,40}") {
            let shown = mask(Datum::ALL[at].0, &value);
            let hidden = value.trim().chars().count();
            let kept = shown.chars().filter(|c| *c != '*').count();
            prop_assert!(hidden == 0 || kept < hidden, "{shown}");
            prop_assert!(kept <= 12);
        }
    }
}
