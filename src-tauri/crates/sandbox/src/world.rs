//! Everything the two simulated suppliers share and keep while a sandbox runs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::aliexpress::gate::Gate;
use crate::catalog::orders::OrderBook;
use crate::catalog::{Catalog, Shelf};
use crate::cj::accounts::Accounts;
use crate::clock::{SandboxClock, month_start};
use crate::faults::Faults;
use crate::options::Options;
use crate::random::{draw, uuid};
use crate::record::Calls;
use crate::tokens::Mint;

pub(crate) struct World {
    pub(crate) options: Options,
    pub(crate) clock: SandboxClock,
    pub(crate) cj: Catalog,
    pub(crate) cj_orders: OrderBook,
    pub(crate) accounts: Accounts,
    pub(crate) ali: Catalog,
    pub(crate) ali_orders: OrderBook,
    pub(crate) gate: Gate,
    pub(crate) mint: Mint,
    pub(crate) faults: Faults,
    pub(crate) calls: Calls,
    /// `http://127.0.0.1:PORT/images/` of the CJ listener, known once it is bound.
    images: OnceLock<String>,
    /// What was added to the consent page.
    taint: Mutex<String>,
    requests: AtomicU64,
}

impl World {
    pub(crate) fn new(options: Options) -> Self {
        let clock = SandboxClock::new(options.clock.clone(), options.counted_by_clock);
        let newest_ms = month_start(clock.now_ms());
        let (seed, count) = (options.seed, options.products);
        let cj = Catalog::new(seed, Shelf::Cj, count, options.my_products);
        let ali = Catalog::new(seed, Shelf::AliExpress, count, 0);
        Self {
            cj_orders: OrderBook::new(cj.seed, false, options.orders, newest_ms),
            ali_orders: OrderBook::new(ali.seed, true, options.orders, newest_ms),
            accounts: Accounts::new(
                options.points_per_day,
                options.qps,
                options.counting,
                options.guard,
            ),
            gate: Gate::new(options.aliexpress_qps),
            mint: Mint::new(seed),
            faults: Faults::default(),
            calls: Calls::default(),
            images: OnceLock::new(),
            taint: Mutex::default(),
            requests: AtomicU64::new(0),
            cj,
            ali,
            clock,
            options,
        }
    }

    pub(crate) fn set_images(&self, base: String) {
        // Set once, right after binding.
        let _ = self.images.set(base);
    }

    pub(crate) fn taint_consent(&self, html: &str) {
        *self.taint.lock().unwrap_or_else(PoisonError::into_inner) = html.to_owned();
    }

    pub(crate) fn taint(&self) -> String {
        self.taint
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The address of picture `n`, whole: the practice window shows it without the internet.
    pub(crate) fn image(&self, n: u64) -> String {
        format!("{}{n}.svg", self.images.get().map_or("", String::as_str))
    }

    /// The number of this answer, for whatever changes from one to the next.
    pub(crate) fn next_request(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed)
    }

    /// A request id as CJ gives it.
    pub(crate) fn request_id(&self) -> String {
        let n = self.next_request();
        uuid(
            draw(self.options.seed, 0x1d, n),
            draw(self.options.seed, 0x1e, n),
        )
        .to_lowercase()
    }
}
