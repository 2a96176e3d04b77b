//! The terminal program from outside: the real binary, in a home of its own, against both suppliers simulated on loopback.
//!
//! What scripts rely on is checked here: documents, exit statuses, what goes to which stream. Not for the rules themselves,
//! which the core's tests check in a fraction of the time. The homes and keychains of a test are made the Linux way.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the first thing that does not happen ends the test and says what it was"
)]

mod aliexpress;
mod exporting;
mod home;
mod journey;
mod keychain;
mod plain;
mod shop;
mod stopping;
