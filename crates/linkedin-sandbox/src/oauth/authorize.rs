//! Handles the step in the browser: an app sends the member here, the member decides, and the browser
//! is redirected to the app. An invalid request is reported on the page and never redirected, because
//! its URL may not belong to the app.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::request::AuthorizationRequest;
use super::{apps, consent_page};
use crate::app::AppState;
use crate::members::DEMO_SUB;
use crate::settings::Consent;
use crate::state::grants::Grant;
use crate::state::journal::JournalNote;

/// Handles the page to which an app sends its member.
pub(crate) async fn ask(State(app): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let request = match AuthorizationRequest::parse(&query) {
        Ok(request) => request,
        Err(fault) => return refused(&fault),
    };
    if !apps::may_ask(&request.client, &request.scopes) {
        return request.deny(
            "unauthorized_scope_error",
            "Scope is not authorized for your application",
        );
    }
    let now = app.now();
    let state = app.state();
    let signed_in = request.member.clone().or(state.grants.signed_in.clone());
    let known = signed_in.as_ref().is_some_and(|sub| {
        let grants = &state.grants;
        grants.has_consented(&request.client, sub, &request.scopes, now)
    });
    drop(state);
    match app.settings.consent {
        Consent::Deny => request.cancelled(),
        Consent::Ask if !known => page(StatusCode::OK, consent_page::question(&request, &query)),
        Consent::Auto => {
            let sub = request.member.clone();
            request.allow(&app, sub.unwrap_or_else(|| DEMO_SUB.to_owned()))
        }
        Consent::Ask => request.allow(&app, signed_in.unwrap_or_else(|| DEMO_SUB.to_owned())),
    }
}

/// Handles the button `Allow`; `member` in the query is the member who consents.
pub(crate) async fn allow(State(app): State<AppState>, RawQuery(query): RawQuery) -> Response {
    match decided(query) {
        Ok(request) => {
            let sub = request.member.clone();
            request.allow(&app, sub.unwrap_or_else(|| DEMO_SUB.to_owned()))
        }
        Err(fault) => refused(&fault),
    }
}

/// Handles the button `Cancel`.
pub(crate) async fn cancel(RawQuery(query): RawQuery) -> Response {
    match decided(query) {
        Ok(request) => request.cancelled(),
        Err(fault) => refused(&fault),
    }
}

/// Parses the request again for a decision, because its query can be changed.
fn decided(query: Option<String>) -> Result<AuthorizationRequest, String> {
    let request = AuthorizationRequest::parse(&query.unwrap_or_default())?;
    if apps::may_ask(&request.client, &request.scopes) {
        return Ok(request);
    }
    Err("the app cannot request these scopes".to_owned())
}

impl AuthorizationRequest {
    /// Redirects to the app with a code.
    fn allow(&self, app: &AppState, sub: String) -> Response {
        let grant = Grant {
            client: self.client.clone(),
            sub,
            scopes: self.scopes.clone(),
            authorized: app.now(),
        };
        let mut state = app.state();
        let code = state.grants.consent(grant, &self.redirect_uri);
        self.back(&[("code", &code)])
    }

    fn cancelled(&self) -> Response {
        self.deny(
            "user_cancelled_authorize",
            "The user cancelled the authorization",
        )
    }

    /// Redirects to the app with an error.
    fn deny(&self, error: &str, description: &str) -> Response {
        self.back(&[("error", error), ("error_description", description)])
    }

    fn back(&self, answer: &[(&str, &str)]) -> Response {
        let mut address = self.redirect.clone();
        address
            .query_pairs_mut()
            .extend_pairs(answer)
            .extend_pairs(self.state.iter().map(|state| ("state", state)));
        let mut response = StatusCode::FOUND.into_response();
        let location = HeaderValue::from_str(address.as_str()).expect("a parsed address is ASCII");
        response.headers_mut().insert(header::LOCATION, location);
        let (name, value) = answer[0];
        let note = if name == "code" {
            "the member consents"
        } else {
            value
        };
        response
            .extensions_mut()
            .insert(JournalNote(note.to_owned()));
        response
    }
}

fn refused(fault: &str) -> Response {
    let mut response = page(StatusCode::BAD_REQUEST, consent_page::fault(fault));
    response
        .extensions_mut()
        .insert(JournalNote(fault.to_owned()));
    response
}

fn page(status: StatusCode, html: String) -> Response {
    (status, axum::response::Html(html)).into_response()
}
