//! The TypeScript the pages are written against is generated from the Rust types and committed. Stale files are found here;
//! `cargo xtask bindings` runs this very test with a variable set, and then it writes instead of comparing.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the first file that cannot be read ends the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Set, the files are written instead of compared.
const WRITE: &str = "SMARTLINKS_WRITE_BINDINGS";

#[test]
fn the_windows_types_are_fresh() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/ipc/bindings");
    let folder = tempfile::tempdir().expect("a folder");
    smartlinks_lib::bindings::write(folder.path()).expect("the types");
    let fresh = files(folder.path());
    assert!(fresh.len() > 30, "only {} types were written", fresh.len());
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo xtask bindings tells this test to write"
    )]
    let write = std::env::var_os(WRITE).is_some();
    if write {
        replace(&committed, &fresh);
    }
    let old = files(&committed);
    let names: Vec<&PathBuf> = fresh.keys().chain(old.keys()).collect();
    let stale: Vec<&PathBuf> = names
        .into_iter()
        .filter(|name| fresh.get(*name) != old.get(*name))
        .collect();
    assert!(
        stale.is_empty(),
        "these are not what the Rust types say; run `cargo xtask bindings`: {stale:?}"
    );
}

/// The generated files of a folder with their text; a README beside them is a person's.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder of types") {
        let path = entry.expect("an entry").path();
        let name = PathBuf::from(path.file_name().expect("a name"));
        if path.is_dir() {
            panic!("{} should not be a folder", path.display());
        }
        if name != Path::new("README.md") {
            let text = fs::read_to_string(&path).expect("a text");
            // A checkout on Windows may have other line ends.
            found.insert(name, text.replace("\r\n", "\n"));
        }
    }
    found
}

fn replace(committed: &Path, fresh: &BTreeMap<PathBuf, String>) {
    for name in files(committed).keys() {
        fs::remove_file(committed.join(name)).expect("removing a type");
    }
    for (name, text) in fresh {
        fs::write(committed.join(name), text).expect("writing a type");
    }
}
