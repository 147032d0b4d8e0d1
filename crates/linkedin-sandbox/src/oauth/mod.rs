//! Signing in (OAuth 2.0, "Authorization Code Flow"): a page that asks a member for consent, codes,
//! tokens that end after 60 days by the sandbox's clock, introspection and revocation.
//!
//! Every app exists: any client identifier will do, and any secret but [`apps::WRONG_SECRET`]. The
//! word that an identifier begins with tells what LinkedIn has granted the app.

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
