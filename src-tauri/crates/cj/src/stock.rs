//! Stock by country: what lies in CJ's warehouses, what the factory says it has. No promise of freshness comes with it.
//!
//! "Success" with nothing in it passes by itself at CJ and is an error here: it must never be read as "sold out".

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::Session;
use crate::error::{Error, Result};
use crate::row::{Row, read_all};

/// Stock in one country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// ISO 3166 two letters.
    pub country: String,
    /// CJ's name of the area, as in `China Warehouse`, where given.
    pub area: Option<String>,
    /// All that can be sold from there; the sum of the two below where CJ leaves it out.
    pub total: Option<u64>,
    /// In CJ's own warehouse.
    pub cj: Option<u64>,
    /// At the factory.
    pub factory: Option<u64>,
    /// Whether CJ counted it.
    pub verified: Option<bool>,
}

impl Inventory {
    /// Names with and without `Num` are both in use.
    pub(crate) fn of(row: Row<'_>) -> Option<Self> {
        let cj = row.count(["cjInventory", "cjInventoryNum"]);
        let factory = row.count(["factoryInventory", "factoryInventoryNum"]);
        let sum = cj
            .zip(factory)
            .and_then(|(cj, factory)| cj.checked_add(factory));
        Some(Self {
            country: row.text(["countryCode"])?.to_ascii_uppercase(),
            area: row.text(["areaEn", "countryNameEn"]),
            total: row
                .count(["totalInventory", "totalInventoryNum", "storageNum"])
                .or(sum),
            cj,
            factory,
            verified: match row.integer(["verifiedWarehouse"]) {
                Some(1) => Some(true),
                Some(2) => Some(false),
                _ => None,
            },
        })
    }
}

/// The sum of what is known; `None` when nothing is.
pub(crate) fn sum(inventories: &[Inventory]) -> Option<u64> {
    let mut known = inventories
        .iter()
        .filter_map(|inventory| inventory.total)
        .peekable();
    known.peek()?;
    Some(known.fold(0, u64::saturating_add))
}

/// The stock of a product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductStock {
    /// Over all its variants, by area.
    pub areas: Vec<Inventory>,
    /// By variant id. A variant CJ names without any row is there with an empty list, which means unknown, not sold out.
    pub by_variant: BTreeMap<String, Vec<Inventory>>,
}

impl ProductStock {
    /// All that can be sold of one variant; `None` when CJ says nothing of it.
    #[must_use]
    pub fn of_variant(&self, vid: &str) -> Option<u64> {
        sum(self.by_variant.get(vid)?)
    }

    /// All that can be sold of the product; `None` when CJ says nothing of it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        sum(&self.areas)
    }
}

impl Session {
    /// The stock of a product and all its variants in one call. 10 points.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] with `empty` when CJ says "success" and nothing else: ask again later, it is not "sold out".
    pub async fn stock_by_product(&self, pid: &str) -> Result<ProductStock> {
        let query = vec![("pid", pid.to_owned())];
        product_stock(&self.get("product/stock/getInventoryByPid", query).await?)
    }
}

fn product_stock(data: &Value) -> Result<ProductStock> {
    let row = Row::required(data, "stock")?;
    let areas = row.list(["inventories"]).unwrap_or_default();
    let variants = row.list(["variantInventories"]).unwrap_or_default();
    let mut stock = ProductStock {
        areas: read_all(&areas, Inventory::of).0,
        ..Default::default()
    };
    for variant in variants.iter().filter_map(Row::of) {
        if let Some(vid) = variant.text(["vid"]) {
            let rows = variant
                .list(["inventory", "inventories"])
                .unwrap_or_default();
            stock
                .by_variant
                .entry(vid)
                .or_default()
                .extend(read_all(&rows, Inventory::of).0);
        }
    }
    if stock.areas.is_empty() && stock.by_variant.is_empty() {
        return Err(if areas.is_empty() && variants.is_empty() {
            Error::nothing("stock")
        } else {
            Error::unreadable("no row of the stock names a country or a variant")
        });
    }
    Ok(stock)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use serde_json::json;

    #[test]
    fn stock_is_read_with_and_without_num_in_the_names() {
        for (total, cj, factory) in [
            ("totalInventory", "cjInventory", "factoryInventory"),
            ("totalInventoryNum", "cjInventoryNum", "factoryInventoryNum"),
        ] {
            let inner = json!({"countryCode": "cn", total: "900", cj: 12, factory: 888.0, "verifiedWarehouse": 2});
            let data = json!({"inventories": [inner], "variantInventories": [{"vid": 1980012345678901250_u64, "inventory": [inner]}]});
            let stock = product_stock(&data).unwrap();
            let expected = Inventory {
                country: String::from("CN"),
                area: None,
                total: Some(900),
                cj: Some(12),
                factory: Some(888),
                verified: Some(false),
            };
            assert_eq!(stock.areas, std::slice::from_ref(&expected));
            assert_eq!(stock.by_variant["1980012345678901250"], [expected]);
            assert_eq!(stock.of_variant("1980012345678901250"), Some(900));
        }
    }

    #[test]
    fn an_empty_success_is_never_read_as_sold_out() {
        for data in [
            json!(null),
            json!({}),
            json!([]),
            json!({"inventories": null, "variantInventories": null}),
            json!({"inventories": [], "variantInventories": []}),
        ] {
            assert!(product_stock(&data).unwrap_err().empty, "{data}");
        }
        let unknown = json!({"inventories": [{"countryCode": "CN"}], "variantInventories": [{"vid": "v", "inventory": null}]});
        let stock = product_stock(&unknown).unwrap();
        assert_eq!(
            (stock.total(), stock.of_variant("v"), stock.of_variant("w")),
            (None, None, None)
        );
        let odd = json!({"inventories": [{"x": 1}]});
        assert!(!product_stock(&odd).unwrap_err().empty);
    }

    #[test]
    fn sold_out_is_zero_and_a_missing_total_is_the_sum_of_its_parts() {
        let data = json!({"inventories": [{"countryCode": "US", "totalInventoryNum": 0}, {"countryCode": "CN", "cjInventoryNum": 2, "factoryInventoryNum": 3}]});
        let stock = product_stock(&data).unwrap();
        assert_eq!(stock.areas[0].total, Some(0));
        assert_eq!(stock.total(), Some(5));
    }
}
