//! Connecting CJ, keeping it connected, letting it go.

use std::time::Duration;

use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{AccountState, CjWay, KeychainState, Recognised, Scope, Supplier};
use smartlinks_core::{Code, accounts, refresh};
use smartlinks_sandbox::{CJ_API_KEY, Options};

use crate::stage::{Stage, quick};

const WRONG_KEY: &str = "CJ1234567@api@ffffffffffffffffffffffffffffffff";

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_key_connects_and_says_who_until_when_and_how_fast() {
    let stage = Stage::with(
        Options {
            qps: Some(4),
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    let pasted = format!("\n  {CJ_API_KEY}  \n");
    assert!(
        matches!(accounts::recognise_cj(&pasted, None), Recognised::ApiKey { client_id, .. } if client_id == "CJ1234567")
    );
    let connection = accounts::connect_cj(&stage.shop, &pasted, None, None)
        .await
        .unwrap();
    assert_eq!((connection.way, connection.qps), (CjWay::ApiKey, Some(4.0)));
    let steps: Vec<&str> = connection
        .steps
        .iter()
        .map(|step| step.step.as_str())
        .collect();
    assert_eq!(steps, ["reach", "exchange_api_key", "who", "limits"]);
    let status = accounts::status(&stage.shop).await.unwrap();
    let account = &status.accounts[0];
    assert_eq!(account.state, AccountState::Connected);
    assert!(account.renews_at < account.access_expires_at && account.kept);
    assert!(!account.name.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_named_and_the_right_one_is_tried_at_once() {
    let stage = Stage::set().await;
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::WrongKey);
    assert!(
        error.supplier.unwrap().request_id.is_some(),
        "support asks for the request id"
    );
    assert!(
        accounts::status(&stage.shop)
            .await
            .unwrap()
            .accounts
            .is_empty(),
        "a refused key is no account"
    );
    stage.connect_cj().await;
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts.len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_wrong_key_waits_five_minutes_even_across_a_restart() {
    let mut stage = Stage::set().await;
    accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    stage.restart().await;
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::TooSoon);
    assert!(error.retry_at.is_some(), "the clock must be shown");
    stage.pass(Duration::from_secs(301));
    let error = accounts::connect_cj(&stage.shop, WRONG_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::WrongKey);
}

#[tokio::test(flavor = "multi_thread")]
async fn pasting_the_connected_key_again_tests_it_instead_of_burning_the_window() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    let again = accounts::connect_cj(&stage.shop, CJ_API_KEY, None, None)
        .await
        .unwrap();
    assert_eq!(again.steps.last().unwrap().step, "limits");
    assert_eq!(stage.control().calls_to("authentication/getAccessToken"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_key_is_not_sent_anywhere() {
    let stage = Stage::set().await;
    for half in ["", "CJ1234567", "CJ1234567@api@0123456789abcdef", "hello"] {
        let error = accounts::connect_cj(&stage.shop, half, None, None)
            .await
            .unwrap_err();
        assert_eq!(error.code, Code::BadInput, "{half:?}");
    }
    assert!(stage.control().calls().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owners_endpoint_is_tried_second_and_named_when_it_answers() {
    let stage = Stage::with(
        Options {
            oauth2_endpoint: true,
            ..quick()
        },
        SessionVault::as_keychain(),
    )
    .await;
    stage.control().push(smartlinks_sandbox::FaultRule::always(
        smartlinks_sandbox::Supplier::Cj,
        "getAccessToken",
        smartlinks_sandbox::Fault::Truncate,
    ));
    let error = accounts::connect_cj(&stage.shop, CJ_API_KEY, None, None)
        .await
        .unwrap_err();
    assert_eq!(
        error.code,
        Code::SupplierAnswer,
        "a broken answer is no reason to try the other way"
    );
    stage.control().clear_faults();

    let pair = "CJ_CLIENT_ID=CJ9999999\nCJ_CLIENT_SECRET=0123456789abcdef0123456789abcdef";
    let error = accounts::connect_cj(&stage.shop, pair, None, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::WrongKey);
    assert_eq!(
        stage.control().calls_to("api/oauth/token"),
        1,
        "both ways are tried before saying no"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keychain_the_connection_lasts_for_the_session_and_says_so() {
    let mut stage = Stage::with(quick(), SessionVault::default()).await;
    stage.connect_cj().await;
    let status = accounts::status(&stage.shop).await.unwrap();
    assert_eq!(status.keychain, KeychainState::Unavailable);
    assert!(!status.accounts[0].kept);
    assert_eq!(status.accounts[0].state, AccountState::Connected);
    stage.sync(Scope::MyProducts, false).await;
    stage.restart_with(SessionVault::default()).await;
    let status = accounts::status(&stage.shop).await.unwrap();
    assert_eq!(status.accounts[0].state, AccountState::KeychainUnavailable);
    assert!(status.catalog.products > 0, "the data is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lapsed_token_is_renewed_once_for_ten_callers() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.control().clear_calls();
    stage.control().expire_access_tokens();
    let calls = (0..10).map(|_| {
        let shop = stage.shop.clone();
        tokio::spawn(async move { accounts::test_cj(&shop, None).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    let control = stage.control();
    let renewals = control.calls_to("refreshAccessToken") + control.calls_to("getAccessToken");
    assert_eq!(renewals, 1, "{:?}", control.calls());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_refresh_token_is_replaced_through_the_stored_key() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.pass(Duration::from_secs(600));
    stage.control().expire_access_tokens();
    stage.control().expire_refresh_tokens();
    accounts::test_cj(&stage.shop, None).await.unwrap();
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts[0].state,
        AccountState::Connected
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_account_is_a_state_of_its_own_and_heals() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.control().suspend_cj(true);
    assert_eq!(
        accounts::test_cj(&stage.shop, None).await.unwrap_err().code,
        Code::Suspended
    );
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts[0].state,
        AccountState::Suspended
    );
    stage.control().suspend_cj(false);
    accounts::test_cj(&stage.shop, None).await.unwrap();
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts[0].state,
        AccountState::Connected
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnecting_removes_the_secrets_and_keeps_the_products() {
    let mut stage = Stage::set().await;
    stage.connect_cj().await;
    stage.sync(Scope::MyProducts, false).await;
    let before = stage.products().await.len();
    let after = accounts::disconnect(&stage.shop, Supplier::Cj, None)
        .await
        .unwrap();
    assert_eq!(after.state, AccountState::NotConnected);
    assert_eq!(
        accounts::test_cj(&stage.shop, None).await.unwrap_err().code,
        Code::NotConnected
    );
    assert_eq!(
        refresh(&stage.shop, Supplier::Cj, None)
            .await
            .unwrap_err()
            .code,
        Code::NotConnected
    );
    stage.restart().await;
    assert_eq!(stage.products().await.len(), before);
    stage.pass(Duration::from_secs(301));
    stage.connect_cj().await;
    assert_eq!(
        accounts::status(&stage.shop).await.unwrap().accounts.len(),
        1,
        "the same account, not a second one"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_any_file_of_the_data_folder() {
    let stage = Stage::set().await;
    stage.connect_cj().await;
    stage.authorize().await;
    stage.sync(Scope::MyProducts, true).await;
    let mut files = 0;
    let mut folders = vec![stage.folder().to_path_buf()];
    let secrets = [
        "0123456789abcdef0123456789abcdef",
        "API@CJ",
        "made-up-secret-0001",
        "50000",
        "3_500000",
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap();
            for secret in secrets.iter().filter(|secret| secret.len() > 5) {
                let found = bytes
                    .windows(secret.len())
                    .any(|window| window == secret.as_bytes());
                assert!(!found, "{} holds {}…", path.display(), &secret[..4]);
            }
        }
    }
    assert!(files >= 2, "the database and its log were looked into");
}
