//! Writes an index of the library folder, so that the binary carries every rule and knowledge table.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

/// Files that belong to the library, by name; anything else in the folder is left out.
const NAMES: &[&str] =
    &["rule.toml", "rule.sql", "tests.md", "table.toml", "rows.csv", "coverage.toml", "rules.lock"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../library").canonicalize()?;
    println!("cargo:rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    collect(&root, "", &mut paths)?;
    paths.sort();
    let mut index = String::from("&[\n");
    for path in &paths {
        let file = root.join(path);
        writeln!(index, "    ({path:?}, include_str!({:?})),", file.display().to_string())?;
    }
    index.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), index)?;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|name| format!("{} is no text", name.display()))?;
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, paths)?;
        } else if NAMES.contains(&name.as_str()) {
            paths.push(path);
        }
    }
    Ok(())
}
