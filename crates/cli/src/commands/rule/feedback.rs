//! `mingcha rule feedback`: what checking found of each version of each rule, beside the rules of the library. Nothing is learned from it by itself.

use crate::{
    commands::{
        LibraryArg,
        serve::{Place, runtime, secret},
    },
    out,
};
use anyhow::Result;
use mingcha_casework::docket::RuleFeedback;
use mingcha_library::Library;
use mingcha_model::Fen;
use mingcha_server::operate::Console;
use serde_json::json;
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    library: LibraryArg,
    #[command(flatten)]
    place: Place,
    /// Account that asks; it hears of what it may count
    #[arg(long = "as")]
    by: String,
    /// File whose first line is that account's password
    #[arg(long)]
    password_file: PathBuf,
    /// One-time code of that account
    #[arg(long)]
    code: Option<String>,
    /// As JSON; money in whole fen (100 fen are a yuan)
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let library = args.library.load_sound()?;
    let (config, password) = (args.place.load()?, secret(&args.password_file)?);
    let feedback = runtime()?.block_on(async {
        let console = Console::sign_in(&config, &args.by, password, args.code.as_deref()).await?;
        console.rule_feedback().await
    })?;
    if args.json {
        let all: Vec<_> = feedback
            .iter()
            .map(|one| json!({ "feedback": one, "standing": standing(&library, one) }))
            .collect();
        return out::json(&all);
    }
    let mut table =
        out::Table::new(&["rule", "version", "standing", "confirmed", "refuted", "unclear", "found"]);
    for one in &feedback {
        table.row(vec![
            one.rule.clone(),
            one.version.clone(),
            standing(&library, one).to_owned(),
            one.confirmed.to_string(),
            one.refuted.to_string(),
            one.unclear.to_string(),
            Fen(one.found).yuan(),
        ]);
    }
    table.print()
}

/// Whether the library still holds that version.
fn standing(library: &Library, feedback: &RuleFeedback) -> &'static str {
    match library.rule(&feedback.rule) {
        None => "gone",
        Some(rule) if rule.version.to_string() == feedback.version => "current",
        Some(_) => "older",
    }
}
