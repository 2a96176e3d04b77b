//! Keys in, tokens out.

use std::time::Duration;

use cj::Class;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::scripted::{KEY, Scripted, TOKEN, data, refusal, reply};

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

#[tokio::test]
async fn a_pasted_key_becomes_tokens_with_the_expiries_cj_names() {
    let cj = Scripted::start([data(json!({
        "openId": 40321, "accessToken": TOKEN, "accessTokenExpiryDate": "2026-09-24T09:15:00+08:00",
        "refreshToken": "API@CJ1234567@CJ:eyJ.MADE.UP2", "refreshTokenExpiryDate": "2027-03-24T09:15:00+08:00",
        "createDate": "2026-03-28T09:15:00+08:00"}))])
    .await;
    let tokens = cj.client().exchange_api_key(&secret(KEY)).await.unwrap();
    assert_eq!(tokens.access_token.expose_secret(), TOKEN);
    assert_eq!(
        tokens.refresh_token.unwrap().expose_secret(),
        "API@CJ1234567@CJ:eyJ.MADE.UP2"
    );
    assert_eq!(
        tokens.access_expires_at,
        "2026-09-24T01:15:00Z".parse().ok()
    );
    assert_eq!(
        tokens.refresh_expires_at,
        "2027-03-24T01:15:00Z".parse().ok()
    );
    assert_eq!(tokens.open_id.unwrap().expose_secret(), "40321");
    let asked = cj.only();
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/api2.0/v1/authentication/getAccessToken")
    );
    assert_eq!(asked.json(), json!({"apiKey": KEY}));
    assert_eq!(
        (asked.token, asked.query.len()),
        (None, 0),
        "the key travels in the body only"
    );
}

#[tokio::test]
async fn a_wrong_key_is_called_that_and_never_quoted() {
    for (status, code) in [(200, 1_600_005), (401, 1_600_001), (200, 1_601_000)] {
        let words = format!("APIkey {KEY} is wrong, please check and try again");
        let cj = Scripted::start([refusal(status, code, &words)]).await;
        let error = cj
            .client()
            .exchange_api_key(&secret(KEY))
            .await
            .unwrap_err();
        assert_eq!((error.class, error.code), (Class::Key, Some(code)));
        assert_eq!(error.request_id.as_deref(), Some("r-2"));
        let told = format!("{error} {error:?}");
        assert!(
            !told.contains("0123456789abcdef") && !told.contains("@api@"),
            "{told}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_exchange_refused_for_speed_is_not_repeated_but_says_how_long_to_wait() {
    let begin = tokio::time::Instant::now();
    for (answer, seconds) in [
        (
            refusal(
                429,
                1_600_200,
                "Too Many Requests, QPS limit is 1 time/300second",
            ),
            300,
        ),
        (refusal(200, 1_600_200, "Too Many Requests"), 300),
        (reply(429, "").with("retry-after", "120"), 120),
    ] {
        let cj = Scripted::start([answer]).await;
        let error = cj
            .client()
            .exchange_api_key(&secret(KEY))
            .await
            .unwrap_err();
        assert_eq!(error.class, Class::Rate);
        assert_eq!(error.retry_after, Some(Duration::from_secs(seconds)));
        cj.only();
    }
    assert_eq!(begin.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn a_refresh_keeps_the_account_connected_and_a_dead_refresh_token_is_told_apart() {
    let cj = Scripted::start([
        data(json!({"accessToken": "new", "accessTokenExpiryDate": "2026-10-09T09:15:00+08:00", "refreshToken": "new2"})),
        refusal(200, 1_600_003, "Invalid refresh token"),
        refusal(401, 1_600_001, "Invalid API key or access token"),
        data(json!(null)),
    ])
    .await;
    let client = cj.client();
    let tokens = client.refresh(&secret("old2")).await.unwrap();
    assert_eq!(tokens.access_token.expose_secret(), "new");
    assert!(tokens.open_id.is_none() && tokens.refresh_expires_at.is_none());
    assert_eq!(cj.only().json(), json!({"refreshToken": "old2"}));
    for _ in 0..2 {
        assert_eq!(
            client.refresh(&secret("old2")).await.unwrap_err().class,
            Class::RefreshToken
        );
    }
    let empty = client.refresh(&secret("old2")).await.unwrap_err();
    assert!(empty.class == Class::Answer && empty.empty);
}

#[tokio::test]
async fn a_disconnect_reaches_cj_with_the_token_exactly_as_received() {
    let cj = Scripted::start([data(json!(true))]).await;
    cj.session().logout().await.unwrap();
    let asked = cj.only();
    assert_eq!(
        (asked.method.as_str(), asked.path.as_str()),
        ("POST", "/api2.0/v1/authentication/logout")
    );
    assert_eq!(
        (asked.token.as_deref(), asked.body.as_str()),
        (Some(TOKEN), "")
    );
    assert_eq!(asked.content_type.as_deref(), Some("application/json"));
}

#[tokio::test]
async fn a_token_no_header_can_carry_is_an_error_without_the_token_in_it() {
    let cj = Scripted::start([]).await;
    let session = cj.client().session(secret("broken\ntoken-1234"));
    let error = session.settings().await.unwrap_err();
    assert_eq!(error.class, Class::Token);
    assert!(!format!("{error:?} {session:?}").contains("token-1234"));
    assert!(cj.asked().is_empty());
}
