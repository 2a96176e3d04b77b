//! `cargo xtask VERB`: everything a person types to try, test and ship SmartLinks, one file a verb.
//!
//! `run` and `test` do all of their own set-up, because they are the README's whole quick start. Nothing here is part of
//! the application, and there is no dependency, so that the first `cargo xtask` on a fresh machine starts at once.
#![expect(
    clippy::disallowed_methods,
    reason = "a build tool is a host: it reads the environment and the clock itself"
)]

mod bench;
mod bindings;
mod dev;
mod package;
mod process;
mod run;
mod screenshots;
mod setup;
mod test;
mod ui;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run [-- --real]     opens the window with practice suppliers; --real: with your own accounts and data
cargo xtask test [--only STEP]  format, lints, UI and Rust tests, the end-to-end test; --only may be repeated
cargo xtask dev [-- ARGS]       the window with live reload of the pages and rebuild of the Rust side
cargo xtask bench [-- ARGS]     how fast it is, beside a bare loop and beside others; `bench help` lists the sections
cargo xtask bindings            writes the TypeScript types of ui/src/ipc/bindings from the Rust ones
cargo xtask screenshots         pictures of each tab, state, theme and language, into ui/screenshots
cargo xtask package [-- ARGS]   installers for this system (deb, AppImage, rpm | dmg | msi, nsis)

run and test install what is missing on Debian and Ubuntu, and name it elsewhere.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    // `cargo xtask run -- --real`: the separator is cargo's habit, not a word of ours.
    let rest: Vec<String> = arguments.filter(|argument| argument != "--").collect();
    let outcome = match verb.as_str() {
        "run" => run::run(&rest),
        "test" => test::test(&rest),
        "dev" => dev::dev(&rest),
        "bench" => bench::bench(&rest),
        "bindings" => bindings::bindings(),
        "screenshots" => screenshots::screenshots(),
        "package" => package::package(&rest),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("`{other}` is not a verb of cargo xtask.\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            process::say_failure(&failure.0);
            ExitCode::FAILURE
        }
    }
}
