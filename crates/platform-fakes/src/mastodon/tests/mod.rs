//! Tests of the rules, without a port and with a fixed clock.

mod accepted;
mod oauth;
mod refused;
mod repeated;

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::answer::Answer;
use crate::mastodon::{Mastodon, TOKEN};
use crate::request::{Part, Request};
use crate::shared::Platform as _;

const BASE: &str = "http://127.0.0.1:4747";
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n....";

/// A server at a time that a test moves.
struct Server {
    mastodon: Mastodon,
    now: Timestamp,
}

impl Server {
    fn new() -> Self {
        Self::of(Mastodon::new())
    }

    fn of(mastodon: Mastodon) -> Self {
        Self {
            mastodon,
            now: "2026-11-28T12:00:00Z".parse().unwrap(),
        }
    }

    fn advance(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    fn send(&mut self, request: &Request) -> Answer {
        self.mastodon.answer(request, BASE, self.now)
    }

    /// Posts a text and returns its identifier.
    fn post(&mut self, text: &str) -> String {
        let answer = self.send(&post(&serde_json::json!({"status": text})));
        assert_eq!(answer.status, 200, "{}", answer.content());
        id(&answer)
    }

    /// Uploads a picture and returns its identifier.
    fn upload(&mut self) -> String {
        let answer = self.send(&upload(vec![file("image/png", PNG)]));
        assert!(answer.status.is_success(), "{}", answer.content());
        id(&answer)
    }
}

/// Returns a request with the token.
fn call(method: Method, target: &str) -> Request {
    Request::bare(method, target).with("authorization", &format!("Bearer {TOKEN}"))
}

fn get(target: &str) -> Request {
    call(Method::GET, target)
}

fn post(body: &Value) -> Request {
    call(Method::POST, "/api/v1/statuses").with_json(body)
}

fn upload(parts: Vec<Part>) -> Request {
    let mut request =
        call(Method::POST, "/api/v2/media").with("content-type", "multipart/form-data; boundary=x");
    request.parts = Some(Ok(parts));
    request
}

fn file(media_type: &str, bytes: &'static [u8]) -> Part {
    Part {
        name: "file".to_owned(),
        file_name: Some("a.png".to_owned()),
        content_type: Some(media_type.to_owned()),
        bytes: bytes.into(),
    }
}

fn text_part(name: &str, value: &str) -> Part {
    Part {
        name: name.to_owned(),
        file_name: None,
        content_type: None,
        bytes: value.to_owned().into(),
    }
}

fn id(answer: &Answer) -> String {
    answer.value()["id"].as_str().unwrap().to_owned()
}
