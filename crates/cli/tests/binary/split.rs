//! A city's claims in batches as a year brings them: cut on any day, some people's rows late, refunds long after what they reverse, and
//! lines that first say something wrong.

use crate::{city, dice::Dice, prints};
use mingcha_model::table::{Table, tables};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Columns that name what a refund reverses.
const REVERSED: [&str; 2] = ["init_feedetl_sn", "init_setl_id"];

/// The rows of a table of the city.
pub struct Sheet {
    table: &'static str,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    /// The place of the column that tells when a row was made; people have none, they are known from the start.
    time: Option<usize>,
}

/// Some rows of each table.
#[derive(Default)]
pub struct Batch {
    files: BTreeMap<&'static str, String>,
    /// Who has other rows after the batch than before it.
    pub people: BTreeSet<String>,
    /// Who is known as a person from it on.
    pub registered: BTreeSet<String>,
}

/// A table of the city's lake.
fn sheet(table: &'static Table, folder: &Path) -> Sheet {
    let lake = city().join("lake").to_string_lossy().into_owned();
    let file = folder.join("sheet.csv");
    prints(city(), &["lake", "export", table.name, &file.to_string_lossy(), "--lake", &lake]);
    let text = std::fs::read_to_string(&file).expect("a file is read");
    let mut rows = text.lines().map(cells);
    let header = rows.next().unwrap_or_default();
    let time = header.iter().position(|name| name == table.time);
    Sheet { table: table.name, rows: rows.collect(), time, header }
}

/// All tables that have rows, those about people and the others.
pub fn sheets(folder: &Path) -> (Vec<Sheet>, Vec<Sheet>) {
    let of = |by_person: bool| {
        let tables = tables().iter().filter(move |table| table.by_person == by_person);
        tables.map(|table| sheet(table, folder)).filter(|sheet| !sheet.rows.is_empty()).collect()
    };
    (of(true), of(false))
}

/// The cells of a record in which quotes stand around whole cells.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().expect("a cell").push(other),
        }
    }
    cells
}

fn record(cells: &[String]) -> String {
    let quoted = |cell: &String| if cell.contains(',') { format!("\"{cell}\"") } else { cell.clone() };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n"
}

impl Sheet {
    /// Writes all its rows into a folder.
    pub fn write(&self, folder: &Path) {
        let rows = std::iter::once(&self.header).chain(&self.rows);
        let text: String = rows.map(|row| record(row)).collect();
        std::fs::write(folder.join(format!("{}.csv", self.table)), text).expect("a file is written");
    }

    fn place(&self, column: &str) -> usize {
        self.header.iter().position(|name| name == column).expect("a column")
    }

    /// Whether a row reverses another.
    fn reverses(&self, row: &[String]) -> bool {
        let named = |name: &String| REVERSED.contains(&name.as_str());
        self.header.iter().zip(row).any(|(name, cell)| named(name) && !cell.is_empty())
    }

    /// A line as it was first sent: another's, at night, or of another good.
    fn wrong(&self, at: usize, others: &[String], dice: &mut Dice) -> Vec<String> {
        let mut row = self.rows[at].clone();
        match dice.below(3) {
            0 => row[self.place("psn_no")].clone_from(&others[dice.below(others.len())]),
            1 => row[self.place("fee_ocur_time")].replace_range(11.., "02:30:00"),
            _ => {
                let code = self.place("med_list_codg");
                row[code].clone_from(&self.rows[dice.below(self.rows.len())][code]);
            }
        }
        row
    }
}

impl Batch {
    fn add(&mut self, sheet: &Sheet, row: &[String]) {
        let file = self.files.entry(sheet.table).or_insert_with(|| record(&sheet.header));
        file.push_str(&record(row));
        let person = &row[sheet.place("psn_no")];
        self.people.insert(person.clone());
        if sheet.table == "person" {
            self.registered.insert(person.clone());
        }
    }

    /// Writes its files into a folder.
    pub fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder is made");
        for (table, text) in &self.files {
            std::fs::write(folder.join(format!("{table}.csv")), text).expect("a file is written");
        }
    }
}

/// All rows in two to four batches; every row is in one as the city has it, and nothing comes after what says the same.
pub fn batches(sheets: &[Sheet], dice: &mut Dice) -> Vec<Batch> {
    let day = |dice: &mut Dice| format!("2025-{:02}-{:02}", 2 + dice.below(11), 1 + dice.below(28));
    let cuts: BTreeSet<String> = (0..=dice.below(3)).map(|_| day(dice)).collect();
    eprintln!("cut at {cuts:?}");
    let last = cuts.len();
    let mut batches: Vec<Batch> = (0..=last).map(|_| Batch::default()).collect();
    let mut late = BTreeSet::new();
    let mut others = Vec::new();
    for sheet in sheets {
        let psn_no = sheet.place("psn_no");
        for (number, row) in sheet.rows.iter().enumerate() {
            let time = sheet.time.map_or("", |time| row[time].as_str());
            let mut at = cuts.iter().filter(|cut| cut.as_str() <= time).count();
            if sheet.table == "person" && dice.one_in(20) {
                late.insert(row[psn_no].clone());
            }
            if late.contains(&row[psn_no]) || sheet.reverses(row) && dice.one_in(2) {
                at += dice.below(last - at + 1);
            }
            if sheet.table == "fee" && at < last && dice.one_in(50) {
                let wrong = sheet.wrong(number, &others, dice);
                if wrong != *row {
                    batches[at].add(sheet, &wrong);
                    at += 1 + dice.below(last - at);
                    batches[at].people.insert(wrong[psn_no].clone());
                }
            }
            batches[at].add(sheet, row);
        }
        if sheet.table == "person" {
            // Only who is known from the start is ever mistaken for another: a person without any row is nobody to look at.
            others = batches[0].people.iter().cloned().collect();
        }
    }
    batches
}
