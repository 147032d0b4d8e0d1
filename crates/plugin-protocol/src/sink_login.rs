//! Credentials that a login yields: sessions of a password, and OAuth 2.0.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sink_request::HttpSpec;

/// The rule for a session: the host logs in with a password, stores the token and renews it.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
pub struct SessionRule {
    /// The secret with the password.
    pub secret: String,
    /// The user name, such as `{username}` for the value of an option.
    pub user: String,
    /// The request that logs in, with the slots `user` and `secret`.
    pub login: HttpSpec,
    /// The request that renews the session. The refresh token is its slot `refresh_token`; without this slot, it is sent
    /// as `Authorization: Bearer`. Without the request, the host logs in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renew: Option<HttpSpec>,
    /// The JSON Pointer of the token in the responses to both.
    pub token: String,
    /// The JSON Pointer of the refresh token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The JSON Pointer of the lifetime of the token in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<String>,
    /// The header with the token.
    #[serde(default = "authorization")]
    pub header: String,
    /// The text before the token.
    #[serde(default = "bearer")]
    pub prefix: String,
}

/// The rule for OAuth 2.0 (RFC 6749): the user signs in with `syndicate auth login`, and the host renews the token. It is
/// sent as `Authorization: Bearer`.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct OAuth2Rule {
    /// The secret with the client ID of the app.
    pub client_id: String,
    /// The secret with the client secret of the app.
    pub client_secret: String,
    /// The URL of the authorization endpoint, such as `{site}/oauth/authorize`.
    pub authorize: String,
    /// The URL of the token endpoint.
    pub token: String,
    /// The URL of the revocation endpoint (RFC 7009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
    /// The scopes to request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// `true` to send a code challenge (PKCE, RFC 7636).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pkce: bool,
    /// The instructions for creating the app, with `{redirect}` for the redirect URL.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub setup: String,
}

pub(crate) fn authorization() -> String {
    "Authorization".to_owned()
}

pub(crate) fn bearer() -> String {
    "Bearer ".to_owned()
}
