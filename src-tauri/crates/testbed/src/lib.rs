//! What the tests of publishing and the benchmark share: a real PostgreSQL of one's own, and a catalogue to publish into it.
//!
//! Never shipped, and nothing here is careful: whatever goes wrong ends the test or the measurement at once.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test or a measurement may end at once"
)]

mod equal;
mod server;
mod shelf;

pub use equal::assert_equal;
pub use server::{OWNER, PASSWORD, Server, installed, run, url};
pub use shelf::{ACCOUNT, Shelf};
