//! Codes that mean the same with every status of a refusal.

use syndicate_api::Code;

use super::row::Outcome::{NotAccepted, Rejected};
use super::row::Sign::{Named, Says, TooLong};
use super::row::{ANY_REFUSAL, FORMAT_HINT, Row, UPLOAD_HINT, row};

const TEXT_HINT: &str = "set {limit} in the sink's options";
pub(super) const DUPLICATE: &str = "LinkedIn refuses it as a duplicate of {urn}";
pub(super) const DUPLICATE_HINT: &str = "look at {post}: if that is this post, run `syndicate adopt POST \
    {adopted}`, or `syndicate settle POST --sent {adopted}`; if not, run `syndicate settle POST \
    --not-sent` and change the text";

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
pub(super) static ROWS: &[Row] = &[
    row(ANY_REFUSAL, Named("EXPIRED_UPLOAD_URL"), NotAccepted,
        "the address for the upload has expired", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("MEDIA_ASSET_WAITING_UPLOAD"), NotAccepted,
        "LinkedIn still waits for the bytes of the upload", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("UPDATING_ASSET_FAILED"), NotAccepted,
        "LinkedIn could not finish the upload", UPLOAD_HINT),
    row(ANY_REFUSAL, Named("MEDIA_ASSET_PROCESSING_FAILED"), Rejected(Code::AttachmentFormat),
        "LinkedIn took the file but could not process it", FORMAT_HINT),
    row(ANY_REFUSAL, Named("DUPLICATE_POST"), Rejected(Code::Duplicate), DUPLICATE, DUPLICATE_HINT),
    row(ANY_REFUSAL, Says("commentary text length"), Rejected(Code::TextTooLong),
        "the commentary is longer than LinkedIn takes", TEXT_HINT),
    row(ANY_REFUSAL, TooLong("commentary"), Rejected(Code::TextTooLong),
        "the commentary is longer than LinkedIn takes", TEXT_HINT),
    row(ANY_REFUSAL, TooLong("alttext"), Rejected(Code::AltTooLong),
        "an alternative text is longer than LinkedIn takes", "shorten it{most}"),
    row(ANY_REFUSAL, TooLong("/title"), Rejected(Code::TitleTooLong),
        "the title is longer than LinkedIn takes", "shorten it{most}"),
    row(ANY_REFUSAL, TooLong("/description"), Rejected(Code::DescriptionTooLong),
        "the description is longer than LinkedIn takes", "shorten it{most}"),
    row(ANY_REFUSAL, TooLong("/poll"), Rejected(Code::AttachmentUnfit),
        "a text of the poll is longer than LinkedIn takes, or it has too many options",
        "shorten the poll in the post's front matter"),
    row(ANY_REFUSAL, TooLong("multiimage"), Rejected(Code::AttachmentUnfit),
        "there are more pictures than LinkedIn takes", "take some out of the post's `gallery`"),
    row(ANY_REFUSAL, TooLong(""), Rejected(Code::TextTooLong),
        "a text is longer than LinkedIn takes", TEXT_HINT),
];
