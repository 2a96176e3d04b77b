//! Refusals and failures: which are waited out here, for how long, and which go to the caller at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cj::{Call, Class, Client, Error, InProcessPace, Outcome, Pace, Session, Turn};
use rust_decimal::Decimal;
use secrecy::SecretString;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use url::Url;

use crate::scripted::{Reply, Scripted, TOKEN, data, http, refusal, reply};

const QPS: &str = "Too Many Requests, QPS limit is 1 time/1second";

fn one_a_second(cj: &Scripted) -> Session {
    let pace = InProcessPace::new(Decimal::ONE, Decimal::new(2, 1));
    cj.paced(Arc::new(pace)).session(SecretString::from(TOKEN))
}

fn found() -> Reply {
    data(json!({"pid": "p", "productNameEn": "Jar"}))
}

/// The times between the calls CJ got.
fn gaps(cj: &Scripted) -> Vec<u128> {
    cj.asked()
        .windows(2)
        .map(|two| (two[1].at - two[0].at).as_millis())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_speed_in_any_form_is_waited_out_and_the_product_still_comes() {
    let cj = Scripted::start([
        refusal(200, 1_600_200, QPS),
        refusal(429, 1_600_200, QPS),
        reply(429, ""),
        found(),
    ])
    .await;
    assert_eq!(
        one_a_second(&cj).product("p", false).await.unwrap().title,
        "Jar"
    );
    assert_eq!(gaps(&cj), [1800, 2400, 3600]);
}

#[tokio::test(start_paused = true)]
async fn after_three_repeats_the_caller_hears_of_it() {
    let cj = Scripted::start((0..9).map(|_| refusal(200, 1_600_200, QPS))).await;
    let error = one_a_second(&cj).product("p", false).await.unwrap_err();
    assert_eq!((error.class, error.code), (Class::Rate, Some(1_600_200)));
    assert_eq!(cj.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn the_time_cj_names_is_honoured_when_short_and_handed_on_when_long() {
    let cj = Scripted::start([reply(429, "").with("retry-after", "7"), found()]).await;
    one_a_second(&cj).product("p", false).await.unwrap();
    assert_eq!(gaps(&cj), [7000]);

    let cj = Scripted::start([reply(429, "").with("retry-after", "60")]).await;
    let error = one_a_second(&cj).product("p", false).await.unwrap_err();
    assert_eq!(error.retry_after, Some(Duration::from_secs(60)));
    cj.only();
}

#[tokio::test]
async fn nothing_but_speed_is_repeated_behind_the_callers_back() {
    for (answer, class) in [
        (refusal(200, 1_600_000, "System is busy"), Class::Server),
        (refusal(200, 1_600_301, "Read timed out"), Class::Server),
        (reply(503, "<html>busy</html>"), Class::Server),
        (
            refusal(200, 1_600_001, "Invalid API key or access token"),
            Class::Token,
        ),
        (
            refusal(401, 1_600_001, "Invalid API key or access token"),
            Class::Token,
        ),
        (refusal(429, 1_600_201, "Quota used up"), Class::Quota),
        (
            refusal(
                429,
                1_600_200,
                "Too Many Requests, Sorry, you have reached the daily request limit (1000 times/day)",
            ),
            Class::Quota,
        ),
        (
            refusal(200, 1_600_004, "Your API access has been suspended"),
            Class::Suspended,
        ),
        (
            refusal(200, 1_600_300, "the max offset is 6000"),
            Class::Param,
        ),
        (reply(404, "<html>not here</html>"), Class::Answer),
        (
            reply(302, "").with("location", "https://elsewhere.example.test/"),
            Class::Answer,
        ),
        (
            reply(200, "{\"code\":200,\"data\":{\"pid\":"),
            Class::Answer,
        ),
    ] {
        let cj = Scripted::start([answer]).await;
        assert_eq!(
            cj.session().product("p", false).await.unwrap_err().class,
            class
        );
        cj.only();
    }
}

/// Remembers what the client told it.
#[derive(Default)]
struct Noted(Mutex<Vec<(Call, Outcome)>>);

#[async_trait]
impl Pace for Noted {
    async fn turn(&self, _call: &Call) -> Result<Turn, Error> {
        Ok(Turn::new(()))
    }

    async fn answered(&self, call: &Call, outcome: &Outcome) {
        self.0.lock().unwrap().push((*call, *outcome));
    }
}

#[tokio::test]
async fn spent_points_stop_at_once_and_the_pace_learns_what_is_left() {
    let sentence = "Insufficient API points. Used today: 50000, Remaining: 0, Required: 10";
    let body = r#"{"code":200,"data":{"pid":"p"},"pointsInfo":{"usedToday":49990,"remaining":10,"total":50000}}"#;
    let cj = Scripted::start([reply(200, body), refusal(200, 16_900_500, sentence)]).await;
    let pace = Arc::new(Noted::default());
    let session = cj
        .paced(Arc::clone(&pace) as Arc<dyn Pace>)
        .session(SecretString::from(TOKEN));
    session.product("p", false).await.unwrap();
    let error = session.product("p", false).await.unwrap_err();
    assert_eq!(error.class, Class::Points);
    assert_eq!(error.points.and_then(|points| points.required), Some(10));
    assert_eq!(error.retry_after, Some(Duration::from_secs(18)));
    let noted = pace.0.lock().unwrap().clone();
    let left: Vec<_> = noted
        .iter()
        .map(|(call, outcome)| {
            (
                call.path,
                call.points,
                outcome.refused,
                outcome.points.and_then(|info| info.remaining),
            )
        })
        .collect();
    assert_eq!(
        left,
        [
            ("product/query", 10, false, Some(10)),
            ("product/query", 10, false, Some(0))
        ]
    );
}

/// Refuses every call for a reason of its own.
struct Closed;

#[async_trait]
impl Pace for Closed {
    async fn turn(&self, _call: &Call) -> Result<Turn, Error> {
        Err(Error::new(
            Class::Points,
            "the budget set by the owner is used up",
        ))
    }

    async fn answered(&self, _call: &Call, _outcome: &Outcome) {}
}

#[tokio::test]
async fn a_budget_that_says_no_keeps_the_call_from_being_made() {
    let cj = Scripted::start([found()]).await;
    let session = cj
        .paced(Arc::new(Closed))
        .session(SecretString::from(TOKEN));
    assert_eq!(
        session.product("p", false).await.unwrap_err().class,
        Class::Points
    );
    assert!(cj.asked().is_empty());
}

#[tokio::test]
async fn one_account_never_has_two_calls_on_the_wire_at_once() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let handler = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        move || async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            now.fetch_sub(1, Ordering::SeqCst);
            r#"{"code":200,"data":{"pid":"p"}}"#
        }
    };
    let router = axum::Router::new().fallback(handler);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let client = Client::new(http(), base, Arc::new(InProcessPace::unlimited()));
    let session = client.session(SecretString::from(TOKEN));
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let session = session.clone();
            tokio::spawn(async move { session.product("p", false).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn no_connection_and_a_broken_one_are_network_failures_without_an_address_in_them() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let port = base.port().unwrap().to_string();
    let client = Client::new(http(), base, Arc::new(InProcessPace::unlimited()));
    let session = client.session(SecretString::from(TOKEN));

    let breaks = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        assert!(socket.read(&mut request).await.unwrap() > 0);
        socket
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"code\":2")
            .await
            .unwrap();
        // Dropping the socket and the listener leaves nobody to answer.
    });
    let broken = session.product("secret-search", false).await.unwrap_err();
    breaks.await.unwrap();
    let refused = session.product("secret-search", false).await.unwrap_err();
    for error in [broken, refused] {
        assert_eq!(error.class, Class::Network, "{error:?}");
        assert!(error.retry_helps() && !error.empty);
        let told = format!("{error} {error:?}");
        assert!(
            !told.contains("secret-search") && !told.contains(&port),
            "{told}"
        );
    }
}
