//! `cargo xtask lint`: format, clippy, documentation, rules, spelling, dependencies. Any warning is a failure.

use crate::{
    shell::{build_mingcha, cargo, command, root},
    tools,
};
use anyhow::Result;

/// Runs all checks.
pub fn run() -> Result<()> {
    use crate::shell::run;
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(&mut command(tools::python("typos")?, &["--config", "typos.toml"]))?;
    run(&mut cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    run(cargo(&["doc", "--quiet", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let library = root().join("library");
    run(&mut command(build_mingcha()?, &["rule", "lint", "--library", &library.to_string_lossy()]))?;
    tools::cargo_tool("cargo-machete")?;
    run(&mut cargo(&["machete"]))?;
    tools::cargo_tool("cargo-deny")?;
    // Advisories need a database from outside; licences, bans and sources need only the registry.
    run(&mut cargo(&["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))?;
    println!("lint: clean");
    Ok(())
}
