//! A gateway on loopback that answers what a test tells it to, in order, and remembers what it was asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, Once};
use std::time::Duration;

use aliexpress::{App, Client, Session, sign};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

pub const KEY: &str = "500000";
pub const SECRET: &str = "made-up-secret-0001";
pub const TOKEN: &str = "50000000madeUpAccess";
/// 2026-01-01T00:00:00Z, the time of the published signing vectors.
pub const NOW_MS: i64 = 1_767_225_600_000;
/// The same as a gateway writes it.
const NOW: &str = "Thu, 01 Jan 2026 00:00:00 GMT";

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    pub query: Option<String>,
    pub params: BTreeMap<String, String>,
}

impl Asked {
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map_or("", String::as_str)
    }

    /// Whether the signature fits what arrived.
    pub fn signed_as(&self, api: &str) -> bool {
        self.param("sign") == sign(&SecretString::from(SECRET), api, &self.params)
    }
}

#[derive(Default)]
struct Script {
    answers: VecDeque<(StatusCode, HeaderMap, String)>,
    asked: Vec<Asked>,
}

pub struct Gateway {
    script: Arc<Mutex<Script>>,
    base: Url,
}

impl Gateway {
    pub async fn start() -> Self {
        let script = Arc::new(Mutex::new(Script::default()));
        let app = Router::new().fallback(answer).with_state(script.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { script, base }
    }

    /// The next answer: JSON at HTTP 200, as the gateway gives good and bad news alike.
    pub fn says(&self, body: &Value) -> &Self {
        self.says_raw(200, "application/json;charset=UTF-8", &body.to_string())
    }

    pub fn says_raw(&self, status: u16, kind: &str, body: &str) -> &Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        // Its clock agrees with the client's: clocks apart are another matter than a wrong signature.
        headers.insert(header::DATE, NOW.parse().unwrap());
        let status = StatusCode::from_u16(status).unwrap();
        self.script
            .lock()
            .unwrap()
            .answers
            .push_back((status, headers, body.to_owned()));
        self
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.script.lock().unwrap().asked.clone()
    }

    /// The one request there was.
    pub fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }

    pub fn base(&self) -> Url {
        self.base.clone()
    }

    pub fn client(&self) -> Client {
        client_at(self.base())
    }

    pub fn session(&self) -> Session {
        self.client().session(SecretString::from(TOKEN))
    }
}

pub fn client_at(base: Url) -> Client {
    client_with(base, KEY, SECRET, Duration::from_secs(30))
}

pub fn client_with(base: Url, key: &str, secret: &str, timeout: Duration) -> Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
    });
    let http = reqwest::Client::builder()
        .no_proxy()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let app = App {
        key: key.to_owned(),
        secret: SecretString::from(secret),
    };
    let clock = || jiff::Timestamp::from_millisecond(NOW_MS).unwrap();
    Client::new(http, base, app, Arc::new(clock))
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, uri: Uri, body: Bytes) -> Response {
    let mut script = script.lock().unwrap();
    script.asked.push(Asked {
        path: uri.path().to_owned(),
        query: uri.query().map(str::to_owned),
        params: url::form_urlencoded::parse(&body).into_owned().collect(),
    });
    match script.answers.pop_front() {
        Some(answer) => answer.into_response(),
        None => (StatusCode::IM_A_TEAPOT, "nothing left to say").into_response(),
    }
}
