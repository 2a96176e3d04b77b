//! WooCommerce's product CSV, as described in its "Product CSV Import Schema" and "Product CSV Importer & Exporter"
//! (github.com/woocommerce/woocommerce/wiki):
//!
//! - A product without a choice is one row of `Type` `simple`. One with a choice is a `variable` row with every value of every
//!   attribute, followed by a `variation` row for each variant, whose `Parent` is the SKU of the first.
//! - SKUs are unique in a shop; an import finds products again by them.
//! - Values, categories and pictures are lists with commas; a comma inside is written `\,`. Categories nest with ` > `.
//! - `Published` is 1, or -1 for a draft. Without `Stock`, stock is not counted and `In stock?` alone decides.
//! - The weight's heading names the shop's unit; kilograms are WooCommerce's own. A shop in another unit chooses the column by
//!   hand in the import's second step.
//! - Attributes are the product's own (`global` 0): a global one would be refused where its name is longer than 28 letters.
//! - Text that begins like a formula has an apostrophe before it, which the importer takes off.

use std::io::Write;

use rust_decimal::Decimal;
use smartlinks_core::Result;
use smartlinks_core::export::Product;
use smartlinks_core::views::{ExportNoteKind, PriceRules};

use super::shape::{self, Line, Listing, Tally};
use super::sheet::Sheet;

/// A streamed file cannot know the longest product beforehand, so its attributes are counted out here.
const ATTRIBUTES: usize = 6;

pub const COLUMNS: &[&str] = &[
    "Type",
    "SKU",
    "Name",
    "Published",
    "Visibility in catalog",
    "Tax status",
    "In stock?",
    "Stock",
    "Backorders allowed?",
    "Weight (kg)",
    "Sale price",
    "Regular price",
    "Categories",
    "Images",
    "Parent",
    "Position",
    "Attribute 1 name",
    "Attribute 1 value(s)",
    "Attribute 1 visible",
    "Attribute 1 global",
    "Attribute 2 name",
    "Attribute 2 value(s)",
    "Attribute 2 visible",
    "Attribute 2 global",
    "Attribute 3 name",
    "Attribute 3 value(s)",
    "Attribute 3 visible",
    "Attribute 3 global",
    "Attribute 4 name",
    "Attribute 4 value(s)",
    "Attribute 4 visible",
    "Attribute 4 global",
    "Attribute 5 name",
    "Attribute 5 value(s)",
    "Attribute 5 visible",
    "Attribute 5 global",
    "Attribute 6 name",
    "Attribute 6 value(s)",
    "Attribute 6 visible",
    "Attribute 6 global",
];
const ATTRIBUTE_1: usize = 16;

/// Writes a product, or says why it is left out.
pub fn write<W: Write>(
    product: &Product,
    rules: Option<&PriceRules>,
    sheet: &mut Sheet<W>,
    tally: &mut Tally,
) -> Result<Result<(), ExportNoteKind>> {
    let listing = match shape::listing(product, rules, ATTRIBUTES, tally) {
        Ok(listing) => listing,
        Err(why) => return Ok(Err(why)),
    };
    let name = match product.title.trim() {
        "" => &product.product_id,
        title => title,
    };
    match &listing.lines[..] {
        [line] if listing.options.is_empty() => {
            head("simple", &line.sku, name, product, &listing, sheet);
            buyable(line, sheet);
            sheet.end_row()?;
        }
        lines => {
            let parent = parent_sku(&listing);
            head("variable", &parent, name, product, &listing, sheet);
            let sold_out = |line: &Line<'_>| line.stock.is_some_and(|stock| stock <= 0);
            sheet.word(6, if lines.iter().all(sold_out) { "0" } else { "1" });
            for (place, option) in listing.options.iter().enumerate() {
                let values = distinct(lines, place);
                attribute(place, option, &list(values.into_iter()), "1", sheet);
            }
            sheet.end_row()?;
            for (position, line) in lines.iter().enumerate() {
                variation(line, position, name, &parent, &listing, sheet);
                sheet.end_row()?;
            }
        }
    }
    Ok(Ok(()))
}

/// The SKU of the whole, unless a variant bears the same.
fn parent_sku(listing: &Listing<'_>) -> String {
    if listing.lines.iter().any(|line| line.sku == listing.sku) {
        format!("{}-parent", listing.sku)
    } else {
        listing.sku.clone()
    }
}

fn head<W: Write>(
    kind: &str,
    sku: &str,
    name: &str,
    product: &Product,
    listing: &Listing<'_>,
    sheet: &mut Sheet<W>,
) {
    sheet.word(0, kind);
    sheet.text(1, sku);
    sheet.text(2, name);
    sheet.word(3, if listing.on_sale { "1" } else { "-1" });
    sheet.word(4, "visible");
    sheet.word(5, "taxable");
    sheet.word(8, "0");
    if let Some(path) = &product.category {
        sheet.text(12, &escaped(&path.replace(" / ", " > ")));
    }
    sheet.text(13, &list(listing.images.iter().copied()));
}

fn variation<W: Write>(
    line: &Line<'_>,
    position: usize,
    name: &str,
    parent: &str,
    listing: &Listing<'_>,
    sheet: &mut Sheet<W>,
) {
    sheet.word(0, "variation");
    sheet.text(1, &line.sku);
    sheet.text(2, &format!("{name} - {}", line.values.join(", ")));
    sheet.word(3, if listing.on_sale { "1" } else { "-1" });
    sheet.word(4, "visible");
    sheet.word(5, "taxable");
    sheet.word(8, "0");
    sheet.maybe(13, line.image);
    sheet.text(14, parent);
    sheet.number(15, position + 1);
    for (place, (option, value)) in listing.options.iter().zip(&line.values).enumerate() {
        attribute(place, option, &escaped(value), "", sheet);
    }
    buyable(line, sheet);
}

/// Stock, weight and price.
fn buyable<W: Write>(line: &Line<'_>, sheet: &mut Sheet<W>) {
    let sold_out = line.stock.is_some_and(|stock| stock <= 0);
    sheet.word(6, if sold_out { "0" } else { "1" });
    if let Some(stock) = line.stock {
        sheet.number(7, stock.max(0));
    }
    if let Some(grams) = line.grams {
        sheet.number(9, (grams / Decimal::ONE_THOUSAND).normalize());
    }
    match line.price.compare_at {
        Some(compare_at) => {
            sheet.money(10, Some(line.price.price));
            sheet.money(11, Some(compare_at));
        }
        None => sheet.money(11, Some(line.price.price)),
    }
}

fn attribute<W: Write>(
    place: usize,
    name: &str,
    values: &str,
    visible: &str,
    sheet: &mut Sheet<W>,
) {
    let column = ATTRIBUTE_1 + 4 * place;
    sheet.text(column, name);
    sheet.text(column + 1, values);
    sheet.word(column + 2, visible);
    sheet.word(column + 3, "0");
}

/// Every value of an option once, in order.
fn distinct<'a>(lines: &'a [Line<'_>], place: usize) -> Vec<&'a str> {
    let mut values: Vec<&str> = Vec::new();
    for value in lines.iter().filter_map(|line| line.values.get(place)) {
        if !values.contains(&value.as_str()) {
            values.push(value);
        }
    }
    values
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&escaped(item));
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace(',', "\\,")
}
