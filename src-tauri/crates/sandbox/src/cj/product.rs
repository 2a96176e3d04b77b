//! One product and its variants: `product/query`, `product/variant/query`, `product/variant/queryByVid`.

use serde::Serialize;
use serde_json::{Value, json};

use super::Call;
use super::envelope::{Flags, Refusal};
use super::row::{Price, Variant, VariantStyle, any_price, list_text, pictures};
use crate::catalog::category::Level;
use crate::catalog::ids::Id;
use crate::catalog::product::{Product, money};
use crate::catalog::salt;
use crate::catalog::warehouse::AREAS;
use crate::clock::chinese_time;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a> {
    pid: Id,
    product_name: String,
    product_name_en: String,
    product_sku: String,
    big_image: String,
    product_image: String,
    product_image_set: Value,
    product_weight: String,
    packing_weight: String,
    product_unit: &'static str,
    product_type: &'static str,
    category_id: &'a str,
    category_name: String,
    entry_code: &'static str,
    entry_name_en: String,
    material_name_en: String,
    product_key: String,
    product_key_en: String,
    product_pro_en: String,
    product_pro_en_set: [&'static str; 1],
    add_mark_status: u8,
    description: String,
    sell_price: Price,
    suggest_sell_price: String,
    status: &'static str,
    listed_num: u64,
    supplier_name: &'static str,
    supplier_id: &'static str,
    /// CJ's own spelling.
    creater_time: String,
    variants: Vec<Variant>,
}

/// The product meant by `pid`, `productSku` or `variantSku`, refused when it is unknown or gone.
fn asked<'a>(call: &'a Call<'_>) -> Result<Product<'a>, Refusal> {
    let (world, params) = (call.world, &call.params);
    let index = if let Some(pid) = params.get("pid") {
        world.cj.ids.find_product(pid)
    } else if let Some(sku) = params.get("productSku").or(params.get("variantSku")) {
        world.cj.ids.find_sku(sku).map(|(index, _)| index)
    } else {
        return Err(Refusal::missing("pid"));
    };
    let product = world
        .cj
        .product(index.ok_or_else(|| Refusal::new(1_602_001, "Product not found"))?);
    if product.on_sale() {
        Ok(product)
    } else if product.draw(salt::OFF) >> 8 & 1 == 0 {
        Err(Refusal::new(1_602_002, "Product removed from shelves"))
    } else {
        Err(Refusal::new(1_602_001, "Product not found"))
    }
}

/// The variants wanted: all, or those with stock in `countryCode`.
fn wanted<'a>(call: &'a Call<'_>, product: &'a Product<'_>) -> impl Iterator<Item = u64> + 'a {
    let country = call.params.get("countryCode");
    (0..product.variants()).filter(move |&variant| {
        country.is_none_or(|country| {
            AREAS
                .iter()
                .any(|a| a.country.eq_ignore_ascii_case(country))
                && product
                    .holdings(variant)
                    .any(|h| h.area.country.eq_ignore_ascii_case(country) && h.total() > 0)
        })
    })
}

/// `GET product/query`.
pub(super) fn query(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let product = asked(call)?;
    let own = product.words();
    let pictures = pictures(world, &product);
    let looks = product.draw(salt::LOOKS);
    let style = VariantStyle {
        inventory: call.params.list("features").contains(&"enable_inventory"),
        key_as_list: false,
    };
    let variants = wanted(call, &product)
        .map(|variant| Variant::new(world, &product, variant, style))
        .collect();
    let axes: Vec<_> = own.axes.iter().map(|axis| axis.name).collect();
    let (low, high) = product.price_range();
    let detail = Detail {
        pid: product.id(),
        product_name: list_text(&product.chinese()),
        product_name_en: product.title(),
        product_sku: product.sku(),
        big_image: pictures[0].clone(),
        // A list inside a string in practice, one address in the documentation.
        product_image: if looks.is_multiple_of(4) {
            pictures[0].clone()
        } else {
            list_text(&pictures)
        },
        product_image_set: if (looks >> 4).is_multiple_of(5) {
            json!(list_text(&pictures))
        } else {
            json!(pictures)
        },
        product_weight: format!("{}.0", product.grams(0)),
        packing_weight: format!("{}.0", product.grams(0) + 40),
        product_unit: "unit(s)",
        product_type: "ORDINARY_PRODUCT",
        category_id: world.cj.category_id(Level::Third, product.category),
        category_name: format!("{} / {} / {}", own.first, own.second, own.third),
        entry_code: "3926909090",
        entry_name_en: own.nouns[0].to_lowercase(),
        material_name_en: list_text(&["", own.materials[0]]),
        product_key: list_text(&axes),
        product_key_en: axes.join("-"),
        product_pro_en: list_text(&["COMMON"]),
        product_pro_en_set: ["COMMON"],
        add_mark_status: 0,
        description: format!(
            "<p><b>{}</b></p><p>Material: {}</p><p><img src=\"{}\"/></p>",
            product.title(),
            own.materials[0],
            pictures[pictures.len() - 1]
        ),
        sell_price: any_price(&product),
        suggest_sell_price: format!("{}-{}", money(low * 3), money(high * 3)),
        status: "3",
        listed_num: product.listed(),
        supplier_name: "",
        supplier_id: "",
        creater_time: chinese_time(product.created_ms()),
        variants,
    };
    call.ok(Flags::Result, detail)
}

/// `GET product/variant/query`.
pub(super) fn variants(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let product = asked(call)?;
    let style = VariantStyle {
        inventory: false,
        key_as_list: true,
    };
    let sku = call
        .params
        .get("variantSku")
        .and_then(|sku| call.world.cj.ids.find_sku(sku)?.1);
    let all: Vec<_> = wanted(call, &product)
        .filter(|variant| sku.is_none_or(|wanted| wanted == *variant))
        .map(|variant| Variant::new(call.world, &product, variant, style))
        .collect();
    call.ok(Flags::Result, all)
}

/// The variant meant by `vid`, refused when it is unknown or its product is gone.
pub(super) fn asked_variant<'a>(call: &'a Call<'_>) -> Result<(Product<'a>, u64), Refusal> {
    let vid = call
        .params
        .get("vid")
        .ok_or_else(|| Refusal::missing("vid"))?;
    let unknown = || Refusal::new(1_602_000, "Variant not found");
    let (index, variant) = call.world.cj.ids.find_variant(vid).ok_or_else(unknown)?;
    let product = call.world.cj.product(index);
    if variant >= product.variants() {
        return Err(unknown());
    }
    if !product.on_sale() {
        return Err(Refusal::new(1_602_003, "Variant removed from shelves"));
    }
    Ok((product, variant))
}

/// `GET product/variant/queryByVid`.
pub(super) fn variant(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (product, variant) = asked_variant(call)?;
    let style = VariantStyle {
        inventory: call.params.list("features").contains(&"enable_inventory"),
        key_as_list: false,
    };
    call.ok(
        Flags::Result,
        Variant::new(call.world, &product, variant, style),
    )
}
