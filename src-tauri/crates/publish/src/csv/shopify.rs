//! Shopify's product CSV, as described in "Using CSV files to import and export products"
//! (help.shopify.com/manual/products/import-export/using-csv) and named in its sample file `product_template.csv`:
//!
//! - `Title` and `URL handle` are required; every row with the same handle belongs to one product, variants and further
//!   pictures being rows of their own. Facts of the product stand on its first row.
//! - Up to three options. A product without any has the option `Title` with the value `Default Title`.
//! - `Inventory tracker` is `shopify` where stock is counted and empty where it is not; `Continue selling when out of stock`
//!   is `DENY` or `CONTINUE`. Weights are grams; `Status` is `active`, `draft` or `archived`.
//! - A column that is not in the file leaves what the shop has; an empty cell empties it. So description, vendor, tags, SEO and
//!   category are no columns here: they are the owner's work.
//! - Up to 250 pictures and 2,048 variants a product; up to 15 MB a file.

use std::io::Write;

use smartlinks_core::Result;
use smartlinks_core::export::Product;
use smartlinks_core::views::{ExportNoteKind, PriceRules, ProductStatus};

use super::shape::{self, Listing, Tally};
use super::sheet::Sheet;

pub const COLUMNS: &[&str] = &[
    "Title",
    "URL handle",
    "Type",
    "Published on online store",
    "Status",
    "SKU",
    "Option1 name",
    "Option1 value",
    "Option2 name",
    "Option2 value",
    "Option3 name",
    "Option3 value",
    "Price",
    "Compare-at price",
    "Cost per item",
    "Charge tax",
    "Inventory tracker",
    "Inventory quantity",
    "Continue selling when out of stock",
    "Weight value (grams)",
    "Weight unit for display",
    "Requires shipping",
    "Fulfillment service",
    "Product image URL",
    "Image position",
    "Image alt text",
    "Variant image URL",
];

/// What Shopify takes in one file.
pub const LARGEST_FILE: u64 = 15_000_000;
const OPTIONS: usize = 3;
const MOST_VARIANTS: usize = 2_048;
const MOST_PICTURES: usize = 250;
const LONGEST_TITLE: usize = 255;
/// Columns by number, as in [`COLUMNS`].
const HANDLE: usize = 1;
const OPTION_1: usize = 6;
const PICTURE: usize = 23;

/// Writes a product, or says why it is left out.
pub fn write<W: Write>(
    product: &Product,
    rules: Option<&PriceRules>,
    sheet: &mut Sheet<W>,
    tally: &mut Tally,
) -> Result<Result<(), ExportNoteKind>> {
    if product.variants.len() > MOST_VARIANTS {
        return Ok(Err(ExportNoteKind::TooManyVariants));
    }
    let listing = match shape::listing(product, rules, OPTIONS, tally) {
        Ok(listing) => listing,
        Err(why) => return Ok(Err(why)),
    };
    let title: String = product.title.trim().chars().take(LONGEST_TITLE).collect();
    let pictures = &listing.images[..listing.images.len().min(MOST_PICTURES)];
    for row in 0..listing.lines.len().max(pictures.len()) {
        sheet.word(HANDLE, &listing.handle);
        if row == 0 {
            head(product, &listing, &title, sheet);
        }
        if let Some(picture) = pictures.get(row) {
            sheet.text(PICTURE, picture);
            sheet.number(PICTURE + 1, row + 1);
            sheet.text(PICTURE + 2, &title);
        }
        line(&listing, row, sheet);
        sheet.end_row()?;
    }
    Ok(Ok(()))
}

/// Facts of the product.
fn head<W: Write>(product: &Product, listing: &Listing<'_>, title: &str, sheet: &mut Sheet<W>) {
    sheet.text(
        0,
        if title.is_empty() {
            &product.product_id
        } else {
            title
        },
    );
    let leaf = product
        .category
        .as_deref()
        .and_then(|path| path.rsplit(" / ").next());
    sheet.maybe(2, leaf);
    sheet.word(3, if listing.on_sale { "TRUE" } else { "FALSE" });
    sheet.word(
        4,
        match product.status {
            ProductStatus::Delisted => "archived",
            ProductStatus::Active if listing.on_sale => "active",
            ProductStatus::Active => "draft",
        },
    );
    if listing.options.is_empty() {
        sheet.word(OPTION_1, "Title");
    }
    for (place, name) in listing.options.iter().enumerate() {
        sheet.text(OPTION_1 + 2 * place, name);
    }
}

/// Facts of a variant; nothing on a row that is there for a picture only.
fn line<W: Write>(listing: &Listing<'_>, row: usize, sheet: &mut Sheet<W>) {
    let Some(line) = listing.lines.get(row) else {
        return;
    };
    sheet.text(5, &line.sku);
    if line.values.is_empty() {
        sheet.word(OPTION_1 + 1, "Default Title");
    }
    for (place, value) in line.values.iter().enumerate() {
        sheet.text(OPTION_1 + 1 + 2 * place, value);
    }
    sheet.money(12, Some(line.price.price));
    sheet.money(13, line.price.compare_at);
    sheet.money(14, Some(line.price.cost));
    sheet.word(15, "TRUE");
    if let Some(stock) = line.stock {
        sheet.word(16, "shopify");
        sheet.number(17, stock.max(0));
    }
    sheet.word(18, "DENY");
    if let Some(grams) = line.grams {
        sheet.number(19, grams);
        sheet.word(20, "g");
    }
    sheet.word(21, "TRUE");
    sheet.word(22, "manual");
    sheet.maybe(PICTURE + 3, line.image);
}
