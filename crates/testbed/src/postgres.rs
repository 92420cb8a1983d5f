//! A real PostgreSQL of a test's own: a fresh cluster in a temporary folder, reached by a socket, stopped when dropped.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The user that the server runs as where the tests run as root, which it refuses.
const USER: &str = "postgres";

/// A running server.
pub struct Postgres {
    folder: TempDir,
    programs: PathBuf,
    /// What it is started with.
    options: String,
}

impl Postgres {
    /// Whether this machine has one to start.
    pub fn installed() -> bool {
        programs().is_some()
    }

    /// Starts one. Panics with what to install where there is none: a test without its database must not pass.
    pub fn start() -> Self {
        Self::start_with("")
    }

    /// The same with settings as the server's command line takes them, such as `-c shared_buffers=1GB`.
    pub fn start_with(settings: &str) -> Self {
        let programs = programs()
            .expect("no PostgreSQL found; `cargo xtask test` installs it, or: apt install postgresql");
        let folder = TempDir::new().expect("a temporary folder");
        let socket = folder.path().display();
        // Statistics within a second, as a database that has stood for a while has them.
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories='{socket}' -c max_connections=100 -c autovacuum_naptime=1s {settings}"
        );
        let server = Self { folder, programs, options };
        if root() {
            check("chown", &Command::new("chown").arg(USER).arg(server.folder.path()).output());
        }
        let arguments =
            ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--username=mingcha", "-D"];
        check("initdb", &server.run("initdb").args(arguments).arg(server.data()).output());
        server.start_again();
        server
    }

    /// Starts one that was killed, with its databases as they were.
    pub fn start_again(&self) {
        let mut start = self.run("pg_ctl");
        start.args(["start", "--wait", "--silent", "-D"]).arg(self.data()).arg("-l");
        start.arg(self.folder.path().join("log")).args(["-o", &self.options]);
        // Its children keep these open for as long as the server lives.
        let status = start.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let output = status.map(|status| Output { status, stdout: Vec::new(), stderr: Vec::new() });
        check("pg_ctl start", &output);
    }

    /// An address of an empty database of that name, made now.
    pub fn database(&self, name: &str) -> String {
        let socket = self.folder.path().display().to_string();
        let made = Command::new(self.programs.join("psql"))
            .args(["-h", &socket, "-U", "mingcha", "-d", "postgres", "-c"])
            .arg(format!("CREATE DATABASE {name}"))
            .output();
        check("CREATE DATABASE", &made);
        format!("postgres://mingcha@localhost/{name}?host={}", socket.replace('/', "%2F"))
    }

    /// Kills the server at once, as a power cut would.
    pub fn kill(&self) {
        drop(
            self.run("pg_ctl").args(["stop", "--mode=immediate", "--silent", "-D"]).arg(self.data()).output(),
        );
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if root() {
            let mut command = Command::new("runuser");
            command.args(["-u", USER, "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).env_remove("LC_ALL");
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.kill();
    }
}

fn check(what: &str, output: &io::Result<Output>) {
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("{what}: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic!("{what}: {error}"),
    }
}

/// Whether the tests run as root.
fn root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder of the server's programs: Debian's, or that of the path.
fn programs() -> Option<PathBuf> {
    let holds = |folder: &Path| folder.join("initdb").exists() && folder.join("pg_ctl").exists();
    let mut debian: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| holds(folder))
        .collect();
    debian.sort();
    debian.pop().or_else(|| env::split_paths(&env::var_os("PATH")?).find(|folder| holds(folder)))
}
