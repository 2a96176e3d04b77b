//! Bits of CJ's JSON that several endpoints share: prices in their three spellings, pictures, variants and their inventories.

use serde::{Serialize, Serializer};

use crate::catalog::ids::Id;
use crate::catalog::product::{Product, money};
use crate::catalog::salt;
use crate::catalog::warehouse::Holding;
use crate::clock::at;
use crate::random::{draw, uuid};
use crate::world::World;

/// A price as a JSON number, or as text: CJ does both, even for the same field.
pub(super) enum Price {
    Number(i64),
    Text(String),
}

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            // The nearest double of a whole number of cents is written with at most two decimals, so this only writes; nothing is computed in it.
            Self::Number(cents) => to.serialize_f64(*cents as f64 / 100.0),
            Self::Text(text) => to.serialize_str(text),
        }
    }
}

/// `2.10`, or `2.10 -- 4.85`, or `2.10-4.85`: the dash differs from product to product.
pub(super) fn range_text(product: &Product<'_>) -> String {
    let (low, high) = product.price_range();
    if low == high {
        money(low)
    } else if product.draw(salt::LOOKS).is_multiple_of(2) {
        format!("{} -- {}", money(low), money(high))
    } else {
        format!("{}-{}", money(low), money(high))
    }
}

/// A number where there is one price and the product is so inclined; else text.
pub(super) fn any_price(product: &Product<'_>) -> Price {
    let (low, high) = product.price_range();
    if low == high && (product.draw(salt::LOOKS) >> 1).is_multiple_of(2) {
        Price::Number(low)
    } else {
        Price::Text(range_text(product))
    }
}

/// A JSON list inside a string, which is how CJ writes names and pictures.
pub(super) fn list_text<T: Serialize>(of: &[T]) -> String {
    // A list of texts cannot fail to be written.
    serde_json::to_string(of).unwrap_or_default()
}

pub(super) fn pictures(world: &World, product: &Product<'_>) -> Vec<String> {
    product.pictures().map(|n| world.image(n)).collect()
}

/// Where a variant lies, as `product/query` has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Inventory {
    country_code: &'static str,
    total_inventory: u64,
    cj_inventory: u64,
    factory_inventory: u64,
    verified_warehouse: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    stock: Option<[Shelf; 1]>,
}

/// One warehouse of the area.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shelf {
    stock_id: String,
    inventory: u64,
    factory_inventory: u64,
}

/// The id of the one warehouse an area has here.
pub(super) fn storage_id(world: &World, area: u32) -> String {
    uuid(
        draw(world.options.seed, 0x57, u64::from(area)),
        draw(world.options.seed, 0x58, u64::from(area)),
    )
    .to_lowercase()
}

pub(super) fn shelf(world: &World, holding: &Holding) -> [Shelf; 1] {
    [Shelf {
        stock_id: storage_id(world, holding.area.id),
        inventory: holding.cj,
        factory_inventory: holding.factory,
    }]
}

/// `shelves`: with the warehouses, as `product/query` gives them and `getInventoryByPid` does not.
pub(super) fn inventories(
    world: &World,
    product: &Product<'_>,
    variant: u64,
    shelves: bool,
) -> Vec<Inventory> {
    product
        .holdings(variant)
        .map(|holding| Inventory {
            country_code: holding.area.country,
            total_inventory: holding.total(),
            cj_inventory: holding.cj,
            factory_inventory: holding.factory,
            verified_warehouse: holding.verified(),
            stock: shelves.then(|| shelf(world, &holding)),
        })
        .collect()
}

/// A variant as `product/query`, `variant/query` and `variant/queryByVid` give it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Variant {
    vid: Id,
    pid: Id,
    variant_name: Option<String>,
    variant_name_en: String,
    variant_sku: String,
    variant_image: String,
    variant_key: String,
    variant_standard: String,
    variant_unit: Option<&'static str>,
    variant_property: Option<&'static str>,
    variant_length: u64,
    variant_width: u64,
    variant_height: u64,
    variant_volume: u64,
    variant_weight: f64,
    variant_sell_price: Price,
    variant_sug_sell_price: Price,
    create_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inventories: Option<Vec<Inventory>>,
}

/// How a variant is written: `key_as_list` is the habit of `variant/query`.
#[derive(Clone, Copy)]
pub(super) struct VariantStyle {
    pub(super) inventory: bool,
    pub(super) key_as_list: bool,
}

impl Variant {
    pub(super) fn new(
        world: &World,
        product: &Product<'_>,
        variant: u64,
        style: VariantStyle,
    ) -> Self {
        let [length, width, height] = product.size_mm();
        let cents = product.price_cents(variant);
        let key = product.variant_key(variant);
        Self {
            vid: product.variant_id(variant),
            pid: product.id(),
            variant_name: None,
            variant_name_en: format!("{} {}", product.title(), key.replace('-', " ")),
            variant_sku: product.variant_sku(variant),
            variant_image: world.image(product.variant_picture(variant)),
            variant_key: if style.key_as_list {
                let values: Vec<_> = product
                    .options(variant)
                    .into_iter()
                    .map(|(_, v)| v)
                    .collect();
                list_text(&values)
            } else {
                key
            },
            variant_standard: format!("long={length},width={width},height={height}"),
            variant_unit: None,
            variant_property: None,
            variant_length: length,
            variant_width: width,
            variant_height: height,
            variant_volume: length * width * height,
            variant_weight: product.grams(variant) as f64,
            variant_sell_price: Price::Number(cents),
            variant_sug_sell_price: Price::Number(cents * 3),
            create_time: (!style.key_as_list).then(|| iso_utc(product.created_ms())),
            inventories: style
                .inventory
                .then(|| inventories(world, product, variant, true)),
        }
    }
}

/// `2026-01-01T00:00:00.000+00:00`, the form of variants' dates.
pub(super) fn iso_utc(ms: i64) -> String {
    at(ms).strftime("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()
}
