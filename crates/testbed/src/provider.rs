//! A real OpenID provider of a test's own: `oidc-provider` under Node, on a port of this machine, gone when dropped.

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// What the client proves itself with.
pub const SECRET: &str = "a secret of the test's own";

/// A running provider.
pub struct Provider {
    child: Child,
    /// Its issuer, an address of this machine.
    pub issuer: String,
}

/// Where its program and packages lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc")
}

impl Provider {
    /// Starts one that sends people back to `redirect` and signs by `alg`. Panics with what to install where it cannot start: a test without
    /// its provider must not pass.
    pub fn start(redirect: &str, alg: &str) -> Self {
        Self::start_on(0, redirect, alg, "client_secret_basic")
    }

    /// The same on a port, such as that of one that was stopped; its keys are new. `auth` is how the client shows its secret.
    pub fn start_on(port: u16, redirect: &str, alg: &str, auth: &str) -> Self {
        Self::begin(port, redirect, alg, auth, None)
    }

    /// One that is asked over TLS alone, with a certificate and its key as PEM files.
    pub fn start_over_tls(redirect: &str, alg: &str, certificate: &Path, key: &Path) -> Self {
        Self::begin(0, redirect, alg, "client_secret_basic", Some([certificate, key]))
    }

    fn begin(port: u16, redirect: &str, alg: &str, auth: &str, tls: Option<[&Path; 2]>) -> Self {
        assert!(
            folder().join("node_modules/oidc-provider").is_dir(),
            "no provider to start; `cargo xtask test` installs it, or: npm install in {}",
            folder().display()
        );
        let mut child = Command::new("node")
            .arg(folder().join("provider.mjs"))
            .env("MINGCHA_PORT", port.to_string())
            .env("MINGCHA_REDIRECT", redirect)
            .env("MINGCHA_SECRET", SECRET)
            .env("MINGCHA_ALG", alg)
            .env("MINGCHA_AUTH", auth)
            .envs(["MINGCHA_CERTIFICATE", "MINGCHA_KEY"].into_iter().zip(tls.into_iter().flatten()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let issuer =
            lines.map_while(Result::ok).find_map(|line| line.strip_prefix("ready ").map(str::to_owned));
        Self { child, issuer: issuer.expect("the provider starts") }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.issuer.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
