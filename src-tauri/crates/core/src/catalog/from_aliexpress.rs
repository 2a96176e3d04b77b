//! AliExpress's products in our shape.

use std::sync::Arc;

use aliexpress::{Product, ProductQuery, SaleStatus, Variant, method};

use super::{Detailed, Listed, Wanted};
use crate::error::Result;
use crate::shop::Shop;
use crate::store::accounts::AccountRow;
use crate::supplier::aliexpress::Line;
use crate::sync::budget::Spent;
use crate::views::{VariantOption, VariantRow};

/// Everything about one product, for a country and in a currency; calls are counted into `spent`.
pub async fn fetch(
    shop: &Shop,
    account: &AccountRow,
    product_id: &str,
    wanted: &Wanted,
    spent: Arc<Spent>,
) -> Result<Detailed> {
    let query = ProductQuery {
        product_id: product_id.to_owned(),
        ship_to: wanted.ship_to.clone(),
        currency: wanted.currency.clone(),
        language: wanted.language.clone(),
    };
    let mut line = Line::of_run(shop, account, method::PRODUCT, spent).await?;
    loop {
        let answer = line.session().await?.product(&query).await;
        if let Some(product) = line.answered(answer).await? {
            return Ok(detailed(product));
        }
    }
}

fn detailed(product: Product) -> Detailed {
    let currency = product
        .variants
        .iter()
        .find_map(|variant| variant.currency.clone())
        .or(product.currency);
    Detailed {
        listed: Listed {
            product_id: product.product_id,
            title: product.title,
            sku: None,
            category: None,
            image: product.images.first().cloned(),
            price: None,
            currency,
            stock: None,
            stock_in_warehouse: None,
            on_sale: Some(product.status == SaleStatus::OnSale),
            listed_at: None,
        },
        images: product.images,
        variants: product.variants.into_iter().map(variant).collect(),
    }
}

fn variant(variant: Variant) -> VariantRow {
    let options: Vec<&str> = variant
        .options
        .iter()
        .map(|(_, value)| value.as_str())
        .collect();
    VariantRow {
        variant_id: variant.sku_id,
        title: options.join(" / "),
        options: variant
            .options
            .into_iter()
            .map(|(name, value)| VariantOption {
                name: (!name.is_empty()).then_some(name),
                value,
            })
            .collect(),
        sku: (!variant.sku_attr.is_empty()).then_some(variant.sku_attr),
        price: variant.price,
        currency: variant.currency,
        stock: variant.stock,
        stock_in_warehouse: None,
        image: variant.image,
        weight_g: None,
        warehouses: Vec::new(),
    }
}

/// Where the product is on AliExpress's site.
pub fn page_of(product_id: &str) -> String {
    format!("https://www.aliexpress.com/item/{product_id}.html")
}
