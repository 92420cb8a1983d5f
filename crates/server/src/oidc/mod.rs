//! Sign-in at an OpenID provider by authorization code with PKCE: what it is asked, and what its answer is held to.
//!
//! Nothing of an attempt is kept here: the browser holds one random text, and state, nonce and PKCE verifier are keyed digests of it. So an
//! answer counts only in the browser that asked, whichever server it comes back to, and nobody can fill a table by asking.

mod http;
mod token;

pub use http::HttpError;
pub use token::{Claims, TokenFault};

use crate::{
    Desk,
    config::{OidcConfig, VouchedFactor, is_safe},
    session::same,
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use http::Http;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use token::{Expected, Keys};
use tokio::sync::Mutex;
use url::{Url, form_urlencoded};

/// How long what the provider says of itself is kept.
const KEPT: Duration = Duration::from_hours(1);
/// Seconds that somebody may take to sign in there, and to type a one-time code here.
pub const PATIENCE: i64 = 600;
/// Where the provider sends people back to.
pub const BACK: &str = "/api/v1/session/oidc/callback";

/// Why somebody is not let in by the provider's word.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It could not be asked.
    #[error("{0}")]
    Http(#[from] HttpError),
    /// It says of itself what cannot be, named here.
    #[error("the provider's own description is wrong: {0}")]
    About(&'static str),
    /// It did not take the code.
    #[error("the provider did not take the code: status {0}")]
    Code(u16),
    /// Its token is not in order.
    #[error("the provider's token: {0}")]
    Token(#[from] TokenFault),
}

impl OidcError {
    /// As the trail names it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Http(_) | Self::About(_) => "provider",
            Self::Code(_) => "code",
            Self::Token(fault) => fault.code(),
        }
    }
}

/// What the provider says of itself (OpenID Connect Discovery 1.0).
#[derive(Clone, Deserialize)]
struct About {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

struct Known {
    about: Arc<About>,
    keys: Arc<Keys>,
    since: Instant,
}

/// The provider that a site has.
pub struct Provider {
    config: OidcConfig,
    http: Http,
    known: Mutex<Option<Known>>,
}

/// One person's attempt to sign in, as the browser holds it.
pub struct Attempt {
    text: String,
    until: i64,
}

impl Attempt {
    /// A new one; `None` where the system gave no randomness. `now` is universal time.
    pub fn new(now: i64) -> Option<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).ok()?;
        let until = now + PATIENCE;
        Some(Self { text: format!("{until}-{}", mingcha_model::cert::hex(&bytes)), until })
    }

    /// What the cookie says; `None` where it is no attempt, or over.
    pub fn parse(text: &str, now: i64) -> Option<Self> {
        let (until, random) = text.split_once('-')?;
        let until = until.parse().ok()?;
        let whole = random.len() == 64 && random.bytes().all(|byte| byte.is_ascii_hexdigit());
        (whole && now < until).then(|| Self { text: text.to_owned(), until })
    }

    /// What the cookie says.
    pub fn cookie(&self) -> &str {
        &self.text
    }

    /// Until when it counts.
    pub fn until(&self) -> i64 {
        self.until
    }

    /// What nobody can make of it but this server.
    fn derived(&self, desk: &Desk, what: &str) -> String {
        desk.digest(&format!("oidc {what} {}", self.text))
    }

    /// Whether a state is this attempt's.
    pub fn has_state(&self, desk: &Desk, state: &str) -> bool {
        same(&self.derived(desk, "state"), state)
    }

    /// What vouches for an account while its one-time code is asked.
    pub fn vouched(&self, desk: &Desk, account: &str) -> String {
        self.derived(desk, &format!("vouched {account}"))
    }
}

impl Provider {
    /// With the certificates that its own is held against; it is first asked when somebody signs in.
    pub fn new(config: OidcConfig) -> Result<Self, HttpError> {
        let http = Http::new(config.ca.as_deref())?;
        Ok(Self { config, http, known: Mutex::new(None) })
    }

    /// What the button at the door says.
    pub fn title(&self) -> &str {
        &self.config.title
    }

    /// Whose second factor counts.
    pub fn second_factor(&self) -> &VouchedFactor {
        &self.config.second_factor
    }

    /// The account that the provider vouches for, as it writes it.
    pub fn account<'a>(&self, claims: &'a Claims) -> Option<&'a str> {
        claims.text(&self.config.claim)
    }

    /// Where the browser is sent to sign in.
    pub async fn ask(&self, desk: &Desk, attempt: &Attempt) -> Result<Url, OidcError> {
        let (about, _) = self.known(false).await?;
        let verifier = attempt.derived(desk, "verifier");
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let mut url = about.authorization_endpoint.clone();
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.config.client_id)
                .append_pair("redirect_uri", &self.back())
                .append_pair("scope", &self.config.scope)
                .append_pair("state", &attempt.derived(desk, "state"))
                .append_pair("nonce", &attempt.derived(desk, "nonce"))
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if let VouchedFactor::Provider { levels, .. } = &self.config.second_factor
                && !levels.is_empty()
            {
                query.append_pair("acr_values", &levels.join(" "));
            }
        }
        Ok(url)
    }

    /// Whether an answer says to be this provider's, where it must (RFC 9207).
    pub async fn is_from(&self, issuer: Option<&str>) -> Result<bool, OidcError> {
        let (about, _) = self.known(false).await?;
        Ok(match issuer {
            Some(issuer) => issuer == self.config.issuer,
            None => !about.authorization_response_iss_parameter_supported,
        })
    }

    /// What the provider says of whoever came back with a code. `now` is universal time.
    pub async fn redeem(
        &self,
        desk: &Desk,
        attempt: &Attempt,
        code: &str,
        now: i64,
    ) -> Result<Claims, OidcError> {
        let (about, keys) = self.known(false).await?;
        let token = self.token(&about, code, &attempt.derived(desk, "verifier")).await?;
        let nonce = attempt.derived(desk, "nonce");
        let expected =
            Expected { issuer: &self.config.issuer, client: &self.config.client_id, nonce: &nonce, now };
        match token::checked(&token, &keys, expected) {
            // It may have new keys since it was asked.
            Err(TokenFault::Key) => {
                let (_, keys) = self.known(true).await?;
                Ok(token::checked(&token, &keys, expected)?)
            }
            judged => Ok(judged?),
        }
    }

    async fn token(&self, about: &About, code: &str, verifier: &str) -> Result<String, OidcError> {
        #[derive(Deserialize)]
        struct Answer {
            id_token: String,
        }
        let (authorization, form) = self.asking(about, code, verifier);
        let (status, body) = self.http.post(&about.token_endpoint, authorization, form).await?;
        if !status.is_success() {
            return Err(OidcError::Code(status.as_u16()));
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| TokenFault::Form)?;
        Ok(answer.id_token)
    }

    /// The form that a code is redeemed by, and the header that shows the secret where the form does not.
    fn asking(&self, about: &About, code: &str, verifier: &str) -> (Option<String>, String) {
        let OidcConfig { client_id, client_secret, .. } = &self.config;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.back())
            .append_pair("code_verifier", verifier);
        let ways = &about.token_endpoint_auth_methods_supported;
        let has = |way: &str| ways.iter().any(|known| known == way);
        if has("client_secret_post") && !has("client_secret_basic") {
            form.append_pair("client_id", client_id).append_pair("client_secret", client_secret);
            return (None, form.finish());
        }
        let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", written(client_id), written(client_secret));
        (Some(format!("Basic {}", STANDARD.encode(pair))), form.finish())
    }

    fn back(&self) -> String {
        format!("{}{BACK}", self.config.address.as_str().trim_end_matches('/'))
    }

    /// What the provider says of itself and its keys, asked again once an hour, or when a key is unknown.
    async fn known(&self, anew: bool) -> Result<(Arc<About>, Arc<Keys>), OidcError> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| !anew && known.since.elapsed() < KEPT) {
            return Ok((Arc::clone(&known.about), Arc::clone(&known.keys)));
        }
        let place = format!("{}/.well-known/openid-configuration", self.config.issuer.trim_end_matches('/'));
        let place = Url::parse(&place).map_err(|_| OidcError::About("its address"))?;
        let about: About = serde_json::from_slice(&self.read(&place).await?)
            .map_err(|_| OidcError::About("it is not a description of a provider"))?;
        if about.issuer != self.config.issuer {
            return Err(OidcError::About("it names another issuer than `oidc.issuer`"));
        }
        let places = [&about.authorization_endpoint, &about.token_endpoint, &about.jwks_uri];
        if !places.into_iter().all(is_safe) {
            return Err(OidcError::About("an address of it is neither over TLS nor on this machine"));
        }
        let keys = Keys::parse(&self.read(&about.jwks_uri).await?).ok_or(OidcError::About("its keys"))?;
        let (about, keys) = (Arc::new(about), Arc::new(keys));
        *known = Some(Known { about: Arc::clone(&about), keys: Arc::clone(&keys), since: Instant::now() });
        Ok((about, keys))
    }

    async fn read(&self, place: &Url) -> Result<hyper::body::Bytes, OidcError> {
        let (status, body) = self.http.get(place).await?;
        if status.is_success() { Ok(body) } else { Err(OidcError::About("it answers with an error")) }
    }
}
