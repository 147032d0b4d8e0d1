//! A request as a fake received it.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, header};
use url::form_urlencoded;

/// A request with its complete body.
#[derive(Clone, Debug)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query without `?`, still percent-encoded; empty if there is none.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes of the body.
    pub body: Bytes,
    /// The parts of a `multipart/form-data` body, or the reason why it cannot be parsed. `None` for
    /// other bodies.
    pub parts: Option<Result<Vec<Part>, String>>,
}

/// A part of a `multipart/form-data` body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, if it is one.
    pub file_name: Option<String>,
    /// The declared media type.
    pub content_type: Option<String>,
    /// The bytes.
    pub bytes: Bytes,
}

impl Request {
    /// Returns a header as text. Names have no case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the declared media type in lower case, without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        let declared = self.header(header::CONTENT_TYPE.as_str())?;
        let essence = declared.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase())
    }

    /// Returns the body as text, with replacement characters for invalid UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the body as JSON, or `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the first value of a parameter of the query.
    #[must_use]
    pub fn query_value(&self, name: &str) -> Option<String> {
        self.query_pairs()
            .into_iter()
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// Returns the decoded parameters of the query, in order.
    #[must_use]
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.query.as_bytes())
            .into_owned()
            .collect()
    }

    /// Returns the segments of the path.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.trim_start_matches('/').split('/').collect()
    }
}

#[cfg(test)]
impl Request {
    /// Returns a request without headers and body.
    pub(crate) fn bare(method: Method, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            parts: None,
        }
    }

    /// Sets a header.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    /// Removes a header.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Sets a body with its media type.
    pub(crate) fn with_body(self, media_type: &str, body: &str) -> Self {
        let mut request = self.with("content-type", media_type);
        request.body = Bytes::from(body.to_owned());
        request
    }

    /// Sets a JSON body.
    pub(crate) fn with_json(self, body: &serde_json::Value) -> Self {
        self.with_body("application/json", &body.to_string())
    }
}
