//! Opening the consent page in the system's browser, or in the program the owner named. The address is never logged.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use smartlinks_core::ports::Browser;
use smartlinks_core::{Code, Error, Result};
use url::Url;

/// Starts a program with the address as its last argument and does not wait for it.
pub(crate) struct SystemBrowser {
    program: OsString,
    before: &'static [&'static str],
}

impl SystemBrowser {
    /// The named program, or this platform's way.
    pub(crate) fn new(named: Option<OsString>) -> Self {
        let (program, before): (&str, &'static [&'static str]) = if cfg!(target_os = "macos") {
            ("open", &[])
        } else if cfg!(windows) {
            // `start` is a word of the shell, which would read the `&` of the address as its own.
            ("rundll32", &["url.dll,FileProtocolHandler"])
        } else {
            ("xdg-open", &[])
        };
        match named {
            Some(program) => Self {
                program,
                before: &[],
            },
            None => Self {
                program: program.into(),
                before,
            },
        }
    }
}

impl Browser for SystemBrowser {
    fn open(&self, url: &Url) -> Result<()> {
        let mut command = Command::new(&self.program);
        command
            .args(self.before)
            .arg(url.as_str())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        #[cfg(unix)]
        {
            // Ctrl-C in our terminal must not close the owner's browser.
            std::os::unix::process::CommandExt::process_group(&mut command, 0);
        }
        let mut child = command.spawn().map_err(|error| {
            Error::new(
                Code::Unexpected,
                format!(
                    "{} could not be started: {error}",
                    self.program.to_string_lossy()
                ),
            )
        })?;
        // Somebody must ask how it ended, or it stays in the process table as a zombie.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_is_not_there_is_told_without_the_address() {
        let browser = SystemBrowser::new(Some("/nowhere/browser".into()));
        let url = Url::parse("https://example.com/?state=secret-state");
        let error = url.ok().and_then(|url| browser.open(&url).err());
        let message = error.map(|error| error.message).unwrap_or_default();
        assert!(message.contains("/nowhere/browser"), "{message}");
        assert!(!message.contains("secret-state"), "{message}");
    }
}
