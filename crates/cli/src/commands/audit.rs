//! `mingcha audit`: the trail proved, taken out as JSON lines, anchored.

use super::serve::{Place, runtime};
use crate::{
    exit::{Faulty, Unusable},
    out,
};
use anyhow::{Context as _, Result};
use mingcha_casework::trail::Anchor;
use mingcha_server::operate;
use std::{fs, io::BufWriter, path::PathBuf};

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
    /// Prove that no record was altered, taken out, put in or moved
    Verify {
        /// File of anchors that were kept elsewhere, one a line as `mingcha audit anchor` printed them
        #[arg(long)]
        anchors: Option<PathBuf>,
    },
    /// Write the trail as JSON lines
    Export {
        /// The file, which must not be there yet
        file: PathBuf,
    },
    /// Print the newest record's number and digest, to be kept where nobody here can change it
    Anchor,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let config = args.place.load()?;
    match &args.what {
        What::Verify { anchors } => {
            let anchors = anchors.as_ref().map_or(Ok(Vec::new()), read)?;
            let (records, report) = runtime()?.block_on(operate::verify(&config, anchors))?;
            report.faults.iter().for_each(|fault| out::tell(&format!("{fault:?}: {}", fault.words())));
            if !report.faults.is_empty() {
                return Err(Faulty(format!("{} fault(s) in {records} records", report.faults.len())).into());
            }
            out::line(&format!("{records} records, no faults"))
        }
        What::Export { file } => {
            let made = fs::File::create_new(file).with_context(|| file.display().to_string())?;
            let lines = runtime()?.block_on(operate::export(&config, &mut BufWriter::new(made)))?;
            out::line(&format!("{lines} records"))
        }
        What::Anchor => {
            let anchor = runtime()?.block_on(operate::anchor(&config))?;
            out::line(&serde_json::to_string(&anchor)?)
        }
    }
}

fn read(path: &PathBuf) -> Result<Vec<Anchor>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let anchor = |line: &str| {
        serde_json::from_str(line)
            .map_err(|_| Unusable(format!("{} holds no anchors", path.display())).into())
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(anchor).collect()
}
