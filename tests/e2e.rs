//! The whole from outside: the real window, the real keychain, a real browser, and both suppliers simulated on loopback.
//!
//! One owner's first day, clicked through as a person would. Not for details of the rules, which the journeys and the
//! unit tests check in a fraction of the time. It needs Linux, for only WebKitGTK has a WebDriver on the desktop; display,
//! bus and keychain are its own, so that nothing of the person's who runs it is seen or touched.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the first thing that does not happen ends the test and says what it was"
)]

#[path = "e2e/arguments.rs"]
mod arguments;
#[path = "e2e/browser.rs"]
mod browser;
#[path = "e2e/desktop.rs"]
mod desktop;
#[path = "e2e/doors.rs"]
mod doors;
#[path = "e2e/lacking.rs"]
mod lacking;
#[path = "e2e/notifications.rs"]
mod notifications;
#[path = "e2e/process.rs"]
mod process;
#[path = "e2e/site.rs"]
mod site;
#[path = "e2e/webdriver.rs"]
mod webdriver;
#[path = "e2e/window.rs"]
mod window;

use browser::{Opener, chromium};
use desktop::Desktop;
use process::{free_port, poll};
use serde_json::json;
use smartlinks_sandbox::{APP_KEY, APP_SECRET, CJ_API_KEY, Options, Sandbox};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use webdriver::Page;

/// The program under test.
const BINARY: &str = env!("CARGO_BIN_EXE_smartlinks");
/// How long a window may take to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// What the application files its keychain entries under.
const SERVICE: &str = "app.smartlinks.desktop";
/// A key of the right shape that opens nothing.
const WRONG_KEY: &str = "CJ7777777@api@ffffffffffffffffffffffffffffffff";
/// How many products the owner has at CJ: more than one page, few enough for a test.
const PRODUCTS: u64 = 45;

/// The commands of the window, as `build.rs` lists them.
fn commands() -> Vec<&'static str> {
    let build = include_str!("../src-tauri/build.rs");
    let list = build.split_once("const COMMANDS").expect("the list").1;
    let list = list.split_once("];").expect("its end").0;
    let names = list
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.split('"').next());
    names.collect()
}

/// Finds what the pages mark for tests.
fn id(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// All that has to run for one owner's day.
struct Day {
    // Dropped in this order.
    desktop: Desktop,
    opener: Opener,
    sandbox: Sandbox,
    runtime: Arc<Runtime>,
}

impl Day {
    fn begin() -> Self {
        let runtime = Arc::new(
            Builder::new_multi_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
        );
        let options = Options {
            products: 300,
            my_products: PRODUCTS,
            qps: Some(50),
            ..Options::default()
        };
        let sandbox = runtime
            .block_on(Sandbox::start(options))
            .expect("the simulated suppliers");
        let desktop = Desktop::start();
        let opener = Opener::new(&desktop);
        Self {
            desktop,
            opener,
            sandbox,
            runtime,
        }
    }

    fn open_window(&self, name: &'static str) -> Page {
        self.open(name, (BINARY, &[]), |application| {
            application.env("SMARTLINKS_DATA_DIR", self.desktop.path("data/shop"));
        })
    }

    /// With the data where it is when nobody moved it: only then the application takes the links of the system. `link` has
    /// the system start it instead.
    fn open_at_home(&self, name: &'static str, link: Option<&str>) -> Page {
        match link {
            Some(link) => self.open(name, ("xdg-open", &[link]), |_| {}),
            None => self.open(name, (BINARY, &[]), |_| {}),
        }
    }

    fn open(
        &self,
        name: &'static str,
        (binary, arguments): (&str, &[&str]),
        more: impl FnOnce(&mut Command),
    ) -> Page {
        // The one before may still be ending: it would take a link for itself and end with it. As long as the bus has its name,
        // a second start would hand over to nobody, and end.
        let ended = poll(PATIENCE, || {
            let there =
                arguments::is_running(&self.desktop, BINARY) || self.desktop.knows("smartlinks");
            (!there).then_some(())
        });
        assert!(ended.is_some(), "the window before {name} has not ended");
        window::open(
            name,
            &self.desktop,
            &self.runtime,
            (binary, arguments),
            |application| {
                application
                    .env(
                        "SMARTLINKS_ALIEXPRESS_BASE_URL",
                        self.sandbox.aliexpress_url().as_str(),
                    )
                    .env("SMARTLINKS_CJ_BASE_URL", self.sandbox.cj_url().as_str())
                    .env("SMARTLINKS_BROWSER", self.opener.program());
                more(application);
            },
        )
    }
}

#[test]
fn an_owner_connects_both_suppliers_syncs_and_finds_everything_again_after_a_restart() {
    let day = Day::begin();
    let window = day.open_window("first-start");
    connect_cj(&window);
    authorize_aliexpress(&day, &window);
    let product = sync_my_products(&window);
    find_product(&window, &product);
    look_at_orders(&window);
    secrets_are_in_the_keychain_only(&day);
    let room = enlarge(&window);
    drop(window);

    let window = day.open_window("after-restart");
    has_room(&window, room / 2.0);
    // The driver does not know where things are in an enlarged page.
    window.at_least(&id("tab-authentication"), 1);
    window.until("the page is as it was drawn", || {
        press_with_control(&window, "0");
        room_of(&window, room)
    });
    window.click(&id("tab-authentication"));
    window.attribute_is(&id("account-cj"), "data-state", "connected");
    window.attribute_is(&id("account-aliexpress"), "data-state", "connected");
    window.click(&id("tab-products"));
    find_product(&window, &product);
    window.click(&id("tab-orders"));
    window.at_least(&id("order-row"), 1);
    secrets_are_in_the_keychain_only(&day);
}

fn connect_cj(window: &Page) {
    window.click(&id("tab-authentication"));
    fills_the_window(window);
    window.attribute_is(&id("account-cj"), "data-state", "not_connected");
    window.type_into(&id("cj-key"), WRONG_KEY);
    window.click(&id("cj-connect"));
    let sentence = window.text("[role='alert'][data-code='wrong_key']");
    assert!(
        sentence.len() > 40,
        "a wrong key is answered with what to do next, not with {sentence:?}"
    );
    assert!(
        !sentence.contains("ffffffff"),
        "the key is not repeated on the screen"
    );

    window.type_into(&id("cj-key"), CJ_API_KEY);
    window.click(&id("cj-connect"));
    window.attribute_is(&id("account-cj"), "data-state", "connected");
}

fn authorize_aliexpress(day: &Day, window: &Page) {
    window.click(&id("open-aliexpress"));
    // Any free port will do: the loopback listener takes it from the registered address.
    configure(
        window,
        &format!("http://127.0.0.1:{}/aliexpress/callback", free_port()),
    );
    window.click(&id("ali-authorize"));

    let address = day.opener.next_address();
    assert!(
        address.starts_with(day.sandbox.aliexpress_url().as_str()),
        "the supplier's own page is opened: {address}"
    );
    let browser = chromium(&day.desktop, &day.runtime, json!({}));
    browser.go(&address);
    browser.click("button[value='approve']");

    window.text_when(&id("ali-code"), "the code that came back", |shown| {
        let code = day.sandbox.control().newest_code().unwrap_or_default();
        doors::shows(shown, &code)
    });
    window.attribute_is(&id("account-aliexpress"), "data-state", "connected");
    let page = browser.text_when("body", "that the window may be looked at again", |text| {
        text.contains("SmartLinks")
    });
    assert!(
        !page.contains("access_token"),
        "the browser learns that it worked, and nothing else"
    );
}

/// Fills in steps 2 and 3 of the guide.
fn configure(window: &Page, callback: &str) {
    window.type_into(&id("ali-app-key"), APP_KEY);
    window.type_into(&id("ali-app-secret"), APP_SECRET);
    window.type_into(&id("ali-callback"), callback);
    window.click(&id("ali-save"));
}

/// Returns the id and the title of one of the products.
fn sync_my_products(window: &Page) -> (String, String) {
    window.click(&id("tab-products"));
    fills_the_window(window);
    // With an empty catalogue the panel of the sync is open by itself.
    window.click(&id("sync-start"));
    window.attribute_is(&id("sync-receipt"), "data-state", "done");
    window.gone(&id("sync-progress"));
    let receipt = window.text(&id("sync-receipt"));
    assert!(
        receipt.contains(&PRODUCTS.to_string()),
        "the receipt tells all products of the account: {receipt}"
    );
    window.at_least(&id("product-row"), 5);
    let product = window.attribute_of(&id("product-row"), "data-id");
    let title = window.text(&format!("{} button", row(&product)));
    (product, title)
}

/// The row of one product.
fn row(product: &str) -> String {
    format!("[data-testid='product-row'][data-id='{product}']")
}

fn find_product(window: &Page, (product, title): &(String, String)) {
    let before = window.at_least(&id("product-row"), 5);
    window.type_into(&id("products-search"), title);
    window.until("the search leaves fewer rows", || {
        match window.count(&id("product-row"))? {
            0 => Err("there is none".to_owned()),
            rows if rows >= before => Err(format!("there are still {rows}")),
            _ => Ok(()),
        }
    });
    window.click(&row(product));
    window.text_when(
        &id("product-drawer"),
        "the product with its facts",
        |drawer| drawer.contains(title.as_str()) && drawer.lines().count() > 5,
    );
    window.press_escape();
    window.gone(&id("product-drawer"));
}

fn look_at_orders(window: &Page) {
    window.click(&id("tab-orders"));
    fills_the_window(window);
    window.click(&id("orders-refresh"));
    window.at_least(&id("order-row"), 3);
}

/// A tab can be in the page and drawn into nothing.
fn fills_the_window(window: &Page) {
    window.until("the tab fills the window", || {
        let height = window.run(
            "return document.querySelector('main [data-state=active]')?.getBoundingClientRect().height",
        );
        (height.as_f64().unwrap_or_default() > 300.0)
            .then_some(())
            .ok_or(format!("it is {height} px high"))
    });
}

/// Larger with the keys a browser has, up to 200 %; returns how wide the page was before, px.
fn enlarge(window: &Page) -> f64 {
    let room = width(window);
    for _ in 0..5 {
        press_with_control(window, "+");
    }
    has_room(window, room / 2.0);
    room
}

fn press_with_control(window: &Page, key: &str) {
    let code = if key == "0" { "Digit0" } else { "" };
    window.run(&format!(
        "dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', code: '{code}', ctrlKey: true }})); return null"
    ));
}

fn has_room(window: &Page, wanted: f64) {
    window.until("the page is laid out for its size", || {
        room_of(window, wanted)
    });
}

fn room_of(window: &Page, wanted: f64) -> Result<(), String> {
    let now = width(window);
    ((now - wanted).abs() <= 2.0)
        .then_some(())
        .ok_or(format!("it is {now} px wide, not {wanted}"))
}

fn width(window: &Page) -> f64 {
    window.run("return innerWidth").as_f64().unwrap_or_default()
}

fn secrets_are_in_the_keychain_only(day: &Day) {
    let secrets = day.desktop.secrets_of(SERVICE);
    for known in [CJ_API_KEY, APP_SECRET] {
        assert!(
            secrets.iter().any(|secret| secret == known),
            "the keychain holds what the owner typed"
        );
    }
    assert!(
        secrets.len() >= 6,
        "the keychain holds an access and a refresh token of each supplier too, but it has {} entries",
        secrets.len()
    );
    for secret in &secrets {
        let files = day.desktop.files_with(secret);
        assert!(
            files.is_empty(),
            "a secret stands in plain sight in {files:?}"
        );
    }
}

#[test]
fn the_bridge_page_hands_the_answer_on_and_lets_it_be_copied_when_nothing_answers() {
    let runtime = Arc::new(
        Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime"),
    );
    let desktop = Desktop::start();
    let page = desktop.path("aliexpress-callback.html");
    std::fs::write(&page, smartlinks_core::authorization::bridge::page())
        .expect("the page as an owner saves it");
    let address = format!(
        "file://{}?code=3_500000_MadeUpCode123&state=s1&evil=1",
        page.display()
    );
    let browser = chromium(&desktop, &runtime, json!({}));
    browser.go(&address);
    assert_eq!(
        browser.attribute_of("#link", "href"),
        "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_MadeUpCode123&state=s1",
        "only what SmartLinks needs is handed on"
    );
    browser.until("the address to copy", || {
        match browser.count("#paste:not([hidden])") {
            Ok(1) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    });
    browser.go(&format!("file://{}", page.display()));
    assert!(
        !browser.text("#title").is_empty(),
        "a visit without an answer is explained"
    );
}
