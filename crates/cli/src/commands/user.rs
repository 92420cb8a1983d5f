//! `mingcha user`: accounts, kept by a security administrator who shows password and code like at the door.

use super::serve::{Place, runtime, secret};
use crate::{exit::Unusable, out};
use anyhow::Result;
use mingcha_casework::{
    facts::Role,
    id::ObjectId,
    store::accounts::{Account, Profile},
    words::Word as _,
};
use mingcha_server::operate::{Console, Person};
use std::path::PathBuf;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Account of the security administrator who does it
    #[arg(long = "as")]
    by: String,
    /// File whose first line is that account's password
    #[arg(long)]
    password_file: PathBuf,
    /// One-time code of that account
    #[arg(long)]
    code: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The accounts of an organisation
    List {
        /// Its code
        organisation: String,
    },
    /// Make an account, whose password must be changed at the first sign-in
    Add {
        /// Code of the organisation
        organisation: String,
        /// Name of the account
        account: String,
        /// Role, such as handler
        #[arg(long)]
        role: String,
        /// Highest secrecy grade, 1 to 4
        #[arg(long, default_value_t = 1)]
        clearance: i64,
        /// File whose first line is the certificate number of the person
        #[arg(long)]
        certno_file: PathBuf,
        /// File whose first line is the first password
        #[arg(long)]
        first_password_file: PathBuf,
    },
    /// Disable an account; its sessions die at once
    Disable(Because),
    /// Enable a disabled account again
    Enable(Because),
    /// Give an account a new first password and take its second factor
    Reset {
        #[command(flatten)]
        of: Because,
        /// File whose first line is the new first password
        #[arg(long)]
        first_password_file: PathBuf,
    },
}

/// An account, and why.
#[derive(clap::Args)]
struct Because {
    /// Name of the account
    account: String,
    /// Why
    #[arg(long)]
    why: String,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let config = args.place.load()?;
    let password = secret(&args.password_file)?;
    runtime()?.block_on(async {
        let console = Console::sign_in(&config, &args.by, password, args.code.as_deref()).await?;
        let accounts = match &args.what {
            What::List { organisation } => console.list(organisation).await?,
            What::Add { organisation, account, role, clearance, certno_file, first_password_file } => {
                let role = Role::named(role)
                    .ok_or_else(|| Unusable(format!("no such role: one of {}", Role::names())))?;
                let profile =
                    Profile { role, clearance: *clearance, certificate: None, certificate_until: None };
                let (certno, password) = (secret(certno_file)?, secret(first_password_file)?);
                let person = Person { account: account.clone(), certno, password };
                vec![console.add(organisation, person, profile).await?]
            }
            What::Disable(of) => vec![console.disable(&id(&of.account)?, true, of.why.clone()).await?],
            What::Enable(of) => vec![console.disable(&id(&of.account)?, false, of.why.clone()).await?],
            What::Reset { of, first_password_file } => {
                vec![console.reset(&id(&of.account)?, secret(first_password_file)?, of.why.clone()).await?]
            }
        };
        show(&accounts)
    })
}

fn id(text: &str) -> Result<ObjectId> {
    ObjectId::parse(text).map_err(|error| Unusable(error.to_string()).into())
}

fn show(accounts: &[Account]) -> Result<()> {
    let mut table = out::Table::new(&["account", "organisation", "role", "clearance", "state"]);
    for account in accounts {
        let state = if account.disabled { "disabled" } else { "enabled" };
        table.row(vec![
            account.id.clone(),
            account.organisation.clone(),
            account.role.name().to_owned(),
            account.clearance.to_string(),
            state.to_owned(),
        ]);
    }
    table.print()
}
