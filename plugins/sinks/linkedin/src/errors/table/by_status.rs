//! Rules that apply to every step, ordered by status.

use syndicate_api::Code;

use super::by_code::{DUPLICATE, DUPLICATE_HINT};
use super::rule::BodyMatcher::{Any, HasCode, HasCodeOrNumber, MessageContains};
use super::rule::Outcome::{
    InvalidFile, MaybeAccepted, NotAccepted, Rejected, Throttled, Unauthorized,
};
use super::rule::{CONTENT_HINT, FORMAT_HINT, RENEWAL_HINT, RefusalRule, rule};

const AUTHOR_HINT: &str = "set the sink's `author` to `me`, or to a page on which the token's member \
    is administrator or content administrator";
const SCOPE_HINT: &str = "{renewal}; the token needs the \
    scope `w_member_social` (product \"Share on LinkedIn\"), for a page `w_organization_social` \
    (\"Community Management API\", the only product of its app); a product that was added later \
    needs a new token";
const ENDPOINT_HINT: &str = "check that the sink's `endpoint` is the address of LinkedIn's API";
const REVOKED_HINT: &str = "if the token was created within the last minute, run the command \
    again; otherwise {renewal}";
const THROTTLED_HINT: &str = "wait until midnight UTC, when daily limits are reset; all limits are \
    listed under Analytics of your app at https://www.linkedin.com/developers/apps";
const SCHEMA_HINT: &str = "get a newer syndicate, and remove `api_version` to use the version that it \
    was built for";

// Not formatted, so that each rule stays readable as a row.
#[rustfmt::skip]
pub(super) static RULES: &[RefusalRule] = &[
    rule(400, HasCode("VERSION_MISSING"), Rejected(Code::Rejected),
        "LinkedIn received the request without its version",
        "check that the gateway at `endpoint` forwards the header `LinkedIn-Version`"),
    rule(400, HasCode("INVALID_VALUE_BLANK_FIELD"), Rejected(Code::TextEmpty),
        "a text is blank", CONTENT_HINT),
    rule(400, HasCode("MISSING_FIELD"), Rejected(Code::Rejected),
        "a field is missing", CONTENT_HINT),
    rule(400, HasCode("INVALID_URL"), Rejected(Code::Rejected),
        "LinkedIn does not accept the card's address", "check the post's address and `link`"),
    rule(400, HasCode("INVALID_IMAGE_ID"), Rejected(Code::Rejected),
        "LinkedIn does not recognize the uploaded picture",
        "run the command again; the picture is uploaded again"),
    rule(400, HasCode("INVALID_VIDEO_ID"), Rejected(Code::Rejected),
        "LinkedIn does not recognize the uploaded video",
        "run the command again; the video is uploaded again"),
    rule(400, HasCode("INVALID_CALL_TO_ACTION"), Rejected(Code::Rejected),
        "LinkedIn does not accept the call to action", CONTENT_HINT),
    rule(400, HasCode("INVALID_VALUE_FOR_FIELD"), Rejected(Code::Rejected),
        "LinkedIn does not accept the value of a field", CONTENT_HINT),
    rule(400, HasCode("ILLEGAL_ARGUMENT"), Rejected(Code::Rejected),
        "LinkedIn cannot read the request", CONTENT_HINT),
    rule(400, HasCode("INVALID_URN_TYPE"), Rejected(Code::Rejected),
        "LinkedIn does not accept an identifier", AUTHOR_HINT),
    rule(400, HasCode("INVALID_URN_ID"), Rejected(Code::Rejected),
        "LinkedIn does not recognize an identifier", AUTHOR_HINT),
    rule(400, MessageContains("member permissions"), Rejected(Code::Forbidden),
        "the token's permissions do not match the author", AUTHOR_HINT),
    rule(401, HasCodeOrNumber("INVALID_ACCESS_TOKEN", 65_600), Unauthorized(Code::Unauthorized),
        "LinkedIn did not issue this token", RENEWAL_HINT),
    rule(401, HasCodeOrNumber("REVOKED_ACCESS_TOKEN", 65_601), Unauthorized(Code::Unauthorized),
        "the token was revoked by the member or replaced by a token with other scopes",
        REVOKED_HINT),
    rule(401, HasCodeOrNumber("EXPIRED_ACCESS_TOKEN", 65_602), Unauthorized(Code::Unauthorized),
        "the token has expired (tokens are valid for 60 days)", RENEWAL_HINT),
    rule(401, HasCodeOrNumber("RESTRICTED_MEMBER", 65_608), Unauthorized(Code::Unauthorized),
        "LinkedIn has restricted the member's account",
        "sign in at https://www.linkedin.com and follow the instructions"),
    rule(401, HasCode("EMPTY_ACCESS_TOKEN"), Unauthorized(Code::Unauthorized),
        "LinkedIn received the request without its token",
        "check that the gateway at `endpoint` forwards the header `Authorization`"),
    rule(401, Any, Unauthorized(Code::Unauthorized),
        "LinkedIn does not accept the token", RENEWAL_HINT),
    rule(403, MessageContains("[/author]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    rule(403, MessageContains("/owner]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    rule(403, MessageContains("unpermitted fields"), Rejected(Code::Rejected),
        "LinkedIn does not permit a field to this app", CONTENT_HINT),
    rule(403, MessageContains("not enough permissions"), Unauthorized(Code::Forbidden),
        "the token lacks a permission", SCOPE_HINT),
    rule(403, HasCodeOrNumber("ACCESS_DENIED", 100), Unauthorized(Code::Forbidden),
        "the token lacks a permission", SCOPE_HINT),
    rule(403, Any, Rejected(Code::Forbidden),
        "LinkedIn does not permit the request", SCOPE_HINT),
    rule(404, Any, Rejected(Code::Rejected),
        "the requested resource does not exist on LinkedIn", ENDPOINT_HINT),
    rule(405, Any, Rejected(Code::Rejected),
        "LinkedIn does not support this method for the resource", ENDPOINT_HINT),
    rule(408, Any, MaybeAccepted, "LinkedIn timed out while waiting for the request", ""),
    // LinkedIn documents `CONFLICT` as a write that was not made and may be repeated. Until 2020, a
    // 409 with another code meant that an equal post exists.
    rule(409, HasCode("CONFLICT"), NotAccepted, "LinkedIn was changing the same resource", ""),
    rule(409, MessageContains("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(409, Any, MaybeAccepted, "LinkedIn was changing the same resource", ""),
    rule(410, Any, Rejected(Code::Rejected),
        "the requested resource no longer exists on LinkedIn", ENDPOINT_HINT),
    rule(411, Any, Rejected(Code::Rejected),
        "LinkedIn received the request without its length",
        "check that the gateway at `endpoint` forwards the header `Content-Length`; `syndicate preview` \
        shows what is sent"),
    rule(413, Any, Rejected(Code::Rejected),
        "the request is too large", "reduce the size of the file"),
    rule(415, Any, InvalidFile,
        "LinkedIn does not accept this file type", FORMAT_HINT),
    rule(422, MessageContains("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(422, MessageContains("/content/article/title"), Rejected(Code::TitleMissing),
        "the card's title is missing", CONTENT_HINT),
    rule(422, MessageContains("error ::"), Rejected(Code::Rejected),
        "the request does not match the schema of LinkedIn's API version `{version}`",
        SCHEMA_HINT),
    rule(422, Any, Rejected(Code::Rejected), "LinkedIn cannot process the request", CONTENT_HINT),
    rule(426, Any, Rejected(Code::VersionDead),
        "LinkedIn's API version `{version}` has expired or is not available yet",
        "{newer}"),
    rule(429, MessageContains("member day"), Throttled,
        "the member's daily limit is reached", THROTTLED_HINT),
    rule(429, MessageContains("application day"), Throttled,
        "the app's daily limit is reached", THROTTLED_HINT),
    rule(429, Any, Throttled, "LinkedIn accepts no more requests for now", THROTTLED_HINT),
    rule(500, Any, MaybeAccepted, "LinkedIn had an internal error", ""),
    rule(503, Any, MaybeAccepted, "LinkedIn is overloaded or under maintenance", ""),
    rule(504, Any, MaybeAccepted, "LinkedIn did not respond in time", ""),
];
