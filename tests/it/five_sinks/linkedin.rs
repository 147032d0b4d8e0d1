//! LinkedIn: the sandbox, behind a server with the faults of `platform-fakes`.

use std::thread;

use jiff::Timestamp;
use platform_fakes::{Answer, Request};
use syndicate_api::http::{Http, HttpRequest, HttpResponse};

use crate::support::Platform;

/// Forwards every request to the sandbox at this URL.
pub(super) struct Front(String);

impl Front {
    pub(super) fn of(sandbox: &Platform) -> Self {
        Self(sandbox.url.clone())
    }
}

impl platform_fakes::Platform for Front {
    fn answer(&mut self, request: &Request, base_url: &str, _: Timestamp) -> Answer {
        let mut forwarded = HttpRequest::new(
            request.method.to_string(),
            format!("{}{}?{}", self.0, request.path, request.query),
        )
        .body(request.body.clone());
        for (name, value) in &request.headers {
            if !["host", "content-length", "connection"].contains(&name.as_str()) {
                forwarded = forwarded.header(name.to_string(), value.to_str().unwrap());
            }
        }
        // The server of the fake runs in the runtime of this thread.
        let response = thread::spawn(move || send(forwarded)).join().unwrap();
        let mut answer = Answer::empty(response.status);
        for name in ["content-type", "x-restli-id", "location"] {
            if let Some(value) = response.header(name) {
                answer = answer.with(name, value);
            }
        }
        let body = String::from_utf8(response.body.to_vec()).unwrap();
        answer.body = body.replace(&self.0, base_url).into();
        answer
    }
}

fn send(request: HttpRequest) -> HttpResponse {
    let client = Http::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(client.send(request)).unwrap()
}
