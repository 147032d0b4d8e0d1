//! Runs blocking work on a thread of its own while async code waits for it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

/// The result of work on another thread. Dropping it before the end calls `stop`.
pub(super) struct Background<T, S: FnOnce() + Unpin> {
    result: oneshot::Receiver<T>,
    stop: Option<S>,
}

/// Starts `work`. If the result is dropped before, `stop` has to make the work end soon.
///
/// # Errors
/// If the system refuses another thread.
pub(super) fn run<T: Send + 'static, S: FnOnce() + Unpin>(
    work: impl FnOnce() -> T + Send + 'static,
    stop: S,
) -> std::io::Result<Background<T, S>> {
    let (sender, result) = oneshot::channel();
    let work = move || {
        // The waiting side may be gone.
        drop(sender.send(work()));
    };
    std::thread::Builder::new()
        .name("plugin-scan".to_owned())
        .spawn(work)?;
    let stop = Some(stop);
    Ok(Background { result, stop })
}

/// `None` if the work panicked.
impl<T, S: FnOnce() + Unpin> Future for Background<T, S> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let polled = Pin::new(&mut self.result).poll(cx);
        polled.map(|result| {
            self.stop = None;
            result.ok()
        })
    }
}

impl<T, S: FnOnce() + Unpin> Drop for Background<T, S> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop();
        }
    }
}
