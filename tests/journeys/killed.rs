//! A sync whose process is killed without warning: after a resume the catalogue equals the truth.
//!
//! The victim is this test program again, told by its standard input what to sync; it is killed for real.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::sync::{self, Patience};
use smartlinks_core::vault::{Entry, Kind, SessionVault, Vault as _};
use smartlinks_core::views::{RunState, Scope, Supplier};
use smartlinks_core::{Config, Shop, accounts};
use smartlinks_sandbox::Options;

use crate::stage::{Stage, assert_equals_truth, quick};

/// Set for the victim only.
const VICTIM: &str = "SMARTLINKS_TEST_VICTIM";

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_killed_at_any_moment_is_completed_without_loss_or_doubling() {
    let stage = Stage::with(
        Options {
            qps: Some(60),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.connect_cj().await;
    let account = accounts::status(&stage.shop).await.unwrap().accounts[0]
        .account
        .clone();
    let token = stage
        .vault
        .get(&Entry::new(Supplier::Cj, &account, Kind::AccessToken))
        .await
        .unwrap()
        .unwrap();
    let orders = format!(
        "{}\n{}\n{}\n{account}\n{}\n",
        stage.folder().display(),
        stage.sandbox.cj_url(),
        stage.sandbox.aliexpress_url(),
        token.expose_secret()
    );
    let mut asked = 0;
    // Ever later moments: in the list, between list and details, in the details.
    let moments = [0, 1, 2, 4, 8, 11];
    for after_calls in moments {
        asked += stage.asked_for_details();
        stage.control().clear_calls();
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::victim", "--nocapture"])
            .env(VICTIM, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        victim
            .stdin
            .take()
            .unwrap()
            .write_all(orders.as_bytes())
            .unwrap();
        for _ in 0..2_000 {
            if stage.control().calls().len() > after_calls || victim.try_wait().unwrap().is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        assert_eq!(stage.shop.store().integrity().await.unwrap(), "ok");
        if sync::current(&stage.shop).await.unwrap().is_none() {
            // A machine so busy that the sync was quicker than the kill.
            break;
        }
    }
    let left = sync::current(&stage.shop).await.unwrap();
    if let Some(left) = left {
        assert_eq!(
            left.state,
            RunState::Interrupted,
            "a killed run is not shown as running"
        );
    }
    let receipt = match sync::resume(&stage.shop, Patience::Leave).await.unwrap() {
        Some(run) => sync::wait(&stage.shop, run.run).await.unwrap(),
        None => stage.sync(Scope::MyProducts, true).await,
    };
    assert_eq!(receipt.state, RunState::Done, "{:?}", receipt.error);
    assert_equals_truth(&stage).await;
    asked += stage.asked_for_details();
    assert!(
        asked <= 45 + moments.len(),
        "at most the product in flight is asked for again: {asked} calls for 45 products"
    );
}

/// Syncs until it is killed; without orders it does nothing, because every test program runs all tests.
#[tokio::test(flavor = "multi_thread")]
async fn victim() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the victim knows that it is one"
    )]
    if std::env::var_os(VICTIM).is_none() {
        return;
    }
    let orders = std::io::read_to_string(std::io::stdin()).unwrap();
    let [folder, cj, aliexpress, account, token] = orders.lines().collect::<Vec<_>>()[..] else {
        panic!("the victim was told too little");
    };
    let vault = SessionVault::as_keychain();
    vault
        .set(
            &Entry::new(Supplier::Cj, account, Kind::AccessToken),
            &SecretString::from(token),
        )
        .await
        .unwrap();
    let ports = Ports {
        clock: std::sync::Arc::new(SystemClock),
        randomness: std::sync::Arc::new(SystemRandomness),
        browser: std::sync::Arc::new(NoBrowser),
        vault: std::sync::Arc::new(vault),
        base_urls: BaseUrls::new(Some(aliexpress), Some(cj)).unwrap(),
    };
    let shop = Shop::open(
        Config {
            data_dir: folder.into(),
            practice: false,
        },
        ports,
    )
    .await
    .unwrap();
    let run = sync::begin(&shop, Scope::MyProducts, true, Patience::Leave)
        .await
        .unwrap()
        .run;
    sync::wait(&shop, run).await.unwrap();
}
