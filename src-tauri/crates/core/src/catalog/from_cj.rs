//! CJ's products in our shape. CJ's prices are US dollars unless a list names another currency.

use ::cj::{Inventory, ListedProduct, Product, Session, Variant};

use super::{Detailed, Listed};
use crate::error::{Error, Result};
use crate::shop::Shop;
use crate::supplier::cj::Line;
use crate::views::{Category, VariantOption, VariantRow, Warehouse};

const DOLLAR: &str = "USD";

/// CJ's codes for a product or variant taken off the shelf (its error list).
const OFF_SHELF: [&str; 2] = ["1602002", "1602003"];

/// Whether CJ says in so many words that it is gone, rather than that it finds nothing.
pub fn is_off_shelf(error: &Error) -> bool {
    let code = error
        .supplier
        .as_ref()
        .and_then(|said| said.code.as_deref());
    code.is_some_and(|code| OFF_SHELF.contains(&code))
}

/// A row of any of CJ's lists.
pub fn listed(product: ListedProduct) -> Listed {
    let stock = product.warehouse_stock.map(count);
    Listed {
        product_id: product.pid,
        title: product.title,
        sku: product.sku,
        category: path(&product.category_path),
        image: product.image,
        price: product.price.map(|range| (range.min, range.max)),
        currency: Some(product.currency.unwrap_or_else(|| DOLLAR.to_owned())),
        stock,
        stock_in_warehouse: None,
        on_sale: product.on_sale,
        listed_at: product.listed_at,
    }
}

/// Asks for one product on behalf of an owner who looks at it.
pub async fn ask(shop: &Shop, account: &str, product_id: &str) -> Result<Detailed> {
    let mut line = Line::new(shop, account);
    loop {
        let answer = fetch(&line.session().await?, product_id).await;
        if let Some(detailed) = line.answered(answer).await? {
            return Ok(detailed);
        }
    }
}

/// CJ's categories of the third level.
pub async fn categories(shop: &Shop, account: &str) -> Result<Vec<Category>> {
    let mut line = Line::new(shop, account);
    loop {
        let answer = line.session().await?.categories().await;
        if let Some(found) = line.answered(answer).await? {
            return Ok(found.into_iter().map(category).collect());
        }
    }
}

/// Everything about one product, with stock: one call where CJ includes it, a second one where it does not.
pub async fn fetch(session: &Session, product_id: &str) -> ::cj::Result<Detailed> {
    let mut product = session.product(product_id, true).await?;
    if !product.variants.is_empty()
        && product
            .variants
            .iter()
            .all(|variant| variant.inventories.is_none())
    {
        let mut stock = session.stock_by_product(product_id).await?;
        for variant in &mut product.variants {
            // An empty list means that CJ does not know, which is not "sold out".
            variant.inventories = stock
                .by_variant
                .remove(&variant.vid)
                .filter(|rows| !rows.is_empty());
        }
    }
    Ok(detailed(product))
}

fn detailed(product: Product) -> Detailed {
    let variants = product.variants.into_iter().map(variant).collect();
    Detailed {
        listed: Listed {
            product_id: product.pid,
            title: product.title,
            sku: product.sku,
            category: path(&product.category_path),
            image: product.images.first().cloned(),
            price: product.price.map(|range| (range.min, range.max)),
            currency: Some(DOLLAR.to_owned()),
            stock: None,
            stock_in_warehouse: None,
            on_sale: product.on_sale,
            listed_at: product.created_at,
        },
        images: product.images,
        variants,
    }
}

fn variant(variant: Variant) -> VariantRow {
    let stock = variant.stock().map(count);
    let inventories = variant.inventories.unwrap_or_default();
    let in_warehouse = inventories
        .iter()
        .filter_map(|row| row.cj)
        .map(count)
        .reduce(i64::saturating_add);
    let options: Vec<&str> = variant
        .options
        .iter()
        .map(|option| option.value.as_str())
        .collect();
    let title = if options.is_empty() {
        variant.key.or(variant.title).unwrap_or_default()
    } else {
        options.join(" / ")
    };
    VariantRow {
        variant_id: variant.vid,
        sku: variant.sku,
        title,
        options: variant
            .options
            .into_iter()
            .map(|option| VariantOption {
                name: option.name,
                value: option.value,
            })
            .collect(),
        price: variant.price,
        currency: Some(DOLLAR.to_owned()),
        stock,
        stock_in_warehouse: in_warehouse,
        image: variant.image,
        weight_g: variant.weight_g,
        warehouses: inventories.into_iter().filter_map(warehouse).collect(),
    }
}

/// A country whose stock CJ does not tell is left out: it is not zero.
fn warehouse(row: Inventory) -> Option<Warehouse> {
    Some(Warehouse {
        total: row.total.map(count)?,
        country: row.country,
        in_warehouse: row.cj.map(count),
        at_factory: row.factory.map(count),
        verified: row.verified,
    })
}

/// A category with its path as owners read it.
fn category(category: ::cj::Category) -> Category {
    let path = [category.first, category.second, category.third].join(" / ");
    Category {
        id: category.id,
        path,
    }
}

fn path(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(" / "))
}

fn count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Where the product is on CJ's site: the title before `-p-` is decoration, the id behind it counts.
pub fn page_of(product_id: &str, title: &str) -> String {
    let slug: Vec<String> = title
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(str::to_lowercase)
        .collect();
    let slug = if slug.is_empty() {
        "product".to_owned()
    } else {
        slug.join("-")
    };
    format!("https://cjdropshipping.com/product/{slug}-p-{product_id}.html")
}
