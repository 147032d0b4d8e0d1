//! Requests to an OAuth server, and their error responses.

use std::fmt;

/// A request to the OAuth server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthRequest {
    /// The user's consent (authorization request).
    Consent,
    /// An access token for an authorization code.
    Token,
    /// An access token for a refresh token.
    Renewal,
    /// The revocation of a token.
    Revocation,
}

/// An OAuth error response (RFC 6749, section 5.2).
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthError {
    /// The request that failed.
    pub request: OAuthRequest,
    /// The error code, such as `invalid_client`.
    pub error: String,
    /// The error description, without secrets.
    pub description: String,
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.request, self.error)
    }
}
