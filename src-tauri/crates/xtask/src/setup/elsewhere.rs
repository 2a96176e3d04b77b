//! Every other system: looks for what is needed and, where something lacks, names the words to type and stops.

use super::{For, Release};
use crate::process::{Failure, Outcome, command, failed, in_path, output};
use std::path::Path;

/// Programs of the end-to-end test.
const PROGRAMS: &[&str] = &[
    "Xvfb",
    "WebKitWebDriver",
    "dbus-daemon",
    "gnome-keyring-daemon",
    "secret-tool",
    "chromedriver",
];

/// A family of distributions with the words that install everything, for the window and for the tests.
struct Family {
    id: &'static str,
    window: &'static str,
    tests: &'static str,
}

const FAMILIES: &[Family] = &[
    Family {
        id: "fedora",
        window: "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config webkit2gtk4.1-devel librsvg2-devel xdg-utils desktop-file-utils",
        tests: "sudo dnf install xorg-x11-server-Xvfb dbus-daemon gnome-keyring libsecret chromium chromedriver",
    },
    Family {
        id: "arch",
        window: "sudo pacman -S --needed base-devel webkit2gtk-4.1 librsvg xdg-utils desktop-file-utils",
        tests: "sudo pacman -S --needed xorg-server-xvfb dbus gnome-keyring libsecret chromium",
    },
    Family {
        id: "suse",
        window: "sudo zypper install gcc gcc-c++ make pkg-config webkit2gtk3-devel librsvg-devel xdg-utils desktop-file-utils",
        tests: "sudo zypper install xorg-x11-server-Xvfb dbus-1-daemon gnome-keyring libsecret-tools chromium chromedriver",
    },
];

/// Linux without apt.
pub fn linux(purpose: For, release: &Release) -> Outcome {
    let mut missing = Vec::new();
    if !["cc", "gcc", "clang"]
        .iter()
        .any(|compiler| in_path(compiler))
    {
        missing.push("a C compiler");
    }
    if purpose >= For::Window {
        for (module, name) in [
            ("webkit2gtk-4.1", "the development files of WebKitGTK 4.1"),
            ("librsvg-2.0", "those of librsvg"),
        ] {
            let mut query = command("pkg-config");
            if output(query.args(["--modversion", module]))
                .is_none_or(|version| version.trim().is_empty())
            {
                missing.push(name);
            }
        }
    }
    if purpose >= For::Tests {
        missing.extend(PROGRAMS.iter().filter(|program| !in_path(program)));
        if !["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .any(|browser| in_path(browser))
        {
            missing.push("Chromium");
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure(advice(purpose, release, &missing)))
}

fn advice(purpose: For, release: &Release, missing: &[&str]) -> String {
    let what = format!("Missing {}: {}.", purpose.reason(), missing.join(", "));
    let Some(family) = FAMILIES
        .iter()
        .find(|family| release.ids.iter().any(|id| id.contains(family.id)))
    else {
        return format!(
            "{what} Install them with the package manager of this system, then try again."
        );
    };
    let tests = if purpose >= For::Tests {
        format!("\n  {}", family.tests)
    } else {
        String::new()
    };
    format!(
        "{what} Install them, then try again:\n  {}{tests}",
        family.window
    )
}

/// macOS and Windows. A linker is there, or this program would not have been built.
pub fn desktop(purpose: For) -> Outcome {
    if purpose >= For::Window && cfg!(windows) && !has_webview2() {
        return failed(
            "The Microsoft Edge WebView2 runtime is missing, which shows the window. Install it, then try again:\n  \
             winget install --id Microsoft.EdgeWebView2Runtime",
        );
    }
    if cfg!(target_os = "macos")
        && output(command("xcode-select").arg("-p")).is_none_or(|path| path.trim().is_empty())
    {
        return failed(
            "The Apple command line tools are missing. Install them, then try again:\n  xcode-select --install",
        );
    }
    Ok(())
}

fn has_webview2() -> bool {
    ["ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"]
        .iter()
        .filter_map(std::env::var_os)
        .any(|folder| {
            Path::new(&folder)
                .join("Microsoft/EdgeWebView/Application")
                .is_dir()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fedora_owner_is_told_the_words_to_type() {
        let release = Release::parse("ID=nobara\nID_LIKE=\"rhel centos fedora\"\n");
        let window = advice(
            For::Window,
            &release,
            &["the development files of WebKitGTK 4.1"],
        );
        assert!(
            window.contains("sudo dnf install") && window.contains("webkit2gtk4.1-devel"),
            "{window}"
        );
        assert!(
            !window.contains("Xvfb"),
            "nothing for tests is asked of a person who only wants the window: {window}"
        );
        assert!(advice(For::Tests, &release, &["Xvfb"]).contains("xorg-x11-server-Xvfb"));
    }

    #[test]
    fn on_an_unknown_system_the_missing_things_are_still_named() {
        let words = advice(
            For::Tests,
            &Release::parse("ID=void\n"),
            &["Xvfb", "secret-tool"],
        );
        assert!(words.contains("Xvfb, secret-tool"), "{words}");
    }
}
