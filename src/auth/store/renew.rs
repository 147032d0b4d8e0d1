//! Renews stored credentials. A platform may accept each refresh token once, so a renewal that is not stored signs the
//! user out. Therefore:
//!
//! 1. One process at a time renews a credential; the others use its result.
//! 2. The attempt is recorded in the credential's file before the request. A credential that cannot be written is not
//!    renewed.
//! 3. The new credential is stored before it is used. Until then the file has the old refresh token, which some
//!    platforms accept again for a while, so the next use repeats a renewal whose answer was lost.

use syndicate_api::{
    Context, Credential, CredentialIssuer, CredentialStore as _, OAuth, OAuthApp, OAuthClient,
    Provider, PublishError, PublishErrorKind,
};
use tracing::{info, warn};

use super::super::server::{self, TokenResponse};
use super::renewal_error::{
    answer_lost, not_storable, oauth_error, refused, unauthorized, unreadable,
};
use super::{TokenFiles, TokenLocation, is_same};

impl TokenFiles {
    /// Renews the credential of `source` and stores the result. Returns the stored credential instead if it is not
    /// `seen`, because then another process has renewed it.
    pub(super) async fn renew_stored(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        seen: &Credential,
    ) -> Result<Credential, PublishError> {
        let provider = source.provider();
        let is_reusable = source.has_reusable_refresh_token();
        let lock = self.lock(&provider.platform, &provider.profile).await;
        if let Err(error) = &lock
            && !is_reusable
        {
            return Err(not_storable(error));
        }
        let current = self.current(&provider)?;
        if !is_same(&current, seen) {
            return Ok(current);
        }
        if current.refresh_token.is_none() {
            let message = "the token has expired and has no refresh token";
            return Err(unauthorized(message, &provider));
        }
        if is_reusable {
            let renewed = self.request(cx, source, &provider, &current).await;
            let renewed = renewed.map_err(|error| refused(error, &provider, None))?;
            // If it cannot be stored, as in a read-only container, this run still uses it.
            if let Err(error) = self.save_renewed(&provider, &renewed) {
                let (platform, profile) = (&*provider.platform, &provider.profile);
                warn!(platform, profile, "token renewed and not kept: {error:#}");
            }
            return Ok(renewed);
        }
        self.renew_once(cx, source, &provider, &current).await
    }

    /// Renews a credential whose refresh token may be usable only once.
    async fn renew_once(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        provider: &Provider,
        current: &Credential,
    ) -> Result<Credential, PublishError> {
        let attempt = self.record_attempt(provider, cx.now());
        let attempt = attempt.map_err(|error| not_storable(&error))?;
        let renewed = match self.request(cx, source, provider, current).await {
            Ok(renewed) => renewed,
            Err(error) if error.kind == PublishErrorKind::Unknown => {
                return Err(answer_lost(error, provider));
            }
            Err(error) => {
                // The server has not used the refresh token.
                if let Err(error) = attempt.undo() {
                    warn!("cannot restore the stored token: {error}");
                }
                return Err(refused(error, provider, attempt.lost_before()));
            }
        };
        self.save_renewed(provider, &renewed).map_err(|error| {
            let message = "the token was renewed, but the new one cannot be stored";
            unauthorized(message, provider).caused_by(format!("{error:#}"))
        })?;
        Ok(renewed)
    }

    /// Returns the stored credential.
    fn current(&self, provider: &Provider) -> Result<Credential, PublishError> {
        let stored = self.get(&provider.platform, &provider.profile);
        match stored.map_err(|error| unreadable(&error))? {
            Some(credential) => Ok(credential),
            None => Err(unauthorized("signed out meanwhile", provider)),
        }
    }

    fn save_renewed(&self, provider: &Provider, credential: &Credential) -> anyhow::Result<()> {
        let (platform, profile) = (&*provider.platform, &provider.profile);
        let location = self.location(platform, profile);
        let location = location.unwrap_or(TokenLocation::File);
        self.save(platform, profile, credential, location)?;
        let expires = credential.expires.map(tracing::field::display);
        info!(platform, profile, expires, "token renewed");
        Ok(())
    }

    /// Sends the request of the platform, or else that of RFC 6749.
    pub(super) async fn request(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        provider: &Provider,
        credential: &Credential,
    ) -> Result<Credential, PublishError> {
        if let Some(renewed) = source.renew(cx, credential).await {
            return renewed;
        }
        let (Some(oauth), Some(refresh_token)) = (source.oauth(), &credential.refresh_token) else {
            let message = format!("{} does not renew tokens", provider.title);
            return Err(unauthorized(message, provider));
        };
        let app = self.app_of(cx, provider, &oauth, &credential.client_id)?;
        let granted = server::renew(cx, &oauth, &app, refresh_token).await;
        let granted = granted.map_err(|denied| oauth_error(&denied))?;
        Ok(renewed(credential, granted))
    }

    /// Returns the app that a token was issued to.
    ///
    /// # Errors
    /// Fails if the secret of the app is not known.
    pub(crate) fn app_of(
        &self,
        cx: &Context,
        provider: &Provider,
        oauth: &OAuth,
        client_id: &str,
    ) -> Result<OAuthApp, PublishError> {
        match &oauth.client {
            OAuthClient::Configured { secret, .. } => Ok(OAuthApp {
                client_id: client_id.to_owned(),
                client_secret: secret.reveal(&cx.env)?,
            }),
            OAuthClient::Registered => self.app(provider, client_id).ok_or_else(|| {
                let message = "the app that the token was issued to is not stored here";
                unauthorized(message, provider)
            }),
        }
    }
}

/// Returns `old` updated with `granted`. The refresh token keeps its expiry unless the server sends
/// a new one, because refreshing does not extend it.
pub(super) fn renewed(old: &Credential, granted: TokenResponse) -> Credential {
    Credential {
        access_token: granted.access_token,
        issued: granted.issued,
        expires: granted.expires,
        refresh_token: granted.refresh_token.or(old.refresh_token.clone()),
        refresh_until: granted.refresh_until.or(old.refresh_until),
        scopes: granted.scopes.unwrap_or_else(|| old.scopes.clone()),
        ..old.clone()
    }
}
