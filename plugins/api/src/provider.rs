//! The OAuth 2.0 server of a platform.

use crate::Secret;

/// An OAuth 2.0 server (RFC 6749) and how we are known there.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The platform, as a word of the command line and of a file's name.
    pub platform: &'static str,
    /// The platform, as people write it.
    pub title: &'static str,
    /// What tells this server from a stand-in for it; a grant of one is not used with another.
    pub issuer: String,
    /// Where a person is asked.
    pub authorize: String,
    /// Where a code becomes a token.
    pub token: String,
    /// Where a token is given back.
    pub revoke: Option<String>,
    /// The app's identifier.
    pub client_id: Secret,
    /// The app's secret.
    pub client_secret: Secret,
    /// What to ask for.
    pub scopes: Vec<String>,
    /// Under which name the grant is kept.
    pub profile: String,
    /// How to make an app and have a redirect address registered, with `{redirect}` for that.
    pub setup: &'static str,
    /// Where a person takes the rights back by hand.
    pub permissions: &'static str,
}
