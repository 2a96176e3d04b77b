//! On to the shop: a real PostgreSQL, and a Supabase project simulated on loopback.

use std::os::unix::fs::PermissionsExt as _;

use secrecy::ExposeSecret as _;
use smartlinks_sandbox::supabase::{SUPABASE_PROJECT, SUPABASE_TOKEN};
use smartlinks_sandbox::{CJ_API_KEY, Options, Sandbox};

use crate::home::Home;
use crate::keychain::Owner;
use smartlinks_testbed::{PASSWORD, Server};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_keychain_publishes_with_the_string_on_standard_input() {
    let server = Server::start().await;
    let home = Home::new();
    let url = server.url().expose_secret().to_owned();
    let checked = home.json(&["publish", "postgres", "--check"], &url);
    assert_eq!(
        (&checked.done()["may_publish"], &checked.done()["schema"]),
        (&true.into(), &serde_json::Value::Null)
    );
    let published = home.json(&["publish", "postgres"], &url);
    let document = published.done();
    assert_eq!(
        (&document["products"], &document["encrypted"]),
        (&0.into(), &false.into())
    );
    assert_eq!(published.events()[0]["event"], "publishing");
    for output in [&published.stdout, &published.stderr, &checked.stdout] {
        assert!(
            !output.contains(PASSWORD) && !output.contains("made%20up"),
            "{output}"
        );
    }
    let wrong = server.url_as("owner", "wrong-secret", "");
    let refused = home.json(&["publish", "postgres"], wrong.expose_secret());
    assert_eq!(refused.failed(4), "shop_login");
    assert!(!refused.stdout.contains("wrong-secret") && !refused.stderr.contains("wrong-secret"));
    let nobody = home.json(&["publish", "postgres"], "postgresql://me@127.0.0.1:9/x");
    assert_eq!(nobody.failed(5), "shop_unreachable");
    assert_eq!(
        home.json(&["publish", "postgres"], "").failed(2),
        "bad_input"
    );
    let script = home.run(&["publish", "postgres", "--role-script"], "");
    assert!(script.status == 0 && script.stdout.contains("smartlinks_publisher"));
    assert_eq!(
        home.json(&["supabase", "test"], "").failed(3),
        "shop_not_connected"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_named_then_sent_and_a_function_is_deployed_without_the_token_in_an_argument() {
    let sandbox = Sandbox::start(Options::default())
        .await
        .expect("both suppliers");
    let Some(mut owner) = Owner::new(&sandbox) else {
        return;
    };
    owner.set("SMARTLINKS_SUPABASE_BASE_URL", sandbox.supabase().url());
    let refused = owner.json(&["supabase", "connect", SUPABASE_PROJECT], "sbp_wrong");
    assert_eq!(refused.failed(4), "shop_token");
    owner.json(&["cj", "connect"], CJ_API_KEY).done();
    let connected = owner.json(&["supabase", "connect", SUPABASE_PROJECT], SUPABASE_TOKEN);
    assert_eq!(connected.done()["project"]["name"], "My shop");

    let preview = owner.json(&["supabase", "secrets"], "");
    let items = preview.done()["items"].as_array().expect("items").len();
    assert_eq!((items, sandbox.supabase().secrets().len()), (2, 0));
    let sent = owner.json(&["supabase", "secrets", "--send"], "");
    assert_eq!(sent.done()["sent"][1], "CJ_CLIENT_SECRET");
    assert_eq!(sandbox.supabase().secrets()["CJ_CLIENT_ID"], "CJ1234567");

    // A program of the name, which tells what it was given.
    let bin = owner.path("bin");
    std::fs::create_dir_all(&bin).expect("a folder");
    let program = bin.join("supabase");
    let text = "#!/bin/sh\necho \"words: $*\"\necho \"token of ${#SUPABASE_ACCESS_TOKEN} letters: $SUPABASE_ACCESS_TOKEN\" >&2\n\
                ls supabase/functions/*/\nexit ${SUPABASE_EXIT:-0}\n";
    std::fs::write(&program, text).expect("a program");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let by_hand = owner.json(&["supabase", "deploy", "--print"], "").done();
    assert_eq!(by_hand["ran"], false);
    owner.set("PATH", format!("{}:/usr/bin:/bin", bin.display()));
    let deployed = owner.json(&["supabase", "deploy"], "");
    assert_eq!(deployed.done()["ran"], true);
    let said: Vec<String> = deployed
        .events()
        .iter()
        .filter_map(|event| event["line"].as_str().map(str::to_owned))
        .collect();
    let said = said.join("\n");
    assert!(
        said.contains(&format!(
            "deploy sync-cj-products --project-ref {SUPABASE_PROJECT}"
        )),
        "{said}"
    );
    assert!(
        said.contains("token of 44 letters: •••") && said.contains("sync.ts"),
        "{said}"
    );
    owner.set("SUPABASE_EXIT", "3");
    assert_eq!(
        owner.json(&["supabase", "deploy"], "").failed(4),
        "shop_tool"
    );

    assert_eq!(
        owner.json(&["supabase", "invoke"], "").failed(4),
        "not_found"
    );
    sandbox.supabase().deploy("sync-cj-products");
    assert_eq!(
        owner.json(&["supabase", "invoke"], "").done()["status"],
        200
    );
    for ran in [&preview, &sent, &deployed, &connected] {
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(
            !all.contains(SUPABASE_TOKEN) && !all.contains("0123456789abcdef0123"),
            "{all}"
        );
    }
}
