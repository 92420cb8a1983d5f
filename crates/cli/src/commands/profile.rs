//! `mingcha profile`: mapping profiles of foreign files.

use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_ingest::{Limits, Profile, draft_profile};
use mingcha_model::table::{Table, table, tables};
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Draft a profile from a file's header: what has a known name is mapped, the rest stands as comments
    New {
        /// The file
        file: PathBuf,
        /// The table that it is for; found out from its header and name where absent
        #[arg(long, value_parser = known_table)]
        table: Option<&'static Table>,
    },
    /// The built-in profiles
    List,
    /// Print a built-in profile whole, to be looked at or changed into one's own
    Show {
        /// Its name
        name: String,
    },
    /// Check a profile: all faults at once
    Check {
        /// The profile
        file: PathBuf,
    },
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::New { file, table } => out::line(draft_profile(file, *table, &Limits::default())?.trim_end()),
        What::List => {
            let mut table = out::Table::new(&["profile", "title"]);
            for profile in Profile::embedded() {
                table.row(vec![profile.name.clone(), profile.title.clone()]);
            }
            table.print()
        }
        What::Show { name } => match Profile::text_of(name) {
            Some(text) => out::line(text.trim_end()),
            None => Err(Unusable(format!("there is no profile `{name}`: {}", built_in())).into()),
        },
        What::Check { file } => {
            load(file)?;
            out::line("no faults")
        }
    }
}

/// The names of the built-in profiles, for those who named another.
pub fn built_in() -> String {
    let known: Vec<&str> = Profile::embedded().iter().map(|profile| profile.name.as_str()).collect();
    format!("built in are `{}`", known.join("`, `"))
}

fn known_table(name: &str) -> Result<&'static Table, String> {
    let known = || tables().iter().map(|table| table.name).collect::<Vec<_>>().join("`, `");
    table(name).ok_or_else(|| format!("use one of `{}`", known()))
}

/// A profile from a file.
pub fn load(file: &std::path::Path) -> Result<Profile> {
    let (profile, diagnostics) = Profile::load(file);
    super::refuse_errors(&diagnostics)?;
    profile.ok_or_else(|| Unusable(format!("{} is no profile", file.display())).into())
}
