//! AliExpress in the terminal after the consent: many commands at once, the health check, freight, orders by number.

use smartlinks_sandbox::{APP_KEY, APP_SECRET, Sandbox, Supplier, visitor};

use crate::home::free_port;
use crate::keychain::Owner;

/// So many commands an impatient script may start at once.
const AT_ONCE: usize = 10;

async fn connected() -> Option<(Sandbox, Owner)> {
    let sandbox = Sandbox::start(smartlinks_sandbox::Options::default())
        .await
        .expect("the suppliers");
    let owner = Owner::new(&sandbox)?;
    let callback = format!("http://127.0.0.1:{}/aliexpress/callback", free_port());
    let arguments = ["aliexpress", "configure", "--app-key", APP_KEY];
    let arguments = [&arguments[..], &["--callback-url", &callback]].concat();
    owner.json(&arguments, APP_SECRET).done();
    let mut authorize = owner.start(&["aliexpress", "authorize", "--no-browser", "--json"], "");
    let url = authorize.event("authorize_url");
    visitor::approve(url["url"].as_str().expect("an address"))
        .await
        .expect("consent");
    assert_eq!(authorize.wait().done()["state"], "connected");
    Some((sandbox, owner))
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_commands_at_once_with_an_expired_access_token_renew_it_exactly_once() {
    let Some((sandbox, owner)) = connected().await else {
        return;
    };
    let before = owner.secrets();
    let control = sandbox.control();
    control.expire_access_tokens_of(Supplier::AliExpress);
    control.clear_calls();
    let commands: Vec<_> = (0..AT_ONCE)
        .map(|_| owner.start(&["aliexpress", "test", "--json"], ""))
        .collect();
    for command in commands {
        let tested = command.wait().done();
        assert_eq!(tested["name"], "owner@example.test");
        assert_eq!(tested["app_status"], "online");
    }
    assert_eq!(control.calls_to("auth/token/refresh"), 1);
    assert!(
        control.calls_to("member.benefit.get") > AT_ONCE,
        "the old token was refused before it was renewed"
    );
    let after = owner.secrets();
    assert_ne!(before, after, "the new pair is in the keychain");
    assert_eq!(before.len(), after.len(), "and the old one is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_health_check_freight_and_orders_by_number_answer_scripts() {
    let Some((sandbox, owner)) = connected().await else {
        return;
    };
    let tested = owner.json(&["aliexpress", "test"], "").done();
    let keys: Vec<_> = tested.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "supplier",
            "account",
            "name",
            "steps",
            "access_expires_at",
            "refresh_expires_at",
            "app_status"
        ]
    );
    let steps = tested["steps"].as_array().expect("steps");
    assert!(
        steps.len() == 5 && steps.iter().all(|step| step["ok"] == true),
        "{tested}"
    );
    let told = owner.run(&["aliexpress", "test", "--lang", "fr"], "");
    assert!(told.stdout.contains("en ligne"), "{told:?}");

    let truth = sandbox.control().truth();
    let product = truth
        .aliexpress()
        .find(|product| {
            product.on_sale && {
                let import = ["products", "import", &product.pid, "--ship-to", "US"];
                owner.json(&import, "").status == 0
            }
        })
        .expect("a product that is sent to the United States");
    let freight = [
        "products",
        "freight",
        &product.pid,
        "--to",
        "US",
        "--quantity",
        "2",
    ];
    let quotes = owner.json(&freight, "").done();
    assert_eq!(
        (&quotes["quantity"], &quotes["ship_to"]),
        (&2.into(), &"US".into())
    );
    assert_eq!(
        quotes["quotes"].as_array().map(Vec::len),
        Some(2),
        "{quotes}"
    );
    let unknown = owner.json(&["products", "freight", "1", "--to", "US"], "");
    assert_eq!(unknown.failed(4), "not_found");

    let ids: Vec<String> = truth
        .aliexpress_orders()
        .into_iter()
        .map(|order| order.id)
        .collect();
    let csv = format!("order id,total\n{},1\n{},2\n", ids[0], ids[1]);
    std::fs::write(owner.path("orders.csv"), &csv).expect("the file");
    let added = owner
        .json(&["orders", "add", "--file", "orders.csv", &ids[2]], "")
        .done();
    assert_eq!(
        (&added["added"], &added["failed"]),
        (&3.into(), &0.into()),
        "{added}"
    );
    let mixed = owner.json(
        &["orders", "add", "--file", "-"],
        &format!("{}\nthe blue lamp\n", ids[3]),
    );
    assert_eq!(mixed.status, 4, "{mixed:?}");
    let items = mixed.document();
    assert_eq!(items["items"][0]["order"]["order_id"], ids[3].as_str());
    assert_eq!(items["items"][1]["error"]["code"], "bad_input");
    let listed = owner
        .json(&["orders", "list", "--supplier", "aliexpress"], "")
        .done();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        owner
            .json(&["orders", "add", "--file", "gone.csv"], "")
            .failed(2),
        "bad_input"
    );
}
