//! Decides for each built page whether it is a post. The user's patterns decide first. Without them, a
//! page is a post if a feed of the site lists it or if it carries a marker that is reliable on this
//! site. A page without a marker is a post if it resembles the posts found so far. A feed often holds
//! only the newest posts, so a page that no feed lists may still be a post.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{FieldOrigin, Result};

use super::non_posts;
use super::output::page_name;
use super::page_features::{Marker, SharedFeatures};
use crate::options::PagePatterns;
use crate::page::Page;
use crate::walk::{Globs, globs};

/// The number of known posts in a folder from which its other pages count as posts too.
const MIN_NEIGHBOURS: usize = 3;

/// The result of classifying a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// A post, with the evidence for it, strongest first.
    Post(Vec<FieldOrigin>),
    /// Not a post, with the reason.
    Other(String),
}

impl Verdict {
    pub(super) fn is_post(&self) -> bool {
        matches!(self, Self::Post(_))
    }

    /// Returns the reasons for the verdict as clauses.
    pub(super) fn reasons(&self) -> Vec<String> {
        let says = |origin: &FieldOrigin| match origin {
            FieldOrigin::Path => "it is in a folder of posts".to_owned(),
            origin => format!("{origin} identifies it as a post"),
        };
        match self {
            Self::Post(origins) => origins.iter().map(says).collect(),
            Self::Other(why) => vec![why.clone()],
        }
    }
}

/// Evidence about the built site from outside its pages.
pub(super) struct SiteEvidence<'a> {
    pub(super) patterns: &'a PagePatterns,
    /// The feed that lists each page, by the page's file.
    pub(super) in_feeds: &'a BTreeMap<String, String>,
    /// Returns the file of the page at a URL that the page in the second file names; `None` if the URL is not one of the
    /// site.
    pub(super) page_at: &'a dyn Fn(&str, &str) -> Option<String>,
}

/// A page and its file.
pub(super) type PageFile<'a> = (&'a str, &'a Page);

/// Returns the verdict on each page, in the order of `pages`; `None` if headings decide and only the heads of some
/// pages were read.
pub(super) fn classify(
    pages: &[PageFile<'_>],
    evidence: &SiteEvidence<'_>,
) -> Result<Option<Vec<Verdict>>> {
    let rules = PageGlobs::new(evidence.patterns)?;
    let parents = parents(pages);
    let classified: Vec<Option<Verdict>> = pages
        .iter()
        .map(|page| {
            let decided = rules.decide(page).or_else(|| duplicate_of(page, evidence));
            decided.or_else(|| first_in_language(page, &parents))
        })
        .collect();
    if rules.include.is_some() {
        let none = || Verdict::Other("no pattern of `pages.include` matches it".to_owned());
        let verdicts = classified.into_iter();
        return Ok(Some(
            verdicts
                .map(|verdict| verdict.unwrap_or_else(none))
                .collect(),
        ));
    }
    let model = FeatureModel { pages, evidence };
    Ok(model.classify_rest(classified))
}

/// The user's patterns for pages.
struct PageGlobs {
    include: Option<Globs>,
    exclude: Globs,
}

impl PageGlobs {
    fn new(patterns: &PagePatterns) -> Result<Self> {
        let include = (!patterns.include.is_empty()).then(|| globs(&patterns.include));
        Ok(Self {
            include: include.transpose()?,
            exclude: globs(&patterns.exclude)?,
        })
    }

    fn decide(&self, (file, page): &PageFile<'_>) -> Option<Verdict> {
        if self.exclude.is_match(file) {
            return Some(Verdict::Other(
                "a pattern of `pages.exclude` matches it".to_owned(),
            ));
        }
        let named = self.include.as_ref().is_some_and(|set| set.is_match(file));
        if named && page.signals.redirect.is_none() {
            let origin = FieldOrigin::Pipeline("pages.include".to_owned());
            return Some(Verdict::Post(vec![origin]));
        }
        non_posts::exclusion_reason(file, page).map(Verdict::Other)
    }
}

/// Excludes a page that names another page of the site as canonical: a version for printing, for phones
/// or under a former URL. A theme whose pages all name the home page is in error, so that is ignored.
fn duplicate_of((file, page): &PageFile<'_>, evidence: &SiteEvidence<'_>) -> Option<Verdict> {
    let other = (evidence.page_at)(page.signals.canonical.as_deref()?, file)?;
    let differs = other != *file && !page_name(&other).is_empty();
    differs.then(|| {
        Verdict::Other(format!(
            "it is another version of `{other}` (`rel=canonical`)"
        ))
    })
}

/// Excludes the home page of a language: its folder has a language's name and contains other pages.
fn first_in_language((file, _): &PageFile<'_>, parents: &BTreeSet<String>) -> Option<Verdict> {
    let name = page_name(file);
    let is_first = non_posts::is_language(name) && parents.contains(name);
    is_first.then(|| Verdict::Other("it is the home page of a language".to_owned()))
}

/// Returns every folder that contains a page, directly or in a subfolder.
fn parents(pages: &[PageFile<'_>]) -> BTreeSet<String> {
    let parents = pages.iter().flat_map(|(file, _)| {
        let name = page_name(file);
        name.match_indices('/').map(|(at, _)| name[..at].to_owned())
    });
    parents.collect()
}

/// Classifies the remaining pages by comparing them with those that are already classified.
struct FeatureModel<'a> {
    pages: &'a [PageFile<'a>],
    evidence: &'a SiteEvidence<'a>,
}

impl FeatureModel<'_> {
    fn classify_rest(&self, mut verdicts: Vec<Option<Verdict>>) -> Option<Vec<Verdict>> {
        // Other versions of posts and hidden posts are made by the posts' template, so they are not lists.
        let pages = self.pages.iter();
        let lists = pages.filter(|(file, page)| non_posts::is_list(file, page));
        let lists: Vec<&Page> = lists.map(|(_, page)| *page).collect();
        let trusted = Marker::trusted(&lists);
        for (page, verdict) in self.pages.iter().zip(&mut verdicts) {
            if verdict.is_none() {
                *verdict = self.classify_by_evidence(page, &trusted);
            }
        }
        if verdicts.iter().all(Option::is_some) {
            return Some(verdicts.into_iter().flatten().collect());
        }
        let classified = self.pages.iter().zip(&verdicts);
        let posts =
            classified.filter(|(_, verdict)| verdict.as_ref().is_some_and(Verdict::is_post));
        let posts: Vec<PageFile<'_>> = posts.map(|(page, _)| *page).collect();
        let profile = PostProfile::of(&posts, &lists, self.pages);
        let mut rest = self.pages.iter().zip(&verdicts);
        let is_decided_by_headings =
            rest.any(|(page, verdict)| verdict.is_none() && profile.is_decided_by_headings(page));
        if is_decided_by_headings && self.pages.iter().any(|(_, page)| page.is_head()) {
            return None;
        }
        let classified = self.pages.iter().zip(verdicts);
        let verdicts =
            classified.map(|(page, verdict)| verdict.unwrap_or_else(|| profile.classify(page)));
        Some(verdicts.collect())
    }

    /// Returns the verdict on a page that a feed lists or that carries a trusted marker. A list marker
    /// outweighs `og:type`, which themes also set on lists, but nothing stronger: posts also link to their
    /// neighbours and preview them.
    fn classify_by_evidence(
        &self,
        (file, page): &PageFile<'_>,
        trusted: &[Marker],
    ) -> Option<Verdict> {
        let feed = self.evidence.in_feeds.get(*file);
        let feed = feed.map(|feed| FieldOrigin::Feed(feed.clone()));
        let shown: Vec<Marker> = trusted
            .iter()
            .copied()
            .filter(|marker| marker.find_on(page).is_some())
            .collect();
        let sure = feed.is_some() || shown.iter().any(|marker| *marker != Marker::OpenGraph);
        if !sure && let Some(what) = list_marker(page) {
            return Some(Verdict::Other(what.to_owned()));
        }
        let markers = shown.iter().filter_map(|marker| marker.find_on(page));
        let origins: Vec<FieldOrigin> = feed.into_iter().chain(markers).collect();
        (!origins.is_empty()).then_some(Verdict::Post(origins))
    }
}

/// Returns the marker that identifies a page as a list, or `None` if the page has none.
fn list_marker(page: &Page) -> Option<&'static str> {
    let signals = &page.signals;
    if signals.is_feed {
        Some("it is a list of entries (`h-feed`)")
    } else if signals.has_several_articles {
        Some("it contains several articles, as lists do")
    } else if signals.is_paginated {
        Some("it links to a next or previous page, as lists do")
    } else {
        None
    }
}

/// Features and folders that the known posts share.
struct PostProfile {
    common: SharedFeatures,
    /// The folders that directly contain enough posts.
    folders: BTreeSet<String>,
    /// The folders that contain a page, directly or in a subfolder.
    parents: BTreeSet<String>,
}

impl PostProfile {
    fn of(posts: &[PageFile<'_>], lists: &[&Page], all: &[PageFile<'_>]) -> Self {
        let pages: Vec<&Page> = posts.iter().map(|(_, page)| *page).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (file, _) in posts {
            *counts.entry(folder_shape(file)).or_default() += 1;
        }
        // The top folder contains pages of every kind.
        counts.retain(|folder, count| *count >= MIN_NEIGHBOURS && !folder.is_empty());
        Self {
            common: SharedFeatures::of(&pages, lists),
            folders: counts.into_keys().collect(),
            parents: parents(all),
        }
    }

    /// Returns `true` if the headings of a page may decide the verdict on it.
    fn is_decided_by_headings(&self, (file, page): &PageFile<'_>) -> bool {
        let is_neighbour = self.common.is_empty() && self.folders.contains(&folder_shape(file));
        is_neighbour || self.common.has_shared_features(page)
    }

    fn classify(&self, (file, page): &PageFile<'_>) -> Verdict {
        if self.common.matches(page) {
            let what = format!("{}, as on the site's known posts", self.common.describe());
            return Verdict::Post(vec![FieldOrigin::Page(what.into())]);
        }
        // If posts share features that other pages lack, a page without them is not a post.
        let is_neighbour = self.common.is_empty() && self.folders.contains(&folder_shape(file));
        let is_alike = is_neighbour && self.common.has_shared_headings(page);
        if is_alike && !self.parents.contains(page_name(file)) {
            return Verdict::Post(vec![FieldOrigin::Path]);
        }
        Verdict::Other("nothing identifies it as a post".to_owned())
    }
}

/// Returns the folder of a page, with each number (year, month, day) replaced by `#`.
fn folder_shape(file: &str) -> String {
    let folder = page_name(file)
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let parts = folder.split('/').map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { "#" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}
