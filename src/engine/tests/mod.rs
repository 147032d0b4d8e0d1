//! Tests the engine over many runs, with a platform and a ledger that may fail at any step.

mod delivery;
mod ledger;
mod model;
mod platform;
mod reconcile;

use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

thread_local! {
    /// `true` once the program that this thread runs has crashed.
    static CRASHED: Cell<bool> = const { Cell::new(false) };
}

/// Simulates a crash: nothing that follows happens, and [`run_until_crash`] ends the program.
async fn crash<T>() -> T {
    CRASHED.set(true);
    pending().await
}

/// Runs `program` until it ends or crashes.
async fn run_until_crash<T>(program: impl Future<Output = T>) -> Option<T> {
    CRASHED.set(false);
    let mut program = pin!(program);
    poll_fn(|cx| {
        let polled = program.as_mut().poll(cx);
        if CRASHED.get() {
            return Poll::Ready(None);
        }
        polled.map(Some)
    })
    .await
}
