//! ID tokens: signature by the provider's keys, issuer, audience, times and nonce (OpenID Connect Core 1.0, 3.1.3.7).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{
    self, ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Seconds that two clocks may differ.
const SKEW: i64 = 60;
/// Seconds after which a token is too old whatever it says of its end.
const OLDEST: i64 = 600;

/// What is wrong with a token. Quotes nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// It is no signed token.
    #[error("no signed token")]
    Form,
    /// It is signed by a method that is not accepted, or not at all.
    #[error("signed by a method that is not accepted")]
    Algorithm,
    /// The provider's keys hold none of that name.
    #[error("signed by an unknown key")]
    Key,
    /// The signature is not the key's.
    #[error("the signature is wrong")]
    Signature,
    /// It is another provider's.
    #[error("of another issuer")]
    Issuer,
    /// It is meant for somebody else.
    #[error("for another audience")]
    Audience,
    /// It is over.
    #[error("expired")]
    Expired,
    /// It is of a time that has not come.
    #[error("of the future")]
    Future,
    /// It answers another question.
    #[error("of another sign-in")]
    Nonce,
}

impl TokenFault {
    /// As the trail names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "token_form",
            Self::Algorithm => "token_algorithm",
            Self::Key => "token_key",
            Self::Signature => "token_signature",
            Self::Issuer => "token_issuer",
            Self::Audience => "token_audience",
            Self::Expired => "token_expired",
            Self::Future => "token_future",
            Self::Nonce => "token_nonce",
        }
    }
}

/// A public key as the provider publishes it (RFC 7517).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

enum Public {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

struct Key {
    id: Option<String>,
    /// The one method that it is for, where it says so.
    method: Option<String>,
    public: Public,
}

/// The provider's keys.
pub struct Keys(Vec<Key>);

impl Keys {
    /// Reads what the provider publishes; keys of kinds that are not used here are left out.
    pub fn parse(text: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let set: Set = serde_json::from_slice(text).ok()?;
        let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).filter_map(read);
        Some(Self(keys.collect()))
    }
}

fn read(key: Jwk) -> Option<Key> {
    if key.purpose.is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let part = |text: Option<String>| bytes(&text?);
    let public = match (key.kty.as_str(), key.crv.as_deref()) {
        ("RSA", _) => Public::Rsa { n: part(key.n)?, e: part(key.e)? },
        ("EC", Some("P-256")) => Public::P256([vec![4], part(key.x)?, part(key.y)?].concat()),
        ("OKP", Some("Ed25519")) => Public::Ed25519(part(key.x)?),
        _ => return None,
    };
    Some(Key { id: key.kid, method: key.alg, public })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

impl Key {
    fn is_for(&self, method: &str) -> bool {
        let kind = match self.public {
            Public::Rsa { .. } => ["RS256", "PS256"].contains(&method),
            Public::P256(_) => method == "ES256",
            Public::Ed25519(_) => method == "EdDSA",
        };
        kind && self.method.as_ref().is_none_or(|known| known == method)
    }

    fn signed(&self, method: &str, text: &[u8], by: &[u8]) -> bool {
        let plain = |way: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            UnparsedPublicKey::new(way, key).verify(text, by).is_ok()
        };
        match &self.public {
            Public::Rsa { n, e } => {
                let way =
                    if method == "PS256" { &RSA_PSS_2048_8192_SHA256 } else { &RSA_PKCS1_2048_8192_SHA256 };
                RsaPublicKeyComponents { n, e }.verify(way, text, by).is_ok()
            }
            Public::P256(point) => plain(&ECDSA_P256_SHA256_FIXED, point),
            Public::Ed25519(key) => plain(&ED25519, key),
        }
    }
}

/// What a token must say.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// Whose it is.
    pub issuer: &'a str,
    /// Whom it is for.
    pub client: &'a str,
    /// Which sign-in it answers.
    pub nonce: &'a str,
    /// Seconds since 1970 in universal time.
    pub now: i64,
}

/// What a token that was found right says.
#[derive(Debug, PartialEq, Eq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// A claim that is a text. An address of mail counts only where the provider has seen that it is the person's.
    pub fn text(&self, name: &str) -> Option<&str> {
        if name == "email" && self.0.get("email_verified") != Some(&Value::Bool(true)) {
            return None;
        }
        self.0.get(name)?.as_str()
    }

    /// Whether it says that one of these methods was used, or one of these levels reached.
    pub fn shows(&self, methods: &[String], levels: &[String]) -> bool {
        let used =
            self.0.get("amr").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let level = self.0.get("acr").and_then(Value::as_str);
        used.into_iter().any(|method| methods.iter().any(|known| known == method))
            || level.is_some_and(|level| levels.iter().any(|known| known == level))
    }
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// Reads a token and holds it to what it must say.
pub fn checked(token: &str, keys: &Keys, expected: Expected<'_>) -> Result<Claims, TokenFault> {
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Form)?;
    let (head, body) = signed.split_once('.').ok_or(TokenFault::Form)?;
    let part = |text: &str| bytes(text).ok_or(TokenFault::Form);
    let form = |_| TokenFault::Form;
    let head: Head = serde_json::from_slice(&part(head)?).map_err(form)?;
    // What it calls critical is not understood here.
    if head.crit.is_some() || !["RS256", "PS256", "ES256", "EdDSA"].contains(&head.alg.as_str()) {
        return Err(TokenFault::Algorithm);
    }
    let named = |key: &&Key| head.kid.is_none() || key.id == head.kid;
    let fitting: Vec<&Key> = keys.0.iter().filter(named).filter(|key| key.is_for(&head.alg)).collect();
    if fitting.is_empty() {
        return Err(TokenFault::Key);
    }
    let signature = part(signature)?;
    if !fitting.iter().any(|key| key.signed(&head.alg, signed.as_bytes(), &signature)) {
        return Err(TokenFault::Signature);
    }
    let claims = Claims(serde_json::from_slice(&part(body)?).map_err(form)?);
    held(&claims.0, expected)?;
    Ok(claims)
}

fn held(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<(), TokenFault> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let time = |name: &str| claims.get(name).and_then(Value::as_f64).map(|time| time as i64);
    if text("iss") != Some(expected.issuer) {
        return Err(TokenFault::Issuer);
    }
    let audience: Vec<&str> = match claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let party = text("azp").map_or(audience.len() == 1, |party| party == expected.client);
    if !audience.contains(&expected.client) || !party {
        return Err(TokenFault::Audience);
    }
    let (Some(until), Some(made)) = (time("exp"), time("iat")) else { return Err(TokenFault::Form) };
    let now = expected.now;
    if until.saturating_add(SKEW) <= now || made.saturating_add(OLDEST) <= now {
        return Err(TokenFault::Expired);
    }
    if made.saturating_sub(SKEW) > now || time("nbf").is_some_and(|from| from.saturating_sub(SKEW) > now) {
        return Err(TokenFault::Future);
    }
    if text("nonce").is_none_or(|nonce| !crate::session::same(nonce, expected.nonce)) {
        return Err(TokenFault::Nonce);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::{
        rand::SystemRandom,
        signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
    };
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;
    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://sso.example.cn", client: "mingcha", nonce: "n-1", now: NOW };

    /// A key pair of each kind, and the set that publishes it.
    struct Signer {
        ec: EcdsaKeyPair,
        ed: Ed25519KeyPair,
        keys: Keys,
    }

    impl Signer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let ec = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
            let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, ec.as_ref(), &random)
                .expect("its form");
            let ed = Ed25519KeyPair::generate_pkcs8(&random).expect("a key");
            let ed = Ed25519KeyPair::from_pkcs8(ed.as_ref()).expect("its form");
            let point = ec.public_key().as_ref();
            let set = json!({ "keys": [
                { "kty": "EC", "crv": "P-256", "kid": "ec", "use": "sig", "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..]) },
                { "kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": URL_SAFE_NO_PAD.encode(ed.public_key()) },
                { "kty": "oct", "kid": "shared", "k": "AAAA" },
                { "kty": "EC", "crv": "P-256", "kid": "enc", "use": "enc", "x": "AAAA", "y": "AAAA" },
            ] });
            let keys = Keys::parse(set.to_string().as_bytes()).expect("a set");
            Self { ec, ed, keys }
        }

        fn token(&self, head: &Value, claims: &Value) -> String {
            let signed = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
            let signature = match head["alg"].as_str() {
                Some("ES256") => {
                    let by = self.ec.sign(&SystemRandom::new(), signed.as_bytes()).expect("signed");
                    URL_SAFE_NO_PAD.encode(by)
                }
                Some("EdDSA") => URL_SAFE_NO_PAD.encode(self.ed.sign(signed.as_bytes())),
                _ => String::new(),
            };
            format!("{signed}.{signature}")
        }

        fn of(&self, claims: &Value) -> Result<Claims, TokenFault> {
            checked(&self.token(&json!({ "alg": "ES256", "kid": "ec" }), claims), &self.keys, EXPECTED)
        }
    }

    fn claims() -> Value {
        json!({ "iss": "https://sso.example.cn", "aud": "mingcha", "exp": NOW + 300, "iat": NOW, "nonce": "n-1", "sub": "li" })
    }

    /// The usual claims with one of them changed, or taken out.
    fn but(name: &str, value: Value) -> Value {
        let mut claims = claims();
        match value {
            Value::Null => drop(claims.as_object_mut().expect("an object").remove(name)),
            value => claims[name] = value,
        }
        claims
    }

    #[test]
    fn a_token_in_order_is_taken_from_each_kind_of_key() {
        let signer = Signer::new();
        for head in [
            json!({ "alg": "ES256", "kid": "ec" }),
            json!({ "alg": "EdDSA", "kid": "ed" }),
            json!({ "alg": "ES256" }),
        ] {
            let taken = checked(&signer.token(&head, &claims()), &signer.keys, EXPECTED).expect("in order");
            assert_eq!(taken.text("sub"), Some("li"), "{head}");
        }
    }

    #[test]
    fn every_single_thing_that_a_token_must_say_is_asked() {
        let signer = Signer::new();
        let cases = [
            ("iss", json!("https://other.example.cn"), TokenFault::Issuer),
            ("iss", Value::Null, TokenFault::Issuer),
            ("iss", json!("https://sso.example.cn/"), TokenFault::Issuer),
            ("aud", json!("other"), TokenFault::Audience),
            ("aud", json!(["mingcha", "other"]), TokenFault::Audience),
            ("aud", Value::Null, TokenFault::Audience),
            ("azp", json!("other"), TokenFault::Audience),
            ("exp", json!(NOW - SKEW), TokenFault::Expired),
            ("exp", Value::Null, TokenFault::Form),
            ("iat", json!(NOW - OLDEST), TokenFault::Expired),
            ("iat", json!(NOW + SKEW + 1), TokenFault::Future),
            ("iat", Value::Null, TokenFault::Form),
            ("nbf", json!(NOW + SKEW + 1), TokenFault::Future),
            ("nonce", json!("n-2"), TokenFault::Nonce),
            ("nonce", Value::Null, TokenFault::Nonce),
        ];
        for (name, value, fault) in cases {
            assert_eq!(signer.of(&but(name, value.clone())), Err(fault), "{name} {value}");
        }
        let mut several = but("aud", json!(["other", "mingcha"]));
        several["azp"] = json!("mingcha");
        assert!(signer.of(&several).is_ok());
    }

    #[test]
    fn a_signature_is_by_the_named_key_and_its_method_or_nothing() {
        let signer = Signer::new();
        let head = json!({ "alg": "ES256", "kid": "ec" });
        let token = signer.token(&head, &claims());
        let other = signer.token(&head, &but("sub", json!("head")));
        let (signed, _) = other.rsplit_once('.').expect("three parts");
        let (_, signature) = token.rsplit_once('.').expect("three parts");
        let judged = |token: &str| checked(token, &signer.keys, EXPECTED).map(|_| ());
        assert_eq!(judged(&format!("{signed}.{signature}")), Err(TokenFault::Signature));
        assert_eq!(checked(&token, &Signer::new().keys, EXPECTED).map(|_| ()), Err(TokenFault::Signature));
        for (alg, kid, fault) in [
            ("none", "ec", TokenFault::Algorithm),
            ("HS256", "shared", TokenFault::Algorithm),
            ("EdDSA", "ec", TokenFault::Key),
            ("RS256", "ec", TokenFault::Key),
            ("ES256", "enc", TokenFault::Key),
            ("ES256", "another", TokenFault::Key),
        ] {
            let token = signer.token(&json!({ "alg": alg, "kid": kid }), &claims());
            assert_eq!(judged(&token), Err(fault), "{alg} {kid}");
        }
        assert_eq!(
            judged(&signer.token(&json!({ "alg": "ES256", "crit": ["b64"] }), &claims())),
            Err(TokenFault::Algorithm)
        );
        for token in ["", ".", "..", "a.b.c", "e30.e30."] {
            assert_eq!(judged(token), Err(TokenFault::Form), "{token}");
        }
    }

    #[test]
    fn mail_counts_where_it_was_seen_to_be_theirs_and_factors_where_they_are_accepted() {
        let signer = Signer::new();
        let mut said = but("email", json!("li@example.cn"));
        assert_eq!(signer.of(&said).expect("in order").text("email"), None);
        said["email_verified"] = json!(true);
        said["amr"] = json!(["pwd", "otp"]);
        said["acr"] = json!("loa3");
        let said = signer.of(&said).expect("in order");
        assert_eq!(said.text("email"), Some("li@example.cn"));
        let list = |text: &str| vec![text.to_owned()];
        assert!(said.shows(&list("otp"), &[]) && said.shows(&[], &list("loa3")));
        assert!(!said.shows(&list("hwk"), &list("loa4")));
        assert!(!signer.of(&claims()).expect("in order").shows(&list("otp"), &list("loa3")));
    }
}
