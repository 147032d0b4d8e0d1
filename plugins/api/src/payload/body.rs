//! The body of a request.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Name;

/// The body of a request. Every value may be a slot ([`slot`](super::slot)).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// JSON, sent in canonical form.
    Json(Value),
    /// Pairs of names and values as `application/x-www-form-urlencoded`. A name may occur several times.
    Form(Vec<(Name, Value)>),
    /// Parts of `multipart/form-data`.
    Parts(Vec<Part>),
    /// The bytes of the medium with this index, with its media type.
    Medium(usize),
    /// In place of an HTTP request: a message that the sink sends by another protocol.
    Message {
        /// The name of the protocol, for previews.
        protocol: Name,
        /// The content.
        content: Value,
    },
}

/// A part of a `multipart/form-data` body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The name of the field.
    pub name: Name,
    /// The content.
    pub content: PartContent,
}

/// The content of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartContent {
    /// A text, or its slot.
    Text(Value),
    /// The bytes of the medium with this index, as a file with its [`file_name`](super::Medium::file_name).
    Medium(usize),
}

impl Body {
    /// Returns the JSON value; `null` for another kind of body.
    #[must_use]
    pub fn as_json(&self) -> &Value {
        match self {
            Self::Json(value) => value,
            _ => &Value::Null,
        }
    }

    /// Returns the JSON value for changes; `None` for another kind of body.
    pub fn as_json_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::Json(value) => Some(value),
            _ => None,
        }
    }
}
