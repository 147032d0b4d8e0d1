//! `syndicate auth login`: signs in and stores the token.

mod flow;
mod options;
mod report;

use syndicate_api::{Credential, CredentialStore as _, Provider};

pub(super) use self::options::Options;
use self::report::{eprint_remarks, report};
use crate::auth::{TokenFiles, TokenLocation};
use crate::cli::{CliError, ExitStatus, GlobalOptions, open_session};

pub(super) async fn run(global: &GlobalOptions, options: &Options) -> Result<ExitStatus, CliError> {
    if global.offline {
        return Err(CliError::usage(
            "`--offline` leaves nobody to sign in at",
            "leave it out",
        ));
    }
    let session = open_session(global, false)?;
    let which = &options.which;
    let sink = session.sink_to_sign_in(&which.name, which.profile.as_deref())?;
    let sign_in = which.sign_in(sink.as_ref())?;
    let provider = options.provider(sign_in);
    let files = TokenFiles::open(&session.cx().env);
    // A location that cannot store the token is reported before the browser opens.
    let file = files.file(provider.platform, &provider.profile)?;
    let place = options.place();
    files.ready(place)?;
    let before = before(&files, &provider, options)?;
    let grant = flow::sign_in(session.cx(), options, sign_in, &provider).await?;
    if let Some(before) = &before
        && before.account != grant.account
        && !options.replace
    {
        return Err(other_member(&provider, before, &grant));
    }
    files.keep(provider.platform, &provider.profile, &grant, place)?;
    let shown = match place {
        TokenLocation::File => file.display().to_string(),
        TokenLocation::Keychain => format!(
            "the system's keychain, and what is known of it in {}",
            file.display()
        ),
    };
    report(global.json, &provider, &grant, &file, &shown)?;
    eprint_remarks(&files, &provider, &grant)?;
    Ok(ExitStatus::Fine)
}

/// Returns the credential stored under this profile before. `--replace` ignores a damaged file.
fn before(
    files: &TokenFiles,
    provider: &Provider,
    options: &Options,
) -> Result<Option<Credential>, CliError> {
    match files.get(provider.platform, &provider.profile) {
        Ok(before) => Ok(before),
        Err(_) if options.replace => Ok(None),
        Err(error) => Err(CliError::Other(error.context(
            "what was kept before cannot be read; `--replace` does without it",
        ))),
    }
}

/// Returns the error of a sign-in with another account than before.
fn other_member(provider: &Provider, before: &Credential, now: &Credential) -> CliError {
    let message = format!(
        "you signed in as {}, `{}`, and the profile `{}` is {}, `{}`",
        now.account_name, now.account, provider.profile, before.account_name, before.account
    );
    let platform = provider.platform;
    let hint = format!(
        "nothing was changed; keep both with `syndicate auth login {platform} --profile NAME`, or \
         replace the old one with `--replace`"
    );
    CliError::hinted(message, hint)
}
