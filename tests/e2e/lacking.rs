//! A desktop that lacks something: a keychain that is there and locked, as after a nap of the computer, or a screen.
//!
//! Not for a keychain that is absent, which the terminal's own tests have.

use super::desktop::Desktop;
use super::process::run_within;
use super::{BINARY, Day};
use serde_json::{Value, json};
use smartlinks_sandbox::CJ_API_KEY;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_owner_whose_keychain_is_locked_is_not_sent_to_connect_again() {
    let day = Day::begin();
    let (connected, said) = told(&day, &["cj", "connect"], CJ_API_KEY);
    assert!(connected, "{said}");

    day.desktop.lock_keychain();
    let (good, status) = told(&day, &["status"], "");
    assert!(good, "{status}");
    assert_eq!(status["keychain"], json!("unavailable"), "{status}");
    assert_eq!(
        status["accounts"][0]["state"],
        json!("keychain_unavailable"),
        "{status}"
    );
    let (good, refused) = told(&day, &["cj", "test"], "");
    assert!(!good);
    assert_eq!(
        refused["error"]["code"],
        json!("keychain_unavailable"),
        "{refused}"
    );
}

#[test]
fn without_a_screen_the_program_says_what_to_do_instead_of_breaking_down() {
    let desktop = Desktop::start();
    let mut command = desktop.command(BINARY);
    let output = command.env_remove("DISPLAY").output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(8), "{said}");
    assert!(
        said.contains("smartlinks-cli") && !said.contains("panicked"),
        "{said}"
    );
}

/// What a command in the terminal answers, and whether it went well.
fn told(day: &Day, arguments: &[&str], input: &str) -> (bool, Value) {
    let mut command = day.desktop.command(BINARY);
    command
        .args(arguments)
        .arg("--json")
        .env("SMARTLINKS_CJ_BASE_URL", day.sandbox.cj_url().as_str());
    let (good, output) = run_within(&mut command, input, PATIENCE).expect("the command ends");
    let said = serde_json::from_str(&output).unwrap_or_else(|_| json!(output));
    (good, said)
}
