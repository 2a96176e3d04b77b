//! A keychain of the test's own: a private bus and an unlocked gnome-keyring, both gone when the test is over.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use smartlinks_sandbox::Sandbox;

use crate::home::Home;

/// The longest a keychain may take to come up on a busy machine.
const READY: Duration = Duration::from_secs(60);

/// No service files: were the keyring asked for too soon, the bus would start a second, locked one.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// A home with a keychain. Derefs to the home.
pub struct Owner {
    home: Home,
    // Dropped in this order: the keyring before the bus it speaks on.
    _keyring: Process,
    _bus: Process,
}

impl std::ops::Deref for Owner {
    type Target = Home;
    fn deref(&self) -> &Home {
        &self.home
    }
}

impl std::ops::DerefMut for Owner {
    fn deref_mut(&mut self) -> &mut Home {
        &mut self.home
    }
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether this machine has what a keychain takes; `cargo xtask test` installs it.
fn installed() -> bool {
    ["dbus-daemon", "gnome-keyring-daemon", "secret-tool"]
        .iter()
        .all(|program| {
            let found = Command::new("sh")
                .args(["-c", "command -v \"$1\"", "sh", program])
                .stdout(Stdio::null())
                .status();
            found.is_ok_and(|status| status.success())
        })
}

impl Owner {
    /// An owner whose keychain is unlocked, as after a login, with both suppliers; nothing where the machine has no keychain.
    pub fn new(sandbox: &Sandbox) -> Option<Self> {
        if !installed() {
            eprintln!("left out: dbus, gnome-keyring and libsecret-tools are not installed here");
            return None;
        }
        let mut home = Home::new().with(sandbox);
        let (config, socket) = (home.path("bus.conf"), home.path("runtime/bus"));
        let text = BUS.replace("SOCKET", &socket.display().to_string());
        std::fs::write(&config, text).expect("the bus's configuration");

        let mut bus = home.program("dbus-daemon");
        bus.arg(format!("--config-file={}", config.display()));
        bus.args(["--nofork", "--nopidfile", "--print-address=1"]);
        let mut bus = Process(
            bus.stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("dbus-daemon"),
        );
        let mut address = String::new();
        let mut said = BufReader::new(bus.0.stdout.take().expect("its output"));
        said.read_line(&mut address).expect("its address");
        home.set("DBUS_SESSION_BUS_ADDRESS", address.trim());

        let mut keyring = home.program("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut keyring = Process(
            keyring
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("gnome-keyring-daemon"),
        );
        let mut password = keyring.0.stdin.take().expect("its input");
        password
            .write_all(b"the password of a keychain that lives for one test")
            .expect("the password");
        drop(password);

        let start = Instant::now();
        while !stores(&home) {
            assert!(
                start.elapsed() < READY,
                "gnome-keyring did not come up unlocked"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        Some(Self {
            home,
            _keyring: keyring,
            _bus: bus,
        })
    }

    /// Every secret the program keeps in this keychain.
    pub fn secrets(&self) -> Vec<String> {
        let found = self
            .program("secret-tool")
            .args(["search", "--all", "--unlock", "service"])
            .arg("app.smartlinks.desktop")
            .output()
            .expect("secret-tool");
        String::from_utf8_lossy(&found.stdout)
            .lines()
            .filter_map(|line| line.strip_prefix("secret = "))
            .map(str::to_owned)
            .collect()
    }
}

fn stores(home: &Home) -> bool {
    let store = home
        .program("secret-tool")
        .args(["store", "--label=probe", "test", "probe"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    store.is_ok_and(|mut store| {
        let mut input = store.stdin.take().expect("its input");
        let _ = input.write_all(b"probe");
        drop(input);
        store.wait().is_ok_and(|status| status.success())
    })
}
