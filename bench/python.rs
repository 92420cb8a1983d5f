//! A Python with a package for the tests that hold the product against it; they take this file in by its path, since no crate of the product
//! has it.

use std::{fs::File, path::PathBuf, process::Command};

/// The packages, with the versions that the tests were written against.
const PACKAGES: &str = include_str!("requirements.txt");

/// That of `cargo xtask test`, or one made at first use, with the package that brings a module.
pub fn python(module: &str) -> PathBuf {
    let name = module.replace('_', "");
    let package = PACKAGES.lines().find(|line| line.split('=').next() == Some(&name)).expect("a package");
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
