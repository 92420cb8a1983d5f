//! Backup and restore: all tables of one moment in one archive with digests, restored into an empty database of either kind once the
//! archive's trail is proved.

use super::{
    Backend, Error, FORM, Store,
    database::{self, MIGRATIONS, Use},
};
use crate::{
    clock::ServerTime,
    files::{FileRules, Files, digest},
    trail::{Digest, Head, Report, Witness, verify},
};
// The archive's deflate wants a backend chosen, which the workspace's flate2 does.
use flate2 as _;
use futures::TryStreamExt as _;
use mingcha_model::{Time, cert::hex};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sm3::{Digest as _, Sm3};
use sqlx::{AnyConnection, AssertSqlSafe, Executor as _, Row as _, any::AnyRow};
use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Rows of one insert.
const ROWS: usize = 100;
/// Open sessions are not kept: whoever restores a copy signs in again.
const LEFT_OUT: &[&str] = &["session"];

/// What an archive holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Form of the store.
    pub form: i64,
    /// Number of the newest record of the trail.
    pub seq: u64,
    /// Entries with their digests, in the order in which they are read back.
    pub entries: Vec<Held>,
}

/// One entry of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Its name in the archive.
    pub name: String,
    /// Rows of a table; 0 for a file.
    pub rows: u64,
    /// SM3 of its bytes.
    pub sm3: String,
}

/// An archive that is read.
type Opened = ZipArchive<BufReader<File>>;

struct Table {
    name: String,
    /// Names of columns, and whether each holds text.
    columns: Vec<(String, bool)>,
}

impl Table {
    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn entry(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }
}

/// The tables as the migrations make them, those that others refer to first.
fn tables() -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in MIGRATIONS.iter().flat_map(|text| text.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["CREATE", "TABLE", name, "("] => {
                tables.push(Table { name: (*name).to_owned(), columns: Vec::new() });
            }
            [name, kind, ..] if line.starts_with("    ") => {
                let kind = kind.trim_end_matches(',');
                if let Some(table) = tables.last_mut().filter(|_| matches!(kind, "TEXT" | "BIGINT")) {
                    table.columns.push(((*name).to_owned(), kind == "TEXT"));
                }
            }
            _ => {}
        }
    }
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    tables
}

impl Store {
    /// Writes all tables of this moment, and the files that they name, into an archive that must not be there yet. A file that is gone or
    /// differs from its digest is an error that names it.
    pub async fn backup(&self, archive: &Path, files: &Path) -> Result<Manifest, Error> {
        let mut zip = ZipWriter::new(private(archive)?);
        let mut conn = self.pool.acquire().await?;
        conn.execute(match self.backend {
            Backend::Sqlite => "BEGIN",
            Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })
        .await?;
        let mut entries = Vec::new();
        for table in tables() {
            entries.push(write_table(&mut conn, &table, &mut zip).await?);
        }
        let seq: i64 =
            sqlx::query_scalar("SELECT seq FROM trail_head WHERE one = 1").fetch_one(&mut *conn).await?;
        let named = sqlx::query(
            "SELECT id, sm3 FROM attachment UNION ALL SELECT file, sealed_sm3 FROM paper ORDER BY 1",
        )
        .fetch_all(&mut *conn)
        .await?;
        conn.execute("COMMIT").await?;
        // Files are written once and never changed, so those of the tables' moment are all there.
        let files = Files::new(files.to_owned(), FileRules::default());
        for row in named {
            let (id, sm3): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            entries.push(write_file(&files, &id, sm3, &mut zip)?);
        }
        let manifest = Manifest { form: FORM, seq: seq as u64, entries };
        zip.start_file("manifest.json", options()).map_err(damaged)?;
        zip.write_all(&serde_json::to_vec(&manifest).map_err(io::Error::other)?)?;
        zip.finish().map_err(damaged)?.sync_all()?;
        Ok(manifest)
    }

    /// Proves an archive as [`Store::restore`] does before it writes anything; returns what it holds.
    pub fn check(archive: &Path) -> Result<Manifest, Error> {
        Ok(checked(archive)?.1)
    }

    /// Restores an archive into an empty database of either kind and its files into a folder, all or nothing: every digest is checked
    /// and the trail proved first.
    pub async fn restore(address: &str, archive: &Path, files: &Path) -> Result<Manifest, Error> {
        let (mut zip, manifest, named) = checked(archive)?;
        Self::migrate(address).await?;
        let (pool, backend) = database::open(address, Use::Write).await?;
        let mut conn = pool.acquire().await?;
        conn.execute(backend.begin()).await?;
        let mut written = Vec::new();
        let done = match fill(&mut conn, &mut zip, &manifest).await {
            Ok(()) => unpack(&mut zip, &named, files, &mut written),
            Err(error) => Err(error),
        };
        let done = match done {
            Ok(()) => conn.execute("COMMIT").await.map(drop).map_err(Error::from),
            Err(error) => conn.execute("ROLLBACK").await.map_err(Error::from).and(Err(error)),
        };
        drop(conn);
        pool.close().await;
        if done.is_err() {
            written.iter().for_each(|path| drop(fs::remove_file(path)));
        }
        done?;
        Ok(manifest)
    }
}

/// A new file that nobody but its owner may read: all that the store knows stands in it.
fn private(archive: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(archive)
}

/// An archive whose digests and trail hold, what it holds, and the ids of the files that its tables name.
fn checked(archive: &Path) -> Result<(Opened, Manifest, Vec<String>), Error> {
    let mut zip = ZipArchive::new(BufReader::new(File::open(archive)?)).map_err(damaged)?;
    let manifest: Manifest = serde_json::from_reader(zip.by_name("manifest.json").map_err(damaged)?)
        .map_err(|_| broken("清单"))?;
    if manifest.form != FORM {
        return Err(Error::Stored(format!("archive of form {}, not {FORM}", manifest.form)));
    }
    for held in &manifest.entries {
        let mut entry = zip.by_name(&held.name).map_err(|_| broken(&held.name))?;
        if digest(&mut entry)? != held.sm3 || !is_plain(&held.name) {
            return Err(broken(&held.name));
        }
    }
    let report = proved(&mut zip)?;
    if !report.faults.is_empty() {
        return Err(Error::invalid(
            "archive",
            format!("备份的审计链有{}处错误，不能恢复", report.faults.len()),
        ));
    }
    let named = named(&mut zip, &manifest)?;
    Ok((zip, manifest, named))
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

async fn write_table(
    conn: &mut AnyConnection,
    table: &Table,
    zip: &mut ZipWriter<File>,
) -> Result<Held, Error> {
    let name = table.entry();
    zip.start_file(name.as_str(), options()).map_err(damaged)?;
    let text = format!("SELECT {} FROM {}", table.names(), table.name);
    let mut found = sqlx::query(AssertSqlSafe(text)).fetch(conn);
    let (mut hash, mut rows) = (Sm3::new(), 0);
    while let Some(row) = found.try_next().await? {
        let mut line = serde_json::to_vec(&values(table, &row)?).map_err(io::Error::other)?;
        line.push(b'\n');
        hash.update(&line);
        zip.write_all(&line)?;
        rows += 1;
    }
    Ok(Held { name, rows, sm3: hex(&hash.finalize()) })
}

fn values(table: &Table, row: &AnyRow) -> Result<Vec<Value>, Error> {
    let value = |(index, (_, is_text)): (usize, &(String, bool))| match is_text {
        true => Ok(row.try_get::<Option<String>, _>(index)?.map_or(Value::Null, Value::from)),
        false => Ok(row.try_get::<Option<i64>, _>(index)?.map_or(Value::Null, Value::from)),
    };
    table.columns.iter().enumerate().map(value).collect()
}

fn write_file(files: &Files, id: &str, sm3: String, zip: &mut ZipWriter<File>) -> Result<Held, Error> {
    let name = format!("files/{id}");
    zip.start_file(name.as_str(), options()).map_err(damaged)?;
    io::copy(&mut files.open(id, &sm3)?, zip)?;
    Ok(Held { name, rows: 0, sm3 })
}

/// Ids of the files that the tables of an archive name, each of which it must hold with the digest that stands there.
fn named(zip: &mut Opened, manifest: &Manifest) -> Result<Vec<String>, Error> {
    let mut named = Vec::new();
    for (table, id, digest) in [("attachment", "id", "sm3"), ("paper", "file", "sealed_sm3")] {
        let place = |wanted: &str| {
            let tables = tables();
            let columns = &tables.iter().find(|known| known.name == table)?.columns;
            columns.iter().position(|(name, _)| name == wanted)
        };
        let (Some(id), Some(sm3)) = (place(id), place(digest)) else { return Err(broken(table)) };
        for row in lines(zip, table)? {
            let text = |at: usize| row.get(at).and_then(Value::as_str).map(str::to_owned);
            let (Some(id), Some(sm3)) = (text(id), text(sm3)) else { return Err(broken(table)) };
            let held = Held { name: format!("files/{id}"), rows: 0, sm3 };
            if !manifest.entries.contains(&held) {
                return Err(broken(&held.name));
            }
            named.push(id);
        }
    }
    Ok(named)
}

/// Writes the files of an archive into their places, where none may lie yet; `written` is what to take back if it fails.
fn unpack(
    zip: &mut Opened,
    named: &[String],
    folder: &Path,
    written: &mut Vec<PathBuf>,
) -> Result<(), Error> {
    let files = Files::new(folder.to_owned(), FileRules::default());
    for id in named {
        let target = files.path(id);
        fs::create_dir_all(target.parent().unwrap_or(folder))?;
        let mut file = File::create_new(&target)?;
        written.push(target);
        io::copy(&mut zip.by_name(&format!("files/{id}")).map_err(damaged)?, &mut file)?;
        file.sync_all()?;
    }
    Ok(())
}

/// A name that leads nowhere but into the folder.
fn is_plain(name: &str) -> bool {
    let parts = || name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    parts() && !name.contains('\\') && (name.starts_with("tables/") || name.starts_with("files/"))
}

/// Proves the trail of an archive against the head that stands in it.
fn proved(zip: &mut Opened) -> Result<Report, Error> {
    let mut head = lines(zip, "trail_head")?;
    let row = head.pop().ok_or_else(|| broken("trail_head"))?;
    let seq = row.get(1).and_then(Value::as_u64).ok_or_else(|| broken("trail_head"))?;
    let digest =
        row.get(3).and_then(|text| Digest::parse(text.as_str()?)).ok_or_else(|| broken("trail_head"))?;
    let head = Head { seq, digest }.anchor(ServerTime::from_store(Time(0)));
    let mut rows = lines(zip, "trail")?;
    rows.sort_by_key(|row| row.first().and_then(Value::as_u64));
    let entries: Option<Vec<_>> = rows.iter().map(|row| super::trail::entry_of(row)).collect();
    Ok(verify(entries.ok_or_else(|| broken("trail"))?, &Witness { head: Some(head), ..Witness::default() }))
}

/// The rows of a table in an archive.
fn lines(zip: &mut Opened, table: &str) -> Result<Vec<Vec<Value>>, Error> {
    let entry = zip.by_name(&format!("tables/{table}.jsonl")).map_err(|_| broken(table))?;
    BufReader::new(entry)
        .lines()
        .map(|line| serde_json::from_str(&line?).map_err(|_| broken(table)))
        .collect()
}

async fn fill(conn: &mut AnyConnection, zip: &mut Opened, manifest: &Manifest) -> Result<(), Error> {
    for table in ["trail", "organisation", "account"] {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")))
            .fetch_one(&mut *conn)
            .await?;
        if count > 0 {
            return Err(Error::Exists("store".into()));
        }
    }
    conn.execute("DELETE FROM trail_head").await?;
    for table in tables() {
        let rows = lines(zip, &table.name)?;
        let held = manifest.entries.iter().find(|held| held.name == table.entry());
        if held.is_none_or(|held| held.rows != rows.len() as u64) {
            return Err(broken(&table.name));
        }
        for rows in rows.chunks(ROWS) {
            insert(conn, &table, rows).await?;
        }
    }
    Ok(())
}

async fn insert(conn: &mut AnyConnection, table: &Table, rows: &[Vec<Value>]) -> Result<(), Error> {
    let width = table.columns.len();
    let place = |row: usize| {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        format!("({})", places.join(", "))
    };
    let places: Vec<String> = (0..rows.len()).map(place).collect();
    let text = format!("INSERT INTO {} ({}) VALUES {}", table.name, table.names(), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(text));
    for row in rows {
        if row.len() != width {
            return Err(broken(&table.name));
        }
        for (value, (_, is_text)) in row.iter().zip(&table.columns) {
            query = match is_text {
                true => query.bind(value.as_str().map(str::to_owned)),
                false => query.bind(value.as_i64()),
            };
        }
    }
    query.execute(conn).await?;
    Ok(())
}

fn broken(what: &str) -> Error {
    Error::invalid("archive", format!("备份文件已损坏或者被改动：{what}"))
}

fn damaged(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Files(error),
        _ => broken("格式"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        facts::{Department, Role},
        store::{
            Context,
            accounts::{Body, NewAccount, Profile},
            machine_clock,
        },
        trail::Who,
    };
    use mingcha_testbed::postgres::Postgres;
    use tempfile::TempDir;

    async fn filled(address: &str) -> Store {
        Store::migrate(address).await.expect("migrated");
        let store = Store::open(address, machine_clock()).await.expect("opened");
        let first = Body {
            id: "330100-yb".into(),
            title: "某市医保局".into(),
            region: "330100".into(),
            department: Department::Insurance,
            fixmedins_code: None,
            version: 0,
        };
        let new = |id: &str, role| NewAccount {
            id: id.into(),
            person: format!("person of {id}"),
            profile: Profile { role, clearance: 1, certificate: None, certificate_until: None },
            password: "stored".into(),
            must_change: false,
        };
        let three = [
            new("system", Role::SystemAdministrator),
            new("security", Role::SecurityAdministrator),
            new("auditor", Role::Auditor),
        ];
        store.begin("test", first, three).await.expect("begun");
        store
    }

    /// A matter with one file, which is still on its way to its place.
    async fn attached(store: &Store, files: &Files) -> String {
        sqlx::query(
            "INSERT INTO matter (id, machine, state, version, region, organisation, department, seat, secrecy, source, title, \
             subject_kind, subject, institution, amount, score, grade, begun, changed, origin, facts) VALUES ('m-1', 'case', \
             'new', 1, '330100', '330100-yb', 'insurance', '330100', 1, '', '', '', '', '', 0, 0, '', 0, 0, '{}', '{}')",
        )
        .execute(&mut store.by_hand().await)
        .await
        .expect("a matter");
        let received = files.take("纸".as_bytes()).expect("received");
        sqlx::query(
            "INSERT INTO attachment (id, matter, title, version, bytes, sm3, sha256, rule, run, line, at, account) \
             VALUES ($1, 'm-1', '纸.txt', 1, 3, $2, $3, '', '', '', 0, 'auditor')",
        )
        .bind(received.id.as_str())
        .bind(received.sm3.as_str())
        .bind(received.sha256.as_str())
        .execute(&mut store.by_hand().await)
        .await
        .expect("a file");
        // Nothing that no row names goes along.
        files.take("half".as_bytes()).expect("received");
        files.place(&received.id).expect("placed");
        received.id
    }

    fn sqlite(folder: &TempDir, name: &str) -> String {
        format!("sqlite:{}/{name}.db?mode=rwc", folder.path().display())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_copy_goes_from_either_kind_into_either_kind_and_proves_its_trail() {
        let postgres = Postgres::start();
        let folder = TempDir::new().expect("a folder");
        let root = folder.path();
        let ways = [
            (sqlite(&folder, "from-1"), postgres.database("to_1")),
            (postgres.database("from_2"), sqlite(&folder, "to-2")),
        ];
        for (way, (from, to)) in ways.into_iter().enumerate() {
            let store = filled(&from).await;
            let folder = root.join(format!("files-{way}"));
            let files = Files::new(folder.clone(), FileRules::default());
            let paper = attached(&store, &files).await;
            let archive = root.join(format!("{way}.zip"));
            let made = store.backup(&archive, &folder).await.expect("backed up");
            assert_eq!(made.seq, 4);
            assert_eq!(Store::check(&archive).expect("whole").seq, 4);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = fs::metadata(&archive).expect("there").permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "its owner alone reads it");
            }
            assert!(store.backup(&archive, &folder).await.is_err(), "an archive is never written over");
            let restored = root.join(format!("restored-{way}"));
            Store::restore(&to, &archive, &restored).await.expect("restored");
            let copied = Files::new(restored.clone(), FileRules::default());
            assert_eq!(fs::read_to_string(copied.path(&paper)).expect("there"), "纸");
            fs::write(files.path(&paper), "纹").expect("altered");
            let altered = store.backup(&root.join(format!("{way}-2.zip")), &folder).await;
            assert!(matches!(altered, Err(Error::Altered(id)) if id == paper), "an altered file is named");
            let copy = Store::open(&to, machine_clock()).await.expect("opened");
            let (one, other) = (store.trail_after(0).await, copy.trail_after(0).await);
            assert_eq!(one.expect("read"), other.expect("read"));
            let (one, other) = (store.account("auditor").await, copy.account("auditor").await);
            assert_eq!(one.expect("read"), other.expect("read"));
            let who = Who { account: "auditor".into(), organisation: String::new(), role: String::new() };
            let context = Context::new(who, "test");
            copy.end_session(context, "none").await.expect("the copy's chain goes on");
            assert_eq!(copy.prove(Vec::new()).await.expect("proved").1.faults, []);
            assert!(
                matches!(Store::restore(&to, &archive, &restored).await, Err(Error::Exists(_))),
                "not empty"
            );
            store.close().await;
            copy.close().await;
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_copy_of_a_tampered_store_is_not_accepted() {
        let folder = TempDir::new().expect("a folder");
        let store = filled(&sqlite(&folder, "from")).await;
        sqlx::query("UPDATE trail SET account = 'somebody' WHERE seq = 2")
            .execute(&mut store.by_hand().await)
            .await
            .expect("tampered");
        let archive = folder.path().join("copy.zip");
        store.backup(&archive, &folder.path().join("none")).await.expect("backed up");
        let refused = Store::check(&archive);
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        let to = sqlite(&folder, "to");
        let refused = Store::restore(&to, &archive, folder.path()).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        let mut bytes = fs::read(&archive).expect("read");
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
        fs::write(&archive, bytes).expect("damaged");
        assert!(Store::check(&archive).is_err());
        assert!(Store::restore(&to, &archive, folder.path()).await.is_err());
    }

    #[test]
    fn every_table_of_the_migrations_is_known_with_its_columns() {
        let tables = tables();
        let text = MIGRATIONS.concat();
        assert_eq!(tables.len() + LEFT_OUT.len(), text.matches("CREATE TABLE ").count());
        assert!(!text.contains("ALTER TABLE"), "teach `tables` what it does");
        let columns: usize = tables.iter().map(|table| table.columns.len()).sum();
        let left_out = 7;
        assert_eq!(columns + left_out, text.matches(" BIGINT").count() + text.matches(" TEXT").count());
        assert!(is_plain("files/ab/paper") && is_plain("tables/trail.jsonl"));
        for name in ["files/../x", "/etc/x", "files//x", "files/./x", "files/a\\b", "other/x", "tables/"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
