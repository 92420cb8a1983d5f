//! The attributes that policies speak of: one table for the question to Cedar and for the filter of a list, so that both see the same.

use super::{
    subject::{Actor, Installation, Matter, Organisation},
    words::is_region,
};
use crate::words::words;
use std::collections::BTreeSet;

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Long(i64),
    /// A text.
    Text(String),
    /// A word of the schema, or a region: type and id.
    Word(&'static str, String),
    /// A set of texts, or of ids.
    Texts(BTreeSet<String>),
}

words! {
    /// What a filter may ask of a matter; each is a column, or a table of members beside it.
    pub enum Column {
        /// Id.
        Id = "id", "编号";
        /// Kind.
        Kind = "kind", "类别";
        /// Region where it lies.
        Region = "region", "事项所在地";
        /// Organisation that owns it.
        Organisation = "organisation", "承办单位";
        /// Department of that organisation.
        Department = "department", "承办部门";
        /// Region of that organisation.
        Seat = "seat", "承办单位所在地";
        /// Organisations that it was handed to.
        HandedTo = "handed_to", "送达单位";
        /// Accounts that work on it.
        Team = "team", "专案人员";
        /// Accounts that are recused.
        Recused = "recused", "回避人员";
        /// Secrecy grade.
        Secrecy = "secrecy", "密级";
        /// Designated institution concerned.
        Institution = "institution", "涉及机构";
    }
}

impl Column {
    /// Whether it holds a set of texts rather than one value.
    pub fn is_set(self) -> bool {
        matches!(self, Self::HandedTo | Self::Team | Self::Recused)
    }

    /// Whether it holds a region code.
    pub fn is_region(self) -> bool {
        matches!(self, Self::Region | Self::Seat)
    }

    /// Its value in a matter.
    pub(super) fn of(self, matter: &Matter) -> Known {
        match self {
            Self::Id => Known::Text(matter.id.clone()),
            Self::Kind => Known::Word("Kind", matter.kind.name().to_owned()),
            Self::Region => thing_region(&matter.region),
            Self::Organisation => Known::Text(matter.organisation.clone()),
            Self::Department => Known::Word("Department", matter.department.name().to_owned()),
            Self::Seat => thing_region(&matter.seat),
            Self::HandedTo => Known::Texts(matter.handed_to.clone()),
            Self::Team => Known::Texts(matter.team.clone()),
            Self::Recused => Known::Texts(matter.recused.clone()),
            Self::Secrecy => Known::Long(matter.secrecy.grade()),
            Self::Institution => Known::Text(matter.institution.clone()),
        }
    }
}

/// What is no region code is a region of its own, so that two such texts never meet.
fn region(code: &str, otherwise: &str) -> Known {
    Known::Word("Region", if is_region(code) { code } else { otherwise }.to_owned())
}

fn thing_region(code: &str) -> Known {
    region(code, "nowhere")
}

/// The attributes of an account.
pub(super) fn account(actor: &Actor) -> Vec<(&'static str, Known)> {
    let commission = actor.commission.as_ref();
    vec![
        ("account", Known::Text(actor.account.clone())),
        ("department", Known::Word("Department", actor.department.name().to_owned())),
        ("role", Known::Word("Role", actor.role.name().to_owned())),
        ("level", Known::Word("Level", actor.level().name().to_owned())),
        ("region", region(&actor.region, "no region")),
        ("organisation", Known::Text(actor.organisation.clone())),
        ("enabled", Known::Flag(actor.enabled)),
        ("clearance", Known::Long(actor.clearance.grade())),
        ("institution", Known::Text(actor.institution.clone())),
        ("commission_by", Known::Text(commission.map(|named| named.by.clone()).unwrap_or_default())),
        (
            "commission_matters",
            Known::Texts(commission.map(|named| named.matters.clone()).unwrap_or_default()),
        ),
        (
            "commission_institutions",
            Known::Texts(commission.map(|named| named.institutions.clone()).unwrap_or_default()),
        ),
        ("commission_from", Known::Long(commission.map_or(0, |named| i64::from(named.from.0)))),
        ("commission_to", Known::Long(commission.map_or(-1, |named| i64::from(named.to.0)))),
    ]
}

/// The attributes of an organisation.
pub(super) fn installation(installation: &Installation) -> Vec<(&'static str, Known)> {
    vec![("region", thing_region(&installation.region))]
}

pub(super) fn organisation(organisation: &Organisation) -> Vec<(&'static str, Known)> {
    vec![
        ("code", Known::Text(organisation.code.clone())),
        ("department", Known::Word("Department", organisation.department.name().to_owned())),
        ("region", thing_region(&organisation.region)),
    ]
}
