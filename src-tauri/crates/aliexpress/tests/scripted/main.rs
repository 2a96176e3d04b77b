//! The client against a scripted gateway: bodies shaped as the real one's were, good and bad.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod auth;
mod catalog;
mod faults;
mod freight;
mod gateway;
mod orders;
