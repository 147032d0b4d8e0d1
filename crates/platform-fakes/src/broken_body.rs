//! A response whose connection is cut: its body fails before the server has written anything, so that
//! the server closes the connection without a response.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http_body::Frame;

/// A body that fails at once.
struct BrokenBody;

impl http_body::Body for BrokenBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(Some(Err(Error::from(ErrorKind::ConnectionReset))))
    }
}

/// Returns a response that closes the connection.
pub(crate) fn cut_connection() -> Response {
    Response::new(Body::new(BrokenBody))
}
