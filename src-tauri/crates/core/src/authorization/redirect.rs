//! Reading what came back: a whole address, or a bare code that the owner copied. Judging it is not done here.
//!
//! Whatever is not plainly a redirect of ours is refused; nothing of it ends up in a message.

use secrecy::SecretString;
use url::Url;

use crate::error::{Code, Error, Result};

/// Longer texts are no redirect; AliExpress's are below 300 letters.
const LONGEST: usize = 8 * 1_024;
/// Longer values are no code or state.
const LONGEST_VALUE: usize = 1_024;

/// What came back.
#[derive(Debug)]
pub struct Redirect {
    /// The address it came to; none for a bare code.
    pub address: Option<Url>,
    /// `code`.
    pub code: Option<SecretString>,
    /// `state`.
    pub state: Option<SecretString>,
    /// `error`, such as `access_denied`.
    pub error: Option<String>,
    /// `error_description`, for "Details".
    pub description: Option<String>,
}

impl Redirect {
    /// Reads an address or a bare code.
    ///
    /// # Errors
    /// `BadInput` for anything else: too long, control characters, a parameter given twice.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text
            .trim()
            .trim_matches(|letter| matches!(letter, '"' | '\'' | '<' | '>'))
            .trim();
        let bad = |why: &str| {
            Error::new(
                Code::BadInput,
                format!("not an answer of AliExpress: {why}"),
            )
        };
        if text.is_empty() {
            return Err(bad("nothing was pasted"));
        }
        if text.len() > LONGEST {
            return Err(bad("too long"));
        }
        if text
            .chars()
            .any(|letter| letter.is_control() || letter.is_whitespace())
        {
            return Err(bad("spaces or line breaks inside"));
        }
        if is_bare_code(text) {
            return Ok(Self {
                address: None,
                code: Some(SecretString::from(text)),
                state: None,
                error: None,
                description: None,
            });
        }
        let address = Url::parse(text).map_err(|_| bad("neither an address nor a code"))?;
        Self::of_address(address)
    }

    /// Reads the query of an address.
    ///
    /// # Errors
    /// `BadInput` when a parameter is there twice or absurdly long.
    pub fn of_address(address: Url) -> Result<Self> {
        let mut found: [Option<String>; 4] = [const { None }; 4];
        for (name, value) in address.query_pairs() {
            let slot = match name.as_ref() {
                "code" => 0,
                "state" => 1,
                "error" => 2,
                "error_description" => 3,
                _ => continue,
            };
            if value.len() > LONGEST_VALUE || found[slot].replace(value.into_owned()).is_some() {
                return Err(Error::new(
                    Code::BadInput,
                    "not an answer of AliExpress: a parameter is there twice or too long",
                ));
            }
        }
        let [code, state, error, description] =
            found.map(|value| value.filter(|value| !value.is_empty()));
        Ok(Self {
            address: Some(address),
            code: code.map(SecretString::from),
            state: state.map(SecretString::from),
            error,
            description: description.map(|text| plain(&text)),
        })
    }

    /// Whether it says nothing at all: a page that was merely visited.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.code.is_none() && self.error.is_none()
    }
}

/// `3_500000_…`, or `0_…` of older apps: a number first, then letters, digits, `_` and `-` only. A name of something else that
/// was in the clipboard must not cost the attempt.
fn is_bare_code(text: &str) -> bool {
    let begins = text.split_once('_').is_some_and(|(kind, _)| {
        !kind.is_empty() && kind.bytes().all(|letter| letter.is_ascii_digit())
    });
    (6..=256).contains(&text.len())
        && begins
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'))
}

/// A foreign sentence without anything that could steer a terminal or a page.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(300)
        .collect()
}

/// As much of a code as may be shown while it fills itself in: its kind, the app it is for, and its last letters.
#[must_use]
pub fn masked(code: &str) -> String {
    let head: String = match code.match_indices('_').nth(1) {
        Some((end, _)) if end < 24 => code.chars().take(end + 1).collect(),
        _ => code.chars().take(2).collect(),
    };
    let length = code.chars().count();
    let tail: String = if length > head.len() + 8 {
        code.chars().skip(length - 3).collect()
    } else {
        String::new()
    };
    format!("{head}••••••••{tail}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn every_answer_of_the_owners_notes_is_understood() {
        let code =
            Redirect::parse("https://shop.example/aliexpress/callback?code=3_500000_abc&state=s1")
                .unwrap();
        assert_eq!(code.code.unwrap().expose_secret(), "3_500000_abc");
        assert_eq!(code.state.unwrap().expose_secret(), "s1");
        let denied = Redirect::parse(
            "http://127.0.0.1:1/cb?error=access_denied&error_description=No%1b[2J&state=s",
        )
        .unwrap();
        assert_eq!(denied.error.as_deref(), Some("access_denied"));
        assert_eq!(
            denied.description.as_deref(),
            Some("No[2J"),
            "control characters must not reach a terminal"
        );
        assert!(
            Redirect::parse("http://127.0.0.1:1/cb")
                .unwrap()
                .is_silent()
        );
        let bare = Redirect::parse(" \"3_500000_MadeUpCode123\" ").unwrap();
        assert!(bare.address.is_none() && bare.code.is_some());
        assert!(Redirect::parse("0_MadeUpCode123").unwrap().code.is_some());
        for other in ["my_shop_name", "_500000_x", "CJ1234567_key"] {
            assert_eq!(Redirect::parse(other).unwrap_err().code, Code::BadInput);
        }
    }

    #[test]
    fn a_doubled_parameter_is_not_guessed_at() {
        for text in [
            "http://x/?code=a_1&code=b_2",
            "http://x/?state=1&state=2&code=a_1",
        ] {
            assert_eq!(Redirect::parse(text).unwrap_err().code, Code::BadInput);
        }
    }

    #[test]
    fn the_shown_code_cannot_be_used() {
        assert_eq!(masked("3_500000_MadeUpCode123"), "3_500000_••••••••123");
        assert_eq!(masked("3_500000_ab"), "3_500000_••••••••");
        assert_eq!(masked("abc"), "ab••••••••");
    }

    proptest! {
        #[test]
        fn garbage_from_the_clipboard_never_crashes(text in "\\PC{0,400}") {
            if let Err(error) = Redirect::parse(&text) {
                prop_assert_eq!(error.code, Code::BadInput);
            }
        }

        #[test]
        fn a_garbled_query_never_crashes(text in "[ -~]{0,200}") {
            let _ = Redirect::parse(&format!("http://127.0.0.1:8765/cb?{text}"));
        }
    }
}
