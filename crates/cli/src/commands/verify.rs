//! `mingcha verify`: the same versions over the same data, compared byte by byte.

use super::{LakeArg, threads};
use crate::{exit::Faulty, out, progress};
use anyhow::Result;
use mingcha_engine::{Runs, Watch, verify};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A run (its id, the beginning of one, or `latest`) or a clue (its id; looked for in the newest run that has it)
    what: String,
    /// Prove the clue in this run, not in the newest that has it
    #[arg(long)]
    run: Option<String>,
    #[command(flatten)]
    lake: LakeArg,
    /// Buckets to work on at once; the number of cores where absent
    #[arg(long)]
    threads: Option<usize>,
    /// The proof as JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let lake = args.lake.open()?;
    let runs = Runs::of(lake.folder());
    let bar = progress::bar("verify");
    let watch = Watch {
        progress: &|progress| {
            bar.set_length(u64::from(progress.of));
            bar.set_position(u64::from(progress.done));
        },
        cancel: progress::cancel(),
    };
    let proof = match (&args.run, runs.find(&args.what)) {
        (Some(run), _) => {
            verify::clue(&lake, &runs, &runs.find(run)?, &args.what, threads(args.threads), &watch)?
        }
        (None, Ok(run)) => verify::run(&lake, &runs, &run, threads(args.threads), &watch)?,
        (None, Err(missing)) => {
            let Some((run, _)) = super::clues::find(&runs, &args.what)? else { return Err(missing.into()) };
            verify::clue(&lake, &runs, &run, &args.what, threads(args.threads), &watch)?
        }
    };
    bar.finish_and_clear();
    if args.json {
        out::json(&proof)?;
    } else {
        let verdict = if proof.same { "the same, byte by byte" } else { "DIFFERENT" };
        let findings = out::count(proof.findings as u64, "finding");
        out::line(&format!("{findings} of run {}: {verdict}", proof.run))?;
        out::line(&format!("written SM3 {}\nnow     SM3 {}", proof.written, proof.now))?;
        for difference in &proof.differences {
            for (side, record) in [("written", &difference.written), ("now    ", &difference.now)] {
                if let Some(record) = record {
                    out::line(&format!("{side} {}", record.chars().take(400).collect::<String>()))?;
                }
            }
        }
    }
    if proof.same {
        Ok(())
    } else {
        Err(Faulty("what was written did not come out the same".to_owned()).into())
    }
}
