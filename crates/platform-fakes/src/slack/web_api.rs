//! The Web API: methods that answer with status 200 and `ok`, even if they fail.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::params::Params;
use crate::request::Request;
use crate::slack::arguments::{self, CONTENT, OPTIONS, Refusal};
use crate::slack::message::Message;
use crate::slack::server::{CHANNEL, HookState, Slack, TOKEN};

/// The identifier of the bot.
const BOT: &str = "B0123456789";

/// Handles a call of `method`.
pub(super) fn call(slack: &mut Slack, request: &Request, method: &str, now: Timestamp) -> Answer {
    let known = [
        "chat.postMessage",
        "chat.update",
        "chat.delete",
        "auth.test",
    ];
    if !known.contains(&method) {
        return Answer::json(
            200,
            &json!({"ok": false, "error": "unknown_method", "req_method": method}),
        );
    }
    let answer = authenticate(request)
        .and_then(|()| fields(request))
        .and_then(|fields| match method {
            "auth.test" => Ok(identity()),
            "chat.postMessage" => post(slack, &fields, now),
            "chat.update" => update(slack, &fields),
            _ => delete(slack, &fields),
        });
    match answer {
        Ok(value) => Answer::json(200, &value),
        Err(Refusal::Slack("ratelimited", _)) => {
            Answer::json(429, &json!({"ok": false, "error": "ratelimited"}))
                .with("retry-after", "1")
        }
        Err(Refusal::Slack(error, details)) if details.is_empty() => {
            Answer::json(200, &json!({"ok": false, "error": error}))
        }
        Err(Refusal::Slack(error, details)) => {
            let messages: Vec<String> = details
                .iter()
                .map(|text| format!("[ERROR] {text}"))
                .collect();
            Answer::json(
                200,
                &json!({"ok": false, "error": error, "errors": details,
                        "response_metadata": {"messages": messages}}),
            )
        }
        Err(Refusal::Strict(answer)) => answer,
    }
}

fn authenticate(request: &Request) -> Result<(), Refusal> {
    let header = request.header("authorization");
    match header.map(|header| header.strip_prefix("Bearer ")) {
        None => Err(error("not_authed")),
        Some(Some(TOKEN)) => Ok(()),
        Some(_) => Err(error("invalid_auth")),
    }
}

/// Reads the arguments: a JSON object, or a form whose lists are JSON.
fn fields(request: &Request) -> Result<Map<String, Value>, Refusal> {
    match request.media_type().as_deref() {
        Some("application/json") => match serde_json::from_slice(&request.body) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(error("json_not_object")),
            Err(_) => Err(error("invalid_json")),
        },
        Some("application/x-www-form-urlencoded") => {
            let mut fields = Params::of(request).unwrap_or_default().0;
            for name in ["blocks", "unfurl_links", "unfurl_media", "mrkdwn"] {
                if let Some(Value::String(text)) = fields.get(name) {
                    let value = serde_json::from_str(text);
                    let value = value.map_err(|_| error("invalid_blocks_format"))?;
                    fields.insert(name.to_owned(), value);
                }
            }
            Ok(fields)
        }
        None if request.body.is_empty() => Ok(Map::new()),
        _ => Err(error("invalid_post_type")),
    }
}

fn identity() -> Value {
    json!({
        "ok": true,
        "url": "https://example.slack.com/",
        "team": "Example",
        "user": "news-bot",
        "team_id": "T00000001",
        "user_id": "U0123456789",
        "bot_id": BOT,
    })
}

fn post(slack: &mut Slack, fields: &Map<String, Value>, now: Timestamp) -> Result<Value, Refusal> {
    slack.check(fields, &[&["channel"], &CONTENT, &OPTIONS])?;
    slack.check_channel(fields)?;
    let mut message = arguments::message(fields, slack.is_lenient)?;
    if !slack.admits(now) {
        return Err(error("ratelimited"));
    }
    message.ts = slack.next_ts(now);
    let answer = json!({
        "ok": true,
        "channel": CHANNEL,
        "ts": message.ts,
        "message": entity(&message),
    });
    slack.messages.push(message);
    Ok(answer)
}

fn update(slack: &mut Slack, fields: &Map<String, Value>) -> Result<Value, Refusal> {
    slack.check(fields, &[&["channel", "ts"], &CONTENT])?;
    let index = slack.find(fields)?;
    if slack.messages[index].by_webhook {
        return Err(error("cant_update_message"));
    }
    let changed = arguments::message(fields, slack.is_lenient)?;
    let kept = &mut slack.messages[index];
    kept.text = changed.text;
    // Without blocks in the call, the message keeps its blocks.
    if fields.contains_key("blocks") {
        kept.blocks = changed.blocks;
    }
    kept.is_edited = true;
    Ok(json!({
        "ok": true,
        "channel": CHANNEL,
        "ts": kept.ts,
        "text": kept.text,
        "message": entity(kept),
    }))
}

fn delete(slack: &mut Slack, fields: &Map<String, Value>) -> Result<Value, Refusal> {
    slack.check(fields, &[&["channel", "ts"]])?;
    let index = slack.find(fields)?;
    if slack.messages[index].by_webhook {
        return Err(error("cant_delete_message"));
    }
    let message = slack.messages.remove(index);
    Ok(json!({"ok": true, "channel": CHANNEL, "ts": message.ts}))
}

impl Slack {
    fn check(&self, fields: &Map<String, Value>, known: &[&[&str]]) -> Result<(), Refusal> {
        if self.is_lenient {
            return Ok(());
        }
        arguments::check_names(fields, known)
    }

    fn check_channel(&self, fields: &Map<String, Value>) -> Result<(), Refusal> {
        let channel = fields.get("channel").and_then(Value::as_str);
        let is_known = channel.is_some_and(|name| [CHANNEL, "#news", "news"].contains(&name));
        match self.hook {
            HookState::Deleted => Err(error("channel_not_found")),
            _ if !is_known => Err(error("channel_not_found")),
            HookState::Archived => Err(error("is_archived")),
            HookState::Prohibited => Err(error("restricted_action")),
            _ if !self.is_member => Err(error("not_in_channel")),
            _ => Ok(()),
        }
    }

    /// Finds the message of a call, which must name the channel by its identifier.
    fn find(&self, fields: &Map<String, Value>) -> Result<usize, Refusal> {
        self.check_channel(fields)?;
        if fields.get("channel").and_then(Value::as_str) != Some(CHANNEL) {
            return Err(error("channel_not_found"));
        }
        let ts = fields.get("ts").and_then(Value::as_str).unwrap_or_default();
        let mut messages = self.messages.iter();
        let index = messages.position(|message| message.ts == ts);
        index.ok_or_else(|| error("message_not_found"))
    }
}

fn entity(message: &Message) -> Value {
    json!({
        "type": "message",
        "subtype": "bot_message",
        "bot_id": BOT,
        "text": message.text,
        "blocks": message.blocks,
        "ts": message.ts,
    })
}

fn error(name: &'static str) -> Refusal {
    Refusal::Slack(name, Vec::new())
}
