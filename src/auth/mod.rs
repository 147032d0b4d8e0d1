//! Signing in: the OAuth 2.0 flow of a person with a browser (RFC 6749, section 4.1, with the loopback
//! redirects of RFC 8252), written once for all platforms, and the files that keep what was granted.
//! It knows no platform: where to ask, for what, and what an answer means comes from the sink's
//! [`SignIn`](syndicate_api::SignIn). It neither prints nor reads a terminal; that is the command
//! line's.
//!
//! A login goes through these files: `redirect` is where the browser comes back to, `pending` the one
//! answer that is waited for, `listener` and pasted lines bring it, `server` makes a grant of it,
//! `login` puts them in order, and `store` keeps the grant.

mod form;
mod keychain;
mod listener;
mod login;
mod own_file;
mod pending;
mod redirect;
mod server;
mod store;
mod wire;

pub(crate) use self::listener::Listener;
pub(crate) use self::login::{Login, LoginEvent};
pub(crate) use self::pending::Pending;
pub(crate) use self::redirect::RedirectUri;
pub(crate) use self::server::{App, give_back};
pub(crate) use self::store::{StoredToken, TokenFiles, TokenLocation};
