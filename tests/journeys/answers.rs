//! What may come to the callback besides the answer that is waited for: none of it authorizes, crashes or ends a good attempt.

use std::time::Duration;

use secrecy::SecretString;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::views::AccountState;
use smartlinks_core::{Code, accounts};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, visitor};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::stage::{LISTEN, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_in_the_browser_tells_what_happened_and_forgets_the_code() {
    let stage = Stage::set().await;
    let callback = stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let state = state_of(&began.attempt.authorize_url);
    let answer = get(
        &callback,
        &format!("?code=3_500000_x&state=wrong{state}"),
        "fr-CD,fr;q=0.9",
    )
    .await;
    assert!(
        answer.starts_with("HTTP/1.1 303") && answer.contains("/aliexpress/callback/~other"),
        "{answer}"
    );
    let page = get(&callback, "/~other", "fr-CD,fr;q=0.9").await;
    for part in [
        "200 OK",
        "lang=\"fr\"",
        "no-store",
        "no-referrer",
        "default-src 'none'",
        "Ce n’est pas cette demande",
    ] {
        assert!(
            page.contains(part) || page.contains(&part.replace('\'', "&#39;")),
            "{part} is missing in {page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_knocks_ends_a_good_attempt() {
    let stage = Stage::set().await;
    let callback = stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let state = state_of(&began.attempt.authorize_url);

    assert!(
        get(&callback, "?code=3_500000_x&state=wrong", "en")
            .await
            .starts_with("HTTP/1.1 303")
    );
    assert!(
        get(&callback, "?code=3_500000_x", "en")
            .await
            .contains("/~other")
    );
    assert!(
        get(&callback, "?error=access_denied", "en")
            .await
            .contains("/~other"),
        "a stranger cannot deny"
    );
    assert!(get(&callback, "", "en").await.starts_with("HTTP/1.1 404"));
    assert!(
        get(&callback, "?code=a_1&code=b_2", "en")
            .await
            .starts_with("HTTP/1.1 400")
    );
    let long = "x".repeat(20_000);
    assert_eq!(
        get(&callback, &format!("?code={long}&state={state}"), "en")
            .await
            .get(..12),
        Some("HTTP/1.1 400")
    );
    let url = reqwest::Url::parse(&callback).unwrap();
    let host = format!("127.0.0.1:{}", url.port().unwrap());
    for (request, status) in [
        (
            format!(
                "POST {}?code=a_1&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
                url.path()
            ),
            "405",
        ),
        (
            format!("GET /favicon.ico HTTP/1.1\r\nHost: {host}\r\n\r\n"),
            "404",
        ),
        (
            format!(
                "GET {}?code=a_1&state={state} HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                url.path()
            ),
            "421",
        ),
        (
            format!("GET {}/exit HTTP/1.1\r\nHost: {host}\r\n\r\n", url.path()),
            "404",
        ),
        ("\x16\x03\x01\x02\x00garbage\r\n\r\n".to_owned(), "400"),
    ] {
        let answer = raw(&host, request.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{request} gave {answer}"
        );
    }
    // A client that says nothing must not keep the real answer out.
    let _slow = tokio::net::TcpStream::connect(&host).await.unwrap();

    visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    assert_eq!(
        began.connected(&stage.shop).await.unwrap().state,
        AccountState::Connected
    );
    assert_eq!(
        stage.control().calls_to("auth/token/create"),
        2,
        "configure's check and one exchange"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_in_any_number_keep_the_real_answer_out_for_seconds_only() {
    let stage = Stage::set().await;
    let callback = stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let url = reqwest::Url::parse(&callback).unwrap();
    let host = format!("127.0.0.1:{}", url.port().unwrap());
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        stream.write_all(b"GET /aliexpr").await.unwrap();
        slow.push(stream);
    }
    visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    began.connected(&stage.shop).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_says_yes_in_two_tabs_is_connected_once() {
    let stage = Stage::set().await;
    stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let address = &began.attempt.authorize_url;
    let (one, other) = tokio::join!(visitor::approve(address), visitor::approve(address));
    assert_ne!(one.unwrap(), other.unwrap(), "each tab brings a code");
    let account = began.connected(&stage.shop).await.unwrap();
    assert_eq!(account.state, AccountState::Connected);
    assert_eq!(
        stage.control().calls_to("auth/token/create"),
        2,
        "configure's check and one exchange"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_of_aliexpress_is_told_for_what_it_is() {
    for (answer, expected, waits) in [
        (
            "error=access_denied&error_description=The%20user%20said%20no",
            Code::ConsentDenied,
            false,
        ),
        (
            "error=server_error&error_description=Please%20retry",
            Code::SupplierRefused,
            false,
        ),
        // An empty answer says nothing about the consent: the attempt goes on.
        ("", Code::MissingCode, true),
        ("code=", Code::MissingCode, true),
    ] {
        let stage = Stage::set().await;
        let callback = stage.configure().await;
        let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
        let state = state_of(&began.attempt.authorize_url);
        let redirect = format!("{callback}?{answer}&state={state}");
        let error = authorization::finish(&stage.shop, &redirect)
            .await
            .unwrap_err();
        assert_eq!(error.code, expected, "{answer}");
        let waiting = authorization::waiting(&stage.shop).await.unwrap().is_some();
        assert_eq!(waiting, waits, "{answer}");
        if answer.contains("description") {
            let said = error.view().supplier.and_then(|said| said.message);
            assert!(said.is_some_and(|said| said.contains(' ')), "{answer}");
        }
        if !waits {
            authorization::begin(&stage.shop, LISTEN).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_redirect_is_refused() {
    let stage = Stage::set().await;
    stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let redirect = visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    began.connected(&stage.shop).await.unwrap();
    let error = authorization::finish(&stage.shop, redirect.as_str())
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::AttemptExpired);
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts[0].state,
        AccountState::Connected
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_ends_after_five_minutes_on_cancel_and_when_a_new_one_starts() {
    let stage = Stage::set().await;
    stage.configure().await;
    let first = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let second = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    assert_eq!(
        first.connected(&stage.shop).await.unwrap_err().code,
        Code::AttemptExpired
    );
    authorization::cancel(&stage.shop).await.unwrap();
    assert_eq!(
        second.connected(&stage.shop).await.unwrap_err().code,
        Code::AttemptExpired
    );
    let third = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    stage.pass(Duration::from_secs(301));
    assert_eq!(
        third.connected(&stage.shop).await.unwrap_err().code,
        Code::AttemptExpired
    );
    let state = state_of(&third.attempt.authorize_url);
    let late = format!(
        "{}?code=3_500000_late&state={state}",
        callback_of(&stage).await
    );
    assert_eq!(
        authorization::finish(&stage.shop, &late)
            .await
            .unwrap_err()
            .code,
        Code::AttemptExpired
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_named_and_pasting_still_works() {
    let stage = Stage::set().await;
    let busy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let callback = format!("http://127.0.0.1:{}/cb", busy.local_addr().unwrap().port());
    accounts::configure_aliexpress(
        &stage.shop,
        APP_KEY,
        Some(SecretString::from(APP_SECRET)),
        &callback,
    )
    .await
    .unwrap();
    let error = authorization::begin(&stage.shop, LISTEN).await.unwrap_err();
    assert_eq!(error.code, Code::PortTaken);
    authorization::begin(
        &stage.shop,
        Begin {
            listen: false,
            ..LISTEN
        },
    )
    .await
    .unwrap();
}

fn state_of(authorize_url: &str) -> String {
    let url = reqwest::Url::parse(authorize_url).unwrap();
    url.query_pairs()
        .find(|(name, _)| name == "state")
        .unwrap()
        .1
        .into_owned()
}

async fn callback_of(stage: &Stage) -> String {
    accounts::aliexpress_app(&stage.shop)
        .await
        .unwrap()
        .unwrap()
        .callback_url
}

async fn get(callback: &str, rest: &str, language: &str) -> String {
    let url = reqwest::Url::parse(callback).unwrap();
    let host = format!("127.0.0.1:{}", url.port().unwrap());
    let request = format!(
        "GET {}{rest} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: {language}\r\n\r\n",
        url.path()
    );
    raw(&host, request.as_bytes()).await
}

async fn raw(host: &str, request: &[u8]) -> String {
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    // The listener may hang up in the middle of an absurd request; what it said until then counts.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
