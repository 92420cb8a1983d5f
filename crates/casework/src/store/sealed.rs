//! Sealed values as the store keeps them: found by token, met by keyed digest, sealed under the key that the store says is current, and
//! sealed anew in small batches when that key changes.

use super::{Context, Done, Draft, Error, Store, Unit};
use crate::{
    vault::{Datum, Kept, OpenError, Opening, Purpose, Sealed, Token, Vault, Vaults},
    words::Word as _,
};
use serde::{Deserialize, Serialize};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _, any::AnyRow};
use std::{collections::BTreeMap, sync::Arc};

/// Values that one transaction seals anew.
const BATCH: i64 = 200;
/// Most tokens of one statement.
const CHUNK: usize = 500;

/// A sealed value.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub token: Token,
    /// The matter that it was sealed for.
    pub matter: String,
    pub kind: Datum,
    pub sealed: Sealed,
}

/// Values of a matter by kind and keyed digest.
pub(crate) type Known = BTreeMap<(Datum, String), Token>;

/// How the values of one vault stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysInUse {
    /// Purpose of the vault.
    pub purpose: Purpose,
    /// Id of the key that seals; none where nothing has been sealed yet.
    pub current: Option<String>,
    /// How many values each key seals.
    pub values: BTreeMap<String, i64>,
}

impl KeysInUse {
    /// Values that wait to be sealed under the current key.
    pub fn waiting(&self) -> i64 {
        let old = self.values.iter().filter(|(key, _)| self.current.as_deref() != Some(key));
        old.map(|(_, count)| count).sum()
    }
}

fn setting<D: Opening>() -> String {
    format!("key.{}", D::PURPOSE.name())
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        Self::Keys(error.to_string())
    }
}

/// Id of the key that the store says is current.
pub(super) async fn current<D: Opening>(conn: &mut AnyConnection) -> Result<Option<String>, Error> {
    let text = "SELECT value FROM setting WHERE name = $1";
    Ok(sqlx::query_scalar(text).bind(setting::<D>()).fetch_optional(conn).await?)
}

/// The vault to seal with and the id of its key. The first value makes the ring's own key current; from then on the store says which,
/// so that two programs with rings of different age seal alike.
pub(crate) async fn sealing<D: Kept>(
    unit: &mut Unit,
    vaults: &Vaults,
) -> Result<(Arc<Vault<D>>, String), Error> {
    let held = vaults.of::<D>();
    let vault = held.now();
    let Some(key) = current::<D>(unit.conn()).await? else {
        let key = vault.current().to_owned();
        adopt::<D>(unit, &key).await?;
        return Ok((vault, key));
    };
    if vault.has(&key) {
        return Ok((vault, key));
    }
    let vault = held.again().map_err(|error| Error::Keys(error.to_string()))?;
    if vault.has(&key) { Ok((vault, key)) } else { Err(OpenError::Key(key).into()) }
}

pub(super) async fn adopt<D: Opening>(unit: &mut Unit, key: &str) -> Result<(), Error> {
    let now = unit.now.time().0;
    sqlx::query(
        "INSERT INTO setting (name, value, version, changed) VALUES ($1, $2, 1, $3) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = setting.version + 1, changed = excluded.changed",
    )
    .bind(setting::<D>())
    .bind(key)
    .bind(now)
    .execute(unit.conn())
    .await?;
    Ok(())
}

/// Does something with a vault; where its ring lacks the key, with the ring read again.
pub(crate) fn with_key<D: Kept, T>(
    vaults: &Vaults,
    act: impl Fn(&Vault<D>) -> Result<T, OpenError>,
) -> Result<T, Error> {
    let held = vaults.of::<D>();
    match act(&held.now()) {
        Err(OpenError::Key(_)) => {
            let vault = held.again().map_err(|error| Error::Keys(error.to_string()))?;
            Ok(act(&vault)?)
        }
        done => Ok(done?),
    }
}

/// The values of a matter, by which equal ones meet.
pub(crate) async fn known<D: Kept>(conn: &mut AnyConnection, matter: &str) -> Result<Known, Error> {
    let text = format!("SELECT token, kind, match_digest FROM {} WHERE matter = $1", D::TABLE);
    let rows = sqlx::query(AssertSqlSafe(text)).bind(matter).fetch_all(conn).await?;
    rows.iter().map(|row| Ok(((kind(row, 1)?, row.try_get(2)?), token(row, 0)?))).collect()
}

/// Writes a new value.
pub(crate) async fn insert<D: Kept>(
    unit: &mut Unit,
    value: &Value,
    digest: &str,
    key: &str,
) -> Result<(), Error> {
    let text = format!(
        "INSERT INTO {} (token, matter, kind, match_digest, key_id, envelope, created) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        D::TABLE
    );
    let now = unit.now.time().0;
    sqlx::query(AssertSqlSafe(text))
        .bind(value.token.as_str())
        .bind(value.matter.as_str())
        .bind(value.kind.name())
        .bind(digest)
        .bind(key)
        .bind(value.sealed.text())
        .bind(now)
        .execute(unit.conn())
        .await?;
    Ok(())
}

/// The values behind tokens; those that are not there are left out.
pub(crate) async fn load<D: Kept>(conn: &mut AnyConnection, tokens: &[Token]) -> Result<Vec<Value>, Error> {
    let mut values = Vec::with_capacity(tokens.len());
    for tokens in tokens.chunks(CHUNK) {
        let places: Vec<String> = (1..=tokens.len()).map(|place| format!("${place}")).collect();
        let text = format!(
            "SELECT token, matter, kind, envelope FROM {} WHERE token IN ({})",
            D::TABLE,
            places.join(", ")
        );
        let query = sqlx::query(AssertSqlSafe(text));
        let query = tokens.iter().fold(query, |query, token| query.bind(token.as_str()));
        for row in query.fetch_all(&mut *conn).await? {
            values.push(value(&row)?);
        }
    }
    Ok(values)
}

/// The values of one kind of a matter.
pub(crate) async fn of_kind<D: Kept>(
    conn: &mut AnyConnection,
    matter: &str,
    kind: Datum,
) -> Result<Vec<Value>, Error> {
    let text = format!(
        "SELECT token, matter, kind, envelope FROM {} WHERE matter = $1 AND kind = $2 ORDER BY created, token LIMIT {CHUNK}",
        D::TABLE
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(matter).bind(kind.name()).fetch_all(conn).await?;
    rows.iter().map(value).collect()
}

/// The values of a matter, of what it grew out of and of what that grew out of.
pub(crate) async fn near<D: Kept>(
    conn: &mut AnyConnection,
    matter: &str,
    parent: Option<&str>,
) -> Result<Vec<Value>, Error> {
    let text = format!(
        "SELECT token, matter, kind, envelope FROM {} WHERE kind <> 'file_key' AND (matter = $1 OR matter = $2 \
         OR matter = (SELECT parent FROM matter WHERE id = $2))",
        D::TABLE
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(matter).bind(parent).fetch_all(conn).await?;
    rows.iter().map(value).collect()
}

fn value(row: &AnyRow) -> Result<Value, Error> {
    let envelope: String = row.try_get(3)?;
    let sealed = Sealed::parse(&envelope).ok_or_else(|| Error::Stored("a sealed value".into()))?;
    Ok(Value { token: token(row, 0)?, matter: row.try_get(1)?, kind: kind(row, 2)?, sealed })
}

fn token(row: &AnyRow, column: usize) -> Result<Token, Error> {
    let text: String = row.try_get(column)?;
    Token::parse(&text).ok_or_else(|| Error::Stored("a token".into()))
}

fn kind(row: &AnyRow, column: usize) -> Result<Datum, Error> {
    let name: String = row.try_get(column)?;
    Datum::named(&name).ok_or_else(|| Error::Stored("kind of a sealed value".into()))
}

/// Counts openings of an account on the day of the act; refuses those beyond `most`.
pub(crate) async fn count_opening(unit: &mut Unit, account: &str, new: i64, most: i64) -> Result<(), Error> {
    let day = i64::from(unit.now.time().date().0);
    let opened: i64 = sqlx::query_scalar(
        "INSERT INTO opening (account, day, opened) VALUES ($1, $2, $3) \
         ON CONFLICT (account, day) DO UPDATE SET opened = opening.opened + excluded.opened RETURNING opened",
    )
    .bind(account)
    .bind(day)
    .bind(new)
    .fetch_one(unit.conn())
    .await?;
    if opened <= most {
        return Ok(());
    }
    Err(Error::Refused(vec![crate::machine::GuardError {
        code: "opening_limit".to_owned(),
        guard: "每日打开次数".to_owned(),
        message: format!("当日打开个人信息已达上限{most}项"),
        next: "次日再办；确需增加的，由系统管理员调整上限".to_owned(),
        basis: "个人信息保护法第五十一条".to_owned(),
    }]))
}

impl Store {
    /// How the values of a vault stand.
    pub async fn keys_in_use<D: Kept>(&self) -> Result<KeysInUse, Error> {
        let mut conn = self.reader().await?;
        let text = format!("SELECT key_id, COUNT(*) FROM {} GROUP BY key_id ORDER BY key_id", D::TABLE);
        let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&mut *conn).await?;
        let values = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        Ok(KeysInUse {
            purpose: D::PURPOSE,
            values: values.collect::<Result<_, Error>>()?,
            current: current::<D>(&mut conn).await?,
        })
    }

    /// Makes a key of the ring the one that seals from now on.
    pub async fn use_key<D: Kept>(&self, context: Context, vaults: &Vaults, key: &str) -> Result<(), Error> {
        let vault = vaults.of::<D>().again().map_err(|error| Error::Keys(error.to_string()))?;
        if !vault.has(key) {
            return Err(OpenError::Key(key.to_owned()).into());
        }
        let key = key.to_owned();
        let draft = Draft::new("use_key", "vault", D::PURPOSE.name()).change(None, Some(key.clone()));
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                adopt::<D>(unit, &key).await?;
                Ok(Done::new((), draft))
            })
        })
        .await
    }

    /// Seals a batch anew that stands under another key than the current one; returns how many it sealed. Call it again while it is not 0: a
    /// program that is killed in between has lost nothing, and the next one goes on.
    pub async fn reseal<D: Kept>(&self, context: Context, vaults: &Arc<Vaults>) -> Result<i64, Error> {
        let waiting = {
            let mut conn = self.reader().await?;
            let Some(key) = current::<D>(&mut conn).await? else { return Ok(0) };
            let text =
                format!("SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE key_id <> $1 LIMIT 1) w", D::TABLE);
            sqlx::query_scalar::<_, i64>(AssertSqlSafe(text)).bind(key).fetch_one(&mut *conn).await?
        };
        if waiting == 0 {
            return Ok(0);
        }
        let vaults = Arc::clone(vaults);
        let draft = Draft::new("reseal", "vault", D::PURPOSE.name());
        self.write(context, draft.clone(), move |unit| {
            Box::pin(async move {
                let sealed = reseal::<D>(unit, &vaults).await?;
                Ok(Done::new(sealed, draft.why(format!("{sealed} values"))))
            })
        })
        .await
    }
}

async fn reseal<D: Kept>(unit: &mut Unit, vaults: &Vaults) -> Result<i64, Error> {
    let (_, key) = sealing::<D>(unit, vaults).await?;
    let text = format!(
        "SELECT token, matter, kind, envelope FROM {} WHERE key_id <> $1 ORDER BY key_id, token LIMIT $2",
        D::TABLE
    );
    let rows = sqlx::query(AssertSqlSafe(text)).bind(key.as_str()).bind(BATCH).fetch_all(unit.conn()).await?;
    for row in &rows {
        let Value { token, kind, sealed, .. } = value(row)?;
        let anew = with_key::<D, _>(vaults, |vault| vault.reseal_under(&key, &token, kind, &sealed))?;
        let Some(anew) = anew else { continue };
        let text = format!("UPDATE {} SET envelope = $1, key_id = $2 WHERE token = $3", D::TABLE);
        sqlx::query(AssertSqlSafe(text))
            .bind(anew.text())
            .bind(key.as_str())
            .bind(token.as_str())
            .execute(unit.conn())
            .await?;
    }
    Ok(rows.len() as i64)
}
