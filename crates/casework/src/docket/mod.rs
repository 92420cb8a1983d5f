//! The docket: where matters are read, listed and acted on. Every question goes through policy, every act through the guards of its machine,
//! and both are answered from what the store holds in the same transaction.

mod act;
mod around;
mod backups;
mod boards;
mod bulk;
mod clocks;
mod closing;
mod count;
mod crowds;
mod delivery;
mod desk;
mod draws;
mod files;
mod foresee;
mod grades;
mod groups;
mod history;
mod jobs;
mod keys;
mod letterhead;
mod list;
mod matter;
mod open;
mod overview;
mod papers;
mod params;
mod plan;
mod pointed;
mod points;
mod portrait;
mod proof;
mod push;
mod seal;
#[cfg(test)]
mod sealed_tests;
mod self_check;
mod sheet;
mod site_form;
mod standing;
mod statistics;
mod suggest;
mod tally;
#[cfg(test)]
mod tests;
mod tick;
mod view;

pub use act::{ActRequest, Acted, NewMatter, fresh};
pub use boards::{Clearing, LimitBreaches, OrganisationClocks, RuleFeedback};
pub use bulk::{BulkExport, BulkRow, Taken};
pub use closing::{KeptTable, TableKey};
pub use count::Counted;
pub use crowds::Crowds;
pub use delivery::{
    DELIVERED_AT_ONCE, DataPurpose, Delivered, DeliveryKind, DeliveryView, MatchRequest, Matched, Met,
    NewDelivery, NewRow, UntakenRow,
};
pub use desk::{OfficerView, RegionView, SavedViews};
pub use draws::{DrawHeading, DrawList, DrawQuery, DrawRequest, DrawView, new_seed};
pub use files::{FileProof, FileUse, FileView, NewFile};
pub use grades::{GradePart, GradeRecords, InLake, InspectionsDue, InstitutionGrade, RefusedRows};
pub use groups::{GroupView, Groups};
pub use history::{History, Past};
pub use jobs::{JobEnd, JobKind, JobQuery, JobState, JobView, Lane, MatterOrigin, NewJob};
pub use letterhead::{Letterhead, LetterheadView};
pub use list::{Page, Query, Sort};
pub use matter::Heading;
pub use open::{OPENED_AT_ONCE, OpenRequest, Opened};
pub use overview::Overview;
pub use papers::{IssueRequest, Lacking, Offer, PaperDesk, PaperView, Press, Printed, Unprinted};
pub use plan::InspectionPlan;
pub use points::{PointsEffect, PointsEntry, PointsStanding};
pub use portrait::Workplace;
pub use proof::{PieceProof, Verdict, prove_evidence};
pub use push::{PUSHED_AT_ONCE, Pushed, PushedClue};
pub use seal::Masked;
pub use sheet::{Cell, Cells, Entered, Sheet};
pub use site_form::{
    FormGuide, FormGuideItem, FormHead, FormItemView, FormLook, FormOfficer, FormTaken, FormView,
};
pub use statistics::{Behind, By, FIGURES, How, INSTITUTIONS, LedgerRow, Period, RegionFigures};
pub use suggest::{Discretion, FineTier, TierBand, TransferHint, TransferThreshold};
pub use tick::Passed;
pub use view::{Against, ClockView, MatterView, MayAct};

use crate::{
    Procedures,
    policy::{self, Denied, Policies},
    store::{Context, Draft, Error, Store, accounts},
    vault::Vaults,
};
use std::sync::Arc;

/// Store, procedures and policies together.
#[derive(Clone)]
pub struct Docket {
    /// Where all is kept.
    pub store: Arc<Store>,
    /// Limits, machines, measures.
    pub procedures: Arc<Procedures>,
    /// Who may what.
    pub policies: Arc<Policies>,
    /// Where personal data and informants are sealed.
    pub vaults: Arc<Vaults>,
    /// All matters as they are counted.
    pub overview: Overview,
    /// Lists that are longer than is counted.
    pub crowds: Crowds,
}

impl Docket {
    /// The account that asks, as the store knows it now.
    async fn actor(&self, context: &Context) -> Result<policy::Actor, Error> {
        if let Some(actor) = &context.seated {
            return Ok(actor.clone());
        }
        let mut conn = self.store.reader().await?;
        accounts::actor(&mut conn, &context.who.account, self.store.now().time().date()).await
    }

    /// Records a refusal and says it.
    async fn refuse<T>(&self, context: &Context, draft: Draft, error: Error) -> Result<T, Error> {
        self.store.record_refusal(context.clone(), draft.why(error.codes())).await?;
        Err(error)
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied.code)
    }
}
