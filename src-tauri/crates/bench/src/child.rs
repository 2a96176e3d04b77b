//! Child processes: this program once more, in a role, answering with one JSON document on its standard output.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Outcome;

/// Plays a role to its end and returns what it printed.
pub fn ask<T: DeserializeOwned>(role: &str, arguments: &[&str]) -> Outcome<T> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--role", role])
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("the role {role} ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The suppliers simulated in a process of their own; they stop when this is dropped.
pub struct Suppliers {
    child: Child,
    /// Its end is what stops the child.
    stdin: Option<ChildStdin>,
    /// CJ's address.
    pub cj: String,
    /// AliExpress's address.
    pub aliexpress: String,
}

impl Suppliers {
    /// Starts them with so many products, all of them the owner's own; `qps` 0 is without limits.
    pub fn start(products: u64, qps: u32) -> Outcome<Self> {
        Self::at(products, qps, 0)
    }

    /// Starts those again whose pictures a folder of before names, where CJ was.
    #[cfg(target_os = "linux")]
    pub fn again(port: u16) -> Outcome<Self> {
        Self::at(1, 0, port)
    }

    fn at(products: u64, qps: u32, port: u16) -> Outcome<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([
                "--role",
                "suppliers",
                &products.to_string(),
                &qps.to_string(),
                &port.to_string(),
            ])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().ok_or("the suppliers have no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let told: Value = serde_json::from_str(&line)?;
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            child,
            stdin,
            cj: text("cj"),
            aliexpress: text("aliexpress"),
        })
    }
}

impl Drop for Suppliers {
    fn drop(&mut self) {
        drop(self.stdin.take());
        // It ends by itself now; a child that is not waited for would stay in the process table.
        let _ = self.child.wait();
    }
}
