//! Prints the result of `auth logout`.

use serde_json::json;
use syndicate_api::{Code, Diagnostic, Provider};

use crate::cli::CliError;
use crate::cli::output::{eprint_warning, print_json, print_result};

/// Returns the error of a token that could not be deleted. Its hint depends on `revoked`.
pub(super) fn not_deleted(
    provider: &Provider,
    revoked: &Result<(), String>,
    why: &anyhow::Error,
) -> CliError {
    let Provider {
        title,
        platform,
        profile,
        permissions,
        ..
    } = provider;
    let again = format!("`syndicate auth logout {platform} --profile {profile}`");
    let hinted = match revoked {
        Ok(()) => Diagnostic::new(
            Code::CommandFailed,
            "the token was revoked, but its stored copy cannot be deleted",
        )
        .with_hint(format!(
            "fix the cause, then run {again}; the revoked token cannot be used"
        )),
        Err(refused) => Diagnostic::new(
            Code::CommandFailed,
            format!("the token cannot be deleted, and {title} did not revoke it: {refused}"),
        )
        .with_hint(format!(
            "fix the cause, then run {again}; to revoke it now, remove the app's access \
                 at {permissions}"
        )),
    };
    CliError::Other(hinted.caused_by(format!("{why:#}")).into())
}

/// Prints the deleted profile, and a warning if the token was not revoked.
pub(super) fn report(
    is_json: bool,
    provider: &Provider,
    revoked: &Result<(), String>,
) -> anyhow::Result<()> {
    let Provider {
        platform, profile, ..
    } = provider;
    if is_json {
        let why = revoked.as_ref().err();
        let value = json!({
            "v": 1, "platform": platform, "profile": profile, "revoked": revoked.is_ok(),
            "why": why,
        });
        print_json(&value)?;
    } else {
        print_result(&format!("signed out of `{platform}`, profile `{profile}`"))?;
    }
    if let Err(why) = revoked {
        let message = format!(
            "the token is deleted here, but {} did not revoke it: {why}",
            provider.title
        );
        let hint = format!("remove the app's access at {}", provider.permissions);
        eprint_warning(&message, &hint)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::ExitStatus;
    use syndicate_api::Name;

    #[test]
    fn undeleted_token_hint_depends_on_revocation() {
        let provider = Provider {
            platform: Name::Borrowed("linkedin"),
            title: Name::Borrowed("LinkedIn"),
            issuer: String::new(),
            profile: "company".to_owned(),
            setup: Name::Borrowed(""),
            permissions: Name::Borrowed("https://linkedin.example/permitted-services"),
        };
        let why = anyhow::anyhow!("the keychain is locked");
        let said = |revoked| {
            let failure = not_deleted(&provider, &revoked, &why);
            let text = failure.message();
            assert_eq!(failure.exit(), ExitStatus::Error);
            for word in [
                "caused by: the keychain is locked",
                "hint: fix the cause, then run `syndicate auth logout linkedin --profile company`",
            ] {
                assert!(text.contains(word), "{text}");
            }
            text
        };
        let done = said(Ok(()));
        assert!(done.contains("was revoked"), "{done}");
        assert!(!done.contains("permitted-services"), "{done}");
        let open = said(Err("no answer".to_owned()));
        assert!(open.contains("did not revoke it: no answer"), "{open}");
        assert!(open.contains("permitted-services"), "{open}");
    }
}
