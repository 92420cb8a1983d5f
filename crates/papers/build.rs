//! Writes an index of papers, templates and ledgers, so that the binary carries them.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../procedures").canonicalize()?;
    let mut paths = Vec::new();
    for (folder, kind) in [("papers", "toml"), ("papers/templates", "docx"), ("ledgers", "toml")] {
        println!("cargo:rerun-if-changed={}", root.join(folder).display());
        for entry in fs::read_dir(root.join(folder))? {
            let name = Path::new(folder).join(entry?.file_name());
            if name.extension().is_some_and(|extension| extension == kind) {
                paths.push(name);
            }
        }
    }
    paths.sort();
    let mut index = String::from("&[\n");
    for path in &paths {
        let name = path.to_string_lossy().replace('\\', "/");
        writeln!(
            index,
            "    ({name:?}, include_bytes!({:?}) as &[u8]),",
            root.join(path).display().to_string()
        )?;
    }
    index.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), index)?;
    Ok(())
}
