//! Sign-in by OAuth 2.0 ("Authorization Code Flow"): the consent page, codes, tokens that expire after
//! 60 days by the sandbox's clock, introspection and revocation.
//!
//! Any client identifier is accepted, and any secret but [`apps::WRONG_SECRET`]. The prefix of the
//! identifier selects what LinkedIn has granted the app.

mod apps;
mod authorize;
mod consent_page;
mod form;
mod inspect;
mod request;
mod token;

use axum::Router;
use axum::routing::{get, post};

use crate::app::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/oauth/v2/authorization", get(authorize::ask))
        .route("/oauth/v2/authorization/allow", get(authorize::allow))
        .route("/oauth/v2/authorization/cancel", get(authorize::cancel))
        .route("/oauth/v2/accessToken", post(token::issue))
        .route("/oauth/v2/introspectToken", post(inspect::introspect))
        .route("/oauth/v2/revoke", post(inspect::revoke))
}
