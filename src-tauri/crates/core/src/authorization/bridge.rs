//! The bridge: what an owner puts at a registered https address, so that it forwards AliExpress's answer to SmartLinks.
//!
//! One static page without anything to load, for any web space; the same as a Supabase Edge Function; and a plain rule for
//! nginx. All of them hand on code and state and keep nothing. What arrives is checked like every other answer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::callback::{Callback, LINK_PATH};
use crate::accounts;
use crate::error::Result;
use crate::shop::Shop;

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BridgeKind")]
pub enum Kind {
    /// One HTML file, for any web space.
    Page,
    /// A Supabase Edge Function.
    EdgeFunction,
    /// A rule for nginx.
    Nginx,
}

const PAGE: &str = include_str!("../../assets/bridge.html");

/// The page as one HTML file, French or English by the browser, with a content policy that allows only its own script.
#[must_use]
pub fn page() -> String {
    let script = between(PAGE, "<script>", "</script>");
    let style = between(PAGE, "<style>", "</style>");
    PAGE.replace("{script}", &source(script))
        .replace("{style}", &source(style))
}

/// The same way on as a Supabase Edge Function (Deno), for `supabase functions deploy`. It answers with a redirect and
/// not with the page, because Supabase serves HTML of functions as plain text.
#[must_use]
pub fn edge_function() -> &'static str {
    include_str!("../../assets/bridge.ts")
}

/// One of the three, for the callback address the owner registered.
///
/// # Errors
/// Those of the database.
pub async fn text(shop: &Shop, kind: Kind) -> Result<String> {
    Ok(match kind {
        Kind::Page => page(),
        Kind::EdgeFunction => edge_function().to_owned(),
        Kind::Nginx => {
            let app = accounts::aliexpress_app(shop).await?;
            let callback = app
                .map(|app| Callback::parse(&app.callback_url))
                .transpose()?;
            nginx_rule(callback.as_ref().map_or(LINK_PATH, Callback::path))
        }
    })
}

/// The rule for nginx: no page, only the way on. `path` is the path of the registered address.
#[must_use]
pub fn nginx_rule(path: &str) -> String {
    format!(
        "location = {path} {{\n    add_header Cache-Control no-store always;\n    add_header Referrer-Policy no-referrer always;\n    \
         return 302 {}:/aliexpress/callback?$args;\n}}\n",
        super::callback::SCHEME
    )
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map_or("", |(inner, _)| inner)
}

/// The hash a content policy names an inline text by.
fn source(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_allows_its_own_script_and_nothing_else() {
        let page = page();
        assert!(
            !page.contains("'{")
                && page.contains("script-src 'sha256-")
                && page.contains("default-src 'none'")
        );
        for outside in ["http://", "https://", "src=", "@import", "url("] {
            assert!(!page.contains(outside), "{outside} would load something");
        }
    }

    #[test]
    fn the_hash_of_the_policy_is_the_one_browsers_compute() {
        assert_eq!(
            source("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
    }

    #[test]
    fn the_edge_function_and_the_rule_hand_on_to_the_registered_scheme() {
        assert!(edge_function().contains("app.smartlinks.desktop:/aliexpress/callback?"));
        assert!(
            nginx_rule("/aliexpress/callback")
                .contains("return 302 app.smartlinks.desktop:/aliexpress/callback?$args;")
        );
    }
}
