//! Tests of the rules, without a port and with a fixed clock.

mod accepted;
mod refused;

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::request::Request;
use crate::shared::Platform as _;
use crate::slack::{CHANNEL, Slack, TOKEN, WEBHOOK_PATH};

/// A workspace. Each request is a second later than the last.
struct Workspace {
    slack: Slack,
    now: Timestamp,
}

impl Workspace {
    fn new() -> Self {
        Self::of(Slack::new())
    }

    fn of(slack: Slack) -> Self {
        Self {
            slack,
            now: "2026-11-28T12:00:00Z".parse().unwrap(),
        }
    }

    fn send(&mut self, request: &Request) -> Answer {
        self.now += SignedDuration::from_secs(1);
        self.send_now(request)
    }

    fn send_now(&mut self, request: &Request) -> Answer {
        self.slack.answer(request, "", self.now)
    }
}

fn hook(body: &Value) -> Request {
    Request::bare(Method::POST, WEBHOOK_PATH).with_json(body)
}

fn call(method: &str, body: &Value) -> Request {
    Request::bare(Method::POST, &format!("/api/{method}"))
        .with("authorization", &format!("Bearer {TOKEN}"))
        .with_json(body)
}

/// Returns a call of `chat.postMessage` with the channel and these arguments.
fn post(arguments: &Value) -> Request {
    let mut body = json!({"channel": CHANNEL});
    for (name, value) in arguments.as_object().unwrap() {
        body[name] = value.clone();
    }
    call("chat.postMessage", &body)
}

/// Returns a section with a text.
fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}
