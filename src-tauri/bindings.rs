//! Writes the TypeScript of every shape that crosses to the window: the core's and the window's own.

use std::path::Path;

use smartlinks_core::{Code, Error, Result};
use ts_rs::{Config, TS};

use crate::commands::settings::About;
use crate::commands::shop::ShopTargets;
use crate::ipc_error::IpcError;
use crate::notices::Lead;
use crate::practice::PracticeCredentials;
use crate::preferences::Preferences;
use crate::sign_in::SignIn;

/// Writes the files into `folder`, one a type.
///
/// # Errors
/// `Disk` when a file cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    smartlinks_core::bindings::write(folder)?;
    smartlinks_publish::bindings::write(folder)?;
    let config = Config::new().with_out_dir(folder);
    About::export_all(&config)
        .and_then(|()| IpcError::export_all(&config))
        .and_then(|()| Lead::export_all(&config))
        .and_then(|()| PracticeCredentials::export_all(&config))
        .and_then(|()| Preferences::export_all(&config))
        .and_then(|()| SignIn::export_all(&config))
        .and_then(|()| ShopTargets::export_all(&config))
        .map_err(|error| Error::new(Code::Disk, error.to_string()))
}
