//! A request of a payload as data. Host, API version and credentials are added when it is sent.

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Body, Medium, Part, PartContent};
use crate::http::{HttpRequest, Multipart};
use crate::{Diagnostic, Name, canonical_json};

/// The characters of a path segment that are percent-encoded: all but the unreserved ones of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request of a payload. Host, API version and credentials are not part of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The HTTP method.
    pub method: Name,
    /// The segments of the path after the sink's endpoint, unencoded. An empty last segment is a trailing slash.
    pub path: Vec<Value>,
    /// The names and values of the query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(Name, Value)>,
    /// The headers that carry meaning. Credentials and the API version never stand here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(Name, Value)>,
    /// The body.
    #[serde(default)]
    pub body: Body,
}

impl Request {
    /// Returns a request with this method and without a body. `path` consists of segments that need no encoding,
    /// separated by `/`.
    #[must_use]
    pub fn new(method: impl Into<Name>, path: &str) -> Self {
        let path = path.strip_prefix('/').unwrap_or(path);
        Self {
            method: method.into(),
            path: path.split('/').map(Value::from).collect(),
            ..Self::default()
        }
    }

    /// Returns a `POST` request without a body.
    #[must_use]
    pub fn post(path: &str) -> Self {
        Self::new("POST", path)
    }

    /// Adds a segment to the path: a text, which is encoded, or its slot.
    #[must_use]
    pub fn segment(mut self, segment: impl Into<Value>) -> Self {
        self.path.push(segment.into());
        self
    }

    /// Adds a pair to the query.
    #[must_use]
    pub fn query(mut self, name: impl Into<Name>, value: impl Into<Value>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a header that carries meaning, which is part of the hash.
    #[must_use]
    pub fn header(mut self, name: impl Into<Name>, value: impl Into<Value>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets a JSON body.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        self.body(Body::Json(body))
    }

    /// Sets the body.
    #[must_use]
    pub fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    /// Returns a message that the sink sends by another protocol than HTTP.
    #[must_use]
    pub fn message(protocol: impl Into<Name>, content: Value) -> Self {
        Self::default().body(Body::Message {
            protocol: protocol.into(),
            content,
        })
    }

    /// Returns path and query, encoded. An open slot is shown as its name in braces.
    #[must_use]
    pub fn target(&self) -> String {
        let mut target = String::new();
        for segment in &self.path {
            target.push('/');
            target.extend(utf8_percent_encode(&text(segment), SEGMENT));
        }
        if !self.query.is_empty() {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(self.query.iter().map(|(name, value)| (name, text(value))));
            target.push('?');
            target.push_str(&query.finish());
        }
        target
    }

    /// Returns the HTTP request with this method, path and body below `endpoint`. It lacks media of the body.
    #[must_use]
    pub fn to_http(&self, endpoint: &str) -> HttpRequest {
        self.to_http_at(self.url(endpoint))
    }

    /// Returns the HTTP request with this method and body to exactly `url`, for sinks whose whole URL is a secret, so
    /// that path and query of this request are not all of it. It lacks media of the body.
    #[must_use]
    pub fn to_http_at(&self, url: impl Into<String>) -> HttpRequest {
        let mut request = HttpRequest::new(self.method.clone(), url);
        for (name, value) in &self.headers {
            request = request.header(name.clone(), text(value));
        }
        let content_type = match &self.body {
            Body::None | Body::Parts(_) | Body::Medium(_) | Body::Message { .. } => return request,
            Body::Json(_) => "application/json",
            Body::Form(_) => "application/x-www-form-urlencoded",
        };
        request
            .header("content-type", content_type)
            .body(self.bytes())
    }

    /// Returns the HTTP request with this method, path and body below `endpoint`. `media` are those of the payload.
    ///
    /// # Errors
    /// Returns an error if a medium of the body cannot be read.
    pub fn with_media(&self, endpoint: &str, media: &[Medium]) -> Result<HttpRequest, Diagnostic> {
        self.with_media_at(self.url(endpoint), media)
    }

    /// Returns the HTTP request with this method and body to exactly `url`, whose path and query replace those of this
    /// request. `media` are those of the payload.
    ///
    /// # Errors
    /// Returns an error if a medium of the body cannot be read.
    pub fn with_media_at(
        &self,
        url: impl Into<String>,
        media: &[Medium],
    ) -> Result<HttpRequest, Diagnostic> {
        let request = self.to_http_at(url);
        Ok(match &self.body {
            Body::Parts(parts) => request.multipart(&form(parts, media)?),
            Body::Medium(index) => match media.get(*index) {
                Some(medium) => request
                    .header("content-type", medium.media_type.clone())
                    .body(medium.bytes.read()?),
                None => request,
            },
            Body::None | Body::Json(_) | Body::Form(_) | Body::Message { .. } => request,
        })
    }

    fn url(&self, endpoint: &str) -> String {
        format!("{}{}", endpoint.trim_end_matches('/'), self.target())
    }

    /// Returns the body: JSON in canonical form, or an encoded form. Bodies with media are empty here.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.body {
            Body::Json(value) => Bytes::from(canonical_json(value)),
            Body::Form(fields) => {
                let mut form = url::form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(fields.iter().map(|(name, value)| (name, text(value))));
                Bytes::from(form.finish())
            }
            Body::None | Body::Parts(_) | Body::Medium(_) | Body::Message { .. } => Bytes::new(),
        }
    }
}

fn form(parts: &[Part], media: &[Medium]) -> Result<Multipart, Diagnostic> {
    let mut form = Multipart::new();
    for part in parts {
        form = match &part.content {
            PartContent::Text(value) => form.text(&part.name, text(value)),
            PartContent::Medium(index) => match media.get(*index) {
                Some(medium) => form.file(
                    &part.name,
                    medium.file_name.as_deref().unwrap_or("file"),
                    &medium.media_type,
                    medium.bytes.read()?,
                ),
                None => form,
            },
        };
    }
    Ok(form)
}

/// Returns a value as the text of a segment, header or form field.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) => match map.get(super::slot::SLOT_KEY).and_then(Value::as_str) {
            Some(name) => format!("{{{name}}}"),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}
