//! `cargo xtask new rule <chapter>/<name>`: a rule folder to fill in.

use crate::shell::root;
use anyhow::{Context, Result};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// A rule: `institution/drug-sex`
    Rule {
        /// Chapter and name
        name: String,
    },
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let What::Rule { name } = &args.what;
    let (chapter, name) = name
        .split_once('/')
        .context("name the rule as `<chapter>/<name>`, such as `institution/drug-sex`")?;
    for file in mingcha_library::scaffold::scaffold(&root().join("library"), "MC", chapter, name)? {
        println!("library/{file}");
    }
    println!("fill in the files, then `cargo xtask generate` and `mingcha rule test {chapter}/{name}`");
    Ok(())
}
