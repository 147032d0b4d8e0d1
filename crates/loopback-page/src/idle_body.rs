//! Limits the time that a client can be silent within the body of a request.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// The longest time that a client can be silent within the body of a request.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// Makes reading the body of `request` fail if its client is silent for too long.
pub(crate) async fn limit_idle_time(request: Request) -> Request {
    if request.body().is_end_stream() {
        return request;
    }
    request.map(|body| {
        Body::new(IdleBody {
            body,
            timer: Box::pin(sleep(BODY_TIMEOUT)),
        })
    })
}

struct IdleBody {
    body: Body,
    timer: Pin<Box<Sleep>>,
}

impl http_body::Body for IdleBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.timer.as_mut().reset(Instant::now() + BODY_TIMEOUT);
            return Poll::Ready(frame);
        }
        ready!(self.timer.as_mut().poll(cx));
        let error = std::io::Error::new(std::io::ErrorKind::TimedOut, "the client stopped sending");
        Poll::Ready(Some(Err(axum::Error::new(error))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
