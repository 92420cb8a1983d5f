//! Makes a city and says how fast: `city --persons N [--months M] [--seed S] --out DIR [--format csv|parquet] [--fraud none|planned] [--threads T] [--dirty PER_MILLION]`.

#![allow(clippy::print_stdout)] // An example for people at a terminal.

use mingcha_synth::{Format, FraudLevel, Options, generate};
use std::{path::PathBuf, process::ExitCode, time::Instant};

fn options() -> Option<Options> {
    let mut options = Options::new(20_000, PathBuf::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match name.as_str() {
            "--persons" => options.persons = value.parse().ok()?,
            "--months" => options.months = value.parse().ok()?,
            "--seed" => options.seed = value.parse().ok()?,
            "--out" => options.out = PathBuf::from(value),
            "--format" => options.format = if value == "csv" { Format::Csv } else { Format::Parquet },
            "--fraud" => options.fraud = if value == "none" { FraudLevel::None } else { FraudLevel::Planned },
            "--threads" => options.threads = value.parse().ok()?,
            "--dirty" => options.dirty_per_million = value.parse().ok()?,
            _ => return None,
        }
    }
    (!options.out.as_os_str().is_empty()).then_some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        println!(
            "city --persons N [--months M] [--seed S] --out DIR [--format csv|parquet] [--fraud none|planned] [--threads T] [--dirty PER_MILLION]"
        );
        return ExitCode::from(2);
    };
    let begin = Instant::now();
    match generate(&options, &mut |_| {}) {
        Ok(summary) => {
            let seconds = begin.elapsed().as_secs_f64();
            for (table, rows) in &summary.rows {
                println!("{table:>14} {rows:>12}");
            }
            for (rule, cases) in &summary.cases {
                println!("{rule:>40} {cases:>6}");
            }
            let lines = summary.rows.get("fee").copied().unwrap_or_default();
            println!(
                "{seconds:.2} s, {:.0} fee lines/s, {:.0} MB",
                lines as f64 / seconds,
                summary.bytes as f64 / 1e6
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
