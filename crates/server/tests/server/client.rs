//! A plain HTTP client: one request a connection, cookies kept, everything that came back as it came.

use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned, pki_types::ServerName};
use serde_json::Value;
use std::{
    fmt::Write as _,
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// A header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The stable code of an error, after a look at its shape.
    pub fn code(&self) -> String {
        let json = self.json();
        for part in ["code", "message", "next"] {
            assert!(json[part].as_str().is_some_and(|text| !text.is_empty()), "`{part}` in {self:?}");
        }
        json["code"].as_str().expect("checked").to_owned()
    }
}

/// Sends bytes as they are and reads to the end.
pub fn raw(address: SocketAddr, bytes: &[u8]) -> Reply {
    parse(&exchanged(address, bytes).expect("the server listens"))
}

/// The same, where the server may be gone.
fn exchanged(address: SocketAddr, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_mins(1)))?;
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    // A server that refuses early may close before all was sent.
    drop(stream.read_to_end(&mut answer));
    Ok(answer)
}

/// The same over TLS, to who can show a certificate of that name by one of the roots. An error is one of the handshake.
pub fn raw_over_tls(
    address: SocketAddr,
    name: &str,
    roots: RootCertStore,
    bytes: &[u8],
) -> io::Result<Reply> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let connection = ClientConnection::new(Arc::new(client), name).expect("a connection");
    let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    Ok(parse(&answer))
}

/// Reads an answer.
pub fn parse(answer: &[u8]) -> Reply {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = end.map_or_else(|| panic!("no answer: {answer:?}"), |end| answer.split_at(end + 4));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let bytes = if chunked { joined(body) } else { body.to_owned() };
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Reply { status: status.expect("a status"), headers, body, bytes }
}

fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let size =
            std::str::from_utf8(&chunks[..end]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let rest = &chunks[end + 2..];
        let Some(chunk) = rest.get(..size.expect("a size")).filter(|chunk| !chunk.is_empty()) else { break };
        body.extend_from_slice(chunk);
        chunks = rest.get(chunk.len() + 2..).unwrap_or_default();
    }
    body
}

/// Somebody who asks, with the session's cookie and token.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: SocketAddr,
    pub cookie: Option<String>,
    pub csrf: Option<String>,
    keys: u32,
}

impl Client {
    /// Nobody yet.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookie: None, csrf: None, keys: 0 }
    }

    /// Reads.
    pub fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    /// Writes, under a new key.
    pub fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.write("POST", path, body)
    }

    /// Writes by any method, under a new key.
    pub fn write(&mut self, method: &str, path: &str, body: &Value) -> Reply {
        self.write_as("application/json", method, path, &body.to_string())
    }

    /// The same with a body of another kind.
    pub fn write_as(&mut self, kind: &str, method: &str, path: &str, body: &str) -> Reply {
        self.keys += 1;
        let key = format!(
            "key-{}-{}",
            self.keys,
            self.cookie.as_deref().map_or("none", |cookie| &cookie[cookie.len() - 8..])
        );
        self.send(method, path, &[("Idempotency-Key", &key), ("Content-Type", kind)], body)
    }

    /// Sends with extra headers; keeps the cookie that comes back.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        self.try_send(method, path, headers, body).expect("an answer")
    }

    /// The same; nothing where the server was gone before it had answered whole.
    pub fn try_send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Option<Reply> {
        let mut text = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        let given = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        let mut add = |name: &str, value: &str| {
            if !given(name) {
                let _ = write!(text, "{name}: {value}\r\n");
            }
        };
        if let Some(cookie) = &self.cookie {
            add("Cookie", cookie);
        }
        if let Some(csrf) = self.csrf.as_deref().filter(|_| method != "GET") {
            add("X-CSRF-Token", csrf);
        }
        if !body.is_empty() {
            add("Content-Type", "application/json");
            add("Content-Length", &body.len().to_string());
        }
        for (name, value) in headers {
            let _ = write!(text, "{name}: {value}\r\n");
        }
        let answer = exchanged(self.address, format!("{text}\r\n{body}").as_bytes()).ok()?;
        if !answer.windows(4).any(|four| four == b"\r\n\r\n") {
            return None;
        }
        let reply = parse(&answer);
        if let Some(set) = reply.header("set-cookie") {
            self.cookie = set.split(';').next().filter(|pair| !pair.ends_with('=')).map(str::to_owned);
        }
        Some(reply)
    }
}
