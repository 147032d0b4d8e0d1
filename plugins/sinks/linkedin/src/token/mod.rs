//! Finds the token: in the option or its variable, then in the file of `token_file`, then in the
//! credentials stored by `syndicate auth login`. Stored credentials have an expiry and scopes, so
//! an unusable one is refused before anything is sent.

mod origin;
mod permissions;
pub(crate) mod renewal;
mod variable;

use std::path::{Path, PathBuf};

use syndicate_api::{
    Code, Context, Credential, CredentialSource, Diagnostic, ExposeSecret, PublishError,
    PublishErrorKind, SecretString, Sender, SignIn, masked_secret,
};

pub(crate) use self::origin::TokenOrigin;
use self::permissions::is_readable_by_others;
use crate::author::Author;
use crate::oauth_provider::{self, login_command};
use crate::options::{DEFAULT_PROFILE, Options};
use crate::scopes;

/// A usable token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) secret: SecretString,
    pub(crate) origin: TokenOrigin,
    /// The stored credential, if the token is from a profile.
    pub(crate) credential: Option<Credential>,
    /// The file of the option `token_file`, if other users of this machine can read it.
    pub(crate) exposed_file: Option<PathBuf>,
}

/// Returns the token. A stored credential is refreshed if necessary and possible.
///
/// # Errors
/// Returns `Unauthorized` if the token is missing or not usable.
pub(crate) async fn get_or_refresh(
    cx: &Context,
    sign_in: &dyn SignIn,
    options: &Options,
    author: &Author,
    base: &Path,
) -> Result<Token, PublishError> {
    if let Some(token) = configured(cx, options, author, base)? {
        return Ok(token);
    }
    let source = CredentialSource::profile(sign_in);
    let stored = cx.credentials.get_or_refresh(cx, &source).await;
    let stored = stored.map_err(|error| Diagnostic::from(error).into());
    from_profile(cx, options, author, stored)
}

/// Returns the token without any request.
///
/// # Errors
/// Returns the same errors as [`get_or_refresh`].
pub(crate) fn get(
    cx: &Context,
    options: &Options,
    author: &Author,
    base: &Path,
) -> Result<Token, PublishError> {
    if let Some(token) = configured(cx, options, author, base)? {
        return Ok(token);
    }
    let stored = cx
        .credentials
        .get(oauth_provider::PLATFORM, &options.profile);
    from_profile(cx, options, author, stored)
}

/// Returns the token of the options, if they have one. A variable that is not set counts as none.
fn configured(
    cx: &Context,
    options: &Options,
    author: &Author,
    base: &Path,
) -> Result<Option<Token>, PublishError> {
    if let Ok(secret) = options.token().reveal(&cx.env) {
        return validate(options, author, secret, TokenOrigin::Option).map(Some);
    }
    let Some(name) = &options.token_file else {
        return Ok(None);
    };
    let file = base.join(name);
    let text = std::fs::read_to_string(&file).map_err(|error| {
        let message = format!("cannot read the token file `{}`: {error}", name.display());
        unauthorized(message).with_hint("check that the sink's `token_file` is the right path")
    })?;
    let secret = masked_secret(text.trim());
    let token = validate(options, author, secret, TokenOrigin::File(name.clone()))?;
    let exposed_file = is_readable_by_others(&file).then_some(file);
    Ok(Some(Token {
        exposed_file,
        ..token
    }))
}

fn validate(
    options: &Options,
    author: &Author,
    secret: SecretString,
    origin: TokenOrigin,
) -> Result<Token, PublishError> {
    let text = secret.expose_secret();
    let hint = || renewal::replace(options, author, &origin);
    if text.is_empty() {
        let message = format!("the LinkedIn token {origin} is empty");
        return Err(unauthorized(message).with_hint(hint()));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message =
            format!("the LinkedIn token {origin} contains an invalid character, such as a space");
        return Err(unauthorized(message).with_hint(hint()));
    }
    Ok(Token {
        secret,
        origin,
        credential: None,
        exposed_file: None,
    })
}

fn from_profile(
    cx: &Context,
    options: &Options,
    author: &Author,
    stored: syndicate_api::Result<Option<Credential>>,
) -> Result<Token, PublishError> {
    let profile = &options.profile;
    let login = login_command(profile);
    let stored = stored.map_err(|error| {
        let diagnostic = error.downcast_ref::<Diagnostic>();
        let hint = diagnostic.and_then(|diagnostic| diagnostic.hint.clone());
        let hint = hint.unwrap_or_else(|| login.clone());
        unauthorized(format!("{error:#}")).with_hint(hint)
    })?;
    let Some(credential) = stored else {
        let missing = options.token().reveal(&cx.env).err();
        let why = missing.map_or_else(String::new, |unset| format!("{unset}, and "));
        let message =
            format!("missing LinkedIn token: {why}the profile `{profile}` has no stored token");
        return Err(unauthorized(message).with_hint(renewal::provide(options, author)));
    };
    check_credential(cx, options, author, &credential)?;
    let token = validate(
        options,
        author,
        credential.access_token.clone(),
        TokenOrigin::Profile(profile.clone()),
    )?;
    Ok(Token {
        credential: Some(credential),
        ..token
    })
}

/// Checks that a stored credential is usable for this sink, without any request.
fn check_credential(
    cx: &Context,
    options: &Options,
    author: &Author,
    credential: &Credential,
) -> Result<(), PublishError> {
    let profile = &options.profile;
    let login = login_command(profile);
    let issuer = oauth_provider::provider(options, author).issuer;
    if credential.issuer != issuer {
        let (theirs, ours) = (&credential.issuer, issuer);
        let message = format!(
            "the token of the profile `{profile}` was issued by `{theirs}`, not by `{ours}`"
        );
        return Err(unauthorized(message).with_hint(format!(
            "run {login} to replace it, or set another `profile` in the sink"
        )));
    }
    if credential.is_expired(cx.now()) && !can_renew(cx, options, credential) {
        let end = credential
            .expires
            .map(|end| format!(" on {}", utc_date(end)));
        let message = format!(
            "the token of the profile `{profile}` expired{}",
            end.unwrap_or_default()
        );
        return Err(unauthorized(message).with_hint(format!("run {login} to sign in again")));
    }
    if let Author::Urn(urn) = author
        && !crate::urn::is_page(urn)
        && *urn != credential.account
    {
        let Credential {
            account_name: who,
            account,
            ..
        } = credential;
        let message = format!(
            "the profile `{profile}` belongs to {who} (`{account}`), but the sink's `author` is `{urn}`"
        );
        return Err(unauthorized(message).with_hint(format!(
            "set `author: me`, or set another `profile` in the sink and sign in as that member with \
             {}",
            login_command("NAME")
        )));
    }
    let needed = scopes::post_scope(author);
    if !credential.has_scope(needed) {
        let message = format!("the token of the profile `{profile}` lacks the scope `{needed}`");
        let mut error = unauthorized(message).with_hint(scopes::missing_scope_hint(author, &login));
        error.code = Code::Forbidden;
        return Err(error);
    }
    Ok(())
}

/// Returns the account that posts, from the options and the stored account of the profile. A token of an option, a
/// variable or a file does not name its member.
pub(crate) fn sender(cx: &Context, options: &Options, author: &Author) -> Sender {
    let is_configured = options.token().reveal(&cx.env).is_ok() || options.token_file.is_some();
    let provider = oauth_provider::provider(options, author);
    let stored = cx.credentials.account(&provider).filter(|_| !is_configured);
    let (id, name) = match (author, stored) {
        (Author::Me, Some(member)) => (Some(member.id), Some(member.name)),
        (Author::Urn(urn), Some(member)) if *urn == member.id => {
            (Some(member.id), Some(member.name))
        }
        (Author::Urn(urn), _) => (Some(urn.clone()), None),
        (Author::Me, None) => (None, None),
    };
    let has_own_token = options.token.is_none() && options.token_file.is_none();
    let is_named = has_own_token && options.profile != DEFAULT_PROFILE;
    Sender {
        name,
        id,
        profile: is_named.then(|| options.profile.clone()),
    }
}

/// Returns `true` if the credential can be refreshed. This requires the client secret of the app.
pub(crate) fn can_renew(cx: &Context, options: &Options, credential: &Credential) -> bool {
    credential.is_refreshable(cx.now()) && options.client_secret.reveal(&cx.env).is_ok()
}

/// Returns the date of an instant in UTC.
pub(crate) fn utc_date(instant: jiff::Timestamp) -> jiff::civil::Date {
    instant.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn unauthorized(message: String) -> PublishError {
    PublishError::new(PublishErrorKind::Unauthorized, Code::Unauthorized, message)
}

#[cfg(test)]
mod tests;
