//! The app, the client, and the one place that sends anything.
//!
//! Not for retries and pacing (the caller's) nor for redirects: give a `reqwest::Client` that follows none, since a
//! followed redirect would carry the signed form elsewhere.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::envelope::{self, Reply};
use crate::error::{Class, Error, Result};
use crate::session::Session;
use crate::sign::sign;

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Larger than the largest known answer (the address tree of France, 2.3 MB) with much to spare.
const LARGEST_ANSWER: usize = 32 * 1024 * 1024;

/// The pair of the app console.
#[derive(Clone)]
pub struct App {
    /// App Key, a number; also the OAuth client id.
    pub key: String,
    /// App Secret; it signs and is never sent.
    pub secret: SecretString,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("key", &self.key)
            .field("secret", &"[hidden]")
            .finish()
    }
}

/// A connection to one gateway for one app. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    http: reqwest::Client,
    base: Url,
    app: App,
    clock: Clock,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.inner.base.as_str())
            .field("app", &self.inner.app)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client for the gateway at `base` (production: [`crate::PRODUCTION`]). Timeouts, proxy, TLS and the redirect
    /// policy (none, please) are those of `http`.
    #[must_use]
    pub fn new(http: reqwest::Client, base: Url, app: App, clock: Clock) -> Self {
        // A line break copied along with key or secret is a common cause of `InvalidAppKey` and `IncompleteSignature`.
        let app = App {
            key: app.key.trim().to_owned(),
            secret: SecretString::from(app.secret.expose_secret().trim()),
        };
        Self {
            inner: Arc::new(Inner {
                http,
                base,
                app,
                clock,
            }),
        }
    }

    /// Business calls in the name of the buyer whom the token belongs to.
    #[must_use]
    pub fn session(&self, access_token: SecretString) -> Session {
        Session::new(self.clone(), access_token)
    }

    pub(crate) fn app_key(&self) -> &str {
        &self.inner.app.key
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.inner.clock)()
    }

    /// The address of `path` (`/sync`) at this gateway, also when the base itself has a path.
    pub(crate) fn address(&self, path: &str) -> Url {
        let mut url = self.inner.base.clone();
        let prefix = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{prefix}{path}"));
        url.set_query(None);
        url.set_fragment(None);
        url
    }

    /// Signs `params` as `api`, posts them as a form to `path` and opens the answer. `secret` is the token or code among
    /// them, to be blotted out of whatever the gateway says.
    pub(crate) async fn post(
        &self,
        path: &str,
        api: &str,
        mut params: BTreeMap<String, String>,
        secret: &SecretString,
    ) -> Result<Reply> {
        params.insert("app_key".into(), self.app_key().to_owned());
        params.insert("sign_method".into(), "sha256".into());
        params.insert("timestamp".into(), self.now().as_millisecond().to_string());
        params.retain(|_, value| !value.is_empty());
        params.insert("sign".into(), sign(&self.inner.app.secret, api, &params));

        let answer = self.round_trip(path, api, &params).await;
        let secrets = [
            self.inner.app.secret.expose_secret(),
            secret.expose_secret().trim(),
        ];
        let answer = answer.map_err(|error| error.scrubbed(&secrets));
        match &answer {
            Ok(reply) => tracing::debug!(api, request_id = reply.request_id, "AliExpress answered"),
            Err(error) => tracing::debug!(
                api,
                class = ?error.class,
                code = error.code,
                request_id = error.request_id,
                "AliExpress call failed"
            ),
        }
        answer
    }

    async fn round_trip(
        &self,
        path: &str,
        api: &str,
        params: &BTreeMap<String, String>,
    ) -> Result<Reply> {
        // The parameters go into the body, never into the address: addresses end up in logs of proxies.
        let request = self.inner.http.post(self.address(path)).form(params);
        let mut response = request.send().await.map_err(Error::network)?;
        let status = response.status();
        let retry_after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse().ok())
            .map(Duration::from_secs);
        let ahead = clock_ahead(response.headers().get(DATE), self.now());
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .unwrap_or("no content type")
            .to_owned();

        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Error::network)? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST_ANSWER {
                return Err(Error::new(
                    Class::Answer,
                    "the answer is larger than 32 MiB",
                ));
            }
        }
        open(api, status, retry_after, &kind, &body).map_err(|error| error.with_clocks(ahead))
    }
}

/// How far `now` is ahead of the time an answer says it was sent at; to the second, as such dates go.
fn clock_ahead(date: Option<&HeaderValue>, now: Timestamp) -> Option<SignedDuration> {
    let sent = rfc2822::parse(date?.to_str().ok()?).ok()?.timestamp();
    Some(SignedDuration::from_secs(
        now.duration_since(sent).as_secs(),
    ))
}

/// Makes sense of status and body together: a refusal in JSON says more than any status, a status more than any HTML.
fn open(
    api: &str,
    status: reqwest::StatusCode,
    retry_after: Option<Duration>,
    kind: &str,
    body: &[u8],
) -> Result<Reply> {
    match serde_json::from_slice::<Value>(body) {
        Ok(answer) => match envelope::open(api, answer) {
            Ok(_) if !status.is_success() => Err(Error::status(status, retry_after)),
            Err(error) if !status.is_success() && error.class == Class::Answer => {
                Err(Error::status(status, retry_after))
            }
            Err(error) => {
                let retry_after = error.retry_after.or(retry_after);
                Err(Error {
                    retry_after,
                    ..error
                })
            }
            reply => reply,
        },
        Err(_) if !status.is_success() => Err(Error::status(status, retry_after)),
        Err(_) if body.is_empty() => Err(Error::new(Class::Answer, "the answer is empty")),
        // Where it stops being JSON is told, what it says is not: it may be anything.
        Err(error) if error.is_eof() => Err(Error::new(
            Class::Answer,
            format!("the answer is cut off after {} bytes", body.len()),
        )),
        Err(_) => Err(Error::new(
            Class::Answer,
            format!("the answer is not JSON ({kind}, {} bytes)", body.len()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;

    fn class(status: StatusCode, body: &str) -> Option<Class> {
        open("m", status, None, "text/html", body.as_bytes())
            .err()
            .map(|error| error.class)
    }

    #[test]
    fn the_gateways_own_time_tells_how_far_this_clock_is_off() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap_or_default();
        let date = HeaderValue::from_static("Sun, 22 Nov 2026 06:00:00 GMT");
        for (now, seconds) in [
            ("2026-11-22T06:00:00.9Z", 0),
            ("2026-11-22T09:30:00Z", 12_600),
            ("2026-11-21T06:00:00Z", -86_400),
        ] {
            let ahead = clock_ahead(Some(&date), at(now));
            assert_eq!(ahead, Some(SignedDuration::from_secs(seconds)), "{now}");
        }
        let nonsense = HeaderValue::from_static("yesterday");
        assert_eq!(
            clock_ahead(Some(&nonsense), at("2026-11-22T06:00:00Z")),
            None
        );
        assert_eq!(clock_ahead(None, at("2026-11-22T06:00:00Z")), None);
    }

    #[test]
    fn every_broken_answer_has_its_class() {
        let unavailable = r#"{"code":"ServiceUnavailable","message":"m","type":"ISP"}"#;
        let key = r#"{"code":"InvalidAppKey","message":"m","type":"ISV"}"#;
        for (status, body, expected) in [
            (StatusCode::OK, r#"{"x_response":{}}"#, None),
            (StatusCode::OK, "", Some(Class::Answer)),
            (
                StatusCode::OK,
                r#"{"x_response":{"resu"#,
                Some(Class::Answer),
            ),
            (StatusCode::OK, "<html>busy</html>", Some(Class::Answer)),
            (StatusCode::OK, "[1]", Some(Class::Answer)),
            (StatusCode::OK, unavailable, Some(Class::Server)),
            (StatusCode::BAD_REQUEST, key, Some(Class::Key)),
            (
                StatusCode::BAD_GATEWAY,
                "<html>bad gateway</html>",
                Some(Class::Server),
            ),
            (StatusCode::BAD_GATEWAY, "", Some(Class::Server)),
            (StatusCode::BAD_GATEWAY, "{}", Some(Class::Server)),
            (StatusCode::BAD_GATEWAY, "[]", Some(Class::Server)),
            (
                StatusCode::TOO_MANY_REQUESTS,
                "slow down",
                Some(Class::Rate),
            ),
            (StatusCode::FOUND, "", Some(Class::Answer)),
        ] {
            assert_eq!(class(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn the_time_to_wait_comes_from_the_sentence_or_else_from_the_header() {
        let wait = |body: &str| {
            let seconds = Some(Duration::from_secs(9));
            let answer = open(
                "m",
                StatusCode::TOO_MANY_REQUESTS,
                seconds,
                "json",
                body.as_bytes(),
            );
            answer.err().and_then(|error| error.retry_after)
        };
        let ban = r#"{"error_response":{"code":"AppApiCallLimit","msg":"This ban will last 14229 seconds"}}"#;
        assert_eq!(wait(ban), Some(Duration::from_secs(14_229)));
        assert_eq!(wait("slow down"), Some(Duration::from_secs(9)));
    }
}
