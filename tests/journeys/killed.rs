//! A sync whose process is killed without warning, fifty times at random moments: after each the database is whole, and
//! after a last resume it equals what a sync brings that nobody disturbed.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::Duration;

use rusqlite::types::Value;
use smartlinks_core::sync::{self, Wish};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{RepeatReason, RunState, Scope};
use smartlinks_sandbox::Options;

use crate::stage::{Stage, assert_equals_truth, product_calls, quick};
use crate::victim::Orders;

const KILLS: u64 = 50;
const MINE: u64 = 300;

fn options(qps: Option<u32>) -> Options {
    Options {
        my_products: MINE,
        qps,
        ..quick()
    }
}

/// Everything a sync wrote, but for the times and the addresses of pictures, which change with the sandbox's port.
fn written(stage: &Stage) -> Vec<Vec<Value>> {
    let database = rusqlite::Connection::open(stage.folder().join("smartlinks.db")).unwrap();
    let mut rows = Vec::new();
    for query in [
        "SELECT product_id, title, sku, category, price_min, price_max, list_min, list_max, currency, stock, \
         stock_in_warehouse, variants, status, misses, mine, details_at IS NOT NULL FROM products ORDER BY 1",
        "SELECT p.product_id, v.position, v.variant_id, v.sku, v.title, v.price, v.currency, v.stock, \
         v.stock_in_warehouse, v.weight_g, v.warehouses, v.gone FROM variants v JOIN products p ON p.id = v.product \
         ORDER BY 1, 3",
        "SELECT p.product_id, c.variant_id, c.what, c.old, c.new FROM changes c JOIN products p ON p.id = c.product ORDER BY 1, 2, 3",
        "SELECT run, product_id, json_extract(error, '$.code') FROM sync_failures ORDER BY 1, 2",
        "SELECT count(*) FROM sync_queue",
        "SELECT title FROM products WHERE id NOT IN (SELECT rowid FROM product_words)",
    ] {
        let mut statement = database.prepare(query).unwrap();
        let columns = statement.column_count();
        let found = statement
            .query_map([], |row| {
                (0..columns).map(|column| row.get(column)).collect()
            })
            .unwrap();
        rows.extend(found.map(rusqlite::Result::unwrap));
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_killed_fifty_times_brings_what_an_undisturbed_one_brings() {
    let stage = Stage::with(options(Some(100)), SessionVault::as_keychain()).await;
    stage.connect_cj().await;
    let orders = Orders::of(&stage).await;
    stage.control().clear_calls();
    // Other moments in every run; the number in a failure's message brings the same ones back.
    let seed = RandomState::new().hash_one("moments") | 1;
    let mut noise = seed;
    let mut below = |bound: u64| {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        noise % bound
    };
    let mut begun = false;
    for kill in 0..KILLS {
        let before = stage.control().calls().len() as u64;
        let mut victim = orders.sync();
        // Some die before they have done anything, most after a few calls, each at its own moment within a call.
        let calls = below(6);
        let moment = Duration::from_micros(below(15_000));
        if kill % 5 == 0 {
            tokio::time::sleep(moment * 10).await;
        } else {
            while stage.control().calls().len() as u64 <= before + calls
                && victim.try_wait().unwrap().is_none()
            {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            tokio::time::sleep(moment).await;
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
        let whole = stage.shop.store().integrity().await.unwrap();
        assert_eq!(whole, "ok", "kill {kill}, seed {seed}");
        let left = sync::current(&stage.shop).await.unwrap();
        let state = left.as_ref().map(|run| run.state);
        begun |= state.is_some();
        // A killed run is shown as cut off, not as running; one that was killed too late is done.
        assert!(
            matches!(state, Some(RunState::Interrupted) | None),
            "kill {kill}, seed {seed}: {left:?}"
        );
    }
    assert!(begun, "seed {seed}: nobody lived long enough to begin");
    let receipt = match stage.resume().await {
        Some(receipt) => receipt,
        None => stage.sync(Scope::MyProducts, true).await,
    };
    assert_eq!(receipt.state, RunState::Done, "seed {seed}: {receipt:?}");
    assert_equals_truth(&stage).await;
    let receipts = sync::receipts(&stage.shop, 500).await.unwrap();

    let undisturbed = Stage::with(options(None), SessionVault::as_keychain()).await;
    undisturbed.connect_cj().await;
    // On a busy computer a pass may come to its end between two kills; then there is one more of them.
    for _ in &receipts {
        let wish = Wish {
            older_than_h: Some(0),
            ..Wish::new(Scope::MyProducts, true)
        };
        let receipt = undisturbed.wish(wish).await;
        assert_eq!(receipt.state, RunState::Done, "{receipt:?}");
    }
    let (killed, whole) = (written(&stage), written(&undisturbed));
    let other = killed
        .iter()
        .zip(&whole)
        .find(|(killed, whole)| killed != whole);
    assert_eq!(other, None, "seed {seed}");
    assert_eq!(killed.len(), whole.len(), "seed {seed}");

    // Whatever was asked twice was asked because somebody was killed, or was too quick.
    let (mut calls, mut again) = (0, 0);
    for receipt in &receipts {
        calls += receipt.calls;
        for repeats in &receipt.repeats {
            assert!(
                matches!(
                    repeats.reason,
                    RepeatReason::CutOff | RepeatReason::TooQuick
                ),
                "seed {seed}: {repeats:?}"
            );
            again += repeats.count;
        }
    }
    let made = product_calls(&stage.control()).len() as u64;
    assert!(
        (made..=made + KILLS).contains(&calls),
        "seed {seed}: {made} calls made, {calls} told: only one about to be made may be missing"
    );
    let passes = receipts.len() as u64;
    assert_eq!(
        calls - again,
        passes * (MINE + MINE.div_ceil(200)),
        "seed {seed}"
    );
}
