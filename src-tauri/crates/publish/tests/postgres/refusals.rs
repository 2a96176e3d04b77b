//! Everything a server can refuse has its own code, and nothing a secret in it.

use std::path::Path;
use std::process::Command;

use secrecy::SecretString;
use smartlinks_core::{Code, Error};
use smartlinks_publish::postgres::{
    Address, LATEST, connect, forget, remembered, role_script, test,
};
use smartlinks_testbed::{PASSWORD, Server, Shelf, assert_equal, run};

use super::send;

fn refused(error: &Error, code: Code) {
    assert_eq!(error.code, code, "{error}");
    for secret in [PASSWORD, "made%20up", "wrong-secret"] {
        assert!(!error.message.contains(secret), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_password_a_missing_right_and_a_newer_schema_are_told_apart() {
    let server = Server::start().await;
    let shelf = Shelf::with(30, 1_700_000_000_000).await;
    let shop = &shelf.shop;
    let admin = server.client().await;
    admin
        .batch_execute(
            "CREATE ROLE stranger LOGIN PASSWORD 'made-up-1'; CREATE TABLE public.orders (id int);",
        )
        .await
        .unwrap();

    let wrong = server.url_as("owner", "wrong-secret", "");
    refused(&send(shop, &wrong).await.unwrap_err(), Code::ShopLogin);
    let stranger = server.url_as("stranger", "made-up-1", "");
    refused(&send(shop, &stranger).await.unwrap_err(), Code::ShopRights);
    let check = connect(shop, Address::parse(&stranger).unwrap())
        .await
        .unwrap();
    assert!(
        !check.may_publish,
        "the test says it before a publish fails"
    );

    // The role script: run twice, then that role publishes and sees nothing else.
    for _ in 0..2 {
        admin.batch_execute(role_script()).await.unwrap();
    }
    admin
        .batch_execute("ALTER ROLE smartlinks_publisher PASSWORD 'made-up-2'")
        .await
        .unwrap();
    let publisher = server.url_as("smartlinks_publisher", "made-up-2", "");
    let check = connect(shop, Address::parse(&publisher).unwrap())
        .await
        .unwrap();
    assert!(check.may_publish && check.schema.is_none());
    send(shop, &publisher).await.unwrap();
    assert_equal(&shelf, &admin).await;
    let rights = admin
        .query_one(
            "SELECT has_table_privilege('smartlinks_publisher', 'public.orders', 'SELECT'), \
             has_database_privilege('smartlinks_publisher', current_database(), 'CREATE'), \
             has_table_privilege('smartlinks_reader', 'smartlinks.shop_products', 'SELECT'), \
             has_table_privilege('smartlinks_reader', 'smartlinks.products', 'INSERT')",
            &[],
        )
        .await
        .unwrap();
    let rights: Vec<bool> = (0..4).map(|column| rights.get(column)).collect();
    assert_eq!(
        rights,
        [false, false, true, false],
        "no more than publishing needs"
    );

    let check = test(shop, None).await.unwrap();
    assert!(check.may_publish && check.schema == Some(LATEST));
    admin
        .execute(
            "INSERT INTO smartlinks.schema_version (version, made_by) VALUES (999, 'SmartLinks 99')",
            &[],
        )
        .await
        .unwrap();
    refused(
        &send(shop, &publisher).await.unwrap_err(),
        Code::ShopSchemaNewer,
    );
    refused(&test(shop, None).await.unwrap_err(), Code::ShopSchemaNewer);
}

#[tokio::test]
async fn a_role_that_may_make_no_temporary_table_publishes_the_same_rows() {
    let server = Server::start().await;
    let shelf = Shelf::with(9_000, 1_700_000_000_000).await;
    let admin = server.client().await;
    admin.batch_execute(role_script()).await.unwrap();
    admin
        .batch_execute(
            "ALTER ROLE smartlinks_publisher PASSWORD 'made-up-2'; \
             REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC, smartlinks_publisher",
        )
        .await
        .unwrap();
    let publisher = server.url_as("smartlinks_publisher", "made-up-2", "");
    send(&shelf.shop, &publisher).await.unwrap();
    assert_equal(&shelf, &admin).await;
    let changed = shelf.change_one_percent();
    shelf
        .sqlite()
        .execute(
            "UPDATE variants SET options = '[{\"name\":\"Color\",\"value\":\"a\\u0000b\"}]' WHERE product = 300",
            [],
        )
        .unwrap();
    let second = send(&shelf.shop, &publisher).await.unwrap();
    assert_eq!(
        (second.products, second.products_changed),
        (changed, changed)
    );
    assert_equal(&shelf, &admin).await;
    let options: serde_json::Value = admin
        .query_one(
            "SELECT options FROM smartlinks.variants WHERE product_id = 'P300' LIMIT 1",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(
        options[0]["value"], "ab",
        "the one letter Postgres does not take is left out"
    );
}

#[tokio::test]
async fn a_password_goes_to_the_keychain_and_into_no_file() {
    let server = Server::start().await;
    let shelf = Shelf::with(3, 1_700_000_000_000).await;
    let found = connect(&shelf.shop, Address::parse(&server.url()).unwrap())
        .await
        .unwrap();
    assert_eq!((found.kept, found.encrypted), (Some(true), false));
    smartlinks_publish::postgres::publish(&shelf.shop, None, Default::default())
        .await
        .unwrap();
    for file in std::fs::read_dir(shelf.folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let there = bytes
                .windows(PASSWORD.len())
                .any(|part| part == PASSWORD.as_bytes());
            assert!(!there, "{}", path.display());
        }
    }
    forget(&shelf.shop).await.unwrap();
    assert_eq!(remembered(&shelf.shop).await.unwrap(), None);
    refused(
        &test(&shelf.shop, None).await.unwrap_err(),
        Code::ShopNotConnected,
    );
}

#[tokio::test]
async fn a_line_that_cannot_be_trusted_is_not_used() {
    let plain = Server::start().await;
    let shelf = Shelf::with(3, 1_700_000_000_000).await;
    let shop = &shelf.shop;
    let wanted = plain.url_as("owner", "wrong-secret", "?sslmode=require");
    refused(&send(shop, &wanted).await.unwrap_err(), Code::ShopTls);
    let nobody: SecretString = "postgresql://me:wrong-secret@127.0.0.1:1/x".into();
    refused(
        &send(shop, &nobody).await.unwrap_err(),
        Code::ShopUnreachable,
    );

    let server = Server::with(|folder| {
        certificate(folder);
        let file = |name: &str| folder.join(name).display().to_string();
        vec![
            "ssl=on".into(),
            format!("ssl_cert_file={}", file("server.crt")),
            format!("ssl_key_file={}", file("server.key")),
        ]
    })
    .await;
    // Signed by nobody this computer trusts.
    let unknown = server.url_as("owner", "made%20up%2Fpass%40word%231", "?sslmode=require");
    refused(&send(shop, &unknown).await.unwrap_err(), Code::ShopTls);
    let root = server.folder().join("server.crt");
    let named = format!("?sslmode=verify-full&sslrootcert={}", root.display());
    let trusted = server.url_as("owner", "made%20up%2Fpass%40word%231", &named);
    let published = send(shop, &trusted).await.unwrap();
    assert!(published.encrypted && published.products == 3);
    // The same certificate does not speak for another name.
    let other = SecretString::from(format!(
        "postgresql://owner:wrong-secret@localhost:{}/postgres{named}",
        server.port
    ));
    refused(&send(shop, &other).await.unwrap_err(), Code::ShopTls);
    let missing = server.url_as("owner", "x", "?sslmode=require&sslrootcert=/nowhere.crt");
    refused(&send(shop, &missing).await.unwrap_err(), Code::ShopTls);
}

/// A certificate for 127.0.0.1, made where the server can read it.
fn certificate(folder: &Path) {
    run(Command::new("openssl")
        .current_dir(folder)
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
        ])
        .args([
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=shop",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", "server.key", "-out", "server.crt"]));
}
