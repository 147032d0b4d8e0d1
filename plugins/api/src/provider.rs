//! The OAuth 2.0 server of a platform.

use crate::Secret;

/// An OAuth 2.0 server (RFC 6749) and the app that is registered there.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The platform's name in commands and file names.
    pub platform: &'static str,
    /// The platform's name in messages.
    pub title: &'static str,
    /// The identity of the server. A credential of another issuer, such as a sandbox, is not used here.
    pub issuer: String,
    /// The URL of the authorization endpoint.
    pub authorize: String,
    /// The URL of the token endpoint.
    pub token: String,
    /// The URL of the revocation endpoint (RFC 7009), if there is one.
    pub revoke: Option<String>,
    /// The app's identifier.
    pub client_id: Secret,
    /// The secret of the app.
    pub client_secret: Secret,
    /// The scopes to request.
    pub scopes: Vec<String>,
    /// The name under which the credential is stored.
    pub profile: String,
    /// Instructions for registering an app, with `{redirect}` for the redirect URL.
    pub setup: &'static str,
    /// The URL of the page on which users revoke the app's access.
    pub permissions: &'static str,
}
