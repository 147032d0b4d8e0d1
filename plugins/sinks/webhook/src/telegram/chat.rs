//! The identifiers of chats, and the addresses of messages that users copy from Telegram.

use serde_json::{Map, Value};
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};
use url::Url;

use super::entities::is_name;

/// The prefix of the number of a channel or supergroup. Links contain the number without it.
const CHANNEL_PREFIX: &str = "-100";

/// Returns `true` if `chat` is `@name` or a number.
pub(crate) fn is_chat_id(chat: &str) -> bool {
    let digits = chat.strip_prefix('-').unwrap_or(chat);
    let is_number = !digits.is_empty() && chat.parse::<i64>().is_ok();
    is_number || chat.strip_prefix('@').is_some_and(is_name)
}

/// Returns the chat as JSON: a number, or `@name`.
pub(super) fn to_json(chat: &str) -> Value {
    chat.parse::<i64>()
        .map_or_else(|_| chat.into(), Value::from)
}

/// Returns the receipt of `message`, a message as Telegram returns it; `None` if it has no ID.
pub(super) fn receipt(message: &Value) -> Option<Receipt> {
    let id = message["message_id"].as_i64().filter(|id| *id > 0)?;
    let name = message
        .pointer("/chat/username")
        .and_then(Value::as_str)
        .filter(|name| is_name(name));
    let chat = message.pointer("/chat/id").and_then(Value::as_i64);
    let at = message["date"]
        .as_i64()
        .and_then(|date| jiff::Timestamp::from_second(date).ok());
    let url = name.map(|name| format!("https://t.me/{name}/{id}"));
    Some(Receipt {
        url: url.or_else(|| private_url(chat?, id)),
        at,
        ..of(id, chat.map(Value::from))
    })
}

/// Returns the link of a message in a private channel or supergroup, which only its members can open.
fn private_url(chat: i64, id: i64) -> Option<String> {
    let chat = chat.to_string();
    let number = chat.strip_prefix(CHANNEL_PREFIX)?;
    Some(format!("https://t.me/c/{number}/{id}"))
}

fn of(id: i64, chat: Option<Value>) -> Receipt {
    let mut extra = Map::from_iter([("message_id".to_owned(), id.into())]);
    extra.extend(chat.map(|chat| ("chat_id".to_owned(), chat)));
    Receipt {
        extra,
        ..Receipt::new(id.to_string())
    }
}

/// Returns the receipt of the message at `address`: its link, or its number in the chat `chat`.
///
/// # Errors
/// Returns `Rejected` if `address` is neither.
pub(super) fn locate(address: &str, chat: &str) -> Result<Receipt, PublishError> {
    let address = address.trim();
    let number = address.parse::<i64>().ok().filter(|id| *id > 0);
    let receipt = number.map(|id| {
        let name = chat.strip_prefix('@');
        let url = name.map(|name| format!("https://t.me/{name}/{id}"));
        Receipt {
            url,
            ..of(id, Some(to_json(chat)))
        }
    });
    receipt.or_else(|| locate_link(address)).ok_or_else(|| {
        let message = format!("`{}` is not a message of Telegram", address.escape_debug());
        PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
            .with_hint("copy the link of the message, such as `https://t.me/channel/12`")
    })
}

fn locate_link(address: &str) -> Option<Receipt> {
    let url = Url::parse(address).ok()?;
    let is_telegram =
        url.scheme() == "https" && matches!(url.host_str(), Some("t.me" | "telegram.me"));
    let mut segments: Vec<&str> = url.path_segments().filter(|_| is_telegram)?.collect();
    if segments.first() == Some(&"s") {
        // The preview of a public channel.
        segments.remove(0);
    }
    let message = |id: &str| id.parse::<i64>().ok().filter(|id| *id > 0);
    match segments[..] {
        ["c", chat, id] => {
            let chat: i64 = format!("{CHANNEL_PREFIX}{chat}").parse().ok()?;
            let id = message(id)?;
            Some(Receipt {
                url: private_url(chat, id),
                ..of(id, Some(chat.into()))
            })
        }
        [name, id] if is_name(name) => {
            let id = message(id)?;
            let url = format!("https://t.me/{name}/{id}");
            Some(Receipt {
                url: Some(url),
                ..of(id, Some(format!("@{name}").into()))
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn chat_is_name_or_number() {
        for chat in ["@blog", "@my_blog_1", "-1001234567890", "42"] {
            assert!(is_chat_id(chat), "{chat}");
        }
        for chat in [
            "",
            "@",
            "@a b",
            "blog",
            "@1blog",
            "1e5",
            "-",
            "https://t.me/blog",
        ] {
            assert!(!is_chat_id(chat), "{chat}");
        }
        assert_eq!(to_json("-1001234567890"), json!(-1_001_234_567_890_i64));
    }

    #[test]
    fn receipt_has_public_or_private_link() {
        let message = |chat: Value| json!({"message_id": 12, "date": 1_732_787_000, "chat": chat});
        let public = receipt(&message(
            json!({"id": -1_001_234_567_890_i64, "username": "my_blog"}),
        ));
        let public = public.unwrap();
        assert_eq!(public.url.as_deref(), Some("https://t.me/my_blog/12"));
        assert_eq!(public.extra["chat_id"], json!(-1_001_234_567_890_i64));
        assert_eq!(public.extra["message_id"], 12);
        let private = receipt(&message(json!({"id": -1_001_234_567_890_i64}))).unwrap();
        assert_eq!(private.url.as_deref(), Some("https://t.me/c/1234567890/12"));
        assert_eq!(receipt(&message(json!({"id": 42}))).unwrap().url, None);
        assert_eq!(receipt(&json!({"chat": {"id": 1}})), None);
    }

    #[test]
    fn link_and_number_are_located() {
        for (address, url, chat) in [
            ("12", Some("https://t.me/my_blog/12"), json!("@my_blog")),
            (
                "https://t.me/other/12",
                Some("https://t.me/other/12"),
                json!("@other"),
            ),
            (
                "https://t.me/s/other/12?single",
                Some("https://t.me/other/12"),
                json!("@other"),
            ),
            (
                "https://t.me/c/1234567890/12",
                Some("https://t.me/c/1234567890/12"),
                json!(-1_001_234_567_890_i64),
            ),
        ] {
            let receipt = locate(address, "@my_blog").unwrap();
            assert_eq!(receipt.id.as_deref(), Some("12"));
            assert_eq!(
                (receipt.url.as_deref(), &receipt.extra["chat_id"]),
                (url, &chat)
            );
        }
        for address in [
            "",
            "0",
            "-1",
            "https://t.me/other",
            "https://t.me.evil.example/other/12",
            "http://t.me/other/12",
        ] {
            let error = locate(address, "@my_blog").unwrap_err();
            assert_eq!(error.kind, PublishErrorKind::Rejected, "{address}");
        }
    }
}
