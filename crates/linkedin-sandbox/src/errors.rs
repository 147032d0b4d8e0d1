//! Error responses in the formats of LinkedIn. Its gateway, token check, schema check and content
//! service each use a format of their own. The samples are responses that clients recorded; "Error
//! Handling" and the error table of "Posts API" list the codes.

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::journal::JournalNote;

/// The prefix of every message of the content service.
const CONTENT_SERVICE: &str = "com.linkedin.content.common.exception.BadRequestResponseException: ";

/// An error response.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    status: StatusCode,
    body: Value,
    reason: String,
}

/// An invalid value that the content service reports.
#[derive(Debug)]
pub(crate) struct InputError {
    /// The error code, such as `INVALID_URL`.
    pub(crate) code: &'static str,
    /// The description for a person.
    pub(crate) description: String,
    /// The invalid value, in the service's own format; `{}` if the service does not show it.
    pub(crate) input: Value,
    /// The limit that was exceeded, if there is one.
    pub(crate) max_length: Option<usize>,
}

impl ErrorResponse {
    /// Builds an error of the gateway: a code and a message.
    pub(crate) fn gateway(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            status,
            body: json!({"status": status.as_u16(), "code": code, "message": message}),
            reason: format!("{code}: {message}"),
        }
    }

    /// Builds an error of the gateway with the older numeric code.
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

    /// Builds the error for an action that this member and app have no permission for.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::service(StatusCode::FORBIDDEN, 100, "ACCESS_DENIED", message)
    }

    /// Builds the error for a missing scope, as the gateway words it.
    pub(crate) fn no_access(resource: &str, version: &str) -> Self {
        Self::denied(format!(
            "Not enough permissions to access: {resource}.{version}"
        ))
    }

    /// Builds the error for an exceeded daily limit of a member.
    pub(crate) fn throttled() -> Self {
        Self::service(
            StatusCode::TOO_MANY_REQUESTS,
            101,
            "TOO_MANY_REQUESTS",
            "Resource level throttle MEMBER DAY limit for calls to this resource is reached.",
        )
    }

    /// Builds the error for values or fields that the client must not send; `what` says which.
    pub(crate) fn fields_denied(what: &str, paths: &[String]) -> Self {
        Self::denied(format!(
            "{what} in REQUEST_BODY: Data Processing Exception while processing fields [{}]",
            paths.join(", ")
        ))
    }

    /// Builds the error for a value that this member must not use.
    pub(crate) fn value_denied(path: &str) -> Self {
        Self::fields_denied("Field Value validation failed", &[path.to_owned()])
    }

    /// Builds the error for a feature that LinkedIn has and the sandbox does not.
    pub(crate) fn not_in_sandbox(message: impl Into<String>) -> Self {
        Self::gateway(StatusCode::BAD_REQUEST, "NOT_IN_SANDBOX", message)
    }

    /// Builds an error of the schema check: no code, and one line of the message for each fault.
    pub(crate) fn schema(lines: &[String]) -> Self {
        let message: String = lines.iter().map(|line| format!("{line}\n")).collect();
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({"message": message, "status": 422}),
            reason: lines.join("\n"),
        }
    }

    /// Builds an error of the content service.
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

    /// Builds an error in the classic format, with its numeric code.
    pub(crate) fn classic(
        status: StatusCode,
        service_error_code: u32,
        message: impl Into<String>,
    ) -> Self {
        let mut response = Self::plain(status, message);
        response.body["serviceErrorCode"] = service_error_code.into();
        response
    }

    /// Builds an error in the classic format, with a message only.
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
    /// Builds an error about `value`, which is shown in the service's format.
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

/// Responds to paths that neither LinkedIn nor the sandbox has.
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
    ErrorResponse::plain(StatusCode::NOT_FOUND, "page not found")
}

/// Responds to methods that a path does not support.
pub(crate) async fn no_such_method(method: Method) -> ErrorResponse {
    ErrorResponse::gateway(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        format!("the sandbox does not answer {method} here"),
    )
}
