//! The made-up orders of both suppliers: a fixed set per account, in every state, for people who do not exist. Their ids follow from the
//! seed; their dates end at the first of the running month, so that they look recent and yet stay put across restarts.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use super::product::Product;
use super::{Catalog, salt};
use crate::random::{Shuffle, draw};
use crate::words::PEOPLE;

/// CJ's states in the order they are dealt out. `PENDING` is the sub-state of `UNSHIPPED` seen live: paid, not yet packed.
pub(crate) const CJ_STATES: [&str; 10] = [
    "SHIPPED",
    "DELIVERED",
    "UNSHIPPED",
    "CREATED",
    "CANCELLED",
    "UNPAID",
    "PENDING",
    "IN_CART",
    "OTHER",
    "SHIPPED",
];

/// AliExpress's.
pub(crate) const ALI_STATES: [&str; 9] = [
    "WAIT_BUYER_ACCEPT_GOODS",
    "WAIT_SELLER_SEND_GOODS",
    "FINISH",
    "PLACE_ORDER_SUCCESS",
    "IN_CANCEL",
    "SELLER_PART_SEND_GOODS",
    "RISK_CONTROL",
    "FUND_PROCESSING",
    "PAYMENT_PROCESSING",
];

const HOUR_MS: i64 = 3_600_000;
const CJ_BASE: u64 = 2_609_150_000_000_000_000;
const ALI_BASE: u64 = 8_100_000_000_000_000;

/// Something bought.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) product: u64,
    pub(crate) variant: u64,
    pub(crate) quantity: u64,
    pub(crate) cents: i64,
}

/// An order, told in neither supplier's words.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) account: usize,
    pub(crate) position: u64,
    pub(crate) id: u64,
    pub(crate) state: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) person: &'static [&'static str; 8],
    pub(crate) postage_cents: i64,
    pub(crate) created_ms: i64,
}

impl Order {
    pub(crate) fn goods_cents(&self) -> i64 {
        self.lines.iter().map(|l| l.cents * l.quantity as i64).sum()
    }

    /// The shop's own number.
    pub(crate) fn number(&self) -> String {
        format!("SHOP-{}", 10_001 + self.position)
    }

    pub(crate) fn is_paid(&self) -> bool {
        !matches!(
            self.state.as_str(),
            "CREATED"
                | "IN_CART"
                | "UNPAID"
                | "CANCELLED"
                | "PLACE_ORDER_SUCCESS"
                | "IN_CANCEL"
                | "PAYMENT_PROCESSING"
        )
    }

    pub(crate) fn is_shipped(&self) -> bool {
        matches!(
            self.state.as_str(),
            "SHIPPED"
                | "DELIVERED"
                | "WAIT_BUYER_ACCEPT_GOODS"
                | "FINISH"
                | "SELLER_PART_SEND_GOODS"
                | "FUND_PROCESSING"
        )
    }

    pub(crate) fn is_delivered(&self) -> bool {
        matches!(
            self.state.as_str(),
            "DELIVERED" | "FINISH" | "FUND_PROCESSING"
        )
    }

    pub(crate) fn paid_ms(&self) -> Option<i64> {
        self.is_paid().then_some(self.created_ms + HOUR_MS / 12)
    }

    pub(crate) fn shipped_ms(&self) -> Option<i64> {
        self.is_shipped().then_some(self.created_ms + 26 * HOUR_MS)
    }

    pub(crate) fn delivered_ms(&self) -> Option<i64> {
        self.is_delivered()
            .then_some(self.created_ms + 9 * 24 * HOUR_MS)
    }
}

/// The orders of one supplier.
pub(crate) struct OrderBook {
    seed: u64,
    count: u64,
    newest_ms: i64,
    ali: bool,
    ids: Shuffle,
    states: RwLock<HashMap<(usize, u64), String>>,
}

impl OrderBook {
    /// `newest_ms`: no order is younger.
    pub(crate) fn new(seed: u64, ali: bool, count: u64, newest_ms: i64) -> Self {
        Self {
            seed,
            count,
            newest_ms,
            ali,
            ids: Shuffle::new(seed, salt::ORDER, 38),
            states: RwLock::default(),
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    fn id(&self, account: usize, position: u64) -> u64 {
        let hidden = self.ids.hide(account as u64 * 1_000_000_000 + position);
        if self.ali {
            ALI_BASE + hidden
        } else {
            CJ_BASE + hidden
        }
    }

    /// The order of an account with this id, or with this number of the shop's.
    pub(crate) fn find(&self, catalog: &Catalog, account: usize, id: &str) -> Option<Order> {
        let position = if let Some(number) = id.strip_prefix("SHOP-") {
            number.parse::<u64>().ok()?.checked_sub(10_001)?
        } else {
            let base = if self.ali { ALI_BASE } else { CJ_BASE };
            let n = self.ids.show(id.parse::<u64>().ok()?.checked_sub(base)?)?;
            if n / 1_000_000_000 != account as u64 {
                return None;
            }
            n % 1_000_000_000
        };
        (position < self.count).then(|| self.order(catalog, account, position))
    }

    /// Moves an order to another state, as time would.
    pub(crate) fn set_state(&self, account: usize, position: u64, state: &str) {
        self.states
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((account, position), state.to_owned());
    }

    pub(crate) fn order(&self, catalog: &Catalog, account: usize, position: u64) -> Order {
        let d = draw(self.seed, salt::ORDER + account as u64 * 64, position);
        let dealt: &[&str] = if self.ali { &ALI_STATES } else { &CJ_STATES };
        let state = self
            .states
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&(account, position))
            .cloned()
            .unwrap_or_else(|| dealt[position as usize % dealt.len()].to_owned());
        let lines = (0..1 + d % 3)
            .filter_map(|n| self.line(catalog, account, draw(d, salt::ORDER, n)))
            .collect();
        Order {
            account,
            position,
            id: self.id(account, position),
            state,
            lines,
            person: &PEOPLE[(d >> 8) as usize % PEOPLE.len()],
            postage_cents: 300 + (d >> 16) as i64 % 1_200,
            // The newest order is the first; they are about a working day apart.
            created_ms: self.newest_ms
                - position as i64 * 17 * HOUR_MS
                - (d >> 24) as i64 % 3_600 * 1_000,
        }
    }

    /// One line out of the account's own products, passing over those that have no variant to buy.
    fn line(&self, catalog: &Catalog, account: usize, d: u64) -> Option<Line> {
        let (count, own) = match catalog.my_count() {
            0 => (catalog.count(), false),
            mine => (mine, true),
        };
        if count == 0 {
            return None;
        }
        (0..count.min(8)).find_map(|step| {
            let place = (d % count + step) % count;
            let index = if own {
                catalog.my_index(account, place)
            } else {
                place
            };
            // The price of the day it was ordered: later changes of the product do not reach it.
            let product = Product::new(catalog, index, None);
            let variant = (d >> 20).checked_rem(product.variants())?;
            Some(Line {
                product: index,
                variant,
                quantity: 1 + (d >> 32) % 3,
                cents: product.price_cents(variant),
            })
        })
    }

    /// All orders of an account, newest first.
    pub(crate) fn all<'a>(
        &'a self,
        catalog: &'a Catalog,
        account: usize,
    ) -> impl Iterator<Item = Order> + 'a {
        (0..self.count).map(move |position| self.order(catalog, account, position))
    }
}
