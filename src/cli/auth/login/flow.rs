//! Selects the way in which the platform signs users in.

use syndicate_api::{Credential, Flow};

use super::sign_in_run::SignInRun;
use super::{oauth, typed};
use crate::cli::failure::CliError;

/// Signs in and returns the new credential, which is not stored yet.
pub(super) async fn sign_in(run: &SignInRun<'_>, flow: &Flow) -> Result<Credential, CliError> {
    match flow {
        Flow::Browser(server) => oauth::with_browser(run, server).await,
        Flow::Code(_) if run.options.secret_stdin => typed::with_key(run, "Access token").await,
        Flow::Code(server) => oauth::with_code(run, server).await,
        Flow::Password {
            user,
            secret,
            known_user,
        } => typed::with_password(run, user, secret, known_user.as_deref()).await,
        Flow::Key { secret } => typed::with_key(run, secret).await,
    }
}
