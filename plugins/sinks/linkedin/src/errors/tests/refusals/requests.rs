//! Refusals of the request's URL, method or version.

use syndicate_api::Code;
use syndicate_api::PublishErrorKind::Rejected;

use super::{assert_errors, code, says};

#[tokio::test]
async fn unknown_requests_are_rejected() {
    assert_errors([
        (
            404,
            code("RESOURCE_NOT_FOUND"),
            Rejected,
            Code::Rejected,
            "`endpoint`",
        ),
        (405, says("M"), Rejected, Code::Rejected, "`endpoint`"),
        (411, says("M"), Rejected, Code::Rejected, "preview"),
        (418, says("M"), Rejected, Code::Rejected, "preview"),
        (
            426,
            code("NONEXISTENT_VERSION"),
            Rejected,
            Code::VersionDead,
            "`api_version`",
        ),
    ])
    .await;
}
