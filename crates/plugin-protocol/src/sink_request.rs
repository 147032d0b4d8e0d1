//! HTTP requests as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An HTTP request that the host sends. It has at most one body: `json`, `form`, `parts` or `medium`. In the requests
/// of steps, a value can be a slot: `{"$slot": NAME}`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct HttpSpec {
    /// The method, such as `POST`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// The segments of the path after the endpoint, not encoded. An empty last segment is a trailing slash.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Value>,
    /// A whole URL in place of `path`, on a host of `wants.hosts`. Only in a `call`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The names and values of the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(String, Value)>,
    /// The headers. Credentials are never among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, Value)>,
    /// A body of JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// A body of names and values, as `application/x-www-form-urlencoded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Vec<(String, Value)>>,
    /// A body of parts, as `multipart/form-data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<PartSpec>>,
    /// A body of the bytes of the medium with this index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<usize>,
    /// In place of all other fields: a message that the plugin sends itself, in `send`. Only in the steps of plugins with
    /// the permission `network`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageSpec>,
}

/// A message of another protocol than HTTP. Its content is part of the hash, as a request would be.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct MessageSpec {
    /// The name of the protocol, such as `smtp`, for previews.
    pub protocol: String,
    /// The content, in which values can be slots.
    pub content: Value,
}

/// A part of a `multipart/form-data` body: a text or a medium.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct PartSpec {
    /// The name of the field.
    pub name: String,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Value>,
    /// The index of the medium.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<usize>,
    /// The file name of the medium. Only in a `call`; in steps, it is the `file_name` of the medium.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// The response to a request of a `call`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The headers, with names in lower case. Cookies are not among them.
    pub headers: Map<String, Value>,
    /// The body, if it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// The body, if it is other text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// `true` if the body was longer than the host reads.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

/// Requests that a plugin asks the host to send, before it answers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct Call {
    /// The requests, which are sent in order. Each may be repeated without harm.
    pub call: Vec<HttpSpec>,
    /// The seconds that the host waits before it sends them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<f64>,
}

/// The responses to a [`Call`], in its order.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct CallAnswers {
    /// The `id` of the request that the plugin is working on.
    pub id: u64,
    /// The responses.
    pub answers: Vec<HttpAnswer>,
}

/// Advice to stop working on a request.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct Cancel {
    /// The `id` of the request.
    pub cancel: u64,
}
