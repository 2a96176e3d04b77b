//! A home of the test's own, and the program run in it with nothing of the surroundings but PATH.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::Value;
use smartlinks_sandbox::Sandbox;

/// Where the program runs.
pub struct Home {
    folder: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// The one document on standard output.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("standard output is not one document: {error}: {self:?}")
        })
    }

    /// The document of a run that did what it was asked.
    pub fn done(&self) -> Value {
        assert_eq!(self.status, 0, "{self:?}");
        self.document()
    }

    /// The code of a run that failed with `status`, whose document has the four keys scripts rely on and sentences for people.
    pub fn failed(&self, status: i32) -> String {
        assert_eq!(self.status, status, "{self:?}");
        let document = self.document();
        let error = document["error"].as_object().expect("an error object");
        let keys: Vec<&str> = error.keys().map(String::as_str).collect();
        assert_eq!(keys, ["code", "message", "hint", "retry_after_s"]);
        for sentence in ["message", "hint"] {
            assert!(
                error[sentence].as_str().is_some_and(|text| text.len() > 10),
                "{document}"
            );
        }
        error["code"].as_str().expect("a code").to_owned()
    }

    /// The events on standard error, one JSON object a line and nothing else.
    pub fn events(&self) -> Vec<Value> {
        self.stderr
            .lines()
            .map(|line| serde_json::from_str(line).expect("standard error has events only"))
            .collect()
    }
}

impl Home {
    /// A home without a keychain, where no supplier answers.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("smartlinks-cli-")
            .tempdir()
            .expect("a temporary home");
        std::fs::create_dir(folder.path().join("runtime")).expect("a folder in it");
        let mut home = Self {
            folder,
            variables: Vec::new(),
        };
        // Port 9 of loopback: discard, where nobody listens.
        home.set("SMARTLINKS_ALIEXPRESS_BASE_URL", "http://127.0.0.1:9");
        home.set("SMARTLINKS_CJ_BASE_URL", "http://127.0.0.1:9");
        home
    }

    /// The same, with both suppliers.
    pub fn with(mut self, sandbox: &Sandbox) -> Self {
        self.set(
            "SMARTLINKS_ALIEXPRESS_BASE_URL",
            sandbox.aliexpress_url().as_str(),
        );
        self.set("SMARTLINKS_CJ_BASE_URL", sandbox.cj_url().as_str());
        self
    }

    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.into()));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Any program in this home.
    #[expect(
        clippy::disallowed_methods,
        reason = "PATH is the one thing taken over from the surroundings"
    )]
    pub fn program(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_RUNTIME_DIR", self.path("runtime"))
            .envs(self.variables.iter().cloned())
            .current_dir(self.folder.path());
        command
    }

    /// Runs a command of ours to its end; `input` is all its standard input says.
    pub fn run(&self, arguments: &[&str], input: &str) -> Ran {
        let mut running = self.start(arguments, input);
        let mut stderr = String::new();
        let mut errors = running.errors.take().expect("standard error");
        let reader = std::thread::spawn(move || {
            errors.read_to_string(&mut stderr).expect("standard error");
            stderr
        });
        let stdout = running.read_out();
        let stderr = reader.join().expect("the reader");
        running.end(stdout, stderr)
    }

    /// The same with `--json`.
    pub fn json(&self, arguments: &[&str], input: &str) -> Ran {
        self.run(&[arguments, &["--json"]].concat(), input)
    }

    /// Starts a command of ours.
    pub fn start(&self, arguments: &[&str], input: &str) -> Running {
        let mut child = self
            .program(env!("CARGO_BIN_EXE_smartlinks-cli"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A command that needs no input may be over before it could be given any.
        let _ = child
            .stdin
            .take()
            .expect("standard input")
            .write_all(input.as_bytes());
        let errors = child.stderr.take().map(BufReader::new);
        Running { child, errors }
    }
}

/// A command at work; killed when dropped.
pub struct Running {
    child: Child,
    errors: Option<BufReader<ChildStderr>>,
}

impl Running {
    /// The first event of this name on standard error.
    pub fn event(&mut self, name: &str) -> Value {
        let errors = self.errors.as_mut().expect("standard error");
        let mut line = String::new();
        while errors.read_line(&mut line).expect("standard error") > 0 {
            let event: Value = serde_json::from_str(&line).expect("an event");
            if event["event"] == name {
                return event;
            }
            line.clear();
        }
        panic!("the command ended without the event {name}");
    }

    /// A signal, as a terminal or a service manager sends it.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh")
            .args(["-c", "kill -s \"$1\" \"$2\"", "sh", name])
            .arg(self.child.id().to_string())
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -s {name}");
    }

    /// Waits for the end.
    pub fn wait(mut self) -> Ran {
        let mut stderr = String::new();
        if let Some(mut errors) = self.errors.take() {
            errors.read_to_string(&mut stderr).expect("standard error");
        }
        let stdout = self.read_out();
        self.end(stdout, stderr)
    }

    fn read_out(&mut self) -> String {
        let mut stdout = String::new();
        let mut out = self.child.stdout.take().expect("standard output");
        out.read_to_string(&mut stdout).expect("standard output");
        stdout
    }

    fn end(mut self, stdout: String, stderr: String) -> Ran {
        let status = self.child.wait().expect("the end of the command");
        Ran {
            status: status.code().unwrap_or(-1),
            stdout,
            stderr,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Over already is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port nobody listens on now, for a callback address that must name one.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
