//! A `.docx` file as parts: read within bounds, only parts that a plain document needs; written so that the same parts give the same bytes.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
};
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Greatest size of a file as it lies on disk.
pub const MOST_FILE: usize = 8 << 20;
/// Greatest size of one part and of all parts when unpacked.
const MOST_PART: u64 = 8 << 20;
const MOST_ALL: u64 = 24 << 20;
/// Most parts.
const MOST_PARTS: usize = 200;

/// Parts by name.
pub(crate) type Parts = BTreeMap<String, Vec<u8>>;

/// Why a file is no document that is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PackageError {
    #[error("it is larger than {} MiB", MOST_FILE >> 20)]
    File,
    #[error("it is no .docx file")]
    NoZip,
    #[error("it has more than {MOST_PARTS} parts")]
    Count,
    #[error("`{0}` stands in it twice")]
    Twice(String),
    #[error("`{part}` unpacks to more than {} MiB", MOST_PART >> 20, part = .0)]
    Part(String),
    #[error("it unpacks to more than {} MiB", MOST_ALL >> 20)]
    All,
    #[error("`{0}` is damaged or encrypted")]
    Damaged(String),
    #[error(
        "it holds `{0}`, which a plain document does not have (macro, embedded object, comment or foreign content)"
    )]
    Foreign(String),
}

/// Reads the parts of a file.
pub(crate) fn read(bytes: &[u8]) -> Result<Parts, PackageError> {
    if bytes.len() > MOST_FILE {
        return Err(PackageError::File);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PackageError::NoZip)?;
    if archive.len() > MOST_PARTS {
        return Err(PackageError::Count);
    }
    let mut parts = Parts::new();
    let mut left = MOST_ALL;
    for index in 0..archive.len() {
        let mut entry =
            archive.by_index(index).map_err(|_| PackageError::Damaged(format!("part {index}")))?;
        let name = entry.name().map_err(|_| PackageError::NoZip)?.into_owned();
        if name.ends_with('/') {
            continue;
        }
        let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        if !plain(&name) {
            return Err(PackageError::Foreign(shown));
        }
        // What the directory says of the size is not believed; the limit holds while unpacking.
        let mut part = Vec::new();
        let most = MOST_PART.min(left) + 1;
        let read = entry.by_ref().take(most).read_to_end(&mut part);
        read.map_err(|_| PackageError::Damaged(shown.clone()))?;
        let size = part.len() as u64;
        if size > MOST_PART {
            return Err(PackageError::Part(shown));
        }
        left = left.checked_sub(size).ok_or(PackageError::All)?;
        if parts.insert(name, part).is_some() {
            return Err(PackageError::Twice(shown));
        }
    }
    Ok(parts)
}

/// The parts of a plain document. What is not on the list is refused, so that nobody has to know every way to hide a program.
fn plain(name: &str) -> bool {
    const EXACT: &[&str] = &[
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/endnotes.xml",
        "word/fontTable.xml",
        "word/_rels/fontTable.xml.rels",
        "word/footnotes.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/_rels/settings.xml.rels",
        "word/styles.xml",
        "word/stylesWithEffects.xml",
        "word/webSettings.xml",
    ];
    const NUMBERED: &[(&str, &[&str])] = &[
        ("word/header", &[".xml"]),
        ("word/footer", &[".xml"]),
        ("word/_rels/header", &[".xml.rels"]),
        ("word/_rels/footer", &[".xml.rels"]),
        ("word/theme/theme", &[".xml"]),
        ("word/media/image", &[".png", ".jpg", ".jpeg"]),
        ("word/fonts/font", &[".odttf"]),
        ("customXml/item", &[".xml"]),
        ("customXml/itemProps", &[".xml"]),
        ("customXml/_rels/item", &[".xml.rels"]),
        ("docProps/thumbnail", &[".jpeg", ".png"]),
    ];
    let numbered = |&(start, ends): &(&str, &[&str])| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| ends.contains(&rest.trim_start_matches(|c: char| c.is_ascii_digit())))
    };
    EXACT.contains(&name) || NUMBERED.iter().any(numbered)
}

/// Writes parts. They are stored without compression: its output would change with the library that compresses.
pub(crate) fn write(parts: &Parts) -> std::io::Result<Vec<u8>> {
    const FIRST: &str = "[Content_Types].xml";
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // Word wants the list of types first.
    let first = parts.get_key_value(FIRST);
    for (name, part) in first.into_iter().chain(parts.iter().filter(|(name, _)| *name != FIRST)) {
        file.start_file(name.as_str(), options).map_err(std::io::Error::other)?;
        file.write_all(part)?;
    }
    Ok(file.finish().map_err(std::io::Error::other)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zipped(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut file = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, part) in entries {
            file.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            file.write_all(part).expect("written");
        }
        file.finish().expect("a file").into_inner()
    }

    #[test]
    fn parts_come_back_and_the_same_parts_give_the_same_bytes() {
        let parts = Parts::from([
            ("word/document.xml".to_owned(), b"<a/>".to_vec()),
            ("[Content_Types].xml".to_owned(), b"<b/>".to_vec()),
        ]);
        let bytes = write(&parts).expect("written");
        assert_eq!(bytes, write(&parts).expect("written"));
        assert_eq!(read(&bytes), Ok(parts));
    }

    #[test]
    fn a_bomb_is_refused_before_it_fills_memory() {
        let one = zipped(&[("word/document.xml", vec![b' '; 9 << 20])]);
        assert!(one.len() < 100_000);
        assert_eq!(read(&one), Err(PackageError::Part("word/document.xml".to_owned())));
        let names: Vec<String> = (1..=4).map(|at| format!("word/header{at}.xml")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), vec![b' '; 7 << 20])).collect();
        assert_eq!(read(&zipped(&many)), Err(PackageError::All));
        assert_eq!(read(&vec![0; MOST_FILE + 1]), Err(PackageError::File));
        assert_eq!(read(b"PK"), Err(PackageError::NoZip));
    }

    #[test]
    fn what_a_plain_document_does_not_have_is_refused() {
        for name in [
            "word/vbaProject.bin",
            "word/embeddings/oleObject1.bin",
            "word/activeX/activeX1.xml",
            "word/comments.xml",
            "../../etc/passwd",
            "word/media/image1.svg",
            "word/afchunk.mht",
        ] {
            assert_eq!(
                read(&zipped(&[(name, Vec::new())])),
                Err(PackageError::Foreign(name.to_owned())),
                "{name}"
            );
        }
        let names: Vec<String> = (0..=MOST_PARTS).map(|at| format!("word/media/image{at}.png")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), Vec::new())).collect();
        assert_eq!(read(&zipped(&many)), Err(PackageError::Count));
    }
}
