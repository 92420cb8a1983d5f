//! The workbench: one page for all its paths, with a nonce for its styles, and assets whose names change with their content.

use crate::failure::Failure;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};

/// What was built: paths and bytes. Empty where the workbench was not built before the server.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/web.rs"));

/// Where the page wants its nonce.
const NONCE: &str = "__NONCE__";

/// What stands instead of a workbench that was not built.
const UNBUILT: &str = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>明察</title></head><body>\
    <p>本程序没有带上工作台：先运行 cargo xtask web build，再重新编译。接口照常可用。</p></body></html>";

/// Answers what no route of the API answers: an asset, the page for its own paths, or that there is no such path.
pub async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::no_route().into_response();
    }
    asset(request.uri(), request.headers())
        .or_else(|| is_page(request.uri()).then(page))
        .unwrap_or_else(|| Failure::no_route().into_response())
}

fn file(path: &str) -> Option<&'static [u8]> {
    FILES
        .binary_search_by(|(known, _)| (*known).cmp(path))
        .ok()
        .and_then(|at| FILES.get(at))
        .map(|(_, bytes)| *bytes)
}

/// A built file whose name carries the digest of its content, so that it may be kept for ever.
fn asset(uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let path = uri.path();
    if !path.starts_with("/assets/") {
        return None;
    }
    let kind = match path.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => return None,
    };
    let plain = file(path)?;
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
    ];
    let packs = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|name| name.trim().eq_ignore_ascii_case("gzip"));
    Some(match file(&format!("{path}.gz")).filter(|_| packs) {
        Some(packed) => (head, [(header::CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => (head, plain).into_response(),
    })
}

/// Whether a path may be one of the page's own: plain names outside of the API.
fn is_page(uri: &Uri) -> bool {
    let path = uri.path();
    !path.starts_with("/api/")
        && !path.starts_with("/assets/")
        && !path.contains("//")
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'))
}

/// The page. Styles that its components write at run time carry a nonce that is new each time; scripts are files alone.
fn page() -> Response {
    let Some(text) = file("/index.html").and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
        return (StatusCode::NOT_FOUND, Html(UNBUILT)).into_response();
    };
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return Failure::bug().into_response();
    }
    let nonce = mingcha_model::cert::hex(&bytes);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(text.replace(NONCE, &nonce))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_outside_of_the_api_are_the_page() {
        let page = |path: &'static str| is_page(&Uri::from_static(path));
        assert!(page("/") && page("/clues/c0a-1") && page("/self-checks?due=late"));
        assert!(!page("/api/v1/nowhere") && !page("/assets/gone.js") && !page("/%2e%2e/etc/passwd"));
        assert!(!page("/favicon.ico") && !page("/a//b") && !page("/../x"));
    }

    #[test]
    fn built_files_are_found_by_their_order() {
        assert!(FILES.windows(2).all(|two| two[0].0 < two[1].0), "binary search needs them sorted");
    }
}
