//! Writes what comes from the definitions: `cargo run -p mingcha-papers --example generate` makes the templates, with `page` after it, prints
//! the page for `docs/papers.md`.

use mingcha_papers::{Papers, docs::papers_md, layout};
use std::{env, error::Error, fs, io, io::Write as _, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let (papers, faults) = Papers::embedded();
    if env::args().nth(1).as_deref() == Some("page") {
        io::stdout().write_all(papers_md(&papers).as_bytes())?;
        return Ok(());
    }
    for fault in faults.iter().filter(|fault| !fault.file.starts_with("papers/templates/")) {
        writeln!(io::stderr(), "{fault}")?;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../procedures/papers/templates");
    for paper in papers.papers.values() {
        let bytes = layout::template(&paper.layout).map_err(|error| format!("{}: {error}", paper.id))?;
        let file = folder.join(format!("{}.docx", paper.id));
        if fs::read(&file).ok().as_deref() != Some(&bytes) {
            fs::write(&file, bytes)?;
            writeln!(io::stdout(), "{}.docx", paper.id)?;
        }
    }
    Ok(())
}
