//! The payload: a post encoded for one sink. It is made by a pure function and sent as previewed. Only values
//! that the platform assigns, such as the identifier of an upload, are left open as *slots* until then.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::canonical_json;
use crate::http::HttpRequest;

/// The key of a slot: `{"$slot":"author"}` is replaced by the author's identifier, `{"$slot":"media:0"}` by
/// that of the first uploaded medium.
pub const SLOT_KEY: &str = "$slot";

/// A post encoded for one sink, which can be previewed, hashed and sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The type of the sink, such as `linkedin`.
    pub sink: &'static str,
    /// The name of the wire format, of which a sink may have several.
    pub dialect: &'static str,
    /// The creating request, then the requests that follow it.
    pub requests: Vec<Request>,
    /// The media, in the order of their slots `media:0`, `media:1`, ….
    pub media: Vec<Medium>,
}

/// A request of a payload. Host, API version and credentials are not part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The path after the sink's endpoint.
    pub path: String,
    /// The body, which may contain slots.
    pub body: Value,
}

/// A file to upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// The bytes to upload.
    pub bytes: Bytes,
    /// The MIME type, as detected from the bytes.
    pub media_type: &'static str,
    /// The original file, relative to pipeline.yaml.
    pub file: Option<String>,
    /// Width and height in pixels, for pictures.
    pub pixels: Option<(u32, u32)>,
    /// The SHA-256 of the original file in hexadecimal, if the bytes differ from it only by removed metadata or
    /// rotation.
    pub source: Option<String>,
}

impl Medium {
    /// Returns the SHA-256 of the bytes in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(&self.bytes)
    }

    /// Returns the SHA-256 of the original file in hexadecimal, for comparing media of two versions of a post.
    /// Removed metadata changes nothing that readers see.
    #[must_use]
    pub fn source_sha256(&self) -> String {
        self.source.clone().unwrap_or_else(|| self.sha256())
    }
}

impl Payload {
    /// Returns a payload of one `POST` request with a JSON body and without media, in the dialect `v1`.
    #[must_use]
    pub fn post(sink: &'static str, path: impl Into<String>, body: Value) -> Self {
        let request = Request {
            method: "POST",
            path: path.into(),
            body,
        };
        Self {
            sink,
            dialect: "v1",
            requests: vec![request],
            media: Vec::new(),
        }
    }

    /// Returns `sha256:` and the hash of sink type, dialect, requests with their slots in canonical JSON, and the
    /// SHA-256 of each medium. Endpoint, API version, tokens and time are not part of it.
    #[must_use]
    pub fn hash(&self) -> String {
        let value = json!({
            "sink": self.sink,
            "dialect": self.dialect,
            "requests": self.requests,
            "media": self.media.iter().map(Medium::sha256).collect::<Vec<_>>(),
        });
        format!("sha256:{}", sha256_hex(canonical_json(&value).as_bytes()))
    }

    /// Returns the payload with its slots filled.
    ///
    /// # Errors
    /// Returns an error that names the first slot without a value.
    pub fn fill(&self, slots: BTreeMap<String, String>) -> anyhow::Result<Prepared> {
        let requests = self
            .requests
            .iter()
            .map(|request| {
                let body = fill_value(&request.body, &slots)?;
                Ok(Request {
                    method: request.method,
                    path: request.path.clone(),
                    body,
                })
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Prepared {
            requests,
            slots,
            account: None,
        })
    }
}

/// A payload with filled slots. The ledger records it before the creating request is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The requests as they are sent.
    pub requests: Vec<Request>,
    /// The values of the slots.
    pub slots: BTreeMap<String, String>,
    /// The account that creates the post, by the platform's identifier; `None` if the sink has no account.
    pub account: Option<String>,
}

impl Request {
    /// Returns the HTTP request with this method, this path below `endpoint`, and the body as JSON.
    #[must_use]
    pub fn to_http(&self, endpoint: &str) -> HttpRequest {
        let url = format!("{}{}", endpoint.trim_end_matches('/'), self.path);
        HttpRequest::new(self.method, url)
            .header("content-type", "application/json")
            .body(self.bytes())
    }

    /// Returns a slot for a body.
    #[must_use]
    pub fn slot(name: &str) -> Value {
        json!({ SLOT_KEY: name })
    }

    /// Returns the body as canonical JSON.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        Bytes::from(canonical_json(&self.body))
    }
}

fn fill_value(value: &Value, slots: &BTreeMap<String, String>) -> anyhow::Result<Value> {
    Ok(match value {
        Value::Object(map) => match map.get(SLOT_KEY).and_then(Value::as_str) {
            Some(name) if map.len() == 1 => {
                let filled = slots.get(name);
                Value::from(
                    filled
                        .ok_or_else(|| anyhow::anyhow!("slot `{name}` is not filled"))?
                        .as_str(),
                )
            }
            _ => Value::Object(
                map.iter()
                    .map(|(key, value)| Ok((key.clone(), fill_value(value, slots)?)))
                    .collect::<anyhow::Result<_>>()?,
            ),
        },
        Value::Array(values) => Value::Array(
            values
                .iter()
                .map(|value| fill_value(value, slots))
                .collect::<anyhow::Result<_>>()?,
        ),
        scalar => scalar.clone(),
    })
}

/// Returns the SHA-256 of `bytes` in hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload() -> Payload {
        Payload {
            sink: "test",
            dialect: "one",
            requests: vec![Request {
                method: "POST",
                path: "/posts".to_owned(),
                body: json!({"author": Request::slot("author"), "images": [Request::slot("media:0")]}),
            }],
            media: vec![Medium {
                bytes: Bytes::from_static(b"picture"),
                media_type: "image/png",
                file: Some("a.png".to_owned()),
                pixels: None,
                source: None,
            }],
        }
    }

    #[test]
    fn fill_replaces_only_slots() {
        let slots = BTreeMap::from([
            ("author".to_owned(), "urn:a".to_owned()),
            ("media:0".to_owned(), "urn:m".to_owned()),
        ]);
        let prepared = payload().fill(slots).unwrap();
        assert_eq!(
            prepared.requests[0].body,
            json!({"author": "urn:a", "images": ["urn:m"]})
        );
        let missing = payload().fill(BTreeMap::new()).unwrap_err();
        assert!(missing.to_string().contains("is not filled"), "{missing}");
    }

    #[test]
    fn hash_ignores_file_name() {
        let original = payload();
        let mut renamed = original.clone();
        renamed.media[0].file = None;
        assert_eq!(original.hash(), renamed.hash());
        let mut repainted = original.clone();
        repainted.media[0].bytes = Bytes::from_static(b"other");
        assert_ne!(original.hash(), repainted.hash());
        let mut reworded = original.clone();
        reworded.requests[0].body["x"] = json!(1);
        assert_ne!(original.hash(), reworded.hash());
    }
}
