//! Files of matters on disk: received piece by piece into a folder of their own, digested on the way, and put in their place once the
//! store names them.
//!
//! A file lies under `incoming/` until its row stands; only then is it moved. So a kill leaves at most something in `incoming/`, which the next
//! start puts in its place where a row names it, and removes where none does. What lies in its place is never written again.

use crate::store::Error;
use mingcha_model::cert::hex;
use sha2::Sha256;
use sm3::{Digest as _, Sm3};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// Where files lie that no row names yet.
const INCOMING: &str = "incoming";
/// Bytes that are read or written at once.
pub const BLOCK: usize = 256 * 1024;

/// What may be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRules {
    /// Most bytes of a file.
    pub most: u64,
    /// Endings of names, without the dot, in lower case.
    pub types: Vec<String>,
}

/// Endings that are taken where nothing else is set: documents, tables, pictures, recordings and archives of them.
pub const USUAL_TYPES: &str = "pdf, ofd, doc, docx, xls, xlsx, wps, et, csv, txt, json, xml, parquet, jpg, jpeg, png, bmp, tif, tiff, \
                               mp3, wav, m4a, mp4, mov, avi, zip, eml";

impl Default for FileRules {
    fn default() -> Self {
        let types = USUAL_TYPES.split(',').map(|ending| ending.trim().to_owned());
        Self { most: 200 << 20, types: types.collect() }
    }
}

impl FileRules {
    /// Refuses what is too large, empty or of another type. What a file says of itself is not asked.
    pub fn check(&self, title: &str, bytes: u64) -> Result<(), Error> {
        if bytes == 0 || bytes > self.most {
            return Err(Error::invalid("bytes", format!("文件须有内容，且不超过{} MiB", self.most >> 20)));
        }
        let ending = Path::new(title).extension().map(|ending| ending.to_string_lossy().to_lowercase());
        if ending.is_none_or(|ending| !self.types.contains(&ending)) {
            return Err(Error::invalid(
                "title",
                format!("文件名须以这些扩展名之一结尾：{}", self.types.join("、")),
            ));
        }
        Ok(())
    }
}

/// The folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    root: PathBuf,
    /// What may be taken in.
    pub rules: FileRules,
}

/// A file that is being received. Dropped before its end, nothing of it stays.
#[derive(Debug)]
pub struct Receiving {
    id: String,
    path: PathBuf,
    file: Option<File>,
    sm3: Sm3,
    sha256: Sha256,
    received: u64,
    whole: u64,
}

/// A file that lies whole and safe under `incoming/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Its id, by which rows name it.
    pub id: String,
    /// Its size.
    pub bytes: u64,
    /// SM3 of its bytes, hexadecimal.
    pub sm3: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Files {
    /// Files in a folder, which is made when the first comes.
    pub fn new(root: PathBuf, rules: FileRules) -> Self {
        Self { root, rules }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Begins to receive a file of that size.
    pub fn receive(&self, whole: u64) -> Result<Receiving, Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| Error::Stored(format!("no random bytes: {error}")))?;
        let id = hex(&bytes);
        let folder = self.root.join(INCOMING);
        fs::create_dir_all(&folder)?;
        let path = folder.join(&id);
        let file = Some(OpenOptions::new().write(true).create_new(true).open(&path)?);
        Ok(Receiving { id, path, file, sm3: Sm3::new(), sha256: Sha256::new(), received: 0, whole })
    }

    /// Takes bytes that are at hand, such as those of a paper.
    pub fn take(&self, bytes: &[u8]) -> Result<Received, Error> {
        let mut receiving = self.receive(bytes.len() as u64)?;
        for piece in bytes.chunks(BLOCK) {
            receiving.take(receiving.received, piece)?;
        }
        receiving.end()
    }

    /// Moves a file from `incoming/` to its place; does nothing where it lies there already.
    pub fn place(&self, id: &str) -> io::Result<()> {
        let (from, to) = (self.root.join(INCOMING).join(id), self.path(id));
        if to.exists() {
            return Ok(());
        }
        let folder = to.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)?;
        fs::rename(&from, &to)?;
        // The name itself is safe only once its folder is.
        for folder in [folder, self.root.as_path()] {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Removes a file that no row names.
    pub fn discard(&self, id: &str) {
        // What cannot be removed now is removed at the next start.
        drop(fs::remove_file(self.root.join(INCOMING).join(id)));
    }

    /// Ids of what lies under `incoming/`.
    pub fn incoming(&self) -> io::Result<Vec<String>> {
        match fs::read_dir(self.root.join(INCOMING)) {
            Ok(entries) => {
                entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Opens a file that has these digests still; [`Error::Altered`] where it has not. Reads it once before anything of it is handed out.
    pub fn open(&self, id: &str, sm3: &str) -> Result<File, Error> {
        let altered = || Error::Altered(id.to_owned());
        let opened = File::open(self.path(id)).or_else(|_| File::open(self.root.join(INCOMING).join(id)));
        let mut file = opened.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => altered(),
            _ => error.into(),
        })?;
        if digest(&mut file)? != sm3 {
            return Err(altered());
        }
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    /// Where a file lies that a row names.
    pub fn path(&self, id: &str) -> PathBuf {
        self.root.join(id.get(..2).unwrap_or_default()).join(id)
    }
}

/// SM3 and SHA-256 of bytes, hexadecimal.
pub(crate) fn digests(bytes: &[u8]) -> [String; 2] {
    [hex(&Sm3::digest(bytes)), hex(&Sha256::digest(bytes))]
}

/// SM3 of what is read to its end, hexadecimal.
pub fn digest(from: &mut impl io::Read) -> io::Result<String> {
    let (mut hash, mut block) = (Sm3::new(), vec![0; BLOCK]);
    loop {
        match from.read(&mut block)? {
            0 => return Ok(hex(&hash.finalize())),
            count => hash.update(&block[..count]),
        }
    }
}

/// SM3 and SHA-256 of what is read to its end, hexadecimal.
pub(crate) fn both_digests(from: &mut impl io::Read) -> io::Result<[String; 2]> {
    let (mut sm3, mut sha256, mut block) = (Sm3::new(), Sha256::new(), vec![0; BLOCK]);
    loop {
        match from.read(&mut block)? {
            0 => return Ok([hex(&sm3.finalize()), hex(&sha256.finalize())]),
            count => {
                sm3.update(&block[..count]);
                sha256.update(&block[..count]);
            }
        }
    }
}

/// The next block of a file; nothing at its end.
pub fn block(file: &mut File) -> io::Result<Option<Vec<u8>>> {
    let mut block = Vec::with_capacity(BLOCK);
    file.take(BLOCK as u64).read_to_end(&mut block)?;
    Ok(Some(block).filter(|block| !block.is_empty()))
}

impl Receiving {
    /// Takes the piece that begins at `offset` and returns how much has come. A piece that came before is not written again.
    pub fn take(&mut self, offset: u64, piece: &[u8]) -> Result<u64, Error> {
        let end = offset.saturating_add(piece.len() as u64);
        if end <= self.received {
            return Ok(self.received);
        }
        if offset != self.received {
            return Err(Error::invalid("offset", format!("下一段应从第{}字节开始", self.received)));
        }
        if end > self.whole {
            return Err(Error::invalid("bytes", "收到的内容超过所报的文件大小"));
        }
        let Some(file) = &mut self.file else { return Err(Error::Stored("file has ended".into())) };
        file.write_all(piece)?;
        self.sm3.update(piece);
        self.sha256.update(piece);
        self.received = end;
        Ok(end)
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What to say where not all of it has come.
    pub fn unfinished(&self) -> Error {
        Error::invalid("bytes", format!("文件未传完：已收{}字节，应为{}字节", self.received, self.whole))
    }

    /// Whether all of it has come.
    pub fn is_whole(&self) -> bool {
        self.received == self.whole
    }

    /// Ends: all bytes are on the disk when this returns.
    pub fn end(mut self) -> Result<Received, Error> {
        if !self.is_whole() {
            return Err(self.unfinished());
        }
        if let Some(file) = &self.file {
            file.sync_all()?;
            if let Some(folder) = self.path.parent() {
                File::open(folder)?.sync_all()?;
            }
        }
        let (sm3, sha256) = (self.sm3.clone().finalize(), self.sha256.clone().finalize());
        // Closed here, so that it is not removed below.
        self.file = None;
        Ok(Received { id: self.id.clone(), bytes: self.received, sm3: hex(&sm3), sha256: hex(&sha256) })
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What cannot be removed now is removed at the next start.
            drop(fs::remove_file(&self.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &tempfile::TempDir) -> Files {
        Files::new(folder.path().join("files"), FileRules::default())
    }

    #[test]
    fn pieces_come_in_order_once_and_what_breaks_off_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = files(&folder);
        let mut receiving = files.receive(6).expect("begun");
        assert_eq!(receiving.take(0, b"abc").expect("taken"), 3);
        assert_eq!(receiving.take(0, b"abc").expect("told twice"), 3);
        assert!(matches!(receiving.take(5, b"f"), Err(Error::Invalid { field, .. }) if field == "offset"));
        assert!(matches!(receiving.take(3, b"defg"), Err(Error::Invalid { field, .. }) if field == "bytes"));
        assert_eq!(files.incoming().expect("listed").len(), 1);
        drop(receiving);
        assert_eq!(files.incoming().expect("listed"), [""; 0]);

        let received = files.take(b"abc").expect("whole");
        assert_eq!(received.sm3, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(received.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        files.place(&received.id).expect("placed");
        files.place(&received.id).expect("placed before");
        assert_eq!(files.incoming().expect("listed"), [""; 0]);
        let mut file = files.open(&received.id, &received.sm3).expect("the same");
        assert_eq!(block(&mut file).expect("read"), Some(b"abc".to_vec()));
        assert_eq!(block(&mut file).expect("read"), None);
        fs::write(files.path(&received.id), "acd").expect("altered");
        assert!(matches!(files.open(&received.id, &received.sm3), Err(Error::Altered(_))));
        fs::remove_file(files.path(&received.id)).expect("removed");
        assert!(matches!(files.open(&received.id, &received.sm3), Err(Error::Altered(_))));
    }

    #[test]
    fn size_and_ending_are_held_to_the_rules() {
        let rules = FileRules { most: 10, types: vec!["pdf".into()] };
        assert!(rules.check("笔录.PDF", 10).is_ok());
        for (title, bytes, field) in [
            ("笔录.pdf", 11, "bytes"),
            ("笔录.pdf", 0, "bytes"),
            ("笔录.exe", 1, "title"),
            ("pdf", 1, "title"),
        ] {
            let refused = rules.check(title, bytes);
            assert!(matches!(&refused, Err(Error::Invalid { field: at, .. }) if at == field), "{refused:?}");
        }
    }
}
