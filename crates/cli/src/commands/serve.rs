//! `mingcha serve`, `init`, `migrate`, `config`: the server and what it needs before it runs.

use crate::{
    claims::LakeClaims,
    exit::{Faulty, Unusable},
    out,
};
use anyhow::{Context as _, Result};
use mingcha_casework::{facts::Department, store::accounts::Body};
use mingcha_server::{Config, operate, operate::Person};
use std::{env, fs, path::PathBuf, sync::Arc};
use tokio::runtime::Runtime;

/// Which configuration: said anywhere behind the command, also where that has commands of its own.
#[derive(clap::Args)]
pub struct Place {
    /// The configuration; without one this machine alone is served from `mingcha-data`
    #[arg(long, global = true)]
    config: Option<PathBuf>,
}

impl Place {
    /// Reads it; all faults are told at once.
    pub fn load(&self) -> Result<Config> {
        let (config, faults) = Config::load(self.config.as_deref(), env::vars());
        faults.iter().for_each(|fault| out::tell(&fault.to_string()));
        config.ok_or_else(|| Faulty(format!("{} fault(s) in the configuration", faults.len())).into())
    }
}

/// What runs asynchronous work.
pub fn runtime() -> Result<Runtime> {
    Runtime::new().context("no threads")
}

/// Serves until it is asked to stop.
pub fn serve(place: &Place) -> Result<()> {
    let config = place.load()?;
    mingcha_server::log(&config);
    let claims = Arc::new(LakeClaims::new(&config.lake));
    let folder = config.folder.display().to_string();
    let begun = |address| out::tell(&format!("serving {address} from {folder}"));
    Ok(runtime()?.block_on(mingcha_server::serve(config, claims, begun))?)
}

/// Brings the database to the form of this program.
pub fn migrate(place: &Place) -> Result<()> {
    let (before, after) = runtime()?.block_on(operate::migrate(&place.load()?))?;
    out::line(&format!("form {before} is now form {after}"))
}

/// Arguments of `mingcha config`.
#[derive(clap::Args)]
pub struct ConfigArgs {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: ConfigWhat,
}

#[derive(clap::Subcommand)]
enum ConfigWhat {
    /// Check the configuration: all faults at once, with their places
    Check,
}

/// `mingcha config`.
pub fn config(args: &ConfigArgs) -> Result<()> {
    let ConfigWhat::Check = args.what;
    args.place.load()?;
    out::line("no faults")
}

/// Arguments of `mingcha init`.
#[derive(clap::Args)]
pub struct InitArgs {
    #[command(flatten)]
    place: Place,
    /// Code of the first organisation, an insurance bureau
    #[arg(long)]
    organisation: String,
    /// Its name
    #[arg(long)]
    title: String,
    /// Its region code, six digits
    #[arg(long)]
    region: String,
    /// A TOML file with `[system]`, `[security]` and `[auditor]`, each with `account`, `certno` and `password_file`
    #[arg(long)]
    people: PathBuf,
}

/// Makes the first organisation and its three administrators, who must be three people.
pub fn init(args: &InitArgs) -> Result<()> {
    let config = args.place.load()?;
    let text = fs::read_to_string(&args.people).with_context(|| args.people.display().to_string())?;
    let people: toml::Table =
        text.parse().map_err(|_| Unusable(format!("{} is not TOML", args.people.display())))?;
    let three = [person(&people, "system")?, person(&people, "security")?, person(&people, "auditor")?];
    let first = Body {
        id: args.organisation.clone(),
        title: args.title.clone(),
        region: args.region.clone(),
        department: Department::Insurance,
        fixmedins_code: None,
        version: 0,
    };
    runtime()?.block_on(operate::init(&config, first, three))?;
    out::line(
        "three administrators made; each changes the password and sets up a second factor at the first sign-in; remove the password files now",
    )
}

fn person(people: &toml::Table, section: &str) -> Result<Person> {
    let text = |key: &str| {
        let value = people.get(section).and_then(|table| table.get(key)?.as_str());
        value.map(str::to_owned).ok_or_else(|| Unusable(format!("[{section}] lacks `{key}`")))
    };
    let password = secret(&PathBuf::from(text("password_file")?))?;
    Ok(Person { account: text("account")?, certno: text("certno")?, password })
}

/// The first line of a file that holds a secret.
pub fn secret(path: &PathBuf) -> Result<String> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Arguments of `mingcha backup` and `mingcha restore`.
#[derive(clap::Args)]
pub struct ArchiveArgs {
    #[command(flatten)]
    place: Place,
    /// The archive
    archive: PathBuf,
}

/// Writes a copy of the store and its files.
pub fn backup(args: &ArchiveArgs) -> Result<()> {
    let made = runtime()?.block_on(operate::backup(&args.place.load()?, &args.archive))?;
    let entries = made.entries.len();
    out::line(&format!(
        "{entries} entries, trail up to record {}; the keys are not in it, keep them apart",
        made.seq
    ))
}

/// Restores a copy into an empty database of either kind, once its trail is proved.
pub fn restore(args: &ArchiveArgs) -> Result<()> {
    let made = runtime()?.block_on(operate::restore(&args.place.load()?, &args.archive))?;
    out::line(&format!("restored, trail proved up to record {}; put the keys back before serving", made.seq))
}
