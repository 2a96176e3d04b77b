//! A row a variant with every figure, for spreadsheets and scripts: nothing is left out and nothing is joined. Not for a
//! shop's importer.

use std::io::Write;

use smartlinks_core::Result;
use smartlinks_core::export::{Product, Variant};
use smartlinks_core::views::{ExportNoteKind, PriceRules, ProductStatus, Unpriced};

use super::shape::{self, Tally};
use super::sheet::Sheet;

pub const COLUMNS: &[&str] = &[
    "supplier",
    "account",
    "product_id",
    "variant_id",
    "sku",
    "title",
    "options",
    "category",
    "cost",
    "cost_currency",
    "price",
    "compare_at_price",
    "currency",
    "stock",
    "weight_g",
    "image",
    "images",
    "status",
    "seen_at",
];

/// Writes a product: a row for each variant, or one for a product whose variants are not known.
pub fn write<W: Write>(
    product: &Product,
    rules: Option<&PriceRules>,
    sheet: &mut Sheet<W>,
    tally: &mut Tally,
) -> Result<()> {
    // A space cannot stand in an address, so the list can be taken apart again.
    let same = Same {
        images: product.images.join(" "),
        seen_at: product.seen_at.to_string(),
    };
    if product.variants.is_empty() {
        return row(product, None, &same, rules, sheet, tally);
    }
    product
        .variants
        .iter()
        .try_for_each(|variant| row(product, Some(variant), &same, rules, sheet, tally))
}

/// What is written on every row of a product, made once.
struct Same {
    images: String,
    seen_at: String,
}

fn row<W: Write>(
    product: &Product,
    variant: Option<&Variant>,
    same: &Same,
    rules: Option<&PriceRules>,
    sheet: &mut Sheet<W>,
    tally: &mut Tally,
) -> Result<()> {
    let (cost, currency) = match variant {
        Some(variant) => (
            variant.price,
            variant.currency.as_deref().or(product.currency.as_deref()),
        ),
        None => (product.price_min, product.currency.as_deref()),
    };
    sheet.word(0, product.supplier.as_str());
    sheet.text(1, &product.account);
    sheet.text(2, &product.product_id);
    sheet.maybe(5, Some(&product.title));
    sheet.maybe(7, product.category.as_deref());
    sheet.money(8, cost);
    sheet.maybe(9, currency);
    match shape::price(rules, cost, currency) {
        Ok(price) => {
            sheet.money(10, Some(price.price));
            sheet.money(11, price.compare_at);
            let asked = rules.map(|rules| rules.currency.as_str()).or(currency);
            sheet.maybe(12, asked);
        }
        Err(Unpriced::NoRate) => tally.add(ExportNoteKind::NoRate, 1),
        Err(_) => tally.add(ExportNoteKind::VariantsWithoutPrice, 1),
    }
    let image = match variant {
        Some(variant) => {
            sheet.text(3, &variant.variant_id);
            sheet.maybe(4, variant.sku.as_deref());
            sheet.text(6, &told(variant));
            if let Some(stock) = variant.stock {
                sheet.number(13, stock);
            }
            if let Some(grams) = variant.weight_g {
                sheet.number(14, grams.normalize());
            }
            variant.image.as_deref()
        }
        None => {
            sheet.maybe(4, product.sku.as_deref());
            if let Some(stock) = product.stock {
                sheet.number(13, stock);
            }
            None
        }
    };
    sheet.maybe(15, image.or(product.images.first().map(String::as_str)));
    sheet.text(16, &same.images);
    sheet.word(
        17,
        match product.status {
            ProductStatus::Active => "active",
            ProductStatus::Delisted => "delisted",
        },
    );
    sheet.word(18, &same.seen_at);
    sheet.end_row()
}

/// `Color: Black | Size: XL`.
fn told(variant: &Variant) -> String {
    if variant.options.is_empty() {
        return variant.title.clone();
    }
    let mut text = String::new();
    for option in &variant.options {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        if let Some(name) = &option.name {
            text.push_str(name);
            text.push_str(": ");
        }
        text.push_str(&option.value);
    }
    text
}
