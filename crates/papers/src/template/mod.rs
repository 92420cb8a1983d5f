//! Templates: `.docx` files that a bureau edits in Word, with marks where values of a record stand.

mod block;
mod draft;
mod fault;
mod paragraph;
mod prepare;
mod tags;

pub use fault::{Area, Fault, FaultKind, Faults, Place};

use crate::{
    digest::Digest,
    package::{self, Parts},
    xml::{self, Element},
};
use mingcha_model::{Date, Fen, Time};
use std::collections::{BTreeMap, BTreeSet};

/// What stands at a name while a template is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A field that must have a value and has none.
    Missing,
    /// A field whose value has another type.
    Wrong,
    /// A field that must have a value and has none yet, in a draft: its label stands there.
    Open(String),
    /// A field that may be empty and is.
    Blank,
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// A time.
    Time(Time),
    /// An amount.
    Money(Fen),
    /// A whole number.
    Count(i64),
    /// Items, each with names of its own.
    List(Vec<Values>),
}

impl Filled {
    /// Whether an optional part that asks for it stays.
    fn present(&self) -> bool {
        match self {
            Self::Missing | Self::Wrong | Self::Blank => false,
            Self::Text(text) => !text.trim().is_empty(),
            Self::List(items) => !items.is_empty(),
            _ => true,
        }
    }
}

/// Values by the names that stand in a template.
pub type Values = BTreeMap<String, Filled>;

/// A template that was read and may be filled.
#[derive(Clone, Debug)]
pub struct Template {
    name: String,
    raw: Parts,
    trees: BTreeMap<String, Element>,
    places: Vec<Place>,
    digest: Digest,
}

const DOCUMENT: &str = "word/document.xml";

/// What a document tells of itself: nothing, so that no author's name and no time of another document goes out with a paper.
const NEUTRAL: &[(&str, &str)] = &[
    (
        "docProps/core.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>",
    ),
    (
        "docProps/app.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>",
    ),
    (
        "docProps/custom.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>",
    ),
];

impl Template {
    /// Reads a file. What is hostile or no document ends in a fault, within bounded memory.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Faults> {
        let refused = |kind| {
            Faults(vec![Fault {
                template: name.to_owned(),
                place: Place::default(),
                field: String::new(),
                kind,
            }])
        };
        let mut raw =
            package::read(bytes).map_err(|error| refused(FaultKind::Unreadable(error.to_string())))?;
        let mut trees = BTreeMap::new();
        let mut places = vec![Place::default()];
        for (part, bytes) in &raw {
            if !matches!(part.rsplit('.').next(), Some("xml" | "rels")) {
                continue;
            }
            let unreadable = |error| refused(FaultKind::Unreadable(format!("`{part}`: {error}")));
            let mut tree = xml::parse(bytes).map_err(unreadable)?;
            if !part.starts_with("customXml/item") {
                prepare::refuse(&tree).map_err(|what| refused(FaultKind::Refused(what)))?;
            }
            if let Some(area) = area(part) {
                prepare::prepare(&mut tree, &mut prepare::Places::new(&mut places, area));
                trees.insert(part.clone(), tree);
            }
        }
        if !trees.contains_key(DOCUMENT) || !raw.contains_key("[Content_Types].xml") {
            return Err(refused(FaultKind::Unreadable(format!("it has no `{DOCUMENT}`"))));
        }
        raw.retain(|part, _| !trees.contains_key(part));
        for (part, text) in NEUTRAL {
            if let Some(bytes) = raw.get_mut(*part) {
                *bytes = text.as_bytes().to_vec();
            }
        }
        Ok(Self { name: name.to_owned(), raw, trees, places, digest: Digest::of(bytes) })
    }

    /// The name that faults carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The digest of the file as it was read: the version of the template.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Fills in values as [`Template::fill`] does, with a mark on every page that it is no paper.
    pub(crate) fn draft(&self, values: &Values, mark: &str) -> Result<Vec<u8>, Faults> {
        let (mut parts, faults, _) = self.filled(values);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        draft::stamp(&mut parts, mark);
        self.written(&parts)
    }

    /// Fills in values; the same template and values give the same bytes.
    pub fn fill(&self, values: &Values) -> Result<Vec<u8>, Faults> {
        let (parts, faults, _) = self.filled(values);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        self.written(&parts)
    }

    fn written(&self, parts: &Parts) -> Result<Vec<u8>, Faults> {
        let whole = |message: String| Fault {
            template: self.name.clone(),
            place: Place::default(),
            field: String::new(),
            kind: FaultKind::Unreadable(message),
        };
        package::write(parts).map_err(|error| Faults(vec![whole(error.to_string())]))
    }

    /// What is wrong with the template when these values are filled in, and the names that it uses.
    pub fn check(&self, values: &Values) -> (Vec<Fault>, BTreeSet<String>) {
        let (_, faults, used) = self.filled(values);
        (faults, used)
    }

    fn filled(&self, values: &Values) -> (Parts, Vec<Fault>, BTreeSet<String>) {
        let mut filler = block::Filler::new(&self.name, &self.places);
        let mut parts = self.raw.clone();
        for (name, tree) in &self.trees {
            let filled = filler.fill(tree, values);
            parts.insert(name.clone(), xml::write(&filled));
        }
        (parts, filler.faults, filler.used)
    }
}

/// Which parts are filled.
fn area(part: &str) -> Option<Area> {
    match part {
        DOCUMENT => Some(Area::Body),
        part if part.starts_with("word/header") => Some(Area::Header),
        part if part.starts_with("word/footer") => Some(Area::Footer),
        _ => None,
    }
}
