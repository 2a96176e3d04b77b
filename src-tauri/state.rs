//! What the commands share: the owner's shop, opened once, and the few facts that last as long as the window.
//!
//! A shop that cannot be opened (a damaged database, a full disk) does not keep the window shut: the error is what every
//! command answers, and the next command tries again, so that an owner who mends the cause need not start anew.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use smartlinks_core::ports::{BaseUrls, Browser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::Vault;
use smartlinks_core::views::{Attempt, Event};
use smartlinks_core::words::Language;
use smartlinks_core::{Code, Config, Error, Result, Shop};
use smartlinks_sandbox::Sandbox;
use tokio::sync::{OnceCell, broadcast, oneshot};

use crate::ipc_error::{Answer, IpcError};
use crate::practice;

/// What the application is started with; everything that depends on this computer comes in here.
pub struct Start {
    /// The owner's folder: preferences of the window, in either mode.
    pub data_dir: PathBuf,
    /// The folder of the shop that is opened: the owner's, or the one of practice inside it.
    pub shop_dir: PathBuf,
    /// Where a file goes that the owner asks for, if this computer names a place.
    pub downloads: Option<PathBuf>,
    /// Whether the suppliers are simulated in this process.
    pub practice: bool,
    /// Where the suppliers answer, when they are not simulated; an address that is refused is told by every command.
    pub base_urls: Result<BaseUrls>,
    /// Where secrets are kept.
    pub vault: Arc<dyn Vault>,
    /// What opens links and consent pages.
    pub browser: Arc<dyn Browser>,
    /// The language of the system, for an owner who chose none.
    pub language: Language,
    /// What is played for a benchmark; none unless one runs.
    pub bench: Option<String>,
}

/// A shop that was just opened, with everything it tells from its first moment on.
pub type Opened = (Shop, broadcast::Receiver<Event>);

/// The state of the application.
pub struct AppState {
    start: Start,
    shop: OnceCell<Shop>,
    opened: Mutex<Option<oneshot::Sender<Opened>>>,
    sandbox: Mutex<Option<Sandbox>>,
    attempt: Mutex<Option<Attempt>>,
    told: Mutex<Option<Event>>,
    chosen: Mutex<Option<Language>>,
}

impl AppState {
    /// The state before anything is opened, and where the shop comes out once it is.
    #[must_use]
    pub fn new(start: Start) -> (Self, oneshot::Receiver<Opened>) {
        let (sender, receiver) = oneshot::channel();
        let state = Self {
            start,
            shop: OnceCell::new(),
            opened: Mutex::new(Some(sender)),
            sandbox: Mutex::default(),
            attempt: Mutex::default(),
            told: Mutex::default(),
            chosen: Mutex::default(),
        };
        (state, receiver)
    }

    /// What the application was started with.
    #[must_use]
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The shop, opened by whoever asks first.
    ///
    /// # Errors
    /// Why it cannot be opened; the next call tries again.
    pub async fn shop(&self) -> Result<Shop> {
        self.shop.get_or_try_init(|| self.open()).await.cloned()
    }

    async fn open(&self) -> Result<Shop> {
        let base_urls = if self.start.practice {
            let sandbox = practice::suppliers().await?;
            let urls = practice::base_urls(&sandbox);
            *held(&self.sandbox) = Some(sandbox);
            urls
        } else {
            self.start.base_urls.clone()?
        };
        let config = Config {
            data_dir: self.start.shop_dir.clone(),
            practice: self.start.practice,
        };
        let ports = Ports {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            browser: Arc::clone(&self.start.browser),
            vault: Arc::clone(&self.start.vault),
            base_urls,
        };
        let shop = Shop::open(config, ports).await?;
        if let Some(opened) = held(&self.opened).take() {
            // Nobody listens while the application is ending.
            let _ = opened.send((shop.clone(), shop.events()));
        }
        Ok(shop)
    }

    /// Runs one use case on the shop; every command is this and little more.
    ///
    /// # Errors
    /// What the use case or the opening says, in the window's language.
    pub async fn ask<T, F>(&self, use_case: impl FnOnce(Shop) -> F + Send) -> Answer<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        let answer = match self.shop().await {
            Ok(shop) => use_case(shop).await,
            Err(error) => Err(error),
        };
        answer.map_err(|error| self.explain(&error))
    }

    /// An error in the window's language. What we cannot explain is worth a line in the log.
    #[must_use]
    pub fn explain(&self, error: &Error) -> IpcError {
        if error.code == Code::Unexpected {
            tracing::error!(code = ?error.code, "a command failed unexpectedly");
        }
        IpcError::new(error, self.language())
    }

    /// The window's language: the owner's choice, or the system's.
    #[must_use]
    pub fn language(&self) -> Language {
        held(&self.chosen).unwrap_or(self.start.language)
    }

    /// What the owner chose; `None` is the system's language.
    #[must_use]
    pub fn chosen(&self) -> Option<Language> {
        *held(&self.chosen)
    }

    /// Remembers the owner's choice; `None` is the system's language.
    pub fn speak(&self, language: Option<Language>) {
        *held(&self.chosen) = language;
    }

    /// Remembers the attempt that waits: its address holds the state, which is kept in memory only.
    pub fn remember(&self, attempt: Attempt) {
        *held(&self.attempt) = Some(attempt);
    }

    /// Remembers where an authorization is, for a page that was not there to hear it: a link that starts the application is
    /// taken before the window can show anything.
    pub fn tell(&self, event: &Event) {
        if matches!(event, Event::Authorization { .. }) {
            *held(&self.told) = Some(event.clone());
        }
    }

    /// What was told last about an authorization since the start.
    #[must_use]
    pub fn told(&self) -> Option<Event> {
        held(&self.told).clone()
    }

    /// The attempt this window began last.
    #[must_use]
    pub fn attempt(&self) -> Option<Attempt> {
        held(&self.attempt).clone()
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
