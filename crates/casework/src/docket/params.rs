//! A site's own values of a rule's parameters: the record of who set them. The values lie in a file of the site, where screening reads them.

use super::Docket;
use crate::{
    policy::{Authorized, ManageParameters},
    store::{Context, Done, Draft, Error},
};

impl Docket {
    /// Records that whoever was allowed to sets other values of a rule's parameters. It stands before the file is written, so that no value
    /// changes without a record.
    pub async fn record_params(
        &self,
        context: Context,
        _proof: &Authorized<ManageParameters>,
        rule: &str,
        before: String,
        after: String,
    ) -> Result<(), Error> {
        let attempt = Draft::new("set_params", "rule", rule);
        let record = Draft::new("set_params", "rule", rule).change(Some(before), Some(after));
        self.store.write(context, attempt, move |_| Box::pin(async move { Ok(Done::new((), record)) })).await
    }
}
