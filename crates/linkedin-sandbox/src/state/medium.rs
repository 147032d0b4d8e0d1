//! A medium: a picture, a document, a video or an asset of the older API, from the opening of its
//! upload to the result of its processing.

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::opaque_id::opaque_id;

/// The kinds of media. Each kind has its own URNs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Image,
    Document,
    Video,
    /// A picture or a video of the older API.
    Asset,
}

/// A file that an upload was opened for.
#[derive(Clone, Debug)]
pub(crate) struct Medium {
    pub(crate) kind: MediaKind,
    /// The URN of the member or page that can use it.
    pub(crate) owner: String,
    /// The result of the upload.
    outcome: UploadOutcome,
    /// The time at which the result becomes visible.
    ready: Timestamp,
    /// The parts of a video.
    pub(crate) parts: Vec<VideoPart>,
    /// The secret part of the upload URL.
    pub(crate) key: String,
    /// The time at which the upload URL expires.
    pub(crate) expires: Timestamp,
}

/// The result of an upload.
#[derive(Clone, Debug)]
enum UploadOutcome {
    Waiting,
    Good {
        media_type: &'static str,
        bytes: Bytes,
    },
    Bad(String),
}

/// The status of a medium at a point in time.
#[derive(Debug)]
pub(crate) enum MediaStatus<'m> {
    /// Not all bytes were received.
    Waiting,
    /// The bytes are being processed.
    Processing,
    /// Readers can see it.
    Available {
        /// The media type that was detected from the bytes.
        media_type: &'static str,
        /// The bytes as received.
        bytes: &'m Bytes,
    },
    /// The bytes cannot be used, for this reason.
    Failed(&'m str),
}

/// An upload that was just opened.
pub(crate) struct OpenedUpload {
    pub(crate) urn: String,
    id: String,
    pub(crate) key: String,
    pub(crate) expires: Timestamp,
}

/// A part of a video.
#[derive(Clone, Debug)]
pub(crate) struct VideoPart {
    pub(crate) length: u64,
    /// The received bytes and the `ETag` of the response.
    pub(crate) received: Option<(Bytes, String)>,
}

/// Returns the identifier in the URN of a medium.
pub(crate) fn id_of(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or_default()
}

impl MediaKind {
    pub(super) const ALL: [Self; 4] = [Self::Image, Self::Document, Self::Video, Self::Asset];

    /// Returns the kind of the medium with this URN, or `None` if it is not the URN of a medium.
    pub(crate) fn of(urn: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| {
            let id = urn.strip_prefix(kind.prefix());
            id.is_some_and(|id| !id.is_empty() && !id.contains(':'))
        })
    }

    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Image => "urn:li:image:",
            Self::Document => "urn:li:document:",
            Self::Video => "urn:li:video:",
            Self::Asset => "urn:li:digitalmediaAsset:",
        }
    }

    /// Returns the noun of the kind in paths and messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Document => "document",
            Self::Video => "video",
            Self::Asset => "asset",
        }
    }

    fn id_start(self) -> &'static str {
        match self {
            Self::Image => "D5610AQ",
            Self::Document => "D561FAQ",
            Self::Video => "D5605AQ",
            Self::Asset => "D5622AQ",
        }
    }

    /// Returns the lifetime of an upload URL: a day, as recorded responses show, or a month for videos.
    fn upload_lifetime(self) -> SignedDuration {
        match self {
            Self::Video => SignedDuration::from_hours(30 * 24),
            _ => SignedDuration::from_hours(24),
        }
    }
}

impl Medium {
    /// Opens the upload number `number` of this sandbox for `owner`.
    pub(crate) fn open(
        kind: MediaKind,
        owner: &str,
        parts: Vec<VideoPart>,
        number: usize,
        now: Timestamp,
    ) -> (OpenedUpload, Self) {
        let id = format!("{}{}", kind.id_start(), opaque_id(kind.word(), number, 12));
        let key = opaque_id("upload", number, 32);
        let expires = now + kind.upload_lifetime();
        let medium = Self {
            kind,
            owner: owner.to_owned(),
            outcome: UploadOutcome::Waiting,
            ready: now,
            parts,
            key: key.clone(),
            expires,
        };
        let urn = format!("{}{id}", kind.prefix());
        (
            OpenedUpload {
                urn,
                id,
                key,
                expires,
            },
            medium,
        )
    }

    /// Returns the status at `now`.
    pub(crate) fn state(&self, now: Timestamp) -> MediaStatus<'_> {
        match &self.outcome {
            UploadOutcome::Waiting => MediaStatus::Waiting,
            _ if now < self.ready => MediaStatus::Processing,
            UploadOutcome::Good { media_type, bytes } => {
                MediaStatus::Available { media_type, bytes }
            }
            UploadOutcome::Bad(why) => MediaStatus::Failed(why),
        }
    }

    /// Returns a digest of the bytes, used to find equal uploads.
    pub(crate) fn fingerprint(&self) -> Option<Vec<u8>> {
        match &self.outcome {
            UploadOutcome::Good { bytes, .. } => Some(Sha256::digest(bytes).to_vec()),
            _ => None,
        }
    }

    /// Stores the bytes of an upload with the result of the check, which is visible from `ready` on.
    /// Returns a note for the log of requests.
    pub(crate) fn receive(
        &mut self,
        urn: &str,
        inspected: Result<&'static str, String>,
        bytes: Bytes,
        ready: Timestamp,
    ) -> String {
        self.ready = ready;
        self.outcome = match inspected {
            Ok(media_type) => UploadOutcome::Good { media_type, bytes },
            Err(why) => UploadOutcome::Bad(why),
        };
        match &self.outcome {
            UploadOutcome::Bad(why) => format!("{urn} becomes PROCESSING_FAILED: {why}"),
            _ => format!("{urn} becomes AVAILABLE"),
        }
    }
}

impl MediaStatus<'_> {
    /// Returns the name of the status in the API.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "WAITING_UPLOAD",
            Self::Processing => "PROCESSING",
            Self::Available { .. } => "AVAILABLE",
            Self::Failed(_) => "PROCESSING_FAILED",
        }
    }
}

impl OpenedUpload {
    /// Returns the upload URL. Clients must use it unchanged, with its query.
    pub(crate) fn upload_url(&self, base_url: &str, kind: MediaKind, part: usize) -> String {
        format!(
            "{base_url}/dms-uploads/sp/v2/{}/uploaded-{}/{part}?ca=vector_ads&cn=uploads&ut={}",
            self.id,
            kind.word(),
            self.key
        )
    }
}
