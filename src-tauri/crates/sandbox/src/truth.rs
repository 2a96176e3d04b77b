//! What is really there: a test compares with it what a client made of the suppliers' answers, pitfalls and all.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::aliexpress::sku_count as aliexpress_skus;
use crate::catalog::Catalog;
use crate::catalog::category::Level;
use crate::catalog::orders::{Order, OrderBook};
use crate::catalog::product::decimal;
use crate::catalog::search::{Query, matches};
use crate::world::World;

/// A product as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthProduct {
    /// The supplier's id.
    pub pid: String,
    /// The English title.
    pub title: String,
    /// CJ's SKU of the product; for AliExpress the same made-up form, which it never shows.
    pub sku: String,
    /// The name of its category, level 3.
    pub category: String,
    /// The cheapest variant, US dollars.
    pub price_min: Decimal,
    /// The dearest variant, US dollars.
    pub price_max: Decimal,
    /// False for a product that lists may still name.
    pub on_sale: bool,
    /// All variants; about one CJ product in a hundred has none.
    pub variants: Vec<TruthVariant>,
}

impl TruthProduct {
    /// All pieces of all variants.
    pub fn stock(&self) -> u64 {
        self.variants.iter().map(|v| v.stock).sum()
    }
}

/// A variant as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthVariant {
    /// CJ's vid, AliExpress's SKU id.
    pub vid: String,
    /// The variant's SKU; for AliExpress made up and never shown.
    pub sku: String,
    /// `Off-White-XL`.
    pub key: String,
    /// US dollars.
    pub price: Decimal,
    /// All pieces that can be sold, everywhere.
    pub stock: u64,
    /// Those of them in CJ's own warehouses.
    pub cj_stock: u64,
}

/// An order as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthOrder {
    /// The supplier's id.
    pub id: String,
    /// The shop's own number.
    pub number: String,
    /// The supplier's word for the state.
    pub state: String,
    /// Goods and postage, US dollars.
    pub total: Decimal,
    /// Variant ids and quantities.
    pub lines: Vec<(String, u64)>,
}

/// The world as it is. Iterators make their items as they are read, and see later changes.
#[derive(Clone)]
pub struct Truth {
    world: Arc<World>,
}

impl Truth {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// All CJ products.
    pub fn all(&self) -> impl Iterator<Item = TruthProduct> + '_ {
        (0..self.world.cj.count()).map(|index| cj(&self.world.cj, index))
    }

    /// "My products" of the first CJ account, in the order CJ lists them.
    pub fn my_products(&self) -> Vec<TruthProduct> {
        self.my_products_of(0)
    }

    /// "My products" of a CJ account: 0 or 1.
    ///
    /// An account there is not has none.
    pub fn my_products_of(&self, account: usize) -> Vec<TruthProduct> {
        if account >= crate::cj::accounts::ACCOUNTS.len() {
            return Vec::new();
        }
        crate::cj::my_products(&self.world, account)
            .into_iter()
            .map(|index| cj(&self.world.cj, index))
            .collect()
    }

    /// Every CJ product a search for these words would find if there were no cap.
    pub fn search(&self, words: &str) -> Vec<TruthProduct> {
        self.matching(Query {
            words: words.to_owned(),
            ..Query::default()
        })
    }

    /// The same, of those with stock in a country.
    pub fn search_kept_in(&self, words: &str, country: &str) -> Vec<TruthProduct> {
        self.matching(Query {
            words: words.to_owned(),
            country: Some(country.to_owned()),
            ..Query::default()
        })
    }

    /// Every CJ product of a level-3 category, by its id.
    pub fn category(&self, id: &str) -> Vec<TruthProduct> {
        self.matching(Query {
            categories: Some(self.world.cj.categories_of_id(Level::Third, id)),
            ..Query::default()
        })
    }

    fn matching(&self, query: Query) -> Vec<TruthProduct> {
        matches(&self.world.cj, &query)
            .map(|index| cj(&self.world.cj, index))
            .collect()
    }

    /// The ids of CJ's level-3 categories with their names.
    pub fn categories(&self) -> Vec<(String, String)> {
        crate::words::CATEGORIES
            .iter()
            .enumerate()
            .map(|(n, category)| {
                (
                    self.world.cj.category_id(Level::Third, n).to_owned(),
                    category.third.to_owned(),
                )
            })
            .collect()
    }

    /// A CJ product by its id.
    pub fn product(&self, pid: &str) -> Option<TruthProduct> {
        let index = self.world.cj.ids.find_product(pid)?;
        Some(cj(&self.world.cj, index))
    }

    /// All AliExpress products.
    pub fn aliexpress(&self) -> impl Iterator<Item = TruthProduct> + '_ {
        (0..self.world.ali.count()).map(|index| ali(&self.world.ali, index))
    }

    /// Every AliExpress product a search for these words would find, those off the shelf included.
    pub fn aliexpress_search(&self, words: &str) -> Vec<TruthProduct> {
        let query = Query {
            words: words.to_owned(),
            ..Query::default()
        };
        matches(&self.world.ali, &query)
            .map(|index| ali(&self.world.ali, index))
            .collect()
    }

    /// An AliExpress product by its id.
    pub fn aliexpress_product(&self, id: &str) -> Option<TruthProduct> {
        let index = self.world.ali.ids.find_product(id)?;
        Some(ali(&self.world.ali, index))
    }

    /// The orders of a CJ account (0 or 1), newest first.
    pub fn orders_of(&self, account: usize) -> Vec<TruthOrder> {
        orders(&self.world.cj_orders, &self.world.cj, account)
    }

    /// The AliExpress orders, newest first. AliExpress itself has no list of them.
    pub fn aliexpress_orders(&self) -> Vec<TruthOrder> {
        orders(&self.world.ali_orders, &self.world.ali, 0)
    }
}

fn orders(book: &OrderBook, catalog: &Catalog, account: usize) -> Vec<TruthOrder> {
    let tell = |order: Order| TruthOrder {
        id: order.id.to_string(),
        number: order.number(),
        state: order.state.clone(),
        total: decimal(order.goods_cents() + order.postage_cents),
        lines: order
            .lines
            .iter()
            .map(|line| {
                (
                    catalog.ids.variant(line.product, line.variant).to_string(),
                    line.quantity,
                )
            })
            .collect(),
    };
    book.all(catalog, account).map(tell).collect()
}

fn cj(catalog: &Catalog, index: u64) -> TruthProduct {
    let count = catalog.product(index).variants();
    tell(catalog, index, count)
}

fn ali(catalog: &Catalog, index: u64) -> TruthProduct {
    let count = aliexpress_skus(&catalog.product(index));
    tell(catalog, index, count)
}

fn tell(catalog: &Catalog, index: u64, variants: u64) -> TruthProduct {
    let product = catalog.product(index);
    let (low, high) = product.price_range();
    TruthProduct {
        pid: product.id().to_string(),
        title: product.title(),
        sku: product.sku(),
        category: product.words().third.to_owned(),
        price_min: decimal(low),
        price_max: decimal(high),
        on_sale: product.on_sale(),
        variants: (0..variants)
            .map(|variant| {
                let (stock, cj_stock) = product.stock(variant);
                TruthVariant {
                    vid: product.variant_id(variant).to_string(),
                    sku: product.variant_sku(variant),
                    key: product.variant_key(variant),
                    price: decimal(product.price_cents(variant)),
                    stock,
                    cj_stock,
                }
            })
            .collect(),
    }
}
