//! Handles `GET /v2/userinfo`, which returns the member of a token ("Sign In with LinkedIn using OpenID
//! Connect"). It is not versioned and does not reveal the permission to post. Such tokens cannot call
//! `GET /v2/me`, although many clients try it: that is for apps with pages, which have no OpenID
//! Connect.

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::AppState;
use crate::auth::Member;
use crate::errors::ErrorResponse;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/v2/userinfo", get(userinfo))
        .route("/v2/me", get(me))
}

async fn userinfo(member: Member) -> Result<Json<Value>, ErrorResponse> {
    if !member.has(&["openid", "profile"]) {
        return Err(no_access("userinfo.GET"));
    }
    let [given_name, family_name] = member.name();
    let mut info = json!({
        "sub": member.sub,
        "name": format!("{given_name} {family_name}"),
        "given_name": given_name,
        "family_name": family_name,
        "locale": {"country": "US", "language": "en"},
    });
    if member.has(&["email"]) {
        info["email"] = format!("{}@members.example", member.sub.to_lowercase()).into();
        info["email_verified"] = true.into();
    }
    Ok(Json(info))
}

async fn me(member: Member) -> Result<Json<Value>, ErrorResponse> {
    if !member.has(&["r_basicprofile"]) {
        return Err(no_access("me.GET"));
    }
    let [given_name, family_name] = member.name();
    Ok(Json(json!({
        "id": member.sub,
        "localizedFirstName": given_name,
        "localizedLastName": family_name,
    })))
}

fn no_access(resource: &str) -> ErrorResponse {
    ErrorResponse::classic(
        StatusCode::FORBIDDEN,
        100,
        format!("Not enough permissions to access: {resource}.NO_VERSION"),
    )
}
