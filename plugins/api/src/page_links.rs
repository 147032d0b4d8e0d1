//! The parts of a site that name its posts on a platform: links in pages, and files. Both are known before
//! anything is published, so that the site can be built with them.

use serde::Serialize;

use crate::Name;

/// A link in the head of a page: `<link rel="…" href="…">`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// The relation.
    pub rel: Name,
    /// The address.
    pub href: String,
}

/// A text file that the site serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// The path below the site's root, such as `.well-known/site.standard.publication`.
    pub path: Name,
    /// The text.
    pub text: String,
}
