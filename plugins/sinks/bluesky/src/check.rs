//! The checks of `syndicate check`: the password, the account and the server.

use syndicate_api::{
    Context, Diagnostic, ExposeSecret as _, Finding, Password, PublishError, SecretString,
    SignIn as _,
};

use crate::client::Client;
use crate::errors::NEW_PASSWORD;
use crate::session::{self, STATE};

/// Checks the password or the stored login without the network.
pub(crate) fn check(cx: &Context, client: &Client) -> Vec<Finding> {
    let (password, account) = (client.password(cx), client.options.account());
    let source = client.source(&account, password.as_ref());
    let mut findings = Vec::new();
    if let Some(password) = &password {
        findings.push(if is_app_password(password.expose_secret()) {
            Finding::Passed(format!("found an app password for `{account}`"))
        } else {
            Finding::Warning {
                message: format!("the password of `{account}` does not look like an app password"),
                hint: NEW_PASSWORD.to_owned(),
            }
        });
    } else if let Some(owner) = cx.credentials.account(&client.provider()) {
        let message = format!("found a login of `{}` (`{}`)", owner.name, owner.id);
        findings.push(Finding::Passed(message));
    } else {
        return vec![Finding::Failed(client.not_signed_in(cx).into())];
    }
    if let Err(reason) = cx.credentials.check_renewal(&source) {
        let hint = reason
            .hint
            .clone()
            .unwrap_or_else(|| NEW_PASSWORD.to_owned());
        let message = reason.message;
        findings.push(Finding::Warning { message, hint });
    }
    findings
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

/// Signs in and checks the account. It publishes nothing. A password is tried with a new session, because a stored one
/// may outlive it.
pub(crate) async fn check_online(cx: &Context, client: &Client) -> Vec<Finding> {
    let password = client.password(cx);
    if password.is_none() && cx.credentials.account(&client.provider()).is_none() {
        // `check` reports the missing password.
        return Vec::new();
    }
    match sign_in(cx, client, password).await {
        Ok(findings) => findings,
        Err(error) => vec![Finding::Failed(Diagnostic::from(error))],
    }
}

async fn sign_in(
    cx: &Context,
    client: &Client,
    password: Option<SecretString>,
) -> Result<Vec<Finding>, PublishError> {
    let server = &client.identity(cx).await?.pds;
    let session = match &password {
        None => client.session(cx).await?,
        Some(secret) => {
            let user = &client.options.account();
            let session = client.sign_in(cx, &Password { user, secret }).await?;
            client.check_owner(cx, &session).await?;
            // Servers list open sessions, and this one is not used again.
            drop(session::delete(cx, server, &session).await);
            session
        }
    };
    let (handle, did) = (&session.account_name, &session.account);
    let signed_in = format!("signed in as `{handle}` (`{did}`) at {server}");
    let mut findings = vec![Finding::Passed(signed_in)];
    if let Some(state) = session.extra.get(STATE) {
        findings.push(Finding::Warning {
            message: format!("the account is {state}, so its posts are not shown"),
            hint: "sign in with Bluesky's app to see the state of the account".to_owned(),
        });
    }
    Ok(findings)
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
        check(&cx, &Client::new(options))
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
