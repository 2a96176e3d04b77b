//! A CJ that answers from a script and remembers what it was asked. It knows nothing of CJ's rules.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Once};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use cj::{Client, InProcessPace, Pace, Session};
use secrecy::SecretString;
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

pub const KEY: &str = "CJ1234567@api@0123456789abcdef0123456789abcdef";
pub const TOKEN: &str = "API@CJ1234567@CJ:eyJhbGciOiJIUzI1NiJ9.MADE.UP";

/// One answer.
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

pub fn reply(status: u16, body: impl Into<String>) -> Reply {
    Reply {
        status,
        headers: vec![("content-type", "application/json")],
        body: body.into(),
    }
}

/// A success of CJ's with this data.
pub fn data(data: Value) -> Reply {
    reply(
        200,
        format!(
            r#"{{"code":200,"result":true,"message":"Success","data":{data},"requestId":"r-1"}}"#
        ),
    )
}

/// A refusal of CJ's.
pub fn refusal(status: u16, code: i64, message: &str) -> Reply {
    reply(
        status,
        format!(
            r#"{{"code":{code},"result":false,"message":"{message}","data":null,"requestId":"r-2"}}"#
        ),
    )
}

impl Reply {
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }
}

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub token: Option<String>,
    pub content_type: Option<String>,
    pub body: String,
    pub at: Instant,
}

impl Asked {
    /// The values of a query argument, in order.
    pub fn args(&self, name: &str) -> Vec<&str> {
        self.query
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Script {
    replies: VecDeque<Reply>,
    asked: Vec<Asked>,
}

pub struct Scripted {
    base: Url,
    script: Arc<Mutex<Script>>,
}

impl Scripted {
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let script = Script {
            replies: replies.into_iter().collect(),
            asked: Vec::new(),
        };
        let script = Arc::new(Mutex::new(script));
        let router = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&script));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, script }
    }

    pub fn client(&self) -> Client {
        self.paced(Arc::new(InProcessPace::unlimited()))
    }

    pub fn paced(&self, pace: Arc<dyn Pace>) -> Client {
        Client::new(http(), self.base.clone(), pace)
    }

    pub fn session(&self) -> Session {
        self.client().session(SecretString::from(TOKEN))
    }

    /// Everything asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.script.lock().unwrap().asked.clone()
    }

    /// The only thing asked so far.
    pub fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }
}

/// No idle connections: their timers would move a paused clock.
pub fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap();
    });
    reqwest::Client::builder()
        .no_proxy()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response<Body> {
    let at = Instant::now();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let header = |name| {
        parts
            .headers
            .get(name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: query.into_owned().collect(),
        token: header("cj-access-token"),
        content_type: header("content-type"),
        body: String::from_utf8_lossy(&body).into_owned(),
        at,
    };
    let reply = {
        let mut script = script.lock().unwrap();
        script.asked.push(asked);
        script
            .replies
            .pop_front()
            .unwrap_or_else(|| reply(599, "the script is over"))
    };
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
