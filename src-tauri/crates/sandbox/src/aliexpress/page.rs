//! The two HTML pages of the practice AliExpress, in English and French. They say plainly that nothing here is real.

use axum::http::{HeaderMap, header};

use crate::options::APP_KEY;

/// The sentences of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    lang: &'static str,
    banner: &'static str,
    title: &'static str,
    question: &'static str,
    app_key: &'static str,
    returns_to: &'static str,
    basics: &'static str,
    approve: &'static str,
    deny: &'static str,
    nothing_real: &'static str,
    cannot: &'static str,
    got: &'static str,
    pub(super) wrong_key: &'static str,
    pub(super) wrong_type: &'static str,
    pub(super) wrong_redirect: &'static str,
}

const ENGLISH: Words = Words {
    lang: "en",
    banner: "Practice AliExpress – simulated on this computer",
    title: "Authorize the application",
    question: "SmartLinks asks for access to your AliExpress account.",
    app_key: "App key",
    returns_to: "Returns to",
    basics: "It will see your basic account information and act as your dropshipping application.",
    approve: "Approve",
    deny: "Deny",
    nothing_real: "Nothing here is real: no AliExpress account is involved, and nothing leaves this computer.",
    cannot: "This authorization cannot go on",
    got: "Received",
    wrong_key: "No application has this app key. Check the app key in the settings.",
    wrong_type: "The response type must be \u{201c}code\u{201d}.",
    wrong_redirect: "The callback address is not the one registered for this application. It must match byte for byte.",
};

const FRENCH: Words = Words {
    lang: "fr",
    banner: "AliExpress d’entraînement – simulé sur cet ordinateur",
    title: "Autoriser l’application",
    question: "SmartLinks demande l’accès à votre compte AliExpress.",
    app_key: "App key",
    returns_to: "Retour vers",
    basics: "Elle verra les informations de base de votre compte et agira comme votre application de dropshipping.",
    approve: "Autoriser",
    deny: "Refuser",
    nothing_real: "Rien n’est réel ici : aucun compte AliExpress n’est concerné et rien ne quitte cet ordinateur.",
    cannot: "Cette autorisation ne peut pas continuer",
    got: "Reçu",
    wrong_key: "Aucune application n’a cette app key. Vérifiez l’app key dans les réglages.",
    wrong_type: "Le type de réponse doit être « code ».",
    wrong_redirect: "L’adresse de retour n’est pas celle enregistrée pour cette application. Elle doit être identique octet pour octet.",
};

impl Words {
    /// French where the browser puts it before English.
    pub(super) fn for_browser(headers: &HeaderMap) -> Self {
        let wanted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let first = wanted
            .split(',')
            .map(|tag| tag.trim().get(..2).unwrap_or_default().to_ascii_lowercase())
            .find(|tag| tag == "fr" || tag == "en");
        if first.as_deref() == Some("fr") {
            FRENCH
        } else {
            ENGLISH
        }
    }
}

const STYLE: &str = "*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f6f1ee;color:#23201e;\
font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",sans-serif}main{width:min(30rem,92vw);background:#fff;border-radius:16px;overflow:hidden;\
box-shadow:0 12px 40px #0002}.banner{background:#b3261e;color:#fff;padding:.6rem 1.5rem;font-size:.85rem;font-weight:600}section{padding:1.5rem}\
h1{font-size:1.35rem;margin:0 0 .75rem}p{margin:.5rem 0}dl{background:#f6f1ee;border-radius:10px;padding:.75rem 1rem;margin:1rem 0;display:grid;\
grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#6a625d}dd{margin:0;overflow-wrap:anywhere;font-family:ui-monospace,monospace;font-size:.9rem}\
form{display:flex;gap:.75rem;margin-top:1.25rem}button{flex:1;padding:.75rem;border-radius:10px;border:1px solid #b3261e;font:inherit;\
font-weight:600;cursor:pointer;background:#fff;color:#b3261e}button.yes{background:#b3261e;color:#fff}button:focus-visible{outline:3px solid #1a73e8;\
outline-offset:2px}small{color:#6a625d}@media(prefers-color-scheme:dark){body{background:#191615;color:#f3ece8}main{background:#262120}dl{background:#191615}\
dt,small{color:#b7aca6}button{background:#262120;color:#ffb4ab;border-color:#ffb4ab}button.yes{background:#ffb4ab;color:#410002}}";

fn frame(words: Words, title: &str, inside: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body><main><div class=\"banner\">{}</div><section><h1>{title}</h1>{inside}\
         <p><small>{}</small></p></section></main></body></html>",
        words.lang, words.banner, words.nothing_real
    )
}

/// The consent page. The form carries back what was asked, so that the page itself keeps nothing.
pub(super) fn consent(
    words: Words,
    redirect: &str,
    host: Option<&str>,
    state: Option<&str>,
) -> String {
    let hidden = |name: &str, value: &str| {
        format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(value)
        )
    };
    let state = state
        .map(|state| hidden("state", state))
        .unwrap_or_default();
    frame(
        words,
        words.title,
        &format!(
            "<p>{}</p><p>{}</p><dl><dt>{}</dt><dd>{APP_KEY}</dd><dt>{}</dt><dd>{}</dd></dl>\
             <form method=\"post\" action=\"/oauth/authorize\">{}{}{}{state}\
             <button class=\"yes\" name=\"decision\" value=\"approve\">{}</button><button name=\"decision\" value=\"deny\">{}</button></form>",
            words.question,
            words.basics,
            words.app_key,
            words.returns_to,
            escape(host.unwrap_or(redirect)),
            hidden("client_id", APP_KEY),
            hidden("response_type", "code"),
            hidden("redirect_uri", redirect),
            words.approve,
            words.deny,
        ),
    )
}

/// Why there is no consent page.
pub(super) fn refusal(words: Words, code: &str, text: &str, got: &str) -> String {
    frame(
        words,
        words.cannot,
        &format!(
            "<p>{text}</p><dl><dt>Code</dt><dd>{code}</dd><dt>{}</dt><dd>{}</dd></dl>",
            words.got,
            escape(got)
        ),
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
