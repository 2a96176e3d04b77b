//! Products: the lists they are found in (`list`) and one product with its variants (`detail`).
//!
//! Here is what both share: how CJ writes pictures, category paths and whether something is on sale.

mod detail;
mod list;

pub use detail::{OptionValue, Product, Variant};
pub use list::{ListPage, ListQuery, ListV2Query, ListedProduct, MOST_ROWS};

use crate::row::Row;

/// The pictures in the order CJ's own pages prefer: `productImageSet`, `productImage`, `bigImage`; each once.
fn images(row: Row<'_>) -> Vec<String> {
    let mut images: Vec<String> = Vec::new();
    for name in ["productImageSet", "productImage", "bigImage", "image"] {
        for image in row.texts([name]) {
            let image = address(&image);
            if !images.contains(&image) {
                images.push(image);
            }
        }
    }
    images
}

/// The address of a picture: CJ leaves the scheme out at times, and writes `http:` for hosts that all speak https. A picture on
/// this very machine (a sandbox) keeps its scheme.
fn address(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("//") {
        return format!("https://{rest}");
    }
    match text.strip_prefix("http://") {
        Some(rest)
            if !["127.0.0.1", "localhost", "[::1]"]
                .iter()
                .any(|h| rest.starts_with(h)) =>
        {
            format!("https://{rest}")
        }
        _ => text.to_owned(),
    }
}

/// The names of a category path, from `Level1 / Level2 / Level3`.
fn path(name: &str) -> Vec<String> {
    name.split(" / ")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a product is on sale: CJ's status 3. Lists can hold delisted products. Absent is unknown.
fn on_sale(row: Row<'_>) -> Option<bool> {
    row.integer(["saleStatus", "productStatus", "status"])
        .map(|status| status == 3)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use serde_json::json;

    #[test]
    fn pictures_come_in_the_preferred_order_once_each_and_with_a_scheme() {
        let body = json!({
            "bigImage": "https://cf.example.test/c.jpg",
            "productImage": "[\"//cf.example.test/a.jpg\",\"http://cf.example.test/b.jpg\"]",
            "productImageSet": ["https://cf.example.test/b.jpg", ""],
        });
        assert_eq!(
            images(Row::of(&body).unwrap()),
            [
                "https://cf.example.test/b.jpg",
                "https://cf.example.test/a.jpg",
                "https://cf.example.test/c.jpg"
            ]
        );
        assert_eq!(
            address("http://127.0.0.1:9/x.jpg"),
            "http://127.0.0.1:9/x.jpg"
        );
    }

    #[test]
    fn a_category_keeps_slashes_inside_its_names() {
        assert_eq!(
            path("Home & Garden / Kitchen / Jars/Cans"),
            ["Home & Garden", "Kitchen", "Jars/Cans"]
        );
        assert!(path("").is_empty());
    }

    #[test]
    fn only_status_3_is_on_sale_and_no_status_is_unknown() {
        for (body, expected) in [
            (json!({"saleStatus": "3"}), Some(true)),
            (json!({"status": 3}), Some(true)),
            (json!({"saleStatus": 2}), Some(false)),
            (json!({"saleStatus": null}), None),
            (json!({}), None),
        ] {
            assert_eq!(on_sale(Row::of(&body).unwrap()), expected, "{body}");
        }
    }
}
