//! The errors of uploads that LinkedIn did not refuse.

use syndicate_api::{Code, Medium, PublishError, PublishErrorKind};

use super::kind::MediaKind;

/// Returns the error for a response without a value that the next request needs.
pub(super) fn incomplete_answer(noun: &str, lacks: &str) -> PublishError {
    let message = format!("cannot upload the {noun}: the response has no {lacks}");
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
}

/// Returns the error for an upload URL on a host that must not receive the token.
pub(super) fn untrusted_host(noun: &str, host: &str) -> PublishError {
    let message =
        format!("cannot upload the {noun} to `{host}`: the token is sent to LinkedIn only");
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
        .with_hint("check that the sink's `endpoint` is the address of LinkedIn's API")
}

/// Returns the error for a medium that LinkedIn accepted but could not process.
pub(super) fn unprocessable(
    kind: MediaKind,
    medium: &Medium,
    reason: Option<&str>,
) -> PublishError {
    let file = medium.file.as_deref().unwrap_or("the file");
    let message = format!("LinkedIn accepted `{file}` but could not process it");
    let (code, hint) = match kind {
        MediaKind::Picture => (Code::ImageFormat, "save the picture again as JPEG or PNG"),
        MediaKind::Document => (Code::AttachmentFormat, "export the document again as PDF"),
        MediaKind::Video => (Code::AttachmentFormat, "export the video again as MP4"),
    };
    let error = PublishError::new(PublishErrorKind::Rejected, code, message).with_hint(hint);
    match reason {
        Some(reason) => error.caused_by(reason),
        None => error,
    }
}
