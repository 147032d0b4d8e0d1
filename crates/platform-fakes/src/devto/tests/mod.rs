//! Tests of the rules, without a port and with a fixed clock.

mod accepted;
mod refused;

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::devto::{API_KEY, Devto};
use crate::request::Request;
use crate::shared::Platform as _;

const BASE: &str = "http://127.0.0.1:4747";

/// A server at a time that a test moves. Each request is a second later than the last.
struct Server {
    devto: Devto,
    now: Timestamp,
}

impl Server {
    fn new() -> Self {
        Self::of(Devto::new())
    }

    fn of(devto: Devto) -> Self {
        Self {
            devto,
            now: "2026-11-28T12:00:00Z".parse().unwrap(),
        }
    }

    fn advance(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    fn send(&mut self, request: &Request) -> Answer {
        self.advance(1);
        self.send_now(request)
    }

    fn send_now(&mut self, request: &Request) -> Answer {
        self.devto.answer(request, BASE, self.now)
    }

    /// Creates an article that must be accepted, and returns its identifier.
    fn create(&mut self, fields: Value) -> u64 {
        let answer = self.send(&create(fields));
        assert_eq!(answer.status, 201, "{}", answer.content());
        answer.value()["id"].as_u64().unwrap()
    }
}

fn call(method: Method, target: &str) -> Request {
    Request::bare(method, target)
        .with("api-key", API_KEY)
        .with("user-agent", "test")
        .with("accept", "application/vnd.forem.api-v1+json")
}

/// Returns a request for an article with a title, a body and these fields.
fn create(fields: Value) -> Request {
    let mut article = json!({"title": "A title", "body_markdown": "Text"});
    for (name, value) in fields.as_object().unwrap() {
        article[name] = value.clone();
    }
    call(Method::POST, "/api/articles").with_json(&json!({"article": article}))
}

fn update(id: u64, fields: &Value) -> Request {
    let body = json!({"article": fields});
    call(Method::PUT, &format!("/api/articles/{id}")).with_json(&body)
}

fn get(target: &str) -> Request {
    call(Method::GET, target)
}
