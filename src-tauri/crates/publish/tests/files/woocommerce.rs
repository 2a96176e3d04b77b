//! WooCommerce's file against its "Product CSV Import Schema" and the way its importer reads lists.

use std::collections::{BTreeMap, BTreeSet};

use smartlinks_core::views::{ExportFormat, ExportSelection, PriceRules};

use crate::catalogue::Catalogue;
use crate::parser::{Row, cell};

/// The importer's reading of a list: commas part, `\,` does not.
fn list(text: &str) -> Vec<String> {
    text.replace("\\,", "\u{0}")
        .split(',')
        .map(|part| part.trim().replace('\u{0}', ","))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The importer's reading of text: an apostrophe before what looks like a formula goes.
fn text(cell: &str) -> &str {
    match cell.get(..2) {
        Some("'=" | "'+" | "'-" | "'@") => &cell[1..],
        _ => cell,
    }
}

fn breaches(rows: &[Row]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut skus = BTreeSet::new();
    let mut parents: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in rows {
        let sku = cell(row, "SKU");
        let mut wrong = |what: String| breaches.push(format!("{sku}: {what}"));
        if sku.is_empty() || !skus.insert(sku) {
            wrong("SKUs are there and unique".into());
        }
        if cell(row, "Name").is_empty() {
            wrong("a name is required".into());
        }
        if !["1", "-1"].contains(&cell(row, "Published"))
            || !["0", "1"].contains(&cell(row, "In stock?"))
        {
            wrong("published is 1 or -1, in stock 0 or 1".into());
        }
        let kind = cell(row, "Type");
        let buyable = kind != "variable";
        if buyable
            != (cell(row, "Regular price")
                .parse::<f64>()
                .is_ok_and(|price| price > 0.0))
        {
            wrong("what can be bought has a price, and nothing else has".into());
        }
        for link in list(cell(row, "Images")) {
            if !link.starts_with("http") {
                wrong(format!("{link:?} cannot be fetched"));
            }
        }
        let attributes: Vec<(&str, Vec<String>)> = (1..=6)
            .map(|number| {
                let name = cell(row, &format!("Attribute {number} name"));
                (
                    name,
                    list(cell(row, &format!("Attribute {number} value(s)"))),
                )
            })
            .filter(|(name, _)| !name.is_empty())
            .collect();
        match kind {
            "simple" => {
                if !attributes.is_empty() || !cell(row, "Parent").is_empty() {
                    wrong("a simple product has no choice".into());
                }
            }
            "variable" => {
                if attributes.is_empty() || attributes.iter().any(|(_, values)| values.is_empty()) {
                    wrong("a choice of what?".into());
                }
                parents.insert(sku, row);
            }
            "variation" => {
                let Some(parent) = parents.get(cell(row, "Parent")) else {
                    wrong(format!(
                        "its parent {:?} does not come before it",
                        cell(row, "Parent")
                    ));
                    continue;
                };
                for (place, (name, values)) in attributes.iter().enumerate() {
                    let number = place + 1;
                    if cell(parent, &format!("Attribute {number} name")) != *name {
                        wrong(format!("{name} is no attribute of the parent"));
                    }
                    let known = list(cell(parent, &format!("Attribute {number} value(s)")));
                    if values.len() != 1 || !known.contains(&values[0]) {
                        wrong(format!("{values:?} is not one of {known:?}"));
                    }
                }
            }
            other => wrong(format!("type {other:?}")),
        }
    }
    breaches
}

fn of<'a>(rows: &'a [Row], name: &str) -> &'a Row {
    rows.iter()
        .find(|row| cell(row, "Name") == name)
        .expect(name)
}

#[tokio::test]
async fn woocommerce_takes_every_kind_of_product() {
    let catalogue = Catalogue::of_every_kind().await;
    let (receipt, rows) = catalogue
        .export(ExportFormat::Woocommerce, ExportSelection::All, false)
        .await;
    assert_eq!(breaches(&rows), Vec::<String>::new());
    assert_eq!((receipt.products, receipt.skipped), (7, 1));

    let jar = of(&rows, "Glass jar");
    assert_eq!(
        (cell(jar, "Type"), cell(jar, "SKU"), cell(jar, "Stock")),
        ("simple", "CJJAR01", "900")
    );
    assert_eq!(cell(jar, "Weight (kg)"), "0.471");
    assert_eq!(
        list(cell(jar, "Categories")),
        ["Home, Garden > Kitchen > Jars"]
    );
    assert_eq!(
        list(cell(jar, "Images")),
        ["https://cf.example/1.jpg", "https://cf.example/2.jpg"]
    );

    let cap: Vec<&Row> = rows
        .iter()
        .filter(|row| cell(row, "Parent") == "CJCAP")
        .collect();
    assert_eq!(list(cell(cap[1], "Attribute 1 value(s)")), ["White, matt"]);
    assert_eq!(
        (cell(cap[1], "In stock?"), cell(cap[1], "Stock")),
        ("0", "0")
    );
    assert_eq!(
        (cell(cap[2], "In stock?"), cell(cap[2], "Stock")),
        ("1", ""),
        "unknown is not sold out"
    );

    let lamp: Vec<&Row> = rows
        .iter()
        .filter(|row| cell(row, "Parent") == "1005004043440003")
        .collect();
    assert_eq!(lamp.len(), 2);
    assert_eq!(cell(lamp[1], "Attribute 3 name"), "Plug");

    let many: Vec<&Row> = rows
        .iter()
        .filter(|row| cell(row, "Parent") == "1005004043440004")
        .collect();
    assert_eq!(
        cell(many[0], "Attribute 5 value(s)"),
        "CN",
        "five attributes are not joined here"
    );
    assert_eq!(cell(many[1], "Attribute 5 value(s)"), "Default");
    let parent = rows
        .iter()
        .find(|row| cell(row, "SKU") == "1005004043440004")
        .unwrap();
    assert_eq!(
        text(cell(parent, "Name")),
        "=cmd|'/c calc'!A1",
        "the importer gives the title back"
    );
    assert_eq!(cell(of(&rows, "Old thing"), "Published"), "-1");
    assert_eq!(cell(of(&rows, "New thing"), "Published"), "-1");
}

#[tokio::test]
async fn a_struck_through_price_is_the_regular_one() {
    let catalogue = Catalogue::of_every_kind().await;
    let rules = PriceRules {
        compare_at: Some("1.5".parse().unwrap()),
        ..PriceRules::default()
    };
    smartlinks_core::pricing::set_rules(&catalogue.shop, Some(rules))
        .await
        .unwrap();
    let (_, rows) = catalogue
        .export(ExportFormat::Woocommerce, ExportSelection::All, true)
        .await;
    assert_eq!(breaches(&rows), Vec::<String>::new());
    let jar = of(&rows, "Glass jar");
    assert_eq!(
        (cell(jar, "Sale price"), cell(jar, "Regular price")),
        ("4.99", "7.99")
    );
}
