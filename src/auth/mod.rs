//! Signs users in with OAuth 2.0: the authorization code flow (RFC 6749, section 4.1) with loopback
//! redirects (RFC 8252) or a pasted code, for all platforms, and the files that store and renew
//! tokens, also those of other logins. This module contains nothing specific to a platform;
//! endpoints, scopes and the meaning of responses come from the sink's
//! [`SignIn`](syndicate_api::SignIn). It neither prints nor reads from the terminal; `cli::auth`
//! does.
//!
//! `redirect` holds the redirect URI, `pending` the callback that a login expects, `pkce` its code
//! challenge, `listener` receives callbacks from the browser, `server` calls the token endpoint,
//! `login` runs the flow, and `store` keeps the tokens.

mod form;
mod keychain;
mod listener;
mod login;
mod pending;
mod pkce;
mod private_file;
mod redirect;
mod server;
mod store;
mod wire;

pub(crate) use self::listener::Listener;
pub(crate) use self::login::{Login, LoginEvent};
pub(crate) use self::pending::Pending;
pub(crate) use self::redirect::RedirectUri;
pub(crate) use self::server::revoke_token;
pub(crate) use self::store::{StoredToken, TokenFiles, TokenLocation};
