//! Collects the status of a profile.

use jiff::Timestamp;
use jiff::civil::Date;
use syndicate_api::{Context, Credential, SignIn};

use crate::auth::StoredToken;
use crate::session::{Session, SessionError};

/// A stored token, and the platform's information about it.
pub(super) struct ProfileStatus {
    pub(super) stored: StoredToken,
    /// The version of the platform's API and the last day on which it is supported.
    pub(super) version: Option<(String, Option<Date>)>,
    pub(super) pages: Result<Option<Vec<String>>, String>,
}

impl ProfileStatus {
    /// Queries the platform about the profile, if its sink supports that.
    pub(super) async fn of(stored: StoredToken, session: &Session) -> Result<Self, SessionError> {
        let sink = match session.sink_to_sign_in(&stored.platform, Some(&stored.profile)) {
            Ok(sink) => Some(sink),
            // The token exists even if pipeline.yaml has no matching sink.
            Err(SessionError::Usage(_)) => None,
            Err(error) => return Err(error),
        };
        let Some(sign_in) = sink.as_ref().and_then(|sink| sink.sign_in()) else {
            return Ok(Self {
                stored,
                version: None,
                pages: Ok(None),
            });
        };
        let pages = match &stored.credential {
            Ok(credential) => pages(session.cx(), sign_in, credential).await,
            Err(_) => Ok(None),
        };
        Ok(Self {
            version: sign_in.version(),
            stored,
            pages,
        })
    }

    /// Returns `true` if the token is valid or can be refreshed.
    pub(super) fn is_good(&self, now: Timestamp) -> bool {
        let credential = self.stored.credential.as_ref();
        credential
            .is_ok_and(|credential| !credential.is_expired(now) || credential.is_refreshable(now))
    }
}

/// Returns the time until which the token is refreshed automatically, or `None` if it is not.
pub(super) fn renewed_until(cx: &Context, credential: &Credential) -> Option<Timestamp> {
    credential
        .refresh_until
        .filter(|_| credential.is_refreshable(cx.now()))
}

async fn pages(
    cx: &Context,
    sign_in: &dyn SignIn,
    credential: &Credential,
) -> Result<Option<Vec<String>>, String> {
    let ours = credential.issuer == sign_in.provider().issuer;
    if cx.offline || !ours || credential.is_expired(cx.now()) {
        return Ok(None);
    }
    let pages = sign_in.pages(cx, credential).await;
    pages.map_err(|error| error.to_string())
}
