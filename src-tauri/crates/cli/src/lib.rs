//! SmartLinks in the terminal: the second host of the core. `smartlinks-cli` is this and nothing else, and the desktop binary
//! takes the same commands.
//!
//! A command is an adapter: it reads arguments, calls one use case of the core, and tells the outcome to people or, with
//! `--json`, to scripts. Documents, exit statuses and names are a contract; what is decided here is only how things are said.

mod args;
mod browser;
mod commands;
mod events;
pub mod exit;
pub mod failure;
pub mod host;
mod output;
mod secret;
mod signal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use smartlinks_core::ports::{Clock as _, SystemClock};
use smartlinks_core::words::Language;
use smartlinks_core::{Code, Error, Result};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use args::{Cli, Lang};
use host::Host;
use output::{note, say};

/// Whether arguments (without the program's name) ask for a command, rather than for the window or a deep link: they begin with a
/// word, a request for help or the version, or an option that only commands take. A word that is no command's name is a slip,
/// which the terminal explains; a window would only wonder.
#[must_use]
pub fn is_command(arguments: &[OsString]) -> bool {
    let Some(first) = arguments.first().map(|first| first.to_string_lossy()) else {
        return false;
    };
    let name = first.split_once('=').map_or(&*first, |(name, _)| name);
    let options = [
        "--help",
        "-h",
        "--version",
        "-V",
        "--json",
        "--lang",
        "--data-dir",
        "--verbose",
        "-v",
        "-vv",
    ];
    let a_word = first.starts_with(|letter: char| letter.is_ascii_alphabetic());
    options.contains(&name) || (a_word && !first.contains(':'))
}

/// Runs one command to its end. `arguments` come without the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let host = Host::from_environment();
    let named = std::iter::once(OsString::from("smartlinks-cli")).chain(arguments.iter().cloned());
    let cli = match Cli::try_parse_from(named) {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(refused(&error, &arguments, &host)),
    };
    log(cli.global.verbose);
    let host = Host {
        data_dir: cli.global.data_dir.clone().or(host.data_dir.clone()),
        ..host
    };
    let terminal = Terminal {
        language: match cli.global.lang {
            Some(Lang::Fr) => Language::French,
            Some(Lang::En) => Language::English,
            None => host.language(),
        },
        json: cli.global.json,
        host,
    };
    ExitCode::from(terminal.run(cli.command))
}

/// How a command is told, and with what it works.
struct Terminal {
    host: Host,
    json: bool,
    language: Language,
}

impl Terminal {
    fn run(&self, command: args::Command) -> u8 {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Error::new(Code::Unexpected, format!("no threads: {error}")));
        let outcome = match runtime {
            Ok(runtime) => {
                let outcome = runtime.block_on(commands::run(self, command));
                // A keychain that never answers must not keep a finished command from ending.
                runtime.shutdown_background();
                outcome
            }
            Err(error) => Err(error),
        };
        let told = outcome.and_then(|answer| {
            if self.json {
                if let Some(document) = &answer.document {
                    say(&document.to_string())?;
                }
            } else if !answer.text.is_empty() {
                say(&answer.text)?;
            }
            Ok(answer.status)
        });
        told.unwrap_or_else(|error| self.fail(&error))
    }

    /// Tells a failure, and gives its exit status.
    fn fail(&self, error: &Error) -> u8 {
        let now = SystemClock.now();
        if self.json {
            note(&failure::details_event(&error.view()).to_string());
            // Standard output may be what failed; the exit status says it all the same.
            let _ = say(&failure::document(error, self.language, now).to_string());
        } else {
            note(&failure::lines(&error.view(), self.language, now));
        }
        exit::status(error.code)
    }
}

/// A command line that cannot be read, a request for help, or one for the version.
fn refused(error: &clap::Error, arguments: &[OsString], host: &Host) -> u8 {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // A reader that went away is no failure.
        let _ = error.print();
        return exit::DONE;
    }
    let (json, language) = wanted(arguments, host.language());
    if !json {
        let _ = error.print();
        return exit::USAGE;
    }
    let terminal = Terminal {
        host: host.clone(),
        json,
        language,
    };
    terminal.fail(&Error::new(Code::BadInput, in_short(error)))
}

/// What clap says in its first sentence; the rest is help for people.
fn in_short(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("error: ");
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "a command is missing; see --help".to_owned()
    } else {
        line.to_owned()
    }
}

/// How to tell a failure of a command line that could not be read as a whole.
fn wanted(arguments: &[OsString], usual: Language) -> (bool, Language) {
    let mut words = arguments
        .iter()
        .map(|argument| argument.to_string_lossy())
        .take_while(|argument| argument != "--");
    let (mut json, mut language) = (false, usual);
    while let Some(word) = words.next() {
        let value = match word.as_ref() {
            "--json" => {
                json = true;
                None
            }
            "--lang" => words.next(),
            other => other
                .strip_prefix("--lang=")
                .map(|value| value.to_owned().into()),
        };
        match value.as_deref() {
            Some("fr") => language = Language::French,
            Some("en") => language = Language::English,
            _ => {}
        }
    }
    (json, language)
}

/// Logs on standard error, of our own rooms only: those of HTTP libraries would show addresses.
fn log(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let ours = [
        "smartlinks_core",
        "smartlinks_publish",
        "smartlinks_cli",
        "aliexpress",
        "cj",
    ];
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let only = Targets::new().with_targets(ours.map(|name| (name, level)));
    // The desktop binary may have set up logging before; its own is as good.
    let _ = tracing_subscriber::registry()
        .with(only)
        .with(lines)
        .try_init();
}

/// The answer of a command, or why there is none.
type Outcome = Result<output::Answer>;

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn a_deep_link_opens_the_window_and_a_command_does_not() {
        for command in [
            "status --json",
            "cj test",
            "aliexpress url",
            "sync cj",
            "products list",
            "changes list",
            "orders list",
            "publish postgres",
            "supabase test",
            "sandbox",
            "demo",
            "--help",
            "-V",
            "--json status",
            "--data-dir=/x status",
            "statu",
        ] {
            assert!(is_command(&words(command)), "{command}");
        }
        for window in [
            "app.smartlinks.desktop:/aliexpress/callback?code=x",
            "--practice",
            "",
            "/home/of/somebody/file.csv",
        ] {
            assert!(!is_command(&words(window)), "{window}");
        }
    }

    #[test]
    fn a_broken_command_line_is_still_answered_in_the_wanted_form() {
        let words =
            |line: &str| -> Vec<OsString> { line.split_whitespace().map(OsString::from).collect() };
        let english = Language::English;
        assert_eq!(
            wanted(&words("--lang fr nonsense --json"), english),
            (true, Language::French)
        );
        assert_eq!(
            wanted(&words("products search -- --json --lang=fr"), english),
            (false, english)
        );
    }
}
