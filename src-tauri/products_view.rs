//! How the owner looks at the products: as a table or a grid, with which columns, and the views kept under a name.
//!
//! Only what is shown and how; what a view finds is asked of the core with the query it holds.

use serde::{Deserialize, Serialize};
use smartlinks_core::views::ProductQuery;
use ts_rs::TS;

/// Rows or cards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// A line a product.
    #[default]
    Table,
    /// A picture a product.
    Grid,
}

/// A column of the table beside picture and title, which are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The supplier's SKU.
    Sku,
    /// The last level of the category.
    Category,
    /// What the owner pays.
    Price,
    /// All that can be sold.
    Stock,
    /// What lies in the supplier's own warehouse.
    Warehouse,
    /// How many variants.
    Variants,
    /// On sale, sold out or off the shelf.
    Status,
    /// When the supplier last showed it.
    Seen,
}

/// Filters, order and columns under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// What the owner calls it; no two are called the same.
    pub name: String,
    /// Filters and order.
    pub query: ProductQuery,
    /// Instead of a day in the query: only what changed in so many days before it is looked at.
    #[serde(default)]
    pub changed_days: Option<u32>,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ProductsView {
    /// Rows or cards.
    pub layout: Layout,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The views kept, oldest first.
    pub saved: Vec<SavedView>,
}

impl Default for ProductsView {
    fn default() -> Self {
        Self {
            layout: Layout::Table,
            columns: vec![
                Column::Price,
                Column::Stock,
                Column::Variants,
                Column::Status,
            ],
            saved: Vec::new(),
        }
    }
}
