//! Opening addresses outside the window: which ones, and with what.

use smartlinks_core::ports::{BaseUrls, Browser, is_loopback};
use smartlinks_core::{Code, Error, Result};
use url::Url;

/// The system's browser, through the opener plugin.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &Url) -> Result<()> {
        tauri_plugin_opener::open_url(url.as_str(), None::<&str>).map_err(|_| {
            // The plugin's message may repeat the address, which may hold a state.
            Error::new(Code::Unexpected, "no browser could be opened")
        })
    }
}

/// Reads an address the window wants opened: https, or a page of the suppliers simulated on this computer. Anything else
/// (files, programs, other schemes) is nothing a link in this window leads to.
///
/// # Errors
/// `BadInput`.
pub fn allowed(text: &str, suppliers: Option<&BaseUrls>) -> Result<Url> {
    let refused = || Error::new(Code::BadInput, "only https links are opened");
    let url = Url::parse(text.trim()).map_err(|_| refused())?;
    let simulated = |base: &Url| is_loopback(base) && base.origin() == url.origin();
    let ours = suppliers.is_some_and(|urls| simulated(&urls.aliexpress) || simulated(&urls.cj));
    match url.scheme() {
        "https" => Ok(url),
        "http" if ours => Ok(url),
        _ => Err(refused()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn a_link_in_a_product_text_cannot_start_a_program() {
        let urls =
            BaseUrls::new(Some("http://127.0.0.1:4001"), Some("http://127.0.0.1:4002")).unwrap();
        let real = BaseUrls::new(None, None).unwrap();
        for text in [
            "https://www.aliexpress.com/item/1.html",
            " https://a.example/ ",
        ] {
            assert!(allowed(text, None).is_ok(), "{text}");
        }
        assert!(allowed("http://127.0.0.1:4001/oauth/authorize", Some(&urls)).is_ok());
        for text in [
            "http://127.0.0.1:4003/",
            "http://shop.example/",
            "file:///etc/passwd",
            "smb://server/share",
            "javascript:alert(1)",
            "calculator",
            "",
        ] {
            assert_eq!(
                allowed(text, Some(&urls)).unwrap_err().code,
                Code::BadInput,
                "{text}"
            );
        }
        assert!(allowed("http://127.0.0.1:4001/", Some(&real)).is_err());
    }
}
