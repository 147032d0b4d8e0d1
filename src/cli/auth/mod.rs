//! `syndicate auth`: signs in, shows accounts and signs out. The OAuth flow is in
//! [`auth`](crate::auth); this module contains the options, prompts and output.

mod app;
mod browser;
mod login;
mod logout;
mod profile;
mod prompt;
mod status;

use clap::{Args, Subcommand};

use super::{CliError, ExitStatus, GlobalOptions};

/// Options of `auth`.
#[derive(Args, Debug)]
pub(super) struct AuthOptions {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Sign in and store the token
    Login(login::LoginOptions),
    /// Show accounts, scopes and expiry dates
    Status(status::StatusOptions),
    /// Revoke the token and delete it
    Logout(logout::LogoutOptions),
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &AuthOptions,
) -> Result<ExitStatus, CliError> {
    match &options.verb {
        Verb::Login(options) => login::run(global, options).await,
        Verb::Status(options) => status::run(global, options).await,
        Verb::Logout(options) => logout::run(global, options).await,
    }
}
