//! What requests carry: bodies, query parameters and ids of paths, each refused in the one shape of errors with the field named.

use crate::failure::Failure;
use axum::{
    body,
    extract::{FromRequest, FromRequestParts, RawPathParams, Request},
    http::{StatusCode, header, request::Parts},
};
use mingcha_casework::id::ObjectId;
use serde::de::DeserializeOwned;

/// A JSON body, read whole.
pub struct Body<T> {
    /// What it says.
    pub value: T,
    /// SM3 of its bytes, which tells a repeated request from another one under the same key.
    pub digest: String,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_kind(&request, "application/json") {
            return Err(Failure::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media_type",
                "请求体须为 JSON",
                "将 Content-Type 设为 application/json",
            ));
        }
        let bytes = whole(request, state).await?;
        let value = parse(&bytes)?;
        Ok(Self { value, digest: mingcha_model::cert::sm3_hex(&bytes) })
    }
}

/// The bytes of a body, within the bound that the router sets.
async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<body::Bytes, Failure> {
    body::Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "请求体超过大小上限", "拆分后分次提交")
        }
        _ => Failure::new(StatusCode::BAD_REQUEST, "body", "请求体未能读完", "检查网络后重新提交"),
    })
}

/// A body of plain bytes, such as a piece of a file.
pub struct Bytes(pub body::Bytes);

impl<S: Send + Sync> FromRequest<S> for Bytes {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_kind(&request, "application/octet-stream") {
            return Err(Failure::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media_type",
                "请求体须为文件内容",
                "将 Content-Type 设为 application/octet-stream",
            ));
        }
        Ok(Self(whole(request, state).await?))
    }
}

/// A table as text.
pub struct Csv {
    /// What it says.
    pub text: String,
    /// SM3 of its bytes, which tells a repeated request from another one under the same key.
    pub digest: String,
}

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_kind(&request, "text/csv") {
            return Err(Failure::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "media_type",
                "请求体须为 CSV",
                "将 Content-Type 设为 text/csv，文字为 UTF-8",
            ));
        }
        let bytes = whole(request, state).await?;
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            Failure::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "CSV 不是 UTF-8 文字",
                "另存为 UTF-8 后重新提交",
            )
        })?;
        Ok(Self { text: text.to_owned(), digest: mingcha_model::cert::sm3_hex(&bytes) })
    }
}

fn is_kind(request: &Request, wanted: &str) -> bool {
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if error.is_data() {
            field(&path, &error.to_string())
        } else {
            Failure::new(StatusCode::BAD_REQUEST, "json", "请求体不是完整的 JSON", "更正后重新提交")
        }
    })?;
    source.end().map_err(|_| {
        Failure::new(StatusCode::BAD_REQUEST, "json", "JSON 之后还有多余内容", "更正后重新提交")
    })?;
    Ok(value)
}

/// A field that is missing, unknown or of the wrong kind. The parser's own words quote values, so only names are taken from them.
fn field(path: &str, said: &str) -> Failure {
    let named = |beginning: &str| said.strip_prefix(beginning)?.split('`').next();
    let inside = |name: &str| if path == "." { name.to_owned() } else { format!("{path}.{name}") };
    let (message, path) = if let Some(name) = named("missing field `") {
        ("缺少该字段", inside(name))
    } else if named("unknown field `").is_some() {
        ("没有该字段", path.to_owned())
    } else {
        ("该字段的值不符合要求", path.to_owned())
    };
    Failure::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid",
        message,
        "更正该字段后重新提交，格式见 /openapi.json",
    )
    .at(path)
}

/// Query parameters.
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let pairs = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let source = serde::de::value::MapDeserializer::new(
            pairs.map(|(name, value)| (name.into_owned(), Text(value.into_owned()))),
        );
        serde_path_to_error::deserialize(source).map(Self).map_err(|error| {
            let path = error.path().to_string();
            field(&path, &error.into_inner().to_string())
        })
    }
}

/// A parameter's text, which is a number where one is wanted.
struct Text(String);

impl serde::de::IntoDeserializer<'_, serde::de::value::Error> for Text {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident,)*) => {$(
        fn $method<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(serde::de::Error::custom("no number, or not true or false")),
            }
        }
    )*};
}

impl<'de> serde::Deserializer<'de> for Text {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.0.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        serde::Deserializer::deserialize_enum(
            serde::de::IntoDeserializer::<Self::Error>::into_deserializer(self.0),
            name,
            variants,
            visitor,
        )
    }

    numbers! {
        deserialize_bool visit_bool, deserialize_i64 visit_i64, deserialize_u64 visit_u64, deserialize_i32 visit_i32, deserialize_u32 visit_u32,
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}

/// The ids of a path, in its order. Nothing is decoded, so that no other spelling of a path means an object.
pub struct Ids<const N: usize>(pub [ObjectId; N]);

impl<S: Send + Sync, const N: usize> FromRequestParts<S> for Ids<N> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let missing = || {
            Failure::new(StatusCode::NOT_FOUND, "not_found", "没有该对象，或者无权查看", "从列表中重新选择")
        };
        // What axum calls raw is decoded all the same, so the path itself is looked at.
        if parts.uri.path().contains('%') {
            return Err(missing());
        }
        let raw = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let mut ids = Vec::with_capacity(N);
        for (_, text) in &raw {
            ids.push(ObjectId::parse(text).map_err(|_| missing())?);
        }
        ids.try_into().map(Self).map_err(|_| missing())
    }
}

/// The one id of a path.
pub struct Id(pub ObjectId);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Ids([id]) = Ids::from_request_parts(parts, state).await?;
        Ok(Self(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        amount: i64,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        lines: Vec<Inner>,
    }

    fn refusal(text: &str) -> (String, Option<String>) {
        let failure = parse::<Outer>(text.as_bytes()).expect_err("refused");
        (failure.code().to_owned(), failure.field().map(str::to_owned))
    }

    #[test]
    fn a_bad_body_names_the_path_of_the_field_and_never_its_value() {
        let at = |path: &str| ("invalid".to_owned(), Some(path.to_owned()));
        assert_eq!(refusal(r#"{"lines":[{"amount":1},{"amount":"秘密"}]}"#), at("lines[1].amount"));
        assert_eq!(refusal(r#"{"lines":[{}]}"#), at("lines[0].amount"));
        assert_eq!(refusal("{}"), at("lines"));
        assert_eq!(refusal(r#"{"lines":[],"more":1}"#), at("more"));
        assert_eq!(refusal(r#"{"lines":["#), ("json".to_owned(), None));
        assert_eq!(refusal(r#"{"lines":[]} x"#), ("json".to_owned(), None));
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Order {
        Newest,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Query {
        #[serde(default)]
        limit: Option<u32>,
        #[serde(default)]
        open: bool,
        order: Option<Order>,
        title: Option<String>,
    }

    #[tokio::test]
    async fn parameters_are_typed_and_an_unknown_one_is_refused() {
        let read = async |query: &str| {
            let request = axum::http::Request::get(format!("/x?{query}")).body(()).expect("a request");
            Parameters::<Query>::from_request_parts(&mut request.into_parts().0, &())
                .await
                .map(|parameters| parameters.0)
        };
        let all = read("limit=5&open=true&order=newest&title=%E6%98%8E+1").await.expect("read");
        assert_eq!(
            all,
            Query { limit: Some(5), open: true, order: Some(Order::Newest), title: Some("明 1".into()) }
        );
        assert_eq!(read("limit=&title=5").await.expect("read").title.as_deref(), Some("5"));
        for (query, field) in
            [("limit=x", "limit"), ("limit=-1", "limit"), ("order=up", "order"), ("mit=3", "mit")]
        {
            assert_eq!(read(query).await.expect_err("refused").field(), Some(field), "{query}");
        }
    }
}
