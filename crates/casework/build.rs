//! Writes an index of the procedures folder, so that the binary carries every limit, measure, guard and calendar.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../procedures").canonicalize()?;
    println!("cargo:rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    for folder in fs::read_dir(&root)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder.path())? {
            let name = Path::new(&folder.file_name()).join(entry?.file_name());
            if name.extension().is_some_and(|extension| extension == "toml") {
                paths.push(name);
            }
        }
    }
    paths.sort();
    let mut index = String::from("&[\n");
    for path in &paths {
        let name = path.to_string_lossy().replace('\\', "/");
        writeln!(index, "    ({name:?}, include_str!({:?})),", root.join(path).display().to_string())?;
    }
    index.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), index)?;
    Ok(())
}
