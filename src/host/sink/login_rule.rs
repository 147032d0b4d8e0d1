//! The login that a plugin declares, with the options of the user.

use plugin_protocol::{AuthKind, AuthRule, Manifest, OAuth2Rule, SessionRule};
use syndicate_api::{Code, Diagnostic, OAuth, OAuthClient, Secret};
use url::Url;

use super::hosts::{HostReader, expand, host_of};

/// The login of a sink.
#[derive(Clone, Debug)]
pub(super) enum LoginRule {
    /// A session of a password.
    Session {
        rule: Box<SessionRule>,
        /// The user name.
        user: String,
    },
    /// OAuth 2.0.
    OAuth {
        oauth: Box<OAuth>,
        /// The instructions for creating the app.
        setup: String,
    },
}

impl LoginRule {
    /// Returns the login of `rules`, if one of them is a login. `secret` returns a secret by its name.
    ///
    /// # Errors
    /// If there are several, or a host of OAuth 2.0 is not granted.
    pub(super) fn find(
        rules: &[AuthRule],
        reader: &HostReader<'_>,
        secret: impl Fn(&str) -> Secret,
    ) -> Result<Option<Self>, Diagnostic> {
        let mut found = None;
        for rule in rules {
            let login = match &rule.kind {
                AuthKind::Session(rule) => session(rule, reader)?,
                AuthKind::OAuth2(rule) => oauth(rule, reader, &secret)?,
                _ => continue,
            };
            if found.replace(login).is_some() {
                let message = format!("plugin `{}` declares several logins", reader.manifest.name);
                return Err(Diagnostic::new(Code::InvalidConfig, message));
            }
        }
        Ok(found)
    }
}

fn session(rule: &SessionRule, reader: &HostReader<'_>) -> Result<LoginRule, Diagnostic> {
    if let Some((_, endpoint)) = &reader.endpoint {
        check_bound(&rule.secret, endpoint, reader)?;
    }
    Ok(LoginRule::Session {
        rule: Box::new(rule.clone()),
        user: expand(&rule.user, reader.options).unwrap_or_default(),
    })
}

/// Checks that the secret `name` may be sent to `host`.
fn check_bound(name: &str, host: &str, reader: &HostReader<'_>) -> Result<(), Diagnostic> {
    let declared = reader.manifest.wants.secrets.get(name);
    let hosts = reader.read(declared.map_or(&[][..], Vec::as_slice))?;
    if hosts.iter().any(|pattern| pattern.matches(host)) {
        return Ok(());
    }
    let plugin = &reader.manifest.name;
    let message = format!("plugin `{plugin}` would send the secret `{name}` to `{host}`");
    let hint = "tell its author: `wants.secrets` does not bind it to that host";
    Err(Diagnostic::new(Code::InvalidConfig, message).with_hint(hint))
}

fn oauth(
    rule: &OAuth2Rule,
    reader: &HostReader<'_>,
    secret: impl Fn(&str) -> Secret,
) -> Result<LoginRule, Diagnostic> {
    let url = |text: &str| oauth_url(text, reader).map(String::from);
    for text in [Some(&rule.token), rule.revoke.as_ref()]
        .into_iter()
        .flatten()
    {
        let host = host_of(&oauth_url(text, reader)?);
        check_bound(&rule.client_secret, &host, reader)?;
    }
    Ok(LoginRule::OAuth {
        oauth: Box::new(OAuth {
            authorize: url(&rule.authorize)?,
            token: url(&rule.token)?,
            revoke: rule.revoke.as_deref().map(url).transpose()?,
            client: OAuthClient::Configured {
                id: secret(&rule.client_id),
                secret: secret(&rule.client_secret),
            },
            scopes: rule.scopes.clone(),
            pkce: rule.pkce,
        }),
        setup: rule.setup.clone(),
    })
}

/// Returns the URL of an OAuth endpoint, whose host the user wrote or granted. The client secret is sent there.
fn oauth_url(text: &str, reader: &HostReader<'_>) -> Result<Url, Diagnostic> {
    let invalid = |why: String| {
        let message = format!("plugin `{}`: the URL `{text}` {why}", reader.manifest.name);
        Diagnostic::new(Code::InvalidConfig, message)
    };
    let expanded = expand(text, reader.options)
        .ok_or_else(|| invalid("names no option that is set".to_owned()))?;
    let url = Url::parse(&expanded).map_err(|error| invalid(format!("is not valid: {error}")))?;
    syndicate_api::PlainHttp::Loopback
        .check(&url)
        .map_err(|why| invalid(why.to_owned()))?;
    if !text.contains('{') {
        reader.check_granted(&host_of(&url))?;
    }
    Ok(url)
}

/// Returns the error of the login in the `hello` of a sink, if it has one.
pub(super) fn check_login(manifest: &Manifest) -> Option<String> {
    let is_pointer = |pointer: &str| pointer.starts_with('/');
    manifest.sink.auth.iter().find_map(|rule| match &rule.kind {
        AuthKind::Session(rule) => {
            let pointers = [Some(&rule.token), rule.refresh_token.as_ref()];
            let mut pointers = pointers.into_iter().flatten().chain(&rule.expires_in);
            let wrong = pointers.find(|pointer| !is_pointer(pointer))?;
            Some(format!("`{wrong}` is not a JSON Pointer, such as `/token`"))
        }
        AuthKind::OAuth2(_) if !manifest.sink.capabilities.account => {
            Some("`oauth2` needs the capability `account`".to_owned())
        }
        _ => None,
    })
}
