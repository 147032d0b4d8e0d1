//! The search for a post whose answer was lost.

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::answers::ERROR_PAGE;
use super::connections::{address_of, closed_port};
use super::{Kit, TestPlatform};
use crate::{Found, Post, Prepared, PublishError, PublishErrorKind, Sought, TextSpan};

/// Answers that come from a gateway, or are cut: status and body.
pub(super) const DOUBTFUL: &[(u16, &str)] = &[
    (200, ERROR_PAGE),
    (200, ""),
    (200, "{\"error\": \"torn"),
    (200, "{}"),
    (302, ""),
    (400, ERROR_PAGE),
    (401, ""),
    (403, ERROR_PAGE),
    (404, ERROR_PAGE),
    (429, ""),
    (500, "[]"),
    (502, ERROR_PAGE),
    (503, "[]"),
];

/// The answers to a search for the post of a [`TestPlatform`].
pub struct TestSearch<'a> {
    /// Returns the answers of a platform that has the post.
    pub there: &'a dyn Fn(&Prepared) -> Vec<Mock>,
    /// Returns the answers of a platform that certainly does not have it.
    pub missing: &'a dyn Fn(&Prepared) -> Vec<Mock>,
}

/// Checks that `find` reports a post that is there, and one that is missing. Call it for a sink whose capabilities include
/// `finds`. [`check_delivery`](super::check_delivery) plays answers that come from a gateway, and
/// [`check_listing`](super::check_listing) listings that prove nothing.
///
/// # Panics
/// Panics if the sink breaks the contract.
pub async fn check_search(platform: &TestPlatform<'_>, search: &TestSearch<'_>) {
    let kit = Kit::of(platform);
    let healthy = kit.serve(platform.created.clone()).await;
    let sink = (platform.sink)(&healthy.uri());
    assert!(sink.capabilities().finds, "the sink declares no search");
    let prepared = kit.prepare(&*sink).await;
    let created = kit.send(&*sink, &prepared).await;
    let created = created.unwrap_or_else(|error| panic!("`send` fails: {error}"));

    let links = links(platform.post);
    let sought = kit.sought(&prepared, &links);
    match kit.search(&sought, (search.there)(&prepared)).await {
        Ok(Found::Here { receipt, .. }) => assert_eq!(
            receipt.id, created.id,
            "`find` and `send` return different identifiers"
        ),
        other => panic!("`find` does not find the post: {other:?}"),
    }
    let missing = kit.search(&sought, (search.missing)(&prepared)).await;
    assert_eq!(
        missing,
        Ok(Found::NotThere),
        "`find` on a platform without the post"
    );
}

impl Kit<'_> {
    /// Checks that an answer which may come from a gateway proves neither that the post is there nor that it is
    /// missing.
    pub(super) async fn check_doubtful_search(&self) {
        let healthy = self.serve(self.platform.created.clone()).await;
        let sink = (self.platform.sink)(&healthy.uri());
        if !sink.capabilities().finds {
            return;
        }
        let prepared = self.prepare(&*sink).await;
        let links = links(self.platform.post);
        let sought = self.sought(&prepared, &links);
        for (status, body) in DOUBTFUL {
            let answer = ResponseTemplate::new(*status).set_body_string(*body);
            let found = self
                .search(&sought, vec![Mock::given(any()).respond_with(answer)])
                .await;
            self.check_doubt(found, &format!("{status} {body}"));
        }
        let closed = closed_port();
        let sink = (self.platform.sink)(&address_of(closed.local_addr()));
        let found = sink.find(&self.cx, &sought).await;
        self.check_doubt(found, "connection refused");
    }

    pub(super) fn check_doubt(&self, found: Result<Found, PublishError>, case: &str) {
        match found {
            Ok(Found::Unclear(_)) => {}
            Ok(found) => panic!("{case}: `find` takes this answer as {found:?}"),
            Err(error) => {
                assert_ne!(
                    error.kind,
                    PublishErrorKind::Unknown,
                    "{case}: `find` creates nothing, so its error cannot be `Unknown`"
                );
                self.check_silence(&error);
            }
        }
    }

    /// Searches a server with these answers, before those to `prepare`.
    pub(super) async fn search(
        &self,
        sought: &Sought<'_>,
        answers: Vec<Mock>,
    ) -> Result<Found, PublishError> {
        let server = MockServer::start().await;
        let prepares = (self.platform.prepare)(&server.uri());
        for mock in answers.into_iter().chain(prepares) {
            mock.mount(&server).await;
        }
        let found = (self.platform.sink)(&server.uri())
            .find(&self.cx, sought)
            .await;
        // Dropping the server blocks until the runtime runs, which a sink without requests never lets it do.
        tokio::task::yield_now().await;
        found
    }

    /// Returns all that is known about the post on the machine that sent it.
    pub(super) fn sought<'a>(&self, prepared: &'a Prepared, links: &'a [String]) -> Sought<'a> {
        Sought {
            intent: Some((self.cx.now(), &prepared.slots)),
            links,
            title: None,
            prepared: Some(prepared),
        }
    }
}

/// Returns the URLs that `post` links to.
pub(super) fn links(post: &Post) -> Vec<String> {
    let card = post.card.iter().map(|card| card.url.clone());
    let article = post.article.iter().map(|article| article.url.clone());
    let in_text = post.text.0.iter().filter_map(|span| match span {
        TextSpan::Link(url) => Some(url.clone()),
        _ => None,
    });
    card.chain(article).chain(in_text).collect()
}
