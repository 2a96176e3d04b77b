//! One owner's data folder, with the ports it works through: what every use case is given.
//!
//! A [`Shop`] is cheap to clone and may be shared by threads. Several processes may open the same folder: what must
//! happen once (renewing a token, a sync of an account) is guarded by lock files in it.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, broadcast, watch};

use crate::catalog::Kept;
use crate::error::{Code, Error, Result};
use crate::ports::{BaseUrls, Ports, is_loopback};
use crate::store::Store;
use crate::views::{Event, Supplier};

/// How long one call to a supplier may take in all.
const CALL: Duration = Duration::from_secs(45);
/// How long reaching the supplier may take; slow lines need some.
const CONNECT: Duration = Duration::from_secs(15);
/// Events a slow listener may lag behind before it misses some.
const EVENTS: usize = 1_024;

/// What a shop is opened with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of this owner's data; made if missing.
    pub data_dir: PathBuf,
    /// Whether the suppliers are simulated.
    pub practice: bool,
}

struct Inner {
    config: Config,
    ports: Ports,
    store: Store,
    http: reqwest::Client,
    events: broadcast::Sender<Event>,
    moved: Notify,
    attempts: watch::Sender<u64>,
    gates: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    places: Kept,
}

/// One owner's data folder, opened.
#[derive(Clone)]
pub struct Shop(Arc<Inner>);

impl Shop {
    /// Opens the data folder.
    ///
    /// # Errors
    /// `Disk`, `DatabaseCorrupt` or `DatabaseNewer`; nothing is changed then.
    pub async fn open(config: Config, ports: Ports) -> Result<Self> {
        let http = http_client(&ports.base_urls)?;
        let folder = config.data_dir.clone();
        let store = tokio::task::spawn_blocking(move || {
            make_private(&folder)?;
            // Two processes that start together must not migrate together.
            let lock = lock_file(&folder, "open")?;
            lock.lock().map_err(|error| disk(&folder, &error))?;
            Store::open(&folder.join("smartlinks.db"))
        })
        .await
        .map_err(|error| Error::new(Code::Unexpected, format!("opening was cut off: {error}")))??;
        let (events, _) = broadcast::channel(EVENTS);
        Ok(Self(Arc::new(Inner {
            config,
            ports,
            store,
            http,
            events,
            moved: Notify::new(),
            attempts: watch::Sender::new(0),
            gates: Mutex::default(),
            places: Kept::default(),
        })))
    }

    /// Whether the suppliers are simulated.
    #[must_use]
    pub fn practice(&self) -> bool {
        self.0.config.practice
    }

    /// The data folder.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.0.config.data_dir
    }

    /// What the host handed over.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.0.ports
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The lists that are kept in order.
    pub(crate) fn places(&self) -> &Kept {
        &self.0.places
    }

    /// Now, by the host's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.ports.clock.now()
    }

    /// Listens to what happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// Tells whoever listens.
    pub fn tell(&self, event: Event) {
        // Nobody listening is no error.
        let _ = self.0.events.send(event);
    }

    pub(crate) fn tell_account(&self, supplier: Supplier, account: &str) {
        self.tell(Event::AccountChanged {
            supplier,
            account: account.to_owned(),
        });
    }

    /// The client all calls over HTTP go through.
    #[must_use]
    pub fn http(&self) -> reqwest::Client {
        self.0.http.clone()
    }

    /// Woken when an attempt or a run changed in this process.
    pub(crate) fn moved(&self) -> &Notify {
        &self.0.moved
    }

    /// Counts the attempts begun in this process; whoever still holds a port for an older one lets go.
    pub(crate) fn attempts(&self) -> &watch::Sender<u64> {
        &self.0.attempts
    }

    /// The gate through which all calls of an account start, one after the other, in this process.
    pub(crate) fn gate(&self, account: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut gates = self.0.gates.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(account.to_owned()).or_default())
    }

    /// Random bytes.
    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.ports.randomness.fill(&mut bytes);
        bytes
    }

    /// A new id such as `cj-3f9a1c2077`.
    pub(crate) fn new_id(&self, prefix: &str) -> String {
        format!("{prefix}-{}", hex(&self.random::<5>()))
    }

    /// Waits for the lock `name`, across processes; it is free again when the value is dropped.
    pub(crate) async fn lock(&self, name: &str) -> Result<File> {
        let (folder, name) = (self.data_dir().to_path_buf(), name.to_owned());
        tokio::task::spawn_blocking(move || {
            let file = lock_file(&folder, &name)?;
            file.lock().map_err(|error| disk(&folder, &error))?;
            Ok(file)
        })
        .await
        .map_err(|error| {
            Error::new(
                Code::Unexpected,
                format!("waiting for a lock was cut off: {error}"),
            )
        })?
    }

    /// Takes the lock `name` if nobody has it.
    ///
    /// # Errors
    /// `Disk` when the data folder cannot be written.
    pub async fn try_lock(&self, name: &str) -> Result<Option<File>> {
        let (folder, name) = (self.data_dir().to_path_buf(), name.to_owned());
        tokio::task::spawn_blocking(move || {
            let file = lock_file(&folder, &name)?;
            match file.try_lock() {
                Ok(()) => Ok(Some(file)),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(disk(&folder, &error)),
            }
        })
        .await
        .map_err(|error| {
            Error::new(
                Code::Unexpected,
                format!("taking a lock was cut off: {error}"),
            )
        })?
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn lock_file(folder: &Path, name: &str) -> Result<File> {
    let locks = folder.join("locks");
    std::fs::create_dir_all(&locks).map_err(|error| disk(folder, &error))?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(locks.join(format!("{name}.lock")))
        .map_err(|error| disk(folder, &error))
}

/// The catalogue is the owner's business: other users of the computer need not read it.
fn make_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| disk(folder, &error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // A folder on a foreign file system may refuse this; it is then as private as its owner made it.
        let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

fn disk(folder: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::Disk, format!("{}: {error}", folder.display()))
}

fn http_client(base_urls: &BaseUrls) -> Result<reqwest::Client> {
    // Whoever installed a provider first is right; both are ring.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder();
    if is_loopback(&base_urls.aliexpress) && is_loopback(&base_urls.cj) {
        // The office's proxy does not find suppliers simulated on this computer.
        builder = builder.no_proxy();
    }
    builder
        .timeout(CALL)
        .connect_timeout(CONNECT)
        // A supplier's API does not redirect; a captive portal does, and must not be followed with a key in hand.
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("SmartLinks/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| {
            Error::new(
                Code::Unexpected,
                format!("no HTTP client: {}", error.without_url()),
            )
        })
}
