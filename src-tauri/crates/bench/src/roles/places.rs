//! Which product the core has at a place of the whole list: what a window must show there.

use std::path::Path;

use smartlinks_core::catalog;
use smartlinks_core::views::ProductQuery;

use crate::{Outcome, stage};

/// Prints the ids of the products at these places, null where there is none; `places` have commas between.
pub fn tell(folder: &str, places: &str) -> Outcome<()> {
    let places: Vec<u64> = places
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let ids = stage::block_on(async {
        let shop = stage::open(Path::new(folder), None, None).await?;
        let query = ProductQuery::default();
        let stamp = catalog::places(&shop, query.clone()).await?.stamp;
        let mut ids = Vec::with_capacity(places.len());
        for place in places {
            let rows = catalog::at(&shop, query.clone(), stamp, place, 1).await?;
            ids.push(rows.into_iter().next().map(|row| row.product_id));
        }
        Ok(ids)
    })?;
    println!("{}", serde_json::to_string(&ids)?);
    Ok(())
}
