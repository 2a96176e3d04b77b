//! How pages are painted on a Linux machine without a graphics card.
//!
//! WebKit lays the parts of a page together with OpenGL. Where no card does that, the processor has to imitate one, for every
//! frame anew: measured on two cores, a list scrolled at 11 frames a second instead of 62, a tab took 190 ms instead of 110, and
//! a window needed 100 MiB more. Painted the plain way, nothing is missing. Where there is a card, nothing is touched.

use tauri::Runtime;
use tauri::plugin::{self, TauriPlugin};

/// Every window of ours, the one for signing in too.
pub fn plugin<R: Runtime>() -> TauriPlugin<R> {
    let builder = plugin::Builder::new("smartlinks-painting");
    #[cfg(target_os = "linux")]
    let builder = builder.on_webview_ready(|webview| {
        if linux::has_card() {
            return;
        }
        if let Err(error) = webview.with_webview(|webview| linux::plainly(&webview.inner())) {
            tracing::debug!(%error, "the page is painted as WebKit likes");
        }
    });
    builder.build()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::Path;

    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebView, WebViewExt as _};

    /// Where the system names the cards that draw for a program.
    const CARDS: &str = "/dev/dri";

    pub(super) fn has_card() -> bool {
        is_card_in(Path::new(CARDS))
    }

    fn is_card_in(folder: &Path) -> bool {
        let Ok(entries) = fs::read_dir(folder) else {
            return false;
        };
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    }

    pub(super) fn plainly(webview: &WebView) {
        if let Some(settings) = webview.settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    }

    #[cfg(test)]
    mod tests {
        #![expect(clippy::unwrap_used, reason = "a test may end at once")]
        use super::*;

        #[test]
        fn a_machine_with_a_graphics_card_keeps_it() {
            let folder = tempfile::tempdir().unwrap();
            assert!(!is_card_in(&folder.path().join("none")), "no such folder");
            fs::write(folder.path().join("card0"), "").unwrap();
            assert!(!is_card_in(folder.path()), "a screen alone draws nothing");
            fs::write(folder.path().join("renderD128"), "").unwrap();
            assert!(is_card_in(folder.path()));
        }
    }
}
