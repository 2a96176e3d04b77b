//! SmartLinks at work: connects, takes everything in, and once more when nothing changed.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use smartlinks_core::views::Scope;

use crate::{Outcome, numbers, stage};

/// How two passes over the same products went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Passes {
    /// Products taken in.
    pub rows: u64,
    /// The first pass, into an empty catalogue.
    pub first: Duration,
    /// The second, in which nothing changed.
    pub again: Duration,
    /// What the processors spent on it, where the system tells: less moved by what else is running.
    pub cpu: Option<f64>,
    /// Peak memory of the process.
    pub peak_kib: Option<u64>,
}

/// Syncs "my products" twice into a folder that is thrown away, and prints [`Passes`].
pub fn sync(cj: &str) -> Outcome<()> {
    let passes = stage::block_on(async move {
        let folder = tempfile::tempdir()?;
        let shop = stage::connected(folder.path(), cj).await?;
        let start = Instant::now();
        let rows = stage::sync(&shop, Scope::MyProducts).await?.rows;
        let first = start.elapsed();
        let start = Instant::now();
        let receipt = stage::sync(&shop, Scope::MyProducts).await?;
        let again = start.elapsed();
        if receipt.rows != rows || receipt.changed != 0 {
            return Err(format!("the second pass differs: {receipt:?}").into());
        }
        Ok(Passes {
            rows,
            first,
            again,
            peak_kib: numbers::peak_kib(),
            cpu: numbers::cpu(),
        })
    })?;
    println!("{}", serde_json::to_string(&passes)?);
    Ok(())
}
