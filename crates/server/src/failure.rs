//! The one shape of all errors: a stable code, a Chinese message, what to do next; never what the database or a parser said.

use crate::desk::DeskError;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mingcha_casework::{
    machine::GuardError,
    store::{self, Told},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An error as a client sees it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Stable code.
    pub code: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do next, in Chinese.
    pub next: String,
    /// All that the law or the state of the matter has against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<GuardBody>,
    /// The version now, on a conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The field, where one is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// One condition of the law that is not met.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct GuardBody {
    /// Stable code.
    pub code: String,
    /// Name of the condition.
    pub guard: String,
    /// What is missing.
    pub message: String,
    /// What to do next.
    pub next: String,
    /// Law and article.
    pub basis: String,
}

impl From<GuardError> for GuardBody {
    fn from(GuardError { code, guard, message, next, basis }: GuardError) -> Self {
        Self { code, guard, message, next, basis }
    }
}

/// A request that was not done, with the status that says so.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    told: Box<Told>,
    /// Seconds after which it may be tried again.
    wait: Option<u64>,
}

/// What handlers answer with.
pub type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A failure that has no error of the store behind it.
    pub fn new(status: StatusCode, code: &str, message: &str, next: &str) -> Self {
        let told = Told {
            code: code.to_owned(),
            message: message.to_owned(),
            next: next.to_owned(),
            guards: Vec::new(),
            version: None,
            field: None,
        };
        Self { status, told: Box::new(told), wait: None }
    }

    /// The same, about a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.told.field = Some(field.into());
        self
    }

    /// The same, in other words.
    #[must_use]
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.told.message = message.into();
        self
    }

    /// The same, to be tried again after so many seconds.
    #[must_use]
    pub fn after(mut self, seconds: u64) -> Self {
        self.wait = Some(seconds);
        self
    }

    /// Nobody is signed in, or no longer.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed_out", "尚未登录，或者登录已失效", "请重新登录")
    }

    /// The token against forged requests is missing or wrong.
    pub fn forged() -> Self {
        Self::new(StatusCode::FORBIDDEN, "csrf", "请求缺少防伪令牌，或者令牌不符", "刷新页面后重试")
    }

    /// Too many requests.
    pub fn too_many(wait: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "请求过于频繁", "稍候再试").after(wait)
    }

    /// No such path.
    pub fn no_route() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_route", "没有该接口", "核对请求地址，接口见 /openapi.json")
    }

    /// The path has no such method.
    pub fn no_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "no_method",
            "该接口不支持此方法",
            "核对请求方法，接口见 /openapi.json",
        )
    }

    /// Our own fault.
    pub fn bug() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "bug",
            "程序内部错误，本次操作未完成",
            "请系统管理员按请求编号查看日志",
        )
    }

    /// It took too long.
    pub fn slow() -> Self {
        Self::new(
            StatusCode::GATEWAY_TIMEOUT,
            "timeout",
            "处理超时；写入是否生效以查询结果为准",
            "刷新核对后再试",
        )
    }

    /// What a client is told, where it is a part of an answer.
    pub fn body(self) -> ErrorBody {
        let Told { code, message, next, guards, version, field } = *self.told;
        let guards = guards.into_iter().map(GuardBody::from).collect();
        ErrorBody { code, message, next, guards, version, field }
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.told.code
    }

    /// The field that is wrong.
    pub fn field(&self) -> Option<&str> {
        self.told.field.as_deref()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        use store::Error as E;
        let status = match &error {
            E::Denied(_) => StatusCode::FORBIDDEN,
            E::NotFound => StatusCode::NOT_FOUND,
            E::Conflict { .. } | E::Exists(_) => StatusCode::CONFLICT,
            E::Refused(_) | E::Invalid { .. } | E::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            E::Stored(_) | E::Altered(_) | E::Keys(_) => StatusCode::INTERNAL_SERVER_ERROR,
            E::Database(_) | E::Unwritten(_) | E::Files(_) | E::Closed => StatusCode::SERVICE_UNAVAILABLE,
        };
        if status.is_server_error() {
            tracing::error!(error = %inside(&error), "store");
        }
        let wait = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(5);
        Self { status, told: Box::new(error.told()), wait }
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        // None of these quotes a password or a code.
        tracing::error!(%error, "desk");
        Self::bug()
    }
}

/// What of an error of the store may be logged: what a database says can quote a row, so only its kind and code.
fn inside(error: &store::Error) -> String {
    format!("{} ({})", error.code(), error.kind())
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, wait) = (self.status, self.wait);
        let mut response = (status, Json(self.body())).into_response();
        if let Some(value) = wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        response
    }
}
