//! The errors of Forem. Its API answers `{"error": …, "status": …}`. The limit of requests in front of it answers
//! plain text.

use serde_json::Value;
use syndicate_api::http::HttpResponse;
use syndicate_api::{Code, Context, ErrorRow, ErrorTable, PublishError, PublishErrorKind};

/// The meaning of error responses.
pub(crate) const ERRORS: ErrorTable = ErrorTable::new("dev.to", "/status", "/error").with_rows(&[
    ErrorRow {
        status: Some(401),
        code: None,
        kind: PublishErrorKind::Unauthorized,
        reason: Code::Unauthorized,
        // A missing key, a wrong key and a suspended account get the same answer.
        hint: "check the sink's `api_key`; create a key on dev.to under Settings › Extensions",
    },
    ErrorRow {
        status: Some(404),
        code: None,
        kind: PublishErrorKind::Rejected,
        reason: Code::PostGone,
        hint: "",
    },
]);

/// The body with which the limit of requests (the library rack-attack) answers. It stands before the
/// application, so the request was not processed.
const RETRY_LATER: &str = "Retry later";

/// The parts of messages that refuse a second article.
const DUPLICATE: &[(&str, Duplicate)] = &[
    (
        "canonical url has already been taken",
        Duplicate::CanonicalUrl,
    ),
    ("body markdown has already been taken", Duplicate::Content),
    (
        "title has already been used in the last five minutes",
        Duplicate::RecentTitle,
    ),
];

/// The property that a refused article shares with an existing one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Duplicate {
    /// The canonical URL, with an article of any account.
    CanonicalUrl,
    /// Title and text, with an article of the same account.
    Content,
    /// The title, with an article that the same account created in the last five minutes.
    RecentTitle,
}

/// Returns the error of a response of the limit of requests; `None` for any other response.
pub(crate) fn throttled(cx: &Context, response: &HttpResponse) -> Option<PublishError> {
    let body = std::str::from_utf8(&response.body).ok()?;
    (response.status == 429 && body.trim() == RETRY_LATER).then(|| {
        let until = response.retry_after(cx.now());
        let kind = PublishErrorKind::Throttled { until };
        let message = "dev.to answered with status 429";
        PublishError::new(kind, Code::Throttled, message).caused_by(RETRY_LATER)
    })
}

/// Returns the reason if the response refuses a second article.
pub(crate) fn duplicate(response: &HttpResponse) -> Option<Duplicate> {
    let body = response.json();
    let message = body.get("error").and_then(Value::as_str);
    let message = message.unwrap_or_default().to_lowercase();
    let is_own_form = body.get("status").and_then(Value::as_u64) == Some(422);
    if response.status != 422 || !is_own_form {
        return None;
    }
    let mut reasons = DUPLICATE.iter();
    let (_, reason) = reasons.find(|(part, _)| message.contains(part))?;
    Some(*reason)
}

/// Returns the error of a successful response whose body is not as documented.
pub(crate) fn unreadable(what: &str) -> PublishError {
    let message = format!("dev.to's response has no readable {what}");
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
        .with_hint("check that the sink's `endpoint` is the address of a Forem site")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> HttpResponse {
        HttpResponse::new(status, body.to_owned(), &[("retry-after", "3")])
    }

    #[test]
    fn duplicate_needs_own_form() {
        use Duplicate::{CanonicalUrl, Content, RecentTitle};
        for (status, message, expected) in [
            (
                422,
                "Canonical url has already been taken. Email a@b.c",
                Some(CanonicalUrl),
            ),
            (
                422,
                "Validation failed: Canonical url has already been taken",
                Some(CanonicalUrl),
            ),
            (
                422,
                "Title is too long and Body markdown has already been taken",
                Some(Content),
            ),
            (
                422,
                "Title has already been used in the last five minutes",
                Some(RecentTitle),
            ),
            (422, "Title can't be blank", None),
            (500, "Canonical url has already been taken", None),
        ] {
            let body = format!(r#"{{"error":"{message}","status":{status}}}"#);
            assert_eq!(duplicate(&response(status, &body)), expected, "{message}");
        }
        for body in [
            r#"{"error":"Canonical url has already been taken"}"#,
            "canonical url has already been taken",
        ] {
            assert_eq!(duplicate(&response(422, body)), None, "{body}");
        }
    }

    #[test]
    fn request_limit_gives_time() {
        let cx = syndicate_api::testkit::context();
        let error = throttled(&cx, &response(429, "Retry later\n")).unwrap();
        let until = Some("1970-01-01T00:00:03Z".parse().unwrap());
        assert_eq!(error.kind, PublishErrorKind::Throttled { until });
        assert!(throttled(&cx, &response(429, "<html>")).is_none());
        assert!(throttled(&cx, &response(503, "Retry later\n")).is_none());
    }
}
