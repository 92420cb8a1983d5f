//! `cargo xtask demo`: a county's year of claims made, imported, screened and reported, its clues handed over, months of casework filled
//! in, and the workbench served on this machine, with the time of each step and the demo's users.

use crate::{
    shell::{self, build_mingcha, build_mingcha_with, command, target},
    web,
};
use anyhow::{Result, bail};
use mingcha_testbed::demo;
use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Stdio},
    thread,
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
    /// Port of the workbench on this machine
    #[arg(long, default_value_t = 7300)]
    pub port: u16,
    /// End after the report, without the workbench
    #[arg(long)]
    pub no_serve: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let mingcha = if args.no_serve {
        build_mingcha()?
    } else {
        web::build()?;
        // In one build with the binary, so that both rest on the same crates.
        build_mingcha_with(&["--package", "mingcha-testbed", "--example", "months"])?
    };
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
    if args.no_serve { Ok(()) } else { workbench(&mingcha, &folder, &lake, args.port) }
}

/// Fills a folder with months of casework on the run's clues, says who may sign in, and serves it until it is stopped.
fn workbench(mingcha: &Path, folder: &Path, lake: &str, port: u16) -> Result<()> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (config, clues) = (path("mingcha.toml"), path("clues.jsonl"));
    fs::create_dir_all(path("data"))?;
    // Signing in by password alone, and as often as one likes: this machine's demo, never an installation.
    fs::write(
        &config,
        format!(
            "[server]\nlisten = \"127.0.0.1:{port}\"\n[store]\nfolder = {:?}\n[lake]\npath = {lake:?}\n[session]\nsecond_factor = \"chosen\"\n\
             [limits]\nsign_in_per_minute = 10000\n",
            path("data")
        ),
    )?;
    let values = ["clues", "push", "--lake", lake, "--region-if-none", "990100", "--values"];
    shell::run(command(mingcha, &values).stdout(fs::File::create(&clues)?))?;
    let months = shell::example("months");
    let time = shell::run(&mut command(months, &[&config, &clues]))?;
    println!("{:>8} {:6.1} s", "casework", time.as_secs_f64());
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut server = command(mingcha, &["serve", "--config", &config])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Err(error) = listens(&mut server, address) {
        server.kill()?;
        server.wait()?;
        return Err(error);
    }
    println!("\nThe workbench: http://{address}\nUsers, all with the password `{}`:", demo::PASSWORD);
    for (account, organisation, role, ..) in demo::USERS {
        println!("  {account:24} {organisation:12} {role}");
    }
    for (account, role) in demo::ADMINISTRATORS {
        println!("  {account:24} {:12} {role}", demo::FIRST_BUREAU.0);
    }
    println!("Ctrl-C ends it.");
    let status = server.wait()?;
    if status.success() { Ok(()) } else { bail!("the server ended: {status}") }
}

fn listens(server: &mut Child, address: SocketAddr) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        if let Some(status) = server.try_wait()? {
            bail!("the server ended: {status}; is port {} taken?", address.port());
        }
        if start.elapsed() > Duration::from_secs(30) {
            bail!("the server does not answer");
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
