//! The lists of window commands say the same: `build.rs` (a permission each), the handler (what runs), the capability
//! (what the window may call), the pages (what they ask for). A name missing in one of them is found by a shop owner otherwise.

use super::none;
use super::tree::{files, read};
use serde_json::Value;
use std::collections::BTreeSet;

type Names = BTreeSet<String>;

/// `"name"` between `const COMMANDS` and `];`.
fn permitted() -> Names {
    let build = read("src-tauri/build.rs");
    let list = build
        .split_once("const COMMANDS")
        .and_then(|(_, rest)| rest.split_once("];"))
        .expect("const COMMANDS in build.rs")
        .0;
    list.lines()
        .map(str::trim)
        .filter_map(|line| line.strip_prefix('"')?.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// The last segment of every path in the one `generate_handler![..]`.
fn handled() -> Names {
    let sources: Vec<String> = own_sources()
        .into_iter()
        .filter(|text| text.contains("generate_handler!["))
        .collect();
    assert_eq!(sources.len(), 1, "there is one list of handlers");
    let list = sources[0]
        .split_once("generate_handler![")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("the end of the list")
        .0;
    list.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .flat_map(|line| line.split(','))
        .filter_map(|path| path.trim().rsplit("::").next().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The function below every `#[tauri::command]`.
fn written() -> Names {
    own_sources()
        .iter()
        .flat_map(|text| {
            text.split("#[tauri::command")
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter_map(|text| {
            let name = text.split_once("fn ")?.1;
            Some(
                name.chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                    .collect(),
            )
        })
        .collect()
}

/// The names the pages ask for: `invoke("some_command")`.
fn asked() -> Names {
    files()
        .iter()
        .filter(|file| file.path.starts_with("ui/src/ipc/"))
        .filter_map(super::tree::File::text)
        .flat_map(|text| {
            text.split("invoke(\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next().map(str::to_owned))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn own_sources() -> Vec<String> {
    files()
        .iter()
        .filter(|file| {
            file.path.starts_with("src-tauri/")
                && !file.path.starts_with("src-tauri/crates/")
                && file.path.ends_with(".rs")
        })
        .filter(|file| file.path != "src-tauri/build.rs")
        .filter_map(super::tree::File::text)
        .collect()
}

/// `allow-some-command` of the capability, as the command's name.
fn granted() -> Names {
    capability()["permissions"]
        .as_array()
        .expect("permissions")
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

fn capability() -> Value {
    serde_json::from_str(&read("src-tauri/capabilities/main.json")).expect("main.json")
}

fn differences(left: (&str, &Names), right: (&str, &Names)) -> Vec<String> {
    let only = |here: (&str, &Names), there: (&str, &Names)| {
        here.1
            .difference(there.1)
            .map(|name| format!("{name} is in {} but not in {}", here.0, there.0))
            .collect::<Vec<_>>()
    };
    [only(left, right), only(right, left)].concat()
}

#[test]
fn the_window_can_call_every_command_and_nothing_else() {
    let permitted = permitted();
    assert!(
        permitted.len() > 20,
        "build.rs was not understood: {permitted:?}"
    );
    let mut breaches = differences(("build.rs", &permitted), ("generate_handler!", &handled()));
    breaches.extend(differences(
        ("build.rs", &permitted),
        ("capabilities/main.json", &granted()),
    ));
    breaches.extend(differences(
        ("build.rs", &permitted),
        ("the functions with #[tauri::command]", &written()),
    ));
    breaches.extend(differences(
        ("build.rs", &permitted),
        ("the pages' invoke(..)", &asked()),
    ));
    none(&breaches, "the lists of commands differ:");
}

#[test]
fn a_script_in_the_window_gets_no_power_of_a_plugin() {
    let capability = capability();
    assert_eq!(
        capability["windows"],
        serde_json::json!(["main"]),
        "the one window, by its name"
    );
    let breaches: Vec<String> = capability["permissions"]
        .as_array()
        .expect("permissions")
        .iter()
        .map(|permission| {
            permission
                .as_str()
                .unwrap_or("a permission with a scope")
                .to_owned()
        })
        .filter(|name| !name.starts_with("allow-") && !name.starts_with("core:event:allow-"))
        .collect();
    none(
        &breaches,
        "opening links, files, shells and stores is done in Rust, behind a command that checks:",
    );
    let capabilities: Vec<String> = files()
        .into_iter()
        .map(|file| file.path)
        .filter(|path| {
            path.starts_with("src-tauri/capabilities/") || path.starts_with("capabilities/")
        })
        .collect();
    assert_eq!(
        capabilities,
        ["src-tauri/capabilities/main.json"],
        "no second capability beside the one that is checked"
    );
}
