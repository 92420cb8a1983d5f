//! Runs other programs: echoes what it runs, fails with the command in the error.

use anyhow::{Context, Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_owned()
}

/// Where build products go; data of demo and benches lie beside them.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command in the root of the repository.
pub fn command(program: impl AsRef<std::ffi::OsStr>, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    // What cargo tells us of ourselves would make build scripts of dependencies (ring's, under DataFusion) believe that they changed.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"]
            .iter()
            .any(|own| name.starts_with(own))
        {
            command.env_remove(&*name);
        }
    }
    command
}

/// The cargo that runs us.
pub fn cargo(args: &[&str]) -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args)
}

/// Runs a command to its end and fails with it.
pub fn run(command: &mut Command) -> Result<Duration> {
    println!("$ {}", words(command));
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot start `{}`", words(command)))?;
    if !status.success() {
        bail!("`{}` failed: {status}", words(command));
    }
    Ok(start.elapsed())
}

/// What a command prints on standard output; its errors go to the terminal.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{}`", words(command)))?;
    if !output.status.success() {
        bail!("`{}` failed: {}", words(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command starts and succeeds, quietly.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Builds the product and answers where its binary is.
pub fn build_mingcha() -> Result<PathBuf> {
    build_mingcha_with(&[])
}

/// The same, with what else cargo is to build beside it.
pub fn build_mingcha_with(others: &[&str]) -> Result<PathBuf> {
    let binary = ["build", "--quiet", "--package", "mingcha-cli", "--bin", "mingcha"];
    run(&mut cargo(&[&binary, others].concat()))?;
    Ok(target().join("debug").join(format!("mingcha{}", env::consts::EXE_SUFFIX)))
}

/// Where an example lies that was built.
pub fn example(name: &str) -> PathBuf {
    target().join("debug").join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

fn words(command: &Command) -> String {
    let args = command.get_args().map(std::ffi::OsStr::to_string_lossy);
    std::iter::once(command.get_program().to_string_lossy()).chain(args).collect::<Vec<_>>().join(" ")
}
