//! `mingcha`: the one binary. Arguments in, words and exit codes out; what it does lives in the crates it uses.

mod claims;
mod commands;
mod exit;
mod import;
mod out;
mod progress;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Buckets come and go in large pieces on all threads: an allocator that keeps its pages spares the faults of taking them anew.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Guards a medical-insurance fund: reads claims, shows what looks wrong, with the lines, the law and a proof.
///
/// Exit codes: 0 done; 1 something failed outside; 2 wrong arguments; 3 what was checked has faults (a file that breaks off, a refused
/// batch, a rule with errors, a proof that differs); 4 what was named does not exist or cannot be used so; 5 a bug in Mingcha; 130
/// interrupted.
#[derive(Parser)]
#[command(name = "mingcha", version, about, long_about)]
struct Args {
    /// Tell progress as lines, and end when standard input does: for a program that attends to this one
    #[arg(long, global = true, hide = true)]
    attended: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take claims files into the lake
    Import(commands::import::Args),
    /// Mapping profiles of foreign files
    Profile(commands::profile::Args),
    /// The lake: status, history, query, compact, vacuum, export, quarantine
    Lake(commands::lake::Args),
    /// Run the rules over the lake
    Screen(commands::screen::Args),
    /// What runs found, grouped by subject and cause
    Clues(commands::clues::Args),
    /// Write a run as a page for a supervisor
    Report(commands::report::Args),
    /// Prove a run or a clue again
    Verify(commands::verify::Args),
    /// The method library: list, show, test, lint, docs, effect, new
    Rule(commands::rule::Args),
    /// Make the claims of a synthetic city
    Synth(commands::synth::Args),
    /// Serve the workbench; without a configuration on this machine alone
    Serve(commands::serve::Place),
    /// Make the first organisation and its three administrators
    Init(commands::serve::InitArgs),
    /// Bring the casework database to the form of this program
    Migrate(commands::serve::Place),
    /// The server's configuration
    Config(commands::serve::ConfigArgs),
    /// Accounts, kept by a security administrator
    User(commands::user::Args),
    /// The trail of acts: verify, export, anchor
    Audit(commands::audit::Args),
    /// Keys of sealed personal data: status, rotate, retire
    Vault(commands::vault::Args),
    /// Write the casework store and its files into an archive
    Backup(commands::serve::ArchiveArgs),
    /// Restore an archive into an empty database of either kind
    Restore(commands::serve::ArchiveArgs),
}

fn main() -> ExitCode {
    let args = Args::parse();
    if args.attended {
        progress::attend();
    }
    let result = match args.command {
        Command::Import(args) => commands::import::run(&args),
        Command::Profile(args) => commands::profile::run(&args),
        Command::Lake(args) => commands::lake::run(&args),
        Command::Screen(args) => commands::screen::run(&args),
        Command::Clues(args) => commands::clues::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Rule(args) => commands::rule::run(&args),
        Command::Synth(args) => commands::synth::run(&args),
        Command::Serve(place) => commands::serve::serve(&place),
        Command::Init(args) => commands::serve::init(&args),
        Command::Migrate(place) => commands::serve::migrate(&place),
        Command::Config(args) => commands::serve::config(&args),
        Command::User(args) => commands::user::run(&args),
        Command::Audit(args) => commands::audit::run(&args),
        Command::Vault(args) => commands::vault::run(&args),
        Command::Backup(args) => commands::serve::backup(&args),
        Command::Restore(args) => commands::serve::restore(&args),
    };
    exit::code(result)
}
