//! The callback address the owner's AliExpress app has registered: kept byte for byte, and deciding the door.
//!
//! AliExpress compares it exactly with the one in the app console, so nothing is added or tidied up here.

use url::{Host, Url};

use crate::error::{Code, Error, Result};
use crate::ports::is_loopback;
use crate::views::Door;

/// The scheme SmartLinks registers with the operating system.
pub const SCHEME: &str = "app.smartlinks.desktop";
/// The path of the link that the system hands over.
pub(crate) const LINK_PATH: &str = "/aliexpress/callback";
/// Longer addresses are no callback.
const LONGEST: usize = 1_024;

/// A callback address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    text: String,
    url: Url,
}

impl Callback {
    /// Reads an address as the owner registered it; surrounding white space is not part of it.
    ///
    /// # Errors
    /// `BadInput` for what cannot be a callback: no address, a fragment, a password in it, an unknown scheme.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let bad = |why: &str| Error::new(Code::BadInput, format!("not a callback address: {why}"));
        if text.len() > LONGEST {
            return Err(bad("too long"));
        }
        let url = Url::parse(text).map_err(|error| bad(&error.to_string()))?;
        if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(bad("no fragment and no password, please"));
        }
        match url.scheme() {
            "http" | "https" if url.host().is_some() => {}
            SCHEME => {}
            other => return Err(bad(&format!("{other} is neither https, http nor {SCHEME}"))),
        }
        Ok(Self {
            text: text.to_owned(),
            url,
        })
    }

    /// The address as registered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How its answer is caught.
    #[must_use]
    pub fn door(&self) -> Door {
        match self.url.scheme() {
            SCHEME => Door::DeepLink,
            "http" if is_loopback(&self.url) => Door::Loopback,
            _ => Door::Bridge,
        }
    }

    /// Whether a redirect went to this address: scheme, host, port and path the same, its own query still there.
    #[must_use]
    pub fn is_met_by(&self, redirect: &Url) -> bool {
        let own: Vec<_> = self.url.query_pairs().collect();
        redirect.scheme() == self.url.scheme()
            && redirect.host() == self.url.host()
            && redirect.port_or_known_default() == self.url.port_or_known_default()
            && redirect.path() == self.url.path()
            && own
                .iter()
                .all(|pair| redirect.query_pairs().any(|other| other == *pair))
    }

    /// Whether an answer that went to a registered https address was handed on from there by the bridge.
    #[must_use]
    pub fn is_forwarded_by(&self, redirect: &Url) -> bool {
        self.door() == Door::Bridge && redirect.scheme() == SCHEME && redirect.path() == LINK_PATH
    }

    /// The path to listen on.
    pub(crate) fn path(&self) -> &str {
        self.url.path()
    }

    /// The port to listen on.
    pub(crate) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// `localhost` means both address families; a literal means itself.
    pub(crate) fn addresses(&self) -> Vec<std::net::IpAddr> {
        use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
        match self.url.host() {
            Some(Host::Ipv4(ip)) => vec![IpAddr::V4(ip)],
            Some(Host::Ipv6(ip)) => vec![IpAddr::V6(ip)],
            _ => vec![
                IpAddr::V4(Ipv4Addr::LOCALHOST),
                IpAddr::V6(Ipv6Addr::LOCALHOST),
            ],
        }
    }

    /// The `Host` header a browser sends for this address.
    pub(crate) fn host_header(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The full address of a request to `target` on our listener.
    pub(crate) fn with_target(&self, target: &str) -> Option<Url> {
        Url::parse(&format!("http://{}{target}", self.host_header())).ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn the_registered_address_decides_the_door() {
        for (address, door) in [
            ("http://127.0.0.1:8765/aliexpress/callback", Door::Loopback),
            ("http://localhost:8765/cb", Door::Loopback),
            ("http://[::1]:8765/cb", Door::Loopback),
            (
                "app.smartlinks.desktop:/aliexpress/callback",
                Door::DeepLink,
            ),
            ("https://shop.example/aliexpress/callback", Door::Bridge),
            ("http://shop.example/cb", Door::Bridge),
            ("http://127.0.0.1.example.com/cb", Door::Bridge),
        ] {
            assert_eq!(Callback::parse(address).unwrap().door(), door, "{address}");
        }
    }

    #[test]
    fn the_address_is_kept_byte_for_byte() {
        let callback = Callback::parse("  HTTP://LocalHost:08765/CB?x=%7e \n").unwrap();
        assert_eq!(callback.as_str(), "HTTP://LocalHost:08765/CB?x=%7e");
    }

    #[test]
    fn what_cannot_be_a_callback_is_refused() {
        for text in [
            "",
            "callback",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://a:b@c/d",
            "http://x/#y",
            "http://",
        ] {
            assert_eq!(
                Callback::parse(text).unwrap_err().code,
                Code::BadInput,
                "{text}"
            );
        }
    }

    #[test]
    fn a_redirect_to_another_place_does_not_meet_it() {
        let callback = Callback::parse("http://127.0.0.1:8765/cb?app=1").unwrap();
        let met = |text: &str| callback.is_met_by(&Url::parse(text).unwrap());
        assert!(met("http://127.0.0.1:8765/cb?app=1&code=x&state=y"));
        for other in [
            "https://127.0.0.1:8765/cb?app=1&code=x",
            "http://127.0.0.1:8766/cb?app=1&code=x",
            "http://localhost:8765/cb?app=1&code=x",
            "http://127.0.0.1:8765/cb/?app=1&code=x",
            "http://127.0.0.1:8765/cb?code=x",
        ] {
            assert!(!met(other), "{other}");
        }
    }
}
