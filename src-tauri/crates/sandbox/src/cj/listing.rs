//! Searching CJ's catalogue: `product/listV2`, and `product/list` of old. Neither gives more than 6,000 rows of one question.

use std::sync::Arc;

use serde::Serialize;

use super::Call;
use super::envelope::{Flags, Refusal};
use super::row::{Price, any_price, list_text, range_text};
use crate::catalog::category::Level;
use crate::catalog::ids::Id;
use crate::catalog::product::{Product, money};
use crate::catalog::search::{CAP, Found, Order, Query};
use crate::catalog::warehouse::AREAS;
use crate::clock::{parse_plain, plain_utc};
use crate::params::Params;
use crate::world::World;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageV2<'a> {
    page_size: u64,
    page_number: u64,
    total_records: usize,
    total_pages: usize,
    content: [Content<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    product_list: Vec<RowV2<'a>>,
    related_category_list: [(); 0],
    store_list: Vec<Store>,
    key_word: &'a str,
    key_word_old: &'a str,
    search_hit: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Store {
    warehouse_id: String,
    warehouse_name: &'static str,
    country_code: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RowV2<'a> {
    id: Id,
    name_en: String,
    sku: String,
    spu: String,
    big_image: String,
    sell_price: String,
    now_price: String,
    discount_price: Option<String>,
    discount_price_rate: Option<String>,
    listed_num: u64,
    category_id: &'a str,
    // These only with the feature `enable_category`.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_category_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_category_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    two_category_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    two_category_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    three_category_name: Option<&'static str>,
    add_mark_status: u8,
    is_video: u8,
    product_type: &'static str,
    supplier_name: Option<&'static str>,
    create_at: i64,
    warehouse_inventory_num: u64,
    total_verified_inventory: u64,
    total_un_verified_inventory: u64,
    verified_warehouse: u8,
    customization: u8,
    is_personalized: u8,
    my_product: bool,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    delivery_cycle: String,
    sale_status: &'static str,
    authority_status: &'static str,
}

/// Cents of a parameter like `2.5`; none when it is not a price.
fn cents(params: &Params, name: &str) -> Option<i64> {
    let price: rust_decimal::Decimal = params.get(name)?.parse().ok()?;
    let cents = price * rust_decimal::Decimal::ONE_HUNDRED;
    i64::try_from(cents.round().mantissa() / 10_i128.pow(cents.round().scale())).ok()
}

fn categories(world: &World, params: &Params) -> Option<Vec<usize>> {
    let mut all = Vec::new();
    let mut asked = false;
    for (name, level) in [
        ("categoryId", Level::Third),
        ("lv3categoryList", Level::Third),
        ("lv2categoryList", Level::Second),
    ] {
        for id in params.list(name) {
            asked = true;
            all.extend(world.cj.categories_of_id(level, id));
        }
    }
    asked.then_some(all)
}

fn max_offset(page: u64, size: u64) -> Result<(), Refusal> {
    if (page - 1).saturating_mul(size) < CAP as u64 {
        Ok(())
    } else {
        Err(Refusal::new(
            1_600_300,
            format!("Param error, the max offset is {CAP}, please narrow the search"),
        ))
    }
}

fn page_of(found: &Found, page: u64, size: u64) -> &[u64] {
    let first = ((page - 1) * size).min(found.rows.len() as u64) as usize;
    let last = (first + size as usize).min(found.rows.len());
    &found.rows[first..last]
}

/// `GET product/listV2`.
pub(super) fn list_v2(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (world, params) = (call.world, &call.params);
    let page: u64 = params.number("page").unwrap_or(1);
    let size: u64 = params.number("size").unwrap_or(10);
    if !(1..=1_000).contains(&page) || !(1..=100).contains(&size) {
        return Err(Refusal::new(
            1_600_300,
            "Param error, page must be 1 to 1000 and size 1 to 100",
        ));
    }
    max_offset(page, size)?;
    let words = params.get("keyWord").unwrap_or_default();
    let query = Query {
        words: words.to_owned(),
        categories: categories(world, params),
        country: params.get("countryCode").map(str::to_owned),
        price: (
            cents(params, "startSellPrice"),
            cents(params, "endSellPrice"),
        ),
        created: (params.number("timeStart"), params.number("timeEnd")),
        stock: (
            params.number("startWarehouseInventory"),
            params.number("endWarehouseInventory"),
        ),
        verified: params.number("verifiedWarehouse"),
        order: match params.number::<u8>("orderBy") {
            Some(1) => Order::Listed,
            Some(2) => Order::Price,
            Some(3) => Order::Created,
            Some(4) => Order::Stock,
            _ => Order::BestMatch,
        },
        ascending: params
            .get("sort")
            .is_some_and(|s| s.eq_ignore_ascii_case("asc")),
    };
    let found = world.cj.find(&query);
    let features = params.list("features");
    let (with_names, with_description) = (
        features.contains(&"enable_category"),
        features.contains(&"enable_description"),
    );
    let rows = page_of(&found, page, size)
        .iter()
        .map(|&index| row_v2(call, &world.cj.product(index), with_names, with_description))
        .collect();
    let total = found.rows.len();
    call.ok(
        Flags::Both,
        PageV2 {
            page_size: size,
            page_number: page,
            total_records: total,
            total_pages: total.div_ceil(size as usize),
            content: [Content {
                product_list: rows,
                related_category_list: [],
                store_list: AREAS
                    .iter()
                    .map(|area| Store {
                        warehouse_id: area.id.to_string(),
                        warehouse_name: area.name,
                        country_code: area.country,
                    })
                    .collect(),
                key_word: words,
                key_word_old: words,
                search_hit: format!("1::{total}"),
            }],
        },
    )
}

fn row_v2<'a>(
    call: &Call<'a>,
    product: &Product<'_>,
    with_names: bool,
    with_description: bool,
) -> RowV2<'a> {
    let world = call.world;
    let (low, _) = product.price_range();
    let (stock, verified) = product.total_stock();
    let sku = product.sku();
    let [one, two, three] = world.cj.category_ids(product.category);
    let discounted = product.index.is_multiple_of(7);
    RowV2 {
        id: product.id(),
        name_en: product.title(),
        spu: sku.clone(),
        sku,
        big_image: world.image(product.pictures().start),
        sell_price: range_text(product),
        now_price: money(low),
        discount_price: discounted.then(|| money(low * 93 / 100)),
        discount_price_rate: discounted.then(|| "7".to_owned()),
        listed_num: product.listed(),
        category_id: three,
        one_category_id: with_names.then_some(one.as_str()),
        one_category_name: with_names.then_some(product.words().first),
        two_category_id: with_names.then_some(two.as_str()),
        two_category_name: with_names.then_some(product.words().second),
        three_category_name: with_names.then_some(product.words().third),
        add_mark_status: u8::from(product.index.is_multiple_of(11)),
        is_video: 0,
        product_type: "ORDINARY_PRODUCT",
        supplier_name: None,
        create_at: product.created_ms(),
        warehouse_inventory_num: stock,
        total_verified_inventory: verified,
        total_un_verified_inventory: stock - verified,
        verified_warehouse: if verified > 0 { 1 } else { 2 },
        customization: 0,
        is_personalized: 0,
        my_product: super::mine::is_mine(world, call.account, product.index),
        currency: "USD",
        description: with_description.then(|| format!("<p>{}</p>", product.title())),
        delivery_cycle: (1 + product.index % 6).to_string(),
        // Lists keep products that are gone: a reader who trusts them sells what cannot be bought.
        sale_status: if product.on_sale() { "3" } else { "2" },
        authority_status: "1",
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageV1<'a> {
    page_num: u64,
    page_size: u64,
    total: usize,
    list: Vec<RowV1<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RowV1<'a> {
    pid: Id,
    product_name: String,
    product_name_en: String,
    product_sku: String,
    product_image: String,
    product_weight: Weight,
    product_type: &'static str,
    product_unit: &'static str,
    sell_price: Price,
    category_id: &'a str,
    category_name: String,
    is_video: u8,
    sale_status: u8,
    listed_num: u64,
    supplier_name: Option<&'static str>,
    supplier_id: Option<&'static str>,
    remark: &'static str,
    is_free_shipping: bool,
    create_time: Option<String>,
}

/// Grams, as text or as a number.
#[derive(Serialize)]
#[serde(untagged)]
enum Weight {
    Text(String),
    Number(u64),
}

/// `GET product/list`.
pub(super) fn list(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (world, params) = (call.world, &call.params);
    let page = params.number("pageNum").unwrap_or(1).max(1);
    let size = params.number("pageSize").unwrap_or(20).clamp(1, 200);
    max_offset(page, size)?;
    let pid = params.get("pid").map(|pid| world.cj.ids.find_product(pid));
    let query = Query {
        words: params
            .get("productNameEn")
            .or(params.get("productSku"))
            .unwrap_or_default()
            .to_owned(),
        categories: categories(world, params),
        country: params.get("countryCode").map(str::to_owned),
        price: (cents(params, "minPrice"), cents(params, "maxPrice")),
        created: (
            params.get("createTimeFrom").and_then(parse_plain),
            params.get("createTimeTo").and_then(parse_plain),
        ),
        stock: (
            params.number("startInventory"),
            params.number("endInventory"),
        ),
        verified: params.number("verifiedWarehouse"),
        order: match params.get("orderBy") {
            Some("createAt") => Order::Created,
            Some("listedNum") => Order::Listed,
            _ => Order::BestMatch,
        },
        ascending: params
            .get("sort")
            .is_some_and(|s| s.eq_ignore_ascii_case("asc")),
    };
    let found = match pid {
        Some(index) => Arc::new(Found {
            rows: index.into_iter().collect(),
        }),
        None => world.cj.find(&query),
    };
    call.ok(
        Flags::Result,
        PageV1 {
            page_num: page,
            page_size: size,
            total: found.rows.len(),
            list: page_of(&found, page, size)
                .iter()
                .map(|&index| row_v1(world, &world.cj.product(index)))
                .collect(),
        },
    )
}

fn row_v1<'a>(world: &'a World, product: &Product<'_>) -> RowV1<'a> {
    let own = product.words();
    RowV1 {
        pid: product.id(),
        product_name: list_text(&product.chinese()),
        product_name_en: product.title(),
        product_sku: product.sku(),
        product_image: world.image(product.pictures().start),
        product_weight: if product.index.is_multiple_of(2) {
            Weight::Text(format!("{}.00", product.grams(0)))
        } else {
            Weight::Number(product.grams(0))
        },
        product_type: "ORDINARY_PRODUCT",
        product_unit: "unit(s)",
        sell_price: any_price(product),
        category_id: &world.cj.category_ids(product.category)[2],
        category_name: format!("{} / {} / {}", own.first, own.second, own.third),
        is_video: 0,
        sale_status: if product.on_sale() { 3 } else { 2 },
        listed_num: product.listed(),
        supplier_name: None,
        supplier_id: None,
        remark: "",
        is_free_shipping: product.index.is_multiple_of(11),
        create_time: product
            .index
            .is_multiple_of(3)
            .then(|| plain_utc(product.created_ms())),
    }
}
