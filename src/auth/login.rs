//! One login: away to the platform, back with a code, from the code to a grant. It may be answered by
//! the browser that comes back to this machine or by its address, pasted; whichever comes first.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use syndicate_api::{
    Account, Code, Context, Credential, Diagnostic, ExposeSecret as _, OAuthError, Provider,
    PublishErrorKind, SecretString, SignIn,
};
use tokio::sync::mpsc;

use super::form;
use super::listener::Listener;
use super::pending::{Callback, Pending};
use super::redirect::RedirectUri;
use super::server::{self, App, TokenError, TokenResponse};

/// How often, in seconds, a token is shown again that the platform does not know yet: it takes some
/// time to be known everywhere.
const SHOWN_AGAIN: &[u64] = &[1, 2, 4, 8];

/// A login that was begun.
pub(crate) struct Login<'a> {
    cx: &'a Context,
    sign_in: &'a dyn SignIn,
    provider: &'a Provider,
    app: App,
    redirect: RedirectUri,
    pending: Arc<Pending>,
}

/// Something that happened while the answer was waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginEvent {
    /// Something came that is not the answer, for this reason.
    Stray(&'static str),
}

impl<'a> Login<'a> {
    /// A login as `app`, told from others by `random`.
    #[must_use]
    pub(crate) fn new(
        cx: &'a Context,
        sign_in: &'a dyn SignIn,
        provider: &'a Provider,
        app: App,
        redirect: RedirectUri,
        random: &[u8; 32],
    ) -> Self {
        Self {
            cx,
            sign_in,
            provider,
            app,
            redirect,
            pending: Arc::new(Pending::new(random)),
        }
    }

    /// The address that a person has to open. It holds no secret but the login's `state`, which is
    /// worth nothing once the answer came.
    #[must_use]
    pub(crate) fn address(&self) -> String {
        let state = self.pending.state();
        let state = state.as_ref().map_or("", |state| state.expose_secret());
        let query = form::encode(&[
            ("response_type", "code"),
            ("client_id", &self.app.client_id),
            ("redirect_uri", self.redirect.address()),
            ("state", state),
            ("scope", &self.provider.scopes.join(" ")),
        ]);
        format!("{}?{query}", self.provider.authorize)
    }

    /// Waits for the code.
    ///
    /// # Errors
    /// When the person or the platform said no, or nobody came back within `patience`.
    pub(crate) async fn code(
        &self,
        listener: Option<Listener>,
        mut pasted: mpsc::UnboundedReceiver<String>,
        patience: Duration,
        notice: &mut (dyn FnMut(LoginEvent) + Send),
    ) -> anyhow::Result<SecretString> {
        let (send, mut answers) = mpsc::unbounded_channel();
        let listening = listener.map(|listener| {
            listener.answer(&self.redirect, Arc::clone(&self.pending), send.clone())
        });
        // With nobody listening and nothing to paste any more, there is nothing to wait for.
        drop(send);
        let waiting = async {
            loop {
                let came = tokio::select! {
                    Some(came) = answers.recv() => came,
                    Some(line) = pasted.recv() => self.read(&line),
                    else => return Err(self.nobody("there is no way to come back")),
                };
                match came {
                    Callback::Code(code) => return Ok(code),
                    Callback::OAuthError(refused) => return Err(self.explained(&refused)),
                    Callback::Stray(why) => notice(LoginEvent::Stray(why)),
                }
            }
        };
        let answer = tokio::time::timeout(patience, waiting).await;
        if let Some(listening) = listening {
            listening.end().await;
        }
        answer.unwrap_or_else(|_| Err(self.nobody("nobody came back in time")))
    }

    /// Reads a pasted line: the whole address, or what follows its `?`.
    fn read(&self, line: &str) -> Callback {
        let line = line.trim();
        let query = line.split_once('?').map_or(line, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        self.pending.take(query)
    }

    fn nobody(&self, message: &str) -> anyhow::Error {
        let hint = self
            .provider
            .setup
            .replace("{redirect}", self.redirect.address());
        let hint = format!("if {} showed an error page: {hint}", self.provider.title);
        Diagnostic::new(Code::SignInFailed, message)
            .with_hint(hint)
            .into()
    }

    /// Makes a grant of the code, and finds out whose it is.
    ///
    /// # Errors
    /// When the platform does not give a token, or does not say whose it is.
    pub(crate) async fn redeem(&self, code: &SecretString) -> anyhow::Result<Credential> {
        let address = self.redirect.address();
        let granted = server::redeem(self.cx, self.provider, &self.app, address, code).await;
        let granted = granted.map_err(|denied| match denied {
            TokenError::OAuthError(refused) => self.explained(&refused),
            TokenError::Unclear(why) => self.unclear(&why),
        })?;
        let scopes = granted
            .scopes
            .clone()
            .unwrap_or_else(|| self.provider.scopes.clone());
        let account = self.account(&granted, &scopes).await?;
        Ok(Credential {
            issuer: self.provider.issuer.clone(),
            client_id: self.app.client_id.clone(),
            access_token: granted.access_token,
            issued: granted.issued,
            expires: granted.expires,
            refresh_token: granted.refresh_token,
            refresh_until: granted.refresh_until,
            scopes,
            account: account.id,
            account_name: account.name,
        })
    }

    async fn account(&self, granted: &TokenResponse, scopes: &[String]) -> anyhow::Result<Account> {
        let mut pauses = SHOWN_AGAIN.iter();
        loop {
            let whose = self.sign_in.account(self.cx, &granted.access_token, scopes);
            let error = match whose.await {
                Ok(account) => return Ok(account),
                Err(error) => error,
            };
            let again = error.kind == PublishErrorKind::Unauthorized;
            let Some(pause) = pauses.next().filter(|_| again) else {
                return Err(error).context("a token came, but it is not kept");
            };
            self.cx.clock.sleep(Duration::from_secs(*pause)).await;
        }
    }

    fn unclear(&self, why: &str) -> anyhow::Error {
        let message = format!("{} gave no token: {why}", self.provider.title);
        Diagnostic::new(Code::SignInFailed, message)
            .with_hint(format!("try again: {}", self.command()))
            .into()
    }

    /// What a refusal means: as the platform says, or as it is everywhere.
    fn explained(&self, refused: &OAuthError) -> anyhow::Error {
        let said = TokenError::OAuthError(refused.clone()).to_string();
        let title = self.provider.title;
        let explained = self.sign_in.explain(refused).unwrap_or_else(|| {
            let message = format!("{title} refuses to sign in");
            Diagnostic::new(Code::SignInFailed, message)
                .with_hint(format!("try again: {}", self.command()))
        });
        let hint = explained.hint.clone().unwrap_or_default();
        let hint = hint
            .replace("{redirect}", self.redirect.address())
            .replace("{login}", &self.command());
        explained
            .with_hint(hint)
            .caused_by(format!("{title} says {said}"))
            .into()
    }

    fn command(&self) -> String {
        let Provider {
            platform, profile, ..
        } = self.provider;
        if profile == "default" {
            format!("`syndicate auth login {platform}`")
        } else {
            format!("`syndicate auth login {platform} --profile {profile}`")
        }
    }
}
