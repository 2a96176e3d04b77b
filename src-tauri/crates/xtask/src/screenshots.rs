//! `cargo xtask screenshots`: each tab, state, theme and language, drawn by Chromium from the pages and their practice data.

use crate::process::Outcome;
use crate::{setup, ui};

/// Leaves the pictures where `ui/scripts/screenshots.mjs` says.
pub fn screenshots() -> Outcome {
    setup::packages(setup::For::Tests)?;
    ui::install()?;
    ui::build()?;
    ui::script("screenshots")
}
