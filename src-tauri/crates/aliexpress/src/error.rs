//! The one error of this crate: a class to branch on, the supplier's own code and words, and whether waiting helps.
//!
//! Which supplier code belongs to which class is in `codes`. No error ever carries an address, a parameter, a secret, a
//! session or a code: words of the supplier are cleaned of the secrets in play before they come here.

use std::time::Duration;

use jiff::SignedDuration;

use crate::codes;
use crate::envelope::Refusal;

/// Shorthand for everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of trouble, by what the caller can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// The App Key is not known: wrong key, or a key of another platform.
    Key,
    /// The signature does not fit: the App Secret is wrong.
    Signature,
    /// The authorization code is refused: older than three minutes, used before, or of another app. Authorize again.
    Code,
    /// The access token is refused: refresh it, then authorize again if that fails too.
    Token,
    /// The refresh token is refused: only a new authorization helps.
    RefreshToken,
    /// The app or the account lacks the right to this call.
    Permission,
    /// The request as such is refused: a parameter missing, wrong, or not allowed together with the others.
    Param,
    /// No such product or order, or not this account's.
    NotFound,
    /// Too many calls; `retry_after` names the ban if the supplier did.
    Rate,
    /// The day's calls are spent.
    Quota,
    /// This computer's clock is too far from the supplier's (more than two hours).
    Clock,
    /// The supplier answers, but with a failure of its own.
    Server,
    /// No connection, a timeout, or one that broke.
    Network,
    /// An answer of no known shape: empty, cut off, HTML, or without what it must have.
    Answer,
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", .code.as_deref().map(|code| format!("{code}: ")).unwrap_or_default())]
pub struct Error {
    /// Which kind of trouble.
    pub class: Class,
    /// The supplier's code; the more precise `sub_code` if there was one.
    pub code: Option<String>,
    /// One line in English: the supplier's words, or ours when it said nothing.
    pub message: String,
    /// The id AliExpress support asks for.
    pub request_id: Option<String>,
    /// How long the supplier asks to wait.
    pub retry_after: Option<Duration>,
    /// How far this computer's clock is ahead of the gateway's (behind: negative), where the answer told its own time.
    /// Only set for [`Class::Clock`].
    pub clock_ahead: Option<SignedDuration>,
}

/// How far a request's time may be off (AliExpress docs: 7200 seconds).
const TOLERANCE: SignedDuration = SignedDuration::from_secs(7_200);

/// Longer than any sentence of the gateway, short enough for a log line.
const LONGEST_MESSAGE: usize = 400;

impl Error {
    /// An error of our own finding.
    pub(crate) fn new(class: Class, message: impl Into<String>) -> Self {
        Self {
            class,
            code: None,
            message: message.into(),
            request_id: None,
            retry_after: None,
            clock_ahead: None,
        }
    }

    /// What the gateway refused, put into a class.
    pub(crate) fn refused(api: &str, refusal: Refusal) -> Self {
        let Refusal {
            code,
            sub_code,
            message,
            kind,
            request_id,
        } = refusal;
        let class = codes::class_of(api, code.as_deref(), sub_code.as_deref(), kind.as_deref());
        let retry_after = match class {
            Class::Rate | Class::Quota => codes::ban(&message),
            _ => None,
        };
        let message = if message.is_empty() {
            "no reason given".to_owned()
        } else {
            message
        };
        Self {
            class,
            code: sub_code.or(code),
            message,
            request_id,
            retry_after,
            clock_ahead: None,
        }
    }

    /// A request that did not get its answer.
    pub(crate) fn network(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let what = match &error {
            e if e.is_timeout() => "timed out",
            e if e.is_connect() => "no connection",
            // reqwest calls an answer that ends too early a matter of decoding.
            e if e.is_body() || e.is_decode() => "the answer broke off",
            _ => "the request failed",
        };
        // The innermost cause is the one that tells (`Connection refused`, `certificate expired`); the outer ones repeat.
        let mut cause: &dyn std::error::Error = &error;
        while let Some(inner) = cause.source() {
            cause = inner;
        }
        Self::new(Class::Network, format!("{what}: {cause}"))
    }

    /// An HTTP status that is no success and whose body says nothing.
    pub(crate) fn status(status: reqwest::StatusCode, retry_after: Option<Duration>) -> Self {
        let class = match status.as_u16() {
            429 => Class::Rate,
            407 => Class::Network,
            408 | 500..=599 => Class::Server,
            _ => Class::Answer,
        };
        Self {
            retry_after,
            ..Self::new(class, format!("HTTP status {status}"))
        }
    }

    /// The same error in the light of how far the clocks are apart. A signature covers the time, so that a gateway may call a
    /// wrong clock a wrong signature: with clocks this far apart, the clock is what to mend first.
    pub(crate) fn with_clocks(mut self, ahead: Option<SignedDuration>) -> Self {
        let Some(ahead) = ahead else { return self };
        if self.class == Class::Signature && ahead.abs() > TOLERANCE {
            self.class = Class::Clock;
        }
        if self.class == Class::Clock {
            self.clock_ahead = Some(ahead);
        }
        self
    }

    /// The same error with every one of `secrets` blotted out and the message on one short line.
    pub(crate) fn scrubbed(mut self, secrets: &[&str]) -> Self {
        self.message = scrub(&self.message, secrets);
        self.code = self.code.map(|code| scrub(&code, secrets));
        self.request_id = self.request_id.map(|id| scrub(&id, secrets));
        self
    }

    /// Whether the same call can succeed later without anybody changing anything.
    #[must_use]
    pub fn retry_helps(&self) -> bool {
        matches!(
            self.class,
            Class::Rate | Class::Quota | Class::Server | Class::Network | Class::Answer
        )
    }
}

fn scrub(text: &str, secrets: &[&str]) -> String {
    let clean = secrets
        .iter()
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| {
            text.replace(secret, "[hidden]")
        });
    clean
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_MESSAGE)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_repeated_by_the_gateway_does_not_reach_the_log() {
        let error = Error {
            code: Some("X secret-a".into()),
            request_id: Some("id secret-b".into()),
            ..Error::new(Class::Token, "token secret-a\nof secret-b")
        }
        .scrubbed(&["secret-a", "secret-b", ""]);
        assert_eq!(error.message, "token [hidden] of [hidden]");
        assert_eq!(error.code.as_deref(), Some("X [hidden]"));
        assert_eq!(error.request_id.as_deref(), Some("id [hidden]"));
    }

    #[test]
    fn http_statuses_tell_a_busy_supplier_from_a_strange_answer() {
        for (status, class) in [
            (500, Class::Server),
            (502, Class::Server),
            (503, Class::Server),
            (408, Class::Server),
            (429, Class::Rate),
            (407, Class::Network),
            (302, Class::Answer),
            (403, Class::Answer),
            (404, Class::Answer),
        ] {
            let status = reqwest::StatusCode::from_u16(status).unwrap_or_default();
            assert_eq!(Error::status(status, None).class, class, "{status}");
        }
    }

    #[test]
    fn only_what_can_mend_itself_is_worth_a_retry() {
        use Class::*;
        for (class, helps) in [
            (Key, false),
            (Signature, false),
            (Code, false),
            (Token, false),
            (RefreshToken, false),
            (Permission, false),
            (Param, false),
            (NotFound, false),
            (Clock, false),
            (Rate, true),
            (Quota, true),
            (Server, true),
            (Network, true),
            (Answer, true),
        ] {
            assert_eq!(Error::new(class, "x").retry_helps(), helps, "{class:?}");
        }
    }

    #[test]
    fn a_clock_that_is_hours_off_is_not_taken_for_a_wrong_secret() {
        let hours = |hours| Some(SignedDuration::from_hours(hours));
        for (class, ahead, after, told) in [
            (Class::Signature, hours(3), Class::Clock, hours(3)),
            (Class::Signature, hours(-3), Class::Clock, hours(-3)),
            (Class::Signature, hours(1), Class::Signature, None),
            (Class::Signature, None, Class::Signature, None),
            (Class::Clock, hours(5), Class::Clock, hours(5)),
            // The gateway's word counts even where its own time does not explain it.
            (Class::Clock, hours(0), Class::Clock, hours(0)),
            (Class::Token, hours(9), Class::Token, None),
        ] {
            let error = Error::new(class, "x").with_clocks(ahead);
            assert_eq!(
                (error.class, error.clock_ahead),
                (after, told),
                "{class:?} {ahead:?}"
            );
        }
    }

    #[test]
    fn an_error_reads_as_code_and_sentence() {
        let mut error = Error::new(Class::Code, "Invalid code");
        assert_eq!(error.to_string(), "Invalid code");
        error.code = Some("InvalidCode".into());
        assert_eq!(error.to_string(), "InvalidCode: Invalid code");
    }
}
