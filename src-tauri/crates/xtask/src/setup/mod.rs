//! The system packages that the window and its tests need, found out before a compiler stumbles over them.
//!
//! Debian and its relatives are set up here; for every other system the exact words to type are named and the verb stops,
//! because guessing with somebody else's package manager does more harm than a sentence.

mod debian;
mod elsewhere;

use crate::process::Outcome;
use std::fs;

/// What the packages are for: each includes the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// The terminal commands: a C compiler for SQLite, nothing else.
    Terminal,
    /// The window: WebKitGTK and what it is built with.
    Window,
    /// The end-to-end test: a display, a bus, a keychain and a browser of its own.
    Tests,
}

impl For {
    /// The reason given before anything is installed.
    fn reason(self) -> &'static str {
        match self {
            Self::Terminal => "to compile the terminal commands",
            Self::Window => "to build and show the window",
            Self::Tests => {
                "to build the window and to test it with a display, keychain and browser of its own"
            }
        }
    }
}

/// Makes sure that everything for `purpose` is there, or says what to install and fails.
pub fn packages(purpose: For) -> Outcome {
    if cfg!(target_os = "linux") {
        let release = Release::parse(&fs::read_to_string("/etc/os-release").unwrap_or_default());
        if release.is_like("debian") || release.is_like("ubuntu") {
            return debian::packages(purpose, release.is_like("ubuntu"));
        }
        return elsewhere::linux(purpose, &release);
    }
    elsewhere::desktop(purpose)
}

/// What `/etc/os-release` says of the distribution: its id and those it descends from.
#[derive(Debug, Default, PartialEq, Eq)]
struct Release {
    ids: Vec<String>,
}

impl Release {
    fn parse(text: &str) -> Self {
        let ids = text
            .lines()
            .filter_map(|line| line.split_once('='))
            .filter(|(key, _)| matches!(*key, "ID" | "ID_LIKE"))
            .flat_map(|(_, value)| value.trim_matches(['"', '\'']).split_whitespace())
            .map(str::to_owned)
            .collect();
        Self { ids }
    }

    fn is_like(&self, id: &str) -> bool {
        self.ids.iter().any(|found| found == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_of_debian_is_set_up_like_debian() {
        let mint = Release::parse(
            "NAME=\"Linux Mint\"\nID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"22\"\n",
        );
        assert!(mint.is_like("debian") && mint.is_like("ubuntu"));
        let debian = Release::parse("ID=debian\n");
        assert!(debian.is_like("debian") && !debian.is_like("ubuntu"));
    }

    #[test]
    fn a_foreign_distribution_is_not_given_apt() {
        let fedora = Release::parse("NAME=Fedora\nID=fedora\nPRETTY_NAME=\"not debian\"\n");
        assert!(!fedora.is_like("debian"));
        assert_eq!(Release::parse(""), Release::default());
    }
}
