//! What the posts of one site have in common and its lists lack. No sign means the same on all sites:
//! some themes call every page an `article`, some say nothing of posts but which head they have. So the
//! site itself is asked: its lists tell which signs mean nothing here, and posts that are known tell
//! which others look like them.

use std::collections::BTreeSet;

use syndicate_api::FieldOrigin;

use crate::page::{Page, is_article_type};

/// A sign is trusted if at most one in this number of list pages shows it; themes are inconsistent.
const MAX_LIST_SHARE: usize = 10;

/// So many posts have to be known before others are told by what these have in common.
const ENOUGH: usize = 3;

/// A sign by which a page says that it is a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Its head or structured data name the day on which it appeared.
    Published,
    /// schema.org's types.
    Schema,
    /// Microformats' `h-entry`, or `hentry`, with a date.
    Entry,
    /// `og:type=article`.
    OpenGraph,
}

impl Sign {
    /// From the surest to the least sure.
    pub(super) const ALL: [Self; 4] = [Self::Published, Self::Schema, Self::Entry, Self::OpenGraph];

    /// Where `page` shows it.
    pub(super) fn on(self, page: &Page) -> Option<FieldOrigin> {
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
                Some(FieldOrigin::Page(format!("schema.org {kind}")))
            }
            Self::OpenGraph => {
                let article = page.signals.og_type.as_deref() == Some("article");
                article.then(|| FieldOrigin::Page("og:type".to_owned()))
            }
        }
    }

    /// The signs that mean something on a site with these lists.
    pub(super) fn trusted(lists: &[&Page]) -> Vec<Self> {
        let shown = |sign: &Self| lists.iter().filter(|page| sign.on(page).is_some()).count();
        let mut signs = Self::ALL.to_vec();
        signs.retain(|sign| match sign {
            // It is set everywhere by so many themes that it has to be seen to differ.
            Self::OpenGraph if lists.is_empty() => false,
            sign => shown(sign) * MAX_LIST_SHARE <= lists.len(),
        });
        signs
    }
}

/// What a head consists of, as far as templates differ in it; dates are left out, for a post that is
/// known by its date would make them needed. Headings are no part of it: any page may have one.
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
    features.extend(stated.filter_map(place));
    features
}

/// The headings that a page has. They prove nothing, but a page without them was not made by the
/// template of posts.
fn headings(page: &Page) -> BTreeSet<String> {
    let shown = page.title.shown().iter();
    shown.filter_map(|(_, origin)| place(origin)).collect()
}

fn place(origin: &FieldOrigin) -> Option<String> {
    match origin {
        FieldOrigin::Page(what) => Some(what.clone()),
        _ => None,
    }
}

/// What all of `posts` have and lists lack, of what `of` sees of a page.
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

/// What all posts have and lists lack.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// What tells posts from other pages.
    features: BTreeSet<String>,
    headings: BTreeSet<String>,
}

impl Common {
    /// Learns it; nothing from a few.
    pub(super) fn of(posts: &[&Page], lists: &[&Page]) -> Self {
        if posts.len() < ENOUGH || lists.len() < ENOUGH {
            return Self::default();
        }
        Self {
            features: common(posts, lists, features),
            headings: common(posts, lists, headings),
        }
    }

    /// Whether nothing tells posts from other pages.
    pub(super) fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Returns whether a page has the headings that all posts have.
    pub(super) fn is_headed_alike(&self, page: &Page) -> bool {
        self.headings.is_subset(&headings(page))
    }

    /// Whether a page has all of it.
    pub(super) fn is_on(&self, page: &Page) -> bool {
        !self.is_empty() && self.is_headed_alike(page) && self.features.is_subset(&features(page))
    }

    /// What it is, in words.
    pub(super) fn describe(&self) -> String {
        let parts: Vec<&str> = self.features.iter().map(String::as_str).collect();
        parts.join(", ")
    }
}
