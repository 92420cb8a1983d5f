//! Time passes: when the end of a limit goes by, its breach is entered or it lapses, whether anybody looks or not.

use super::{
    Docket, clocks,
    matter::{self, Whole},
};
use crate::store::{Context, Done, Draft, Error};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use std::sync::Arc;

/// Matters that one turn looks at.
const TURN: i64 = 200;

/// What a turn came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Matters that it looked at; where there were any, there may be more.
    pub matters: u64,
    /// Breaches that it entered.
    pub breaches: u64,
}

impl Docket {
    /// Enters the breaches of matters whose limits have ended since the last turn, at most 200 matters, and what is due in them next. Call it
    /// again while it finds any.
    pub async fn pass_time(&self, context: Context) -> Result<Passed, Error> {
        let now = self.store.now().time().0;
        let text = "SELECT id FROM matter WHERE next_end < $1 ORDER BY next_end LIMIT $2";
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(text).bind(now).bind(TURN).fetch_all(&mut *conn).await?;
        drop(conn);
        let ids: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        if ids.is_empty() {
            return Ok(Passed::default());
        }
        let procedures = Arc::clone(&self.procedures);
        self.store
            .write(context, Draft::new("pass_time", "matters", ""), move |unit| {
                Box::pin(async move {
                    let mut passed = Passed { matters: ids.len() as u64, breaches: 0 };
                    for id in &ids {
                        let Whole { mut stored, events, .. } = matter::load_whole(unit.conn(), id).await?;
                        let states = clocks::states(&procedures, &stored.heading.region, &events, unit.now);
                        passed.breaches += clocks::enter_breaches(unit, id, &states).await?;
                        stored.look_ahead(&states);
                        matter::update_ends(unit, &stored).await?;
                    }
                    let why = format!("{} breaches entered", passed.breaches);
                    Ok(Done::new(passed, Draft::new("pass_time", "matters", "").why(why)))
                })
            })
            .await
    }
}
