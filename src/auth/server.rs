//! Calls an OAuth server: exchanges a code or a refresh token for a token, and revokes a token. All
//! parameters are sent in the body, because URLs end up in logs. Errors quote the server's text
//! without the secrets of the request.

use std::fmt;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use syndicate_api::http::{HttpRequest, HttpResponse};
use syndicate_api::{
    Context, Credential, ExposeSecret as _, OAuth, OAuthApp, OAuthError, OAuthRequest,
    SecretString, masked_secret,
};

use super::form;
use super::pending::one_line;

/// A failed request to an OAuth server.
#[derive(Debug)]
pub(super) enum TokenError {
    /// The server refused with an OAuth error.
    OAuthError(OAuthError),
    /// There was no response, or it was not a valid OAuth response.
    InvalidResponse(String),
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OAuthError(refused) if refused.description.is_empty() => {
                write!(f, "`{}`", refused.error)
            }
            Self::OAuthError(refused) => write!(f, "`{}`: {}", refused.error, refused.description),
            Self::InvalidResponse(text) => f.write_str(text),
        }
    }
}

/// A successful token response.
#[derive(Debug)]
pub(super) struct TokenResponse {
    pub(super) access_token: SecretString,
    pub(super) issued: Timestamp,
    pub(super) expires: Option<Timestamp>,
    pub(super) refresh_token: Option<SecretString>,
    pub(super) refresh_until: Option<Timestamp>,
    /// The granted scopes; `None` if the server omits them.
    pub(super) scopes: Option<Vec<String>>,
}

/// Exchanges an authorization code for a token.
pub(super) async fn redeem(
    cx: &Context,
    oauth: &OAuth,
    app: &OAuthApp,
    redirect: &str,
    code: &SecretString,
    verifier: Option<&SecretString>,
) -> Result<TokenResponse, TokenError> {
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose_secret()),
        ("redirect_uri", redirect),
    ];
    let mut secrets = vec![code, &app.client_secret];
    if let Some(verifier) = verifier {
        fields.push(("code_verifier", verifier.expose_secret()));
        secrets.push(verifier);
    }
    let answer = ask(
        cx,
        &oauth.token,
        OAuthRequest::Token,
        app,
        &fields,
        &secrets,
    )
    .await?;
    granted(cx.now(), &answer)
}

/// Exchanges a refresh token for a token.
pub(super) async fn renew(
    cx: &Context,
    oauth: &OAuth,
    app: &OAuthApp,
    refresh_token: &SecretString,
) -> Result<TokenResponse, TokenError> {
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose_secret()),
    ];
    let secrets = [refresh_token, &app.client_secret];
    let answer = ask(
        cx,
        &oauth.token,
        OAuthRequest::Renewal,
        app,
        &fields,
        &secrets,
    )
    .await?;
    granted(cx.now(), &answer)
}

/// Revokes the access token of `credential`.
///
/// # Errors
/// Returns the server's reason as text.
pub(crate) async fn revoke_token(
    cx: &Context,
    address: &str,
    app: &OAuthApp,
    credential: &Credential,
) -> Result<(), String> {
    let token = &credential.access_token;
    let fields = [("token", token.expose_secret())];
    let secrets = [token, &app.client_secret];
    let asked = ask(
        cx,
        address,
        OAuthRequest::Revocation,
        app,
        &fields,
        &secrets,
    )
    .await;
    asked.map(drop).map_err(|denied| denied.to_string())
}

async fn ask(
    cx: &Context,
    address: &str,
    asked: OAuthRequest,
    app: &OAuthApp,
    fields: &[(&str, &str)],
    secrets: &[&SecretString],
) -> Result<HttpResponse, TokenError> {
    let mut all = fields.to_vec();
    all.push(("client_id", &app.client_id));
    all.push(("client_secret", app.client_secret.expose_secret()));
    let call = HttpRequest::new("POST", address)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(Bytes::from(form::encode(&all)));
    let answer = cx.http.send(call).await;
    let answer = answer.map_err(|error| TokenError::InvalidResponse(error.to_string()))?;
    if (200..300).contains(&answer.status) {
        return Ok(answer);
    }
    Err(error_of(asked, &answer, secrets))
}

/// The body of an error response (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct ErrorBody {
    error: String,
    #[serde(default)]
    error_description: String,
}

fn error_of(asked: OAuthRequest, answer: &HttpResponse, secrets: &[&SecretString]) -> TokenError {
    let Ok(ErrorBody {
        error,
        error_description,
    }) = serde_json::from_slice(&answer.body)
    else {
        let status = answer.status;
        return TokenError::InvalidResponse(format!("it responded with status {status}"));
    };
    TokenError::OAuthError(OAuthError {
        request: asked,
        error: one_line(&redact(&error, secrets)),
        description: one_line(&redact(&error_description, secrets)),
    })
}

/// Replaces each of `secrets` in `text`, because a server may repeat the request in its error.
fn redact(text: &str, secrets: &[&SecretString]) -> String {
    let secrets = secrets.iter().map(|secret| secret.expose_secret());
    secrets
        .filter(|secret| !secret.is_empty())
        .fold(text.to_owned(), |text, secret| {
            text.replace(secret, "[secret]")
        })
}

/// The body of a token response (RFC 6749, section 5.1), plus the lifetime of the refresh token in
/// seconds, which some servers add.
#[derive(Deserialize)]
struct TokenResponseBody {
    access_token: String,
    expires_in: Option<u32>,
    refresh_token: Option<String>,
    refresh_token_expires_in: Option<u32>,
    scope: Option<String>,
}

fn granted(now: Timestamp, answer: &HttpResponse) -> Result<TokenResponse, TokenError> {
    let body: TokenResponseBody = serde_json::from_slice(&answer.body)
        .map_err(|_| TokenError::InvalidResponse("it responded without a token".to_owned()))?;
    if body.access_token.is_empty() {
        return Err(TokenError::InvalidResponse(
            "it responded with an empty token".to_owned(),
        ));
    }
    let after = |seconds: u32| {
        now.checked_add(SignedDuration::from_secs(seconds.into()))
            .ok()
    };
    // The standard separates scopes with spaces; some servers use commas.
    let split = |scope: &str| {
        let words = scope.split([' ', ',']).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    Ok(TokenResponse {
        access_token: masked_secret(body.access_token),
        issued: now,
        expires: body.expires_in.and_then(after),
        refresh_token: body.refresh_token.map(masked_secret),
        refresh_until: body.refresh_token_expires_in.and_then(after),
        scopes: body.scope.as_deref().map(split),
    })
}
