//! Starting the programs that do the work, saying what is started, and turning a bad end into one sentence.
//!
//! Not for deciding what to start: that is each verb's own business.

use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What went wrong, in words for the person at the terminal, next step included.
#[derive(Debug)]
pub struct Failure(pub String);

/// What every verb returns.
pub type Outcome = Result<(), Failure>;

/// A failure made of one sentence.
pub fn failed<T>(sentence: impl Into<String>) -> Result<T, Failure> {
    Err(Failure(sentence.into()))
}

/// The folder of the top-level `Cargo.toml`.
pub fn root() -> PathBuf {
    // src-tauri/crates/xtask is three below the root, and stays so as long as the workspace finds this crate.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).unwrap_or(here).to_path_buf()
}

/// The cargo that runs this very program, so that a toolchain chosen with `+` is kept.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm, in `ui/`.
pub fn npm() -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui"));
    npm
}

/// A program started at the root of the repository.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Says the command, runs it with this terminal's streams and waits for its end.
pub fn run(command: &mut Command) -> Outcome {
    let words = spoken(command);
    eprintln!("{}", dim(&format!("$ {words}")));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => match status.code() {
            Some(code) => failed(format!("`{words}` ended with exit status {code}")),
            None => failed(format!("`{words}` was stopped by a signal")),
        },
        Err(error) => failed(format!("`{words}` could not be started: {error}")),
    }
}

/// What a program prints, whatever its exit status; `None` when it cannot be started.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is in PATH.
pub fn in_path(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

/// The command as a person would type it, without the folder of the program.
fn spoken(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A sentence about what comes next.
pub fn say(sentence: &str) {
    eprintln!("{}", paint("1", sentence));
}

/// The last sentence of a verb that failed.
pub fn say_failure(sentence: &str) {
    eprintln!("{} {sentence}", paint("1;31", "failed:"));
}

/// Less important words.
pub fn dim(words: &str) -> String {
    paint("2", words)
}

fn paint(code: &str, words: &str) -> String {
    let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if coloured {
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    } else {
        words.to_owned()
    }
}

/// `0.4 s`, `12.3 s`, `3 min 05 s`.
pub fn length(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_is_named_with_its_exit_status() {
        let mut cargo = cargo();
        cargo.args(["--no-such-option"]).stderr(Stdio::null());
        let Err(Failure(sentence)) = run(&mut cargo) else {
            unreachable!("cargo accepted an option that does not exist")
        };
        assert!(
            sentence.contains("--no-such-option"),
            "the command is named: {sentence}"
        );
        assert!(
            sentence.contains("exit status"),
            "so is how it ended: {sentence}"
        );
    }

    #[test]
    fn the_root_is_where_the_window_is_configured() {
        assert!(
            root().join("tauri.conf.json").is_file(),
            "{}",
            root().display()
        );
    }

    #[test]
    fn long_steps_are_told_in_minutes() {
        assert_eq!(length(Duration::from_millis(420)), "0.4 s");
        assert_eq!(length(Duration::from_secs(185)), "3 min 05 s");
    }
}
