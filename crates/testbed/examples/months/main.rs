//! Fills an empty folder with months of casework, as the demo does before it serves it: `months CONFIG CLUES`, where the clues are a
//! JSON object a line, as `mingcha clues push --values` prints them.

mod moved;

use mingcha_server::Config;
use std::{env, error::Error, fs, path::Path};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [config, clues] = arguments.as_slice() else { return Err("months CONFIG CLUES".into()) };
    let (config, faults) = Config::load(Some(Path::new(config)), []);
    let config = config.ok_or_else(|| format!("{faults:?}"))?;
    let clues = fs::read_to_string(clues)?;
    let clues = clues.lines().map(serde_json::from_str).collect::<Result<Vec<_>, _>>()?;
    for refused in moved::fill(config, clues).await? {
        eprintln!("not done: {refused}");
    }
    Ok(())
}
