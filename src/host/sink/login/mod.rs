//! Logins: the host exchanges a password for a session, or has the user sign in with OAuth 2.0. It stores the tokens,
//! renews them and adds them to requests; the plugin only says how.

mod plugin_login;
mod session;

pub(crate) use self::plugin_login::PLUGIN_PLATFORM;
pub(super) use self::plugin_login::PluginLogin;
