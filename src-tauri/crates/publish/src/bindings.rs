//! Writes the TypeScript of this room's shapes that cross to the window, beside the core's.

use std::path::Path;

use smartlinks_core::{Code, Error, Result};
use ts_rs::{Config, TS};

use crate::{postgres, supabase};

/// Writes the files into `folder`, one a type.
///
/// # Errors
/// `Disk` when a file cannot be written.
pub fn write(folder: &Path) -> Result<()> {
    let config = Config::new().with_out_dir(folder);
    postgres::Check::export_all(&config)
        .and_then(|()| supabase::Check::export_all(&config))
        .and_then(|()| supabase::Preview::export_all(&config))
        .and_then(|()| supabase::Sent::export_all(&config))
        .and_then(|()| supabase::Deployed::export_all(&config))
        .and_then(|()| supabase::Invoked::export_all(&config))
        .map_err(|error| Error::new(Code::Disk, error.to_string()))
}
