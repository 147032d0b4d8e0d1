//! The errors of the API. Their bodies are objects with a text in `error` and no code.

use syndicate_api::{Code, ErrorForm, ErrorRow, ErrorTable, PublishErrorKind, RetryTime};

/// The errors of the API. `X-RateLimit-Reset` is a time in ISO 8601, not a number of seconds.
pub(crate) const ERRORS: ErrorTable = ErrorTable {
    retry: &[RetryTime::HeaderTimestamp("x-ratelimit-reset")],
    rows: &[
        ErrorRow {
            status: Some(401),
            code: None,
            kind: PublishErrorKind::Unauthorized,
            reason: Code::Unauthorized,
            hint: "create an access token on the server under Preferences > Development, and set it as the sink's \
                   `token`",
        },
        ErrorRow {
            status: Some(403),
            code: None,
            kind: PublishErrorKind::Rejected,
            reason: Code::Forbidden,
            hint: "check that the server has not suspended the account, and that the token has the scopes \
                   `read:accounts`, `read:statuses`, `write:media` and `write:statuses`",
        },
    ],
    ..ErrorTable::of("the Mastodon server", ErrorForm::Message("/error"))
};

#[cfg(test)]
mod tests {
    use syndicate_api::http::HttpResponse;
    use syndicate_api::testkit::context;

    use super::*;

    fn error(
        status: u16,
        body: &str,
        headers: &[(&'static str, &str)],
    ) -> (PublishErrorKind, Code) {
        let response = Ok(HttpResponse::new(status, body.to_owned(), headers));
        let error = ERRORS.check_create(&context(), response).unwrap_err();
        (error.kind, error.code)
    }

    #[test]
    fn documented_errors_have_kinds() {
        use PublishErrorKind::{Rejected, Unauthorized, Unknown};
        for (status, body, expected) in [
            (
                401,
                r#"{"error": "The access token is invalid"}"#,
                Unauthorized,
            ),
            (
                403,
                r#"{"error": "This action is outside the authorized scopes"}"#,
                Rejected,
            ),
            (
                422,
                r#"{"error": "Validation failed: Text can't be blank"}"#,
                Rejected,
            ),
            (404, r#"{"error": "Record not found"}"#, Rejected),
            (500, r#"{"error": "Internal server error"}"#, Unknown),
            (
                503,
                r#"{"error": "There was a temporary problem"}"#,
                Unknown,
            ),
            (401, "", Unknown),
            (422, "<html></html>", Unknown),
        ] {
            assert_eq!(error(status, body, &[]).0, expected, "{status} {body}");
        }
        assert_eq!(error(403, r#"{"error": "no"}"#, &[]).1, Code::Forbidden);
    }

    #[test]
    fn throttle_ends_at_iso_time() {
        let reset = [("x-ratelimit-reset", "1970-01-01T00:05:00.123456Z")];
        let until = "1970-01-01T00:05:00.123456Z".parse().ok();
        assert_eq!(
            error(429, r#"{"error": "Too many requests"}"#, &reset).0,
            PublishErrorKind::Throttled { until }
        );
    }
}
