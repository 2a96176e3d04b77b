//! Whatever is handed to `finish` while an attempt waits: nothing but the answer of that attempt connects, and nothing else ends it.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use smartlinks_core::accounts;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::views::AccountState;
use smartlinks_sandbox::visitor;

use crate::stage::{LISTEN, Stage};

/// How many are tried however long it takes.
const CASES: usize = 150;

/// How long to go on: `cargo xtask test` says a minute.
fn patience() -> Duration {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo xtask test says how long to look"
    )]
    let seconds = std::env::var("SMARTLINKS_FUZZ_SECONDS").ok();
    Duration::from_secs(seconds.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// An address that looks like an answer, in whole or in part, and a clipboard that holds something else altogether.
fn garbage(callback: &str) -> impl Strategy<Value = String> + use<> {
    let address = prop_oneof![
        4 => Just(callback.to_owned()),
        1 => Just(callback.replace("http:", "https:")),
        1 => Just(callback.replace("127.0.0.1", "localhost")),
        1 => Just(format!("{callback}/")),
        1 => Just("app.smartlinks.desktop:/aliexpress/callback".to_owned()),
        1 => "[a-z]{1,8}:(//)?[!-~]{0,40}",
    ];
    let name = prop_oneof![
        Just("code".to_owned()),
        Just("state".to_owned()),
        Just("error".to_owned()),
        Just("error_description".to_owned()),
        "[!-~]{0,12}",
    ];
    let value = prop_oneof![
        "3_500000_[A-Za-z0-9]{0,30}",
        "[0-9a-f]{64}",
        Just("access_denied".to_owned()),
        "[!-~]{0,40}",
        "\\PC{0,40}",
        Just("x".repeat(20_000)),
    ];
    let query = proptest::collection::vec((name, value), 0..6);
    let answer = (address, "[?#&]", query).prop_map(|(address, mark, query)| {
        let query: Vec<String> = query
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("{address}{mark}{}", query.join("&"))
    });
    prop_oneof![6 => answer, 1 => "\\PC{0,400}", 1 => "[ -~]{0,400}"]
}

/// A bare code that the owner pastes is taken at its word (it carries no state), and AliExpress decides about it.
fn may_be_a_code(text: &str) -> bool {
    text.trim_matches(|letter: char| letter.is_whitespace() || "\"'<>".contains(letter))
        .starts_with(|letter: char| letter.is_ascii_digit())
}

#[tokio::test(flavor = "multi_thread")]
async fn fuzz_no_garbage_authorizes_crashes_or_ends_a_good_attempt() {
    let stage = Stage::set().await;
    let callback = stage.configure().await;
    let quiet = Begin {
        listen: false,
        ..LISTEN
    };
    let begun = Instant::now();
    let garbage = garbage(&callback);
    let mut runner = TestRunner::new(ProptestConfig::default());
    let mut cases = 0;
    while cases < CASES || begun.elapsed() < patience() {
        let began = authorization::begin(&stage.shop, quiet).await.unwrap();
        for _ in 0..CASES {
            let text = garbage.new_tree(&mut runner).unwrap().current();
            if may_be_a_code(&text) {
                continue;
            }
            cases += 1;
            let answer = authorization::finish(&stage.shop, &text).await;
            assert!(answer.is_err(), "taken: {text:?}");
            let waits = authorization::waiting(&stage.shop).await.unwrap();
            assert!(waits.is_some(), "the attempt ended with: {text:?}");
        }
        // And after all of it the real answer is taken.
        let redirect = visitor::approve(&began.attempt.authorize_url)
            .await
            .unwrap();
        authorization::finish(&stage.shop, redirect.as_str())
            .await
            .unwrap();
        let state = accounts::status(&stage.shop).await.unwrap().accounts[0].state;
        assert_eq!(state, AccountState::Connected);
    }
}
