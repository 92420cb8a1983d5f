//! What an act says of natural persons: it comes in as it was typed and goes on as a token, or the act is not done.

use super::{ActInput, InputError, Line, Text};
use crate::vault::{Datum, Token, finds};
use mingcha_model::cert::{self, CertError};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::fmt;
use zeroize::Zeroize as _;

/// Most characters of a code that needs no sealing.
const CODE: usize = 64;

/// A text about a natural person. Only its token reaches the facts.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Personal(String);

/// A key of somebody or something: a code or a token stays as it is, anything else is somebody's name and goes on as a token.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Key(String);

/// Nobody sees by accident what was typed.
impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(…)")
    }
}

/// Nobody sees by accident what was typed.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Personal {
    /// What was typed or opened, for whoever may see it.
    pub fn exposed(&self) -> &str {
        &self.0
    }

    /// What was typed.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The token; an act with anything else in its place is refused.
    pub fn token(&self) -> Result<String, InputError> {
        Token::parse(&self.0).map(|token| token.as_str().to_owned()).ok_or(InputError::Unsealed)
    }
}

impl Key {
    /// The code or token; an act with a name in its place is refused.
    pub fn code(&self) -> Result<String, InputError> {
        if is_code(&self.0) { Ok(self.0.clone()) } else { Err(InputError::Unsealed) }
    }
}

/// A token that is there or not.
pub(super) fn optional(value: Option<&Personal>) -> Result<String, InputError> {
    value.map_or(Ok(String::new()), Personal::token)
}

/// Whether a text is a code and not somebody's name, number or telephone; a group is its people's codes with `+` between them.
pub(crate) fn is_code(text: &str) -> bool {
    text.split('+').all(is_one_code)
}

fn is_one_code(text: &str) -> bool {
    let plain = text.len() <= CODE && text.bytes().all(|byte| byte.is_ascii_graphic());
    // A certificate number with a slip in it is still somebody's.
    plain && finds(text, true).is_empty() && cert::parse(text) != Err(CertError::Check)
}

/// What kind of personal data stands where a key is wanted.
pub(crate) fn kind_of(text: &str) -> Datum {
    match finds(text, true).as_slice() {
        [one] if one.at == (0..text.len()) => one.kind,
        _ => Datum::Name,
    }
}

macro_rules! read {
    ($($type:ident)*) => {$(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut text = String::deserialize(deserializer)?;
                let read = Text::<200>::parse(&text).map(|read| Self(read.owned())).map_err(D::Error::custom);
                text.zeroize();
                read
            }
        }
    )*};
}

read! { Personal Key }

/// Who informed, as it is taken down: sealed apart under keys of its own, and never part of the complaint.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Informant {
    /// Name; empty where none was given.
    #[serde(default)]
    pub name: Personal,
    /// Number of an identity certificate.
    #[serde(default)]
    pub certificate: Personal,
    /// Telephone.
    #[serde(default)]
    pub phone: Personal,
    /// Address.
    #[serde(default)]
    pub address: Personal,
    /// Bank account for a reward.
    #[serde(default)]
    pub account: Personal,
}

impl fmt::Debug for Informant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Informant(…)")
    }
}

impl Informant {
    /// What is known, each with its kind.
    pub(crate) fn known(&self) -> impl Iterator<Item = (Datum, &str)> {
        let all = [
            (Datum::Name, &self.name),
            (Datum::Certificate, &self.certificate),
            (Datum::Phone, &self.phone),
            (Datum::Address, &self.address),
            (Datum::BankCard, &self.account),
        ];
        all.into_iter().map(|(kind, value)| (kind, value.as_str())).filter(|(_, value)| !value.is_empty())
    }
}

impl ActInput {
    /// The typed fields that say something of a natural person and are not sealed yet, each to be replaced by its token.
    pub(crate) fn personal(&mut self) -> Vec<(Datum, &mut String)> {
        let mut open = Vec::new();
        match self {
            Self::AddPerson(input) => {
                let rest = [
                    (Datum::Certificate, &mut input.certificate),
                    (Datum::Phone, &mut input.phone),
                    (Datum::Address, &mut input.address),
                    (Datum::BankCard, &mut input.account),
                ];
                open.push((Datum::Name, &mut input.name.0));
                open.extend(
                    rest.into_iter().filter_map(|(kind, value)| Some((kind, &mut value.as_mut()?.0))),
                );
                open.retain(|(_, text)| Token::parse(text).is_none() && !text.is_empty());
            }
            Self::OpenComplaint(input) if input.target_is_person == Some(true) => {
                open.push((Datum::Name, input.target.text_mut()));
                open.retain(|(_, text)| Token::parse(text).is_none() && !text.is_empty());
            }
            Self::SiteForm(input) => {
                open.extend(input.present.0.iter_mut().map(|person| (Datum::Name, &mut person.name.0)));
                open.retain(|(_, text)| Token::parse(text).is_none() && !text.is_empty());
            }
            Self::OpenClue(input) => open.extend(named(&mut input.subject)),
            Self::AddLink(input) => open.extend(named(&mut input.id)),
            Self::OpenCase(input) => open.extend(named(&mut input.subject)),
            Self::Custody(input) => open.extend(named(&mut input.to)),
            Self::OpenPoints(input) => open.extend(named(&mut input.practitioner)),
            Self::OpenPerson(input) => open.extend(named(&mut input.person)),
            Self::OpenSummary(input) => open.extend(named(&mut input.subject)),
            Self::OpenSanction(input) => open.extend(named(&mut input.subject)),
            _ => {}
        }
        open
    }

    /// Takes out who informed, which never goes on with the input.
    pub(crate) fn take_informant(&mut self) -> Option<Informant> {
        match self {
            Self::OpenComplaint(input) => input.informant.take(),
            _ => None,
        }
    }

    /// Says under which token the informant was sealed.
    pub(crate) fn set_informant(&mut self, token: &str) {
        if let Self::OpenComplaint(input) = self {
            input.token = Line::parse(token).ok();
        }
    }

    /// Whether it may hold words of its writer's own.
    pub(crate) fn has_words(&self) -> bool {
        !matches!(self, Self::Nothing(_) | Self::Decide(_))
    }
}

/// A key that is no code.
fn named(key: &mut Key) -> Option<(Datum, &mut String)> {
    if is_code(&key.0) { None } else { Some((kind_of(&key.0), &mut key.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stays_and_a_name_does_not() {
        for code in ["H33010000001", "p-1", "run-7/line-12", "0123456789abcdef0123456789abcdef", ""] {
            assert!(is_code(code), "{code}");
        }
        let group: Vec<String> = (1..=8).map(|person| format!("P99010119800101{person:02}")).collect();
        assert!(is_code(&group.join("+")), "a group is the codes of its people");
        assert!(!is_code("P1+19900001234+P3"), "somebody's telephone among them is none");
        // Of a region that is not given out, and a number that no network gives.
        for (name, kind) in
            [("甲某某", Datum::Name), ("John Doe", Datum::Name), ("19900001234", Datum::Phone)]
        {
            assert!(!is_code(name), "{name}");
            assert_eq!(kind_of(name), kind, "{name}");
        }
        assert!(Key("甲某某".into()).code().is_err() && Personal("甲某某".into()).token().is_err());
        assert!(!format!("{:?} {:?}", Key("甲某某".into()), Personal("甲某某".into())).contains('甲'));
    }
}
