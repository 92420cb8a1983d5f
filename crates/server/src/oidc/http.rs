//! Calls to the provider: one request a connection, over TLS with its own roots, bounded in bytes and time.

use crate::config::is_safe;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
    client::conn::http1,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};
use std::{path::Path, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const MOST: usize = 1 << 20;

/// Why there is no answer. Quotes nothing that was sent or received.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The address may not be called.
    #[error("an address of the provider is neither over TLS nor on this machine")]
    Unsafe,
    /// The certificates that it is held against cannot be read.
    #[error("`oidc.ca` cannot be used: {0}")]
    Roots(String),
    /// It is not there, or not who it should be.
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    /// It takes too long.
    #[error("the provider did not answer within {} seconds", PATIENCE.as_secs())]
    Slow,
    /// Its answer breaks off, or is too long.
    #[error("the provider's answer could not be read")]
    Unread,
}

/// What calls the provider.
pub struct Http {
    tls: TlsConnector,
}

impl Http {
    /// With the certificates of a file, or those of the system.
    pub fn new(ca: Option<&Path>) -> Result<Self, HttpError> {
        let mut roots = RootCertStore::empty();
        match ca {
            Some(file) => {
                let wrong = |error: &dyn std::fmt::Display| HttpError::Roots(error.to_string());
                for certificate in CertificateDer::pem_file_iter(file).map_err(|error| wrong(&error))? {
                    let certificate = certificate.map_err(|error| wrong(&error))?;
                    roots.add(certificate).map_err(|error| wrong(&error))?;
                }
                if roots.is_empty() {
                    return Err(HttpError::Roots("it holds no certificate".to_owned()));
                }
            }
            // What of the system's cannot be read is left out: the rest serves.
            None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| HttpError::Roots(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Reads.
    pub async fn get(&self, url: &Url) -> Result<(StatusCode, Bytes), HttpError> {
        self.call(Method::GET, url, None, String::new()).await
    }

    /// Sends a form.
    pub async fn post(
        &self,
        url: &Url,
        authorization: Option<String>,
        form: String,
    ) -> Result<(StatusCode, Bytes), HttpError> {
        self.call(Method::POST, url, authorization, form).await
    }

    async fn call(
        &self,
        method: Method,
        url: &Url,
        authorization: Option<String>,
        form: String,
    ) -> Result<(StatusCode, Bytes), HttpError> {
        if !is_safe(url) {
            return Err(HttpError::Unsafe);
        }
        let asked = async {
            let (host, port) =
                (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(443));
            let bare = host.trim_matches(['[', ']']);
            let unreachable = |error: std::io::Error| HttpError::Unreachable(error.kind().to_string());
            let stream = TcpStream::connect((bare, port)).await.map_err(unreachable)?;
            let request = request(&method, url, authorization, form)?;
            if url.scheme() == "http" {
                return exchanged(stream, request).await;
            }
            let name = ServerName::try_from(bare.to_owned()).map_err(|_| HttpError::Unsafe)?;
            let stream = self.tls.connect(name, stream).await;
            exchanged(stream.map_err(|error| HttpError::Unreachable(error.to_string()))?, request).await
        };
        tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(HttpError::Slow))
    }
}

fn request(
    method: &Method,
    url: &Url,
    authorization: Option<String>,
    form: String,
) -> Result<Request<Full<Bytes>>, HttpError> {
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut request =
        Request::builder().method(method).uri(target).header(HOST, host).header(ACCEPT, "application/json");
    if *method == Method::POST {
        request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    if let Some(authorization) = authorization {
        request = request.header(AUTHORIZATION, authorization);
    }
    request.body(Full::from(form)).map_err(|_| HttpError::Unsafe)
}

async fn exchanged(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(StatusCode, Bytes), HttpError> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| HttpError::Unread)?;
    let served = tokio::spawn(connection);
    let answer = async {
        let answer = sender.send_request(request).await.map_err(|_| HttpError::Unread)?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), MOST).collect().await.map_err(|_| HttpError::Unread)?;
        Ok((status, body.to_bytes()))
    };
    let answer = answer.await;
    served.abort();
    answer
}
