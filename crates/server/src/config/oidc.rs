//! The section `[oidc]`: sign-in at a provider of the site's own, off where nothing is set.

use super::{Reader, unreadable};
use std::{fs, net::IpAddr, path::PathBuf};
use url::{Host, Url};
use zeroize::Zeroizing;

/// Sign-in at an OpenID provider.
#[derive(Clone)]
pub struct OidcConfig {
    /// Its issuer, letter by letter as its tokens say it.
    pub issuer: String,
    /// What it knows this server as.
    pub client_id: String,
    /// What this server proves that with; never shown.
    pub client_secret: Zeroizing<String>,
    /// This server as browsers see it.
    pub address: Url,
    /// The claim that holds the account.
    pub claim: String,
    /// Scopes that are asked for.
    pub scope: String,
    /// What the button at the door says.
    pub title: String,
    /// Whose second factor counts.
    pub second_factor: VouchedFactor,
    /// Certificates that the provider's own is held against, PEM; those of the system where absent.
    pub ca: Option<PathBuf>,
}

/// Whose second factor counts where somebody signs in at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VouchedFactor {
    /// The account's own one-time code, as after a password.
    Own,
    /// The provider's: its token must name one of these methods (`amr`) or one of these levels (`acr`).
    Provider {
        /// Accepted methods.
        methods: Vec<String>,
        /// Accepted levels; they are asked for as well.
        levels: Vec<String>,
    },
}

/// Methods that stand for a second factor (RFC 8176), where none are named.
const METHODS: &str = "mfa, otp, hwk, sc";

/// Whether an address may be called: by TLS, or on this machine.
pub fn is_safe(url: &Url) -> bool {
    let local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => false,
    };
    url.scheme() == "https" || url.scheme() == "http" && local
}

impl Reader {
    /// `None` where no key of the section is set.
    pub(super) fn oidc(&mut self) -> Option<OidcConfig> {
        let set = self.given.keys().find(|(section, _)| section == "oidc").cloned();
        let issuer = self.address("issuer");
        let client_id = self.optional("oidc", "client_id");
        let secret = self.client_secret();
        let address = self.address("address");
        let claim = self.optional("oidc", "claim");
        let scope = self.text("oidc", "scope", "openid");
        let title = self.text("oidc", "title", "统一身份认证");
        let second_factor = self.vouched_factor();
        let ca = self.optional("oidc", "ca").map(PathBuf::from);
        let (_, first) = set?;
        if !scope.split(' ').any(|scope| scope == "openid") {
            self.fault((String::new(), 0), "scope", "lacks openid", "write it like \"openid profile\"");
        }
        let missing = [
            ("issuer", issuer.is_none()),
            ("client_id", client_id.is_none()),
            ("client_secret_file", secret.is_none()),
            ("address", address.is_none()),
            ("claim", claim.is_none()),
        ];
        for (key, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            let hint = format!(
                "`oidc.{first}` is set, so all of issuer, client_id, client_secret_file, address and claim must be"
            );
            self.fault((String::new(), 0), key, "is missing or wrong", &hint);
        }
        let (issuer, address) = (issuer?.0, address?.1);
        let (client_id, client_secret, claim) = (client_id?, secret?, claim?);
        Some(OidcConfig { issuer, client_id, client_secret, address, claim, scope, title, second_factor, ca })
    }

    /// An address as it was written and as it was read.
    fn address(&mut self, key: &'static str) -> Option<(String, Url)> {
        let (text, place) = self.placed("oidc", key);
        let text = text?;
        match Url::parse(&text) {
            Ok(url) if is_safe(&url) && url.query().is_none() && url.fragment().is_none() => {
                Some((text, url))
            }
            _ => {
                self.fault(
                    place,
                    key,
                    "no address that may be used",
                    "write it like \"https://sso.example.cn\"; without TLS only on this machine",
                );
                None
            }
        }
    }

    /// From a file, or from the environment; in the configuration itself it would lie in clear.
    fn client_secret(&mut self) -> Option<Zeroizing<String>> {
        let (text, (from, line)) = self.placed("oidc", "client_secret");
        let (file, place) = self.placed("oidc", "client_secret_file");
        let secret = match (text, file) {
            (Some(_), Some(_)) => {
                self.fault((from, line), "client_secret", "a secret and a file of it", "set one of the two");
                return None;
            }
            // Of the environment there is no line.
            (Some(_), None) if line > 0 => {
                let hint =
                    "put it into a file that `client_secret_file` names, or into MINGCHA_OIDC_CLIENT_SECRET";
                self.fault((from, line), "client_secret", "a secret in the configuration", hint);
                return None;
            }
            (Some(text), None) => Zeroizing::new(text),
            (None, Some(file)) => match fs::read_to_string(file) {
                Ok(text) => Zeroizing::new(Zeroizing::new(text).trim().to_owned()),
                Err(error) => {
                    self.faults.push(unreadable(&place.0, "client_secret_file", &error));
                    return None;
                }
            },
            (None, None) => return None,
        };
        if secret.len() < 16 {
            self.fault(
                place,
                "client_secret_file",
                "holds fewer than 16 characters",
                "take the one that the provider made",
            );
            return None;
        }
        Some(secret)
    }

    fn vouched_factor(&mut self) -> VouchedFactor {
        let (text, place) = self.placed("oidc", "second_factor");
        let methods = list(&self.text("oidc", "methods", METHODS));
        let levels = list(&self.text("oidc", "levels", ""));
        match text.as_deref() {
            None | Some("own") => VouchedFactor::Own,
            Some("provider") => VouchedFactor::Provider { methods, levels },
            Some(_) => {
                self.fault(place, "second_factor", "no such choice", "one of own, provider");
                VouchedFactor::Own
            }
        }
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    const WHOLE: &str = "[oidc]\nissuer = \"https://sso.example.cn/realms/yb\"\nclient_id = \"mingcha\"\naddress = \"https://mingcha.example.cn\"\nclaim = \"work_number\"\n";
    const SECRET: &[(&str, &str)] = &[("MINGCHA_OIDC_CLIENT_SECRET", "12345678901234567")];

    fn read(text: &str, env: &[(&str, &str)]) -> (Option<OidcConfig>, Vec<String>) {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (config, faults) = Config::from_text("mingcha.toml", text, env);
        let faults =
            faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.column)).collect();
        (config.and_then(|config| config.oidc), faults)
    }

    #[test]
    fn nothing_set_means_passwords_alone_and_something_set_means_all_of_it() {
        assert!(matches!(read("", &[]), (None, faults) if faults.is_empty()));
        let (none, faults) = read("[oidc]\nclient_id = \"mingcha\"\n", &[]);
        assert!(none.is_none());
        assert_eq!(faults, [":0 address", ":0 claim", ":0 client_secret_file", ":0 issuer"]);
        let (whole, faults) = read(WHOLE, SECRET);
        assert_eq!(faults, [""; 0]);
        let whole = whole.expect("in order");
        assert_eq!((whole.second_factor, whole.scope.as_str()), (VouchedFactor::Own, "openid"));
        assert_eq!(*whole.client_secret, "12345678901234567", "digits stay as they were written");
    }

    #[test]
    fn a_secret_in_the_configuration_and_a_provider_without_tls_are_refused() {
        let text = format!("{WHOLE}client_secret = \"in the open, for all to read\"\n");
        assert_eq!(read(&text, &[]).1, [":0 client_secret_file", "mingcha.toml:6 client_secret"]);
        let text = WHOLE.replace("https://sso", "http://sso");
        assert_eq!(read(&text, SECRET).1, [":0 issuer", "mingcha.toml:2 issuer"]);
        assert_eq!(
            read(&WHOLE.replace("https://sso.example.cn/", "http://127.0.0.1:8080/"), SECRET).1,
            [""; 0]
        );
        assert_eq!(
            read(WHOLE, &[("MINGCHA_OIDC_CLIENT_SECRET", "short")]).1,
            [":0 client_secret_file", ":0 client_secret_file"]
        );
    }
}
