//! What the window is started with, read from the surroundings the way the terminal reads them.

use std::path::PathBuf;
use std::sync::Arc;

use smartlinks_cli::host::{Host, keychain};
use smartlinks_core::Result;
use smartlinks_core::ports::Browser;
use smartlinks_core::vault::WithoutKeychain;
use smartlinks_core::words::Language;

use crate::links::SystemBrowser;
use crate::state::Start;

/// The surroundings as the window takes them.
///
/// # Errors
/// `Disk` when this computer names no place for data.
pub fn from_surroundings(host: &Host, practice: bool) -> Result<Start> {
    let browser: Arc<dyn Browser> = if host.browser.is_some() {
        host.browser()
    } else {
        Arc::new(SystemBrowser)
    };
    Ok(Start {
        data_dir: host.folder(false)?,
        shop_dir: host.folder(practice)?,
        downloads: host.downloads(),
        practice,
        base_urls: host.base_urls(),
        vault: keychain(practice, WithoutKeychain::KeepForSession),
        browser,
        language: language(&host.locale),
        bench: host.bench.clone(),
    })
}

/// Where the log goes when the data was moved; otherwise the system has a place for logs.
#[must_use]
pub fn log_folder(host: &Host, practice: bool) -> Option<PathBuf> {
    host.data_dir.as_ref()?;
    Some(host.folder(practice).ok()?.join("logs"))
}

/// The language of an owner who chose none, as the pages decide it for themselves: French where the system speaks neither.
fn language(locale: &str) -> Language {
    let english = locale
        .get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("en"));
    if english {
        Language::English
    } else {
        Language::French
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_speaks_the_language_the_window_is_in() {
        for (locale, expected) in [
            ("fr_CD.UTF-8", Language::French),
            ("en_GB", Language::English),
            ("EN", Language::English),
            ("de_DE", Language::French),
            ("C.UTF-8", Language::French),
            ("", Language::French),
            ("é", Language::French),
        ] {
            assert_eq!(language(locale), expected, "{locale:?}");
        }
    }
}
