//! `syndicate auth logout`: revokes and deletes a token.

mod report;

use clap::Args;
use syndicate_api::{Context, Credential, CredentialStore as _, Provider};

use self::report::{not_deleted, report};
use super::profile::ProfileSelector;
use crate::auth::{App, TokenFiles, revoke_token};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

/// Options of `auth logout`.
#[derive(Args, Debug)]
#[command(after_help = "\
Revokes the token at the platform, which needs the app's secret, and then
deletes it, also if revoking failed. If the token is in a keychain that does
not respond, nothing is deleted. With --offline the token is only deleted.

Examples:
  syndicate auth logout linkedin
  syndicate auth logout linkedin --profile company")]
pub(super) struct LogoutOptions {
    #[command(flatten)]
    which: ProfileSelector,
}

pub(super) async fn run(
    global: &GlobalOptions,
    options: &LogoutOptions,
) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let which = &options.which;
    let sink = session.sink_to_sign_in(&which.name, which.profile.as_deref())?;
    let provider = which.provider(which.sign_in(sink.as_ref())?);
    let files = TokenFiles::open(&session.cx().env);
    let stored = files.get(provider.platform, &provider.profile);
    let revoked = match &stored {
        Ok(None) => return Err(not_signed_in(&provider)),
        Ok(Some(credential)) => revoke(session.cx(), &provider, credential).await,
        Err(error) => Err(format!("{error:#}")),
    };
    let forgotten = files.delete(provider.platform, &provider.profile);
    forgotten.map_err(|why| not_deleted(&provider, &revoked, &why))?;
    report(global.json, &provider, &revoked)?;
    Ok(ExitStatus::Success)
}

async fn revoke(cx: &Context, provider: &Provider, credential: &Credential) -> Result<(), String> {
    if cx.offline {
        return Err("`--offline` is set".to_owned());
    }
    if credential.is_expired(cx.now()) && !credential.is_refreshable(cx.now()) {
        // An expired token needs no revocation.
        return Ok(());
    }
    if credential.issuer != provider.issuer {
        return Err(format!("it was issued by `{}`", credential.issuer));
    }
    let client_secret = provider.client_secret.reveal(&cx.env);
    let app = App {
        client_id: credential.client_id.clone(),
        client_secret: client_secret.map_err(|unset| unset.to_string())?,
    };
    revoke_token(cx, provider, &app, credential).await
}

fn not_signed_in(provider: &Provider) -> CliError {
    let Provider {
        platform, profile, ..
    } = provider;
    let message = format!("not signed in with the profile `{profile}` of `{platform}`");
    let hint = "run `syndicate auth status` to list accounts";
    CliError::hinted(message, hint)
}
