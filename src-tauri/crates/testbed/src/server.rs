//! A real PostgreSQL: its own folder and port on loopback, never as root, stopped when it is dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use secrecy::SecretString;
use tokio_postgres::{Client, NoTls};

/// The owner of the server.
pub const OWNER: &str = "owner";
/// A password with the letters that break careless code.
pub const PASSWORD: &str = "made up/pass@word#1";
const PASSWORD_IN_URL: &str = "made%20up%2Fpass%40word%231";

/// A running server.
pub struct Server {
    folder: tempfile::TempDir,
    /// Where it listens, on loopback.
    pub port: u16,
    process: Child,
    options: Vec<String>,
}

impl Server {
    /// Starts one that is empty.
    pub async fn start() -> Self {
        Self::with(|_| Vec::new()).await
    }

    /// Starts with options that may name files made in the server's folder.
    pub async fn with(options: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().expect("PostgreSQL of one's own");
        let password_file = folder.path().join("password");
        std::fs::write(&password_file, PASSWORD).expect("PostgreSQL of one's own");
        let options = options(folder.path());
        give_away(folder.path());
        run(unprivileged(&binary("initdb"))
            .arg("--pgdata")
            .arg(folder.path().join("data"))
            .args([
                "--username",
                OWNER,
                "--auth",
                "scram-sha-256",
                "--encoding",
                "UTF8",
            ])
            .args(["--locale", "C", "--no-sync", "--pwfile"])
            .arg(&password_file));
        let port = free_port();
        let process = spawn(folder.path(), port, &options);
        let server = Self {
            folder,
            port,
            process,
            options,
        };
        server.ready().await;
        server
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Dies as in a power cut, and starts again.
    pub async fn crash_and_restart(&mut self) {
        self.stop();
        self.process = spawn(self.folder.path(), self.port, &self.options);
        self.ready().await;
    }

    /// The owner's connection string.
    pub fn url(&self) -> SecretString {
        url(self.port)
    }

    /// Anybody's, with `rest` behind it, such as `?sslmode=require`.
    pub fn url_as(&self, user: &str, password_in_url: &str, rest: &str) -> SecretString {
        format!(
            "postgresql://{user}:{password_in_url}@127.0.0.1:{}/postgres{rest}",
            self.port
        )
        .into()
    }

    /// A connection of one's own, beside those of SmartLinks.
    pub async fn client(&self) -> Client {
        self.try_client().await.expect("PostgreSQL of one's own")
    }

    async fn try_client(&self) -> Result<Client, tokio_postgres::Error> {
        let mut config = tokio_postgres::Config::new();
        config
            .host("127.0.0.1")
            .port(self.port)
            .user(OWNER)
            .password(PASSWORD)
            .dbname("postgres");
        let (client, line) = config.connect(NoTls).await?;
        tokio::spawn(line);
        Ok(client)
    }

    async fn ready(&self) {
        for _ in 0..600 {
            if self.try_client().await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL did not start");
    }

    fn stop(&mut self) {
        let pid = self.process.id().to_string();
        let _ = Command::new("kill").args(["-QUIT", &pid]).status();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(folder: &Path, port: u16, options: &[String]) -> Child {
    let mut server = unprivileged(&binary("postgres"));
    server
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-p", &port.to_string(), "-k", ""])
        .args(["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]);
    for option in options {
        server.args(["-c", option]);
    }
    server
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("PostgreSQL of one's own")
}

/// PostgreSQL refuses to run as root; Debian's package makes a user for it.
fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            "--",
        ])
        .arg(program);
    command
}

fn is_root() -> bool {
    let id = Command::new("id")
        .arg("-u")
        .output()
        .expect("PostgreSQL of one's own");
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

fn give_away(folder: &Path) {
    if is_root() {
        run(Command::new("chown")
            .args(["-R", "postgres:postgres"])
            .arg(folder));
    }
}

/// Debian keeps the server's programs out of the path, one folder a version.
fn binary(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut found: Vec<PathBuf> = versions
        .flatten()
        .map(|version| version.path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    found.sort();
    found.pop().unwrap_or_else(|| PathBuf::from(name))
}

/// The owner's connection string of the server at a port, for a process that did not start it.
#[must_use]
pub fn url(port: u16) -> SecretString {
    format!("postgresql://{OWNER}:{PASSWORD_IN_URL}@127.0.0.1:{port}/postgres").into()
}

/// Whether PostgreSQL can be started here at all.
#[must_use]
pub fn installed() -> bool {
    Command::new(binary("postgres"))
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Runs a command that must succeed.
pub fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; PostgreSQL must be installed"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("PostgreSQL of one's own");
    listener
        .local_addr()
        .expect("PostgreSQL of one's own")
        .port()
}
