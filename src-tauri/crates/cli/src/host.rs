//! What the surroundings say: environment, folders, keychain, browser. Read once, by both hosts, the window and the terminal.
//!
//! Not for what a command line says: that is in `args`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use smartlinks_core::ports::{BaseUrls, Browser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::{KeychainVault, Vault, WithoutKeychain};
use smartlinks_core::words::Language;
use smartlinks_core::{Code, Config, Error, Result, Shop};

use crate::browser::SystemBrowser;

/// The application's name to the operating system: folder of the data, service of the keychain entries.
pub const IDENTIFIER: &str = "app.smartlinks.desktop";
/// The folder of practice data in the data folder, and the end of its keychain service.
const PRACTICE: &str = "practice";

/// The arguments of this process without its own name.
#[must_use]
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().skip(1).collect()
}

/// The surroundings as they were when the process started.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// `SMARTLINKS_DATA_DIR`, or `--data-dir`, which goes before it.
    pub data_dir: Option<PathBuf>,
    /// `SMARTLINKS_ALIEXPRESS_BASE_URL`.
    pub aliexpress_base_url: Option<String>,
    /// `SMARTLINKS_CJ_BASE_URL`.
    pub cj_base_url: Option<String>,
    /// `SMARTLINKS_SUPABASE_BASE_URL`.
    pub supabase_base_url: Option<String>,
    /// `SMARTLINKS_BROWSER`: a program that is given the address as its one argument.
    pub browser: Option<OsString>,
    /// `SMARTLINKS_BENCH`: what the window plays for a benchmark.
    pub bench: Option<String>,
    /// Whether there is a screen to open a window on. Only Linux says so beforehand.
    pub display: bool,
    /// The locale of messages, such as `fr_CD.UTF-8`; empty when none is set.
    pub locale: String,
}

impl Host {
    /// Reads the environment. An empty variable counts as none.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the hosts read the environment"
    )]
    pub fn from_environment() -> Self {
        let mut host = Self::reading(|name| std::env::var_os(name));
        if host.locale.is_empty() {
            // Windows and macOS name the language elsewhere.
            host.locale = sys_locale::get_locale().unwrap_or_default();
        }
        host
    }

    fn reading(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        Self {
            data_dir: set("SMARTLINKS_DATA_DIR").map(PathBuf::from),
            aliexpress_base_url: text("SMARTLINKS_ALIEXPRESS_BASE_URL"),
            cj_base_url: text("SMARTLINKS_CJ_BASE_URL"),
            supabase_base_url: text("SMARTLINKS_SUPABASE_BASE_URL"),
            browser: set("SMARTLINKS_BROWSER"),
            bench: text("SMARTLINKS_BENCH"),
            display: !cfg!(target_os = "linux")
                || ["DISPLAY", "WAYLAND_DISPLAY"]
                    .into_iter()
                    .any(|name| set(name).is_some()),
            // The order POSIX gives them for the language of messages.
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(text)
                .unwrap_or_default(),
        }
    }

    /// The language of messages.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::of_locale(&self.locale)
    }

    /// Where a file goes that the owner asks for: where the system keeps downloads, or beside data that was moved.
    #[must_use]
    pub fn downloads(&self) -> Option<PathBuf> {
        match &self.data_dir {
            Some(folder) => Some(folder.join("downloads")),
            None => dirs::download_dir().or_else(dirs::home_dir),
        }
    }

    /// The folder of the owner's data, or of practice data, which never mix.
    ///
    /// # Errors
    /// `Disk` when this computer names no place for data and none was given.
    pub fn folder(&self, practice: bool) -> Result<PathBuf> {
        let folder = match &self.data_dir {
            Some(folder) => folder.clone(),
            None => dirs::data_dir()
                .ok_or_else(|| {
                    Error::new(
                        Code::Disk,
                        "this computer names no folder for data; give one with --data-dir",
                    )
                })?
                .join(IDENTIFIER),
        };
        Ok(if practice {
            folder.join(PRACTICE)
        } else {
            folder
        })
    }

    /// Where the suppliers answer.
    ///
    /// # Errors
    /// `BadInput` for an address that keys must not travel to.
    pub fn base_urls(&self) -> Result<BaseUrls> {
        BaseUrls::new(
            self.aliexpress_base_url.as_deref(),
            self.cj_base_url.as_deref(),
        )?
        .with_supabase(self.supabase_base_url.as_deref())
    }

    /// The browser of `SMARTLINKS_BROWSER`, or the system's.
    #[must_use]
    pub fn browser(&self) -> Arc<dyn Browser> {
        Arc::new(SystemBrowser::new(self.browser.clone()))
    }

    /// The ports of a host on this computer; what differs between hosts and modes is given.
    #[must_use]
    pub fn ports(&self, vault: Arc<dyn Vault>, base_urls: BaseUrls) -> Ports {
        Ports {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            browser: self.browser(),
            vault,
            base_urls,
        }
    }

    /// The owner's shop, as a command opens it: without a keychain nothing secret is taken.
    ///
    /// # Errors
    /// Those of [`Host::folder`], [`Host::base_urls`] and [`Shop::open`].
    pub async fn open(&self) -> Result<Shop> {
        let config = Config {
            data_dir: self.folder(false)?,
            practice: false,
        };
        let ports = self.ports(keychain(false, WithoutKeychain::Refuse), self.base_urls()?);
        Shop::open(config, ports).await
    }
}

/// The operating system's keychain; practice has entries of its own.
#[must_use]
pub fn keychain(practice: bool, without: WithoutKeychain) -> Arc<KeychainVault> {
    let service = if practice {
        format!("{IDENTIFIER}.{PRACTICE}")
    } else {
        IDENTIFIER.to_owned()
    };
    KeychainVault::new(service, without)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn host(variables: &[(&str, &str)]) -> Host {
        Host::reading(|name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some(OsString::from(value))
        })
    }

    #[test]
    fn practice_never_touches_the_owners_data() {
        let host = host(&[("SMARTLINKS_DATA_DIR", "/data")]);
        assert_eq!(host.folder(false).unwrap(), PathBuf::from("/data"));
        assert_eq!(host.folder(true).unwrap(), PathBuf::from("/data/practice"));
    }

    #[test]
    fn messages_come_in_the_language_of_the_system() {
        for (variables, language) in [
            (&[("LANG", "fr_FR.UTF-8")][..], Language::French),
            (
                &[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "en_US.UTF-8")],
                Language::English,
            ),
            (
                &[("LANG", "en_US"), ("LC_MESSAGES", "fr"), ("LC_ALL", "")],
                Language::French,
            ),
            (&[], Language::English),
        ] {
            assert_eq!(host(variables).language(), language, "{variables:?}");
        }
    }

    #[test]
    fn an_address_that_would_take_the_key_in_the_clear_is_refused() {
        let host = host(&[("SMARTLINKS_CJ_BASE_URL", "http://cj.example")]);
        assert_eq!(host.base_urls().unwrap_err().code, Code::BadInput);
    }
}
