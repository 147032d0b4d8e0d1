//! A LinkedIn for the real program to talk to: the sandbox on a free loopback port, in a thread of
//! its own that ends with the test.

use std::sync::mpsc;
use std::thread::JoinHandle;

use serde_json::Value;
use syndicate::sandbox::{Sandbox, serve};
use syndicate_api::Clock;
use syndicate_api::http::{Call, Http};

/// A sandbox that runs until it is dropped.
pub(crate) struct Platform {
    pub(crate) url: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Platform {
    /// A sandbox whose clock stands at the tests' instant.
    pub(crate) fn start() -> Self {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (ready, address) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let now = super::project::NOW.parse().expect("an instant");
            runtime().block_on(async move {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                    .await
                    .expect("a free port");
                ready
                    .send(listener.local_addr().expect("an address"))
                    .expect("a listener");
                let sandbox = Sandbox::new(Clock::fixed(now));
                serve(listener, sandbox, async {
                    stopped.await.ok();
                })
                .await
                .expect("the sandbox runs");
            });
        });
        let address = address.recv().expect("an address");
        Self {
            url: format!("http://{address}"),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// What readers see, as `/feed.json` tells it: the newest first or last, as the feed has it.
    pub(crate) fn feed(&self) -> Vec<Value> {
        let answer = runtime().block_on(async {
            let call = Call::new("GET", format!("{}/feed.json", self.url));
            Http::new()
                .expect("a client")
                .send(call)
                .await
                .expect("a feed")
        });
        let feed: Value = serde_json::from_slice(&answer.body).expect("JSON");
        feed.as_array()
            .cloned()
            .unwrap_or_else(|| panic!("no list: {feed}"))
    }
}

impl Drop for Platform {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.send(()).ok();
        }
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}
