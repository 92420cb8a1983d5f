//! Who asks, as the store knows the account in this transaction: never what a session remembers or a client says.

use crate::{
    facts::{Department, Role},
    policy::{Actor, Commission, Secrecy},
    store::Error,
    words::Word as _,
};
use mingcha_model::Date;
use sqlx::{AnyConnection, Row as _};

/// Reads an account with its organisation, and its commission where it has one today.
pub(super) async fn read(conn: &mut AnyConnection, account: &str, today: Date) -> Result<Actor, Error> {
    let row = sqlx::query(
        "SELECT a.organisation, a.role, a.disabled, a.clearance, o.department, o.region, COALESCE(o.fixmedins_code, '') \
         FROM account a JOIN organisation o ON o.id = a.organisation WHERE a.id = $1",
    )
    .bind(account)
    .fetch_optional(&mut *conn)
    .await?
    .ok_or_else(|| Error::Denied("no_account".into()))?;
    let wrong = |what: &str| Error::Stored(format!("{what} of an account"));
    let (role, department): (String, String) = (row.try_get(1)?, row.try_get(4)?);
    let department = Department::named(&department).ok_or_else(|| wrong("department"))?;
    let organisation: String = row.try_get(0)?;
    let commission = match department {
        Department::ThirdParty => commission(conn, &organisation, today).await?,
        _ => None,
    };
    Ok(Actor {
        account: account.to_owned(),
        department,
        role: Role::named(&role).ok_or_else(|| wrong("role"))?,
        organisation,
        region: row.try_get(5)?,
        enabled: row.try_get::<i64, _>(2)? == 0,
        clearance: Secrecy::graded(row.try_get(3)?).ok_or_else(|| wrong("clearance"))?,
        institution: row.try_get(6)?,
        commission,
        today,
    })
}

async fn commission(
    conn: &mut AnyConnection,
    organisation: &str,
    today: Date,
) -> Result<Option<Commission>, Error> {
    let row = sqlx::query(
        "SELECT matters, institutions, first_day, last_day FROM commission \
         WHERE organisation = $1 AND first_day <= $2 AND last_day >= $2 ORDER BY id LIMIT 1",
    )
    .bind(organisation)
    .bind(i64::from(today.0))
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let list = |text: String| {
        serde_json::from_str(&text).map_err(|error| Error::Stored(format!("commission: {error}")))
    };
    let day = |column| -> Result<Date, Error> { Ok(Date(row.try_get::<i64, _>(column)? as i32)) };
    Ok(Some(Commission {
        matters: list(row.try_get(0)?)?,
        institutions: list(row.try_get(1)?)?,
        from: day(2)?,
        to: day(3)?,
    }))
}
