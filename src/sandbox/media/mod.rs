//! Media: pictures, documents and videos ("Images API", "Documents API", "Videos API") and the
//! assets of the older API. Each is opened by a call, sent by `PUT`, and then processed; as with
//! LinkedIn a `PUT` succeeds whatever the bytes are, and what cannot be used shows in the medium's
//! status, and in the post that nobody sees.

mod asset;
mod file;
mod open;
mod picture;
mod upload;
mod video;

use axum::Router;
use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use self::video::Part;
use super::App;
use super::state::{World, opaque};

/// The kinds of media, each with URNs of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Image,
    Document,
    Video,
    /// What the older API takes, a picture or a video.
    Asset,
}

/// Something that an upload was opened for.
#[derive(Clone, Debug)]
pub(super) struct Medium {
    pub(super) kind: Kind,
    /// Who may use it.
    pub(super) owner: String,
    /// What the bytes turned out to be, once they are there.
    outcome: Outcome,
    /// When the outcome shows.
    ready: Timestamp,
    /// The parts of a video.
    parts: Vec<Part>,
    key: String,
    expires: Timestamp,
}

/// What became of an upload.
#[derive(Clone, Debug)]
enum Outcome {
    Waiting,
    Good {
        media_type: &'static str,
        bytes: Bytes,
    },
    Bad(String),
}

/// How a medium stands at a time.
#[derive(Debug)]
pub(super) enum State<'m> {
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
struct Opened {
    urn: String,
    id: String,
    key: String,
    expires: Timestamp,
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .merge(open::routes())
        .merge(upload::routes())
        .merge(video::routes())
        .merge(asset::routes())
}

/// The medium whose identifier is `id`.
pub(super) fn find<'w>(world: &'w World, id: &str) -> Option<&'w Medium> {
    let kinds = [Kind::Image, Kind::Document, Kind::Video, Kind::Asset];
    kinds
        .iter()
        .find_map(|kind| world.media.get(&format!("{}{id}", kind.prefix())))
}

/// The identifier in the URN of a medium.
pub(super) fn id_of(urn: &str) -> &str {
    urn.rsplit(':').next().unwrap_or_default()
}

impl Kind {
    /// The kind that has such URNs, if one has.
    pub(super) fn of(urn: &str) -> Option<Self> {
        [Self::Image, Self::Document, Self::Video, Self::Asset]
            .into_iter()
            .find(|kind| {
                let id = urn.strip_prefix(kind.prefix());
                id.is_some_and(|id| !id.is_empty() && !id.contains(':'))
            })
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Image => "urn:li:image:",
            Self::Document => "urn:li:document:",
            Self::Video => "urn:li:video:",
            Self::Asset => "urn:li:digitalmediaAsset:",
        }
    }

    /// The word for one of them.
    pub(super) fn word(self) -> &'static str {
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
    /// How it stands at `now`.
    pub(super) fn state(&self, now: Timestamp) -> State<'_> {
        match &self.outcome {
            Outcome::Waiting => State::Waiting,
            _ if now < self.ready => State::Processing,
            Outcome::Good { media_type, bytes } => State::Available { media_type, bytes },
            Outcome::Bad(why) => State::Failed(why),
        }
    }

    /// What tells equal bytes: an equal upload is an equal picture.
    pub(super) fn fingerprint(&self) -> Option<Vec<u8>> {
        match &self.outcome {
            Outcome::Good { bytes, .. } => Some(Sha256::digest(bytes).to_vec()),
            _ => None,
        }
    }

    /// Takes the bytes in, which were looked at, and gives a line for the record.
    fn receive(
        &mut self,
        urn: &str,
        seen: Result<&'static str, String>,
        bytes: Bytes,
        app: &App,
    ) -> String {
        let seen = if app.sandbox.faults.fails_medium() {
            Err("a fault was asked for".to_owned())
        } else {
            seen
        };
        self.ready = app.sandbox.clock.now() + app.sandbox.media_delay;
        self.outcome = match seen {
            Ok(media_type) => Outcome::Good { media_type, bytes },
            Err(why) => Outcome::Bad(why),
        };
        match &self.outcome {
            Outcome::Bad(why) => format!("{urn} becomes PROCESSING_FAILED: {why}"),
            _ => format!("{urn} becomes AVAILABLE"),
        }
    }
}

impl State<'_> {
    /// The status as the API names it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "WAITING_UPLOAD",
            Self::Processing => "PROCESSING",
            Self::Available { .. } => "AVAILABLE",
            Self::Failed(_) => "PROCESSING_FAILED",
        }
    }
}

/// Opens an upload of `owner`.
fn open(world: &mut World, kind: Kind, owner: &str, parts: Vec<Part>, now: Timestamp) -> Opened {
    let number = world.media.len();
    let id = format!("{}{}", kind.id_start(), opaque(kind.word(), number, 12));
    let key = opaque("upload", number, 32);
    let expires = now + kind.upload_lifetime();
    let urn = format!("{}{id}", kind.prefix());
    let medium = Medium {
        kind,
        owner: owner.to_owned(),
        outcome: Outcome::Waiting,
        ready: now,
        parts,
        key: key.clone(),
        expires,
    };
    world.media.insert(urn.clone(), medium);
    Opened {
        urn,
        id,
        key,
        expires,
    }
}

impl Opened {
    /// Where the bytes go. It must be used as it is, with its query.
    fn upload_url(&self, app: &App, kind: Kind, part: usize) -> String {
        format!(
            "{}/dms-uploads/sp/v2/{}/uploaded-{}/{part}?ca=vector_ads&cn=uploads&ut={}",
            app.base_url,
            self.id,
            kind.word(),
            self.key
        )
    }
}
