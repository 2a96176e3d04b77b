//! A desktop of the test's own: home, display, bus and an unlocked keychain, gone without a trace afterwards.

use super::process::{Process, end_all_with, poll, run_within};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Where the windows open and the secrets are kept.
pub struct Desktop {
    home: tempfile::TempDir,
    display: String,
    bus: String,
    // Dropped in this order: the keychain before the bus it speaks on.
    _keychain: Option<Process>,
    _bus: Process,
    _xvfb: Process,
}

impl Desktop {
    /// With a keychain that is unlocked, as after a login.
    pub fn start() -> Self {
        let home = tempfile::Builder::new()
            .prefix("smartlinks-e2e-")
            .tempdir()
            .expect("a temporary home");
        for folder in ["data", "config", "cache", "state", "runtime"] {
            fs::create_dir(home.path().join(folder)).expect("a folder in the temporary home");
        }
        fs::set_permissions(
            home.path().join("runtime"),
            fs::Permissions::from_mode(0o700),
        )
        .expect("a private folder");

        let mut xvfb = Command::new("Xvfb");
        xvfb.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1400x1000x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let mut xvfb = Process::start(&mut in_home(xvfb, home.path()), "");
        let number: u32 = xvfb.announces(|line| line.parse().ok());
        let display = format!(":{number}");

        nobody_knows_the_password(&home.path().join("data/dbus-1/services"));
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        daemon.arg(format!(
            "--address=unix:path={}",
            home.path().join("runtime/bus").display()
        ));
        let mut daemon = in_home(daemon, home.path());
        let mut daemon = Process::start(daemon.env("DISPLAY", &display), "");
        let bus = daemon.announces(|line| line.starts_with("unix:").then(|| line.to_owned()));

        let mut desktop = Self {
            home,
            display,
            bus,
            _keychain: None,
            _bus: daemon,
            _xvfb: xvfb,
        };
        desktop.unlock_keychain();
        desktop
    }

    fn unlock_keychain(&mut self) {
        let mut keychain = self.command("gnome-keyring-daemon");
        keychain.args(["--foreground", "--unlock", "--components=secrets"]);
        self._keychain = Some(Process::start(
            &mut keychain,
            "the password of a keychain that lives for one test",
        ));
        let ready = poll(Duration::from_secs(30), || {
            let mut store = self.command("secret-tool");
            store.args(["store", "--label=probe", "e2e", "probe"]);
            let stored = run_within(&mut store, "probe", Duration::from_secs(5))?;
            stored.0.then_some(())
        });
        assert!(ready.is_some(), "gnome-keyring did not come up unlocked");
    }

    /// Locks it, as a desktop does after a while. Who then asks for a secret has the owner asked for the password; here the
    /// owner closes that dialog at once.
    pub fn lock_keychain(&self) {
        let mut lock = self.command("dbus-send");
        lock.args([
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.secrets",
        ]);
        lock.args([
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
        ]);
        lock.arg("array:objpath:/org/freedesktop/secrets/collection/login");
        let locked = run_within(&mut lock, "", Duration::from_secs(20));
        let (good, said) = locked.expect("dbus-send answers");
        assert!(
            good && said.contains("collection/login"),
            "not locked: {said}"
        );
    }

    /// Whether a program goes by a name like this on the bus. The bus forgets who ended a moment later than the system does.
    pub fn knows(&self, name: &str) -> bool {
        let mut list = self.command("dbus-send");
        list.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus"]);
        list.args(["/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames"]);
        let listed = run_within(&mut list, "", Duration::from_secs(20));
        let (good, names) = listed.expect("dbus-send answers");
        assert!(good, "the bus lists its names: {names}");
        names.contains(name)
    }

    /// A program that sees this desktop and nothing of the surrounding one.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = in_home(Command::new(program.as_ref()), self.home.path());
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1");
        command
    }

    /// Where the programs of this desktop speak with each other.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// A path in the temporary home.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Every secret that the application keeps in the keychain under this value of the `service` attribute.
    pub fn secrets_of(&self, service: &str) -> Vec<String> {
        let mut search = self.command("secret-tool");
        search.args(["search", "--all", "--unlock", "service", service]);
        let (_, listing) =
            run_within(&mut search, "", Duration::from_secs(20)).expect("secret-tool answers");
        listing
            .lines()
            .filter_map(|line| line.strip_prefix("secret = "))
            .map(str::to_owned)
            .collect()
    }

    /// The files of the temporary home that hold `needle` in plain bytes.
    pub fn files_with(&self, needle: &str) -> Vec<PathBuf> {
        assert!(needle.len() >= 8, "too short to be found in earnest");
        let mut found = Vec::new();
        search(self.home.path(), needle.as_bytes(), &mut found);
        found
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        // The home's path stands in the environment of all that was started here, and of nothing else.
        end_all_with(&self.home.path().to_string_lossy());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "PATH is the one thing taken over from the surroundings"
)]
fn in_home(mut command: Command, home: &Path) -> Command {
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LANG", "C.UTF-8")
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_RUNTIME_DIR", home.join("runtime"))
        .current_dir(home);
    command
}

/// The program that would show the keychain's dialog ends without one. What is in the home comes before what is installed.
fn nobody_knows_the_password(services: &Path) {
    fs::create_dir_all(services).expect("a folder in the temporary home");
    let service = "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/false\n";
    fs::write(
        services.join("org.gnome.keyring.SystemPrompter.service"),
        service,
    )
    .expect("a service of the bus");
}

fn search(folder: &Path, needle: &[u8], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else {
            continue;
        };
        if kind.is_dir() {
            search(&entry.path(), needle, found);
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            if bytes.windows(needle.len()).any(|part| part == needle) {
                found.push(entry.path());
            }
        }
    }
}
