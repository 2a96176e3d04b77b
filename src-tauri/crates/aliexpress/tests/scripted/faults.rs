//! Everything that can go wrong between here and there, and what must not be said about it.

use std::time::Duration;

use aliexpress::Class;
use secrecy::SecretString;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::gateway::{Gateway, KEY, SECRET, TOKEN, client_at, client_with};

#[tokio::test]
async fn a_ban_names_the_time_to_wait() {
    for (code, message, seconds) in [
        (
            "ApiCallLimit",
            "Api access frequency exceeds the limit. this ban will last 1 seconds",
            Some(1),
        ),
        (
            "AppApiCallLimit",
            "App Api Call Limit. This ban will last 14229 seconds.",
            Some(14_229),
        ),
        ("ApiCallLimit", "slow down", None),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"error_response": {"type": "ISV", "code": code, "msg": message, "request_id": "r"}}));
        let error = gateway.session().member_benefit().await.unwrap_err();
        assert_eq!(
            (error.class, error.retry_after),
            (Class::Rate, seconds.map(Duration::from_secs))
        );
        assert!(error.retry_helps());
    }
}

#[tokio::test]
async fn a_gateway_in_trouble_is_told_apart_from_a_strange_answer() {
    for (status, kind, body, class) in [
        (200, "application/json", "", Class::Answer),
        (
            200,
            "application/json",
            "{\"aliexpress_ds_member_benefit_get_response\":{\"resu",
            Class::Answer,
        ),
        (
            200,
            "text/html",
            "<html>temporary failure of the server</html>",
            Class::Answer,
        ),
        (200, "application/json", "null", Class::Answer),
        (500, "text/html", "<html>oops</html>", Class::Server),
        (502, "text/html", "", Class::Server),
        (503, "application/json", "{}", Class::Server),
        (429, "text/plain", "slow down", Class::Rate),
        (403, "text/html", "<html>blocked</html>", Class::Answer),
        (302, "text/html", "", Class::Answer),
    ] {
        let gateway = Gateway::start().await;
        gateway
            .says_raw(status, kind, body)
            .says_raw(status, kind, body);
        let error = gateway.session().member_benefit().await.unwrap_err();
        assert_eq!(error.class, class, "{status} {body}");
        let code = SecretString::from("3_500000_x");
        let error = gateway
            .client()
            .exchange(&code, "https://app.example/cb")
            .await
            .unwrap_err();
        assert_eq!(error.class, class, "token call, {status} {body}");
    }
}

/// Reads one request's head, as far as it comes at once.
async fn take_request(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    let _ = stream.read(&mut buffer).await.unwrap();
}

async fn listener() -> (TcpListener, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    (listener, base)
}

#[tokio::test]
async fn a_connection_that_breaks_inside_the_answer_is_the_network() {
    let (listener, base) = listener().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        take_request(&mut stream).await;
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"a";
        stream.write_all(head.as_bytes()).await.unwrap();
    });
    let session = client_at(base).session(SecretString::from(TOKEN));
    let error = session.member_benefit().await.unwrap_err();
    assert_eq!(error.class, Class::Network, "{error}");
}

#[tokio::test]
async fn a_gateway_that_hangs_up_is_the_network() {
    let (listener, base) = listener().await;
    // The port is kept, so that no other test can get it; whoever comes is hung up on.
    tokio::spawn(async move {
        loop {
            drop(listener.accept().await.unwrap());
        }
    });
    let client = client_at(base.clone());
    let error = client
        .session(SecretString::from(TOKEN))
        .member_benefit()
        .await
        .unwrap_err();
    assert_eq!(error.class, Class::Network);
    assert!(error.retry_helps());
    let error = client.check_pair().await.unwrap_err();
    assert_eq!(
        error.class,
        Class::Network,
        "an unreachable gateway must not call the pair wrong"
    );
    for hidden in [base.as_str(), "/sync", "/rest", KEY] {
        assert!(!format!("{error} {error:?}").contains(hidden), "{error:?}");
    }
}

#[tokio::test]
async fn a_gateway_that_never_answers_times_out() {
    let (listener, base) = listener().await;
    let client = client_with(base, KEY, SECRET, Duration::from_millis(50));
    let error = client
        .session(SecretString::from(TOKEN))
        .member_benefit()
        .await
        .unwrap_err();
    assert_eq!(error.class, Class::Network);
    assert!(error.message.starts_with("timed out"), "{error}");
    drop(listener);
}

#[tokio::test]
async fn nothing_secret_is_repeated_however_the_gateway_echoes_it() {
    let gateway = Gateway::start().await;
    let code = "3_500000_MadeUpCode123";
    let echo = format!(
        "bad request code={code} session={TOKEN} secret={SECRET}\r\nrefresh=50001000madeUpRefresh"
    );
    for _ in 0..3 {
        gateway.says(&json!({"type": "ISV", "code": "MissingParameter", "message": echo, "request_id": TOKEN}));
    }
    let client = gateway.client();
    let session = client.session(SecretString::from(TOKEN));
    let errors = [
        (
            code,
            client
                .exchange(&SecretString::from(code), "https://app.example/cb")
                .await
                .unwrap_err(),
        ),
        (
            "50001000madeUpRefresh",
            client
                .refresh(&SecretString::from("50001000madeUpRefresh"))
                .await
                .unwrap_err(),
        ),
        (TOKEN, session.member_benefit().await.unwrap_err()),
    ];
    for (secret, error) in errors {
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains(secret) && !shown.contains(SECRET),
            "{shown}"
        );
        assert!(
            error.message.contains("bad request"),
            "the rest of the words is kept"
        );
        assert!(!error.message.contains('\n'));
    }
    for shown in [format!("{client:?}"), format!("{session:?}")] {
        assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn calls_can_run_on_any_thread() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let gateway = Gateway::start().await;
    gateway.says(&json!({"code": "InvalidCode", "message": "m"}));
    let client = gateway.client();
    let code = SecretString::from("3_500000_x");
    let task = is_send(async move { client.exchange(&code, "https://app.example/cb").await });
    let outcome = tokio::spawn(task).await.unwrap();
    assert_eq!(outcome.unwrap_err().class, Class::Code);
}
