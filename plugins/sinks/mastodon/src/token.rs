//! Finds the token: in the option or its variable, else in the credentials that `syndicate auth login` stored.

use syndicate_api::{
    Account, Code, Context, Credential, CredentialSource, ExposeSecret as _, PublishError,
    PublishErrorKind, SecretString, SignIn,
};

use crate::options::{DEFAULT_PROFILE, Options};

/// The name of this platform on the command line.
pub(crate) const PLATFORM: &str = "mastodon";

/// Returns the token. A token of Mastodon does not expire, so that nothing is renewed.
///
/// # Errors
/// Returns `Unauthorized` without a token.
pub(crate) async fn get(
    cx: &Context,
    sign_in: &dyn SignIn,
    options: &Options,
) -> Result<SecretString, PublishError> {
    if let Some(token) = configured(cx, options)? {
        return Ok(token);
    }
    let source = CredentialSource::profile(sign_in);
    let stored = cx.credentials.get_or_refresh(cx, &source).await?;
    usable(sign_in, options, stored).map(|credential| credential.access_token)
}

/// Returns the account of the stored credential, if the options have no token.
///
/// # Errors
/// Returns `Unauthorized` without a token.
pub(crate) fn stored(
    cx: &Context,
    sign_in: &dyn SignIn,
    options: &Options,
) -> Result<Account, PublishError> {
    let stored = cx.credentials.get(PLATFORM, &options.profile);
    let stored = stored.map_err(|error| unauthorized(format!("{error:#}")))?;
    usable(sign_in, options, stored).map(|credential| credential.owner())
}

/// Returns the token of the options. A variable that is not set counts as none.
///
/// # Errors
/// Returns `Unauthorized` for a token that cannot be one.
pub(crate) fn configured(
    cx: &Context,
    options: &Options,
) -> Result<Option<SecretString>, PublishError> {
    let Ok(token) = options.token.reveal(&cx.env) else {
        return Ok(None);
    };
    let text = token.expose_secret();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(token));
    }
    let message = "the sink's `token` is empty or contains an invalid character, such as a space";
    Err(unauthorized(message).with_hint("copy the access token again"))
}

/// Returns the command that signs in for `profile`.
pub(crate) fn login_command(profile: &str) -> String {
    match profile {
        DEFAULT_PROFILE => format!("`syndicate auth login {PLATFORM}`"),
        profile => format!("`syndicate auth login {PLATFORM} --profile {profile}`"),
    }
}

/// Returns the credential if it is one of the sink's server.
fn usable(
    sign_in: &dyn SignIn,
    options: &Options,
    stored: Option<Credential>,
) -> Result<Credential, PublishError> {
    let issuer = sign_in.provider().issuer;
    let login = login_command(&options.profile);
    match stored {
        Some(credential) if credential.issuer == issuer => Ok(credential),
        Some(credential) => {
            let message = format!(
                "the profile `{}` is signed in to `{}`, not to `{issuer}`",
                options.profile, credential.issuer
            );
            let hint = format!("set another `profile`, and run {}", login_command("NAME"));
            Err(unauthorized(message).with_hint(hint))
        }
        None => {
            let message =
                "no access token: the variable of `token` is not set, and no login is stored";
            let hint = format!("run {login}, or set the environment variable `MASTODON_TOKEN`");
            Err(unauthorized(message).with_hint(hint))
        }
    }
}

fn unauthorized(message: impl Into<String>) -> PublishError {
    PublishError::new(PublishErrorKind::Unauthorized, Code::Unauthorized, message)
}
