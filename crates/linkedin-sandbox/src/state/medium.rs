//! A medium: a picture, a document, a video or an asset of the older API, from the opening of its
//! upload to what its bytes turned out to be.

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::opaque_id::opaque_id;

/// The kinds of media, each with URNs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaKind {
    Image,
    Document,
    Video,
    /// What the older API takes, a picture or a video.
    Asset,
}

/// Something that an upload was opened for.
#[derive(Clone, Debug)]
pub(crate) struct Medium {
    pub(crate) kind: MediaKind,
    /// Who may use it.
    pub(crate) owner: String,
    /// What the bytes turned out to be, once they are there.
    outcome: UploadOutcome,
    /// When the outcome shows.
    ready: Timestamp,
    /// The parts of a video.
    pub(crate) parts: Vec<VideoPart>,
    /// The secret part of the upload address.
    pub(crate) key: String,
    /// When the upload address ends.
    pub(crate) expires: Timestamp,
}

/// What became of an upload.
#[derive(Clone, Debug)]
enum UploadOutcome {
    Waiting,
    Good {
        media_type: &'static str,
        bytes: Bytes,
    },
    Bad(String),
}

/// How a medium stands at a time.
#[derive(Debug)]
pub(crate) enum MediaStatus<'m> {
    /// No bytes came yet, or not all.
    Waiting,
    /// The bytes are looked at.
    Processing,
    /// Readers can see it.
    Available {
        /// What the bytes themselves show.
        media_type: &'static str,
        /// The bytes as they came.
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
    /// What came, and the identifier that it was answered with.
    pub(crate) received: Option<(Bytes, String)>,
}

/// The identifier in the URN of a medium.
pub(crate) fn id_of(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or_default()
}

impl MediaKind {
    pub(super) const ALL: [Self; 4] = [Self::Image, Self::Document, Self::Video, Self::Asset];

    /// The kind that has such URNs, if one has.
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

    /// The word for one of them.
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

    /// How long an upload address lives: a day, as recorded answers show; a month for videos.
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

    /// How it stands at `now`.
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

    /// What tells equal bytes: an equal upload is an equal picture.
    pub(crate) fn fingerprint(&self) -> Option<Vec<u8>> {
        match &self.outcome {
            UploadOutcome::Good { bytes, .. } => Some(Sha256::digest(bytes).to_vec()),
            _ => None,
        }
    }

    /// Stores the bytes of an upload with what was found in them, which shows from `ready` on.
    /// Returns a line for the record of requests.
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
    /// The status as the API names it.
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
    /// Where the bytes go. It must be used as it is, with its query.
    pub(crate) fn upload_url(&self, base_url: &str, kind: MediaKind, part: usize) -> String {
        format!(
            "{base_url}/dms-uploads/sp/v2/{}/uploaded-{}/{part}?ca=vector_ads&cn=uploads&ut={}",
            self.id,
            kind.word(),
            self.key
        )
    }
}
