//! Distinguishes LinkedIn's own refusals from those of a proxy or gateway. Only LinkedIn itself can
//! refuse the creating request: a gateway may respond with any status and with its own JSON after
//! LinkedIn has created the post.
//!
//! LinkedIn's bodies are error responses of Rest.li ("Error handling" of its documentation). Every
//! recorded one has a `message` and a `status` that repeats the status of the response, but so has
//! the JSON of many gateways. Therefore a body must have a field that only Rest.li has, or it must
//! have only fields of Rest.li and a code or message in LinkedIn's style.

use serde_json::{Map, Value};

/// The fields of a Rest.li error response.
const FIELDS: &[&str] = &[
    "status",
    "code",
    "message",
    "serviceErrorCode",
    "errorDetailType",
    "errorDetails",
    "docUrl",
    "requestId",
    "exceptionClass",
    "stackTrace",
];

/// Parts of messages of LinkedIn's services that are sufficient without a code.
const WORDINGS: &[&str] = &[
    "ERROR :: /",
    "com.linkedin.",
    "duplicate of urn:li:",
    " in REQUEST_BODY",
    "Not enough permissions to access: ",
    "Member permissions must be used ",
    "Resource level throttle ",
];

/// Statuses of refusals that count as LinkedIn's even if the message has no code: 410 of an API that
/// LinkedIn has switched off, and 422 of its schema check. Gateways do not send them, because they
/// neither check content nor know which APIs are switched off.
const CODELESS_STATUSES: &[u16] = &[410, 422];

/// Returns `true` if `bytes` are the complete body of a refusal by LinkedIn with `status`.
pub(super) fn is_from_linkedin(status: u16, bytes: &[u8]) -> bool {
    let Ok(Value::Object(body)) = serde_json::from_slice(bytes) else {
        return false;
    };
    let stated = body.get("status").map(Value::as_u64);
    let message = body.get("message").map(Value::as_str);
    if stated.is_some_and(|stated| stated != Some(status.into())) || message == Some(None) {
        return false;
    }
    has_rest_li_field(&body) || (stated.is_some() && is_generic_error(status, &body))
}

/// Returns `true` if `body` has a field that other APIs do not have.
fn has_rest_li_field(body: &Map<String, Value>) -> bool {
    let is_service = body.get("serviceErrorCode").is_some_and(Value::is_u64);
    let kind = body.get("errorDetailType").and_then(Value::as_str);
    let is_kind = kind.is_some_and(|kind| kind.starts_with("com.linkedin."));
    let details = body.get("errorDetails");
    let inputs = details.and_then(|details| details.get("inputErrors")?.as_array());
    let is_input = |input: &Value| input.get("code").is_some_and(Value::is_string);
    let is_inputs = inputs.is_some_and(|inputs| !inputs.is_empty() && inputs.iter().all(is_input));
    is_service || is_kind || is_inputs
}

/// Returns `true` if the fields that many APIs have are in LinkedIn's style.
fn is_generic_error(status: u16, body: &Map<String, Value>) -> bool {
    let message = body.get("message").and_then(Value::as_str);
    let Some(message) = message.filter(|_| has_only_rest_li_fields(body)) else {
        return false;
    };
    match body.get("code") {
        Some(code) => code.as_str().is_some_and(is_constant),
        None => {
            CODELESS_STATUSES.contains(&status)
                || WORDINGS.iter().any(|wording| message.contains(wording))
        }
    }
}

fn has_only_rest_li_fields(body: &Map<String, Value>) -> bool {
    body.keys().all(|key| FIELDS.contains(&key.as_str()))
}

/// Returns `true` if `code` is a constant such as `NONEXISTENT_VERSION`.
fn is_constant(code: &str) -> bool {
    code.starts_with(|first: char| first.is_ascii_uppercase())
        && code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::is_from_linkedin;

    /// Refusals recorded by clients of LinkedIn, each with its status.
    fn recorded() -> Vec<(u16, String)> {
        [
            r#"{"status":400,"code":"VERSION_MISSING","message":"A version must be present."}"#,
            r#"{"status":400,"code":"ILLEGAL_ARGUMENT","message":"Syntax exception in path variables"}"#,
            r#"{"message":"Member permissions must be used when the author is a member","status":400}"#,
            r#"{"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN","message":"The token used in the request has expired"}"#,
            r#"{"serviceErrorCode":65600,"message":"Invalid access token","status":401}"#,
            r#"{"serviceErrorCode":100,"message":"Not enough permissions to access: me.GET.NO_VERSION","status":403}"#,
            r#"{"message":"Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/content]","status":403}"#,
            r#"{"status":404,"code":"RESOURCE_NOT_FOUND","message":"No virtual resource found"}"#,
            r#"{"status":409,"code":"CONFLICT","message":"write conflict"}"#,
            r#"{"message":"ERROR :: /distribution :: field is required but not found and has no default value\n","status":422}"#,
            r#"{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of urn:li:share:7295588489876647936","errorDetails":{"inputErrors":[{"description":"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"}]},"status":422}"#,
            r#"{"message":"Content is a duplicate of urn:li:share:7295588489876647936","status":409}"#,
            r#"{"message":"This API is no longer available","status":410}"#,
            r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20250101 is not active"}"#,
            r#"{"serviceErrorCode":101,"message":"Resource level throttle MEMBER DAY limit for calls to this resource is reached.","status":429}"#,
            r#"{"message":"Resource level throttle APPLICATION DAY limit for calls to this resource is reached.","status":429}"#,
        ]
        .map(|body| {
            let value: serde_json::Value = serde_json::from_str(body).unwrap();
            (value["status"].as_u64().unwrap().try_into().unwrap(), body.to_owned())
        })
        .into()
    }

    #[test]
    fn recorded_refusals_are_own() {
        for (status, body) in recorded() {
            assert!(is_from_linkedin(status, body.as_bytes()), "{status} {body}");
        }
        for body in [
            json!({"serviceErrorCode": 65601, "message": "M"}),
            json!({"errorDetailType": "com.linkedin.common.error.NotFound", "message": "M"}),
            json!({"message": "M", "errorDetails": {"inputErrors": [{"code": "INVALID_URL"}]}}),
        ] {
            assert!(is_from_linkedin(400, body.to_string().as_bytes()), "{body}");
        }
    }

    #[test]
    fn gateway_json_is_not_own() {
        for body in [
            json!({}),
            json!([{"serviceErrorCode": 100}]),
            json!("Forbidden"),
            json!(null),
            json!({"message": "Forbidden"}),
            json!({"Message": "User is not authorized to access this resource"}),
            json!({"message": null, "status": 403}),
            json!({"error": "invalid_request"}),
            json!({"error": "invalid_token", "error_description": "expired"}),
            json!({"error": {"code": 403, "message": "M", "status": "PERMISSION_DENIED"}}),
            json!({"detail": "Not authenticated"}),
            json!({"status": 403}),
            json!({"status": 403, "message": "Forbidden"}),
            json!({"status": 403, "code": "PROXY_DENIED"}),
            json!({"status": 403, "code": 403, "message": "M"}),
            json!({"status": 403, "code": "forbidden", "message": "M"}),
            json!({"status": 403, "code": "", "message": "M"}),
            json!({"code": "FORBIDDEN", "message": "M"}),
            json!({"status": "403", "code": "FORBIDDEN", "message": "M"}),
            json!({"status": 502, "code": "BAD_GATEWAY", "message": "M"}),
            json!({"status": 403, "code": "FORBIDDEN", "message": "M", "path": "/rest/posts"}),
            json!({"statusCode": 403, "error": "Forbidden", "message": "M"}),
            json!({"statusCode": 401, "message": "Access denied due to missing subscription key"}),
            json!({"timestamp": 1, "status": 403, "error": "Forbidden", "message": "duplicate of urn:li:share:1"}),
            json!({"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "M"}),
            json!({"kind": "Status", "status": "Failure", "message": "M", "code": 403}),
            json!({"success": false, "errors": [{"code": 1010, "message": "M"}]}),
            json!({"fault": {"faultstring": "M", "detail": {"errorcode": "policies"}}}),
            json!({"message": 5, "code": [], "status": 403, "errorDetails": 1}),
            json!({"serviceErrorCode": "100", "message": "M"}),
            json!({"serviceErrorCode": 100, "message": "M", "status": 500}),
            json!({"serviceErrorCode": 100, "message": ["M"], "status": 403}),
            json!({"message": "M", "errorDetails": {"inputErrors": []}, "status": 403}),
            json!({"message": "M", "errorDetailType": "org.example.Error", "status": 403}),
        ] {
            assert!(
                !is_from_linkedin(403, body.to_string().as_bytes()),
                "{body}"
            );
        }
    }

    #[test]
    fn bytes_that_are_not_json_are_not_own() {
        for body in [
            &b""[..],
            b"Forbidden",
            b"<html><body><h1>403 Forbidden</h1></body></html>",
            b"upstream connect error or disconnect/reset before headers",
            b"\xff\xfe{\"serviceErrorCode\":100}",
            b"{\"serviceErrorCode\":100,\"status\":403}<!-- proxy -->",
        ] {
            assert!(
                !is_from_linkedin(403, body),
                "{}",
                String::from_utf8_lossy(body)
            );
        }
    }

    proptest! {
        #[test]
        fn truncated_refusals_are_not_own(index in 0..recorded().len(), cut in 1usize..500) {
            let (status, body) = &recorded()[index];
            let end = body.len().saturating_sub(cut);
            prop_assert!(!is_from_linkedin(*status, &body.as_bytes()[..end]));
        }

        #[test]
        fn refusals_of_another_status_are_not_own(index in 0..recorded().len(), status in 400u16..500) {
            let (own, body) = &recorded()[index];
            prop_assert_eq!(is_from_linkedin(status, body.as_bytes()), status == *own);
        }

        #[test]
        fn arbitrary_bytes_are_not_own(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(!is_from_linkedin(403, &bytes));
        }
    }
}
