//! The one error of this library: which kind of refusal, CJ's own words, and whether waiting helps.
//!
//! Not the place where CJ's numbers get their meaning (that table is `codes`), nor where bodies are read (`envelope`).

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::points::PointsInfo;

/// Shorthand for everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of trouble, as a closed list: one for each thing a caller does differently about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// CJ does not know the API key (or the client id and secret).
    Key,
    /// The access token is expired, revoked or not CJ's: refresh once.
    Token,
    /// The refresh token is no longer taken: exchange the API key again.
    RefreshToken,
    /// The key is known but the account may not do this, or has not authorized the API.
    Permission,
    /// CJ suspended the API for this account (30 days without a purchase); the owner re-activates it on CJ's API page.
    Suspended,
    /// A wrong argument: the same call will fail again.
    Param,
    /// No such product, variant, order or shop.
    NotFound,
    /// The product or variant was removed from CJ's shelves.
    OffShelf,
    /// Too many calls a second; [`Error::retry_after`] when CJ named a time.
    Rate,
    /// The points of the day are spent; they trickle back every minute and are full again at 00:00 UTC.
    Points,
    /// The call quota of the day (accounts without points) is used up.
    Quota,
    /// The CJ balance does not suffice, or may not be used.
    Balance,
    /// It exists already: the order, the webhook, the product in "My products".
    Duplicate,
    /// CJ refused for a reason of its business; repeating does not help, the message says why.
    Refused,
    /// CJ is busy or broken.
    Server,
    /// No connection, or it broke.
    Network,
    /// CJ answered in a form that cannot be read, or with nothing where something is due ([`Error::empty`]).
    Answer,
}

impl Class {
    /// Whether the same call can succeed later without anybody changing anything.
    #[must_use]
    pub fn retry_helps(self) -> bool {
        match self {
            Self::Rate
            | Self::Points
            | Self::Quota
            | Self::Server
            | Self::Network
            | Self::Answer => true,
            Self::Key
            | Self::Token
            | Self::RefreshToken
            | Self::Permission
            | Self::Suspended
            | Self::Param
            | Self::NotFound
            | Self::OffShelf
            | Self::Balance
            | Self::Duplicate
            | Self::Refused => false,
        }
    }
}

/// Anything that went wrong on the way to CJ or there. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.line())]
pub struct Error {
    /// Which kind.
    pub class: Class,
    /// CJ's code, when CJ gave one.
    pub code: Option<i64>,
    /// CJ's sentence, or ours; one line, at most 300 characters, secrets cut out.
    pub message: String,
    /// The id CJ's support asks for.
    pub request_id: Option<String>,
    /// How long to wait, when CJ named a time or the points tell one.
    pub retry_after: Option<Duration>,
    /// The points as CJ reported them with the refusal.
    pub points: Option<PointsInfo>,
    /// For [`Class::Answer`]: CJ said "success" but sent nothing. Seen to pass by itself; never read it as "no stock".
    pub empty: bool,
}

impl Error {
    /// An error of `class` in words of our own.
    #[must_use]
    pub fn new(class: Class, message: impl AsRef<str>) -> Self {
        Self {
            class,
            code: None,
            message: clean(message.as_ref(), &[]),
            request_id: None,
            retry_after: None,
            points: None,
            empty: false,
        }
    }

    /// Whether the same call can succeed later without anybody changing anything.
    #[must_use]
    pub fn retry_helps(&self) -> bool {
        self.class.retry_helps()
    }

    /// "Success" with nothing in it, where `what` is due.
    pub(crate) fn nothing(what: &str) -> Self {
        Self {
            empty: true,
            ..Self::new(Class::Answer, format!("empty answer: no {what}"))
        }
    }

    /// An answer that is not of the documented form.
    pub(crate) fn unreadable(what: &str) -> Self {
        Self::new(Class::Answer, format!("unreadable answer: {what}"))
    }

    /// A transport failure. The address is left out: it may carry a search the owner made, and a proxy's password.
    pub(crate) fn network(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let kind = if error.is_timeout() {
            "timed out"
        } else if error.is_connect() {
            "no connection"
        } else if error.is_body() || error.is_decode() {
            "the connection broke during the answer"
        } else {
            "the request could not be sent"
        };
        let mut root: &dyn std::error::Error = &error;
        while let Some(source) = root.source() {
            root = source;
        }
        // The innermost cause is what support needs: a refused port, an unknown host, a certificate.
        Self::new(Class::Network, format!("{kind}: {root}"))
    }

    fn line(&self) -> String {
        match self.code {
            Some(code) => format!("{} (CJ code {code})", self.message),
            None => self.message.clone(),
        }
    }
}

/// Makes a foreign sentence fit for logs: one line, not endless, and without anything that is or looks like a credential.
///
/// CJ has been seen to quote what it refuses, so both the secrets of this very call and everything shaped like a CJ key or
/// token go.
pub(crate) fn clean(text: &str, secrets: &[&SecretString]) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        let secret = secret.expose_secret();
        if secret.len() >= 4 {
            text = text.replace(secret, "[redacted]");
        }
    }
    let mut line = String::with_capacity(text.len().min(320));
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(if looks_secret(word) {
            "[redacted]"
        } else {
            word
        });
    }
    if line.chars().count() > 300 {
        line = line.chars().take(299).chain(['…']).collect();
    }
    line
}

/// A CJ key, a CJ token, a JWT, or a bare key half: 32 hex digits in a row. Request ids (with dashes) stay readable.
fn looks_secret(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if lower.contains("@api@") || lower.contains("api@cj") || word.contains("eyJ") {
        return true;
    }
    let mut run = 0;
    lower.chars().any(|c| {
        run = if c.is_ascii_hexdigit() { run + 1 } else { 0 };
        run >= 32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_or_token_quoted_by_cj_never_reaches_a_log() {
        for quoted in [
            "bad key CJ1234567@api@0123456789abcdef0123456789abcdef",
            "token=API@CJ1234567@CJ:eyJhbGciOiJIUzI1NiJ9.MADE.UP",
            "(0123456789abcdef0123456789abcdef)",
        ] {
            let line = clean(quoted, &[]);
            assert!(line.contains("[redacted]"), "{line}");
            assert!(
                !line.contains("0123456789abcdef") && !line.contains("eyJ"),
                "{line}"
            );
        }
        let odd = SecretString::from("made-up-secret-0001");
        assert_eq!(
            clean("no <made-up-secret-0001> here", &[&odd]),
            "no <[redacted]> here"
        );
    }

    #[test]
    fn a_page_of_html_as_message_is_cut_to_one_short_line() {
        let line = clean(&"wide\nload ".repeat(200), &[]);
        assert_eq!(line.chars().count(), 300);
        assert!(!line.contains('\n'));
    }

    #[test]
    fn ordinary_sentences_and_request_ids_stay_as_they_are() {
        let text = "order not found 6f0c2b7e-1111-4a4a-9d9d-0a1b2c3d4e5f";
        assert_eq!(clean(text, &[]), text);
    }

    #[test]
    fn waiting_is_advised_only_where_it_can_help() {
        for class in [
            Class::Rate,
            Class::Points,
            Class::Quota,
            Class::Server,
            Class::Network,
            Class::Answer,
        ] {
            assert!(class.retry_helps(), "{class:?}");
        }
        for class in [
            Class::Key,
            Class::Token,
            Class::OffShelf,
            Class::Refused,
            Class::Duplicate,
        ] {
            assert!(!class.retry_helps(), "{class:?}");
        }
    }
}
