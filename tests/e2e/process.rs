//! Programs that the end-to-end test starts: read until they say they are ready, ended for certain.
//!
//! Everything is started with an emptied environment, so that no bus, display or folder of the surroundings leaks in.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The longest any program may take to say that it is ready, on a busy machine with two cores.
const READY: Duration = Duration::from_secs(60);

/// A running program, leader of its own process group, which is killed as a whole when this is dropped.
pub struct Process {
    name: String,
    child: Child,
}

impl Process {
    /// Starts `command`; `input` is all that its standard input will ever say.
    pub fn start(command: &mut Command, input: &str) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} could not be started: {error}"));
        let mut stdin = child.stdin.take().expect("a piped standard input");
        stdin
            .write_all(input.as_bytes())
            .unwrap_or_else(|error| panic!("{name} does not read its input: {error}"));
        Self { name, child }
    }

    /// The first line of its output for which `recognise` has an answer. Whatever follows is read and thrown away, for
    /// a full pipe would stop the program.
    pub fn announces<T: Send + 'static>(
        &mut self,
        recognise: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> T {
        self.may_announce(recognise).unwrap_or_else(|| {
            panic!(
                "{} did not say within {READY:?} that it is ready",
                self.name
            )
        })
    }

    /// The same, or nothing when it ends before or takes too long.
    pub fn may_announce<T: Send + 'static>(
        &mut self,
        recognise: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> Option<T> {
        let stdout = self
            .child
            .stdout
            .take()
            .expect("the output was not read before");
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            let mut line = String::new();
            while stdout.read_line(&mut line).is_ok_and(|length| length > 0) {
                if let Some(answer) = recognise(line.trim()) {
                    // The receiver is gone when the deadline has passed: nobody is left to be told.
                    drop(sender.send(answer));
                    break;
                }
                line.clear();
            }
            drop(std::io::copy(&mut stdout, &mut std::io::sink()));
        });
        receiver.recv_timeout(READY).ok()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        kill(&format!("-{}", self.child.id()));
        drop(self.child.wait());
    }
}

/// Runs a short-lived program; its exit status and output, or nothing when it takes longer than `limit`.
pub fn run_within(command: &mut Command, input: &str, limit: Duration) -> Option<(bool, String)> {
    let mut process = Process::start(command, input);
    let mut stdout = process.child.stdout.take().expect("a piped output");
    let reader = thread::spawn(move || {
        let mut text = String::new();
        drop(stdout.read_to_string(&mut text));
        text
    });
    let status = poll(limit, || process.child.try_wait().ok().flatten())?;
    Some((status.success(), reader.join().unwrap_or_default()))
}

/// Ends everything whose environment names `marker`: also what a driver or the bus started in a group of its own.
pub fn end_all_with(marker: &str) {
    let own = std::process::id().to_string();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let pid = entry.file_name().to_string_lossy().into_owned();
        if pid == own || !pid.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let environment = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if environment
            .windows(marker.len())
            .any(|part| part == marker.as_bytes())
        {
            kill(&pid);
        }
    }
}

/// By the shell's own `kill`, because the one of procps is missing on a minimal Debian. `-PID` means a whole group.
fn kill(pid: &str) {
    let status = Command::new("sh")
        .args(["-c", "kill -s KILL -- \"$1\"", "sh", pid])
        .stderr(Stdio::null())
        .status();
    // Already gone is as good as killed.
    drop(status);
}

/// Asks `question` again and again until it has an answer or `limit` has passed.
pub fn poll<T>(limit: Duration, mut question: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = question() {
            return Some(answer);
        }
        if start.elapsed() >= limit {
            return None;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// A port that was free a moment ago, for a program that cannot choose one itself.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its number").port()
}
