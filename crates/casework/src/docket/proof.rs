//! The proof of a case's evidence, piece by piece: files by their bytes as they are now, findings by what they point at.

use super::{
    files,
    matter::{self, Stored},
};
use crate::{
    facts::{Evidence, EvidenceKind, EvidenceOrigin, FindingPointer},
    files::Files,
    store::{Context, Draft, Error, Store},
};
use serde::Serialize;
use sqlx::AnyConnection;

/// What holding a piece of evidence against what it points at came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is what was registered.
    Same,
    /// It is something else now.
    Different,
    /// What it points at is not there any more.
    Gone,
    /// It lies outside the system, where nothing can be proved from here.
    Outside,
    /// The pointer is the one that was registered; that its run sees the same again is still to be shown.
    Pending,
}

impl Verdict {
    /// Whether it speaks against the piece.
    pub fn fails(self) -> bool {
        matches!(self, Self::Different | Self::Gone)
    }

    /// The word of tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "the same",
            Self::Different => "DIFFERENT",
            Self::Gone => "GONE",
            Self::Outside => "outside the system",
            Self::Pending => "not made again yet",
        }
    }
}

/// What proving a piece of evidence came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PieceProof {
    /// Which piece, from 1.
    pub number: u32,
    /// Which of the eight kinds.
    pub kind: EvidenceKind,
    /// What it is.
    pub title: String,
    /// Where it is.
    pub origin: EvidenceOrigin,
    /// SM3 that was registered.
    pub sm3: Option<String>,
    /// SHA-256 that was registered.
    pub sha256: Option<String>,
    /// SM3 of it now: of the file's bytes, or of the pointer.
    pub now_sm3: Option<String>,
    /// SHA-256 of the same.
    pub now_sha256: Option<String>,
    /// The finding that it points at.
    pub finding: Option<FindingPointer>,
    /// What it came to.
    pub verdict: Verdict,
}

/// Holds each piece of a case's evidence against what it points at, and records that it was done. Whether the runs of findings see the same
/// again is for whoever has the lake; such pieces are [`Verdict::Pending`].
pub async fn prove_evidence(
    store: &Store,
    files: &Files,
    context: Context,
    case: &str,
) -> Result<Vec<PieceProof>, Error> {
    let mut conn = store.reader().await?;
    let stored = matter::load(&mut conn, case).await?;
    if stored.heading.machine != "case" {
        return Err(Error::NotFound);
    }
    let mut pieces = Vec::new();
    for (piece, number) in stored.facts.evidence.iter().zip(1..) {
        pieces.push(proved(&mut conn, files, &stored, piece, number).await?);
    }
    drop(conn);
    store.record_read(context, Draft::new("prove_evidence", "case", case)).await?;
    Ok(pieces)
}

async fn proved(
    conn: &mut AnyConnection,
    files: &Files,
    stored: &Stored,
    piece: &Evidence,
    number: u32,
) -> Result<PieceProof, Error> {
    let registered = [piece.sm3, piece.sha256].map(|digest| digest.map(|digest| digest.to_string()));
    let file = file(conn, stored, piece).await?;
    let (now, verdict) = match (&piece.finding, file) {
        (Some(pointer), _) => {
            let now = pointer.digests().map(|digest| Some(digest.to_string()));
            let verdict = if now == registered { Verdict::Pending } else { Verdict::Different };
            (now, verdict)
        }
        (None, Some(file)) => {
            let proof = files::prove(conn, files, file).await?;
            let now = [proof.now, proof.now_sha256];
            let verdict = match &now {
                [None, _] => Verdict::Gone,
                _ if proof.whole && now == registered => Verdict::Same,
                _ => Verdict::Different,
            };
            (now, verdict)
        }
        (None, None) if !piece.file.is_empty() => ([None, None], Verdict::Gone),
        (None, None) => ([None, None], Verdict::Outside),
    };
    let ([sm3, sha256], [now_sm3, now_sha256]) = (registered, now);
    Ok(PieceProof {
        number,
        kind: piece.kind,
        title: piece.title.clone(),
        origin: piece.origin(),
        sm3,
        sha256,
        now_sm3,
        now_sha256,
        finding: piece.finding.clone(),
        verdict,
    })
}

/// The file that a piece is. One that was registered by hand is a file too where the matter has one with its SM3.
async fn file(
    conn: &mut AnyConnection,
    stored: &Stored,
    piece: &Evidence,
) -> Result<Option<files::FileView>, Error> {
    let id = if piece.file.is_empty() {
        let Some(sm3) = piece.sm3 else { return Ok(None) };
        let text = "SELECT id FROM attachment WHERE matter = $1 AND sm3 = $2";
        let id: Option<String> = sqlx::query_scalar(text)
            .bind(stored.heading.id.as_str())
            .bind(sm3.to_string())
            .fetch_optional(&mut *conn)
            .await?;
        let Some(id) = id else { return Ok(None) };
        id
    } else {
        piece.file.clone()
    };
    match files::find(conn, stored, &id).await {
        Ok(file) => Ok(Some(file)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
