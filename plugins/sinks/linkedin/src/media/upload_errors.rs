//! Why an upload fails where LinkedIn does not refuse it.

use syndicate_api::{Code, Medium, PublishError, PublishErrorKind};

use super::kind::MediaKind;

/// The error of an answer that lacks what the next step needs.
pub(super) fn incomplete_answer(noun: &str, lacks: &str) -> PublishError {
    let message = format!("cannot upload the {noun}: the answer names no {lacks} for it");
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
}

/// The error of an address that the bytes may not go to.
pub(super) fn untrusted_host(noun: &str, host: &str) -> PublishError {
    let message =
        format!("the {noun} is not uploaded to `{host}`, as the token goes to LinkedIn only");
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
        .with_hint("does the sink's `endpoint` lead to LinkedIn's API?")
}

/// The error of a medium that LinkedIn took and could make nothing of.
pub(super) fn unprocessable(
    kind: MediaKind,
    medium: &Medium,
    reason: Option<&str>,
) -> PublishError {
    let file = medium.file.as_deref().unwrap_or("the file");
    let message = format!("LinkedIn took `{file}` but could not process it");
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
