//! `cargo xtask test`: all that must hold before a change is taken, in the order in which a mistake is found fastest.
//!
//! The pages are built before the Rust side is compiled, because the binary embeds them. The end-to-end test is a step
//! of its own: it starts the real window, and a failure there should not be looked for among the unit tests.

use crate::process::{Failure, Outcome, cargo, dim, failed, length, run, say};
use crate::{setup, ui};
use std::time::{Duration, Instant};

/// A name for `--only` and the table, what it is about, and the doing.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Outcome,
}

const STEPS: &[Step] = &[
    Step {
        name: "packages",
        about: "system packages",
        run: || setup::packages(setup::For::Tests),
    },
    Step {
        name: "fmt",
        about: "format of the Rust sources",
        run: fmt,
    },
    Step {
        name: "ui-install",
        about: "packages of the pages",
        run: ui::install,
    },
    Step {
        name: "ui-build",
        about: "the pages",
        run: ui::build,
    },
    Step {
        name: "ui-size",
        about: "weight of the pages",
        run: || ui::script("size"),
    },
    Step {
        name: "ui-check",
        about: "types of the pages",
        run: || ui::script("check"),
    },
    Step {
        name: "ui-lint",
        about: "lints of the pages",
        run: || ui::script("lint"),
    },
    Step {
        name: "ui-test",
        about: "tests of the pages",
        run: || ui::script("test"),
    },
    Step {
        name: "ui-e2e",
        about: "an owner's first day in a real browser",
        run: pages_in_a_browser,
    },
    Step {
        name: "clippy",
        about: "lints of the Rust sources",
        run: clippy,
    },
    Step {
        name: "rust-test",
        about: "Rust tests",
        run: rust_test,
    },
    Step {
        name: "fuzz",
        about: "garbage at the doors of an authorization, for a minute",
        run: fuzz,
    },
    Step {
        name: "e2e",
        about: "the real window, from outside",
        run: end_to_end,
    },
];

/// `arguments`: any number of `--only STEP`.
pub fn test(arguments: &[String]) -> Outcome {
    let chosen = chosen(arguments)?;
    let mut table = Vec::new();
    let mut outcome = Ok(());
    for step in chosen {
        say(&format!("── {}: {}", step.name, step.about));
        let start = Instant::now();
        let result = (step.run)();
        let good = result.is_ok();
        table.push((step.name, good, start.elapsed()));
        if let Err(Failure(sentence)) = result {
            outcome = failed(format!(
                "step {}: {sentence}\nOnly this step again: cargo xtask test --only {}",
                step.name, step.name
            ));
            break;
        }
    }
    show(&table);
    outcome
}

fn chosen(arguments: &[String]) -> Result<Vec<&'static Step>, Failure> {
    let names = STEPS
        .iter()
        .map(|step| step.name)
        .collect::<Vec<_>>()
        .join(", ");
    let mut only = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let name = match word.strip_prefix("--only=") {
            Some(name) => Some(name),
            None if word == "--only" => words.next().map(String::as_str),
            None => {
                return failed(format!(
                    "`{word}` is not an argument of cargo xtask test; it takes --only STEP, one of {names}"
                ));
            }
        };
        match STEPS.iter().find(|step| Some(step.name) == name) {
            Some(step) => only.push(step),
            None => return failed(format!("--only takes one of {names}")),
        }
    }
    if only.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    Ok(only)
}

fn show(table: &[(&str, bool, Duration)]) {
    eprintln!();
    for (name, good, duration) in table {
        let mark = if *good { "ok" } else { "FAILED" };
        eprintln!("{name:<12} {mark:<7} {:>12}", length(*duration));
    }
    let total = table.iter().map(|(_, _, duration)| *duration).sum();
    eprintln!("{}", dim(&format!("{:<20} {:>12}", "all", length(total))));
}

fn fmt() -> Outcome {
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome {
    let features = ["--features", "custom-protocol"];
    run(cargo()
        .args(["clippy", "--workspace", "--all-targets"])
        .args(features)
        .args(["--", "-D", "warnings"]))?;
    // Kept out of `--all-targets` by `test = false`, which keeps it out of the plain `cargo test`.
    // As part of the workspace, or cargo would build every dependency once more with fewer features.
    run(cargo()
        .args(["clippy", "--workspace", "--test", "e2e"])
        .args(features)
        .args(["--", "-D", "warnings"]))
}

fn rust_test() -> Outcome {
    run(cargo().args(["test", "--workspace", "--features", "custom-protocol"]))
}

/// Both doors at the same time. With the flags of the step before, so that nothing is built anew.
fn fuzz() -> Outcome {
    let at = |target: &'static [&'static str]| {
        std::thread::spawn(move || {
            run(cargo()
                .args(["test", "--workspace", "--features", "custom-protocol"])
                .args(target)
                .args(["--", "fuzz_"])
                .env("SMARTLINKS_FUZZ_SECONDS", "60"))
        })
    };
    let both = [at(&["--lib"]), at(&["--test", "journeys"])];
    both.into_iter().try_for_each(|door| {
        door.join()
            .unwrap_or_else(|_| failed("the fuzzing was not finished"))
    })
}

fn pages_in_a_browser() -> Outcome {
    if !cfg!(target_os = "linux") {
        eprintln!(
            "The pages are walked through in the system's Chromium, which is set up on Linux only: left out here."
        );
        return Ok(());
    }
    ui::script("e2e")
}

fn end_to_end() -> Outcome {
    if !cfg!(target_os = "linux") {
        eprintln!(
            "The end-to-end test drives WebKitGTK through its WebDriver, which exists on Linux only: left out here."
        );
        return Ok(());
    }
    run(cargo().args([
        "test",
        "--workspace",
        "--features",
        "custom-protocol",
        "--test",
        "e2e",
        "--",
        // Each has a display, a keychain and a browser of its own: two of them are enough for a small machine.
        "--test-threads=2",
    ]))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_a_filter_no_step_is_left_out() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
    }

    #[test]
    fn a_filter_runs_just_these_steps() {
        let names = |line: &str| {
            chosen(&words(line))
                .unwrap()
                .iter()
                .map(|step| step.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("--only fmt --only=clippy"), ["fmt", "clippy"]);
    }

    #[test]
    fn a_misspelt_step_is_refused_instead_of_testing_nothing() {
        for line in ["--only format", "--only", "fmt"] {
            assert!(
                chosen(&words(line)).is_err_and(|Failure(why)| why.contains("ui-test")),
                "{line}"
            );
        }
    }
}
