//! A question as Cedar's entities.

use super::{attribute::Known, words::regions_above};
use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression as Value};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Somebody or something in a question.
pub struct Asked {
    /// Type in the schema.
    pub(super) kind: &'static str,
    /// Id.
    pub(super) id: String,
    /// Attributes.
    pub(super) attributes: Vec<(&'static str, Known)>,
}

impl Asked {
    /// The id as Cedar has it.
    pub(super) fn uid(&self) -> EntityUid {
        uid(self.kind, &self.id)
    }

    /// The entity; `None` where Cedar refuses a value, which then allows nothing.
    pub(super) fn entity(&self) -> Option<Entity> {
        let value = |(name, known): &(&str, Known)| ((*name).to_owned(), value(known));
        let attributes: HashMap<String, Value> = self.attributes.iter().map(value).collect();
        Entity::new(self.uid(), attributes, HashSet::new()).ok()
    }

    /// The regions that it names.
    fn regions(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().filter_map(|(_, known)| match known {
            Known::Word("Region", code) => Some(code.as_str()),
            _ => None,
        })
    }
}

/// An entity's id.
pub(super) fn uid(kind: &str, id: &str) -> EntityUid {
    let kind: EntityTypeName = kind.parse().expect("the types of the schema are names");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}

fn value(known: &Known) -> Value {
    match known {
        Known::Flag(flag) => Value::new_bool(*flag),
        Known::Long(number) => Value::new_long(*number),
        Known::Text(text) => Value::new_string(text.clone()),
        Known::Word(kind, id) => Value::new_entity_uid(uid(kind, id)),
        Known::Texts(texts) => Value::new_set(texts.iter().map(|text| Value::new_string(text.clone()))),
    }
}

/// The regions of a question, each with all that it lies in.
pub(super) fn regions(asked: &[&Asked]) -> Vec<Entity> {
    let codes: BTreeSet<String> =
        asked.iter().flat_map(|asked| asked.regions()).flat_map(regions_above).collect();
    let entity = |code: &String| {
        let above = regions_above(code).iter().skip(1).map(|code| uid("Region", code)).collect();
        Entity::new_no_attrs(uid("Region", code), above)
    };
    codes.iter().map(entity).collect()
}
