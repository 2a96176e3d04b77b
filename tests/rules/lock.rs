//! `Cargo.lock`, read just far enough to know names, versions, sources and who needs whom.

use super::tree::read;
use std::collections::{BTreeMap, BTreeSet};

pub struct Package {
    pub name: String,
    pub version: String,
    /// Absent for the packages of this workspace.
    pub source: Option<String>,
    pub dependencies: Vec<String>,
}

/// Every package of the lock file, for all systems and features.
pub fn packages() -> Vec<Package> {
    let packages: Vec<Package> = read("Cargo.lock")
        .split("[[package]]")
        .skip(1)
        .map(package)
        .collect();
    assert!(
        packages.len() > 100,
        "Cargo.lock was not understood: {} packages",
        packages.len()
    );
    packages
}

fn package(text: &str) -> Package {
    let value = |key: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))
            .and_then(|rest| rest.strip_suffix('"'))
            .map(str::to_owned)
    };
    let dependencies = text
        .lines()
        .skip_while(|line| *line != "dependencies = [")
        .skip(1)
        .take_while(|line| *line != "]")
        // `"name"`, or `"name version"` where two versions exist.
        .filter_map(|line| {
            line.trim()
                .trim_matches(['"', ','])
                .split(' ')
                .next()
                .map(str::to_owned)
        })
        .collect();
    Package {
        name: value("name").expect("a package has a name"),
        version: value("version").expect("a package has a version"),
        source: value("source"),
        dependencies,
    }
}

/// All that `name` reaches, over every system, feature and kind of dependency: rather too much than too little.
pub fn reached_from(name: &str, packages: &[Package]) -> BTreeSet<String> {
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        needs
            .entry(&package.name)
            .or_default()
            .extend(package.dependencies.iter().map(String::as_str));
    }
    let mut reached = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        for needed in needs.get(next).into_iter().flatten() {
            if reached.insert((*needed).to_owned()) {
                open.push(needed);
            }
        }
    }
    reached
}
