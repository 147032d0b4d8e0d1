//! Requests whose answer is lost after the platform took them, and their repeats.

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::lossy_proxy::losing;
use super::{Kit, is_keyed, label};
use crate::{Prepared, PublishErrorKind, Role};

impl Kit<'_> {
    /// Checks that a request whose answer was lost has the right error, and that its repeat is the same request: the
    /// creating one, and the steps before and after it.
    pub(super) async fn check_lost_answers(&self) {
        let (prepared, filled) = self.created().await;
        for (index, step) in filled.steps.iter().enumerate() {
            match step.role {
                Role::Prepare => {}
                Role::Create => self.check_lost_answer(&prepared, index).await,
                Role::Before | Role::FollowUp => self.check_lost_answer(&filled, index).await,
            }
        }
    }

    async fn check_lost_answer(&self, prepared: &Prepared, index: usize) {
        let step = &prepared.steps[index];
        let name = &step.name;
        let (verb, route) = match step.role {
            Role::Create => {
                let (verb, route) = self.platform.creates;
                (verb.to_owned(), route.to_owned())
            }
            _ => self.route(prepared, index).await,
        };
        let server = self.serve(self.platform.created.clone()).await;
        // A step beside the creating one has no answer of its own in the test, and it is lost anyway.
        let rest = Mock::given(any()).respond_with(ResponseTemplate::new(200));
        rest.mount(&server).await;
        let proxy = losing(*server.address(), format!("{verb} {route}")).await;
        let sink = (self.platform.sink)(&proxy);
        for _ in 0..2 {
            let Err(error) = sink.send(&self.cx, prepared, index).await else {
                panic!("step `{name}` succeeds although its answer is lost");
            };
            self.check_silence(&error);
            let is_unknown = error.kind == PublishErrorKind::Unknown;
            let may_exist = step.role == Role::Create;
            assert!(
                is_unknown == may_exist
                    || (is_keyed(prepared) && error.kind == PublishErrorKind::Unavailable),
                "step `{name}` without an answer ends as `{}`",
                label(error.kind)
            );
        }
        let requests = requests(&server, &verb, &route).await;
        let [first, second] = requests.as_slice() else {
            panic!("step `{name}` sends {} requests twice", requests.len());
        };
        assert_eq!(
            (&first.url, &first.body, &first.headers),
            (&second.url, &second.body, &second.headers),
            "the repeat of step `{name}` after a lost answer differs"
        );
    }

    /// Returns method and path of the request of a step, as a server receives it.
    async fn route(&self, prepared: &Prepared, index: usize) -> (String, String) {
        let server = self.serve(self.platform.created.clone()).await;
        let rest = Mock::given(any()).respond_with(ResponseTemplate::new(200));
        rest.mount(&server).await;
        let sink = (self.platform.sink)(&server.uri());
        // The answer is in no form of the platform, so that the result says nothing.
        drop(sink.send(&self.cx, prepared, index).await);
        let step = &prepared.steps[index];
        let requests = server.received_requests().await.unwrap_or_default();
        let mut requests = requests.into_iter().rev();
        let request = requests.find(|request| request.method.as_str() == step.request.method);
        let request = request.unwrap_or_else(|| panic!("step `{}` sends no request", step.name));
        (request.method.to_string(), request.url.path().to_owned())
    }
}

/// Returns the requests that `server` received with this method and path.
async fn requests(server: &MockServer, verb: &str, route: &str) -> Vec<Request> {
    let all = server.received_requests().await.unwrap_or_default();
    let is_meant =
        |request: &Request| request.method.as_str() == verb && request.url.path() == route;
    all.into_iter().filter(is_meant).collect()
}
