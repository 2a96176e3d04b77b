//! Where secrets live: the operating system's keychain, one entry each, and nowhere else.
//!
//! Without a keychain secrets last for the session, in memory, and the state says so; there is no file to fall back to.
//! Not here: facts that are no secret (the store's), and the suppliers' ideas of a token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use crate::error::{Code, Error, Result};
use crate::views::{KeychainState, Supplier};

/// Windows Credential Manager takes 2,560 bytes, which are 1,280 UTF-16 letters: a longer secret would fail to be written.
const LONGEST: usize = 1_280;
/// How long a keychain may ask the owner for its password before we go on without it.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a keychain that refused is left in peace. Every question to a locked one opens a dialog, and the window looks at
/// its accounts often: an owner who closed the dialog would see it again at once, and again.
const PEACE: Duration = Duration::from_secs(60);

/// Which secret of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// CJ API key, or client id and secret joined as one.
    ApiKey,
    /// CJ client secret of a separate pair.
    ClientSecret,
    /// AliExpress App Secret.
    AppSecret,
    /// Access token.
    AccessToken,
    /// Refresh token.
    RefreshToken,
    /// Password of a database.
    Password,
}

impl Kind {
    /// Every kind an account of a supplier may have, for disconnecting.
    pub const ALL: [Self; 5] = [
        Self::ApiKey,
        Self::ClientSecret,
        Self::AppSecret,
        Self::AccessToken,
        Self::RefreshToken,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::ApiKey => "api_key",
            Self::ClientSecret => "client_secret",
            Self::AppSecret => "app_secret",
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
            Self::Password => "password",
        }
    }
}

/// To whom a secret opens the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// A supplier's API.
    Supplier(Supplier),
    /// The shop's Postgres database.
    Postgres,
    /// The shop's Supabase project.
    Supabase,
}

impl From<Supplier> for Whose {
    fn from(supplier: Supplier) -> Self {
        Self::Supplier(supplier)
    }
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Supplier(supplier) => supplier.fmt(f),
            Self::Postgres => f.write_str("postgres"),
            Self::Supabase => f.write_str("supabase"),
        }
    }
}

/// The name of one secret.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// To whom it opens the door.
    pub whose: Whose,
    /// Our id of the account; for a shop, its address.
    pub account: String,
    /// Which secret.
    pub kind: Kind,
}

impl Entry {
    /// Names a secret.
    #[must_use]
    pub fn new(whose: impl Into<Whose>, account: &str, kind: Kind) -> Self {
        Self {
            whose: whose.into(),
            account: account.to_owned(),
            kind,
        }
    }

    /// The entry's name in the keychain: `cj/<account>/access_token`.
    #[must_use]
    pub fn user(&self) -> String {
        format!("{}/{}/{}", self.whose, self.account, self.kind.as_str())
    }
}

/// Keeps secrets.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The secret, if it is there.
    ///
    /// # Errors
    /// `KeychainUnavailable` when nobody can tell.
    async fn get(&self, entry: &Entry) -> Result<Option<SecretString>>;
    /// Keeps the secret and reads it back. Returns whether it will outlive this session.
    ///
    /// # Errors
    /// `KeychainUnavailable` when it could not be kept at all.
    async fn set(&self, entry: &Entry, secret: &SecretString) -> Result<bool>;
    /// Forgets the secret; it is no error if it was not there.
    ///
    /// # Errors
    /// `KeychainUnavailable` when it may still be there.
    async fn forget(&self, entry: &Entry) -> Result<()>;
    /// Whether secrets outlive the session.
    async fn state(&self) -> KeychainState;
    /// Asked before anything is fetched that would have to be kept.
    ///
    /// # Errors
    /// `KeychainUnavailable` when a new secret could not be kept as this host wants it.
    async fn ready(&self) -> Result<()> {
        Ok(())
    }
}

/// Secrets in memory, for this session only: practice without a keychain, and tests.
#[derive(Default)]
pub struct SessionVault {
    secrets: Mutex<HashMap<Entry, SecretString>>,
    stands_for_keychain: bool,
}

impl SessionVault {
    /// A memory that counts as a keychain: for `demo`, which is over when its process is.
    #[must_use]
    pub fn as_keychain() -> Self {
        Self {
            stands_for_keychain: true,
            ..Self::default()
        }
    }

    fn secrets(&self) -> std::sync::MutexGuard<'_, HashMap<Entry, SecretString>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Vault for SessionVault {
    async fn get(&self, entry: &Entry) -> Result<Option<SecretString>> {
        Ok(self.secrets().get(entry).cloned())
    }

    async fn set(&self, entry: &Entry, secret: &SecretString) -> Result<bool> {
        self.secrets().insert(entry.clone(), secret.clone());
        Ok(self.stands_for_keychain)
    }

    async fn forget(&self, entry: &Entry) -> Result<()> {
        self.secrets().remove(entry);
        Ok(())
    }

    async fn state(&self) -> KeychainState {
        if self.stands_for_keychain {
            KeychainState::Available
        } else {
            KeychainState::Unavailable
        }
    }
}

/// What a host does when there is no keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutKeychain {
    /// Secrets last for this session: right for a window that stays open.
    KeepForSession,
    /// Say so and do nothing: right for a command that ends at once.
    Refuse,
}

/// The operating system's keychain: Secret Service, macOS Keychain, Windows Credential Manager.
pub struct KeychainVault {
    service: String,
    without: WithoutKeychain,
    session: SessionVault,
    refused: Mutex<Option<Refusal>>,
}

/// That the keychain could not be used: since when, and why.
struct Refusal {
    at: tokio::time::Instant,
    why: String,
}

impl KeychainVault {
    /// A keychain whose entries are filed under `service`; practice and real life use different ones.
    #[must_use]
    pub fn new(service: impl Into<String>, without: WithoutKeychain) -> Arc<Self> {
        Arc::new(Self {
            service: service.into(),
            without,
            session: SessionVault::default(),
            refused: Mutex::default(),
        })
    }

    /// Looks something up, unless the keychain has just refused: then the refusal still stands.
    async fn look(
        &self,
        entry: &Entry,
        what: impl FnOnce(keyring::Entry) -> keyring::Result<String> + Send + 'static,
    ) -> Result<String, Trouble> {
        if let Some(refusal) = &*self.refusal()
            && refusal.at.elapsed() < PEACE
        {
            return Err(Trouble::Unavailable(refusal.why.clone()));
        }
        self.ask(entry, what).await
    }

    fn refusal(&self) -> std::sync::MutexGuard<'_, Option<Refusal>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and keeps in mind whether the keychain refused.
    async fn ask<T: Send + 'static>(
        &self,
        entry: &Entry,
        what: impl FnOnce(keyring::Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, Trouble> {
        let asked = self.ask_keychain(entry, what).await;
        match &asked {
            Ok(_) => *self.refusal() = None,
            // Known without a password: a locked keychain says so too.
            Err(Trouble::NoEntry) => {}
            Err(Trouble::Unavailable(why)) => {
                *self.refusal() = Some(Refusal {
                    at: tokio::time::Instant::now(),
                    why: why.clone(),
                });
            }
        }
        asked
    }

    /// Runs one keychain operation off the async threads, because it may ask the owner for a password.
    async fn ask_keychain<T: Send + 'static>(
        &self,
        entry: &Entry,
        what: impl FnOnce(keyring::Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, Trouble> {
        let (service, user) = (self.service.clone(), entry.user());
        let asked =
            tokio::task::spawn_blocking(move || what(keyring::Entry::new(&service, &user)?));
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(Ok(Err(keyring::Error::NoEntry))) => Err(Trouble::NoEntry),
            Ok(Ok(Err(error))) => Err(Trouble::Unavailable(without_contents(&error))),
            Ok(Err(_)) => Err(Trouble::Unavailable(
                "the keychain's thread was cut off".into(),
            )),
            Err(_) => Err(Trouble::Unavailable(
                "the keychain did not answer within a minute".into(),
            )),
        }
    }
}

enum Trouble {
    NoEntry,
    Unavailable(String),
}

/// The keychain's reason, without the bytes that some of its errors carry.
fn without_contents(error: &keyring::Error) -> String {
    match error {
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            "an entry is unreadable".into()
        }
        keyring::Error::Ambiguous(_) => "an entry is there twice".into(),
        other => other.to_string(),
    }
}

fn unavailable(why: &str) -> Error {
    Error::new(Code::KeychainUnavailable, format!("keychain: {why}"))
}

#[async_trait]
impl Vault for KeychainVault {
    async fn get(&self, entry: &Entry) -> Result<Option<SecretString>> {
        if let Some(secret) = self.session.get(entry).await? {
            return Ok(Some(secret));
        }
        match self.look(entry, |entry| entry.get_password()).await {
            Ok(password) => Ok(Some(SecretString::from(password))),
            Err(Trouble::NoEntry) => Ok(None),
            Err(Trouble::Unavailable(why)) => Err(unavailable(&why)),
        }
    }

    async fn set(&self, entry: &Entry, secret: &SecretString) -> Result<bool> {
        let length = secret.expose_secret().encode_utf16().count();
        if length > LONGEST {
            return Err(unavailable(&format!(
                "a secret of {length} letters is too long for an entry ({LONGEST})"
            )));
        }
        let wanted = secret.clone();
        let written = self
            .ask(entry, move |entry| {
                entry.set_password(wanted.expose_secret())?;
                // A keychain that says yes and forgets signs the owner out at the next start.
                Ok(entry.get_password()? == wanted.expose_secret())
            })
            .await;
        let why = match written {
            Ok(true) => {
                self.session.forget(entry).await?;
                return Ok(true);
            }
            Ok(false) | Err(Trouble::NoEntry) => "an entry did not read back as written".to_owned(),
            Err(Trouble::Unavailable(why)) => why,
        };
        match self.without {
            WithoutKeychain::KeepForSession => self.session.set(entry, secret).await,
            WithoutKeychain::Refuse => Err(unavailable(&why)),
        }
    }

    async fn forget(&self, entry: &Entry) -> Result<()> {
        self.session.forget(entry).await?;
        match self.ask(entry, |entry| entry.delete_credential()).await {
            Ok(()) | Err(Trouble::NoEntry) => Ok(()),
            Err(Trouble::Unavailable(why)) => Err(unavailable(&why)),
        }
    }

    async fn state(&self) -> KeychainState {
        let probe = Entry::new(Supplier::Cj, "probe", Kind::AccessToken);
        match self.look(&probe, |entry| entry.get_password()).await {
            Ok(_) | Err(Trouble::NoEntry) => KeychainState::Available,
            Err(Trouble::Unavailable(_)) => KeychainState::Unavailable,
        }
    }

    async fn ready(&self) -> Result<()> {
        match (self.without, self.state().await) {
            (WithoutKeychain::Refuse, KeychainState::Unavailable) => {
                Err(unavailable("no keychain answers"))
            }
            _ => Ok(()),
        }
    }
}
