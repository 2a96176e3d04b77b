//! Products, variants and changes as listed.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Supplier;

/// Whether a product can still be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    /// On sale.
    Active,
    /// Taken off the supplier's shelf, or gone; kept here with its history.
    Delisted,
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match for a search, newest first otherwise.
    #[default]
    Relevance,
    /// Last added first.
    Newest,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// By title, from A.
    TitleUp,
    /// By title, from Z.
    TitleDown,
    /// Least stock first; an unknown stock comes last.
    StockUp,
    /// Most stock first; an unknown stock comes last.
    StockDown,
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ProductQuery {
    /// Words in title, SKU or category; the last one may be a beginning.
    pub words: Option<String>,
    /// One supplier only.
    pub supplier: Option<Supplier>,
    /// One account only.
    pub account: Option<String>,
    /// A category path prefix as shown (`Home & Garden / Kitchen`).
    pub category: Option<String>,
    /// Its lowest price is not below this.
    #[ts(as = "Option<String>")]
    pub price_min: Option<Decimal>,
    /// Its lowest price is not above this.
    #[ts(as = "Option<String>")]
    pub price_max: Option<Decimal>,
    /// Only what can be sold now (true) or only what is sold out (false); an unknown stock is neither.
    pub in_stock: Option<bool>,
    /// Only active or only delisted.
    pub status: Option<ProductStatus>,
    /// Only what changed (price, stock, listing) at or after this time.
    #[ts(as = "Option<String>")]
    pub changed_since: Option<Timestamp>,
    /// Only what has stock in a warehouse of this country, ISO 3166 two letters; known once the details were asked for.
    pub warehouse: Option<String>,
    /// The order.
    pub sort: Sort,
    /// Where to go on: `next` of the page before.
    pub after: Option<String>,
    /// Rows a page, 1 to 500; 50 unless told.
    pub limit: Option<u32>,
}

/// A list whose rows can be asked for by position, as a scroll bar needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Places {
    /// Names this order of rows when more of them are asked for.
    #[ts(type = "number")]
    pub stamp: u64,
    /// How many rows there are, exactly.
    #[ts(type = "number")]
    pub count: u64,
    /// The first of them.
    pub items: Vec<ProductRow>,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProductRow {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account.
    pub account: String,
    /// The supplier's id.
    pub product_id: String,
    /// The title.
    pub title: String,
    /// The supplier's SKU (CJ's SPU), if any.
    pub sku: Option<String>,
    /// Category path, `A / B / C`.
    pub category: Option<String>,
    /// One picture.
    pub image: Option<String>,
    /// Lowest price of a variant.
    #[ts(type = "string | null")]
    pub price_min: Option<Decimal>,
    /// Highest price of a variant.
    #[ts(type = "string | null")]
    pub price_max: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// All that can be sold: supplier's warehouse and factory together; null when unknown.
    #[ts(type = "number | null")]
    pub stock: Option<i64>,
    /// The part that lies in the supplier's own warehouse.
    #[ts(type = "number | null")]
    pub stock_in_warehouse: Option<i64>,
    /// How many variants; null before the details were asked for.
    #[ts(type = "number | null")]
    pub variants: Option<i64>,
    /// Active or delisted.
    pub status: ProductStatus,
    /// When the supplier last showed it.
    #[ts(type = "string")]
    pub seen_at: Timestamp,
}

/// Stock in one country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Warehouse {
    /// ISO 3166 two letters.
    pub country: String,
    /// All that can be sold from there.
    #[ts(type = "number")]
    pub total: i64,
    /// In the supplier's own warehouse.
    #[ts(type = "number | null")]
    pub in_warehouse: Option<i64>,
    /// At the factory.
    #[ts(type = "number | null")]
    pub at_factory: Option<i64>,
    /// Whether the supplier counted it.
    pub verified: Option<bool>,
}

/// One thing that tells a variant apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VariantOption {
    /// As in `Color`; null when the supplier does not name it.
    pub name: Option<String>,
    /// As in `Black`.
    pub value: String,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VariantRow {
    /// The supplier's id (CJ `vid`, AliExpress `sku_id`).
    pub variant_id: String,
    /// Its SKU (AliExpress: `sku_attr`, which orders need).
    pub sku: Option<String>,
    /// What tells it apart: `Black / XL`.
    pub title: String,
    /// The same taken apart, in the supplier's order; empty when the supplier does not say.
    pub options: Vec<VariantOption>,
    /// What the owner pays.
    #[ts(type = "string | null")]
    pub price: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// All that can be sold; null when unknown.
    #[ts(type = "number | null")]
    pub stock: Option<i64>,
    /// In the supplier's own warehouse.
    #[ts(type = "number | null")]
    pub stock_in_warehouse: Option<i64>,
    /// Picture.
    pub image: Option<String>,
    /// Weight in grams.
    #[ts(type = "string | null")]
    pub weight_g: Option<Decimal>,
    /// Stock by country.
    pub warehouses: Vec<Warehouse>,
}

/// A product, opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ProductDetail {
    /// What the list shows of it.
    #[serde(flatten)]
    pub product: ProductRow,
    /// All pictures.
    pub images: Vec<String>,
    /// Every variant known; empty before the details were asked for.
    pub items: Vec<VariantRow>,
    /// When the details were last asked for.
    #[ts(type = "string | null")]
    pub details_at: Option<Timestamp>,
    /// Where it is on the supplier's site.
    pub supplier_url: Option<String>,
    /// What changed, newest first.
    pub changes: Vec<ChangeRow>,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A price went up or down.
    Price,
    /// Stock changed.
    Stock,
    /// Listed or taken off the shelf.
    Listing,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeRow {
    /// Whose.
    pub supplier: Supplier,
    /// The product.
    pub product_id: String,
    /// Its title now.
    pub title: String,
    /// The variant, when it is about one.
    pub variant_id: Option<String>,
    /// About what.
    pub what: ChangeKind,
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
    /// Currency of a price.
    pub currency: Option<String>,
    /// When it was seen.
    #[ts(type = "string")]
    pub at: Timestamp,
}

/// One hit of a search at AliExpress, not yet in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SupplierHit {
    /// The id to import.
    pub product_id: String,
    /// Title.
    pub title: String,
    /// Picture.
    pub image: Option<String>,
    /// Price in the asked-for currency.
    #[ts(type = "string | null")]
    pub price: Option<Decimal>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// How often ordered, as the supplier writes it (`5,000+`).
    pub orders: Option<String>,
    /// Score out of five.
    pub score: Option<String>,
    /// Where it is on the supplier's site.
    pub url: Option<String>,
    /// Whether it is in the catalogue already.
    pub imported: bool,
}

/// What became of one item of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImportResult {
    /// What was asked for.
    pub item: String,
    /// The product id found in it.
    pub product_id: Option<String>,
    /// The product, when it came.
    pub product: Option<ProductRow>,
    /// Why not, when it did not.
    pub error: Option<crate::error::ErrorView>,
}

/// A CJ category of the third level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Category {
    /// CJ's id.
    pub id: String,
    /// `A / B / C`.
    pub path: String,
}
