//! The incoming webhook: `POST` of a JSON object, answered with `ok` or the name of an error as plain
//! text.

use axum::http::Method;
use jiff::Timestamp;
use serde_json::Value;

use crate::answer::Answer;
use crate::request::Request;
use crate::slack::arguments::{self, CONTENT, OPTIONS, Refusal};
use crate::slack::server::{HookState, Slack, WEBHOOK_PATH};

/// Handles a request to a webhook.
pub(super) fn post(slack: &mut Slack, request: &Request, now: Timestamp) -> Answer {
    if request.method != Method::POST {
        return Answer::text(405, "method_not_allowed").with("allow", "POST");
    }
    if let Err((status, error)) = find(slack, &request.path) {
        return Answer::text(status, error);
    }
    if !slack.admits(now) {
        return Answer::text(429, "rate_limited").with("retry-after", "1");
    }
    let body: Option<Value> = match request.media_type().as_deref() {
        Some("application/json") => serde_json::from_slice(&request.body).ok(),
        _ => None,
    };
    let Some(Value::Object(fields)) = body else {
        return Answer::text(400, "invalid_payload");
    };
    let is_lenient = slack.is_lenient;
    let checked = if is_lenient {
        Ok(())
    } else {
        arguments::check_names(&fields, &[&CONTENT, &OPTIONS])
    };
    match checked.and_then(|()| arguments::message(&fields, is_lenient)) {
        Ok(mut message) => {
            message.ts = slack.next_ts(now);
            message.by_webhook = true;
            slack.messages.push(message);
            Answer::text(200, "ok")
        }
        Err(Refusal::Slack(error, _)) => Answer::text(400, error),
        Err(Refusal::Strict(answer)) => answer,
    }
}

/// Finds the webhook of a path.
fn find(slack: &Slack, path: &str) -> Result<(), (u16, &'static str)> {
    let known: Vec<&str> = WEBHOOK_PATH.split('/').collect();
    let given: Vec<&str> = path.split('/').collect();
    if given.len() != known.len() || given[2] != known[2] {
        return Err((404, "no_team"));
    }
    if given[3] != known[3] {
        return Err((404, "no_service"));
    }
    if given[4] != known[4] {
        return Err((403, "invalid_token"));
    }
    match slack.hook {
        HookState::Active => Ok(()),
        HookState::Revoked => Err((404, "no_service")),
        HookState::Archived => Err((410, "channel_is_archived")),
        HookState::Deleted => Err((404, "channel_not_found")),
        HookState::Prohibited => Err((403, "action_prohibited")),
    }
}
