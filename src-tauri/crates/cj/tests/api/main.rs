//! The library against a scripted CJ on loopback: what is sent, what is made of the answers, and how refusals are met.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod auth;
mod calls;
mod oauth;
mod refusals;
mod scripted;
