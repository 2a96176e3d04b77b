//! A catalogue to publish, written into the SQLite file itself: a sync would take its time and bring fewer kinds of rows.

use std::sync::Arc;

use rusqlite::Connection;
use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::{Config, Shop};

/// The account it belongs to, as publishing names it.
pub const ACCOUNT: &str = "cj:CJ1234567";

/// A data folder with a catalogue in it.
pub struct Shelf {
    /// Where it is; gone when this is dropped.
    pub folder: tempfile::TempDir,
    /// The folder, opened.
    pub shop: Shop,
}

impl Shelf {
    /// A shop with an account and `products` products last seen at `seen_at` (milliseconds since 1970); every third has two variants.
    pub async fn with(products: u32, seen_at: i64) -> Self {
        let folder = tempfile::tempdir().expect("a catalogue to publish");
        let ports = Ports {
            clock: Arc::new(SystemClock),
            randomness: Arc::new(SystemRandomness),
            browser: Arc::new(NoBrowser),
            vault: Arc::new(SessionVault::as_keychain()),
            base_urls: BaseUrls::new(None, None).expect("a catalogue to publish"),
        };
        let config = Config {
            data_dir: folder.path().to_path_buf(),
            practice: false,
        };
        let shop = Shop::open(config, ports)
            .await
            .expect("a catalogue to publish");
        let shelf = Self { folder, shop };
        let sqlite = shelf.sqlite();
        sqlite
            .execute(
                "INSERT INTO accounts (id, supplier, name, client_id, created_at) VALUES ('cj-local', 'cj', 'Lumière', 'CJ1234567', 0)",
                [],
            )
            .expect("a catalogue to publish");
        sqlite
            .execute(
                "WITH RECURSIVE n (i) AS (SELECT 1 WHERE ?1 > 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) \
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
            .expect("a catalogue to publish");
        sqlite
            .execute(
                "INSERT INTO variants (product, position, variant_id, sku, title, price, currency, stock, weight_g, warehouses, gone) \
                 SELECT p.id, v.column1, p.product_id || '-' || v.column1, NULL, 'Noir / ' || v.column1, p.price_min + v.column1, \
                 'USD', p.stock, '120.5', CASE WHEN p.id % 2 THEN '[]' ELSE \
                 '[{\"country\":\"CN\",\"total\":5,\"in_warehouse\":null,\"at_factory\":5,\"verified\":true}]' END, \
                 v.column1 = 1 AND p.id % 30 = 0 FROM products p, (VALUES (0), (1)) v WHERE p.id % 3 = 0",
                [],
            )
            .expect("a catalogue to publish");
        shelf
    }

    /// A second door to the database, as another process has it.
    pub fn sqlite(&self) -> Connection {
        let sqlite = Connection::open(self.folder.path().join("smartlinks.db"))
            .expect("a catalogue to publish");
        sqlite
            .busy_timeout(std::time::Duration::from_secs(15))
            .expect("a catalogue to publish");
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
            .expect("a catalogue to publish");
        sqlite
            .execute(
                "UPDATE variants SET stock = coalesce(stock, 0) + 7, gone = 1 - gone WHERE product % 100 = 0",
                [],
            )
            .expect("a catalogue to publish");
        products as u64
    }
}
