//! The refusals that mean something else at a certain step than at others: of the bytes of an upload,
//! of a post that shares another one, of the older interfaces, and those that came from a proxy.

use syndicate_api::Code;

use super::row::Outcome::{InDoubt, NotAccepted, Rejected, Unfit};
use super::row::Sign::{Any, Named, Says};
use super::row::{ANY_REFUSAL, CONTENT_HINT, FORMAT_HINT, Row, UPLOAD_HINT, row};
use crate::errors::step::{Creation, Step};

const BYTES: &str = "LinkedIn does not take the bytes of the file";
const ADDRESS: &str = "LinkedIn no longer takes the upload at the address that it gave for it";
const DENIED_HINT: &str = "nothing was created; run again, and everything is uploaded again; if it is \
    refused again, get another token by `syndicate auth login linkedin`";
const PARENT: &str = "the post that it shares is no longer there, or may not be shared";
const PARENT_HINT: &str = "open the post that `reshare` in the front matter names; if it is gone, name \
    another one or take `reshare` out";
const OLDER: &str = "LinkedIn has switched off the API that the sink's `api` names";
const OLDER_HINT: &str = "set `api: posts`, LinkedIn's API of today, or an `endpoint` that still has the \
    older one";
const FOREIGN_MESSAGE: &str = "the answer with status {status} is not in LinkedIn's form, so a proxy or \
    gateway may have sent it";

/// Returns the rows that count for `step` before the usual ones.
pub(super) fn rows(step: Step) -> &'static [Row] {
    match step {
        Step::Put(_) => PUT,
        Step::Create(Creation::Reshare) => RESHARE,
        Step::Create(Creation::Older) => OLDER_API,
        Step::WhoAmI
        | Step::Upload(_)
        | Step::Create(Creation::Post)
        | Step::Update
        | Step::Retract => &[],
    }
}

/// Returns the row for a refusal of `step` that LinkedIn did not write.
pub(super) fn foreign(step: Step) -> &'static Row {
    match step {
        Step::Create(Creation::Older) => &FOREIGN_OLDER,
        Step::Create(_) => &FOREIGN_CREATE,
        Step::WhoAmI | Step::Upload(_) | Step::Put(_) | Step::Update | Step::Retract => &FOREIGN,
    }
}

static FOREIGN: Row = row(
    0,
    Any,
    InDoubt,
    FOREIGN_MESSAGE,
    "check the proxy and the sink's `endpoint`, then run again; doing it twice does no harm",
);

static FOREIGN_CREATE: Row = row(
    0,
    Any,
    InDoubt,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post is there, then run `syndicate settle`; it is not sent again by \
    itself. If it is not there, check the proxy and the sink's `endpoint`",
);

static FOREIGN_OLDER: Row = row(
    0,
    Any,
    InDoubt,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post is there, then run `syndicate settle`; it is not sent again by \
    itself. If it is not there, set `api: posts`, or check the sink's `endpoint`",
);

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
static PUT: &[Row] = &[
    row(400, Any, Unfit, BYTES, FORMAT_HINT),
    row(403, Any, NotAccepted, ADDRESS, DENIED_HINT),
    row(404, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    row(409, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    row(410, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    row(422, Any, Unfit, BYTES, FORMAT_HINT),
];

#[rustfmt::skip]
static RESHARE: &[Row] = &[
    row(403, Says("unpermitted fields"), Rejected(Code::Rejected),
        "LinkedIn does not permit a field to this app", CONTENT_HINT),
    row(ANY_REFUSAL, Says("reshare"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(ANY_REFUSAL, Says("parent"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(400, Named("INVALID_URN_ID"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(400, Named("INVALID_URN_TYPE"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(400, Named("INVALID_VALUE_FOR_FIELD"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(404, Any, Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    row(410, Any, Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
];

#[rustfmt::skip]
static OLDER_API: &[Row] = &[
    row(404, Any, Rejected(Code::Rejected), OLDER, OLDER_HINT),
    row(410, Any, Rejected(Code::Rejected), OLDER, OLDER_HINT),
];
