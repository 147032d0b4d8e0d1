//! Parses the addresses of messages that users copy from Discord, and reads receipts.

use serde_json::{Map, Value};
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};
use url::Url;

use super::markdown::is_user_id as is_snowflake;

/// The address of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessageAddress {
    pub(super) id: String,
    /// The channel or thread, if it is known.
    pub(super) channel: Option<String>,
}

/// Parses a message's link or ID.
///
/// # Errors
/// Returns `Rejected` if it is neither.
pub(super) fn parse(address: &str) -> Result<MessageAddress, PublishError> {
    let address = address.trim();
    let id = is_snowflake(address).then(|| MessageAddress {
        id: address.to_owned(),
        channel: None,
    });
    id.or_else(|| parse_link(address)).ok_or_else(|| {
        let message = format!("`{}` is not a message of Discord", address.escape_debug());
        PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message).with_hint(
            "copy the link of the message, such as `https://discord.com/channels/SERVER/CHANNEL/MESSAGE`",
        )
    })
}

fn parse_link(address: &str) -> Option<MessageAddress> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str().filter(|_| url.scheme() == "https")?;
    let host = host
        .strip_prefix("ptb.")
        .or(host.strip_prefix("canary."))
        .unwrap_or(host);
    let segments: Vec<&str> = url.path_segments()?.collect();
    match segments[..] {
        ["channels", _, channel, id]
            if matches!(host, "discord.com" | "discordapp.com")
                && is_snowflake(channel)
                && is_snowflake(id) =>
        {
            Some(MessageAddress {
                id: id.to_owned(),
                channel: Some(channel.to_owned()),
            })
        }
        _ => None,
    }
}

/// Returns the receipt of `message`, a message as Discord returns it; `None` if it has no ID. `is_thread` is `true`
/// if it is the first message of a forum post, whose channel is a thread of its own.
pub(super) fn receipt(message: &Value, guild: Option<&str>, is_thread: bool) -> Option<Receipt> {
    let text = |key: &str| message[key].as_str().filter(|text| is_snowflake(text));
    let (id, channel) = (text("id")?, text("channel_id"));
    let url = guild.zip(channel);
    let mut extra = Map::new();
    if let Some(channel) = channel {
        extra.insert("channel_id".to_owned(), channel.into());
        if is_thread {
            extra.insert("thread_id".to_owned(), channel.into());
        }
    }
    Some(Receipt {
        url: url
            .map(|(guild, channel)| format!("https://discord.com/channels/{guild}/{channel}/{id}")),
        at: message["timestamp"].as_str().and_then(|at| at.parse().ok()),
        extra,
        ..Receipt::new(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_and_id_are_parsed() {
        let (channel, id) = ("1234567890123456789", "1234567890123456780");
        let at = |channel: Option<&str>| MessageAddress {
            id: id.to_owned(),
            channel: channel.map(str::to_owned),
        };
        assert_eq!(parse(&format!(" {id} ")), Ok(at(None)));
        for host in ["discord.com", "ptb.discord.com", "canary.discordapp.com"] {
            let link = format!("https://{host}/channels/1/{channel}/{id}");
            assert_eq!(parse(&link), Ok(at(Some(channel))));
        }
        for address in [
            "",
            "12",
            "https://discord.com/channels/1/2/3",
            "https://evil.example/channels/1/1234567890123456789/1234567890123456789",
        ] {
            assert_eq!(
                parse(address).unwrap_err().kind,
                PublishErrorKind::Rejected,
                "{address}"
            );
        }
    }
}
