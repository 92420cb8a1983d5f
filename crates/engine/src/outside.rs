//! Whether what was asked for lies in the lake at all: an empty answer must not look like a clean one.

use crate::{error::Result, pass, store::Asked};
use mingcha_detect::claims::columns::Reader;
use mingcha_lake::Snapshot;

/// Why nothing can have been found, in words for people; empty where the days and the region asked for are in the lake.
pub fn outside(snapshot: &Snapshot, asked: &Asked) -> Result<Vec<String>> {
    let mut why = Vec::new();
    if let Some((first, last)) = pass::days(snapshot)? {
        let end = asked.to.map_or(asked.as_of, |to| to.min(asked.as_of));
        if end < first || asked.from.is_some_and(|from| from > last) {
            why.push(format!("the lake holds no claims of the days asked for, only from {first} to {last}"));
        }
    }
    if let Some(region) = &asked.region
        && !holds(snapshot, region)?
    {
        why.push(format!("no institution of the lake lies in region `{region}`"));
    }
    Ok(why)
}

/// Whether the register knows an institution whose region begins so.
fn holds(snapshot: &Snapshot, region: &str) -> Result<bool> {
    for batch in snapshot.table("institution", &["admdvs"])? {
        let regions = Reader::new("institution", &batch).texts("admdvs")?;
        if (0..batch.num_rows()).any(|row| regions.get(row).is_some_and(|have| have.starts_with(region))) {
            return Ok(true);
        }
    }
    Ok(false)
}
