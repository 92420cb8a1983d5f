//! One connection that stays open, with a session.

use crate::client::Client;
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU64, Ordering},
};

/// A connection.
pub struct Wire {
    stream: BufReader<TcpStream>,
    head: String,
    csrf: String,
    keys: u64,
}

/// Keys differ between connections of one officer.
static WIRES: AtomicU64 = AtomicU64::new(0);

impl Wire {
    /// Connects in the session of a client.
    pub fn new(address: SocketAddr, officer: &Client) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        let cookie = officer.cookie.clone().expect("signed in");
        Self {
            stream: BufReader::new(stream),
            head: format!("Host: localhost\r\nCookie: {cookie}\r\n"),
            csrf: officer.csrf.clone().expect("signed in"),
            keys: WIRES.fetch_add(1, Ordering::Relaxed) << 32,
        }
    }

    /// Reads: status and body.
    pub fn get(&mut self, path: &str) -> (u16, String) {
        let text = format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head);
        self.exchange(text.as_bytes())
    }

    /// Writes, under a new key.
    pub fn post(&mut self, path: &str, body: &Value) -> (u16, String) {
        self.keys += 1;
        let (body, head, csrf, key) = (body.to_string(), &self.head, &self.csrf, self.keys);
        let process = std::process::id();
        let text = format!(
            "POST {path} HTTP/1.1\r\n{head}X-CSRF-Token: {csrf}\r\nIdempotency-Key: load-{process}-{key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.exchange(text.as_bytes())
    }

    fn exchange(&mut self, bytes: &[u8]) -> (u16, String) {
        self.stream.get_mut().write_all(bytes).expect("sent");
        let mut line = String::new();
        self.stream.read_line(&mut line).expect("an answer");
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("a header");
            let lower = line.trim_end().to_lowercase();
            match lower.split_once(": ") {
                Some(("content-length", value)) => length = value.parse().expect("a length"),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}
