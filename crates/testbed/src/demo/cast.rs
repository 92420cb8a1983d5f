//! Everybody who acts in a story: each signs in when first needed, does acts, begins matters and issues papers.

use super::{
    FIRST_PASSWORD, PASSWORD,
    client::{Client, Refused, text},
    hand::Hand,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, net::SocketAddr};

/// Everybody who acts.
pub struct Cast {
    address: SocketAddr,
    known: BTreeMap<String, Client>,
}

impl Cast {
    /// Nobody has signed in yet.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, known: BTreeMap::new() }
    }

    /// Everybody goes home: who acts again signs in again.
    pub fn part(&mut self) {
        self.known.clear();
    }

    /// Somebody, signed in.
    pub fn of(&mut self, account: &str) -> Result<&mut Client, Refused> {
        if !self.known.contains_key(account) {
            let client = Client::sign_in(self.address, account, FIRST_PASSWORD, PASSWORD)?;
            self.known.insert(account.to_owned(), client);
        }
        self.known.get_mut(account).ok_or_else(|| format!("{account} is away"))
    }

    /// Does an act on a matter as it stands.
    pub fn act(
        &mut self,
        account: &str,
        id: &str,
        act: &str,
        reason: &str,
        input: &Value,
    ) -> Result<(), Refused> {
        self.of(account)?.act(id, act, reason, input).map(|_| ()).map_err(|why| format!("{account}: {why}"))
    }

    /// Issues a paper with what the record lacks, written by a hand that knows; says its number, empty where it has none.
    pub fn issue(&mut self, account: &str, id: &str, paper: &str, hand: &Hand) -> Result<String, Refused> {
        let path = format!("/api/v1/matters/{id}/papers");
        let office = self.of(account)?;
        let papers = office.get(&path)?;
        let kinds = papers["kinds"].as_array().into_iter().flatten();
        let missing =
            kinds.filter(|kind| kind["paper"] == paper).filter_map(|kind| kind["missing"].as_array());
        let labels = missing.flatten().filter_map(Value::as_str);
        let entered: BTreeMap<&str, Value> = labels
            .map(|label| label.split('·').next().unwrap_or(label))
            .map(|label| (label, hand.writes(label)))
            .collect();
        let body = json!({ "version": papers["version"], "fields": entered });
        let issued = office.post(&format!("{path}/{paper}"), &body);
        issued.map(|issued| text(&issued, "number")).map_err(|why| format!("{account}: {why}"))
    }

    /// Begins a matter; says its id.
    pub fn begin(&mut self, account: &str, new: &Value) -> Result<String, Refused> {
        self.of(account)?
            .post("/api/v1/matters", new)
            .map(|begun| text(&begun, "id"))
            .map_err(|why| format!("{account}: {why}"))
    }
}
