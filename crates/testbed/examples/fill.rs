//! Fills a running server as the demo does: `fill first PASSWORD_FILE` prints what `mingcha init` reads, `fill people ADDRESS`
//! makes organisations and users, `fill casework ADDRESS` works on the clues that are there, `fill passwords` prints both.
#![allow(clippy::print_stdout, reason = "a command line talks")]

use mingcha_testbed::demo;
use std::{env, error::Error};

const USAGE: &str = "fill first PASSWORD_FILE | people ADDRESS | casework ADDRESS | passwords";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["first", file] => print!("{}", demo::people_file(file)),
        ["people", address] => demo::people(address.parse()?)?,
        ["casework", address] => demo::casework(address.parse()?)?,
        ["passwords"] => println!("{}\n{}", demo::FIRST_PASSWORD, demo::PASSWORD),
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
