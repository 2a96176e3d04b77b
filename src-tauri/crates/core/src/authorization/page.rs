//! The pages the browser shows after the redirect: small, in the browser's language, with nothing to load and no script.

use crate::words::{Language, word};

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The redirect is ours; the connection is being finished.
    Done,
    /// The owner said no.
    Denied,
    /// The attempt is over.
    Expired,
    /// Not the attempt that waits.
    Other,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 4] = [Self::Done, Self::Denied, Self::Expired, Self::Other];

    /// Its name in the address and in the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Other => "other",
        }
    }
}

/// Headers for every page: nothing is kept, nothing is told on, nothing runs.
pub const HEADERS: &str = "Content-Type: text/html; charset=utf-8\r\n\
Cache-Control: no-store\r\n\
Referrer-Policy: no-referrer\r\n\
X-Content-Type-Options: nosniff\r\n\
X-Frame-Options: DENY\r\n\
Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n";

/// The page's HTML.
#[must_use]
pub fn html(page: Page, language: Language) -> String {
    let part = |part: &str| escape(word(language, &format!("pages/{}_{part}", page.name())));
    let (title, text) = (part("title"), part("text"));
    let back = escape(word(language, "pages/back"));
    let (mark, colour) = match page {
        Page::Done => ("✓", "#23733f"),
        Page::Denied | Page::Expired => ("–", "#9a5b00"),
        Page::Other => ("?", "#76726b"),
    };
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>SmartLinks</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>\
         :root{{color-scheme:light dark}}body{{font:16px/1.6 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;\
         margin:0;background:#f7f7f5;color:#1d1c1a}}main{{max-width:26rem;padding:2rem;text-align:center}}\
         b{{display:inline-grid;place-items:center;width:3rem;height:3rem;border-radius:50%;background:{colour};color:#fff;font-size:1.5rem}}\
         h1{{font-size:1.25rem;margin:1rem 0 .25rem}}p{{margin:.25rem 0}}small{{color:#6b675f}}\
         @media(prefers-color-scheme:dark){{body{{background:#151513;color:#eeece6}}small{{color:#a09b91}}}}</style></head>\
         <body><main><b aria-hidden=\"true\">{mark}</b><h1>{title}</h1><p>{text}</p><p><small>{back}</small></p></main></body></html>",
        lang = language.as_str(),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_speaks_both_languages_and_loads_nothing() {
        for page in Page::ALL {
            let (french, english) = (html(page, Language::French), html(page, Language::English));
            assert_ne!(french, english);
            for text in [french, english] {
                assert!(
                    !text.contains("<script")
                        && !text.contains("http://")
                        && !text.contains("https://")
                );
                assert!(
                    !text.contains("<h1></h1>") && !text.contains("<p></p>"),
                    "{page:?} has no words"
                );
            }
        }
    }
}
