//! Defines the commands that the page sends and their responses. A command names the delivery and the
//! hash of the payload that the user saw.

use serde::{Deserialize, Serialize};
use syndicate_api::mask;

/// A request of the user, as the page posts it in JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageCommand {
    pub(super) action: Command,
    pub(super) item: String,
    pub(super) sink: String,
    /// The hash of the payload shown on the page; empty if there was none.
    pub(super) hash: String,
    /// The commentary or the time that the user typed; `None` removes it.
    #[serde(default)]
    pub(super) value: Option<String>,
}

/// The actions of the page's forms.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Command {
    Send,
    Approve,
    Skip,
    Unskip,
    Edit,
    Schedule,
    /// Shows the payload of a post that the plan skips.
    Look,
    /// Hides that payload again.
    Hide,
}

/// The response to a command.
#[derive(Debug, Serialize)]
pub(super) struct CommandOutcome {
    pub(super) done: bool,
    pub(super) message: String,
    /// The URL of the sent post.
    pub(super) link: Option<String>,
}

impl CommandOutcome {
    pub(super) fn done(message: impl Into<String>) -> Self {
        Self {
            done: true,
            message: message.into(),
            link: None,
        }
    }

    pub(super) fn not_done(message: impl Into<String>) -> Self {
        Self {
            done: false,
            message: mask(&message.into()).into_owned(),
            link: None,
        }
    }
}
