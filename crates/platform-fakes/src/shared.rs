//! The state that a test and the server of its fake share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::answer::Answer;
use crate::clock::Clock;
use crate::faults::Fault;
use crate::request::Request;

/// The rules of a platform.
pub trait Platform: Send + 'static {
    /// Answers a request. `base_url` is the URL of the fake without a slash at the end.
    fn answer(&mut self, request: &Request, base_url: &str, now: Timestamp) -> Answer;
}

/// A request with the status of its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// The time of the request by the fake's clock.
    pub time: Timestamp,
    /// The status that the fake decided on; `None` if the platform never saw the request. The client
    /// did not get it if the connection was cut.
    pub status: Option<StatusCode>,
}

/// The state that the test and the server share.
#[derive(Debug)]
pub(crate) struct Shared<P> {
    pub(crate) clock: Clock,
    pub(crate) platform: Mutex<P>,
    pub(crate) faults: Mutex<Vec<Fault>>,
    pub(crate) exchanges: Mutex<Vec<Exchange>>,
    pub(crate) refusals: Mutex<Vec<String>>,
    /// The number of releases of held answers.
    pub(crate) releases: watch::Sender<u64>,
}

impl<P> Shared<P> {
    pub(crate) fn new(platform: P, clock: Clock) -> Self {
        Self {
            clock,
            platform: Mutex::new(platform),
            faults: Mutex::default(),
            exchanges: Mutex::default(),
            refusals: Mutex::default(),
            releases: watch::Sender::new(0),
        }
    }
}

/// Locks a mutex whose content is consistent even after a panic.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
