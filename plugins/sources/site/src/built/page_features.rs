//! Finds the features that the posts of a site share and its lists lack. No marker means the same on
//! all sites: some themes declare every page an `article`, others mark posts only by the structure of
//! their head. The site's lists show which markers are unreliable, and its known posts show which
//! features identify the others.

use std::collections::BTreeSet;

use syndicate_api::FieldOrigin;

use crate::page::{Page, is_article_type};

/// A marker is trusted if at most one in this number of list pages carries it; themes are inconsistent.
const MAX_LIST_SHARE: usize = 10;

/// The number of known posts and of lists below which no shared features are derived.
const MIN_PAGES: usize = 3;

/// A marker with which a page declares itself a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A publication date in the head or in structured data.
    Published,
    /// An article type of schema.org.
    Schema,
    /// A microformats `h-entry` or `hentry` with a date.
    Entry,
    /// `og:type=article`.
    OpenGraph,
}

impl Marker {
    /// All markers, from the most to the least reliable.
    pub(super) const ALL: [Self; 4] = [Self::Published, Self::Schema, Self::Entry, Self::OpenGraph];

    /// Returns the origin of the marker on `page`; `None` if the page does not carry it.
    pub(super) fn find_on(self, page: &Page) -> Option<FieldOrigin> {
        let stated = |wanted: fn(&str) -> bool| {
            let mut dates = page.published.iter();
            dates.find_map(|(_, origin)| match origin {
                FieldOrigin::Page(what) if wanted(what) => Some(origin.clone()),
                _ => None,
            })
        };
        match self {
            Self::Published => stated(|what| {
                what.contains("published") && what.contains(':') || what.contains("datePublished")
            }),
            Self::Entry => stated(|what| matches!(what, "dt-published" | "hentry published")),
            Self::Schema => {
                let kind = page
                    .signals
                    .types
                    .iter()
                    .find(|kind| is_article_type(kind))?;
                Some(FieldOrigin::Page(format!("schema.org {kind}").into()))
            }
            Self::OpenGraph => {
                let article = page.signals.og_type.as_deref() == Some("article");
                article.then(|| FieldOrigin::Page("og:type".into()))
            }
        }
    }

    /// Returns the markers that are reliable on a site with these lists.
    pub(super) fn trusted(lists: &[&Page]) -> Vec<Self> {
        let shown = |marker: &Self| {
            lists
                .iter()
                .filter(|page| marker.find_on(page).is_some())
                .count()
        };
        let mut markers = Self::ALL.to_vec();
        markers.retain(|marker| match marker {
            // Many themes set it on every page, so it is trusted only if lists lack it.
            Self::OpenGraph if lists.is_empty() => false,
            marker => shown(marker) * MAX_LIST_SHARE <= lists.len(),
        });
        markers
    }
}

/// Returns the features of a page's head that differ between templates. Dates are excluded: a post that
/// was recognised by its date would make a date necessary. Headings are excluded: any page may have one.
fn features(page: &Page) -> BTreeSet<String> {
    let signals = &page.signals;
    let mut features = BTreeSet::new();
    let kind = signals
        .og_type
        .as_ref()
        .map(|kind| format!("og:type={kind}"));
    features.extend(kind);
    features.extend(
        signals
            .types
            .iter()
            .map(|kind| format!("schema.org {kind}")),
    );
    let stated = page.url.iter().map(|(_, origin)| origin);
    let stated = stated.chain(page.title.stated().iter().map(|(_, origin)| origin));
    features.extend(stated.filter_map(page_origin));
    features
}

/// Returns the origins of a page's headings. Having them proves nothing, but a page without them was
/// not made with the template for posts.
fn headings(page: &Page) -> BTreeSet<String> {
    let shown = page.title.shown().iter();
    shown
        .filter_map(|(_, origin)| page_origin(origin))
        .collect()
}

fn page_origin(origin: &FieldOrigin) -> Option<String> {
    match origin {
        FieldOrigin::Page(what) => Some(what.clone().into_owned()),
        _ => None,
    }
}

/// Returns the features, as extracted by `of`, that all of `posts` have and `lists` lack.
fn common(posts: &[&Page], lists: &[&Page], of: fn(&Page) -> BTreeSet<String>) -> BTreeSet<String> {
    let mut all = posts.iter().map(|page| of(page));
    let mut common = all.next().unwrap_or_default();
    for features in all {
        common.retain(|own| features.contains(own));
    }
    let lists: Vec<_> = lists.iter().map(|page| of(page)).collect();
    common.retain(|own| {
        let shown = lists
            .iter()
            .filter(|features| features.contains(own))
            .count();
        shown * MAX_LIST_SHARE <= lists.len()
    });
    common
}

/// Features that all posts have and lists lack.
#[derive(Debug, Default)]
pub(super) struct SharedFeatures {
    /// The features that distinguish posts from other pages.
    features: BTreeSet<String>,
    headings: BTreeSet<String>,
}

impl SharedFeatures {
    /// Derives the features from known posts and lists; none if there are too few of them.
    pub(super) fn of(posts: &[&Page], lists: &[&Page]) -> Self {
        if posts.len() < MIN_PAGES || lists.len() < MIN_PAGES {
            return Self::default();
        }
        Self {
            features: common(posts, lists, features),
            headings: common(posts, lists, headings),
        }
    }

    /// Returns `true` if no feature distinguishes posts from other pages.
    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Returns `true` if a page has the headings that all posts have.
    pub(super) fn has_shared_headings(&self, page: &Page) -> bool {
        self.headings.is_subset(&headings(page))
    }

    /// Returns `true` if a page has all shared features apart from headings.
    pub(super) fn has_shared_features(&self, page: &Page) -> bool {
        !self.is_empty() && self.features.is_subset(&features(page))
    }

    /// Returns `true` if a page has all shared features.
    pub(super) fn matches(&self, page: &Page) -> bool {
        self.has_shared_features(page) && self.has_shared_headings(page)
    }

    /// Returns the features as a list for messages.
    pub(super) fn describe(&self) -> String {
        let parts: Vec<&str> = self.features.iter().map(String::as_str).collect();
        parts.join(", ")
    }
}
