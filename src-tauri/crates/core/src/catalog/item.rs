//! What an owner pastes to import: an id, the address of a product at any AliExpress host, a share link.

use url::Url;

use crate::error::{Code, Error, Result};

/// What a pasted item is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A product id.
    Id(String),
    /// A short link that leads to a product.
    Share(Url),
}

/// Reads one item.
///
/// # Errors
/// `BadInput` when it is neither an id nor an address at AliExpress.
pub fn parse(text: &str) -> Result<Item> {
    let text = text.trim();
    if is_id(text) {
        return Ok(Item::Id(text.to_owned()));
    }
    let bad = || {
        Error::new(
            Code::BadInput,
            "neither a product number nor the address of an AliExpress product",
        )
    };
    let with_scheme = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let url = Url::parse(&with_scheme).map_err(|_| bad())?;
    if !matches!(url.scheme(), "https" | "http") || !url.host_str().is_some_and(is_aliexpress) {
        return Err(bad());
    }
    if let Some(id) = id_in(&url) {
        return Ok(Item::Id(id));
    }
    let short = matches!(
        url.host_str(),
        Some("a.aliexpress.com" | "s.click.aliexpress.com" | "star.aliexpress.com")
    );
    if short && url.path().len() > 1 {
        let mut url = url;
        // A share link is followed; never in the clear.
        url.set_scheme("https").map_err(|()| bad())?;
        return Ok(Item::Share(url));
    }
    Err(bad())
}

/// The product id in an address: `/item/1005….html`, `/i/1005….html`, `?productId=1005…`.
pub fn id_in(url: &Url) -> Option<String> {
    let from_path = url
        .path_segments()
        .into_iter()
        .flatten()
        .find_map(|segment| {
            let stem = segment.strip_suffix(".html").unwrap_or(segment);
            let last = stem.rsplit(['_', '-']).next().unwrap_or(stem);
            is_id(last).then(|| last.to_owned())
        });
    from_path.or_else(|| {
        url.query_pairs()
            .find(|(name, value)| {
                matches!(name.as_ref(), "productId" | "product_id" | "itemId") && is_id(value)
            })
            .map(|(_, value)| value.into_owned())
    })
}

/// Hosts such as `fr.aliexpress.com`, `www.aliexpress.us`, `aliexpress.ru`.
pub fn is_aliexpress(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    labels.next() == Some("aliexpress") && matches!(top, "com" | "us" | "ru")
}

fn is_id(text: &str) -> bool {
    (8..=20).contains(&text.len()) && text.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may end at once")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whatever_an_owner_copies_leads_to_the_product() {
        for text in [
            "1005004043442825",
            " 1005004043442825\n",
            "https://www.aliexpress.com/item/1005004043442825.html",
            "https://fr.aliexpress.com/item/1005004043442825.html?spm=a2g0o&gatewayAdapt=glo2fra#nav",
            "aliexpress.us/item/1005004043442825.html",
            "https://m.aliexpress.com/i/1005004043442825.html",
            "https://www.aliexpress.com/item/Glass-Jar/32_1005004043442825.html",
            "https://www.aliexpress.com/p/order/index.html?productId=1005004043442825",
        ] {
            assert_eq!(
                parse(text).unwrap(),
                Item::Id("1005004043442825".into()),
                "{text}"
            );
        }
        assert!(matches!(
            parse("https://a.aliexpress.com/_mK1abc"),
            Ok(Item::Share(_))
        ));
    }

    #[test]
    fn other_sites_are_never_asked() {
        for text in [
            "",
            "jar",
            "https://evil.example/item/1005004043442825.html",
            "https://aliexpress.com.evil.example/i/1",
            "https://notaliexpress.com/item/1005004043442825.html",
            "file:///item/1005004043442825.html",
            "123",
        ] {
            assert_eq!(parse(text).unwrap_err().code, Code::BadInput, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_pasted_crashes_an_import(text in "\\PC{0,200}") {
            let _ = parse(&text);
        }
    }
}
