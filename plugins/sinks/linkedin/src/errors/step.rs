//! The steps of a delivery, and the errors for a request that failed or may have failed.

use syndicate_api::{Code, PublishErrorKind};

/// Hint if it is unknown whether the post was created.
pub(super) const UNKNOWN_HINT: &str = "check on LinkedIn whether the post exists, then run `syndicate \
    settle`; until then it is not sent again";

/// Hint if no post was created.
const UNAVAILABLE_HINT: &str = "nothing was created; run the command again later";

/// Hint for an idempotent request.
const REPEATABLE_HINT: &str = "run the command again later; repeating it does no harm";

/// Kind, code and hint of a request that was certainly not accepted.
const NOT_ACCEPTED: (PublishErrorKind, Code, &str) = (
    PublishErrorKind::Unavailable,
    Code::Unavailable,
    UNAVAILABLE_HINT,
);

/// Kinds of posts with different refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CreateKind {
    /// A post of the Posts API.
    Post,
    /// A reshare of another post with the Posts API.
    Reshare,
    /// A post of an older API.
    Legacy,
}

/// The purpose of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Looks up the member of the token.
    WhoAmI,
    /// Starts or finishes the upload of a medium. The value is the noun for messages.
    Upload(&'static str),
    /// Uploads the bytes of a medium. The value is the noun for messages.
    Put(&'static str),
    /// Creates the post.
    Create(CreateKind),
    /// Updates a published post.
    Update,
    /// Deletes a published post.
    Retract,
}

impl Step {
    /// Returns the start of an error message for this step.
    pub(crate) fn message_prefix(self, kind: PublishErrorKind) -> String {
        match self {
            Self::WhoAmI => "cannot look up the token's member".to_owned(),
            Self::Upload(noun) | Self::Put(noun) => format!("cannot upload the {noun}"),
            Self::Create(_) if kind == PublishErrorKind::Unknown => {
                "the post may have been published".to_owned()
            }
            Self::Create(_) => "cannot create the post".to_owned(),
            Self::Update => "cannot update the post".to_owned(),
            Self::Retract => "cannot delete the post".to_owned(),
        }
    }

    /// Returns kind, code and hint of a request that may or may not have been accepted.
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
    /// Returns kind, code and hint of a request that was certainly not accepted.
    pub(super) fn not_accepted(self) -> (PublishErrorKind, Code, &'static str) {
        match self {
            Self::Update | Self::Retract => self.unknown_outcome(),
            Self::WhoAmI | Self::Upload(_) | Self::Put(_) | Self::Create(_) => NOT_ACCEPTED,
        }
    }

    /// Returns the code of a file that LinkedIn does not accept.
    pub(super) fn invalid_file_code(self) -> Code {
        match self {
            Self::Upload("document" | "video") | Self::Put("document" | "video") => {
                Code::AttachmentFormat
            }
            _ => Code::ImageFormat,
        }
    }
}
