//! AliExpress: the consent page, and the token calls with their order of checks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use smartlinks_sandbox::{APP_KEY, APP_SECRET, Options, visitor};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Caller, NOON_MS, id, number, query, quiet};

const HOSTED: &str = "https://shop.example.test/callback";

#[tokio::test]
async fn approving_returns_a_code_and_the_state_and_reaches_a_loopback_listener() {
    let caller = Caller::new(quiet()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let callback = format!(
        "http://{}/aliexpress/callback",
        listener.local_addr().unwrap()
    );
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = vec![0; 4_096];
        let n = stream.read(&mut bytes).await.unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .await
            .unwrap();
        String::from_utf8_lossy(&bytes[..n]).into_owned()
    });
    let landed = visitor::approve(&caller.authorize_url(&callback))
        .await
        .unwrap();
    let code = query(&landed, "code").unwrap();
    assert!(code.starts_with("3_500000_"), "{code}");
    assert_eq!(query(&landed, "state").as_deref(), Some("s-81f0 <&\">"));
    assert!(
        heard
            .await
            .unwrap()
            .starts_with("GET /aliexpress/callback?code=3_500000_")
    );
}

#[tokio::test]
async fn denying_returns_the_error_and_the_state() {
    let caller = Caller::new(quiet()).await;
    let landed = visitor::deny(&caller.authorize_url(HOSTED)).await.unwrap();
    assert_eq!(query(&landed, "error").as_deref(), Some("access_denied"));
    assert!(query(&landed, "error_description").is_some());
    assert!(query(&landed, "state").is_some() && query(&landed, "code").is_none());
}

#[tokio::test]
async fn a_wrong_app_key_or_callback_ends_on_a_page_and_never_redirects() {
    let registered = "http://127.0.0.1:8765/aliexpress/callback";
    let caller = Caller::new(Options {
        redirect_uri: Some(registered.to_owned()),
        ..quiet()
    })
    .await;
    let wrong_key = caller.authorize_url(registered).replace(APP_KEY, "500001");
    let error = visitor::approve(&wrong_key).await.unwrap_err().to_string();
    assert!(error.contains("param-appkey.not.exists"), "{error}");
    let elsewhere = caller.authorize_url("http://127.0.0.1:8766/aliexpress/callback");
    assert!(
        visitor::approve(&elsewhere)
            .await
            .unwrap_err()
            .to_string()
            .contains("redirecturi")
    );
    visitor::approve(&caller.authorize_url(registered))
        .await
        .unwrap();
    let any = Caller::new(quiet()).await;
    let plain = any.authorize_url("http://shop.example.test/callback");
    assert!(
        visitor::approve(&plain).await.is_err(),
        "http only on loopback"
    );
}

#[tokio::test]
async fn the_consent_page_speaks_the_browsers_language_and_says_it_is_practice() {
    let caller = Caller::new(quiet()).await;
    let url = caller.authorize_url(HOSTED);
    let page = async |language: &str| {
        let request = caller.http.get(&url).header("Accept-Language", language);
        let response = request.send().await.unwrap();
        assert!(
            response.headers()["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        response.text().await.unwrap()
    };
    let french = page("fr-FR,fr;q=0.9,en;q=0.5").await;
    assert!(
        french.contains("Autoriser") && french.contains("entraînement") && french.contains(APP_KEY)
    );
    let english = page("en-US,fr;q=0.5").await;
    assert!(english.contains("Approve") && english.contains("Practice AliExpress"));
    assert!(
        !english.contains("<script") && !english.contains("s-81f0 <&"),
        "the state is escaped"
    );
}

#[tokio::test]
async fn the_gateway_checks_key_then_signature_then_time_then_code() {
    let caller = Caller::new(quiet()).await;
    let bogus = [("code", "3_500000_bogus")];
    let create = async |key: &str, secret: &str, at_ms: i64| {
        let body = caller
            .signed_with("rest/auth/token/create", &bogus, key, secret, at_ms)
            .await;
        id(&body["code"])
    };
    assert_eq!(create("500001", "wrong", 0).await, "InvalidAppKey");
    assert_eq!(create(APP_KEY, "wrong", 0).await, "IncompleteSignature");
    assert_eq!(
        create(APP_KEY, APP_SECRET, NOON_MS - 7_200_001).await,
        "IllegalTimestamp"
    );
    assert_eq!(
        create(APP_KEY, APP_SECRET, NOON_MS + 7_200_000).await,
        "InvalidCode"
    );
}

#[tokio::test]
async fn a_code_is_exchanged_once_and_refreshing_never_extends_the_consent() {
    let caller = Caller::new(quiet()).await;
    let control = caller.sandbox.control();
    let landed = visitor::approve(&caller.authorize_url(HOSTED))
        .await
        .unwrap();
    let code = query(&landed, "code").unwrap();
    let pair = caller
        .signed("rest/auth/token/create", &[("code", &code)])
        .await;
    assert!(id(&pair["access_token"]).starts_with("5000"));
    assert!(id(&pair["refresh_token"]).starts_with("50001"));
    assert_eq!(number(&pair["expires_in"]), 30 * 86_400);
    assert_eq!(number(&pair["refresh_expires_in"]), 60 * 86_400);
    assert_eq!(pair["account"], "owner@example.test");
    let again = caller
        .signed("rest/auth/token/create", &[("code", &code)])
        .await;
    assert_eq!(
        (again["code"].as_str(), again["type"].as_str()),
        (Some("InvalidCode"), Some("ISV"))
    );
    control.advance(Duration::from_secs(3_600));
    let refresh = id(&pair["refresh_token"]);
    let new = caller
        .signed("rest/auth/token/refresh", &[("refresh_token", &refresh)])
        .await;
    assert_ne!(new["access_token"], pair["access_token"]);
    assert_ne!(new["refresh_token"], pair["refresh_token"]);
    assert_eq!(number(&new["expires_in"]), 30 * 86_400);
    assert_eq!(
        number(&new["refresh_token_valid_time"]),
        number(&pair["refresh_token_valid_time"])
    );
    control.expire_refresh_tokens();
    let dead = caller
        .signed(
            "rest/auth/token/refresh",
            &[("refresh_token", &id(&new["refresh_token"]))],
        )
        .await;
    assert_eq!(dead["code"], "IllegalRefreshToken");
}

#[tokio::test]
async fn a_code_older_than_three_minutes_is_dead() {
    let caller = Caller::new(quiet()).await;
    let landed = visitor::approve(&caller.authorize_url(HOSTED))
        .await
        .unwrap();
    caller.sandbox.control().advance(Duration::from_secs(181));
    let code = query(&landed, "code").unwrap();
    let body = caller
        .signed("rest/auth/token/create", &[("code", &code)])
        .await;
    assert_eq!(body["code"], "InvalidCode");
}

#[tokio::test]
async fn numbers_of_a_token_answer_come_quoted_and_bare() {
    let caller = Caller::new(quiet()).await;
    let mut quoted = Vec::new();
    for _ in 0..12 {
        quoted.push(caller.aliexpress_pair().await["expires_in"].is_string());
    }
    assert!(
        quoted.contains(&true) && quoted.contains(&false),
        "{quoted:?}"
    );
}
