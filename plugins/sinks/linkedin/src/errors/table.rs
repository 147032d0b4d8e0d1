//! The table of refusals: LinkedIn's documented codes and those that its users met, each with what
//! it means and what to do. The first row that fits counts.
//!
//! Placeholders: `{status}` of the answer, `{version}` in use, `{living}` versions, `{limit}` to set
//! for the text, `{urn}` and `{post}` of the equal post, `{adopted}` to write for its URN.

use syndicate_api::Code;

use self::Outcome::{InDoubt, NotAccepted, Rejected, Throttled, Unauthorized};
use self::Sign::{Any, Named, Numbered, Says};
use super::body::Body;
use crate::scopes::TOKEN_HINT;

/// One kind of refusal.
#[derive(Debug)]
pub(super) struct Row {
    status: u16,
    sign: Sign,
    pub(super) means: Outcome,
    /// In plain words, to stand behind what was tried.
    pub(super) message: &'static str,
    /// The next thing to do; empty where the kind of error says it all.
    pub(super) hint: &'static str,
}

/// What it means for the delivery.
#[derive(Clone, Copy, Debug)]
pub(super) enum Outcome {
    /// The same request will never do.
    Rejected(Code),
    /// Another token is needed.
    Unauthorized(Code),
    /// Not now.
    Throttled,
    /// Surely not accepted, and the same request may do later.
    NotAccepted,
    /// It may have been accepted.
    InDoubt,
}

/// What tells refusals of one status apart.
#[derive(Clone, Copy, Debug)]
enum Sign {
    /// Nothing; it fits always.
    Any,
    /// A code.
    Named(&'static str),
    /// A code, or the number that older services give for it.
    Numbered(&'static str, u64),
    /// Words of the message, in lower case.
    Says(&'static str),
}

impl Sign {
    fn is_in(self, body: &Body) -> bool {
        match self {
            Any => true,
            Named(code) => body.codes.iter().any(|known| known == code),
            Numbered(code, number) => body.service == Some(number) || Named(code).is_in(body),
            Says(words) => body.message.to_ascii_lowercase().contains(words),
        }
    }
}

/// The row for an answer.
pub(super) fn find(status: u16, body: &Body) -> &'static Row {
    let other = if (400..500).contains(&status) {
        &OTHER_REFUSAL
    } else {
        &OTHER_ANSWER
    };
    let refuses = |row: &Row| row.status == ANY_REFUSAL && (400..500).contains(&status);
    ROWS.iter()
        .find(|row| (row.status == status || refuses(row)) && row.sign.is_in(body))
        .unwrap_or(other)
}

const fn row(
    status: u16,
    sign: Sign,
    means: Outcome,
    message: &'static str,
    hint: &'static str,
) -> Row {
    Row {
        status,
        sign,
        means,
        message,
        hint,
    }
}

/// In a row's place of the status: a code that means the same with every status of a refusal.
const ANY_REFUSAL: u16 = 0;

static OTHER_REFUSAL: Row = row(
    0,
    Any,
    Rejected(Code::Rejected),
    "LinkedIn refuses it with status {status}",
    CONTENT_HINT,
);
static OTHER_ANSWER: Row = row(
    0,
    Any,
    InDoubt,
    "LinkedIn answered with status {status}",
    "",
);

/// The row for a refusal of the creating request that LinkedIn did not write.
pub(super) static FOREIGN: Row = row(
    0,
    Any,
    InDoubt,
    "the answer with status {status} is not in LinkedIn's form, so a proxy or gateway may have sent it",
    "check on LinkedIn whether the post is there, then run `syndicate settle`; it is not sent again by \
    itself. If it is not there, check the proxy and the sink's `endpoint`",
);

const CONTENT_HINT: &str =
    "compare what LinkedIn says with the post that `syndicate preview` shows";
const AUTHOR_HINT: &str = "set the sink's `author` to `me`, or to a page on which the token's member \
    is administrator or content administrator";
const SCOPE_HINT: &str = "sign in with `syndicate auth login linkedin`, or make a token with the \
    scope `w_member_social` (product \"Share on LinkedIn\"), for a page `w_organization_social` \
    (\"Community Management API\", the only product of its app); a product that was added later \
    needs a new token";
const UPLOAD_HINT: &str = "nothing was created; run again, and everything is uploaded anew";
const FORMAT_HINT: &str = "save pictures as JPEG or PNG, documents as PDF, videos as MP4";
const ENDPOINT_HINT: &str = "does the sink's `endpoint` lead to LinkedIn's API?";
const TEXT_HINT: &str = "set {limit} in the sink's options";
const REVOKED_HINT: &str = "if it was made within the last minute, run again; else get another by \
    `syndicate auth login linkedin`, or at \
    https://www.linkedin.com/developers/tools/oauth/token-generator";
const THROTTLED_HINT: &str = "a day's limit ends at midnight UTC; all limits stand under Analytics of \
    your app at https://www.linkedin.com/developers/apps";
const DUPLICATE: &str = "LinkedIn refuses it as a duplicate of {urn}";
const DUPLICATE_HINT: &str = "look at {post}: if that is this post, run `syndicate adopt POST {adopted}`; \
    if not, run `syndicate settle POST --not-sent` and change the text";

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
static ROWS: &[Row] = &[
    row(ANY_REFUSAL, Named("EXPIRED_UPLOAD_URL"), NotAccepted,
        "the address for the upload has expired", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("MEDIA_ASSET_WAITING_UPLOAD"), NotAccepted,
        "LinkedIn still waits for the bytes of the upload", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("UPDATING_ASSET_FAILED"), NotAccepted,
        "LinkedIn could not finish the upload", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("MEDIA_ASSET_PROCESSING_FAILED"), Rejected(Code::AttachmentFormat),
        "LinkedIn took the file but could not process it", FORMAT_HINT),
    row(ANY_REFUSAL, Named("DUPLICATE_POST"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    row(400, Named("VERSION_MISSING"), Rejected(Code::Rejected),
        "the request arrived without its version",
        "does a gateway at `endpoint` drop the header `LinkedIn-Version`?"),
    row(400, Says("commentary text length"), Rejected(Code::TextTooLong),
        "the commentary is longer than LinkedIn takes", TEXT_HINT),
    row(400, Named("FIELD_LENGTH_TOO_LONG"), Rejected(Code::TextTooLong),
        "a text is longer than LinkedIn takes", TEXT_HINT),
    row(400, Named("FIELD_ARRAY_SIZE_TOO_HIGH"), Rejected(Code::TextTooLong),
        "a text is longer than LinkedIn takes", TEXT_HINT),
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
    row(411, Any, Rejected(Code::Rejected),
        "the request arrived without its length",
        "does a gateway at `endpoint` drop the header `Content-Length`? `syndicate preview` shows \
        what is sent"),
    row(413, Any, Rejected(Code::Rejected),
        "it is larger than LinkedIn takes", "make the file smaller"),
    row(415, Any, Rejected(Code::ImageFormat),
        "LinkedIn does not take this kind of file", FORMAT_HINT),
    row(422, Says("duplicate of"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    row(422, Says("/content/article/title"), Rejected(Code::TitleMissing),
        "LinkedIn misses the card's title", CONTENT_HINT),
    row(422, Says("error ::"), Rejected(Code::Rejected),
        "the request is not built as LinkedIn's API version `{version}` wants it",
        "set the sink's `api_version` to another that lives: {living}"),
    row(422, Any, Rejected(Code::Rejected), "LinkedIn cannot work with it", CONTENT_HINT),
    row(426, Any, Rejected(Code::VersionDead),
        "LinkedIn's API version `{version}` has ended, or has not begun",
        "set the sink's `api_version` to one that lives: {living}"),
    row(429, Says("member day"), Throttled,
        "LinkedIn's limit for this member and day is reached", THROTTLED_HINT),
    row(429, Says("application day"), Throttled,
        "LinkedIn's limit for this app and day is reached", THROTTLED_HINT),
    row(429, Any, Throttled, "LinkedIn takes no more requests for now", THROTTLED_HINT),
    row(500, Any, InDoubt, "LinkedIn failed", ""),
    row(503, Any, InDoubt, "LinkedIn is overloaded or under maintenance", ""),
    row(504, Any, InDoubt, "LinkedIn did not finish in time", ""),
];
