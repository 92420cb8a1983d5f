//! Opens files: plain, gzip or zstd, with a guard against files that grow without end.

use crate::{IngestError, limits::Limits};
use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// gzip, one or more members.
    Gzip,
    /// zstd, one or more frames.
    Zstd,
}

impl Packing {
    /// How bytes that begin so are packed.
    pub fn of(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::Plain,
        }
    }
}

/// A stream of bytes that a thread may own.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// What the guard says through `io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Exceeded(String);

/// Opens a file for reading, unpacked; a byte range counts in the packed file and only makes sense where it is plain.
pub(crate) fn open(
    path: &Path,
    packing: Packing,
    range: Option<(u64, u64)>,
    limits: &Limits,
) -> io::Result<Bytes> {
    let mut file = File::open(path)?;
    if let Some((from, to)) = range {
        file.seek(SeekFrom::Start(from))?;
        return Ok(Box::new(file.take(to.saturating_sub(from))));
    }
    unpack(file, packing, limits)
}

/// Unpacks a stream.
pub(crate) fn unpack(
    input: impl Read + Send + 'static,
    packing: Packing,
    limits: &Limits,
) -> io::Result<Bytes> {
    let packed = Arc::new(AtomicU64::new(0));
    let counted = BufReader::with_capacity(1 << 17, Counted { input, count: Arc::clone(&packed) });
    let unpacked: Bytes = match packing {
        Packing::Plain => return Ok(Box::new(counted)),
        Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(counted)),
        Packing::Zstd => Box::new(zstd::Decoder::with_buffer(counted)?),
    };
    Ok(Box::new(Guard { input: unpacked, packed, inflated: 0, limits: *limits }))
}

/// The limit that an error of a guarded stream tells of.
pub(crate) fn exceeded(error: &io::Error) -> Option<String> {
    error.get_ref()?.downcast_ref::<Exceeded>().map(ToString::to_string)
}

/// An error of reading on a line (0 where it is the file as a whole) as an error of the file.
pub(crate) fn read_error(file: &str, line: u64, error: io::Error) -> IngestError {
    let owned = file.to_owned();
    match exceeded(&error) {
        Some(message) => IngestError::Limit { file: owned, line, message },
        // What the system did not refuse, the unpacking did: the bytes are not what was packed.
        None if error.raw_os_error().is_none() => IngestError::Content {
            file: owned,
            line,
            message: format!("breaks off or is damaged here ({error})"),
        },
        None => IngestError::Io { file: owned, source: error },
    }
}

/// Counts what is read from the packed file.
struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(out)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Stops a stream that inflates beyond the limits.
struct Guard {
    input: Bytes,
    packed: Arc<AtomicU64>,
    inflated: u64,
    limits: Limits,
}

/// Below this, the ratio says nothing.
const RATIO_FROM: u64 = 16 << 20;

impl Read for Guard {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(out)?;
        self.inflated += read as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if self.inflated > self.limits.inflated_bytes {
            let message = format!("unpacks to more than {} bytes", self.limits.inflated_bytes);
            return Err(io::Error::other(Exceeded(message)));
        }
        if self.inflated > RATIO_FROM && self.inflated / packed > self.limits.inflation {
            let message = format!("unpacks to more than {} times its size", self.limits.inflation);
            return Err(io::Error::other(Exceeded(message)));
        }
        Ok(read)
    }
}
