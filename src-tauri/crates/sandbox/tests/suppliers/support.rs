//! A caller of its own: it signs with another HMAC implementation than the sandbox checks with, and knows nothing of the client crates.
#![expect(clippy::unwrap_used, reason = "a helper of tests fails by panicking")]

use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sha2::Sha256;
use smartlinks_sandbox::{APP_KEY, APP_SECRET, CJ_API_KEY, Clock, Options, Sandbox};

/// 2026-11-21T12:00:00Z, held still.
pub const NOON_MS: i64 = 1_795_262_400_000;

pub fn fixed_clock() -> Clock {
    Arc::new(|| Timestamp::from_millisecond(NOON_MS).unwrap())
}

/// Without limits, on a calendar that stands still.
pub fn quiet() -> Options {
    Options {
        qps: None,
        clock: fixed_clock(),
        ..Options::default()
    }
}

pub struct Caller {
    pub sandbox: Sandbox,
    pub http: Client,
    pub token: String,
}

pub fn http() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

impl Caller {
    /// A running sandbox, without a CJ token yet.
    pub async fn new(options: Options) -> Self {
        Self {
            sandbox: Sandbox::start(options).await.unwrap(),
            http: http(),
            token: String::new(),
        }
    }

    /// A running sandbox with a CJ token of the first account.
    pub async fn connected(options: Options) -> Self {
        let mut caller = Self::new(options).await;
        let pair = caller.get_access_token(CJ_API_KEY).await.1;
        caller.token = pair["data"]["accessToken"].as_str().unwrap().to_owned();
        caller
    }

    pub fn cj(&self, path: &str) -> String {
        format!("{}api2.0/v1/{path}", self.sandbox.cj_url())
    }

    pub async fn get_access_token(&self, key: &str) -> (u16, Value) {
        self.post("authentication/getAccessToken", json!({"apiKey": key}))
            .await
    }

    pub fn with_token(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("CJ-Access-Token", &self.token)
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        answer(
            self.with_token(self.http.get(self.cj(path)))
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        answer(
            self.with_token(self.http.post(self.cj(path)))
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    /// The data of an answer that must be a success.
    pub async fn data(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(
            (status, body["code"].as_u64()),
            (200, Some(200)),
            "{path}: {body}"
        );
        body["data"].clone()
    }

    /// A signed AliExpress call; `path` is `rest/auth/token/create` or `sync`.
    pub async fn signed(&self, path: &str, params: &[(&str, &str)]) -> Value {
        self.signed_with(path, params, APP_KEY, APP_SECRET, NOON_MS)
            .await
    }

    pub async fn signed_with(
        &self,
        path: &str,
        params: &[(&str, &str)],
        key: &str,
        secret: &str,
        at_ms: i64,
    ) -> Value {
        let at = at_ms.to_string();
        let mut all = vec![
            ("app_key", key),
            ("timestamp", at.as_str()),
            ("sign_method", "sha256"),
        ];
        all.extend_from_slice(params);
        all.sort_unstable();
        let mut text = path.strip_prefix("rest").unwrap_or_default().to_owned();
        for (name, value) in &all {
            text += name;
            text += value;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        let sign: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|b| format!("{b:02X}"))
            .collect();
        all.push(("sign", &sign));
        let url = format!("{}{path}", self.sandbox.aliexpress_url());
        let (status, body) = answer(self.http.post(url).form(&all).send().await.unwrap()).await;
        assert_eq!(status, 200, "the gateway always answers 200");
        body
    }

    pub fn authorize_url(&self, redirect: &str) -> String {
        let mut url = self
            .sandbox
            .aliexpress_url()
            .join("oauth/authorize")
            .unwrap();
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", APP_KEY)
            .append_pair("redirect_uri", redirect)
            .append_pair("state", "s-81f0 <&\">");
        url.into()
    }

    /// Goes through the consent and the exchange.
    pub async fn aliexpress_pair(&self) -> Value {
        let landed = smartlinks_sandbox::visitor::approve(
            &self.authorize_url("https://shop.example.test/callback"),
        )
        .await
        .unwrap();
        let code = query(&landed, "code").unwrap();
        self.signed("rest/auth/token/create", &[("code", &code)])
            .await
    }

    pub async fn business(&self, token: &str, method: &str, params: &[(&str, &str)]) -> Value {
        let mut all = vec![
            ("method", method),
            ("session", token),
            ("format", "json"),
            ("v", "2.0"),
        ];
        all.extend_from_slice(params);
        self.signed("sync", &all).await
    }
}

pub fn query(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(n, _)| n == name)
        .map(|(_, value)| value.into_owned())
}

pub async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    (status, body)
}

/// A number, quoted or not.
pub fn number(value: &Value) -> i64 {
    value
        .as_i64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap()
}

/// An id, quoted or not.
pub fn id(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// All decimals of a price in any spelling.
pub fn prices(value: &Value) -> Vec<Decimal> {
    let text = id(value);
    text.split(['-', ' '])
        .filter(|t| !t.is_empty())
        .map(|t| t.parse().unwrap())
        .collect()
}
