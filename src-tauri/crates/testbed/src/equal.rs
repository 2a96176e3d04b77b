//! The comparison of a catalogue with what was published of it, row by row.

use tokio_postgres::Client;

use super::shelf::{ACCOUNT, Shelf};

/// Every row of both databases, worded alike by each database's own means.
pub async fn assert_equal(shelf: &Shelf, postgres: &Client) {
    let pairs = [
        (
            "SELECT product_id || '|' || title || '|' || coalesce(sku, '-') || '|' || coalesce(category, '-') || '|' \
             || coalesce(image, '-') || '|' || coalesce(price_min, '-') || '|' || coalesce(price_max, '-') || '|' \
             || coalesce(currency, '-') || '|' || coalesce(stock, '-') || '|' || coalesce(stock_in_warehouse, '-') || '|' \
             || coalesce(variants, '-') || '|' || status || '|' || coalesce(images, json_array(image)) \
             FROM products ORDER BY product_id COLLATE BINARY",
            "SELECT product_id || '|' || title || '|' || coalesce(sku, '-') || '|' || coalesce(category, '-') || '|' \
             || coalesce(image, '-') || '|' || coalesce((price_min * 10000)::bigint::text, '-') || '|' \
             || coalesce((price_max * 10000)::bigint::text, '-') || '|' || coalesce(currency, '-') || '|' \
             || coalesce(stock::text, '-') || '|' || coalesce(stock_in_warehouse::text, '-') || '|' \
             || coalesce(variant_count::text, '-') || '|' || status || '|' || to_json(images)::text \
             FROM smartlinks.products WHERE account = $1 ORDER BY product_id COLLATE \"C\"",
        ),
        (
            "SELECT p.product_id || '|' || v.variant_id || '|' || v.position || '|' || v.title || '|' || coalesce(v.price, '-') \
             || '|' || coalesce(v.currency, '-') || '|' || coalesce(v.stock, '-') || '|' || v.weight_g || '|' \
             || CASE WHEN v.gone THEN 'delisted' ELSE 'active' END || '|' || replace(v.warehouses, ' ', '') \
             FROM variants v JOIN products p ON p.id = v.product ORDER BY p.product_id COLLATE BINARY, v.variant_id",
            "SELECT product_id || '|' || variant_id || '|' || position || '|' || title || '|' \
             || coalesce((price * 10000)::bigint::text, '-') || '|' || coalesce(currency, '-') || '|' \
             || coalesce(stock::text, '-') || '|' || weight_g || '|' || status || '|' || \
             CASE warehouses WHEN '[]' THEN '[]' ELSE '[{\"country\":\"' || (warehouses->0->>'country') || '\",\"total\":' \
             || (warehouses->0->>'total') || ',\"in_warehouse\":null,\"at_factory\":' || (warehouses->0->>'at_factory') \
             || ',\"verified\":' || (warehouses->0->>'verified') || '}]' END \
             FROM smartlinks.variants WHERE account = $1 ORDER BY product_id COLLATE \"C\", variant_id COLLATE \"C\"",
        ),
    ];
    let sqlite = shelf.sqlite();
    for (here, there) in pairs {
        let mut statement = sqlite.prepare(here).expect("both databases can be read");
        let ours: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .expect("both databases can be read")
            .map(|row| row.expect("a row"))
            .collect();
        let theirs = postgres
            .query(there, &[&ACCOUNT])
            .await
            .expect("both databases can be read");
        assert_eq!(ours.len(), theirs.len(), "as many rows in both");
        assert!(!ours.is_empty());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(Some(ours.as_str()), theirs.get::<_, Option<&str>>(0));
        }
    }
}
