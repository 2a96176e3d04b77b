//! The rules of the house, checked from its own files: who may depend on whom, where dependencies come from, how long a
//! file may be, which commands the window may call, what must never be committed.
//!
//! Not for behaviour: that is what the other tests are for. A rule that turns out wrong is changed here, in the open.
#![expect(
    clippy::expect_used,
    reason = "a rule that cannot read its file must stop loudly"
)]

#[path = "rules/commands.rs"]
mod commands;
#[path = "rules/dependencies.rs"]
mod dependencies;
#[path = "rules/lock.rs"]
mod lock;
#[path = "rules/repository.rs"]
mod repository;
#[path = "rules/sources.rs"]
mod sources;
#[path = "rules/tree.rs"]
mod tree;
#[path = "rules/window.rs"]
mod window;

/// Fails with every breach at once, because mending them one run at a time is tedious.
fn none(breaches: &[String], rule: &str) {
    assert!(breaches.is_empty(), "{rule}\n  {}\n", breaches.join("\n  "));
}
