//! `syndicate auth login`: signs in and stores the token.

mod flow;
mod oauth;
mod options;
mod report;
mod sign_in_run;
mod typed;

use syndicate_api::{Credential, CredentialStore as _, Provider};

pub(super) use self::options::LoginOptions;
use self::report::{eprint_remarks, report};
use self::sign_in_run::SignInRun;
use crate::auth::{TokenFiles, TokenLocation};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

pub(super) async fn run(
    global: &GlobalOptions,
    options: &LoginOptions,
) -> Result<ExitStatus, CliError> {
    if global.offline {
        return Err(CliError::usage(
            "cannot sign in with `--offline`",
            "remove `--offline`",
        ));
    }
    let session = open_session(global, false)?;
    let which = &options.which;
    let sink = session.sink_to_sign_in(&which.name, which.profile.as_deref())?;
    let sign_in = which.sign_in(sink.as_ref())?;
    let (provider, flow) = (which.provider(sign_in), options.flow(sign_in)?);
    let files = TokenFiles::open(&session.cx().env);
    // A location that cannot store the token is reported before the browser opens.
    let file = files.file(&provider.platform, &provider.profile)?;
    let location = options.location();
    files.check_location(location)?;
    let before = before(&files, &provider, options)?;
    let run = SignInRun {
        cx: session.cx(),
        options,
        files: &files,
        platform: sign_in,
        provider: &provider,
    };
    let credential = flow::sign_in(&run, &flow).await?;
    if let Some(before) = &before
        && before.account != credential.account
        && !options.replace
    {
        return Err(other_member(&provider, before, &credential));
    }
    // A renewal by another process must not overwrite the new token. Where no lock can be
    // created, nothing is renewed.
    let lock = files.lock(&provider.platform, &provider.profile).await;
    files.save(&provider.platform, &provider.profile, &credential, location)?;
    drop(lock);
    let shown = match location {
        TokenLocation::File => file.display().to_string(),
        TokenLocation::Keychain => format!(
            "the system's keychain, with its metadata in {}",
            file.display()
        ),
    };
    report(global.json, &provider, &credential, &file, &shown)?;
    eprint_remarks(&files, &provider, flow.oauth(), &credential)?;
    Ok(ExitStatus::Success)
}

/// Returns the credential stored under this profile before. `--replace` ignores a damaged file.
fn before(
    files: &TokenFiles,
    provider: &Provider,
    options: &LoginOptions,
) -> Result<Option<Credential>, CliError> {
    match files.get(&provider.platform, &provider.profile) {
        Ok(before) => Ok(before),
        Err(_) if options.replace => Ok(None),
        Err(error) => Err(CliError::Other(
            error.context("cannot read the stored token; add `--replace` to overwrite it"),
        )),
    }
}

/// Returns the error of a sign-in with another account than before.
fn other_member(provider: &Provider, before: &Credential, now: &Credential) -> CliError {
    let message = format!(
        "signed in as {}, `{}`, but the profile `{}` belongs to {}, `{}`",
        now.account_name, now.account, provider.profile, before.account_name, before.account
    );
    let platform = &provider.platform;
    let hint = format!(
        "to keep both, run `syndicate auth login {platform} --profile NAME`; \
         to replace the old one, add `--replace`"
    );
    CliError::hinted(message, hint)
}
