//! `cargo xtask package`: installers for the system this runs on.

use crate::dev::tauri;
use crate::process::{Outcome, run, say};
use crate::{setup, ui};

/// The kinds of installer each system can make of `bundle.targets`.
const KINDS: &str = if cfg!(target_os = "macos") {
    "dmg"
} else if cfg!(windows) {
    "nsis,msi"
} else {
    "deb,appimage,rpm"
};

/// `arguments` go to `tauri build`, for example `--bundles deb`.
pub fn package(arguments: &[String]) -> Outcome {
    setup::packages(setup::For::Window)?;
    ui::install()?;
    let mut build = tauri("build");
    if !arguments
        .iter()
        .any(|argument| argument == "--bundles" || argument == "--no-bundle")
    {
        build.args(["--bundles", KINDS]);
    }
    run(build.args(arguments))?;
    say("The installers are below target/release/bundle.");
    Ok(())
}
