//! Checks the delivery of sinks that use HTTP: the sink sends one creating request with exactly the composed
//! body, and the kind of each error is true about a post that may exist. A mock server on loopback answers;
//! nothing here depends on a real platform.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::{check_compose, context};
use crate::{
    Context, Payload, Post, Prepared, PublishError, PublishErrorKind, Readiness, Ready, Receipt,
    Repeat, ServerInfo, Sink, Stamp,
};

/// A platform as [`check_delivery`] mocks it.
pub struct TestPlatform<'a> {
    /// Builds the sink under test with this URL as its `endpoint` ([`build_sink`](super::build_sink)).
    pub sink: &'a dyn Fn(&str) -> Box<dyn Sink>,
    /// A post that the sink accepts.
    pub post: &'a Post,
    /// The secret among the sink's options, at least 8 characters.
    pub secret: &'a str,
    /// Returns the successful responses to the requests of `prepare`, for a server at this URL.
    pub prepare: &'a dyn Fn(&str) -> Vec<Mock>,
    /// Method and path of the creating request.
    pub creates: (&'a str, &'a str),
    /// The response to a creating request that succeeds.
    pub created: ResponseTemplate,
    /// Returns the body of a refusal in the platform's own form, with this status and message.
    pub refusal: &'a dyn Fn(u16, &str) -> String,
    /// Answers that only this platform gives: status, body and the label of the expected kind of error, such as
    /// `rejected`.
    pub odd: &'a [(u16, &'a str, &'a str)],
}

/// Statuses of refusals in the platform's own form, and the expected kind of error.
const REFUSALS: &[(u16, &str)] = &[
    (400, "rejected"),
    (422, "rejected"),
    (401, "unauthorized"),
    (429, "throttled"),
];

/// The body of a proxy's answer.
const ERROR_PAGE: &str = "<html><body><h1>Bad gateway</h1></body></html>";

/// Statuses of failing servers.
const FAILURES: &[u16] = &[500, 503, 504];

/// More statuses that gateways send in the platform's place, sometimes after the platform has created the
/// post.
const GATEWAY: &[u16] = &[403, 404, 405, 407, 409, 413, 425, 499];

/// Statuses of redirects. A redirect of a creating request is never followed.
const REDIRECTS: &[u16] = &[301, 302, 303, 307, 308];

/// Checks the delivery of `platform.post` from `compose` to the receipt, and every way it can fail. The head of
/// [`testkit`](crate::testkit) lists the expected errors.
///
/// # Panics
/// Panics if the sink breaks the contract.
pub async fn check_delivery(platform: &TestPlatform<'_>) {
    let kit = Kit {
        platform,
        cx: context(),
    };
    check_compose(&*(platform.sink)("https://endpoint.example"), platform.post);
    kit.check_success().await;
    kit.check_refusals().await;
    kit.check_foreign_answers().await;
    kit.check_odd_answers().await;
    kit.check_lost_connections().await;
    kit.check_failing_preparation().await;
}

struct Kit<'a> {
    platform: &'a TestPlatform<'a>,
    cx: Context,
}

impl Kit<'_> {
    async fn check_success(&self) {
        let server = self.serve(self.platform.created.clone()).await;
        let sink = (self.platform.sink)(&server.uri());
        let prepared = self.prepare(&*sink).await;
        assert!(
            !format!("{prepared:?}").contains(self.platform.secret),
            "the prepared payload, which is recorded, contains the secret"
        );
        let again = self.sealed(&*sink, self.ready(&*sink).await);
        assert_eq!(
            again, prepared,
            "`prepare` or `seal` returns other values the second time"
        );
        let sender = format!("{:?}", sink.sender(&self.cx));
        assert!(
            !sender.contains(self.platform.secret),
            "`sender`, which previews show, contains the secret"
        );
        let account = sink.account(&self.cx).await;
        assert_eq!(
            account.as_ref(),
            Ok(&prepared.account),
            "`prepare` and `account` return different accounts"
        );

        let receipt = self.send(&*sink, &prepared).await;
        self.check_route(&server).await;
        let receipt = receipt
            .unwrap_or_else(|error| panic!("`send` fails on a successful response: {error}"));
        assert!(
            receipt.id.as_deref() != Some(""),
            "the receipt has an empty id"
        );
        let created = self.creating_requests(&server).await;
        assert_eq!(
            created.len(),
            1,
            "expected one creating request, found {}",
            created.len()
        );
        let sent = prepared.create().map(|step| step.request.bytes());
        assert_eq!(
            created.first().map(Vec::as_slice),
            sent.as_deref(),
            "the request body differs from the composed body"
        );
        // A repeat sends the same bytes.
        drop(self.send(&*sink, &prepared).await);
        let created = self.creating_requests(&server).await;
        assert_eq!(
            created.first(),
            created.get(1),
            "a repeat sends other bytes"
        );
    }

    /// Checks refusals in the platform's own form.
    async fn check_refusals(&self) {
        let echo = format!("not with {}", self.platform.secret);
        for (status, expected) in REFUSALS {
            for message in ["no", &echo] {
                let body = (self.platform.refusal)(*status, message);
                self.check_answer(*status, &body, expected).await;
            }
        }
    }

    /// Checks that a response in any other form, which may come from a gateway, is not a refusal.
    async fn check_foreign_answers(&self) {
        let refusals = REFUSALS.iter().map(|(status, _)| status);
        for status in refusals.chain(FAILURES) {
            for body in self.odd_bodies() {
                self.check_answer(*status, &body, "unknown").await;
            }
        }
        for status in REDIRECTS {
            self.check_answer(*status, "", "unknown").await;
        }
        for status in GATEWAY {
            for body in [ERROR_PAGE, r#"{"message": "Forbidden"}"#] {
                self.check_answer(*status, body, "unknown").await;
            }
        }
    }

    async fn check_odd_answers(&self) {
        for (status, body, expected) in self.platform.odd {
            self.check_answer(*status, body, expected).await;
        }
    }

    async fn check_answer(&self, status: u16, body: &str, expected: &str) {
        let mut answer = ResponseTemplate::new(status).set_body_bytes(body);
        if REDIRECTS.contains(&status) {
            answer = answer.insert_header("location", "/elsewhere");
        }
        let server = self.serve(answer).await;
        let sink = (self.platform.sink)(&server.uri());
        let prepared = self.prepare(&*sink).await;
        let case = format!("{status} {}", body.chars().take(60).collect::<String>());
        let error = self.error(self.send(&*sink, &prepared).await, &case);
        let repeatable = expected == "unknown" && is_keyed(&prepared);
        let actual = label(error.kind);
        assert!(
            actual == expected || (repeatable && actual == "unavailable"),
            "{case}: expected `{expected}`, found `{actual}`"
        );
        let created = self.creating_requests(&server).await;
        assert_eq!(
            created.len(),
            1,
            "{case}: the creating request was repeated"
        );
    }

    async fn check_lost_connections(&self) {
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

    async fn check_failing_preparation(&self) {
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
    async fn check_preparation(&self, sink: &dyn Sink, case: &str) {
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

    /// Returns a server that answers `prepare` with success and the creating request with `answer`.
    async fn serve(&self, answer: ResponseTemplate) -> MockServer {
        let server = MockServer::start().await;
        let (verb, route) = self.platform.creates;
        // Mounted first, because the first match answers.
        let create = Mock::given(method(verb)).and(path(route));
        create.respond_with(answer).mount(&server).await;
        for mock in (self.platform.prepare)(&server.uri()) {
            mock.mount(&server).await;
        }
        server
    }

    async fn creating_requests(&self, server: &MockServer) -> Vec<Vec<u8>> {
        let (verb, route) = self.platform.creates;
        let requests = server.received_requests().await.unwrap_or_default();
        requests
            .into_iter()
            .filter(|request| request.method.as_str() == verb && request.url.path() == route)
            .map(|request| request.body)
            .collect()
    }

    /// Checks that the server received the request of `TestPlatform::creates`. The mock server answers any other
    /// request with status 404, which explains nothing.
    async fn check_route(&self, server: &MockServer) {
        let (verb, route) = self.platform.creates;
        let requests = server.received_requests().await.unwrap_or_default();
        let seen: Vec<String> = requests
            .iter()
            .map(|request| format!("{} {}", request.method, request.url.path()))
            .collect();
        assert!(
            seen.contains(&format!("{verb} {route}")),
            "`creates` of the test expects `{verb} {route}`, but the sink sent {seen:?}"
        );
    }

    fn composed(&self, sink: &dyn Sink) -> Payload {
        sink.compose(self.platform.post, &ServerInfo::default())
            .expect("the post composed before")
    }

    async fn ready(&self, sink: &dyn Sink) -> Ready {
        let payload = self.composed(sink);
        let prepared = sink.prepare(&self.cx, &payload.steps, &payload.media).await;
        match prepared {
            Ok(Readiness::Ready(ready)) => ready,
            Ok(Readiness::Exists(receipt)) => panic!("`prepare` finds the post: {receipt:?}"),
            Err(error) => panic!("`prepare` fails on successful responses: {error}"),
        }
    }

    fn sealed(&self, sink: &dyn Sink, ready: Ready) -> Prepared {
        let steps = self.composed(sink).steps;
        let sealed = sink.seal(&self.cx, &steps, ready, &stamp(&self.cx));
        sealed.unwrap_or_else(|error| panic!("`seal` fails: {error}"))
    }

    async fn prepare(&self, sink: &dyn Sink) -> Prepared {
        self.sealed(sink, self.ready(sink).await)
    }

    async fn send(&self, sink: &dyn Sink, prepared: &Prepared) -> Result<Receipt, PublishError> {
        let create = prepared.create_index().expect("a step creates the post");
        sink.send(&self.cx, prepared, create).await
    }

    fn error(&self, outcome: Result<Receipt, PublishError>, case: &str) -> PublishError {
        let error = match outcome {
            Ok(receipt) => panic!("{case}: expected an error, found {receipt:?}"),
            Err(error) => error,
        };
        self.check_silence(&error);
        error
    }

    fn check_silence(&self, error: &PublishError) {
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains(self.platform.secret),
            "an error contains the secret: {}",
            text.replace(self.platform.secret, "[secret]")
        );
    }

    /// Returns bodies that servers and proxies send although no documentation mentions them.
    fn odd_bodies(&self) -> Vec<String> {
        vec![
            String::new(),
            ERROR_PAGE.to_owned(),
            "{\"message\": \"torn".to_owned(),
            "{\"message\": 5, \"code\": [], \"status\": \"x\", \"errorDetails\": 1}".to_owned(),
            format!("{{\"message\": \"not with {}\"}}", self.platform.secret),
            "\u{1b}[2J\0 \u{202e}".repeat(20_000),
        ]
    }
}

fn stamp(cx: &Context) -> Stamp {
    Stamp {
        now: cx.now(),
        attempt: "0193a7c5-0000-7000-8000-000000000001".to_owned(),
    }
}

fn is_keyed(prepared: &Prepared) -> bool {
    let create = prepared.create_index();
    create.is_some_and(|create| matches!(prepared.repeat_of(create), Repeat::Keyed { .. }))
}

fn label(kind: PublishErrorKind) -> &'static str {
    match kind {
        PublishErrorKind::Rejected => "rejected",
        PublishErrorKind::Unauthorized => "unauthorized",
        PublishErrorKind::Throttled { .. } => "throttled",
        PublishErrorKind::Unavailable => "unavailable",
        PublishErrorKind::Conflict => "conflict",
        PublishErrorKind::Unknown => "unknown",
    }
}

/// Returns a bound port without a listener, which refuses connections.
fn closed_port() -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("this system has sockets");
    let any_port = ([127, 0, 0, 1], 0).into();
    socket.bind(any_port).expect("loopback has a free port");
    socket
}

fn address_of(bound: std::io::Result<SocketAddr>) -> String {
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
