//! Runs every fuzz target for some seconds. The targets build only the light crates, so that this takes minutes.

use crate::{
    shell::{self, command, root, target},
    tools,
};
use anyhow::{Context, Result};
use std::fs;

/// Runs each target so long; a crash fails with the input's path.
pub fn run(seconds: u64) -> Result<()> {
    tools::cargo_tool("cargo-fuzz")?;
    let folder = root().join("fuzz").join("fuzz_targets");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    let target = target().join("fuzz");
    for name in names {
        let limit = format!("-max_total_time={seconds}");
        // libFuzzer's coverage needs compiler flags that stable Rust keeps behind this variable.
        let mut fuzz = command(
            "cargo",
            &[
                "fuzz",
                "run",
                "--sanitizer",
                "none",
                &name,
                "--",
                &limit,
                "-max_len=65536",
                "-rss_limit_mb=2048",
            ],
        );
        shell::run(fuzz.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", &target))?;
    }
    Ok(())
}
