//! Rules for error codes that mean the same with every status.

use syndicate_api::Code;

use super::rule::BodyMatcher::{HasCode, MessageContains, TextTooLong};
use super::rule::Outcome::{NotAccepted, Rejected};
use super::rule::{ANY_REFUSAL, FORMAT_HINT, RefusalRule, UPLOAD_HINT, rule};

const TEXT_HINT: &str = "set {limit} in the sink's options";
pub(super) const DUPLICATE: &str = "LinkedIn refuses it as a duplicate of {urn}";
pub(super) const DUPLICATE_HINT: &str = "open {post}: if it is this post, run `syndicate adopt POST \
    {adopted}`, or `syndicate settle POST --sent {adopted}`; otherwise run `syndicate settle POST \
    --not-sent` and change the text";

// Not formatted, so that each rule stays readable as a row.
#[rustfmt::skip]
pub(super) static RULES: &[RefusalRule] = &[
    rule(ANY_REFUSAL, HasCode("EXPIRED_UPLOAD_URL"), NotAccepted,
        "the upload address has expired", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("MEDIA_ASSET_WAITING_UPLOAD"), NotAccepted,
        "LinkedIn has not received the uploaded bytes", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("UPDATING_ASSET_FAILED"), NotAccepted,
        "LinkedIn could not finish the upload", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("MEDIA_ASSET_PROCESSING_FAILED"), Rejected(Code::AttachmentFormat),
        "LinkedIn accepted the file but could not process it", FORMAT_HINT),
    rule(ANY_REFUSAL, HasCode("DUPLICATE_POST"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(ANY_REFUSAL, MessageContains("commentary text length"), Rejected(Code::TextTooLong),
        "the commentary is too long", TEXT_HINT),
    rule(ANY_REFUSAL, TextTooLong("commentary"), Rejected(Code::TextTooLong),
        "the commentary is too long", TEXT_HINT),
    rule(ANY_REFUSAL, TextTooLong("alttext"), Rejected(Code::AltTooLong),
        "an alternative text is too long", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/title"), Rejected(Code::TitleTooLong),
        "the title is too long", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/description"), Rejected(Code::DescriptionTooLong),
        "the description is too long", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/poll"), Rejected(Code::AttachmentUnfit),
        "a text of the poll is too long, or the poll has too many options",
        "shorten the poll in the post's front matter"),
    rule(ANY_REFUSAL, TextTooLong("multiimage"), Rejected(Code::AttachmentUnfit),
        "the post has too many pictures", "remove pictures from the post's `gallery`"),
    rule(ANY_REFUSAL, TextTooLong(""), Rejected(Code::TextTooLong),
        "a text is too long", TEXT_HINT),
];
