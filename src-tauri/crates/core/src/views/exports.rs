//! Files for a shop: what goes in, how it is written, what came of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ProductQuery, Supplier};

/// For whom a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// A row a variant with every figure: for spreadsheets and scripts.
    Generic,
    /// Shopify's product CSV.
    Shopify,
    /// WooCommerce's product CSV.
    Woocommerce,
}

/// Names one product.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct ProductKey {
    /// Whose.
    pub supplier: Supplier,
    /// Of which account; null for every account that has it.
    pub account: Option<String>,
    /// The supplier's id.
    pub product_id: String,
}

/// Which products go into a file, or into the shop's database.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ExportSelection {
    /// The whole catalogue.
    #[default]
    All,
    /// Everything a query finds; its page and order do not matter.
    Query {
        /// The query.
        query: ProductQuery,
    },
    /// These.
    Products {
        /// By name.
        products: Vec<ProductKey>,
    },
}

/// What to write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportRequest {
    /// For whom.
    pub format: ExportFormat,
    /// What.
    pub selection: ExportSelection,
    /// Whether the price rules make the prices; otherwise they are the supplier's.
    pub prices: bool,
}

/// Something about a file that its owner should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportNoteKind {
    /// Products left out: no variant of them has a price, and a shop would sell them for nothing.
    NoPrice,
    /// Products left out: their cost is in a currency the owner entered no rate for.
    NoRate,
    /// Products left out: another account has the same one, and it is in the file already.
    Duplicate,
    /// Products left out: more variants than the shop takes.
    TooManyVariants,
    /// Variants left out because they have no price.
    VariantsWithoutPrice,
    /// Products whose variants are not known yet; drafts in the shop.
    WithoutDetails,
    /// Products with more options than the shop takes; the last ones were joined into one.
    OptionsJoined,
    /// Products with variants the supplier names alike; numbers tell them apart.
    VariantsNumbered,
    /// Cells that a spreadsheet would take for a formula; an apostrophe is before them.
    CellsGuarded,
}

/// Something about a file, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportNote {
    /// What.
    pub note: ExportNoteKind,
    /// How many products, variants or cells.
    #[ts(type = "number")]
    pub count: u64,
}

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportReceipt {
    /// Where the file is, as the system writes it; several in their order where Shopify would refuse one for its size.
    pub files: Vec<String>,
    /// For whom.
    pub format: ExportFormat,
    /// Rows in all of them, without the headings.
    #[ts(type = "number")]
    pub rows: u64,
    /// Products in it.
    #[ts(type = "number")]
    pub products: u64,
    /// Products left out; the notes say why.
    #[ts(type = "number")]
    pub skipped: u64,
    /// Their size.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What its owner should know.
    pub notes: Vec<ExportNote>,
}

/// The beginning of a file that was not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportPreview {
    /// The headings.
    pub columns: Vec<String>,
    /// The first rows, cell by cell.
    pub rows: Vec<Vec<String>>,
    /// How many products the selection has.
    #[ts(type = "number")]
    pub products: u64,
    /// What would be told about the products these rows are of.
    pub notes: Vec<ExportNote>,
}
