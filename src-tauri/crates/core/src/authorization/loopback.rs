//! The loopback door: a listener on this computer only, open while an attempt waits.
//!
//! It decides nothing: every hit on the callback's path goes to the one check all doors share, and the page follows from
//! what that said. A stray hit, a wrong state or a slow client neither ends the attempt nor keeps the real answer out.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use super::callback::Callback;
use super::page::{HEADERS, Page, html};
use super::redirect::Redirect;
use super::request::{LONGEST_HEAD, Refused, Request, is_complete, page_name, parse};
use super::{Verified, exchange, fail_quietly, verify};
use crate::error::{Code, Error, Result};
use crate::shop::Shop;
use crate::words::Language;

/// How long a client may take to send its request.
const PATIENCE: Duration = Duration::from_secs(5);
/// How much of an absurdly long request is read away before it is refused.
const DISCARDED: u64 = 64 * 1_024;
/// Clients served at the same time; more wait.
const CLIENTS: usize = 16;

/// Sockets bound and not yet served, so that the browser opens only when somebody listens.
pub struct Bound(Vec<TcpListener>);

/// Binds the callback's port, never on all interfaces.
///
/// # Errors
/// `PortTaken` when another program listens there, `PortReserved` when the system keeps the port for itself (Windows does,
/// for virtual machines).
pub async fn bind(callback: &Callback) -> Result<Bound> {
    let port = callback.port();
    let mut sockets = Vec::new();
    let mut trouble = None;
    for address in callback.addresses() {
        match TcpListener::bind(SocketAddr::new(address, port)).await {
            Ok(socket) => sockets.push(socket),
            // A computer without IPv6 has no ::1; localhost then means 127.0.0.1 alone.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::AddrNotAvailable | ErrorKind::Unsupported
                ) => {}
            Err(error) => trouble = Some(error),
        }
    }
    match trouble {
        None if !sockets.is_empty() => Ok(Bound(sockets)),
        None => Err(Error::new(
            Code::PortReserved,
            format!("this computer has no address to listen on for port {port}"),
        )),
        Some(error) => Err(match error.kind() {
            ErrorKind::AddrInUse => Error::new(
                Code::PortTaken,
                format!("port {port} is used by another program"),
            ),
            ErrorKind::PermissionDenied => Error::new(
                Code::PortReserved,
                format!("the system does not let programs listen on port {port}"),
            ),
            _ => Error::new(Code::PortTaken, format!("port {port}: {error}")),
        }),
    }
}

/// Serves until `over` says so.
pub async fn serve(bound: Bound, shop: Shop, callback: Callback, mut over: watch::Receiver<bool>) {
    let clients = Arc::new(Semaphore::new(CLIENTS));
    let callback = Arc::new(callback);
    let mut tasks = tokio::task::JoinSet::new();
    for socket in bound.0 {
        let (shop, callback, clients) = (shop.clone(), Arc::clone(&callback), Arc::clone(&clients));
        tasks.spawn(async move {
            loop {
                let Ok(permit) = Arc::clone(&clients).acquire_owned().await else {
                    return;
                };
                let Ok((stream, _)) = socket.accept().await else {
                    continue;
                };
                let (shop, callback) = (shop.clone(), Arc::clone(&callback));
                tokio::spawn(async move {
                    let _ =
                        tokio::time::timeout(PATIENCE * 2, answer(stream, shop, callback)).await;
                    drop(permit);
                });
            }
        });
    }
    let _ = over.wait_for(|over| *over).await;
    tasks.shutdown().await;
}

/// Reads one request, answers it, closes.
async fn answer(mut stream: TcpStream, shop: Shop, callback: Arc<Callback>) -> std::io::Result<()> {
    let request = match read_head(&mut stream).await {
        Some(head) => parse(&head, &callback.host_header(), callback.path()),
        None => Err(Refused::Malformed),
    };
    let (response, verified) = match request {
        Ok(request) => respond(&shop, &callback, &request).await,
        Err(refused) => (plain(refused.status()), None),
    };
    stream.write_all(response.as_bytes()).await?;
    stream.shutdown().await?;
    // The owner sees the page at once; the exchange takes its time behind it.
    if let Some(verified) = verified {
        tokio::spawn(async move {
            if let Err(error) = exchange(&shop, verified).await {
                tracing::debug!(code = ?error.code, "the exchange did not work");
            }
        });
    }
    Ok(())
}

async fn read_head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::with_capacity(1_024);
    let reading = async {
        let mut chunk = [0; 2_048];
        while !is_complete(&head) {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => head.extend_from_slice(&chunk[..count]),
            }
            if head.len() > LONGEST_HEAD {
                return None;
            }
        }
        Some(())
    };
    let complete = tokio::time::timeout(PATIENCE, reading).await.ok().flatten();
    if complete.is_none() && head.len() > LONGEST_HEAD {
        // Closing over unread bytes would reset the connection before the refusal is read.
        let mut rest = stream.take(DISCARDED);
        let _ = tokio::time::timeout(
            PATIENCE / 10,
            tokio::io::copy(&mut rest, &mut tokio::io::sink()),
        )
        .await;
    }
    complete.map(|()| head)
}

/// What to answer, and what to exchange afterwards.
async fn respond(
    shop: &Shop,
    callback: &Callback,
    request: &Request,
) -> (String, Option<Verified>) {
    // The clean addresses we send the browser to, so that the code leaves its address bar and history.
    let asked = request
        .target
        .split_once('?')
        .map_or(request.target.as_str(), |(asked, _)| asked);
    if let Some(name) = page_name(asked, callback.path()) {
        return match Page::ALL.into_iter().find(|page| page.name() == name) {
            Some(page) => (shown(page, request.language), None),
            None => (plain(Refused::Path.status()), None),
        };
    }
    let redirect = match callback
        .with_target(&request.target)
        .map(Redirect::of_address)
    {
        Some(Ok(redirect)) => redirect,
        _ => return (plain(Refused::Malformed.status()), None),
    };
    if redirect.is_silent() {
        return (plain(Refused::Path.status()), None);
    }
    let (page, verified) = match verify(shop, redirect).await {
        Ok(verified) => (Page::Done, Some(verified)),
        Err(error) => {
            let page = match error.code {
                Code::ConsentDenied => Page::Denied,
                Code::AttemptExpired | Code::NoAttempt => Page::Expired,
                _ => Page::Other,
            };
            fail_quietly(&error);
            (page, None)
        }
    };
    let to = format!("{}/~{}", callback.path().trim_end_matches('/'), page.name());
    (
        format!(
            "HTTP/1.1 303 See Other\r\nLocation: {to}\r\n{HEADERS}Content-Length: 0\r\nConnection: close\r\n\r\n"
        ),
        verified,
    )
}

fn shown(page: Page, language: Language) -> String {
    let body = html(page, language);
    format!(
        "HTTP/1.1 200 OK\r\n{HEADERS}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn plain(status: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{HEADERS}Content-Length: 0\r\nConnection: close\r\n\r\n")
}
