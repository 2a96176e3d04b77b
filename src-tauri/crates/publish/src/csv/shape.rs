//! A product as shops know it: options with one value a variant, a price, an address. What is the same in every shop is
//! decided here; how it is written is each dialect's own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smartlinks_core::export::{Product, Variant};
use smartlinks_core::pricing;
use smartlinks_core::views::{
    ExportNote, ExportNoteKind, PriceRules, ProductStatus, Supplier, Unpriced,
};

use super::options::options;

/// Counts what the owner should know.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<ExportNoteKind, u64>);

impl Tally {
    /// One more, or several.
    pub fn add(&mut self, note: ExportNoteKind, count: u64) {
        if count > 0 {
            *self.0.entry(note).or_default() += count;
        }
    }

    /// Everything counted.
    pub fn notes(&self) -> Vec<ExportNote> {
        self.0
            .iter()
            .map(|(note, count)| ExportNote {
                note: *note,
                count: *count,
            })
            .collect()
    }
}

/// What a shop asks for, and what it costs the owner, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// What the shop asks.
    pub price: Decimal,
    /// What it shows struck through.
    pub compare_at: Option<Decimal>,
    /// What the owner pays.
    pub cost: Decimal,
}

/// The price of a cost, by the owner's rules or, without rules, the cost itself.
pub fn price(
    rules: Option<&PriceRules>,
    cost: Option<Decimal>,
    currency: Option<&str>,
) -> Result<Price, Unpriced> {
    let Some(rules) = rules else {
        let cost = cost.ok_or(Unpriced::NoCost)?;
        return Ok(Price {
            price: cost,
            compare_at: None,
            cost,
        });
    };
    pricing::price(rules, cost, currency).map(|priced| Price {
        price: priced.price,
        compare_at: priced.compare_at,
        cost: priced.cost,
    })
}

/// One thing that can be bought.
#[derive(Debug)]
pub struct Line<'a> {
    /// The number by which the owner's shop and orders find it again.
    pub sku: String,
    /// A value for each of the product's options.
    pub values: Vec<String>,
    /// What it costs.
    pub price: Price,
    /// How many can be sold; none when unknown.
    pub stock: Option<i64>,
    /// Grams, whole and rounded up.
    pub grams: Option<Decimal>,
    /// Its own picture.
    pub image: Option<&'a str>,
}

/// A product for a shop.
#[derive(Debug)]
pub struct Listing<'a> {
    /// What its address ends with; the same in every export.
    pub handle: String,
    /// The SKU of the whole.
    pub sku: String,
    /// Its option names; none when there is nothing to choose.
    pub options: Vec<String>,
    /// What can be bought; never empty.
    pub lines: Vec<Line<'a>>,
    /// Pictures, each once, of the public web.
    pub images: Vec<&'a str>,
    /// Whether it may be sold: not delisted, and its variants are known.
    pub on_sale: bool,
}

/// Brings a product into a shop's shape with at most `most` options, or says why it is left out.
pub fn listing<'a>(
    product: &'a Product,
    rules: Option<&PriceRules>,
    most: usize,
    tally: &mut Tally,
) -> Result<Listing<'a>, ExportNoteKind> {
    let mut without_price = 0;
    let mut no_rate = false;
    let mut lines = Vec::new();
    for variant in &product.variants {
        match price(rules, variant.price, variant.currency.as_deref()) {
            Ok(price) => lines.push((variant, price)),
            Err(why) => {
                without_price += 1;
                no_rate |= why == Unpriced::NoRate;
            }
        }
    }
    if lines.is_empty() && !product.variants.is_empty() {
        return Err(left_out(no_rate));
    }
    tally.add(ExportNoteKind::VariantsWithoutPrice, without_price);
    let mut listing = Listing {
        handle: handle(product),
        sku: clip(product.sku.as_deref().unwrap_or(&product.product_id)),
        options: Vec::new(),
        lines: Vec::new(),
        images: pictures(product),
        on_sale: product.status == ProductStatus::Active && product.detailed,
    };
    if !product.detailed {
        tally.add(ExportNoteKind::WithoutDetails, 1);
    }
    if lines.is_empty() {
        // The dearest: a draft that is too cheap would be sold at a loss if it were published as it is.
        let cost = product.price_max.or(product.price_min);
        let price = price(rules, cost, product.currency.as_deref())
            .map_err(|why| left_out(why == Unpriced::NoRate))?;
        listing.lines.push(Line {
            sku: listing.sku.clone(),
            values: Vec::new(),
            price,
            stock: product.stock,
            grams: None,
            image: None,
        });
        return Ok(listing);
    }
    let of: Vec<&Variant> = lines.iter().map(|(variant, _)| *variant).collect();
    let (options, values) = options(&of, most, tally);
    listing.options = options;
    listing.lines = lines
        .into_iter()
        .zip(values)
        .map(|((variant, price), values)| Line {
            sku: sku(product, variant),
            values,
            price,
            stock: variant.stock,
            grams: variant.weight_g.map(|grams| grams.ceil().normalize()),
            image: variant.image.as_deref().filter(|link| is_public(link)),
        })
        .collect();
    Ok(listing)
}

fn left_out(no_rate: bool) -> ExportNoteKind {
    if no_rate {
        ExportNoteKind::NoRate
    } else {
        ExportNoteKind::NoPrice
    }
}

/// CJ's own SKU, which its orders take. AliExpress's attributes are the same words in many products, so there the numbers
/// of product and variant stand together.
fn sku(product: &Product, variant: &Variant) -> String {
    match (product.supplier, variant.sku.as_deref()) {
        (Supplier::Cj, Some(sku)) if !sku.trim().is_empty() => clip(sku),
        _ => format!("{}-{}", product.product_id, variant.variant_id),
    }
}

fn clip(text: &str) -> String {
    text.trim().to_owned()
}

/// Shops fetch pictures themselves and need whole addresses.
fn is_public(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

fn pictures(product: &Product) -> Vec<&str> {
    let mut pictures: Vec<&str> = Vec::new();
    for link in product.images.iter().map(|link| link.trim()) {
        if is_public(link) && !pictures.contains(&link) {
            pictures.push(link);
        }
    }
    pictures
}

/// `glass-jar-1f3a9c0b2d`: words of the first title, and a number made of supplier and product, so that the address neither
/// changes when the supplier words the title anew nor names the supplier to the shop's customers.
fn handle(product: &Product) -> String {
    let mut slug = String::new();
    for letter in product.first_title.chars().flat_map(char::to_lowercase) {
        if slug.len() >= 60 {
            break;
        }
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    let number = fnv(&format!("{}/{}", product.supplier, product.product_id)) >> 24;
    if slug.is_empty() {
        format!("p-{number:010x}")
    } else {
        format!("{slug}-{number:010x}")
    }
}

/// FNV-1a, 64 bits: written out because an address must be the same in every version of every library.
pub fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
