//! Runs one login: builds the authorization URL, waits for the code and exchanges it for a token.
//! The code arrives through the loopback listener or through a pasted address, from either of the
//! two.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use syndicate_api::{
    Account, Code, Context, Credential, Diagnostic, ExposeSecret as _, OAuth, OAuthApp, OAuthError,
    Provider, PublishErrorKind, SecretString, SignIn, masked_secret,
};
use tokio::sync::mpsc;

use super::form;
use super::listener::Listener;
use super::pending::{Callback, Pending};
use super::pkce::Pkce;
use super::redirect::RedirectUri;
use super::server::{self, TokenError, TokenResponse};

/// Delays in seconds between attempts to use a new token. Platforms need some time until all of
/// their servers accept it.
const ACCOUNT_RETRY_SECONDS: &[u64] = &[1, 2, 4, 8];

/// A login in progress.
pub(crate) struct Login<'a> {
    cx: &'a Context,
    sign_in: &'a dyn SignIn,
    provider: &'a Provider,
    oauth: &'a OAuth,
    app: OAuthApp,
    redirect: RedirectUri,
    pending: Arc<Pending>,
    pkce: Option<Pkce>,
    is_prompt_required: bool,
}

/// An event while the login waits for its callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LoginEvent {
    /// A request or pasted line that is not the expected callback, with the reason.
    Stray(&'static str),
}

impl<'a> Login<'a> {
    /// Returns a login for `app`. Its `state` parameter is derived from `random`.
    #[must_use]
    pub(crate) fn new(
        cx: &'a Context,
        sign_in: &'a dyn SignIn,
        provider: &'a Provider,
        oauth: &'a OAuth,
        app: OAuthApp,
        redirect: RedirectUri,
        random: &[u8; 32],
    ) -> Self {
        Self {
            cx,
            sign_in,
            provider,
            oauth,
            app,
            redirect,
            pending: Arc::new(Pending::new(random)),
            pkce: None,
            is_prompt_required: false,
        }
    }

    /// Adds a code challenge whose verifier is made of `random`, other bytes than those of `state`.
    #[must_use]
    pub(crate) fn with_challenge(self, random: &[u8; 32]) -> Self {
        Self {
            pkce: Some(Pkce::new(random)),
            ..self
        }
    }

    /// Ends the login when standard input is closed, if `is_required` is `true`. Without a browser on this machine, the
    /// callback arrives as a pasted address.
    #[must_use]
    pub(crate) fn requiring_prompt(self, is_required: bool) -> Self {
        Self {
            is_prompt_required: is_required,
            ..self
        }
    }

    /// Returns the authorization URL that the user opens. Its only secret is `state`, which is
    /// invalid after the callback.
    #[must_use]
    pub(crate) fn address(&self) -> String {
        let state = self.pending.state();
        let state = state.as_ref().map_or("", |state| state.expose_secret());
        let scopes = self.oauth.scopes.join(" ");
        let challenge = self.pkce.as_ref().map(Pkce::challenge);
        let mut fields = vec![
            ("response_type", "code"),
            ("client_id", &self.app.client_id),
            ("redirect_uri", self.redirect.address()),
            ("state", state),
            ("scope", &scopes),
        ];
        if let Some(challenge) = &challenge {
            fields.push(("code_challenge", challenge));
            fields.push(("code_challenge_method", "S256"));
        }
        format!("{}?{}", self.oauth.authorize, form::encode(&fields))
    }

    /// Waits for the authorization code.
    ///
    /// # Errors
    /// Fails if the user or the platform refuses, or if no callback arrives within `patience`.
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
        // Without this sender the loop ends when neither the listener nor the paste prompt is left.
        drop(send);
        let waiting = async {
            let mut is_prompt_open = true;
            loop {
                let callback = tokio::select! {
                    // A callback that has arrived counts even if standard input is closed.
                    biased;
                    Some(callback) = answers.recv() => callback,
                    line = pasted.recv(), if is_prompt_open => match line {
                        Some(line) => self.read(&line),
                        None if self.is_prompt_required => return Err(prompt_closed()),
                        None => {
                            is_prompt_open = false;
                            continue;
                        }
                    },
                    else => return Err(self.no_callback("neither a listener nor a prompt can receive the response")),
                };
                match callback {
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
        answer.unwrap_or_else(|_| Err(self.no_callback("no response arrived in time")))
    }

    /// Waits for a pasted code.
    ///
    /// # Errors
    /// Fails if no code arrives within `patience`.
    pub(crate) async fn pasted_code(
        &self,
        mut pasted: mpsc::UnboundedReceiver<String>,
        patience: Duration,
    ) -> anyhow::Result<SecretString> {
        match tokio::time::timeout(patience, pasted.recv()).await {
            Ok(Some(line)) => Ok(masked_secret(line.trim())),
            Ok(None) => Err(self.no_callback("no code was pasted")),
            Err(_) => Err(self.no_callback("no code was pasted in time")),
        }
    }

    /// Parses a pasted line: the whole address, or only its query.
    fn read(&self, line: &str) -> Callback {
        let line = line.trim();
        let query = line.split_once('?').map_or(line, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        self.pending.take(query)
    }

    fn no_callback(&self, message: &str) -> anyhow::Error {
        let hint = self
            .provider
            .setup
            .replace("{redirect}", self.redirect.address());
        let hint = format!("if {} showed an error page: {hint}", self.provider.title);
        Diagnostic::new(Code::SignInFailed, message)
            .with_hint(hint)
            .into()
    }

    /// Exchanges the code for a token and looks up the account of the token.
    ///
    /// # Errors
    /// Fails if the platform issues no token, or if the account cannot be looked up.
    pub(crate) async fn redeem(&self, code: &SecretString) -> anyhow::Result<Credential> {
        let address = self.redirect.address();
        let verifier = self.pkce.as_ref().map(Pkce::verifier);
        let granted = server::redeem(self.cx, self.oauth, &self.app, address, code, verifier).await;
        let granted = granted.map_err(|denied| match denied {
            TokenError::OAuthError(refused) => self.explained(&refused),
            TokenError::InvalidResponse(why) => self.unclear(&why),
        })?;
        let scopes = granted
            .scopes
            .clone()
            .unwrap_or_else(|| self.oauth.scopes.clone());
        let account = self.account(&granted, &scopes).await?;
        let (issuer, token) = (self.provider.issuer.as_str(), granted.access_token);
        Ok(Credential {
            client_id: self.app.client_id.clone(),
            expires: granted.expires,
            refresh_token: granted.refresh_token,
            refresh_until: granted.refresh_until,
            scopes,
            ..Credential::new(issuer, token, granted.issued, account)
        })
    }

    async fn account(&self, granted: &TokenResponse, scopes: &[String]) -> anyhow::Result<Account> {
        let mut pauses = ACCOUNT_RETRY_SECONDS.iter();
        loop {
            let account = self.sign_in.account(self.cx, &granted.access_token, scopes);
            let error = match account.await {
                Ok(account) => return Ok(account),
                Err(error) => error,
            };
            let again = error.kind == PublishErrorKind::Unauthorized;
            let Some(pause) = pauses.next().filter(|_| again) else {
                return Err(error).context("received a token, but did not store it");
            };
            self.cx.clock.sleep(Duration::from_secs(*pause)).await;
        }
    }

    fn unclear(&self, why: &str) -> anyhow::Error {
        let message = format!("{} issued no token: {why}", self.provider.title);
        Diagnostic::new(Code::SignInFailed, message)
            .with_hint(format!("try again: {}", self.command()))
            .into()
    }

    /// Returns an error that explains a refusal, in the platform's own terms if the sink has them.
    fn explained(&self, refused: &OAuthError) -> anyhow::Error {
        let said = TokenError::OAuthError(refused.clone()).to_string();
        let title = &self.provider.title;
        let explained = self.sign_in.explain(refused).unwrap_or_else(|| {
            let message = format!("{title} refused the sign-in");
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

fn prompt_closed() -> anyhow::Error {
    let message =
        "standard input is closed, so you cannot paste the address that the browser ends at";
    let hint = "run this command in a terminal; `ssh` needs `-t`, and `docker run` needs `-it`";
    Diagnostic::new(Code::SignInFailed, message)
        .with_hint(hint)
        .into()
}
