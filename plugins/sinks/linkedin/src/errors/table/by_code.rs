//! Codes that mean the same with every status of a refusal.

use syndicate_api::Code;

use super::rule::BodyMatcher::{HasCode, MessageContains, TextTooLong};
use super::rule::Outcome::{NotAccepted, Rejected};
use super::rule::{ANY_REFUSAL, FORMAT_HINT, RefusalRule, UPLOAD_HINT, rule};

const TEXT_HINT: &str = "set {limit} in the sink's options";
pub(super) const DUPLICATE: &str = "LinkedIn refuses it as a duplicate of {urn}";
pub(super) const DUPLICATE_HINT: &str = "look at {post}: if that is this post, run `syndicate adopt POST \
    {adopted}`, or `syndicate settle POST --sent {adopted}`; if not, run `syndicate settle POST \
    --not-sent` and change the text";

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
pub(super) static RULES: &[RefusalRule] = &[
    rule(ANY_REFUSAL, HasCode("EXPIRED_UPLOAD_URL"), NotAccepted,
        "the address for the upload has expired", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("MEDIA_ASSET_WAITING_UPLOAD"), NotAccepted,
        "LinkedIn still waits for the bytes of the upload", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("UPDATING_ASSET_FAILED"), NotAccepted,
        "LinkedIn could not finish the upload", UPLOAD_HINT),
    rule(ANY_REFUSAL, HasCode("MEDIA_ASSET_PROCESSING_FAILED"), Rejected(Code::AttachmentFormat),
        "LinkedIn took the file but could not process it", FORMAT_HINT),
    rule(ANY_REFUSAL, HasCode("DUPLICATE_POST"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    rule(ANY_REFUSAL, MessageContains("commentary text length"), Rejected(Code::TextTooLong),
        "the commentary is longer than LinkedIn takes", TEXT_HINT),
    rule(ANY_REFUSAL, TextTooLong("commentary"), Rejected(Code::TextTooLong),
        "the commentary is longer than LinkedIn takes", TEXT_HINT),
    rule(ANY_REFUSAL, TextTooLong("alttext"), Rejected(Code::AltTooLong),
        "an alternative text is longer than LinkedIn takes", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/title"), Rejected(Code::TitleTooLong),
        "the title is longer than LinkedIn takes", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/description"), Rejected(Code::DescriptionTooLong),
        "the description is longer than LinkedIn takes", "shorten it{most}"),
    rule(ANY_REFUSAL, TextTooLong("/poll"), Rejected(Code::AttachmentUnfit),
        "a text of the poll is longer than LinkedIn takes, or it has too many options",
        "shorten the poll in the post's front matter"),
    rule(ANY_REFUSAL, TextTooLong("multiimage"), Rejected(Code::AttachmentUnfit),
        "there are more pictures than LinkedIn takes", "take some out of the post's `gallery`"),
    rule(ANY_REFUSAL, TextTooLong(""), Rejected(Code::TextTooLong),
        "a text is longer than LinkedIn takes", TEXT_HINT),
];
