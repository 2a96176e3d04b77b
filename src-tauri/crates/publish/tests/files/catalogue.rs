//! A catalogue with every kind of product that makes a difference to a shop.

use std::path::Path;
use std::sync::Arc;

use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{ExportFormat, ExportReceipt, ExportRequest, ExportSelection};
use smartlinks_core::{Config, Result, Shop};
use smartlinks_publish::csv::{self, Target};

use crate::parser::{Row, rows};

pub struct Catalogue {
    pub shop: Shop,
    pub folder: tempfile::TempDir,
}

/// A variant as the store keeps it: id, SKU, title, cost in ten-thousandths, stock, grams, options as JSON, picture.
pub type Item<'a> = (
    &'a str,
    Option<&'a str>,
    &'a str,
    Option<i64>,
    Option<i64>,
    Option<&'a str>,
    &'a str,
    Option<&'a str>,
);

impl Catalogue {
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shop = open(folder.path()).await;
        let catalogue = Self { shop, folder };
        for (id, supplier) in [("cj-1", "cj"), ("ae-1", "aliexpress")] {
            catalogue.account(id, supplier);
        }
        catalogue
    }

    /// A second door to the database, as another process has it.
    pub fn door(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("data/smartlinks.db")).unwrap()
    }

    pub fn account(&self, id: &str, supplier: &str) {
        self.door()
            .execute(
                "INSERT INTO accounts (id, supplier, created_at) VALUES (?1, ?2, 0)",
                [id, supplier],
            )
            .unwrap();
    }

    /// Adds a product with these variants; `facts` are more columns and their SQL values.
    pub fn product(
        &self,
        account: &str,
        id: &str,
        title: &str,
        facts: &[(&str, &str)],
        items: &[Item<'_>],
    ) {
        let door = self.door();
        let supplier: String = door
            .query_row(
                "SELECT supplier FROM accounts WHERE id = ?1",
                [account],
                |row| row.get(0),
            )
            .unwrap();
        let names: String = facts.iter().map(|(name, _)| format!(", {name}")).collect();
        let values: String = facts
            .iter()
            .map(|(_, value)| format!(", {value}"))
            .collect();
        door.execute(
            &format!(
                "INSERT INTO products (account, supplier, product_id, title, first_title, currency, seen_at{names}) \
                 VALUES (?1, ?2, ?3, ?4, ?4, 'USD', 0{values})"
            ),
            [account, &supplier, id, title],
        )
        .unwrap();
        let product = door.last_insert_rowid();
        for (position, (variant, sku, title, price, stock, grams, options, image)) in
            (0_i64..).zip(items)
        {
            door.execute(
                "INSERT INTO variants (product, position, variant_id, sku, title, price, currency, stock, weight_g, options, image) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'USD', ?7, ?8, ?9, ?10)",
                rusqlite::params![product, position, variant, sku, title, price, stock, grams, options, image],
            )
            .unwrap();
        }
        if !items.is_empty() {
            door.execute(
                "UPDATE products SET details_at = coalesce(details_at, 0), variants = ?2 WHERE id = ?1",
                rusqlite::params![product, items.len() as i64],
            )
            .unwrap();
        }
    }

    /// One of each.
    pub async fn of_every_kind() -> Self {
        let catalogue = Self::empty().await;
        let pictures = (
            "images",
            r#"'["https://cf.example/1.jpg","https://cf.example/2.jpg","//cf.example/no.jpg"]'"#,
        );
        let category = ("category", "'Home, Garden / Kitchen / Jars'");
        // No option: one variant.
        catalogue.product(
            "cj-1",
            "jar",
            "Glass jar",
            &[pictures, category, ("sku", "'CJJAR'")],
            &[(
                "j1",
                Some("CJJAR01"),
                "",
                Some(21_000),
                Some(900),
                Some("470.2"),
                "[]",
                None,
            )],
        );
        // One option, more variants than pictures; one sold out, one of unknown stock.
        catalogue.product(
            "cj-1",
            "cap",
            "Cap, \"one\" size\r\nwith 📱 pocket",
            &[pictures, ("sku", "'CJCAP'")],
            &[
                (
                    "c1",
                    Some("CJCAP01"),
                    "Black",
                    Some(30_000),
                    Some(5),
                    Some("80"),
                    r#"[{"name":"Color","value":"Black"}]"#,
                    Some("https://cf.example/black.jpg"),
                ),
                (
                    "c2",
                    Some("CJCAP02"),
                    "White, matt",
                    Some(31_500),
                    Some(0),
                    Some("80"),
                    r#"[{"name":"Color","value":"White, matt"}]"#,
                    None,
                ),
                (
                    "c3",
                    Some("CJCAP03"),
                    "Red",
                    Some(29_900),
                    None,
                    None,
                    r#"[{"name":"Color","value":"Red"}]"#,
                    None,
                ),
            ],
        );
        // Three options, no picture; AliExpress's attributes are no SKU.
        catalogue.product(
            "ae-1", "1005004043440003", "Lamp", &[],
            &[
                ("120001", Some("14:1#A;5:2#S;7:1#EU"), "A / S / EU", Some(100_000), Some(7), None,
                 r#"[{"name":"Color","value":"A"},{"name":"Size","value":"S"},{"name":"Plug","value":"EU"}]"#, None),
                ("120002", Some("14:1#A;5:3#M;7:1#EU"), "A / M / EU", Some(110_000), Some(7), None,
                 r#"[{"name":"Color","value":"A"},{"name":"Size","value":"M"},{"name":"Plug","value":"EU"}]"#, None),
            ],
        );
        // Five options, one of them missing in a variant.
        catalogue.product(
            "ae-1", "1005004043440004", "=cmd|'/c calc'!A1", &[pictures],
            &[
                ("120011", None, "", Some(50_000), Some(1), None,
                 r#"[{"name":"Color","value":"+1"},{"name":"Size","value":"S"},{"name":"Plug","value":"EU"},{"name":"Length","value":"1m"},{"name":"Ships from","value":"CN"}]"#, None),
                ("120012", None, "", Some(60_000), Some(1), None,
                 r#"[{"name":"Color","value":"+1"},{"name":"Size","value":"S"},{"name":"Plug","value":"EU"},{"name":"Length","value":"2m"}]"#, None),
            ],
        );
        // Unnamed options, two variants the supplier calls the same, one without a price; from before options were kept.
        catalogue.product(
            "cj-1",
            "mug",
            "Mug",
            &[],
            &[
                (
                    "m1",
                    Some("CJMUG01"),
                    "Blue / L",
                    Some(10_000),
                    Some(3),
                    None,
                    "[]",
                    None,
                ),
                (
                    "m2",
                    Some("CJMUG02"),
                    "Blue / L",
                    Some(10_000),
                    Some(3),
                    None,
                    "[]",
                    None,
                ),
                (
                    "m3",
                    Some("CJMUG03"),
                    "Red / L",
                    None,
                    Some(3),
                    None,
                    "[]",
                    None,
                ),
            ],
        );
        // Off the shelf.
        catalogue.product(
            "cj-1",
            "old",
            "Old thing",
            &[("status", "'delisted'")],
            &[(
                "o1",
                Some("CJOLD01"),
                "",
                Some(10_000),
                Some(0),
                None,
                "[]",
                None,
            )],
        );
        // Known from the list only.
        catalogue.product(
            "cj-1",
            "new",
            "New thing",
            &[
                ("price_min", "20000"),
                ("price_max", "50000"),
                ("stock", "4"),
            ],
            &[],
        );
        // Nobody can sell this.
        catalogue.product(
            "cj-1",
            "none",
            "Priceless",
            &[],
            &[("n1", None, "", None, Some(1), None, "[]", None)],
        );
        catalogue
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and reads it back.
    pub async fn export(
        &self,
        format: ExportFormat,
        selection: ExportSelection,
        prices: bool,
    ) -> (ExportReceipt, Vec<Row>) {
        let path = self.path("out.csv");
        let request = ExportRequest {
            format,
            selection,
            prices,
        };
        let receipt = csv::write(
            &self.shop,
            request,
            Target::File(path.clone()),
            Default::default(),
        )
        .await
        .unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(receipt.bytes, text.len() as u64);
        let rows = rows(&text);
        assert_eq!(receipt.rows, rows.len() as u64);
        (receipt, rows)
    }

    pub async fn try_export(
        &self,
        target: Target,
        stop: smartlinks_core::export::Stop,
    ) -> Result<ExportReceipt> {
        let request = ExportRequest {
            format: ExportFormat::Generic,
            selection: ExportSelection::All,
            prices: false,
        };
        csv::write(&self.shop, request, target, stop).await
    }

    pub async fn try_export_as(
        &self,
        format: ExportFormat,
        target: Target,
    ) -> Result<ExportReceipt> {
        let request = ExportRequest {
            format,
            selection: ExportSelection::All,
            prices: false,
        };
        csv::write(&self.shop, request, target, Default::default()).await
    }
}

async fn open(folder: &Path) -> Shop {
    let ports = Ports {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        browser: Arc::new(NoBrowser),
        vault: Arc::new(SessionVault::default()),
        base_urls: BaseUrls::new(None, None).unwrap(),
    };
    let config = Config {
        data_dir: folder.join("data"),
        practice: false,
    };
    Shop::open(config, ports).await.unwrap()
}
