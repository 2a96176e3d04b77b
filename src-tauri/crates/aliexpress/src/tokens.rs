//! What a successful exchange or refresh gives.
//!
//! Not for asking (`auth`) nor for keeping: the caller puts them into a keychain.

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

/// A day: the life of an access token of an app in test.
const TEST_ACCESS_LIFE: i64 = 86_400;

/// The tokens of one buyer for one app.
#[derive(Clone)]
pub struct Tokens {
    /// Sent with every business call.
    pub access_token: SecretString,
    /// Renews the access token. After a refresh it may be missing: then the old one stays good.
    pub refresh_token: Option<SecretString>,
    /// When the access token ends, by this computer's clock.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token ends. A refresh does not move it (AliExpress docs), so this is when the consent ends.
    pub refresh_expires_at: Option<Timestamp>,
    /// Whether a refresh can work at all: the supplier says no by a remaining life of 0 (AliExpress docs).
    pub refreshable: bool,
    /// Seconds the access token has, as the supplier said.
    pub access_lifetime_s: Option<i64>,
    /// Seconds the refresh token has, as the supplier said.
    pub refresh_lifetime_s: Option<i64>,
    /// The buyer's id.
    pub user_id: Option<String>,
    /// The buyer's nickname.
    pub user_nick: Option<String>,
    /// The buyer's account, an e-mail address.
    pub account: Option<String>,
    /// `buyerApp` for buyers, `seller_center` for sellers.
    pub account_platform: Option<String>,
    /// Such as `zh_CN`.
    pub locale: Option<String>,
    /// The id support asks for.
    pub request_id: Option<String>,
}

/// Whether the app is launched; it decides how long tokens last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppStatus {
    /// In test: a day, and consent for two.
    Test,
    /// Launched: thirty days, and consent for sixty.
    Online,
}

impl Tokens {
    /// A guess from the life of the access token; `None` when the supplier named none.
    #[must_use]
    pub fn app_status(&self) -> Option<AppStatus> {
        self.access_lifetime_s.map(|seconds| {
            if seconds <= TEST_ACCESS_LIFE {
                AppStatus::Test
            } else {
                AppStatus::Online
            }
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access_token", &"[hidden]")
            .field(
                "refresh_token",
                &self.refresh_token.as_ref().map(|_| "[hidden]"),
            )
            .field("access_expires_at", &self.access_expires_at)
            .field("refresh_expires_at", &self.refresh_expires_at)
            .field("refreshable", &self.refreshable)
            .field("account_platform", &self.account_platform)
            .finish_non_exhaustive()
    }
}
