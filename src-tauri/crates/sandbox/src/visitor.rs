//! The shop owner in front of the browser: opens the consent page, reads its form, presses a button, and follows the redirect to the
//! application. For tests and the demo; it knows the page only as a browser does.

use std::time::Duration;

use reqwest::header::{ACCEPT_LANGUAGE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};
use url::Url;

use crate::aliexpress::is_loopback;
use crate::error::{Error, Result};

/// Presses "Approve". Returns the address the browser ended up at, with code and state.
///
/// # Errors
/// [`Error::NoConsent`] when AliExpress showed something else, [`Error::Http`] when it could not be reached.
pub async fn approve(authorize_url: &str) -> Result<Url> {
    visit(authorize_url, "approve").await
}

/// Presses "Deny". Returns the address the browser ended up at, with the error.
///
/// # Errors
/// As for [`approve`].
pub async fn deny(authorize_url: &str) -> Result<Url> {
    visit(authorize_url, "deny").await
}

async fn visit(authorize_url: &str, decision: &str) -> Result<Url> {
    // reqwest is built without a TLS provider of its own; whoever came first stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let browser = Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(10))
        // Loopback only; a system proxy would not find it.
        .no_proxy()
        .build()?;
    let page_url = Url::parse(authorize_url)?;
    let page = browser
        .get(page_url.clone())
        .header(ACCEPT_LANGUAGE, "en")
        .send()
        .await?
        .text()
        .await?;
    let form = page
        .split_once("<form")
        .and_then(|(_, rest)| Some(rest.split_once("</form>")?.0))
        .ok_or_else(|| Error::NoConsent(heading(&page)))?;
    let target = page_url.join(&attribute(form, "action").unwrap_or_default())?;
    let mut fields: Vec<(String, String)> = form
        .split("<input")
        .skip(1)
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .collect();
    fields.push(("decision".to_owned(), decision.to_owned()));
    let answer = browser.post(target.clone()).form(&fields).send().await?;
    let location = answer
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .filter(|_| answer.status() == StatusCode::FOUND)
        .ok_or_else(|| Error::NoConsent(format!("HTTP {}", answer.status())))?;
    let redirect = target.join(location)?;
    if is_loopback(&redirect) {
        // Nobody may be listening: an owner then sees the browser's error page and copies the address.
        let _ = browser.get(redirect.clone()).send().await;
    }
    Ok(redirect)
}

fn heading(page: &str) -> String {
    let text = |tag: &str| {
        let (_, rest) = page.split_once(&format!("<{tag}>"))?;
        Some(unescape(rest.split_once('<')?.0))
    };
    let code = page
        .split_once("<dt>Code</dt><dd>")
        .and_then(|(_, rest)| Some(rest.split_once('<')?.0))
        .unwrap_or_default();
    format!("{} {code}", text("h1").unwrap_or_default())
}

/// The value of an attribute in the rest of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split_once('>').map_or(tag, |(inside, _)| inside);
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split_once('"')?.0))
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
