//! `mingcha profile`: mapping profiles of foreign files.

use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_ingest::{Limits, Profile, draft_profile};
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
    },
    /// The built-in profiles
    List,
    /// Check a profile: all faults at once
    Check {
        /// The profile
        file: PathBuf,
    },
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    match &args.what {
        What::New { file } => out::line(draft_profile(file, &Limits::default())?.trim_end()),
        What::List => {
            let mut table = out::Table::new(&["profile", "title"]);
            for profile in Profile::embedded() {
                table.row(vec![profile.name.clone(), profile.title.clone()]);
            }
            table.print()
        }
        What::Check { file } => {
            load(file)?;
            out::line("no faults")
        }
    }
}

/// A profile from a file.
pub fn load(file: &std::path::Path) -> Result<Profile> {
    let (profile, diagnostics) = Profile::load(file);
    super::refuse_errors(&diagnostics)?;
    profile.ok_or_else(|| Unusable(format!("{} is no profile", file.display())).into())
}
