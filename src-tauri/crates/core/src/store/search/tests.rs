//! Every way to a page must lead to the same products: a slow and plain filter over all of them is the judge.

#![expect(clippy::unwrap_used, reason = "a test may end at once")]

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use rust_decimal::Decimal;

use super::super::Store;
use super::super::intake::{self, Origin};
use super::{count, page};
use crate::catalog::{Detailed, Listed};
use crate::views::{
    ProductQuery, ProductRow, ProductStatus, Sort, Supplier, VariantRow, Warehouse,
};

/// More than are sorted one by one, and more than a page.
const MANY: i64 = 5_000;

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

fn listed(number: i64) -> Listed {
    let price = Decimal::new(100 + number * 7 % 4_000, 2);
    Listed {
        product_id: format!("p{number}"),
        title: format!(
            "{} jar {} {}",
            if number % 3 == 0 { "Glass" } else { "Épices" },
            if number == 4_321 {
                "zirconium"
            } else {
                "plain"
            },
            // Nobody meets the one among the cheap, nor the other among the dear.
            if price > Decimal::from(21) {
                "costly"
            } else {
                "bargain"
            }
        ),
        sku: Some(format!("SKU{number}")),
        category: Some(
            if number % 500 == 7 {
                "Home / Kitchen / Spices"
            } else {
                "Home / Garden / Pots"
            }
            .to_owned(),
        ),
        image: None,
        // Some have none.
        price: (number % 11 != 0).then(|| (price, price + Decimal::TEN)),
        currency: Some("USD".to_owned()),
        stock: match number % 1_000 {
            0 => Some(0),
            1..600 => Some(number),
            _ => None,
        },
        stock_in_warehouse: None,
        on_sale: Some(number % 700 != 3),
        listed_at: None,
    }
}

/// A catalogue of many products of one supplier and three of another; one was opened, one changed an hour later.
async fn stage() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("smartlinks.db")).unwrap();
    store
        .write(|tx| {
            for (id, supplier) in [("cj-1", "cj"), ("ali-1", "aliexpress")] {
                tx.execute(
                    "INSERT INTO accounts (id, supplier, created_at) VALUES (?1, ?2, 0)",
                    [id, supplier],
                )?;
            }
            let cj = Origin {
                supplier: Supplier::Cj,
                account: "cj-1",
                run: Some(1),
                now: noon(),
            };
            for number in 1..=MANY {
                intake::put_listed(tx, cj, &listed(number))?;
            }
            let ali = Origin {
                supplier: Supplier::Aliexpress,
                account: "ali-1",
                run: None,
                now: noon(),
            };
            for number in [11, 12, 13] {
                intake::put_listed(tx, ali, &listed(number))?;
            }
            let later = Origin {
                now: noon() + SignedDuration::from_hours(1),
                ..cj
            };
            let dearer = Listed {
                price: Some((Decimal::from(90), Decimal::from(91))),
                ..listed(100)
            };
            intake::put_listed(tx, later, &dearer)?;
            let opened = Detailed {
                listed: listed(200),
                images: Vec::new(),
                variants: vec![variant("FR", 3), variant("US", 0)],
            };
            intake::put_detailed(tx, cj, &opened)?;
            Ok(())
        })
        .await
        .unwrap();
    (folder, store)
}

fn variant(country: &str, total: i64) -> VariantRow {
    VariantRow {
        variant_id: format!("v-{country}"),
        sku: None,
        title: String::new(),
        options: Vec::new(),
        price: Some(Decimal::from(5)),
        currency: None,
        stock: Some(total),
        stock_in_warehouse: None,
        image: None,
        weight_g: None,
        warehouses: vec![Warehouse {
            country: country.to_owned(),
            total,
            in_warehouse: None,
            at_factory: None,
            verified: None,
        }],
    }
}

/// All pages of a query, which must hang together.
fn all(connection: &Connection, query: &ProductQuery) -> Vec<ProductRow> {
    let mut query = ProductQuery {
        limit: Some(170),
        ..query.clone()
    };
    let mut found = Vec::new();
    loop {
        let page = page(connection, &query).unwrap();
        found.extend(page.items);
        let Some(next) = page.next else {
            return found;
        };
        query.after = Some(next);
    }
}

fn ids(rows: &[ProductRow]) -> Vec<String> {
    let mut ids: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row.supplier, row.product_id))
        .collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn every_filter_finds_the_same_products_in_every_order() {
    let (_folder, store) = stage().await;
    let dollars = |dollars: i64| Some(Decimal::from(dollars));
    let price = |row: &ProductRow, low: i64, high: i64| {
        row.price_min
            .is_some_and(|price| price >= Decimal::from(low) && price <= Decimal::from(high))
    };
    let query = ProductQuery::default;
    type Judge<'a> = Box<dyn Fn(&ProductRow) -> bool + Send + 'a>;
    let cases: Vec<(ProductQuery, Judge<'_>)> = vec![
        (query(), Box::new(|_| true)),
        (
            ProductQuery {
                supplier: Some(Supplier::Aliexpress),
                ..query()
            },
            Box::new(|row| row.supplier == Supplier::Aliexpress),
        ),
        (
            ProductQuery {
                account: Some("cj-1".into()),
                ..query()
            },
            Box::new(|row| row.account == "cj-1"),
        ),
        (
            ProductQuery {
                status: Some(ProductStatus::Delisted),
                ..query()
            },
            Box::new(|row| row.status == ProductStatus::Delisted),
        ),
        (
            ProductQuery {
                in_stock: Some(false),
                ..query()
            },
            Box::new(|row| row.stock.is_some_and(|stock| stock <= 0)),
        ),
        (
            ProductQuery {
                in_stock: Some(true),
                price_max: dollars(5),
                ..query()
            },
            Box::new(move |row| row.stock.is_some_and(|stock| stock > 0) && price(row, 0, 5)),
        ),
        (
            ProductQuery {
                price_min: dollars(10),
                price_max: dollars(12),
                ..query()
            },
            Box::new(move |row| price(row, 10, 12)),
        ),
        (
            ProductQuery {
                price_min: dollars(10),
                ..query()
            },
            Box::new(move |row| price(row, 10, 1_000_000)),
        ),
        (
            ProductQuery {
                category: Some("Home / Kitchen".into()),
                ..query()
            },
            Box::new(|row| {
                row.category
                    .as_deref()
                    .is_some_and(|path| path.contains("Kitchen"))
            }),
        ),
        (
            ProductQuery {
                words: Some("glass jar".into()),
                price_min: dollars(20),
                status: Some(ProductStatus::Active),
                ..query()
            },
            Box::new(move |row| {
                row.title.contains("Glass")
                    && row.status == ProductStatus::Active
                    && price(row, 20, 1_000_000)
            }),
        ),
        (
            ProductQuery {
                words: Some("epices".into()),
                ..query()
            },
            Box::new(|row| row.title.contains("Épices")),
        ),
        (
            ProductQuery {
                words: Some("ZIRC".into()),
                ..query()
            },
            Box::new(|row| row.title.contains("zirconium")),
        ),
        (
            ProductQuery {
                words: Some("costly".into()),
                ..query()
            },
            Box::new(|row| row.title.contains("costly")),
        ),
        (
            ProductQuery {
                words: Some("jar bargain".into()),
                status: Some(ProductStatus::Active),
                ..query()
            },
            Box::new(|row| row.title.contains("bargain") && row.status == ProductStatus::Active),
        ),
        (
            ProductQuery {
                words: Some("zirconium epices".into()),
                ..query()
            },
            Box::new(|row| row.title.contains("zirconium")),
        ),
        (
            ProductQuery {
                words: Some("nothing".into()),
                ..query()
            },
            Box::new(|_| false),
        ),
        (
            ProductQuery {
                warehouse: Some("fr".into()),
                ..query()
            },
            Box::new(|row| row.supplier == Supplier::Cj && row.product_id == "p200"),
        ),
        (
            ProductQuery {
                warehouse: Some("US".into()),
                ..query()
            },
            // Something lies there, but none of it is left.
            Box::new(|_| false),
        ),
        (
            ProductQuery {
                changed_since: Some(noon() + SignedDuration::from_mins(30)),
                ..query()
            },
            Box::new(|row| row.supplier == Supplier::Cj && row.product_id == "p100"),
        ),
    ];
    store
        .read(move |connection| {
            let everything = all(connection, &ProductQuery::default());
            assert_eq!(everything.len(), usize::try_from(MANY).unwrap() + 3);
            for (query, judge) in cases {
                let expected: Vec<ProductRow> = everything
                    .iter()
                    .filter(|row| judge(row))
                    .cloned()
                    .collect();
                for sort in [Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
                    let found = all(
                        connection,
                        &ProductQuery {
                            sort,
                            ..query.clone()
                        },
                    );
                    assert_eq!(ids(&found), ids(&expected), "{sort:?} {query:?}");
                    let prices = || {
                        found
                            .iter()
                            .map(|row| row.price_min.unwrap_or(Decimal::MAX))
                    };
                    match sort {
                        Sort::PriceUp => assert!(prices().is_sorted(), "{query:?}"),
                        Sort::PriceDown => {
                            assert!(prices().is_sorted_by(|a, b| a >= b), "{query:?}");
                        }
                        _ => {}
                    }
                }
                let counted = count(connection, &query).unwrap();
                let whole = query == ProductQuery::default();
                let bound = if whole { u64::MAX } else { 1_000 };
                assert_eq!(
                    counted.count,
                    (expected.len() as u64).min(bound),
                    "{query:?}"
                );
                assert_eq!(counted.more, expected.len() as u64 > bound, "{query:?}");
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn the_best_match_comes_first_and_the_title_counts_most() {
    let (_folder, store) = stage().await;
    store
        .read(|connection| {
            let query = ProductQuery {
                words: Some("jar zirconium".into()),
                ..ProductQuery::default()
            };
            let found = page(connection, &query)?;
            assert_eq!(ids(&found.items), ["cj p4321"]);
            // The newest are scored: whatever comes first has all words in its title.
            let query = ProductQuery {
                words: Some("glass".into()),
                ..ProductQuery::default()
            };
            let found = page(connection, &query)?;
            assert!(found.items.iter().all(|row| row.title.starts_with("Glass")));
            assert!(found.next.is_some());
            Ok(())
        })
        .await
        .unwrap();
}
