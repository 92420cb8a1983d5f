//! Who may give a vault a new key; what it comes to is done by whoever holds the rings.

use super::{Docket, act::bounded};
use crate::{
    policy::{Configure, Installation},
    store::{Context, Done, Draft, Error},
};
use std::sync::Arc;

impl Docket {
    /// Enters that a vault shall have a new key, and why, for whoever may configure the system; returns the id under which it was entered:
    /// asked again under the same request, that of the first time.
    pub async fn ask_rotation(
        &self,
        context: Context,
        here: Installation,
        vault: &str,
        id: &str,
        why: String,
    ) -> Result<String, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let (attempt, id) = (Draft::new("rotate_key", "vault", vault), id.to_owned());
        self.store
            .write(context, attempt.clone(), move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    policies.decide(&actor, Configure, &here)?;
                    if attempt.on.id.is_empty() {
                        return Err(Error::NotFound);
                    }
                    let why = bounded("why", why, 200)?;
                    if why.trim().is_empty() {
                        return Err(Error::invalid("why", "请写明为什么更换密钥"));
                    }
                    Ok(Done::new(id, attempt.why(why)))
                })
            })
            .await
    }
}
