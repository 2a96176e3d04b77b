//! Publishing into a real PostgreSQL: what arrives is what the catalogue says, whatever happens on the way.
//!
//! Each test has a server of its own (see the testbed), because they kill and lock them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may end at once")]

mod cuts;
mod refusals;

use secrecy::SecretString;
use smartlinks_core::views::{ExportSelection, ProductKey, ProductQuery, ProductStatus, Supplier};
use smartlinks_core::{Result, Shop};
use smartlinks_publish::postgres::{Address, Options, Published, publish};
use smartlinks_testbed::{Server, Shelf, assert_equal};

async fn send(shop: &Shop, url: &SecretString) -> Result<Published> {
    publish(shop, Some(Address::parse(url)?), Options::default()).await
}

#[tokio::test]
async fn a_hundred_thousand_products_arrive_row_for_row_and_later_only_what_changed() {
    let server = Server::start().await;
    let shelf = Shelf::with(100_000, 1_700_000_000_000).await;
    let first = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!(
        (
            first.products,
            first.products_changed,
            first.variants_changed
        ),
        (100_000, 100_000, 66_666)
    );
    let postgres = server.client().await;
    assert_equal(&shelf, &postgres).await;

    let again = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!((again.products, again.products_changed), (0, 0));
    assert!(again.accounts.iter().all(|account| account.incremental));

    let before = newest_transaction(&postgres).await;
    let changed = shelf.change_one_percent();
    let second = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!(
        (second.products, second.products_changed),
        (changed, changed),
        "the second publish sends and touches one product of a hundred"
    );
    assert_equal(&shelf, &postgres).await;
    for (table, expected) in [("products", changed), ("variants", second.variants_changed)] {
        let touched: i64 = postgres
            .query_one(
                &format!("SELECT count(*) FROM smartlinks.{table} WHERE xmin::text::bigint > $1"),
                &[&before],
            )
            .await
            .unwrap()
            .get(0);
        assert_eq!(
            touched as u64, expected,
            "rows of {table} the server itself says were written"
        );
    }

    let options = Options {
        full: true,
        ..Options::default()
    };
    let whole = publish(
        &shelf.shop,
        Some(Address::parse(&server.url()).unwrap()),
        options,
    )
    .await
    .unwrap();
    assert_eq!(
        (
            whole.products,
            whole.products_changed,
            whole.variants_changed
        ),
        (100_000, 0, 0),
        "comparing everything again writes nothing"
    );
}

async fn newest_transaction(postgres: &tokio_postgres::Client) -> i64 {
    postgres
        .query_one(
            "SELECT greatest((SELECT max(xmin::text::bigint) FROM smartlinks.products), \
             (SELECT max(xmin::text::bigint) FROM smartlinks.variants))",
            &[],
        )
        .await
        .unwrap()
        .get(0)
}

#[tokio::test]
async fn products_that_were_picked_out_go_alone_and_the_rest_is_not_forgotten() {
    let server = Server::start().await;
    let shelf = Shelf::with(9_000, 1_700_000_000_000).await;
    let some = |ids: &[u32]| {
        let products = ids.iter().map(|id| ProductKey {
            supplier: Supplier::Cj,
            account: None,
            product_id: format!("P{id}"),
        });
        ExportSelection::Products {
            products: products.collect(),
        }
    };
    let only = async |selection: ExportSelection| {
        let options = Options {
            selection,
            ..Options::default()
        };
        let given = Some(Address::parse(&server.url()).unwrap());
        publish(&shelf.shop, given, options).await.unwrap()
    };
    let three = only(some(&[3, 4, 8_999, 3])).await;
    assert_eq!(
        (
            three.products,
            three.products_changed,
            three.variants_changed
        ),
        (3, 3, 2)
    );
    let delisted = ExportSelection::Query {
        query: ProductQuery {
            status: Some(ProductStatus::Delisted),
            ..ProductQuery::default()
        },
    };
    assert_eq!(only(delisted.clone()).await.products_changed, 180);
    assert_eq!(
        only(delisted).await.products_changed,
        0,
        "once more writes nothing"
    );
    let postgres = server.client().await;
    let there: i64 = postgres
        .query_one("SELECT count(*) FROM smartlinks.products", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(there, 183);
    let rest = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!((rest.products, rest.products_changed), (9_000, 9_000 - 183));
    assert_equal(&shelf, &postgres).await;
}

#[tokio::test]
async fn a_shop_reads_what_is_on_sale_through_the_views_with_decimal_prices() {
    let server = Server::start().await;
    let shelf = Shelf::with(60, 1_700_000_000_000).await;
    send(&shelf.shop, &server.url()).await.unwrap();
    let postgres = server.client().await;
    let row = postgres
        .query_one(
            "SELECT price_min::text, price_max::text, as_of::text FROM smartlinks.shop_products WHERE product_id = 'P7'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, &str>(0), "0.0259");
    assert_eq!(row.get::<_, &str>(1), "0.0287");
    assert!(row.get::<_, &str>(2).starts_with("2023-11-14 22:13:20"));
    let on_sale: i64 = postgres
        .query_one("SELECT count(*) FROM smartlinks.shop_products", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(on_sale, 59, "the delisted one is not shown");
    let variants: i64 = postgres
        .query_one("SELECT count(*) FROM smartlinks.shop_variants", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(variants, 38, "nor are the variants that are gone");
}
