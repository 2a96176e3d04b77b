//! Keys in, tokens out: the exchange of the API key, the refresh, the end of a session.
//!
//! CJ caches tokens for 24 hours: a refresh may return the same pair with the same expiry, so never loop until it is later.
//! Until the end of 2025 the key exchange was limited to one in five minutes; that guard over restarts is the caller's, since
//! nothing is stored here. Lifetimes differ between accounts (15 and 180 days were seen): only what the answer says counts.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::client::{Ask, Client, Session};
use crate::error::{Class, Error, Result};
use crate::row::Row;

const EXCHANGE: &str = "authentication/getAccessToken";
const REFRESH: &str = "authentication/refreshAccessToken";

/// What to wait when CJ refuses a key exchange for speed and names no time: its documented window for this call.
const EXCHANGE_WINDOW: Duration = Duration::from_secs(300);

/// What CJ gave for a key. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// For every call. Longer than the 200 characters CJ documents; send it as it is.
    pub access_token: SecretString,
    /// For the next refresh; absent when CJ gave none, then the old one stays good.
    pub refresh_token: Option<SecretString>,
    /// When the access token dies, as CJ says.
    pub access_expires_at: Option<Timestamp>,
    /// When the refresh token dies, as CJ says.
    pub refresh_expires_at: Option<Timestamp>,
    /// For OAuth2 answers, which name a lifetime instead of an instant; see [`Tokens::access_expiry`].
    pub access_lives: Option<Duration>,
    /// The account's id, which is also the secret CJ signs webhooks with. Absent from refreshes.
    pub open_id: Option<SecretString>,
}

impl Tokens {
    /// When the access token dies: as CJ says, or its lifetime from `received_at` on.
    #[must_use]
    pub fn access_expiry(&self, received_at: Timestamp) -> Option<Timestamp> {
        self.access_expires_at.or_else(|| {
            let lives = SignedDuration::try_from(self.access_lives?).ok()?;
            received_at.checked_add(lives).ok()
        })
    }

    /// From the data of a key exchange or a refresh.
    pub(crate) fn of(data: &Value) -> Result<Self> {
        let row = Row::required(data, "tokens")?;
        let secret = |name| row.text([name]).map(SecretString::from);
        Ok(Self {
            access_token: secret("accessToken").ok_or_else(|| Error::nothing("access token"))?,
            refresh_token: secret("refreshToken"),
            access_expires_at: row.time(["accessTokenExpiryDate"]),
            refresh_expires_at: row.time(["refreshTokenExpiryDate"]),
            access_lives: None,
            open_id: secret("openId"),
        })
    }
}

impl Client {
    /// Exchanges an API key (`CJ<number>@api@<32 hex>`) for tokens.
    ///
    /// # Errors
    /// [`Class::Key`] when CJ does not know the key; [`Class::Permission`] or [`Class::Suspended`] when the account may not;
    /// [`Class::Rate`] at once, not waited out, with the time to wait: this call may be limited to one in five minutes.
    pub async fn exchange_api_key(&self, key: &SecretString) -> Result<Tokens> {
        let body = json!({"apiKey": key.expose_secret()});
        let data = self
            .send(Ask::post(EXCHANGE, Some(body)).hiding(key).once())
            .await;
        Tokens::of(&data.map_err(|mut error| {
            match error.class {
                // "Invalid API key or access token": no token was sent, so it is the key.
                Class::Token => error.class = Class::Key,
                Class::Rate => error.retry_after = error.retry_after.or(Some(EXCHANGE_WINDOW)),
                _ => {}
            }
            error
        })?)
    }

    /// Exchanges a refresh token for tokens; within 24 hours of the last exchange CJ may return the same ones.
    ///
    /// # Errors
    /// [`Class::RefreshToken`] when CJ no longer takes it: exchange the API key again.
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<Tokens> {
        let body = json!({"refreshToken": refresh_token.expose_secret()});
        let data = self
            .send(Ask::post(REFRESH, Some(body)).hiding(refresh_token))
            .await;
        Tokens::of(&data.map_err(|mut error| {
            if error.class == Class::Token {
                error.class = Class::RefreshToken;
            }
            error
        })?)
    }
}

impl Session {
    /// Ends the session: both tokens die, perhaps for other programs of the account too. Only for an explicit disconnect.
    ///
    /// # Errors
    /// [`Class::Token`] when the token was dead already; any transport failure.
    pub async fn logout(&self) -> Result<()> {
        self.post("authentication/logout", None).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_lifetime_of_cjs_is_never_assumed() {
        let tokens = Tokens::of(&json!({"accessToken": "a"})).unwrap();
        assert_eq!(tokens.access_expiry(Timestamp::UNIX_EPOCH), None);
        let tokens = Tokens {
            access_lives: Some(Duration::from_secs(60)),
            ..tokens
        };
        assert_eq!(
            tokens.access_expiry(Timestamp::UNIX_EPOCH),
            Timestamp::from_second(60).ok()
        );
        let tokens = Tokens {
            access_lives: Some(Duration::MAX),
            ..tokens
        };
        assert_eq!(tokens.access_expiry(Timestamp::UNIX_EPOCH), None);
    }

    #[test]
    fn the_open_id_is_read_as_number_and_as_text() {
        for id in [json!(40321), json!("40321")] {
            let tokens = Tokens::of(&json!({"accessToken": "a", "openId": id})).unwrap();
            assert_eq!(tokens.open_id.unwrap().expose_secret(), "40321");
        }
    }

    #[test]
    fn printing_tokens_shows_none_of_them() {
        let data = json!({"accessToken": "acc-1", "refreshToken": "ref-1", "openId": 40321});
        let text = format!("{:?}", Tokens::of(&data).unwrap());
        assert!(!text.contains("acc-1") && !text.contains("ref-1") && !text.contains("40321"));
    }

    #[test]
    fn success_without_a_token_is_an_error() {
        for data in [
            json!(null),
            json!({}),
            json!({"accessToken": ""}),
            json!({"refreshToken": "r"}),
        ] {
            assert_eq!(
                Tokens::of(&data).unwrap_err().class,
                Class::Answer,
                "{data}"
            );
        }
    }
}
