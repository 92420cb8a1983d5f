//! The form of identifiers: what an institution, practitioner, drug, item, consumable, region or diagnosis code looks like.
//! Source: the national interface's field descriptions. A wrong form is a quality finding, never a reason to guess.

/// What a `med_list_codg` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Good {
    /// Western or patent drug: `X` or `Z`, then letters and digits, 11 to 23 characters.
    Drug,
    /// Herbal slice or granule: `T` and digits.
    Slice,
    /// Service item: 15 digits, a local suffix after `-` allowed.
    Item,
    /// Consumable: `C` and 19 digits, a serial of 7 more allowed.
    Consumable,
}

/// The kind of good that a code names, by its form alone.
pub fn good(code: &str) -> Option<Good> {
    let bytes = code.as_bytes();
    let alnum = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_alphanumeric);
    match (bytes.first()?, bytes.len()) {
        (b'X' | b'Z', 11..=23) if alnum(bytes) => Some(Good::Drug),
        (b'T', 5..=20) if bytes[1..].iter().all(u8::is_ascii_digit) => Some(Good::Slice),
        (b'C', 20 | 27) if bytes[1..].iter().all(u8::is_ascii_digit) => Some(Good::Consumable),
        (b'0'..=b'9', 15..) if bytes[..15].iter().all(u8::is_ascii_digit) => {
            matches!(bytes.get(15), None | Some(b'-')).then_some(Good::Item)
        }
        _ => None,
    }
}

/// Whether a text is an institution code: `H` or `P` and 11 digits or capitals.
pub fn is_institution(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 12
        && matches!(bytes[0], b'H' | b'P')
        && bytes[1..].iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Whether a text is a practitioner code: `D`, `N`, `P` or `T` and 8 to 14 digits.
pub fn is_practitioner(code: &str) -> bool {
    let bytes = code.as_bytes();
    (9..=15).contains(&bytes.len())
        && matches!(bytes[0], b'D' | b'N' | b'P' | b'T')
        && bytes[1..].iter().all(u8::is_ascii_digit)
}

/// Whether a text is a region code: six digits that do not begin with 0.
pub fn is_region(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 6 && bytes[0] != b'0' && bytes.iter().all(u8::is_ascii_digit)
}

/// Whether a text is a diagnosis code: a capital, two digits, and what the insurance edition of ICD-10 allows after them.
pub fn is_diagnosis(code: &str) -> bool {
    let bytes = code.as_bytes();
    (3..=20).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1].is_ascii_digit()
        && bytes[2].is_ascii_alphanumeric()
        && bytes[3..]
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'+' | b'*' | b'-' | b'/'))
}

/// Whether a text stands for "nothing" in extracts: empty, `-`, `--`, `NULL`, `无`, `/`, or all zeros.
pub fn is_placeholder(text: &str) -> bool {
    matches!(
        text,
        "" | "-" | "--" | "—" | "/" | "无" | "null" | "NULL" | "None" | "\\N" | "1900-01-01" | "0001-01-01"
    ) || text.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_are_known_by_their_form() {
        assert_eq!(good("XJ01FAA051A001010201187"), Some(Good::Drug));
        assert_eq!(good("ZD03AAA0043"), Some(Good::Drug));
        assert_eq!(good("003310010140000"), Some(Good::Item));
        assert_eq!(good("003310010140000-990000001"), Some(Good::Item));
        assert_eq!(good("C0101010010000100001"), Some(Good::Consumable));
        assert_eq!(good("T001700123"), Some(Good::Slice));
        for wrong in ["", "X", "0033100", "003310010140000x", "Cabc", "药"] {
            assert_eq!(good(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn forms_of_places_people_and_diagnoses() {
        assert!(
            is_institution("H99010100001")
                && !is_institution("H9901010001")
                && !is_institution("A99010100001")
        );
        assert!(is_practitioner("D990101000012") && !is_practitioner("X990101000012"));
        assert!(is_region("990101") && !is_region("099010") && !is_region("99010"));
        for right in ["I10", "I10.x00", "E11.900x001", "M84.402+", "Z51.103"] {
            assert!(is_diagnosis(right), "{right}");
        }
        assert!(!is_diagnosis("高血压") && !is_diagnosis("I1"));
        assert!(is_placeholder("0") && is_placeholder("000000") && !is_placeholder("10"));
    }
}
