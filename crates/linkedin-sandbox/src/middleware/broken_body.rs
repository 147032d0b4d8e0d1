//! Simulates responses that do not arrive. If a body fails before the server has written anything,
//! the server closes the connection without a response. If it fails later, the response ends after
//! its headers.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body::Frame;

/// The `Content-Length` of a response whose body never arrives.
const DECLARED_LENGTH: &str = "64";

/// A response body that fails.
struct BrokenBody {
    /// `true` until the first poll, which makes the server send the headers.
    headers_pending: bool,
}

impl http_body::Body for BrokenBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if std::mem::take(&mut self.headers_pending) {
            // While the body is pending, the server writes the headers.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Error::from(ErrorKind::ConnectionReset))))
    }
}

/// Closes the connection before the response is sent.
pub(crate) fn drop_connection(response: Response) -> Response {
    response.map(|_| {
        Body::new(BrokenBody {
            headers_pending: false,
        })
    })
}

/// Ends the response after its headers.
pub(crate) fn truncate(response: Response) -> Response {
    let mut response = response.map(|_| {
        Body::new(BrokenBody {
            headers_pending: true,
        })
    });
    let declared = HeaderValue::from_static(DECLARED_LENGTH);
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, declared);
    response
}
