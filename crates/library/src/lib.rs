//! The method library: rule folders and knowledge tables into checked values; lock, pages, coverage. Reads files, knows no data.

pub mod knowledge;
pub mod rule;

pub use knowledge::{Knowledge, KnowledgeRow};
pub use rule::{Method, Param, Rule, Stage, Status};

/// All rules and knowledge tables of one version of the library.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Rules, sorted by name.
    pub rules: Vec<Rule>,
    /// Knowledge tables, sorted by name.
    pub knowledge: Vec<Knowledge>,
    /// SM3 over all files of the library, in hexadecimal: the version that a run pins.
    pub digest: String,
}

impl Library {
    /// The rule of that name (`chapter/name`) or id.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name || rule.id == name)
    }

    /// The knowledge table of that name.
    pub fn knowledge(&self, name: &str) -> Option<&Knowledge> {
        self.knowledge.iter().find(|table| table.name == name)
    }
}
