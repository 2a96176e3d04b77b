//! A shop with nobody in front of it: the real core on a folder, the simulated suppliers, a vault in memory.

use std::path::Path;
use std::sync::Arc;

use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{RunState, Scope, SyncReceipt};
use smartlinks_core::{Config, Shop, accounts};
use smartlinks_sandbox::CJ_API_KEY;

use crate::Outcome;

/// Runs a future to its end, on as many threads as the application has.
pub fn block_on<T>(work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// Opens the data folder against suppliers at these addresses.
pub async fn open(folder: &Path, cj: Option<&str>, aliexpress: Option<&str>) -> Outcome<Shop> {
    let ports = Ports {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        browser: Arc::new(NoBrowser),
        vault: Arc::new(SessionVault::as_keychain()),
        base_urls: BaseUrls::new(aliexpress, cj)?,
    };
    let config = Config {
        data_dir: folder.to_path_buf(),
        practice: true,
    };
    Ok(Shop::open(config, ports).await?)
}

/// Opens it and connects CJ.
pub async fn connected(folder: &Path, cj: &str) -> Outcome<Shop> {
    let shop = open(folder, Some(cj), None).await?;
    accounts::connect_cj(&shop, CJ_API_KEY, None, None).await?;
    Ok(shop)
}

/// Syncs to the end, as a command does; anything but a complete run is an error.
pub async fn sync(shop: &Shop, scope: Scope) -> Outcome<SyncReceipt> {
    let run = sync::begin(shop, scope, false, Patience::Leave).await?.run;
    let receipt = sync::wait(shop, run).await?;
    if receipt.state == RunState::Done {
        Ok(receipt)
    } else {
        Err(format!("the sync ended as {:?}: {:?}", receipt.state, receipt.error).into())
    }
}
