//! What owners paste, and what must come of it.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;

use super::*;

const ID: &str = "CJ1234567";
const HALF: &str = "0123456789abcdef0123456789abcdef";
const KEY: &str = "CJ1234567@api@0123456789abcdef0123456789abcdef";

/// What was recognised, with the secrets shown.
fn shown(pasted: &str, client_id: Option<&str>) -> String {
    match recognise(pasted, client_id) {
        Credential::ApiKey(key) => format!("key {}", key.expose_secret()),
        Credential::Pair {
            client_id,
            client_secret,
        } => {
            format!("pair {client_id} {}", client_secret.expose_secret())
        }
        Credential::Incomplete { missing } => format!("{missing:?}"),
    }
}

#[test]
fn an_api_key_is_recognised_in_whatever_it_was_copied_with() {
    let broken = format!("{}\n  {}", &KEY[..24], &KEY[24..]);
    for pasted in [
        KEY.to_owned(),
        format!("  {KEY}\r\n"),
        format!("\"{KEY}\","),
        format!("«{KEY}»"),
        format!("\u{feff}{}\u{200b}{}", &KEY[..12], &KEY[12..]),
        format!("CJ_API_KEY={KEY}\nOTHER=1"),
        format!("export CJ_API_KEY='{KEY}'"),
        format!("{{\"apiKey\": \"{KEY}\"}}"),
        format!("{{\"cj\": {{\"api_key\": \"{KEY}\"}}}}"),
        format!("My key: {KEY}, please"),
        format!("Clé API : {KEY}."),
        format!("CJ_CLIENT_ID={ID}\nCJ_CLIENT_SECRET=x\nCJ_API_KEY={KEY}"),
        broken,
        format!("CJ1234567 @api@ {HALF}"),
    ] {
        assert_eq!(shown(&pasted, None), format!("key {KEY}"), "{pasted:?}");
        assert_eq!(
            shown(&pasted, Some("other")),
            format!("key {KEY}"),
            "{pasted:?}"
        );
    }
}

#[test]
fn a_pair_is_recognised_in_either_order_and_in_every_file_format() {
    for pasted in [
        format!("{ID}\n{HALF}"),
        format!("{HALF}\n{ID}\n"),
        format!("{ID} {HALF}"),
        format!("\"{ID}\",\n\"{HALF}\""),
        format!("CJ_CLIENT_ID={ID}\nCJ_CLIENT_SECRET={HALF}"),
        format!("CJ_CLIENT_SECRET=\"{HALF}\"\nexport CJ_CLIENT_ID=\"{ID}\" "),
        format!("{{\"client_id\":\"{ID}\",\"client_secret\":\"{HALF}\"}}"),
        format!("{{\n \"clientSecret\": \"{HALF}\",\n \"clientId\": \"{ID}\"\n"),
        format!("Client ID: {ID}\nClient Secret: {HALF}"),
        format!("client_id={ID}&client_secret={HALF}"),
        format!("here they are {ID} and {HALF} thanks"),
    ] {
        assert_eq!(
            shown(&pasted, None),
            format!("pair {ID} {HALF}"),
            "{pasted:?}"
        );
    }
}

#[test]
fn a_secret_goes_with_the_client_id_typed_beside_it() {
    for (pasted, id) in [
        (HALF.to_owned(), ID),
        (format!(" {HALF}\n"), " CJ1234567 "),
        (format!("CJ_CLIENT_SECRET={HALF}"), ID),
        (format!("@api@{HALF}"), ID),
        (format!("{ID}\n{HALF}"), ID),
    ] {
        assert_eq!(
            shown(&pasted, Some(id)),
            format!("pair {ID} {HALF}"),
            "{pasted:?}"
        );
    }
    assert_eq!(
        shown("odd-secret", Some("odd-id")),
        "pair odd-id odd-secret"
    );
    assert_eq!(shown(HALF, Some("  ")), "ClientId");
    assert_eq!(
        shown("my-id-0001 made-up-secret-0001", None),
        "pair my-id-0001 made-up-secret-0001"
    );
    assert_eq!(
        shown(&format!("CJ_CLIENT_SECRET={KEY}"), Some(ID)),
        format!("key {KEY}")
    );
}

#[test]
fn what_is_missing_is_named() {
    for (pasted, id, expected) in [
        ("", None, "Everything"),
        (" \n\t", None, "Everything"),
        ("hello", None, "Everything"),
        ("", Some(ID), "ClientSecret"),
        (ID, None, "ClientSecret"),
        (ID, Some(ID), "ClientSecret"),
        ("CJ1234567@api@", None, "ClientSecret"),
        ("CJ_CLIENT_ID=CJ1234567", None, "ClientSecret"),
        (
            "CJ_CLIENT_ID=CJ1234567\nCJ_CLIENT_SECRET=",
            None,
            "ClientSecret",
        ),
        (HALF, None, "ClientId"),
        ("@api@0123456789abcdef0123456789abcdef", None, "ClientId"),
        ("CJ1234567@api@0123456789abcdef", None, "EndOfKey"),
        ("{\"apiKey\":\"CJ1234567@api@0123\"}", None, "EndOfKey"),
        ("my key is CJ1234567@api@0123 I think", None, "EndOfKey"),
    ] {
        assert_eq!(shown(pasted, id), expected, "{pasted:?} {id:?}");
    }
}

#[test]
fn a_key_of_a_new_form_is_passed_on_and_never_cut() {
    let longer = format!("{KEY}00ff");
    assert_eq!(shown(&longer, None), format!("key {longer}"));
    let named = "CJ_API_KEY=a-key-of-a-new-form";
    assert_eq!(shown(named, None), "key a-key-of-a-new-form");
    let odd = recognise(&longer, None);
    assert!(!odd.has_usual_form());
    assert!(recognise(KEY, None).has_usual_form());
}

#[test]
fn a_key_and_its_halves_turn_into_each_other() {
    let (id, secret) = recognise(KEY, None).halves().unwrap();
    assert_eq!((id.as_str(), secret.expose_secret()), (ID, HALF));
    let pair = recognise(&format!("{ID}\n{HALF}"), None);
    assert_eq!(pair.as_api_key().unwrap().expose_secret(), KEY);
    let nothing = recognise("", None);
    assert!(nothing.as_api_key().is_none() && nothing.halves().is_none());
}

#[test]
fn the_screen_and_the_log_never_show_a_secret() {
    assert_eq!(recognise(KEY, None).mask(), "CJ1234567@api@…cdef");
    assert_eq!(recognise(HALF, Some(ID)).mask(), "CJ1234567 …cdef");
    assert_eq!(recognise("shortish", Some("me")).mask(), "me …");
    assert_eq!(recognise("", None).mask(), "");
    for credential in [recognise(KEY, None), recognise(HALF, Some(ID))] {
        assert!(!format!("{credential:?}").contains("0123456789"));
    }
}

proptest! {
    #[test]
    fn nothing_pasted_makes_it_panic(pasted in any::<String>(), id in any::<Option<String>>()) {
        let credential = recognise(&pasted, id.as_deref());
        let _ = (credential.mask(), credential.halves(), credential.as_api_key());
    }

    #[test]
    fn nothing_like_a_credential_makes_it_panic(pasted in "(CJ|@api@|client_id|[=:{}\"\n, é＠]|[0-9a-f]{0,33}){0,12}") {
        let credential = recognise(&pasted, None);
        let _ = (credential.mask(), credential.halves(), credential.as_api_key());
    }

    #[test]
    fn every_key_survives_the_noise_around_it(
        number in "[0-9]{1,12}", half in "[0-9a-f]{32}",
        before in "[ \n\t\"'`«“]{0,6}", after in "[ \n\t\"'`»”,;.]{0,6}",
    ) {
        let key = format!("CJ{number}@api@{half}");
        prop_assert_eq!(shown(&format!("{before}{key}{after}"), None), format!("key {key}"));
        let credential = recognise(&key, None);
        let (id, secret) = credential.halves().unwrap();
        let again = recognise(&format!("{before}{id}\n{}{after}", secret.expose_secret()), None);
        let joined = again.as_api_key().map(|key| key.expose_secret().to_owned());
        prop_assert_eq!(joined, Some(key));
    }
}
