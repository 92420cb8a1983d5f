//! One matter as its reader sees it: facts, clocks with their sums, breaches, which acts may be done now and why the rest may not,
//! and what a case suggests to those who decide.

use super::{
    Docket, Masked,
    act::Room,
    clocks, foresee,
    matter::{self, Heading, Stored, Whole},
    seal,
    suggest::{self, Discretion, TransferHint},
};
use crate::{
    clock::{Breach, ClockState},
    machine::{Act, GuardError, Machine},
    policy,
    store::{Context, Draft, Error},
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A matter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatterView {
    /// What lists show of it.
    pub heading: Heading,
    /// Name of the state, in Chinese.
    pub state_title: String,
    /// Accounts that work on it.
    pub team: BTreeSet<String>,
    /// Organisations that it was handed to.
    pub handed_to: BTreeSet<String>,
    /// What acts made of it.
    #[schema(value_type = Object)]
    pub facts: Value,
    /// What it came from, as it was handed over.
    #[schema(value_type = Object)]
    pub origin: Value,
    /// Personal data that it holds tokens of, masked; opened by `POST /api/v1/vault/open`.
    pub masked: Vec<Masked>,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// Breaches of limits; they stay.
    #[schema(value_type = Vec<Object>)]
    pub breaches: Vec<Breach>,
    /// The acts of its machine.
    pub acts: Vec<MayAct>,
    /// Of an open case: that it may have to go to the police. A prompt; people decide.
    pub transfer_hint: Option<TransferHint>,
    /// Of a case: the tiers of fines, and where those of its decision fall.
    pub discretion: Option<Discretion>,
}

/// A clock with its limit.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClockView {
    /// Id of the limit.
    pub limit: String,
    /// Name of the limit.
    pub title: String,
    /// Law and article.
    pub basis: String,
    /// How it stands, with the sum that led there.
    #[schema(value_type = Object)]
    pub state: ClockState,
}

/// Whether an act may be done now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MayAct {
    /// Id.
    pub id: String,
    /// Name.
    pub title: String,
    /// Name of the input that it takes.
    pub input: String,
    /// Whether the one who asks may do it as far as policy and state go; the guards ask the rest when it is done.
    pub open: bool,
    /// Why not: `state` or the code of a policy.
    pub closed_by: Option<String>,
    /// Of an open act: what would refuse it now whatever is filled in. What guards say of the input itself only doing it tells.
    pub against: Vec<Against>,
}

/// A condition of the law that does not hold.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Against {
    /// Stable code.
    pub code: String,
    /// What is missing, in Chinese.
    pub message: String,
    /// What to do next, in Chinese.
    pub next: String,
    /// Law and article.
    pub basis: String,
}

impl From<GuardError> for Against {
    fn from(GuardError { code, message, next, basis, .. }: GuardError) -> Self {
        Self { code, message, next, basis }
    }
}

impl Docket {
    /// A matter that the one who asks may read.
    pub async fn read(&self, context: Context, id: &str) -> Result<MatterView, Error> {
        let draft = Draft::new("read", "matter", id);
        match self.look(&context, id).await {
            Ok(view) => {
                let draft = Draft::new("read", view.heading.machine.as_str(), id);
                self.store.record_read(context, draft).await?;
                Ok(view)
            }
            Err(error @ (Error::NotFound | Error::Denied(_))) => self.refuse(&context, draft, error).await,
            Err(error) => Err(error),
        }
    }

    async fn look(&self, context: &Context, id: &str) -> Result<MatterView, Error> {
        let actor = self.actor(context).await?;
        let mut conn = self.store.reader().await?;
        let Whole { stored, events, breaches, .. } = matter::load_whole(&mut conn, id).await?;
        let access = stored.access()?;
        // That there is such a matter is itself not for everybody.
        self.policies.glance(&actor, &policy::Read, &access).map_err(|_| Error::NotFound)?;
        let facts = serde_json::to_value(&stored.facts).map_err(|error| Error::Stored(error.to_string()))?;
        let masked = seal::masked(&mut conn, &self.vaults, &stored, &facts.to_string()).await?;
        let transfer_hint = suggest::transfer(&mut conn, &self.procedures, &stored).await?;
        let now = self.store.now();
        let states = clocks::states(&self.procedures, &stored.heading.region, &events, now);
        let machine = self.procedures.machines.get(&stored.heading.machine);
        let judged: Vec<(&Act, Option<String>)> = machine
            .map(Machine::in_order)
            .unwrap_or_default()
            .into_iter()
            .map(|act| (act, self.closed_by(act, &stored, &actor, &access)))
            .collect();
        let open: Vec<&Act> =
            judged.iter().filter(|(_, closed_by)| closed_by.is_none()).map(|(act, _)| *act).collect();
        let mut against =
            foresee::refusals(&mut conn, &Room::of(self), (&stored, &states), &actor, &open, now).await?;
        drop(conn);
        let clocks = self.clocks(&stored, states.into_values());
        let acts = judged.into_iter().map(|(act, closed_by)| MayAct {
            id: act.id.clone(),
            title: act.title.clone(),
            input: act.input.clone(),
            open: closed_by.is_none(),
            closed_by,
            against: against.remove(&act.id).unwrap_or_default().into_iter().map(Against::from).collect(),
        });
        let state = machine.and_then(|machine| machine.state(&stored.heading.state));
        Ok(MatterView {
            state_title: state.map(|state| state.title.clone()).unwrap_or_default(),
            clocks,
            breaches,
            acts: acts.collect(),
            transfer_hint,
            discretion: suggest::discretion(&self.procedures, &stored),
            facts,
            masked,
            origin: serde_json::from_str(&stored.origin).unwrap_or(Value::Null),
            team: stored.team,
            handed_to: stored.handed_to,
            heading: stored.heading,
        })
    }

    /// Why an act is closed to somebody as far as state and policy go; nothing where it is open.
    fn closed_by(
        &self,
        act: &Act,
        stored: &Stored,
        actor: &policy::Actor,
        access: &policy::Matter,
    ) -> Option<String> {
        if !act.from.contains(&stored.heading.state) {
            return Some("state".to_owned());
        }
        if !act.departments.contains(&actor.department) {
            return Some("department".to_owned());
        }
        let allowed = self.policies.glance(actor, &policy::Act { id: act.id.clone() }, access);
        allowed.err().map(|denied| denied.code)
    }

    fn clocks(&self, stored: &Stored, states: impl Iterator<Item = ClockState>) -> Vec<ClockView> {
        let view = |state: ClockState| {
            let limit = self.procedures.limit(&state.limit, &stored.heading.region)?;
            let (title, basis) = (limit.title_for(state.item), limit.basis.join("；"));
            Some(ClockView { limit: limit.id.clone(), title, basis, state })
        };
        states.filter_map(view).collect()
    }
}
