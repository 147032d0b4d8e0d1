//! `GET /v2/userinfo`, which tells who a token speaks for ("Sign In with LinkedIn using OpenID
//! Connect"). It is not versioned and says nothing about the right to post.

use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::App;
use super::auth::Member;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/v2/userinfo", get(userinfo))
}

async fn userinfo(member: Member) -> Json<Value> {
    let [given_name, family_name] = member.name();
    Json(json!({
        "sub": member.sub,
        "name": format!("{given_name} {family_name}"),
        "given_name": given_name,
        "family_name": family_name,
        "locale": {"country": "US", "language": "en"},
    }))
}
