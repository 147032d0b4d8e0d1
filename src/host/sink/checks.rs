//! The checks of `syndicate check` for sinks that are other programs.

use syndicate_api::{Context, Diagnostic, Finding, PublishError, SignIn as _};

use super::login::PluginLogin;
use super::settings::SinkSettings;

/// Reports each secret that is missing, or that all are there.
pub(super) fn check_secrets(settings: &SinkSettings, cx: &Context) -> Vec<Finding> {
    let names: Vec<&str> = settings.secret_names().collect();
    let missing = names
        .iter()
        .filter_map(|name| settings.secret(cx, name).err());
    let missing: Vec<Finding> = missing.map(failed).collect();
    if names.is_empty() || !missing.is_empty() {
        return missing;
    }
    vec![Finding::Passed(format!("found `{}`", names.join("`, `")))]
}

/// Reports the account that is signed in.
pub(super) fn check_login(login: &PluginLogin, cx: &Context) -> Finding {
    match login.stored(cx) {
        Ok(credential) => {
            let (profile, name) = (login.provider().profile, credential.account_name);
            Finding::Passed(format!("the profile `{profile}` is signed in as {name}"))
        }
        Err(error) => failed(error),
    }
}

/// Returns the finding of a failed request.
pub(super) fn failed(error: PublishError) -> Finding {
    Finding::Failed(Diagnostic::from(error))
}
