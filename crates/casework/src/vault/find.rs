//! What of a text points to a person by its form alone: numbers of identity certificates, and numbers of mobile telephones.

use super::Datum;
use mingcha_model::cert;
use std::ops::Range;

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// What kind.
    pub kind: Datum,
    /// Where, in bytes.
    pub at: Range<usize>,
}

/// Finds what points to a person: certificate numbers with their right check character, and where `phones`, eleven digits as mobile
/// telephones have them. Longer rows of letters and digits, such as trace codes, are left alone.
pub fn finds(text: &str, phones: bool) -> Vec<Find> {
    let bytes = text.as_bytes();
    let (mut found, mut start) = (Vec::new(), 0);
    while start < bytes.len() {
        if !bytes[start].is_ascii_alphanumeric() {
            start += 1;
            continue;
        }
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let at = start..start + length;
        start = at.end;
        let kind = match &text[at.clone()] {
            row if length == 18 && cert::parse(row).is_ok() => Datum::Certificate,
            row if phones && is_mobile(row) => Datum::Phone,
            _ => continue,
        };
        found.push(Find { kind, at });
    }
    found
}

fn is_mobile(row: &str) -> bool {
    let digits = row.len() == 11 && row.bytes().all(|byte| byte.is_ascii_digit());
    digits && row.starts_with('1') && matches!(row.as_bytes()[1], b'3'..=b'9')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate number that nobody has: of a region that is not given out.
    fn certno() -> String {
        let first = "99010119800229001";
        let check = cert::check_character(first.as_bytes()).expect("digits");
        format!("{first}{}", char::from(check))
    }

    #[test]
    fn numbers_of_people_are_found_and_other_numbers_are_not() {
        let number = certno();
        let text = format!("身份证{number}，电话19900001234。");
        let kinds: Vec<_> =
            finds(&text, true).into_iter().map(|find| (find.kind, text[find.at].to_owned())).collect();
        assert_eq!(kinds, [(Datum::Certificate, number.clone()), (Datum::Phone, "19900001234".to_owned())]);
        assert_eq!(finds(&text, false).len(), 1);
        for other in [
            "",
            "H99010100001",
            "990101198102290011",
            "119900001234",
            "1990000123",
            "12900001234",
            "金额一百元",
        ] {
            assert_eq!(finds(other, true), [], "{other}");
        }
        assert_eq!(finds(&format!("8{number}"), true), [], "a part of a longer code");
    }
}
