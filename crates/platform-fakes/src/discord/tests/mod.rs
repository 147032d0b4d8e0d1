//! Tests of the rules, without a port and with a fixed clock.

mod accepted;
mod refused;

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::answer::Answer;
use crate::discord::{Discord, WEBHOOK_PATH};
use crate::request::Request;
use crate::shared::Platform as _;

/// A webhook. Each request is a second later than the last.
struct Webhook {
    discord: Discord,
    now: Timestamp,
}

impl Webhook {
    fn new() -> Self {
        Self::of(Discord::new())
    }

    fn of(discord: Discord) -> Self {
        Self {
            discord,
            now: "2026-11-28T12:00:00.5Z".parse().unwrap(),
        }
    }

    fn send(&mut self, request: &Request) -> Answer {
        self.now += SignedDuration::from_secs(1);
        self.send_now(request)
    }

    fn send_now(&mut self, request: &Request) -> Answer {
        self.discord.answer(request, "", self.now)
    }

    /// Posts a message that must be accepted, and returns its identifier.
    fn post(&mut self, body: &Value) -> String {
        let answer = self.send(&post("?wait=true", body));
        assert_eq!(answer.status, 200, "{}", answer.content());
        answer.value()["id"].as_str().unwrap().to_owned()
    }
}

/// Returns a request to the webhook with this end of its URL.
fn call(method: Method, end: &str) -> Request {
    Request::bare(method, &format!("{WEBHOOK_PATH}{end}"))
}

fn post(query: &str, body: &Value) -> Request {
    call(Method::POST, query).with_json(body)
}
