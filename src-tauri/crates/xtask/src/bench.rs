//! `cargo xtask bench`: builds the benchmark as it would be shipped, optimised, and runs it. What it measures is its own
//! business: `cargo xtask bench help` lists the sections. The windows are built before, where it measures them.

use crate::process::{Outcome, cargo, run};
use crate::{setup, ui};

/// The section that measures windows.
const WINDOW: &str = "window";

/// `arguments`: sections and options of the benchmark.
pub fn bench(arguments: &[String]) -> Outcome {
    if wants_windows(arguments) {
        setup::packages(setup::For::Tests)?;
        windows()?;
    } else {
        setup::packages(setup::For::Terminal)?;
    }
    run(cargo()
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "smartlinks-bench",
            "--",
        ])
        .args(arguments))
}

/// Windows are measured on Linux, when their section is named, or none is.
fn wants_windows(arguments: &[String]) -> bool {
    let names = arguments.iter().enumerate().filter(|(at, word)| {
        let value = at.checked_sub(1).and_then(|before| arguments.get(before));
        !word.starts_with('-') && value.is_none_or(|flag| !flag.starts_with('-'))
    });
    let names: Vec<&str> = names.map(|(_, word)| word.as_str()).collect();
    cfg!(target_os = "linux") && (names.is_empty() || names.contains(&WINDOW))
}

/// SmartLinks, and the smallest window with a page that it is measured beside.
fn windows() -> Outcome {
    ui::install()?;
    ui::build_measured()?;
    ui::script("smallest")?;
    run(cargo().args([
        "build",
        "--release",
        "--features",
        "smallest",
        "--bin",
        "smartlinks",
        "--example",
        "smallest",
    ]))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn windows_are_built_only_where_they_are_measured() {
        for (line, expected) in [
            ("", true),
            ("--runs 3", true),
            ("sync window", true),
            ("sync --runs 3", false),
            ("help", false),
        ] {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            assert_eq!(wants_windows(&words), expected, "{line:?}");
        }
    }
}
