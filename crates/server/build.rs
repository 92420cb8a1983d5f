//! Writes an index of the built workbench, so that the binary carries it; an empty one where it was not built.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../web/dist");
    println!("cargo:rerun-if-changed={}", dist.display());
    let mut index = String::from("&[\n");
    if dist.join("index.html").is_file() {
        let mut entries = Vec::new();
        for path in files(&dist)? {
            let name = path.strip_prefix(&dist)?.to_string_lossy().replace('\\', "/");
            entries.push((format!("/{name}"), path.canonicalize()?.display().to_string()));
        }
        // The server looks names up by halves.
        entries.sort();
        for (name, place) in entries {
            writeln!(index, "    ({name:?}, include_bytes!({place:?}).as_slice()),")?;
        }
    }
    index.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("web.rs"), index)?;
    Ok(())
}

/// All files below a folder but hidden ones.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            found.push(path);
        }
    }
    Ok(found)
}
