//! What goes into a file: all, what a query finds, what was chosen; and the preview of it.

use smartlinks_core::views::{
    ExportFormat, ExportNoteKind, ExportRequest, ExportSelection, ProductKey, ProductQuery,
    Supplier,
};
use smartlinks_publish::csv::{self, unguarded};

use crate::catalogue::Catalogue;
use crate::parser::{Row, cell};

fn titles(rows: &[Row]) -> Vec<&str> {
    let mut titles: Vec<&str> = rows.iter().map(|row| cell(row, "title")).collect();
    titles.dedup();
    titles
}

#[tokio::test]
async fn the_generic_file_has_a_row_for_every_variant_and_loses_nothing() {
    let catalogue = Catalogue::of_every_kind().await;
    let (receipt, rows) = catalogue
        .export(ExportFormat::Generic, ExportSelection::All, false)
        .await;
    assert_eq!(
        (receipt.rows, receipt.products, receipt.skipped),
        (14, 8, 0)
    );
    let many = rows
        .iter()
        .find(|row| cell(row, "variant_id") == "120011")
        .unwrap();
    assert_eq!(unguarded(cell(many, "title")), "=cmd|'/c calc'!A1");
    assert_eq!(
        cell(many, "options"),
        "Color: +1 | Size: S | Plug: EU | Length: 1m | Ships from: CN"
    );
    assert_eq!(
        (
            cell(many, "cost"),
            cell(many, "price"),
            cell(many, "currency")
        ),
        ("5.00", "5.00", "USD")
    );
    let jar = rows
        .iter()
        .find(|row| cell(row, "variant_id") == "j1")
        .unwrap();
    assert_eq!(cell(jar, "weight_g"), "470.2");
}

#[tokio::test]
async fn a_filter_and_a_choice_export_what_they_name() {
    let catalogue = Catalogue::of_every_kind().await;
    let query = |query: ProductQuery| ExportSelection::Query { query };
    let of_supplier = query(ProductQuery {
        supplier: Some(Supplier::Aliexpress),
        limit: Some(1),
        ..ProductQuery::default()
    });
    let (_, rows) = catalogue
        .export(ExportFormat::Generic, of_supplier, false)
        .await;
    assert_eq!(
        titles(&rows),
        ["Lamp", "'=cmd|'/c calc'!A1"],
        "a page's length does not cut a file"
    );
    let dear = query(ProductQuery {
        price_min: Some("2".parse().unwrap()),
        ..ProductQuery::default()
    });
    let (_, rows) = catalogue.export(ExportFormat::Generic, dear, false).await;
    assert_eq!(titles(&rows), ["New thing"]);
    let key = |supplier, id: &str| ProductKey {
        supplier,
        account: None,
        product_id: id.into(),
    };
    let chosen = ExportSelection::Products {
        products: vec![
            key(Supplier::Cj, "mug"),
            key(Supplier::Cj, "jar"),
            key(Supplier::Aliexpress, "jar"),
        ],
    };
    let (receipt, rows) = catalogue.export(ExportFormat::Generic, chosen, false).await;
    assert_eq!(titles(&rows), ["Mug", "Glass jar"]);
    assert_eq!(receipt.products, 2);
}

#[tokio::test]
async fn words_find_the_same_products_as_the_search_field() {
    let catalogue = Catalogue::of_every_kind().await;
    let door = catalogue.door();
    door.execute(
        "INSERT INTO product_words (rowid, words) SELECT id, title FROM products",
        [],
    )
    .unwrap();
    let query = ProductQuery {
        words: Some("thing".into()),
        ..ProductQuery::default()
    };
    let (_, rows) = catalogue
        .export(
            ExportFormat::Generic,
            ExportSelection::Query { query },
            false,
        )
        .await;
    assert_eq!(titles(&rows), ["Old thing", "New thing"]);
}

#[tokio::test]
async fn the_same_product_of_two_accounts_is_one_in_the_shop() {
    let catalogue = Catalogue::of_every_kind().await;
    catalogue.account("cj-2", "cj");
    let items = [(
        "j1",
        Some("CJJAR01"),
        "",
        Some(22_000),
        Some(1),
        None,
        "[]",
        None,
    )];
    catalogue.product("cj-2", "jar", "Glass jar", &[], &items);
    for format in [ExportFormat::Shopify, ExportFormat::Woocommerce] {
        let (receipt, _) = catalogue.export(format, ExportSelection::All, false).await;
        assert!(
            receipt
                .notes
                .iter()
                .any(|note| note.note == ExportNoteKind::Duplicate && note.count == 1)
        );
    }
    let (receipt, _) = catalogue
        .export(ExportFormat::Generic, ExportSelection::All, false)
        .await;
    assert_eq!(receipt.rows, 15, "for a spreadsheet both are facts");
}

#[tokio::test]
async fn a_preview_shows_the_first_rows_of_the_file_and_writes_none() {
    let catalogue = Catalogue::of_every_kind().await;
    let before = std::fs::read_dir(catalogue.folder.path()).unwrap().count();
    let request = ExportRequest {
        format: ExportFormat::Shopify,
        selection: ExportSelection::All,
        prices: true,
    };
    let preview = csv::preview(&catalogue.shop, request, 3).await.unwrap();
    assert_eq!((preview.rows.len(), preview.products), (3, 8));
    assert_eq!(preview.columns[0], "Title");
    assert_eq!(preview.rows[0][0], "Glass jar");
    assert_eq!(
        std::fs::read_dir(catalogue.folder.path()).unwrap().count(),
        before
    );
}
