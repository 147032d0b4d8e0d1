//! The answers of plugins.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::item::{SourceFault, SourceItem};
use crate::sink_request::Call;
use crate::sink_step::Meaning;

/// A part of the answer to a request, or all of it. `ok` and `error` end an answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Answer {
    /// The `id` of the request.
    pub id: u64,
    /// The content.
    #[serde(flatten)]
    pub reply: Reply,
}

/// The content of an answer.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// An item of a scan.
    Item(#[schemars(with = "SourceItem")] Value),
    /// A file that a scan could not read.
    Fault(#[schemars(with = "SourceFault")] Value),
    /// The result; its fields depend on the request.
    Ok(#[schemars(with = "Map<String, Value>")] Value),
    /// The reason for which the request failed.
    Error(ErrorAnswer),
    /// HTTP requests that the host sends before the plugin goes on, for sinks.
    #[serde(untagged)]
    Call(Call),
}

/// The reason why a request failed.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct ErrorAnswer {
    /// The reason for the user, in lower case and without a full stop.
    pub message: String,
    /// The next step for the user, in the imperative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The keys that lead to the invalid option, for the answer to `open`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<String>,
    /// The consequence, for the requests to sinks that end in a delivery; `rejected` without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Meaning>,
    /// The time at which requests are accepted again, for `throttled`, by RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

impl ErrorAnswer {
    /// Returns an answer with this message alone.
    #[must_use]
    pub fn of(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::default()
        }
    }
}

/// The result of `open`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct OpenOk {
    /// The files and folders that a source reads, relative to the folder of pipeline.yaml. `watch` scans again after
    /// a change in them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watch: Vec<String>,
    /// The site that the items of a source belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteInfo>,
}

/// Facts that all items of a source share.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SiteInfo {
    /// The name of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The description of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The address that the addresses of its posts start with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The author of posts that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The language, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The IANA time zone of dates without an offset; UTC without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// The result of `scan`. A scan counts only if it ends with this and the numbers are right.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct ScanOk {
    /// The number of items in the answer.
    pub items: u64,
    /// The number of faults in the answer.
    pub faults: u64,
    /// A text that the next `scan` of this process passes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// `true` if nothing has changed since the state of the request. The answer then has no items and no faults.
    pub same: bool,
}

/// The result of `transform`: changes, or the reason to skip the item. Without both, the item stays as it is.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct TransformOk {
    /// A JSON merge patch (RFC 7396) of writable fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch: Option<Map<String, Value>>,
    /// The reason to skip the item, which names the rule and the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip: Option<String>,
}
