//! The commands as the pages call them, on Tauri's mock runtime: names of arguments, shape of errors, what works without a
//! database, and one journey through practice mode.
//!
//! Not for what only a real webview decides: whether the capability lets a command through is the end-to-end test's.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the first answer that is not as promised ends the test"
)]

#[path = "ipc/commands.rs"]
mod commands;
#[path = "ipc/window.rs"]
mod window;

use std::cell::Cell;
use std::fs;

use serde_json::{Value, json};
use smartlinks_core::Code;
use smartlinks_core::words::{Language, about};

use commands::{ALWAYS, ON_THE_SHOP, RESTARTS};
use window::Window;

fn arguments(text: &str) -> Value {
    serde_json::from_str(text).expect("arguments are JSON")
}

/// The commands of `build.rs`.
fn names() -> Vec<&'static str> {
    let build = include_str!("../src-tauri/build.rs");
    let list = build.split_once("const COMMANDS").expect("the list").1;
    let list = list.split_once("];").expect("its end").0;
    let names = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"'));
    names.filter_map(|line| line.split('"').next()).collect()
}

#[test]
fn no_command_is_left_out_here() {
    let mut tried: Vec<&str> = ON_THE_SHOP.iter().map(|(command, ..)| *command).collect();
    tried.extend(ALWAYS.iter().map(|(command, _)| *command));
    tried.extend(RESTARTS);
    let all = names();
    assert!(all.len() > 30, "build.rs was not understood: {all:?}");
    let missing: Vec<&&str> = all.iter().filter(|name| !tried.contains(name)).collect();
    assert!(
        missing.is_empty(),
        "these are not called below: {missing:?}"
    );
}

#[test]
fn every_command_takes_its_arguments_as_the_pages_name_them_and_refuses_in_one_shape() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = Window::open(folder.path(), false);
    for (command, given, code) in ON_THE_SHOP {
        match window.ask(command, arguments(given)) {
            Ok(answer) => assert_eq!(*code, "", "{command} answered {answer}"),
            Err(error) => {
                assert_eq!(error["code"], json!(code), "{command} was refused: {error}");
                let keys: Vec<&String> = error.as_object().expect("an object").keys().collect();
                assert_eq!(keys, ["code", "message", "hint", "error"], "{command}");
                for sentence in ["message", "hint"] {
                    let text = error[sentence].as_str().unwrap_or_default();
                    assert!(text.len() > 20, "{command}: {sentence} is {text:?}");
                }
                assert_eq!(error["error"]["code"], error["code"], "{command}");
            }
        }
    }
    for (command, given) in ALWAYS {
        window.told(command, arguments(given));
    }
}

#[test]
fn an_owner_without_anything_sees_an_empty_shop_and_no_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = Window::open(folder.path(), false);
    let status = window.told("status", json!({}));
    assert_eq!(status["accounts"], json!([]));
    assert_eq!(status["catalog"], json!({"products": 0, "variants": 0}));
    assert_eq!(status["last_sync"], Value::Null);
    assert_eq!(status["practice"], json!(false));
    assert_eq!(window.told("practice_credentials", json!({})), Value::Null);
    assert_eq!(window.told("sync_current", json!({})), Value::Null);
    let page = window.told("products_page", json!({"query": {}}));
    assert_eq!(page, json!({"items": [], "next": null}));
}

#[test]
fn a_damaged_database_is_told_by_every_command_and_the_window_still_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let shop = folder.path().join("shop");
    fs::create_dir_all(&shop).expect("the shop's folder");
    let file = shop.join("smartlinks.db");
    let damaged = b"this was a catalogue before the disk failed. ".repeat(200);
    fs::write(&file, &damaged).expect("a damaged file");

    let window = Window::open(folder.path(), false);
    for (command, given, _) in ON_THE_SHOP {
        assert_eq!(
            window.refused(command, arguments(given)),
            "database_corrupt",
            "{command}"
        );
    }
    for (command, given) in ALWAYS {
        window.told(command, arguments(given));
    }
    let about = window.told("about", json!({}));
    assert_eq!(about["data_dir"], json!(shop.display().to_string()));
    assert_eq!(about["version"], json!(env!("CARGO_PKG_VERSION")));
    assert_eq!(
        fs::read(&file).expect("the file"),
        damaged,
        "and nothing was lost"
    );

    // The owner puts the file out of the way: no new start is needed.
    fs::remove_file(&file).expect("out of the way");
    window.told("status", json!({}));
}

#[test]
fn a_change_of_language_changes_the_sentences_at_once_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let english = about(Code::NoAttempt, Language::English);
    let french = about(Code::NoAttempt, Language::French);
    let hint = |window: &Window| {
        let refused = window.ask(
            "aliexpress_finish",
            json!({"redirect": "3_500000_MadeUpCode"}),
        );
        refused.expect_err("nothing waits")["hint"].clone()
    };
    let window = Window::open(folder.path(), false);
    let mut preferences = window.told("preferences", json!({}));
    assert_eq!(preferences["language"], Value::Null);
    assert_eq!(preferences["theme"], json!("system"));
    assert_eq!(preferences["tab"], json!("overview"));
    assert_eq!(preferences["zoom"], json!(100));
    assert_eq!(hint(&window), json!(english.next));

    preferences["language"] = json!("fr");
    preferences["theme"] = json!("dark");
    preferences["tab"] = json!("products");
    preferences["zoom"] = json!(150);
    preferences["ship_to"] = json!("CD");
    preferences["currency"] = json!("EUR");
    window.told("set_preferences", json!({"preferences": preferences}));
    assert_eq!(hint(&window), json!(french.next));
    assert_eq!(window.told("preferences", json!({})), preferences);
    drop(window);

    let window = Window::open(folder.path(), false);
    assert_eq!(window.told("preferences", json!({})), preferences);
    assert_eq!(hint(&window), json!(french.next));

    let mut wrong = preferences.clone();
    wrong["ship_to"] = json!("Congo");
    wrong["language"] = json!("en");
    assert_eq!(
        window.refused("set_preferences", json!({"preferences": wrong})),
        "bad_input"
    );
    assert_eq!(
        window.told("preferences", json!({})),
        preferences,
        "nothing is half kept"
    );
}

#[test]
fn links_open_in_the_browser_and_never_a_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = Window::open(folder.path(), false);
    window.told(
        "open_link",
        json!({"url": "https://developers.cjdropshipping.com/"}),
    );
    for url in [
        "file:///etc/passwd",
        "http://shop.example/",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            window.refused("open_link", json!({"url": url})),
            "bad_input",
            "{url}"
        );
    }
    assert_eq!(
        window.visits.all(),
        ["https://developers.cjdropshipping.com/"]
    );
}

#[test]
fn a_first_day_in_practice_leads_from_a_pasted_key_to_products_in_the_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = Window::open(folder.path(), true);
    let practice = window.told("practice_credentials", json!({}));
    let connection = window.told("cj_connect", json!({"pasted": practice["cj_api_key"]}));
    assert_eq!(connection["way"], json!("api_key"));
    // Each step is shown as it happens, and the account behind them. What keeps accounts fresh may have told of it before.
    let ticks = Cell::new(0);
    window.events_until(|event| {
        if event["event"] == json!("connect_step") {
            ticks.set(ticks.get() + 1);
        }
        event["event"] == json!("account_changed") && ticks.get() >= 3
    });

    let plan = window.told(
        "sync_plan",
        json!({"scope": "my-products", "details": false}),
    );
    assert_eq!(plan["fits_today"], json!(true));
    let begun = window.told(
        "sync_start",
        json!({"scope": "my-products", "details": false}),
    );
    assert_eq!(begun["state"], json!("running"));
    let events = window.events_until(|event| event["event"] == json!("sync_ended"));
    let ended = events.last().expect("the last event");
    assert_eq!(ended["receipt"]["state"], json!("done"), "{ended}");
    assert_eq!(ended["receipt"]["rows"], json!(120));
    let progress = events
        .iter()
        .filter(|event| event["event"] == json!("progress"));
    assert!(progress.count() >= 1, "progress is shown: {events:?}");

    let page = window.told(
        "products_page",
        json!({"query": {"limit": 5, "sort": "newest"}}),
    );
    assert_eq!(page["items"].as_array().map(Vec::len), Some(5));
    let count = window.told("products_count", json!({"query": {}}));
    assert_eq!(count, json!({"count": 120, "more": false}));
    let status = window.told("status", json!({}));
    assert_eq!(status["practice"], json!(true));
    assert_eq!(status["last_sync"]["rows"], json!(120));
    assert_eq!(window.told("sync_current", json!({})), Value::Null);
}

#[test]
fn an_authorization_is_shown_while_it_waits_and_ends_with_the_pasted_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let window = Window::open(folder.path(), true);
    let practice = window.told("practice_credentials", json!({}));
    window.told(
        "aliexpress_configure",
        json!({
            "appKey": practice["app_key"], "appSecret": practice["app_secret"],
            "callbackUrl": "https://shop.example/aliexpress/callback",
        }),
    );
    let attempt = window.told("aliexpress_begin", json!({"openBrowser": true}));
    assert_eq!(attempt["door"], json!("bridge"));
    assert_eq!(window.told("aliexpress_pending", json!({})), attempt);
    let visits = window.visits.all();
    assert_eq!(
        json!(visits),
        json!([attempt["authorize_url"]]),
        "the browser was opened"
    );

    let approved = smartlinks_sandbox::visitor::approve(&visits[0]);
    let redirect = tauri::async_runtime::block_on(approved).expect("the consent page");
    let strayed = format!("{redirect}0");
    assert_eq!(
        window.refused("aliexpress_finish", json!({"redirect": strayed})),
        "wrong_state"
    );
    assert_eq!(
        window.told("aliexpress_pending", json!({})),
        attempt,
        "it goes on waiting"
    );

    let account = window.told("aliexpress_finish", json!({"redirect": redirect}));
    assert_eq!(account["state"], json!("connected"));
    assert_eq!(window.told("aliexpress_pending", json!({})), Value::Null);
    let phases = window.events_until(|event| event["phase"] == json!("connected"));
    let code = redirect.query_pairs().find(|(name, _)| name == "code");
    let code = code.expect("a code").1.into_owned();
    assert!(
        !json!(phases).to_string().contains(&code),
        "the code is shown masked"
    );
}
