//! What an operator does beside the running server: the first people, accounts under one's own password, the trail's proof.

use crate::{
    Config, Desk, DeskError, StartError,
    serve::{desk, files, vaults},
};
use mingcha_casework::{
    docket::{
        Crowds, Docket, Overview, PUSHED_AT_ONCE, PieceProof, Pushed, PushedClue, RuleFeedback,
        prove_evidence,
    },
    facts::Role,
    files::Files,
    id::ObjectId,
    policy::{Authorized, ManageUsers, Policies},
    signin::{LockoutPolicy, unix},
    store::{
        Context, Error, Store,
        accounts::{Account, AccountQuery, Body, NewAccount, Profile},
        backup::Manifest,
        machine_clock,
    },
    trail::{Anchor, Report, Who, write_lines},
};
use std::{fs, io::Write, path::Path, sync::Arc};

/// Where acts of this kind come from, as the trail names it.
const CONSOLE: &str = "console";

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The configuration, keys, policies or store cannot be used.
    #[error("{0}")]
    Start(#[from] StartError),
    /// The store refused or failed.
    #[error("{}: {}; {}", .0.code(), .0.told().message, .0.told().next)]
    Store(#[from] Error),
    /// A password breaks a rule, or the keys cannot be used.
    #[error("{0}")]
    Desk(#[from] DeskError),
    /// The account, password or code is wrong, or the account is closed.
    #[error("not signed in: the account, password or code is wrong, or the account is disabled or locked")]
    SignIn,
    /// Policy does not allow it.
    #[error("denied: {0}")]
    Denied(String),
    /// A certificate number is none.
    #[error("the certificate number of `{0}` is not a valid 18-character one")]
    Certificate(String),
    /// A key is still needed.
    #[error("key `{0}` still seals {1} values or is the current one; run `mingcha vault rotate` first")]
    KeyInUse(String, i64),
    /// The ring comes from a command.
    #[error("nothing uses the key, but its ring comes from a command: take it out there")]
    KeyElsewhere,
    /// Output failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Somebody who shall have an account.
pub struct Person {
    /// The account's name.
    pub account: String,
    /// Certificate number; only a keyed digest is kept.
    pub certno: String,
    /// Password.
    pub password: String,
}

/// Brings the database to the form of this program; returns the forms before and after.
pub async fn migrate(config: &Config) -> Result<(i64, i64), OperateError> {
    make_folder(config)?;
    Ok(Store::migrate(&config.database).await?)
}

/// Makes the first organisation and its system administrator, security administrator and auditor, in this order.
pub async fn init(config: &Config, first: Body, three: [Person; 3]) -> Result<(), OperateError> {
    migrate(config).await?;
    let store = Store::open(&config.database, machine_clock()).await?;
    let desk = desk(config, store.count_accounts().await? == 0)?;
    let roles = [Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor];
    let mut new = Vec::with_capacity(3);
    for (Person { account, certno, password }, role) in three.into_iter().zip(roles) {
        let profile = Profile { role, clearance: 1, certificate: None, certificate_until: None };
        new.push(made(&desk, Person { account, certno, password }, profile).await?);
    }
    let three: [NewAccount; 3] = new.try_into().map_err(|_| OperateError::SignIn)?;
    store.begin(CONSOLE, first, three).await?;
    store.close().await;
    Ok(())
}

/// A new account. Whoever gave it its first password knows that, so its owner changes it before anything else.
async fn made(desk: &Desk, person: Person, profile: Profile) -> Result<NewAccount, OperateError> {
    let Person { account, certno, password } = person;
    if mingcha_model::cert::parse(&certno).is_err() {
        return Err(OperateError::Certificate(account));
    }
    let password = desk.hash(&account, password).await?;
    Ok(NewAccount { id: account, person: desk.person(&certno), profile, password, must_change: true })
}

/// Somebody at the console, known by password and code like at the door.
pub struct Console {
    store: Arc<Store>,
    policies: Arc<Policies>,
    docket: Docket,
    desk: Desk,
    account: Account,
}

impl Console {
    /// Signs in for the time of a command.
    pub async fn sign_in(
        config: &Config,
        account: &str,
        password: String,
        code: Option<&str>,
    ) -> Result<Self, OperateError> {
        let (policies, procedures) = files(config.procedures.as_deref())?;
        let store = Store::open(&config.database, machine_clock()).await?;
        let desk = desk(config, false)?;
        let now = store.now();
        let known = store.credentials(account).await?;
        let known =
            known.filter(|known| !known.account.disabled && known.account.locked_until <= now.time().0);
        let stored = known.as_ref().map(|known| known.password.clone());
        let right = desk.verify(password, stored).await?;
        let Some(known) = known else { return Err(OperateError::SignIn) };
        let last = Some(known.totp_step).filter(|step| *step > 0);
        // The step of the code that was shown; nothing where it does not fit, or where one is needed and none is set up.
        let shown = match (&known.totp, code) {
            (None, _) => (!config.session.needs_second_factor(&known.account)).then_some(None),
            (Some(sealed), Some(code)) => desk
                .open(account, sealed)
                .and_then(|secret| secret.check(code, unix(now), last).ok())
                .map(Some),
            (Some(_), None) => None,
        };
        let docket = Docket {
            vaults: Arc::new(vaults(config, &store).await?),
            store: Arc::new(store),
            procedures: Arc::new(procedures),
            policies: Arc::new(policies),
            overview: Overview::default(),
            crowds: Crowds::default(),
        };
        let console = Self {
            store: Arc::clone(&docket.store),
            policies: Arc::clone(&docket.policies),
            docket,
            desk,
            account: known.account,
        };
        if let Some(step) = shown.filter(|_| right) {
            return match console.store.show_at_console(console.context(), known.password, step).await {
                Ok(()) => Ok(console),
                Err(Error::Denied(_)) => Err(OperateError::SignIn),
                Err(error) => Err(error.into()),
            };
        }
        let rules = LockoutPolicy::default();
        console.store.refuse_sign_in(console.context(), account, "console", rules).await?;
        Err(OperateError::SignIn)
    }

    fn context(&self) -> Context {
        Context::new(self.account.who(), CONSOLE.to_owned())
    }

    async fn managing(&self, organisation: &str) -> Result<Authorized<ManageUsers>, OperateError> {
        let organisation = self.store.organisation(organisation).await?;
        let actor = self.account.actor(self.store.now().time().date());
        self.policies
            .decide(&actor, ManageUsers, &organisation.subject())
            .map_err(|denied| OperateError::Denied(denied.message))
    }

    async fn found(&self, id: &ObjectId) -> Result<(Account, Authorized<ManageUsers>), OperateError> {
        let account = self.store.account(id.as_str()).await?;
        let proof = self.managing(&account.organisation).await?;
        Ok((account, proof))
    }

    /// Hands clues of a screening run over, part by part; `told` hears how many are done. Told twice, a clue comes in once.
    pub async fn push(
        &self,
        clues: Vec<PushedClue>,
        mut told: impl FnMut(usize),
    ) -> Result<Pushed, OperateError> {
        let (mut pushed, mut done) = (Pushed::default(), 0);
        for part in clues.chunks(PUSHED_AT_ONCE) {
            pushed.add(self.docket.push(self.context(), part.to_vec()).await?);
            done += part.len();
            told(done);
        }
        Ok(pushed)
    }

    /// What checking found of each version of each rule.
    pub async fn rule_feedback(&self) -> Result<Vec<RuleFeedback>, OperateError> {
        Ok(self.docket.rule_feedback(self.context()).await?)
    }

    /// The accounts of an organisation.
    pub async fn list(&self, organisation: &str) -> Result<Vec<Account>, OperateError> {
        let proof = self.managing(organisation).await?;
        let query = AccountQuery { limit: 10_000, ..AccountQuery::default() };
        Ok(self.store.accounts(&[proof], &query).await?)
    }

    /// Makes an account, whose password must be changed at once.
    pub async fn add(
        &self,
        organisation: &str,
        person: Person,
        profile: Profile,
    ) -> Result<Account, OperateError> {
        let proof = self.managing(organisation).await?;
        let new = made(&self.desk, person, profile).await?;
        Ok(self.store.add_account(self.context(), &proof, new).await?)
    }

    /// Disables an account or enables it again.
    pub async fn disable(&self, id: &ObjectId, disabled: bool, why: String) -> Result<Account, OperateError> {
        let (account, proof) = self.found(id).await?;
        Ok(self.store.disable_account(self.context(), &proof, id, account.version, disabled, why).await?)
    }

    /// Gives an account a new first password.
    pub async fn reset(&self, id: &ObjectId, password: String, why: String) -> Result<Account, OperateError> {
        let (account, proof) = self.found(id).await?;
        let password = self.desk.hash(id.as_str(), password).await?;
        Ok(self.store.reset_account(self.context(), &proof, id, account.version, password, why).await?)
    }
}

/// Proves the trail, against anchors where there are any.
pub async fn verify(config: &Config, anchors: Vec<Anchor>) -> Result<(u64, Report), OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let proof = store.prove(anchors).await?;
    store.close().await;
    Ok(proof)
}

/// The newest record and its digest, to be kept where the store cannot reach it.
pub async fn anchor(config: &Config) -> Result<Anchor, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let anchor = store.anchor().await?;
    store.close().await;
    Ok(anchor)
}

/// Writes the trail as JSON lines, with the record of doing so; returns how many lines there are.
pub async fn export(config: &Config, out: &mut impl Write) -> Result<u64, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let context = at_console();
    store.record_export(context.clone()).await?;
    let mut lines = 0;
    loop {
        let page = store.trail_after(lines).await?;
        if page.is_empty() {
            break;
        }
        lines += write_lines(&page, out)?;
    }
    out.flush()?;
    store.record_export_end(context, lines, true).await?;
    store.close().await;
    Ok(lines)
}

/// Proves the evidence of a case as far as the store and its files show it; that it was done is recorded.
pub async fn evidence(config: &Config, case: &str) -> Result<Vec<PieceProof>, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let files = Files::new(config.files_folder(), config.files.clone());
    let pieces = prove_evidence(&store, &files, at_console(), case).await?;
    store.close().await;
    Ok(pieces)
}

/// Whoever sits at the machine and has signed in to nothing here.
fn at_console() -> Context {
    let who = Who { account: String::new(), organisation: String::new(), role: CONSOLE.to_owned() };
    Context::new(who, CONSOLE.to_owned())
}

/// Writes the store and its files, as they are at one moment, into an archive. Keys are no part of it: keep them apart.
pub async fn backup(config: &Config, archive: &Path) -> Result<Manifest, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    store.record_backup(at_console()).await?;
    let manifest = store.backup(archive, &config.files_folder()).await?;
    store.close().await;
    Ok(manifest)
}

/// Restores an archive into the empty database of the configuration, once its trail is proved.
pub async fn restore(config: &Config, archive: &Path) -> Result<Manifest, OperateError> {
    make_folder(config)?;
    Ok(Store::restore(&config.database, archive, &config.files_folder()).await?)
}

fn make_folder(config: &Config) -> Result<(), OperateError> {
    fs::create_dir_all(&config.folder)
        .map_err(|error| StartError::Io(config.folder.display().to_string(), error).into())
}
