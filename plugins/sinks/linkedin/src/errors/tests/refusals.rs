//! Every refusal that LinkedIn documents or that its users met, and what has to come of it.

use serde_json::{Value, json};
use syndicate_api::PublishErrorKind::{Rejected, Throttled, Unauthorized, Unavailable, Unknown};
use syndicate_api::{Code, PublishErrorKind};

use super::{answer, error_in};
use crate::fixture;

fn tomorrow() -> PublishErrorKind {
    Throttled {
        until: Some("2026-11-23T00:00:00Z".parse().unwrap()),
    }
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
async fn every_known_refusal_has_its_kind_code_and_remedy() {
    // One for all, since a TLS client takes longer to make than an answer to read.
    let cx = fixture::context();
    let code = |code: &str| json!({"status": 0, "code": code, "message": "M"});
    let service = |number: u64| json!({"serviceErrorCode": number, "message": "M"});
    let says = |message: &str| json!({"message": message});
    let denied = "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901";
    let too_long = json!({
        "message": "ShareCommentary text length (8694 characters) exceeded the maximum allowed",
        "errorDetails": {"inputErrors": [{"code": "FIELD_ARRAY_SIZE_TOO_HIGH", "maxLength": 3000}]}
    });
    let duplicate = bad_input(
        "Content is a duplicate of urn:li:share:7295588489876647936",
        "DUPLICATE_POST",
        422,
    );
    for (status, body, kind, expected, hint) in [
        (
            400,
            code("VERSION_MISSING"),
            Rejected,
            Code::Rejected,
            "LinkedIn-Version",
        ),
        (
            400,
            too_long,
            Rejected,
            Code::TextTooLong,
            "`text_limit: 3000`",
        ),
        (
            400,
            code("FIELD_LENGTH_TOO_LONG"),
            Rejected,
            Code::TextTooLong,
            "`text_limit`",
        ),
        (
            400,
            bad_input("M", "INVALID_VALUE_BLANK_FIELD", 400),
            Rejected,
            Code::TextEmpty,
            "preview",
        ),
        (
            400,
            code("MISSING_FIELD"),
            Rejected,
            Code::Rejected,
            "preview",
        ),
        (
            400,
            code("INVALID_VALUE_FOR_FIELD"),
            Rejected,
            Code::Rejected,
            "preview",
        ),
        (400, code("INVALID_URL"), Rejected, Code::Rejected, "`link`"),
        (
            400,
            code("INVALID_IMAGE_ID"),
            Rejected,
            Code::Rejected,
            "again",
        ),
        (
            400,
            code("INVALID_URN_TYPE"),
            Rejected,
            Code::Rejected,
            "`author`",
        ),
        (
            400,
            code("INVALID_URN_ID"),
            Rejected,
            Code::Rejected,
            "`author`",
        ),
        (
            400,
            code("ILLEGAL_ARGUMENT"),
            Rejected,
            Code::Rejected,
            "preview",
        ),
        (
            400,
            says("Member permissions must be used when the author is a member"),
            Rejected,
            Code::Forbidden,
            "`author`",
        ),
        (
            401,
            service(65_600),
            Unauthorized,
            Code::Unauthorized,
            "token-generator",
        ),
        (
            401,
            service(65_601),
            Unauthorized,
            Code::Unauthorized,
            "last minute",
        ),
        (
            401,
            service(65_602),
            Unauthorized,
            Code::Unauthorized,
            "token-generator",
        ),
        (
            401,
            service(65_608),
            Unauthorized,
            Code::Unauthorized,
            "sign in",
        ),
        (
            401,
            code("EXPIRED_ACCESS_TOKEN"),
            Unauthorized,
            Code::Unauthorized,
            "token",
        ),
        (
            401,
            code("EMPTY_ACCESS_TOKEN"),
            Unauthorized,
            Code::Unauthorized,
            "gateway",
        ),
        (
            401,
            says(""),
            Unauthorized,
            Code::Unauthorized,
            "token-generator",
        ),
        (
            403,
            says(denied),
            Unauthorized,
            Code::Forbidden,
            "w_member_social",
        ),
        (
            403,
            service(100),
            Unauthorized,
            Code::Forbidden,
            "w_member_social",
        ),
        (
            403,
            says(
                "Field Value validation failed in REQUEST_BODY: Data Processing Exception [/author]",
            ),
            Rejected,
            Code::Forbidden,
            "`author`",
        ),
        (
            403,
            says("Unpermitted fields present in REQUEST_BODY: [/content]"),
            Rejected,
            Code::Rejected,
            "preview",
        ),
        (
            403,
            says("resource is forbidden"),
            Rejected,
            Code::Forbidden,
            "w_member_social",
        ),
        (
            404,
            code("RESOURCE_NOT_FOUND"),
            Rejected,
            Code::Rejected,
            "`endpoint`",
        ),
        (405, says("M"), Rejected, Code::Rejected, "`endpoint`"),
        (408, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (
            409,
            code("CONFLICT"),
            Unavailable,
            Code::Unavailable,
            "again",
        ),
        (411, says("M"), Rejected, Code::Rejected, "preview"),
        (
            413,
            code("REQUEST_ENTITY_TOO_LARGE"),
            Rejected,
            Code::Rejected,
            "smaller",
        ),
        (415, says("M"), Rejected, Code::ImageFormat, "JPEG"),
        (418, says("M"), Rejected, Code::Rejected, "preview"),
        (
            422,
            duplicate,
            Rejected,
            Code::Duplicate,
            "feed/update/urn:li:share:7295588489876647936/",
        ),
        (
            422,
            says("Content is a duplicate of it"),
            Rejected,
            Code::Duplicate,
            "your posts",
        ),
        (
            422,
            says("ERROR :: /content/article/title :: field is required\n"),
            Rejected,
            Code::TitleMissing,
            "preview",
        ),
        (
            422,
            says("ERROR :: /distribution :: field is required\n"),
            Rejected,
            Code::Rejected,
            "api_version",
        ),
        (
            422,
            code("UNPROCESSABLE_ENTITY"),
            Rejected,
            Code::Rejected,
            "preview",
        ),
        (
            426,
            code("NONEXISTENT_VERSION"),
            Rejected,
            Code::VersionDead,
            "`api_version`",
        ),
        (
            429,
            says("Resource level throttle MEMBER DAY limit for calls to this resource is reached."),
            tomorrow(),
            Code::Throttled,
            "midnight UTC",
        ),
        (
            429,
            code("TOO_MANY_REQUESTS"),
            tomorrow(),
            Code::Throttled,
            "midnight UTC",
        ),
        (302, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (500, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (502, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
        (
            503,
            code("UNDER_MAINTENANCE"),
            Unknown,
            Code::OutcomeUnknown,
            "settle",
        ),
        (504, says("M"), Unknown, Code::OutcomeUnknown, "settle"),
    ] {
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

#[tokio::test]
async fn what_goes_wrong_with_uploads_is_known_with_any_status() {
    let cx = fixture::context();
    let unavailable = (Unavailable, Code::Unavailable);
    let unfit = (Rejected, Code::AttachmentFormat);
    for (name, expected, hint) in [
        ("EXPIRED_UPLOAD_URL", unavailable, "run again"),
        ("MEDIA_ASSET_WAITING_UPLOAD", unavailable, "run again"),
        ("UPDATING_ASSET_FAILED", unavailable, "run again"),
        ("MEDIA_ASSET_PROCESSING_FAILED", unfit, "MP4"),
    ] {
        for status in [400, 403, 422] {
            for body in [
                json!({"code": name, "message": "M"}),
                bad_input("M", name, status),
            ] {
                let error = error_in(&cx, answer(status, &body)).await;
                assert_eq!((error.kind, error.code), expected, "{status} {name}");
                let found = error.hint.unwrap_or_default();
                assert!(found.contains(hint), "{status} {name}: {found}");
            }
        }
        // A server that failed may have created the post whatever it says.
        let failed = error_in(&cx, answer(500, &json!({"code": name}))).await;
        assert_eq!(failed.kind, Unknown, "{name}");
    }
}

#[tokio::test]
async fn the_rest_of_the_documented_codes_have_their_words() {
    let cx = fixture::context();
    let code = |code: &str| json!({"code": code, "message": "M"});
    for (status, body, words, hint) in [
        (400, code("INVALID_VIDEO_ID"), "video", "uploaded anew"),
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
        (411, json!({}), "without its length", "`endpoint`"),
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
