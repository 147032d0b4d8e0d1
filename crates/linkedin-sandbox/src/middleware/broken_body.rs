//! Answers that do not arrive. A body that fails before the server has written anything makes it
//! drop the connection with nothing sent; one that fails later breaks the answer off after its
//! head.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body::Frame;

/// How many bytes an answer promises and does not bring.
const DECLARED_LENGTH: &str = "64";

/// A body that fails.
struct BrokenBody {
    /// Whether the head gets out first.
    head: bool,
}

impl http_body::Body for BrokenBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if std::mem::take(&mut self.head) {
            // A body that is not ready lets the server write what it has.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(Error::from(ErrorKind::ConnectionReset))))
    }
}

/// `response`, whose connection ends before it.
pub(crate) fn drop_connection(response: Response) -> Response {
    response.map(|_| Body::new(BrokenBody { head: false }))
}

/// `response`, which breaks off after its head.
pub(crate) fn truncate(response: Response) -> Response {
    let mut response = response.map(|_| Body::new(BrokenBody { head: true }));
    let declared = HeaderValue::from_static(DECLARED_LENGTH);
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, declared);
    response
}
