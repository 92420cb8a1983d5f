//! Data of other departments: delivered as JSON or CSV, known of without anybody's name, met with the people of a matter.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody},
    input::{Body, Csv, Id, Parameters},
    routes::accounts::{invalid, word},
};
use axum::{Json, extract::State, http::StatusCode};
use mingcha_casework::docket::{
    DELIVERED_AT_ONCE, DataPurpose, Delivered, DeliveryKind, DeliveryView, MatchRequest, Met, NewDelivery,
    NewRow,
};
use mingcha_model::Date;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, sync::Arc};
use utoipa::{IntoParams, ToSchema};
use zeroize::Zeroizing;

/// A delivery.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewDelivery)]
pub struct New {
    /// What it tells of people.
    kind: DeliveryKind,
    /// What it may be used for.
    purposes: BTreeSet<DataPurpose>,
    /// The last day on which it may be used, `2026-12-31`; its rows are deleted afterwards.
    #[schema(value_type = String)]
    until: Date,
    /// Why, such as the number of the letter; nothing of a person.
    why: String,
    /// Its rows.
    rows: Vec<DeliveredRow>,
}

/// A person, and the days that are told of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveredRow {
    /// Number of the identity certificate. It becomes a keyed digest at once and is kept nowhere.
    certno: String,
    /// First day.
    #[schema(value_type = String)]
    from: Date,
    /// Last day; none where it goes on, or is one day.
    #[schema(value_type = Option<String>)]
    to: Option<Date>,
}

/// What a delivery in CSV is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct About {
    /// What it tells of people: `death`, `travel`, `detention`, `work_injury`, `employment`.
    kind: String,
    /// What it may be used for, with commas between: `check_clue`, `work_case`, `inspect`.
    purposes: String,
    /// The last day on which it may be used.
    #[param(value_type = String)]
    until: Date,
    /// Why; nothing of a person.
    why: String,
}

/// Deliveries.
#[derive(Serialize, ToSchema)]
pub struct Deliveries {
    /// The newest first.
    items: Vec<DeliveryView>,
}

/// What was delivered, by whom, for what and until when; nobody's data.
#[utoipa::path(get, path = "/api/v1/deliveries", tag = "deliveries", responses(
    (status = 200, body = Deliveries), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
pub async fn list(State(app): State<Arc<App>>, caller: Caller) -> Answer<Json<Deliveries>> {
    Ok(Json(Deliveries { items: app.docket.deliveries(caller.context()).await? }))
}

/// Delivers data of one's own department.
#[utoipa::path(post, path = "/api/v1/deliveries", tag = "deliveries", request_body = New, responses(
    (status = 201, body = Delivered), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn deliver(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body { value: new, digest }: Body<New>,
) -> Answer<(StatusCode, Json<Delivered>)> {
    let New { kind, purposes, until, why, rows } = new;
    let row = |DeliveredRow { certno, from, to }| NewRow { certno: Zeroizing::new(certno), from, to };
    let rows = rows.into_iter().map(row).collect();
    let most_days = app.config.delivery_days;
    let new = NewDelivery { kind, purposes, until, why, rows, most_days };
    Ok((StatusCode::CREATED, Json(app.docket.deliver(caller.acting(&digest)?, new).await?)))
}

/// Delivers the same as CSV in UTF-8 with the columns `certno`, `from` and `to`.
#[utoipa::path(post, path = "/api/v1/deliveries/csv", tag = "deliveries", params(About),
    request_body(content = String, content_type = "text/csv"), responses(
    (status = 201, body = Delivered), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 415, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn deliver_csv(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(about): Parameters<About>,
    Csv { text, digest }: Csv,
) -> Answer<(StatusCode, Json<Delivered>)> {
    let purposes = about.purposes.split(',').map(|name| word::<DataPurpose>(name.trim(), "purposes"));
    let new = NewDelivery {
        kind: word(&about.kind, "kind")?,
        purposes: purposes.collect::<Answer<_>>()?,
        until: about.until,
        why: about.why,
        rows: rows(&text)?,
        most_days: app.config.delivery_days,
    };
    let digest = format!("{digest} {} {} {}", about.kind, about.purposes, about.until);
    Ok((StatusCode::CREATED, Json(app.docket.deliver(caller.acting(&digest)?, new).await?)))
}

/// The rows of a CSV text. A row whose days are none is refused by its number; what it says is never repeated.
fn rows(text: &str) -> Answer<Vec<NewRow>> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').map(cell).collect();
    let place = |name: &str| {
        let place = names.iter().position(|known| known.eq_ignore_ascii_case(name));
        place.ok_or_else(|| invalid("rows", &format!("首行须有 {name} 一列")))
    };
    let (certno, from, to) = (place("certno")?, place("from")?, place("to")?);
    let lines = lines.zip(2..).filter(|(line, _)| !line.trim().is_empty());
    let mut rows = Vec::new();
    for (line, number) in lines {
        if rows.len() > DELIVERED_AT_ONCE {
            break;
        }
        let cells: Vec<&str> = line.split(',').map(cell).collect();
        let wrong = |name: &str| invalid("rows", &format!("第{number}行的 {name} 不是日期，写作 2026-01-31"));
        let text = |place: usize| cells.get(place).copied().unwrap_or_default();
        rows.push(NewRow {
            certno: Zeroizing::new(text(certno).to_owned()),
            from: Date::parse(text(from)).ok_or_else(|| wrong("from"))?,
            to: match text(to) {
                "" => None,
                day => Some(Date::parse(day).ok_or_else(|| wrong("to"))?),
            },
        });
    }
    Ok(rows)
}

/// A cell without blanks and quotes; none of the columns holds a comma.
fn cell(text: &str) -> &str {
    text.trim().trim_matches('"').trim()
}

/// Why a delivery is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why; nothing of a person.
    why: String,
}

/// Takes a delivery of one's own department back: its rows are deleted at once.
#[utoipa::path(post, path = "/api/v1/deliveries/{id}/withdraw", tag = "deliveries", params(("id" = String, Path)), request_body = Withdrawal, responses(
    (status = 200, body = DeliveryView), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Body { value: Withdrawal { why }, digest }: Body<Withdrawal>,
) -> Answer<Json<DeliveryView>> {
    Ok(Json(app.docket.withdraw_delivery(caller.acting(&digest)?, id.as_str(), &why).await?))
}

/// With what the people of a matter are met.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Kinds of deliveries; all where empty.
    kinds: BTreeSet<DeliveryKind>,
    /// What for: it must be the matter's, and one of the delivery's purposes.
    purpose: DataPurpose,
    /// Why; it stands in the trail, so nothing of a person belongs into it.
    why: String,
}

/// Meets the people of a matter, by the digests of their certificates, with what was delivered of them. A write without a key: each look counts.
#[utoipa::path(post, path = "/api/v1/matters/{id}/met-deliveries", tag = "deliveries", params(("id" = String, Path)), request_body = Meeting, responses(
    (status = 200, body = Met), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
pub async fn meet(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Body { value: Meeting { kinds, purpose, why }, .. }: Body<Meeting>,
) -> Answer<Json<Met>> {
    let request = MatchRequest { kinds, purpose, why };
    Ok(Json(app.docket.meet_delivered(caller.context(), id.as_str(), request).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_is_read_by_its_first_line_and_a_wrong_day_is_named_by_its_line_alone() {
        let text = "\u{feff}to,certno,from\r\n,\"99010119800101001X\",2026-01-02\r\n\r\n2026-02-01, 1 ,2026-01-31\r\n";
        let rows = rows(text).expect("in order");
        let days =
            |row: &NewRow| (row.certno.to_string(), row.from.to_string(), row.to.map(|to| to.to_string()));
        assert_eq!(
            rows.iter().map(days).collect::<Vec<_>>(),
            [
                ("99010119800101001X".to_owned(), "2026-01-02".to_owned(), None),
                ("1".to_owned(), "2026-01-31".to_owned(), Some("2026-02-01".to_owned())),
            ]
        );
        let refused =
            super::rows("certno,from,to\n99010119800101001X,someday,\n").err().expect("refused").body();
        assert!(refused.message.contains("第2行") && !refused.message.contains("someday"), "{refused:?}");
        assert_eq!(super::rows("certno,to\n").err().expect("refused").field(), Some("rows"));
    }
}
