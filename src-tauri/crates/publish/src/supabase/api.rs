//! Calls to the Management API (<https://supabase.com/docs/reference/api/introduction>) and to the functions of a project.
//!
//! The API takes a personal access token as a bearer, answers refusals with `{"message"}`, and limits calls a minute (429).

use reqwest::{Method, Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use smartlinks_core::error::SupplierSaid;
use smartlinks_core::ports::is_loopback;
use smartlinks_core::{Code, Error, Result, Shop};
use url::Url;

/// Longest answer of a function that is shown.
const LONGEST: usize = 64 * 1024;

/// The Management API with a token.
pub(super) struct Api<'a> {
    pub(super) shop: &'a Shop,
    pub(super) token: SecretString,
}

impl Api<'_> {
    /// Calls `/v1/projects/{rest}` and reads JSON.
    pub(super) async fn call(
        &self,
        method: Method,
        rest: &str,
        body: Option<&Value>,
    ) -> Result<Value> {
        let base = &self.shop.ports().base_urls.supabase;
        let url = join(base, &format!("v1/projects/{rest}"))?;
        let mut request = self
            .shop
            .http()
            .request(method, url)
            .bearer_auth(self.token.expose_secret());
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let text = text_of(response).await?;
        if !status.is_success() {
            return Err(refused(self.shop, status, &text));
        }
        if text.trim().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_str(&text).map_err(|_| {
            Error::new(
                Code::ShopAnswer,
                "Supabase: the answer is no JSON".to_owned(),
            )
        })
    }
}

/// Where a project's functions answer: its own host, or the simulation's on this computer.
pub(super) fn functions_url(shop: &Shop, reference: &str, slug: &str) -> Result<Url> {
    let base = &shop.ports().base_urls.supabase;
    if is_loopback(base) {
        return join(base, &format!("functions/v1/{slug}"));
    }
    Url::parse(&format!(
        "https://{reference}.supabase.co/functions/v1/{slug}"
    ))
    .map_err(|error| Error::new(Code::BadInput, format!("project {reference:?}: {error}")))
}

fn join(base: &Url, rest: &str) -> Result<Url> {
    base.join(rest)
        .map_err(|error| Error::new(Code::BadInput, format!("Supabase's address: {error}")))
}

/// What a body holds, up to a bound.
pub(super) async fn text_of(mut response: Response) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST {
            bytes.truncate(LONGEST);
            break;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn unreachable(error: reqwest::Error) -> Error {
    Error::new(
        Code::ShopUnreachable,
        format!("Supabase: {}", error.without_url()),
    )
}

fn refused(shop: &Shop, status: StatusCode, text: &str) -> Error {
    let said: Option<Value> = serde_json::from_str(text).ok();
    let message = said
        .as_ref()
        .and_then(|said| said.get("message"))
        .map(|message| match message {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
    let code = match status.as_u16() {
        401 | 403 => Code::ShopToken,
        404 => Code::NotFound,
        429 => Code::RateLimited,
        500.. => Code::ShopUnreachable,
        _ => Code::ShopAnswer,
    };
    let error = Error::new(code, format!("Supabase: {status}")).said(SupplierSaid {
        code: Some(status.as_u16().to_string()),
        message,
        request_id: None,
    });
    match code {
        // The limit is counted a minute: <https://supabase.com/docs/reference/api/introduction>.
        Code::RateLimited => error.retry_at(shop.now() + jiff::SignedDuration::from_mins(1)),
        _ => error,
    }
}
