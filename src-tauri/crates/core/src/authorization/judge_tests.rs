//! Every answer that may come back, and what becomes of it.
#![expect(clippy::unwrap_used, reason = "a test may end at once")]

use super::*;

const CALLBACK: &str = "http://127.0.0.1:8765/cb";

fn attempt(id: &str, state: &str, outcome: Option<&str>, expires_at: &str) -> AttemptRow {
    AttemptRow {
        id: id.into(),
        account: "ae-1".into(),
        state_hash: hash(state),
        redirect_uri: CALLBACK.into(),
        expires_at: expires_at.parse().unwrap(),
        outcome: outcome.map(str::to_owned),
        error: None,
    }
}

fn verdict(all: &[AttemptRow], text: &str) -> std::result::Result<String, Code> {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    match Redirect::parse(text) {
        Ok(redirect) => judge(all, &redirect, now)
            .map(|attempt| attempt.id.clone())
            .map_err(|error| error.code),
        Err(error) => Err(error.code),
    }
}

#[test]
fn only_the_answer_to_the_waiting_attempt_is_taken() {
    let soon = "2026-11-22T12:04:00Z";
    let all = [
        attempt("now", "s-now", None, soon),
        attempt("used", "s-used", Some("connected"), soon),
        attempt("old", "s-old", None, "2026-11-22T11:59:59Z"),
    ];
    let with = |query: &str| verdict(&all, &format!("{CALLBACK}?{query}"));
    assert_eq!(with("code=3_500000_abc&state=s-now"), Ok("now".into()));
    assert_eq!(
        with("error=access_denied&state=s-now"),
        Ok("now".into()),
        "a denial is an answer, too"
    );
    assert_eq!(with("code=3_500000_abc&state=s-nox"), Err(Code::WrongState));
    assert_eq!(
        with("code=3_500000_abc"),
        Err(Code::WrongState),
        "a missing state is not waved through"
    );
    assert_eq!(
        with("error=access_denied"),
        Err(Code::WrongState),
        "a stranger cannot end the attempt"
    );
    assert_eq!(
        with("code=3_500000_abc&state=s-used"),
        Err(Code::AttemptExpired),
        "a replay"
    );
    assert_eq!(
        with("code=3_500000_abc&state=s-old"),
        Err(Code::AttemptExpired),
        "a late answer"
    );
    assert_eq!(with("state=s-now"), Err(Code::MissingCode));
    assert_eq!(with(""), Err(Code::MissingCode));
    assert_eq!(
        verdict(
            &all,
            "http://127.0.0.1:8766/cb?code=3_500000_abc&state=s-now"
        ),
        Err(Code::WrongState),
        "an answer that went elsewhere"
    );
    assert_eq!(verdict(&all, "3_500000_MadeUpCode123"), Ok("now".into()));
}

#[test]
fn what_the_bridge_hands_on_is_taken_for_an_https_callback_only() {
    let soon = "2026-11-22T12:04:00Z";
    let link = "app.smartlinks.desktop:/aliexpress/callback?code=3_500000_abc&state=s";
    let https = AttemptRow {
        redirect_uri: "https://shop.example/aliexpress/callback".into(),
        ..attempt("a", "s", None, soon)
    };
    assert_eq!(verdict(std::slice::from_ref(&https), link), Ok("a".into()));
    let elsewhere = "app.smartlinks.desktop:/other?code=3_500000_abc&state=s";
    assert_eq!(verdict(&[https], elsewhere), Err(Code::WrongState));
    assert_eq!(
        verdict(&[attempt("b", "s", None, soon)], link),
        Err(Code::WrongState)
    );
}

#[test]
fn a_bare_code_is_taken_only_without_doubt() {
    let soon = "2026-11-22T12:04:00Z";
    assert_eq!(verdict(&[], "3_500000_abc"), Err(Code::NoAttempt));
    assert_eq!(
        verdict(&[attempt("a", "s", Some("denied"), soon)], "3_500000_abc"),
        Err(Code::AttemptExpired)
    );
    let two = [attempt("a", "s", None, soon), attempt("b", "t", None, soon)];
    assert_eq!(verdict(&two, "3_500000_abc"), Err(Code::WrongState));
    assert_eq!(
        verdict(&two, &format!("{CALLBACK}?code=3_500000_abc&state=t")),
        Ok("b".into())
    );
}

#[test]
fn without_an_attempt_every_redirect_is_ignored_kindly() {
    for query in [
        "code=3_500000_abc&state=s",
        "code=3_500000_abc",
        "error=access_denied&state=s",
    ] {
        assert_eq!(
            verdict(&[], &format!("{CALLBACK}?{query}")),
            Err(Code::NoAttempt),
            "{query}"
        );
    }
}
