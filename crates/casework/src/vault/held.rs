//! The vaults in use: each with where its ring comes from, read again as soon as a newer key is wanted, so that keys rotate while all runs.

use super::{KeyRing, KeySource, Opening, RingError, Vault};
use crate::policy::{OpenInformant, OpenPersonalData};
use std::sync::{Arc, PoisonError, RwLock};

/// One vault in use.
#[derive(Debug)]
pub struct Held<D> {
    source: Option<KeySource>,
    vault: RwLock<Arc<Vault<D>>>,
}

impl<D: Opening> Held<D> {
    /// A vault over the ring that a source gives.
    pub fn read(source: KeySource) -> Result<Self, RingError> {
        let vault = Vault::new(KeyRing::read(D::PURPOSE, &source)?)?;
        Ok(Self { source: Some(source), vault: RwLock::new(Arc::new(vault)) })
    }

    /// A vault over a ring that never changes.
    pub fn fixed(ring: KeyRing) -> Result<Self, RingError> {
        Ok(Self { source: None, vault: RwLock::new(Arc::new(Vault::new(ring)?)) })
    }

    /// The vault as it was read last.
    pub fn now(&self) -> Arc<Vault<D>> {
        Arc::clone(&self.vault.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the ring again and gives the vault over it.
    pub fn again(&self) -> Result<Arc<Vault<D>>, RingError> {
        if let Some(source) = &self.source {
            let vault = Arc::new(Vault::new(KeyRing::read(D::PURPOSE, source)?)?);
            *self.vault.write().unwrap_or_else(PoisonError::into_inner) = vault;
        }
        Ok(self.now())
    }
}

/// The vaults of personal data and of informants.
#[derive(Debug)]
pub struct Vaults {
    personal: Held<OpenPersonalData>,
    informant: Held<OpenInformant>,
}

impl Vaults {
    /// Both together.
    pub fn new(personal: Held<OpenPersonalData>, informant: Held<OpenInformant>) -> Self {
        Self { personal, informant }
    }

    /// The one that a deed opens.
    pub fn of<D: Kept>(&self) -> &Held<D> {
        D::held(self)
    }
}

/// What a store keeps sealed values for, closed: each has a table of its own.
pub trait Kept: Opening + Sized + 'static {
    /// Name of the table.
    const TABLE: &'static str;

    /// Its vault.
    fn held(vaults: &Vaults) -> &Held<Self>;
}

impl Kept for OpenPersonalData {
    const TABLE: &'static str = "sealed";

    fn held(vaults: &Vaults) -> &Held<Self> {
        &vaults.personal
    }
}

impl Kept for OpenInformant {
    const TABLE: &'static str = "informant";

    fn held(vaults: &Vaults) -> &Held<Self> {
        &vaults.informant
    }
}
