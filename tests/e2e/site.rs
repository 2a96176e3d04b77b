//! A web space on loopback: it hands out the pages the test puts there, and writes down what is asked of it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// One hit: `METHOD target`, and what was sent with it.
#[derive(Debug, Clone)]
pub struct Hit {
    pub asked: String,
    pub body: String,
}

/// The web space; it serves until the test's process ends.
pub struct Site {
    port: u16,
    pages: Arc<Mutex<HashMap<String, String>>>,
    hits: Arc<Mutex<Vec<Hit>>>,
}

impl Site {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let (pages, hits) = (Arc::default(), Arc::default());
        let site = Self { port, pages, hits };
        let (pages, hits) = (Arc::clone(&site.pages), Arc::clone(&site.hits));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (pages, hits) = (Arc::clone(&pages), Arc::clone(&hits));
                // A browser opens connections ahead and says nothing on them.
                thread::spawn(move || drop(serve(stream, &pages, &hits)));
            }
        });
        site
    }

    /// Puts a page at a path.
    pub fn put(&self, path: &str, html: String) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.insert(path.to_owned(), html);
    }

    /// The address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What was asked so far.
    pub fn hits(&self) -> Vec<Hit> {
        self.hits
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn serve(
    mut stream: TcpStream,
    pages: &Mutex<HashMap<String, String>>,
    hits: &Mutex<Vec<Hit>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let asked = first.rsplit_once(' ').map_or("", |(asked, _)| asked);
    let target = asked.split_once(' ').map_or("", |(_, target)| target);
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    let page = {
        let pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(path).cloned()
    };
    hits.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(Hit {
            asked: asked.to_owned(),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
    let status = if page.is_some() {
        "200 OK"
    } else {
        "404 Not Found"
    };
    let page = page.unwrap_or_default();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nAccess-Control-Allow-Origin: *\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{page}",
        page.len()
    )
}
