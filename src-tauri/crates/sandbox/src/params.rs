//! Parameters of a request, from the query and from a form alike.

use url::form_urlencoded;

/// Name and value, in the order sent; names may repeat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// From a query string, and a form body when there is one.
    pub(crate) fn parse(query: Option<&str>, form: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .chain(form_urlencoded::parse(form))
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The last value of a name, blank ones counted as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(n, value)| n == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// All values of a name, whether repeated or joined with commas: CJ's own clients do either.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(n, _)| n == name)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// A number; none also when it is not one.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}
