//! The checks of `syndicate check`: the password, the account and the server.

use syndicate_api::{Context, Diagnostic, ExposeSecret as _, Finding};

use crate::client::Client;
use crate::options::Options;

/// Checks the options and the password without the network.
pub(crate) fn check(cx: &Context, options: &Options) -> Vec<Finding> {
    let password = match options.password.reveal(&cx.env) {
        Ok(password) => password,
        Err(unset) => {
            let error = syndicate_api::PublishError::from(unset);
            return vec![Finding::Failed(error.into())];
        }
    };
    let account = options.account();
    if is_app_password(password.expose_secret()) {
        return vec![Finding::Passed(format!(
            "found an app password for `{account}`"
        ))];
    }
    vec![Finding::Warning {
        message: format!("the password of `{account}` does not look like an app password"),
        hint: "create an app password in Bluesky's settings, so that you can revoke it alone"
            .to_owned(),
    }]
}

/// Returns `true` for four groups of four letters or digits.
fn is_app_password(password: &str) -> bool {
    let groups: Vec<&str> = password.split('-').collect();
    let is_group = |group: &&str| {
        group.len() == 4
            && group
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    groups.len() == 4 && groups.iter().all(is_group)
}

/// Signs in and checks the account. It publishes nothing.
pub(crate) async fn check_online(cx: &Context, options: &Options, client: &Client) -> Vec<Finding> {
    if options.password.reveal(&cx.env).is_err() {
        // `check` reports the missing password.
        return Vec::new();
    }
    let session = match client.session(cx).await {
        Ok(session) => session,
        Err(error) => return vec![Finding::Failed(Diagnostic::from(error))],
    };
    let server = match client.identity(cx).await {
        Ok(identity) => identity.pds.clone(),
        Err(error) => return vec![Finding::Failed(Diagnostic::from(error))],
    };
    let signed_in = format!(
        "signed in as `{}` (`{}`) at {server}",
        session.handle, session.did
    );
    let mut findings = vec![Finding::Passed(signed_in)];
    if let Some(state) = &session.inactive {
        findings.push(Finding::Warning {
            message: format!("the account is {state}, so its posts are not shown"),
            hint: "sign in with Bluesky's app to see the state of the account".to_owned(),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use syndicate_api::{Env, testkit};

    use super::*;

    fn findings(password: Option<&str>) -> Vec<Finding> {
        let options = serde_json::from_value(json!({"handle": "jane.example"})).unwrap();
        let mut cx = testkit::context();
        if let Some(password) = password {
            cx.env = Env::from_pairs([("BLUESKY_APP_PASSWORD", password)]);
        }
        check(&cx, &options)
    }

    #[test]
    fn check_recognises_app_passwords() {
        assert!(matches!(
            &*findings(Some("abcd-ef2h-ijkl-mnop")),
            [Finding::Passed(_)]
        ));
        assert!(matches!(
            &*findings(Some("correct horse")),
            [Finding::Warning { .. }]
        ));
        let Some(Finding::Failed(missing)) = findings(None).pop() else {
            panic!("the variable is not set");
        };
        assert!(missing.hint.unwrap().contains("BLUESKY_APP_PASSWORD"));
    }
}
