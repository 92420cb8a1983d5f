//! Sealed values are opened: for one matter and a stated purpose, as policy decides, counted by day and recorded in the same transaction.

use super::{
    Docket,
    matter::{self, Stored},
    seal,
};
use crate::{
    act::Informant,
    policy::{self, Authorized, Deed, OpenInformant, OpenPersonalData},
    store::{
        Context, Done, Draft, Error, Unit,
        sealed::{self, Value},
    },
    vault::{Datum, Kept, Plain, Token, finds},
};
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Most values that are opened at once.
pub const OPENED_AT_ONCE: usize = 50;

/// What shall be opened.
#[derive(Clone, Debug)]
pub struct OpenRequest {
    /// The matter that it is opened for.
    pub matter: String,
    /// Tokens.
    pub tokens: Vec<String>,
    /// What for.
    pub purpose: String,
    /// Most values that an account may open on a day.
    pub most_a_day: i64,
}

/// An opened value. Its `Debug` shows nothing of it.
pub struct Opened {
    /// Its token.
    pub token: String,
    /// What kind.
    pub kind: Datum,
    /// The value.
    pub value: Plain,
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Opened({})", self.kind.name())
    }
}

impl Docket {
    /// Opens personal data of a matter. What is answered was recorded before.
    pub async fn open_personal(&self, context: Context, request: OpenRequest) -> Result<Vec<Opened>, Error> {
        let tokens = tokens(&request)?;
        let purpose = stated("purpose", &request.purpose)?;
        let deed = OpenPersonalData { purpose };
        self.open(context, deed, request, tokens).await
    }

    /// Opens who informed.
    pub async fn open_informant(
        &self,
        context: Context,
        matter: &str,
        why: &str,
        most_a_day: i64,
    ) -> Result<Informant, Error> {
        let deed = OpenInformant { purpose: stated("purpose", why)? };
        let request = OpenRequest {
            matter: matter.to_owned(),
            tokens: Vec::new(),
            purpose: why.to_owned(),
            most_a_day,
        };
        let opened = self.open(context, deed, request, Vec::new()).await?;
        let text = opened.first().ok_or(Error::NotFound)?.value.expose();
        serde_json::from_str(text).map_err(|_| Error::Stored("who informed".into()))
    }

    async fn open<D: Deed<On = policy::Matter> + Kept + Named>(
        &self,
        context: Context,
        deed: D,
        request: OpenRequest,
        tokens: Vec<Token>,
    ) -> Result<Vec<Opened>, Error> {
        let opened = Arc::new(Mutex::new(Vec::new()));
        let (docket, out) = (self.clone(), Arc::clone(&opened));
        let account = context.who.account.clone();
        // Nothing of what is opened may be remembered as the answer of a request.
        let context = Context { request: None, ..context };
        let action = deed.action().name();
        let attempt = Draft::new(action, "matter", request.matter.as_str());
        self.store
            .write(context, attempt, move |unit| {
                Box::pin(async move {
                    let actor = unit.actor(&account).await?;
                    let stored = matter::load(unit.conn(), &request.matter).await?;
                    let access = stored.access()?;
                    let proof =
                        docket.policies.decide(&actor, deed, &access).map_err(|denied| {
                            match docket.policies.decide(&actor, policy::Read, &access) {
                                Ok(_) => Error::from(denied),
                                Err(_) => Error::NotFound,
                            }
                        })?;
                    let values = D::values(unit, &stored, &tokens, &account).await?;
                    sealed::count_opening(unit, &account, values.len() as i64, request.most_a_day).await?;
                    docket.unseal(&proof, &values, &out)?;
                    let named: Vec<&str> = values.iter().map(|value| value.token.as_str()).collect();
                    let record =
                        Draft::new(action, stored.heading.machine.as_str(), stored.heading.id.as_str())
                            .why(request.purpose.trim())
                            .change(None, Some(serde_json::json!({ "tokens": named }).to_string()));
                    Ok(Done::new((), record))
                })
            })
            .await?;
        let opened = std::mem::take(&mut *opened.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(opened)
    }

    /// Opens values by the proof; they are handed out once the record of it is on disk.
    pub(super) fn unseal<D: Deed + Kept>(
        &self,
        proof: &Authorized<D>,
        values: &[Value],
        out: &Mutex<Vec<Opened>>,
    ) -> Result<(), Error> {
        for Value { token, kind, sealed, .. } in values {
            let value =
                sealed::with_key::<D, _>(&self.vaults, |vault| vault.open(proof, token, *kind, sealed))?;
            let opened = Opened { token: token.as_str().to_owned(), kind: *kind, value };
            out.lock().unwrap_or_else(PoisonError::into_inner).push(opened);
        }
        Ok(())
    }
}

/// Which values of a matter a deed opens.
trait Named: Send + Sync + Sized {
    fn values(
        unit: &mut Unit,
        stored: &Stored,
        tokens: &[Token],
        account: &str,
    ) -> impl Future<Output = Result<Vec<Value>, Error>> + Send;
}

impl Named for OpenPersonalData {
    /// Those of the matter itself, and those of what it grew out of unless the one who asks is recused there.
    async fn values(
        unit: &mut Unit,
        stored: &Stored,
        tokens: &[Token],
        account: &str,
    ) -> Result<Vec<Value>, Error> {
        let line = seal::line(unit.conn(), stored).await?;
        let values = sealed::load::<Self>(unit.conn(), tokens).await?;
        let open = |value: &Value| {
            value.kind != Datum::FileKey
                && line.get(&value.matter).is_some_and(|recused| !recused.contains(account))
        };
        if values.len() != tokens.len() || !values.iter().all(open) {
            return Err(Error::NotFound);
        }
        Ok(values)
    }
}

impl Named for OpenInformant {
    /// The one of this very complaint.
    async fn values(
        unit: &mut Unit,
        stored: &Stored,
        _tokens: &[Token],
        _account: &str,
    ) -> Result<Vec<Value>, Error> {
        let token = Token::parse(&stored.facts.complaint.token).ok_or(Error::NotFound)?;
        let values = sealed::load::<Self>(unit.conn(), &[token]).await?;
        if values.is_empty() || values.iter().any(|value| value.matter != stored.heading.id) {
            return Err(Error::NotFound);
        }
        Ok(values)
    }
}

fn tokens(request: &OpenRequest) -> Result<Vec<Token>, Error> {
    let tokens: Option<Vec<Token>> = request.tokens.iter().map(|text| Token::parse(text)).collect();
    let mut tokens = tokens.ok_or_else(|| Error::invalid("tokens", "不是个人信息的编号"))?;
    tokens.sort();
    tokens.dedup();
    if tokens.is_empty() || tokens.len() > OPENED_AT_ONCE {
        return Err(Error::invalid("tokens", format!("一次打开1至{OPENED_AT_ONCE}项")));
    }
    Ok(tokens)
}

/// A purpose or reason says something and tells nothing of a person: it stands in the trail.
pub(super) fn stated(field: &str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.chars().any(char::is_control) {
        return Err(Error::invalid(field, "须写明事由，1至200字"));
    }
    if !finds(text, true).is_empty() {
        return Err(Error::invalid(field, "事由中不得写入证件号码或者手机号码"));
    }
    Ok(text.to_owned())
}
