//! An act on a matter, inside one transaction: who asks, may they, does the law allow it, and everything that follows from it.

use super::{
    Docket, around, clocks,
    matter::{self, Handed, Heading, Stored, Whole},
    seal::{self, Brought, Near},
    standing, tally,
};
use crate::{
    Procedures,
    act::{ActInput, perform},
    ask::{Actor, Ask},
    clock::{ClockKey, Event},
    facts::Department,
    machine::{Machine, NEW, Waits},
    policy::{self, Authorized, Policies},
    store::{Context, Done, Draft, Error, Unit},
    vault::Vaults,
};
use mingcha_model::cert;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What is asked of a matter.
#[derive(Clone, Debug)]
pub struct ActRequest {
    /// The version that the one who asks has seen.
    pub version: i64,
    /// Why.
    pub reason: String,
    /// What the act brings.
    pub input: ActInput,
}

/// A matter that is to be begun.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMatter {
    /// Which machine.
    pub machine: String,
    /// Region where it lies.
    pub region: String,
    /// Where it comes from.
    pub source: String,
    /// What it is about, in Chinese, without personal data.
    pub title: String,
    /// `person`, `institution`, …
    #[serde(default)]
    pub subject_kind: String,
    /// A code or a token.
    #[serde(default)]
    pub subject: String,
    /// Designated institution concerned.
    #[serde(default)]
    pub institution: String,
    /// Secrecy grade, 1 to 4; 2 where absent.
    #[serde(default = "NewMatter::usual_secrecy")]
    pub secrecy: i64,
    /// The matter that it grows out of.
    #[serde(default)]
    pub parent: Option<String>,
    /// The act that begins it.
    pub act: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// What the act brings; its `input` names which.
    #[schema(value_type = Object)]
    pub input: ActInput,
}

impl NewMatter {
    /// The secrecy grade of most matters.
    pub(super) fn usual_secrecy() -> i64 {
        policy::Secrecy::Internal.grade()
    }
}

/// How a matter stands after an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Acted {
    /// Id.
    pub id: String,
    /// State.
    pub state: String,
    /// Version.
    pub version: i64,
    /// The next end of one of its limits.
    pub due: Option<i64>,
}

impl Docket {
    /// Does an act on a matter, or says everything that stands against it.
    pub async fn act(
        &self,
        context: Context,
        id: &str,
        act: &str,
        request: ActRequest,
    ) -> Result<Acted, Error> {
        if matches!(request.input, ActInput::SiteForm(_)) {
            let error = Error::invalid("input", "离线检查表只从其保存的文件导入");
            return self.refuse(&context, Draft::new(act, "matter", id), error).await;
        }
        let docket = self.clone();
        let (account, id, act) = (context.who.account.clone(), id.to_owned(), act.to_owned());
        let attempt = Draft::new(act.as_str(), "matter", id.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let room = Room::of(&docket);
                    let actor = unit.actor(&account).await?;
                    let whole = matter::load_whole(unit.conn(), &id).await?;
                    let allowed = room.allow(&actor, &act, &whole.stored)?;
                    Box::pin(room.act(unit, &allowed, whole, &request)).await
                })
            })
            .await
    }

    /// Begins a matter by an act of its machine.
    pub async fn begin(&self, context: Context, new: NewMatter) -> Result<Acted, Error> {
        let docket = self.clone();
        let account = context.who.account.clone();
        let attempt = Draft::new(new.act.as_str(), new.machine.as_str(), "");
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let room = Room::of(&docket);
                    let actor = unit.actor(&account).await?;
                    Box::pin(room.begin(unit, &actor, new, None)).await
                })
            })
            .await
    }
}

/// What an act is judged by.
#[derive(Clone, Copy)]
pub(super) struct Room<'a> {
    pub procedures: &'a Procedures,
    pub policies: &'a Policies,
    pub vaults: &'a Vaults,
}

impl<'a> Room<'a> {
    /// That of a docket.
    pub fn of(docket: &'a Docket) -> Self {
        Self { procedures: &docket.procedures, policies: &docket.policies, vaults: &docket.vaults }
    }
}

impl Room<'_> {
    /// Words about a matter with tokens where people stood.
    pub async fn clean(&self, unit: &mut Unit, heading: &Heading, words: String) -> Result<String, Error> {
        let input = ActInput::Nothing(crate::act::Nothing {});
        let mut brought = Brought { input, texts: [words, String::new(), String::new()], subject: None };
        let near = Near { matter: &heading.id, parent: heading.parent.as_deref(), sealed: true };
        seal::put_away(unit, self.vaults, near, &mut brought).await?.write(unit).await?;
        let [words, ..] = brought.texts;
        Ok(words)
    }

    /// Whether an account may do an act to a matter. One that may not even read it learns nothing of it.
    pub fn allow(
        &self,
        actor: &policy::Actor,
        act: &str,
        stored: &Stored,
    ) -> Result<Authorized<policy::Act>, Error> {
        let access = stored.access()?;
        self.policies.decide(actor, policy::Act { id: act.to_owned() }, &access).map_err(|denied| match self
            .policies
            .decide(actor, policy::Read, &access)
        {
            Ok(_) => denied.into(),
            Err(_) => Error::NotFound,
        })
    }

    pub fn machine(&self, id: &str) -> Result<&Machine, Error> {
        self.procedures.machines.get(id).ok_or_else(|| Error::invalid("machine", "没有这一类事项"))
    }

    /// Does an act that policy allowed.
    pub async fn act(
        &self,
        unit: &mut Unit,
        allowed: &Authorized<policy::Act>,
        whole: Whole,
        request: &ActRequest,
    ) -> Result<Done<Acted>, Error> {
        let Whole { stored: before, events, last_event, children, sealed, .. } = whole;
        let (heading, act) = (&before.heading, allowed.deed().id.as_str());
        if !allowed.is_for(&before.access()?) {
            return Err(Error::Denied("other_matter".into()));
        }
        if heading.version != request.version {
            return Err(Error::Conflict { based_on: request.version, version: heading.version });
        }
        let mut brought = Brought {
            input: request.input.clone(),
            texts: [request.reason.clone(), String::new(), String::new()],
            subject: None,
        };
        let near = Near { matter: &heading.id, parent: heading.parent.as_deref(), sealed };
        let put = seal::put_away(unit, self.vaults, near, &mut brought).await?;
        let Brought { input, texts: [reason, ..], .. } = brought;
        put.write(unit).await?;
        let mut ask = Ask::new(
            self.procedures,
            asker(allowed.actor(), &before),
            &heading.region,
            &heading.state,
            unit.now,
        );
        ask.reason.clone_from(&reason);
        ask.clocks = clocks::states(self.procedures, &heading.region, &events, unit.now);
        ask.before = (*before.facts).clone();
        ask.around = around::read(unit, self, &before, act, &input).await?;
        ask.around.existing = standing::existing(unit, self, &before, act, &input, None).await?;
        around::renew_officers(&mut ask.before, &ask.around);
        let done = perform(ask, &heading.machine, act, &input).map_err(Error::Refused)?;

        let mut after = before.clone();
        *after.facts = done.facts.clone();
        after.heading.state.clone_from(&done.state);
        after.heading.version += 1;
        after.heading.changed = unit.now.time().0;
        let machine = self.machine(&heading.machine)?;
        let last_state = machine.state(&done.state).is_some_and(|state| state.last);
        let waits = machine.waits_for(&done.state, &done.facts);
        waits.map_or("", Waits::name).clone_into(&mut after.heading.waiting_for);
        after.heading.ended = last_state.then_some(heading.ended.unwrap_or(unit.now.time().0));
        let mut new = clocks::of(self.procedures, &heading.region, &done, &events, unit.now);
        if last_state {
            let all = clocks::joined(events.clone(), &new);
            new.extend(clocks::closed(self.procedures, &heading.region, &all, unit.now));
        }
        clocks::write(unit, &heading.id, act, last_event, &new).await?;
        self.settle(unit, &mut after, events, &new).await?;
        around::derive(unit, &mut after).await?;
        around::count_lines(unit, &before, &after).await?;
        matter::update(unit, &before, &after).await?;
        tally::write(unit, &after, &tally::counted(act, Some(&before), &after)).await?;
        self.tell_linked(unit, &before.heading, children, act, &done).await?;
        let change = changed(&before, &after)?;
        let record = Draft::new(act, heading.machine.as_str(), heading.id.as_str())
            .why(reason.as_str())
            .change(Some(change.0), Some(change.1));
        Ok(Done::new(acted(&after.heading), record))
    }

    /// Begins a matter, `handed` over from a run or by somebody who is there.
    pub async fn begin(
        &self,
        unit: &mut Unit,
        actor: &policy::Actor,
        new: NewMatter,
        handed: Option<&Handed<'_>>,
    ) -> Result<Done<Acted>, Error> {
        let now = unit.now.time().0;
        let machine = self.machine(&new.machine)?;
        let id = handed.map_or_else(|| fresh(&new.machine), |handed| Ok(handed.key.to_owned()))?;
        let new = NewMatter { parent: Box::pin(standing::parent(unit, self, actor, &new)).await?, ..new };
        let (new, put) = self.put_away(unit, &id, new).await?;
        let subject = standing::subject(&new);
        let heading = Heading {
            id,
            machine: machine.id.clone(),
            state: NEW.to_owned(),
            version: 1,
            region: new.region,
            organisation: actor.organisation.clone(),
            department: actor.department.name().to_owned(),
            seat: actor.region.clone(),
            secrecy: new.secrecy,
            source: new.source,
            title: bounded("title", new.title, 200)?,
            subject_kind: bounded("subject_kind", new.subject_kind, 40)?,
            subject: bounded("subject", subject, 200)?,
            institution: bounded("institution", new.institution, 40)?,
            amount: 0,
            score: handed.map_or(0, |handed| handed.score),
            grade: handed.map_or_else(String::new, |handed| handed.grade.to_owned()),
            parent: new.parent,
            due: None,
            begun: now,
            changed: now,
            ended: None,
            waiting_for: String::new(),
        };
        let mut stored = Stored {
            heading,
            facts: Box::default(),
            origin: handed.map_or_else(|| "{}".to_owned(), |handed| handed.origin.clone()),
            team: BTreeSet::new(),
            recused: BTreeSet::new(),
            handed_to: BTreeSet::new(),
            next_end: None,
        };
        // The parent must be known to whoever makes something grow out of it.
        if let Some(parent) = &stored.heading.parent {
            let parent = matter::load(unit.conn(), parent).await?;
            self.policies.decide(actor, policy::Read, &parent.access()?).map_err(|_| Error::NotFound)?;
            if ["case", "transfer", "agreement"].contains(&stored.heading.machine.as_str()) {
                stored.heading.amount = parent.heading.amount;
            }
        }
        let allowed = self.policies.decide(actor, policy::Create, &stored.access()?)?;
        let mut ask =
            Ask::new(self.procedures, asker(allowed.actor(), &stored), &stored.heading.region, NEW, unit.now);
        ask.reason.clone_from(&new.reason);
        ask.around = around::read(unit, self, &stored, &new.act, &new.input).await?;
        ask.around.existing =
            standing::existing(unit, self, &stored, &new.act, &new.input, Some(&put)).await?;
        let done = perform(ask, &new.machine, &new.act, &new.input).map_err(Error::Refused)?;
        *stored.facts = done.facts.clone();
        stored.heading.state.clone_from(&done.state);
        let waits = machine.waits_for(&done.state, &done.facts);
        waits.map_or("", Waits::name).clone_into(&mut stored.heading.waiting_for);
        // Who begins a matter works on it, until officers are named; who hands a run's clues over does not work on all of them.
        if handed.is_none() {
            stored.team.insert(actor.account.clone());
        }
        around::derive(unit, &mut stored).await?;
        let none = clocks::Events::new();
        let events = clocks::of(self.procedures, &stored.heading.region, &done, &none, unit.now);
        let states =
            clocks::states(self.procedures, &stored.heading.region, &clocks::joined(none, &events), unit.now);
        stored.look_ahead(&states);
        matter::insert(unit, &stored, handed).await?;
        put.write(unit).await?;
        tally::write(unit, &stored, &tally::counted(&new.act, None, &stored)).await?;
        clocks::write(unit, &stored.heading.id, &new.act, 0, &events).await?;
        if stored.heading.parent.is_some() {
            self.tell_linked(unit, &stored.heading, Vec::new(), &new.act, &done).await?;
        }
        let record = Draft::new(new.act.as_str(), machine.id.as_str(), stored.heading.id.as_str())
            .why(new.reason.as_str())
            .change(None, Some(json(&stored.facts)?));
        Ok(Done::new(acted(&stored.heading), record))
    }

    /// A new matter with tokens where people stood.
    async fn put_away(
        &self,
        unit: &mut Unit,
        id: &str,
        new: NewMatter,
    ) -> Result<(NewMatter, seal::PutAway), Error> {
        let is_person = ["person", "practitioner"].contains(&new.subject_kind.as_str());
        let mut brought = Brought {
            input: new.input.clone(),
            texts: [new.reason.clone(), new.title.clone(), new.source.clone()],
            subject: is_person.then(|| new.subject.clone()),
        };
        // What is new and grows out of nothing has nothing sealed yet.
        let near = Near { matter: id, parent: new.parent.as_deref(), sealed: new.parent.is_some() };
        let put = seal::put_away(unit, self.vaults, near, &mut brought).await?;
        let Brought { input, texts: [reason, title, source], subject } = brought;
        let subject = subject.unwrap_or_else(|| new.subject.clone());
        Ok((NewMatter { source, title, subject, reason, input, ..new }, put))
    }

    /// Sets the next ends of a matter after new events, and enters what was broken.
    async fn settle(
        &self,
        unit: &mut Unit,
        after: &mut Stored,
        known: clocks::Events,
        new: &[(ClockKey, Event)],
    ) -> Result<(), Error> {
        let events = clocks::joined(known, new);
        let states = clocks::states(self.procedures, &after.heading.region, &events, unit.now);
        after.look_ahead(&states);
        clocks::enter_breaches(unit, &after.heading.id, &states).await?;
        Ok(())
    }

    /// Ends of limits are heard by the matters that one is linked to: its parent and what grew out of it.
    async fn tell_linked(
        &self,
        unit: &mut Unit,
        heading: &Heading,
        children: Vec<String>,
        act: &str,
        done: &crate::act::Done,
    ) -> Result<(), Error> {
        if done.events.is_empty() {
            return Ok(());
        }
        let mut linked = children;
        linked.extend(heading.parent.clone());
        for id in linked {
            let mut other = matter::load_whole(unit.conn(), &id).await?;
            let heard = clocks::heard(self.procedures, &heading.region, done, &other.events, unit.now);
            if heard.is_empty() {
                continue;
            }
            clocks::write(unit, &id, act, other.last_event, &heard).await?;
            self.settle(unit, &mut other.stored, other.events, &heard).await?;
            matter::update_ends(unit, &other.stored).await?;
        }
        Ok(())
    }
}

/// The one who acts, as the guards see him.
pub(super) fn asker(actor: &policy::Actor, stored: &Stored) -> Actor {
    // Matters name a designated institution by its national code, whatever code its organisation has here.
    let named = actor.department == Department::Institution && !actor.institution.is_empty();
    Actor {
        account: actor.account.clone(),
        department: actor.department,
        role: actor.role,
        region: actor.region.clone(),
        organisation: if named { &actor.institution } else { &actor.organisation }.clone(),
        enabled: actor.enabled,
        recused: stored.recused.contains(&actor.account) || stored.facts.recused.contains(&actor.account),
    }
}

fn acted(heading: &Heading) -> Acted {
    Acted { id: heading.id.clone(), state: heading.state.clone(), version: heading.version, due: heading.due }
}

/// A new id: the machine's name and 80 random bits, which nobody guesses or counts.
pub fn fresh(machine: &str) -> Result<String, Error> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(|error| Error::Stored(format!("no random bytes: {error}")))?;
    Ok(format!("{}-{}", machine.replace('_', "-"), cert::hex(&bytes)))
}

pub(super) fn bounded(field: &str, text: String, most: usize) -> Result<String, Error> {
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(Error::invalid(field, format!("不超过{most}字，且不含控制字符")));
    }
    Ok(text)
}

fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Stored(error.to_string()))
}

/// The parts of a matter that an act changed, before and after, for the trail.
fn changed(before: &Stored, after: &Stored) -> Result<(String, String), Error> {
    let tree = |stored: &Stored| -> Result<serde_json::Map<String, serde_json::Value>, Error> {
        let stored_error = |error: serde_json::Error| Error::Stored(error.to_string());
        let facts = serde_json::to_value(&stored.facts).map_err(stored_error)?;
        let mut tree = facts.as_object().cloned().unwrap_or_default();
        tree.insert("state".into(), stored.heading.state.clone().into());
        tree.insert("version".into(), stored.heading.version.into());
        tree.insert("organisation".into(), stored.heading.organisation.clone().into());
        Ok(tree)
    };
    let (mut old, mut new) = (tree(before)?, tree(after)?);
    old.retain(|key, value| {
        let same = new.get(key) == Some(value);
        if same {
            new.remove(key);
        }
        !same
    });
    Ok((json(&old)?, json(&new)?))
}
