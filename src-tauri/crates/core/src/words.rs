//! The sentences owners read about what went wrong, in French and English: what happened, what it means, what to do.
//!
//! They are data (`words/*.json`), shared with the window, so that both hosts say the same. Labels of buttons and tabs
//! are the window's own.

use std::sync::LazyLock;

use serde_json::Value;

use crate::error::Code;

/// A language SmartLinks speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Français.
    French,
    /// English.
    #[default]
    English,
}

impl Language {
    /// The language of a locale name such as `fr_CD.UTF-8`; English for everything but French.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        if locale
            .get(..2)
            .is_some_and(|start| start.eq_ignore_ascii_case("fr"))
        {
            Self::French
        } else {
            Self::English
        }
    }

    /// `fr` or `en`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// The three sentences about an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// What happened.
    pub what: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub next: &'static str,
}

static FRENCH: LazyLock<Value> = LazyLock::new(|| parse(include_str!("../words/fr.json")));
static ENGLISH: LazyLock<Value> = LazyLock::new(|| parse(include_str!("../words/en.json")));

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// The word at a path such as `pages/done_title`; empty if there is none, which a test rules out for every path in use.
#[must_use]
pub fn word(language: Language, path: &str) -> &'static str {
    let words: &'static Value = match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    };
    words
        .pointer(&format!("/{path}"))
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// What to tell the owner about a code.
#[must_use]
pub fn about(code: Code, language: Language) -> Sentences {
    let part = |part: &str| word(language, &format!("errors/{}/{part}", code.key()));
    Sentences {
        what: part("what"),
        meaning: part("meaning"),
        next: part("next"),
    }
}

/// How far a clock is off, as a sentence: `It is 3 h 5 min ahead of the supplier's.`
#[must_use]
pub fn clock_off(ahead_s: i64, language: Language) -> String {
    let seconds = ahead_s.unsigned_abs();
    let parts = [
        ("days", seconds / 86_400),
        ("hours", seconds / 3_600 % 24),
        ("minutes", seconds / 60 % 60),
        ("seconds", seconds % 60),
    ];
    // The two largest are enough to find the mistake by.
    let first = parts.iter().position(|(_, count)| *count > 0).unwrap_or(3);
    let time: Vec<String> = parts
        .iter()
        .skip(first)
        .take(2)
        .filter(|(_, count)| *count > 0 || first == 3)
        .map(|(unit, count)| {
            word(language, &format!("clock/{unit}")).replace("{count}", &count.to_string())
        })
        .collect();
    let way = if ahead_s < 0 { "behind" } else { "ahead" };
    word(language, &format!("clock/{way}")).replace("{time}", &time.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_is_explained_in_both_languages() {
        for code in Code::ALL {
            for language in [Language::French, Language::English] {
                let said = about(code, language);
                assert!(
                    !said.what.is_empty() && !said.meaning.is_empty() && !said.next.is_empty(),
                    "{code:?} {language:?}"
                );
            }
            assert_ne!(
                about(code, Language::French),
                about(code, Language::English),
                "{code:?} is not translated"
            );
        }
    }

    #[test]
    fn an_owner_is_told_how_far_the_clock_is_off() {
        for (ahead, said) in [
            (11_100, "It is 3 h 5 min ahead of the supplier's."),
            (-86_400, "It is 1 d behind the supplier's."),
            (-90_061, "It is 1 d 1 h behind the supplier's."),
            (0, "It is 0 s ahead of the supplier's."),
        ] {
            assert_eq!(clock_off(ahead, Language::English), said);
        }
        let french = clock_off(-7_500, Language::French);
        assert!(
            french.contains("retarde") && french.contains("2\u{a0}h"),
            "{french}"
        );
    }

    #[test]
    fn an_owner_in_kinshasa_reads_french() {
        assert_eq!(Language::of_locale("fr_CD.UTF-8"), Language::French);
        assert_eq!(Language::of_locale("FR"), Language::French);
        assert_eq!(Language::of_locale("é"), Language::English);
        assert_eq!(Language::of_locale("C"), Language::English);
    }
}
