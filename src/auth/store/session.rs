//! Sessions of passwords in a sink's options. The password stays available, so a session that cannot be stored or
//! renewed is replaced with a new one. Platforms limit the number of logins a day, so a session is stored where
//! possible, and otherwise kept in memory for this run.

use syndicate_api::{
    Context, Credential, CredentialIssuer, CredentialStore as _, Provider, PublishError,
    PublishErrorKind, before_delivery,
};
use tracing::warn;

use super::{TokenFiles, TokenLocation, is_due, is_same};

impl TokenFiles {
    /// Returns the session of a password. Renews it first if it expires soon.
    pub(super) async fn session(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
    ) -> Result<Credential, PublishError> {
        let stored = self.stored_session(&source.provider()).await;
        match stored {
            None => self.start_session(cx, source, None).await,
            Some(session) if !is_due(&session, cx.now()) => Ok(session),
            Some(session) => {
                let renewed = self.renew_session(cx, source, &session).await;
                match renewed {
                    Err(error) if !session.is_expired(cx.now()) => {
                        warn!("session not renewed: {error}");
                        Ok(session)
                    }
                    renewed => renewed,
                }
            }
        }
    }

    /// Renews the session `seen`, or starts another if that is not possible.
    pub(super) async fn renew_session(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        seen: &Credential,
    ) -> Result<Credential, PublishError> {
        let profile = source.provider().profile;
        let is_stored = !self.unstored.lock().await.contains_key(&profile);
        if is_stored && seen.is_refreshable(cx.now()) {
            match self.renew_stored(cx, source, seen).await {
                Err(error) if error.kind == PublishErrorKind::Unauthorized => {}
                renewed => return renewed,
            }
        }
        self.start_session(cx, source, Some(seen)).await
    }

    /// Signs in, unless another task or process has replaced the session `seen` meanwhile.
    async fn start_session(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        seen: Option<&Credential>,
    ) -> Result<Credential, PublishError> {
        let provider = source.provider();
        let (platform, profile) = (&*provider.platform, provider.profile.as_str());
        let mut unstored = self.unstored.lock().await;
        let lock = self.lock(platform, profile).await;
        let current = unstored.get(profile).cloned();
        let current = current.or_else(|| self.get(platform, profile).ok().flatten());
        if let Some(current) = current
            && seen.is_none_or(|seen| !is_same(&current, seen))
            && !current.is_expired(cx.now())
        {
            return Ok(current);
        }
        let session = source.sign_in(cx).await;
        let session = session.map_err(before_delivery)?;
        let kept =
            lock.and_then(|_lock| self.save(platform, profile, &session, TokenLocation::File));
        match kept {
            Ok(_) => drop(unstored.remove(profile)),
            Err(error) => {
                warn!(
                    platform,
                    "session not stored, so each run signs in: {error:#}"
                );
                unstored.insert(profile.to_owned(), session.clone());
            }
        }
        Ok(session)
    }

    /// Returns the session in memory, or else the stored one. A session that cannot be read is replaced.
    async fn stored_session(&self, provider: &Provider) -> Option<Credential> {
        if let Some(session) = self.unstored.lock().await.get(&provider.profile) {
            return Some(session.clone());
        }
        let stored = self.get(&provider.platform, &provider.profile);
        stored.unwrap_or_else(|error| {
            warn!("the stored session is replaced: {error:#}");
            None
        })
    }
}
