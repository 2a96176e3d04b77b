//! What the core takes from its host: the clock, randomness, the browser, the suppliers' addresses.
//!
//! They are arguments so that a test can stop the clock, read the address instead of opening a window, and talk to
//! suppliers simulated on loopback, while everything else is the code that runs for real.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use url::{Host, Url};

use crate::error::{Code, Error, Result};

/// Tells the time and lets it pass.
#[async_trait]
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
    /// Returns once `time` has passed.
    async fn sleep(&self, time: Duration);
}

/// The computer's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place where the real clock is read"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Fills a buffer with random bytes good enough for secrets.
pub trait Randomness: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        use rand::Rng as _;
        rand::rng().fill_bytes(buffer);
    }
}

/// Opens an address where the owner can consent. The address is never logged.
pub trait Browser: Send + Sync {
    /// Opens `url`.
    ///
    /// # Errors
    /// When no browser could be started; the owner then copies the address.
    fn open(&self, url: &Url) -> Result<()>;
}

/// A host without a browser: the address is only told.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _url: &Url) -> Result<()> {
        Ok(())
    }
}

/// Where the suppliers answer.
#[derive(Debug, Clone)]
pub struct BaseUrls {
    /// AliExpress gateway, `https://api-sg.aliexpress.com` in real life.
    pub aliexpress: Url,
    /// CJ's API host, `https://developers.cjdropshipping.com` in real life.
    pub cj: Url,
    /// Supabase's Management API, `https://api.supabase.com` in real life.
    pub supabase: Url,
}

impl BaseUrls {
    /// AliExpress's gateway for apps of openservice.aliexpress.com.
    pub const ALIEXPRESS: &str = "https://api-sg.aliexpress.com";
    /// CJ's API host.
    pub const CJ: &str = "https://developers.cjdropshipping.com";
    /// Supabase's Management API.
    pub const SUPABASE: &str = "https://api.supabase.com";

    /// Takes the given addresses, or the real ones. Plain http is taken for loopback only, because keys travel there.
    ///
    /// # Errors
    /// `BadInput` for anything that is neither https nor loopback.
    pub fn new(aliexpress: Option<&str>, cj: Option<&str>) -> Result<Self> {
        Ok(Self {
            aliexpress: base(aliexpress.unwrap_or(Self::ALIEXPRESS))?,
            cj: base(cj.unwrap_or(Self::CJ))?,
            supabase: base(Self::SUPABASE)?,
        })
    }

    /// The same with Supabase at another address.
    ///
    /// # Errors
    /// `BadInput` for anything that is neither https nor loopback.
    pub fn with_supabase(mut self, supabase: Option<&str>) -> Result<Self> {
        if let Some(supabase) = supabase {
            self.supabase = base(supabase)?;
        }
        Ok(self)
    }
}

fn base(text: &str) -> Result<Url> {
    let bad = |why: &str| {
        Error::new(
            Code::BadInput,
            format!("{text:?} cannot be a supplier's address: {why}"),
        )
    };
    let url = Url::parse(text.trim()).map_err(|error| bad(&error.to_string()))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        _ => Err(bad("only https, or http on this computer")),
    }
}

/// Whether an address is on this computer.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Everything a host hands over.
#[derive(Clone)]
pub struct Ports {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub randomness: Arc<dyn Randomness>,
    /// The browser.
    pub browser: Arc<dyn Browser>,
    /// Where secrets are kept.
    pub vault: Arc<dyn crate::vault::Vault>,
    /// The suppliers' addresses.
    pub base_urls: BaseUrls,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn keys_never_travel_over_plain_http_to_another_computer() {
        assert!(BaseUrls::new(Some("http://127.0.0.1:9000"), Some("http://localhost:1")).is_ok());
        assert!(BaseUrls::new(Some("http://[::1]:9000"), None).is_ok());
        for far in [
            "http://api-sg.aliexpress.com",
            "http://127.0.0.1.example.com",
            "ftp://127.0.0.1",
            "nonsense",
        ] {
            assert_eq!(
                BaseUrls::new(Some(far), None).unwrap_err().code,
                Code::BadInput,
                "{far}"
            );
        }
    }
}
