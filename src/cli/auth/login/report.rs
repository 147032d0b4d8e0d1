//! Prints the result of `auth login`.

use std::path::Path;

use serde_json::json;
use syndicate_api::{Credential, Provider};

use crate::auth::TokenFiles;
use crate::cli::output::{eprint_status, print_json, print_result};

/// Prints the account, the lifetime of the token and its location.
pub(super) fn report(
    is_json: bool,
    provider: &Provider,
    grant: &Credential,
    file: &Path,
    shown: &str,
) -> anyhow::Result<()> {
    if is_json {
        return print_json(&json!({
            "v": 1, "platform": provider.platform, "profile": provider.profile,
            "who": grant.account_name, "author": grant.account, "scopes": grant.scopes,
            "expires": grant.expires, "renewed_until": grant.refresh_until,
            "file": file.to_string_lossy(),
        }));
    }
    print_result(&format!(
        "signed in at {} as {}, `{}`",
        provider.title, grant.account_name, grant.account
    ))?;
    // Counted from the time of issue; counting from now would round down to one day less.
    let life = match grant.days_left(grant.issued) {
        Some(days) => format!("the token lives for {days} days"),
        None => format!("{} does not say how long the token lives", provider.title),
    };
    eprint_status(&format!("{life}; it is kept in {shown}"))?;
    eprint_status("`syndicate check --online` proves that it may post")
}

/// Warns about scopes that were not granted, and about profiles whose token the new one revokes.
pub(super) fn eprint_remarks(
    files: &TokenFiles,
    provider: &Provider,
    grant: &Credential,
) -> anyhow::Result<()> {
    for scope in provider
        .scopes
        .iter()
        .filter(|scope| !grant.has_scope(scope))
    {
        let title = provider.title;
        eprint_status(&format!(
            "warning: {title} did not grant the scope `{scope}`"
        ))?;
    }
    // LinkedIn revokes an app's earlier token when the same account grants other scopes to the app.
    for kept in files.all() {
        let Ok(other) = &kept.grant else { continue };
        let same = kept.platform == provider.platform
            && other.client_id == grant.client_id
            && other.account == grant.account;
        let scopes = other.scopes.iter().all(|scope| grant.has_scope(scope))
            && other.scopes.len() == grant.scopes.len();
        if same && !scopes && kept.profile != provider.profile {
            eprint_status(&format!(
                "warning: the profile `{}` is of the same app and author with other scopes, so that \
                 its token is revoked by now; use an app for each",
                kept.profile
            ))?;
        }
    }
    Ok(())
}
