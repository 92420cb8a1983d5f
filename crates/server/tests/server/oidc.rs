//! Sign-in at a real OpenID provider: who comes in by its word, and every way in which nobody does.

use crate::{
    client::{Client, Reply, raw, raw_over_tls},
    setup::{PASSWORD, Server, hand_clock, on_both, on_both_by, on_sqlite},
    sign_in::code,
};
use mingcha_casework::signin::TotpSecret;
use mingcha_server::{Config, OidcConfig, VouchedFactor};
use mingcha_testbed::provider::{Provider, SECRET};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer};
use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};
use url::Url;

const WAY: &str = "/api/v1/session/oidc";

/// A port that is free now, since the provider must know beforehand where it sends people back to.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port()
}

fn redirect(port: u16) -> String {
    format!("http://127.0.0.1:{port}{WAY}/callback")
}

/// Lets people in by the provider, on the port that it knows.
fn by(config: &mut Config, port: u16, issuer: &str) {
    config.listen.set_port(port);
    (config.rates.sign_in.per_second, config.rates.sign_in.burst) = (1e6, 1e6);
    config.oidc = Some(OidcConfig {
        issuer: issuer.to_owned(),
        client_id: "mingcha".to_owned(),
        client_secret: SECRET.to_owned().into(),
        address: Url::parse(&format!("http://127.0.0.1:{port}")).expect("an address"),
        claim: "work_number".to_owned(),
        scope: "openid".to_owned(),
        title: "统一身份认证".to_owned(),
        second_factor: VouchedFactor::Own,
        ca: None,
    });
}

/// A browser: it follows where it is sent, and keeps the cookies of each place. It trusts who shows a certificate by its roots.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<u16, BTreeMap<String, String>>,
    roots: Option<RootCertStore>,
}

impl Browser {
    fn get(&mut self, url: &Url) -> Reply {
        self.send("GET", url, "")
    }

    fn send(&mut self, method: &str, url: &Url, body: &str) -> Reply {
        let port = url.port().expect("a port");
        let jar = self.cookies.entry(port).or_default();
        let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let target = &url[url::Position::BeforePath..];
        let text = format!(
            "{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            body.len()
        );
        let address = ([127, 0, 0, 1], port).into();
        let reply = match (url.scheme(), &self.roots) {
            ("https", Some(roots)) => raw_over_tls(address, "127.0.0.1", roots.clone(), text.as_bytes())
                .expect("a certificate that the browser trusts"),
            _ => raw(address, text.as_bytes()),
        };
        for (_, set) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) =
                set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match value {
                "" => drop(jar.remove(name)),
                value => drop(jar.insert(name.to_owned(), value.to_owned())),
            }
        }
        reply
    }

    /// Follows redirections until one leads to a place of that name, which is not called.
    fn to(&mut self, mut url: Url, place: &str) -> Url {
        for _ in 0..10 {
            if url.path().starts_with(place) {
                return url;
            }
            let reply = self.get(&url);
            let location = reply.header("location").unwrap_or_else(|| panic!("{url}: {reply:?}"));
            url = url.join(location).expect("an address");
        }
        panic!("no way to {place}");
    }

    /// Signs in at the provider, and stands before the callback with what it gave.
    fn signed_in_there(&mut self, server: &Server, says: &str) -> Url {
        let there = self.to(at(server, WAY), "/interaction/");
        let said = there.join(&format!("{}/login?{says}", there.path())).expect("an address");
        self.to(said, &format!("{WAY}/callback"))
    }

    /// Signs in at the provider and comes back; returns where the server sends it.
    fn through(&mut self, server: &Server, says: &str) -> String {
        let back = self.signed_in_there(server, says);
        let reply = self.get(&back);
        assert_eq!(reply.status, 303, "{reply:?}");
        reply.header("location").expect("a place").to_owned()
    }

    /// The session, as the server knows it.
    fn me(&mut self, server: &Server) -> Value {
        self.get(&at(server, "/api/v1/session")).json()
    }
}

fn at(server: &Server, path: &str) -> Url {
    Url::parse(&format!("http://{}{path}", server.running.address)).expect("an address")
}

/// Why sign-ins were recorded, in their order, from a number on.
async fn reasons(server: &Server, outcome: &str) -> Vec<String> {
    let entries = server.running.app.store.trail_after(0).await.expect("the trail");
    let wanted = entries.into_iter().map(|entry| entry.record).filter(|record| record.act == "sign_in");
    wanted
        .filter(|record| record.outcome.name() == outcome && record.why.contains("oidc"))
        .map(|record| record.why)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_the_provider_vouches_for_comes_in_and_nobody_is_made_by_it() {
    let port = free_port();
    let provider = Provider::start(&redirect(port), "RS256");
    on_both(
        |config| by(config, port, &provider.issuer),
        async |server| {
            drop(server.employed("li", 1, "handler").await);
            let ways = server.nobody().get("/api/v1/session/ways");
            assert_eq!(ways.json(), json!({ "provider": "统一身份认证" }));

            let mut browser = Browser::default();
            assert_eq!(browser.through(server, "as=li"), "/");
            let me = browser.me(server);
            assert_eq!(
                (&me["account"], &me["second_factor"], &me["role"]),
                (&json!("li"), &json!(false), &json!("handler"))
            );
            assert_eq!(
                browser.get(&at(server, "/api/v1/matters?machine=clue")).status,
                200,
                "as after a password"
            );
            assert_eq!(browser.cookies[&port].len(), 1, "the session alone is left");

            let accounts = server.running.app.store.count_accounts().await.expect("counted");
            assert_eq!(Browser::default().through(server, "as=somebody"), "/?oidc=refused");
            assert_eq!(Browser::default().through(server, "as=L%20I"), "/?oidc=refused");
            assert_eq!(server.running.app.store.count_accounts().await.expect("counted"), accounts);

            let mut security = server.signed_in("security").await;
            let version = security.get("/api/v1/accounts/li").json()["version"].clone();
            let disabled =
                security.post("/api/v1/accounts/li/disable", &json!({ "version": version, "why": "离职" }));
            assert_eq!(disabled.status, 200);
            let mut refused = Browser::default();
            assert_eq!(refused.through(server, "as=li"), "/?oidc=refused");
            assert_eq!(refused.me(server)["code"], "signed_out");
            assert_eq!(browser.me(server)["code"], "signed_out", "nor is the session from before any more");
            assert_eq!(reasons(server, "done").await, ["oidc"]);
            assert_eq!(reasons(server, "refused").await, ["oidc:no_account", "oidc:claim", "oidc:closed"]);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_once_in_the_browser_that_asked_and_from_the_provider_alone() {
    let port = free_port();
    let provider = Provider::start(&redirect(port), "ES256");
    on_sqlite(
        |config| by(config, port, &provider.issuer),
        async |server| {
            drop(server.employed("li", 1, "handler").await);
            let refused = |browser: &mut Browser, url: &Url| {
                let reply = browser.get(url);
                assert_eq!(reply.header("location"), Some("/?oidc=refused"), "{reply:?}");
                assert_eq!(browser.me(server)["code"], "signed_out");
            };
            // Somebody is given a link that another's sign-in ended with.
            let mut thief = Browser::default();
            let back = thief.signed_in_there(server, "as=li");
            refused(&mut Browser::default(), &back);
            let mut victim = Browser::default();
            victim.get(&at(server, WAY));
            refused(&mut victim, &back);
            // The code of one's own sign-in under the state of another's.
            let mut other = Browser::default();
            let mut mixed = other.signed_in_there(server, "as=li");
            let code = back.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
            let pairs: Vec<_> =
                mixed.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
            mixed.query_pairs_mut().clear().extend_pairs(pairs.iter().map(
                |(name, value)| match name.as_str() {
                    "code" => ("code", code.as_str()),
                    name => (name, value.as_str()),
                },
            ));
            refused(&mut other, &mixed);
            // The same answer a second time, though the browser kept what it asked with.
            let mut again = Browser::default();
            let back = again.signed_in_there(server, "as=li");
            let kept = again.cookies.clone();
            assert_eq!(again.get(&back).header("location"), Some("/"));
            let mut replay = Browser { cookies: kept, roots: None };
            refused(&mut replay, &back);
            refused(&mut replay, &back);
            // An answer of another provider, none at all, and a refusal of the person's own.
            for (name, value, without) in
                [("iss", "https://sso.example.cn", "iss"), ("x", "1", "iss"), ("x", "1", "code")]
            {
                let mut browser = Browser::default();
                let mut back = browser.signed_in_there(server, "as=li");
                let pairs: Vec<_> =
                    back.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
                back.query_pairs_mut()
                    .clear()
                    .extend_pairs(pairs.iter().filter(|(name, _)| name != without))
                    .append_pair(name, value);
                refused(&mut browser, &back);
            }
            assert_eq!(Browser::default().through(server, "as="), "/?oidc=refused");
            assert_eq!(
                reasons(server, "refused").await,
                ["attempt", "state", "code", "code", "attempt", "issuer", "issuer", "declined", "declined"]
                    .map(|why| format!("oidc:{why}"))
            );
            assert_eq!(reasons(server, "done").await, ["oidc"]);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_providers_second_factor_counts_where_the_site_says_so_and_only_if_it_was_shown() {
    let port = free_port();
    let provider = Provider::start_on(0, &redirect(port), "PS256", "client_secret_post");
    on_sqlite(
        |config| {
            by(config, port, &provider.issuer);
            let (methods, levels) = (vec!["otp".to_owned()], vec!["loa3".to_owned()]);
            config.oidc.as_mut().expect("set").second_factor = VouchedFactor::Provider { methods, levels };
        },
        async |server| {
            for says in ["as=auditor", "as=auditor&amr=pwd", "as=auditor&amr=pwd&acr=loa1"] {
                let mut browser = Browser::default();
                assert_eq!(browser.through(server, says), "/?oidc=second-factor", "{says}");
                assert_eq!(browser.me(server)["code"], "signed_out");
            }
            assert_eq!(reasons(server, "refused").await, ["oidc:second_factor"; 3]);
            for says in ["as=auditor&amr=pwd,otp", "as=auditor&acr=loa3"] {
                let mut browser = Browser::default();
                assert_eq!(browser.through(server, says), "/", "{says}");
                assert_eq!(browser.me(server)["second_factor"], true);
                assert_eq!(browser.get(&at(server, "/api/v1/trail")).status, 200);
            }
            drop(server.employed("li", 1, "handler").await);
            assert_eq!(Browser::default().through(server, "as=li"), "/", "who needs none comes in without");
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accounts_own_code_is_asked_after_the_provider_as_after_a_password() {
    let port = free_port();
    let provider = Provider::start(&redirect(port), "RS256");
    on_both(
        |config| by(config, port, &provider.issuer),
        async |server| {
            let mut li = server.employed("li", 1, "handler").await;
            let secret = second_factor(server, &mut li).await;
            let confirm = at(server, WAY);
            let said = |code: &str| json!({ "code": code }).to_string();
            let mut browser = Browser::default();
            // Nobody waits for a code yet.
            let early = browser.send("POST", &confirm, &said("000000"));
            assert_eq!((early.status, early.code().as_str()), (401, "sign_in_refused"));
            assert_eq!(browser.through(server, "as=li"), "/?oidc=code");
            assert_eq!(browser.me(server)["code"], "signed_out", "the provider alone opens nothing");
            let now = server.running.app.store.now();
            let right = code(now, &secret);
            let wrong = if right == "000000" { "111111" } else { "000000" };
            assert_eq!(browser.send("POST", &confirm, &said(wrong)).code(), "wrong_code");
            // What waits is for this account alone.
            let waiting = browser.cookies[&port]["mingcha-door"].clone();
            let mut forged = Browser::default();
            let other = waiting.replace(".li", ".auditor");
            assert_ne!(waiting, other);
            forged.cookies.insert(port, BTreeMap::from([("mingcha-door".to_owned(), other)]));
            assert_eq!(forged.send("POST", &confirm, &said(&right)).code(), "sign_in_refused");
            let entered = browser.send("POST", &confirm, &said(&right));
            assert_eq!(
                (entered.status, &entered.json()["second_factor"]),
                (200, &json!(true)),
                "{entered:?}"
            );
            assert_eq!(browser.me(server)["account"], "li");
            let mut replay = Browser::default();
            replay.cookies.insert(port, BTreeMap::from([("mingcha-door".to_owned(), waiting)]));
            assert_eq!(replay.send("POST", &confirm, &said(&right)).code(), "code_used");
        },
    )
    .await;
}

/// Sets a second factor up whose step lies in the past, so that the code of now still counts.
async fn second_factor(server: &Server, client: &mut Client) -> TotpSecret {
    let pending = client.post("/api/v1/session/second-factor", &Value::Null).json();
    let secret = TotpSecret::parse(pending["secret"].as_str().expect("a secret")).expect("base32");
    let app = &server.running.app;
    let sealed = app.desk.seal(None, "li", &secret).expect("sealed");
    let who = mingcha_casework::trail::Who {
        account: "li".into(),
        organisation: String::new(),
        role: String::new(),
    };
    let context = mingcha_casework::store::Context::new(who, "test");
    app.store.set_second_factor(context, sealed, 1, String::new()).await.expect("set");
    secret
}

#[tokio::test(flavor = "multi_thread")]
async fn every_accepted_signature_and_new_keys_of_the_provider_are_followed() {
    let port = free_port();
    let first = Provider::start(&redirect(port), "RS256");
    let at = first.port();
    let running = Mutex::new(Some(first));
    on_sqlite(
        |config| by(config, port, &format!("http://127.0.0.1:{at}")),
        async |server| {
            drop(server.employed("li", 1, "handler").await);
            assert_eq!(Browser::default().through(server, "as=li"), "/");
            for alg in ["RS256", "PS256", "ES256", "EdDSA"] {
                drop(running.lock().expect("one thread").take());
                let next = Provider::start_on(at, &redirect(port), alg, "client_secret_basic");
                running.lock().expect("one thread").replace(next);
                assert_eq!(Browser::default().through(server, "as=li"), "/", "{alg}: its keys are new");
            }
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_long_ago_an_attempt_too_old_and_a_provider_that_is_gone_let_nobody_in() {
    let port = free_port();
    let provider = Provider::start(&redirect(port), "RS256");
    let since = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
    let instant = Arc::new(AtomicI64::new(i64::try_from(since).expect("soon") + 8 * 3600));
    let (issuer, at) = (provider.issuer.clone(), provider.port());
    let provider = Mutex::new(Some(provider));
    on_both_by(
        hand_clock(&instant),
        |config| by(config, port, &issuer),
        async |server| {
            let running = match provider.lock().expect("one thread").take() {
                Some(running) => running,
                None => Provider::start_on(at, &redirect(port), "RS256", "client_secret_basic"),
            };
            drop(server.employed("li", 1, "handler").await);
            let mut browser = Browser::default();
            let back = browser.signed_in_there(server, "as=li");
            // A token counts for a minute, and clocks may differ by another.
            instant.fetch_add(180, Ordering::Relaxed);
            assert_eq!(browser.get(&back).header("location"), Some("/?oidc=refused"));
            instant.fetch_sub(180, Ordering::Relaxed);
            let mut early = Browser::default();
            let back = early.signed_in_there(server, "as=li");
            instant.fetch_sub(120, Ordering::Relaxed);
            assert_eq!(early.get(&back).header("location"), Some("/?oidc=refused"));
            instant.fetch_add(120, Ordering::Relaxed);
            let mut slow = Browser::default();
            let back = slow.signed_in_there(server, "as=li");
            instant.fetch_add(600, Ordering::Relaxed);
            assert_eq!(slow.get(&back).header("location"), Some("/?oidc=refused"));
            instant.fetch_sub(600, Ordering::Relaxed);
            let mut late = Browser::default();
            let back = late.signed_in_there(server, "as=li");
            drop(running);
            assert_eq!(late.get(&back).header("location"), Some("/?oidc=unavailable"));
            let whys =
                ["token_expired", "token_future", "attempt", "provider"].map(|why| format!("oidc:{why}"));
            assert_eq!(reasons(server, "refused").await, whys);
            assert!(reasons(server, "done").await.is_empty());
        },
    )
    .await;
}

/// An authority, and a certificate that it gives to this machine with its key, as files.
fn authority(folder: &Path, name: &str) -> [PathBuf; 3] {
    let key = rcgen::KeyPair::generate().expect("a key");
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let root = params.self_signed(&key).expect("an authority");
    let own_key = rcgen::KeyPair::generate().expect("a key");
    let own = CertificateParams::new(["127.0.0.1".to_owned()]).expect("names");
    let own = own.signed_by(&own_key, &Issuer::new(params, key)).expect("a certificate");
    let files = ["ca", "certificate", "key"].map(|file| folder.join(format!("{name}-{file}.pem")));
    for (file, text) in files.iter().zip([root.pem(), own.pem(), own_key.serialize_pem()]) {
        fs::write(file, text).expect("written");
    }
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_over_tls_is_held_against_the_authority_that_the_site_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let [ca, certificate, key] = authority(folder.path(), "own");
    let [foreign, ..] = authority(folder.path(), "foreign");
    let port = free_port();
    let provider = Provider::start_over_tls(&redirect(port), "RS256", &certificate, &key);
    assert!(provider.issuer.starts_with("https://"));
    // Named, another's, and none but the system's.
    for (named, comes_in) in [(Some(&ca), true), (Some(&foreign), false), (None, false)] {
        on_sqlite(
            |config| {
                by(config, port, &provider.issuer);
                config.oidc.as_mut().expect("a provider").ca = named.cloned();
            },
            async |server| {
                drop(server.employed("li", 1, "handler").await);
                let mut roots = RootCertStore::empty();
                roots.add(CertificateDer::from_pem_file(&ca).expect("PEM")).expect("a root");
                let mut browser = Browser { roots: Some(roots), ..Browser::default() };
                if comes_in {
                    assert_eq!(browser.through(server, "as=li"), "/");
                    assert_eq!(browser.me(server)["account"], "li");
                } else {
                    assert_eq!(browser.get(&at(server, WAY)).header("location"), Some("/?oidc=unavailable"));
                    assert_eq!(browser.me(server)["code"], "signed_out");
                }
            },
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_provider_there_is_no_such_way_in() {
    on_sqlite(
        |_| (),
        async |server| {
            let mut nobody = server.nobody();
            assert_eq!(nobody.get("/api/v1/session/ways").json(), json!({ "provider": null }));
            assert_eq!(nobody.get(WAY).code(), "no_route");
            assert_eq!(nobody.get(&format!("{WAY}/callback?code=1&state=2")).code(), "no_route");
            assert_eq!(nobody.post(WAY, &json!({ "code": "000000" })).code(), "no_route");
            assert_eq!(crate::sign_in::sign_in(&mut nobody, "auditor", PASSWORD, None).status, 200);
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_not_there_keeps_nobody_from_signing_in_by_password() {
    let port = free_port();
    on_sqlite(
        |config| by(config, port, &format!("http://127.0.0.1:{}", free_port())),
        async |server| {
            let reply = server.nobody().get(WAY);
            assert_eq!((reply.status, reply.header("location")), (303, Some("/?oidc=unavailable")));
            let mut nobody = server.nobody();
            assert_eq!(crate::sign_in::sign_in(&mut nobody, "auditor", PASSWORD, None).status, 200);
        },
    )
    .await;
}
