//! A catalogue to publish, written into the SQLite file itself, and the comparison of both databases row by row.

use std::sync::Arc;

use rusqlite::Connection;
use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::{Config, Shop};
use tokio_postgres::Client;

pub const ACCOUNT: &str = "cj:CJ1234567";

pub struct Shelf {
    pub folder: tempfile::TempDir,
    pub shop: Shop,
}

impl Shelf {
    /// A shop with an account and `products` products; every third has two variants.
    pub async fn with(products: u32, seen_at: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ports = Ports {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            browser: Arc::new(NoBrowser),
            vault: Arc::new(SessionVault::as_keychain()),
            base_urls: BaseUrls::new(None, None).unwrap(),
        };
        let config = Config {
            data_dir: folder.path().to_path_buf(),
            practice: false,
        };
        let shop = Shop::open(config, ports).await.unwrap();
        let shelf = Self { folder, shop };
        let sqlite = shelf.sqlite();
        sqlite
            .execute(
                "INSERT INTO accounts (id, supplier, name, client_id, created_at) VALUES ('cj-local', 'cj', 'Lumière', 'CJ1234567', 0)",
                [],
            )
            .unwrap();
        sqlite
            .execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) \
                 INSERT INTO products (account, supplier, product_id, title, sku, category, image, images, price_min, price_max, \
                 currency, stock, stock_in_warehouse, variants, status, seen_at, details_at, revision) \
                 SELECT 'cj-local', 'cj', 'P' || i, 'Lampe « été » n° ' || i || char (9, 10) || '💡', 'SPU' || i, \
                 CASE WHEN i % 5 THEN 'Home / Lamps' END, 'https://img.example/' || i, \
                 CASE WHEN i % 3 = 0 THEN '[\"https://img.example/a\",\"https://img.example/b, {c}\"]' END, \
                 i * 37, i * 41, 'USD', CASE WHEN i % 7 THEN i END, NULL, CASE WHEN i % 3 = 0 THEN 2 END, \
                 CASE WHEN i % 50 THEN 'active' ELSE 'delisted' END, ?2, CASE WHEN i % 3 = 0 THEN ?2 END, \
                 (SELECT revision FROM outbox) FROM n",
                [i64::from(products), seen_at],
            )
            .unwrap();
        sqlite
            .execute(
                "INSERT INTO variants (product, position, variant_id, sku, title, price, currency, stock, weight_g, warehouses, gone) \
                 SELECT p.id, v.column1, p.product_id || '-' || v.column1, NULL, 'Noir / ' || v.column1, p.price_min + v.column1, \
                 'USD', p.stock, '120.5', CASE WHEN p.id % 2 THEN '[]' ELSE \
                 '[{\"country\":\"CN\",\"total\":5,\"in_warehouse\":null,\"at_factory\":5,\"verified\":true}]' END, \
                 v.column1 = 1 AND p.id % 30 = 0 FROM products p, (VALUES (0), (1)) v WHERE p.id % 3 = 0",
                [],
            )
            .unwrap();
        shelf
    }

    pub fn sqlite(&self) -> Connection {
        let sqlite = Connection::open(self.folder.path().join("smartlinks.db")).unwrap();
        sqlite
            .busy_timeout(std::time::Duration::from_secs(15))
            .unwrap();
        sqlite
    }

    /// Changes one product of a hundred, some of them only in a variant, as the intake writes it. Returns how many.
    pub fn change_one_percent(&self) -> u64 {
        let sqlite = self.sqlite();
        let standing = "revision = (SELECT revision FROM outbox)";
        let products = sqlite
            .execute(
                &format!(
                    "UPDATE products SET {standing}, price_min = price_min + 1, seen_at = seen_at + 1000, \
                     status = CASE WHEN id % 200 THEN 'delisted' ELSE 'active' END WHERE id % 100 = 0"
                ),
                [],
            )
            .unwrap();
        sqlite
            .execute(
                "UPDATE variants SET stock = coalesce(stock, 0) + 7, gone = 1 - gone WHERE product % 100 = 0",
                [],
            )
            .unwrap();
        products as u64
    }
}

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
        let mut statement = sqlite.prepare(here).unwrap();
        let ours: Vec<String> = statement
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let theirs = postgres.query(there, &[&ACCOUNT]).await.unwrap();
        assert_eq!(ours.len(), theirs.len(), "as many rows in both");
        assert!(!ours.is_empty());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(Some(ours.as_str()), theirs.get::<_, Option<&str>>(0));
        }
    }
}
