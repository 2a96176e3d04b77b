//! The files of the repository as the rules see them: what a person wrote, without results, downloads and pictures.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders whose content nobody wrote by hand, by name and wherever they are.
const RESULTS: [&str; 7] = [
    ".git",
    "target",
    "node_modules",
    "dist",
    "gen",
    "permissions",
    "coverage",
];

/// One file, with its path from the root in forward slashes.
pub struct File {
    pub path: String,
    pub on_disk: PathBuf,
}

impl File {
    /// The text, or nothing for pictures and other binary files.
    pub fn text(&self) -> Option<String> {
        String::from_utf8(fs::read(&self.on_disk).ok()?).ok()
    }

    pub fn ends_with_any(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.path.ends_with(ending))
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file that has to be there.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// Every file of the repository, sorted.
pub fn files() -> Vec<File> {
    let mut found = Vec::new();
    walk(root(), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(
        found.len() > 40,
        "the walk saw only {} files: it looks in the wrong place",
        found.len()
    );
    found
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let entry = entry.expect("an entry of a folder of the repository");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().expect("the kind of an entry");
        if kind.is_dir() {
            if !RESULTS.contains(&name.as_str()) {
                walk(&entry.path(), &format!("{path}/"), found);
            }
        } else if kind.is_file() {
            found.push(File {
                path,
                on_disk: entry.path(),
            });
        }
    }
}
