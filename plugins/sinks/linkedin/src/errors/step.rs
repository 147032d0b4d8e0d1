//! The step that a call is for, and what it means there that LinkedIn did not do it, or perhaps did.

use syndicate_api::{Code, PublishErrorKind};

/// What to do when it is not known whether the post is out.
pub(super) const UNKNOWN_HINT: &str = "check on LinkedIn whether the post is there, then run `syndicate \
    settle`; it is not sent again by itself";

/// What to do when it surely is not.
const UNAVAILABLE_HINT: &str = "nothing was created; run again later";

/// What to do about a request that may be made twice.
const REPEATABLE_HINT: &str = "run again later; doing it twice does no harm";

/// Kind, code and remedy where it surely did not.
const NOT_ACCEPTED: (PublishErrorKind, Code, &str) = (
    PublishErrorKind::Unavailable,
    Code::Unavailable,
    UNAVAILABLE_HINT,
);

/// What is to be created, as far as refusals differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CreateKind {
    /// A post of the Posts API.
    Post,
    /// A post of the Posts API that shares another one.
    Reshare,
    /// A post of an older interface.
    Legacy,
}

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To learn the URN of `me`.
    WhoAmI,
    /// To open or to finish the upload of a medium with this noun.
    Upload(&'static str),
    /// To bring the bytes of a medium with this noun to the address that LinkedIn gave.
    Put(&'static str),
    /// To create the post.
    Create(CreateKind),
    /// To change a post that is out.
    Update,
    /// To take a post back.
    Retract,
}

impl Step {
    /// How a message about it starts.
    pub(crate) fn message_prefix(self, kind: PublishErrorKind) -> String {
        match self {
            Self::WhoAmI => "cannot find out whose token it is".to_owned(),
            Self::Upload(noun) | Self::Put(noun) => format!("cannot upload the {noun}"),
            Self::Create(_) if kind == PublishErrorKind::Unknown => {
                "the post may be out".to_owned()
            }
            Self::Create(_) => "cannot create the post".to_owned(),
            Self::Update => "cannot change the post".to_owned(),
            Self::Retract => "cannot take the post back".to_owned(),
        }
    }

    /// Kind, code and remedy where the platform may or may not have done what it was asked for.
    pub(super) fn unknown_outcome(self) -> (PublishErrorKind, Code, &'static str) {
        match self {
            Self::WhoAmI | Self::Upload(_) | Self::Put(_) => NOT_ACCEPTED,
            Self::Update | Self::Retract => (
                PublishErrorKind::Unavailable,
                Code::Unavailable,
                REPEATABLE_HINT,
            ),
            Self::Create(_) => (
                PublishErrorKind::Unknown,
                Code::OutcomeUnknown,
                UNKNOWN_HINT,
            ),
        }
    }
    /// Kind, code and remedy where the platform surely did not do it.
    pub(super) fn not_accepted(self) -> (PublishErrorKind, Code, &'static str) {
        match self {
            Self::Update | Self::Retract => self.unknown_outcome(),
            Self::WhoAmI | Self::Upload(_) | Self::Put(_) | Self::Create(_) => NOT_ACCEPTED,
        }
    }

    /// The code of a file that LinkedIn does not take.
    pub(super) fn invalid_file_code(self) -> Code {
        match self {
            Self::Upload("document" | "video") | Self::Put("document" | "video") => {
                Code::AttachmentFormat
            }
            _ => Code::ImageFormat,
        }
    }
}
