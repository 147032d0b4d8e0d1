//! Prints the result of `auth login`.

use std::path::Path;

use serde_json::json;
use syndicate_api::{Credential, OAuth, Provider};

use crate::auth::TokenFiles;
use crate::cli::output::{eprint_status, print_json, print_result};

/// Prints the account, the lifetime of the token and its location.
pub(super) fn report(
    is_json: bool,
    provider: &Provider,
    credential: &Credential,
    file: &Path,
    shown: &str,
) -> anyhow::Result<()> {
    if is_json {
        return print_json(&json!({
            "v": 1, "platform": provider.platform, "profile": provider.profile,
            "who": credential.account_name, "author": credential.account, "scopes": credential.scopes,
            "expires": credential.expires, "renewed_until": credential.refresh_until,
            "file": file.to_string_lossy(),
        }));
    }
    print_result(&format!(
        "signed in at {} as {}, `{}`",
        provider.title, credential.account_name, credential.account
    ))?;
    // Counted from the time of issue; counting from now would round down to one day less.
    let lifetime = match credential.days_left(credential.issued) {
        None | Some(0) if credential.refresh_token.is_some() => {
            "the token is renewed when it expires".to_owned()
        }
        Some(1) => "the token is valid for 1 day".to_owned(),
        Some(days) => format!("the token is valid for {days} days"),
        None => format!("{} did not report the token's lifetime", provider.title),
    };
    eprint_status(&format!("{lifetime}; it is stored in {shown}"))?;
    eprint_status("run `syndicate check --online` to check that it can post")
}

/// Warns about scopes that were not granted, and about profiles whose token the new one revokes.
pub(super) fn eprint_remarks(
    files: &TokenFiles,
    provider: &Provider,
    oauth: Option<&OAuth>,
    credential: &Credential,
) -> anyhow::Result<()> {
    // A token that the user created on the platform has scopes that are not known here.
    let requested = oauth.filter(|_| !credential.scopes.is_empty());
    let requested = requested.iter().flat_map(|oauth| &oauth.scopes);
    for scope in requested.filter(|scope| !credential.has_scope(scope)) {
        let title = &provider.title;
        eprint_status(&format!(
            "warning: {title} did not grant the scope `{scope}`"
        ))?;
    }
    // LinkedIn revokes an app's earlier token when the same account grants other scopes to the app.
    for stored in files.all() {
        let Ok(other) = &stored.credential else {
            continue;
        };
        let same = provider.platform == stored.platform
            && !credential.client_id.is_empty()
            && other.client_id == credential.client_id
            && other.account == credential.account;
        let scopes = other.scopes.iter().all(|scope| credential.has_scope(scope))
            && other.scopes.len() == credential.scopes.len();
        if same && !scopes && stored.profile != provider.profile {
            eprint_status(&format!(
                "warning: the profile `{}` has the same app and author with other scopes, so its \
                 token is now revoked; use one app per profile",
                stored.profile
            ))?;
        }
    }
    Ok(())
}
