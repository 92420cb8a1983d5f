//! Who may see and do what: policies as Cedar files, asked for one thing (`decide`) or for a whole list (`scope`), default deny.
//!
//! Both questions are answered from the same policies. For one thing Cedar itself decides; for a list each policy is evaluated with all that
//! is known of the account, and what is left over the matters' columns is a [`Filter`] that the store turns into SQL. A property test
//! holds the two against each other.
//!
//! Below the policies lies a floor that no file lifts: disabled accounts, recused officers, the three administrators on matters, and
//! openings without a purpose are refused whatever the files say.

mod attribute;
mod deed;
mod entity;
mod filter;
mod load;
mod page;
mod partial;
mod remembered;
mod separation;
mod subject;
mod words;

pub use attribute::Column;
pub use deed::{
    Act, ApproveBulkExport, Authorized, Backup, Configure, Count, Create, Deed, DeliverData, Export,
    GiveCommission, Graph, List, ManageData, ManageParameters, ManagePolicies, ManageUsers, MatchData,
    OpenInformant, OpenPersonalData, Read, ReadAudit, ReadData, ReadDeliveries, Scope, Search, Target,
    VerifyAudit,
};
pub use filter::{Columns, Filter, Part};
pub use load::{Files, embedded_files};
pub use page::policies_md;
pub use separation::{Duties, SeparationError, separate};
pub use subject::{Actor, Commission, Installation, Matter, Organisation};
pub use words::{Action, Kind, Level, Secrecy, in_line};

use cedar_policy::{Authorizer, Context, Decision, Entities, PolicySet, Request, RestrictedExpression, pst};
use deed::sealed::Target as _;
use entity::{Asked, uid};
use mingcha_model::Diagnostic;
use remembered::Remembered;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// One policy.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its `@id`.
    pub id: String,
    /// Its `@title`: what it says, in Chinese.
    pub title: String,
    /// Its `@basis`: law and article.
    pub basis: String,
    /// Whether it forbids; else it permits.
    pub forbids: bool,
    /// File that it stands in.
    pub file: String,
    /// Line in it.
    pub line: u64,
    body: pst::Template,
}

/// All policies, checked.
#[derive(Clone, Debug)]
pub struct Policies {
    set: PolicySet,
    rules: Vec<Rule>,
    actions: BTreeMap<Action, BTreeSet<String>>,
    authorizer: Authorizer,
    remembered: Remembered,
}

/// A refusal: what the trail records and a client is told. It says nothing of the thing itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Denied {
    /// What was asked.
    pub action: Action,
    /// Stable code: `no_permit`, or the id of what forbids.
    pub code: String,
    /// What it means, in Chinese.
    pub message: String,
}

impl Policies {
    /// The policies that were compiled into the binary.
    pub fn embedded() -> Result<Self, Vec<Diagnostic>> {
        Self::from_files(&embedded_files())
    }

    /// The embedded ones with `policies/*.cedar` of a site's folder on top: a file there replaces the one of the same name.
    pub fn load(folder: &Path) -> Result<Self, Vec<Diagnostic>> {
        Self::from_files(&load::files(folder)?)
    }

    /// Reads texts. One fault refuses them all, for half of the policies would be another policy.
    pub fn from_files(files: &Files) -> Result<Self, Vec<Diagnostic>> {
        load::read(files)
    }

    /// The policies by file and line.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether an account may do something to one thing.
    pub fn decide<D: Deed>(&self, actor: &Actor, deed: D, on: &D::On) -> Result<Authorized<D>, Denied> {
        let action = deed.action();
        if let Some((code, message)) = floor(actor, &deed, on.recused(&actor.account)) {
            return Err(Denied { action, code: code.to_owned(), message: message.to_owned() });
        }
        match self.ask(actor, &deed, &on.asked()) {
            Ok(()) => Ok(Authorized::new(actor, deed, on)),
            Err(forbidding) => Err(self.denied(action, forbidding)),
        }
    }

    /// What a list, count, search, graph or export of an account may cover.
    pub fn scope<D: Deed<On = Matter>>(&self, actor: &Actor, deed: D) -> Scope<D> {
        let filter = match floor(actor, &deed, false) {
            Some(_) => Filter::nothing(),
            None => self.residue(actor, &deed).whole.clone(),
        };
        Scope::new(actor, deed, filter)
    }

    /// Asks Cedar; `Err` holds the ids of the policies that forbid, none where nothing permits.
    fn ask<D: Deed>(&self, actor: &Actor, deed: &D, asked: &Asked) -> Result<(), Vec<String>> {
        let account =
            Asked { kind: "Account", id: actor.account.clone(), attributes: attribute::account(actor) };
        let answer = || {
            let mut entities = entity::regions(&[&account, asked]);
            entities.push(account.entity()?);
            entities.push(asked.entity()?);
            let mut entities = Entities::from_entities(entities, None).ok()?;
            entities = entities.add_entities(self.action_entities(deed.action()), None).ok()?;
            let action = uid("Action", deed.action().name());
            let request =
                Request::new(account.uid(), action, asked.uid(), context(actor, deed)?, None).ok()?;
            Some(self.authorizer.is_authorized(&request, &self.set, &entities))
        };
        let Some(answer) = answer() else { return Err(Vec::new()) };
        let reasons = answer.diagnostics().reason().map(ToString::to_string).collect();
        // A policy that fails on a record might be one that forbids.
        let failed = answer.diagnostics().errors().next().is_some();
        match answer.decision() {
            Decision::Allow if !failed => Ok(()),
            Decision::Allow => Err(Vec::new()),
            Decision::Deny => Err(reasons),
        }
    }

    fn action_entities(&self, action: Action) -> Vec<cedar_policy::Entity> {
        let groups = self.actions.get(&action).into_iter().flatten();
        let above = groups.filter(|group| *group != action.name()).map(|group| uid("Action", group));
        vec![cedar_policy::Entity::new_no_attrs(uid("Action", action.name()), above.collect())]
    }

    fn denied(&self, action: Action, mut forbidding: Vec<String>) -> Denied {
        forbidding.sort();
        let rule = self.rules.iter().find(|rule| forbidding.first() == Some(&rule.id));
        let (code, message) = match rule {
            Some(rule) => (rule.id.clone(), rule.title.clone()),
            None => ("no_permit".to_owned(), format!("没有{}的权限", action.title())),
        };
        Denied { action, code, message }
    }
}

/// What the trail calls a thing: its kind and id.
pub fn named<T: Target>(on: &T) -> (&'static str, &str) {
    (on.kind(), on.id())
}

/// What no policy lifts.
fn floor<D: Deed>(actor: &Actor, deed: &D, recused: bool) -> Option<(&'static str, &'static str)> {
    if !actor.enabled {
        Some(("disabled_account", "账号已停用"))
    } else if recused {
        Some(("recused_officer", "已回避该事项"))
    } else if separation::administers(actor.role) && D::On::MATTER {
        Some(("three_administrators", "系统、安全、审计管理员不办理业务"))
    } else if deed.purpose().is_some_and(|purpose| purpose.trim().is_empty()) {
        Some(("no_purpose", "打开个人信息须写明事由"))
    } else {
        None
    }
}

fn context<D: Deed>(actor: &Actor, deed: &D) -> Option<Context> {
    let act = RestrictedExpression::new_string(deed.act().unwrap_or_default().to_owned());
    let today = RestrictedExpression::new_long(i64::from(actor.today.0));
    Context::from_pairs([("act".to_owned(), act), ("today".to_owned(), today)]).ok()
}
