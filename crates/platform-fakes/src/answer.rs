//! The answer of a fake.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

/// A complete response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// Returns a JSON response.
    ///
    /// # Panics
    /// Panics if `status` is not a status code.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self::with_type(status, "application/json; charset=utf-8", body.to_string())
    }

    /// Returns a plain text response.
    ///
    /// # Panics
    /// Panics if `status` is not a status code.
    #[must_use]
    pub fn text(status: u16, body: &str) -> Self {
        Self::with_type(status, "text/plain; charset=utf-8", body.to_owned())
    }

    /// Returns an HTML page.
    ///
    /// # Panics
    /// Panics if `status` is not a status code.
    #[must_use]
    pub fn html(status: u16, body: &str) -> Self {
        Self::with_type(status, "text/html; charset=utf-8", body.to_owned())
    }

    /// Returns a response without a body.
    ///
    /// # Panics
    /// Panics if `status` is not a status code.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status: status_code(status),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// Returns the refusal of a request that the real server would accept in part, for example by
    /// ignoring a misspelt field. No real server answers like this.
    pub(crate) fn strict(message: &str) -> Self {
        Self::json(400, &json!({"fake_refusal": message}))
    }

    /// Returns `true` for a refusal by [`Answer::strict`].
    pub(crate) fn is_strict(&self) -> bool {
        self.body.starts_with(b"{\"fake_refusal\":")
    }

    /// Adds a header.
    ///
    /// # Panics
    /// Panics if the name or the value is invalid.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        let value = HeaderValue::from_str(value).expect("a header value");
        self.headers.insert(name, value);
        self
    }

    fn with_type(status: u16, media_type: &str, body: String) -> Self {
        let mut answer = Self::empty(status).with(header::CONTENT_TYPE.as_str(), media_type);
        answer.body = Bytes::from(body);
        answer
    }

    /// Converts it for axum.
    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

#[cfg(test)]
impl Answer {
    /// Returns the body as JSON.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.content()))
    }

    /// Returns the body as text.
    pub(crate) fn content(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

fn status_code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status code")
}
