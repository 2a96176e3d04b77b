//! Authorize, exchange, refresh, check.

use aliexpress::{AppStatus, Class};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::gateway::{Gateway, KEY, NOW_MS, SECRET, client_at, client_with};

const CALLBACK: &str = "https://app.example/aliexpress/callback";

fn at(seconds: i64) -> Option<Timestamp> {
    Some(Timestamp::from_millisecond(NOW_MS + seconds * 1000).unwrap())
}

fn token_answer() -> Value {
    json!({
        "refresh_token_valid_time": 1_767_398_400_000_i64, "havana_id": "100000000001",
        "expire_time": 1_767_312_000_000_i64, "locale": "zh_CN", "user_nick": "madeup1234",
        "access_token": "50000000madeUpAccess", "refresh_token": "50001000madeUpRefresh",
        "user_id": "2000000001", "account_platform": "buyerApp", "refresh_expires_in": 172_800,
        "expires_in": 86_400, "sp": "ae", "seller_id": "2000000001", "account": "owner@shop.example",
        "code": "0", "request_id": "2101madeup", "_trace_id_": "2140madeup"
    })
}

fn code() -> SecretString {
    SecretString::from("3_500000_MadeUpCode123")
}

#[test]
fn the_consent_page_gets_the_callback_address_byte_for_byte() {
    let base = Url::parse("https://api-sg.aliexpress.com").unwrap();
    let client = client_at(base);
    // An address that parsing would change: the default port, a missing path, an escape in lower case.
    for callback in [
        CALLBACK,
        "https://app.example:443",
        "http://127.0.0.1:17900/aliexpress/callback",
        "app.example.desktop:/aliexpress/callback",
        "https://app.example/a%2fb?x=1&y=2",
    ] {
        let url = client
            .authorize_url(callback, "state with spaces & more")
            .unwrap();
        assert_eq!(url.host_str(), Some("api-sg.aliexpress.com"));
        assert_eq!(url.path(), "/oauth/authorize");
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let mut expected = [
            ("response_type", "code"),
            ("client_id", KEY),
            ("redirect_uri", callback),
            ("force_auth", "true"),
            ("state", "state with spaces & more"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        let mut got = pairs;
        got.sort();
        expected.sort();
        assert_eq!(got, expected);
        assert!(!url.as_str().contains(SECRET));
    }
    assert_eq!(
        client
            .authorize_url("not an address", "s")
            .unwrap_err()
            .class,
        Class::Param
    );
}

#[tokio::test]
async fn a_code_becomes_tokens_with_the_ends_the_supplier_named() {
    let gateway = Gateway::start().await;
    gateway.says(&token_answer());
    let tokens = gateway.client().exchange(&code(), CALLBACK).await.unwrap();

    assert_eq!(tokens.access_token.expose_secret(), "50000000madeUpAccess");
    assert_eq!(
        tokens.refresh_token.as_ref().unwrap().expose_secret(),
        "50001000madeUpRefresh"
    );
    assert_eq!(
        (tokens.access_expires_at, tokens.refresh_expires_at),
        (at(86_400), at(172_800))
    );
    assert!(tokens.refreshable);
    assert_eq!(tokens.app_status(), Some(AppStatus::Test));
    assert_eq!(tokens.user_id.as_deref(), Some("2000000001"));
    assert_eq!(tokens.user_nick.as_deref(), Some("madeup1234"));
    assert_eq!(tokens.account.as_deref(), Some("owner@shop.example"));
    assert_eq!(tokens.account_platform.as_deref(), Some("buyerApp"));
    let shown = format!("{tokens:?}");
    assert!(!shown.contains("madeUp"), "{shown}");

    // Exactly what AliExpress documents, signed as the published vector A.
    let asked = gateway.only();
    assert_eq!(
        (&*asked.path, asked.query),
        ("/rest/auth/token/create", None)
    );
    let names: Vec<&str> = asked.params.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["app_key", "code", "sign", "sign_method", "timestamp"]
    );
    assert_eq!(
        asked.params["sign"],
        "AFF8B6354EEFEAA2E67C791516185FA150CAD4DA260E1E65236DC563DE81E7D7"
    );
}

#[tokio::test]
async fn quoted_numbers_and_a_wrapper_change_nothing() {
    let gateway = Gateway::start().await;
    let mut quoted = token_answer();
    for name in [
        "expires_in",
        "refresh_expires_in",
        "expire_time",
        "refresh_token_valid_time",
    ] {
        quoted[name] = quoted[name].to_string().into();
    }
    gateway.says(&json!({"/auth/token/create_response": quoted}));
    let tokens = gateway.client().exchange(&code(), CALLBACK).await.unwrap();
    assert_eq!(
        (tokens.access_expires_at, tokens.refresh_expires_at),
        (at(86_400), at(172_800))
    );
    assert_eq!(tokens.refresh_lifetime_s, Some(172_800));
}

#[tokio::test]
async fn ends_given_as_instants_only_are_taken() {
    let gateway = Gateway::start().await;
    let mut answer = token_answer();
    let map = answer.as_object_mut().unwrap();
    map.retain(|name, _| !name.ends_with("expires_in"));
    gateway.says(&answer);
    let tokens = gateway.client().exchange(&code(), CALLBACK).await.unwrap();
    assert_eq!(
        (tokens.access_expires_at, tokens.refresh_expires_at),
        (at(86_400), at(172_800))
    );
    assert_eq!(tokens.app_status(), None);
    assert!(tokens.refreshable);
}

#[tokio::test]
async fn a_refresh_sends_the_refresh_token_and_nothing_of_the_app_secret() {
    let gateway = Gateway::start().await;
    let mut answer = token_answer();
    answer["access_token"] = "50000000newAccess".into();
    answer["expires_in"] = 2_592_000.into();
    gateway.says(&answer);
    let old = SecretString::from("50001000madeUpRefresh");
    let tokens = gateway.client().refresh(&old).await.unwrap();
    assert_eq!(tokens.access_token.expose_secret(), "50000000newAccess");
    assert_eq!(tokens.app_status(), Some(AppStatus::Online));

    let asked = gateway.only();
    assert_eq!(asked.path, "/rest/auth/token/refresh");
    let names: Vec<&str> = asked.params.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "app_key",
            "refresh_token",
            "sign",
            "sign_method",
            "timestamp"
        ]
    );
    assert!(asked.signed_as("/auth/token/refresh"));
    assert!(!format!("{asked:?}").contains(SECRET));
}

#[tokio::test]
async fn a_refresh_without_a_new_refresh_token_leaves_the_old_one_in_use() {
    let gateway = Gateway::start().await;
    let mut answer = token_answer();
    answer.as_object_mut().unwrap().remove("refresh_token");
    gateway.says(&answer).says(&answer);
    let client = gateway.client();
    let refreshed = client
        .refresh(&SecretString::from("50001000old"))
        .await
        .unwrap();
    assert!(refreshed.refresh_token.is_none());
    assert!(refreshed.refreshable);
    // After an exchange there is no old one to use.
    assert!(
        !client
            .exchange(&code(), CALLBACK)
            .await
            .unwrap()
            .refreshable
    );
}

#[tokio::test]
async fn a_consent_that_cannot_be_renewed_is_known_as_such() {
    let gateway = Gateway::start().await;
    let mut answer = token_answer();
    answer["refresh_expires_in"] = 0.into();
    gateway.says(&answer);
    let tokens = gateway.client().exchange(&code(), CALLBACK).await.unwrap();
    assert!(!tokens.refreshable);
    assert_eq!(tokens.refresh_expires_at, None);
}

#[tokio::test]
async fn every_refusal_of_a_token_call_says_what_to_do() {
    for (code_, class) in [
        ("InvalidAppKey", Class::Key),
        ("InvalidAppkey", Class::Key),
        ("IncompleteSignature", Class::Signature),
        ("InvalidCode", Class::Code),
        ("AUTH_TYPE_UNSUPPORTED", Class::Permission),
        ("ServiceUnavailable", Class::Server),
        ("MissingParameter", Class::Param),
        ("IllegalTimestamp", Class::Clock),
        ("isv.402", Class::Param),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"type": "ISV", "code": code_, "message": "m", "request_id": "r1"}));
        let error = gateway
            .client()
            .exchange(&code(), CALLBACK)
            .await
            .unwrap_err();
        assert_eq!(error.class, class, "{code_}");
        assert_eq!(error.code.as_deref(), Some(code_));
        assert_eq!(error.request_id.as_deref(), Some("r1"));
    }
    for code_ in ["IllegalRefreshToken", "IllegalAccessToken"] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"type": "ISV", "code": code_, "message": "m"}));
        let refused = gateway
            .client()
            .refresh(&SecretString::from("50001000dead"))
            .await;
        assert_eq!(refused.unwrap_err().class, Class::RefreshToken, "{code_}");
    }
}

#[tokio::test]
async fn an_account_that_may_not_authorize_is_not_told_to_try_again() {
    let gateway = Gateway::start().await;
    gateway.says(
        &json!({"error_response": {"code": 15, "msg": "Remote service error",
        "sub_code": "isv.account-migration-check-fail", "request_id": "r"}}),
    );
    let error = gateway
        .client()
        .exchange(&code(), CALLBACK)
        .await
        .unwrap_err();
    assert_eq!(error.class, Class::Permission);
    assert!(!error.retry_helps());
}

#[tokio::test]
async fn an_answer_without_tokens_is_no_connection() {
    for (answer, class) in [
        (json!({"code": "0", "request_id": "r"}), Class::Answer),
        (json!({"access_token": "", "code": "0"}), Class::Answer),
        (json!({"code": "InvalidCode"}), Class::Code),
        (json!({}), Class::Answer),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&answer);
        let error = gateway
            .client()
            .exchange(&code(), CALLBACK)
            .await
            .unwrap_err();
        assert_eq!(error.class, class, "{answer}");
    }
}

#[tokio::test]
async fn empty_codes_and_tokens_are_refused_before_anything_is_sent() {
    let gateway = Gateway::start().await;
    let client = gateway.client();
    let blank = SecretString::from(" \n");
    assert_eq!(
        client.exchange(&blank, CALLBACK).await.unwrap_err().class,
        Class::Code
    );
    assert_eq!(
        client.refresh(&blank).await.unwrap_err().class,
        Class::RefreshToken
    );
    let error = client.session(blank).member_benefit().await.unwrap_err();
    assert_eq!(error.class, Class::Token);
    assert!(gateway.asked().is_empty());
}

#[tokio::test]
async fn a_pair_is_right_when_only_the_made_up_code_is_refused() {
    for (code_, expected) in [
        ("InvalidCode", None),
        ("InvalidAppKey", Some(Class::Key)),
        ("IncompleteSignature", Some(Class::Signature)),
        ("ServiceUnavailable", Some(Class::Server)),
    ] {
        let gateway = Gateway::start().await;
        gateway.says(&json!({"type": "ISV", "code": code_, "message": "m", "request_id": "r"}));
        let verdict = gateway.client().check_pair().await;
        assert_eq!(verdict.err().map(|error| error.class), expected, "{code_}");
        assert!(gateway.only().signed_as("/auth/token/create"));
    }
}

#[tokio::test]
async fn a_line_break_copied_with_the_key_does_not_lock_the_owner_out() {
    let gateway = Gateway::start().await;
    gateway.says(&json!({"type": "ISV", "code": "InvalidCode", "message": "m"}));
    let timeout = std::time::Duration::from_secs(30);
    let client = client_with(
        gateway.base(),
        "500000\r\n",
        &format!(" {SECRET}\n"),
        timeout,
    );
    client.check_pair().await.unwrap();
    let asked = gateway.only();
    assert_eq!(asked.param("app_key"), KEY);
    assert!(asked.signed_as("/auth/token/create"));
}

#[tokio::test]
async fn a_gateway_under_a_path_is_reached_there() {
    let gateway = Gateway::start().await;
    gateway.says(&token_answer());
    let base = gateway.base().join("practice/").unwrap();
    let client = client_at(base);
    client.exchange(&code(), CALLBACK).await.unwrap();
    assert_eq!(gateway.only().path, "/practice/rest/auth/token/create");
    assert_eq!(
        client.authorize_url(CALLBACK, "s").unwrap().path(),
        "/practice/oauth/authorize"
    );
}
