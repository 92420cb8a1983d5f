//! What stands against the open acts of a matter before anything is filled in: the guards that only look at what stands are asked at once, with
//! what the record holds, so that a reader knows why an act would be refused.

use super::{
    act::{Room, asker},
    around,
    clocks::States,
    matter::Stored,
    papers,
};
use crate::{
    ask::Ask,
    clock::ServerTime,
    machine::{Act, GuardError},
    policy,
    store::Error,
};
use sqlx::AnyConnection;
use std::collections::BTreeMap;

/// What would refuse each of those acts of a matter whatever is filled in, by act; acts that nothing stands against are left out.
pub(super) async fn refusals(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    (stored, clocks): (&Stored, &States),
    actor: &policy::Actor,
    acts: &[&Act],
    now: ServerTime,
) -> Result<BTreeMap<String, Vec<GuardError>>, Error> {
    let heading = &stored.heading;
    let machine = room.machine(&heading.machine)?;
    let mut ask = Ask::new(room.procedures, asker(actor, stored), &heading.region, &heading.state, now);
    ask.clocks.clone_from(clocks);
    ask.around = around::beforehand(conn, room, stored, acts, now.time().date()).await?;
    ask.before = (*stored.facts).clone();
    around::renew_officers(&mut ask.before, &ask.around);
    ask.facts = ask.before.clone();
    let mut against = BTreeMap::new();
    for act in acts {
        if act.asks("papers_issued") {
            ask.around.unissued_papers = papers::unissued(conn, room, stored, &act.id).await?;
        }
        let refusals = machine.foreseen(act, &ask);
        if !refusals.is_empty() {
            against.insert(act.id.clone(), refusals);
        }
    }
    Ok(against)
}
