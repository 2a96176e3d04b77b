//! A desktop of the benchmark's own, for windows that are really painted: a display whose picture lies in a file, a bus, and a
//! keychain. Gone when it is dropped. What a window says is read in `window`, what it shows in `screen`, what it costs in `tree`.

pub mod screen;
pub mod tree;
pub mod window;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::Outcome;
use screen::Screen;

/// As large as the window, which so stands at its upper left corner: what the page calls a place is that place of the screen.
const SIZE: (usize, usize) = (1240, 800);
/// Folders that a home of its own needs.
const FOLDERS: [&str; 6] = ["data", "config", "cache", "state", "runtime", "screen"];

/// Where the windows open.
pub struct Desktop {
    /// Ended in the order opposite to their start.
    services: Vec<Child>,
    display: String,
    bus: String,
    home: tempfile::TempDir,
}

impl Desktop {
    /// Starts one; an error names the program that is missing.
    pub fn start() -> Outcome<Self> {
        let home = tempfile::Builder::new()
            .prefix("smartlinks-bench-")
            .tempdir()?;
        for folder in FOLDERS {
            fs::create_dir(home.path().join(folder))?;
        }
        fs::set_permissions(
            home.path().join("runtime"),
            fs::Permissions::from_mode(0o700),
        )?;
        let mut desktop = Self {
            services: Vec::new(),
            display: String::new(),
            bus: format!("unix:path={}", home.path().join("runtime/bus").display()),
            home,
        };
        let (width, height) = SIZE;
        let screen = format!("{width}x{height}x24");
        let folder = desktop.home.path().join("screen");
        let mut xvfb = desktop.command("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten"]);
        xvfb.args(["tcp", "-noreset", "-fbdir"]).arg(folder);
        desktop.display = format!(":{}", desktop.serve(xvfb)?);
        let mut bus = desktop.command("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        bus.arg(format!("--address={}", desktop.bus));
        desktop.bus = desktop.serve(bus)?;
        desktop.unlock_keychain()?;
        Ok(desktop)
    }

    /// A program that sees this desktop and nothing of the surrounding one.
    #[expect(
        clippy::disallowed_methods,
        reason = "PATH is the one thing taken over from the surroundings"
    )]
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program.as_ref());
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
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .current_dir(home);
        command
    }

    /// What a person would see now.
    pub fn screen(&self) -> Outcome<Screen> {
        Screen::read(&self.picture())
    }

    /// Where that lies, as an XWD file.
    pub fn picture(&self) -> PathBuf {
        self.home.path().join("screen/Xvfb_screen0")
    }

    /// As after a login: a window must not wait for a password that nobody types.
    fn unlock_keychain(&mut self) -> Outcome<()> {
        let mut keychain = self.command("gnome-keyring-daemon");
        keychain.args(["--foreground", "--unlock", "--components=secrets"]);
        self.start_service(keychain, "the password of a keychain for one benchmark")?;
        for _ in 0..20 {
            let mut probe = self.command("timeout");
            probe.args(["5", "secret-tool", "store", "--label=probe"]);
            probe.args(["bench", "probe"]).stdin(Stdio::piped());
            let mut probe = probe.stderr(Stdio::null()).spawn()?;
            drop(probe.stdin.take());
            if probe.wait()?.success() {
                return Ok(());
            }
            sleep(Duration::from_millis(200));
        }
        Err("gnome-keyring-daemon and secret-tool are needed, and did not come up".into())
    }

    /// Starts what lives as long as the desktop, and returns the first line it prints.
    fn serve(&mut self, command: Command) -> Outcome<String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let stdout = self.start_service(command, "")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        if line.is_empty() {
            return Err(format!("{name} ended at once").into());
        }
        Ok(line.trim().to_owned())
    }

    /// `input` is all that it will ever read.
    fn start_service(&mut self, mut command: Command, input: &str) -> Outcome<ChildStdout> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{name} could not be started: {error}"))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        self.services.push(child);
        stdin.ok_or("no input")?.write_all(input.as_bytes())?;
        Ok(stdout.ok_or("no output")?)
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for service in self.services.iter_mut().rev() {
            // Already gone is as good as ended.
            let _ = service.kill();
            let _ = service.wait();
        }
    }
}
