//! Handles `POST /oauth/v2/accessToken`, which exchanges a code or a refresh token for an access token.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::apps;
use super::form::{Form, OauthError};
use crate::app::AppState;
use crate::state::grants::{CODE_LIFETIME, Grant, Grants, REFRESH_LIFETIME, TOKEN_LIFETIME};

pub(crate) async fn issue(
    State(app): State<AppState>,
    form: Form,
) -> Result<Json<Value>, OauthError> {
    match form.required("grant_type")? {
        "authorization_code" => exchange(&app, &form),
        "refresh_token" => refresh(&app, &form),
        other => Err(OauthError::invalid_request(format!(
            "The passed in grant_type is invalid: {other}"
        ))),
    }
}

fn exchange(app: &AppState, form: &Form) -> Result<Json<Value>, OauthError> {
    let code = form.required("code")?;
    let redirect_uri = form.required("redirect_uri")?;
    let client = form.client(StatusCode::UNAUTHORIZED)?;
    let now = app.now();
    let mut state = app.state();
    let Some(code) = state.grants.take_code(code) else {
        return Err(OauthError::invalid_request(
            "Unable to retrieve access token: authorization code not found",
        ));
    };
    let fresh = now < code.issued + CODE_LIFETIME;
    if !fresh || code.redirect_uri != redirect_uri || code.grant.client != client {
        return Err(OauthError::new(
            StatusCode::BAD_REQUEST,
            "invalid_redirect_uri",
            "Unable to retrieve access token: appid/redirect uri/code verifier does not match \
             authorization code. Or authorization code expired.",
        ));
    }
    let refresh_token = apps::is_partner(client).then(|| {
        let text = state.grants.generate("AQW", 350);
        let granted = code.grant.clone();
        state.grants.refresh_tokens.insert(text.clone(), granted);
        text
    });
    let late = app.settings.faults.delays_token();
    Ok(Json(answer(
        &mut state.grants,
        code.grant,
        refresh_token.as_deref(),
        now,
        late,
    )))
}

fn refresh(app: &AppState, form: &Form) -> Result<Json<Value>, OauthError> {
    let text = form.required("refresh_token")?;
    let client = form.client(StatusCode::UNAUTHORIZED)?;
    let now = app.now();
    let mut state = app.state();
    let grant = state
        .grants
        .refresh_tokens
        .get(text)
        .filter(|grant| grant.client == client && now < grant.authorized + REFRESH_LIFETIME);
    let Some(grant) = grant.cloned() else {
        return Err(OauthError::invalid_request(
            "The provided authorization grant or refresh token is invalid, expired or revoked",
        ));
    };
    let late = app.settings.faults.delays_token();
    Ok(Json(answer(
        &mut state.grants,
        grant,
        Some(text),
        now,
        late,
    )))
}

fn answer(
    grants: &mut Grants,
    grant: Grant,
    refresh_token: Option<&str>,
    now: Timestamp,
    late: bool,
) -> Value {
    let scope = grant.scopes.to_string();
    let refresh_ends = grant.authorized + REFRESH_LIFETIME;
    let mut answer = json!({
        "access_token": grants.issue(grant, now, late),
        "expires_in": TOKEN_LIFETIME.as_secs(),
        "scope": scope,
        "token_type": "Bearer",
    });
    if let Some(text) = refresh_token {
        answer["refresh_token"] = text.into();
        // The lifetime is not extended by use.
        answer["refresh_token_expires_in"] = refresh_ends.duration_since(now).as_secs().into();
    }
    answer
}
