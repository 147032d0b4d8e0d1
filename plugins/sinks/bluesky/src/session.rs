//! The session with the server. An app password is exchanged once in a process for an access token, which is valid
//! for minutes to hours, and a refresh token. Servers allow few sign-ins a day, so an expired access token is renewed
//! with the refresh token.

use std::sync::Arc;

use serde_json::{Value, json};
use syndicate_api::{
    Code, Context, ExposeSecret as _, PublishError, PublishErrorKind, SecretString, masked_secret,
};

use crate::errors::{ERRORS, rejected, unexpected};
use crate::identifier::{is_did, is_handle};
use crate::identity::Identity;
use crate::options::Options;
use crate::xrpc::{self, CREATE_SESSION, REFRESH_SESSION};

/// A session of one account. `Debug` shows no token.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) did: String,
    pub(crate) handle: String,
    /// The state of an account that is not active, such as `deactivated`.
    pub(crate) inactive: Option<String>,
    pub(crate) access: SecretString,
    refresh: SecretString,
}

/// The session of this process, which all requests share.
#[derive(Debug, Default)]
pub(crate) struct SharedSession(tokio::sync::Mutex<Option<Arc<Session>>>);

impl SharedSession {
    /// Returns the session, and signs in first if there is none.
    ///
    /// # Errors
    /// Returns an error if the server does not accept the password.
    pub(crate) async fn get(
        &self,
        cx: &Context,
        options: &Options,
        identity: &Identity,
    ) -> Result<Arc<Session>, PublishError> {
        let mut shared = self.0.lock().await;
        if let Some(session) = &*shared {
            return Ok(Arc::clone(session));
        }
        let session = Arc::new(sign_in(cx, options, identity).await?);
        *shared = Some(Arc::clone(&session));
        Ok(session)
    }

    /// Returns a session that replaces `expired`: one that another request has renewed already, else a renewed one,
    /// else a new one.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    pub(crate) async fn renew(
        &self,
        cx: &Context,
        options: &Options,
        identity: &Identity,
        expired: &Session,
    ) -> Result<Arc<Session>, PublishError> {
        let mut shared = self.0.lock().await;
        let access = |session: &Session| session.access.expose_secret().to_owned();
        if let Some(session) = shared
            .as_ref()
            .filter(|session| access(session) != access(expired))
        {
            return Ok(Arc::clone(session));
        }
        *shared = None;
        let renewed = match refresh(cx, identity, expired).await {
            Err(error) if error.kind == PublishErrorKind::Unauthorized => {
                sign_in(cx, options, identity).await?
            }
            renewed => renewed?,
        };
        let session = Arc::new(renewed);
        *shared = Some(Arc::clone(&session));
        Ok(session)
    }

    /// Returns the DID of the session's account; `None` before the first sign-in.
    pub(crate) async fn did(&self) -> Option<String> {
        let shared = self.0.lock().await;
        shared.as_ref().map(|session| session.did.clone())
    }
}

async fn sign_in(
    cx: &Context,
    options: &Options,
    identity: &Identity,
) -> Result<Session, PublishError> {
    let password = options.password.reveal(&cx.env)?;
    let name = identity.did.clone().unwrap_or_else(|| options.account());
    let body = json!({"identifier": name, "password": password.expose_secret()});
    let request = xrpc::procedure(&identity.pds, CREATE_SESSION, &body);
    let answer = ERRORS.check_repeatable(cx, cx.http.send(request).await)?;
    let session = parse(&answer.json())?;
    let account = options.account();
    let is_configured = if is_did(&account) {
        session.did == account
    } else {
        identity.did.as_ref().is_none_or(|did| *did == session.did)
    };
    if is_configured {
        return Ok(session);
    }
    let message = format!(
        "the password belongs to `{}`, not to `{account}`",
        session.did
    );
    Err(rejected(Code::OtherAccount, message))
}

async fn refresh(
    cx: &Context,
    identity: &Identity,
    expired: &Session,
) -> Result<Session, PublishError> {
    let url = format!("{}{}", identity.pds, xrpc::path(REFRESH_SESSION));
    let request = syndicate_api::http::HttpRequest::new("POST", url).bearer(&expired.refresh);
    let answer = ERRORS.check_repeatable(cx, cx.http.send(request).await)?;
    let session = parse(&answer.json())?;
    if session.did == expired.did {
        Ok(session)
    } else {
        Err(unexpected("session of the same account"))
    }
}

fn parse(answer: &Value) -> Result<Session, PublishError> {
    let text = |name: &str| answer[name].as_str().filter(|text| !text.is_empty());
    let token = |name| text(name).map(|token| masked_secret(token.to_owned()));
    let did = text("did").filter(|did| is_did(did));
    let (Some(did), Some(access), Some(refresh)) = (did, token("accessJwt"), token("refreshJwt"))
    else {
        return Err(unexpected("session"));
    };
    let handle = text("handle").filter(|handle| is_handle(handle));
    let inactive = (answer["active"] == false).then(|| text("status").unwrap_or("not active"));
    Ok(Session {
        did: did.to_owned(),
        handle: handle.unwrap_or(did).to_owned(),
        inactive: inactive.map(str::to_owned),
        access,
        refresh,
    })
}
