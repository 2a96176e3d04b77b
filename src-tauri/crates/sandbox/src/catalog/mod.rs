//! The made-up catalogue of one supplier, generated on demand from (seed, position): a product exists only while it is looked at, so a
//! million of them costs no memory. What a test or the owner changed is the only thing stored.
//!
//! Not here: the suppliers' JSON (`cj`, `aliexpress`).

pub(crate) mod category;
pub(crate) mod ids;
pub(crate) mod orders;
pub(crate) mod product;
pub(crate) mod search;
pub(crate) mod warehouse;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::random::draw;
use ids::Ids;
use product::Product;
use search::{Found, Query};

/// What each kind of draw is salted with, so that two of them never move together.
pub(crate) mod salt {
    pub(crate) const WORDS: u64 = 1;
    pub(crate) const OFF: u64 = 2;
    pub(crate) const VARIANTS: u64 = 3;
    pub(crate) const PRICE: u64 = 4;
    pub(crate) const CREATED: u64 = 5;
    pub(crate) const STOCK: u64 = 6;
    pub(crate) const WHERE: u64 = 7;
    pub(crate) const MINE: u64 = 8;
    pub(crate) const ID: u64 = 9;
    pub(crate) const LOOKS: u64 = 10;
    pub(crate) const CATEGORY: u64 = 11;
    pub(crate) const ORDER: u64 = 12;
    pub(crate) const SHIPPING: u64 = 13;
}

/// Whose catalogue it is. The two differ in ids and in seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    AliExpress,
    Cj,
}

/// What was changed by hand on one product.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change {
    pub(crate) price: Option<i64>,
    pub(crate) stock: Option<u64>,
    pub(crate) off: Option<bool>,
    /// No list names it any more.
    pub(crate) withdrawn: bool,
    /// Per variant: price in cents, pieces.
    pub(crate) variants: HashMap<u64, (Option<i64>, Option<u64>)>,
}

/// One supplier's products.
pub(crate) struct Catalog {
    pub(crate) seed: u64,
    pub(crate) ids: Ids,
    category_ids: Vec<[String; 3]>,
    count: u64,
    my_count: u64,
    changes: RwLock<HashMap<u64, Arc<Change>>>,
    /// Counts the changes; zero spares every look-up, and a new number makes remembered searches stale.
    version: AtomicU64,
    found: Mutex<Vec<(u64, Query, Arc<Found>)>>,
}

/// How many answered searches are remembered, so that the pages of one are not searched for again.
const REMEMBERED: usize = 32;

impl Catalog {
    pub(crate) fn new(seed: u64, shelf: Shelf, count: u64, my_count: u64) -> Self {
        let seed = match shelf {
            Shelf::Cj => seed,
            Shelf::AliExpress => draw(seed, 0xa11, 0),
        };
        Self {
            seed,
            ids: Ids::new(seed, shelf, count),
            category_ids: category::make_ids(seed),
            count,
            my_count: my_count.min(count),
            changes: RwLock::default(),
            version: AtomicU64::new(0),
            found: Mutex::default(),
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// The product at `index`, which must be below [`Catalog::count`].
    pub(crate) fn product(&self, index: u64) -> Product<'_> {
        let change = if self.version.load(Ordering::Acquire) == 0 {
            None
        } else {
            self.changes
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .get(&index)
                .cloned()
        };
        Product::new(self, index, change)
    }

    /// Whether no list names the product any more.
    pub(crate) fn is_withdrawn(&self, index: u64) -> bool {
        self.version.load(Ordering::Acquire) > 0
            && self
                .changes
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .get(&index)
                .is_some_and(|change| change.withdrawn)
    }

    /// Changes one product and forgets the searches that may have seen it.
    pub(crate) fn change(&self, index: u64, how: impl FnOnce(&mut Change)) {
        let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
        let mut change = changes
            .get(&index)
            .map(|c| (**c).clone())
            .unwrap_or_default();
        how(&mut change);
        changes.insert(index, Arc::new(change));
        self.version.fetch_add(1, Ordering::Release);
    }

    /// The positions of an account's own products: one in each stretch of the catalogue, another one for each account.
    pub(crate) fn mine(&self, account: usize) -> impl Iterator<Item = u64> + use<> {
        let stride = self.stride();
        let offset = self.offset(account, stride);
        (0..self.my_count).map(move |j| j * stride + offset)
    }

    pub(crate) fn my_count(&self) -> u64 {
        self.my_count
    }

    /// The `j`-th of them.
    pub(crate) fn my_index(&self, account: usize, j: u64) -> u64 {
        let stride = self.stride();
        j * stride + self.offset(account, stride)
    }

    pub(crate) fn is_mine(&self, account: usize, index: u64) -> bool {
        let stride = self.stride();
        index / stride < self.my_count && index % stride == self.offset(account, stride)
    }

    fn stride(&self) -> u64 {
        self.count.checked_div(self.my_count).unwrap_or(1).max(1)
    }

    fn offset(&self, account: usize, stride: u64) -> u64 {
        draw(self.seed, salt::MINE, account as u64) % stride
    }

    /// The answer to a search, remembered for the next page.
    pub(crate) fn find(&self, query: &Query) -> Arc<Found> {
        let version = self.version.load(Ordering::Acquire);
        {
            let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, _, hit)) = found.iter().find(|(v, q, _)| *v == version && q == query) {
                return Arc::clone(hit);
            }
        }
        let answer = Arc::new(search::run(self, query));
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= REMEMBERED {
            found.remove(0);
        }
        found.push((version, query.clone(), Arc::clone(&answer)));
        answer
    }
}
