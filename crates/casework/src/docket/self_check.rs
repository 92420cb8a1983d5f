//! Whose people may look at what screening found at an institution: its own, while a self-check waits for their answers; nobody else's.

use super::{
    Docket,
    matter::{self, Stored},
};
use crate::{
    policy::{self, Actor},
    store::{Context, Draft, Error},
};

/// The act by which an institution answers.
const ANSWER: &str = "answer_item";

impl Docket {
    /// Code of the institution of a self-check, for whoever of its own people may answer an item of it now; recorded as a look.
    pub async fn answering(&self, context: Context, id: &str) -> Result<String, Error> {
        let actor = self.actor(&context).await?;
        let mut conn = self.store.reader().await?;
        let stored = matter::load(&mut conn, id).await;
        drop(conn);
        match stored.and_then(|stored| self.answered_by(&actor, &stored)) {
            Ok(institution) => {
                self.store.record_read(context, Draft::new("read_screened", "self_check", id)).await?;
                Ok(institution)
            }
            Err(error @ (Error::NotFound | Error::Denied(_))) => {
                self.refuse(&context, Draft::new("read_screened", "matter", id), error).await
            }
            Err(error) => Err(error),
        }
    }

    /// What is found is told for the answer alone, so the act that answers decides: its policy, its state, its department, and that the
    /// institution is one's own.
    fn answered_by(&self, actor: &Actor, stored: &Stored) -> Result<String, Error> {
        let access = stored.access()?;
        // That there is such a matter is itself not for everybody.
        self.policies.decide(actor, policy::Read, &access).map_err(|_| Error::NotFound)?;
        self.policies.decide(actor, policy::Act { id: ANSWER.to_owned() }, &access)?;
        let machine = self.procedures.machines.get("self_check");
        let act = machine
            .filter(|_| access.kind == policy::Kind::SelfCheck)
            .and_then(|machine| machine.acts.get(ANSWER));
        let open = act.is_some_and(|act| {
            act.from.contains(&stored.heading.state) && act.departments.contains(&actor.department)
        });
        let own = !actor.institution.is_empty() && actor.institution == access.institution;
        if open && own { Ok(access.institution) } else { Err(Error::Denied("not_answering".into())) }
    }
}
