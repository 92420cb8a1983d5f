//! Writes indexes of the procedures folder, so that the binary carries every limit, measure, guard, calendar and policy.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../procedures").canonicalize()?;
    println!("cargo:rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    for folder in fs::read_dir(&root)? {
        let folder = folder?;
        // Ledgers belong to a crate of their own, as do the layouts of papers; when a paper is needed is read here.
        if !folder.file_type()?.is_dir() || folder.file_name() == "ledgers" {
            continue;
        }
        for entry in fs::read_dir(folder.path())? {
            paths.push(Path::new(&folder.file_name()).join(entry?.file_name()));
        }
    }
    paths.sort();
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("embedded.rs"), index(&root, &paths, "toml")?)?;
    fs::write(out.join("policies.rs"), index(&root, &paths, "cedar")?)?;
    Ok(())
}

/// Paths and texts of the files with that ending, as a Rust expression.
fn index(root: &Path, paths: &[PathBuf], ending: &str) -> Result<String, Box<dyn Error>> {
    let mut index = String::from("&[\n");
    for path in paths.iter().filter(|path| path.extension().is_some_and(|found| found == ending)) {
        let name = path.to_string_lossy().replace('\\', "/");
        writeln!(index, "    ({name:?}, include_str!({:?})),", root.join(path).display().to_string())?;
    }
    index.push_str("]\n");
    Ok(index)
}
