//! `app.smartlinks.desktop:/aliexpress/callback?…` from the operating system: at the start, while running, or through a second
//! start of the program. All of it ends in the core's one `finish`; the address is never logged.
//!
//! The plugin for links only registers us with the system. What it would do with a link is to send the whole address, code
//! included, to every page of the application; so no link is handed to it.

use std::path::PathBuf;

use smartlinks_core::authorization::callback::SCHEME;
use smartlinks_core::authorization::finish;
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_deep_link::DeepLinkExt as _;
use url::Url;

use crate::state::AppState;

/// The one thing a link may be about.
const PATH: &str = "/aliexpress/callback";

/// Takes the link the program was started with, if it was by one.
pub fn take_first<R: Runtime>(app: &AppHandle<R>) {
    // On macOS it comes as an event, later. No page is there yet that the plugin could have told.
    #[cfg(not(target_os = "macos"))]
    if let Ok(Some(urls)) = app.deep_link().get_current() {
        take(app, &urls);
    }
}

/// Takes the link a second start was given, by which the systems other than macOS hand links to a program that runs.
pub fn take_from_second_start<R: Runtime>(app: &AppHandle<R>, arguments: &[String]) {
    if let [_program, link] = arguments
        && let Ok(url) = Url::parse(link)
    {
        take(app, &[url]);
    }
}

/// Hands a redirect on, in the background; how it went is told by events, like at any other door.
pub fn take<R: Runtime>(app: &AppHandle<R>, urls: &[Url]) {
    let Some(redirect) = redirect(urls) else {
        tracing::warn!("a link that is no redirect was left alone");
        return;
    };
    hand_on(app, redirect.to_string());
}

/// Ends the waiting attempt with a redirect, in the background.
pub fn hand_on<R: Runtime>(app: &AppHandle<R>, redirect: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let finished = match app.state::<AppState>().shop().await {
            Ok(shop) => finish(&shop, &redirect).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = finished {
            tracing::info!(code = ?error.code, "a redirect was not taken");
        }
    });
}

/// Exactly one address, of our scheme and path. `scheme:/path` and `scheme:///path` are the same to the systems.
fn redirect(urls: &[Url]) -> Option<&Url> {
    let [url] = urls else { return None };
    let ours = url.scheme() == SCHEME
        && url.path() == PATH
        && url.host_str().unwrap_or_default().is_empty();
    ours.then_some(url)
}

/// Makes this program the one that opens such links, where that is done at run time (an installer does it elsewhere), and
/// checks that the system agrees: otherwise the owner would consent and nothing would come back.
pub async fn register<R: Runtime>(app: AppHandle<R>) {
    if !cfg!(any(target_os = "linux", target_os = "windows")) {
        return;
    }
    let handle = app.clone();
    // It runs programs of the system and waits for them.
    let registered = tauri::async_runtime::spawn_blocking(move || {
        let registered = handle.deep_link().register_all().is_ok();
        if registered
            && let Some(entry) = entry(&handle)
            && let Ok(text) = std::fs::read_to_string(&entry)
            && let Some(plainer) = without_quotes(&text)
            && std::fs::write(&entry, plainer).is_err()
        {
            tracing::warn!(
                code = "deep_link_entry",
                "the entry for links stays as it is"
            );
        }
        registered
    });
    if !registered.await.unwrap_or_default() {
        tracing::warn!(
            code = "deep_link_not_registered",
            "links will not come back by themselves"
        );
    } else if cfg!(target_os = "linux") && !is_ours(&app).await {
        tracing::warn!(
            code = "deep_link_of_another",
            "another program opens our links"
        );
    }
}

/// The entry the plugin writes for the program that runs; none where entries are not files.
fn entry<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let name = program_name()?;
    let data = app.path().data_dir().ok()?;
    Some(data.join(format!("applications/{name}-handler.desktop")))
}

fn program_name() -> Option<String> {
    let program = tauri::utils::platform::current_exe().ok()?;
    Some(program.file_name()?.to_str()?.to_owned())
}

/// The entry with a program that is not in quotes, where it needs none: without GNOME, KDE or Xfce it is `xdg-open` itself
/// that starts the program, and up to version 1.1.3 (Debian 12, Ubuntu 24.04) it does not understand them.
fn without_quotes(entry: &str) -> Option<String> {
    let (before, rest) = entry.split_once("Exec=\"")?;
    let (program, after) = rest.split_once('"')?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._+-".contains(letter);
    program
        .chars()
        .all(plain)
        .then(|| format!("{before}Exec={program}{after}"))
}

/// Whether the desktop names us for our scheme.
async fn is_ours<R: Runtime>(app: &AppHandle<R>) -> bool {
    use tauri_plugin_shell::ShellExt as _;
    let Some(name) = program_name() else {
        return false;
    };
    let asked = app
        .shell()
        .command("xdg-mime")
        .args(["query", "default", &format!("x-scheme-handler/{SCHEME}")])
        .output()
        .await;
    // The installed package has an entry of its own, named after the product.
    let entries = [
        format!("{name}-handler.desktop"),
        "SmartLinks.desktop".to_owned(),
    ];
    asked.is_ok_and(|output| {
        let answer = String::from_utf8_lossy(&output.stdout);
        let first = answer.lines().next().unwrap_or_default().trim();
        entries.iter().any(|entry| entry == first)
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    fn taken(texts: &[&str]) -> bool {
        let urls: Vec<Url> = texts.iter().map(|text| Url::parse(text).unwrap()).collect();
        redirect(&urls).is_some()
    }

    #[test]
    fn a_link_finds_the_program_on_a_desktop_that_does_not_read_quotes() {
        let entry = |program: &str| format!("[Desktop Entry]\nExec={program} %u\nTerminal=false\n");
        assert_eq!(
            without_quotes(&entry("\"/usr/bin/smartlinks\"")),
            Some(entry("/usr/bin/smartlinks"))
        );
        for needed in [
            "\"/home/a b/smartlinks\"",
            "\"/opt/$x/smartlinks\"",
            "/usr/bin/smartlinks",
        ] {
            assert_eq!(without_quotes(&entry(needed)), None, "{needed}");
        }
    }

    #[test]
    fn only_the_redirect_of_an_authorization_comes_in_by_a_link() {
        assert!(taken(&[
            "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_a&state=s"
        ]));
        assert!(taken(&[
            "app.smartlinks.desktop:///aliexpress/callback?error=access_denied"
        ]));
        for texts in [
            &["app.smartlinks.desktop:/aliexpress/callback/../disconnect"][..],
            &["app.smartlinks.desktop://aliexpress/callback?code=3_500000_a"],
            &["app.smartlinks.desktop:/orders"],
            &["https://shop.example/aliexpress/callback?code=3_500000_a"],
            &[],
            &[
                "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_a",
                "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_b",
            ],
        ] {
            assert!(!taken(texts), "{texts:?}");
        }
    }
}
