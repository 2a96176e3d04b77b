//! Syncs that do not run through: stopped by the owner, out of points, killed.

use smartlinks_sandbox::{CJ_API_KEY, Options, Sandbox};

use crate::keychain::Owner;

/// How many products the owner has at CJ.
const MINE: u64 = 20;

async fn connected(options: Options) -> Option<(Sandbox, Owner)> {
    let sandbox = Sandbox::start(options).await.expect("the suppliers");
    let owner = Owner::new(&sandbox)?;
    owner.json(&["cj", "connect"], CJ_API_KEY).done();
    Some((sandbox, owner))
}

fn options(qps: u32) -> Options {
    Options {
        my_products: MINE,
        qps: Some(qps),
        ..Options::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_keeps_what_came_and_resume_brings_the_rest() {
    let Some((sandbox, owner)) = connected(options(10)).await else {
        return;
    };
    let nothing = owner.json(&["sync", "resume"], "").done();
    assert_eq!(nothing["state"], "nothing_to_resume");

    let mut sync = owner.start(&["sync", "cj", "--details", "--json"], "");
    sync.event("progress");
    sync.event("progress");
    sync.signal("INT");
    let stopped = sync.wait();
    assert_eq!(stopped.status, 130, "{stopped:?}");
    let receipt = stopped.document();
    assert_eq!(receipt["state"], "interrupted");
    assert_eq!(receipt["error"]["code"], "interrupted");
    assert!(receipt["done"].as_u64() < receipt["total"].as_u64());

    let status = owner.json(&["sync", "status"], "").done();
    assert_eq!(status["current"]["run"], receipt["run"]);
    let resumed = owner.json(&["sync", "resume"], "").done();
    assert_eq!(resumed["state"], "done");
    assert_eq!(resumed["run"], receipt["run"]);
    complete(&sandbox, &owner);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_sync_goes_on_where_it_was() {
    let Some((sandbox, owner)) = connected(options(10)).await else {
        return;
    };
    let mut sync = owner.start(&["sync", "cj", "--details", "--json"], "");
    for _ in 0..3 {
        sync.event("progress");
    }
    sync.signal("KILL");
    sync.wait();
    let resumed = owner.json(&["sync", "resume"], "").done();
    assert_eq!(resumed["state"], "done");
    complete(&sandbox, &owner);
}

/// No product missing, none twice, each with its details, and at most the step in flight asked a second time.
fn complete(sandbox: &Sandbox, owner: &Owner) {
    let list = owner
        .json(&["products", "list", "--limit", "500"], "")
        .done();
    let mut listed: Vec<String> = list["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| item["product_id"].as_str().expect("an id").to_owned())
        .collect();
    let control = sandbox.control();
    let mut expected: Vec<String> = control
        .truth()
        .my_products()
        .into_iter()
        .map(|product| product.pid)
        .collect();
    listed.sort();
    expected.sort();
    assert_eq!(listed, expected);
    let asked = control.calls_to("product/query") as u64;
    assert!(asked <= MINE + 1, "asked {asked} times for {MINE} products");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_out_of_points_pauses_and_names_its_time() {
    let few = Options {
        points_per_day: 55,
        ..options(20)
    };
    let Some((_sandbox, owner)) = connected(few).await else {
        return;
    };
    let plan = owner
        .json(&["sync", "cj", "--details", "--dry-run"], "")
        .done();
    assert_eq!(plan["fits_today"], false, "{plan}");
    let paused = owner.json(&["sync", "cj", "--details"], "");
    assert_eq!(paused.status, 7, "{paused:?}");
    let receipt = paused.document();
    assert_eq!(receipt["state"], "paused");
    assert!(receipt["continues_at"].is_string(), "{receipt}");
    assert!(
        receipt["error"]["retry_after_s"].as_u64() > Some(60),
        "{receipt}"
    );
    let listed = owner.json(&["products", "list"], "").done();
    assert_eq!(
        listed["items"].as_array().map(Vec::len),
        usize::try_from(MINE).ok(),
        "what came is kept"
    );
    // Too long to wait for: the same answer at once.
    let again = owner.json(&["sync", "resume"], "");
    assert_eq!(again.status, 7, "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_doubles_no_call_and_is_not_forgotten() {
    let Some((sandbox, owner)) = connected(options(10)).await else {
        return;
    };
    let mut first = owner.start(&["sync", "cj", "--details", "--json"], "");
    first.event("progress");
    // The same again: it follows the first, whose progress it tells.
    let same = owner.json(&["sync", "cj", "--details"], "");
    let joined = same.done();
    let receipt = first.wait().done();
    assert_eq!(joined["run"], receipt["run"]);
    assert!(
        same.events()
            .iter()
            .any(|event| event["event"] == "progress")
    );
    complete(&sandbox, &owner);

    // Something else: it waits for its turn, and then has it.
    let mut first = owner.start(&["sync", "cj", "--details", "--json"], "");
    first.event("progress");
    let other = owner
        .json(&["sync", "cj", "--scope", "search:lamp"], "")
        .done();
    assert_eq!(other["scope"], "search:lamp");
    assert_eq!(other["state"], "done");
    let receipt = first.wait().done();
    assert!(receipt["run"].as_u64() < other["run"].as_u64());
    let found = sandbox.control().truth().search("lamp");
    assert_eq!(other["rows"], found.len());
}
