//! Refusals of the post's content.

use serde_json::json;
use syndicate_api::Code;
use syndicate_api::PublishErrorKind::Rejected;

use super::super::{answer, error_in};
use super::{assert_errors, bad_input, code, says};
use crate::fixture;

#[tokio::test]
async fn content_refusals_map_to_codes() {
    let too_long = json!({
        "message": "ShareCommentary text length (8694 characters) exceeded the maximum allowed",
        "errorDetails": {"inputErrors": [{"code": "FIELD_ARRAY_SIZE_TOO_HIGH", "maxLength": 3000}]}
    });
    let duplicate = bad_input(
        "Content is a duplicate of urn:li:share:7295588489876647936",
        "DUPLICATE_POST",
        422,
    );
    assert_errors([
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
            413,
            code("REQUEST_ENTITY_TOO_LARGE"),
            Rejected,
            Code::Rejected,
            "reduce the size",
        ),
        (415, says("M"), Rejected, Code::ImageFormat, "JPEG"),
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
    ])
    .await;
}

#[tokio::test]
async fn duplicate_names_post_and_both_hints() {
    let cx = fixture::context();
    for (status, said, adopted) in [
        (
            422,
            "Content is a duplicate of urn:li:share:7295588489876647936",
            "urn:li:share:7295588489876647936",
        ),
        (
            422,
            "Content is a duplicate of urn:li:activity:7295",
            "urn:li:activity:7295",
        ),
        (
            409,
            "Content is a duplicate of urn:li:ugcPost:7295",
            "urn:li:ugcPost:7295",
        ),
        (400, "Duplicate post is detected", "URN"),
    ] {
        let body = bad_input(said, "DUPLICATE_POST", status);
        let error = error_in(&cx, answer(status, &body)).await;
        assert_eq!(
            (error.kind, error.code),
            (Rejected, Code::Duplicate),
            "{said}"
        );
        let existing = error.existing.and_then(|receipt| receipt.id);
        let expected = (adopted != "URN").then(|| adopted.to_owned());
        assert_eq!(existing, expected, "{said}");
        let hint = error.hint.unwrap();
        let adopt = format!("`syndicate adopt POST {adopted}`");
        assert!(hint.contains(&adopt), "{hint}");
        assert!(
            hint.contains("`syndicate settle POST --not-sent`"),
            "{hint}"
        );
    }
}

#[tokio::test]
async fn too_long_text_is_recognized_with_any_status() {
    for status in [400, 413, 422] {
        assert_errors([
            (
                status,
                code("FIELD_LENGTH_TOO_LONG"),
                Rejected,
                Code::TextTooLong,
                "`text_limit`",
            ),
            (
                status,
                bad_input("ShareCommentary text length (3001) exceeded", "X", status),
                Rejected,
                Code::TextTooLong,
                "`text_limit`",
            ),
            (
                status,
                bad_input(
                    "/content/article/title is too long",
                    "FIELD_LENGTH_TOO_LONG",
                    status,
                ),
                Rejected,
                Code::TitleTooLong,
                "shorten",
            ),
            (
                status,
                bad_input(
                    "/content/article/description has 5000",
                    "FIELD_LENGTH_TOO_LONG",
                    status,
                ),
                Rejected,
                Code::DescriptionTooLong,
                "shorten",
            ),
            (
                status,
                bad_input(
                    "/content/media/altText has 5000",
                    "FIELD_LENGTH_TOO_LONG",
                    status,
                ),
                Rejected,
                Code::AltTooLong,
                "shorten",
            ),
            (
                status,
                bad_input(
                    "/content/multiImage/images holds 21",
                    "FIELD_ARRAY_SIZE_TOO_HIGH",
                    status,
                ),
                Rejected,
                Code::AttachmentUnfit,
                "`gallery`",
            ),
        ])
        .await;
    }
}
