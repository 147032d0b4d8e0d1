//! The ways in which users sign in.

use secrecy::SecretString;

use crate::{Name, Secret};

/// The way in which users sign in.
#[derive(Clone, Debug)]
pub enum Flow {
    /// The OAuth authorization code flow with a redirect to this machine (RFC 8252).
    Browser(OAuth),
    /// The OAuth authorization code flow whose last page shows the code, which the user pastes. The redirect URI is
    /// [`Flow::OUT_OF_BAND`]. A token that the user created on the platform can be stored instead.
    Code(OAuth),
    /// A user name and a password, which [`crate::SignIn::sign_in`] exchanges for tokens.
    Password {
        /// The prompt for the user name, such as `Handle`.
        user: Name,
        /// The prompt for the password, such as `App password`.
        secret: Name,
        /// The user name in the sink's options, if it is there.
        known_user: Option<String>,
    },
    /// A key that the user created on the platform. It is stored as the access token.
    Key {
        /// The prompt for the key, such as `API key`.
        secret: Name,
    },
}

impl Flow {
    /// The redirect URI of [`Flow::Code`].
    pub const OUT_OF_BAND: &'static str = "urn:ietf:wg:oauth:2.0:oob";

    /// Returns the OAuth server, or `None` for a flow without one.
    #[must_use]
    pub fn oauth(&self) -> Option<&OAuth> {
        match self {
            Self::Browser(oauth) | Self::Code(oauth) => Some(oauth),
            Self::Password { .. } | Self::Key { .. } => None,
        }
    }

    /// Returns the OAuth server, or `None` for a flow without one.
    #[must_use]
    pub fn oauth_mut(&mut self) -> Option<&mut OAuth> {
        match self {
            Self::Browser(oauth) | Self::Code(oauth) => Some(oauth),
            Self::Password { .. } | Self::Key { .. } => None,
        }
    }
}

/// An OAuth 2.0 server (RFC 6749) and the app that is registered there.
#[derive(Clone, Debug)]
pub struct OAuth {
    /// The URL of the authorization endpoint.
    pub authorize: String,
    /// The URL of the token endpoint.
    pub token: String,
    /// The URL of the revocation endpoint (RFC 7009), if there is one.
    pub revoke: Option<String>,
    /// The app.
    pub client: OAuthClient,
    /// The scopes to request.
    pub scopes: Vec<String>,
    /// `true` to send a code challenge (PKCE, RFC 7636).
    pub pkce: bool,
}

/// The app that signs in.
#[derive(Clone, Debug)]
pub enum OAuthClient {
    /// The user registers the app, and the sink's options name it.
    Configured {
        /// The app's identifier.
        id: Secret,
        /// The secret of the app.
        secret: Secret,
    },
    /// The program registers the app, once per server, by [`crate::SignIn::register`].
    Registered,
}

/// An app that is registered at an OAuth server.
#[derive(Clone, Debug)]
pub struct OAuthApp {
    /// The client ID.
    pub client_id: String,
    /// The client secret.
    pub client_secret: SecretString,
}
