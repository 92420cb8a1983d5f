//! Rings of keys: read from a file that only its owner may read, or from the output of a command; several keys, one of them current.
//!
//! A ring is text, one statement a line: `purpose personal`, `current k1`, `digest <64 hexadecimal digits>`, `key k1 <32 hexadecimal
//! digits>`; `#` begins a comment line. Rotation adds a key, makes it current and keeps the old ones until all is sealed anew.

use super::Purpose;
use crate::words::Word as _;
use mingcha_model::cert::DigestKey;
use std::{
    collections::BTreeMap,
    fmt,
    fs::File,
    io::{self, Read},
    path::PathBuf,
    process::{Command, Stdio},
};
use zeroize::{Zeroize as _, Zeroizing};

/// Greatest size of a ring's text: 64 KiB.
const MOST_BYTES: u64 = 1 << 16;

/// An SM4 key.
pub(super) type Key = Zeroizing<[u8; 16]>;

/// Where a ring is read from. It is never the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A file that nobody but its owner may read or write.
    File(PathBuf),
    /// A program and its arguments, run without a shell; its output is the ring. So a key service or a certified module is asked.
    Command(Vec<String>),
}

/// Keys of one purpose.
pub struct KeyRing {
    purpose: Purpose,
    keys: BTreeMap<String, Key>,
    current: String,
    digest: DigestKey,
}

/// Shows the names of keys, nothing of them.
impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.keys.keys().collect();
        write!(f, "KeyRing({}, {names:?}, current {:?})", self.purpose.name(), self.current)
    }
}

/// Why there is no ring. Holds nothing of what the ring says.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    /// The file cannot be read.
    #[error("key file {0} cannot be read: {1}; check the path and the owner")]
    File(PathBuf, #[source] io::Error),
    /// Others may read it.
    #[error("key file {0} may be read by others (mode {1:o}); run: chmod 600 {0}")]
    Open(PathBuf, u32),
    /// The command did not give a ring.
    #[error("the key command `{0}` failed: {1}")]
    Command(String, String),
    /// A line of it is wrong.
    #[error("line {0} of the key ring {1}")]
    Line(usize, &'static str),
    /// It is of another purpose.
    #[error("the key ring is for `{}`, `{}` is needed", .0.name(), .1.name())]
    Purpose(Purpose, Purpose),
    /// Something is missing.
    #[error("the key ring lacks {0}")]
    Missing(&'static str),
    /// The system gave no randomness.
    #[error("the operating system gave no randomness")]
    Random,
}

impl KeyRing {
    /// Reads the ring of a purpose.
    pub fn read(purpose: Purpose, source: &KeySource) -> Result<Self, RingError> {
        let text = match source {
            KeySource::File(path) => file(path)?,
            KeySource::Command(words) => command(words)?,
        };
        Self::parse(purpose, &text)
    }

    /// Reads a ring's text.
    pub fn parse(purpose: Purpose, text: &str) -> Result<Self, RingError> {
        let (mut found, mut current, mut digest, mut keys) = (None, None, None, BTreeMap::new());
        for (line, number) in text.lines().zip(1..) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                ["purpose", name] => {
                    let purpose = Purpose::named(name).ok_or(RingError::Line(number, "names no purpose"))?;
                    once(&mut found, purpose, number)?;
                }
                ["current", id] => once(&mut current, (*id).to_owned(), number)?,
                ["digest", hex] => {
                    let mut bytes =
                        unhex::<32>(hex).ok_or(RingError::Line(number, "must hold 64 hexadecimal digits"))?;
                    once(&mut digest, DigestKey::new(*bytes), number)?;
                    bytes.zeroize();
                }
                ["key", id, hex] => {
                    let key =
                        unhex::<16>(hex).ok_or(RingError::Line(number, "must hold 32 hexadecimal digits"))?;
                    if !is_key_id(id) || keys.insert((*id).to_owned(), key).is_some() {
                        return Err(RingError::Line(number, "has an id that is taken or no id"));
                    }
                }
                _ => return Err(RingError::Line(number, "is no `purpose`, `current`, `digest` or `key`")),
            }
        }
        let found = found.ok_or(RingError::Missing("`purpose`"))?;
        if found != purpose {
            return Err(RingError::Purpose(found, purpose));
        }
        let current = current.filter(|id| keys.contains_key(id));
        let current = current.ok_or(RingError::Missing("`current` with its `key`"))?;
        let digest = digest.ok_or(RingError::Missing("`digest`"))?;
        Ok(Self { purpose, keys, current, digest })
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Id of the key that seals.
    pub fn current(&self) -> &str {
        &self.current
    }

    pub(super) fn key(&self, id: &str) -> Option<&Key> {
        self.keys.get(id)
    }

    pub(super) fn digest_key(&self) -> &DigestKey {
        &self.digest
    }
}

/// The text of a new ring with one key.
pub fn new_ring(purpose: Purpose, id: &str) -> Result<Zeroizing<String>, RingError> {
    let digest = random_hex::<32>()?;
    let head = format!("purpose {}\ncurrent {id}\ndigest {}\n", purpose.name(), *digest);
    append(Zeroizing::new(head), purpose, id)
}

/// The text of a ring with one more key, which is current; the keys before it stay.
pub fn with_new_key(purpose: Purpose, text: &str, id: &str) -> Result<Zeroizing<String>, RingError> {
    KeyRing::parse(purpose, text)?;
    let mut changed = Zeroizing::new(String::with_capacity(text.len() + 64));
    for line in text.lines() {
        let is_current = line.split_whitespace().next() == Some("current");
        changed.push_str(if is_current { "current " } else { line });
        changed.push_str(if is_current { id } else { "" });
        changed.push('\n');
    }
    append(changed, purpose, id)
}

/// The text of a ring without a key, which must not be its current one.
pub fn without_key(purpose: Purpose, text: &str, id: &str) -> Result<Zeroizing<String>, RingError> {
    let ring = KeyRing::parse(purpose, text)?;
    if ring.current() == id || ring.key(id).is_none() {
        return Err(RingError::Missing("such a key beside its current one"));
    }
    let mut changed = Zeroizing::new(String::with_capacity(text.len()));
    for line in text.lines().filter(
        |line| !matches!(line.split_whitespace().collect::<Vec<_>>()[..], ["key", known, _] if known == id),
    ) {
        changed.push_str(line);
        changed.push('\n');
    }
    KeyRing::parse(purpose, &changed)?;
    Ok(changed)
}

fn append(mut text: Zeroizing<String>, purpose: Purpose, id: &str) -> Result<Zeroizing<String>, RingError> {
    let key = random_hex::<16>()?;
    let line = Zeroizing::new(format!("key {id} {}\n", *key));
    text.push_str(&line);
    KeyRing::parse(purpose, &text)?;
    Ok(text)
}

fn once<T>(slot: &mut Option<T>, value: T, line: usize) -> Result<(), RingError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(RingError::Line(line, "says again what stands above")),
    }
}

/// Ids of keys stand in every envelope: short and plain.
pub(super) fn is_key_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=32).contains(&id.len()) && id.bytes().all(plain)
}

fn unhex<const N: usize>(text: &str) -> Option<Zeroizing<[u8; N]>> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = Zeroizing::new([0; N]);
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn random_hex<const N: usize>() -> Result<Zeroizing<String>, RingError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| RingError::Random)?;
    Ok(Zeroizing::new(mingcha_model::cert::hex(bytes.as_slice())))
}

fn file(path: &PathBuf) -> Result<Zeroizing<String>, RingError> {
    let failed = |error| RingError::File(path.clone(), error);
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if !about.is_file() {
        return Err(failed(io::Error::other("not a plain file")));
    }
    private(path, &about)?;
    text(file).map_err(failed)
}

#[cfg(unix)]
fn private(path: &std::path::Path, about: &std::fs::Metadata) -> Result<(), RingError> {
    use std::os::unix::fs::PermissionsExt as _;
    const OTHERS: u32 = 0o077;
    let mode = about.permissions().mode() & 0o777;
    if mode & OTHERS == 0 { Ok(()) } else { Err(RingError::Open(path.to_owned(), mode)) }
}

/// Where the rights of a file cannot be asked, keys come from a command.
#[cfg(not(unix))]
fn private(path: &std::path::Path, _about: &std::fs::Metadata) -> Result<(), RingError> {
    Err(RingError::File(path.to_owned(), io::Error::other("rights cannot be checked here; use a command")))
}

fn command(words: &[String]) -> Result<Zeroizing<String>, RingError> {
    let [program, arguments @ ..] = words else { return Err(RingError::Missing("a command")) };
    let failed = |why: String| RingError::Command(program.clone(), why);
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let output = child.stdout.take().map(text);
    if !matches!(output, Some(Ok(_))) {
        // Whatever it still wants to write is not read.
        drop(child.kill());
    }
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    match output {
        Some(Ok(text)) if status.success() => Ok(text),
        Some(Err(error)) => Err(failed(error.to_string())),
        _ => Err(failed(status.to_string())),
    }
}

fn text(from: impl Read) -> io::Result<Zeroizing<String>> {
    // Room for all of it at once, so that no half-read copy is left behind by growing.
    let mut text = Zeroizing::new(String::with_capacity(MOST_BYTES as usize + 1));
    from.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other("more than 64 KiB"));
    }
    Ok(text)
}
