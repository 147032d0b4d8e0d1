//! Refusals of uploaded media.

use serde_json::json;
use syndicate_api::Code;
use syndicate_api::PublishErrorKind::{Rejected, Unavailable, Unknown};

use super::super::{answer, error_in};
use super::bad_input;
use crate::fixture;

#[tokio::test]
async fn upload_codes_apply_to_any_status() {
    let cx = fixture::context();
    let unavailable = (Unavailable, Code::Unavailable);
    let unfit = (Rejected, Code::AttachmentFormat);
    for (name, expected, hint) in [
        ("EXPIRED_UPLOAD_URL", unavailable, "run the command again"),
        (
            "MEDIA_ASSET_WAITING_UPLOAD",
            unavailable,
            "run the command again",
        ),
        (
            "UPDATING_ASSET_FAILED",
            unavailable,
            "run the command again",
        ),
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
        // A failed server may have created the post, whichever code it returns.
        let failed = error_in(&cx, answer(500, &json!({"code": name}))).await;
        assert_eq!(failed.kind, Unknown, "{name}");
    }
}
