//! The bare loop: what anybody would write who needs these rows in these tables and nothing else.
//!
//! The tables and indexes are the application's own, because its own migrations made them. Fetch a page, parse it into a
//! struct, insert it with prepared statements and the search index beside it, commit; no pace, no cursor, no history, no
//! comparison, no events. It must stay as fast as it can be made, or the ratio flatters us.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction, params};
use serde::Deserialize;
use serde_json::Value;
use smartlinks_sandbox::CJ_API_KEY;

use super::ours::Passes;
use crate::{Outcome, numbers, stage};

/// Rows a page, as SmartLinks asks for them.
const PAGE: u64 = 200;
/// Pages a transaction: one would be the habit, this is faster.
const PAGES: u64 = 50;

#[derive(Deserialize)]
struct Envelope {
    data: Page,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    total_records: u64,
    content: Vec<Row>,
}

/// The columns a list fills.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    /// Some ids come bare, with more digits than a double holds.
    product_id: Id,
    name_en: String,
    sku: String,
    big_image: String,
    total_price: f64,
    create_at: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Bare(u64),
    Quoted(String),
}

/// Takes the same pages in twice and prints [`Passes`].
pub fn sync(cj: &str) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let cj = cj.trim_end_matches('/').to_owned();
    let passes = stage::block_on(async {
        // Opening once makes the tables and the account's row.
        drop(stage::connected(folder.path(), &cj).await?);
        let http = http()?;
        let token = token(&http, &cj).await?;
        let mut database = database(folder.path())?;
        let account: String =
            database.query_row("SELECT id FROM accounts", [], |row| row.get(0))?;
        let mut took = [Duration::ZERO; 2];
        let mut rows = 0;
        for (pass, time) in (1..).zip(&mut took) {
            let start = Instant::now();
            rows = take_in(&http, &cj, &token, &mut database, &account, pass).await?;
            *time = start.elapsed();
        }
        Ok(Passes {
            rows,
            first: took[0],
            again: took[1],
            peak_kib: numbers::peak_kib(),
            cpu: numbers::cpu(),
        })
    })?;
    println!("{}", serde_json::to_string(&passes)?);
    Ok(())
}

fn http() -> Outcome<reqwest::Client> {
    // Whoever came first stays; reqwest is built without a TLS provider of its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().no_proxy().build()?)
}

/// An access token for whoever wants to read the same pages without SmartLinks.
pub async fn token_at(cj: &str) -> Outcome<String> {
    token(&http()?, cj.trim_end_matches('/')).await
}

async fn token(http: &reqwest::Client, cj: &str) -> Outcome<String> {
    let answer: Value = http
        .post(format!("{cj}/api2.0/v1/authentication/getAccessToken"))
        .json(&HashMap::from([("apiKey", CJ_API_KEY)]))
        .send()
        .await?
        .json()
        .await?;
    let token = answer["data"]["accessToken"].as_str();
    Ok(token.ok_or("CJ gave no token")?.to_owned())
}

fn database(folder: &Path) -> Outcome<Connection> {
    let database = Connection::open(folder.join("smartlinks.db"))?;
    // As the application has it.
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "NORMAL")?;
    database.pragma_update(None, "cache_size", -16_384)?;
    database.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    database.set_prepared_statement_cache_capacity(16);
    Ok(database)
}

async fn take_in(
    http: &reqwest::Client,
    cj: &str,
    token: &str,
    database: &mut Connection,
    account: &str,
    pass: i64,
) -> Outcome<u64> {
    let mut rows = 0;
    let mut page = 1;
    loop {
        let transaction = database.transaction()?;
        let mut ended = false;
        for _ in 0..PAGES {
            let body = http
                .get(format!(
                    "{cj}/api2.0/v1/product/myProduct/query?pageNum={page}&pageSize={PAGE}"
                ))
                .header("CJ-Access-Token", token)
                .send()
                .await?
                .bytes()
                .await?;
            let Envelope { data } = serde_json::from_slice(&body)?;
            insert(&transaction, account, pass, &data.content)?;
            rows += data.content.len() as u64;
            ended = page * PAGE >= data.total_records;
            if ended {
                break;
            }
            page += 1;
        }
        transaction.commit()?;
        if ended {
            return Ok(rows);
        }
    }
}

fn insert(database: &Transaction<'_>, account: &str, pass: i64, rows: &[Row]) -> Outcome<()> {
    let mut insert = database.prepare_cached(
        "INSERT INTO products (account, supplier, product_id, title, sku, image, price_min, price_max, list_min, \
         list_max, currency, listed_at, seen_at, seen_run) \
         VALUES (?1, 'cj', ?2, ?3, ?4, ?5, ?6, ?6, ?6, ?6, 'USD', unixepoch (?7) * 1000, ?8, ?8) \
         ON CONFLICT (account, product_id) DO NOTHING",
    )?;
    let mut update = database.prepare_cached(
        "UPDATE products SET title = ?3, sku = ?4, image = ?5, price_min = ?6, price_max = ?6, list_min = ?6, \
         list_max = ?6, seen_at = ?7, seen_run = ?7 WHERE account = ?1 AND product_id = ?2",
    )?;
    let mut words =
        database.prepare_cached("INSERT INTO product_words (rowid, words) VALUES (?1, ?2)")?;
    for row in rows {
        let id = match &row.product_id {
            Id::Bare(number) => &number.to_string(),
            Id::Quoted(text) => text,
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "prices of a benchmark, in ten-thousandths"
        )]
        let price = (row.total_price * 10_000.0).round() as i64;
        let listed = row.create_at.as_str();
        let new = insert.execute(params![
            account,
            id,
            row.name_en,
            row.sku,
            row.big_image,
            price,
            listed,
            pass
        ])?;
        if new == 1 {
            let text = format!("{} {}", row.name_en, row.sku);
            words.execute(params![database.last_insert_rowid(), text])?;
        } else {
            update.execute(params![
                account,
                id,
                row.name_en,
                row.sku,
                row.big_image,
                price,
                pass
            ])?;
        }
    }
    Ok(())
}
