//! From errors to words on standard error and an exit code that means something.

use mingcha_engine::EngineError;
use mingcha_ingest::IngestError;
use mingcha_lake::LakeError;
use mingcha_model::Fault;
use mingcha_synth::{PlanError, SynthError};
use std::{fmt, io, process::ExitCode};

/// What was checked has faults; they were shown already.
#[derive(Debug)]
pub struct Faulty(pub String);

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Faulty {}

/// What was named does not exist or cannot be used so.
#[derive(Debug)]
pub struct Unusable(pub String);

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unusable {}

/// Tells what went wrong, if anything did, and answers the exit code.
pub fn code(result: anyhow::Result<()>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    if is_closed_pipe(&error) {
        return ExitCode::SUCCESS;
    }
    crate::out::tell(&format!("error: {error:#}"));
    ExitCode::from(number(&error))
}

fn number(error: &anyhow::Error) -> u8 {
    if matches!(error.downcast_ref::<EngineError>(), Some(EngineError::Interrupted))
        || error.is::<Interrupted>()
    {
        return 130;
    }
    if error.is::<Faulty>() {
        return 3;
    }
    if error.is::<Unusable>() {
        return 4;
    }
    let fault = error
        .downcast_ref::<EngineError>()
        .map(EngineError::fault)
        .or_else(|| error.downcast_ref::<LakeError>().map(LakeError::fault))
        .or_else(|| error.downcast_ref::<IngestError>().map(IngestError::fault))
        .or_else(|| error.downcast_ref::<SynthError>().map(SynthError::fault))
        .or_else(|| error.downcast_ref::<PlanError>().map(|_| Fault::Author))
        .or_else(|| error.downcast_ref::<io::Error>().map(of_io));
    match fault {
        Some(Fault::Data | Fault::Author) => 3,
        Some(Fault::Operator) => 4,
        Some(Fault::Bug) => 5,
        Some(Fault::Outside) | None => 1,
    }
}

/// Whose fault it is that a file could not be used: the one who named it where it is the name.
fn of_io(error: &io::Error) -> Fault {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound | Kind::PermissionDenied | Kind::IsADirectory | Kind::NotADirectory => Fault::Operator,
        Kind::InvalidData => Fault::Data,
        _ => Fault::Outside,
    }
}

/// The user stopped it.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted; nothing was changed")
    }
}

impl std::error::Error for Interrupted {}

/// `mingcha … | head` closes our output: that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
