//! Reading one HTTP request on the loopback listener: a head of at most 16 KiB, GET only, our Host only.
//!
//! Own code and not a web framework, because what is refused here is the point: the listener is open to every page of the
//! browser and every program of the computer while an attempt waits.

use crate::words::Language;

/// The longest head that is read; an answer of AliExpress has a few hundred bytes.
pub const LONGEST_HEAD: usize = 16 * 1_024;

/// A request worth looking at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path and query as sent.
    pub target: String,
    /// The language the browser prefers.
    pub language: Language,
}

/// Why a request is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No HTTP at all.
    Malformed,
    /// Not GET.
    Method,
    /// For another host: a page that tries to reach this computer under a name of its own.
    Host,
    /// Another path: a favicon, say.
    Path,
}

impl Refused {
    /// The status line that answers it.
    #[must_use]
    pub fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::Method => "405 Method Not Allowed",
            Self::Host => "421 Misdirected Request",
            Self::Path => "404 Not Found",
        }
    }
}

/// Whether the head is complete.
#[must_use]
pub fn is_complete(head: &[u8]) -> bool {
    head.windows(4).any(|four| four == b"\r\n\r\n")
}

/// Reads the head of a request. `host` is the Host header of our address, `path` the registered path.
///
/// # Errors
/// The reason why it is none of ours.
pub fn parse(head: &[u8], host: &str, path: &str) -> Result<Request, Refused> {
    let text = std::str::from_utf8(head).map_err(|_| Refused::Malformed)?;
    let (head, _) = text.split_once("\r\n\r\n").ok_or(Refused::Malformed)?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target, version) = (first.next(), first.next(), first.next());
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (method, target, version, first.next())
    else {
        return Err(Refused::Malformed);
    };
    if !target.starts_with('/') || target.chars().any(|letter| letter.is_control()) {
        return Err(Refused::Malformed);
    }
    let mut hosts = Vec::new();
    let mut language = Language::English;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(Refused::Malformed)?;
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(Refused::Malformed);
        }
        if name.eq_ignore_ascii_case("host") {
            hosts.push(value.trim());
        } else if name.eq_ignore_ascii_case("accept-language") {
            language = Language::of_locale(value.trim());
        }
    }
    if method != "GET" {
        return Err(Refused::Method);
    }
    if hosts.len() != 1 || !hosts[0].eq_ignore_ascii_case(host) {
        return Err(Refused::Host);
    }
    let asked = target.split_once('?').map_or(target, |(asked, _)| asked);
    if asked != path && page_name(asked, path).is_none() {
        return Err(Refused::Path);
    }
    Ok(Request {
        target: target.to_owned(),
        language,
    })
}

/// The name of one of our own pages, when `asked` is one: they live below the callback, at `…/~done`.
#[must_use]
pub fn page_name<'a>(asked: &'a str, path: &str) -> Option<&'a str> {
    asked
        .strip_prefix(path.trim_end_matches('/'))?
        .strip_prefix("/~")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(head: &str) -> Result<Request, Refused> {
        parse(head.as_bytes(), "127.0.0.1:8765", "/cb")
    }

    #[test]
    fn only_a_get_of_the_exact_path_with_our_host_is_looked_at() {
        let request = read(
            "GET /cb?code=x HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nAccept-Language: fr-CD,fr;q=0.9\r\n\r\n",
        );
        assert_eq!(
            request,
            Ok(Request {
                target: "/cb?code=x".into(),
                language: Language::French
            })
        );
        for (head, why) in [
            (
                "POST /cb?code=x HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n",
                Refused::Method,
            ),
            (
                "GET /cb?code=x HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                Refused::Host,
            ),
            ("GET /cb?code=x HTTP/1.1\r\n\r\n", Refused::Host),
            (
                "GET /cb HTTP/1.1\r\nHost: 127.0.0.1:8765\r\nHost: 127.0.0.1:8765\r\n\r\n",
                Refused::Host,
            ),
            (
                "GET /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n",
                Refused::Path,
            ),
            (
                "GET /cbx HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n",
                Refused::Path,
            ),
            (
                "GET http://127.0.0.1:8765/cb HTTP/1.1\r\nHost: 127.0.0.1:8765\r\n\r\n",
                Refused::Malformed,
            ),
            ("GET /cb\r\n\r\n", Refused::Malformed),
            ("\r\n\r\n", Refused::Malformed),
        ] {
            assert_eq!(read(head), Err(why), "{head:?}");
        }
    }

    /// One request in parts, so that it can be said without our parser whether it is ours.
    #[derive(Debug, Clone)]
    struct Parts {
        method: &'static str,
        path: &'static str,
        query: String,
        version: &'static str,
        hosts: Vec<&'static str>,
        other: String,
    }

    impl Parts {
        fn head(&self) -> String {
            let query = if self.query.is_empty() {
                String::new()
            } else {
                format!("?{}", self.query)
            };
            let mut head = format!("{} {}{query} {}\r\n", self.method, self.path, self.version);
            for host in &self.hosts {
                head += &format!("Host: {host}\r\n");
            }
            format!("{head}X-Other: {}\r\n\r\n", self.other)
        }

        fn is_ours(&self) -> bool {
            self.method == "GET"
                && ["/cb", "/cb/~done", "/cb/~"].contains(&self.path)
                && !self.query.contains(' ')
                && ["HTTP/1.1", "HTTP/1.0"].contains(&self.version)
                && self.hosts == ["127.0.0.1:8765"]
        }
    }

    fn parts() -> impl Strategy<Value = Parts> {
        use proptest::sample::select;
        let hosts = select(vec![
            "127.0.0.1:8765",
            "127.0.0.1",
            "evil.example",
            "127.0.0.1:8765.evil.example",
        ]);
        (
            select(vec!["GET", "GET", "GET", "POST", "get", "HEAD", ""]),
            select(vec![
                "/cb",
                "/cb",
                "/cb/~done",
                "/cb/~",
                "/cb/",
                "/cbx",
                "/CB",
                "/",
                "//cb",
                "/favicon.ico",
                "/x/../cb",
                "http://127.0.0.1:8765/cb",
            ]),
            "[ -~]{0,60}",
            select(vec!["HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2", ""]),
            proptest::collection::vec(hosts, 0..3),
            "[ -~]{0,40}",
        )
            .prop_map(|(method, path, query, version, hosts, other)| Parts {
                method,
                path,
                query,
                version,
                hosts,
                other,
            })
    }

    /// How long to look for a counterexample beyond a first round: `cargo xtask test` says a minute.
    fn patience() -> std::time::Duration {
        #[expect(
            clippy::disallowed_methods,
            reason = "cargo xtask test says how long to look"
        )]
        let seconds = std::env::var("SMARTLINKS_FUZZ_SECONDS").ok();
        let seconds = seconds.and_then(|seconds| seconds.parse().ok());
        std::time::Duration::from_secs(seconds.unwrap_or(0))
    }

    #[test]
    fn fuzz_no_request_of_a_stranger_is_taken_for_ours_or_crashes_the_listener() {
        let bytes = proptest::collection::vec(any::<u8>(), 0..600);
        let lines = "[ -~]{0,80}\r\n[ -~]{0,80}\r\n\r\n";
        let begun = std::time::Instant::now();
        loop {
            let config = ProptestConfig {
                failure_persistence: None,
                ..ProptestConfig::with_cases(512)
            };
            let mut runner = proptest::test_runner::TestRunner::new(config);
            let strange = runner.run(&(&bytes, lines, parts()), |(bytes, lines, parts)| {
                let _ = parse(&bytes, "127.0.0.1:8765", "/cb");
                if let Ok(request) = read(&lines) {
                    prop_assert!(request.target.starts_with("/cb"));
                }
                let head = parts.head();
                prop_assert_eq!(read(&head).is_ok(), parts.is_ours(), "{:?}", head);
                // Cut anywhere, it is not looked at before the rest has come.
                let cut = bytes.len() % head.len();
                prop_assert!(!is_complete(&head.as_bytes()[..cut]));
                Ok(())
            });
            assert!(strange.is_ok(), "{strange:?}");
            if begun.elapsed() >= patience() {
                return;
            }
        }
    }
}
