//! Claim files on their way into the lake: sent piece by piece straight to disk, so that a sender whose connection or browser ended goes
//! on where it was, also after the server started again. They lie in the data folder until an import took them, or for a week.

use mingcha_casework::store::Error;
use mingcha_model::cert::hex;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};
use utoipa::ToSchema;

/// Files that an account may have there at once.
const OF_ONE: usize = 200;
/// How long one lies there since its last piece.
const PATIENCE: Duration = Duration::from_hours(7 * 24);
/// Endings that an import reads, and those that may stand behind them.
const ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "xlsx", "xlsm", "parquet"];
const PACKED: [&str; 2] = [".gz", ".zst"];

/// A file that comes or has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClaimsFile {
    /// Id.
    pub id: String,
    /// Who sends it.
    pub account: String,
    /// Its name.
    pub title: String,
    /// Its size.
    pub bytes: u64,
    /// Bytes that have come.
    pub received: u64,
}

/// All of them.
pub struct Intake {
    folder: PathBuf,
    /// Most bytes of one, and of all together.
    most: (u64, u64),
    /// Pieces are written one after another: the disk is the bound anyway.
    writing: Mutex<()>,
}

impl Intake {
    /// Those below a folder.
    pub fn new(folder: PathBuf, most: (u64, u64)) -> Self {
        Self { folder, most, writing: Mutex::new(()) }
    }

    /// Where they lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files of an account, or of all.
    pub fn list(&self, account: Option<&str>) -> Result<Vec<ClaimsFile>, Error> {
        let mut files = Vec::new();
        for id in self.ids()? {
            if let Some(file) = self.find(&id)
                && account.is_none_or(|account| file.account == account)
            {
                files.push(file);
            }
        }
        files.sort_by(|one, two| (&one.title, &one.id).cmp(&(&two.title, &two.id)));
        Ok(files)
    }

    /// Begins a file.
    pub fn begin(&self, account: &str, title: String, bytes: u64) -> Result<ClaimsFile, Error> {
        check(&title)?;
        if bytes == 0 || bytes > self.most.0 {
            let most = self.most.0 >> 20;
            return Err(Error::invalid("bytes", format!("文件为空或者超过{most} MiB，请拆分后上传")));
        }
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let all = self.list(None)?;
        if all.iter().filter(|file| file.account == account).count() >= OF_ONE {
            return Err(Error::invalid("title", format!("已有{OF_ONE}个文件待导入，请先导入或者删除")));
        }
        if all.iter().map(|file| file.bytes).sum::<u64>() + bytes > self.most.1 {
            return Err(Error::invalid("bytes", "待导入的文件已占满存放空间，请先导入或者删除"));
        }
        let mut random = [0; 10];
        getrandom::fill(&mut random).map_err(|error| Error::Stored(format!("no random bytes: {error}")))?;
        let file = ClaimsFile { id: hex(&random), account: account.to_owned(), title, bytes, received: 0 };
        let folder = self.folder.join(&file.id);
        fs::create_dir_all(&folder)?;
        File::create(folder.join(&file.title))?;
        let about = serde_json::to_vec(&file).map_err(io::Error::other)?;
        fs::write(folder.join(ABOUT), about)?;
        Ok(file)
    }

    /// Takes a piece; what came already is passed over. Returns how many bytes there are now.
    pub fn take(&self, id: &str, account: &str, offset: u64, piece: &[u8]) -> Result<u64, Error> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.of(id, account)?;
        if offset > file.received {
            return Err(Error::invalid("offset", format!("已收到{}字节，请从该处继续", file.received)));
        }
        let known = usize::try_from(file.received - offset).unwrap_or(usize::MAX);
        let Some(fresh) = piece.get(known..).filter(|fresh| !fresh.is_empty()) else {
            return Ok(file.received);
        };
        let received = file.received + fresh.len() as u64;
        if received > file.bytes {
            return Err(Error::invalid("offset", "内容超过所报的大小，请重新选择文件上传"));
        }
        let mut out = OpenOptions::new().append(true).open(self.path(&file))?;
        out.write_all(fresh)?;
        if received == file.bytes {
            out.sync_all()?;
        }
        Ok(received)
    }

    /// A file of an account.
    pub fn of(&self, id: &str, account: &str) -> Result<ClaimsFile, Error> {
        self.find(id).filter(|file| file.account == account).ok_or(Error::NotFound)
    }

    /// Where a file lies.
    pub fn path(&self, file: &ClaimsFile) -> PathBuf {
        self.folder.join(&file.id).join(&file.title)
    }

    /// Removes a file.
    pub fn discard(&self, id: &str, account: &str) -> Result<(), Error> {
        let file = self.of(id, account)?;
        Ok(fs::remove_dir_all(self.folder.join(file.id))?)
    }

    /// Removes those that nobody goes on with; returns how many.
    pub fn sweep(&self) -> Result<usize, Error> {
        let mut removed = 0;
        for id in self.ids()? {
            let folder = self.folder.join(&id);
            let path = self.find(&id).map_or_else(|| folder.clone(), |file| self.path(&file));
            let seen = fs::metadata(path).and_then(|meta| meta.modified());
            let age = seen.ok().and_then(|seen| SystemTime::now().duration_since(seen).ok());
            if age.is_some_and(|age| age > PATIENCE) {
                fs::remove_dir_all(folder)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn ids(&self) -> Result<Vec<String>, Error> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        Ok(names.filter(|name| is_id(name)).collect())
    }

    fn find(&self, id: &str) -> Option<ClaimsFile> {
        if !is_id(id) {
            return None;
        }
        let about = fs::read(self.folder.join(id).join(ABOUT)).ok()?;
        let mut file: ClaimsFile = serde_json::from_slice(&about).ok()?;
        file.received = fs::metadata(self.path(&file)).ok()?.len();
        Some(file)
    }
}

/// What is known of a file, beside it.
const ABOUT: &str = ".about.json";

fn is_id(name: &str) -> bool {
    name.len() == 20 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A name that is a file's own and says a form that is read.
fn check(title: &str) -> Result<(), Error> {
    let odd = |letter: char| letter.is_control() || matches!(letter, '/' | '\\' | ':');
    let lower = title.to_lowercase();
    let plain = PACKED.iter().find_map(|ending| lower.strip_suffix(ending)).unwrap_or(&lower);
    let ending = plain.rsplit_once('.').map_or("", |(_, ending)| ending);
    if title.chars().count() > 120 || title.contains(odd) || title.starts_with(['.', '_', '~']) {
        return Err(Error::invalid("title", "文件名不超过120字，不含路径和控制字符，不以 . _ ~ 开头"));
    }
    if !ENDINGS.contains(&ending) {
        let endings = ENDINGS.join("、");
        return Err(Error::invalid("title", format!("只接收以下类型：{endings}，可以用 gz 或者 zst 压缩")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_on_where_it_was_and_nobody_else_touches_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let intake = || Intake::new(folder.path().join("intake"), (10, 12));
        let file = intake().begin("a", "fee.csv".into(), 6).expect("begun");
        assert_eq!(intake().take(&file.id, "a", 0, b"abcd").expect("taken"), 4);
        // Another server in the same place: nothing is lost, what came twice counts once.
        assert_eq!(intake().list(Some("a")).expect("listed")[0].received, 4);
        assert_eq!(intake().take(&file.id, "a", 2, b"cdef").expect("taken"), 6);
        assert_eq!(fs::read(intake().path(&file)).expect("read"), b"abcdef");
        assert!(matches!(intake().take(&file.id, "a", 6, b"g"), Err(Error::Invalid { .. })), "too long");
        assert!(matches!(intake().take(&file.id, "a", 9, b"g"), Err(Error::Invalid { .. })), "a gap");
        assert!(matches!(intake().take(&file.id, "b", 6, b"g"), Err(Error::NotFound)), "another's");
        assert!(matches!(intake().begin("b", "fee.csv".into(), 7), Err(Error::Invalid { .. })), "no room");
        assert!(matches!(intake().discard("../intake", "a"), Err(Error::NotFound)));
        intake().discard(&file.id, "a").expect("removed");
        assert_eq!(intake().list(None).expect("listed"), []);
    }

    #[test]
    fn names_are_a_files_own_and_say_what_can_be_read() {
        for good in ["fee.csv", "结算 2025.XLSX", "fee-0001.parquet", "fee.csv.gz"] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in ["../fee.csv", "a/b.csv", "fee.exe", ".csv", "fee", "fee.gz", "a\u{0}.csv", ".fee.csv"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
