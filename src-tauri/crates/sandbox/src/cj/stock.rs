//! Stock: by product in one call, or by variant, per country, split into CJ's own warehouse and the supplier's factory.

use serde::Serialize;

use super::Call;
use super::envelope::{Flags, Refusal};
use super::product::asked_variant;
use super::row::{Inventory, Shelf, inventories, shelf};
use crate::catalog::ids::{Bare, Id};
use crate::catalog::product::Product;
use crate::catalog::warehouse::{AREAS, Holding};
use crate::world::World;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ByProduct<'a> {
    inventories: Vec<Area>,
    variant_inventories: Vec<ByVariant<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Area {
    area_en: &'static str,
    area_id: u32,
    country_code: &'static str,
    country_name_en: &'static str,
    total_inventory_num: u64,
    cj_inventory_num: u64,
    factory_inventory_num: u64,
}

/// The inner rows have other field names than the outer ones, and new ids without quotes.
#[derive(Serialize)]
struct ByVariant<'a> {
    vid: Bare<'a>,
    inventory: Vec<Inventory>,
}

/// `GET product/stock/getInventoryByPid?pid=`.
pub(super) fn by_product(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let pid = call
        .params
        .get("pid")
        .ok_or_else(|| Refusal::missing("pid"))?;
    let gone = || Refusal::new(1_602_001, "Product not found");
    let product = world
        .cj
        .product(world.cj.ids.find_product(pid).ok_or_else(gone)?);
    if !product.on_sale() {
        return Err(gone());
    }
    let vids: Vec<Id> = (0..product.variants())
        .map(|v| product.variant_id(v))
        .collect();
    let variant_inventories = vids
        .iter()
        .zip(0..)
        .map(|(vid, variant)| ByVariant {
            vid: Bare(vid),
            inventory: inventories(world, &product, variant, false),
        })
        .collect();
    let all: Vec<Holding> = (0..product.variants())
        .flat_map(|v| product.holdings(v))
        .collect();
    let inventories = AREAS
        .iter()
        .filter_map(|area| {
            let here = || all.iter().filter(|h| h.area.id == area.id);
            here().next()?;
            let (cj, factory) =
                here().fold((0, 0), |(cj, factory), h| (cj + h.cj, factory + h.factory));
            Some(Area {
                area_en: area.name,
                area_id: area.id,
                country_code: area.country,
                country_name_en: area.country_name,
                total_inventory_num: cj + factory,
                cj_inventory_num: cj,
                factory_inventory_num: factory,
            })
        })
        .collect();
    call.ok(
        Flags::Success,
        ByProduct {
            inventories,
            variant_inventories,
        },
    )
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VariantArea {
    vid: Id,
    area_id: String,
    area_en: &'static str,
    country_code: &'static str,
    storage_num: u64,
    total_inventory_num: u64,
    cj_inventory_num: u64,
    factory_inventory_num: u64,
    stock: [Shelf; 1],
}

fn variant_areas(world: &World, product: &Product<'_>, variant: u64) -> Vec<VariantArea> {
    product
        .holdings(variant)
        .map(|holding| VariantArea {
            vid: product.variant_id(variant),
            area_id: holding.area.id.to_string(),
            area_en: holding.area.name,
            country_code: holding.area.country,
            storage_num: holding.total(),
            total_inventory_num: holding.total(),
            cj_inventory_num: holding.cj,
            factory_inventory_num: holding.factory,
            stock: shelf(world, &holding),
        })
        .collect()
}

/// `GET product/stock/queryByVid?vid=`.
pub(super) fn by_variant(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (product, variant) = asked_variant(call)?;
    call.ok(Flags::Result, variant_areas(call.world, &product, variant))
}

/// `GET product/stock/queryBySku?sku=`: a variant's SKU, or a product's for the sum of its variants' rows.
pub(super) fn by_sku(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let sku = call
        .params
        .get("sku")
        .ok_or_else(|| Refusal::missing("sku"))?;
    let unknown = || Refusal::new(1_602_000, "Variant not found");
    let (index, variant) = world.cj.ids.find_sku(sku).ok_or_else(unknown)?;
    let product = world.cj.product(index);
    if !product.on_sale() || variant.is_some_and(|v| v >= product.variants()) {
        return Err(unknown());
    }
    let rows: Vec<VariantArea> = match variant {
        Some(variant) => variant_areas(world, &product, variant),
        None => (0..product.variants())
            .flat_map(|v| variant_areas(world, &product, v))
            .collect(),
    };
    call.ok(Flags::Result, rows)
}
