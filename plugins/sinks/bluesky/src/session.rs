//! Sessions of the account. An app password is exchanged for an access token, which is valid for minutes to hours, and a
//! refresh token. Servers allow few sign-ins a day, so the program stores the session and renews it with the refresh
//! token.

use serde_json::{Value, json};
use syndicate_api::http::HttpRequest;
use syndicate_api::{
    Account, Context, Credential, ExposeSecret as _, Password, PublishError, SecretString,
    masked_secret,
};

use crate::errors::{ERRORS, unexpected};
use crate::identifier::{is_did, is_handle};
use crate::xrpc::{self, CREATE_SESSION, DELETE_SESSION, GET_SESSION, REFRESH_SESSION};

/// The key of the account's state in [`Credential::extra`], such as `deactivated`. Missing if the account is active.
pub(crate) const STATE: &str = "state";

/// Exchanges a password for a session at the server `pds`. `issuer` identifies the server in the stored session.
///
/// # Errors
/// Returns an error if the server does not accept the password.
pub(crate) async fn create(
    cx: &Context,
    pds: &str,
    issuer: &str,
    password: &Password<'_>,
) -> Result<Credential, PublishError> {
    let secret = password.secret.expose_secret();
    let body = json!({"identifier": password.user, "password": secret});
    let request = xrpc::procedure(pds, CREATE_SESSION, &body);
    let answer = ERRORS.check_repeatable(cx, cx.http.send(request).await)?;
    parse(cx, issuer, &answer.json())
}

/// Exchanges the refresh token of `session` for a new session. Sends one request.
///
/// # Errors
/// Returns `Unknown` if the server may have replaced the token.
pub(crate) async fn renew(
    cx: &Context,
    pds: &str,
    session: &Credential,
) -> Result<Credential, PublishError> {
    let request = with_refresh_token(pds, REFRESH_SESSION, session);
    let answer = ERRORS.check_create(cx, cx.http.send(request).await)?;
    let renewed = parse(cx, &session.issuer, &answer.json())?;
    if renewed.account == session.account {
        Ok(renewed)
    } else {
        Err(unexpected("session of the same account"))
    }
}

/// Ends `session`.
///
/// # Errors
/// Returns an error if the server does not confirm it.
pub(crate) async fn delete(
    cx: &Context,
    pds: &str,
    session: &Credential,
) -> Result<(), PublishError> {
    let request = with_refresh_token(pds, DELETE_SESSION, session);
    ERRORS
        .check_repeatable(cx, cx.http.send(request).await)
        .map(drop)
}

/// Returns the account of an access token.
///
/// # Errors
/// Returns an error if the server does not accept the token.
pub(crate) async fn account(
    cx: &Context,
    pds: &str,
    token: &SecretString,
) -> Result<Account, PublishError> {
    let request = xrpc::query(pds, GET_SESSION, &[]).bearer(token);
    let answer = ERRORS.check_repeatable(cx, cx.http.send(request).await)?;
    owner(&answer.json()).ok_or_else(|| unexpected("account"))
}

fn with_refresh_token(pds: &str, procedure: &str, session: &Credential) -> HttpRequest {
    let request = HttpRequest::new("POST", format!("{pds}{}", xrpc::path(procedure)));
    match &session.refresh_token {
        Some(token) => request.bearer(token),
        None => request,
    }
}

fn parse(cx: &Context, issuer: &str, answer: &Value) -> Result<Credential, PublishError> {
    let token = |name: &str| text(answer, name).map(masked_secret);
    let (Some(owner), Some(access), Some(refresh)) =
        (owner(answer), token("accessJwt"), token("refreshJwt"))
    else {
        return Err(unexpected("session"));
    };
    let mut session = Credential::new(issuer, access, cx.now(), owner);
    session.refresh_token = Some(refresh);
    if answer["active"] == false {
        let state = text(answer, "status").unwrap_or("not active");
        session.extra.insert(STATE.to_owned(), state.to_owned());
    }
    Ok(session)
}

/// Returns the account that an answer names: the DID, and the handle as its name.
fn owner(answer: &Value) -> Option<Account> {
    let did = text(answer, "did").filter(|did| is_did(did))?;
    let handle = text(answer, "handle").filter(|handle| is_handle(handle));
    Some(Account {
        id: did.to_owned(),
        name: handle.unwrap_or(did).to_owned(),
    })
}

fn text<'a>(answer: &'a Value, name: &str) -> Option<&'a str> {
    answer[name].as_str().filter(|text| !text.is_empty())
}
