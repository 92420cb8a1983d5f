//! The configuration: one TOML file, each key overridden by `MINGCHA_<SECTION>_<KEY>`, every fault told at once with its place.

mod oidc;

pub use oidc::{OidcConfig, VouchedFactor, is_safe};

use mingcha_casework::{
    facts::Role,
    files::{FileRules, USUAL_TYPES},
    signin::Cost,
    store::{accounts::Account, sessions},
    vault::KeySource,
};
use mingcha_model::{Diagnostic, Fault};
use std::{
    collections::BTreeMap,
    fmt, fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};
use toml::de::{DeTable, DeValue};

/// What a server is started with.
#[derive(Clone)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Certificate and key, where it speaks TLS.
    pub tls: Option<Tls>,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Most bytes of a body.
    pub body_bytes: usize,
    /// How long a request may take.
    pub timeout: Duration,
    /// How long requests under way are waited for when it stops.
    pub grace: Duration,
    /// How long it waits between turns of what it does by itself, such as entering breaches of limits.
    pub turn: Duration,
    /// The data folder.
    pub folder: PathBuf,
    /// Address of the database; may hold a password, so it is never shown.
    pub database: String,
    /// Where the lake is, and who works on it.
    pub lake: LakeConfig,
    /// What files may be put into matters.
    pub files: FileRules,
    /// A site's folder of procedures and policies, laid over what is built in.
    pub procedures: Option<PathBuf>,
    /// How sessions end, and who needs a second factor.
    pub session: SessionRules,
    /// Sign-in at a provider, where the site has one.
    pub oidc: Option<OidcConfig>,
    /// How much may be asked.
    pub rates: Rates,
    /// Where the keys of sign-in are read from.
    pub sign_in_keys: KeySource,
    /// Where the keys of personal data are read from.
    pub personal_keys: KeySource,
    /// Where the keys of informants are read from.
    pub informant_keys: KeySource,
    /// Most sealed values that an account may open on a day.
    pub openings_a_day: i64,
    /// Most days that another department's data may be kept.
    pub delivery_days: i64,
    /// How long an approved export of personal data may be taken.
    pub export_hours: i64,
    /// What a password's hash costs.
    pub cost: Cost,
    /// What is logged: `error`, `warn`, `info`, `debug` or `trace`.
    pub log: String,
    /// What `/metrics` asks from addresses beyond this machine; they are refused without one.
    pub metrics_token: Option<String>,
}

/// Where the lake is, and who works on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LakeConfig {
    /// Its folder.
    pub folder: PathBuf,
    /// Folder of a library in place of the built-in one.
    pub library: Option<PathBuf>,
    /// Folder of a site's own rules, knowledge and parameters on top.
    pub site: Option<PathBuf>,
    /// The program that imports and screens; this one where absent.
    pub program: Option<PathBuf>,
    /// How many threads it may use; all cores where absent.
    pub threads: Option<usize>,
    /// Most bytes of a claim file that is sent, and of all that wait to be imported.
    pub intake: (u64, u64),
    /// GeoJSON of the regions' shapes, for maps.
    pub shapes: Option<PathBuf>,
}

/// Files of the certificate chain and its key, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tls {
    /// Certificate chain.
    pub certificate: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// Rules of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRules {
    /// Seconds without a request after which a session ends.
    pub idle: i64,
    /// Seconds after which it ends in any case.
    pub longest: i64,
    /// Who needs a second factor.
    pub second_factor: SecondFactor,
}

impl SessionRules {
    /// How sessions end, as the store wants it.
    pub fn ends(&self) -> sessions::SessionRules {
        sessions::SessionRules { idle: self.idle, longest: self.longest }
    }

    /// Whether an account must have a second factor.
    pub fn needs_second_factor(&self, account: &Account) -> bool {
        let administers =
            matches!(account.role, Role::Auditor | Role::SecurityAdministrator | Role::SystemAdministrator);
        match self.second_factor {
            SecondFactor::Everybody => true,
            SecondFactor::Administrators => administers,
            SecondFactor::Chosen => false,
        }
    }
}

/// Who needs a second factor to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// Everybody.
    Everybody,
    /// The three administrators.
    Administrators,
    /// Who has set one up.
    Chosen,
}

/// Requests a second, and how many may come at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Steadily, in a second.
    pub per_second: f64,
    /// At once.
    pub burst: f64,
}

/// The rates that are held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Of one address.
    pub address: Rate,
    /// Of one account.
    pub account: Rate,
    /// Attempts to sign in, of one address and for one account.
    pub sign_in: Rate,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the database's address nor the token, which are secrets.
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// What holds where nothing is set: this machine alone, SQLite in `folder`.
    pub fn in_folder(folder: &Path) -> Self {
        let (config, _) =
            Self::from_text("", "", [("MINGCHA_STORE_FOLDER".to_owned(), folder.display().to_string())]);
        config.expect("the values that hold where nothing is set are in order")
    }

    /// Reads a file, if one is named, and lays the environment over it.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let name = file.map(|file| file.display().to_string()).unwrap_or_default();
        match file.map_or(Ok(String::new()), fs::read_to_string) {
            Ok(text) => Self::from_text(&name, &text, env),
            Err(error) => (None, vec![unreadable(&name, "", &error)]),
        }
    }

    /// Reads a text. `None` where there is an error; all faults of it at once.
    pub fn from_text(
        file: &str,
        text: &str,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut reader = Reader::new(file, text, env);
        let config = reader.config();
        let faults = reader.finish();
        (faults.is_empty().then_some(config), faults)
    }

    /// Where files of matters lie.
    pub fn files_folder(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// Where copies of the store lie that were asked for in the workbench.
    pub fn backups_folder(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// Whether it listens on this machine alone.
    pub fn is_local(&self) -> bool {
        self.listen.ip().is_loopback()
    }
}

/// The sections, so that a variable of another program's is told from a misspelt one.
const SECTIONS: &[&str] =
    &["server", "store", "lake", "files", "session", "oidc", "vault", "limits", "log", "metrics"];

enum Value {
    Text(String),
    Number(i64),
    Other(&'static str),
}

struct Given {
    value: Value,
    file: String,
    line: u64,
}

/// What was given, key by key; each is taken once, what is left over is unknown.
struct Reader {
    given: BTreeMap<(String, String), Given>,
    known: Vec<(&'static str, &'static str)>,
    faults: Vec<Diagnostic>,
}

impl Reader {
    fn new(file: &str, text: &str, env: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut reader = Self { given: BTreeMap::new(), known: Vec::new(), faults: Vec::new() };
        reader.read_file(file, text);
        for (name, value) in env {
            let Some((section, key)) = variable(&name) else { continue };
            // Only what is written as a number is one: a text of digits keeps its leading noughts.
            let number = value.parse::<i64>().ok().filter(|number| number.to_string() == value);
            let value = number.map_or(Value::Text(value), Value::Number);
            reader.given.insert((section, key), Given { value, file: name, line: 0 });
        }
        reader
    }

    fn read_file(&mut self, file: &str, text: &str) {
        let line = |offset: usize| text.get(..offset).unwrap_or(text).matches('\n').count() as u64 + 1;
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.faults.push(Diagnostic::author(file, line(at), format!("not TOML: {}", error.message())));
        }
        for (section, value) in table.get_ref() {
            let DeValue::Table(keys) = value.get_ref() else {
                let fault = Diagnostic::author(
                    file,
                    line(section.span().start),
                    format!("`{}` stands outside of a section", section.get_ref()),
                );
                self.faults.push(fault.hint(format!("the sections are {}", SECTIONS.join(", "))));
                continue;
            };
            for (key, value) in keys {
                let given = Given {
                    value: plain(value.get_ref()),
                    file: file.to_owned(),
                    line: line(key.span().start),
                };
                self.given.insert((section.get_ref().to_string(), key.get_ref().to_string()), given);
            }
        }
    }

    fn config(&mut self) -> Config {
        let folder = PathBuf::from(self.text("store", "folder", "mingcha-data"));
        let sqlite = format!("sqlite:{}?mode=rwc", folder.join("casework.db").display());
        let (listen, tls) = self.listen();
        Config {
            listen,
            tls,
            proxies: self.proxies(),
            body_bytes: self.number("server", "body_kib", 1024, 1..=1_048_576) as usize * 1024,
            timeout: self.seconds("server", "timeout_seconds", 30),
            grace: self.seconds("server", "grace_seconds", 20),
            turn: self.seconds("server", "turn_seconds", 60),
            database: self.database(sqlite),
            lake: self.lake(&folder),
            files: FileRules {
                most: self.number("files", "most_mib", 200, 1..=10_240) as u64 * 1024 * 1024,
                types: self.types(),
            },
            procedures: self.optional("store", "procedures").map(PathBuf::from),
            session: SessionRules {
                idle: self.number("session", "idle_minutes", 30, 1..=1440) * 60,
                longest: self.number("session", "longest_hours", 10, 1..=168) * 3600,
                second_factor: self.second_factor(),
            },
            oidc: self.oidc(),
            rates: Rates {
                address: self.rate("address", 100, 400),
                account: self.rate("account", 50, 200),
                sign_in: {
                    let minute = self.number("limits", "sign_in_per_minute", 10, 1..=100_000) as f64;
                    Rate { per_second: minute / 60.0, burst: minute }
                },
            },
            sign_in_keys: self.keys(&folder, ["sign_in_keys", "sign_in_command"], "sign_in.keys"),
            personal_keys: self.keys(&folder, ["personal_keys", "personal_command"], "personal.keys"),
            informant_keys: self.keys(&folder, ["informant_keys", "informant_command"], "informant.keys"),
            openings_a_day: self.number("vault", "openings_per_day", 200, 1..=100_000),
            delivery_days: self.number("vault", "delivery_days", 180, 1..=3660),
            export_hours: self.number("vault", "export_hours", 24, 1..=168),
            cost: Cost::default(),
            log: self.log(),
            metrics_token: self.metrics_token(),
            folder,
        }
    }

    /// The address, and what it needs where others can reach it.
    fn listen(&mut self) -> (SocketAddr, Option<Tls>) {
        let local = SocketAddr::from(([127, 0, 0, 1], 7300));
        let (text, place) = self.placed("server", "listen");
        let tls = self.tls();
        let Some(text) = text else { return (local, tls) };
        let address = text.parse().unwrap_or_else(|_| {
            self.fault(place.clone(), "listen", "no address and port", "write it like \"127.0.0.1:7300\"");
            local
        });
        if !address.ip().is_loopback() && tls.is_none() {
            let hint = "set `certificate` and `key` beside it, or listen on 127.0.0.1";
            self.fault(place, "listen", "beyond this machine without TLS", hint);
        }
        (address, tls)
    }

    fn tls(&mut self) -> Option<Tls> {
        let (certificate, place) = self.placed("server", "certificate");
        let (key, _) = self.placed("server", "key");
        match (certificate, key) {
            (Some(certificate), Some(key)) => Some(Tls { certificate: certificate.into(), key: key.into() }),
            (None, None) => None,
            _ => {
                self.fault(
                    place,
                    "certificate",
                    "a certificate without its key, or a key without its certificate",
                    "set both, PEM files",
                );
                None
            }
        }
    }

    fn proxies(&mut self) -> Vec<IpAddr> {
        let (text, place) = self.placed("server", "proxies");
        let text = text.unwrap_or_default();
        let parsed: Result<_, _> =
            text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::parse).collect();
        parsed.unwrap_or_else(|_| {
            self.fault(place, "proxies", "not all are addresses", "write them like \"10.0.0.1, 10.0.0.2\"");
            Vec::new()
        })
    }

    fn database(&mut self, sqlite: String) -> String {
        let (text, place) = self.placed("store", "database");
        let Some(text) = text else { return sqlite };
        if mingcha_casework::store::Backend::of(&text).is_none() {
            self.fault(
                place,
                "database",
                "neither sqlite: nor postgres:",
                "write it like \"postgres://user@host/name\", or leave it out for a file in the data folder",
            );
        }
        text
    }

    fn lake(&mut self, folder: &Path) -> LakeConfig {
        let path = |text: Option<String>| text.map(PathBuf::from);
        let threads = self.number("lake", "threads", 0, 0..=1024);
        let mut gib = |key, otherwise| self.number("lake", key, otherwise, 1..=65_536) as u64 * (1 << 30);
        let intake = (gib("file_gib", 20), gib("intake_gib", 100));
        LakeConfig {
            folder: path(self.optional("lake", "path")).unwrap_or_else(|| folder.join("lake")),
            library: path(self.optional("lake", "library")),
            site: path(self.optional("lake", "site")),
            program: path(self.optional("lake", "program")),
            threads: usize::try_from(threads).ok().filter(|threads| *threads > 0),
            intake,
            shapes: path(self.optional("lake", "shapes")),
        }
    }

    fn types(&mut self) -> Vec<String> {
        let (text, place) = self.placed("files", "types");
        let text = text.unwrap_or_else(|| USUAL_TYPES.to_owned());
        let types: Vec<String> = text.split(',').map(|ending| ending.trim().to_lowercase()).collect();
        if types
            .iter()
            .any(|ending| ending.is_empty() || !ending.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        {
            self.fault(place, "types", "not all are endings of names", "write them like \"pdf, docx, jpg\"");
        }
        types
    }

    /// The file of keys, or the command that prints them.
    fn keys(&mut self, folder: &Path, [keys, by]: [&'static str; 2], name: &str) -> KeySource {
        let (command, place) = self.placed("vault", by);
        let file = self.optional("vault", keys);
        match (command, file) {
            (Some(_), Some(_)) => {
                self.fault(place, by, "a command and a file of keys", "set one of the two");
                KeySource::Command(Vec::new())
            }
            (Some(command), None) => {
                KeySource::Command(command.split_whitespace().map(str::to_owned).collect())
            }
            (None, Some(file)) => KeySource::File(file.into()),
            (None, None) => KeySource::File(folder.join("keys").join(name)),
        }
    }

    fn second_factor(&mut self) -> SecondFactor {
        let (text, place) = self.placed("session", "second_factor");
        match text.as_deref() {
            Some("everybody") => SecondFactor::Everybody,
            None | Some("administrators") => SecondFactor::Administrators,
            Some("chosen") => SecondFactor::Chosen,
            Some(_) => {
                self.fault(
                    place,
                    "second_factor",
                    "no such choice",
                    "one of everybody, administrators, chosen",
                );
                SecondFactor::Everybody
            }
        }
    }

    fn log(&mut self) -> String {
        let (text, place) = self.placed("log", "level");
        let text = text.unwrap_or_else(|| "info".to_owned());
        if !["error", "warn", "info", "debug", "trace"].contains(&text.as_str()) {
            self.fault(place, "level", "no such level", "one of error, warn, info, debug, trace");
        }
        text
    }

    fn metrics_token(&mut self) -> Option<String> {
        let (file, place) = self.placed("metrics", "token_file");
        match fs::read_to_string(file?) {
            Ok(text) if text.trim().len() >= 16 => Some(text.trim().to_owned()),
            Ok(_) => {
                self.fault(
                    place,
                    "token_file",
                    "holds fewer than 16 characters",
                    "put a long random text into it",
                );
                None
            }
            Err(error) => {
                self.faults.push(unreadable(&place.0, "token_file", &error));
                None
            }
        }
    }

    fn rate(&mut self, of: &'static str, steady: i64, burst: i64) -> Rate {
        let (per_second, at_once) = match of {
            "address" => ("address_per_second", "address_burst"),
            _ => ("account_per_second", "account_burst"),
        };
        Rate {
            per_second: self.number("limits", per_second, steady, 1..=1_000_000) as f64,
            burst: self.number("limits", at_once, burst, 1..=1_000_000) as f64,
        }
    }

    fn seconds(&mut self, section: &'static str, key: &'static str, otherwise: i64) -> Duration {
        Duration::from_secs(self.number(section, key, otherwise, 1..=3600) as u64)
    }

    fn number(
        &mut self,
        section: &'static str,
        key: &'static str,
        otherwise: i64,
        bounds: std::ops::RangeInclusive<i64>,
    ) -> i64 {
        let Some(given) = self.take(section, key) else { return otherwise };
        match given.value {
            Value::Number(number) if bounds.contains(&number) => number,
            Value::Number(_) | Value::Text(_) | Value::Other(_) => {
                let hint = format!("a whole number from {} to {}", bounds.start(), bounds.end());
                self.fault((given.file, given.line), key, "no number in bounds", &hint);
                otherwise
            }
        }
    }

    fn text(&mut self, section: &'static str, key: &'static str, otherwise: &str) -> String {
        self.optional(section, key).unwrap_or_else(|| otherwise.to_owned())
    }

    fn optional(&mut self, section: &'static str, key: &'static str) -> Option<String> {
        self.placed(section, key).0
    }

    /// A text and where it stands; an empty one is none.
    fn placed(&mut self, section: &'static str, key: &'static str) -> (Option<String>, (String, u64)) {
        let Some(Given { value, file, line }) = self.take(section, key) else {
            return (None, (String::new(), 0));
        };
        let text = match value {
            Value::Text(text) => Some(text).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Other(kind) => {
                self.fault(
                    (file.clone(), line),
                    key,
                    &format!("{kind} where a text belongs"),
                    "put it in quotes",
                );
                None
            }
        };
        (text, (file, line))
    }

    fn take(&mut self, section: &'static str, key: &'static str) -> Option<Given> {
        self.known.push((section, key));
        self.given.remove(&(section.to_owned(), key.to_owned()))
    }

    fn fault(&mut self, (file, line): (String, u64), key: &str, message: &str, hint: &str) {
        let mut fault = Diagnostic::author(file, line, message).hint(hint);
        fault.fault = Fault::Operator;
        key.clone_into(&mut fault.column);
        self.faults.push(fault);
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        for ((section, key), Given { file, line, .. }) in std::mem::take(&mut self.given) {
            let keys: Vec<&str> =
                self.known.iter().filter(|(of, _)| *of == section).map(|(_, key)| *key).collect();
            let hint = match keys.is_empty() {
                true => format!("the sections are {}", SECTIONS.join(", ")),
                false => format!("the keys of [{section}] are {}", keys.join(", ")),
            };
            self.fault((file, line), &format!("{section}.{key}"), "no such key", &hint);
        }
        self.faults.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        self.faults
    }
}

/// `MINGCHA_SERVER_BODY_KIB` as `server` and `body_kib`; `None` for what belongs to no section.
fn variable(name: &str) -> Option<(String, String)> {
    let (section, key) = name.strip_prefix("MINGCHA_")?.split_once('_')?;
    let section = section.to_lowercase();
    SECTIONS.contains(&section.as_str()).then(|| (section, key.to_lowercase()))
}

fn plain(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number too large"), Value::Number),
        DeValue::Float(_) => Value::Other("a fraction"),
        DeValue::Boolean(_) => Value::Other("true or false"),
        DeValue::Datetime(_) => Value::Other("a time"),
        DeValue::Array(_) => Value::Other("a list"),
        DeValue::Table(_) => Value::Other("a table"),
    }
}

fn unreadable(file: &str, key: &str, error: &io::Error) -> Diagnostic {
    let mut fault = Diagnostic::author(file, 0, format!("cannot be read: {error}"))
        .hint("check the path and who may read it");
    fault.fault = Fault::Operator;
    key.clone_into(&mut fault.column);
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, env: &[(&str, &str)]) -> (Option<Config>, Vec<String>) {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (config, faults) = Config::from_text("mingcha.toml", text, env);
        (
            config,
            faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.column)).collect(),
        )
    }

    #[test]
    fn nothing_to_set_up_means_this_machine_and_a_file() {
        let (config, faults) = read("", &[]);
        assert_eq!(faults, [""; 0]);
        let config = config.expect("in order");
        assert!(config.is_local() && config.tls.is_none());
        assert_eq!(config.database, "sqlite:mingcha-data/casework.db?mode=rwc");
    }

    #[test]
    fn every_fault_is_told_at_once_with_its_place() {
        let text = "[server]\nlisten = \"here\"\nkey = \"k.pem\"\nbody_kib = 0\n\n[session]\nsecond_factor = \"no\"\nidle = 3\n[wrong]\na = 1\n";
        let (config, faults) =
            read(text, &[("MINGCHA_LIMITS_ADDRESS_BURST", "many"), ("MINGCHA_LOG_DEPTH", "info")]);
        assert!(config.is_none());
        assert_eq!(
            faults,
            [
                ":0 certificate",
                "MINGCHA_LIMITS_ADDRESS_BURST:0 address_burst",
                "MINGCHA_LOG_DEPTH:0 log.depth",
                "mingcha.toml:2 listen",
                "mingcha.toml:4 body_kib",
                "mingcha.toml:7 second_factor",
                "mingcha.toml:8 session.idle",
                "mingcha.toml:10 wrong.a",
            ]
        );
    }

    #[test]
    fn the_environment_stands_above_the_file_and_other_programs_variables_are_left_alone() {
        let env = [("MINGCHA_SERVER_LISTEN", "127.0.0.1:9"), ("MINGCHA_VENV", "x"), ("PATH", "/bin")];
        let (config, faults) = read("[server]\nlisten = \"127.0.0.1:8\"\ntimeout_seconds = 5\n", &env);
        assert_eq!(faults, [""; 0]);
        let config = config.expect("in order");
        assert_eq!((config.listen.port(), config.timeout), (9, Duration::from_secs(5)));
    }

    #[test]
    fn an_address_beyond_this_machine_is_a_fault_without_tls() {
        let open = "[server]\nlisten = \"0.0.0.0:7300\"\n";
        assert_eq!(read(open, &[]).1, ["mingcha.toml:2 listen"]);
        let closed = format!("{open}certificate = \"c.pem\"\nkey = \"k.pem\"\n");
        assert_eq!(read(&closed, &[]).1, [""; 0]);
    }

    #[test]
    fn endings_of_files_are_read_and_held_to_their_form() {
        let (config, faults) = read("[files]\nmost_mib = 5\ntypes = \"PDF, docx\"\n", &[]);
        assert_eq!(faults, [""; 0]);
        let files = config.expect("in order").files;
        assert_eq!((files.most, files.types), (5 << 20, vec!["pdf".to_owned(), "docx".to_owned()]));
        assert_eq!(read("[files]\ntypes = \"pdf, ../x\"\n", &[]).1, ["mingcha.toml:2 types"]);
    }

    #[test]
    fn secrets_are_not_shown() {
        let (config, _) = read("[store]\ndatabase = \"postgres://u:geheim@h/d\"\n", &[]);
        assert!(!format!("{:?}", config.expect("in order")).contains("geheim"));
    }
}
