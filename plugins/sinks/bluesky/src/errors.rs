//! The errors of a PDS. A body has an error name and a message (`{"error": …, "message": …}`); the name decides before
//! the status, because an invalid token is status 400 here.

use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, ErrorRow, ErrorTable, PublishError, PublishErrorKind, RetryTime};

use PublishErrorKind::{Rejected, Throttled, Unauthorized, Unavailable};

/// The hint for a password that is not accepted.
pub(crate) const NEW_PASSWORD: &str = "create an app password in Bluesky's settings (Privacy and security, App passwords) and set it \
    as `BLUESKY_APP_PASSWORD`";

const SEE_ACCOUNT: &str = "sign in with Bluesky's app to see the state of the account";

/// The table of all requests.
pub(crate) const ERRORS: ErrorTable = ErrorTable {
    retry: &[RetryTime::HeaderUnixSeconds("ratelimit-reset")],
    rows: &[
        row(
            "ExpiredToken",
            Unauthorized,
            Code::TokenExpired,
            NEW_PASSWORD,
        ),
        row(
            "InvalidToken",
            Unauthorized,
            Code::Unauthorized,
            NEW_PASSWORD,
        ),
        row(
            "AuthMissing",
            Unauthorized,
            Code::Unauthorized,
            NEW_PASSWORD,
        ),
        row(
            "AuthenticationRequired",
            Unauthorized,
            Code::Unauthorized,
            NEW_PASSWORD,
        ),
        row(
            "AuthFactorTokenRequired",
            Unauthorized,
            Code::Unauthorized,
            NEW_PASSWORD,
        ),
        row("AccountTakedown", Rejected, Code::Forbidden, SEE_ACCOUNT),
        row("AccountSuspended", Rejected, Code::Forbidden, SEE_ACCOUNT),
        row("AccountDeactivated", Rejected, Code::Forbidden, SEE_ACCOUNT),
        row(
            "RateLimitExceeded",
            Throttled { until: None },
            Code::Throttled,
            "",
        ),
        row(
            "BlobNotFound",
            Unavailable,
            Code::Unavailable,
            "run `syndicate build` again, which uploads the picture again",
        ),
    ],
    ..ErrorTable::new("Bluesky", "/error", "/message")
};

const fn row(
    code: &'static str,
    kind: PublishErrorKind,
    reason: Code,
    hint: &'static str,
) -> ErrorRow {
    ErrorRow {
        status: None,
        code: Some(code),
        kind,
        reason,
        hint,
    }
}

/// Returns `true` if the PDS refused a request with this error. Statuses of success and of failing servers refuse
/// nothing.
pub(crate) fn is_refusal(response: &HttpResponse, error: &str) -> bool {
    let body = response.json();
    (400..500).contains(&response.status) && body["error"] == error && body["message"].is_string()
}

/// Returns the error for a successful answer in another form than the documented one.
pub(crate) fn unexpected(what: &str) -> PublishError {
    let message = format!("Bluesky's answer has no {what}");
    PublishError::new(Unavailable, Code::Unavailable, message)
}

/// Returns the error for content or settings that cannot work.
pub(crate) fn rejected(code: Code, message: impl Into<String>) -> PublishError {
    PublishError::new(Rejected, code, message)
}

#[cfg(test)]
mod tests {
    use syndicate_api::testkit::context;

    use super::*;

    #[test]
    fn error_name_decides_before_status() {
        for (status, name, kind, code) in [
            (400, "ExpiredToken", Unauthorized, Code::TokenExpired),
            (400, "InvalidToken", Unauthorized, Code::Unauthorized),
            (401, "AuthMissing", Unauthorized, Code::Unauthorized),
            (401, "AccountTakedown", Rejected, Code::Forbidden),
            (400, "InvalidRequest", Rejected, Code::Rejected),
            (413, "PayloadTooLarge", Rejected, Code::Rejected),
            (400, "BlobNotFound", Unavailable, Code::Unavailable),
            (
                500,
                "InternalServerError",
                PublishErrorKind::Unknown,
                Code::OutcomeUnknown,
            ),
            (
                502,
                "UpstreamFailure",
                PublishErrorKind::Unknown,
                Code::OutcomeUnknown,
            ),
        ] {
            let body = format!(r#"{{"error": "{name}", "message": "No."}}"#);
            let response = HttpResponse::new(status, body, &[]);
            let error = ERRORS.check_create(&context(), Ok(response)).unwrap_err();
            assert_eq!((error.kind, error.code), (kind, code), "{status} {name}");
        }
    }

    #[test]
    fn throttling_ends_at_reset() {
        let body = r#"{"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}"#;
        let response = HttpResponse::new(429, body, &[("ratelimit-reset", "300")]);
        let error = ERRORS.check_create(&context(), Ok(response)).unwrap_err();
        let until = "1970-01-01T00:05:00Z".parse().ok();
        assert_eq!(error.kind, Throttled { until });
    }
}
