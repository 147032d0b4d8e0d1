//! Handles the requests of a webhook.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::discord::errors::{error, unknown_message, unknown_webhook};
use crate::discord::fields::{self, CREATE_ONLY, EDITABLE};
use crate::discord::message::Message;
use crate::discord::server::{Discord, WEBHOOK_PATH};
use crate::request::Request;
use crate::throttle::Quota;

/// The identifier of the webhook's channel.
const CHANNEL: &str = "199737254929760256";

/// Answers a request. Each answer has the headers of the limit.
pub(super) fn answer(discord: &mut Discord, request: &Request, now: Timestamp) -> Answer {
    let path = request.path.replacen("/api/v10/", "/api/", 1);
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let known: Vec<&str> = WEBHOOK_PATH.trim_start_matches('/').split('/').collect();
    if segments.len() < 4 || segments[..2] != known[..2] {
        return error(404, 0, "404: Not Found");
    }
    if segments[2] != known[2] || discord.is_deleted {
        return unknown_webhook();
    }
    if segments[3] != known[3] {
        return error(401, 50027, "Invalid Webhook Token");
    }
    let quota = discord.throttle.count("", now);
    if quota.exceeded && !discord.has_no_limits {
        return with_headers(too_many(quota, now), quota, now).with("x-ratelimit-scope", "user");
    }
    let answer = match (request.method.as_str(), &segments[4..]) {
        ("GET", []) => Ok(webhook(&segments)),
        ("POST", []) => execute(discord, request, now),
        ("GET", ["messages", id]) => get(discord, request, id),
        ("PATCH", ["messages", id]) => edit(discord, request, id, now),
        ("DELETE", ["messages", id]) => delete(discord, request, id),
        _ => Err(error(405, 0, "405: Method Not Allowed")),
    };
    with_headers(answer.unwrap_or_else(|refusal| refusal), quota, now)
}

fn webhook(segments: &[&str]) -> Answer {
    Answer::json(
        200,
        &json!({
            "id": segments[2],
            "type": 1,
            "name": "News",
            "avatar": null,
            "channel_id": CHANNEL,
            "guild_id": "199737254929760257",
            "application_id": null,
            "token": segments[3],
        }),
    )
}

fn execute(discord: &mut Discord, request: &Request, now: Timestamp) -> Result<Answer, Answer> {
    check_query(discord, request, &["wait", "thread_id", "with_components"])?;
    let sent = fields::object(request)?;
    fields::check(discord, &sent, &[&EDITABLE[..], &CREATE_ONLY[..]].concat())?;
    let mut message = Message {
        id: String::new(),
        content: String::new(),
        embeds: Vec::new(),
        allowed_mentions: None,
        username: text(&sent, "username"),
        flags: 0,
        thread_id: request.query_value("thread_id"),
        thread_name: text(&sent, "thread_name"),
        created_at: now,
        edited_at: None,
    };
    message.apply(&sent);
    fields::check_not_empty(&message.content, &message.embeds)?;
    check_thread(discord, &message)?;
    message.id = discord.next_id();
    if message.thread_name.is_some() {
        // The first message of a thread has the identifier of the thread.
        message.thread_id = Some(message.id.clone());
    }
    let waits = request.query_value("wait");
    let waits = waits.is_some_and(|waits| ["true", "True", "1"].contains(&waits.as_str()));
    let answer = if waits {
        Answer::json(200, &entity(&message))
    } else {
        Answer::empty(204)
    };
    if waits || !discord.loses_messages {
        discord.messages.push(message);
    }
    Ok(answer)
}

/// Checks that a message of a forum has a thread, and that only such a message opens one.
fn check_thread(discord: &Discord, message: &Message) -> Result<(), Answer> {
    match (discord.is_forum, &message.thread_id, &message.thread_name) {
        (true, None, None) => Err(error(
            400,
            220_001,
            "Webhooks posted to forum channels must have a thread_name or thread_id",
        )),
        (true, Some(_), Some(_)) => Err(error(
            400,
            220_002,
            "Webhooks posted to forum channels cannot have both a thread_name and thread_id",
        )),
        (false, _, Some(_)) => Err(error(
            400,
            220_003,
            "Webhooks can only create threads in forum channels",
        )),
        (_, Some(id), _) if !discord.has_thread(id) => Err(error(404, 10003, "Unknown Channel")),
        _ => Ok(()),
    }
}

fn get(discord: &Discord, request: &Request, id: &str) -> Result<Answer, Answer> {
    let index = discord.find(request, id)?;
    Ok(Answer::json(200, &entity(&discord.messages[index])))
}

fn edit(
    discord: &mut Discord,
    request: &Request,
    id: &str,
    now: Timestamp,
) -> Result<Answer, Answer> {
    let index = discord.find(request, id)?;
    let sent = fields::object(request)?;
    fields::check(discord, &sent, &EDITABLE)?;
    let mut message = discord.messages[index].clone();
    message.allowed_mentions = None;
    message.apply(&sent);
    fields::check_not_empty(&message.content, &message.embeds)?;
    message.edited_at = Some(now);
    let answer = Answer::json(200, &entity(&message));
    discord.messages[index] = message;
    Ok(answer)
}

fn delete(discord: &mut Discord, request: &Request, id: &str) -> Result<Answer, Answer> {
    let index = discord.find(request, id)?;
    discord.messages.remove(index);
    Ok(Answer::empty(204))
}

impl Discord {
    /// Finds a message. A message of a thread is found only with the thread's identifier.
    fn find(&self, request: &Request, id: &str) -> Result<usize, Answer> {
        check_query(self, request, &["thread_id", "with_components"])?;
        let thread = request.query_value("thread_id");
        let mut messages = self.messages.iter();
        let index = messages.position(|message| message.id == id && message.thread_id == thread);
        index.ok_or_else(unknown_message)
    }

    fn has_thread(&self, id: &str) -> bool {
        let mut messages = self.messages.iter();
        messages.any(|message| message.thread_id.as_deref() == Some(id))
    }
}

impl Message {
    /// Applies the fields of a request. A field that is `null` is emptied.
    fn apply(&mut self, fields: &Map<String, Value>) {
        if let Some(content) = fields.get("content") {
            self.content = content.as_str().unwrap_or_default().to_owned();
        }
        if let Some(embeds) = fields.get("embeds") {
            self.embeds = embeds.as_array().cloned().unwrap_or_default();
        }
        if let Some(allowed) = fields.get("allowed_mentions") {
            self.allowed_mentions = Some(allowed.clone());
        }
        if let Some(flags) = fields.get("flags").and_then(Value::as_u64) {
            self.flags = flags;
        }
    }
}

fn check_query(discord: &Discord, request: &Request, known: &[&str]) -> Result<(), Answer> {
    let pairs = request.query_pairs();
    let mut names = pairs.iter().map(|(name, _)| name.as_str());
    match names.find(|name| !known.contains(name)) {
        Some(name) if !discord.is_lenient => Err(Answer::strict(&format!(
            "Discord ignores the query parameter `{name}`"
        ))),
        _ => Ok(()),
    }
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name)?.as_str().map(str::to_owned)
}

fn entity(message: &Message) -> Value {
    json!({
        "id": message.id,
        "type": 0,
        "channel_id": message.thread_id.as_deref().unwrap_or(CHANNEL),
        "webhook_id": "223704706495545344",
        "author": {
            "id": "223704706495545344",
            "username": message.username.as_deref().unwrap_or("News"),
            "bot": true,
            "discriminator": "0000",
            "avatar": null,
        },
        "content": message.content,
        "embeds": message.embeds,
        "attachments": [],
        "components": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": message.notifies_everyone(),
        "pinned": false,
        "tts": false,
        "flags": message.flags,
        "timestamp": format!("{:.6}", message.created_at),
        "edited_timestamp": message.edited_at.map(|time| format!("{time:.6}")),
    })
}

/// Returns the answer to a request over the limit. The time to wait has a fraction.
fn too_many(quota: Quota, now: Timestamp) -> Answer {
    let seconds = quota.reset.duration_since(now).as_secs_f64();
    Answer::json(
        429,
        &json!({
            "message": "You are being rate limited.",
            "retry_after": seconds - 0.25,
            "global": false,
        }),
    )
    .with("retry-after", &format!("{seconds:.0}"))
}

fn with_headers(answer: Answer, quota: Quota, now: Timestamp) -> Answer {
    let seconds = quota.reset.duration_since(now).as_secs_f64();
    answer
        .with("x-ratelimit-limit", &quota.limit.to_string())
        .with("x-ratelimit-remaining", &quota.remaining.to_string())
        .with(
            "x-ratelimit-reset",
            &format!("{:.3}", quota.reset.as_millisecond() as f64 / 1000.0),
        )
        .with("x-ratelimit-reset-after", &format!("{seconds:.3}"))
        .with("x-ratelimit-bucket", "abcd1234")
}
