//! One owner's first day in the terminal, with a real keychain: every document is compared with what is really there.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use serde_json::Value;
use smartlinks_sandbox::{
    APP_KEY, APP_SECRET, CJ_API_KEY, Options, Sandbox, TruthProduct, visitor,
};

use crate::home::free_port;
use crate::keychain::Owner;

/// A key of the right shape that opens nothing.
const WRONG_KEY: &str = "CJ7777777@api@ffffffffffffffffffffffffffffffff";
/// How many products the owner has at CJ.
const MINE: u64 = 23;

async fn sandbox() -> Sandbox {
    Sandbox::start(Options {
        my_products: MINE,
        qps: Some(50),
        ..Options::default()
    })
    .await
    .expect("the suppliers")
}

fn configure(owner: &Owner) -> Value {
    let callback = format!("http://127.0.0.1:{}/aliexpress/callback", free_port());
    let arguments = ["aliexpress", "configure", "--app-key", APP_KEY];
    let arguments = [&arguments[..], &["--callback-url", &callback]].concat();
    owner.json(&arguments, &format!("{APP_SECRET}\n")).done()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_connects_both_suppliers_and_sees_the_right_prices_and_stock() {
    let sandbox = sandbox().await;
    let Some(owner) = Owner::new(&sandbox) else {
        return;
    };
    let app = configure(&owner);
    assert_eq!(app["app_key"], APP_KEY);
    assert_eq!(app["secret_stored"], true);

    let mut authorize = owner.start(&["aliexpress", "authorize", "--no-browser", "--json"], "");
    let url = authorize.event("authorize_url");
    visitor::approve(url["url"].as_str().expect("an address"))
        .await
        .expect("consent");
    let account = authorize.wait().done();
    assert_eq!(account["state"], "connected");

    assert_eq!(
        owner.json(&["cj", "connect"], WRONG_KEY).failed(4),
        "wrong_key"
    );
    // At once: the five-minute guard is for the same key only.
    let connection = owner.json(&["cj", "connect"], CJ_API_KEY).done();
    assert_eq!(connection["way"], "api_key");
    assert_eq!(connection["qps"], 50.0);
    assert!(connection["points"]["remaining"].is_u64(), "{connection}");

    let plan = owner
        .json(&["sync", "cj", "--details", "--dry-run"], "")
        .done();
    assert_eq!(plan["points"], MINE * 10);
    assert_eq!(plan["fits_today"], true);

    let synced = owner.json(&["sync", "cj", "--details"], "");
    let receipt = synced.done();
    assert_eq!(receipt["state"], "done");
    assert_eq!(receipt["rows"], MINE);
    assert!(synced.events().iter().any(|event| {
        event["event"] == "progress" && event["done"].is_u64() && event["eta_s"].is_u64()
    }));

    let truth = sandbox.control().truth().my_products();
    compare_catalogue(&owner, &truth);
    compare_orders(&owner, &sandbox);
    import(&owner, &sandbox);
    support_call(&owner);
    secrets_stay_in_the_keychain(&owner);

    let gone = owner.json(&["cj", "disconnect"], "").done();
    assert_eq!(gone["state"], "not_connected");
    assert_eq!(owner.json(&["cj", "test"], "").failed(3), "not_connected");
    let gone = owner.json(&["aliexpress", "disconnect"], "").done();
    assert_eq!(gone["state"], "not_connected");
    assert_eq!(
        owner.secrets(),
        Vec::<String>::new(),
        "secrets stayed behind"
    );
    let status = owner.json(&["status"], "").done();
    assert_eq!(
        status["catalog"]["products"],
        MINE + 1,
        "the data stays when the connection goes"
    );
}

fn compare_catalogue(owner: &Owner, truth: &[TruthProduct]) {
    let mut seen = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let mut arguments = vec!["products", "list", "--supplier", "cj", "--limit", "5"];
        if let Some(cursor) = &after {
            arguments.extend(["--after", cursor]);
        }
        let page = owner.json(&arguments, "").done();
        for item in page["items"].as_array().expect("items") {
            let id = item["product_id"].as_str().expect("an id").to_owned();
            assert!(seen.insert(id, item.clone()).is_none(), "twice: {item}");
        }
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    assert_eq!(seen.len(), truth.len());
    for product in truth {
        let item = &seen[&product.pid];
        assert_eq!(item["title"], product.title.as_str());
        let status = if product.on_sale {
            "active"
        } else {
            "delisted"
        };
        assert_eq!(item["status"], status, "{item}");
        if !product.on_sale || product.variants.is_empty() {
            continue;
        }
        assert_eq!(decimal(&item["price_min"]), product.price_min, "{item}");
        assert_eq!(decimal(&item["price_max"]), product.price_max, "{item}");
        assert_eq!(item["currency"], "USD");
        assert_eq!(item["stock"], product.stock(), "{item}");
        assert_eq!(item["variants"], product.variants.len(), "{item}");
        let in_warehouse: u64 = product.variants.iter().map(|one| one.cj_stock).sum();
        assert_eq!(item["stock_in_warehouse"], in_warehouse, "{item}");
    }
    let opened = truth
        .iter()
        .find(|product| product.on_sale && product.variants.len() > 1)
        .expect("a product with variants");
    let detail = owner.json(&["products", "show", &opened.pid], "").done();
    let items = detail["items"].as_array().expect("variants");
    assert_eq!(items.len(), opened.variants.len());
    for variant in &opened.variants {
        let item = items
            .iter()
            .find(|item| item["variant_id"] == variant.vid.as_str())
            .expect("the variant");
        assert_eq!(decimal(&item["price"]), variant.price);
        assert_eq!(item["stock"], variant.stock);
    }
    let word = opened.title.split_whitespace().last().expect("a word");
    let found = owner.json(&["products", "search", word], "").done();
    assert!(
        found["items"]
            .as_array()
            .expect("items")
            .iter()
            .any(|item| item["product_id"] == opened.pid.as_str()),
        "{word} does not find {}",
        opened.title
    );
}

fn decimal(value: &Value) -> Decimal {
    let text = value.as_str().expect("prices are decimal strings");
    text.parse().expect("a decimal")
}

fn compare_orders(owner: &Owner, sandbox: &Sandbox) {
    let truth = sandbox.control().truth();
    let mut expected: Vec<String> = truth.orders_of(0).into_iter().map(|one| one.id).collect();
    let refreshed = owner.json(&["orders", "refresh"], "").done();
    assert_eq!(refreshed["seen"], expected.len());
    let list = owner.json(&["orders", "list", "--limit", "500"], "").done();
    let mut listed: Vec<String> = list["items"]
        .as_array()
        .expect("orders")
        .iter()
        .map(|order| order["order_id"].as_str().expect("an id").to_owned())
        .collect();
    expected.sort();
    listed.sort();
    assert_eq!(listed, expected);
    assert_eq!(list["next"], Value::Null);

    // One of AliExpress, which has no list: named by its id it is fetched and kept.
    let named = truth.aliexpress_orders().remove(0);
    let shown = owner
        .json(
            &["orders", "show", &named.id, "--supplier", "aliexpress"],
            "",
        )
        .done();
    assert_eq!(shown["order_id"], named.id.as_str());
    assert!(shown["lines"].is_array() && shown["timeline"].is_array());
    let tracked = owner.json(&["orders", "track", &expected[0]], "").done();
    assert_eq!(tracked["order_id"], expected[0].as_str());
    assert!(tracked["events"].is_array(), "{tracked}");
}

fn import(owner: &Owner, sandbox: &Sandbox) {
    let product = sandbox
        .control()
        .truth()
        .aliexpress()
        .find(|product| product.on_sale && !product.variants.is_empty())
        .expect("an AliExpress product");
    // One that is there and one that is none: the first comes, the second is told, and the status says that not all came.
    let arguments = ["products", "import", &product.pid, "not-a-product"];
    let ran = owner.json(&arguments, "");
    assert_eq!(ran.status, 4, "{ran:?}");
    let document = ran.document();
    assert_eq!(document["imported"], 1, "{document}");
    assert_eq!(document["items"][0]["product"]["stock"], product.stock());
    assert_eq!(document["items"][1]["error"]["code"], "bad_input");
    let again = owner.json(&["aliexpress", "products", "import", &product.pid], "");
    assert_eq!(again.status, 0, "{again:?}");
}

fn support_call(owner: &Owner) {
    let method = "aliexpress.ds.member.benefit.get";
    let ran = owner.json(&["aliexpress", "call", method], "");
    let answer = ran.done();
    assert!(answer.is_object(), "{answer}");
    for secret in owner.secrets() {
        assert!(
            !ran.stdout.contains(&secret),
            "the answer gives a token away"
        );
    }
    let refused = owner.json(&["aliexpress", "call", method, "session=x"], "");
    assert_eq!(refused.failed(2), "bad_input");
}

fn secrets_stay_in_the_keychain(owner: &Owner) {
    let secrets = owner.secrets();
    assert!(
        secrets.iter().any(|secret| secret == CJ_API_KEY)
            && secrets.iter().any(|secret| secret == APP_SECRET),
        "the key and the App Secret are kept"
    );
    assert!(
        secrets.len() >= 6,
        "the tokens of both suppliers are kept too"
    );
    let mut read = 0;
    look_for(
        &owner.path("data/app.smartlinks.desktop"),
        &secrets,
        &mut read,
    );
    assert!(read > 0, "the data folder was not looked at");
}

fn look_for(folder: &Path, secrets: &[String], read: &mut usize) {
    for entry in std::fs::read_dir(folder).expect("the data folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            look_for(&path, secrets, read);
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        *read += bytes.len();
        for secret in secrets {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds a secret", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_denied_or_pasted_is_told_for_what_it_is() {
    let sandbox = sandbox().await;
    let Some(owner) = Owner::new(&sandbox) else {
        return;
    };
    configure(&owner);
    let mut authorize = owner.start(&["aliexpress", "authorize", "--no-browser", "--json"], "");
    let url = authorize.event("authorize_url");
    visitor::deny(url["url"].as_str().expect("an address"))
        .await
        .expect("the page");
    assert_eq!(authorize.wait().failed(4), "consent_denied");

    // Nobody listens this time: the owner pastes the address the browser ended at.
    let attempt = owner.json(&["aliexpress", "url"], "").done();
    let stray = "http://127.0.0.1:1/aliexpress/callback?code=x&state=y";
    assert_eq!(
        owner.json(&["aliexpress", "finish", stray], "").failed(4),
        "wrong_state"
    );
    let url = attempt["authorize_url"].as_str().expect("an address");
    let landed = visitor::approve(url).await.expect("consent");
    let account = owner
        .json(&["aliexpress", "finish", "-"], landed.as_str())
        .done();
    assert_eq!(account["state"], "connected");
    let again = owner.json(&["aliexpress", "finish", landed.as_str()], "");
    let code = again.failed(4);
    assert!(
        ["attempt_expired", "no_attempt"].contains(&code.as_str()),
        "a code works once: {code}"
    );
}
