//! Which attempt an answer belongs to, if it may be taken at all. Pure, so that every case stands in a table of tests.

use jiff::Timestamp;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::callback::Callback;
use super::redirect::Redirect;
use crate::error::{Code, Error, Result};
use crate::store::attempts::AttemptRow;

/// Whether an attempt still waits.
pub(super) fn waits(attempt: &AttemptRow, now: Timestamp) -> bool {
    attempt.outcome.is_none() && attempt.expires_at > now
}

/// The attempt a redirect belongs to.
pub(super) fn judge<'a>(
    all: &'a [AttemptRow],
    redirect: &Redirect,
    now: Timestamp,
) -> Result<&'a AttemptRow> {
    let mut waiting = all.iter().filter(|attempt| waits(attempt, now));
    let no_attempt = || Error::new(Code::NoAttempt, "no authorization is waiting");
    let Some(address) = &redirect.address else {
        // A bare code carries no state: it is taken only when there is no doubt which attempt it answers.
        return match (waiting.next(), waiting.next()) {
            (Some(attempt), None) => Ok(attempt),
            (None, _) if all.is_empty() => Err(no_attempt()),
            (None, _) => Err(Error::new(Code::AttemptExpired, "the attempt is over")),
            (Some(_), Some(_)) => Err(Error::new(
                Code::WrongState,
                "several attempts wait; paste the whole address",
            )),
        };
    };
    let Some(state) = &redirect.state else {
        return Err(match (waiting.next(), redirect.is_silent()) {
            (None, _) => no_attempt(),
            (Some(_), true) => Error::new(
                Code::MissingCode,
                "the address carries neither code nor state",
            ),
            (Some(_), false) => Error::new(Code::WrongState, "the redirect carries no state"),
        });
    };
    let given = hash(state.expose_secret());
    let Some(attempt) = all
        .iter()
        .find(|attempt| bool::from(attempt.state_hash.ct_eq(&given)))
    else {
        return Err(if waiting.next().is_some() {
            Error::new(
                Code::WrongState,
                "the state is not that of the attempt that waits",
            )
        } else {
            no_attempt()
        });
    };
    let meets = Callback::parse(&attempt.redirect_uri)
        .is_ok_and(|callback| callback.is_met_by(address) || callback.is_forwarded_by(address));
    if !meets {
        return Err(Error::new(
            Code::WrongState,
            "the redirect went to another address than the registered one",
        ));
    }
    if !waits(attempt, now) {
        return Err(Error::new(
            Code::AttemptExpired,
            "the attempt this answer belongs to is over",
        ));
    }
    if redirect.is_silent() {
        return Err(Error::new(
            Code::MissingCode,
            "the redirect carries no code",
        ));
    }
    Ok(attempt)
}

/// What is kept of a state.
pub(super) fn hash(state: &str) -> Vec<u8> {
    Sha256::digest(state.as_bytes()).to_vec()
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
