//! Recognises what an owner pastes as a CJ credential: an API key, a client id and secret, or a piece of either.
//!
//! An API key is `CJ<number>@api@<32 hex>`; its two halves are what goes by the names client id and client secret. A key
//! that is longer or otherwise unlike it is passed on and CJ decides; a shorter one has been cut off in copying. Nothing is checked
//! against CJ here.

mod labels;

use secrecy::{ExposeSecret, SecretString};

use labels::Labelled;

/// What stands between the halves of an API key.
const JOINT: &str = "@api@";

/// What was pasted. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub enum Credential {
    /// An API key, whole.
    ApiKey(SecretString),
    /// A client id and its secret.
    Pair {
        /// Who.
        client_id: String,
        /// The secret beside it.
        client_secret: SecretString,
    },
    /// Not enough.
    Incomplete {
        /// What is not there.
        missing: Missing,
    },
}

/// What a pasted text lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// There is nothing that could be a credential.
    Everything,
    /// There is a secret, but not whose.
    ClientId,
    /// There is a client id (or the first half of a key), but no secret.
    ClientSecret,
    /// The key breaks off: its second half has fewer than 32 characters.
    EndOfKey,
}

impl Credential {
    /// As an API key: itself, or the pair joined with `@api@`.
    #[must_use]
    pub fn as_api_key(&self) -> Option<SecretString> {
        match self {
            Self::ApiKey(key) => Some(key.clone()),
            Self::Pair {
                client_id,
                client_secret,
            } => {
                let secret = client_secret.expose_secret();
                Some(SecretString::from(format!("{client_id}{JOINT}{secret}")))
            }
            Self::Incomplete { .. } => None,
        }
    }

    /// As client id and client secret: itself, or the two halves of the key.
    #[must_use]
    pub fn halves(&self) -> Option<(String, SecretString)> {
        match self {
            Self::ApiKey(key) => {
                let (id, secret) = split(key.expose_secret())?;
                Some((id.to_owned(), SecretString::from(secret)))
            }
            Self::Pair {
                client_id,
                client_secret,
            } => Some((client_id.clone(), client_secret.clone())),
            Self::Incomplete { .. } => None,
        }
    }

    /// Whether it has the form of every CJ key seen so far; for a hint beside the field.
    #[must_use]
    pub fn has_usual_form(&self) -> bool {
        self.as_api_key()
            .is_some_and(|key| is_api_key(key.expose_secret()))
    }

    /// For the screen: whose it is, and the last four characters, `CJ1234567@api@…cdef`. Empty when incomplete.
    #[must_use]
    pub fn mask(&self) -> String {
        match (self, self.halves()) {
            (Self::Incomplete { .. }, _) => String::new(),
            (Self::ApiKey(_), Some((id, secret))) => format!("{id}{JOINT}{}", tail(&secret)),
            (Self::ApiKey(key), None) => tail(key),
            (
                Self::Pair {
                    client_id,
                    client_secret,
                },
                _,
            ) => {
                format!("{client_id} {}", tail(client_secret))
            }
        }
    }
}

/// The last four characters of a secret long enough to spare them.
fn tail(secret: &SecretString) -> String {
    let secret = secret.expose_secret();
    let length = secret.chars().count();
    let spared = if length >= 16 { 4 } else { 0 };
    ['…']
        .into_iter()
        .chain(secret.chars().skip(length - spared))
        .collect()
}

/// Whether a text is `CJ<digits>@api@<32 hex>` and nothing else.
#[must_use]
pub fn is_api_key(text: &str) -> bool {
    split(text).is_some_and(|(id, secret)| is_client_id(id) && is_half(secret))
}

fn split(key: &str) -> Option<(&str, &str)> {
    let at = key.to_ascii_lowercase().find(JOINT)?;
    let (id, secret) = (key.get(..at)?, key.get(at + JOINT.len()..)?);
    (!id.is_empty() && !secret.is_empty()).then_some((id, secret))
}

fn is_client_id(text: &str) -> bool {
    let digits = text.strip_prefix("CJ").or_else(|| text.strip_prefix("cj"));
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// 32 hex digits: the second half of every key seen.
fn is_half(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Recognises a pasted text. `client_id` is what the owner typed in the field beside it, if there is one.
///
/// Taken are: a key or a pair with any spaces, line breaks and quotes around it, a key broken over lines, the pair on two lines
/// in either order, JSON, `.env` lines, and lines like `Client ID: …`. A whole API key anywhere in the text goes before all else.
#[must_use]
pub fn recognise(pasted: &str, client_id: Option<&str>) -> Credential {
    let text = readable(pasted);
    if let Some(key) = key_within(&text) {
        return Credential::ApiKey(SecretString::from(key));
    }
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = joined.trim_matches(is_wrapping);
    if is_api_key(bare) {
        return Credential::ApiKey(SecretString::from(bare));
    }
    let typed = client_id.map(|id| readable(id).trim_matches(is_wrapping).to_owned());
    let typed = typed.filter(|id| !id.is_empty());
    let labelled = Labelled::of(&text);
    if labelled.is_empty() {
        of_words(&text, typed)
    } else {
        of_labels(labelled, typed)
    }
}

/// Without what copying from a web page brings along: characters of no width, and odd spaces and quotes.
fn readable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !matches!(
                c,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
        })
        .map(|c| {
            if c.is_whitespace() && c != '\n' {
                ' '
            } else {
                c
            }
        })
        .map(|c| if c == '＠' { '@' } else { c })
        .collect()
}

/// What may stand around a value without belonging to it.
pub(crate) fn is_wrapping(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '\''
                | '`'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '«'
                | '»'
                | ','
                | ';'
                | '<'
                | '>'
                | '('
                | ')'
        )
}

/// The first whole API key inside a text.
fn key_within(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(JOINT).find_map(|(at, _)| {
        let before = text.get(..at)?;
        let after = text.get(at + JOINT.len()..)?;
        let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let id = before.get(before.len().checked_sub(digits + 2)?..)?;
        let secret = after.get(..32)?;
        // More hex behind it is another kind of secret, which must not be cut to fit.
        let ends = !after
            .get(32..)?
            .starts_with(|c: char| c.is_ascii_hexdigit());
        (is_client_id(id) && is_half(secret) && ends).then(|| {
            format!(
                "{id}{}{secret}",
                text.get(at..at + JOINT.len()).unwrap_or(JOINT)
            )
        })
    })
}

/// From values with names beside them.
fn of_labels(labelled: Labelled, typed: Option<String>) -> Credential {
    if let Some(key) = labelled.api_key {
        let client_id = labelled.client_id.or(typed);
        let known_part = key.to_ascii_lowercase().contains(JOINT) || is_half(&key);
        // Whoever names it an API key means the whole of it, whatever its form.
        return if client_id.is_none() && !known_part && !is_client_id(&key) && key.len() >= 16 {
            Credential::ApiKey(SecretString::from(key))
        } else {
            whole_or_not(&key, client_id)
        };
    }
    match (labelled.client_id.or(typed), labelled.client_secret) {
        (Some(client_id), Some(secret)) => pair(client_id, &secret),
        (Some(_), None) => Credential::Incomplete {
            missing: Missing::ClientSecret,
        },
        (None, Some(secret)) => whole_or_not(&secret, None),
        (None, None) => Credential::Incomplete {
            missing: Missing::Everything,
        },
    }
}

/// From words without names.
fn of_words(text: &str, typed: Option<String>) -> Credential {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| without_full_stop(word.trim_matches(is_wrapping)))
        .filter(|word| !word.is_empty())
        .collect();
    // A key cut off in the middle of a sentence is still the thing meant.
    if let Some(key) = words.iter().find(|word| split(word).is_some()) {
        return whole_or_not(key, typed);
    }
    match (&words[..], typed) {
        ([], Some(_)) => Credential::Incomplete {
            missing: Missing::ClientSecret,
        },
        ([], None) => Credential::Incomplete {
            missing: Missing::Everything,
        },
        ([one], typed) => whole_or_not(one, typed),
        (several, Some(id)) => match several
            .iter()
            .filter(|word| **word != id)
            .collect::<Vec<_>>()[..]
        {
            [secret] => pair(id, secret),
            _ => match several.iter().find(|word| is_half(word)) {
                Some(secret) => pair(id, secret),
                None => Credential::Incomplete {
                    missing: Missing::ClientSecret,
                },
            },
        },
        (several, None) => of_several(several),
    }
}

/// A half of a key at the end of a sentence; other secrets may end in a dot of their own.
fn without_full_stop(word: &str) -> &str {
    let bare = word.trim_end_matches(|c: char| c == '.' || is_wrapping(c));
    if is_half(bare) || is_client_id(bare) {
        bare
    } else {
        word
    }
}

/// Two words are a pair in either order; among more, only words of the known forms count.
fn of_several(words: &[&str]) -> Credential {
    let id = words.iter().find(|word| is_client_id(word));
    let half = words.iter().find(|word| is_half(word));
    match (id, half, words) {
        (Some(id), Some(half), _) => pair((*id).to_owned(), half),
        (Some(id), None, [a, b]) => pair((*id).to_owned(), if a == id { b } else { a }),
        (None, Some(half), [a, b]) => pair((if a == half { *b } else { *a }).to_owned(), half),
        (None, None, [id, secret]) if secret.len() >= 8 && !id.contains('@') => {
            pair((*id).to_owned(), secret)
        }
        (Some(_), None, _) => Credential::Incomplete {
            missing: Missing::ClientSecret,
        },
        (None, Some(_), _) => Credential::Incomplete {
            missing: Missing::ClientId,
        },
        (None, None, _) => Credential::Incomplete {
            missing: Missing::Everything,
        },
    }
}

/// One value: a key of whatever form, one half of a key, or the secret to a client id.
fn whole_or_not(value: &str, client_id: Option<String>) -> Credential {
    let lower = value.to_ascii_lowercase();
    if let Some((_, secret)) = split(value) {
        return if secret.len() < 32 {
            Credential::Incomplete {
                missing: Missing::EndOfKey,
            }
        } else {
            Credential::ApiKey(SecretString::from(value))
        };
    }
    if let Some(secret) = lower
        .strip_prefix(JOINT)
        .and_then(|_| value.get(JOINT.len()..))
    {
        return match client_id {
            Some(id) if !secret.is_empty() => pair(id, secret),
            _ => Credential::Incomplete {
                missing: Missing::ClientId,
            },
        };
    }
    if is_client_id(value) || lower.ends_with(JOINT) {
        return Credential::Incomplete {
            missing: Missing::ClientSecret,
        };
    }
    match client_id {
        Some(id) if id == value => Credential::Incomplete {
            missing: Missing::ClientSecret,
        },
        Some(id) => pair(id, value),
        // A single word that long is a secret; a shorter one is anything.
        None if value.len() >= 16 => Credential::Incomplete {
            missing: Missing::ClientId,
        },
        None => Credential::Incomplete {
            missing: Missing::Everything,
        },
    }
}

/// A pair; should either of the two hold a whole key, that key.
fn pair(client_id: String, client_secret: &str) -> Credential {
    for value in [client_secret, &client_id] {
        if let Some(key) = key_within(value) {
            return Credential::ApiKey(SecretString::from(key));
        }
    }
    Credential::Pair {
        client_id,
        client_secret: SecretString::from(client_secret),
    }
}

#[cfg(test)]
mod tests;
