//! Sends one call at a time and reads its answer; waits out a refusal for speed, and nothing else.
//!
//! A busy or broken CJ, spent points, an expired token: the caller hears of it at once and decides, with
//! [`crate::Error::retry_helps`].

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, DATE, HeaderValue, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::envelope::{self, Answer, Arrived};
use crate::error::{Class, Error, Result};
use crate::pace::{Call, Outcome, Pace};
use crate::time;

/// How often a call refused for speed is repeated.
const REPEATS: u32 = 3;
/// The longest time named by CJ that is waited out here; a longer one goes to the caller as [`Error::retry_after`].
pub const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// More than any page of CJ's; what is longer is not CJ's answer.
const LONGEST_BODY: usize = 32 * 1024 * 1024;

/// CJ without an account: exchanges keys for tokens and opens sessions. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    pace: Arc<dyn Pace>,
}

/// CJ with an access token. Cheap to clone.
#[derive(Clone)]
pub struct Session {
    client: Client,
    token: SecretString,
}

/// One call, ready to be sent as often as needed.
pub(crate) struct Ask<'a> {
    call: Call,
    method: Method,
    query: Vec<(&'static str, String)>,
    body: Option<Value>,
    token: Option<&'a SecretString>,
    secrets: Vec<&'a SecretString>,
    /// Whether a refusal for speed is waited out; not for the key exchange, which may be limited to one in five minutes.
    repeats: u32,
}

impl<'a> Ask<'a> {
    pub(crate) fn get(path: &'static str, query: Vec<(&'static str, String)>) -> Self {
        Self {
            call: Call::new(path),
            method: Method::GET,
            query,
            body: None,
            token: None,
            secrets: Vec::new(),
            repeats: REPEATS,
        }
    }

    pub(crate) fn post(path: &'static str, body: Option<Value>) -> Self {
        Self {
            method: Method::POST,
            body,
            ..Self::get(path, Vec::new())
        }
    }

    /// Names a secret in the body, so that CJ is never quoted with it.
    pub(crate) fn hiding(mut self, secret: &'a SecretString) -> Self {
        self.secrets.push(secret);
        self
    }

    pub(crate) fn once(mut self) -> Self {
        self.repeats = 0;
        self
    }
}

/// What came over HTTP, whole.
pub(crate) struct Raw {
    pub(crate) status: StatusCode,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// A client over the caller's HTTP client. `base` is the origin, `https://developers.cjdropshipping.com`; the paths
    /// `/api2.0/v1/…` and `/api/oauth/token` are put behind it.
    ///
    /// The HTTP client should have a timeout and follow no redirects: CJ's token travels in a header of CJ's own name, which
    /// no HTTP library strips when a redirect leads elsewhere.
    #[must_use]
    pub fn new(http: reqwest::Client, base: Url, pace: Arc<dyn Pace>) -> Self {
        Self { http, base, pace }
    }

    /// A session with an access token, sent exactly as it was received.
    #[must_use]
    pub fn session(&self, access_token: SecretString) -> Session {
        Session {
            client: self.clone(),
            token: access_token,
        }
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub(crate) fn pace(&self) -> &dyn Pace {
        self.pace.as_ref()
    }

    /// The address of a path below the origin.
    pub(crate) fn address(&self, path: &str) -> Url {
        let mut address = self.base.clone();
        address.set_path(path);
        address.set_query(None);
        address
    }

    fn request(&self, ask: &Ask<'_>) -> Result<RequestBuilder> {
        let address = self.address(&format!("/api2.0/v1/{}", ask.call.path));
        let mut request = self
            .http
            .request(ask.method.clone(), address)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if !ask.query.is_empty() {
            request = request.query(&ask.query);
        }
        if let Some(token) = ask.token {
            // The header error would quote the token.
            let mut value = HeaderValue::from_str(token.expose_secret()).map_err(|_| {
                Error::new(
                    Class::Token,
                    "the access token holds characters no header can carry",
                )
            })?;
            value.set_sensitive(true);
            request = request.header("CJ-Access-Token", value);
        }
        Ok(match (&ask.body, &ask.method) {
            (Some(body), _) => request.json(body),
            // CJ refuses a POST without this type, body or not.
            (None, &Method::POST) => request
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(Vec::new()),
            (None, _) => request,
        })
    }

    /// Sends until an answer comes that is no refusal for speed, or the repeats are used up.
    pub(crate) async fn send(&self, ask: Ask<'_>) -> Result<Value> {
        let mut left = ask.repeats;
        loop {
            let turn = self.pace.turn(&ask.call).await?;
            let result = self.send_once(&ask).await;
            let outcome = match &result {
                Ok(answer) => Outcome {
                    points: answer.points,
                    ..Outcome::default()
                },
                Err(error) => Outcome {
                    refused: error.class == Class::Rate,
                    out_of_points: error.class == Class::Points,
                    points: error.points,
                    retry_after: error.retry_after.filter(|wait| *wait <= LONGEST_WAIT),
                },
            };
            let refused = outcome.refused;
            self.pace.answered(&ask.call, &outcome).await;
            let error = match result {
                Ok(answer) => return Ok(answer.data),
                Err(error) => error,
            };
            let wait = error.retry_after.unwrap_or_default();
            if !refused || left == 0 || wait > LONGEST_WAIT {
                return Err(error);
            }
            left -= 1;
            // CJ's own time is waited with the turn held; the pace knows of it, so that no other call of the account runs into
            // the same wall. The widened spacing comes with the next turn.
            tokio::time::sleep(wait).await;
            drop(turn);
        }
    }

    async fn send_once(&self, ask: &Ask<'_>) -> Result<Answer> {
        let raw = fetch(self.request(ask)?).await?;
        let secrets: Vec<_> = ask.secrets.iter().copied().chain(ask.token).collect();
        let arrived = Arrived {
            status: raw.status.as_u16(),
            retry_after: raw.retry_after,
            body: &raw.body,
            secrets: &secrets,
        };
        let result = envelope::read(&arrived, ask.call.points);
        let (class, code, request_id) = match &result {
            Ok(answer) => (None, None, answer.request_id.as_deref()),
            Err(error) => (Some(error.class), error.code, error.request_id.as_deref()),
        };
        tracing::debug!(
            path = ask.call.path,
            status = arrived.status,
            ?class,
            code,
            request_id,
            "CJ answered"
        );
        result
    }
}

/// Sends a request and reads the whole answer, up to a limit.
pub(crate) async fn fetch(request: RequestBuilder) -> Result<Raw> {
    let mut response = request.send().await.map_err(Error::network)?;
    let header = |name| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let retry_after = header(RETRY_AFTER).and_then(|wait| time::retry_after(wait, header(DATE)));
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::network)? {
        if body.len() + chunk.len() > LONGEST_BODY {
            return Err(Error::unreadable("longer than any answer of CJ's"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Raw {
        status,
        retry_after,
        body,
    })
}

impl Session {
    pub(crate) async fn get(
        &self,
        path: &'static str,
        query: Vec<(&'static str, String)>,
    ) -> Result<Value> {
        self.client
            .send(Ask {
                token: Some(&self.token),
                ..Ask::get(path, query)
            })
            .await
    }

    pub(crate) async fn post(&self, path: &'static str, body: Option<Value>) -> Result<Value> {
        self.client
            .send(Ask {
                token: Some(&self.token),
                ..Ask::post(path, body)
            })
            .await
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.base.as_str())
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
