//! What every sink over HTTP must keep when it delivers: one creating request that says exactly
//! what the payload said, and an error whose kind tells the truth about what may have been created.
//! A platform of the test's own making answers on loopback; nothing here knows any real one.

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::net::{TcpListener, TcpSocket};
use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::check_compose;
use crate::http::Http;
use crate::{
    Clock, Context, Env, InMemoryKvCache, Post, Prepared, PublishError, PublishErrorKind, Receipt,
    Repeat, Sink,
};

/// A platform, as far as the checks have to know it.
pub struct TestPlatform<'a> {
    /// Makes the sink under test, with this address as its `endpoint`.
    pub sink: &'a dyn Fn(&str) -> Box<dyn Sink>,
    /// A post that the sink takes.
    pub post: &'a Post,
    /// The secret among the sink's options.
    pub secret: &'a str,
    /// The good answers to whatever `prepare` asks, on a platform at this address.
    pub prepare: &'a dyn Fn(&str) -> Vec<Mock>,
    /// Method and path of the creating request.
    pub creates: (&'a str, &'a str),
    /// The answer that says that the post was created.
    pub created: ResponseTemplate,
    /// The body of a refusal in the platform's own form, with this status and message.
    pub refusal: &'a dyn Fn(u16, &str) -> String,
}

/// Statuses of refusals in the platform's own form, and the kind of error that each has to become.
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

/// More statuses with which a gateway answers in the platform's place, at times after the platform
/// has created the post.
const GATEWAY: &[u16] = &[403, 404, 405, 407, 409, 413, 425, 499];

/// Checks the delivery of `platform.post` from `compose` to receipt, and every way it may fail.
pub async fn check_delivery(platform: &TestPlatform<'_>) {
    let kit = Kit {
        platform,
        cx: context(),
    };
    check_compose(&*(platform.sink)("https://endpoint.example"), platform.post);
    kit.check_success().await;
    kit.check_refusals().await;
    kit.check_foreign_answers().await;
    kit.check_lost_connections().await;
    kit.check_failing_preparation().await;
}

/// A context of its own, so that nothing is remembered from another test.
fn context() -> Context {
    Context::new(
        Http::new().expect("this system has a TLS client"),
        Clock::fixed(Timestamp::UNIX_EPOCH),
        Env::empty(),
        Arc::new(InMemoryKvCache::default()),
    )
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
            "what is put on record holds the secret"
        );
        let composed = sink.compose(self.platform.post).expect("it did before");
        let mut filled = composed.fill(prepared.slots.clone()).ok();
        if let Some(filled) = &mut filled {
            filled.account.clone_from(&prepared.account);
        }
        assert_eq!(
            filled.as_ref(),
            Some(&prepared),
            "`prepare` does more than fill the slots and name the account"
        );
        let account = sink.account(&self.cx).await;
        assert_eq!(
            account.as_ref(),
            Ok(&prepared.account),
            "`prepare` and `account` name different accounts"
        );

        let receipt = self.publish(&*sink, &prepared).await;
        let receipt = receipt.unwrap_or_else(|error| panic!("a good answer fails: {error}"));
        assert!(!receipt.id.is_empty(), "the receipt names nothing");
        let created = self.creating_requests(&server).await;
        assert_eq!(created.len(), 1, "one creating request, not more");
        assert_eq!(
            created.first().map(Vec::as_slice),
            prepared.requests.first().map(|r| r.bytes()).as_deref(),
            "what was sent is not what was composed"
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

    /// Checks that an answer in any other form, which may come from a gateway, is not a refusal.
    async fn check_foreign_answers(&self) {
        let refusals = REFUSALS.iter().map(|(status, _)| status);
        for status in refusals.chain(FAILURES) {
            for body in self.odd_bodies() {
                self.check_answer(*status, &body, "unknown").await;
            }
        }
        for status in GATEWAY {
            for body in [ERROR_PAGE, r#"{"message": "Forbidden"}"#] {
                self.check_answer(*status, body, "unknown").await;
            }
        }
    }

    async fn check_answer(&self, status: u16, body: &str, expected: &str) {
        let answer = ResponseTemplate::new(status).set_body_bytes(body);
        let server = self.serve(answer).await;
        let sink = (self.platform.sink)(&server.uri());
        let prepared = self.prepare(&*sink).await;
        let case = format!("{status} {}", body.chars().take(60).collect::<String>());
        let error = self.error(self.publish(&*sink, &prepared).await, &case);
        let repeatable = expected == "unknown" && sink.repeat() == Repeat::Keyed;
        let actual = label(error.kind);
        assert!(
            actual == expected || (repeatable && actual == "unavailable"),
            "{case} is {expected}, not {actual}"
        );
        let created = self.creating_requests(&server).await;
        assert_eq!(created.len(), 1, "{case} is not to be repeated");
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
            let error = self.error(self.publish(&*sink, &prepared).await, expected);
            let repeatable = sink.repeat() == Repeat::Keyed;
            let actual = label(error.kind);
            assert!(
                actual == expected || (repeatable && actual == "unavailable"),
                "no answer is {expected}, not {actual}"
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
                // A sink that asks nothing never waits, and a server is let go of by blocking, for
                // ever if the runtime has had no turn for long.
                tokio::task::yield_now().await;
            }
        }
    }

    /// A sink that asks nothing beforehand may succeed here; one that fails may not be in doubt.
    async fn check_preparation(&self, sink: &dyn Sink, case: &str) {
        let payload = sink.compose(self.platform.post).expect("it did before");
        if let Err(error) = sink.prepare(&self.cx, &payload).await {
            assert_ne!(
                error.kind,
                PublishErrorKind::Unknown,
                "`prepare` creates nothing, so it is never in doubt ({case})"
            );
            self.check_silence(&error);
        }
    }

    /// A platform that prepares well and gives `answer` to the creating request.
    async fn serve(&self, answer: ResponseTemplate) -> MockServer {
        let server = MockServer::start().await;
        let (verb, route) = self.platform.creates;
        // Mounted first, as the first that matches answers.
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

    async fn prepare(&self, sink: &dyn Sink) -> Prepared {
        let payload = sink.compose(self.platform.post).expect("it did before");
        let prepared = sink.prepare(&self.cx, &payload).await;
        prepared.unwrap_or_else(|error| panic!("`prepare` fails on good answers: {error}"))
    }

    async fn publish(&self, sink: &dyn Sink, prepared: &Prepared) -> Result<Receipt, PublishError> {
        sink.publish(&self.cx, prepared).await
    }

    fn error(&self, outcome: Result<Receipt, PublishError>, case: &str) -> PublishError {
        let error = match outcome {
            Ok(receipt) => panic!("{case} is taken for success: {receipt:?}"),
            Err(error) => error,
        };
        self.check_silence(&error);
        error
    }

    fn check_silence(&self, error: &PublishError) {
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains(self.platform.secret),
            "an error tells the secret: {}",
            text.replace(self.platform.secret, "[secret]")
        );
    }

    /// Bodies that no documentation promises, but that servers and proxies send.
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

fn label(kind: PublishErrorKind) -> &'static str {
    match kind {
        PublishErrorKind::Rejected => "rejected",
        PublishErrorKind::Unauthorized => "unauthorized",
        PublishErrorKind::Throttled { .. } => "throttled",
        PublishErrorKind::Unavailable => "unavailable",
        PublishErrorKind::Unknown => "unknown",
    }
}

/// A port that is taken but that nobody listens at, so that connections to it are refused.
fn closed_port() -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("this system has sockets");
    let any_port = ([127, 0, 0, 1], 0).into();
    socket.bind(any_port).expect("loopback has a free port");
    socket
}

fn address_of(bound: std::io::Result<SocketAddr>) -> String {
    format!("http://{}", bound.expect("a bound port has an address"))
}

/// An address that takes a request and hangs up. It lives as long as the test's runtime.
async fn port_that_never_answers() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("loopback has a free port");
    let address = address_of(listener.local_addr());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Hanging up before anything was read could look like a refusal.
            if stream.readable().await.is_ok() {
                drop(stream.try_read(&mut [0; 1024]));
            }
        }
    });
    address
}
