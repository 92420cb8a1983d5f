//! `mingcha verify`: the same versions over the same data, compared byte by byte; and the evidence of a case, piece by piece.

mod case;

use super::{LakeArg, serve::Place, threads};
use crate::{exit::Faulty, out, progress};
use anyhow::Result;
use mingcha_engine::{Runs, Watch, verify};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// A run (its id, the beginning of one, or `latest`) or a clue (its id; looked for in the newest run that has it)
    #[arg(required_unless_present = "case")]
    what: Option<String>,
    /// Prove the clue in this run, not in the newest that has it
    #[arg(long)]
    run: Option<String>,
    /// Prove the evidence of this case in place of a run or clue: files by their bytes, findings by their runs in the configuration's lake
    #[arg(long, value_name = "ID", conflicts_with_all = ["what", "run"])]
    case: Option<String>,
    #[command(flatten)]
    place: Place,
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
    let bar = progress::bar("verify");
    let watch = Watch {
        progress: &|progress| {
            bar.set_length(u64::from(progress.of));
            bar.set_position(u64::from(progress.done));
        },
        cancel: progress::cancel(),
    };
    if let Some(case) = &args.case {
        let pieces = case::prove(&args.place.load()?, case, args.threads, &watch)?;
        bar.finish_and_clear();
        return case::tell(&pieces, args.json);
    }
    let what = args.what.as_deref().unwrap_or_default();
    let lake = args.lake.open()?;
    let runs = Runs::of(lake.folder());
    let proof = match (&args.run, runs.find(what)) {
        (Some(run), _) => verify::clue(&lake, &runs, &runs.find(run)?, what, threads(args.threads), &watch)?,
        (None, Ok(run)) => verify::run(&lake, &runs, &run, threads(args.threads), &watch)?,
        (None, Err(missing)) => {
            let Some((run, _)) = super::clues::find(&runs, what)? else { return Err(missing.into()) };
            verify::clue(&lake, &runs, &run, what, threads(args.threads), &watch)?
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
