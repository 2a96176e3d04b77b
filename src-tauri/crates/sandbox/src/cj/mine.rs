//! "My products": the owner's own selection, which costs no points to read.

use serde::Serialize;
use serde_json::Value;

use super::Call;
use super::envelope::{Flags, Refusal};
use super::row::Price;
use crate::catalog::category::Level;
use crate::catalog::ids::{Bare, Id};
use crate::catalog::search::{Query, matches};
use crate::clock::plain_utc;
use crate::world::World;

/// Whether a product is among the account's own, from the start or added since.
pub(super) fn is_mine(world: &World, account: usize, index: u64) -> bool {
    world.cj.is_mine(account, index) || world.accounts.state(account).added.contains(&index)
}

/// The account's own products: what was added since, then the given ones.
pub(crate) fn all(world: &World, account: usize) -> Vec<u64> {
    let mut all = world.accounts.state(account).added.clone();
    all.extend(world.cj.mine(account));
    all
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    page_number: u64,
    page_size: u64,
    total_records: usize,
    content: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    product_id: AnyId<'a>,
    product_name: Vec<String>,
    name_en: String,
    sku: String,
    big_image: String,
    total_price: Price,
    product_type: &'static str,
    listed_shop_num: String,
    create_at: String,
    trial_freight: String,
}

/// New ids come with and without quotes.
#[derive(Serialize)]
#[serde(untagged)]
enum AnyId<'a> {
    Quoted(&'a Id),
    Bare(Bare<'a>),
}

/// `GET product/myProduct/query`: the page is `pageNum` in CJ's own client and `pageNumber` in others; both are taken.
pub(super) fn query(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let (world, params) = (call.world, &call.params);
    let page = params
        .number("pageNum")
        .or(params.number("pageNumber"))
        .unwrap_or(1_u64)
        .max(1);
    let size = params.number("pageSize").unwrap_or(20_u64).clamp(1, 200);
    let first = (page - 1).saturating_mul(size);
    let (total, shown) = if params.get("keyword").is_some() || params.get("categoryId").is_some() {
        let query = Query {
            words: params.get("keyword").unwrap_or_default().to_owned(),
            categories: params
                .get("categoryId")
                .map(|id| world.cj.categories_of_id(Level::Third, id)),
            ..Query::default()
        };
        let found: std::collections::HashSet<u64> = matches(&world.cj, &query).collect();
        let mut mine = all(world, call.account);
        mine.retain(|index| found.contains(index));
        (mine.len(), part(mine.into_iter(), first, size))
    } else {
        // Only the page is worked out: a bench has a million of them.
        let added = world.accounts.state(call.account).added.clone();
        let total = added.len() + world.cj.my_count() as usize;
        let given = first.saturating_sub(added.len() as u64)..world.cj.my_count();
        let given = given.map(|j| world.cj.my_index(call.account, j));
        let ahead = first.min(added.len() as u64) as usize;
        let new = added.into_iter().skip(ahead);
        (total, part(new.chain(given), 0, size))
    };
    let ids: Vec<Id> = shown
        .iter()
        .map(|&index| world.cj.ids.product(index))
        .collect();
    let content = shown
        .iter()
        .zip(&ids)
        .map(|(&index, id)| {
            let product = world.cj.product(index);
            Row {
                product_id: if index.is_multiple_of(2) {
                    AnyId::Bare(Bare(id))
                } else {
                    AnyId::Quoted(id)
                },
                product_name: product.chinese(),
                name_en: product.title(),
                sku: product.sku(),
                big_image: world.image(product.pictures().start),
                total_price: Price::Number(product.price_range().0),
                product_type: "0",
                listed_shop_num: (index % 3).to_string(),
                create_at: plain_utc(product.created_ms()),
                trial_freight: format!("{}.{}", 2 + index % 7, index % 10),
            }
        })
        .collect();
    call.ok(
        Flags::Result,
        Page {
            page_number: page,
            page_size: size,
            total_records: total,
            content,
        },
    )
}

/// `size` of them behind the first `first`.
fn part(all: impl Iterator<Item = u64>, first: u64, size: u64) -> Vec<u64> {
    all.skip(first as usize).take(size as usize).collect()
}

/// `POST product/addToMyProduct {"productId"}`.
pub(super) fn add(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let world = call.world;
    let Some(id) = call.body.get("productId").and_then(Value::as_str) else {
        return Err(Refusal::missing("productId"));
    };
    let Some(index) = world.cj.ids.find_product(id) else {
        return Err(Refusal::new(1_602_001, "Product not found"));
    };
    if is_mine(world, call.account, index) {
        return Err(Refusal::new(
            1_600_000,
            "The product has been added to My Products.",
        ));
    }
    world.accounts.state(call.account).added.insert(0, index);
    call.ok(Flags::Result, true)
}
