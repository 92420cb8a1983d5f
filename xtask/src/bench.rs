//! `cargo xtask bench <name>`: measurements as commands, with a table for people and, with `--json`, a last line for machines.

use crate::{
    casework,
    shell::{self, build_mingcha, cargo, command, root, target},
    tools, truth, web, workbench,
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// import, person, screen, truth, synth, casework or workbench
    name: String,
    /// A last line as JSON: `{"name": …, "figure": number, …}`
    #[arg(long)]
    json: bool,
    /// A smaller city, so that it ends within a minute once built
    #[arg(long)]
    quick: bool,
    /// People in the city; by default so many that there are 15 million fee lines
    #[arg(long)]
    persons: Option<u64>,
    /// Seed of the planted city of `truth`; the clean city's is the next
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    if args.name == "workbench" {
        // Built before the binary, which carries it.
        web::build()?;
    }
    let bench = Bench {
        mingcha: build_mingcha()?,
        persons: args.persons.unwrap_or(match (args.name.as_str(), args.quick) {
            ("truth", true) => 20_000,
            ("truth", false) => 100_000,
            (_, true) => 25_000,
            (_, false) => 385_000,
        }),
    };
    let figures = match args.name.as_str() {
        "import" => bench.import()?,
        "person" => bench.person()?,
        "screen" => bench.screen(args.quick)?,
        "truth" => bench.truth(args.seed)?,
        "synth" => bench.synth()?,
        "casework" => casework::run(args.quick)?,
        "workbench" => workbench::run(&bench.mingcha, args.quick)?,
        other => {
            bail!("there is no bench `{other}`: import, person, screen, truth, synth, casework, workbench")
        }
    };
    if args.json {
        let mut line = json!({ "name": args.name });
        // An office has clues and cases, not people.
        if !["casework", "workbench"].contains(&args.name.as_str()) {
            line["persons"] = json!(bench.persons);
        }
        for (name, figure) in figures {
            line[name] = json!(figure);
        }
        println!("{line}");
    }
    Ok(())
}

/// Name to figure.
pub(crate) type Figures = Vec<(&'static str, f64)>;

struct Bench {
    mingcha: PathBuf,
    persons: u64,
}

pub(crate) fn row(name: &str, value: &str, against: &str) {
    println!("{name:<28} {value:>14}   {against}");
}

fn seconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64()
}

impl Bench {
    fn folder(&self, name: &str) -> PathBuf {
        target().join("bench").join(format!("{name}-{}", self.persons))
    }

    /// A city of that form, made once: `planned` with cases and dirt, `clean` with neither.
    fn city(&self, format: &str, fraud: &str, persons: u64, seed: u64) -> Result<PathBuf> {
        let folder = target().join("bench").join(format!("city-{persons}-{seed}-{format}-{fraud}"));
        let stamp = folder.join("made-by.txt");
        let made_by = fingerprint(&self.mingcha)?;
        if fs::read_to_string(&stamp).is_ok_and(|have| have == made_by) {
            return Ok(folder);
        }
        remove(&folder)?;
        let (persons, seed, out) = (persons.to_string(), seed.to_string(), folder.to_string_lossy());
        let args = [
            "synth",
            "--persons",
            &persons,
            "--seed",
            &seed,
            "--months",
            "12",
            "--format",
            format,
            "--fraud",
            if fraud == "clean" { "none" } else { fraud },
            "--dirty",
            if fraud == "clean" { "0" } else { "1000" },
            "--out",
            &out,
        ];
        shell::run(&mut command(&self.mingcha, &args))?;
        fs::write(stamp, made_by)?;
        Ok(folder)
    }

    /// Imports a city into a fresh lake; answers seconds and peak MiB.
    fn lake(&self, city: &Path, lake: &Path) -> Result<(f64, u64)> {
        remove(lake)?;
        let (claims, lake) = (city.join("claims"), lake.to_string_lossy());
        measured(&self.mingcha, &["import", &claims.to_string_lossy(), "--lake", &lake, "--json"])
    }

    /// The middle time of three imports and the highest peak, each begun after the disk has taken what stood in memory: a city just
    /// written would else be flushed at the import's expense.
    fn middle(&self, city: &Path, lake: &Path) -> Result<(f64, u64)> {
        let (mut times, mut highest) = (Vec::new(), 0);
        for _ in 0..3 {
            remove(lake)?;
            shell::run(&mut command("sync", &[]))?;
            let (time, peak) = self.lake(city, lake)?;
            times.push(time);
            highest = peak.max(highest);
        }
        times.sort_by(f64::total_cmp);
        Ok((times[1], highest))
    }

    fn synth(&self) -> Result<Figures> {
        let out = self.folder("synth");
        remove(&out)?;
        let (persons, folder) = (self.persons.to_string(), out.to_string_lossy().into_owned());
        let text = shell::output(&mut command(
            &self.mingcha,
            &["synth", "--persons", &persons, "--out", &folder, "--json"],
        ))?;
        let made: Value = serde_json::from_str(&text)?;
        let rate = made["rows"]["fee"].as_f64().unwrap_or(0.0) / made["seconds"].as_f64().unwrap_or(1.0);
        row("fee lines a second", &format!("{rate:.0}"), "wanted: 1,000,000");
        remove(&out)?;
        Ok(vec![("lines_per_s", rate)])
    }

    fn import(&self) -> Result<Figures> {
        let mut figures = Vec::new();
        let python = tools::python("python")?;
        for (format, rate_name, peak_name, wanted) in [
            ("parquet", "parquet_lines_per_s", "parquet_peak_mib", 1_000_000.0),
            ("csv", "csv_lines_per_s", "csv_peak_mib", 500_000.0),
        ] {
            let city = self.city(format, "planned", self.persons, 2025)?;
            let lines = Self::lines(&city)?;
            let (time, peak) = self.middle(&city, &self.folder(&format!("import-{format}")))?;
            let rate = lines / time;
            row(
                &format!("{format}: seconds"),
                &format!("{time:.1}"),
                &format!("{lines:.0} fee lines with their tables; the middle of three runs"),
            );
            row(
                &format!("{format}: fee lines a second"),
                &format!("{rate:.0}"),
                &format!("wanted: {wanted:.0}"),
            );
            row(&format!("{format}: peak MiB"), &peak.to_string(), "wanted: under 2048");
            figures.extend([(rate_name, rate), (peak_name, peak as f64)]);
        }
        let city = self.city("csv", "planned", self.persons, 2025)?;
        let script = root().join("bench/duckdb/sort.py");
        let start = Instant::now();
        let out = self.folder("duckdb-sorted.parquet");
        shell::run(&mut command(
            python,
            &[&script.to_string_lossy(), &city.join("claims").to_string_lossy(), &out.to_string_lossy()],
        ))?;
        let duckdb = seconds(start);
        row(
            "DuckDB: CSV to sorted Parquet",
            &format!("{duckdb:.1}"),
            "seconds, two threads, fee lines alone, nothing checked",
        );
        // The first of the two, which is what a site imports month by month; each has a figure of its own above.
        let lines =
            figures.iter().find(|(name, _)| *name == "parquet_lines_per_s").map_or(0.0, |(_, rate)| *rate);
        let peak = figures
            .iter()
            .filter(|(name, _)| name.ends_with("peak_mib"))
            .map(|(_, mib)| *mib)
            .fold(0.0, f64::max);
        figures.extend([("lines_per_s", lines), ("peak_mib", peak), ("duckdb_s", duckdb)]);
        Ok(figures)
    }

    /// Fee lines of a city, as DuckDB counts them.
    fn lines(city: &Path) -> Result<f64> {
        let python = tools::python("python")?;
        let pattern = city.join("claims").join("fee*");
        let ending = if city.to_string_lossy().contains("-parquet-") { "read_parquet" } else { "read_csv" };
        let options = if ending == "read_csv" { ", all_varchar=true" } else { "" };
        let sql = format!(
            "import duckdb; duckdb.sql('SET enable_progress_bar = false'); print(duckdb.sql(\"select count(*) from {ending}('{}'{options})\").fetchall()[0][0])",
            pattern.display()
        );
        shell::output(&mut command(python, &["-c", &sql]))?.trim().parse().context("DuckDB counts the lines")
    }

    /// A lake of planned cases, made once for `person` and `screen`.
    fn standing_lake(&self) -> Result<PathBuf> {
        let city = self.city("parquet", "planned", self.persons, 2025)?;
        let lake = self.folder("lake");
        let stamp = lake.join("made-by.txt");
        let made_by = fingerprint(&self.mingcha)?;
        if !fs::read_to_string(&stamp).is_ok_and(|have| have == made_by) {
            self.lake(&city, &lake)?;
            fs::write(stamp, made_by)?;
        }
        Ok(lake)
    }

    fn measure(args: &[&str]) -> Result<Value> {
        let mut all = vec!["run", "--quiet", "--package", "mingcha-cli", "--example", "measure", "--"];
        all.extend(args);
        let text = shell::output(&mut cargo(&all))?;
        serde_json::from_str(text.trim()).context("the measurement is JSON")
    }

    fn person(&self) -> Result<Figures> {
        let lake = self.standing_lake()?;
        let measured = Self::measure(&["person", &lake.to_string_lossy()])?;
        let figure = |name: &str| measured[name].as_f64().unwrap_or(f64::NAN);
        row("fee lines", &format!("{:.0}", figure("lines")), "");
        row("warm, median ms", &format!("{:.2}", figure("warm_ms")), "wanted: under 5");
        let how = if measured["caches_dropped"] == true {
            "wanted: under 20; the system's page cache dropped before each"
        } else {
            "wanted: under 20; footers unread, the page cache could not be dropped"
        };
        row("cold, median ms", &format!("{:.2}", figure("cold_ms")), how);
        Ok(vec![
            ("person_warm_ms", figure("warm_ms")),
            ("person_cold_ms", figure("cold_ms")),
            ("lines", figure("lines")),
        ])
    }

    fn screen(&self, quick: bool) -> Result<Figures> {
        let lake = self.standing_lake()?;
        let folder = lake.to_string_lossy().into_owned();
        let all = Self::measure(&["screen", &folder])?;
        let figure = |of: &Value, name: &str| of[name].as_f64().unwrap_or(f64::NAN);
        let (lines, decode, pass) = (figure(&all, "lines"), figure(&all, "decode_s"), figure(&all, "pass_s"));
        let (ratio, rate) = (pass / decode, lines / pass);
        let added = (figure(&all, "last_rule_ratio") - 1.0) * 100.0;
        row(
            "fee lines",
            &format!("{lines:.0}"),
            &format!("{} person rules, {} findings", all["rules"], all["findings"]),
        );
        row(
            "bare decode, s",
            &format!("{decode:.2}"),
            "the columns that the rules read, in their tables' types, two threads",
        );
        let own = figure(&all, "own_decode_s");
        row("own decode, s", &format!("{own:.2}"), "the same as the pass reads them: decimals stay 64 bits");
        row("the pass, s", &format!("{pass:.2}"), "decode, all rules, evidence, findings");
        row("pass ÷ decode", &format!("{ratio:.2}"), "wanted: at most 2.0");
        row("lines a second", &format!("{rate:.0}"), "");
        row("last rule adds, %", &format!("{added:.1}"), "wanted: under 3");
        row("peak MiB", &all["peak_mib"].to_string(), "wanted: under 2048");
        let (duckdb, ours, compared) = self.duckdb(&lake)?;
        row(
            "DuckDB, s",
            &format!("{duckdb:.2}"),
            &format!("{compared} of these rules as SQL, two threads, equal rows"),
        );
        row("the same rules here, s", &format!("{ours:.2}"), "");
        row("DuckDB ÷ here", &format!("{:.1}", duckdb / ours), "wanted: at least 10");
        let mut figures = vec![
            ("duckdb_ratio", duckdb / ours),
            ("decode_ratio", ratio),
            ("lines_per_s", rate),
            ("peak_mib", figure(&all, "peak_mib")),
            ("last_rule_percent", added),
            ("lines", lines),
        ];
        if !quick {
            figures.push(("linear", self.linear(rate)?));
        }
        Ok(figures)
    }

    /// Time a line here over time a line in a city a quarter as large.
    fn linear(&self, rate: f64) -> Result<f64> {
        let smaller = Self { mingcha: self.mingcha.clone(), persons: self.persons / 4 };
        let lake = smaller.standing_lake()?;
        let measured = Self::measure(&["screen", &lake.to_string_lossy()])?;
        let theirs =
            measured["lines"].as_f64().unwrap_or(f64::NAN) / measured["pass_s"].as_f64().unwrap_or(f64::NAN);
        row(
            "linear",
            &format!("{:.2}", theirs / rate),
            "time a line here ÷ in a quarter of the city; 1 is linear",
        );
        Ok(theirs / rate)
    }

    /// The rules of `bench/duckdb/` in DuckDB and here: seconds of each, and how many rules were compared row by row.
    fn duckdb(&self, lake: &Path) -> Result<(f64, f64, usize)> {
        let rules = duckdb_rules()?;
        let theirs = self.folder("duckdb-rows");
        remove(&theirs)?;
        let script = root().join("bench/duckdb/run.py");
        let args = [script, lake.to_owned(), root().join("library"), theirs.clone()]
            .map(|path| path.to_string_lossy().into_owned());
        let args: Vec<&str> =
            args.iter().map(String::as_str).chain(["--as-of", AS_OF, "--threads", "2"]).collect();
        shell::run(&mut command(tools::python("python")?, &args))?;
        let times: Value = serde_json::from_str(&fs::read_to_string(theirs.join("times.json"))?)?;
        let ours = Self::measure(&["screen", &lake.to_string_lossy(), &rules.join(",")])?;
        self.compare(lake, &rules, &theirs)?;
        Ok((
            times["total"].as_f64().unwrap_or(f64::NAN),
            ours["pass_s"].as_f64().unwrap_or(f64::NAN),
            rules.len(),
        ))
    }

    /// Holds the offending rows of each rule against those of DuckDB.
    fn compare(&self, lake: &Path, rules: &[String], theirs: &Path) -> Result<()> {
        let file = self.folder("rows").with_extension("jsonl");
        let (lake, out) = (lake.to_string_lossy(), file.to_string_lossy());
        let screen =
            ["screen", "--lake", &lake, "--rules", &rules.join(","), "--as-of", AS_OF, "--full", "--json"];
        shell::run(command(&self.mingcha, &screen).stdout(std::process::Stdio::null()))?;
        shell::run(&mut command(&self.mingcha, &["clues", "export", &out, "--findings", "--lake", &lake]))?;
        let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in fs::read_to_string(&file)?.lines() {
            let finding: Value = serde_json::from_str(line)?;
            if finding["kind"] == "inconclusive" {
                continue;
            }
            for evidence in finding["evidence"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|evidence| evidence["role"] == "offending")
            {
                let key: Vec<&str> =
                    evidence["key"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let row = format!("{},{}", evidence["table"].as_str().unwrap_or_default(), key.join("|"));
                rows.entry(finding["rule"].as_str().unwrap_or_default().to_owned()).or_default().insert(row);
            }
        }
        for rule in rules {
            let ours = rows.remove(rule).unwrap_or_default();
            let text = fs::read_to_string(theirs.join(format!("{rule}.csv")))
                .with_context(|| format!("DuckDB's rows of {rule}"))?;
            let expected: BTreeSet<String> = text.lines().skip(1).map(str::to_owned).collect();
            if ours != expected {
                let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                    a.difference(b).take(3).cloned().collect::<Vec<_>>()
                };
                let (here, there) = (only(&ours, &expected), only(&expected, &ours));
                bail!(
                    "{rule}: {} rows here, {} in DuckDB; only here: {here:?}; only there: {there:?}",
                    ours.len(),
                    expected.len()
                );
            }
            row(&format!("  {rule}"), &ours.len().to_string(), "offending rows, the same in DuckDB");
        }
        Ok(())
    }

    fn truth(&self, seed: u64) -> Result<Figures> {
        let persons = self.persons;
        let planned = self.city("parquet", "planned", persons, seed)?;
        let findings = self.found(&planned, &format!("truth-{persons}"))?;
        let folder = planned.join("truth");
        let counts = truth::compare(&truth::read(&folder)?, &truth::dirt(&folder)?, &findings);
        println!(
            "{:<38} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "rule", "planted", "obvious %", "mixed %", "edge %", "findings", "right %"
        );
        let (mut planted, mut seen, mut found, mut right) = (0, 0, 0, 0);
        for (rule, of) in &counts {
            let degree = |name: &str| {
                of.by_hiding.get(name).map_or_else(|| "–".to_owned(), |(all, seen)| truth::share(*seen, *all))
            };
            let cases: u64 = of.by_hiding.values().map(|(all, _)| all).sum();
            println!(
                "{rule:<38} {cases:>8} {:>9} {:>9} {:>9} {:>9} {:>9}",
                degree("obvious"),
                degree("mixed"),
                degree("edge"),
                of.findings,
                truth::share(of.right, of.findings)
            );
            for message in &of.wrong {
                println!("    on nothing planted: {message}");
            }
            planted += cases;
            seen += of.by_hiding.values().map(|(_, seen)| seen).sum::<u64>();
            found += of.findings;
            right += of.right;
        }
        let (recall, precision) = (seen as f64 / planted.max(1) as f64, right as f64 / found.max(1) as f64);
        row(
            "recall",
            &format!("{recall:.3}"),
            &format!("{seen} of {planted} planted cases found by their rule"),
        );
        row(
            "precision",
            &format!("{precision:.3}"),
            &format!("{right} of {found} findings stand on a planted or dirty row"),
        );
        let (violations, suspects) = self.clean(persons, seed + 1)?;
        Ok(vec![
            ("recall", recall),
            ("precision", precision),
            ("clean_violations", violations),
            ("clean_suspects_max", suspects),
        ])
    }

    /// The clean city: violations in all, and the most suspects of one rule in 10,000 people.
    fn clean(&self, persons: u64, seed: u64) -> Result<(f64, f64)> {
        let clean = self.city("parquet", "clean", persons, seed)?;
        let findings = self.found(&clean, &format!("clean-{persons}"))?;
        let per = |count: u64| count as f64 * 10_000.0 / persons as f64;
        let (mut violations, mut worst) = (0, 0.0_f64);
        for ((rule, kind), count) in truth::tally(&findings) {
            let wanted = match kind {
                "violation" => "; wanted: none",
                "suspect" => "; wanted: at most 1",
                _ => "",
            };
            row(
                &format!("clean: {rule}"),
                &count.to_string(),
                &format!("{kind}, {:.2} in 10,000 people{wanted}", per(count)),
            );
            for message in truth::messages(&findings, rule, kind) {
                println!("    {message}");
            }
            match kind {
                "violation" => violations += count,
                "suspect" => worst = worst.max(per(count)),
                _ => {}
            }
        }
        Ok((violations as f64, worst))
    }

    /// Imports and screens a city, answers its findings.
    fn found(&self, city: &Path, name: &str) -> Result<Vec<Value>> {
        let lake = target().join("bench").join(format!("lake-{name}"));
        self.lake(city, &lake)?;
        let (folder, file) = (lake.to_string_lossy(), lake.with_extension("jsonl"));
        shell::run(
            command(&self.mingcha, &["screen", "--lake", &folder, "--json"])
                .stdout(std::process::Stdio::null()),
        )?;
        shell::run(&mut command(
            &self.mingcha,
            &["clues", "export", &file.to_string_lossy(), "--findings", "--lake", &folder],
        ))?;
        fs::read_to_string(&file)?
            .lines()
            .map(|line| serde_json::from_str(line).context("a finding is JSON"))
            .collect()
    }
}

/// The day as of which both engines look: after all that a city holds.
const AS_OF: &str = "2099-12-31";

/// The rules that stand in `bench/duckdb/<chapter>/<rule>.sql`.
fn duckdb_rules() -> Result<Vec<String>> {
    let mut rules = Vec::new();
    for chapter in fs::read_dir(root().join("bench/duckdb"))? {
        let chapter = chapter?.path();
        for file in chapter.is_dir().then(|| fs::read_dir(&chapter)).transpose()?.into_iter().flatten() {
            let file = file?.path();
            let (Some(chapter), Some(rule)) = (chapter.file_name(), file.file_stem()) else { continue };
            rules.push(format!("{}/{}", chapter.to_string_lossy(), rule.to_string_lossy()));
        }
    }
    rules.sort();
    Ok(rules)
}

/// Runs a program and answers its seconds and the most memory that it held, in MiB, as GNU time or the shell's counters tell.
fn measured(program: &Path, args: &[&str]) -> Result<(f64, u64)> {
    let script = "import resource,subprocess,sys\nc=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode\n\
                  print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)\nsys.exit(c)";
    let mut all = vec!["-c", script];
    let program = program.to_string_lossy();
    all.push(&program);
    all.extend(args);
    let start = Instant::now();
    let text = shell::output(&mut command("python3", &all))?;
    Ok((seconds(start), text.trim().parse().context("the peak is a number")?))
}

/// What tells one build of the program from another.
fn fingerprint(program: &Path) -> Result<String> {
    let meta = fs::metadata(program)?;
    Ok(format!("{} {:?}", meta.len(), meta.modified()?))
}

pub(crate) fn remove(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)?;
    } else if folder.exists() {
        fs::remove_file(folder)?;
    }
    Ok(())
}
