//! The refusals of any step, by status.

use syndicate_api::Code;

use super::codes::{DUPLICATE, DUPLICATE_HINT};
use super::row::Outcome::{InDoubt, NotAccepted, Rejected, Throttled, Unauthorized, Unfit};
use super::row::Sign::{Any, Named, Numbered, Says};
use super::row::{CONTENT_HINT, FORMAT_HINT, Row, row};
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
pub(super) static ROWS: &[Row] = &[
    row(400, Named("VERSION_MISSING"), Rejected(Code::Rejected),
        "the request arrived without its version",
        "does a gateway at `endpoint` drop the header `LinkedIn-Version`?"),
    row(400, Named("INVALID_VALUE_BLANK_FIELD"), Rejected(Code::TextEmpty),
        "a text is blank", CONTENT_HINT),
    row(400, Named("MISSING_FIELD"), Rejected(Code::Rejected),
        "a field is missing", CONTENT_HINT),
    row(400, Named("INVALID_URL"), Rejected(Code::Rejected),
        "LinkedIn does not take the card's address", "check the post's address and `link`"),
    row(400, Named("INVALID_IMAGE_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know the picture that was just uploaded",
        "run again; the picture is uploaded anew"),
    row(400, Named("INVALID_VIDEO_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know the video that was just uploaded",
        "run again; the video is uploaded anew"),
    row(400, Named("INVALID_CALL_TO_ACTION"), Rejected(Code::Rejected),
        "LinkedIn does not take the call to action", CONTENT_HINT),
    row(400, Named("INVALID_VALUE_FOR_FIELD"), Rejected(Code::Rejected),
        "LinkedIn does not take the value of a field", CONTENT_HINT),
    row(400, Named("ILLEGAL_ARGUMENT"), Rejected(Code::Rejected),
        "LinkedIn cannot read the request", CONTENT_HINT),
    row(400, Named("INVALID_URN_TYPE"), Rejected(Code::Rejected),
        "LinkedIn does not take an identifier", AUTHOR_HINT),
    row(400, Named("INVALID_URN_ID"), Rejected(Code::Rejected),
        "LinkedIn does not know an identifier", AUTHOR_HINT),
    row(400, Says("member permissions"), Rejected(Code::Forbidden),
        "the token's rights do not fit the author", AUTHOR_HINT),
    row(401, Numbered("INVALID_ACCESS_TOKEN", 65_600), Unauthorized(Code::Unauthorized),
        "the token is not one of LinkedIn's", TOKEN_HINT),
    row(401, Numbered("REVOKED_ACCESS_TOKEN", 65_601), Unauthorized(Code::Unauthorized),
        "the token was revoked, by the member or by a newer one with other scopes",
        REVOKED_HINT),
    row(401, Numbered("EXPIRED_ACCESS_TOKEN", 65_602), Unauthorized(Code::Unauthorized),
        "the token has expired, as each does after 60 days", TOKEN_HINT),
    row(401, Numbered("RESTRICTED_MEMBER", 65_608), Unauthorized(Code::Unauthorized),
        "LinkedIn has restricted the member's account",
        "sign in at https://www.linkedin.com and follow what it says there"),
    row(401, Named("EMPTY_ACCESS_TOKEN"), Unauthorized(Code::Unauthorized),
        "the request arrived without its token",
        "does a gateway at `endpoint` drop the header `Authorization`?"),
    row(401, Any, Unauthorized(Code::Unauthorized),
        "LinkedIn does not accept the token", TOKEN_HINT),
    row(403, Says("[/author]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    row(403, Says("/owner]"), Rejected(Code::Forbidden),
        "the token's member may not post as this author", AUTHOR_HINT),
    row(403, Says("unpermitted fields"), Rejected(Code::Rejected),
        "LinkedIn does not permit a field to this app", CONTENT_HINT),
    row(403, Says("not enough permissions"), Unauthorized(Code::Forbidden),
        "the token lacks a right", SCOPE_HINT),
    row(403, Numbered("ACCESS_DENIED", 100), Unauthorized(Code::Forbidden),
        "the token lacks a right", SCOPE_HINT),
    row(403, Any, Rejected(Code::Forbidden),
        "LinkedIn does not permit it", SCOPE_HINT),
    row(404, Any, Rejected(Code::Rejected),
        "there is no such thing at LinkedIn", ENDPOINT_HINT),
    row(405, Any, Rejected(Code::Rejected),
        "LinkedIn does not take this kind of request there", ENDPOINT_HINT),
    row(408, Any, InDoubt, "LinkedIn waited too long for the request", ""),
    // LinkedIn documents this code as a write that was not made and may be repeated. With another one
    // a 409 said until 2020 that an equal post exists.
    row(409, Named("CONFLICT"), NotAccepted, "LinkedIn was changing the same thing", ""),
    row(409, Says("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    row(409, Any, InDoubt, "LinkedIn was changing the same thing", ""),
    row(410, Any, Rejected(Code::Rejected),
        "LinkedIn no longer has what was asked for", ENDPOINT_HINT),
    row(411, Any, Rejected(Code::Rejected),
        "the request arrived without its length",
        "does a gateway at `endpoint` drop the header `Content-Length`? `syndicate preview` shows \
        what is sent"),
    row(413, Any, Rejected(Code::Rejected),
        "it is larger than LinkedIn takes", "make the file smaller"),
    row(415, Any, Unfit,
        "LinkedIn does not take this kind of file", FORMAT_HINT),
    row(422, Says("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    row(422, Says("/content/article/title"), Rejected(Code::TitleMissing),
        "LinkedIn misses the card's title", CONTENT_HINT),
    row(422, Says("error ::"), Rejected(Code::Rejected),
        "the request is not built as LinkedIn's API version `{version}` wants it",
        SCHEMA_HINT),
    row(422, Any, Rejected(Code::Rejected), "LinkedIn cannot work with it", CONTENT_HINT),
    row(426, Any, Rejected(Code::VersionDead),
        "LinkedIn's API version `{version}` has ended, or has not begun",
        "{newer}"),
    row(429, Says("member day"), Throttled,
        "LinkedIn's limit for this member and day is reached", THROTTLED_HINT),
    row(429, Says("application day"), Throttled,
        "LinkedIn's limit for this app and day is reached", THROTTLED_HINT),
    row(429, Any, Throttled, "LinkedIn takes no more requests for now", THROTTLED_HINT),
    row(500, Any, InDoubt, "LinkedIn failed", ""),
    row(503, Any, InDoubt, "LinkedIn is overloaded or under maintenance", ""),
    row(504, Any, InDoubt, "LinkedIn did not finish in time", ""),
];
