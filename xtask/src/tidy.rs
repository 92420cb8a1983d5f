//! Tidy is a test: the arrows between crates, the first line of each file, links, generated files, and the map against the workspace.

use crate::{generate, shell::root};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Which crates of the workspace each may use. A crate missing here may not exist.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("library", &["model"]),
    ("detect", &["model", "library"]),
    ("ingest", &["model"]),
    ("lake", &["model"]),
    ("engine", &["model", "library", "detect", "lake"]),
    ("casework", &["model"]),
    ("papers", &["model"]),
    ("synth", &["model"]),
    ("server", &["model", "library", "casework", "papers"]),
    ("testbed", &[]),
    ("cli", &["model", "library", "detect", "ingest", "lake", "engine", "synth", "casework", "server"]),
    ("xtask", &["model", "library", "casework", "testbed"]),
];

/// Which crates may name a heavy dependency.
const ONLY: &[(&str, &[&str])] = &[
    ("datafusion", &["lake", "engine"]),
    ("deltalake", &["lake"]),
    ("axum", &["server"]),
    ("sqlx", &["casework"]),
];

/// Files under version control, as git sees them, with those not yet added.
fn files() -> Vec<PathBuf> {
    let list = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let names = String::from_utf8(list.stdout).expect("names are UTF-8");
    names.lines().map(PathBuf::from).filter(|path| root().join(path).is_file()).collect()
}

fn text(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn ends_with(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension == ending)
}

/// The manifests of the workspace's crates by short name.
fn manifests() -> BTreeMap<String, toml::Table> {
    let mut manifests = BTreeMap::new();
    for path in files().iter().filter(|path| path.ends_with("Cargo.toml") && path.components().count() > 1) {
        if path.starts_with("fuzz") {
            continue;
        }
        let name = path.parent().and_then(Path::file_name).expect("a folder").to_string_lossy().into_owned();
        manifests.insert(name, text(path).parse().expect("a manifest"));
    }
    manifests
}

fn dependencies(manifest: &toml::Table, sections: &[&str]) -> BTreeSet<String> {
    let tables = sections.iter().filter_map(|section| manifest.get(*section)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn crates_use_only_what_they_may() {
    let manifests = manifests();
    let known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        manifests.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        known,
        "add the crate to the arrows"
    );
    for (name, allowed) in ARROWS {
        // What only tests use may point further: an oracle is not a dependency of the product.
        for dependency in dependencies(&manifests[*name], &["dependencies", "build-dependencies"]) {
            if let Some(used) = dependency.strip_prefix("mingcha-") {
                assert!(allowed.contains(&used), "`{name}` must not use `{used}`");
            }
        }
    }
}

#[test]
fn heavy_dependencies_stay_where_they_belong() {
    for (name, manifest) in manifests() {
        for dependency in dependencies(&manifest, &["dependencies", "dev-dependencies"]) {
            for (heavy, allowed) in ONLY {
                assert!(
                    dependency != *heavy || allowed.contains(&name.as_str()),
                    "`{name}` must not name `{heavy}`"
                );
            }
        }
    }
    let duckdb = manifests()
        .into_iter()
        .find(|(_, manifest)| dependencies(manifest, &["dependencies"]).contains("duckdb"));
    assert!(duckdb.is_none(), "DuckDB is an oracle, never a dependency");
}

#[test]
fn the_engine_cannot_see_the_truth() {
    for path in files()
        .iter()
        .filter(|path| path.starts_with("crates/engine/src") || path.starts_with("crates/detect/src"))
    {
        assert!(!text(path).contains("truth/"), "{} reads the truth", path.display());
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let unsafe_block = ["unsafe", " {"].concat();
    for path in files().iter().filter(|path| ends_with(path, "rs")) {
        let text = text(path);
        assert!(text.starts_with("//!"), "{} does not begin with a `//!` line", path.display());
        assert!(!text.contains(&unsafe_block), "{} holds unsafe code", path.display());
    }
}

#[test]
fn files_are_short_or_explain_themselves() {
    for path in files().iter().filter(|path| ends_with(path, "rs")) {
        let text = text(path);
        let lines = text.lines().count();
        let explains = text.lines().take(6).any(|line| line.contains("long because"));
        assert!(lines <= 800 || explains, "{} has {lines} lines: split it", path.display());
    }
}

#[test]
fn rules_read_no_clock() {
    for path in files()
        .iter()
        .filter(|path| path.starts_with("crates/detect/src") || path.starts_with("crates/model/src"))
    {
        let text = text(path);
        for clock in ["SystemTime", "Instant::now", "chrono"] {
            assert!(!text.contains(clock), "{} reads a clock", path.display());
        }
    }
    for path in files().iter().filter(|path| ends_with(path, "sql") && path.starts_with("library")) {
        let text = text(path).to_lowercase();
        for clock in ["now()", "current_date", "current_timestamp", "random()"] {
            assert!(!text.contains(clock), "{} uses {clock}", path.display());
        }
    }
}

#[test]
fn relative_links_lead_somewhere() {
    for path in files().iter().filter(|path| ends_with(path, "md")) {
        let text = text(path);
        let folder = path.parent().unwrap_or(Path::new(""));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") || file.starts_with("mailto:") || file.contains(' ') {
                continue;
            }
            assert!(root().join(folder).join(file).exists(), "{}: dead link to {target}", path.display());
        }
    }
}

#[test]
fn the_map_shows_the_workspace() {
    let map = text(Path::new("ARCHITECTURE.md"));
    for (name, _) in ARROWS {
        assert!(map.contains(&format!("`{name}`")), "ARCHITECTURE.md does not show `{name}`");
    }
    for word in map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.starts_with("crates/") || word.starts_with("library/"))
    {
        let path = word.split(['<', '*', '{']).next().unwrap_or(word);
        assert!(root().join(path).exists(), "ARCHITECTURE.md names {word}, which is not there");
    }
}

#[test]
fn generated_files_are_fresh() {
    let stale = generate::stale(&generate::wanted().expect("the library loads"));
    assert!(stale.is_empty(), "run `cargo xtask generate`: {stale:?}");
}

#[test]
fn nothing_names_the_machine_it_was_made_on() {
    let home = ["/ro", "ot/"].concat();
    let shared = ["/wo", "rk/"].concat();
    let kinds = ["rs", "toml", "md", "sql", "py", "csv", "yml"];
    for path in files().iter().filter(|path| kinds.iter().any(|kind| ends_with(path, kind))) {
        let text = text(path);
        assert!(
            !text.contains(&home) && !text.contains(&shared),
            "{} names a path of a machine",
            path.display()
        );
    }
}

#[test]
fn both_readmes_give_the_two_commands() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = text(Path::new(name));
        for command in ["cargo xtask demo", "cargo xtask test"] {
            assert!(text.contains(command), "{name} does not give `{command}`");
        }
    }
}
