//! Tests of the rules, without a port and with a fixed clock.

mod accepted;
mod refused;

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::request::Request;
use crate::shared::Platform as _;
use crate::telegram::{TOKEN, Telegram};

/// A channel. Each request is a second later than the last.
struct Channel {
    telegram: Telegram,
    now: Timestamp,
}

impl Channel {
    fn new() -> Self {
        Self::of(Telegram::new())
    }

    fn of(telegram: Telegram) -> Self {
        Self {
            telegram,
            now: "2026-11-28T12:00:00Z".parse().unwrap(),
        }
    }

    fn send(&mut self, request: &Request) -> Answer {
        self.now += SignedDuration::from_secs(1);
        self.send_now(request)
    }

    fn send_now(&mut self, request: &Request) -> Answer {
        self.telegram.answer(request, "", self.now)
    }
}

fn call(method: &str, body: &Value) -> Request {
    Request::bare(Method::POST, &format!("/bot{TOKEN}/{method}")).with_json(body)
}

/// Returns a call of `sendMessage` to `@news` with these parameters.
fn message(parameters: &Value) -> Request {
    let mut body = json!({"chat_id": "@news"});
    for (name, value) in parameters.as_object().unwrap() {
        body[name] = value.clone();
    }
    call("sendMessage", &body)
}

/// Returns a call of `sendMessage` with a text and an entity.
fn with_entity(text: &str, entity: Value) -> Request {
    message(&json!({"text": text, "entities": [entity]}))
}
