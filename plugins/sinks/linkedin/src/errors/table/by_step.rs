//! The refusals that mean something else at a certain step than at others: of the bytes of an upload,
//! of a post that shares another one, of the older interfaces, and those that came from a proxy.

use syndicate_api::Code;

use super::rule::BodyMatcher::{Any, HasCode, MessageContains};
use super::rule::Outcome::{InvalidFile, MaybeAccepted, NotAccepted, Rejected};
use super::rule::{ANY_REFUSAL, CONTENT_HINT, FORMAT_HINT, RefusalRule, UPLOAD_HINT, rule};
use crate::errors::step::{CreateKind, Step};

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
pub(super) fn rules(step: Step) -> &'static [RefusalRule] {
    match step {
        Step::Put(_) => PUT,
        Step::Create(CreateKind::Reshare) => RESHARE,
        Step::Create(CreateKind::Legacy) => OLDER_API,
        Step::WhoAmI
        | Step::Upload(_)
        | Step::Create(CreateKind::Post)
        | Step::Update
        | Step::Retract => &[],
    }
}

/// Returns the row for a refusal of `step` that LinkedIn did not write.
pub(super) fn proxy_rule(step: Step) -> &'static RefusalRule {
    match step {
        Step::Create(CreateKind::Legacy) => &FOREIGN_OLDER,
        Step::Create(_) => &FOREIGN_CREATE,
        Step::WhoAmI | Step::Upload(_) | Step::Put(_) | Step::Update | Step::Retract => &FOREIGN,
    }
}

static FOREIGN: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    FOREIGN_MESSAGE,
    "check the proxy and the sink's `endpoint`, then run again; doing it twice does no harm",
);

static FOREIGN_CREATE: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post is there, then run `syndicate settle`; it is not sent again by \
    itself. If it is not there, check the proxy and the sink's `endpoint`",
);

static FOREIGN_OLDER: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post is there, then run `syndicate settle`; it is not sent again by \
    itself. If it is not there, set `api: posts`, or check the sink's `endpoint`",
);

// A row to a refusal, or it would be no table.
#[rustfmt::skip]
static PUT: &[RefusalRule] = &[
    rule(400, Any, InvalidFile, BYTES, FORMAT_HINT),
    rule(403, Any, NotAccepted, ADDRESS, DENIED_HINT),
    rule(404, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    rule(409, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    rule(410, Any, NotAccepted, ADDRESS, UPLOAD_HINT),
    rule(422, Any, InvalidFile, BYTES, FORMAT_HINT),
];

#[rustfmt::skip]
static RESHARE: &[RefusalRule] = &[
    rule(403, MessageContains("unpermitted fields"), Rejected(Code::Rejected),
        "LinkedIn does not permit a field to this app", CONTENT_HINT),
    rule(ANY_REFUSAL, MessageContains("reshare"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(ANY_REFUSAL, MessageContains("parent"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(400, HasCode("INVALID_URN_ID"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(400, HasCode("INVALID_URN_TYPE"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(400, HasCode("INVALID_VALUE_FOR_FIELD"), Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(404, Any, Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
    rule(410, Any, Rejected(Code::AttachmentUnfit), PARENT, PARENT_HINT),
];

#[rustfmt::skip]
static OLDER_API: &[RefusalRule] = &[
    rule(404, Any, Rejected(Code::Rejected), OLDER, OLDER_HINT),
    rule(410, Any, Rejected(Code::Rejected), OLDER, OLDER_HINT),
];
