//! Matters: lists, counts, exports, one matter with its clocks and what may be done, and the acts themselves.

use crate::{
    App, Caller,
    failure::{Answer, ErrorBody, Failure},
    input::{Body, Id, Ids, Parameters},
};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use mingcha_casework::{
    act::ActInput,
    docket::{
        ActRequest, Acted, Counted, Groups, History, MatterView, NewMatter, Page, Pushed, PushedClue, Query,
    },
    facts::Source,
    form,
    words::Word,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, sync::Arc};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// The matters that one may see, page by page.
#[utoipa::path(get, path = "/api/v1/matters", tag = "matters", params(Query),
    responses((status = 200, body = Page), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<Query>,
) -> Answer<Json<Page>> {
    Ok(Json(app.docket.list(caller.context(), &query).await?))
}

/// Which page of groups.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GroupQuery {
    /// Page, from 1; 50 groups each.
    page: Option<u32>,
}

/// Groups that were seen together, with institutions and days, those with the highest score first.
#[utoipa::path(get, path = "/api/v1/groups", tag = "matters", params(GroupQuery),
    responses((status = 200, body = Groups), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn groups(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(GroupQuery { page }): Parameters<GroupQuery>,
) -> Answer<Json<Groups>> {
    Ok(Json(app.docket.groups(caller.context(), page).await?))
}

/// By what matters are counted, and which.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// `state`, `region`, `organisation`, `source`, `grade`, `machine`, `month` (of the beginning), `rule`, `institution`, `severity` or
    /// `covers` (items of the negative list; a matter counts under each); several of them separated by commas, each once.
    pub by: String,
    /// Which machine.
    pub machine: Option<String>,
    /// States, separated by commas.
    pub state: Option<String>,
    /// Region, with all that lies in it.
    pub region: Option<String>,
    /// Organisation that owns it.
    pub organisation: Option<String>,
    /// Where they come from.
    pub source: Option<String>,
    /// Grade of risk.
    pub grade: Option<String>,
    /// Designated institution.
    pub institution: Option<String>,
    /// `person`, `institution`, `group`, …
    pub subject_kind: Option<String>,
    /// Rule that a clue came from.
    pub rule: Option<String>,
    /// Item of the negative list that the rule covers.
    pub covers: Option<String>,
    /// Severity of the rule, 1 to 3.
    pub severity: Option<i64>,
    /// Begun at this instant or later.
    pub begun_from: Option<i64>,
    /// Begun before this instant.
    pub begun_to: Option<i64>,
    /// Account that works on it.
    pub member: Option<String>,
    /// Whether it has come to an end.
    pub ended: Option<bool>,
    /// Due at this instant or before.
    pub due_by: Option<i64>,
    /// With whom the next step lies: words such as `head` or `police`, separated by commas, or `others` for whomever.
    pub waiting_for: Option<String>,
    /// What other organisations handed to one's own.
    #[serde(default)]
    pub handed_to_me: bool,
}

/// Matters counted by one or several of their columns, with the money found and recovered.
#[utoipa::path(get, path = "/api/v1/matters/counts", tag = "matters", params(CountQuery),
    responses((status = 200, body = Vec<Counted>), (status = 401, body = ErrorBody), (status = 422, body = ErrorBody)))]
pub async fn counts(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(asked): Parameters<CountQuery>,
) -> Answer<Json<Vec<Counted>>> {
    let query = Query {
        machine: asked.machine,
        state: asked.state,
        region: asked.region,
        organisation: asked.organisation,
        source: asked.source,
        grade: asked.grade,
        institution: asked.institution,
        subject_kind: asked.subject_kind,
        rule: asked.rule,
        covers: asked.covers,
        severity: asked.severity,
        begun_from: asked.begun_from,
        begun_to: asked.begun_to,
        member: asked.member,
        ended: asked.ended,
        due_by: asked.due_by,
        waiting_for: asked.waiting_for,
        handed_to_me: asked.handed_to_me,
        ..Query::default()
    };
    Ok(Json(app.docket.count(caller.context(), &query, &asked.by).await?))
}

/// The list as CSV, with a line of who took it out and when; texts that a spreadsheet would run as formulas are made plain.
#[utoipa::path(get, path = "/api/v1/matters/export", tag = "matters", params(Query),
    responses((status = 200, body = String, content_type = "text/csv"), (status = 401, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn export(
    State(app): State<Arc<App>>,
    caller: Caller,
    Parameters(query): Parameters<Query>,
) -> Answer<impl IntoResponse> {
    let items = app.docket.export(caller.context(), &query).await?;
    let who = &caller.seat.who;
    let mut text = format!(
        "\u{feff}导出人 {}（{}），时间 {}\r\n",
        who.account,
        who.organisation,
        app.store.now().time()
    );
    text.push_str("编号,类别,状态,地区,承办单位,来源,标题,对象,机构,金额（分）,评分,等级,期限,开始,变更\r\n");
    for item in items {
        let day =
            |instant: Option<i64>| instant.map_or_else(String::new, |at| mingcha_model::Time(at).to_string());
        let numbers = [item.amount.to_string(), item.score.to_string()];
        let machine = app.procedures.machines.get(&item.machine);
        let state = machine.and_then(|machine| machine.state(&item.state));
        let state = state.map_or_else(|| item.state.clone(), |state| state.title.clone());
        let texts = [
            item.id,
            machine.map_or(item.machine, |machine| machine.title.clone()),
            state,
            item.region,
            item.organisation,
            in_words::<Source>(&item.source),
            item.title,
            item.subject,
            item.institution,
        ];
        let times =
            [grade(&item.grade).to_owned(), day(item.due), day(Some(item.begun)), day(Some(item.changed))];
        let cells: Vec<String> = texts.iter().chain(&numbers).chain(&times).map(|text| cell(text)).collect();
        let _ = write!(text, "{}\r\n", cells.join(","));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"matters.csv\""),
    ];
    Ok((headers, text))
}

/// A word of a closed list as people read it; what is none of them stays.
fn in_words<T: Word>(name: &str) -> String {
    let known = T::ALL.iter().find(|(_, known, _)| *known == name);
    known.map_or(name, |(_, _, title)| *title).to_owned()
}

/// A grade of risk as people read it.
fn grade(name: &str) -> &str {
    match name {
        "high" => "高",
        "middle" => "中",
        "low" => "低",
        other => other,
    }
}

/// A cell of CSV that no spreadsheet runs.
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = if formula { format!("'{text}") } else { text.to_owned() };
    if plain.contains([',', '"', '\n', '\r']) { format!("\"{}\"", plain.replace('"', "\"\"")) } else { plain }
}

/// One matter: facts, clocks with their sums, breaches, and which acts are open.
#[utoipa::path(get, path = "/api/v1/matters/{id}", tag = "matters", params(("id" = String, Path,)),
    responses((status = 200, body = MatterView), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn read(State(app): State<Arc<App>>, caller: Caller, Id(id): Id) -> Answer<Json<MatterView>> {
    Ok(Json(app.docket.read(caller.context(), id.as_str()).await?))
}

/// From where in a matter's past.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// Only before this number of the trail.
    before: Option<u64>,
}

/// What was done to a matter and what was refused, the newest first.
#[utoipa::path(get, path = "/api/v1/matters/{id}/history", tag = "matters", params(("id" = String, Path,), HistoryQuery),
    responses((status = 200, body = History), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub async fn history(
    State(app): State<Arc<App>>,
    caller: Caller,
    Id(id): Id,
    Parameters(HistoryQuery { before }): Parameters<HistoryQuery>,
) -> Answer<Json<History>> {
    Ok(Json(app.docket.history(caller.context(), id.as_str(), before).await?))
}

/// Begins a matter.
#[utoipa::path(post, path = "/api/v1/matters", tag = "matters", request_body = NewMatter,
    responses((status = 201, body = Acted), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn begin(
    State(app): State<Arc<App>>,
    caller: Caller,
    body: Body<NewMatter>,
) -> Answer<impl IntoResponse> {
    let context = caller.acting(&body.digest)?;
    Ok((StatusCode::CREATED, Json(app.docket.begin(context, body.value).await?)))
}

/// An act on a matter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DoAct {
    /// The version that one has seen; `If-Match` may say it instead.
    pub version: Option<i64>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// What the act brings; its `input` names which. Nothing where the act takes nothing.
    #[schema(value_type = Option<FormSchema>)]
    pub input: Option<Value>,
}

/// Does an act, or says everything that stands against it.
#[utoipa::path(post, path = "/api/v1/matters/{id}/acts/{act}", tag = "matters",
    params(("id" = String, Path,), ("act" = String, Path, description = "编码中的下划线写作连字符")), request_body = DoAct,
    responses((status = 200, body = Acted), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
        (status = 428, body = ErrorBody)))]
pub async fn act(
    State(app): State<Arc<App>>,
    caller: Caller,
    ids: Ids<2>,
    body: Body<DoAct>,
) -> Answer<Json<Acted>> {
    let Ids([id, act]) = ids;
    let context = caller.acting(&body.digest)?;
    let version = caller.based_on(body.value.version)?;
    let input = body.value.input.unwrap_or_else(|| serde_json::json!({ "input": "nothing" }));
    let request = ActRequest { version, reason: body.value.reason, input: act_input(input)? };
    Ok(Json(app.docket.act(context, id.as_str(), &act.as_str().replace('-', "_"), request).await?))
}

pub(super) fn act_input(value: Value) -> Result<ActInput, Failure> {
    serde_json::from_value(value).map_err(|_| {
        // The parser's own words may quote what was sent.
        Failure::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "操作的内容不符合格式",
            "按 /api/v1/machines 所列的内容与字段填写",
        )
        .at("input")
    })
}

/// Clues of a run, at most 200 at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Push {
    /// The clues.
    #[schema(value_type = Vec<Object>)]
    pub clues: Vec<PushedClue>,
}

/// Hands clues of a screening run over: new ones are begun, open ones brought up to date, decided ones left alone.
#[utoipa::path(post, path = "/api/v1/clues", tag = "matters", request_body = Push,
    responses((status = 200, body = Pushed), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
        (status = 422, body = ErrorBody)))]
pub async fn push(State(app): State<Arc<App>>, caller: Caller, body: Body<Push>) -> Answer<Json<Pushed>> {
    let context = caller.acting(&body.digest)?;
    Ok(Json(app.docket.push(context, body.value.clues).await?))
}

/// A machine: its states and acts.
#[derive(Serialize, ToSchema)]
pub struct MachineView {
    /// Id.
    pub id: String,
    /// Name.
    pub title: String,
    /// States.
    pub states: Vec<Named>,
    /// Acts.
    pub acts: Vec<ActView>,
}

/// Something with an id and a Chinese name.
#[derive(Serialize, ToSchema)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name.
    pub title: String,
}

/// An act of a machine.
#[derive(Serialize, ToSchema)]
pub struct ActView {
    /// Id.
    pub id: String,
    /// Name.
    pub title: String,
    /// States that it may be done in; `new` for one that begins a matter.
    pub from: Vec<String>,
    /// Departments that may do it.
    pub departments: Vec<String>,
    /// State that follows; the same where absent.
    pub to: Option<String>,
    /// Name of its input.
    pub input: String,
    /// What the law asks of it, condition by condition.
    pub guards: Vec<GuardView>,
}

/// What a condition asks.
#[derive(Serialize, ToSchema)]
pub struct GuardView {
    /// Stable code of its refusal.
    pub code: String,
    /// What is missing where it refuses.
    pub message: String,
    /// Law and article.
    pub basis: String,
}

/// The schema of what acts bring, with the Chinese names of the forms that come with Mingcha.
pub struct FormSchema;

impl PartialSchema for FormSchema {
    fn schema() -> RefOr<Schema> {
        let (procedures, _) = mingcha_casework::Procedures::embedded();
        serde_json::from_value(form::schema(&procedures.forms)).expect("forms are JSON Schema")
    }
}

impl ToSchema for FormSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ActInput")
    }
}

/// What acts ask for, field by field, by the `input` that [`machines`] names for each.
#[utoipa::path(get, path = "/api/v1/forms", tag = "matters",
    responses((status = 200, body = BTreeMap<String, Vec<FormFieldView>>), (status = 401, body = ErrorBody)))]
pub async fn forms(
    State(app): State<Arc<App>>,
    _caller: Caller,
) -> Json<BTreeMap<&'static str, Vec<FormFieldView>>> {
    let field = |field: &form::FormField| FormFieldView {
        name: field.name.to_owned(),
        title: field.title.clone(),
        required: field.required,
        schema: field.schema.clone(),
    };
    let fields = |(&input, fields): (&&'static str, &Vec<form::FormField>)| {
        (input, fields.iter().map(field).collect())
    };
    Json(app.procedures.forms.iter().map(fields).collect())
}

/// A field of a form.
#[derive(Serialize, ToSchema)]
pub struct FormFieldView {
    /// Name in requests.
    pub name: String,
    /// Chinese name.
    pub title: String,
    /// Whether it must be there.
    pub required: bool,
    /// JSON Schema of its value; `format` is `fen` for money and `date` for a day.
    #[schema(value_type = Object)]
    pub schema: Value,
}

/// The machines that matters go through.
#[utoipa::path(get, path = "/api/v1/machines", tag = "matters",
    responses((status = 200, body = Vec<MachineView>), (status = 401, body = ErrorBody)))]
pub async fn machines(State(app): State<Arc<App>>, _caller: Caller) -> Json<Vec<MachineView>> {
    let machine = |machine: &mingcha_casework::Machine| MachineView {
        id: machine.id.clone(),
        title: machine.title.clone(),
        states: machine
            .states
            .iter()
            .map(|state| Named { id: state.id.clone(), title: state.title.clone() })
            .collect(),
        acts: machine
            .in_order()
            .into_iter()
            .map(|act| ActView {
                id: act.id.clone(),
                title: act.title.clone(),
                from: act.from.clone(),
                departments: act.departments.iter().map(|department| department.name().to_owned()).collect(),
                to: act.to.clone(),
                input: act.input.clone(),
                guards: machine
                    .every
                    .iter()
                    .chain(&act.guards)
                    .filter_map(|name| machine.texts.get(name))
                    .map(|text| GuardView {
                        code: text.code.clone(),
                        message: text.message.clone(),
                        basis: text.basis.clone(),
                    })
                    .collect(),
            })
            .collect(),
    };
    Json(app.procedures.machines.values().map(machine).collect())
}
