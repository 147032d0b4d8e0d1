//! Sets the security headers of responses.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Sets the headers that protect a response from other sites and from caches. `policy` is its
/// `Content-Security-Policy`.
pub fn set_headers(headers: &mut HeaderMap, policy: &'static str) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
