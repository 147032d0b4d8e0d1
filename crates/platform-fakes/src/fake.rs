//! A fake that is served on a port of 127.0.0.1 until it is dropped.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, MutexGuard};
use std::thread::JoinHandle;

use jiff::Timestamp;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::faults::Fault;
use crate::request::Request;
use crate::serve;
use crate::shared::{Exchange, Platform, Shared, lock};

/// A running fake of the platform `P`. It has a thread of its own, so that tests need no runtime.
#[derive(Debug)]
pub struct Fake<P: Platform> {
    url: String,
    shared: Arc<Shared<P>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl<P: Platform> Fake<P> {
    /// Starts a fake on a free port of 127.0.0.1 whose clock is `now`.
    ///
    /// # Panics
    /// Panics if no port can be bound.
    #[must_use]
    pub fn start(platform: P, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound listener");
        let url = format!("http://{address}");
        let shared = Arc::new(Shared::new(platform, Clock::new(now)));
        let (stop, stopped) = oneshot::channel();
        let serving = serve::serve(listener, Arc::clone(&shared), url.clone(), stopped);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(serving);
        });
        Self {
            url,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Returns the base URL, such as `http://127.0.0.1:4747`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Adds a fault. It counts the requests from now on.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Sends the answers that [`Fault::held`] holds back.
    pub fn release(&self) {
        self.shared.releases.send_modify(|count| *count += 1);
    }

    /// Returns all requests with their statuses, in order, including those that a fault kept from the
    /// platform.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        lock(&self.shared.exchanges).clone()
    }

    /// Returns all requests, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        let exchanges = self.exchanges();
        exchanges
            .into_iter()
            .map(|exchange| exchange.request)
            .collect()
    }

    /// Returns the reasons of requests that the real server would have accepted in part and the fake
    /// refused, such as misspelt fields. A test of a correct client asserts that there are none.
    #[must_use]
    pub fn refusals(&self) -> Vec<String> {
        lock(&self.shared.refusals).clone()
    }

    /// Locks the platform.
    pub(crate) fn platform(&self) -> MutexGuard<'_, P> {
        lock(&self.shared.platform)
    }
}

impl<P: Platform> Drop for Fake<P> {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // An error means that the server has ended already.
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            // A panic of the server fails the requests of the test, which reports them.
            thread.join().ok();
        }
    }
}
