//! What an owner who looks elsewhere is told by the desktop, and where a click on it leads. The desktop's own part, which shows
//! notifications and tells of clicks, is played here after the Desktop Notifications Specification of freedesktop.org.

use super::desktop::Desktop;
use super::process::run_within;
use super::{Day, connect_cj, id};
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use zbus::blocking::{Connection, connection::Builder};
use zbus::zvariant::OwnedValue;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const PATIENCE: Duration = Duration::from_secs(60);

/// What was shown.
struct Shown {
    number: u32,
    title: String,
    text: String,
    /// Whether a click on it is told: only of what offers the action of this name.
    clickable: bool,
}

/// Shows notifications on a desktop.
struct Server {
    count: u32,
    shown: Sender<Shown>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let text = |text: &str| text.to_owned();
        (text("test"), text("SmartLinks"), text("1"), text("1.2"))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the specification gives the call its arguments"
    )]
    fn notify(
        &mut self,
        _application: String,
        _replaces: u32,
        _icon: String,
        title: String,
        text: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        self.count += 1;
        let shown = Shown {
            number: self.count,
            title,
            text,
            clickable: actions.iter().step_by(2).any(|action| action == "default"),
        };
        // A test that has seen enough no longer listens.
        drop(self.shown.send(shown));
        self.count
    }

    fn close_notification(&self, _number: u32) {}
}

/// The notifications of a desktop, as its owner sees them.
struct Notifications {
    connection: Connection,
    shown: Receiver<Shown>,
}

impl Notifications {
    fn on(desktop: &Desktop) -> Self {
        let (sender, shown) = channel();
        let server = Server {
            count: 0,
            shown: sender,
        };
        let connection = Builder::address(desktop.bus())
            .and_then(|builder| builder.name(NAME))
            .and_then(|builder| builder.serve_at(PATH, server))
            .and_then(Builder::build)
            .expect("the bus of the desktop");
        Self { connection, shown }
    }

    fn next(&self) -> Shown {
        self.shown.recv_timeout(PATIENCE).expect("a notification")
    }

    fn click(&self, shown: &Shown) {
        assert!(shown.clickable, "{} can be clicked", shown.title);
        let body = (shown.number, "default");
        self.connection
            .emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &body)
            .expect("the click is told");
    }
}

/// Takes the keyboard away from every window: nothing is told twice to an owner who looks at SmartLinks.
fn look_away(desktop: &Desktop) {
    let mut focus = desktop.command("xdotool");
    focus.args(["windowfocus", "0"]);
    let done = run_within(&mut focus, "", PATIENCE);
    assert!(
        done.is_some_and(|(good, _)| good),
        "xdotool takes the focus"
    );
}

#[test]
fn a_clicked_notification_leads_to_the_sync_it_told_of() {
    let day = Day::begin();
    let notifications = Notifications::on(&day.desktop);
    let window = day.open_window("notified");
    connect_cj(&window);
    window.click(&id("tab-products"));
    look_away(&day.desktop);
    window.click(&id("sync-start"));
    window.attribute_is(&id("sync-receipt"), "data-state", "done");
    window.click(&id("tab-orders"));
    window.gone(&id("sync-receipt"));

    let told = notifications.next();
    assert!(
        told.title.contains("CJ") && told.text.contains(&super::PRODUCTS.to_string()),
        "{}: {}",
        told.title,
        told.text
    );
    notifications.click(&told);
    window.attribute_is(&id("sync-receipt"), "data-state", "done");
    window.attribute_is(&id("tab-products"), "aria-selected", "true");
}
