//! `mingcha clues export`: clues or findings as CSV, XLSX, JSON or JSON lines.

use super::{Filter, Of, chosen};
use crate::{exit::Unusable, out};
use anyhow::{Context, Result};
use mingcha_engine::Clue;
use mingcha_model::Finding;
use serde::Serialize;
use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The file: `.csv`, `.xlsx`, `.json` or `.jsonl`
    file: PathBuf,
    #[command(flatten)]
    of: Of,
    #[command(flatten)]
    filter: Filter,
    /// The findings in place of the clues
    #[arg(long)]
    findings: bool,
}

/// The command.
pub fn run(args: &Args) -> Result<()> {
    let form = Form::of(&args.file)?;
    let (runs, run, clues) = chosen(&args.of, &args.filter)?;
    let count = if args.findings {
        let all = runs.findings(&run.id)?;
        let kept: Vec<&Finding> = if clues.len() as u64 == run.clues {
            all.iter().collect()
        } else {
            clues.iter().flat_map(|clue| &clue.findings).filter_map(|&at| all.get(at as usize)).collect()
        };
        out::whole(&args.file, |file| {
            write(form, file, &kept, FINDING_HEADER, |finding| finding_cells(finding))
        })?;
        kept.len()
    } else {
        out::whole(&args.file, |file| write(form, file, &clues, CLUE_HEADER, clue_cells))?;
        clues.len()
    };
    out::tell(&format!("{} into {}", out::count(count as u64, "row"), args.file.display()));
    Ok(())
}

/// The form of the file, by its ending.
#[derive(Clone, Copy)]
enum Form {
    Json,
    JsonLines,
    Csv,
    Xlsx,
}

impl Form {
    /// Known before anything is written, so that the error names the file that was asked for.
    fn of(file: &Path) -> Result<Self> {
        match file.extension().and_then(std::ffi::OsStr::to_str) {
            Some("json") => Ok(Self::Json),
            Some("jsonl") => Ok(Self::JsonLines),
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            _ => Err(Unusable(format!("`{}` ends in neither .csv, .xlsx, .json nor .jsonl", file.display()))
                .into()),
        }
    }
}

/// A cell: a text, or a number that a table program may add up.
enum Cell {
    Text(String),
    Yuan(mingcha_model::Fen),
    Count(u64),
}

const CLUE_HEADER: &[&str] = &[
    "线索编号",
    "规则编号",
    "规则",
    "标题",
    "对象类型",
    "对象",
    "性质",
    "区划",
    "开始日期",
    "结束日期",
    "发现数",
    "人数",
    "涉及基金金额(元)",
    "另涉个人账户(元)",
    "分值",
    "等级",
];

fn clue_cells(clue: &Clue) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![
        text(&clue.id),
        text(&clue.rule_id),
        text(&clue.rule),
        text(&clue.title),
        Cell::Text(format!("{:?}", clue.subject.kind).to_lowercase()),
        text(&clue.subject.id),
        text(clue.kind.label()),
        text(clue.admdvs.as_deref().unwrap_or_default()),
        Cell::Text(clue.begin.to_string()),
        Cell::Text(clue.end.to_string()),
        Cell::Count(clue.findings.len() as u64),
        Cell::Count(clue.people as u64),
        Cell::Yuan(clue.amount),
        Cell::Yuan(clue.account),
        Cell::Count(u64::from(clue.score.total)),
        text(clue.grade.label()),
    ]
}

const FINDING_HEADER: &[&str] = &[
    "规则编号",
    "规则",
    "版本",
    "性质",
    "对象类型",
    "对象",
    "人员编号",
    "机构编号",
    "区划",
    "开始日期",
    "结束日期",
    "涉及基金金额(元)",
    "另涉个人账户(元)",
    "金额计法",
    "所见",
    "数据提示",
    "依据",
    "证据行",
];

fn finding_cells(finding: &Finding) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let evidence: Vec<String> =
        finding.evidence.iter().map(|row| format!("{}:{}", row.table, row.key.join("/"))).collect();
    vec![
        text(&finding.rule_id),
        text(&finding.rule),
        Cell::Count(u64::from(finding.version)),
        text(finding.kind.label()),
        Cell::Text(format!("{:?}", finding.subject.kind).to_lowercase()),
        text(&finding.subject.id),
        text(finding.psn_no.as_deref().unwrap_or_default()),
        text(finding.fixmedins_code.as_deref().unwrap_or_default()),
        text(finding.admdvs.as_deref().unwrap_or_default()),
        Cell::Text(finding.begin.to_string()),
        Cell::Text(finding.end.to_string()),
        Cell::Yuan(finding.amount),
        Cell::Yuan(finding.account),
        text(finding.counting.label()),
        text(&finding.message),
        Cell::Text(finding.notes.join("；")),
        Cell::Text(finding.basis.join("；")),
        Cell::Text(evidence.join(" ")),
    ]
}

fn write<T: Serialize>(
    form: Form,
    file: &Path,
    records: &[T],
    header: &[&str],
    cells: impl Fn(&T) -> Vec<Cell>,
) -> Result<()> {
    let name = || file.display().to_string();
    match form {
        Form::Json => fs::write(file, serde_json::to_vec_pretty(records)?).with_context(name),
        Form::JsonLines => {
            let mut out = BufWriter::new(fs::File::create(file).with_context(name)?);
            for record in records {
                serde_json::to_writer(&mut out, record)?;
                out.write_all(b"\n")?;
            }
            out.flush().with_context(name)
        }
        Form::Csv => csv(file, records, header, cells),
        Form::Xlsx => xlsx(file, records, header, cells),
    }
}

fn csv<T>(file: &Path, records: &[T], header: &[&str], cells: impl Fn(&T) -> Vec<Cell>) -> Result<()> {
    let mut out = BufWriter::new(fs::File::create(file).with_context(|| file.display().to_string())?);
    // The mark makes table programs read UTF-8.
    out.write_all("\u{feff}".as_bytes())?;
    writeln!(out, "{}", header.join(","))?;
    for record in records {
        let line: Vec<String> = cells(record).into_iter().map(|cell| csv_cell(&cell)).collect();
        writeln!(out, "{}", line.join(","))?;
    }
    out.flush()?;
    Ok(())
}

/// A text that a table program would take for a formula gets an apostrophe in front; quotes are doubled.
fn csv_cell(cell: &Cell) -> String {
    match cell {
        Cell::Yuan(fen) => fen.yuan(),
        Cell::Count(count) => count.to_string(),
        Cell::Text(text) => {
            let neutral = neutralised(text);
            if neutral.contains(['"', ',', '\n', '\r']) {
                format!("\"{}\"", neutral.replace('"', "\"\""))
            } else {
                neutral
            }
        }
    }
}

fn neutralised(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Rows that a sheet of a table program holds, the header left out.
const SHEET_ROWS: usize = 1_048_575;

fn xlsx<T>(file: &Path, records: &[T], header: &[&str], cells: impl Fn(&T) -> Vec<Cell>) -> Result<()> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    let money = rust_xlsxwriter::Format::new().set_num_format("#,##0.00");
    for chunk in records.chunks(SHEET_ROWS).chain(records.is_empty().then_some(records)) {
        let sheet = book.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        for (at, name) in header.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, *name, &bold)?;
        }
        for (row, record) in chunk.iter().enumerate() {
            for (at, cell) in cells(record).into_iter().enumerate() {
                let (row, at) = (row as u32 + 1, at as u16);
                match cell {
                    Cell::Text(text) => sheet.write_string(row, at, neutralised(&text))?,
                    Cell::Yuan(fen) => {
                        sheet.write_number_with_format(row, at, fen.0 as f64 / 100.0, &money)?
                    }
                    Cell::Count(count) => sheet.write_number(row, at, count as f64)?,
                };
            }
        }
    }
    book.save(file).with_context(|| file.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_becomes_a_formula() {
        let cell = |text: &str| csv_cell(&Cell::Text(text.to_owned()));
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("@a,b"), "\"'@a,b\"");
        assert_eq!(cell("说“好\"的"), "\"说“好\"\"的\"");
        assert_eq!(cell("plain"), "plain");
    }
}
