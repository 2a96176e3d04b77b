//! Who may depend on whom, and where dependencies come from.

use super::lock::{packages, reached_from};
use super::none;
use super::tree::{read, root};
use serde_json::Value;
use std::process::Command;

/// The rooms, and the rooms each may call. Everything else between our own crates is forbidden.
const MAY_CALL: &[(&str, &[&str])] = &[
    (
        "smartlinks",
        &[
            "smartlinks-core",
            "smartlinks-publish",
            "smartlinks-cli",
            "smartlinks-sandbox",
        ],
    ),
    (
        "smartlinks-cli",
        &[
            "smartlinks-core",
            "smartlinks-publish",
            "smartlinks-sandbox",
        ],
    ),
    ("smartlinks-publish", &["smartlinks-core"]),
    (
        "smartlinks-core",
        &["smartlinks-aliexpress", "smartlinks-cj"],
    ),
    ("smartlinks-aliexpress", &[]),
    ("smartlinks-cj", &[]),
    ("smartlinks-sandbox", &[]),
    // Measures; never shipped, and nobody may call it.
    (
        "smartlinks-bench",
        &[
            "smartlinks-core",
            "smartlinks-publish",
            "smartlinks-sandbox",
            "smartlinks-testbed",
        ],
    ),
    // Never shipped either: what the tests of publishing and the benchmark share.
    ("smartlinks-testbed", &["smartlinks-core"]),
    ("xtask", &[]),
];

/// Tests of every room may speak to the simulated suppliers, and start a PostgreSQL.
const TESTS_MAY_CALL: &[&str] = &["smartlinks-sandbox", "smartlinks-testbed"];

fn members() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

#[test]
fn every_room_calls_only_those_below_it() {
    let members = members();
    let ours: Vec<&str> = members
        .iter()
        .filter_map(|member| member["name"].as_str())
        .collect();
    let mut breaches = Vec::new();
    for member in &members {
        let name = member["name"].as_str().expect("a name");
        let Some((_, allowed)) = MAY_CALL.iter().find(|(room, _)| *room == name) else {
            breaches.push(format!(
                "{name} is a new room: say in tests/rules/dependencies.rs whom it may call"
            ));
            continue;
        };
        for dependency in member["dependencies"].as_array().expect("dependencies") {
            let called = dependency["name"].as_str().expect("a name");
            let for_tests = dependency["kind"] == "dev" && TESTS_MAY_CALL.contains(&called);
            if ours.contains(&called) && !allowed.contains(&called) && !for_tests {
                breaches.push(format!("{name} depends on {called}"));
            }
        }
    }
    none(&breaches, "these rooms call each other against the plan:");
}

#[test]
fn nothing_under_crates_can_see_tauri() {
    let packages = packages();
    let breaches: Vec<String> = MAY_CALL
        .iter()
        .map(|(room, _)| *room)
        .filter(|room| *room != "smartlinks")
        .flat_map(|room| {
            reached_from(room, &packages)
                .into_iter()
                .filter(|name| name.starts_with("tauri") || name == "wry" || name == "tao")
                .map(move |name| format!("{room} reaches {name}"))
        })
        .collect();
    none(
        &breaches,
        "the terminal and the libraries must build without a window:",
    );
    assert!(
        reached_from("smartlinks", &packages).contains("tauri"),
        "the desktop package does reach tauri; if this fails, the check above checks nothing"
    );
}

#[test]
fn every_crate_comes_from_crates_io() {
    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let ours: Vec<&str> = MAY_CALL.iter().map(|(room, _)| *room).collect();
    let breaches: Vec<String> = packages()
        .iter()
        .filter(|package| match &package.source {
            Some(source) => source != CRATES_IO,
            None => !ours.contains(&package.name.as_str()),
        })
        .map(|package| {
            format!(
                "{} {} from {:?}",
                package.name, package.version, package.source
            )
        })
        .collect();
    none(
        &breaches,
        "a fork or a branch can vanish or change under us:",
    );
}

#[test]
fn every_crate_is_a_stable_release() {
    let packages = packages();
    let breaches: Vec<String> = packages
        .iter()
        // What follows `+` is the version of a wrapped C library, not of the crate.
        .filter(|package| {
            package
                .version
                .split('+')
                .next()
                .is_some_and(|version| version.contains('-'))
        })
        .map(|package| format!("{} {}", package.name, package.version))
        .collect();
    none(&breaches, "pre-releases break without notice:");
    let tauri = packages
        .iter()
        .find(|package| package.name == "tauri")
        .expect("tauri");
    assert!(
        tauri.version.starts_with("2."),
        "Tauri 2 is the stable one, not {}",
        tauri.version
    );
}

#[test]
fn every_npm_package_is_a_stable_release_of_the_registry() {
    let lock: Value =
        serde_json::from_str(&read("ui/package-lock.json")).expect("package-lock.json");
    let entries = lock["packages"].as_object().expect("packages");
    assert!(
        entries.len() > 20,
        "package-lock.json was not understood: {} entries",
        entries.len()
    );
    let mut breaches = Vec::new();
    for (path, entry) in entries.iter().filter(|(path, _)| !path.is_empty()) {
        let from = entry["resolved"]
            .as_str()
            .unwrap_or("https://registry.npmjs.org/");
        if !from.starts_with("https://registry.npmjs.org/") || entry["link"] == true {
            breaches.push(format!("{path} from {from}"));
        }
        if !entry["inBundle"].as_bool().unwrap_or_default() && !entry["integrity"].is_string() {
            breaches.push(format!("{path} has no checksum"));
        }
    }
    for kind in ["dependencies", "devDependencies"] {
        for (name, version) in entries[""][kind].as_object().into_iter().flatten() {
            let version = version.as_str().unwrap_or_default();
            if !version
                .trim_start_matches(['^', '~'])
                .starts_with(|first: char| first.is_ascii_digit())
                || version.contains('-')
            {
                breaches.push(format!("{name} {version}"));
            }
        }
    }
    none(
        &breaches,
        "these npm packages are not stable releases of the registry:",
    );
}
