//! `mingcha vault`: how the keys of sealed personal data and second factors stand, a new key while servers go on, an old one taken out.

use super::serve::{Place, runtime};
use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_casework::{vault::Purpose, words::Word as _};
use mingcha_server::keys::{self, Progress};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// How many values each key seals, and which key seals now
    Status,
    /// Give a vault a new key and seal all its values under it; servers go on meanwhile, and a call that was broken off is gone on with
    Rotate {
        /// `personal`, `informant` or `sign_in`
        vault: String,
    },
    /// Take a key that nothing needs any more out of its ring
    Retire {
        /// `personal`, `informant` or `sign_in`
        vault: String,
        /// Id of the key
        key: String,
    },
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let config = args.place.load()?;
    match &args.what {
        What::Status => {
            let mut table = out::Table::new(&["vault", "key", "values", "state"]);
            for vault in runtime()?.block_on(keys::status(&config))? {
                let current = vault.current.clone().unwrap_or_default();
                for (key, count) in &vault.values {
                    let state = if *key == current { "current" } else { "waits to be sealed anew" };
                    table.row(vec![
                        vault.purpose.name().to_owned(),
                        key.clone(),
                        count.to_string(),
                        state.to_owned(),
                    ]);
                }
                if !vault.values.contains_key(&current) {
                    let state = if current.is_empty() { "nothing sealed yet" } else { "current" };
                    table.row(vec![
                        vault.purpose.name().to_owned(),
                        current,
                        "0".to_owned(),
                        state.to_owned(),
                    ]);
                }
            }
            table.print()
        }
        What::Rotate { vault } => {
            let told = |Progress { done, of }: Progress| out::tell(&format!("{done} of {of} sealed anew"));
            let key = runtime()?.block_on(keys::rotate(&config, purpose(vault)?, told))?;
            out::line(&format!(
                "`{key}` seals now; take the old key out with `mingcha vault retire {vault} <key>`"
            ))
        }
        What::Retire { vault, key } => {
            runtime()?.block_on(keys::retire(&config, purpose(vault)?, key))?;
            out::line(&format!(
                "`{key}` is out of the ring; keep it apart for as long as backups that need it are kept"
            ))
        }
    }
}

fn purpose(name: &str) -> Result<Purpose> {
    Purpose::named(name)
        .ok_or_else(|| Unusable(format!("no vault `{name}`: personal, informant or sign_in")).into())
}
