//! This test program once more, as another process of the same owner: it syncs, or asks CJ who it is, until it is done or
//! killed. Without orders on its standard input it does nothing, because every test program runs all tests.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::sync::{self, Patience, Wish};
use smartlinks_core::vault::{Entry, Kind, SessionVault, Vault as _};
use smartlinks_core::views::{RunState, Scope, Supplier};
use smartlinks_core::{Config, Shop, accounts};

use crate::stage::Stage;

/// Set for the other process only.
const VICTIM: &str = "SMARTLINKS_TEST_VICTIM";

/// What another process needs to know to act for the owner of a stage.
pub struct Orders {
    text: String,
}

impl Orders {
    /// Of a stage whose CJ is connected.
    pub async fn of(stage: &Stage) -> Self {
        let account = accounts::status(&stage.shop).await.unwrap().accounts[0]
            .account
            .clone();
        let entry = Entry::new(Supplier::Cj, &account, Kind::AccessToken);
        let token = stage.vault.get(&entry).await.unwrap().unwrap();
        Self {
            text: format!(
                "{}\n{}\n{}\n{account}\n{}\n",
                stage.folder().display(),
                stage.sandbox.cj_url(),
                stage.sandbox.aliexpress_url(),
                token.expose_secret()
            ),
        }
    }

    /// Starts a process that syncs the owner's products with their details, fresh or not.
    pub fn sync(&self) -> Child {
        self.start("sync")
    }

    /// Starts a process that asks CJ who it is, so many times.
    pub fn ask(&self, times: u32) -> Child {
        self.start(&times.to_string())
    }

    fn start(&self, what: &str) -> Child {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "victim::victim", "--nocapture"])
            .env(VICTIM, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(self.text.as_bytes()).unwrap();
        writeln!(input, "{what}").unwrap();
        child
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn victim() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the other process knows that it is one"
    )]
    if std::env::var_os(VICTIM).is_none() {
        return;
    }
    let orders = std::io::read_to_string(std::io::stdin()).unwrap();
    let [folder, cj, aliexpress, account, token, what] = orders.lines().collect::<Vec<_>>()[..]
    else {
        panic!("told too little");
    };
    let vault = SessionVault::as_keychain();
    let entry = Entry::new(Supplier::Cj, account, Kind::AccessToken);
    vault.set(&entry, &SecretString::from(token)).await.unwrap();
    let ports = Ports {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        browser: Arc::new(NoBrowser),
        vault: Arc::new(vault),
        base_urls: BaseUrls::new(Some(aliexpress), Some(cj)).unwrap(),
    };
    let config = Config {
        data_dir: folder.into(),
        practice: false,
    };
    let shop = Shop::open(config, ports).await.unwrap();
    if what == "sync" {
        let wish = Wish {
            older_than_h: Some(0),
            ..Wish::new(Scope::MyProducts, true)
        };
        let begun = sync::begin_wish(&shop, wish, Patience::Leave)
            .await
            .unwrap();
        let receipt = sync::wait(&shop, begun.run).await.unwrap();
        assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    } else {
        for _ in 0..what.parse::<u32>().unwrap() {
            accounts::test_cj(&shop, None).await.unwrap();
        }
    }
}
