//! What can go wrong with a request to the store: each with a stable code, a Chinese message and what to do next.

use crate::machine::GuardError;
use serde::Serialize;

/// Why a request was not done. Nothing of it stays behind but the record of the refusal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The law or the state of the matter is against it; all reasons at once.
    #[error("refused: {}", .0.iter().map(|error| error.code.as_str()).collect::<Vec<_>>().join(", "))]
    Refused(Vec<GuardError>),
    /// The one who asks may not.
    #[error("denied: {0}")]
    Denied(String),
    /// There is no such thing, or none that the one who asks may know of.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it first.
    #[error("based on version {based_on}, but it is at version {version} now")]
    Conflict {
        /// The version that the request was based on.
        based_on: i64,
        /// The version now.
        version: i64,
    },
    /// The request says what cannot be.
    #[error("{field}: {message}")]
    Invalid {
        /// Which field.
        field: String,
        /// What is wrong, in Chinese.
        message: String,
    },
    /// There is one already.
    #[error("{0} exists already")]
    Exists(String),
    /// The key of the request was used for another one.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The store holds something that this program cannot read.
    #[error("stored value cannot be read: {0}")]
    Stored(String),
    /// The database did not do it.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The transaction that the act was part of could not be written; nothing of it stays.
    #[error("not written: {0}")]
    Unwritten(String),
    /// The keys of a vault cannot be read, or do not open what is sealed. Says nothing of either.
    #[error("keys: {0}")]
    Keys(String),
    /// A file of the data folder could not be read or written.
    #[error("data folder: {0}")]
    Files(#[from] std::io::Error),
    /// A file is gone, or differs from its digest.
    #[error("file {0} is gone or was altered")]
    Altered(String),
    /// The store was closed, or its writer failed; nothing was done.
    #[error("the store is closed")]
    Closed,
}

/// What a client is told, in one shape for all errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Stable code.
    pub code: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do next, in Chinese.
    pub next: String,
    /// All refusals of guards, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<GuardError>,
    /// The version now, on a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The field, where one is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Error {
    /// An [`Error::Invalid`].
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), message: message.into() }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Denied(_) => "denied",
            Self::NotFound => "not_found",
            Self::Conflict { .. } => "conflict",
            Self::Invalid { .. } => "invalid",
            Self::Exists(_) => "exists",
            Self::KeyReused => "key_reused",
            Self::Stored(_) => "stored",
            Self::Database(_) => "database",
            Self::Unwritten(_) => "unwritten",
            Self::Keys(_) => "keys",
            Self::Files(_) => "files",
            Self::Altered(_) => "altered",
            Self::Closed => "closed",
        }
    }

    /// What kind of fault lies behind it, for a log: never what a database said, which can quote a row.
    pub fn kind(&self) -> String {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                format!("sqlstate {}", error.code().unwrap_or_default())
            }
            Self::Database(error) => {
                let name = format!("{error:?}");
                name.chars().take_while(char::is_ascii_alphabetic).collect()
            }
            Self::Stored(what) | Self::Keys(what) => what.clone(),
            Self::Altered(id) => format!("file {id}"),
            Self::Files(error) => error.kind().to_string(),
            _ => self.code().to_owned(),
        }
    }

    /// Codes for the trail's `why`: those of all guards that refused, else the error's own.
    pub fn codes(&self) -> String {
        match self {
            Self::Refused(guards) => {
                guards.iter().map(|guard| guard.code.as_str()).collect::<Vec<_>>().join(",")
            }
            Self::Denied(code) => format!("denied:{code}"),
            _ => self.code().to_owned(),
        }
    }

    /// What to tell a client. What the database said stays inside.
    pub fn told(&self) -> Told {
        let (message, next) = match self {
            Self::Refused(_) => ("依法不能办理", "逐项补齐下列条件后再办"),
            Self::Denied(_) => ("无权办理", "确需办理的，由有权限的人员办理或者申请授权"),
            Self::NotFound => ("没有该对象，或者无权查看", "从列表中重新选择"),
            Self::Conflict { .. } => ("他人已先作修改", "刷新后核对差异，再重新提交"),
            Self::Invalid { message, .. } => (message.as_str(), "更正该字段后重新提交"),
            Self::Exists(_) => ("已经存在", "查看已有的对象，不要重复新建"),
            Self::KeyReused => ("该请求编号已用于另一请求", "换用新的请求编号"),
            Self::Stored(_) => ("存储内容无法识别", "请系统管理员核对程序版本与数据版本"),
            Self::Database(_) | Self::Unwritten(_) | Self::Files(_) => {
                ("存储暂不可用，本次操作未生效", "稍后重试；仍不成功的，请系统管理员检查")
            }
            Self::Altered(_) => {
                ("文件丢失或者与登记的摘要不符，不予提供", "请系统管理员从备份恢复该文件，并核查改动的原因")
            }
            Self::Keys(_) => ("密钥不可用，本次操作未生效", "请系统管理员核对密钥文件或者密钥服务"),
            Self::Closed => ("服务正在停止，本次操作未生效", "稍后重试"),
        };
        Told {
            code: self.code().to_owned(),
            message: message.to_owned(),
            next: next.to_owned(),
            guards: if let Self::Refused(guards) = self { guards.clone() } else { Vec::new() },
            version: if let Self::Conflict { version, .. } = self { Some(*version) } else { None },
            field: if let Self::Invalid { field, .. } = self { Some(field.clone()) } else { None },
        }
    }
}
