//! Connections that fail, and failing requests before the creating one.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::answers::{FAILURES, REFUSALS};
use super::{Kit, is_keyed, label};
use crate::{PublishErrorKind, Sink};

impl Kit<'_> {
    pub(super) async fn check_lost_connections(&self) {
        let server = self.serve(self.platform.created.clone()).await;
        let prepared = self.prepare(&*(self.platform.sink)(&server.uri())).await;
        let closed = closed_port();
        for (endpoint, expected) in [
            (address_of(closed.local_addr()), "unavailable"),
            (port_that_never_answers().await, "unknown"),
        ] {
            let sink = (self.platform.sink)(&endpoint);
            let error = self.error(self.send(&*sink, &prepared).await, expected);
            let repeatable = is_keyed(&prepared);
            let actual = label(error.kind);
            assert!(
                actual == expected || (repeatable && actual == "unavailable"),
                "no response: expected `{expected}`, found `{actual}`"
            );
            self.check_preparation(&*sink, expected).await;
        }
    }

    pub(super) async fn check_failing_preparation(&self) {
        let refusals = REFUSALS.iter().map(|(status, _)| status);
        for status in refusals.chain(FAILURES).copied().chain([200, 403]) {
            for body in self.odd_bodies() {
                let server = MockServer::start().await;
                let answer = ResponseTemplate::new(status).set_body_bytes(body);
                Mock::given(any()).respond_with(answer).mount(&server).await;
                let sink = (self.platform.sink)(&server.uri());
                self.check_preparation(&*sink, &status.to_string()).await;
                // Dropping the server blocks until the runtime runs, which a sink without requests never
                // lets it do.
                tokio::task::yield_now().await;
            }
        }
    }

    /// A sink without requests in `prepare` may succeed here. An error must not be `Unknown`.
    pub(super) async fn check_preparation(&self, sink: &dyn Sink, case: &str) {
        let payload = self.composed(sink);
        let prepared = sink.prepare(&self.cx, &payload.steps, &payload.media).await;
        if let Err(error) = prepared {
            assert_ne!(
                error.kind,
                PublishErrorKind::Unknown,
                "`prepare` creates nothing, so its error cannot be `Unknown` ({case})"
            );
            self.check_silence(&error);
        }
    }
}

/// Returns a bound port without a listener, which refuses connections.
pub(super) fn closed_port() -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("this system has sockets");
    let any_port = ([127, 0, 0, 1], 0).into();
    socket.bind(any_port).expect("loopback has a free port");
    socket
}

pub(super) fn address_of(bound: std::io::Result<SocketAddr>) -> String {
    format!("http://{}", bound.expect("a bound port has an address"))
}

/// Returns the URL of a server that accepts a request and closes the connection. It runs as long as the
/// test's runtime.
async fn port_that_never_answers() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("loopback has a free port");
    let address = address_of(listener.local_addr());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Closing before the request arrives could look like a refused connection.
            if stream.readable().await.is_ok() {
                drop(stream.try_read(&mut [0; 1024]));
            }
        }
    });
    address
}
