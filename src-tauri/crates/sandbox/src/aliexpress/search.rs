//! `aliexpress.ds.text.search`. A misspelled parameter gives an empty result, not an error.

use serde_json::{Value, json};

use super::error::GatewayError;
use super::product::{convert, rating, sales, ships_to};
use super::wrapped;
use crate::catalog::category::from_number;
use crate::catalog::product::{Product, money};
use crate::catalog::search::{Order, Query};
use crate::params::Params;
use crate::world::World;

pub(super) fn search(world: &World, params: &Params) -> Result<Value, GatewayError> {
    let need = |name: &'static str| params.get(name).ok_or_else(|| GatewayError::missing(name));
    let (country, currency) = (need("countryCode")?, need("currency")?);
    need("local")?;
    let Some(sort) = params.get("sortBy") else {
        // Seen live when it was left out.
        return Ok(json!({"code": "NGSELECTION_SEARCH_ERROR", "msg": "search error"}));
    };
    let page = params.number("pageIndex").unwrap_or(1_u64).max(1);
    let size = params.number("pageSize").unwrap_or(20_u64).clamp(1, 50);
    let category = params.number("categoryId").and_then(from_number);
    let (order, direction) = sort.split_once(',').unwrap_or((sort, "desc"));
    let query = Query {
        words: params.get("keyWord").unwrap_or_default().to_owned(),
        categories: category.map(|c| vec![c]),
        order: match order {
            "min_price" => Order::Price,
            "orders" | "comments" => Order::Listed,
            _ => Order::BestMatch,
        },
        ascending: direction == "asc",
        ..Query::default()
    };
    let rows = if query.words.is_empty() && category.is_none() {
        Vec::new()
    } else {
        let found = world.ali.find(&query);
        found
            .rows
            .iter()
            .copied()
            .filter(|&index| {
                let product = world.ali.product(index);
                product.on_sale() && ships_to(world, &product, country)
            })
            .collect()
    };
    let first = (page - 1).saturating_mul(size).min(rows.len() as u64) as usize;
    let last = (first + size as usize).min(rows.len());
    let list = rows[first..last]
        .iter()
        .map(|&index| row(world, &world.ali.product(index), currency))
        .collect();
    Ok(json!({
        "code": "00",
        "msg": "success",
        "data": {
            "pageIndex": page,
            "pageSize": size,
            "totalCount": rows.len(),
            "products": wrapped("selection_search_product", list, true),
        },
    }))
}

fn row(world: &World, product: &Product<'_>, currency: &str) -> Value {
    let (low, high) = product.price_range();
    let ((target, name), (raw, _)) = (convert(low, currency), convert(low, "CNY"));
    let id = product.id().to_string();
    json!({
        "itemId": id,
        "title": product.title(),
        "itemMainPic": world.image(product.pictures().start),
        "itemUrl": format!("//www.aliexpress.com/item/{id}.html"),
        "salePrice": money(raw),
        "salePriceCurrency": "CNY",
        "salePriceFormat": format!("CN¥{}", money(raw)),
        "targetSalePrice": money(target),
        "targetOriginalPrice": money(target * 13 / 10),
        "targetOriginalPriceCurrency": name,
        "originalPrice": money(raw * 13 / 10),
        "originMinPrice": format!("{{\"min\":\"{}\",\"max\":\"{}\"}}", money(raw), money(convert(high, "CNY").0)),
        "discount": "23%",
        "orders": sales(product),
        "score": rating(product),
        "evaluateRate": "94.2",
        "cateId": format!("15,{}", crate::catalog::category::number_of(product.category)),
        "type": "search",
    })
}
