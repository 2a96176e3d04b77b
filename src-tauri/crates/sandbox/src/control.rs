//! The strings of a running sandbox: faults, clock, tokens, stock, prices, and the record of calls. Never part of what the suppliers answer.

use std::sync::Arc;
use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::{Catalog, Change};
use crate::faults::{FaultRule, Supplier};
use crate::record::CallRecord;
use crate::tokens::Kind;
use crate::truth::Truth;
use crate::world::World;

/// A handle on a running sandbox; clones pull the same strings.
#[derive(Clone)]
pub struct Control {
    world: Arc<World>,
}

impl Control {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// Puts a fault on order. Rules apply in the order pushed, one per call.
    pub fn push(&self, rule: FaultRule) {
        self.world.faults.push(rule);
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
    }

    /// Kills every access token of both suppliers; refresh tokens live on.
    pub fn expire_access_tokens(&self) {
        for supplier in [Supplier::AliExpress, Supplier::Cj] {
            self.expire(supplier, Kind::Access);
        }
    }

    /// Kills every refresh token of both suppliers; access tokens live on.
    pub fn expire_refresh_tokens(&self) {
        for supplier in [Supplier::AliExpress, Supplier::Cj] {
            self.expire(supplier, Kind::Refresh);
        }
    }

    /// Kills the access tokens of one supplier.
    pub fn expire_access_tokens_of(&self, supplier: Supplier) {
        self.expire(supplier, Kind::Access);
    }

    /// Kills the refresh tokens of one supplier.
    pub fn expire_refresh_tokens_of(&self, supplier: Supplier) {
        self.expire(supplier, Kind::Refresh);
    }

    fn expire(&self, supplier: Supplier, kind: Kind) {
        self.world
            .mint
            .kill(supplier, kind, self.world.clock.now_ms());
    }

    /// The newest 50,000 calls, oldest first.
    pub fn calls(&self) -> Vec<CallRecord> {
        self.world.calls.all()
    }

    /// How often a path or method was called since the start or [`Control::clear_calls`]. `product/query`, `getAccessToken`,
    /// `aliexpress.ds.product.get`, or the last parts of such a name (`listV2`).
    pub fn calls_to(&self, name: &str) -> usize {
        self.world.calls.count(name)
    }

    /// Forgets the calls.
    pub fn clear_calls(&self) {
        self.world.calls.clear();
    }

    /// Sets the price of a product's variants, US dollars, rounded to cents. Takes ids of either supplier; false when it is nobody's.
    pub fn set_price(&self, product_id: &str, price: Decimal) -> bool {
        let cents = cents(price);
        self.change(product_id, |change| {
            change.price = Some(cents);
            change.variants.values_mut().for_each(|v| v.0 = None);
        })
    }

    /// Sets how many pieces of each variant there are.
    pub fn set_stock(&self, product_id: &str, pieces: u64) -> bool {
        self.change(product_id, |change| {
            change.stock = Some(pieces);
            change.variants.values_mut().for_each(|v| v.1 = None);
        })
    }

    /// Sets the price of one variant (CJ vid or AliExpress SKU id).
    pub fn set_variant_price(&self, variant_id: &str, price: Decimal) -> bool {
        let cents = cents(price);
        self.change_variant(variant_id, |v| v.0 = Some(cents))
    }

    /// Sets the pieces of one variant.
    pub fn set_variant_stock(&self, variant_id: &str, pieces: u64) -> bool {
        self.change_variant(variant_id, |v| v.1 = Some(pieces))
    }

    /// Takes a product off the shelf. Lists go on naming it; its detail is refused.
    pub fn delist(&self, product_id: &str) -> bool {
        self.change(product_id, |change| change.off = Some(true))
    }

    /// Puts a product on the shelf, also one that was never there.
    pub fn relist(&self, product_id: &str) -> bool {
        self.change(product_id, |change| {
            change.off = Some(false);
            change.withdrawn = false;
        })
    }

    /// Takes a product out of the catalogue: no search names it any more, and its detail is refused.
    pub fn withdraw(&self, product_id: &str) -> bool {
        self.change(product_id, |change| {
            change.off = Some(true);
            change.withdrawn = true;
        })
    }

    fn catalogs(&self) -> [&Catalog; 2] {
        [&self.world.cj, &self.world.ali]
    }

    fn change(&self, product_id: &str, how: impl FnOnce(&mut Change)) -> bool {
        let found = self
            .catalogs()
            .into_iter()
            .find_map(|catalog| Some((catalog, catalog.ids.find_product(product_id)?)));
        found.is_some_and(|(catalog, index)| {
            catalog.change(index, how);
            true
        })
    }

    fn change_variant(
        &self,
        variant_id: &str,
        how: impl FnOnce(&mut (Option<i64>, Option<u64>)),
    ) -> bool {
        let found = self
            .catalogs()
            .into_iter()
            .find_map(|catalog| Some((catalog, catalog.ids.find_variant(variant_id)?)));
        found.is_some_and(|(catalog, (index, variant))| {
            catalog.change(index, |change| {
                how(change.variants.entry(variant).or_default());
            });
            true
        })
    }

    /// Moves an order, given by its id (or CJ's shop number for the first account), to another state. False when there is none.
    pub fn set_order_state(&self, order_id: &str, state: &str) -> bool {
        let world = &self.world;
        let cj = (0..crate::cj::accounts::ACCOUNTS.len())
            .find_map(|account| world.cj_orders.find(&world.cj, account, order_id))
            .map(|order| (&world.cj_orders, order));
        let found = cj.or_else(|| {
            let order = world.ali_orders.find(&world.ali, 0, order_id)?;
            Some((&world.ali_orders, order))
        });
        found.is_some_and(|(book, order)| {
            book.set_state(order.account, order.position, state);
            true
        })
    }

    /// Suspends the API access of every CJ account, as thirty days without a transaction do; or lifts it.
    pub fn suspend_cj(&self, suspended: bool) {
        self.world.accounts.suspend(suspended);
    }

    /// Uses up points of every CJ account, as another program of the same owner would.
    pub fn spend_points(&self, points: u64) {
        let now_ms = self.world.clock.now_ms();
        for account in 0..crate::cj::accounts::ACCOUNTS.len() {
            self.world
                .accounts
                .state(account)
                .points
                .spend(points, now_ms);
        }
    }

    /// Adds HTML to AliExpress's consent page and drops its content policy, as an attacker's script or an advertisement would run
    /// in it. For whoever has to hold such a page in.
    pub fn taint_consent(&self, html: &str) {
        self.world.taint_consent(html);
    }

    /// The code AliExpress gave out last, which a test looks for where it must not be.
    pub fn newest_code(&self) -> Option<String> {
        self.world.gate.newest_code()
    }

    /// Moves the sandbox's clock forward: tokens age, points refill, guards and bans run out.
    pub fn advance(&self, by: Duration) {
        self.world.clock.advance(by);
    }

    /// What time it is for the suppliers.
    pub fn now(&self) -> jiff::Timestamp {
        self.world.clock.now()
    }

    /// The catalogue and the orders as they really are, beside whatever the suppliers answer.
    pub fn truth(&self) -> Truth {
        Truth::new(Arc::clone(&self.world))
    }
}

fn cents(price: Decimal) -> i64 {
    (price * Decimal::ONE_HUNDRED)
        .round()
        .to_i64()
        .unwrap_or(i64::MAX)
}
