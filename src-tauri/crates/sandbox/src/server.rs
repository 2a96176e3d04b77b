//! The listeners. Speaks HTTP/1.1 itself, because a fault must be able to drop a connection without an answer.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower_service::Service;

use crate::answer::DropConnection;

/// The connection is dropped on purpose.
#[derive(Debug, thiserror::Error)]
#[error("dropped on purpose")]
struct Dropped;

/// Serves until the task is aborted, which ends the connections too.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, router.clone()));
                }
                // Out of file descriptors, mostly: the next moment may be better.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // Without it small answers wait for the reader's acknowledgement, and pacing tests measure that.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let called: Result<Response, Infallible> = router.call(request.map(Body::new)).await;
            match called {
                Ok(response) if response.extensions().get::<DropConnection>().is_some() => {
                    Err(Dropped)
                }
                Ok(response) => Ok(response),
                Err(never) => match never {},
            }
        }
    });
    // How a connection ends is the other side's business, or a fault's.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
