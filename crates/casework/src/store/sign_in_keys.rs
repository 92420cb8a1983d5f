//! The keys that second factors are sealed under: which is current, how many values each seals, and sealing anew in small batches while
//! people sign in.

use super::{
    Context, Done, Draft, Error, KeysInUse, Store, Unit,
    sealed::{adopt, current},
};
use crate::vault::{Datum, OpenError, Opening as _, Purpose, Sealed, SignIn, Token, Vault};
use sqlx::{AnyConnection, Row as _};
use std::{collections::BTreeMap, sync::Arc};

/// Second factors that one transaction seals anew.
const BATCH: i64 = 50;

/// A sealed second factor as an account keeps it: the token that it is bound to, and the envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedFactor {
    /// What the envelope is bound to.
    pub token: Token,
    /// The envelope.
    pub sealed: Sealed,
}

impl SealedFactor {
    /// Reads what [`Self::text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (token, sealed) = text.split_once(' ')?;
        Some(Self { token: Token::parse(token)?, sealed: Sealed::parse(sealed)? })
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        format!("{} {}", self.token.as_str(), self.sealed.text())
    }
}

/// A second factor sealed under another key than the current one is refused: whoever takes old keys out counts on there being none.
pub(super) async fn fits(unit: &mut Unit, factor: &str) -> Result<(), Error> {
    let Some(key) = current::<SignIn>(unit.conn()).await? else { return Ok(()) };
    let factor = SealedFactor::parse(factor).ok_or_else(|| Error::Stored("a second factor".into()))?;
    if factor.sealed.key_id() == Some(key.as_str()) { Ok(()) } else { Err(OpenError::Key(key).into()) }
}

/// How the envelopes of a key begin, as a pattern of what accounts keep.
fn pattern(key: &str) -> String {
    // The form of envelopes, then the length and text of the key's id, all as hexadecimal digits.
    let head = [&[1, key.len() as u8], key.as_bytes()].concat();
    format!("% {}%", mingcha_model::cert::hex(&head))
}

async fn waiting(conn: &mut AnyConnection, key: &str) -> Result<Vec<(String, String)>, Error> {
    let text =
        "SELECT id, totp FROM account WHERE totp IS NOT NULL AND totp NOT LIKE $1 ORDER BY id LIMIT $2";
    let rows = sqlx::query(text).bind(pattern(key)).bind(BATCH).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

impl Store {
    /// Id of the key that seals second factors; none where it never changed.
    pub async fn sign_in_key(&self) -> Result<Option<String>, Error> {
        let mut conn = self.reader().await?;
        current::<SignIn>(&mut conn).await
    }

    /// How second factors stand.
    pub async fn sign_in_keys_in_use(&self) -> Result<KeysInUse, Error> {
        let mut conn = self.reader().await?;
        let factors: Vec<String> = sqlx::query_scalar("SELECT totp FROM account WHERE totp IS NOT NULL")
            .fetch_all(&mut *conn)
            .await?;
        let mut values = BTreeMap::new();
        for factor in factors {
            let factor =
                SealedFactor::parse(&factor).ok_or_else(|| Error::Stored("a second factor".into()))?;
            *values.entry(factor.sealed.key_id().unwrap_or_default().to_owned()).or_default() += 1;
        }
        Ok(KeysInUse { purpose: Purpose::SignIn, current: current::<SignIn>(&mut conn).await?, values })
    }

    /// Makes a key of the ring the one that seals second factors from now on.
    pub async fn use_sign_in_key(&self, context: Context, key: &str) -> Result<(), Error> {
        let key = key.to_owned();
        let draft = Draft::new("use_key", "vault", SignIn::PURPOSE.name()).change(None, Some(key.clone()));
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                adopt::<SignIn>(unit, &key).await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Seals a batch of second factors anew that stand under another key than the current one; returns how many. Call it again while it is
    /// not 0: a program that is killed in between has lost nothing, and the next one goes on.
    pub async fn reseal_sign_in(&self, context: Context, vault: Arc<Vault<SignIn>>) -> Result<i64, Error> {
        let mut conn = self.reader().await?;
        let Some(key) = current::<SignIn>(&mut conn).await? else { return Ok(0) };
        let none = waiting(&mut conn, &key).await?.is_empty();
        drop(conn);
        if none {
            return Ok(0);
        }
        let draft = Draft::new("reseal", "vault", SignIn::PURPOSE.name());
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                let sealed = reseal(unit, &vault).await?;
                Ok(Done::new(sealed, draft.why(format!("{sealed} values"))))
            })
        })
        .await
    }
}

async fn reseal(unit: &mut Unit, vault: &Vault<SignIn>) -> Result<i64, Error> {
    let Some(key) = current::<SignIn>(unit.conn()).await? else { return Ok(0) };
    let waiting = waiting(unit.conn(), &key).await?;
    for (account, factor) in &waiting {
        let factor = SealedFactor::parse(factor).ok_or_else(|| Error::Stored("a second factor".into()))?;
        let SealedFactor { token, sealed } = factor;
        let Some(sealed) = vault.reseal_under(&key, &token, Datum::Other, &sealed)? else { continue };
        // Neither version nor sessions change: it is the same secret.
        sqlx::query("UPDATE account SET totp = $1 WHERE id = $2")
            .bind(SealedFactor { token, sealed }.text())
            .bind(account.as_str())
            .execute(unit.conn())
            .await?;
    }
    Ok(waiting.len() as i64)
}
