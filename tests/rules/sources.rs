//! How the sources are written: no endless file, a head that says what a module is for, one door to Tauri in the pages.

use super::none;
use super::tree::{File, files};

/// Beyond this a file is two.
const LONGEST: usize = 450;

/// Files that may be longer. It may only shrink, and it is empty.
const LONGER: &[&str] = &[];

/// Written by `cargo xtask bindings`.
const GENERATED: &str = "ui/src/ipc/bindings/";

fn code() -> Vec<File> {
    files()
        .into_iter()
        .filter(|file| {
            file.ends_with_any(&[".rs", ".ts", ".tsx", ".mjs"]) && !file.path.starts_with(GENERATED)
        })
        .collect()
}

#[test]
fn no_file_is_so_long_that_nobody_reads_it() {
    let breaches: Vec<String> = code()
        .iter()
        .filter(|file| !LONGER.contains(&file.path.as_str()))
        .filter_map(|file| {
            let lines = file.text()?.lines().count();
            (lines > LONGEST).then(|| format!("{} has {lines} lines", file.path))
        })
        .collect();
    none(
        &breaches,
        &format!("more than {LONGEST} lines are two files:"),
    );
}

#[test]
fn every_rust_module_says_what_it_is_for() {
    let breaches: Vec<String> = code()
        .iter()
        .filter(|file| file.ends_with_any(&[".rs"]))
        .filter(|file| !file.text().is_some_and(|text| text.starts_with("//! ")))
        .map(|file| file.path.clone())
        .collect();
    none(
        &breaches,
        "these modules do not begin with a `//!` paragraph:",
    );
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let needles = [
        concat!("#[", "allow("),
        concat!("#![", "allow("),
        concat!("#[", "ignore"),
    ];
    let breaches: Vec<String> = code()
        .iter()
        .filter(|file| file.ends_with_any(&[".rs"]))
        .filter(|file| {
            file.text().is_some_and(|text| {
                text.lines().any(|line| {
                    needles
                        .iter()
                        .any(|needle| line.trim_start().starts_with(needle))
                })
            })
        })
        .map(|file| file.path.clone())
        .collect();
    none(
        &breaches,
        "an allowed lint or an ignored test is forgotten; `#[expect(.., reason = ..)]` is not:",
    );
}

#[test]
fn only_ui_src_ipc_imports_tauri() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| {
            file.path.starts_with("ui/") && file.ends_with_any(&[".ts", ".tsx", ".js", ".mjs"])
        })
        .filter(|file| !file.path.starts_with("ui/src/ipc/"))
        .filter(|file| {
            file.text()
                .is_some_and(|text| text.lines().any(imports_tauri))
        })
        .map(|file| file.path.clone())
        .collect();
    none(
        &breaches,
        "the pages must run in a plain browser with the fake in place of Tauri:",
    );
}

fn imports_tauri(line: &str) -> bool {
    ["from ", "import ", "import(", "require("]
        .iter()
        .any(|word| {
            ["\"", "'"]
                .iter()
                .any(|quote| line.contains(&format!("{word}{quote}@tauri-apps/")))
        })
}

#[test]
fn an_import_of_tauri_is_recognised_however_it_is_written() {
    assert!(imports_tauri(
        "import { invoke } from \"@tauri-apps/api/core\";"
    ));
    assert!(imports_tauri(
        "const api = await import('@tauri-apps/api');"
    ));
    assert!(
        !imports_tauri("  patterns: [\"@tauri-apps/*\"],"),
        "a lint that forbids it is no import"
    );
}
