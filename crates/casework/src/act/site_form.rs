//! The input of an offline form of an inspection: what officers noted on site without network. Only the docket makes it, from the form's
//! file, so that the digest is that of what lies in the matter.

use super::{Input, InputError, Line, List, Personal, Prose, Sum, payloads, shape::Shape};
use crate::{
    ask::Ask,
    facts::{Facts, Finding, Seen, SiteItem, SitePerson, SiteSheet},
    machine::Act,
    site_form,
    trail::Digest,
};
use mingcha_model::Time;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Somebody of the institution who was present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormPerson {
    /// Name.
    pub name: Personal,
    /// What they do there.
    pub post: Line,
}

/// What was noted of an item of a guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormItem {
    /// Its id.
    pub item: Line,
    /// Whether it was seen.
    pub seen: Seen,
    /// What was seen.
    pub facts: Prose,
    /// Amount.
    pub amount: Sum,
    /// Files of evidence.
    pub files: List<FormFile, 20>,
}

/// A file of evidence as the form digested it on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// Its name there.
    pub name: Line,
    /// SHA-256 of it.
    pub sha256: Digest,
}

payloads! {
    /// What was noted on site without network.
    SiteForm {
        /// SM3 of the form's file.
        sm3: Digest,
        /// The inspection that the form was made for.
        inspection: Line,
        /// When it was noted. No clock runs from it, and it lies between entering the site and now.
        at: Time,
        /// Where.
        place: Line,
        /// Who of the institution was present.
        present: List<FormPerson, 30>,
        /// Accounts of the officers who noted it.
        officers: List<Line, 20>,
        /// What was noted, item by item.
        items: List<FormItem, 300>,
        /// What the institution said on the spot; empty where it said nothing.
        statement: Prose,
    } (self, ask, _act, facts) => {
        let faults = site_form::faults(self, ask);
        if !faults.is_empty() {
            return Err(InputError::Form(site_form::told(&faults)));
        }
        let sheet = self.sheet(ask)?;
        let seen = self.items.0.iter().zip(&sheet.items).filter(|(_, kept)| kept.seen == Some(Seen::Seen));
        facts.inspection.findings.extend(seen.map(|(item, kept)| Finding {
            item: item.item.owned(),
            facts: item.facts.owned(),
            // The record itself is evidence of what it says, so that no finding stands without any.
            evidence: std::iter::once(self.sm3).chain(kept.files.iter().copied()).collect(),
            amount: item.amount.0,
            result: String::new(),
        }));
        facts.inspection.records.push(self.sm3);
        facts.inspection.sheets.push(sheet);
    }
}

impl SiteForm {
    /// The form as the facts keep it: people as tokens, files as those of the matter.
    fn sheet(&self, ask: &Ask<'_>) -> Result<SiteSheet, InputError> {
        let person = |person: &FormPerson| -> Result<SitePerson, InputError> {
            Ok(SitePerson { name: person.name.token()?, post: person.post.owned() })
        };
        let of = |file: &FormFile| ask.around.form.files.get(&file.sha256).copied();
        let item = |item: &FormItem| SiteItem {
            item: item.item.owned(),
            seen: Some(item.seen),
            facts: item.facts.owned(),
            amount: item.amount.0,
            files: item.files.0.iter().filter_map(of).collect(),
        };
        Ok(SiteSheet {
            record: Some(self.sm3),
            at: Some(self.at),
            place: self.place.owned(),
            present: self.present.0.iter().map(person).collect::<Result<_, _>>()?,
            officers: self.officers.owned(),
            items: self.items.0.iter().map(item).collect(),
            statement: self.statement.owned(),
        })
    }
}

/// An object that needs all of its properties.
fn object(properties: &Value) -> Value {
    let names: Vec<&String> = properties.as_object().into_iter().flat_map(serde_json::Map::keys).collect();
    json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
}

impl Shape for FormPerson {
    fn shape() -> Value {
        object(&json!({ "name": Personal::shape(), "post": Line::shape() }))
    }
}

impl Shape for FormItem {
    fn shape() -> Value {
        object(&json!({
            "item": Line::shape(),
            "seen": Seen::shape(),
            "facts": Prose::shape(),
            "amount": Sum::shape(),
            "files": <List<FormFile, 20>>::shape(),
        }))
    }
}

impl Shape for FormFile {
    fn shape() -> Value {
        object(&json!({ "name": Line::shape(), "sha256": Digest::shape() }))
    }
}
