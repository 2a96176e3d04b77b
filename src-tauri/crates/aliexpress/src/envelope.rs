//! Taking an answer out of what the gateway wraps it in: `*_response`, `error_response`, flat errors, odd list wrappers.
//!
//! Not for the meaning of single fields (`fields`) nor of codes (`codes`).

use serde_json::Value;

use crate::error::{Class, Error, Result};
use crate::fields::Fields;

/// An answer without its wrapping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// What was inside.
    pub body: Value,
    /// The id support asks for, from inside or beside the wrapper: the docs show both places.
    pub request_id: Option<String>,
}

/// A refusal as the gateway words it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// `code`, a name or a number.
    pub code: Option<String>,
    /// `sub_code`, the backend's own.
    pub sub_code: Option<String>,
    /// `msg` or `message`, with `sub_msg` when it adds something.
    pub message: String,
    /// `type`: `SYSTEM`, `ISV`, `ISP`.
    pub kind: Option<String>,
    /// The id support asks for.
    pub request_id: Option<String>,
}

/// Whether a status word inside an answer means success: `0`, `00` and `200` all occur (measured live).
pub(crate) fn is_ok(code: &str) -> bool {
    matches!(code, "0" | "00" | "200")
}

/// Unwraps an answer of `api`, or finds the refusal in it.
pub(crate) fn open(api: &str, answer: Value) -> Result<Reply> {
    if !answer.is_object() {
        return Err(Error::new(
            Class::Answer,
            "the answer is JSON, but no object",
        ));
    }
    if let Some(refusal) = refusal(&answer) {
        return Err(Error::refused(api, refusal));
    }
    let outer_id = Fields(&answer).text("request_id");
    let Value::Object(mut map) = answer else {
        return Err(Error::new(
            Class::Answer,
            "the answer is JSON, but no object",
        ));
    };
    let mut wrappers = map.keys().filter(|key| key.ends_with("_response"));
    let wrapper = match (wrappers.next(), wrappers.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    };
    // Some callers were answered without a wrapper: then the whole is the body.
    let body = wrapper
        .and_then(|key| map.remove(&key))
        .unwrap_or(Value::Object(map));
    let request_id = Fields(&body).text("request_id").or(outer_id);
    Ok(Reply { body, request_id })
}

/// The refusal in an answer, if it is one. The HTTP status says nothing: it is 200 (measured live).
fn refusal(answer: &Value) -> Option<Refusal> {
    let fields = Fields(answer);
    let wrapped = fields.get("error_response");
    if !wrapped.0.is_null() {
        return Some(read_refusal(wrapped));
    }
    let code = fields.text("code").filter(|code| !is_ok(code))?;
    let blamed = fields
        .text("type")
        .is_some_and(|kind| matches!(&*kind, "SYSTEM" | "ISV" | "ISP"));
    let worded = fields
        .text("message")
        .or_else(|| fields.text("msg"))
        .is_some();
    let empty = ["result", "data", "resp_result"]
        .iter()
        .all(|key| fields.get(key).0.is_null());
    let bare = !answer
        .as_object()?
        .keys()
        .any(|key| key.ends_with("_response"));
    (bare && empty && (blamed || worded)).then(|| {
        let mut refusal = read_refusal(fields);
        refusal.code = Some(code);
        refusal
    })
}

fn read_refusal(fields: Fields<'_>) -> Refusal {
    let message = fields.text("message").or_else(|| fields.text("msg"));
    let message = match (message, fields.text("sub_msg")) {
        (Some(message), Some(sub)) if message != sub => format!("{message} ({sub})"),
        (Some(message), _) => message,
        (None, Some(sub)) => sub,
        (None, None) => fields.0.as_str().unwrap_or_default().to_owned(),
    };
    Refusal {
        code: fields.text("code"),
        sub_code: fields.text("sub_code"),
        message,
        kind: fields.text("type"),
        request_id: fields.text("request_id"),
    }
}

/// The elements of a list in any of the shapes it comes in: an array; an object with one odd key around the array; a
/// single element bare or under the odd key; `{}` or null for none.
pub(crate) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(map) => {
            let mut entries = map.values();
            match (entries.next(), entries.next()) {
                (None, _) => Vec::new(),
                (Some(Value::Array(items)), None) => items.iter().collect(),
                (Some(only @ Value::Object(_)), None) => list_of_one(only),
                (Some(Value::Null), None) => Vec::new(),
                _ => vec![value],
            }
        }
        _ => Vec::new(),
    }
}

/// What the odd key holds when it holds no array: one element, or `{}` for none.
fn list_of_one(value: &Value) -> Vec<&Value> {
    match value.as_object() {
        Some(map) if map.is_empty() => Vec::new(),
        _ => vec![value],
    }
}

/// Refuses an answer whose `rsp_code` (with `rsp_msg`) or `code` (with `msg`) is not a success.
pub(crate) fn check_status(api: &str, reply: &Reply) -> Result<()> {
    let fields = Fields(&reply.body);
    for (code, message) in [("rsp_code", "rsp_msg"), ("code", "msg")] {
        let Some(code) = fields.text(code) else {
            continue;
        };
        if !is_ok(&code) {
            return Err(refused_inside(
                api,
                reply,
                code,
                fields.text(message).unwrap_or_default(),
            ));
        }
    }
    Ok(())
}

/// The error for a refusal stated inside a regular answer.
pub(crate) fn refused_inside(api: &str, reply: &Reply, code: String, message: String) -> Error {
    // The words are often a code of their own (`ITEM_ID_NOT_FOUND`), so the table is asked about both.
    let word = message
        .split(['.', ',', ':', '('])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    let refusal = Refusal {
        code: Some(word).filter(|word| !word.is_empty()),
        sub_code: Some(code),
        message,
        kind: None,
        request_id: reply.request_id.clone(),
    };
    Error::refused(api, refusal)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const API: &str = "aliexpress.ds.product.get";

    #[test]
    fn a_wrapped_and_an_unwrapped_answer_read_the_same() {
        let wrapped =
            json!({"aliexpress_ds_product_get_response": {"result": {"a": 1}, "request_id": "r1"}});
        let beside = json!({"aliexpress_ds_product_get_response": {"result": {"a": 1}}, "code": "0", "request_id": "r1"});
        let bare = json!({"result": {"a": 1}, "request_id": "r1"});
        for answer in [wrapped, beside, bare] {
            let reply = open(API, answer).unwrap();
            assert_eq!(reply.body["result"], json!({"a": 1}));
            assert_eq!(reply.request_id.as_deref(), Some("r1"));
        }
    }

    #[test]
    fn a_refusal_at_http_200_is_an_error_in_every_form_it_takes() {
        let forms = [
            json!({"error_response": {"type": "ISV", "code": "IllegalAccessToken", "msg": "m", "request_id": "r"}}),
            json!({"type": "ISV", "code": "IllegalAccessToken", "message": "m", "request_id": "r"}),
            json!({"code": "IllegalAccessToken", "message": "m", "request_id": "r"}),
        ];
        for form in forms {
            let error = open(API, form).unwrap_err();
            assert_eq!(error.class, Class::Token);
            assert_eq!(error.code.as_deref(), Some("IllegalAccessToken"));
            assert_eq!(
                (&*error.message, error.request_id.as_deref()),
                ("m", Some("r"))
            );
        }
    }

    #[test]
    fn a_number_and_its_sub_code_are_both_read() {
        for code in [json!(15), json!("15")] {
            let error = open(
                "aliexpress.trade.ds.order.get",
                json!({"error_response": {"code": code, "msg": "Remote service error",
                    "sub_code": "isv.insufficient-permission", "sub_msg": "not yours"}}),
            )
            .unwrap_err();
            assert_eq!(error.class, Class::NotFound);
            assert_eq!(error.code.as_deref(), Some("isv.insufficient-permission"));
            assert_eq!(error.message, "Remote service error (not yours)");
        }
    }

    #[test]
    fn a_search_that_went_well_is_not_taken_for_a_refusal() {
        let answer = json!({"code": "00", "msg": "ok", "data": {"totalCount": 1}});
        assert_eq!(open(API, answer.clone()).unwrap().body, answer);
    }

    #[test]
    fn a_list_reads_the_same_in_all_its_shapes() {
        let one = json!({"sku_id": "1", "price": "2"});
        let two = json!({"sku_id": "3"});
        for (shape, expected) in [
            (json!([one, two]), vec![&one, &two]),
            (
                json!({"ae_item_sku_info_d_t_o": [one, two]}),
                vec![&one, &two],
            ),
            (json!({"ae_item_sku_info_d_t_o": one}), vec![&one]),
            (json!({"ae_item_sku_info_d_t_o": {}}), vec![]),
            (json!({"ae_item_sku_info_d_t_o": null}), vec![]),
            (one.clone(), vec![&one]),
            (two.clone(), vec![&two]),
            (json!({}), vec![]),
            (json!([]), vec![]),
            (json!(null), vec![]),
            (json!("text"), vec![]),
        ] {
            assert_eq!(list(&shape), expected, "{shape}");
        }
    }

    #[test]
    fn a_word_in_the_message_is_found_in_the_table_too() {
        let reply = Reply {
            body: json!({"rsp_code": 699, "rsp_msg": "ITEM_ID_NOT_FOUND"}),
            request_id: None,
        };
        let error = check_status(API, &reply).unwrap_err();
        assert_eq!(
            (error.class, error.code.as_deref()),
            (Class::NotFound, Some("699"))
        );
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        let key = prop_oneof![
            "[a-z_]{0,8}",
            Just("error_response".to_owned()),
            Just("aliexpress_ds_product_get_response".to_owned()),
            Just("code".to_owned()),
            Just("rsp_code".to_owned()),
            Just("message".to_owned()),
            Just("type".to_owned()),
            Just("result".to_owned()),
        ];
        leaf.prop_recursive(4, 48, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((key.clone(), inner), 0..5)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_answer_whatsoever_brings_the_program_down(answer in any_json()) {
            if let Ok(reply) = open(API, answer) {
                let _ = check_status(API, &reply);
                let _ = list(&reply.body);
                let _ = crate::product::read(API, &reply, "USD");
                let _ = crate::search::read(API, &reply, "USD");
                let _ = crate::freight::read(API, &reply);
                let _ = crate::order::read(API, &reply, "1");
                let _ = crate::tracking::read(API, &reply);
                let _ = crate::benefit::read(API, &reply);
            }
        }

        #[test]
        fn whatever_is_wrapped_comes_out_unchanged(body in any_json(), id in "[0-9a-f]{8}") {
            let answer = json!({"some_method_response": body, "request_id": id});
            prop_assert_eq!(open(API, answer).unwrap().body, body);
        }

        #[test]
        fn no_element_of_a_wrapped_list_is_lost(items in prop::collection::vec(any_json(), 0..6), key in "[a-z_]{1,8}") {
            let expected: Vec<&Value> = items.iter().collect();
            let plain = Value::from(items.clone());
            prop_assert_eq!(list(&plain), expected.clone());
            let wrapped = json!({ key: items.clone() });
            prop_assert_eq!(list(&wrapped), expected);
        }
    }
}
