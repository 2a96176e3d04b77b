//! `cargo xtask run`: the application, from a fresh clone, with nothing typed in between.
//!
//! Practice suppliers are the default, so that a first try can reach no real account. Without a display the same journey
//! is made in the terminal: connect, authorize, synchronize, show.

use crate::process::{Outcome, cargo, run as start, say};
use crate::{setup, ui};

/// `arguments`: `--real` for the owner's own accounts; everything else goes to the application.
pub fn run(arguments: &[String]) -> Outcome {
    let real = arguments.iter().any(|argument| argument == "--real");
    let others: Vec<&String> = arguments
        .iter()
        .filter(|argument| *argument != "--real")
        .collect();
    if has_display() {
        setup::packages(setup::For::Window)?;
        ui::install()?;
        ui::build()?;
        say(if real {
            "Opening SmartLinks with your own accounts and data."
        } else {
            "Opening SmartLinks with practice suppliers on this machine (your own accounts: cargo xtask run -- --real)."
        });
        let mut window = cargo();
        window.args([
            "run",
            "--features",
            "custom-protocol",
            "--bin",
            "smartlinks",
            "--",
        ]);
        if !real {
            window.arg("--practice");
        }
        return start(window.args(others));
    }
    setup::packages(setup::For::Terminal)?;
    let mut terminal = cargo();
    terminal.args([
        "run",
        "--package",
        "smartlinks-cli",
        "--bin",
        "smartlinks-cli",
        "--",
    ]);
    if real {
        say("There is no display here, so no window: this is the state of your own accounts.");
        terminal.arg("status");
    } else {
        say(
            "There is no display here, so no window: the same journey in the terminal, with practice suppliers.",
        );
        terminal.arg("demo");
    }
    start(terminal.args(others))
}

/// Windows and macOS always have one for the person at the keyboard.
fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["WAYLAND_DISPLAY", "DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
