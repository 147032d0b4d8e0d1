//! The app that signs in: its identifier and its secret. A secret on the command line would be visible
//! to all users of the machine and stay in the shell's history, so there is no flag for it.

use syndicate_api::{Env, ExposeSecret as _, Provider, SecretString, masked_secret};

use super::prompt;
use crate::cli::failure::CliError;

/// Returns the app's identifier: of the flag, else of the options or their variable.
pub(super) fn client_id(
    flag: Option<&str>,
    provider: &Provider,
    env: &Env,
) -> Result<String, CliError> {
    let own = provider.client_id.resolve(env);
    let id = match (flag, own) {
        (Some(flag), _) => flag.trim().to_owned(),
        (None, Ok(id)) => id,
        (None, Err(unset)) => return Err(missing(provider, "client ID", &unset.to_string())),
    };
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(missing(
            provider,
            "client ID",
            "it is empty or holds a space",
        ));
    }
    Ok(id)
}

/// Returns the app's secret: of standard input if that was asked for, else of the options or their
/// variable, else as it is typed.
pub(super) fn client_secret(
    from_stdin: bool,
    provider: &Provider,
    env: &Env,
) -> Result<SecretString, CliError> {
    let unreadable = |error: std::io::Error| {
        CliError::Other(anyhow::Error::new(error).context("cannot read the client secret"))
    };
    let secret = match provider.client_secret.reveal(env) {
        _ if from_stdin => masked_secret(prompt::first_line().map_err(unreadable)?),
        Ok(secret) => secret,
        Err(_) if prompt::is_interactive() => {
            let question = format!("Client secret of your {} app: ", provider.title);
            let typed = prompt::prompt_password(&question).map_err(unreadable)?;
            masked_secret(typed.trim())
        }
        Err(unset) => return Err(missing(provider, "client secret", &unset.to_string())),
    };
    if secret.expose_secret().is_empty() {
        return Err(missing(provider, "client secret", "it is empty"));
    }
    Ok(secret)
}

fn missing(provider: &Provider, what: &str, why: &str) -> CliError {
    let message = format!(
        "the {what} of your {} app is missing: {why}",
        provider.title
    );
    let hint = "make an app, copy its client ID and client secret into the environment, and see \
                `syndicate auth login --help`";
    CliError::usage(message, hint)
}
