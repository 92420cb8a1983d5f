//! Before an act reaches facts, trail or lists, what it says of natural persons is put into the vault, and tokens stand in its place.
//!
//! Typed fields are sealed as they are. In words of the writer's own, numbers of certificates and mobile telephones are found by their form;
//! what was typed of a person in the same act, the names that the matter knows and who informed are found again. Who informed goes into a
//! vault apart.

use super::matter::Stored;
use crate::{
    act::{ActInput, Informant, is_code, kind_of},
    policy::{OpenInformant, OpenPersonalData},
    store::{
        Error, Unit,
        sealed::{self, Known, Value},
    },
    vault::{Datum, Kept, Token, Vault, Vaults, finds},
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, sync::Arc};

/// What stands in a text where the informant stood.
const INFORMANT: &str = "〔举报人〕";
/// Fields of inputs that hold keys of rows or codes of the law's own, which no person stands in.
const LEFT_ALONE: &[&str] = &["lines", "code", "sm3", "sha256", "code_sm3"];
/// Fewest characters of a name and of anything else that is looked for again.
const LEAST: (usize, usize) = (2, 6);

/// What an act brings, with all texts that go into the store.
pub(super) struct Brought {
    pub input: ActInput,
    /// Reason, and for a new matter title and source.
    pub texts: [String; 3],
    /// Key of whom a new matter is about, where that is a person.
    pub subject: Option<String>,
}

/// What was put away and has still to be written.
#[derive(Default)]
pub(super) struct PutAway {
    personal: Option<Batch>,
    informant: Option<Batch>,
}

struct Batch {
    key: String,
    new: Vec<(Value, String)>,
}

impl PutAway {
    /// The keyed digest of the value that goes under a token here.
    pub fn digest(&self, token: &str) -> Option<&str> {
        let mut new = self.personal.iter().flat_map(|batch| &batch.new);
        new.find(|(value, _)| value.token.as_str() == token).map(|(_, digest)| digest.as_str())
    }

    /// Writes it, once its matter is there.
    pub async fn write(self, unit: &mut Unit) -> Result<(), Error> {
        if let Some(Batch { key, new }) = self.personal {
            for (value, digest) in &new {
                sealed::insert::<OpenPersonalData>(unit, value, digest, &key).await?;
            }
        }
        if let Some(Batch { key, new }) = self.informant {
            for (value, digest) in &new {
                sealed::insert::<OpenInformant>(unit, value, digest, &key).await?;
            }
        }
        Ok(())
    }
}

/// Where people may be known already whose names stand in what an act brings.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    /// Id of the matter.
    pub matter: &'a str,
    /// The matter that it grew out of.
    pub parent: Option<&'a str>,
    /// Whether anything is sealed in it, or an informant above it; where nothing is, nothing is looked for.
    pub sealed: bool,
}

/// Puts away what is personal in what an act on a matter brings.
pub(super) async fn put_away(
    unit: &mut Unit,
    vaults: &Vaults,
    Near { matter, parent, sealed }: Near<'_>,
    brought: &mut Brought,
) -> Result<PutAway, Error> {
    let mut put = PutAway::default();
    let informant = brought.input.take_informant();
    let mut hidden = Vec::new();
    if let Some(informant) = informant {
        hidden = informant.known().map(|(kind, text)| (kind, text.to_owned())).collect();
        if !hidden.is_empty() {
            let text = serde_json::to_string(&informant).map_err(|error| Error::Stored(error.to_string()))?;
            let mut sealer = Sealer::<OpenInformant>::new(unit, vaults, matter).await?;
            // The digest is of this complaint alone, so that nobody sees who informed twice.
            let token = sealer.token(Datum::Other, &text, &format!("{matter}\n{text}"))?;
            brought.input.set_informant(token.as_str());
            put.informant = Some(sealer.done());
        }
    }
    let about = brought.subject.as_ref().is_some_and(|subject| !is_code(subject));
    let typed: Vec<(Datum, String)> =
        brought.input.personal().into_iter().map(|(kind, text)| (kind, text.clone())).collect();
    let known = sealed && (brought.input.has_words() || brought.texts.iter().any(|text| !text.is_empty()));
    if known {
        hidden.extend(informants(unit, vaults, matter, parent).await?);
    }
    let mut terms = terms(&hidden, &typed);
    if known {
        terms.extend(names(unit, vaults, matter).await?);
    }
    if let Some(subject) = brought.subject.as_ref().filter(|_| about) {
        terms.push(Term { kind: kind_of(subject), text: subject.clone(), informant: false });
    }
    let words = brought.input.has_words().then(|| json(&brought.input)).transpose()?;
    let found = |text: &str| !pieces(text, &terms).is_empty();
    let in_words = words.as_ref().is_some_and(|words| any_text(words, &found));
    if typed.is_empty() && !about && !in_words && !brought.texts.iter().any(|text| found(text)) {
        return Ok(put);
    }
    let mut sealer = Sealer::<OpenPersonalData>::new(unit, vaults, matter).await?;
    for (kind, text) in brought.input.personal() {
        sealer.value(kind, text)?.as_str().clone_into(text);
    }
    if let Some(subject) = brought.subject.as_mut().filter(|_| about) {
        sealer.value(kind_of(subject), subject)?.as_str().clone_into(subject);
    }
    if in_words {
        let mut words = json(&brought.input)?;
        each_text(&mut words, &mut |text| sealer.replaced(text, &terms))?;
        brought.input = serde_json::from_value(words).map_err(|_| {
            Error::invalid("input", "个人信息密封后超过长度，请精简文字，或者登记为相关人员后引用")
        })?;
    }
    for text in &mut brought.texts {
        sealer.replaced(text, &terms)?;
    }
    put.personal = Some(sealer.done());
    Ok(put)
}

/// Whether a certificate number stands in what a clue stands on.
pub(super) fn holds_personal(origin: &Json) -> bool {
    any_text(origin, &|text| !finds(text, false).is_empty())
}

/// Puts away the certificate numbers in what a clue stands on, where its sender's keys of people are such numbers.
pub(super) async fn put_away_origin(
    unit: &mut Unit,
    vaults: &Vaults,
    matter: &str,
    origin: &mut Json,
) -> Result<PutAway, Error> {
    if !holds_personal(origin) {
        return Ok(PutAway::default());
    }
    let mut sealer = Sealer::<OpenPersonalData>::new(unit, vaults, matter).await?;
    each_text(origin, &mut |text| {
        let pieces = finds(text, false).into_iter();
        sealer
            .put(text, pieces.map(|find| Piece { at: find.at, kind: find.kind, informant: false }).collect())
    })?;
    Ok(PutAway { personal: Some(sealer.done()), informant: None })
}

fn json(input: &ActInput) -> Result<Json, Error> {
    serde_json::to_value(input).map_err(|error| Error::Stored(error.to_string()))
}

/// Who informed of a matter, of what it grew out of and of what that grew out of: looked for in words, shown to nobody.
async fn informants(
    unit: &mut Unit,
    vaults: &Vaults,
    matter: &str,
    parent: Option<&str>,
) -> Result<Vec<(Datum, String)>, Error> {
    let mut hidden = Vec::new();
    for value in sealed::near::<OpenInformant>(unit.conn(), matter, parent).await? {
        let text = sealed::with_key::<OpenInformant, _>(vaults, |vault| {
            vault.to_hide(&value.token, value.kind, &value.sealed)
        })?;
        let known: Informant =
            serde_json::from_str(&text).map_err(|_| Error::Stored("who informed".into()))?;
        hidden.extend(known.known().map(|(kind, text)| (kind, text.to_owned())));
    }
    Ok(hidden)
}

/// The names that a matter knows: looked for in words, shown to nobody.
async fn names(unit: &mut Unit, vaults: &Vaults, matter: &str) -> Result<Vec<Term>, Error> {
    let mut names = Vec::new();
    for value in sealed::of_kind::<OpenPersonalData>(unit.conn(), matter, Datum::Name).await? {
        let text = sealed::with_key::<OpenPersonalData, _>(vaults, |vault| {
            vault.to_hide(&value.token, value.kind, &value.sealed)
        })?;
        if text.chars().count() >= LEAST.0 {
            names.push(Term { kind: value.kind, text: text.to_string(), informant: false });
        }
    }
    Ok(names)
}

/// Something that was typed of a person and is looked for in words.
struct Term {
    kind: Datum,
    text: String,
    informant: bool,
}

fn terms(hidden: &[(Datum, String)], typed: &[(Datum, String)]) -> Vec<Term> {
    let long = |(kind, text): &&(Datum, String)| {
        let least = if *kind == Datum::Name { LEAST.0 } else { LEAST.1 };
        text.chars().count() >= least
    };
    let term =
        |informant| move |(kind, text): &(Datum, String)| Term { kind: *kind, text: text.clone(), informant };
    let hidden = hidden.iter().filter(long).map(term(true));
    let mut terms: Vec<Term> = hidden.chain(typed.iter().filter(long).map(term(false))).collect();
    // The longest first, so that a name inside an address does not cut it.
    terms.sort_by_key(|term| std::cmp::Reverse(term.text.len()));
    terms
}

/// A piece of a text that must not stay.
struct Piece {
    at: std::ops::Range<usize>,
    kind: Datum,
    informant: bool,
}

/// The pieces of a text in order, none over another.
fn pieces(text: &str, terms: &[Term]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |piece: Piece| {
        let apart = |other: &Piece| piece.at.end <= other.at.start || piece.at.start >= other.at.end;
        if pieces.iter().all(apart) {
            pieces.push(piece);
        }
    };
    for Term { kind, text: term, informant } in terms {
        for (start, _) in text.match_indices(term.as_str()) {
            add(Piece { at: start..start + term.len(), kind: *kind, informant: *informant });
        }
    }
    // In codes eleven digits are no telephone; in words they are.
    for find in finds(text, !text.is_ascii()) {
        add(Piece { at: find.at, kind: find.kind, informant: false });
    }
    pieces.sort_by_key(|piece| piece.at.start);
    pieces
}

fn any_text(value: &Json, found: &impl Fn(&str) -> bool) -> bool {
    match value {
        Json::String(text) => found(text),
        Json::Array(items) => items.iter().any(|item| any_text(item, found)),
        Json::Object(fields) => {
            fields.iter().any(|(name, field)| !LEFT_ALONE.contains(&name.as_str()) && any_text(field, found))
        }
        _ => false,
    }
}

fn each_text(value: &mut Json, act: &mut impl FnMut(&mut String) -> Result<(), Error>) -> Result<(), Error> {
    match value {
        Json::String(text) => act(text),
        Json::Array(items) => items.iter_mut().try_for_each(|item| each_text(item, act)),
        Json::Object(fields) => fields
            .iter_mut()
            .filter(|(name, _)| !LEFT_ALONE.contains(&name.as_str()))
            .try_for_each(|(_, field)| each_text(field, act)),
        _ => Ok(()),
    }
}

/// Seals values of one matter; equal ones get one token.
struct Sealer<'a, D> {
    matter: &'a str,
    vault: Arc<Vault<D>>,
    key: String,
    known: Known,
    new: Vec<(Value, String)>,
}

impl<'a, D: Kept> Sealer<'a, D> {
    async fn new(unit: &mut Unit, vaults: &Vaults, matter: &'a str) -> Result<Self, Error> {
        let (vault, key) = sealed::sealing::<D>(unit, vaults).await?;
        let known = sealed::known::<D>(unit.conn(), matter).await?;
        Ok(Self { matter, vault, key, known, new: Vec::new() })
    }

    fn value(&mut self, kind: Datum, text: &str) -> Result<Token, Error> {
        self.token(kind, text, text)
    }

    fn token(&mut self, kind: Datum, text: &str, met_by: &str) -> Result<Token, Error> {
        let digest = self.vault.digest(met_by);
        if let Some(token) = self.known.get(&(kind, digest.clone())) {
            return Ok(token.clone());
        }
        let token = Token::random().map_err(|error| Error::Keys(error.to_string()))?;
        let sealed = self.vault.seal_under(&self.key, &token, kind, text)?;
        self.known.insert((kind, digest.clone()), token.clone());
        self.new.push((Value { token: token.clone(), matter: self.matter.to_owned(), kind, sealed }, digest));
        Ok(token)
    }

    fn replaced(&mut self, text: &mut String, terms: &[Term]) -> Result<(), Error> {
        let found = pieces(text, terms);
        self.put(text, found)
    }

    /// Puts tokens in the place of pieces, the last first.
    fn put(&mut self, text: &mut String, pieces: Vec<Piece>) -> Result<(), Error> {
        for piece in pieces.into_iter().rev() {
            if piece.informant {
                text.replace_range(piece.at.clone(), INFORMANT);
                continue;
            }
            let token = self.value(piece.kind, &text[piece.at.clone()])?;
            let whole = piece.at == (0..text.len());
            let shown = match whole {
                true => token.as_str().to_owned(),
                false => format!("〔{}:{}〕", piece.kind.title(), token.as_str()),
            };
            text.replace_range(piece.at.clone(), &shown);
        }
        Ok(())
    }

    fn done(self) -> Batch {
        Batch { key: self.key, new: self.new }
    }
}

/// A sealed value as whoever may read its matter sees it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Masked {
    /// What stands for it in facts and texts.
    pub token: String,
    /// What kind: `name`, `certificate`, `phone`, …
    pub kind: String,
    /// The kind in Chinese.
    pub title: String,
    /// All but a little hidden.
    pub shown: String,
}

/// What stands sealed in a matter, masked: the values whose tokens its facts, heading and origin hold.
pub(super) async fn masked(
    conn: &mut sqlx::AnyConnection,
    vaults: &Vaults,
    stored: &Stored,
    facts: &str,
) -> Result<Vec<Masked>, Error> {
    let heading = [stored.heading.title.as_str(), stored.heading.subject.as_str()].join("\n");
    let tokens: Vec<Token> = tokens_in(&[facts, &heading, &stored.origin]);
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    let line = line(conn, stored).await?;
    let values = sealed::load::<OpenPersonalData>(conn, &tokens).await?;
    let masked = values.iter().filter(|value| line.contains_key(&value.matter)).map(|value| {
        let shown = sealed::with_key::<OpenPersonalData, _>(vaults, |vault| {
            vault.masked(&value.token, value.kind, &value.sealed)
        });
        Masked {
            token: value.token.as_str().to_owned(),
            kind: value.kind.name().to_owned(),
            title: value.kind.title().to_owned(),
            // Without its key a value still has a place; that it cannot be opened is told when somebody opens it.
            shown: shown.unwrap_or_else(|_| "****".to_owned()),
        }
    });
    Ok(masked.collect())
}

/// The tokens in texts: rows of 32 hexadecimal digits.
pub(super) fn tokens_in(texts: &[&str]) -> Vec<Token> {
    let rows = texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()));
    let mut tokens: Vec<Token> = rows.filter_map(Token::parse).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

/// How far up a matter's line is looked.
const GENERATIONS: usize = 8;

/// A matter and what it grew out of, each with who is recused from it: whose values belong to it.
pub(super) async fn line(
    conn: &mut sqlx::AnyConnection,
    stored: &Stored,
) -> Result<BTreeMap<String, std::collections::BTreeSet<String>>, Error> {
    let mut line = BTreeMap::from([(stored.heading.id.clone(), stored.recused.clone())]);
    let mut above = stored.heading.parent.clone();
    while let Some(id) = above.take().filter(|id| line.len() < GENERATIONS && !line.contains_key(id)) {
        let parent = super::matter::load(conn, &id).await?;
        above.clone_from(&parent.heading.parent);
        line.insert(id, parent.recused);
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_of_a_person_is_found_again_in_words() {
        let hidden = [(Datum::Name, "丙某".to_owned()), (Datum::Phone, "19900001234".to_owned())];
        let terms = terms(&hidden, &[(Datum::Address, "某市某路一号丙某家".to_owned())]);
        let text = "丙某住某市某路一号丙某家，电话19900001234";
        let found: Vec<(&str, bool)> =
            pieces(text, &terms).into_iter().map(|piece| (&text[piece.at], piece.informant)).collect();
        assert_eq!(found, [("丙某", true), ("某市某路一号丙某家", false), ("19900001234", true)]);
        assert!(pieces("13800000000", &terms).is_empty(), "a code of eleven digits");
    }

    #[test]
    fn tokens_are_whole_rows() {
        let token = "0123456789abcdef0123456789abcdef";
        assert_eq!(tokens_in(&[&format!("〔姓名:{token}〕、{token}x"), &token.to_uppercase()]).len(), 1);
    }
}
