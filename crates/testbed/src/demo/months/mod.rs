//! Eight months of casework up to today: clues that came run by run, what became of them, and what does not grow out of clues.

mod agency;
mod cases;
mod clues;
mod joint;
mod site;
mod stock;
mod transfers;

use super::{
    agenda::{Agenda, Move},
    cast::Cast,
    client::Refused,
    clock::{self, DAY},
    story,
};
use serde_json::Value;
use std::net::SocketAddr;
use stock::Stock;

/// How many days before today the story begins.
const FIRST: i64 = 263;
/// Days before today on which the clues of a run are handed over.
const RUNS: [i64; 8] = [256, 208, 178, 148, 118, 88, 56, 21];
/// The same of the last run: its clues are all that are left, and nobody has worked on them yet.
const LAST_RUN: i64 = 4;

/// When the story begins, in seconds of China's civil time: the server must be set up at that instant.
pub fn first_instant() -> i64 {
    clock::office_day(clock::day(clock::machine()) - FIRST) * DAY + 8 * 3600
}

/// Makes organisations and users and fills in the months up to now, then what is done today. `clues` are as they are handed over;
/// `to` moves the server's clock. Says what was refused on the way: the clues of a lake need not bear what the story has in mind for them.
pub fn months(address: SocketAddr, clues: Vec<Value>, to: &mut Move<'_>) -> Result<Vec<Refused>, Refused> {
    to(first_instant())?;
    super::people(address)?;
    let mut agenda = Agenda::new(clock::day(clock::machine()));
    let mut stock = Stock::of(clues);
    let names = clues::tell(&mut agenda, &mut stock);
    agency::tell(&mut agenda);
    joint::tell(&mut agenda);
    site::tell(&mut agenda);
    let refused = agenda.run(&mut Cast::new(address), names, to)?;
    to(clock::machine())?;
    story::tell(address)?;
    Ok(refused)
}
