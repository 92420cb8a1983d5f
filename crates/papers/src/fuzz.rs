//! Entry points for fuzzing: any bytes in, no panic, bounded work.

use crate::{
    field::Field,
    package::{self, Parts},
    papers::{Papers, embedded_files},
    template::{Template, Values},
};
use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

static PAPERS: LazyLock<Papers> = LazyLock::new(|| Papers::embedded().0);

/// Every field of the dictionary with something of its type.
fn values() -> Values {
    let probe = |field: &Field| (field.label.clone(), field.probe());
    PAPERS.fields.values().map(probe).collect()
}

/// Reads bytes as a `.docx` file, as the main part of one, and as the text of a layout; what can be read is filled in.
pub fn fuzz_template(bytes: &[u8]) {
    static VALUES: LazyLock<Values> = LazyLock::new(values);
    let mut parts = Parts::from([("[Content_Types].xml".to_owned(), b"<Types/>".to_vec())]);
    parts.insert("word/document.xml".to_owned(), bytes.to_vec());
    let wrapped = package::write(&parts).unwrap_or_default();
    let layout = crate::layout::template(&String::from_utf8_lossy(bytes)).unwrap_or_default();
    for file in [bytes, &wrapped, &layout] {
        let Ok(template) = Template::read("fuzz.docx", file) else { continue };
        let Ok(filled) = template.fill(&VALUES) else { continue };
        assert!(Template::read("filled.docx", &filled).is_ok(), "what was filled is a document");
    }
}

/// Reads bytes as each kind of file that a site may write.
pub fn fuzz_definitions(bytes: &[u8]) {
    let mut files: BTreeMap<_, _> = embedded_files();
    files.retain(|path, _| path == "papers/fields.toml");
    for name in ["papers/fuzz.toml", "ledgers/fuzz.toml", "papers/templates/fuzz.docx"] {
        files.insert(name.to_owned(), Cow::Owned(bytes.to_vec()));
    }
    let _ = Papers::from_files(&files);
    files.insert("papers/fields.toml".to_owned(), Cow::Owned(bytes.to_vec()));
    let _ = Papers::from_files(&files);
}
