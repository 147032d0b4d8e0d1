//! Checks the parts that every versioned call needs: a token, an active version, the protocol version,
//! an unused share of the daily limit, and the right media type of the body ("Posts API", headers;
//! "Protocol Versions"; "Rate Limits").

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::app::AppState;
use crate::auth::Member;
use crate::errors::ErrorResponse;
use crate::versions;

/// A call that passed the gateway.
#[derive(Debug)]
pub(crate) struct RestCall {
    /// The member whose token the call has.
    pub(crate) member: Member,
    /// The version, in the format of error messages.
    version: String,
    /// The value of `X-RestLi-Method`, if it is set.
    restli_method: Option<String>,
}

impl RestCall {
    /// Refuses a call whose `X-RestLi-Method` is not `expected`. HTTP has fewer methods than Rest.li, so
    /// this header distinguishes calls with the same HTTP method.
    pub(crate) fn require_method(&self, expected: &str) -> Result<(), ErrorResponse> {
        if self.restli_method.is_none() {
            return Err(illegal_argument(format!(
                "this call needs the header X-RestLi-Method: {expected}"
            )));
        }
        self.check_method(expected)
    }

    /// Refuses a call with an `X-RestLi-Method` other than `expected`. The header is optional.
    pub(crate) fn check_method(&self, expected: &str) -> Result<(), ErrorResponse> {
        match &self.restli_method {
            Some(method) if !method.eq_ignore_ascii_case(expected) => Err(illegal_argument(
                format!("this address does not support the X-RestLi-Method {method}"),
            )),
            _ => Ok(()),
        }
    }

    /// Returns the error for a call that needs a scope of vetted apps.
    pub(crate) fn no_access(&self, resource: &str) -> ErrorResponse {
        ErrorResponse::no_access(resource, &self.version)
    }

    /// Refuses a token without the permission to post, which `resource` needs.
    pub(crate) fn require_post_scope(&self, resource: &str) -> Result<(), ErrorResponse> {
        self.require_scope(&["w_member_social", "w_organization_social"], resource)
    }

    /// Refuses a token that has none of `scopes`; `resource` needs one of them.
    pub(crate) fn require_scope(
        &self,
        scopes: &[&str],
        resource: &str,
    ) -> Result<(), ErrorResponse> {
        if self.member.has(scopes) {
            return Ok(());
        }
        Err(self.no_access(resource))
    }
}

/// A call to the older API, which is not versioned.
#[derive(Debug)]
pub(crate) struct LegacyCall(pub(crate) RestCall);

impl FromRequestParts<AppState> for RestCall {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ErrorResponse> {
        let member = Member::from_request_parts(parts, app).await?;
        let today = app.now().to_zoned(TimeZone::UTC).date();
        let version = versions::check(text(&parts.headers, "linkedin-version"), today)?;
        admit(parts, app, member, format!("{version}01"))
    }
}

impl FromRequestParts<AppState> for LegacyCall {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ErrorResponse> {
        let member = Member::from_request_parts(parts, app).await?;
        admit(parts, app, member, "NO_VERSION".to_owned()).map(Self)
    }
}

/// Makes the checks that versioned and other calls share.
fn admit(
    parts: &Parts,
    app: &AppState,
    member: Member,
    version: String,
) -> Result<RestCall, ErrorResponse> {
    if text(&parts.headers, "x-restli-protocol-version") != Some("2.0.0") {
        return Err(illegal_argument(
            "X-Restli-Protocol-Version must be 2.0.0: without it LinkedIn reads URNs and lists by \
             the rules of version 1.0.0",
        ));
    }
    let today = app.now().to_zoned(TimeZone::UTC).date();
    if let Some(limit) = app.settings.daily_limit
        && !app.state().count_call(&member.sub, today, limit)
    {
        return Err(ErrorResponse::throttled());
    }
    Ok(RestCall {
        member,
        version,
        restli_method: text(&parts.headers, "x-restli-method").map(str::to_owned),
    })
}

/// Returns the URN at the end of a path. It must be percent-encoded, or else it is a syntax error
/// ("Protocol Versions", URL encoding).
pub(crate) fn urn_of(uri: &Uri) -> Result<String, ErrorResponse> {
    let segment = uri.path().rsplit('/').next().unwrap_or_default();
    if segment.contains([':', '(', ')', ',']) {
        return Err(illegal_argument("Syntax exception in path variables"));
    }
    Ok(percent_decode_str(segment).decode_utf8_lossy().into_owned())
}

/// Returns the gateway's error for an invalid request.
pub(crate) fn illegal_argument(message: impl Into<String>) -> ErrorResponse {
    ErrorResponse::gateway(StatusCode::BAD_REQUEST, "ILLEGAL_ARGUMENT", message)
}

/// A JSON body with the right `Content-Type`.
#[derive(Debug)]
pub(crate) struct JsonBody(pub(crate) Value);

impl FromRequest<AppState> for JsonBody {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, ErrorResponse> {
        let declared = media_type(request.headers()).unwrap_or_default();
        if declared != "application/json" {
            return Err(ErrorResponse::plain(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Content-Type must be application/json",
            ));
        }
        let bytes = complete_body(Bytes::from_request(request, app).await)?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            ErrorResponse::plain(
                StatusCode::BAD_REQUEST,
                format!("Cannot parse request entity: {error}"),
            )
        })
    }
}

/// Returns the body of a request. Refuses one that is too large or incomplete.
pub(crate) fn complete_body(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ErrorResponse> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ErrorResponse::gateway(
            StatusCode::PAYLOAD_TOO_LARGE,
            "REQUEST_ENTITY_TOO_LARGE",
            "the request's body is too large",
        ),
        status => ErrorResponse::plain(status, "the request's body is incomplete"),
    })
}

/// Returns the declared media type in lower case, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let declared = text(headers, header::CONTENT_TYPE.as_str())?;
    let essence = declared.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}
