//! What surrounds every request: an id, the rate of its address, a time limit, a net for panics, headers, one log line, the counters.

use crate::{App, failure::Failure};
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures::FutureExt as _;
use std::{
    net::{IpAddr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Instant,
};

/// Where a request comes from: the connection's address, or what a known proxy says of it.
#[derive(Clone, Copy, Debug)]
pub struct From(pub IpAddr);

/// The account of a request, put in once it is known, for the log.
#[derive(Clone, Debug, Default)]
pub struct Account(pub Arc<OnceLock<String>>);

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware.
pub async fn around(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    app.metrics.begin();
    let id = request_id();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    let from = from(&request, &app.config.proxies);
    let account = Account::default();
    request.extensions_mut().insert(From(from));
    request.extensions_mut().insert(account.clone());

    let mut response = match app.rates.address.take(&from.to_string(), begun) {
        Err(wait) => Failure::too_many(wait).into_response(),
        Ok(()) => inside(&app, request, next).await,
    };
    head(response.headers_mut(), app.config.tls.is_some());
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), id);
    }
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    let name = if known(&method) { method.as_str() } else { "other" };
    app.metrics.end(&route, name, status, took);
    let account = account.0.get().map_or("", String::as_str);
    tracing::info!(request = %id, route, method = name, status, micros = took.as_micros() as u64, account, "answered");
    response
}

async fn inside(app: &App, request: Request, next: Next) -> Response {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(app.config.timeout, answer).await {
        Ok(Ok(response)) => response,
        // The panic's own words went through the hook; a client learns nothing of them.
        Ok(Err(_)) => Failure::bug().into_response(),
        Err(_) => Failure::slow().into_response(),
    }
}

/// Methods are the client's own words; only these few may become labels.
fn known(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS]
        .contains(method)
}

fn from(request: &Request, proxies: &[IpAddr]) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip());
    if !proxies.contains(&peer) {
        return peer;
    }
    // The last one is what the proxy itself saw; what stands before it anybody can write.
    let last =
        request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    last.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

fn head(headers: &mut HeaderMap, tls: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    if tls {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

fn request_id() -> String {
    let mut bytes = [0; 8];
    // Without randomness requests share an id in the log; nothing else depends on it.
    let _ = getrandom::fill(&mut bytes);
    mingcha_model::cert::hex(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, serve};
    use axum::{Router, middleware, routing::get};
    use std::{
        io::{Read as _, Write as _},
        net::TcpStream,
        time::Duration,
    };
    use tokio::net::TcpListener;

    async fn panics() -> &'static str {
        panic!("a secret of the row that it stumbled over")
    }

    async fn sleeps() -> &'static str {
        tokio::time::sleep(Duration::from_mins(1)).await;
        "late"
    }

    /// What a route answers that does what none of ours may.
    async fn answered(change: impl FnOnce(&mut Config)) -> [(u16, String); 2] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::in_folder(folder.path());
        config.listen.set_port(0);
        config.cost = mingcha_casework::signin::Cost { memory: 64, passes: 1 };
        change(&mut config);
        let running = serve::start(config).await.expect("it starts");
        let routes = Router::new()
            .route("/panics", get(panics))
            .route("/sleeps", get(sleeps))
            .layer(middleware::from_fn_with_state(Arc::clone(&running.app), around))
            .into_make_service_with_connect_info::<SocketAddr>();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        let ask = |path: &'static str| {
            tokio::task::spawn_blocking(move || {
                let mut stream = TcpStream::connect(address).expect("it listens");
                let head = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                stream.write_all(head.as_bytes()).expect("sent");
                let mut answer = String::new();
                stream.read_to_string(&mut answer).expect("read");
                let status =
                    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
                (status, answer)
            })
        };
        let answers = [ask("/panics").await.expect("asked"), ask("/sleeps").await.expect("asked")];
        serving.abort();
        drop(serving.await);
        let text = running.app.metrics.text(&crate::metrics::Gauges { waiting: 0, stored: None });
        assert!(text.contains("mingcha_requests_under_way 0\n"), "{text}");
        running.stop().await.expect("it stops");
        answers
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_and_a_request_without_end_are_answered_in_the_one_shape() {
        let [panicked, slow] = answered(|config| config.timeout = Duration::from_millis(200)).await;
        for ((status, answer), wanted, code) in [(panicked, 500, "bug"), (slow, 504, "timeout")] {
            assert_eq!(status, wanted, "{answer}");
            for part in
                [&format!("\"code\":\"{code}\"") as &str, "\"message\":\"", "\"next\":\"", "x-request-id: "]
            {
                assert!(answer.contains(part), "`{part}` in {answer}");
            }
            assert!(!answer.contains("secret"), "{answer}");
        }
    }
}
