//! What an operator does to the keys of the vaults and of sign-in while the server runs: how they stand, a new key, an old one taken out.

use crate::{Config, StartError, operate::OperateError, serve::vaults};
use mingcha_casework::{
    policy::{OpenInformant, OpenPersonalData},
    store::{Context, KeysInUse, Store, machine_clock},
    trail::Who,
    vault::{Kept, KeyRing, KeySource, Purpose, Vault, Vaults, with_new_key, without_key},
};
use std::{fs, path::Path, sync::Arc};

/// What a rotation has come to so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Values that were sealed anew.
    pub done: i64,
    /// Values that there are to seal anew.
    pub of: i64,
}

fn context() -> Context {
    let who = Who { account: String::new(), organisation: String::new(), role: "console".to_owned() };
    Context::new(who, "console")
}

struct Work {
    store: Store,
    vaults: Arc<Vaults>,
}

async fn work(config: &Config) -> Result<Work, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let vaults = Arc::new(vaults(config, &store).await?);
    Ok(Work { store, vaults })
}

/// How the keys of personal data, of informants and of second factors stand.
pub async fn status(config: &Config) -> Result<Vec<KeysInUse>, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let all = vec![
        store.keys_in_use::<OpenPersonalData>().await?,
        store.keys_in_use::<OpenInformant>().await?,
        store.sign_in_keys_in_use().await?,
    ];
    store.close().await;
    Ok(all)
}

/// Gives a vault a new key and seals all its values under it, batch by batch, while servers go on; `told` hears how far it is. A rotation that
/// was broken off is gone on with instead, without another key. Returns the key that seals now.
pub async fn rotate(
    config: &Config,
    purpose: Purpose,
    told: impl FnMut(Progress),
) -> Result<String, OperateError> {
    match purpose {
        Purpose::Personal => rotated::<OpenPersonalData>(config, &config.personal_keys, told).await,
        Purpose::Informant => rotated::<OpenInformant>(config, &config.informant_keys, told).await,
        Purpose::SignIn => rotated_sign_in(config, told).await,
    }
}

/// The same for second factors. Until the first rotation the store names no key: the ring's own is the current one then.
async fn rotated_sign_in(config: &Config, mut told: impl FnMut(Progress)) -> Result<String, OperateError> {
    let store = Store::open(&config.database, machine_clock()).await?;
    let ring = || KeyRing::read(Purpose::SignIn, &config.sign_in_keys);
    let wrong = |error| StartError::Keys(Purpose::SignIn, error);
    let mut key = ring().map_err(wrong)?.current().to_owned();
    let mut stands = store.sign_in_keys_in_use().await?;
    let named = stands.current.clone();
    stands.current.get_or_insert_with(|| key.clone());
    // What an earlier call began: a ring whose key the store does not know yet, or values that still wait.
    let begun = named.as_ref().is_some_and(|known| *known != key) || stands.waiting() > 0;
    if !begun && let KeySource::File(path) = &config.sign_in_keys {
        key = add_key(Purpose::SignIn, path)?;
    }
    if named.as_ref() != Some(&key) {
        store.use_sign_in_key(context(), &key).await?;
    }
    let vault = Arc::new(Vault::new(ring().map_err(wrong)?).map_err(wrong)?);
    let mut progress = Progress { done: 0, of: store.sign_in_keys_in_use().await?.waiting() };
    told(progress);
    loop {
        let sealed = store.reseal_sign_in(context(), Arc::clone(&vault)).await?;
        if sealed == 0 {
            break;
        }
        progress.done += sealed;
        told(progress);
    }
    store.close().await;
    Ok(key)
}

async fn rotated<D: Kept>(
    config: &Config,
    source: &KeySource,
    told: impl FnMut(Progress),
) -> Result<String, OperateError> {
    let Work { store, vaults } = work(config).await?;
    let key = rotated_in::<D>(&store, &vaults, source, context(), told).await?;
    store.close().await;
    Ok(key)
}

/// The same over a store that is open already; what it does is recorded as done by whoever the context names.
pub(crate) async fn rotated_in<D: Kept>(
    store: &Store,
    vaults: &Arc<Vaults>,
    source: &KeySource,
    context: Context,
    mut told: impl FnMut(Progress),
) -> Result<String, OperateError> {
    let stands = store.keys_in_use::<D>().await?;
    let held = vaults.of::<D>();
    let mut key = held.again().map_err(|error| StartError::Keys(D::PURPOSE, error))?.current().to_owned();
    // What an earlier call began: a ring whose key the store does not know yet, or values that still wait.
    let begun = stands.current.as_ref().is_some_and(|known| *known != key) || stands.waiting() > 0;
    if !begun && let KeySource::File(path) = source {
        key = add_key(D::PURPOSE, path)?;
    }
    if stands.waiting() == 0 || stands.current.as_ref() != Some(&key) {
        store.use_key::<D>(context.clone(), vaults, &key).await?;
    }
    let of = store.keys_in_use::<D>().await?.waiting();
    let mut progress = Progress { done: 0, of };
    told(progress);
    loop {
        let sealed = store.reseal::<D>(context.clone(), vaults).await?;
        if sealed == 0 {
            break;
        }
        progress.done += sealed;
        told(progress);
    }
    Ok(key)
}

/// Takes a key out of its ring, once nothing is sealed under it.
pub async fn retire(config: &Config, purpose: Purpose, key: &str) -> Result<(), OperateError> {
    match purpose {
        Purpose::Personal => retired::<OpenPersonalData>(config, &config.personal_keys, key).await,
        Purpose::Informant => retired::<OpenInformant>(config, &config.informant_keys, key).await,
        Purpose::SignIn => {
            let store = Store::open(&config.database, machine_clock()).await?;
            let stands = store.sign_in_keys_in_use().await?;
            store.close().await;
            taken_out(Purpose::SignIn, &config.sign_in_keys, &stands, key)
        }
    }
}

async fn retired<D: Kept>(config: &Config, source: &KeySource, key: &str) -> Result<(), OperateError> {
    let Work { store, .. } = work(config).await?;
    let stands = store.keys_in_use::<D>().await?;
    store.close().await;
    taken_out(D::PURPOSE, source, &stands, key)
}

fn taken_out(
    purpose: Purpose,
    source: &KeySource,
    stands: &KeysInUse,
    key: &str,
) -> Result<(), OperateError> {
    let values = stands.values.get(key).copied().unwrap_or(0);
    // Every new value is sealed under the key that the store names, so a key that is neither named nor used stays unused.
    if values > 0 || stands.current.as_deref() == Some(key) || stands.current.is_none() {
        return Err(OperateError::KeyInUse(key.to_owned(), values));
    }
    let KeySource::File(path) = source else { return Err(OperateError::KeyElsewhere) };
    let ring = read(path)?;
    let changed = without_key(purpose, &ring, key).map_err(|error| StartError::Keys(purpose, error))?;
    write(path, &changed)
}

/// Adds a key to a ring's file and makes it current; returns its id.
fn add_key(purpose: Purpose, path: &Path) -> Result<String, OperateError> {
    let wrong = |error| StartError::Keys(purpose, error);
    let text = read(path)?;
    KeyRing::read(purpose, &KeySource::File(path.to_owned())).map_err(wrong)?;
    let taken = |id: &String| text.lines().any(|line| line.split_whitespace().nth(1) == Some(id.as_str()));
    let id = (1..=u32::MAX).map(|number| format!("k{number}")).find(|id| !taken(id)).unwrap_or_default();
    let changed = with_new_key(purpose, &text, &id).map_err(wrong)?;
    write(path, &changed)?;
    Ok(id)
}

fn read(path: &Path) -> Result<zeroize::Zeroizing<String>, OperateError> {
    let failed = |error| StartError::Io(path.display().to_string(), error);
    Ok(zeroize::Zeroizing::new(fs::read_to_string(path).map_err(failed)?))
}

/// Puts a new ring in the place of the old one.
fn write(path: &Path, text: &str) -> Result<(), OperateError> {
    let failed = |error| StartError::Io(path.display().to_string(), error);
    crate::serve::replace_private(path, text).map_err(failed)?;
    Ok(())
}
