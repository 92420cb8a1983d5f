//! A Python with a package for the tests that hold the product against it; they take this file in by its path, since no crate of the product
//! has it.

use std::{fs::File, path::PathBuf, process::Command};

/// That of `cargo xtask test`, or one made at first use. The package is named with its version, such as `duckdb==2.0.0`, and by the module
/// that it brings.
pub fn python(module: &str, package: &str) -> PathBuf {
    let home = PathBuf::from(std::env::var_os("HOME").expect("a home folder"));
    let venv =
        std::env::var_os("MINGCHA_VENV").map_or_else(|| home.join(".cache/mingcha-venv"), PathBuf::from);
    let python = venv.join("bin/python");
    let runs = |program: &mut Command| program.output().is_ok_and(|output| output.status.success());
    if !runs(Command::new(&python).args(["-c", &format!("import {module}")])) {
        // Tests are processes of their own and may come here at the same time.
        std::fs::create_dir_all(&venv).expect("a folder");
        let lock = File::create(venv.with_extension("lock")).expect("a file");
        lock.lock().expect("a lock");
        assert!(runs(Command::new("python3").args(["-m", "venv"]).arg(&venv)), "python3 -m venv failed");
        let pip = ["-m", "pip", "install", "-q", package];
        assert!(runs(Command::new(&python).args(pip)), "pip install {package} failed");
    }
    python
}
