//! What is committed: the top level the owner asked for, documents that name what exists, and nothing private.

use super::none;
use super::tree::{files, read, root};
use std::fs;

/// The visible top level, fixed by the owner. Whatever begins with a dot may stand beside it.
const TOP: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "icons",
    "src-tauri",
    "tauri.conf.json",
    "tests",
    "ui",
];

/// Results beside it, never committed.
const RESULTS: &[&str] = &["gen", "permissions", "target"];

#[test]
fn the_top_level_is_the_one_the_owner_asked_for() {
    let mut breaches = Vec::new();
    for entry in fs::read_dir(root()).expect("the root") {
        let name = entry
            .expect("an entry of the root")
            .file_name()
            .to_string_lossy()
            .into_owned();
        if !name.starts_with('.')
            && !TOP.contains(&name.as_str())
            && !RESULTS.contains(&name.as_str())
        {
            breaches.push(name);
        }
    }
    none(
        &breaches,
        "these stand at the top level without being part of it:",
    );
    let missing: Vec<String> = TOP
        .iter()
        .filter(|name| !root().join(name).exists())
        .map(|name| (*name).to_owned())
        .collect();
    none(&missing, "these are missing from the top level:");
}

#[test]
fn what_the_documents_name_exists() {
    let mut breaches = Vec::new();
    let mut seen = 0;
    for file in files().iter().filter(|file| file.ends_with_any(&[".md"])) {
        for path in paths_in(&file.text().unwrap_or_default()) {
            seen += 1;
            let beside = file
                .on_disk
                .parent()
                .is_some_and(|folder| folder.join(&path).exists());
            if !beside && !root().join(&path).exists() {
                breaches.push(format!("{} names {path}", file.path));
            }
        }
    }
    none(&breaches, "a reader would look for these in vain:");
    assert!(
        seen > 5,
        "the README names its own tree; only {seen} paths were recognised"
    );
}

/// Paths of the repository between backticks, and the targets of relative links.
fn paths_in(markdown: &str) -> Vec<String> {
    let quoted = markdown.split('`').skip(1).step_by(2).filter(|words| {
        let first = words.split('/').next().unwrap_or_default();
        (TOP.contains(&first) || first == ".ci" || first == ".cargo")
            && !words.contains(['*', '<', '{', ' ', '…'])
    });
    let linked = markdown
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#', ' ']).next())
        .filter(|target| {
            !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
        });
    quoted
        .chain(linked)
        .map(str::to_owned)
        .filter(|path| {
            !["ui/dist", "ui/node_modules"]
                .iter()
                .any(|result| path.starts_with(result))
        })
        .collect()
}

#[test]
fn paths_are_found_in_code_and_in_links() {
    assert_eq!(
        paths_in(
            "See `src-tauri/lib.rs`, `cargo xtask run`, [the picture](ui/a.png), [us](https://example.com)."
        ),
        ["src-tauri/lib.rs", "ui/a.png"]
    );
}

#[test]
fn no_path_of_a_developers_machine_is_committed() {
    // Put together here, so that this file does not find itself.
    let private = ["work", "farm", "tmp/bash_jobs"].map(|folder| format!("/{folder}/"));
    let mut breaches = Vec::new();
    for file in files()
        .iter()
        .filter(|file| !file.ends_with_any(&[".lock", "package-lock.json"]))
    {
        for (number, line) in file.text().unwrap_or_default().lines().enumerate() {
            if private.iter().any(|path| stands_alone(line, path)) {
                breaches.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    none(&breaches, "paths of one machine mean nothing on another:");
}

/// Whether `path` occurs in `line` where a path begins, and not as the middle of another one.
fn stands_alone(line: &str, path: &str) -> bool {
    line.match_indices(path)
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_ascii_lowercase()))
}

#[test]
fn no_real_cj_key_is_committed() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| file.text().is_some_and(|text| has_real_key(&text)))
        .map(|file| file.path.clone())
        .collect();
    none(
        &breaches,
        "a CJ key opens somebody's account; made-up ones are written 0123456789abcdef…:",
    );
}

/// A CJ key whose 32 hexadecimal digits are neither counted up nor one digit repeated.
fn has_real_key(text: &str) -> bool {
    text.split("@api@").skip(1).any(|rest| {
        let digits: String = rest
            .chars()
            .take_while(|digit| digit.is_ascii_digit() || ('a'..='f').contains(digit))
            .take(32)
            .collect();
        let first = digits.chars().next().unwrap_or_default();
        let repeated = digits.chars().take(8).all(|digit| digit == first);
        digits.len() == 32 && !repeated && !digits.starts_with("0123456789abcdef")
    })
}

#[test]
fn a_real_key_would_be_noticed() {
    let drawn = ["9f3c51", "b07de2", "4a86", "c1d95e", "2f70ab", "8c46"].concat();
    assert!(has_real_key(&format!("CJ4821907@api@{drawn}")));
    assert!(!has_real_key(
        "CJ1234567@api@0123456789abcdef0123456789abcdef"
    ));
    assert!(!has_real_key(
        "CJ1234567@api@ffffffffffffffffffffffffffffffff"
    ));
    assert!(!has_real_key("CJ<number>@api@<hex>"));
}

#[test]
fn nothing_the_build_makes_is_committed() {
    let ignored = read(".gitignore");
    for result in [
        "/target/",
        "/ui/node_modules/",
        "/ui/dist/",
        "/gen/",
        "/permissions/autogenerated/",
    ] {
        assert!(
            ignored.lines().any(|line| line == result),
            "{result} belongs into .gitignore"
        );
    }
}
