//! A shop's Supabase project, simulated on loopback: connect, preview, send, invoke, and what it refuses.
#![expect(clippy::unwrap_used, reason = "a test may end at once")]

use std::sync::Arc;

use secrecy::SecretString;
use smartlinks_core::ports::{BaseUrls, NoBrowser, Ports, SystemClock, SystemRandomness};
use smartlinks_core::vault::SessionVault;
use smartlinks_core::{Code, Config, Shop, accounts};
use smartlinks_publish::supabase::{
    EdgeFunction, connect, deployment, forget, invoke, preview, remembered, send,
};
use smartlinks_sandbox::supabase::{
    SUPABASE_PROJECT, SUPABASE_SERVICE_KEY, SUPABASE_TOKEN, Supabase, SupabaseFault,
};
use smartlinks_sandbox::{CJ_API_KEY, Options, Sandbox};

struct Stage {
    _folder: tempfile::TempDir,
    _suppliers: Sandbox,
    supabase: Supabase,
    shop: Shop,
}

async fn stage() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let suppliers = Sandbox::start(Options::default()).await.unwrap();
    let supabase = Supabase::start().await.unwrap();
    let base_urls = BaseUrls::new(
        Some(suppliers.aliexpress_url().as_str()),
        Some(suppliers.cj_url().as_str()),
    )
    .unwrap()
    .with_supabase(Some(supabase.url().as_str()))
    .unwrap();
    let ports = Ports {
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        browser: Arc::new(NoBrowser),
        vault: Arc::new(SessionVault::as_keychain()),
        base_urls,
    };
    let config = Config {
        data_dir: folder.path().to_path_buf(),
        practice: false,
    };
    Stage {
        shop: Shop::open(config, ports).await.unwrap(),
        _folder: folder,
        _suppliers: suppliers,
        supabase,
    }
}

fn token() -> SecretString {
    SUPABASE_TOKEN.into()
}

#[tokio::test]
async fn the_preview_names_each_secret_and_only_then_they_are_sent_and_used() {
    let stage = stage().await;
    let shop = &stage.shop;
    let address = format!("https://{SUPABASE_PROJECT}.supabase.co");
    let check = connect(shop, Some((&address, token()))).await.unwrap();
    assert_eq!(
        (check.kept, check.status.as_str()),
        (Some(true), "ACTIVE_HEALTHY")
    );
    assert!(check.secrets.is_empty() && check.functions.is_empty());
    assert!(
        preview(shop).await.unwrap().items.is_empty(),
        "nobody is connected yet"
    );

    accounts::connect_cj(shop, CJ_API_KEY, None, None)
        .await
        .unwrap();
    let before = preview(shop).await.unwrap();
    let names: Vec<&str> = before.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["CJ_CLIENT_ID", "CJ_CLIENT_SECRET"]);
    let shown = serde_json::to_string(&before).unwrap();
    assert!(
        !shown.contains("0123456789abcdef0123456789abcdef"),
        "{shown}"
    );
    assert!(
        stage.supabase.secrets().is_empty(),
        "a preview sends nothing"
    );

    let chosen: Vec<String> = names.into_iter().map(str::to_owned).collect();
    send(shop, &chosen).await.unwrap();
    let there = stage.supabase.secrets();
    assert_eq!(there["CJ_CLIENT_ID"], "CJ1234567");
    assert_eq!(
        there["CJ_CLIENT_SECRET"],
        "0123456789abcdef0123456789abcdef"
    );
    assert!(
        preview(shop)
            .await
            .unwrap()
            .items
            .iter()
            .all(|item| item.replaces)
    );
    let error = send(shop, &["SUPABASE_URL".into()]).await.unwrap_err();
    assert_eq!(error.code, Code::BadInput);

    let function = EdgeFunction::SyncCjProducts;
    assert_eq!(
        invoke(shop, function).await.unwrap_err().code,
        Code::NotFound
    );
    stage.supabase.deploy(function.slug());
    let answer = invoke(shop, function).await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("120") && !answer.body.contains(SUPABASE_SERVICE_KEY));
    assert_eq!(connect(shop, None).await.unwrap().functions.len(), 1);

    let (words, kept) = deployment(shop, std::path::Path::new("/shop"), function)
        .await
        .unwrap();
    assert_eq!(secrecy::ExposeSecret::expose_secret(&kept), SUPABASE_TOKEN);
    let all = serde_json::to_string(&words).unwrap();
    assert!(
        all.contains(SUPABASE_PROJECT) && !all.contains(SUPABASE_TOKEN),
        "{all}"
    );

    forget(shop).await.unwrap();
    assert_eq!(remembered(shop).await.unwrap(), None);
    assert_eq!(
        preview(shop).await.unwrap_err().code,
        Code::ShopNotConnected
    );
}

#[tokio::test]
async fn a_refused_token_a_foreign_project_and_an_outage_are_told_apart() {
    let stage = stage().await;
    let shop = &stage.shop;
    let wrong = SecretString::from("sbp_wrong");
    let error = connect(shop, Some((SUPABASE_PROJECT, wrong)))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::ShopToken);
    assert!(!error.message.contains("sbp_wrong"));
    let foreign = "bbbbbbbbbbbbbbbbbbbb";
    let error = connect(shop, Some((foreign, token()))).await.unwrap_err();
    assert_eq!(error.code, Code::ShopToken);
    assert_eq!(
        remembered(shop).await.unwrap(),
        None,
        "what failed is not remembered"
    );

    connect(shop, Some((SUPABASE_PROJECT, token())))
        .await
        .unwrap();
    for (fault, code) in [
        (SupabaseFault::Status(503), Code::ShopUnreachable),
        (SupabaseFault::Status(429), Code::RateLimited),
        (SupabaseFault::Reset, Code::ShopUnreachable),
    ] {
        stage.supabase.fail_next("secrets", fault);
        let error = preview(shop).await.unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert_eq!(error.retry_at.is_some(), code == Code::RateLimited);
    }
    preview(shop).await.unwrap();
}
