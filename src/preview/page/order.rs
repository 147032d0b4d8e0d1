//! An order from the page: what is to be done, with which delivery, and by which payload it was known
//! when somebody looked.

use serde::{Deserialize, Serialize};
use syndicate_api::mask;

/// What somebody asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageCommand {
    pub(super) action: Command,
    pub(super) item: String,
    pub(super) sink: String,
    /// The payload's hash as it was seen; empty where there was none.
    pub(super) hash: String,
    /// The commentary, or the time, as it was typed; `None` takes it back.
    #[serde(default)]
    pub(super) value: Option<String>,
}

/// What can be done.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Command {
    Send,
    Approve,
    Skip,
    Unskip,
    Edit,
    Schedule,
    /// To show what the plan leaves alone.
    Look,
    /// To show it no more.
    Hide,
}

/// What came of it.
#[derive(Debug, Serialize)]
pub(super) struct CommandOutcome {
    pub(super) done: bool,
    pub(super) message: String,
    /// Where the post can be seen.
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
