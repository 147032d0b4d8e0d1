//! Rules that apply to one step only: uploads of bytes, reshares and the older APIs, and the rules
//! for refusals by a proxy.

use syndicate_api::Code;

use super::rule::BodyMatcher::{Any, HasCode, MessageContains};
use super::rule::Outcome::{InvalidFile, MaybeAccepted, NotAccepted, Rejected};
use super::rule::{ANY_REFUSAL, CONTENT_HINT, FORMAT_HINT, RefusalRule, UPLOAD_HINT, rule};
use crate::errors::step::{CreateKind, Step};

const BYTES: &str = "LinkedIn does not accept the bytes of the file";
const ADDRESS: &str = "LinkedIn no longer accepts an upload at the address that it returned";
const DENIED_HINT: &str = "nothing was created; run the command again to repeat all uploads; if it is \
    refused again, {renewal}";
const PARENT: &str = "the reshared post no longer exists or cannot be reshared";
const PARENT_HINT: &str = "open the post in `reshare` of the front matter; if it no longer exists, set \
    `reshare` to another post or remove it";
const OLDER: &str = "LinkedIn has switched off the API that the sink's `api` selects";
const OLDER_HINT: &str = "set `api: posts` to use LinkedIn's current API, or set `endpoint` to a gateway \
    that supports the older one";
const FOREIGN_MESSAGE: &str = "the response with status {status} is not in LinkedIn's form, so a proxy or \
    gateway may have sent it";

/// Returns the rules that apply to `step` before those of any step.
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

/// Returns the rule for a refusal of `step` that LinkedIn did not write.
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
    "check the proxy and the sink's `endpoint`, then run the command again; repeating it does no harm",
);

static FOREIGN_CREATE: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post exists, then run `syndicate settle`; until then it is not sent \
    again. If it does not exist, check the proxy and the sink's `endpoint`",
);

static FOREIGN_OLDER: RefusalRule = rule(
    0,
    Any,
    MaybeAccepted,
    FOREIGN_MESSAGE,
    "check on LinkedIn whether the post exists, then run `syndicate settle`; until then it is not sent \
    again. If it does not exist, set `api: posts`, or check the sink's `endpoint`",
);

// Not formatted, so that each rule stays readable as a row.
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
