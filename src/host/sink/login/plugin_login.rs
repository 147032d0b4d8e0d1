//! Implements `SignIn` for the logins that plugins declare.

use std::sync::Arc;

use plugin_protocol::{AccountOk, EmptyTask, Task};
use syndicate_api::{
    Account, Code, Context, Credential, CredentialSource, Flow, Password, Provider, PublishError,
    PublishErrorKind, SecretString, SignIn, async_trait,
};

use super::session::Session;
use crate::host::component::PluginComponent;
use crate::host::sink::access::{Access, Login};
use crate::host::sink::dialogue::Dialogue;
use crate::host::sink::login_rule::LoginRule;
use crate::host::sink::settings::SinkSettings;

/// The beginning of the names under which the tokens of plugins are stored. It keeps them apart from those of built-in
/// platforms, which are not for plugins.
pub(crate) const PLUGIN_PLATFORM: &str = "plugin-";

/// The login of one sink.
pub(in crate::host::sink) struct PluginLogin {
    rule: LoginRule,
    settings: SinkSettings,
    component: Arc<PluginComponent>,
}

impl PluginLogin {
    /// Returns the login of the sink with these settings, if it has one. `component` is the process whose requests wait
    /// for the network.
    pub(in crate::host::sink) fn new(
        settings: &SinkSettings,
        component: &Arc<PluginComponent>,
    ) -> Option<Self> {
        Some(Self {
            rule: settings.login.clone()?,
            settings: settings.clone(),
            component: Arc::clone(component),
        })
    }

    /// Returns `true` if users sign in with `syndicate auth login`.
    pub(in crate::host::sink) fn is_interactive(&self) -> bool {
        matches!(self.rule, LoginRule::OAuth { .. })
    }

    /// Returns the credential that `syndicate auth login` stored.
    ///
    /// # Errors
    /// Returns `Unauthorized` if there is none of this server.
    pub(in crate::host::sink) fn stored(&self, cx: &Context) -> Result<Credential, PublishError> {
        let Provider {
            platform, profile, ..
        } = self.provider();
        let stored = cx.credentials.get(&platform, &profile);
        let stored = stored.map_err(|error| unauthorized(format!("{error:#}")))?;
        self.usable(stored)
    }

    fn password(&self, cx: &Context) -> Result<Option<SecretString>, PublishError> {
        match &self.rule {
            LoginRule::Session { rule, .. } => self.settings.secret(cx, &rule.secret).map(Some),
            LoginRule::OAuth { .. } => Ok(None),
        }
    }

    fn source<'a>(&'a self, password: Option<&'a SecretString>) -> CredentialSource<'a> {
        match (&self.rule, password) {
            (LoginRule::Session { user, .. }, Some(password)) => {
                CredentialSource::password(self, user, password)
            }
            _ => CredentialSource::profile(self),
        }
    }

    /// Returns the credential if it is one of the sink's server.
    fn usable(&self, found: Option<Credential>) -> Result<Credential, PublishError> {
        let (issuer, sink) = (self.provider().issuer, self.component.name());
        match found {
            Some(credential) if credential.issuer == issuer => Ok(credential),
            Some(credential) => {
                let other = &credential.issuer;
                let message = format!("the login is for `{other}`, not for `{issuer}`");
                Err(unauthorized(message)
                    .with_hint(format!("run `syndicate auth login {sink}` again")))
            }
            None => Err(unauthorized("not signed in".to_owned())
                .with_hint(format!("run `syndicate auth login {sink}`"))),
        }
    }

    fn session<'a>(&'a self, rule: &'a plugin_protocol::SessionRule) -> Session<'a> {
        let endpoint = self.settings.endpoint.as_ref();
        Session {
            rule,
            endpoint: endpoint.map_or("", |endpoint| endpoint.as_str()),
            platform: self.platform(),
        }
    }

    fn platform(&self) -> &str {
        self.component.manifest().platform()
    }
}

#[async_trait]
impl Login for PluginLogin {
    async fn credential(&self, cx: &Context) -> Result<Credential, PublishError> {
        let password = self.password(cx)?;
        let source = self.source(password.as_ref());
        let found = cx.credentials.get_or_refresh(cx, &source).await?;
        self.usable(found)
    }

    async fn renew(&self, cx: &Context, seen: &Credential) -> Result<Credential, PublishError> {
        let password = self.password(cx)?;
        let source = self.source(password.as_ref());
        cx.credentials.renew(cx, &source, seen).await
    }
}

#[async_trait]
impl SignIn for PluginLogin {
    fn provider(&self) -> Provider {
        let endpoint = self.settings.endpoint.as_ref();
        let endpoint = endpoint.map_or("", |endpoint| endpoint.as_str()).to_owned();
        let platform = self.platform().to_owned();
        let setup = match &self.rule {
            LoginRule::OAuth { setup, .. } if !setup.is_empty() => setup.clone(),
            _ => format!("register an app on {platform} with the redirect URL {{redirect}}"),
        };
        Provider {
            platform: format!("{PLUGIN_PLATFORM}{}", self.component.manifest().name).into(),
            title: platform.into(),
            permissions: endpoint.clone().into(),
            issuer: endpoint,
            profile: self.settings.profile.clone(),
            setup: setup.into(),
        }
    }

    fn flow(&self) -> Flow {
        match &self.rule {
            LoginRule::OAuth { oauth, .. } => Flow::Browser((**oauth).clone()),
            LoginRule::Session { user, .. } => Flow::Password {
                user: "User name".into(),
                secret: "Password".into(),
                known_user: Some(user.clone()),
            },
        }
    }

    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        _: &[String],
    ) -> Result<Account, PublishError> {
        let dialogue = Dialogue {
            component: &self.component,
            settings: &self.settings,
            cx,
            media: &[],
            create: None,
            access: Access::Token(token),
        };
        let task = Task::Account(EmptyTask {});
        let AccountOk { id, name } = dialogue.run("account", task).await?;
        let name = name.unwrap_or_else(|| id.clone());
        Ok(Account { id, name })
    }

    async fn sign_in(
        &self,
        cx: &Context,
        password: &Password<'_>,
    ) -> Result<Credential, PublishError> {
        match &self.rule {
            LoginRule::Session { rule, .. } => self.session(rule).log_in(cx, password).await,
            LoginRule::OAuth { .. } => Err(unauthorized("it has no password".to_owned())),
        }
    }

    async fn renew(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<Credential, PublishError>> {
        let LoginRule::Session { rule, .. } = &self.rule else {
            return None;
        };
        let Some(renewal) = &rule.renew else {
            let message = "the plugin cannot renew sessions".to_owned();
            return Some(Err(unauthorized(message)));
        };
        Some(self.session(rule).renew(cx, renewal, credential).await)
    }
}

fn unauthorized(message: impl Into<String>) -> PublishError {
    PublishError::new(PublishErrorKind::Unauthorized, Code::Unauthorized, message)
}
