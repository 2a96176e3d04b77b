//! A failure as the terminal tells it: one JSON document, or what happened, what it means and what to do next.
//!
//! The sentences are the core's, shared with the window; only where they send the reader to a button of the window, the
//! terminal names its command.

use jiff::Timestamp;
use serde_json::{Value, json};
use smartlinks_core::error::ErrorView;
use smartlinks_core::words::{Language, about, clock_off};
use smartlinks_core::{Code, Error};

use crate::output::clean;

/// What to type next, where the shared sentence speaks of the window. French and English.
fn command_next(code: Code) -> Option<[&'static str; 2]> {
    Some(match code {
        Code::NotConnected => [
            "Connectez-le : smartlinks-cli cj connect, ou smartlinks-cli aliexpress configure puis aliexpress authorize.",
            "Connect it: smartlinks-cli cj connect, or smartlinks-cli aliexpress configure and then aliexpress authorize.",
        ],
        Code::ShopNotConnected => [
            "Connectez-la : smartlinks-cli publish postgres < connexion.txt, ou smartlinks-cli supabase connect.",
            "Connect it: smartlinks-cli publish postgres < connection.txt, or smartlinks-cli supabase connect.",
        ],
        Code::ShopRights => [
            "Exécutez une fois, en propriétaire de la base, ce qu’écrit smartlinks-cli publish postgres --role-script.",
            "Run once, as the owner of the database, what smartlinks-cli publish postgres --role-script prints.",
        ],
        Code::ReconnectNeeded => [
            "Reconnectez : smartlinks-cli aliexpress authorize, ou smartlinks-cli cj connect.",
            "Connect again: smartlinks-cli aliexpress authorize, or smartlinks-cli cj connect.",
        ],
        Code::Interrupted => [
            "Pour continuer d’ici : smartlinks-cli sync resume.",
            "To go on from here: smartlinks-cli sync resume.",
        ],
        Code::NoAttempt | Code::AttemptExpired | Code::CodeRefused => [
            "Recommencez l’autorisation : smartlinks-cli aliexpress authorize.",
            "Start the authorization again: smartlinks-cli aliexpress authorize.",
        ],
        Code::PortTaken | Code::PortReserved => [
            "Demandez l’adresse avec smartlinks-cli aliexpress url, puis collez celle où vous arrivez : aliexpress finish.",
            "Get the address with smartlinks-cli aliexpress url, then paste the one you land on: aliexpress finish.",
        ],
        Code::KeychainUnavailable => [
            "Déverrouillez ou installez un trousseau (sous Linux : GNOME Keyring ou KWallet), puis relancez la commande.",
            "Unlock or install a keychain (on Linux: GNOME Keyring or KWallet), then run the command again.",
        ],
        _ => return None,
    })
}

/// What a keychain that is missing means here: the window keeps secrets for its session, a command keeps nothing.
fn command_meaning(code: Code) -> Option<[&'static str; 2]> {
    (code == Code::KeychainUnavailable).then_some([
        "SmartLinks n’écrit jamais de secret dans un fichier : rien n’a été gardé.",
        "SmartLinks never writes secrets into a file, so nothing was kept.",
    ])
}

fn in_language(texts: [&'static str; 2], language: Language) -> &'static str {
    match language {
        Language::French => texts[0],
        Language::English => texts[1],
    }
}

/// What to tell of a failure, in one language.
struct Told {
    what: String,
    meaning: &'static str,
    next: &'static str,
}

fn told(error: &ErrorView, language: Language) -> Told {
    let shared = about(error.code, language);
    // What exactly cannot be read is the whole news of a bad input.
    let what = if error.code == Code::BadInput {
        let sentence = shared.what.trim_end_matches('.').trim_end();
        format!("{sentence}: {}.", error.message.trim_end_matches('.'))
    } else {
        let off = error.clock_ahead_s.map(|ahead| clock_off(ahead, language));
        [shared.what]
            .into_iter()
            .chain(off.as_deref())
            .collect::<Vec<_>>()
            .join(" ")
    };
    Told {
        what,
        meaning: command_meaning(error.code)
            .map_or(shared.meaning, |texts| in_language(texts, language)),
        next: command_next(error.code).map_or(shared.next, |texts| in_language(texts, language)),
    }
}

/// `{"code","message","hint","retry_after_s"}`; seconds are whole and rounded up, null when no time was named.
#[must_use]
pub fn object(error: &ErrorView, language: Language, now: Timestamp) -> Value {
    let told = told(error, language);
    let wait = error.retry_at.map(|at| {
        let millis = at.duration_since(now).as_millis().max(0);
        (millis + 999) / 1_000
    });
    json!({
        "code": error.code,
        "message": format!("{} {}", told.what, told.meaning),
        "hint": told.next,
        "retry_after_s": wait.and_then(|seconds| u64::try_from(seconds).ok()),
    })
}

/// The one document of a failed command.
#[must_use]
pub fn document(error: &Error, language: Language, now: Timestamp) -> Value {
    json!({ "error": object(&error.view(), language, now) })
}

/// The lines of a failed command, for people.
#[must_use]
pub fn lines(error: &ErrorView, language: Language, now: Timestamp) -> String {
    let told = told(error, language);
    let mut lines = vec![
        format!("✗ {}", clean(&told.what)),
        format!("  {}", told.meaning),
        format!("  → {}", told.next),
    ];
    if let Some(at) = error.retry_at.filter(|at| *at > now) {
        lines.push(format!("  ⏱ {}", crate::output::time(Some(at))));
    }
    if let Some(details) = details(error) {
        lines.push(format!("  Details: {}", clean(&details)));
    }
    lines.join("\n")
}

/// What support asks for: the technical line and the supplier's own code and request number.
fn details(error: &ErrorView) -> Option<String> {
    let mut parts = Vec::new();
    if error.code != Code::BadInput && !error.message.is_empty() {
        parts.push(error.message.clone());
    }
    if let Some(said) = &error.supplier {
        let named = |name: &str, value: &Option<String>| {
            value.as_ref().map(|value| format!("{name} {value}"))
        };
        parts.extend(named("code", &said.code));
        parts.extend(
            said.message
                .clone()
                .filter(|text| !error.message.contains(text.as_str())),
        );
        parts.extend(named("request", &said.request_id));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The same for scripts, as an event on standard error, because the document has four keys only.
#[must_use]
pub fn details_event(error: &ErrorView) -> Value {
    json!({
        "event": "error_details",
        "message": error.message,
        "retry_at": error.retry_at,
        "supplier": error.supplier,
    })
}

#[cfg(test)]
mod tests {
    use smartlinks_core::error::SupplierSaid;

    use super::*;

    #[test]
    fn a_script_reads_code_sentence_next_step_and_seconds_to_wait() {
        let now = Timestamp::UNIX_EPOCH;
        let later = Timestamp::from_millisecond(41_200).unwrap_or(now);
        let error = Error::new(Code::QuotaSpent, "CJ: 1600200").retry_at(later);
        let document = document(&error, Language::English, now);
        let error = &document["error"];
        assert_eq!(error["code"], "quota_spent");
        assert_eq!(error["retry_after_s"], 42);
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|text| text.contains("allowance"))
        );
        assert!(error["hint"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(error.as_object().map(serde_json::Map::len), Some(4));
    }

    #[test]
    fn a_wrong_clock_is_told_with_how_far_it_is_off() {
        let mut error = Error::new(Code::ClockSkew, "x");
        error.clock_ahead_s = Some(-10_800);
        let lines = lines(&error.view(), Language::English, Timestamp::UNIX_EPOCH);
        assert!(
            lines.contains("3 h behind") && lines.contains("automatic date"),
            "{lines}"
        );
    }

    #[test]
    fn the_terminal_never_sends_an_owner_to_a_button() {
        for code in Code::ALL {
            for (language, buttons) in [
                (
                    Language::French,
                    &["Ouvrez Authentification", "Choisissez Reprendre"][..],
                ),
                (Language::English, &["Open Authentication", "Choose Resume"]),
            ] {
                let lines = lines(
                    &Error::new(code, "x").view(),
                    language,
                    Timestamp::UNIX_EPOCH,
                );
                assert!(
                    !buttons.iter().any(|button| lines.contains(button)),
                    "{lines}"
                );
            }
        }
    }

    #[test]
    fn support_finds_the_suppliers_code_and_request_number() {
        let error = Error::new(Code::SupplierRefused, "CJ: no").said(SupplierSaid {
            code: Some("1601000".into()),
            message: Some("Param\u{1b}[31m error".into()),
            request_id: Some("ab-12".into()),
        });
        let lines = lines(&error.view(), Language::English, Timestamp::UNIX_EPOCH);
        assert!(lines.contains("code 1601000") && lines.contains("request ab-12"));
        assert!(
            !lines.contains('\u{1b}'),
            "a supplier's words must not command the terminal"
        );
    }
}
