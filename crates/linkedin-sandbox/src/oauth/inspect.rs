//! Handles the introspection (`introspectToken`) and the revocation (`revoke`) of tokens.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::form::{Form, OauthError};
use crate::app::AppState;

pub(crate) async fn introspect(
    State(app): State<AppState>,
    form: Form,
) -> Result<Json<Value>, OauthError> {
    let text = form.required("token")?;
    let client = form.client(StatusCode::BAD_REQUEST)?;
    let now = app.now();
    let state = app.state();
    let token = state.grants.tokens.get(text);
    let Some(token) = token.filter(|token| token.grant.client == client) else {
        return Ok(Json(json!({"active": false})));
    };
    let status = if token.revoked {
        "revoked"
    } else if now >= token.expires() {
        "expired"
    } else {
        "active"
    };
    Ok(Json(json!({
        "active": status == "active",
        "client_id": client,
        "authorized_at": token.grant.authorized.as_second(),
        "created_at": token.created.as_second(),
        "status": status,
        "expires_at": token.expires().as_second(),
        "scope": token.grant.scopes.to_string(),
        "auth_type": "3L",
    })))
}

pub(crate) async fn revoke(
    State(app): State<AppState>,
    form: Form,
) -> Result<StatusCode, OauthError> {
    let text = form.required("token")?;
    let client = form.client(StatusCode::BAD_REQUEST)?;
    let mut state = app.state();
    let token = state.grants.tokens.get_mut(text);
    // A token of another app is not revoked, and the response does not reveal that it exists.
    if let Some(token) = token.filter(|token| token.grant.client == client) {
        token.revoked = true;
    }
    Ok(StatusCode::OK)
}
