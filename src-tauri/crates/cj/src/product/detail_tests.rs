//! One product as CJ sends it, and the ways its fields change form.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn jar() -> Value {
    serde_json::from_str(include_str!("jar.json")).unwrap()
}

#[test]
fn a_product_arrives_with_every_fact_an_owner_needs() {
    let product = product(&jar()).unwrap();
    assert_eq!(product.title, "Airtight Glass Storage Jar");
    assert_eq!(
        product.images,
        [
            "https://cf.example.test/jar.jpg",
            "https://cf.example.test/jar2.jpg"
        ]
    );
    assert_eq!(
        product.price,
        Some(PriceRange {
            min: decimal("2.10"),
            max: decimal("4.85")
        })
    );
    assert_eq!(product.suggested_price.unwrap().max, decimal("15.2"));
    assert_eq!(product.option_names, ["Color", "Size"]);
    assert_eq!(product.materials, ["glass"]);
    assert_eq!(
        (product.on_sale, product.supplier.as_deref()),
        (Some(true), None)
    );
    assert_eq!(product.created_at, "2026-01-01T00:00:00Z".parse().ok());
    let variant = &product.variants[0];
    assert_eq!(variant.price, Some(decimal("2.1")));
    assert_eq!(variant.stock(), Some(900));
    assert_eq!(
        variant.image.as_deref(),
        Some("https://cf.example.test/jar-clear.jpg")
    );
    assert_eq!(variant.created_at, product.created_at);
    let options: Vec<_> = variant
        .options
        .iter()
        .map(|o| (o.name.as_deref(), o.value.as_str()))
        .collect();
    assert_eq!(options, [(Some("Color"), "Clear"), (Some("Size"), "500ml")]);
}

#[test]
fn a_plain_answer_says_unknown_stock_and_not_zero() {
    let mut body = jar();
    for odd in [json!(null), json!("soon")] {
        body["variants"][0]["inventories"] = odd;
        let product = product(&body).unwrap();
        assert_eq!(
            (
                product.variants[0].inventories.as_deref(),
                product.variants[0].stock()
            ),
            (None, None)
        );
    }
    body["variants"][0]["inventories"] = json!([]);
    assert_eq!(product(&body).unwrap().variants[0].stock(), None);
}

#[test]
fn nulls_everywhere_but_the_id_still_make_a_product() {
    let mut body = jar();
    for (name, value) in body.as_object_mut().unwrap() {
        if name != "pid" {
            *value = Value::Null;
        }
    }
    let product = product(&body).unwrap();
    assert_eq!(
        (product.title.as_str(), product.variants.len()),
        ("1980012345678901248", 0)
    );
}

#[test]
fn an_empty_success_is_no_product() {
    for data in [json!(null), json!({}), json!([]), json!({"pid": null})] {
        assert!(product(&data).unwrap_err().empty, "{data}");
    }
    assert!(
        !product(&json!({"productNameEn": "no id"}))
            .unwrap_err()
            .empty
    );
}

#[test]
fn a_variant_without_id_is_counted_and_not_silently_dropped() {
    let mut body = jar();
    body["variants"]
        .as_array_mut()
        .unwrap()
        .push(json!({"variantSku": "X"}));
    let product = product(&body).unwrap();
    assert_eq!(
        (product.variants.len(), product.unreadable_variants),
        (1, 1)
    );
}

#[test]
fn variant_keys_are_taken_apart_without_breaking_names_with_dashes() {
    let names = |list: &[&str]| {
        list.iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let split = |key: Value, of: &[&str]| {
        let row = json!({"vid": 1, "variantKey": key});
        let variant = Variant::of(Row::of(&row).unwrap(), &names(of)).unwrap();
        variant
            .options
            .into_iter()
            .map(|option| option.value)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        split(json!("Black-XL"), &["Color", "Size"]),
        ["Black", "XL"]
    );
    assert_eq!(
        split(json!("Black-2-XL"), &["Color", "Size"]),
        ["Black", "2-XL"]
    );
    assert_eq!(split(json!("Light-Blue"), &["Color"]), ["Light-Blue"]);
    assert_eq!(split(json!("Light-Blue"), &[]), ["Light-Blue"]);
    assert_eq!(
        split(json!("[\"Light-Blue\",\"XL\"]"), &["Color", "Size"]),
        ["Light-Blue", "XL"]
    );
    assert_eq!(split(json!(["XS"]), &["Color", "Size"]), ["XS"]);
    assert_eq!(split(json!("[\"A-B\"]"), &["Color", "Size"]), ["A-B"]);
    assert_eq!(split(json!("Black"), &["Color", "Size"]), ["Black"]);
    assert!(split(json!(null), &["Color"]).is_empty());
}

proptest! {
    #[test]
    fn no_field_of_any_form_makes_the_reader_panic(field in 0_usize..40, text in any::<String>(), number in any::<i64>()) {
        let names: Vec<String> = jar().as_object().unwrap().keys().cloned().collect();
        let name = &names[field % names.len()];
        for odd in [json!(text), json!(number), json!([text, number]), json!({"x": text}), json!(true)] {
            let mut body = jar();
            body[name] = odd.clone();
            let _ = product(&body);
            body = jar();
            body["variants"][0]["variantKey"] = odd;
            let _ = product(&body);
        }
    }
}
