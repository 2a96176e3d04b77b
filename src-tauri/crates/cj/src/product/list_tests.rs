//! The three shapes of product lists, and what must not be lost in reading them.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use serde_json::json;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_search_page_is_read_out_of_its_nested_groups() {
    let data = json!({"pageSize": 2, "pageNumber": 1, "totalRecords": 6000, "totalPages": 3000, "content": [{"productList": [
        {"id": "1980012345678901248", "nameEn": "Airtight Glass Storage Jar", "sku": "CJCF7001234", "bigImage": "//cf.example.test/jar.jpg",
         "sellPrice": "2.10 -- 4.85", "nowPrice": "2.10", "listedNum": 41, "categoryId": "0A1B", "oneCategoryName": "Home & Garden",
         "twoCategoryName": "Kitchen", "threeCategoryName": "Storage Jars", "createAt": 1_767_225_600_000_i64, "warehouseInventoryNum": 1530,
         "totalVerifiedInventory": 30, "totalUnVerifiedInventory": 1500, "currency": "USD", "saleStatus": "3"},
        {"id": 1980012345678901249_u64, "nameEn": null, "sku": "CJCF7001235", "sellPrice": 3.5, "saleStatus": "2"}],
        "relatedCategoryList": [], "keyWord": "storage jar"}]});
    let page = page(&data).unwrap();
    assert_eq!(
        (page.total, page.page, page.size, page.capped()),
        (Some(6000), Some(1), Some(2), true)
    );
    assert_eq!(page.items.len(), 2);
    let (jar, other) = (&page.items[0], &page.items[1]);
    assert_eq!(jar.pid, "1980012345678901248");
    assert_eq!(
        jar.price,
        Some(PriceRange {
            min: decimal("2.10"),
            max: decimal("4.85")
        })
    );
    assert_eq!(
        jar.category_path,
        ["Home & Garden", "Kitchen", "Storage Jars"]
    );
    assert_eq!(
        jar.image.as_deref(),
        Some("https://cf.example.test/jar.jpg")
    );
    assert_eq!(jar.listed_at, "2026-01-01T00:00:00Z".parse().ok());
    assert_eq!(
        (jar.on_sale, jar.warehouse_stock, jar.verified_stock),
        (Some(true), Some(1530), Some(30))
    );
    assert_eq!(
        other.pid, "1980012345678901249",
        "a bare number keeps its digits"
    );
    assert_eq!(
        (other.title.as_str(), other.on_sale),
        ("CJCF7001235", Some(false))
    );
}

#[test]
fn a_legacy_row_keeps_its_english_title_and_its_category() {
    let data = json!({"pageNum": 1, "pageSize": 20, "total": "1", "list": [{"pid": "p", "productName": "[\"玻璃罐\",\"密封罐\"]",
        "productNameEn": "Airtight Glass Storage Jar", "productSku": "CJCF7001234", "productImage": "https://cf.example.test/jar.jpg",
        "productWeight": "430.00", "sellPrice": 2.1, "categoryName": "Home & Garden / Kitchen / Storage Jars", "saleStatus": 3, "createTime": null}]});
    let page = page(&data).unwrap();
    let jar = &page.items[0];
    assert_eq!(jar.title, "Airtight Glass Storage Jar");
    assert_eq!(jar.category_path.len(), 3);
    assert_eq!(jar.weight_g, Some(decimal("430.00")));
    assert_eq!(jar.price, Some(PriceRange::single(decimal("2.1"))));
    assert_eq!(
        (page.total, page.capped(), jar.currency.as_deref()),
        (Some(1), false, None)
    );
}

#[test]
fn my_products_are_read_from_content_and_from_list() {
    let row = json!({"productId": "1980012345678901248", "productName": ["玻璃罐"], "sku": "CJCF7001234", "totalPrice": 2.10, "listedShopNum": "1", "createAt": "2026-08-01 11:00:00"});
    for name in ["content", "list"] {
        let page = page(&json!({"pageNumber": 1, "totalRecords": 1, name: [row]})).unwrap();
        assert_eq!(
            page.items[0].title, "玻璃罐",
            "the Chinese title is better than none"
        );
        assert_eq!(page.items[0].listed_count, Some(1));
        assert_eq!(page.items[0].listed_at, "2026-08-01T11:00:00Z".parse().ok());
    }
    let bare = page(&json!([row])).unwrap();
    assert_eq!((bare.items.len(), bare.total), (1, None));
    let as_text = page(&json!({"total": 1, "list": json!([row]).to_string()})).unwrap();
    assert_eq!(as_text.items.len(), 1);
}

#[test]
fn an_empty_page_keeps_its_total_and_an_empty_answer_is_an_error() {
    for (data, total) in [
        (json!({"total": 40, "list": []}), 40),
        (json!({"total": 40, "list": null}), 40),
        (
            json!({"totalRecords": 0, "content": [{"productList": null, "keyWord": "x"}]}),
            0,
        ),
        (
            json!({"totalRecords": 0, "content": [{"productList": []}]}),
            0,
        ),
    ] {
        let page = page(&data).unwrap();
        assert_eq!(
            (page.items.len(), page.total, page.unreadable),
            (0, Some(total), 0),
            "{data}"
        );
    }
    for data in [
        json!(null),
        json!({}),
        json!({"list": null}),
        json!({"pageNum": 1}),
    ] {
        assert!(page(&data).unwrap_err().empty, "{data}");
    }
}

#[test]
fn one_broken_row_costs_that_row_and_a_page_of_them_is_told() {
    let mixed = page(&json!({"total": 2, "list": [{"pid": "p"}, {"nameEn": "no id"}]})).unwrap();
    assert_eq!((mixed.items.len(), mixed.unreadable), (1, 1));
    assert_eq!(mixed.items[0].title, "p");
    let error = page(&json!({"total": 2, "list": [{"nameEn": "no id"}, 5]})).unwrap_err();
    assert!(!error.empty && error.retry_helps());
}
