//! The refusals that LinkedIn documents or that users have reported, with the expected errors.

mod content;
mod gateway;
mod requests;
mod rights;
mod server;
mod steps;
mod uploads;

use serde_json::{Value, json};
use syndicate_api::PublishErrorKind::{Rejected, Unauthorized};
use syndicate_api::{Code, PublishErrorKind};

use super::{answer, error_in};
use crate::fixture;

/// A refusal: status and body, and the expected kind, code and part of the hint.
type Case = (u16, Value, PublishErrorKind, Code, &'static str);

/// Checks the error of each refusal.
async fn assert_errors(cases: impl IntoIterator<Item = Case>) {
    // Shared by all cases, because creating a TLS client takes most of the time.
    let cx = fixture::context();
    for (status, body, kind, expected, hint) in cases {
        let error = error_in(&cx, answer(status, &body)).await;
        assert_eq!(
            (error.kind, error.code),
            (kind, expected),
            "{status} {body}"
        );
        let found = error.hint.clone().unwrap_or_default();
        assert!(found.contains(hint), "{status} {body}: {found}");
        let text = format!("{} {found}", error.message);
        assert!(
            !text.contains(['{', '}']),
            "a placeholder stays open: {text}"
        );
    }
}

fn code(code: &str) -> Value {
    json!({"code": code, "message": "M"})
}

fn service(number: u64) -> Value {
    json!({"serviceErrorCode": number, "message": "M"})
}

fn says(message: &str) -> Value {
    json!({"serviceErrorCode": 0, "message": message})
}

fn bad_input(message: &str, code: &str, status: u16) -> Value {
    json!({
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": message,
        "errorDetails": {"inputErrors": [{"description": "D", "input": {}, "code": code}]},
        "status": status
    })
}

#[tokio::test]
async fn other_documented_codes_have_messages() {
    let cx = fixture::context();
    let code = |code: &str| json!({"code": code, "message": "M"});
    for (status, body, words, hint) in [
        (400, code("INVALID_VIDEO_ID"), "video", "uploaded again"),
        (
            400,
            code("INVALID_CALL_TO_ACTION"),
            "call to action",
            "preview",
        ),
        (400, code("ILLEGAL_ARGUMENT"), "cannot read", "preview"),
        (
            400,
            code("INVALID_VALUE_FOR_FIELD"),
            "value of a field",
            "preview",
        ),
        (411, says("M"), "without its length", "`endpoint`"),
    ] {
        let error = error_in(&cx, answer(status, &body)).await;
        assert_eq!(
            (error.kind, error.code),
            (Rejected, Code::Rejected),
            "{body}"
        );
        assert!(error.message.contains(words), "{body}: {error}");
        assert!(error.hint.unwrap_or_default().contains(hint), "{body}");
    }
    for number in 65_600..=65_608 {
        let body = json!({"serviceErrorCode": number, "message": "M"});
        let error = error_in(&cx, answer(401, &body)).await;
        assert_eq!(error.kind, Unauthorized, "{number}");
        assert!(error.hint.is_some_and(|hint| !hint.is_empty()), "{number}");
    }
    let limit = json!({"message": "too long", "errorDetails": {"inputErrors": [
        {"code": "FIELD_LENGTH_TOO_LONG", "maxLength": 4000}
    ]}});
    let error = error_in(&cx, answer(400, &limit)).await;
    assert!(
        error
            .hint
            .unwrap_or_default()
            .contains("`text_limit: 4000`")
    );
}
