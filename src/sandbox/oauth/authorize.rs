//! The step in the browser: an app sends the member here, the member decides, and the decision goes
//! back to the app's address. What could lead the member to an address that is not the app's is
//! told on the page and goes nowhere.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::{Url, form_urlencoded};

use super::apps;
use super::consent;
use super::grants::Grant;
use super::scopes::Scopes;
use crate::sandbox::App;
use crate::sandbox::journal::Note;
use crate::sandbox::members::{DEMO_SUB, is_id};

/// What the sandbox answers when an app asks to sign a member in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consent {
    /// A page asks the person in front of it.
    #[default]
    Ask,
    /// The member consents at once, so that no browser is needed.
    Auto,
    /// The member refuses at once.
    Deny,
}

/// A request for consent that may be shown to the member.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) client: String,
    pub(super) scopes: Scopes,
    redirect: Url,
    /// The address as the app wrote it, which it has to repeat.
    redirect_uri: String,
    state: Option<String>,
    /// Who is asked, where the request tells.
    pub(super) member: Option<String>,
}

/// The page that an app sends its member to.
pub(super) async fn ask(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let request = match Request::parse(&query) {
        Ok(request) => request,
        Err(fault) => return refused(&fault),
    };
    if !apps::may_ask(&request.client, &request.scopes) {
        return request.deny(
            "unauthorized_scope_error",
            "Scope is not authorized for your application",
        );
    }
    let now = app.sandbox.clock.now();
    let world = app.sandbox.world();
    let signed_in = request.member.clone().or(world.grants.signed_in.clone());
    let known = signed_in.as_ref().is_some_and(|sub| {
        let grants = &world.grants;
        grants.has_consented(&request.client, sub, &request.scopes, now)
    });
    drop(world);
    match app.sandbox.consent {
        Consent::Deny => request.cancelled(),
        Consent::Ask if !known => page(StatusCode::OK, consent::question(&request, &query)),
        Consent::Auto => {
            let sub = request.member.clone();
            request.allow(&app, sub.unwrap_or_else(|| DEMO_SUB.to_owned()))
        }
        Consent::Ask => request.allow(&app, signed_in.unwrap_or_else(|| DEMO_SUB.to_owned())),
    }
}

/// What the page's button `Allow` leads to; `member` in the query tells who consents.
pub(super) async fn allow(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    match decided(query) {
        Ok(request) => {
            let sub = request.member.clone();
            request.allow(&app, sub.unwrap_or_else(|| DEMO_SUB.to_owned()))
        }
        Err(fault) => refused(&fault),
    }
}

/// What the page's button `Cancel` leads to.
pub(super) async fn cancel(RawQuery(query): RawQuery) -> Response {
    match decided(query) {
        Ok(request) => request.cancelled(),
        Err(fault) => refused(&fault),
    }
}

/// The request behind a decision, which is checked again: a query is easily changed.
fn decided(query: Option<String>) -> Result<Request, String> {
    let request = Request::parse(&query.unwrap_or_default())?;
    if apps::may_ask(&request.client, &request.scopes) {
        return Ok(request);
    }
    Err("the app may not ask for these scopes".to_owned())
}

impl Request {
    fn parse(query: &str) -> Result<Self, String> {
        let get = |name: &str| {
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
        };
        let client = get("client_id").unwrap_or_default();
        if !apps::exists(&client) {
            return Err(format!(
                "the app's client_id `{client}` is not known to LinkedIn"
            ));
        }
        let redirect_uri = get("redirect_uri").unwrap_or_default();
        let Some(redirect) = apps::redirect(&redirect_uri) else {
            return Err(format!(
                "the redirect_uri `{redirect_uri}` does not match the registered value"
            ));
        };
        if get("response_type").as_deref() != Some("code") {
            return Err("response_type must be `code`".to_owned());
        }
        let scopes = Scopes::parse(&get("scope").unwrap_or_default()).map_err(|name| {
            if name.is_empty() {
                "a scope must be asked for".to_owned()
            } else {
                format!("the scope `{name}` is not a valid scope")
            }
        })?;
        Ok(Self {
            client,
            scopes,
            redirect,
            redirect_uri,
            state: get("state"),
            member: get("member").filter(|sub| is_id(sub)),
        })
    }

    /// Sends the member back with a code.
    fn allow(&self, app: &App, sub: String) -> Response {
        let grant = Grant {
            client: self.client.clone(),
            sub,
            scopes: self.scopes.clone(),
            authorized: app.sandbox.clock.now(),
        };
        let mut world = app.sandbox.world();
        let code = world.grants.consent(grant, &self.redirect_uri);
        self.back(&[("code", &code)])
    }

    fn cancelled(&self) -> Response {
        self.deny(
            "user_cancelled_authorize",
            "The user cancelled the authorization",
        )
    }

    /// Sends the member back with an error.
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
        response.extensions_mut().insert(Note(note.to_owned()));
        response
    }
}

fn refused(fault: &str) -> Response {
    let mut response = page(StatusCode::BAD_REQUEST, consent::fault(fault));
    response.extensions_mut().insert(Note(fault.to_owned()));
    response
}

fn page(status: StatusCode, html: String) -> Response {
    (status, axum::response::Html(html)).into_response()
}
