//! The successful delivery, and its repeat.

use wiremock::{MockServer, Request};

use super::Kit;

impl Kit<'_> {
    pub(super) async fn check_success(&self) {
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
        // A repeat sends the same request, also after an answer that was lost.
        drop(self.send(&*sink, &prepared).await);
        let repeats = self.creating(&server).await;
        let [first, second] = repeats.as_slice() else {
            panic!("a repeat sends {} requests", repeats.len() - 1);
        };
        assert_eq!(first.body, second.body, "a repeat sends another body");
        assert_eq!(first.url, second.url, "a repeat sends to another URL");
        assert_eq!(
            first.headers, second.headers,
            "a repeat sends other headers, such as another idempotency key"
        );
    }

    /// Checks that the server received the request of `TestPlatform::creates`. The mock server answers any other
    /// request with status 404, which explains nothing.
    pub(super) async fn check_route(&self, server: &MockServer) {
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

    /// Returns the creating requests that the server received.
    async fn creating(&self, server: &MockServer) -> Vec<Request> {
        let (verb, route) = self.platform.creates;
        let requests = server.received_requests().await.unwrap_or_default();
        let is_meant =
            |request: &Request| request.method.as_str() == verb && request.url.path() == route;
        requests.into_iter().filter(is_meant).collect()
    }
}
