//! The payload: a post encoded for one sink's wire. It is made by a pure function, previewed as it
//! is, and sent as it was previewed; two kinds of values that only the platform knows stay open as
//! *slots* until then, and nothing else does.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::canonical_json;

/// The key of a slot: `{"$slot":"author"}` stands for the author's identifier, `{"$slot":"media:0"}`
/// for that of the first uploaded medium.
pub const SLOT_KEY: &str = "$slot";

/// A post encoded for one sink, ready to be previewed, hashed and sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The type of the sink, such as `linkedin`.
    pub sink: &'static str,
    /// Which of the sink's wire formats this is.
    pub dialect: &'static str,
    /// The creating request, then what must follow it.
    pub requests: Vec<Request>,
    /// The media, in the order of their slots `media:0`, `media:1`, ….
    pub media: Vec<Medium>,
}

/// One request of a payload. Host, version and credentials are not part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Request {
    /// The HTTP method.
    pub method: &'static str,
    /// The path below the sink's endpoint.
    pub path: String,
    /// The body, in which slots may stand.
    pub body: Value,
}

/// Bytes to upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// The bytes, as they will be uploaded.
    pub bytes: Bytes,
    /// The MIME type that the bytes themselves show.
    pub media_type: &'static str,
    /// The file they were made from, relative to pipeline.yaml.
    pub file: Option<String>,
    /// Width and height in pixels, for pictures.
    pub pixels: Option<(u32, u32)>,
    /// SHA-256, in hexadecimal, of a file that shows the same and would go out itself, were it upright
    /// and free of metadata.
    pub source: Option<String>,
}

impl Medium {
    /// SHA-256 of the bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(&self.bytes)
    }

    /// SHA-256, in hexadecimal, by which a medium is compared with that of an earlier version of the
    /// post: the file's, since what is cut out of it changes nothing that readers see.
    #[must_use]
    pub fn source_sha256(&self) -> String {
        self.source.clone().unwrap_or_else(|| self.sha256())
    }
}

impl Payload {
    /// `sha256:` and the hash over sink type, dialect, the slotted requests in canonical JSON and
    /// the SHA-256 of each medium. Endpoint, API version, tokens and time are not in it.
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

    /// The payload with its slots filled, ready to be sent.
    ///
    /// # Errors
    /// Names the first slot that `slots` does not fill.
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

/// A payload whose slots are filled. What it holds is on record before anything is created.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The requests, exactly as they are sent.
    pub requests: Vec<Request>,
    /// What the slots were filled with.
    pub slots: BTreeMap<String, String>,
    /// The account that the post is created under, as the platform names it, where the sink knows.
    pub account: Option<String>,
}

impl Request {
    /// A slot to stand in a body.
    #[must_use]
    pub fn slot(name: &str) -> Value {
        json!({ SLOT_KEY: name })
    }

    /// The body as it goes over the wire.
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

/// SHA-256 of `bytes`, in hexadecimal.
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
    fn slots_are_filled_and_nothing_else() {
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
    fn the_hash_follows_text_and_picture_but_not_the_file_name() {
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
