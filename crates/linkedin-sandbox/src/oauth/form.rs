//! Parses the calls that an app makes itself. Their parameters are a form in the body and never in the
//! query, because proxies log queries. Errors have the format of OAuth, not that of the API.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use url::form_urlencoded;

use super::apps;
use crate::app::AppState;
use crate::protocol::media_type;
use crate::state::journal::JournalNote;

/// The fields of a form.
#[derive(Debug)]
pub(crate) struct Form(Vec<(String, String)>);

/// An error of the authorization server.
#[derive(Debug)]
pub(crate) struct OauthError {
    status: StatusCode,
    error: &'static str,
    description: String,
}

impl OauthError {
    pub(crate) fn new(
        status: StatusCode,
        error: &'static str,
        description: impl Into<String>,
    ) -> Self {
        Self {
            status,
            error,
            description: description.into(),
        }
    }

    /// Builds the error for an invalid request.
    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let body = json!({"error": self.error, "error_description": self.description});
        let mut response = (self.status, Json(body)).into_response();
        let note = format!("{}: {}", self.error, self.description);
        response.extensions_mut().insert(JournalNote(note));
        response
    }
}

impl Form {
    /// Returns the field `name`, which must exist and not be empty.
    pub(crate) fn required(&self, name: &str) -> Result<&str, OauthError> {
        let field = self.0.iter().find(|(key, _)| key == name);
        match field {
            Some((_, value)) if !value.is_empty() => Ok(value),
            _ => Err(OauthError::invalid_request(format!(
                "A required parameter \"{name}\" is missing"
            ))),
        }
    }

    /// Returns the client identifier after the secret was checked. The status for an unknown app differs
    /// between calls, so it is a parameter.
    pub(crate) fn client(&self, unknown: StatusCode) -> Result<&str, OauthError> {
        let client = self.required("client_id")?;
        let secret = self.required("client_secret")?;
        if !apps::exists(client) {
            let description = "The passed in client_id is invalid";
            return Err(OauthError::new(unknown, "invalid_client_id", description));
        }
        if !apps::has_secret(secret) {
            return Err(OauthError::new(
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "Client authentication failed",
            ));
        }
        Ok(client)
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = OauthError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, OauthError> {
        if request.uri().query().is_some_and(|query| !query.is_empty()) {
            return Err(OauthError::invalid_request(
                "parameters must be in the body, not in the query",
            ));
        }
        let declared = media_type(request.headers()).unwrap_or_default();
        if declared != "application/x-www-form-urlencoded" {
            return Err(OauthError::invalid_request(
                "Content-Type must be application/x-www-form-urlencoded",
            ));
        }
        let bytes = Bytes::from_request(request, app)
            .await
            .map_err(|_| OauthError::invalid_request("the request's body is incomplete"))?;
        let fields: Vec<(String, String)> = form_urlencoded::parse(&bytes).into_owned().collect();
        for (index, (name, _)) in fields.iter().enumerate() {
            if fields[..index].iter().any(|(earlier, _)| earlier == name) {
                return Err(OauthError::invalid_request(format!(
                    "The parameter \"{name}\" is repeated"
                )));
            }
        }
        Ok(Self(fields))
    }
}
