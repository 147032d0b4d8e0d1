//! The kinds of requests that faults apply to.

use axum::http::{Method, Uri};

/// A kind of request, or a property of several kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestMatcher {
    Create,
    Update,
    Delete,
    Open,
    Upload,
    Status,
    Userinfo,
    Login,
    /// Any request with a token.
    Token,
    /// The processing of an upload.
    Media,
}

/// The names of the matchers.
pub(crate) const MATCHERS: [(&str, RequestMatcher); 10] = [
    ("create", RequestMatcher::Create),
    ("update", RequestMatcher::Update),
    ("delete", RequestMatcher::Delete),
    ("open", RequestMatcher::Open),
    ("upload", RequestMatcher::Upload),
    ("status", RequestMatcher::Status),
    ("userinfo", RequestMatcher::Userinfo),
    ("login", RequestMatcher::Login),
    ("token", RequestMatcher::Token),
    ("media", RequestMatcher::Media),
];

/// The paths of media.
const MEDIA: [&str; 4] = [
    "/rest/images",
    "/rest/documents",
    "/rest/videos",
    "/v2/assets",
];

impl RequestMatcher {
    /// Returns the matcher with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let matcher = MATCHERS.iter().find(|(other, _)| *other == name);
        matcher.map(|(_, matcher)| *matcher)
    }

    pub(crate) fn name(self) -> &'static str {
        let matcher = MATCHERS.iter().find(|(_, matcher)| *matcher == self);
        matcher.map_or("", |(name, _)| name)
    }

    /// Returns `true` if it is a single kind of request.
    pub(crate) fn is_request(self) -> bool {
        !matches!(self, Self::Token | Self::Media)
    }

    /// Returns `true` if the matcher selects requests with this method and URL.
    pub(crate) fn matches(self, method: &Method, uri: &Uri) -> bool {
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
