//! The kinds of requests that faults can hit.

use axum::http::{Method, Uri};

/// A kind of request, or what several kinds have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Create,
    Update,
    Delete,
    Open,
    Upload,
    Status,
    Userinfo,
    Login,
    /// Whatever brings a token.
    Token,
    /// The processing of an upload.
    Media,
}

/// The places and their names.
pub(super) const PLACES: [(&str, Place); 10] = [
    ("create", Place::Create),
    ("update", Place::Update),
    ("delete", Place::Delete),
    ("open", Place::Open),
    ("upload", Place::Upload),
    ("status", Place::Status),
    ("userinfo", Place::Userinfo),
    ("login", Place::Login),
    ("token", Place::Token),
    ("media", Place::Media),
];

/// The resources of media.
const MEDIA: [&str; 4] = [
    "/rest/images",
    "/rest/documents",
    "/rest/videos",
    "/v2/assets",
];

impl Place {
    /// The place of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        let place = PLACES.iter().find(|(other, _)| *other == name);
        place.map(|(_, place)| *place)
    }

    pub(super) fn name(self) -> &'static str {
        let place = PLACES.iter().find(|(_, place)| *place == self);
        place.map_or("", |(name, _)| name)
    }

    /// Whether it is one kind of request.
    pub(super) fn is_request(self) -> bool {
        !matches!(self, Self::Token | Self::Media)
    }

    /// Whether such a request is meant.
    pub(super) fn is_at(self, method: &Method, uri: &Uri) -> bool {
        let path = uri.path();
        let within = |folder: &str| {
            let rest = path.strip_prefix(folder);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let posts = *method == Method::POST;
        match self {
            Self::Create => posts && ["/rest/posts", "/v2/ugcPosts", "/v2/shares"].contains(&path),
            Self::Update => posts && within("/rest/posts"),
            Self::Delete => *method == Method::DELETE && within("/rest/posts"),
            Self::Open => posts && MEDIA.contains(&path),
            Self::Upload => *method == Method::PUT && within("/dms-uploads"),
            Self::Status => *method == Method::GET && MEDIA.iter().any(|folder| within(folder)),
            Self::Userinfo => path == "/v2/userinfo",
            Self::Login => path == "/oauth/v2/accessToken",
            Self::Token => within("/rest") || within("/v2"),
            Self::Media => false,
        }
    }
}
