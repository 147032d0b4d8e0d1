//! Signs in with what the user types: a password, or a key or token that the user created on the platform. Without a
//! terminal the secret is read from standard input. A flag for it does not exist, because other users of the machine
//! can see command lines, and the shell's history keeps them.

use syndicate_api::{Credential, Diagnostic, Password, PublishError, SecretString, masked_secret};

use super::sign_in_run::SignInRun;
use crate::cli::auth::prompt;
use crate::cli::failure::CliError;
use crate::cli::output::eprint_status;

/// Signs in with a user name and a password.
pub(super) async fn with_password(
    run: &SignInRun<'_>,
    user_prompt: &str,
    secret_prompt: &str,
    known_user: Option<&str>,
) -> Result<Credential, CliError> {
    let user = match run.options.user.as_deref().or(known_user) {
        Some(user) => user.trim().to_owned(),
        None if prompt::is_interactive() => {
            prompt::prompt_line(&format!("{user_prompt}:")).map_err(unreadable)?
        }
        None => return Err(missing(user_prompt, "add `--user NAME`")),
    };
    if user.is_empty() {
        return Err(missing(user_prompt, "add `--user NAME`"));
    }
    let secret = read_secret(run, secret_prompt, Some(&user))?;
    let password = Password {
        user: &user,
        secret: &secret,
    };
    let credential = run.platform.sign_in(run.cx, &password).await;
    credential.map_err(refused)
}

/// Signs in with a key or token, which is stored as it is.
pub(super) async fn with_key(
    run: &SignInRun<'_>,
    secret_prompt: &str,
) -> Result<Credential, CliError> {
    let key = read_secret(run, secret_prompt, None)?;
    let owner = run.platform.account(run.cx, &key, &[]).await;
    let issuer = run.provider.issuer.as_str();
    let owner = owner.map_err(refused)?;
    Ok(Credential::new(issuer, key, run.cx.now(), owner))
}

/// Reads the secret from standard input if that is requested, else from the terminal without echoing it.
fn read_secret(
    run: &SignInRun<'_>,
    what: &str,
    user: Option<&str>,
) -> Result<SecretString, CliError> {
    let typed = if run.options.secret_stdin {
        prompt::first_line().map_err(unreadable)?
    } else if prompt::is_interactive() {
        let setup = &run.provider.setup;
        if !setup.is_empty() {
            eprint_status(setup)?;
        }
        let of = user.map_or_else(String::new, |user| format!(" of {user}"));
        prompt::prompt_password(&format!("{what}{of}: ")).map_err(unreadable)?
    } else {
        return Err(missing(what, FROM_STDIN));
    };
    let secret = typed.trim();
    if secret.is_empty() {
        let hint = match run.options.secret_stdin {
            true => "the first line of standard input is empty: check the command that writes it",
            false => FROM_STDIN,
        };
        return Err(missing(what, hint));
    }
    Ok(masked_secret(secret))
}

const FROM_STDIN: &str = "add `--secret-stdin` to read it from the first line of standard input";

fn missing(what: &str, hint: &str) -> CliError {
    CliError::usage(format!("missing: {}", lower_first(what)), hint)
}

/// Returns a prompt as part of a sentence, such as `app password` for `App password` but `API key` as it is.
fn lower_first(prompt: &str) -> String {
    let mut chars = prompt.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{}", first.to_lowercase(), chars.as_str())
        }
        _ => prompt.to_owned(),
    }
}

fn unreadable(error: std::io::Error) -> CliError {
    CliError::Other(anyhow::Error::new(error).context("cannot read from the terminal"))
}

fn refused(error: PublishError) -> CliError {
    CliError::Other(Diagnostic::from(error).into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn prompt_in_sentence_keeps_acronyms() {
        assert_eq!(super::lower_first("App password"), "app password");
        assert_eq!(super::lower_first("API key"), "API key");
    }
}
