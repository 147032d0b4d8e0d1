//! A proxy on loopback in front of any HTTP server, which breaks chosen requests. It works on the bytes of the
//! connection, so that it can close it at any point. Each connection carries one request.
//!
//! ```ignore
//! let proxy = Proxy::before(pds.url());
//! proxy.fault("POST /xrpc/com.atproto.repo.putRecord", 1, ProxyFault::CutAnswer);
//! // … the program publishes through `proxy.url` …
//! assert_eq!(proxy.requests("POST /xrpc/com.atproto.repo.putRecord"), 2);
//! ```

mod relay;

use std::net::TcpListener;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// Timeout of the waits for requests.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The treatment of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProxyFault {
    /// Closes the connection. The server does not get the request.
    CutRequest,
    /// Lets the server process the request, and closes the connection without a byte of the answer.
    CutAnswer,
    /// Lets the server process the request, and closes the connection after this many bytes of the answer.
    CutAnswerAt(usize),
    /// Sends these bytes as the answer. The server does not get the request.
    ReplaceRequest(Vec<u8>),
    /// Lets the server process the request, and sends these bytes as the answer.
    ReplaceAnswer(Vec<u8>),
    /// Waits this long before the server gets the request, and again before the client gets the answer. The
    /// server gets the request even if the client has gone.
    Delay(Duration),
}

/// A fault for requests whose method and path begin with `line`.
struct Rule {
    line: String,
    /// The number of matching requests before the one with the fault. `None` breaks every request.
    skip: Option<usize>,
    fault: ProxyFault,
}

#[derive(Default)]
struct ProxyState {
    rules: Vec<Rule>,
    /// The method and path of each request, in the order of arrival.
    requests: Vec<String>,
    /// The number of requests that the proxy has not finished.
    open: usize,
    /// Addresses that are replaced in answers, each with its replacement.
    replaced: Vec<(Vec<u8>, Vec<u8>)>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<ProxyState>,
    changed: Condvar,
}

/// A proxy on a free loopback port, which runs until the test process exits.
pub(crate) struct Proxy {
    /// The address of the proxy, such as `http://localhost:40123`.
    pub(crate) url: String,
    shared: Arc<Shared>,
}

impl Proxy {
    /// Starts a proxy before the server at this address, such as `http://localhost:2583`.
    pub(crate) fn before(server: &str) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (server, shared) = (server.clone(), Arc::clone(&own));
                std::thread::spawn(move || relay::serve(&client, &server, &shared));
            }
        });
        Self {
            url: format!("http://localhost:{port}"),
            shared,
        }
    }

    /// Replaces an address in every answer by another one of the same length, such as the address of a PDS in
    /// DID documents, which leads clients past the proxy.
    pub(crate) fn replace(&self, address: &str, by: &str) {
        assert_eq!(address.len(), by.len(), "`{address}` and `{by}`");
        let replaced = (address.as_bytes().to_vec(), by.as_bytes().to_vec());
        self.state().replaced.push(replaced);
    }

    /// Adds a fault for one request: the `nth` from now, beginning with 1, whose method and path begin with
    /// `line`, such as `POST /rest/posts`. The first rule that matches applies.
    pub(crate) fn fault(&self, line: &str, nth: usize, fault: ProxyFault) {
        self.add(line, Some(nth - 1), fault);
    }

    /// Adds a fault for every request whose method and path begin with `line`.
    pub(crate) fn fault_all(&self, line: &str, fault: ProxyFault) {
        self.add(line, None, fault);
    }

    /// Removes all faults.
    pub(crate) fn clear(&self) {
        self.state().rules.clear();
    }

    fn add(&self, line: &str, skip: Option<usize>, fault: ProxyFault) {
        let line = line.to_owned();
        self.state().rules.push(Rule { line, skip, fault });
    }

    /// Returns the number of requests whose method and path begin with `line`.
    pub(crate) fn requests(&self, line: &str) -> usize {
        count(&self.state(), line)
    }

    /// Waits until this many requests have arrived whose method and path begin with `line`.
    #[track_caller]
    pub(crate) fn wait_for(&self, line: &str, requests: usize) {
        self.wait(line, |state| count(state, line) >= requests);
    }

    /// Waits until no request is open, so that the server has processed all that it gets. A request of a killed
    /// client is open until its delays are over.
    #[track_caller]
    pub(crate) fn wait_until_idle(&self) {
        self.wait("idle", |state| state.open == 0);
    }

    #[track_caller]
    fn wait(&self, what: &str, is_reached: impl Fn(&ProxyState) -> bool) {
        let wait = self
            .shared
            .changed
            .wait_timeout_while(self.state(), TIMEOUT, |state| !is_reached(state));
        let (state, result) = wait.expect("no thread has panicked");
        assert!(!result.timed_out(), "{what}: {:?}", state.requests);
    }

    fn state(&self) -> MutexGuard<'_, ProxyState> {
        self.shared.lock()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, ProxyState> {
        self.state.lock().expect("no thread has panicked")
    }

    /// Records a request and returns its fault.
    fn open(&self, line: &str) -> Option<ProxyFault> {
        let mut state = self.lock();
        state.requests.push(line.to_owned());
        state.open += 1;
        let fault = take_fault(&mut state.rules, line);
        self.changed.notify_all();
        fault
    }

    fn close(&self) {
        self.lock().open -= 1;
        self.changed.notify_all();
    }
}

fn count(state: &ProxyState, line: &str) -> usize {
    let requests = state.requests.iter();
    requests.filter(|known| known.starts_with(line)).count()
}

/// Returns the fault of the first rule that matches a request, and counts the request in all rules.
fn take_fault(rules: &mut Vec<Rule>, line: &str) -> Option<ProxyFault> {
    let mut fault = None;
    rules.retain_mut(|rule| {
        let matches_request = line.starts_with(&rule.line);
        match &mut rule.skip {
            _ if !matches_request => true,
            None => {
                fault.get_or_insert_with(|| rule.fault.clone());
                true
            }
            Some(0) => {
                fault.get_or_insert_with(|| rule.fault.clone());
                false
            }
            Some(skip) => {
                *skip -= 1;
                true
            }
        }
    });
    fault
}
