//! `cargo xtask demo`: a county's year of claims made, imported, screened and reported, with the time of each step.

use crate::shell::{self, build_mingcha, command, target};
use anyhow::Result;
use std::{
    fs,
    time::{Duration, Instant},
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// People in the county
    #[arg(long, default_value_t = 200_000)]
    pub persons: u64,
    /// Months of claims
    #[arg(long, default_value_t = 12)]
    pub months: u32,
    /// Seed of the county; the same seed gives the same claims
    #[arg(long, default_value_t = 2025)]
    pub seed: u64,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let mingcha = build_mingcha()?;
    let folder = target().join("demo");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (city, lake) = (path("city"), path("lake"));
    let (persons, months, seed) = (args.persons.to_string(), args.months.to_string(), args.seed.to_string());
    let start = Instant::now();
    let mut times: Vec<(&str, Duration)> = Vec::new();
    let mut step = |name: &'static str, args: &[&str]| -> Result<()> {
        times.push((name, shell::run(&mut command(&mingcha, args))?));
        Ok(())
    };
    step(
        "make",
        &[
            "synth",
            "--persons",
            &persons,
            "--months",
            &months,
            "--seed",
            &seed,
            "--out",
            &city,
            "--format",
            "parquet",
        ],
    )?;
    step("import", &["import", &format!("{city}/claims"), "--lake", &lake])?;
    step("screen", &["screen", "--lake", &lake])?;
    step("clues", &["clues", "list", "--lake", &lake, "--limit", "15"])?;
    step("report", &["report", "latest", "--lake", &lake, "--out", &path("report.html")])?;
    println!();
    for (name, time) in times {
        println!("{name:>8} {:6.1} s", time.as_secs_f64());
    }
    println!("{:>8} {:6.1} s", "in all", start.elapsed().as_secs_f64());
    println!("\nThe report: {}", path("report.html"));
    println!("The lake:   {lake}\nTry: {} lake status --lake {lake}", mingcha.display());
    Ok(())
}
