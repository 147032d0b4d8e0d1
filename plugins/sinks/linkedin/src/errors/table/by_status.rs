//! The refusals of any step, by status.

use syndicate_api::Code;

use super::by_code::{DUPLICATE, DUPLICATE_HINT};
use super::rule::BodyMatcher::{Any, HasCode, HasCodeOrNumber, MessageContains};
use super::rule::Outcome::{
    InvalidFile, MaybeAccepted, NotAccepted, Rejected, Throttled, Unauthorized,
};
use super::rule::{CONTENT_HINT, FORMAT_HINT, RefusalRule, rule};
use crate::scopes::TOKEN_HINT;

const AUTHOR_HINT: &str = "set the sink's `author` to `me`, or to a page on which the token's member \
    is administrator or content administrator";
const SCOPE_HINT: &str = "sign in with `syndicate auth login linkedin`, or make a token with the \
    scope `w_member_social` (product \"Share on LinkedIn\"), for a page `w_organization_social` \
    (\"Community Management API\", the only product of its app); a product that was added later \
    needs a new token";
const ENDPOINT_HINT: &str = "does the sink's `endpoint` lead to LinkedIn's API?";
const REVOKED_HINT: &str = "if it was made within the last minute, run again; else get another by \
    `syndicate auth login linkedin`, or at \
    https://www.linkedin.com/developers/tools/oauth/token-generator";
const THROTTLED_HINT: &str = "a day's limit ends at midnight UTC; all limits stand under Analytics of \
    your app at https://www.linkedin.com/developers/apps";
const SCHEMA_HINT: &str = "get a newer syndicate, and leave `api_version` out so that it uses the month that \
    it was made for";

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
pub(super) static RULES: &[RefusalRule] = &[
    rule(400, HasCode("VERSION_MISSING"), Rejected(Code::Rejected),
        "the request arrived without its version",
        "does a gateway at `endpoint` drop the header `LinkedIn-Version`?"),
    rule(400, HasCode("INVALID_VALUE_BLANK_FIELD"), Rejected(Code::TextEmpty),
        "a text is blank", CONTENT_HINT),
    rule(400, HasCode("MISSING_FIELD"), Rejected(Code::Rejected),
        "a field is missing", CONTENT_HINT),
    rule(400, HasCode("INVALID_URL"), Rejected(Code::Rejected),
        "LinkedIn does not take the card's address", "check the post's address and `link`"),
    rule(400, HasCode("INVALID_IMAGE_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know the picture that was just uploaded",
        "run again; the picture is uploaded anew"),
    rule(400, HasCode("INVALID_VIDEO_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know the video that was just uploaded",
        "run again; the video is uploaded anew"),
    rule(400, HasCode("INVALID_CALL_TO_ACTION"), Rejected(Code::Rejected),
        "LinkedIn does not take the call to action", CONTENT_HINT),
    rule(400, HasCode("INVALID_VALUE_FOR_FIELD"), Rejected(Code::Rejected),
        "LinkedIn does not take the value of a field", CONTENT_HINT),
    rule(400, HasCode("ILLEGAL_ARGUMENT"), Rejected(Code::Rejected),
        "LinkedIn cannot read the request", CONTENT_HINT),
    rule(400, HasCode("INVALID_URN_TYPE"), Rejected(Code::Rejected),
        "LinkedIn does not take an identifier", AUTHOR_HINT),
    rule(400, HasCode("INVALID_URN_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know an identifier", AUTHOR_HINT),
    rule(400, MessageContains("member permissions"), Rejected(Code::Forbidden),
        "the token's rights do not fit the author", AUTHOR_HINT),
    rule(401, HasCodeOrNumber("INVALID_ACCESS_TOKEN", 65_600), Unauthorized(Code::Unauthorized),
        "the token is not one of LinkedIn's", TOKEN_HINT),
    rule(401, HasCodeOrNumber("REVOKED_ACCESS_TOKEN", 65_601), Unauthorized(Code::Unauthorized),
        "the token was revoked, by the member or by a newer one with other scopes",
        REVOKED_HINT),
    rule(401, HasCodeOrNumber("EXPIRED_ACCESS_TOKEN", 65_602), Unauthorized(Code::Unauthorized),
        "the token has expired, as each does after 60 days", TOKEN_HINT),
    rule(401, HasCodeOrNumber("RESTRICTED_MEMBER", 65_608), Unauthorized(Code::Unauthorized),
        "LinkedIn has restricted the member's account",
        "sign in at https://www.linkedin.com and follow what it says there"),
    rule(401, HasCode("EMPTY_ACCESS_TOKEN"), Unauthorized(Code::Unauthorized),
        "the request arrived without its token",
        "does a gateway at `endpoint` drop the header `Authorization`?"),
    rule(401, Any, Unauthorized(Code::Unauthorized),
        "LinkedIn does not accept the token", TOKEN_HINT),
    rule(403, MessageContains("[/author]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    rule(403, MessageContains("/owner]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    rule(403, MessageContains("unpermitted fields"), Rejected(Code::Rejected),
        "LinkedIn does not permit a field to this app", CONTENT_HINT),
    rule(403, MessageContains("not enough permissions"), Unauthorized(Code::Forbidden),
        "the token lacks a right", SCOPE_HINT),
    rule(403, HasCodeOrNumber("ACCESS_DENIED", 100), Unauthorized(Code::Forbidden),
        "the token lacks a right", SCOPE_HINT),
    rule(403, Any, Rejected(Code::Forbidden),
        "LinkedIn does not permit it", SCOPE_HINT),
    rule(404, Any, Rejected(Code::Rejected),
        "there is no such thing at LinkedIn", ENDPOINT_HINT),
    rule(405, Any, Rejected(Code::Rejected),
        "LinkedIn does not take this kind of request there", ENDPOINT_HINT),
    rule(408, Any, MaybeAccepted, "LinkedIn waited too long for the request", ""),
    // LinkedIn documents this code as a write that was not made and may be repeated. With another one
    // a 409 said until 2020 that an equal post exists.
    rule(409, HasCode("CONFLICT"), NotAccepted, "LinkedIn was changing the same thing", ""),
    rule(409, MessageContains("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(409, Any, MaybeAccepted, "LinkedIn was changing the same thing", ""),
    rule(410, Any, Rejected(Code::Rejected),
        "LinkedIn no longer has what was asked for", ENDPOINT_HINT),
    rule(411, Any, Rejected(Code::Rejected),
        "the request arrived without its length",
        "does a gateway at `endpoint` drop the header `Content-Length`? `syndicate preview` shows \
        what is sent"),
    rule(413, Any, Rejected(Code::Rejected),
        "it is larger than LinkedIn takes", "make the file smaller"),
    rule(415, Any, InvalidFile,
        "LinkedIn does not take this kind of file", FORMAT_HINT),
    rule(422, MessageContains("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(422, MessageContains("/content/article/title"), Rejected(Code::TitleMissing),
        "LinkedIn misses the card's title", CONTENT_HINT),
    rule(422, MessageContains("error ::"), Rejected(Code::Rejected),
        "the request is not built as LinkedIn's API version `{version}` wants it",
        SCHEMA_HINT),
    rule(422, Any, Rejected(Code::Rejected), "LinkedIn cannot work with it", CONTENT_HINT),
    rule(426, Any, Rejected(Code::VersionDead),
        "LinkedIn's API version `{version}` has ended, or has not begun",
        "{newer}"),
    rule(429, MessageContains("member day"), Throttled,
        "LinkedIn's limit for this member and day is reached", THROTTLED_HINT),
    rule(429, MessageContains("application day"), Throttled,
        "LinkedIn's limit for this app and day is reached", THROTTLED_HINT),
    rule(429, Any, Throttled, "LinkedIn takes no more requests for now", THROTTLED_HINT),
    rule(500, Any, MaybeAccepted, "LinkedIn failed", ""),
    rule(503, Any, MaybeAccepted, "LinkedIn is overloaded or under maintenance", ""),
    rule(504, Any, MaybeAccepted, "LinkedIn did not finish in time", ""),
];
