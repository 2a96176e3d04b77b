//! `cargo xtask bench`: how fast SmartLinks is, always beside something else measured in the same minute.
//!
//! Absolute figures of a busy machine mean little, so whatever can be paired is: A, B, A, B, and the median of the ratios.
//! Everything that is timed runs in a child process of its own, so that peak memory is its own, too, and the simulated
//! suppliers cost it nothing but a core. One file a section, in `sections`; what a child does is in `roles`.
//! Nothing here is shipped, and nothing here passes or fails: it prints.

mod child;
#[cfg(target_os = "linux")]
mod desktop;
mod numbers;
mod roles;
mod sections;
mod stage;
mod table;

use std::process::ExitCode;

use sections::SECTIONS;

/// Whatever went wrong, in words.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What was asked for on the command line.
#[derive(Debug, Clone)]
struct Plan {
    /// Products to take in, where a section does not name its own size.
    rows: u64,
    /// Pairs of runs.
    runs: usize,
    /// A folder to fill once and use again, for the section that needs a million products.
    keep: Option<std::path::PathBuf>,
}

const USAGE: &str = "\
cargo xtask bench [SECTION…] [--rows N] [--runs N] [--keep FOLDER]

--rows   products to take in, where a section does not name its own size (100000)
--runs   pairs of runs (5)
--keep   fill this folder with the products to search through, or use what it holds";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((word, rest)) if word == "--role" => roles::play(rest),
        Some((word, _)) if matches!(word.as_str(), "help" | "--help" | "-h") => {
            usage();
            Ok(())
        }
        _ => bench(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() {
    println!("{USAGE}\n");
    for section in SECTIONS {
        println!("{:<10} {}", section.name, section.about);
    }
}

fn bench(arguments: &[String]) -> Outcome<()> {
    let (plan, names) = plan(arguments)?;
    let unknown = names
        .iter()
        .find(|name| SECTIONS.iter().all(|section| section.name != **name));
    if let Some(name) = unknown {
        usage();
        return Err(format!("there is no section `{name}`").into());
    }
    println!("{}\n", numbers::machine());
    let mut lines = Vec::new();
    for section in SECTIONS {
        if names.is_empty() || names.iter().any(|name| name == section.name) {
            eprintln!("── {}: {}", section.name, section.about);
            lines.extend((section.run)(&plan)?);
        }
    }
    table::show(&lines);
    println!("\n{}", numbers::machine());
    Ok(())
}

fn plan(arguments: &[String]) -> Outcome<(Plan, Vec<String>)> {
    let mut plan = Plan {
        rows: 100_000,
        runs: 5,
        keep: None,
    };
    let mut names = Vec::new();
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"))
        };
        match word.as_str() {
            "--rows" => plan.rows = value()?.parse()?,
            "--runs" => plan.runs = value()?.parse::<usize>()?.max(1),
            "--keep" => plan.keep = Some(value()?.into()),
            flag if flag.starts_with('-') => {
                return Err(format!("unknown: {flag}\n\n{USAGE}").into());
            }
            name => names.push(name.to_owned()),
        }
    }
    Ok((plan, names))
}
