//! Who may have the store copied, and a copy proved; what it comes to is done by whoever holds the data folder.

use super::Docket;
use crate::{
    policy::{Backup, Installation},
    store::{Context, Done, Draft, Error},
};
use std::sync::Arc;

impl Docket {
    /// Enters that an archive shall be made or checked (`act`), for whoever may back the system up; returns the id under which it was
    /// entered: asked again under the same request, that of the first time.
    pub async fn ask_backup(
        &self,
        context: Context,
        here: Installation,
        act: &'static str,
        name: &str,
        id: &str,
    ) -> Result<String, Error> {
        let (policies, account) = (Arc::clone(&self.policies), context.who.account.clone());
        let (attempt, id) = (Draft::new(act, "backup", name), id.to_owned());
        self.store
            .write(context, attempt.clone(), move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    policies.decide(&actor, Backup, &here)?;
                    Ok(Done::new(id, attempt))
                })
            })
            .await
    }
}
