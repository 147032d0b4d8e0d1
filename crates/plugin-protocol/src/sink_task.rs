//! The requests to sinks and their results, apart from that of `compose`.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::sink_post::{SinkMedium, SinkPost};
use crate::sink_step::StepSpec;

/// The task to return the limits of the platform.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct LimitsTask {
    /// The values that `discover` returned; empty if the server was not asked.
    #[serde(default)]
    pub server_info: Map<String, Value>,
}

/// The result of `limits`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct LimitsOk {
    /// The limits of the commentary. The text fits if it fits every one. Without any, its length is not limited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<TextLimit>,
    /// The pictures that the platform accepts. Without it, it accepts none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pictures: Option<PictureLimits>,
}

/// A limit of the commentary.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct TextLimit {
    /// The way of counting.
    pub count: TextCount,
    /// The largest count.
    pub limit: usize,
    /// The count of a link, if the platform counts every link alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<usize>,
}

/// A way of counting a text.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextCount {
    /// Characters as readers see them.
    Graphemes,
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16.
    Utf16,
    /// Unicode code points.
    CodePoints,
    /// Weighted characters of X: 1 for Latin and similar scripts, otherwise 2.
    XWeighted,
}

/// The pictures that a platform accepts. Other pictures are converted and scaled.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct PictureLimits {
    /// The types: `image/jpeg`, `image/png`, `image/gif`, `image/webp`.
    pub types: Vec<String>,
    /// The largest size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// The largest number of pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels: Option<u64>,
    /// `true` if a post without a picture is not sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
}

/// The task to encode a post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ComposeTask {
    /// The post.
    pub post: SinkPost,
    /// The values that `discover` returned; empty if the server was not asked.
    #[serde(default)]
    pub server_info: Map<String, Value>,
}

/// The task to upload media and look up what the platform assigns.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct PrepareTask {
    /// The steps, without their answer tables.
    pub steps: Vec<StepSpec>,
    /// The media of the steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<SinkMedium>,
}

/// The result of `prepare`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct PrepareOk {
    /// The values of the slots that the platform assigns.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub slots: Map<String, Value>,
    /// The post, if the platform has it already. Nothing is sent then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exists: Option<PostReceipt>,
}

/// The task to compute slots from the time and the key of the attempt, without the network.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct SealTask {
    /// The time of the attempt, by RFC 3339 with milliseconds.
    pub now: String,
    /// The key of the attempt, which no two attempts share.
    pub key: String,
    /// The slots that have a value.
    #[serde(default)]
    pub slots: Map<String, Value>,
    /// The steps, without their answer tables.
    pub steps: Vec<StepSpec>,
    /// The secrets of `wants.seal_secrets`, which the user granted.
    #[serde(default, skip_serializing_if = "SealSecrets::is_empty")]
    pub secrets: SealSecrets,
}

/// Secrets by their names. `Debug` shows only the names.
#[derive(Clone, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct SealSecrets(pub BTreeMap<String, String>);

impl SealSecrets {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for SealSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The result of `seal`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SealOk {
    /// Further slots.
    pub slots: Map<String, Value>,
}

/// The task to send the message of a step.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct SendTask {
    /// The name of the step.
    pub step: String,
    /// The delivery.
    pub prepared: PreparedSpec,
}

/// A delivery whose slots are filled.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct PreparedSpec {
    /// The steps, without their answer tables.
    pub steps: Vec<StepSpec>,
    /// The slots that have a value.
    #[serde(default)]
    pub slots: Map<String, Value>,
}

/// The result of `send`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SendOk {
    /// The receipt of the post, from the step that creates it.
    pub receipt: PostReceipt,
}

/// The task to look for a post whose delivery is unknown.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct FindTask {
    /// The post.
    pub sought: SoughtPost,
}

/// A post that may exist.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SoughtPost {
    /// The time before which the post cannot have been created, by RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The slots of the attempt.
    pub slots: Map<String, Value>,
    /// The URLs that the post links to.
    pub links: Vec<String>,
    /// The title of the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The creating request that was sent, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepSpec>,
}

/// The result of `find`: exactly one of the fields.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct FindOk {
    /// The post exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here: Option<FoundPost>,
    /// `true` if the platform was read back to `since` without gaps, and the post does not exist.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_there: bool,
    /// The reason why the platform's answer proves nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
}

/// A post that was found.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct FoundPost {
    /// The receipt.
    #[serde(flatten)]
    pub receipt: PostReceipt,
    /// The property by which it was recognised.
    pub by: MatchedBy,
}

/// The property by which a post was recognised.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// A key of the attempt, which no other post has.
    Key,
    /// The link, which no other post of the account has.
    Link,
}

/// A created post as the platform names it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct PostReceipt {
    /// The identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The public URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The time of publication, by RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Further values that address the post later. Never a secret.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// The task to list the posts of the account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct ListTask {
    /// The position after an earlier page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// The result of `list`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct ListOk {
    /// The posts, newest first.
    pub posts: Vec<ListedPost>,
    /// The position of the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A post of a list.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct ListedPost {
    /// The receipt.
    #[serde(flatten)]
    pub receipt: PostReceipt,
    /// The URLs that it links to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// The title, or the beginning of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The task to return the receipt of a post that a user names.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct LocateTask {
    /// An identifier or URL.
    pub address: String,
}

/// The task to change a post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct UpdateTask {
    /// The receipt of the post.
    pub receipt: PostReceipt,
    /// The steps of the revision with all slots filled.
    pub steps: Vec<StepSpec>,
}

/// The task to delete a post.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct RetractTask {
    /// The receipt of the post.
    pub receipt: PostReceipt,
}

/// A task without fields: `discover`, whose result are the values of the server, and `account`.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct EmptyTask {}

/// The result of `account`.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct AccountOk {
    /// The platform's identifier of the account, which never changes.
    pub id: String,
    /// The name of the account as its users write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
