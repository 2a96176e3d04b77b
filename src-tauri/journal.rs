//! The log file: what our own rooms trace, without anything that could sign somebody in.
//!
//! Addresses and arguments carry codes, states and sessions. Other crates log what they are handed, so they are left out
//! altogether; a line of ours that holds an address all the same is kept without its words.

use std::borrow::Cow;
use std::path::PathBuf;

use smartlinks_core::ports::{Clock as _, SystemClock};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_log::log::LevelFilter;
use tauri_plugin_log::{Builder, RotationStrategy, Target, TargetKind};

/// Our own crates, as they are named in a record.
const OURS: [&str; 6] = [
    "smartlinks_lib",
    "smartlinks_core",
    "smartlinks_cli",
    "smartlinks_sandbox",
    "aliexpress",
    "cj",
];
/// What an address, and nothing else we write, contains.
const TELLTALE: [&str; 6] = [
    "://",
    "app.smartlinks.desktop:",
    "?code=",
    "&code=",
    "state=",
    "session=",
];
/// The name of the file, without its ending.
const FILE: &str = "smartlinks";
/// Lines of it that go into a request for help.
const LINES: usize = 60;
/// Bytes before a new file is begun.
const SIZE: u128 = 1_000_000;

/// Where an owner who moved the data wants the log; none is the system's place for logs. Managed where there is a log at all.
#[derive(Debug)]
pub struct Folder(pub Option<PathBuf>);

/// The log plugin. `folder` is where an owner who moved the data wants the log too; otherwise the system's place for logs.
pub fn plugin<R: Runtime>(folder: Option<PathBuf>) -> TauriPlugin<R> {
    let file_name = Some(FILE.to_owned());
    let kind = match folder {
        Some(path) => TargetKind::Folder { path, file_name },
        None => TargetKind::LogDir { file_name },
    };
    Builder::new()
        .clear_targets()
        .target(Target::new(kind))
        .level(LevelFilter::Info)
        .max_file_size(SIZE)
        .rotation_strategy(RotationStrategy::KeepOne)
        .filter(|metadata| is_ours(metadata.target()))
        .format(|out, message, record| {
            let line = message.to_string();
            let now = SystemClock.now();
            out.finish(format_args!(
                "{now:.3} {} {} {}",
                record.level(),
                record.target(),
                presentable(&line)
            ));
        })
        .build()
}

/// The last lines of the log, for a request for help; nothing where there is no log.
pub async fn end<R: Runtime>(app: &AppHandle<R>) -> String {
    let Some(folder) = app.try_state::<Folder>() else {
        return String::new();
    };
    let folder = match folder.0.clone() {
        Some(folder) => folder,
        None => match app.path().app_log_dir() {
            Ok(folder) => folder,
            Err(_) => return String::new(),
        },
    };
    let text = tokio::fs::read_to_string(folder.join(format!("{FILE}.log"))).await;
    let text = text.unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

fn is_ours(target: &str) -> bool {
    let room = target.split("::").next().unwrap_or_default();
    OURS.contains(&room)
}

fn presentable(line: &str) -> Cow<'_, str> {
    if TELLTALE.iter().any(|telltale| line.contains(telltale)) {
        Cow::Borrowed("(withheld: it holds an address)")
    } else {
        Cow::Borrowed(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_sent_to_support_signs_nobody_in() {
        for line in [
            "got app.smartlinks.desktop:/aliexpress/callback?code=3_500000_x",
            "GET https://api-sg.aliexpress.com/sync?session=abc",
            "query ?state=s&code=3_500000_x",
        ] {
            assert!(!presentable(line).contains("3_500000_x"));
            assert!(!presentable(line).contains("abc"));
        }
        let fact = "a redirect was not taken code=NoAttempt";
        assert_eq!(presentable(fact), fact, "facts stay readable");
        assert!(is_ours("smartlinks_core::authorization") && is_ours("cj"));
        assert!(!is_ours("reqwest::connect") && !is_ours("tauri_plugin_deep_link"));
        assert!(!is_ours("cjk_fonts"), "only whole names are ours");
    }
}
