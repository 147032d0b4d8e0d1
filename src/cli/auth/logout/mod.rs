//! `syndicate auth logout`: revokes and deletes a token.

mod report;

use clap::Args;
use syndicate_api::{Context, Credential, CredentialStore as _, Provider};

use self::report::{not_deleted, report};
use super::profile::ProfileSelector;
use crate::auth::{App, TokenFiles, give_back};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

/// Options of `auth logout`.
#[derive(Args, Debug)]
#[command(after_help = "\
The platform is asked to revoke the token, for which the app's secret is
needed, and the file is deleted in any case; where the token is in a keychain
that does not answer, both stay. With --offline it is only deleted.

Examples:
  syndicate auth logout linkedin
  syndicate auth logout linkedin --profile company")]
pub(super) struct Options {
    #[command(flatten)]
    which: ProfileSelector,
}

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    let session = open_session(global, false)?;
    let which = &options.which;
    let sink = session.sink_to_sign_in(&which.name, which.profile.as_deref())?;
    let provider = which.provider(which.sign_in(sink.as_ref())?);
    let files = TokenFiles::open(&session.cx().env);
    let kept = files.get(provider.platform, &provider.profile);
    let revoked = match &kept {
        Ok(None) => return Err(not_signed_in(&provider)),
        Ok(Some(grant)) => revoke(session.cx(), &provider, grant).await,
        Err(error) => Err(format!("{error:#}")),
    };
    let forgotten = files.forget(provider.platform, &provider.profile);
    forgotten.map_err(|why| not_deleted(&provider, &revoked, &why))?;
    report(global.json, &provider, &revoked)?;
    Ok(ExitStatus::Fine)
}

async fn revoke(cx: &Context, provider: &Provider, grant: &Credential) -> Result<(), String> {
    if cx.offline {
        return Err("`--offline` forbids to ask".to_owned());
    }
    if grant.is_expired(cx.now()) && !grant.is_refreshable(cx.now()) {
        // An expired token needs no revocation.
        return Ok(());
    }
    if grant.issuer != provider.issuer {
        return Err(format!("it is one of `{}`", grant.issuer));
    }
    let client_secret = provider.client_secret.reveal(&cx.env);
    let app = App {
        client_id: grant.client_id.clone(),
        client_secret: client_secret.map_err(|unset| unset.to_string())?,
    };
    give_back(cx, provider, &app, grant).await
}

fn not_signed_in(provider: &Provider) -> CliError {
    let Provider {
        platform, profile, ..
    } = provider;
    let message = format!("nobody is signed in under the profile `{profile}` of `{platform}`");
    let hint = "`syndicate auth status` lists who is";
    CliError::hinted(message, hint)
}
