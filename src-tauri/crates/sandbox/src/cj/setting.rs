//! What is about the account and the world rather than about products: settings, shops, balance, categories, warehouses.

use serde_json::{Value, json};

use super::Call;
use super::accounts::ACCOUNTS;
use super::envelope::{Flags, Refusal};
use super::row::storage_id;
use crate::catalog::category::Level;
use crate::catalog::warehouse::AREAS;
use crate::words::CATEGORIES;

/// What `qpsLimit` says when there is no limit: high enough to hold nobody back.
const NO_LIMIT: u32 = 1_000_000;

/// `GET setting/get`.
pub(super) fn get(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let account = &ACCOUNTS[call.account];
    call.ok(
        Flags::Result,
        json!({
            "openId": account.open_id,
            "openName": account.name,
            "openEmail": account.email,
            "setting": {"quotaLimits": [], "qpsLimit": call.world.accounts.qps.unwrap_or(NO_LIMIT)},
            "callback": {"productType": "CANCEL", "productCallbackUrls": []},
            "root": "GENERAL",
            "isSandbox": false,
        }),
    )
}

/// `GET shop/getShops`.
pub(super) fn shops(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let account = &ACCOUNTS[call.account];
    call.ok(
        Flags::Result,
        json!([{
            "id": account.shop_id,
            "name": account.name,
            "aliasName": null,
            "type": "shopify",
            "status": 1,
            "createDate": "2025-01-02 12:00:00",
            "updateDate": "2025-06-01 12:00:00",
            "countryCode": account.shop_country,
            "currencyCode": account.currency,
            "syncInventory": 1,
            "syncInventoryRate": 100,
        }]),
    )
}

/// `GET shopping/pay/getBalance`.
pub(super) fn balance(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    call.ok(
        Flags::Result,
        json!({"amount": 120.55, "noWithdrawalAmount": 0.0, "freezeAmount": 0.0}),
    )
}

/// Level-2 names with their leaves.
type Branch<'a> = Vec<(&'a str, Vec<Value>)>;

/// `GET product/getCategory`: three levels, ids on the third only.
pub(super) fn categories(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let mut tree: Vec<(&str, Branch<'_>)> = Vec::new();
    for (n, category) in CATEGORIES.iter().enumerate() {
        let leaf = json!({
            "categoryId": call.world.cj.category_id(Level::Third, n),
            "categoryName": category.third,
        });
        // Neighbours share their parents, so the last branch is the only candidate.
        if tree
            .last()
            .is_none_or(|(first, _)| *first != category.first)
        {
            tree.push((category.first, Vec::new()));
        }
        let Some((_, branch)) = tree.last_mut() else {
            continue;
        };
        match branch.last_mut() {
            Some((second, leaves)) if *second == category.second => leaves.push(leaf),
            _ => branch.push((category.second, vec![leaf])),
        }
    }
    let data: Vec<Value> = tree
        .into_iter()
        .map(|(first, branch)| {
            let seconds: Vec<Value> = branch
                .into_iter()
                .map(|(second, leaves)| json!({"categorySecondName": second, "categorySecondList": leaves}))
                .collect();
            json!({"categoryFirstName": first, "categoryFirstList": seconds})
        })
        .collect();
    call.ok(Flags::Result, data)
}

/// `GET product/globalWarehouseList`.
pub(super) fn warehouses(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let rows: Vec<Value> = AREAS
        .iter()
        .map(|area| {
            json!({
                "areaId": area.id,
                "id": area.id.to_string(),
                "areaEn": area.name,
                "areaCn": area.chinese,
                "countryCode": area.country,
                "nameEn": area.country_name,
                "valueEn": area.country,
                "disabled": false,
                "en": area.name,
                "zh": area.chinese,
            })
        })
        .collect();
    call.ok(Flags::Success, rows)
}

/// `GET warehouse/detail?id=`: the storage id, which is not the area's.
pub(super) fn warehouse(call: &Call<'_>) -> Result<Vec<u8>, Refusal> {
    let id = call
        .params
        .get("id")
        .ok_or_else(|| Refusal::missing("id"))?;
    let area = AREAS
        .iter()
        .find(|area| storage_id(call.world, area.id) == id)
        .ok_or_else(|| Refusal::new(1_600_300, "Param error, warehouse not found"))?;
    call.ok(
        Flags::Result,
        json!({
            "id": id,
            "name": format!("Example {} 1", area.name),
            "areaId": area.id,
            "areaCountryCode": area.country,
            "province": "Sample",
            "city": "Exampletown",
            "address1": "1 Sample Road",
            "address2": "",
            "contacts": "Warehouse Desk",
            "phone": "000-000-0000",
            "zipCode": "00000",
            "isSelfPickup": 0,
            "logisticsBrandList": [{"id": "11", "name": "CJPacket"}],
        }),
    )
}
