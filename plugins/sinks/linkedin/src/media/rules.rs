//! The media types and sizes that LinkedIn accepts.

use syndicate_api::{FileRules, MediaRules};

/// Rules for pictures: fewer than 36,152,320 pixels and at most 250 frames. LinkedIn documents no
/// limit in bytes. Eight MiB are sufficient for a card and can be uploaded on a slow line before
/// the timeout.
pub(crate) const PICTURES: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif"],
    max_pixels: 36_152_319,
    max_bytes: 8 * 1024 * 1024,
    max_frames: 250,
};

/// Rules for documents. Pages are counted before the upload for PDF only.
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
    max_pages: Some(300),
};

/// Rules for videos.
pub(crate) const VIDEOS: FileRules = FileRules {
    types: &["video/mp4"],
    min_bytes: 75 * 1024,
    max_bytes: 500 * 1024 * 1024,
    seconds: (3, 30 * 60),
    max_pages: None,
};
