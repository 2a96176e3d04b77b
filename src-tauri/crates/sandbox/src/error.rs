//! What can go wrong in the sandbox itself, as opposed to what it plays.

/// The sandbox's own errors.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Loopback could not be bound.
    #[error("loopback is not available: {0}")]
    Io(#[from] std::io::Error),
    /// An address is none.
    #[error("not an address: {0}")]
    Url(#[from] url::ParseError),
    /// The visitor's own request failed.
    #[error("the visitor could not reach the page: {0}")]
    Http(#[source] reqwest::Error),
    /// The page was not the consent page; the text is its heading.
    #[error("no consent page: {0}")]
    NoConsent(String),
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        // The address carries a code.
        Self::Http(error.without_url())
    }
}

/// A result of the sandbox's own.
pub type Result<T> = std::result::Result<T, Error>;
