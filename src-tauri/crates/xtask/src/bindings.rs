//! `cargo xtask bindings`: writes the committed TypeScript types from the Rust ones.
//!
//! The writing itself is the test that compares them, told to write: so what is checked and what is written cannot differ.

use crate::process::{Outcome, cargo, run};
use crate::setup;

/// Told by this variable, `tests/bindings.rs` writes instead of comparing.
const WRITE: &str = "SMARTLINKS_WRITE_BINDINGS";

/// Leaves `ui/src/ipc/bindings` up to date.
pub fn bindings() -> Outcome {
    setup::packages(setup::For::Window)?;
    run(cargo().args(["test", "--test", "bindings"]).env(WRITE, "1"))
}
