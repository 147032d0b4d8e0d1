//! Refusals of the token: expired tokens, missing scopes, other authors.

use syndicate_api::Code;
use syndicate_api::PublishErrorKind::{Rejected, Unauthorized};

use super::{assert_errors, code, says, service};

#[tokio::test]
async fn permission_refusals_map_to_hints() {
    let denied = "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901";
    assert_errors([
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
    ])
    .await;
}
