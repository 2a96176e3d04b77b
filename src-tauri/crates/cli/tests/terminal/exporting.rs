//! Files for a shop from the terminal: what scripts read, and a disk that is full in the middle.

use std::collections::BTreeMap;

use smartlinks_sandbox::{CJ_API_KEY, Options, Sandbox};

use crate::home::Home;
use crate::keychain::Owner;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_the_shop_has_every_variant_that_was_synced_at_the_owners_price() {
    let options = Options {
        my_products: 7,
        qps: Some(50),
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.expect("the suppliers");
    let Some(owner) = Owner::new(&sandbox) else {
        return;
    };
    owner.json(&["cj", "connect"], CJ_API_KEY).done();
    owner.json(&["sync", "cj", "--details"], "").done();
    let catalogue = owner.json(&["status"], "").done()["catalog"].clone();

    let rules = [
        "prices",
        "set",
        "--multiplier",
        "3",
        "--rounding",
        "95",
        "--freight",
        "2",
    ];
    assert_eq!(
        owner.json(&rules, "").done()["ranges"][0]["multiplier"],
        "3"
    );
    assert_eq!(owner.json(&["prices", "show"], "").done()["freight"], "2");
    let preview = owner.json(&["prices", "preview"], "").done();
    assert_eq!(preview["rows"].as_array().map(Vec::len), Some(7));

    let document = owner
        .json(&["export", "csv", "--prices", "--out", "shop.csv"], "")
        .done();
    let keys: Vec<&String> = document.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["file", "files", "rows", "skipped"]);
    assert_eq!(document["rows"], catalogue["variants"]);
    let text = std::fs::read_to_string(owner.path("shop.csv")).expect("the file");
    let prices: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split(',').find(|cell| cell.ends_with(".95")))
        .collect();
    assert!(!prices.is_empty(), "prices end as chosen");

    let shopify = [
        "export",
        "csv",
        "--format",
        "shopify",
        "--out",
        "shopify.csv",
    ];
    let document = owner.json(&shopify, "").done();
    assert!(document["rows"].as_u64() >= catalogue["variants"].as_u64());
    let preview = owner
        .json(
            &["export", "csv", "--format", "woocommerce", "--preview"],
            "",
        )
        .done();
    assert_eq!(preview["products"], 7);
    assert_eq!(
        owner
            .json(&["export", "csv", "--out", "no/such/folder/x.csv"], "")
            .failed(8),
        "disk"
    );
}

/// A disk that takes so many kilobytes a file and no more: the system's own limit, told to the program as a failed write.
fn on_a_small_disk(home: &Home, kilobytes: u32, arguments: &str) -> std::process::Output {
    let script = format!(
        "trap '' XFSZ; ulimit -f {kilobytes}; exec '{}' {arguments}",
        env!("CARGO_BIN_EXE_smartlinks-cli")
    );
    home.program("bash")
        .args(["-c", &script])
        .output()
        .expect("bash")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_leaves_the_old_file_and_no_half_of_the_new_one() {
    let options = Options {
        my_products: 2_000,
        qps: None,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).await.expect("the suppliers");
    let Some(owner) = Owner::new(&sandbox) else {
        return;
    };
    owner.json(&["cj", "connect"], CJ_API_KEY).done();
    owner.json(&["sync", "cj"], "").done();
    let folder = owner.path("files");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("shop.csv"), "yesterday").expect("yesterday's file");

    let ended = on_a_small_disk(&owner, 100, "export csv --out files/shop.csv --json");
    assert_eq!(ended.status.code(), Some(8), "{ended:?}");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("\"code\":\"disk\""));
    let left: BTreeMap<String, u64> = std::fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let size = entry.metadata().expect("its size").len();
            (entry.file_name().to_string_lossy().into_owned(), size)
        })
        .collect();
    assert_eq!(left, BTreeMap::from([("shop.csv".to_owned(), 9)]));
}
