//! The stage the journeys play on: a sandbox, a data folder of its own, a clock that can be moved.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use smartlinks_core::accounts;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::ports::{BaseUrls, Clock, NoBrowser, Ports, SystemRandomness};
use smartlinks_core::sync::{self, Patience, Wish};
use smartlinks_core::vault::{SessionVault, Vault};
use smartlinks_core::views::{Event, ProductQuery, ProductRow, RunState, Scope, SyncReceipt};
use smartlinks_core::{Config, Result, Shop, catalog};
use smartlinks_sandbox::{
    APP_KEY, APP_SECRET, CJ_API_KEY, CallRecord, Control, Options, Outcome, Sandbox, visitor,
};
use tokio::sync::broadcast;

/// Waits up to this long are waited for real: the sandbox counts calls a second by real time.
const SHORT: Duration = Duration::from_millis(300);

/// Real time plus what was skipped; of long waits a tenth is waited and the rest is skipped. A fixed one stands still
/// until somebody waits, and waits cost no time at all.
#[derive(Default)]
pub struct TestClock {
    fixed: Option<Timestamp>,
    skipped_us: AtomicI64,
}

impl TestClock {
    /// A clock that stands at noon until somebody waits.
    pub fn fixed() -> Self {
        Self {
            fixed: Some("2026-11-22T12:00:00Z".parse().unwrap()),
            ..Self::default()
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the test clock stands on the real one"
    )]
    fn time(&self) -> Timestamp {
        let from = self.fixed.unwrap_or_else(Timestamp::now);
        from + SignedDuration::from_micros(self.skipped_us.load(Ordering::SeqCst))
    }

    fn skip(&self, time: Duration) {
        let us = i64::try_from(time.as_micros()).unwrap();
        self.skipped_us.fetch_add(us, Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.time()
    }

    async fn sleep(&self, time: Duration) {
        if self.fixed.is_some() {
            self.skip(time);
            return tokio::task::yield_now().await;
        }
        if time <= SHORT {
            return tokio::time::sleep(time).await;
        }
        tokio::time::sleep(time / 10).await;
        self.skip(time - time / 10);
    }
}

/// A stage with a fresh owner.
pub struct Stage {
    pub shop: Shop,
    pub sandbox: Sandbox,
    pub clock: Arc<TestClock>,
    pub vault: Arc<SessionVault>,
    folder: tempfile::TempDir,
}

/// Small, quick and without limits, unless a test wants them.
pub fn quick() -> Options {
    Options {
        products: 400,
        my_products: 45,
        qps: None,
        guard: false,
        orders: 12,
        ..Options::default()
    }
}

impl Stage {
    pub async fn set() -> Self {
        Self::with(quick(), SessionVault::as_keychain()).await
    }

    pub async fn with(options: Options, vault: SessionVault) -> Self {
        Self::by(TestClock::default(), options, vault).await
    }

    /// A stage where time passes only while somebody waits: whole days in a moment, and the same ones in every run.
    pub async fn fixed(options: Options) -> Self {
        let options = Options {
            counted_by_clock: true,
            ..options
        };
        Self::by(TestClock::fixed(), options, SessionVault::as_keychain()).await
    }

    async fn by(clock: TestClock, options: Options, vault: SessionVault) -> Self {
        let clock = Arc::new(clock);
        let (shared, vault) = (Arc::clone(&clock), Arc::new(vault));
        let options = Options {
            clock: Arc::new(move || shared.time()),
            ..options
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let shop = open(
            folder.path(),
            &sandbox,
            &clock,
            Arc::clone(&vault) as Arc<dyn Vault>,
        )
        .await
        .unwrap();
        Self {
            shop,
            sandbox,
            clock,
            vault,
            folder,
        }
    }

    /// The same owner after a restart of the program; the keychain outlives it.
    pub async fn restart(&mut self) {
        let vault = Arc::clone(&self.vault) as Arc<dyn Vault>;
        self.shop = open(self.folder.path(), &self.sandbox, &self.clock, vault)
            .await
            .unwrap();
    }

    /// The same owner after a restart of a computer that lost what was only in memory.
    pub async fn restart_with(&mut self, vault: SessionVault) {
        self.vault = Arc::new(vault);
        self.restart().await;
    }

    pub fn control(&self) -> Control {
        self.sandbox.control()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Lets time pass for both sides.
    pub fn pass(&self, time: Duration) {
        self.clock.skip(time);
    }

    pub async fn connect_cj(&self) {
        accounts::connect_cj(&self.shop, CJ_API_KEY, None, None)
            .await
            .unwrap();
    }

    /// Configures the app with a callback on a free port, and returns the callback.
    pub async fn configure(&self) -> String {
        let callback = format!("http://127.0.0.1:{}/aliexpress/callback", free_port().await);
        let secret = Some(SecretString::from(APP_SECRET));
        accounts::configure_aliexpress(&self.shop, APP_KEY, secret, &callback)
            .await
            .unwrap();
        callback
    }

    /// Authorizes AliExpress as an owner does who says yes.
    pub async fn authorize(&self) {
        self.configure().await;
        let began = authorization::begin(&self.shop, LISTEN).await.unwrap();
        visitor::approve(&began.attempt.authorize_url)
            .await
            .unwrap();
        began.connected(&self.shop).await.unwrap();
    }

    /// Syncs to the end of the run, however it ends.
    pub async fn sync(&self, scope: Scope, details: bool) -> SyncReceipt {
        self.wish(Wish::new(scope, details)).await
    }

    /// The same for a wish in all its parts.
    pub async fn wish(&self, wish: Wish) -> SyncReceipt {
        let events = self.shop.events();
        let begun = sync::begin_wish(&self.shop, wish, Patience::Leave)
            .await
            .unwrap();
        ended(events, begun.run).await
    }

    /// Goes on with the unfinished run until it stops, however it ends; `None` when there is none.
    pub async fn resume(&self) -> Option<SyncReceipt> {
        let events = self.shop.events();
        let run = sync::resume(&self.shop, Patience::Leave).await.unwrap()?;
        Some(ended(events, run.run).await)
    }

    /// Tries again what failed in a run, or only the given products of it.
    pub async fn retry(&self, run: i64, products: &[String]) -> SyncReceipt {
        let events = self.shop.events();
        let begun = sync::retry(&self.shop, run, products, Patience::Leave)
            .await
            .unwrap();
        ended(events, begun.run).await
    }

    /// Goes on with the unfinished run until it is done, or until that has not helped `tries` times.
    pub async fn finish(&self, mut receipt: SyncReceipt, tries: u32) -> SyncReceipt {
        for _ in 0..tries {
            if receipt.state == RunState::Done {
                break;
            }
            if let Some(until) = receipt.continues_at {
                let left = until.duration_since(self.shop.now());
                self.pass(Duration::try_from(left).unwrap_or_default());
            }
            let Some(resumed) = self.resume().await else {
                break;
            };
            receipt = resumed;
        }
        receipt
    }

    /// How often CJ was asked for a product's details, without the calls it refused for being too quick.
    pub fn asked_for_details(&self) -> usize {
        let too_quick = |outcome: &Outcome| format!("{outcome:?}").contains("1600200");
        self.control()
            .calls()
            .iter()
            .filter(|call| call.path_or_method == "product/query" && !too_quick(&call.outcome))
            .count()
    }

    /// Every product here.
    pub async fn products(&self) -> Vec<ProductRow> {
        let mut query = ProductQuery {
            limit: Some(500),
            ..ProductQuery::default()
        };
        let mut all = Vec::new();
        loop {
            let page = catalog::list(&self.shop, query.clone()).await.unwrap();
            all.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return all,
            }
        }
    }
}

/// Waits for the end of a run without looking at the clock: looking would let a fixed one go on.
async fn ended(mut events: broadcast::Receiver<Event>, run: i64) -> SyncReceipt {
    loop {
        match events.recv().await {
            Ok(Event::SyncEnded { receipt }) if receipt.run == run => return receipt,
            // A long run tells more than a slow test hears.
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(closed) => panic!("nobody tells how it ended: {closed}"),
        }
    }
}

/// Calls for products, which are the ones a receipt counts.
pub fn product_calls(control: &Control) -> Vec<CallRecord> {
    let mut calls = control.calls();
    calls.retain(|call| {
        call.path_or_method.starts_with("product/") && call.path_or_method != "product/getCategory"
    });
    calls
}

/// Wait for the redirect on this computer; the test plays the browser.
pub const LISTEN: Begin = Begin {
    open_browser: false,
    listen: true,
};

async fn open(
    folder: &Path,
    sandbox: &Sandbox,
    clock: &Arc<TestClock>,
    vault: Arc<dyn Vault>,
) -> Result<Shop> {
    let base_urls = BaseUrls::new(
        Some(sandbox.aliexpress_url().as_str()),
        Some(sandbox.cj_url().as_str()),
    )?;
    let ports = Ports {
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        randomness: Arc::new(SystemRandomness),
        browser: Arc::new(NoBrowser),
        vault,
        base_urls,
    };
    Shop::open(
        Config {
            data_dir: folder.to_path_buf(),
            practice: false,
        },
        ports,
    )
    .await
}

/// A port nobody listens on at this moment.
pub async fn free_port() -> u16 {
    tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Compares everything CJ's "my products" really holds with what arrived, to the last variant; nothing else is here.
pub async fn assert_equals_truth(stage: &Stage) {
    let mine = assert_mine_equal_truth(stage).await;
    let others: Vec<String> = stage
        .products()
        .await
        .into_iter()
        .map(|product| product.product_id)
        .filter(|id| !mine.contains(id))
        .collect();
    assert!(others.is_empty(), "not in the truth: {others:?}");
}

/// The same, whatever else is here. Returns the ids.
pub async fn assert_mine_equal_truth(stage: &Stage) -> BTreeSet<String> {
    let truth = stage.control().truth();
    let mut ids = BTreeSet::new();
    for product in truth.my_products() {
        ids.insert(product.pid.clone());
        let detail = catalog::show(&stage.shop, None, &product.pid)
            .await
            .unwrap_or_else(|_| panic!("{} is missing", product.pid));
        assert_eq!(detail.product.title, product.title);
        if !product.on_sale {
            continue;
        }
        assert_eq!(
            detail.product.status,
            smartlinks_core::views::ProductStatus::Active,
            "{} is on sale",
            product.pid
        );
        let mut variants: Vec<_> = detail
            .items
            .iter()
            .map(|variant| (variant.variant_id.clone(), variant.price, variant.stock))
            .collect();
        let mut expected: Vec<_> = product
            .variants
            .iter()
            .map(|variant| {
                (
                    variant.vid.clone(),
                    Some(variant.price),
                    i64::try_from(variant.stock).ok(),
                )
            })
            .collect();
        variants.sort();
        expected.sort();
        assert_eq!(variants, expected, "variants of {}", product.pid);
    }
    ids
}
