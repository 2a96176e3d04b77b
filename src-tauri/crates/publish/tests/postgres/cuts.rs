//! Cut anywhere, and two computers at once.

use std::time::Duration;

use smartlinks_core::Code;
use smartlinks_core::views::Event;
use smartlinks_publish::postgres::{Address, Options, publish_until};
use smartlinks_testbed::{ACCOUNT, OWNER, PASSWORD, Server, Shelf, assert_equal};
use tokio_postgres::{AsyncMessage, Client};

use super::send;

/// Stops the second batch in its middle: a row of it is being written by somebody else who does not finish.
async fn stand_in_the_way(server: &Server) -> Client {
    let other = server.client().await;
    other
        .batch_execute(
            "BEGIN; INSERT INTO smartlinks.products (account, product_id, supplier, title, images, status, as_of, published_at) \
             VALUES ('cj:CJ1234567', 'P5000', 'cj', 'x', '{}', 'active', now(), now())",
        )
        .await
        .unwrap();
    other
}

async fn until_it_waits(server: &Server) {
    let looking = server.client().await;
    for _ in 0..1_200 {
        let waiting: i64 = looking
            .query_one(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'SmartLinks' AND wait_event_type = 'Lock'",
                &[],
            )
            .await
            .unwrap()
            .get(0);
        if waiting > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the publish never came to the row in its way");
}

async fn rows(postgres: &Client) -> i64 {
    postgres
        .query_one("SELECT count(*) FROM smartlinks.products", &[])
        .await
        .unwrap()
        .get(0)
}

/// The schema without a row, as the first publish of an empty catalogue leaves it.
async fn made(server: &Server) {
    let empty = Shelf::with(0, 0).await;
    send(&empty.shop, &server.url()).await.unwrap();
}

#[tokio::test]
async fn a_line_cut_or_a_server_dead_in_mid_batch_costs_only_that_batch() {
    let mut server = Server::start().await;
    made(&server).await;
    let shelf = Shelf::with(9_000, 1_700_000_000_000).await;
    for crash in [false, true] {
        let other = stand_in_the_way(&server).await;
        let (shop, url) = (shelf.shop.clone(), server.url());
        let publishing = tokio::spawn(async move { send(&shop, &url).await });
        until_it_waits(&server).await;
        if crash {
            server.crash_and_restart().await;
        } else {
            let killer = server.client().await;
            killer
                .execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'SmartLinks'",
                    &[],
                )
                .await
                .unwrap();
        }
        let error = publishing.await.unwrap().unwrap_err();
        assert_eq!(error.code, Code::ShopUnreachable, "{error}");
        drop(other);
        assert_eq!(
            rows(&server.client().await).await,
            4_000,
            "whole batches are there, and nothing of the one that was cut"
        );
    }
    let rest = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!(rest.products, 5_000, "the rest, not everything again");
    assert_equal(&shelf, &server.client().await).await;
}

#[tokio::test]
async fn a_publish_that_was_stopped_leaves_whole_batches_and_the_next_one_goes_on_from_them() {
    let server = Server::start().await;
    made(&server).await;
    let shelf = Shelf::with(9_000, 1_700_000_000_000).await;
    let other = stand_in_the_way(&server).await;
    let mut events = shelf.shop.events();
    let there = Address::parse(&server.url()).unwrap();
    let stopped = until_it_waits(&server);
    let error = publish_until(stopped, &shelf.shop, Some(there), Options::default())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::Interrupted, "{error}");
    let mut told = None;
    while let Ok(event) = events.try_recv() {
        told = Some(event);
    }
    assert!(
        matches!(told, Some(Event::PublishEnded { error: Some(_), .. })),
        "whoever watches hears the end: {told:?}"
    );
    drop(other);
    assert_eq!(rows(&server.client().await).await, 4_000);
    let rest = send(&shelf.shop, &server.url()).await.unwrap();
    assert_eq!(rest.products, 5_000, "the rest, not everything again");
    assert_equal(&shelf, &server.client().await).await;
}

#[tokio::test]
async fn a_second_computer_is_told_to_wait_and_neither_undoes_the_other() {
    let server = Server::start().await;
    made(&server).await;
    let old = Shelf::with(9_000, 1_700_000_000_000).await;
    let new = Shelf::with(9_000, 1_700_000_500_000).await;
    new.sqlite()
        .execute("UPDATE products SET price_min = price_min + 5", [])
        .unwrap();

    let other = stand_in_the_way(&server).await;
    let (shop, url) = (old.shop.clone(), server.url());
    let publishing = tokio::spawn(async move { send(&shop, &url).await });
    until_it_waits(&server).await;
    let error = send(&new.shop, &server.url()).await.unwrap_err();
    assert_eq!(error.code, Code::ShopBusy, "{error}");
    assert!(error.retry_at.is_some(), "it says until when");
    other.batch_execute("ROLLBACK").await.unwrap();
    publishing.await.unwrap().unwrap();

    let second = send(&new.shop, &server.url()).await.unwrap();
    assert_eq!(second.products_changed, 9_000);
    assert_equal(&new, &server.client().await).await;
    old.sqlite()
        .execute(
            "UPDATE products SET revision = (SELECT revision FROM outbox)",
            [],
        )
        .unwrap();
    let late = send(&old.shop, &server.url()).await.unwrap();
    assert_eq!(
        (late.products, late.products_changed),
        (9_000, 0),
        "what a supplier said earlier does not replace what it said later"
    );
    assert_equal(&new, &server.client().await).await;
}

#[tokio::test]
async fn a_row_put_there_by_hand_during_the_first_publish_is_corrected_and_stops_nothing() {
    let server = Server::start().await;
    made(&server).await;
    let shelf = Shelf::with(9_000, 1_700_000_000_000).await;
    let other = stand_in_the_way(&server).await;
    let (shop, url) = (shelf.shop.clone(), server.url());
    let publishing = tokio::spawn(async move { send(&shop, &url).await });
    until_it_waits(&server).await;
    other
        .batch_execute(
            "UPDATE smartlinks.products SET as_of = '2020-01-01' WHERE title = 'x'; COMMIT",
        )
        .await
        .unwrap();
    let published = publishing.await.unwrap().unwrap();
    assert_eq!(
        (published.products, published.products_changed),
        (9_000, 9_000)
    );
    assert_equal(&shelf, &server.client().await).await;
}

#[tokio::test]
async fn a_catalogue_put_back_from_a_backup_is_compared_from_the_start() {
    let server = Server::start().await;
    let shelf = Shelf::with(300, 1_700_000_000_000).await;
    send(&shelf.shop, &server.url()).await.unwrap();
    shelf
        .sqlite()
        .execute("UPDATE outbox_marks SET word = 'of another life'", [])
        .unwrap();
    let again = send(&shelf.shop, &server.url()).await.unwrap();
    assert!(!again.accounts[0].incremental);
    assert_eq!((again.products, again.products_changed), (300, 0));
}

#[tokio::test]
async fn whoever_listens_hears_of_the_end_and_the_owner_of_the_way() {
    let server = Server::start().await;
    let (news, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut config = tokio_postgres::Config::new();
    config
        .host("127.0.0.1")
        .port(server.port)
        .user(OWNER)
        .password(PASSWORD)
        .dbname("postgres");
    let (listener, mut line) = config.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(async move {
        while let Some(Ok(message)) = std::future::poll_fn(|cx| line.poll_message(cx)).await {
            if let AsyncMessage::Notification(notification) = message {
                let _ = news.send(notification);
            }
        }
    });
    listener
        .batch_execute("LISTEN smartlinks_published")
        .await
        .unwrap();
    let shelf = Shelf::with(30, 1_700_000_000_000).await;
    let mut events = shelf.shop.events();
    send(&shelf.shop, &server.url()).await.unwrap();
    let notification = heard.recv().await.unwrap();
    assert_eq!(notification.channel(), "smartlinks_published");
    let payload: serde_json::Value = serde_json::from_str(notification.payload()).unwrap();
    assert_eq!(
        (&payload["account"], &payload["products"]),
        (&ACCOUNT.into(), &30.into())
    );
    let mut told = Vec::new();
    while let Ok(Event::Publishing { done, total, .. }) = events.try_recv() {
        told.push((done, total));
    }
    assert_eq!(told, [(0, 30), (30, 30)]);
}
