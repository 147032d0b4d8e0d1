//! Refusals, each in the shape that LinkedIn uses at that place: its gateway, its token check, its
//! schema check and its content service all speak differently. The samples are answers that
//! clients recorded; "Error Handling" and the error table of "Posts API" name the codes.

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::journal::JournalNote;

/// The prefix of every message of the content service.
const CONTENT_SERVICE: &str = "com.linkedin.content.common.exception.BadRequestResponseException: ";

/// A request that is not granted.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    status: StatusCode,
    body: Value,
    reason: String,
}

/// One fault that the content service found.
#[derive(Debug)]
pub(crate) struct InputError {
    /// Such as `INVALID_URL`.
    pub(crate) code: &'static str,
    /// What is wrong, for a person.
    pub(crate) description: String,
    /// The value in question, in the service's own wrapping; `{}` where it shows none.
    pub(crate) input: Value,
    /// The limit that was passed, where it is one.
    pub(crate) max_length: Option<usize>,
}

impl ErrorResponse {
    /// The gateway's shape: a code and a message.
    pub(crate) fn gateway(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status,
            body: json!({"status": status.as_u16(), "code": code, "message": message}),
            reason: format!("{code}: {message}"),
        }
    }

    /// The gateway's shape with the older numeric code beside it.
    pub(crate) fn service(
        status: StatusCode,
        service_error_code: u32,
        code: &str,
        message: impl Into<String>,
    ) -> Self {
        let mut response = Self::gateway(status, code, message);
        response.body["serviceErrorCode"] = service_error_code.into();
        response
    }

    /// Something that this member and app may not do.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::service(StatusCode::FORBIDDEN, 100, "ACCESS_DENIED", message)
    }

    /// A call for which a scope is missing, as the gateway names it.
    pub(crate) fn no_access(resource: &str, version: &str) -> Self {
        Self::denied(format!(
            "Not enough permissions to access: {resource}.{version}"
        ))
    }

    /// A member's share of the day that is used up.
    pub(crate) fn throttled() -> Self {
        Self::service(
            StatusCode::TOO_MANY_REQUESTS,
            101,
            "TOO_MANY_REQUESTS",
            "Resource level throttle MEMBER DAY limit for calls to this resource is reached.",
        )
    }

    /// Values that this member may not send, or fields that nobody may: `what` tells which.
    pub(crate) fn fields_denied(what: &str, paths: &[String]) -> Self {
        Self::denied(format!(
            "{what} in REQUEST_BODY: Data Processing Exception while processing fields [{}]",
            paths.join(", ")
        ))
    }

    /// A value that is not this member's to use.
    pub(crate) fn value_denied(path: &str) -> Self {
        Self::fields_denied("Field Value validation failed", &[path.to_owned()])
    }

    /// What LinkedIn would take and the sandbox does not have.
    pub(crate) fn not_in_sandbox(message: impl Into<String>) -> Self {
        Self::gateway(StatusCode::BAD_REQUEST, "NOT_IN_SANDBOX", message)
    }

    /// The schema check's shape: no code, each fault a line of the message.
    pub(crate) fn schema(lines: &[String]) -> Self {
        let message: String = lines.iter().map(|line| format!("{line}\n")).collect();
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({"message": message, "status": 422}),
            reason: lines.join("\n"),
        }
    }

    /// The content service's shape.
    pub(crate) fn content(status: StatusCode, message: &str, errors: Vec<InputError>) -> Self {
        let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
        let reason = format!("{}: {message}", codes.join(", "));
        let errors: Vec<Value> = errors.into_iter().map(InputError::into_value).collect();
        Self {
            status,
            body: json!({
                "errorDetailType": "com.linkedin.common.error.BadRequest",
                "message": format!("{CONTENT_SERVICE}{message}"),
                "errorDetails": {"inputErrors": errors},
                "status": status.as_u16(),
            }),
            reason,
        }
    }

    /// The classic shape with its numeric code.
    pub(crate) fn classic(
        status: StatusCode,
        service_error_code: u32,
        message: impl Into<String>,
    ) -> Self {
        let mut response = Self::plain(status, message);
        response.body["serviceErrorCode"] = service_error_code.into();
        response
    }

    /// The classic shape, a message alone.
    pub(crate) fn plain(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status,
            body: json!({"message": message, "status": status.as_u16()}),
            reason: message,
        }
    }
}

impl InputError {
    /// A fault of `value`, which is shown in the service's wrapping.
    pub(crate) fn about(code: &'static str, description: impl Into<String>, value: &str) -> Self {
        Self {
            code,
            description: description.into(),
            input: json!({"value": {"stringValue": value}}),
            max_length: None,
        }
    }

    fn into_value(self) -> Value {
        let mut value = json!({
            "description": self.description,
            "input": self.input,
            "code": self.code,
        });
        if let Some(max_length) = self.max_length {
            value["maxLength"] = max_length.into();
        }
        value
    }
}

impl IntoResponse for ErrorResponse {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        response.extensions_mut().insert(JournalNote(self.reason));
        response
    }
}

/// The answer to paths that neither LinkedIn nor the sandbox knows.
pub(crate) async fn no_such_resource(uri: Uri) -> ErrorResponse {
    let path = uri.path();
    if path.starts_with("/rest/") || path.starts_with("/v2/") {
        return ErrorResponse::gateway(
            StatusCode::NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "No virtual resource found; the sandbox has posts, images, documents, videos and \
             organizationAcls under /rest, and userinfo, ugcPosts and assets under /v2",
        );
    }
    ErrorResponse::plain(StatusCode::NOT_FOUND, "there is no such page")
}

/// The answer to methods that a known path does not have.
pub(crate) async fn no_such_method(method: Method) -> ErrorResponse {
    ErrorResponse::gateway(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        format!("the sandbox does not answer {method} here"),
    )
}
