//! The truth: which cases were planted, by whom, and which rows show them. It lies beside the claims, never among them.

use crate::{SynthError, plan::Degree};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// One planted case of one group.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name, unique in the city.
    pub id: String,
    /// Rule that should catch it, as `chapter/name`.
    pub rule: String,
    /// How well it hides.
    pub degree: Degree,
    /// Persons (`psn_no`) and institutions (`fixmedins_code`) who take part.
    pub actors: Vec<String>,
    /// Table, key columns joined by `|`, and role of every row.
    pub lines: Vec<(&'static str, String, &'static str)>,
}

/// One row that is dirty on purpose.
#[derive(Clone, Debug)]
pub struct DirtyRow {
    /// Key columns joined by `|`, as they stand in the claims.
    pub key: String,
    /// What is wrong with it.
    pub kind: &'static str,
}

/// The files of the truth.
#[derive(Debug)]
pub struct TruthFiles {
    folder: PathBuf,
    cases: BufWriter<File>,
    lines: BufWriter<File>,
    dirt: BufWriter<File>,
}

impl TruthFiles {
    /// Makes `cases.csv`, `lines.csv` and `dirt.csv` in a folder.
    pub fn create(folder: &Path) -> Result<Self, SynthError> {
        let open = |name: &str, header: &str| -> Result<BufWriter<File>, SynthError> {
            let path = folder.join(name);
            let mut file =
                File::create(&path).map(BufWriter::new).map_err(|error| SynthError::write(&path, error))?;
            writeln!(file, "{header}").map_err(|error| SynthError::write(&path, error))?;
            Ok(file)
        };
        Ok(Self {
            cases: open("cases.csv", "case_id,rule,hiding,actors")?,
            lines: open("lines.csv", "case_id,table,key,role")?,
            dirt: open("dirt.csv", "table,key,kind")?,
            folder: folder.to_owned(),
        })
    }

    /// Writes what one group planted.
    pub fn write(&mut self, cases: &[Case], dirt: &[DirtyRow]) -> Result<(), SynthError> {
        self.try_write(cases, dirt).map_err(|error| SynthError::write(&self.folder, error))
    }

    fn try_write(&mut self, cases: &[Case], dirt: &[DirtyRow]) -> std::io::Result<()> {
        for case in cases {
            writeln!(
                self.cases,
                "{},{},{},{}",
                case.id,
                case.rule,
                case.degree.word(),
                case.actors.join(";")
            )?;
            for (table, key, role) in &case.lines {
                writeln!(self.lines, "{},{table},{key},{role}", case.id)?;
            }
        }
        for row in dirt {
            writeln!(self.dirt, "fee,{},{}", row.key, row.kind)?;
        }
        Ok(())
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<(), SynthError> {
        let all = [&mut self.cases, &mut self.lines, &mut self.dirt];
        all.into_iter().try_for_each(Write::flush).map_err(|error| SynthError::write(&self.folder, error))
    }
}
