//! CJ's categories: a tree of three levels of names, of which only the third has ids.

use serde_json::Value;

use crate::client::Session;
use crate::error::{Error, Result};
use crate::row::{Row, list};

/// A category of the third level with the names above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// CJ's id, for the filters of the product lists.
    pub id: String,
    /// Name of the first level.
    pub first: String,
    /// Name of the second level.
    pub second: String,
    /// Its own name.
    pub third: String,
}

impl Session {
    /// All categories, in CJ's order. Free of points; once a day is enough.
    ///
    /// # Errors
    /// [`crate::Class::Answer`] when CJ sends none; refusals as everywhere.
    pub async fn categories(&self) -> Result<Vec<Category>> {
        flatten(&self.get("product/getCategory", Vec::new()).await?)
    }
}

fn flatten(data: &Value) -> Result<Vec<Category>> {
    let tree = match list(data) {
        Some(tree) => tree,
        None if data.is_null() => return Err(Error::nothing("categories")),
        None => return Err(Error::unreadable("categories are no list")),
    };
    let mut categories = Vec::new();
    for first in tree.iter().filter_map(Row::of) {
        let first_name = first.text(["categoryFirstName"]).unwrap_or_default();
        let seconds = first.list(["categoryFirstList"]).unwrap_or_default();
        for second in seconds.iter().filter_map(Row::of) {
            let second_name = second.text(["categorySecondName"]).unwrap_or_default();
            let thirds = second.list(["categorySecondList"]).unwrap_or_default();
            for third in thirds.iter().filter_map(Row::of) {
                // Without an id it cannot be searched by, and without a name it cannot be chosen.
                if let (Some(id), Some(name)) =
                    (third.text(["categoryId"]), third.text(["categoryName"]))
                {
                    categories.push(Category {
                        id,
                        first: first_name.clone(),
                        second: second_name.clone(),
                        third: name,
                    });
                }
            }
        }
    }
    if categories.is_empty() {
        Err(Error::nothing("categories"))
    } else {
        Ok(categories)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use serde_json::json;

    #[test]
    fn the_tree_becomes_paths_with_ids_and_holes_in_it_do_no_harm() {
        let tree = json!([
            {"categoryFirstName": "Home & Garden", "categoryFirstList": [
                {"categorySecondName": "Kitchen", "categorySecondList": [
                    {"categoryId": "0A1B", "categoryName": "Storage Jars"},
                    {"categoryId": null, "categoryName": "Lost"},
                ]},
                {"categorySecondName": "Empty", "categorySecondList": null},
            ]},
            null,
        ]);
        let categories = flatten(&tree).unwrap();
        let expected = Category {
            id: String::from("0A1B"),
            first: String::from("Home & Garden"),
            second: String::from("Kitchen"),
            third: String::from("Storage Jars"),
        };
        assert_eq!(categories, [expected]);
    }

    #[test]
    fn no_categories_at_all_is_an_error_and_not_an_empty_choice() {
        for data in [json!(null), json!([]), json!([{"categoryFirstList": []}])] {
            assert!(flatten(&data).unwrap_err().empty, "{data}");
        }
    }
}
