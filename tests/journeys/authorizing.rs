//! Authorizing AliExpress: the redirect that fills the code in, and everything else that may come instead.

use std::time::Duration;

use secrecy::SecretString;
use smartlinks_core::authorization::{self, Begin};
use smartlinks_core::views::{AccountState, AuthorizationPhase, Event, Supplier};
use smartlinks_core::{Code, accounts, catalog, refresh};
use smartlinks_sandbox::{APP_KEY, APP_SECRET, Fault, FaultRule, visitor};

use crate::stage::{LISTEN, Stage, free_port};

#[tokio::test(flavor = "multi_thread")]
async fn saying_yes_in_the_browser_is_all_there_is_to_do() {
    let stage = Stage::set().await;
    stage.configure().await;
    let mut events = stage.shop.events();
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    let account = began.connected(&stage.shop).await.unwrap();
    assert_eq!(account.state, AccountState::Connected);
    assert!(
        account.name.contains('@'),
        "the owner sees as whom: {}",
        account.name
    );
    let mut phases = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Authorization {
            phase, code_masked, ..
        } = event
        {
            if let Some(code) = &code_masked {
                assert!(
                    code.starts_with("3_500000_") && code.contains('•'),
                    "shown, but of no use: {code}"
                );
            }
            phases.push(phase);
        }
    }
    use AuthorizationPhase::{Connected, Exchanging, Received, Verified, Waiting};
    assert_eq!(phases, [Waiting, Received, Verified, Exchanging, Connected]);
    let wanted = catalog::Wanted::of(&stage.shop).await.unwrap();
    assert!(
        !catalog::search_aliexpress(&stage.shop, "jar", &wanted, 1)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_consent_is_told_as_that_and_a_second_try_works() {
    let stage = Stage::set().await;
    stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    visitor::deny(&began.attempt.authorize_url).await.unwrap();
    assert_eq!(
        began.connected(&stage.shop).await.unwrap_err().code,
        Code::ConsentDenied
    );
    let again = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    visitor::approve(&again.attempt.authorize_url)
        .await
        .unwrap();
    again.connected(&stage.shop).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pasted_address_connects_where_no_listener_can_be() {
    let stage = Stage::set().await;
    let callback = "https://shop.example/aliexpress/callback";
    accounts::configure_aliexpress(
        &stage.shop,
        APP_KEY,
        Some(SecretString::from(APP_SECRET)),
        callback,
    )
    .await
    .unwrap();
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let redirect = visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    assert!(redirect.as_str().starts_with(callback));
    assert_eq!(
        authorization::finish(&stage.shop, "https://shop.example/elsewhere?code=1_2")
            .await
            .unwrap_err()
            .code,
        Code::WrongState
    );
    let account = authorization::finish(&stage.shop, &format!(" {redirect}\n"))
        .await
        .unwrap();
    assert_eq!(account.state, AccountState::Connected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_still_takes_the_pasted_answer() {
    let mut stage = Stage::set().await;
    stage.configure().await;
    let began = authorization::begin(
        &stage.shop,
        Begin {
            open_browser: false,
            listen: false,
        },
    )
    .await
    .unwrap();
    let redirect = visitor::approve(&began.attempt.authorize_url).await;
    stage.restart().await;
    assert!(authorization::waiting(&stage.shop).await.unwrap().is_some());
    // Nobody listened, so the browser showed an error page; its address is what the owner pastes.
    let address = redirect.map_or_else(|_| None, |url| Some(url.to_string()));
    let address = address.unwrap_or_else(|| panic!("the consent page must lead to the callback"));
    authorization::finish(&stage.shop, &address).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_key_and_wrong_secret_are_told_apart_without_a_login() {
    let stage = Stage::set().await;
    let callback = format!("http://127.0.0.1:{}/cb", free_port().await);
    let configure = async |key: &str, secret: &str| {
        accounts::configure_aliexpress(
            &stage.shop,
            key,
            Some(SecretString::from(secret)),
            &callback,
        )
        .await
    };
    assert_eq!(
        configure("500001", APP_SECRET).await.unwrap_err().code,
        Code::WrongKey
    );
    assert_eq!(
        configure(APP_KEY, "made-up-secret-0002")
            .await
            .unwrap_err()
            .code,
        Code::WrongSecret
    );
    assert_eq!(
        configure("made-up-secret-0001", APP_KEY)
            .await
            .unwrap_err()
            .code,
        Code::BadInput,
        "swapped fields"
    );
    assert!(
        accounts::aliexpress_app(&stage.shop)
            .await
            .unwrap()
            .is_none(),
        "nothing wrong is kept"
    );
    assert!(
        configure(&format!(" {APP_KEY}\r\n"), APP_SECRET)
            .await
            .unwrap()
            .checked_at
            .is_some()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_during_the_exchange_costs_nothing() {
    let stage = Stage::set().await;
    stage.configure().await;
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    stage.control().push(FaultRule {
        supplier: smartlinks_sandbox::Supplier::AliExpress,
        path_contains: "auth/token/create".into(),
        skip: 0,
        times: Some(2),
        what: Fault::Reset,
    });
    visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    began.connected(&stage.shop).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_ended_asks_for_a_new_one_and_keeps_the_products() {
    let stage = Stage::set().await;
    stage.authorize().await;
    let id = stage
        .control()
        .truth()
        .aliexpress()
        .next()
        .unwrap()
        .pid
        .clone();
    let wanted = catalog::Wanted::of(&stage.shop).await.unwrap();
    catalog::import(&stage.shop, &[id], &wanted).await.unwrap();
    stage.control().expire_access_tokens();
    stage.control().expire_refresh_tokens();
    let error = catalog::search_aliexpress(&stage.shop, "jar", &wanted, 1)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::ReconnectNeeded);
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts[0].state,
        AccountState::ReconnectNeeded
    );
    assert_eq!(stage.products().await.len(), 1);
    let before = stage.control().calls_to("auth/token/refresh");
    catalog::search_aliexpress(&stage.shop, "jar", &wanted, 1)
        .await
        .unwrap_err();
    assert_eq!(
        stage.control().calls_to("auth/token/refresh"),
        before,
        "a dead consent is not asked again and again"
    );
    let again = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    visitor::approve(&again.attempt.authorize_url)
        .await
        .unwrap();
    again.connected(&stage.shop).await.unwrap();
    catalog::search_aliexpress(&stage.shop, "jar", &wanted, 1)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_about_to_end_is_announced_a_week_ahead() {
    let stage = Stage::set().await;
    stage.authorize().await;
    let state = async || accounts::status(&stage.shop).await.unwrap().accounts[0].state;
    assert_eq!(state().await, AccountState::Connected);
    stage.pass(Duration::from_secs(20 * 86_400));
    refresh(&stage.shop, Supplier::Aliexpress, None)
        .await
        .unwrap();
    stage.pass(Duration::from_secs(20 * 86_400));
    refresh(&stage.shop, Supplier::Aliexpress, None)
        .await
        .unwrap();
    assert_eq!(state().await, AccountState::Connected);
    stage.pass(Duration::from_secs(14 * 86_400));
    assert_eq!(
        state().await,
        AccountState::ConnectedExpiring,
        "54 of 60 days are over"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_https_callback_is_forwarded_by_the_bridge_and_connects() {
    let stage = Stage::set().await;
    let callback = "https://shop.example/aliexpress/callback";
    let secret = Some(SecretString::from(APP_SECRET));
    accounts::configure_aliexpress(&stage.shop, APP_KEY, secret, callback)
        .await
        .unwrap();
    let began = authorization::begin(&stage.shop, LISTEN).await.unwrap();
    let redirect = visitor::approve(&began.attempt.authorize_url)
        .await
        .unwrap();
    let forwarded = format!(
        "app.smartlinks.desktop:/aliexpress/callback?{}",
        redirect.query().unwrap()
    );
    let account = authorization::finish(&stage.shop, &forwarded)
        .await
        .unwrap();
    assert_eq!(account.state, AccountState::Connected);
}
