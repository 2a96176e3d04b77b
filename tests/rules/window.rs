//! `tauri.conf.json`: what keeps the owner's top level working, and the window a safe place.

use super::tree::{read, root};
use serde_json::{Value, json};

fn config() -> Value {
    serde_json::from_str(&read("tauri.conf.json")).expect("tauri.conf.json")
}

#[test]
fn a_fresh_clone_compiles_before_the_pages_are_built() {
    // Without devUrl, Tauri refuses to compile the binary, and with it every integration test, while ui/dist is absent.
    assert!(config()["build"]["devUrl"].is_string());
}

#[test]
fn the_hooks_run_in_ui_wherever_the_command_was_typed() {
    for hook in ["beforeDevCommand", "beforeBuildCommand"] {
        assert_eq!(
            config()["build"][hook]["cwd"],
            json!("ui"),
            "{hook} as a plain string runs in a folder Tauri guesses"
        );
    }
}

#[test]
fn the_pages_can_load_and_run_nothing_foreign() {
    let config = config();
    let security = &config["app"]["security"];
    assert_eq!(security["freezePrototype"], json!(true));
    assert!(
        security["capabilities"].is_null(),
        "capabilities stand in their own file only, which is checked"
    );
    assert_ne!(
        config["app"]["withGlobalTauri"],
        json!(true),
        "no bridge for a script that should not be there"
    );
    let csp = security["csp"]
        .as_object()
        .expect("a content security policy");
    assert_eq!(csp["default-src"], json!("'self'"));
    for (directive, sources) in csp {
        let sources = sources.as_str().expect("a directive is a string");
        assert!(!sources.contains("unsafe-eval"), "{directive} {sources}");
        assert!(
            !sources.contains("unsafe-inline") || directive == "style-src",
            "{directive} {sources}"
        );
        assert!(
            !sources.split(' ').any(|source| source == "*"),
            "{directive} {sources}"
        );
        // Pictures of products come from the suppliers' own servers, and nothing else comes from outside.
        assert!(
            !sources.contains("https:") || directive == "img-src",
            "{directive} {sources}"
        );
    }
}

#[test]
fn unused_commands_are_not_removed() {
    // With capabilities outside the default folder this option removes the core's own commands: the window hears no event.
    assert!(config()["build"]["removeUnusedCommands"].is_null());
}

#[test]
fn every_icon_of_the_installers_is_there() {
    let config = config();
    let icons = config["bundle"]["icon"].as_array().expect("icons");
    assert!(!icons.is_empty());
    for icon in icons {
        let icon = icon.as_str().expect("a path");
        assert!(root().join(icon).is_file(), "{icon}");
    }
}

#[test]
fn the_deep_link_is_the_one_the_callback_uses() {
    let config = config();
    assert_eq!(
        config["plugins"]["deep-link"]["desktop"]["schemes"],
        json!([config["identifier"]])
    );
}
