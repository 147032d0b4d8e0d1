//! `syndicate auth logout`: revokes and deletes a token.

mod report;

use clap::Args;
use syndicate_api::{Context, Credential, CredentialStore as _, Provider, SignIn};

use self::report::{not_deleted, report};
use super::profile::ProfileSelector;
use crate::auth::{TokenFiles, revoke_token};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

/// Options of `auth logout`.
#[derive(Args, Debug)]
#[command(after_help = "\
Revokes the token at the platform, which needs the app's secret if there is an
app, and then deletes it, also if revoking failed. If the token is in a keychain
that does not respond, nothing is deleted. With --offline the token is only
deleted.

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
    let sign_in = which.sign_in(sink.as_ref())?;
    let provider = which.provider(sign_in);
    let (platform, profile) = (&*provider.platform, provider.profile.as_str());
    let files = TokenFiles::open(&session.cx().env);
    // A renewal by another process must not store the token again. Where no lock can be
    // created, nothing is renewed.
    let lock = files.lock(platform, profile).await;
    let stored = files.get(platform, profile);
    let revoked = match &stored {
        Ok(None) => return Err(not_signed_in(&provider)),
        Ok(Some(credential)) => revoke(session.cx(), &files, sign_in, &provider, credential).await,
        Err(error) => Err(format!("{error:#}")),
    };
    let forgotten = files.delete(platform, profile);
    drop(lock);
    forgotten.map_err(|why| not_deleted(&provider, &revoked, &why))?;
    report(global.json, &provider, &revoked)?;
    Ok(ExitStatus::Success)
}

async fn revoke(
    cx: &Context,
    files: &TokenFiles,
    sign_in: &dyn SignIn,
    provider: &Provider,
    credential: &Credential,
) -> Result<(), String> {
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
    if let Some(revoked) = sign_in.revoke(cx, credential).await {
        return revoked.map_err(|error| error.to_string());
    }
    let flow = sign_in.flow();
    let oauth = flow.oauth().filter(|_| !credential.client_id.is_empty());
    let Some((oauth, address)) = oauth.and_then(|oauth| Some((oauth, oauth.revoke.as_ref()?)))
    else {
        let title = &provider.title;
        return Err(format!("{title} does not support revoking this token"));
    };
    let app = files.app_of(cx, provider, oauth, &credential.client_id);
    let app = app.map_err(|error| error.to_string())?;
    revoke_token(cx, address, &app, credential).await
}

fn not_signed_in(provider: &Provider) -> CliError {
    let Provider {
        platform, profile, ..
    } = provider;
    let message = format!("not signed in with the profile `{profile}` of `{platform}`");
    let hint = "run `syndicate auth status` to list accounts";
    CliError::hinted(message, hint)
}
