//! The payload: a post encoded for one sink. It is made by a pure function and sent as previewed. Only values
//! that are not known before the delivery are left open as *slots*: what the platform assigns, such as the
//! identifier of an upload, and what is fixed with the intent, such as its time.

mod body;
mod fill;
mod medium;
mod medium_bytes;
mod prepared;
mod request;
mod sha256;
mod slot;
mod step;

use serde_json::{Value, json};

pub use self::body::{Body, Part, PartContent};
pub use self::medium::Medium;
pub use self::medium_bytes::{MediumBytes, ReadMedium};
pub use self::prepared::{Prepared, Readiness, Ready, Repeat, Stamp};
pub use self::request::Request;
pub(crate) use self::sha256::hex;
pub use self::sha256::sha256_hex;
pub use self::slot::{SLOT_KEY, Slots, slot};
pub use self::step::{Role, Step};
use crate::{Name, canonical_json};

/// A post encoded for one sink, which can be previewed, hashed and sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The type of the sink, such as `linkedin`.
    pub sink: Name,
    /// The name of the wire format, of which a sink may have several.
    pub dialect: Name,
    /// The steps in order. Exactly one has the role [`Role::Create`].
    pub steps: Vec<Step>,
    /// The media, in the order of their slots `media:0`, `media:1`, ….
    pub media: Vec<Medium>,
}

impl Payload {
    /// Returns a payload whose only step is the creating request, without media, in the dialect `v1`.
    #[must_use]
    pub fn new(sink: impl Into<Name>, create: Request) -> Self {
        Self {
            sink: sink.into(),
            dialect: Name::Borrowed("v1"),
            steps: vec![Step::create(create)],
            media: Vec::new(),
        }
    }

    /// Returns a payload of one `POST` request with a JSON body and without media, in the dialect `v1`. `path` is the
    /// path after the sink's endpoint, whose segments are encoded when it is sent.
    #[must_use]
    pub fn post(sink: impl Into<Name>, path: &str, body: Value) -> Self {
        Self::new(sink, Request::post(path).json(body))
    }

    /// Returns the creating request; `None` if the payload is broken.
    #[must_use]
    pub fn create(&self) -> Option<&Request> {
        let mut creates = self.steps.iter().filter(|step| step.role == Role::Create);
        creates.next().map(|step| &step.request)
    }

    /// Returns `sha256:` and the hash of sink type, dialect, every step with its slots in canonical JSON, and of
    /// each medium the SHA-256 of its bytes and what is sent with it. Endpoint, API version, tokens and time are not
    /// part of it.
    #[must_use]
    pub fn hash(&self) -> String {
        let steps = self.steps.iter().map(|step| {
            let Request {
                method,
                path,
                query,
                headers,
                body,
            } = &step.request;
            json!({"role": step.role, "method": method, "path": path, "query": query, "headers": headers,
                "body": body})
        });
        let media = self.media.iter().map(|medium| {
            json!({"sha256": medium.sha256(), "alt": medium.alt, "file_name": medium.file_name})
        });
        let value = json!({
            "sink": self.sink,
            "dialect": self.dialect,
            "steps": steps.collect::<Vec<_>>(),
            "media": media.collect::<Vec<_>>(),
        });
        format!("sha256:{}", sha256_hex(canonical_json(&value).as_bytes()))
    }
}

#[cfg(test)]
mod tests;
