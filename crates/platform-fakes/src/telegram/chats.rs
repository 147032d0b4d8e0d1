//! The chats that the bot can address.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::telegram::errors::{bad_request, error, migrated};
use crate::telegram::parameters::Parameters;
use crate::telegram::server::{CHANNEL_ID, ChatState, Telegram};

/// Refuses a chat that does not exist.
fn check_known(parameters: &Parameters) -> Result<(), Answer> {
    let id = parameters.text("chat_id").unwrap_or_default();
    if id.is_empty() {
        return Err(bad_request("chat_id is empty"));
    }
    // Names have no case.
    if id == CHANNEL_ID.to_string() || id.eq_ignore_ascii_case("@news") {
        return Ok(());
    }
    Err(bad_request("chat not found"))
}

/// Refuses a chat that the bot cannot read. A public channel is readable for all bots.
pub(super) fn check_readable(telegram: &Telegram, parameters: &Parameters) -> Result<(), Answer> {
    match telegram.state {
        ChatState::Stranger | ChatState::WithoutRights => check_known(parameters),
        _ => check_writable(telegram, parameters),
    }
}

/// Refuses a chat that the bot cannot post to.
pub(super) fn check_writable(telegram: &Telegram, parameters: &Parameters) -> Result<(), Answer> {
    check_known(parameters)?;
    match telegram.state {
        ChatState::Administrator => Ok(()),
        ChatState::Stranger => Err(error(
            403,
            "Forbidden: bot is not a member of the channel chat",
        )),
        ChatState::Kicked => Err(error(
            403,
            "Forbidden: bot was kicked from the channel chat",
        )),
        ChatState::WithoutRights => {
            Err(bad_request("need administrator rights in the channel chat"))
        }
        ChatState::Migrated(new_id) => Err(migrated(new_id)),
    }
}

/// Returns the channel as it appears in a message.
pub(super) fn entity() -> Value {
    json!({"id": CHANNEL_ID, "title": "News", "username": "news", "type": "channel"})
}
