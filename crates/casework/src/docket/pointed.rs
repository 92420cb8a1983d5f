//! What an act points at, as the store knows it: files of the matter, issued papers, findings of the clue that a case comes from.

use super::{around, matter::Stored};
use crate::{
    Procedures,
    act::{ActInput, Enclosing, Line},
    ask::{Around, IssuedPaper, KeptFile, KnownFinding},
    clock::ServerTime,
    facts::{EnclosedAs, FindingPointer},
    store::{Error, Unit},
    trail::Digest,
};
use mingcha_model::Time;
use sqlx::{AnyConnection, Row as _};

/// Template of the letter of a transfer.
const LETTER: &str = "transfer-letter";

/// Reads what the input names. What is not there, or is of a matter that has nothing to do with this one, is left out, and the act refused.
pub(super) async fn read(
    unit: &mut Unit,
    procedures: &Procedures,
    stored: &Stored,
    input: &ActInput,
    around: &mut Around,
) -> Result<(), Error> {
    let own = stored.heading.id.as_str();
    match input {
        ActInput::AddEvidence(piece) => {
            if let Some(id) = &piece.file {
                around.files.extend(file(unit, id.as_str(), [own, own]).await?);
            }
            if let Some(named) = &piece.finding {
                around.finding = finding(unit, stored.heading.parent.as_deref(), named.as_str()).await?;
            }
        }
        ActInput::Enclose(list) => {
            // Of a transfer and of the case that it grew out of.
            let of = [own, stored.heading.parent.as_deref().unwrap_or(own)];
            for enclosing in &list.enclosures.0 {
                enclosed(unit, procedures, enclosing, of, around).await?;
            }
        }
        ActInput::Send(_) => {
            around.letter = letter(unit.conn(), own).await?;
        }
        _ => {}
    }
    Ok(())
}

/// The newest issued letter of a transfer, as `matter/kind/version`, and when it was issued.
pub(super) async fn letter(
    conn: &mut AnyConnection,
    id: &str,
) -> Result<Option<(String, ServerTime)>, Error> {
    let text =
        "SELECT version, at FROM paper WHERE matter = $1 AND template = $2 ORDER BY version DESC LIMIT 1";
    let newest: Option<(i64, i64)> = sqlx::query_as(text).bind(id).bind(LETTER).fetch_optional(conn).await?;
    Ok(newest.map(|(version, at)| (format!("{id}/{LETTER}/{version}"), ServerTime::from_store(Time(at)))))
}

async fn enclosed(
    unit: &mut Unit,
    procedures: &Procedures,
    enclosing: &Enclosing,
    of: [&str; 2],
    around: &mut Around,
) -> Result<(), Error> {
    let piece = enclosing.piece.as_ref().map(Line::as_str).unwrap_or_default();
    match enclosing.form {
        EnclosedAs::File => around.files.extend(file(unit, piece, of).await?),
        EnclosedAs::Paper => around.papers.extend(paper(unit, procedures, piece, of).await?),
        EnclosedAs::Original | EnclosedAs::None => {}
    }
    Ok(())
}

/// A file of one of two matters, by its id.
async fn file(unit: &mut Unit, id: &str, of: [&str; 2]) -> Result<Option<(String, KeptFile)>, Error> {
    let text = "SELECT title, sm3, sha256, rule, run, line FROM attachment WHERE id = $1 AND (matter = $2 OR matter = $3)";
    let row = sqlx::query(text).bind(id).bind(of[0]).bind(of[1]).fetch_optional(unit.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let digest = |column: usize| {
        let text: String = row.try_get(column)?;
        Digest::parse(&text).ok_or_else(|| Error::Stored(format!("digest of file {id}")))
    };
    let from = [(4, "筛查运行"), (3, "规则"), (5, "明细")].map(|(column, word)| {
        let text: String = row.try_get(column)?;
        Ok::<_, Error>(Some(text).filter(|text| !text.is_empty()).map(|text| format!("{word}{text}")))
    });
    let from: Vec<String> = from.into_iter().filter_map(Result::transpose).collect::<Result<_, _>>()?;
    let kept =
        KeptFile {
            title: row.try_get(0)?, sm3: digest(1)?, sha256: digest(2)?, taken_from: from.join("，")
        };
    Ok(Some((id.to_owned(), kept)))
}

/// An issued paper of one of two matters, as `matter/kind/version`.
async fn paper(
    unit: &mut Unit,
    procedures: &Procedures,
    named: &str,
    of: [&str; 2],
) -> Result<Option<(String, IssuedPaper)>, Error> {
    let parts: Vec<&str> = named.split('/').collect();
    let [matter, kind, version] = parts.as_slice() else { return Ok(None) };
    let Ok(version) = version.parse::<i64>() else { return Ok(None) };
    if !of.contains(matter) {
        return Ok(None);
    }
    let text = "SELECT number FROM paper WHERE matter = $1 AND template = $2 AND version = $3";
    let row = sqlx::query(text).bind(*matter).bind(*kind).bind(version).fetch_optional(unit.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let number: Option<String> = row.try_get(0)?;
    let title = procedures.papers.get(*kind).map_or_else(|| (*kind).to_owned(), |kind| kind.title.clone());
    Ok(Some((named.to_owned(), IssuedPaper { title, number: number.unwrap_or_default() })))
}

/// A finding of a clue, as run and number from 1: only of the run that the clue stands on now.
async fn finding(unit: &mut Unit, clue: Option<&str>, named: &str) -> Result<Option<KnownFinding>, Error> {
    let (Some(clue), Some((run, number))) = (clue, named.split_once('#')) else { return Ok(None) };
    let Ok(number) = number.parse::<u32>() else { return Ok(None) };
    let origin = around::origin(unit, Some(clue)).await?;
    if origin["run"] != run {
        return Ok(None);
    }
    let found = (number as usize).checked_sub(1).map(|at| &origin["findings"][at]);
    let pointer = found.and_then(|found| FindingPointer::of(clue, run, number, found));
    Ok(pointer.map(|pointer| {
        let title = origin["about"]["title"].as_str().unwrap_or(&pointer.rule).to_owned();
        KnownFinding { pointer, title }
    }))
}
