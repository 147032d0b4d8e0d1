//! Reads the client ID and client secret of the OAuth app. A flag for the secret does not exist, because
//! other users of the machine can see command lines, and the shell's history keeps them.

use syndicate_api::{Env, ExposeSecret as _, Provider, Secret, SecretString, masked_secret};

use super::prompt;
use crate::cli::failure::CliError;

/// Returns the client ID from the flag, the sink's options or the environment, in this order.
pub(super) fn client_id(
    flag: Option<&str>,
    own: &Secret,
    provider: &Provider,
    env: &Env,
) -> Result<String, CliError> {
    let own = own.resolve(env);
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

/// Returns the client secret from standard input if `from_stdin` is set; otherwise from the sink's
/// options, the environment or a prompt, in this order.
pub(super) fn client_secret(
    from_stdin: bool,
    own: &Secret,
    provider: &Provider,
    env: &Env,
) -> Result<SecretString, CliError> {
    let unreadable = |error: std::io::Error| {
        CliError::Other(anyhow::Error::new(error).context("cannot read the client secret"))
    };
    let secret = match own.reveal(env) {
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
    let hint = "create an app, copy its client ID and client secret into the environment, and see \
                `syndicate auth login --help`";
    CliError::usage(message, hint)
}
