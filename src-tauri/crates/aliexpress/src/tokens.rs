//! What a successful exchange or refresh gives.
//!
//! Not for asking (`auth`) nor for keeping: the caller puts them into a keychain.

use std::fmt;

use jiff::Timestamp;
use secrecy::SecretString;

const DAY_S: i64 = 86_400;

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
    /// A guess from the lives of the pair: one and two days for an app in test, 30 and 60 for a launched one (AliExpress docs,
    /// measured live). `None` when the supplier named none, or one that fits neither. The last pair of any consent is short,
    /// too: only the first pair after a consent tells a test app for sure.
    #[must_use]
    pub fn app_status(&self) -> Option<AppStatus> {
        match (self.access_lifetime_s?, self.refresh_lifetime_s) {
            (access, _) if access >= 7 * DAY_S => Some(AppStatus::Online),
            (access, refresh)
                if access <= 2 * DAY_S && refresh.is_none_or(|life| life <= 4 * DAY_S) =>
            {
                Some(AppStatus::Test)
            }
            _ => None,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_still_in_test_is_told_from_a_launched_one_by_its_tokens() {
        for (access, refresh, expected) in [
            (Some(86_400), Some(172_800), Some(AppStatus::Test)),
            (Some(86_400), None, Some(AppStatus::Test)),
            (Some(2_592_000), Some(5_184_000), Some(AppStatus::Online)),
            (Some(86_400), Some(600_000), None),
            (Some(300_000), Some(5_184_000), None),
            (None, Some(172_800), None),
        ] {
            let tokens = Tokens {
                access_token: SecretString::from("made-up"),
                refresh_token: None,
                access_expires_at: None,
                refresh_expires_at: None,
                refreshable: true,
                access_lifetime_s: access,
                refresh_lifetime_s: refresh,
                user_id: None,
                user_nick: None,
                account: None,
                account_platform: None,
                locale: None,
                request_id: None,
            };
            assert_eq!(tokens.app_status(), expected, "{access:?} {refresh:?}");
        }
    }
}
