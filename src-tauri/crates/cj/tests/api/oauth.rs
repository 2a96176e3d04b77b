//! The client id and secret at `/api/oauth/token`: one way to succeed, many to fail, each with its name.

use std::time::Duration;

use cj::{Class, Error};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::scripted::{Reply, Scripted, data, refusal, reply};

const SECRET: &str = "made-up-secret-0001";

async fn fails(answer: Reply) -> Error {
    let cj = Scripted::start([answer]).await;
    let secret = SecretString::from(SECRET);
    let error = cj
        .client()
        .exchange_client_credentials("CJ1234567", &secret)
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error:?}");
    cj.only();
    error
}

#[tokio::test]
async fn the_pair_goes_out_as_oauth2_wants_and_tokens_come_back_even_from_a_careless_server() {
    for body in [
        json!({"access_token": "acc", "token_type": "bearer", "expires_in": 3600, "refresh_token": "ref"}),
        json!({"access_token": "acc", "expires_in": "3600", "refresh_token": "ref"}),
    ] {
        let cj = Scripted::start([reply(200, body.to_string())]).await;
        let secret = SecretString::from(SECRET);
        let tokens = cj
            .client()
            .exchange_client_credentials("CJ1234567", &secret)
            .await
            .unwrap();
        assert_eq!(tokens.access_token.expose_secret(), "acc");
        assert_eq!(tokens.refresh_token.unwrap().expose_secret(), "ref");
        assert_eq!(tokens.access_lives, Some(Duration::from_secs(3600)));
        let asked = cj.only();
        assert_eq!(
            (asked.method.as_str(), asked.path.as_str()),
            ("POST", "/api/oauth/token")
        );
        assert_eq!(
            asked.content_type.as_deref(),
            Some("application/x-www-form-urlencoded")
        );
        let mut form: Vec<(String, String)> = url::form_urlencoded::parse(asked.body.as_bytes())
            .into_owned()
            .collect();
        form.sort();
        let expected = [
            ("client_id", "CJ1234567"),
            ("client_secret", SECRET),
            ("grant_type", "client_credentials"),
        ];
        assert_eq!(
            form,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}

#[tokio::test]
async fn tokens_in_cjs_own_envelope_keep_the_expiry_cj_names() {
    let cj = Scripted::start([data(json!({"accessToken": "acc", "openId": 40321, "accessTokenExpiryDate": "2026-09-24T09:15:00+08:00"}))]).await;
    let secret = SecretString::from(SECRET);
    let tokens = cj
        .client()
        .exchange_client_credentials("CJ1234567", &secret)
        .await
        .unwrap();
    assert_eq!(
        tokens.access_expires_at,
        "2026-09-24T01:15:00Z".parse().ok()
    );
    assert_eq!(tokens.open_id.unwrap().expose_secret(), "40321");
    assert_eq!(tokens.access_lives, None);
}

#[tokio::test]
async fn an_endpoint_that_does_not_exist_is_not_mistaken_for_a_wrong_secret() {
    let page = "<html><h1>404</h1></html>";
    for answer in [
        reply(404, page).with("content-type", "text/html"),
        reply(404, ""),
        reply(
            404,
            r#"{"timestamp":"x","status":404,"error":"Not Found","path":"/api/oauth/token"}"#,
        ),
        reply(405, ""),
        refusal(200, 1_600_101, "Interface not found"),
        refusal(200, 16_900_202, "Request method not supported"),
    ] {
        assert_eq!(fails(answer).await.class, Class::NotFound);
    }
}

#[tokio::test]
async fn a_refused_pair_is_called_that_in_whatever_words_cj_refuses_it() {
    for answer in [
        reply(401, ""),
        reply(401, "<html>no</html>"),
        reply(401, r#"{"error":"Unauthorized","status":401}"#),
        reply(
            401,
            r#"{"error":"invalid_client","error_description":"bad made-up-secret-0001"}"#,
        ),
        reply(400, r#"{"error":"invalid_client"}"#),
        reply(200, r#"{"error":"invalid_client"}"#),
        refusal(
            401,
            1_600_001,
            "Invalid API key or access token made-up-secret-0001",
        ),
        refusal(200, 1_600_005, "APIkey is wrong"),
    ] {
        assert_eq!(fails(answer).await.class, Class::Key);
    }
}

#[tokio::test]
async fn every_other_failure_of_the_second_way_has_its_name() {
    for (answer, class) in [
        (reply(200, "<html>Welcome</html>"), Class::Answer),
        (reply(200, ""), Class::Answer),
        (reply(200, "{}"), Class::Answer),
        (data(json!(null)), Class::Answer),
        (
            reply(302, "").with("location", "https://elsewhere.example.test/"),
            Class::Answer,
        ),
        (reply(403, "<html>forbidden</html>"), Class::Permission),
        (
            reply(400, r#"{"error":"unsupported_grant_type"}"#),
            Class::Param,
        ),
        (
            reply(400, r#"{"error":"unauthorized_client"}"#),
            Class::Permission,
        ),
        (reply(429, ""), Class::Rate),
        (reply(503, "busy"), Class::Server),
        (
            refusal(200, 1_600_004, "API access suspended"),
            Class::Suspended,
        ),
    ] {
        assert_eq!(fails(answer).await.class, class);
    }
}
