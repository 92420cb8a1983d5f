//! Writes the page of procedures to standard output: `cargo run -p mingcha-casework --example page > docs/procedures.md`.

use mingcha_casework::{Procedures, docs::procedures_md};
use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let (procedures, faults) = Procedures::embedded();
    for fault in &faults {
        writeln!(io::stderr(), "{fault}")?;
    }
    io::stdout().write_all(procedures_md(&procedures).as_bytes())
}
