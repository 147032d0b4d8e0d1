//! The server that issues the credentials of a platform.

use crate::Name;

/// The server that issues the credentials of a platform, and the profile that stores them.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The platform's name in commands and file names.
    pub platform: Name,
    /// The platform's name in messages.
    pub title: Name,
    /// The identity of the server. A credential of another issuer, such as a sandbox, is not used here.
    pub issuer: String,
    /// The name under which the credential is stored.
    pub profile: String,
    /// Instructions for creating what the login asks for: an app, with `{redirect}` for the redirect URL, or an app
    /// password or a key.
    pub setup: Name,
    /// The URL of the page on which users revoke the access.
    pub permissions: Name,
}
