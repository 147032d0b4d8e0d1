//! Media: LinkedIn names an address, takes the bytes there, and works on them for a while ("Images",
//! "Documents" and "Videos API" of its documentation; for the older dialect "Assets API"). Nothing of
//! it is visible to readers, so all of it may be done again.

mod asset;
mod single;
mod status;
mod video;
mod whole;

use serde_json::Value;
use syndicate_api::http::Answer;
use syndicate_api::{Code, FileRules, MediaRules, Medium, PublishError, PublishErrorKind};

use crate::client::Client;
use crate::dialect::Dialect;

/// Which pictures LinkedIn takes: fewer than 36,152,320 pixels and at most 250 frames. It documents no
/// limit in bytes; eight mebibytes are ample for a card and pass a slow line within the time limit.
pub(crate) const PICTURES: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif"],
    max_pixels: 36_152_319,
    max_bytes: 8 * 1024 * 1024,
    max_frames: 250,
};

/// Which documents it takes.
pub(crate) const DOCUMENTS: FileRules = FileRules {
    types: &[
        "application/pdf",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    min_bytes: 1,
    max_bytes: 100 * 1024 * 1024,
    seconds: (0, 0),
};

/// Which videos it takes.
pub(crate) const VIDEOS: FileRules = FileRules {
    types: &["video/mp4"],
    min_bytes: 75 * 1024,
    max_bytes: 500 * 1024 * 1024,
    seconds: (3, 30 * 60),
};

/// The slot of the URN of the medium with this index.
pub(crate) fn slot(index: usize) -> String {
    format!("media:{index}")
}

/// What a medium is, for LinkedIn and in messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Picture,
    Document,
    Video,
}

impl Sort {
    fn of(medium: &Medium) -> Self {
        match medium.media_type.split('/').next() {
            Some("image") => Self::Picture,
            Some("video") => Self::Video,
            _ => Self::Document,
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Document => "document",
            Self::Video => "video",
        }
    }
}

/// Uploads `medium` for `owner`, which has to be the author of the post, and returns its URN.
///
/// # Errors
/// When LinkedIn does not take it.
pub(crate) async fn upload(
    client: &Client<'_>,
    dialect: Dialect,
    owner: &str,
    medium: &Medium,
) -> Result<String, PublishError> {
    match (dialect, Sort::of(medium)) {
        (Dialect::Posts, Sort::Video) => video::upload(client, owner, medium).await,
        (Dialect::Posts, Sort::Picture) => {
            single::upload(client, &single::IMAGES, owner, medium).await
        }
        (Dialect::Posts, Sort::Document) => {
            single::upload(client, &single::DOCUMENTS, owner, medium).await
        }
        (Dialect::Ugc | Dialect::Shares, sort) => asset::upload(client, sort, owner, medium).await,
    }
}

/// The body of an answer, null where it is no JSON.
fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// The error of an answer that lacks what the next step needs.
fn incomplete(noun: &str, lacks: &str) -> PublishError {
    let message = format!("cannot upload the {noun}: the answer names no {lacks} for it");
    PublishError::new(PublishErrorKind::Unavailable, Code::Unavailable, message)
}

/// The error of an address that the bytes may not go to.
fn not_sent_to(noun: &str, host: &str) -> PublishError {
    let message =
        format!("the {noun} is not uploaded to `{host}`, as the token goes to LinkedIn only");
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message)
        .hinted("does the sink's `endpoint` lead to LinkedIn's API?")
}

/// The error of a medium that LinkedIn took and could make nothing of.
fn unprocessable(sort: Sort, medium: &Medium, reason: Option<&str>) -> PublishError {
    let file = medium.file.as_deref().unwrap_or("the file");
    let message = format!("LinkedIn took `{file}` but could not process it");
    let (code, hint) = match sort {
        Sort::Picture => (Code::ImageFormat, "save the picture again as JPEG or PNG"),
        Sort::Document => (Code::AttachmentFormat, "export the document again as PDF"),
        Sort::Video => (Code::AttachmentFormat, "export the video again as MP4"),
    };
    let error = PublishError::new(PublishErrorKind::Rejected, code, message).hinted(hint);
    match reason {
        Some(reason) => error.caused_by(reason),
        None => error,
    }
}
