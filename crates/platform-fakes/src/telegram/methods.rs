//! The methods of the Bot API.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::request::Request;
use crate::telegram::errors::{bad_request, error, result, too_many};
use crate::telegram::message::Message;
use crate::telegram::parameters::Parameters;
use crate::telegram::server::{TOKEN, Telegram};
use crate::telegram::{chats, entities, links};

/// The parameters of a text.
const TEXT: [&str; 4] = ["chat_id", "text", "entities", "link_preview_options"];

/// The time in which a message can be deleted.
const DELETABLE: SignedDuration = SignedDuration::from_hours(48);

/// Answers a request to `/bot<token>/<method>`.
pub(super) fn answer(telegram: &mut Telegram, request: &Request, now: Timestamp) -> Answer {
    let segments = request.segments();
    let [bot, method] = segments.as_slice() else {
        return error(404, "Not Found");
    };
    let Some(token) = bot.strip_prefix("bot").filter(|token| token.contains(':')) else {
        return error(404, "Not Found");
    };
    if token.replace("%3A", ":") != TOKEN {
        return error(401, "Unauthorized");
    }
    if !["GET", "POST"].contains(&request.method.as_str()) {
        return error(405, "Method Not Allowed");
    }
    let answer = Parameters::of(request).and_then(|parameters| {
        // The names of methods have no case.
        match method.to_ascii_lowercase().as_str() {
            "getme" => get_me(telegram, &parameters),
            "getchat" => get_chat(telegram, &parameters),
            "sendmessage" => send(telegram, &parameters, now),
            "editmessagetext" => edit(telegram, &parameters, now),
            "deletemessage" => delete(telegram, &parameters, now),
            _ => Err(error(404, "Not Found: method not found")),
        }
    });
    answer.unwrap_or_else(|refusal| refusal)
}

fn get_me(telegram: &Telegram, parameters: &Parameters) -> Result<Answer, Answer> {
    telegram.check_names(parameters, &[])?;
    Ok(result(&json!({
        "id": 123_456,
        "is_bot": true,
        "first_name": "News bot",
        "username": "news_bot",
        "can_join_groups": true,
        "can_read_all_group_messages": false,
        "supports_inline_queries": false,
    })))
}

fn get_chat(telegram: &Telegram, parameters: &Parameters) -> Result<Answer, Answer> {
    telegram.check_names(parameters, &["chat_id"])?;
    chats::check_readable(telegram, parameters)?;
    let mut chat = chats::entity();
    chat["accent_color_id"] = 0.into();
    chat["max_reaction_count"] = 11.into();
    Ok(result(&chat))
}

fn send(
    telegram: &mut Telegram,
    parameters: &Parameters,
    now: Timestamp,
) -> Result<Answer, Answer> {
    telegram.check_names(
        parameters,
        &[&TEXT[..], &["disable_notification", "protect_content"]].concat(),
    )?;
    chats::check_writable(telegram, parameters)?;
    let message = Message {
        id: telegram.next_id,
        text: parameters.text("text").unwrap_or_default(),
        entities: parameters.list("entities")?.to_vec(),
        link_preview_options: parameters.get("link_preview_options").cloned(),
        is_silent: parameters.flag("disable_notification"),
        sent_at: now,
        edited_at: None,
    };
    telegram.check(&message)?;
    if !telegram.has_no_limits && telegram.throttle.count("", now).exceeded {
        return Err(too_many(1));
    }
    telegram.next_id += 1;
    let answer = result(&entity(&message));
    telegram.messages.push(message);
    Ok(answer)
}

fn edit(
    telegram: &mut Telegram,
    parameters: &Parameters,
    now: Timestamp,
) -> Result<Answer, Answer> {
    telegram.check_names(parameters, &[&TEXT[..], &["message_id"]].concat())?;
    chats::check_writable(telegram, parameters)?;
    let index = telegram.find(parameters, "message to edit not found")?;
    let before = &telegram.messages[index];
    let message = Message {
        text: parameters.text("text").unwrap_or_default(),
        entities: parameters.list("entities")?.to_vec(),
        link_preview_options: parameters.get("link_preview_options").cloned(),
        edited_at: Some(now),
        ..before.clone()
    };
    telegram.check(&message)?;
    let is_same = message.text == before.text
        && message.entities == before.entities
        && message.link_preview_options == before.link_preview_options;
    if is_same {
        return Err(bad_request(
            "message is not modified: specified new message content and reply markup are exactly \
             the same as a current content and reply markup of the message",
        ));
    }
    let answer = result(&entity(&message));
    telegram.messages[index] = message;
    Ok(answer)
}

fn delete(
    telegram: &mut Telegram,
    parameters: &Parameters,
    now: Timestamp,
) -> Result<Answer, Answer> {
    telegram.check_names(parameters, &["chat_id", "message_id"])?;
    chats::check_writable(telegram, parameters)?;
    let index = telegram.find(parameters, "message to delete not found")?;
    if now >= telegram.messages[index].sent_at + DELETABLE {
        return Err(bad_request("message can't be deleted"));
    }
    telegram.messages.remove(index);
    Ok(result(&Value::Bool(true)))
}

impl Telegram {
    fn check_names(&self, parameters: &Parameters, known: &[&str]) -> Result<(), Answer> {
        if self.is_lenient {
            return Ok(());
        }
        parameters.check_names(known)
    }

    fn check(&self, message: &Message) -> Result<(), Answer> {
        entities::check(&message.text, &message.entities, self.is_lenient)?;
        links::check_options(message.link_preview_options.as_ref(), self.is_lenient)
    }

    fn find(&self, parameters: &Parameters, missing: &str) -> Result<usize, Answer> {
        let id = parameters.text("message_id").unwrap_or_default();
        let mut messages = self.messages.iter();
        let index = messages.position(|message| message.id.to_string() == id);
        index.ok_or_else(|| bad_request(missing))
    }
}

fn entity(message: &Message) -> Value {
    let mut entity = json!({
        "message_id": message.id,
        "sender_chat": chats::entity(),
        "chat": chats::entity(),
        "date": message.sent_at.as_second(),
        "text": message.text,
    });
    if let Some(time) = message.edited_at {
        entity["edit_date"] = time.as_second().into();
    }
    if !message.entities.is_empty() {
        entity["entities"] = message.entities.clone().into();
    }
    if let Some(options) = &message.link_preview_options {
        entity["link_preview_options"] = options.clone();
    }
    entity
}
