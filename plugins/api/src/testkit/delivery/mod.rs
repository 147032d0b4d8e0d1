//! Checks the delivery of sinks that use HTTP: the sink sends one creating request with exactly the composed
//! body, and the kind of each error is true about a post that may exist. A mock server on loopback answers;
//! nothing here depends on a real platform.

mod answers;
mod connections;
mod listing;
mod lossy_proxy;
mod repeats;
mod search;
mod steps;
mod success;

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub use self::listing::{TestListing, TestPost, check_listing};
pub use self::search::{TestSearch, check_search};
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

/// Checks the delivery of `platform.post` from `compose` to the receipt, and every way it can fail. The head of
/// [`testkit`](crate::testkit) lists the expected errors.
///
/// # Panics
/// Panics if the sink breaks the contract.
pub async fn check_delivery(platform: &TestPlatform<'_>) {
    let kit = Kit::of(platform);
    check_compose(&*(platform.sink)("https://endpoint.example"), platform.post);
    kit.check_success().await;
    kit.check_rules().await;
    kit.check_refusals().await;
    kit.check_foreign_answers().await;
    kit.check_odd_answers().await;
    kit.check_lost_connections().await;
    kit.check_lost_answers().await;
    kit.check_failing_preparation().await;
    kit.check_other_steps().await;
    kit.check_doubtful_search().await;
}

struct Kit<'a> {
    platform: &'a TestPlatform<'a>,
    cx: Context,
}

impl<'a> Kit<'a> {
    fn of(platform: &'a TestPlatform<'a>) -> Self {
        Self {
            platform,
            cx: context(),
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
