//! Somebody at the server's door: a plain HTTP client with the session's cookie and token, and a key for every write.

use serde_json::{Value, json};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Why something was not done: what was asked, and what came back.
pub type Refused = String;

/// Somebody who is signed in.
pub struct Client {
    address: SocketAddr,
    cookie: String,
    token: String,
    keys: u32,
}

impl Client {
    /// Signs in; a password that must be changed is changed to the one that holds in the demo.
    pub fn sign_in(address: SocketAddr, account: &str, first: &str, password: &str) -> Result<Self, Refused> {
        let mut client = Self { address, cookie: String::new(), token: String::new(), keys: 0 };
        let given = json!({ "account": account, "password": first });
        let known = client.send(
            "POST",
            "/api/v1/session",
            Some(&json!({ "account": account, "password": password })),
        );
        if let Ok(me) = known {
            client.token = text(&me, "csrf_token");
            return Ok(client);
        }
        let me = client.send("POST", "/api/v1/session", Some(&given))?;
        client.token = text(&me, "csrf_token");
        client.send("PUT", "/api/v1/session/password", Some(&json!({ "old": first, "new": password })))?;
        Ok(client)
    }

    /// Reads.
    pub fn get(&mut self, path: &str) -> Result<Value, Refused> {
        self.send("GET", path, None)
    }

    /// Writes.
    pub fn post(&mut self, path: &str, body: &Value) -> Result<Value, Refused> {
        self.send("POST", path, Some(body))
    }

    /// Sets.
    pub fn put(&mut self, path: &str, body: &Value) -> Result<Value, Refused> {
        self.send("PUT", path, Some(body))
    }

    /// Sends a piece of a file.
    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Value, Refused> {
        let answer = self.exchange("PUT", path, "application/octet-stream", bytes)?;
        Ok(serde_json::from_str(&answer).unwrap_or(Value::Null))
    }

    /// Reads what is no JSON.
    pub fn text(&mut self, path: &str) -> Result<String, Refused> {
        self.exchange("GET", path, "application/json", &[])
    }

    /// Does an act on a matter as it stands.
    pub fn act(&mut self, id: &str, act: &str, reason: &str, input: &Value) -> Result<Value, Refused> {
        let version = self.get(&format!("/api/v1/matters/{id}"))?["heading"]["version"].clone();
        let body = json!({ "version": version, "reason": reason, "input": input });
        self.post(&format!("/api/v1/matters/{id}/acts/{}", act.replace('_', "-")), &body)
    }

    fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Refused> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let answer = self.exchange(method, path, "application/json", body.as_bytes())?;
        Ok(serde_json::from_str(&answer).unwrap_or(Value::Null))
    }

    fn exchange(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Result<String, Refused> {
        self.keys += 1;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: {}\r\nX-CSRF-Token: {}\r\n\
             Idempotency-Key: demo-{}-{}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.cookie,
            self.token,
            self.token.chars().take(12).collect::<String>(),
            self.keys,
            body.len()
        );
        let broken = |error: std::io::Error| format!("{method} {path}: {error}");
        let mut stream = TcpStream::connect(self.address).map_err(broken)?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).map_err(broken)?;
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).map_err(broken)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(broken)?;
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) =
            answer.split_once("\r\n\r\n").ok_or_else(|| format!("{method} {path}: no answer"))?;
        for line in head.lines() {
            if let Some(set) = line.strip_prefix("set-cookie: ") {
                set.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
            }
        }
        let status = head.split(' ').nth(1).unwrap_or_default();
        if status.starts_with('2') {
            Ok(body.to_owned())
        } else {
            Err(format!("{method} {path}: {status} {body}"))
        }
    }
}

/// A text of an answer, empty where there is none.
pub fn text(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}
