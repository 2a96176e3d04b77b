//! `cargo xtask dev`: the window while working on it. Pages reload by themselves, a change of the Rust side rebuilds.

use crate::process::{Outcome, command, run};
use crate::{setup, ui};
use std::process::Command;

/// The Tauri command line, of the same release as the `tauri` crate. It is fetched when first used, because the quick
/// start does without it.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

/// `arguments` go to the application; without any it starts with practice suppliers.
pub fn dev(arguments: &[String]) -> Outcome {
    setup::packages(setup::For::Window)?;
    ui::install()?;
    let mut dev = tauri("dev");
    // The first separator ends the arguments of Tauri, the second those of cargo.
    dev.args(["--", "--"]);
    if arguments.is_empty() {
        dev.arg("--practice");
    }
    run(dev.args(arguments))
}

/// The Tauri command line at the root, where `tauri.conf.json` is.
pub fn tauri(verb: &str) -> Command {
    let mut tauri = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    tauri.args([
        "exec",
        "--yes",
        &format!("--package={TAURI_CLI}"),
        "--",
        "tauri",
        verb,
    ]);
    tauri
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn the_tauri_command_line_is_of_the_release_the_application_is_built_with() {
        let lock = std::fs::read_to_string(crate::process::root().join("Cargo.lock")).unwrap();
        let crate_version = lock
            .split("[[package]]")
            .find(|package| package.contains("name = \"tauri\"\n"))
            .and_then(|package| package.split("version = \"").nth(1)?.split('"').next())
            .unwrap();
        let minor = |version: &str| version.split('.').take(2).collect::<Vec<_>>().join(".");
        assert_eq!(
            minor(TAURI_CLI.rsplit('@').next().unwrap()),
            minor(crate_version),
            "bundling with another minor release than the crate's is refused by Tauri"
        );
    }
}
