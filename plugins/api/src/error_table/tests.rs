use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::http::Http;
use crate::{Clock, Env, InMemoryKvCache, register_secret};

const TABLE: ErrorTable = ErrorTable {
    rows: &[
        ErrorRow {
            status: Some(409),
            code: Some("duplicate"),
            kind: PublishErrorKind::Rejected,
            reason: Code::Duplicate,
            hint: "change the text",
        },
        ErrorRow {
            status: Some(503),
            code: None,
            kind: PublishErrorKind::Unavailable,
            reason: Code::Unavailable,
            hint: "",
        },
        ErrorRow {
            status: Some(400),
            code: Some("slow_down"),
            kind: PublishErrorKind::Throttled { until: None },
            reason: Code::Throttled,
            hint: "",
        },
    ],
    ..ErrorTable::new("Example", "/error/code", "/error/message")
};

fn cx() -> Context {
    let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
    let kv_cache = Arc::new(InMemoryKvCache::default());
    Context::new(Http::new(), clock, Env::empty(), kv_cache)
}

fn response(status: u16, body: &str, headers: &[(&'static str, &str)]) -> HttpResponse {
    HttpResponse::new(status, body.to_owned(), headers)
}

fn body(code: &str) -> String {
    format!(r#"{{"error": {{"code": "{code}", "message": "No."}}}}"#)
}

fn kinds(status: u16, body: &str) -> [(PublishErrorKind, Code); 2] {
    let checks = [ErrorTable::check_create, ErrorTable::check_repeatable];
    checks.map(|check| {
        let error = check(&TABLE, &cx(), Ok(response(status, body, &[]))).unwrap_err();
        (error.kind, error.code)
    })
}

const UNKNOWN: (PublishErrorKind, Code) = (PublishErrorKind::Unknown, Code::OutcomeUnknown);
const UNAVAILABLE: (PublishErrorKind, Code) = (PublishErrorKind::Unavailable, Code::Unavailable);

#[test]
fn own_form_uses_row_then_status() {
    use PublishErrorKind::{Rejected, Throttled, Unauthorized};
    for (status, code, expected) in [
        (409, "duplicate", (Rejected, Code::Duplicate)),
        (409, "other", (Rejected, Code::Rejected)),
        (503, "any", UNAVAILABLE),
        (
            400,
            "slow_down",
            (Throttled { until: None }, Code::Throttled),
        ),
        (400, "x", (Rejected, Code::Rejected)),
        (422, "x", (Rejected, Code::Rejected)),
        (401, "x", (Unauthorized, Code::Unauthorized)),
        (403, "x", (Rejected, Code::Forbidden)),
        (429, "x", (Throttled { until: None }, Code::Throttled)),
    ] {
        assert_eq!(kinds(status, &body(code)), [expected; 2], "{status} {code}");
    }
}

#[test]
fn unclear_creation_is_unknown() {
    for (status, body) in [
        (408, body("x")),
        (425, body("x")),
        (302, body("x")),
        (500, body("x")),
        (400, String::new()),
        (401, "<html>".to_owned()),
        (403, r#"{"message": "Forbidden"}"#.to_owned()),
        (
            409,
            r#"{"error": {"code": [], "message": "No."}}"#.to_owned(),
        ),
    ] {
        assert_eq!(
            kinds(status, &body),
            [UNKNOWN, UNAVAILABLE],
            "{status} {body}"
        );
    }
}

#[test]
fn foreign_refusal_gives_reason() {
    let cause = |status, body: &str| {
        let outcome = Ok(response(status, body, &[]));
        TABLE.check_create(&cx(), outcome).unwrap_err().cause
    };
    assert_eq!(cause(401, "Unauthorized").as_deref(), Some(NO_ERROR_FORM));
    assert_eq!(cause(401, &body("x")).as_deref(), Some("No."));
    assert_eq!(cause(502, "<html>"), None);
}

#[test]
fn missing_response_depends_on_sending() {
    let not_sent = || Err(HttpError::NotSent("refused".to_owned()));
    let no_response = || Err(HttpError::NoResponse("reset".to_owned()));
    let create = |outcome| TABLE.check_create(&cx(), outcome).unwrap_err().kind;
    assert_eq!(create(not_sent()), PublishErrorKind::Unavailable);
    assert_eq!(create(no_response()), PublishErrorKind::Unknown);
    let repeatable = TABLE.check_repeatable(&cx(), no_response()).unwrap_err();
    assert_eq!(repeatable.kind, PublishErrorKind::Unavailable);
}

#[test]
fn throttling_ends_at_retry_after() {
    for (value, expected) in [
        ("120", Some("1970-01-01T00:02:00Z")),
        (
            "Fri, 02 Jan 1970 00:00:00 GMT",
            Some("1970-01-02T00:00:00Z"),
        ),
        ("Wed, 01 Jan 1969 00:00:00 GMT", None),
        ("soon", None),
    ] {
        let answer = response(429, &body("x"), &[("retry-after", value)]);
        let error = TABLE.check_create(&cx(), Ok(answer)).unwrap_err();
        let until = expected.map(|at| at.parse().unwrap());
        assert_eq!(error.kind, PublishErrorKind::Throttled { until }, "{value}");
    }
}

#[test]
fn quotation_is_masked_and_clipped() {
    register_secret("Tq93-secret-of-the-table");
    let said = format!(
        "no\u{7}\n Tq93-secret-of-the-table {}",
        "x".repeat(MAX_QUOTE)
    );
    let body = serde_json::json!({"error": {"code": 7, "message": said}}).to_string();
    let error = TABLE
        .check_create(&cx(), Ok(response(400, &body, &[])))
        .unwrap_err();
    assert_eq!(error.message, "Example answered with status 400 (`7`)");
    let cause = error.cause.unwrap();
    assert!(
        cause.starts_with("no *** xxx") && cause.ends_with("x…"),
        "{cause}"
    );
    assert_eq!(cause.chars().count(), MAX_QUOTE + 1);
}

#[test]
fn receipt_needs_identifier() {
    let receipt = |body: &str| TABLE.receipt(&response(201, body, &[]), "/post/id", "/post/url");
    let found = receipt(r#"{"post": {"id": 12, "url": "https://example.org/12"}}"#).unwrap();
    assert_eq!(found.id.as_deref(), Some("12"));
    assert_eq!(found.url.as_deref(), Some("https://example.org/12"));
    assert_eq!(receipt(r#"{"post": {"id": "a"}}"#).unwrap().url, None);
    for body in ["", "{}", r#"{"post": {"id": ""}}"#] {
        assert_eq!(
            receipt(body).unwrap_err().kind,
            PublishErrorKind::Unknown,
            "{body}"
        );
    }
}

#[test]
fn success_flag_marks_failure() {
    let table = ErrorTable {
        success: Some("/ok"),
        ..ErrorTable::of("Example", ErrorForm::Message("/error"))
    };
    let check = |body: &str| {
        let checked = table.check_create(&cx(), Ok(response(200, body, &[])));
        checked.map(drop).map_err(|error| error.kind)
    };
    assert_eq!(check(r#"{"ok": true}"#), Ok(()));
    for body in ["", "ok", "{}", r#"{"ok": false}"#, r#"{"ok": "true"}"#] {
        assert_eq!(check(body), Err(PublishErrorKind::Unknown), "{body}");
    }
    let rows: &[ErrorRow] = &[ErrorRow {
        status: Some(200),
        code: Some("no_text"),
        kind: PublishErrorKind::Rejected,
        reason: Code::Rejected,
        hint: "",
    }];
    let body = r#"{"ok": false, "error": "no_text"}"#;
    let refused = table
        .with_rows(Box::leak(rows.into()))
        .check_create(&cx(), Ok(response(200, body, &[])));
    assert_eq!(refused.unwrap_err().kind, PublishErrorKind::Rejected);
}

#[test]
fn plain_text_counts_only_with_row() {
    let table = ErrorTable {
        rows: &[ErrorRow {
            status: None,
            code: Some("no_service"),
            kind: PublishErrorKind::Unauthorized,
            reason: Code::Unauthorized,
            hint: "",
        }],
        ..ErrorTable::of("Example", ErrorForm::Text)
    };
    let kind = |body: &str| {
        let checked = table.check_create(&cx(), Ok(response(404, body, &[])));
        checked.unwrap_err().kind
    };
    assert_eq!(kind("no_service\n"), PublishErrorKind::Unauthorized);
    assert_eq!(kind("not found"), PublishErrorKind::Unknown);
}

#[test]
fn throttle_reads_every_spelling() {
    let places = [
        RetryTime::BodySeconds("/retry_after"),
        RetryTime::HeaderTimestamp("x-ratelimit-reset"),
        RetryTime::HeaderUnixSeconds("ratelimit-reset"),
    ];
    let until = |body: &str, headers: &[(&'static str, &str)]| {
        let response = response(429, body, headers);
        let time = retry::retry_time(&places, &response, Timestamp::UNIX_EPOCH);
        time.map(|time| time.to_string())
    };
    let some = |time: &str| Some(time.to_owned());
    assert_eq!(
        until("", &[("retry-after", "3")]),
        some("1970-01-01T00:00:03Z")
    );
    assert_eq!(
        until(r#"{"retry_after": 1.5}"#, &[]),
        some("1970-01-01T00:00:01.5Z")
    );
    let header = [("x-ratelimit-reset", "1970-01-02T00:00:00.123Z")];
    assert_eq!(until("{}", &header), some("1970-01-02T00:00:00.123Z"));
    assert_eq!(
        until("{}", &[("ratelimit-reset", "60")]),
        some("1970-01-01T00:01:00Z")
    );
    assert_eq!(
        until(r#"{"retry_after": -1}"#, &[("ratelimit-reset", "0")]),
        None
    );
}
