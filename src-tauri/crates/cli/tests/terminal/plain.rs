//! What works, or fails as promised, on a computer without a keychain.

use smartlinks_sandbox::{APP_KEY, APP_SECRET, CJ_API_KEY, Options, Sandbox};

use crate::home::Home;

const CALLBACK: &str = "http://127.0.0.1:8765/aliexpress/callback";

async fn sandbox() -> Sandbox {
    Sandbox::start(Options::default())
        .await
        .expect("the suppliers")
}

#[test]
fn status_answers_without_keychain_and_network() {
    let home = Home::new();
    let status = home.json(&["status"], "").done();
    assert_eq!(status["accounts"], serde_json::json!([]));
    assert_eq!(
        status["catalog"],
        serde_json::json!({ "products": 0, "variants": 0 })
    );
    assert_eq!(status["last_sync"], serde_json::Value::Null);
    assert_eq!(status["keychain"], "unavailable");
    let told = home.run(&["status"], "");
    assert_eq!(told.status, 0);
    assert!(told.stdout.contains("0 products"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_not_spent_when_nothing_could_keep_what_it_buys() {
    let sandbox = sandbox().await;
    let home = Home::new().with(&sandbox);
    let ran = home.json(&["cj", "connect"], CJ_API_KEY);
    assert_eq!(ran.failed(6), "keychain_unavailable");
    assert!(
        sandbox.control().calls().is_empty(),
        "CJ takes a key once in five minutes: it must not be asked for nothing"
    );
    assert!(
        !format!("{}{}", ran.stdout, ran.stderr).contains("0123456789abcdef"),
        "the key is in nobody's log: {ran:?}"
    );
}

#[test]
fn a_script_with_a_mistake_reads_one_document_and_two() {
    let home = Home::new();
    for arguments in [
        &["nonsense"][..],
        &[],
        &["products", "list", "--limit", "501"],
        &["products", "list", "--supplier", "ebay"],
        &["sync", "cj", "--scope", "everything"],
        &["sync", "cj", "--scope", "imported"],
        &["status", "--lang", "de"],
        &["cj", "connect", "--secret", "x"],
        &["changes", "list", "--after", "not-a-cursor"],
        &["products", "list", "--after", "not-a-cursor"],
        &["aliexpress", "call", "../etc"],
        &["aliexpress", "call", "a.b", "no-equals-sign"],
        // A doubled parameter is not guessed at.
        &["aliexpress", "finish", "http://x/?state=1&state=2&code=a"],
    ] {
        let ran = home.json(arguments, "");
        assert_eq!(ran.failed(2), "bad_input", "{arguments:?}");
    }
    let empty = home.json(&["cj", "connect"], " \n");
    assert_eq!(empty.failed(2), "bad_input");
}

#[test]
fn a_french_owner_reads_french_and_anybody_may_choose() {
    let mut home = Home::new();
    home.set("LANG", "fr_CD.UTF-8");
    let told = home.run(&["cj", "test"], "");
    assert_eq!(told.status, 3, "{told:?}");
    assert!(told.stdout.is_empty(), "{told:?}");
    assert!(told.stderr.contains("n’est pas connecté"), "{told:?}");
    assert!(
        told.stderr.contains("smartlinks-cli cj connect"),
        "{told:?}"
    );
    let told = home.run(&["cj", "test", "--lang", "en"], "");
    assert!(told.stderr.contains("is not connected"), "{told:?}");
}

#[test]
fn a_supplier_out_of_reach_is_told_apart_from_a_refusal() {
    let home = Home::new();
    let ran = home.json(
        &[
            "aliexpress",
            "configure",
            "--app-key",
            APP_KEY,
            "--callback-url",
            CALLBACK,
        ],
        APP_SECRET,
    );
    assert_eq!(ran.failed(5), "network");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_pair_is_refused_before_anything_is_kept() {
    let sandbox = sandbox().await;
    let home = Home::new().with(&sandbox);
    let configure = |key: &str, secret: &str| {
        let arguments = ["aliexpress", "configure", "--app-key", key];
        home.json(
            &[&arguments[..], &["--callback-url", CALLBACK]].concat(),
            secret,
        )
    };
    assert_eq!(
        configure(APP_KEY, "another-secret").failed(4),
        "wrong_secret"
    );
    assert_eq!(configure("1", APP_SECRET).failed(4), "wrong_key");
    let status = home.json(&["status"], "").done();
    assert_eq!(status["accounts"], serde_json::json!([]));
}

#[test]
fn a_key_never_travels_in_the_clear_to_another_computer() {
    let mut home = Home::new();
    home.set("SMARTLINKS_CJ_BASE_URL", "http://cj.example");
    assert_eq!(home.json(&["status"], "").failed(2), "bad_input");
}

#[test]
fn a_data_folder_that_is_a_file_is_told_and_left_alone() {
    let home = Home::new();
    std::fs::write(home.path("taken"), "precious").expect("a file");
    assert_eq!(
        home.json(&["status", "--data-dir", "taken"], "").failed(8),
        "disk"
    );
    let left = std::fs::read_to_string(home.path("taken")).expect("the file");
    assert_eq!(left, "precious");
}

#[test]
fn the_demo_makes_the_whole_journey_and_leaves_the_real_data_alone() {
    let mut home = Home::new();
    home.set("TMPDIR", home.path("runtime").display().to_string());
    // A proxy of the office, which does not find what is simulated on this computer.
    home.set("http_proxy", "http://127.0.0.1:9");
    let ran = home.json(&["demo"], "");
    let demo = ran.done();
    let steps: Vec<&str> = demo["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(|step| step["step"].as_str())
        .collect();
    assert_eq!(
        steps,
        [
            "cj_connect",
            "aliexpress_configure",
            "aliexpress_authorize",
            "sync_cj",
            "aliexpress_import",
            "orders"
        ]
    );
    assert_eq!(demo["sync"]["state"], "done");
    assert_eq!(demo["sync"]["rows"], 36);
    assert_eq!(demo["status"]["catalog"]["products"], 39);
    for account in demo["status"]["accounts"].as_array().expect("accounts") {
        assert_eq!(account["state"], "connected", "{account}");
    }
    assert!(
        ran.events()
            .iter()
            .any(|event| event["event"] == "progress")
    );
    assert!(
        !home.path("data").exists(),
        "the demo wrote into the data folder"
    );
    let left = std::fs::read_dir(home.path("runtime")).expect("the folder");
    assert_eq!(left.count(), 0, "the demo left something behind");
}

#[test]
fn the_sandbox_says_where_it_is_and_ends_when_asked() {
    let home = Home::new();
    let arguments = ["sandbox", "--products", "50", "--port-file", "ports.json"];
    let running = home.start(&arguments, "");
    let start = std::time::Instant::now();
    while !home.path("ports.json").exists() {
        assert!(start.elapsed().as_secs() < 60, "no port file");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let written = std::fs::read_to_string(home.path("ports.json")).expect("the port file");
    let addresses: serde_json::Value = serde_json::from_str(&written).expect("whole JSON");
    let mut shop = Home::new();
    for (name, key) in [
        ("SMARTLINKS_ALIEXPRESS_BASE_URL", "aliexpress"),
        ("SMARTLINKS_CJ_BASE_URL", "cj"),
    ] {
        shop.set(name, addresses[key].as_str().expect("an address"));
    }
    // The pair is checked at the gateway before the keychain is asked for: the refusal comes from the sandbox.
    let arguments = ["aliexpress", "configure", "--app-key", APP_KEY];
    let arguments = [&arguments[..], &["--callback-url", CALLBACK]].concat();
    assert_eq!(shop.json(&arguments, "wrong").failed(4), "wrong_secret");
    running.signal("TERM");
    let ran = running.wait();
    assert_eq!(ran.done(), addresses);
}
