//! Starting and stopping: open the store, refuse what is unsafe, listen, end requests under way, close.

use crate::{
    App, Config, Desk, DeskError,
    claims::{Claims, NoClaims},
    config::Tls,
    jobs::Queues,
    oidc::{HttpError, Provider},
    router,
    tasks::Tasks,
};
use axum_server::{Handle, tls_rustls::RustlsConfig};
use hyper_util::rt::TokioTimer;
use mingcha_casework::{
    Procedures,
    docket::{Crowds, Docket, Overview},
    policy::{OpenInformant, OpenPersonalData, Policies},
    signin::Passwords,
    store::{self, Clock, Store, machine_clock},
    vault::{Held, Kept, KeySource, Purpose, RingError, Vaults, new_ring},
};
use mingcha_model::Diagnostic;
use mingcha_papers::Papers;
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::task::JoinHandle;

/// Most headers of a request, and most bytes of them.
const HEADERS: usize = 64;
const HEADER_BYTES: usize = 32 * 1024;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It would listen beyond this machine without TLS.
    #[error("`server.listen` {0} is beyond this machine, which needs `server.certificate` and `server.key`")]
    NoTls(SocketAddr),
    /// It would listen beyond this machine, and there is nobody to sign in.
    #[error(
        "`server.listen` {0} is beyond this machine, but there are no accounts; run `mingcha init` first"
    )]
    NoAccounts(SocketAddr),
    /// The certificate or key cannot be used.
    #[error("certificate or key cannot be used: {0}; both must be PEM and belong together")]
    Tls(String),
    /// Procedures or policies of the site have faults.
    #[error("procedures or policies have faults:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Files(Vec<Diagnostic>),
    /// The keys of sign-in cannot be used.
    #[error("keys of sign-in: {0}")]
    Desk(#[from] DeskError),
    /// What calls the provider of sign-in cannot be set up.
    #[error("sign-in at a provider: {0}")]
    Oidc(#[from] HttpError),
    /// The keys of a vault cannot be used.
    #[error("keys of `{}`: {}", .0.name(), .1)]
    Keys(Purpose, RingError),
    /// The store cannot be opened.
    #[error("store: {0}")]
    Store(#[from] store::Error),
    /// It cannot listen, or the data folder cannot be made.
    #[error("{0}: {1}")]
    Io(String, io::Error),
}

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers share.
    pub app: Arc<App>,
    handle: Handle<SocketAddr>,
    task: JoinHandle<io::Result<()>>,
    tasks: Tasks,
    queues: Queues,
}

impl Running {
    /// Takes no more requests, ends those under way, closes the store.
    pub async fn stop(self) -> io::Result<()> {
        self.handle.graceful_shutdown(Some(self.app.config.grace));
        let ended = self.task.await.map_err(io::Error::other)?;
        self.queues.stop().await;
        self.tasks.stop().await;
        let store = Arc::clone(&self.app.store);
        drop(self.app);
        // What still holds the store after the grace is cut off; what was acknowledged is on disk all the same.
        if let Ok(store) = Arc::try_unwrap(store) {
            store.close().await;
        }
        ended
    }
}

/// Serves until the process is asked to stop; `claims` reads the lake, `begun` is told the address once it is listened on.
pub async fn serve(
    config: Config,
    claims: Arc<dyn Claims>,
    begun: impl FnOnce(SocketAddr),
) -> Result<(), StartError> {
    let running = start_with(config, machine_clock(), claims).await?;
    begun(running.address);
    tracing::info!(address = %running.address, "listening");
    asked_to_stop().await;
    tracing::info!("stopping");
    running.stop().await.map_err(|error| StartError::Io("stopping".into(), error))
}

/// Starts a server.
pub async fn start(config: Config) -> Result<Running, StartError> {
    start_by(config, machine_clock()).await
}

/// Starts a server whose store goes by a clock of the caller's.
pub async fn start_by(config: Config, clock: Clock) -> Result<Running, StartError> {
    start_with(config, clock, Arc::new(NoClaims)).await
}

/// The same, with a reader of the lake.
pub async fn start_with(
    config: Config,
    clock: Clock,
    claims: Arc<dyn Claims>,
) -> Result<Running, StartError> {
    if !config.is_local() && config.tls.is_none() {
        return Err(StartError::NoTls(config.listen));
    }
    let tls = config.tls.as_ref().map(tls).transpose()?;
    let (policies, procedures) = files(config.procedures.as_deref())?;
    let papers = papers(config.procedures.as_deref())?;
    fs::create_dir_all(&config.folder)
        .map_err(|error| StartError::Io(config.folder.display().to_string(), error))?;
    Store::migrate(&config.database).await?;
    let store = Store::open(&config.database, clock).await?;
    let empty = store.count_accounts().await? == 0;
    if !config.is_local() && empty {
        return Err(StartError::NoAccounts(config.listen));
    }
    let desk = desk(&config, empty)?;
    let docket = Docket {
        vaults: Arc::new(vaults(&config, &store).await?),
        store: Arc::new(store),
        procedures: Arc::new(procedures),
        policies: Arc::new(policies),
        overview: Overview::default(),
        crowds: Crowds::default(),
    };
    let provider = config.oidc.clone().map(Provider::new).transpose()?;
    let app = Arc::new(App::new(docket, Arc::new(papers), claims, desk, provider, Arc::new(config)));
    let (placed, removed) = app.docket.sweep_files(&app.files).await?;
    if placed + removed > 0 {
        tracing::info!(placed, removed, "files that the last run left half way");
    }
    warm(app.docket.clone());
    let queues = Queues::start(&app).await?;
    listen(app, tls, queues)
}

/// Reads in the background what counts and boards are made of, so that the first who opens one need not wait for it.
fn warm(docket: Docket) {
    tokio::spawn(async move {
        if let Err(error) = docket.overview.warm(&docket.store).await {
            tracing::warn!(%error, "matters could not be read ahead; the first count reads them");
        }
    });
}

/// The desk that people sign in at. Its file of keys is made where nobody can sign in yet; later a missing one is an error, since new keys
/// would not open what the old ones sealed.
pub fn desk(config: &Config, empty: bool) -> Result<Desk, StartError> {
    if let KeySource::File(path) = &config.sign_in_keys
        && empty
        && !path.exists()
    {
        make_keys(Purpose::SignIn, path)
            .map_err(|error| StartError::Io(path.display().to_string(), error))?;
    }
    let ring = Held::read(config.sign_in_keys.clone()).map_err(DeskError::from)?;
    let passwords = Passwords::new(config.cost).map_err(DeskError::from)?;
    Ok(Desk::new(passwords, ring))
}

/// The vaults of personal data and of informants. A file of keys is made where nothing is sealed yet; later a missing one is an error.
pub async fn vaults(config: &Config, store: &Store) -> Result<Vaults, StartError> {
    let personal = held::<OpenPersonalData>(&config.personal_keys, store).await?;
    Ok(Vaults::new(personal, held::<OpenInformant>(&config.informant_keys, store).await?))
}

async fn held<D: Kept>(source: &KeySource, store: &Store) -> Result<Held<D>, StartError> {
    if let KeySource::File(path) = source
        && !path.exists()
        && store.keys_in_use::<D>().await?.current.is_none()
    {
        make_keys(D::PURPOSE, path).map_err(|error| StartError::Io(path.display().to_string(), error))?;
    }
    Held::read(source.clone()).map_err(|error| StartError::Keys(D::PURPOSE, error))
}

/// Writes a new ring that nobody but its owner may read.
fn make_keys(purpose: Purpose, path: &Path) -> io::Result<()> {
    let text = new_ring(purpose, "k1").map_err(io::Error::other)?;
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    write_private(path, &text)
}

/// Writes a new file that nobody but its owner may read.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    io::Write::write_all(&mut file, text.as_bytes())?;
    file.sync_all()
}

/// Puts such a file in the place of another at once: who reads meets the one or the other.
pub fn replace_private(path: &Path, text: &str) -> io::Result<()> {
    let beside = PathBuf::from(format!("{}.new", path.display()));
    // Left by a call that was killed before it was done.
    drop(fs::remove_file(&beside));
    write_private(&beside, text)?;
    fs::rename(&beside, path)
}

fn listen(app: Arc<App>, tls: Option<ServerConfig>, queues: Queues) -> Result<Running, StartError> {
    let handle = Handle::new();
    let service = router(Arc::clone(&app)).into_make_service_with_connect_info::<SocketAddr>();
    let at = app.config.listen;
    let wrong = |error| StartError::Io(format!("cannot listen on {at}"), error);
    let listener = std::net::TcpListener::bind(at).map_err(wrong)?;
    listener.set_nonblocking(true).map_err(wrong)?;
    let address = listener.local_addr().map_err(wrong)?;
    // A macro, for the two servers are of two types.
    macro_rules! spawn {
        ($server:expr) => {{
            let mut server = $server.handle(handle.clone());
            let mut http = server.http_builder().http1();
            http.timer(TokioTimer::new());
            http.header_read_timeout(Duration::from_secs(10)).max_headers(HEADERS).max_buf_size(HEADER_BYTES);
            tokio::spawn(server.http1_only().serve(service))
        }};
    }
    let task = match tls {
        Some(tls) => {
            let tls = RustlsConfig::from_config(Arc::new(tls));
            spawn!(axum_server::from_tcp_rustls(listener, tls).map_err(wrong)?)
        }
        None => spawn!(axum_server::from_tcp(listener).map_err(wrong)?),
    };
    let tasks = Tasks::start(Arc::clone(&app));
    Ok(Running { address, app, handle, task, tasks, queues })
}

/// What is built in, with a site's folder laid over it.
pub fn files(folder: Option<&Path>) -> Result<(Policies, Procedures), StartError> {
    let (procedures, faults) = folder.map_or_else(Procedures::embedded, Procedures::load);
    let faults: Vec<_> =
        faults.into_iter().filter(|fault| fault.level == mingcha_model::diagnostic::Level::Error).collect();
    if !faults.is_empty() {
        return Err(StartError::Files(faults));
    }
    let policies = folder.map_or_else(Policies::embedded, Policies::load).map_err(StartError::Files)?;
    Ok((policies, procedures))
}

/// Papers and ledgers, with a site's folder laid over them.
fn papers(folder: Option<&Path>) -> Result<Papers, StartError> {
    let (papers, faults) = folder.map_or_else(Papers::embedded, Papers::load);
    let faults: Vec<_> =
        faults.into_iter().filter(|fault| fault.level == mingcha_model::diagnostic::Level::Error).collect();
    if faults.is_empty() { Ok(papers) } else { Err(StartError::Files(faults)) }
}

fn tls(files: &Tls) -> Result<ServerConfig, StartError> {
    let wrong = |error: &dyn std::fmt::Display| StartError::Tls(error.to_string());
    let chain = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(&error))?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| wrong(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong(&error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            drop(interrupt.await);
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// Logs as JSON lines on standard error: times, levels, what happened; never bodies, queries or anything personal.
pub fn log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(format!("warn,mingcha_server={}", config.log));
    let logged = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(io::stderr).try_init();
    // Another one stands already where several servers run in one process, as in tests.
    drop(logged);
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or(String::new(), ToString::to_string);
        // Its words may hold anything; the place is enough to find it.
        tracing::error!(place, "panic");
    }));
}
