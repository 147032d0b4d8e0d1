//! Runs the sign-in in the way that the platform needs, and returns the new credential.

use syndicate_api::{Context, Credential, Flow, Provider, SignIn};

use super::options::LoginOptions;
use super::{oauth, typed};
use crate::auth::TokenFiles;
use crate::cli::failure::CliError;

/// A sign-in that is about to begin.
pub(super) struct SignInRun<'a> {
    pub(super) cx: &'a Context,
    pub(super) options: &'a LoginOptions,
    pub(super) files: &'a TokenFiles,
    pub(super) platform: &'a dyn SignIn,
    pub(super) provider: &'a Provider,
}

impl SignInRun<'_> {
    /// Signs in and returns the new credential, which is not stored yet.
    pub(super) async fn run(&self, flow: &Flow) -> Result<Credential, CliError> {
        match flow {
            Flow::Browser(server) => oauth::with_browser(self, server).await,
            Flow::Code(_) if self.options.secret_stdin => {
                typed::with_key(self, "Access token").await
            }
            Flow::Code(server) => oauth::with_code(self, server).await,
            Flow::Password {
                user,
                secret,
                known_user,
            } => typed::with_password(self, user, secret, known_user.as_deref()).await,
            Flow::Key { secret } => typed::with_key(self, secret).await,
        }
    }
}
