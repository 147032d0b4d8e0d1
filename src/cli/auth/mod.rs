//! `syndicate auth`: signing in, who is signed in, and signing out. The flow is in
//! [`auth`](crate::auth); here are its flags, its questions and its words.

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
pub(super) struct Options {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Sign in with the browser, and keep the token
    Login(login::Options),
    /// Show who is signed in, for what and until when
    Status(status::Options),
    /// Give the token back, and forget it
    Logout(logout::Options),
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    match &options.verb {
        Verb::Login(options) => login::run(global, options).await,
        Verb::Status(options) => status::run(global, options).await,
        Verb::Logout(options) => logout::run(global, options).await,
    }
}
