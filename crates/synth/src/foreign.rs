//! Sinks: where the rows of a table go, with our own names or with those of a foreign system.

use crate::{
    Format, Options, SynthError,
    cells::{Cells, Sink},
    naming::{Foreign, Naming},
};
use arrow_schema::{Field, Schema, SchemaRef};
use mingcha_model::{
    Date,
    table::{Table, table},
};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

/// Opens the sinks of one worker; the person at hand is known to all of them.
#[derive(Debug)]
pub struct Sinks<'a> {
    format: Format,
    claims: &'a Path,
    own: PathBuf,
    naming: Option<&'a Naming>,
    person: Rc<RefCell<Vec<Cell>>>,
}

impl<'a> Sinks<'a> {
    /// Sinks for files in `claims`, with the names that the options ask for.
    pub fn new(options: &'a Options, claims: &'a Path) -> Self {
        Self {
            format: options.format,
            claims,
            own: options.out.join("own"),
            naming: options.naming.as_ref(),
            person: Rc::default(),
        }
    }

    /// A sink for a table whose files' names end in `tail`.
    pub fn open(&self, name: &'static str, tail: &str) -> Result<Sink, SynthError> {
        let ours = table(name).ok_or(SynthError::Table(name))?;
        let plain = |folder: &Path| Sink::new(self.format, folder, &format!("{name}{tail}"), ours.schema());
        let Some(naming) = self.naming else { return Ok(plain(self.claims)) };
        let of_table = naming.files.iter().filter(|foreign| foreign.table == name);
        let outputs = of_table.map(|foreign| self.output(ours, foreign, tail)).collect::<Result<_, _>>()?;
        Ok(Sink::Foreign(Box::new(ForeignSink {
            row: Vec::with_capacity(ours.columns.len()),
            outputs,
            rest: plain(&self.own),
            person: Rc::clone(&self.person),
            is_person: name == "person",
            carried: naming.carried(name),
        })))
    }

    fn output(&self, ours: &'static Table, foreign: &Foreign, tail: &str) -> Result<Output, SynthError> {
        let person = table("person").ok_or(SynthError::Table("person"))?;
        let (mut picks, mut fields) = (Vec::new(), Vec::new());
        for (of, columns) in [(ours, &foreign.columns), (person, &foreign.beside)] {
            let schema = of.schema();
            for (name, header) in columns {
                let at = schema.index_of(name)?;
                let codes = foreign.codes.get(name).filter(|_| of.name == ours.name);
                picks.push(Pick { beside: of.name != ours.name, at, codes: codes.cloned() });
                let nullable = schema.field(at).is_nullable();
                fields.push(Field::new(header, schema.field(at).data_type().clone(), nullable));
            }
        }
        let index = |(name, value): &(String, String)| Ok((ours.schema().index_of(name)?, value.clone()));
        let schema: SchemaRef = Arc::new(Schema::new(fields));
        Ok(Output {
            only: foreign.only.iter().map(index).collect::<Result<_, SynthError>>()?,
            picks,
            sink: Sink::new(self.format, self.claims, &format!("{}{tail}", foreign.file), schema),
        })
    }
}

/// A cell of the row at hand.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Null,
    Text(String),
    Date(Date),
    Time(i64),
    Int(i32),
    Measure(i32),
    Fixed(i64, u32),
    Broken(String),
}

/// Where a foreign column comes from.
#[derive(Debug)]
struct Pick {
    beside: bool,
    at: usize,
    codes: Option<BTreeMap<String, String>>,
}

/// One kind of foreign file.
#[derive(Debug)]
struct Output {
    only: Vec<(usize, String)>,
    picks: Vec<Pick>,
    sink: Sink,
}

/// Rows of one table on their way into foreign files.
#[derive(Debug)]
pub struct ForeignSink {
    row: Vec<Cell>,
    outputs: Vec<Output>,
    rest: Sink,
    person: Rc<RefCell<Vec<Cell>>>,
    is_person: bool,
    carried: bool,
}

impl Output {
    fn takes(&self, row: &[Cell]) -> bool {
        self.only.iter().all(|(at, value)| matches!(&row[*at], Cell::Text(text) if text == value))
    }

    fn write(&mut self, row: &[Cell], person: &[Cell]) -> Result<(), SynthError> {
        for pick in &self.picks {
            let cell = if pick.beside { &person[pick.at] } else { &row[pick.at] };
            match (cell, &pick.codes) {
                (Cell::Text(text), Some(codes)) => self.sink.text(codes.get(text).unwrap_or(text)),
                _ => put(&mut self.sink, cell),
            }
        }
        self.sink.end()
    }
}

fn put(sink: &mut Sink, cell: &Cell) {
    match cell {
        Cell::Null => sink.null(),
        Cell::Text(text) => sink.text(text),
        Cell::Date(date) => sink.date(*date),
        Cell::Time(time) => sink.time(*time),
        Cell::Int(value) => sink.int(*value),
        Cell::Measure(millionths) => sink.measure(*millionths),
        Cell::Fixed(value, places) => sink.fixed(*value, *places),
        Cell::Broken(text) => sink.broken(text),
    }
}

impl Cells for ForeignSink {
    fn text(&mut self, value: &str) {
        self.row.push(Cell::Text(value.to_owned()));
    }

    fn null(&mut self) {
        self.row.push(Cell::Null);
    }

    fn date(&mut self, value: Date) {
        self.row.push(Cell::Date(value));
    }

    fn time(&mut self, value: i64) {
        self.row.push(Cell::Time(value));
    }

    fn int(&mut self, value: i32) {
        self.row.push(Cell::Int(value));
    }

    fn measure(&mut self, millionths: i32) {
        self.row.push(Cell::Measure(millionths));
    }

    fn fixed(&mut self, value: i64, places: u32) {
        self.row.push(Cell::Fixed(value, places));
    }

    fn broken(&mut self, text: &str) {
        self.row.push(Cell::Broken(text.to_owned()));
    }

    fn end(&mut self) -> Result<(), SynthError> {
        let row = std::mem::take(&mut self.row);
        if self.is_person {
            self.person.borrow_mut().clone_from(&row);
        }
        if self.carried {
            return Ok(());
        }
        match self.outputs.iter_mut().find(|output| output.takes(&row)) {
            Some(output) => output.write(&row, &self.person.borrow()),
            None => {
                row.iter().for_each(|cell| put(&mut self.rest, cell));
                self.rest.end()
            }
        }
    }

    fn finish(&mut self) -> Result<(u64, u64), SynthError> {
        let mut all = self.rest.finish()?;
        for output in &mut self.outputs {
            let (rows, bytes) = output.sink.finish()?;
            all = (all.0 + rows, all.1 + bytes);
        }
        Ok(all)
    }
}
