//! Shopify's file against Shopify's own page about product CSV files.

use std::collections::{BTreeMap, BTreeSet};

use smartlinks_core::views::{ExportFormat, ExportNoteKind, ExportSelection, PriceRules};
use smartlinks_publish::csv::Target;

use crate::catalogue::Catalogue;
use crate::parser::{Row, cell};

/// What the page asks of a file, row by row. Written from the page, not from the code.
fn breaches(rows: &[Row]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut products: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let mut last = "";
    for row in rows {
        let handle = cell(row, "URL handle");
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if handle.is_empty() || !handle.chars().all(plain) {
            breaches.push(format!("{handle:?} is no handle"));
        }
        if handle != last && products.contains_key(handle) {
            breaches.push(format!("the rows of {handle} are torn apart"));
        }
        last = handle;
        products.entry(handle).or_default().push(row);
    }
    for (handle, rows) in products {
        let mut wrong = |what: String| breaches.push(format!("{handle}: {what}"));
        let head = rows[0];
        if cell(head, "Title").is_empty() || cell(head, "Title").chars().count() > 255 {
            wrong("a title of up to 255 letters is required".into());
        }
        if !["active", "draft", "archived"].contains(&cell(head, "Status")) {
            wrong(format!("status {:?}", cell(head, "Status")));
        }
        if !["TRUE", "FALSE"].contains(&cell(head, "Published on online store")) {
            wrong("published is TRUE or FALSE".into());
        }
        let names: Vec<&str> = (1..=3)
            .map(|number| cell(head, &format!("Option{number} name")))
            .collect();
        if names[0].is_empty() || (names[1].is_empty() && !names[2].is_empty()) {
            wrong(format!("options without gaps, at least one: {names:?}"));
        }
        let named: Vec<&&str> = names.iter().filter(|name| !name.is_empty()).collect();
        if named.iter().collect::<BTreeSet<_>>().len() != named.len() {
            wrong(format!("every option once: {names:?}"));
        }
        let mut combinations = BTreeSet::new();
        let mut pictures = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if index > 0
                && ["Title", "Status", "Type"]
                    .iter()
                    .any(|name| !cell(row, name).is_empty())
            {
                wrong("facts of the product stand on its first row only".into());
            }
            if let Some(link) = row.get("Product image URL") {
                pictures.push(cell(row, "Image position").to_owned());
                if !link.starts_with("http") {
                    wrong(format!("{link:?} cannot be fetched"));
                }
            }
            if cell(row, "Price").is_empty() {
                if cell(row, "Product image URL").is_empty()
                    || !cell(row, "Option1 value").is_empty()
                {
                    wrong(format!("row {index} is neither a variant nor a picture"));
                }
                continue;
            }
            let values: Vec<&str> = (1..=3)
                .map(|number| cell(row, &format!("Option{number} value")))
                .collect();
            for (name, value) in names.iter().zip(&values) {
                if name.is_empty() != value.is_empty() {
                    wrong(format!("option {name:?} has the value {value:?}"));
                }
            }
            if !combinations.insert(values.clone()) {
                wrong(format!("two variants are {values:?}"));
            }
            let price: f64 = cell(row, "Price").parse().unwrap();
            if price <= 0.0 {
                wrong("sold for nothing".into());
            }
            if !["DENY", "CONTINUE"].contains(&cell(row, "Continue selling when out of stock")) {
                wrong("what happens when sold out is not said".into());
            }
            match cell(row, "Inventory tracker") {
                "shopify" => assert!(cell(row, "Inventory quantity").parse::<i64>().is_ok()),
                "" => assert_eq!(
                    cell(row, "Inventory quantity"),
                    "",
                    "a quantity nobody counts"
                ),
                other => wrong(format!("tracker {other:?}")),
            }
            if let Some(grams) = row.get("Weight value (grams)") {
                assert!(grams.parse::<u64>().is_ok(), "whole grams, not {grams:?}");
                assert_eq!(cell(row, "Weight unit for display"), "g");
            }
            if cell(row, "Fulfillment service") != "manual"
                || cell(row, "Requires shipping") != "TRUE"
            {
                wrong("a parcel is sent by the owner".into());
            }
        }
        let counted: Vec<String> = (1..=pictures.len())
            .map(|number| number.to_string())
            .collect();
        if pictures != counted {
            wrong(format!("pictures are numbered {pictures:?}"));
        }
    }
    breaches
}

fn of<'a>(rows: &'a [Row], title: &str) -> Vec<&'a Row> {
    let head = rows
        .iter()
        .find(|row| cell(row, "Title") == title)
        .expect(title);
    let handle = cell(head, "URL handle");
    rows.iter()
        .filter(|row| cell(row, "URL handle") == handle)
        .collect()
}

#[tokio::test]
async fn shopify_takes_every_kind_of_product() {
    let catalogue = Catalogue::of_every_kind().await;
    let (receipt, rows) = catalogue
        .export(ExportFormat::Shopify, ExportSelection::All, false)
        .await;
    assert_eq!(breaches(&rows), Vec::<String>::new());
    assert_eq!((receipt.products, receipt.skipped), (7, 1));

    let jar = of(&rows, "Glass jar");
    assert_eq!(
        jar.len(),
        2,
        "one variant, and a row for the second picture"
    );
    assert_eq!(
        (cell(jar[0], "Option1 name"), cell(jar[0], "Option1 value")),
        ("Title", "Default Title")
    );
    assert_eq!(
        (cell(jar[0], "SKU"), cell(jar[0], "Price")),
        ("CJJAR01", "2.10")
    );
    assert_eq!(
        cell(jar[0], "Weight value (grams)"),
        "471",
        "470.2 g, rounded up"
    );
    assert_eq!(cell(jar[0], "Inventory quantity"), "900");
    assert_eq!(cell(jar[0], "Type"), "Jars");
    assert_eq!(
        cell(jar[1], "Product image URL"),
        "https://cf.example/2.jpg"
    );

    let cap = of(&rows, "Cap, \"one\" size\nwith 📱 pocket");
    assert_eq!(cap.len(), 3);
    assert_eq!(
        cell(cap[0], "Variant image URL"),
        "https://cf.example/black.jpg"
    );
    assert_eq!(cell(cap[1], "Option1 value"), "White, matt");
    assert_eq!(cell(cap[1], "Inventory quantity"), "0");
    assert_eq!(
        cell(cap[2], "Inventory tracker"),
        "",
        "unknown is not sold out"
    );

    let lamp = of(&rows, "Lamp");
    assert_eq!(cell(lamp[0], "Option3 name"), "Plug");
    assert_eq!(cell(lamp[1], "Option2 value"), "M");
    assert_eq!(cell(lamp[0], "SKU"), "1005004043440003-120001");

    let many = of(&rows, "'=cmd|'/c calc'!A1");
    assert_eq!(cell(many[0], "Option3 name"), "Plug / Length / Ships from");
    assert_eq!(cell(many[0], "Option3 value"), "EU / 1m / CN");
    assert_eq!(cell(many[1], "Option3 value"), "EU / 2m / Default");
    assert_eq!(cell(many[0], "Option1 value"), "'+1");

    let mug = of(&rows, "Mug");
    assert_eq!(
        (cell(mug[0], "Option1 name"), cell(mug[0], "Option2 name")),
        ("Option", "Option 2")
    );
    assert_eq!(cell(mug[1], "Option2 value"), "L (2)");
    assert_eq!(
        mug.len(),
        2,
        "a variant without a price is not sold for nothing"
    );

    assert_eq!(cell(of(&rows, "Old thing")[0], "Status"), "archived");
    let new = of(&rows, "New thing");
    assert_eq!(
        (cell(new[0], "Status"), cell(new[0], "Price")),
        ("draft", "5.00")
    );

    let noted: BTreeMap<ExportNoteKind, u64> = receipt
        .notes
        .iter()
        .map(|note| (note.note, note.count))
        .collect();
    assert_eq!(
        noted,
        BTreeMap::from([
            (ExportNoteKind::NoPrice, 1),
            (ExportNoteKind::VariantsWithoutPrice, 1),
            (ExportNoteKind::WithoutDetails, 1),
            (ExportNoteKind::OptionsJoined, 1),
            (ExportNoteKind::VariantsNumbered, 1),
            // The title, the same as text of two pictures, and a value of two variants.
            (ExportNoteKind::CellsGuarded, 5),
        ]),
        "the owner is told what was done to the products"
    );
}

#[tokio::test]
async fn a_supplier_who_words_a_title_anew_makes_no_second_product_in_the_shop() {
    let catalogue = Catalogue::of_every_kind().await;
    let handles = |rows: &[Row]| {
        rows.iter()
            .map(|row| cell(row, "URL handle").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let (_, before) = catalogue
        .export(ExportFormat::Shopify, ExportSelection::All, false)
        .await;
    catalogue
        .door()
        .execute("UPDATE products SET title = title || ' 2027'", [])
        .unwrap();
    let (_, after) = catalogue
        .export(ExportFormat::Shopify, ExportSelection::All, false)
        .await;
    assert_eq!(handles(&before), handles(&after));
    assert!(
        handles(&before)
            .iter()
            .any(|handle| handle.starts_with("glass-jar-"))
    );
    assert!(
        handles(&before)
            .iter()
            .all(|handle| !handle.contains("cj") && !handle.contains("aliexpress")),
        "the shop's customers need not read who delivers"
    );
}

#[tokio::test]
async fn price_rules_make_the_prices_and_leave_the_cost_beside_them() {
    let catalogue = Catalogue::of_every_kind().await;
    let rules = PriceRules {
        least_profit: "4".parse().unwrap(),
        freight: "1.50".parse().unwrap(),
        compare_at: Some("1.2".parse().unwrap()),
        ..PriceRules::default()
    };
    smartlinks_core::pricing::set_rules(&catalogue.shop, Some(rules))
        .await
        .unwrap();
    let (_, rows) = catalogue
        .export(ExportFormat::Shopify, ExportSelection::All, true)
        .await;
    assert_eq!(breaches(&rows), Vec::<String>::new());
    let jar = of(&rows, "Glass jar")[0];
    let figures = ["Cost per item", "Price", "Compare-at price"].map(|name| cell(jar, name));
    assert_eq!(
        figures,
        ["2.10", "7.99", "9.99"],
        "2.10 + 1.50 + 4.00 = 7.60 is more than twice the cost"
    );
}

#[tokio::test]
async fn a_cost_in_a_currency_without_a_rate_is_left_out_and_said() {
    let catalogue = Catalogue::of_every_kind().await;
    let rules = PriceRules {
        currency: "EUR".into(),
        ..PriceRules::default()
    };
    smartlinks_core::pricing::set_rules(&catalogue.shop, Some(rules))
        .await
        .unwrap();
    let (receipt, rows) = catalogue
        .export(ExportFormat::Shopify, ExportSelection::All, true)
        .await;
    assert!(rows.is_empty());
    assert_eq!(receipt.skipped, 8);
    assert!(
        receipt
            .notes
            .iter()
            .any(|note| note.note == ExportNoteKind::NoRate && note.count == 7)
    );
}

#[tokio::test]
async fn a_catalogue_larger_than_shopify_takes_becomes_numbered_files_that_divide_no_product() {
    let catalogue = Catalogue::empty().await;
    let picture = format!("https://img.example/{}", "x".repeat(900));
    let door = catalogue.door();
    door.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7000) \
         INSERT INTO products (account, supplier, product_id, title, first_title, currency, price_min, price_max, images, seen_at) \
         SELECT 'cj-1', 'cj', 'P' || i, 'Lampe ' || i, 'Lampe ' || i, 'USD', 50000, 50000, \
         json_array(?1 || i, ?1 || 'b' || i, ?1 || 'c' || i, ?1 || 'd' || i, ?1 || 'e' || i), 0 FROM n",
        [&picture],
    )
    .unwrap();
    let path = catalogue.path("products.csv");
    let receipt = catalogue
        .try_export_as(ExportFormat::Shopify, Target::File(path.clone()))
        .await
        .unwrap();
    assert_eq!(receipt.files.len(), 3, "{:?}", receipt.files);
    assert!(
        !path.exists(),
        "no file of the plain name that looks like everything"
    );
    let (mut handles, mut rows, mut bytes) = (BTreeSet::new(), 0, 0);
    for (index, file) in receipt.files.iter().enumerate() {
        assert!(
            file.ends_with(&format!("products-{}-of-3.csv", index + 1)),
            "{file}"
        );
        let size = std::fs::metadata(file).unwrap().len();
        assert!(size <= 15_000_000, "{file} has {size} bytes");
        bytes += size;
        let part = crate::parser::rows(&std::fs::read_to_string(file).unwrap());
        assert_eq!(
            breaches(&part),
            Vec::<String>::new(),
            "each file is whole by itself"
        );
        rows += part.len() as u64;
        for row in part.iter().filter(|row| !cell(row, "Title").is_empty()) {
            assert!(
                handles.insert(cell(row, "URL handle").to_owned()),
                "no product in two files"
            );
        }
    }
    assert_eq!(
        (handles.len(), rows, bytes),
        (7_000, receipt.rows, receipt.bytes)
    );
    assert_eq!(receipt.products, 7_000);
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let left: Vec<_> = folder
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");

    let downloads = catalogue.path("downloads");
    for time in ["smartlinks-shopify", "smartlinks-shopify (2)"] {
        let target = Target::NewIn {
            folder: downloads.clone(),
            name: "smartlinks-shopify".into(),
        };
        let receipt = catalogue
            .try_export_as(ExportFormat::Shopify, target)
            .await
            .unwrap();
        assert!(
            receipt.files[2].ends_with(&format!("{time}-3-of-3.csv")),
            "{:?}",
            receipt.files
        );
    }
}
