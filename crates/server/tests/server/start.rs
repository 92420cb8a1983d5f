//! What a server refuses to start with, TLS, and how it stops.

use crate::{
    client::{parse, raw_over_tls},
    setup::{config, on_sqlite},
};
use mingcha_server::{StartError, Tls, start};
use rustls::RootCertStore;
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
};

/// A certificate for `localhost` and its key, as files.
fn certificate(folder: &Path) -> (Tls, rcgen::CertifiedKey<rcgen::KeyPair>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let tls = Tls { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
    fs::write(&tls.certificate, made.cert.pem()).expect("written");
    fs::write(&tls.key, made.signing_key.serialize_pem()).expect("written");
    (tls, made)
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_this_machine_it_needs_tls_and_somebody_who_can_sign_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(&folder);
    config.listen = "0.0.0.0:0".parse().expect("an address");
    assert!(matches!(start(config.clone()).await, Err(StartError::NoTls(_))));
    let (tls, _) = certificate(folder.path());
    config.tls = Some(tls.clone());
    assert!(matches!(start(config.clone()).await, Err(StartError::NoAccounts(_))));
    config.tls = Some(Tls { certificate: tls.key.clone(), key: tls.key });
    assert!(matches!(start(config).await, Err(StartError::Tls(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let folder = tempfile::tempdir().expect("a folder");
    let (tls, made) = certificate(folder.path());
    on_sqlite(
        move |config| config.tls = Some(tls.clone()),
        async |server| {
            let mut roots = RootCertStore::empty();
            roots.add(made.cert.der().clone()).expect("a root");
            let body = format!(r#"{{"account":"auditor","password":"{}"}}"#, crate::setup::PASSWORD);
            let head = "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json";
            let request = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            let address = server.running.address;
            let reply = raw_over_tls(address, "localhost", roots, request.as_bytes()).expect("its certificate");
            assert_eq!(reply.status, 200, "{reply:?}");
            let cookie = reply.header("set-cookie").expect("a cookie");
            assert!(cookie.starts_with("__Host-mingcha=") && cookie.ends_with("; Secure"), "{cookie}");
            assert!(reply.header("strict-transport-security").is_some());
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_ends_what_is_under_way_and_takes_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = start(config(&folder)).await.expect("it starts");
    let address = running.address;
    let mut stream = TcpStream::connect(address).expect("it listens");
    // The head has come, the body has not: this request is under way.
    let head = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let stopping = tokio::spawn(running.stop());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert!(TcpStream::connect(address).is_err(), "nobody new comes in");
    stream.write_all(b"{}").expect("sent");
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    assert_eq!(parse(&answer).code(), "invalid", "but it was answered");
    stopping.await.expect("joined").expect("stopped");
}
