//! The cookies: of a session, and of somebody at the door.

use axum::http::{HeaderMap, HeaderValue, header};
use mingcha_casework::signin::SessionToken;

/// The cookie that holds a session's token.
pub struct Cookie;

/// The cookie of somebody who signs in at the provider. It goes along when the provider sends them back, which a session's must not.
pub struct DoorCookie;

impl DoorCookie {
    /// What it says in a request.
    pub fn read(headers: &HeaderMap, tls: bool) -> Option<String> {
        only(headers, &format!("{}-door", name(tls))).map(str::to_owned)
    }

    /// Hands it over; `text` holds letters, digits, dots, dashes and underscores.
    pub fn set(text: &str, tls: bool) -> HeaderValue {
        let age = crate::oidc::PATIENCE;
        let mut value = written(&format!(
            "{}-door={text}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{}",
            name(tls),
            secure(tls)
        ));
        value.set_sensitive(true);
        value
    }

    /// Takes it back.
    pub fn unset(tls: bool) -> HeaderValue {
        written(&format!("{}-door=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", name(tls), secure(tls)))
    }
}

/// The value of a cookie. Two of one name are nobody's: one was put beside the other.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut found = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value);
    let (first, second) = (found.next()?, found.next());
    second.is_none().then_some(first)
}

impl Cookie {
    /// The token of a request.
    pub fn token(headers: &HeaderMap, tls: bool) -> Option<SessionToken> {
        only(headers, name(tls)).and_then(SessionToken::parse)
    }

    /// Hands a token over.
    pub fn set(token: &SessionToken, tls: bool) -> HeaderValue {
        let text =
            format!("{}={}; Path=/; HttpOnly; SameSite=Strict{}", name(tls), *token.cookie(), secure(tls));
        let mut value = written(&text);
        value.set_sensitive(true);
        value
    }

    /// Takes it back.
    pub fn unset(tls: bool) -> HeaderValue {
        written(&format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{}", name(tls), secure(tls)))
    }
}

/// Browsers take a name with `__Host-` only from the host itself and only over TLS.
fn name(tls: bool) -> &'static str {
    if tls { "__Host-mingcha" } else { "mingcha" }
}

fn secure(tls: bool) -> &'static str {
    if tls { "; Secure" } else { "" }
}

fn written(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("hexadecimal digits and names are plain")
}

/// Whether two texts are the same, in a time that does not depend on where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).expect("plain"));
        }
        headers
    }

    #[test]
    fn a_token_is_read_from_its_own_cookie_alone() {
        let token = "a".repeat(64);
        let one = format!("other=1; mingcha={token}; more=2");
        let read =
            |lines: &[&str], tls| Cookie::token(&headers(lines), tls).map(|token| token.cookie().to_string());
        assert_eq!(read(&[&one], false), Some(token));
        assert_eq!(read(&[&one], true), None, "under TLS only the name that browsers guard");
        assert_eq!(read(&[&one, &one], false), None, "two");
        assert_eq!(read(&["mingcha=short"], false), None);
        assert_eq!(read(&[], false), None);
        let set = Cookie::set(&SessionToken::random().expect("random"), true);
        let set = set.to_str().expect("plain");
        assert!(
            set.starts_with("__Host-mingcha=")
                && set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Secure")
        );
    }

    #[test]
    fn sameness_is_of_the_whole() {
        assert!(same("abc", "abc") && !same("abc", "abx") && !same("abc", "ab") && !same("", "a"));
    }
}
