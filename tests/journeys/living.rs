//! Life after the consent at AliExpress: is it alive, is the clock right, when does it end, what does each refusal mean.

use std::time::Duration;

use smartlinks_core::accounts::{self, Need};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::views::{AccountState, AppStatus, Event, Supplier};
use smartlinks_core::words::{Language, about};
use smartlinks_core::{Code, keep_fresh};
use smartlinks_sandbox::{Fault, FaultRule, Supplier as Simulated};

use crate::stage::{Stage, quick};

const DAY: Duration = Duration::from_secs(86_400);
const BENEFIT: &str = "member.benefit";

#[tokio::test(flavor = "multi_thread")]
async fn a_test_says_who_until_when_and_whether_the_app_is_launched() {
    let stage = Stage::set().await;
    let asked = accounts::test_aliexpress(&stage.shop, None).await;
    assert_eq!(asked.unwrap_err().code, Code::NotConnected);
    stage.authorize().await;
    let mut events = stage.shop.events();
    let tested = accounts::test_aliexpress(&stage.shop, None).await.unwrap();
    assert_eq!(tested.app_status, Some(AppStatus::Online));
    let names: Vec<_> = tested.steps.iter().map(|step| step.step.as_str()).collect();
    assert_eq!(names, ["reach", "clock", "app", "who", "benefits"]);
    assert!(tested.steps.iter().all(|step| step.ok));
    assert_eq!(tested.steps[3].detail, "owner@example.test");
    let mut live = 0;
    while let Ok(event) = events.try_recv() {
        live += usize::from(matches!(
            event,
            Event::ConnectStep {
                supplier: Supplier::Aliexpress,
                ..
            }
        ));
    }
    assert_eq!(live, 5, "each step is told as it happens");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_still_in_test_is_recognised_and_stays_so_after_a_renewal() {
    let mut options = quick();
    options.token_life.aliexpress_access = DAY;
    options.token_life.aliexpress_refresh = DAY * 2;
    let stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.authorize().await;
    let status = || async {
        accounts::status(&stage.shop)
            .await
            .unwrap()
            .accounts
            .remove(0)
    };
    assert_eq!(status().await.app_status, Some(AppStatus::Test));
    stage.pass(DAY * 9 / 10);
    accounts::test_aliexpress(&stage.shop, None).await.unwrap();
    assert_eq!(status().await.app_status, Some(AppStatus::Test));
    accounts::disconnect(&stage.shop, Supplier::Aliexpress, None)
        .await
        .unwrap();
    assert_eq!(status().await.app_status, None, "no tokens, no guess");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launched_app_is_not_called_a_test_app_because_its_consent_is_about_to_end() {
    let stage = Stage::set().await;
    stage.authorize().await;
    stage.pass(DAY * 59);
    let tested = accounts::test_aliexpress(&stage.shop, None).await.unwrap();
    assert_eq!(tested.app_status, Some(AppStatus::Online));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_with_how_far_and_which_way() {
    let stage = Stage::set().await;
    stage.authorize().await;
    // The supplier's clock moves, ours stands: ours is behind.
    stage.control().advance(Duration::from_secs(3 * 3_600));
    let mut events = stage.shop.events();
    let error = accounts::test_aliexpress(&stage.shop, None)
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::ClockSkew);
    let ahead = error.clock_ahead_s.unwrap();
    assert!((-10_802..=-10_798).contains(&ahead), "{ahead} seconds");
    let mut failed = None;
    while let Ok(event) = events.try_recv() {
        if let Event::ConnectStep { step, .. } = event
            && !step.ok
        {
            failed = Some(step.step);
        }
    }
    assert_eq!(failed.as_deref(), Some("clock"));
    let status = accounts::status(&stage.shop)
        .await
        .unwrap()
        .accounts
        .remove(0);
    assert_eq!(
        status.last_error.unwrap().clock_ahead_s,
        Some(ahead),
        "it stays to be read"
    );
    assert_eq!(
        status.state,
        AccountState::Connected,
        "a clock costs no consent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_ends_is_announced_seven_and_two_days_ahead_each_once_across_restarts() {
    let mut stage = Stage::set().await;
    stage.authorize().await;
    let account = accounts::status(&stage.shop)
        .await
        .unwrap()
        .accounts
        .remove(0)
        .account;
    // Days left, the state, what the owner is reminded of.
    for (left, state, days) in [
        (8, AccountState::Connected, None),
        (6, AccountState::ConnectedExpiring, Some(7)),
        (3, AccountState::ConnectedExpiring, None),
        (1, AccountState::ConnectedExpiring, Some(2)),
    ] {
        let now = accounts::status_of(&stage.shop, &account).await.unwrap();
        let until = now
            .refresh_expires_at
            .unwrap()
            .duration_since(stage.shop.now());
        stage.pass(Duration::try_from(until).unwrap() - DAY * left);
        accounts::test_aliexpress(&stage.shop, None).await.unwrap();
        let now = accounts::status_of(&stage.shop, &account).await.unwrap();
        assert_eq!(now.state, state, "{left} days");
        let need = accounts::reminder(&stage.shop, &account).await.unwrap();
        let told = need.map(|(_, need)| match need {
            Need::ConsentEnds { days, at } => {
                assert_eq!(Some(at), now.refresh_expires_at);
                days
            }
            other => panic!("{other:?}"),
        });
        assert_eq!(told, days, "{left} days");
        stage.restart().await;
        let again = accounts::reminder(&stage.shop, &account).await.unwrap();
        assert_eq!(again, None, "{left} days, said before the restart");
    }
    stage.pass(DAY * 2);
    let over = accounts::status_of(&stage.shop, &account).await.unwrap();
    assert_eq!(over.state, AccountState::ReconnectNeeded);
    let need = accounts::reminder(&stage.shop, &account).await.unwrap();
    assert_eq!(need, Some((Supplier::Aliexpress, Need::Reconnect)));
    assert_eq!(
        accounts::reminder(&stage.shop, &account).await.unwrap(),
        None
    );
    // A new consent starts over.
    stage.authorize().await;
    assert_eq!(
        accounts::reminder(&stage.shop, &account).await.unwrap(),
        None
    );
    stage.pass(DAY * 55);
    let need = accounts::reminder(&stage.shop, &account).await.unwrap();
    assert!(
        matches!(need, Some((_, Need::ConsentEnds { days: 7, .. }))),
        "{need:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn time_alone_changes_how_an_account_stands_and_the_window_is_told() {
    let mut options = quick();
    // One access for the whole consent: no renewal could be what is told.
    options.token_life.aliexpress_access = DAY * 60;
    let stage = Stage::with(options, SessionVault::as_keychain()).await;
    stage.authorize().await;
    let mut events = stage.shop.events();
    let keeping = tokio::spawn(keep_fresh(stage.shop.clone()));
    let mut told = async || {
        loop {
            if let Event::AccountChanged { account, .. } = events.recv().await.unwrap() {
                let status = accounts::status_of(&stage.shop, &account).await.unwrap();
                return status.state;
            }
        }
    };
    assert_eq!(told().await, AccountState::Connected, "at the start");
    stage.pass(DAY * 54);
    assert_eq!(
        told().await,
        AccountState::ConnectedExpiring,
        "while it runs"
    );
    assert_eq!(stage.control().calls_to("auth/token/refresh"), 0);
    keeping.abort();
}

/// Every code the gateway and its backends are documented or known to answer with, and what becomes of it.
const CODES: &[(&str, Option<&str>, Code)] = &[
    ("MissingParameter", None, Code::SupplierRefused),
    ("InvalidAppKey", None, Code::WrongKey),
    ("InvalidAppkey", None, Code::WrongKey),
    ("InvalidApiKey", None, Code::WrongKey),
    ("IncompleteSignature", None, Code::WrongSecret),
    ("IllegalAccessToken", None, Code::ReconnectNeeded),
    ("IllegalRefreshToken", None, Code::ReconnectNeeded),
    ("InvalidCode", None, Code::CodeRefused),
    ("InsufficientPermission", None, Code::PermissionMissing),
    ("AUTH_TYPE_UNSUPPORTED", None, Code::PermissionMissing),
    ("InvalidApiPath", None, Code::SupplierRefused),
    ("ApiCallLimit", None, Code::RateLimited),
    ("AppApiCallLimit", None, Code::RateLimited),
    ("UnsupportedParamMapping", None, Code::SupplierRefused),
    ("ServiceUnavailable", None, Code::SupplierDown),
    ("InternalError", None, Code::SupplierDown),
    ("IllegalTimestamp", None, Code::ClockSkew),
    ("param-appkey.not.exists", None, Code::WrongKey),
    ("isv.402", None, Code::SupplierRefused),
    ("isp.remote-service-timeout", None, Code::SupplierDown),
    ("15", Some("isp.service-unavailable"), Code::SupplierDown),
    (
        "15",
        Some("isv.insufficient-permission"),
        Code::PermissionMissing,
    ),
    (
        "15",
        Some("isv.invalid-authorization"),
        Code::PermissionMissing,
    ),
    (
        "15",
        Some("isv.account-migration-check-fail"),
        Code::PermissionMissing,
    ),
    ("15", None, Code::SupplierDown),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_aliexpress_is_explained_with_a_next_step_in_both_languages() {
    for (code, sub_code, expected) in CODES {
        let stage = Stage::set().await;
        stage.authorize().await;
        stage.control().push(FaultRule::always(
            Simulated::AliExpress,
            BENEFIT,
            Fault::Refuse {
                code: (*code).to_owned(),
                sub_code: sub_code.map(str::to_owned),
                message: "in the supplier's words".to_owned(),
            },
        ));
        let error = accounts::test_aliexpress(&stage.shop, None)
            .await
            .unwrap_err();
        assert_eq!(error.code, *expected, "{code} {sub_code:?}");
        let said = error.view().supplier.unwrap_or_default();
        assert_eq!(
            said.code.as_deref(),
            Some(sub_code.unwrap_or(code)),
            "for Details"
        );
        for language in [Language::French, Language::English] {
            let sentences = about(error.code, language);
            assert!(
                sentences.what.len() > 10 && sentences.next.len() > 10,
                "{code} in {language:?}"
            );
        }
    }
}
