//! The XML namespaces that feeds use, in all spellings that occur.

use quick_xml::name::ResolveResult;

/// An XML namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    /// The elements of RSS of any version, or elements without a namespace.
    Core,
    Atom,
    Content,
    DublinCore,
    Itunes,
    Media,
    Other,
}

impl Namespace {
    /// Returns the namespace of a resolved name. If the feed does not declare the prefix, the usual
    /// meaning of the prefix is used.
    pub(super) fn of(resolved: &ResolveResult<'_>) -> Self {
        match resolved {
            ResolveResult::Unbound => Self::Core,
            ResolveResult::Unknown(prefix) => match prefix.as_str() {
                "atom" => Self::Atom,
                "content" => Self::Content,
                "dc" | "dcterms" => Self::DublinCore,
                "itunes" => Self::Itunes,
                "media" => Self::Media,
                _ => Self::Other,
            },
            ResolveResult::Bound(namespace) => named(namespace.as_ref()),
        }
    }
}

fn named(uri: &str) -> Namespace {
    let uri = uri.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
    let (_, rest) = uri.split_once("://").unwrap_or(("", &uri));
    match rest {
        "www.w3.org/2005/atom" | "purl.org/atom/ns" => Namespace::Atom,
        "purl.org/rss/1.0/modules/content" => Namespace::Content,
        "purl.org/dc/elements/1.1" | "purl.org/dc/terms" => Namespace::DublinCore,
        "www.itunes.com/dtds/podcast-1.0.dtd" => Namespace::Itunes,
        "search.yahoo.com/mrss" => Namespace::Media,
        "purl.org/rss/1.0"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "backend.userland.com/rss091"
        | "blogs.law.harvard.edu/tech/rss" => Namespace::Core,
        _ => Namespace::Other,
    }
}
