//! Reading a secret: from standard input when something is piped in, else asked for without showing it. Never from an argument.

use std::io::{IsTerminal as _, Read as _};

use secrecy::{ExposeSecret as _, SecretString};
use smartlinks_core::{Code, Error, Result};

/// More than any key or pasted address has.
const LONGEST: u64 = 64 * 1024;

/// Reads what `name` is asked for, without the white space around it.
///
/// # Errors
/// `BadInput` when nothing came, or more than any secret has.
pub(crate) async fn read(name: &'static str) -> Result<SecretString> {
    // Waiting for the owner to type must not hold up the async threads.
    tokio::task::spawn_blocking(move || blocking(name))
        .await
        .map_err(|error| Error::new(Code::Unexpected, format!("reading was cut off: {error}")))?
}

/// Reads what is piped in, if anything is; at a terminal it is asked for only when it is `needed`.
///
/// # Errors
/// `BadInput` when it is needed and nothing came.
pub(crate) async fn piped_or_asked(
    name: &'static str,
    needed: bool,
) -> Result<Option<SecretString>> {
    if needed {
        return read(name).await.map(Some);
    }
    if std::io::stdin().is_terminal() {
        return Ok(None);
    }
    match read(name).await {
        Err(error) if error.message.starts_with(NOTHING) => Ok(None),
        other => other.map(Some),
    }
}

/// How the message begins when nothing was piped in.
const NOTHING: &str = "nothing came on standard input";

fn blocking(name: &str) -> Result<SecretString> {
    let unreadable = |error: std::io::Error| {
        Error::new(
            Code::BadInput,
            format!("standard input could not be read: {}", error.kind()),
        )
    };
    let stdin = std::io::stdin();
    let text = if stdin.is_terminal() {
        SecretString::from(rpassword::prompt_password(format!("{name}: ")).map_err(unreadable)?)
    } else {
        let mut text = String::new();
        let mut limited = stdin.lock().take(LONGEST + 1);
        limited.read_to_string(&mut text).map_err(unreadable)?;
        SecretString::from(text)
    };
    taken(name, &text)
}

fn taken(name: &str, text: &SecretString) -> Result<SecretString> {
    // A byte order mark is what some editors put before a key saved in a file.
    let trimmed = text.expose_secret().trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return Err(Error::new(
            Code::BadInput,
            format!("{NOTHING}: the {name} is read from there"),
        ));
    }
    if trimmed.len() as u64 > LONGEST {
        return Err(Error::new(
            Code::BadInput,
            format!("what came on standard input is too long for: {name}"),
        ));
    }
    Ok(SecretString::from(trimmed))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use super::*;

    #[test]
    fn a_line_break_after_the_key_does_not_make_it_another_key() {
        let read = taken("key", &SecretString::from("\u{feff}  made-up \r\n")).unwrap();
        assert_eq!(read.expose_secret(), "made-up");
    }

    #[test]
    fn a_forgotten_pipe_is_told_instead_of_sent_to_the_supplier() {
        let error = taken("API key", &SecretString::from(" \n")).unwrap_err();
        assert_eq!(error.code, Code::BadInput);
        assert!(error.message.contains("API key"));
    }
}
