//! Debian, Ubuntu and their relatives: what `dpkg` lacks is installed by `apt-get`, as root or by `sudo` after saying why.

use super::For;
use crate::process::{Outcome, command, failed, in_path, output, run, say};

const TERMINAL: &[&str] = &["build-essential", "ca-certificates"];
const WINDOW: &[&str] = &[
    "desktop-file-utils",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "pkg-config",
    "xdg-utils",
];
const TESTS: &[&str] = &[
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "openssl",
    "postgresql",
    "webkit2gtk-driver",
    "xdotool",
    "xvfb",
];
const BROWSER: &[&str] = &["chromium", "chromium-driver"];
/// Ubuntu has no Chromium of its own: these two bring the snap.
const BROWSER_UBUNTU: &[&str] = &["chromium-browser", "chromium-chromedriver"];

pub fn packages(purpose: For, ubuntu: bool) -> Outcome {
    // A browser that is there counts, wherever it came from.
    let has_browser = in_path("chromedriver") && (in_path("chromium") || in_path("google-chrome"));
    let wanted = wanted(purpose, ubuntu, has_browser);
    let mut query = command("dpkg-query");
    query
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(&wanted);
    let Some(listing) = output(&mut query) else {
        return failed(
            "dpkg-query could not be started, though this system says it is a Debian or a relative of it",
        );
    };
    let missing = missing(&wanted, &listing);
    if missing.is_empty() {
        return Ok(());
    }
    let root = output(command("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let by_hand = format!("apt-get install {}", missing.join(" "));
    if !root && !in_path("sudo") {
        return failed(format!(
            "These packages are missing {}. As root: {by_hand}",
            purpose.reason()
        ));
    }
    say(&format!(
        "Installing {} with apt-get, {}.",
        missing.join(", "),
        purpose.reason()
    ));
    if !root {
        say("sudo may ask for your password: installing system packages needs the administrator.");
    }
    let apt = |arguments: &[&str]| {
        let mut apt = if root {
            command("env")
        } else {
            command("sudo")
        };
        if !root {
            apt.arg("env");
        }
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .args(arguments);
        apt
    };
    run(&mut apt(&["update"]))?;
    // A fresh machine is often busy with its own updates for the first minutes.
    let install = [
        "-o",
        "DPkg::Lock::Timeout=180",
        "install",
        "--yes",
        "--no-install-recommends",
    ];
    run(apt(&install).args(&missing))
}

fn wanted(purpose: For, ubuntu: bool, has_browser: bool) -> Vec<&'static str> {
    let mut wanted = TERMINAL.to_vec();
    if purpose >= For::Window {
        wanted.extend(WINDOW);
    }
    if purpose >= For::Tests {
        wanted.extend(TESTS);
        if !has_browser {
            wanted.extend(if ubuntu { BROWSER_UBUNTU } else { BROWSER });
        }
    }
    wanted
}

/// Those that `dpkg-query` does not report as installed. Packages that dpkg never heard of are absent from the listing;
/// removed ones stand there as `config-files`.
fn missing<'a>(wanted: &[&'a str], listing: &str) -> Vec<&'a str> {
    let installed: Vec<&str> = listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|package| !installed.contains(package))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_and_an_unknown_package_are_both_installed_again() {
        let listing = "build-essential installed\nxvfb config-files\ndbus half-configured\n";
        assert_eq!(
            missing(
                &["build-essential", "xvfb", "dbus", "gnome-keyring"],
                listing
            ),
            ["xvfb", "dbus", "gnome-keyring"]
        );
    }

    #[test]
    fn a_package_whose_name_only_begins_alike_does_not_count() {
        assert_eq!(
            missing(&["chromium"], "chromium-driver installed\n"),
            ["chromium"]
        );
    }

    #[test]
    fn the_terminal_needs_no_window_library() {
        assert_eq!(wanted(For::Terminal, false, false), TERMINAL);
        assert!(wanted(For::Window, false, false).contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!wanted(For::Window, false, false).contains(&"xvfb"));
    }

    #[test]
    fn a_browser_that_is_there_is_not_installed_twice() {
        assert!(wanted(For::Tests, false, false).contains(&"chromium-driver"));
        assert!(wanted(For::Tests, true, false).contains(&"chromium-chromedriver"));
        assert!(
            !wanted(For::Tests, true, true)
                .iter()
                .any(|package| package.contains("chrom"))
        );
    }
}
