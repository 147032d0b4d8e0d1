//! The answer to `compose`: the steps of a delivery, and the rules for the responses to them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sink_request::HttpSpec;

/// The result of `compose`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ComposeOk {
    /// The name of the wire format. Change it if the same post would look different to readers.
    #[serde(default = "default_dialect")]
    pub dialect: String,
    /// The media of the post that the steps use, in the order of their indexes there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediumUse>,
    /// The steps in order. Exactly one has the role `create`.
    pub steps: Vec<StepSpec>,
    /// The change that makes an earlier version of the post this one. Without it, the post cannot be changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<RevisionSpec>,
}

/// A medium that the steps use.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MediumUse {
    /// The index among the media of the post.
    Index(usize),
    /// The index, with what an upload sends beside the bytes.
    Described {
        /// The index among the media of the post.
        index: usize,
        /// The alternative text, if it is in no step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alt: Option<String>,
        /// The file name, if readers see it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file_name: Option<String>,
    },
}

/// One request of a delivery.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct StepSpec {
    /// The name, for messages.
    pub name: String,
    /// The role in the delivery.
    pub role: StepRole,
    /// The request.
    pub request: HttpSpec,
    /// The rule for a repetition: by default `never` for the creating step and `always` for the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<RepeatRule>,
    /// The meaning of responses. The first row that matches counts. A response without a row is `unknown` for the
    /// creating request, and `unavailable` for others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<ResponseRule>,
}

/// The role of a step.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRole {
    /// Is sent by `prepare`, invisible to readers, and may be repeated.
    Prepare,
    /// Is visible and may be repeated. It is sent before the post is created.
    Before,
    /// Creates the post.
    Create,
    /// Follows the post and may be repeated. It can contain slots of the receipt, such as `receipt:/id`.
    FollowUp,
}

/// The rule for repeating a step. Times are seconds after the request was fixed.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RepeatRule {
    /// It is never repeated: the platform would create a second post.
    #[default]
    Never,
    /// It may be repeated at any time: the platform never creates a second post for its key.
    Always,
    /// It may be repeated within a time: the platform creates one post for each key.
    Keyed {
        /// The time from which the platform knows the key.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<u32>,
        /// The time until which it remembers the key.
        until: u32,
    },
    /// It may be repeated within a time: the platform refuses a duplicate and names the first post.
    Evidence {
        /// The time from which the platform knows the first post.
        from: u32,
        /// The time until which it refuses a duplicate.
        until: u32,
    },
}

/// A row of an answer table: conditions that all must hold, and the meaning of such a response. A row that refuses
/// the request must name something of the body or the headers, because a gateway may answer with any status.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ResponseRule {
    /// Condition: the status, or a list of statuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusSpec>,
    /// Condition: a JSON Pointer (RFC 6901) to a value that is not null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Condition: a header that the response has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// Condition: the value of `at` or `header` is this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<Value>,
    /// Condition: the value of `at` or `header` is a text that contains this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// Condition: the whole body is this text, without white space around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The meaning.
    pub is: Meaning,
    /// The place of the receipt, for `sent` and `duplicate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptRule>,
    /// The time at which requests are accepted again, for `throttled`. `Retry-After` is read without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TimeRule>,
    /// A JSON Pointer to the platform's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// The next step for the user, in the imperative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// A status, or several.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum StatusSpec {
    /// One status.
    One(u16),
    /// Any of these.
    Many(Vec<u16>),
}

/// The meaning of a response.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The platform accepted the request.
    Sent,
    /// It refused a duplicate. `receipt` is that of the first post.
    Duplicate,
    /// Content or settings are wrong.
    Rejected,
    /// The post was changed on the platform.
    Conflict,
    /// The user has to renew the credential.
    Unauthorized,
    /// A rate limit is reached.
    Throttled,
    /// The platform certainly did not accept the request. It may later.
    Unavailable,
    /// The platform may have accepted the request.
    #[default]
    Unknown,
}

/// The places of a receipt in a response.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct ReceiptRule {
    /// The identifier of the post. A response without it is `unknown`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<TextRule>,
    /// The public URL of the post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<TextRule>,
    /// The time of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<TimeRule>,
    /// JSON Pointers to further values that address the post later.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A text of a response.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TextRule {
    /// A JSON Pointer to a text or number.
    Pointer(String),
    /// A header.
    Header {
        /// The name.
        header: String,
    },
    /// Parts that are joined.
    Parts(Vec<TextPart>),
}

/// A part of a text.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TextPart {
    /// The text itself.
    Literal(String),
    /// The text or number at a JSON Pointer.
    Answer {
        /// The pointer.
        #[serde(rename = "$answer")]
        pointer: String,
    },
    /// The value of a slot.
    Slot {
        /// The name.
        #[serde(rename = "$slot")]
        slot: String,
    },
}

/// A time of a response: at a JSON Pointer or in a header. A text alone is a pointer to an RFC 3339 time.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(untagged)]
pub enum TimeRule {
    /// A JSON Pointer to a time of RFC 3339.
    Pointer(String),
    /// A place and a spelling.
    Spelled {
        /// The JSON Pointer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
        /// The header.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        header: Option<String>,
        /// The spelling.
        #[serde(default, rename = "as")]
        spelling: TimeSpelling,
    },
}

/// The spelling of a time.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeSpelling {
    /// RFC 3339.
    #[default]
    Timestamp,
    /// Seconds from now.
    Seconds,
    /// Milliseconds from now.
    Milliseconds,
    /// Seconds since 1970.
    UnixSeconds,
    /// The date of an HTTP header.
    HttpDate,
}

/// The change of a published post.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct RevisionSpec {
    /// The requests, which `update` gets with all slots filled. They can contain slots of the receipt.
    pub steps: Vec<StepSpec>,
    /// The part of the payload that they change.
    pub editable: Value,
    /// The part of the payload that cannot be changed.
    #[serde(default)]
    pub fixed: Value,
    /// The part that they change, for messages, such as `the article`.
    pub changes: String,
    /// The part that stays, for messages, such as `the address`.
    #[serde(default)]
    pub keeps: String,
}

fn default_dialect() -> String {
    "v1".to_owned()
}
