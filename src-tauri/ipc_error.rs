//! The one shape every refused command has: a code to branch on, the sentences to show, the technical rest for "Details".
//!
//! The sentences are the core's, in the window's language at that moment. Not here: what can go wrong (`core::error`).

use serde::Serialize;
use smartlinks_core::words::{self, Language};
use smartlinks_core::{Code, Error, error::ErrorView};
use ts_rs::TS;

/// Why a command was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IpcError {
    /// What the window branches on.
    pub code: Code,
    /// What happened and what it means, in the window's language.
    pub message: String,
    /// What to do next, in the window's language.
    pub hint: String,
    /// The technical line, when a retry makes sense, what the supplier said. Free of secrets.
    pub error: ErrorView,
}

/// What a command answers.
pub type Answer<T> = Result<T, IpcError>;

impl IpcError {
    /// Says an error of the core in `language`.
    #[must_use]
    pub fn new(error: &Error, language: Language) -> Self {
        let said = words::about(error.code, language);
        Self {
            code: error.code,
            message: format!("{} {}", said.what, said.meaning),
            hint: said.next.to_owned(),
            error: error.view(),
        }
    }
}
