//! Which built pages are posts. The user's patterns decide where there are any. Else a page is a post
//! if a feed of the site lists it or if it says so by a sign that means something on this site; and a
//! page that says nothing is one if it looks like those. A feed often holds the newest posts alone,
//! so a page that is in none may be a post as well.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{Origin, Result};

use super::non_posts;
use super::output::page_name;
use super::page_features::{Marker, SharedFeatures};
use crate::options::Patterns;
use crate::page::Page;
use crate::walk::{Globs, globs};

/// So many posts of a folder have to be known before its other pages are taken for posts too.
const MIN_NEIGHBOURS: usize = 3;

/// Whether a page is a post.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// It is, as all of these say, the surest first.
    Post(Vec<Origin>),
    /// It is none, and why.
    Other(String),
}

impl Verdict {
    pub(super) fn is_post(&self) -> bool {
        matches!(self, Self::Post(_))
    }

    /// Why, in words.
    pub(super) fn reasons(&self) -> Vec<String> {
        let says = |origin: &Origin| match origin {
            Origin::Path => "it lies in a folder of posts".to_owned(),
            origin => format!("{origin} says that it is a post"),
        };
        match self {
            Self::Post(origins) => origins.iter().map(says).collect(),
            Self::Other(why) => vec![why.clone()],
        }
    }
}

/// What is known of the built site apart from its pages.
pub(super) struct SiteEvidence<'a> {
    pub(super) patterns: &'a Patterns,
    /// The pages that feeds list, each with the feed's file.
    pub(super) in_feeds: &'a BTreeMap<String, String>,
    /// The page that readers get at an address, if it is one of the site.
    pub(super) page_at: &'a dyn Fn(&str) -> Option<String>,
}

/// A page and the file that it lies in.
pub(super) type PageFile<'a> = (&'a str, &'a Page);

/// The verdict on each page, in their order.
pub(super) fn classify(
    pages: &[PageFile<'_>],
    evidence: &SiteEvidence<'_>,
) -> Result<Vec<Verdict>> {
    let rules = PagePatterns::new(evidence.patterns)?;
    let parents = parents(pages);
    let classified: Vec<Option<Verdict>> = pages
        .iter()
        .map(|page| {
            let decided = rules.decide(page).or_else(|| duplicate_of(page, evidence));
            decided.or_else(|| first_in_language(page, &parents))
        })
        .collect();
    if rules.include.is_some() {
        let none = || Verdict::Other("`pages.include` does not name it".to_owned());
        return Ok(classified
            .into_iter()
            .map(|verdict| verdict.unwrap_or_else(none))
            .collect());
    }
    let model = FeatureModel { pages, evidence };
    Ok(model.classify_rest(classified))
}

/// What the user and the pages' own kinds decide.
struct PagePatterns {
    include: Option<Globs>,
    exclude: Globs,
}

impl PagePatterns {
    fn new(patterns: &Patterns) -> Result<Self> {
        let include = (!patterns.include.is_empty()).then(|| globs(&patterns.include));
        Ok(Self {
            include: include.transpose()?,
            exclude: globs(&patterns.exclude)?,
        })
    }

    fn decide(&self, (file, page): &PageFile<'_>) -> Option<Verdict> {
        if self.exclude.is_match(file) {
            return Some(Verdict::Other("`pages.exclude` names it".to_owned()));
        }
        let named = self.include.as_ref().is_some_and(|set| set.is_match(file));
        if named && page.signals.redirect.is_none() {
            let origin = Origin::Pipeline("pages.include".to_owned());
            return Some(Verdict::Post(vec![origin]));
        }
        non_posts::exclusion_reason(file, page).map(Verdict::Other)
    }
}

/// A page that wants to be known as another page of the site is a version of that: for printing, for
/// phones, under a former address. All pages that name the first one are a theme's mistake.
fn duplicate_of((file, page): &PageFile<'_>, evidence: &SiteEvidence<'_>) -> Option<Verdict> {
    let other = (evidence.page_at)(page.signals.canonical.as_deref()?)?;
    let differs = other != *file && !page_name(&other).is_empty();
    differs.then(|| {
        Verdict::Other(format!(
            "it is another version of `{other}` (`rel=canonical`)"
        ))
    })
}

/// A folder that has the name of a language and other pages below it is a version of the site.
fn first_in_language((file, _): &PageFile<'_>, parents: &BTreeSet<String>) -> Option<Verdict> {
    let name = page_name(file);
    let is_first = non_posts::is_language(name) && parents.contains(name);
    is_first.then(|| Verdict::Other("it is the site's first page in a language".to_owned()))
}

/// The folders that any page lies in or below.
fn parents(pages: &[PageFile<'_>]) -> BTreeSet<String> {
    let parents = pages.iter().flat_map(|(file, _)| {
        let name = page_name(file);
        name.match_indices('/').map(|(at, _)| name[..at].to_owned())
    });
    parents.collect()
}

/// Learns from what is certain.
struct FeatureModel<'a> {
    pages: &'a [PageFile<'a>],
    evidence: &'a SiteEvidence<'a>,
}

impl FeatureModel<'_> {
    fn classify_rest(&self, mut verdicts: Vec<Option<Verdict>>) -> Vec<Verdict> {
        // Other versions of posts and posts that are hidden have the head of posts.
        let pages = self.pages.iter();
        let lists = pages.filter(|(file, page)| non_posts::is_list(file, page));
        let lists: Vec<&Page> = lists.map(|(_, page)| *page).collect();
        let trusted = Marker::trusted(&lists);
        for (page, verdict) in self.pages.iter().zip(&mut verdicts) {
            if verdict.is_none() {
                *verdict = self.classify_by_evidence(page, &trusted);
            }
        }
        let classified = self.pages.iter().zip(&verdicts);
        let posts =
            classified.filter(|(_, verdict)| verdict.as_ref().is_some_and(Verdict::is_post));
        let posts: Vec<PageFile<'_>> = posts.map(|(page, _)| *page).collect();
        let profile = PostProfile::of(&posts, &lists, self.pages);
        let classified = self.pages.iter().zip(verdicts);
        classified
            .map(|(page, verdict)| verdict.unwrap_or_else(|| profile.classify(page)))
            .collect()
    }

    /// The verdict on a page that a feed lists or that shows a trusted sign. Signs of a list hold
    /// against `og:type`, which themes set on lists as well, and against nothing surer: posts, too,
    /// name their neighbours and preview them.
    fn classify_by_evidence(
        &self,
        (file, page): &PageFile<'_>,
        trusted: &[Marker],
    ) -> Option<Verdict> {
        let feed = self.evidence.in_feeds.get(*file);
        let feed = feed.map(|feed| Origin::Feed(feed.clone()));
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
        let origins: Vec<Origin> = feed.into_iter().chain(markers).collect();
        (!origins.is_empty()).then_some(Verdict::Post(origins))
    }
}

/// By what a page shows that it is a list.
fn list_marker(page: &Page) -> Option<&'static str> {
    let signals = &page.signals;
    if signals.is_feed {
        Some("it is a list of entries (`h-feed`)")
    } else if signals.articles > 1 {
        Some("it shows several articles, as lists do")
    } else if signals.paginated {
        Some("it names a next or previous page, as lists do")
    } else {
        None
    }
}

/// What pages are like that are posts.
struct PostProfile {
    common: SharedFeatures,
    /// The folders that enough posts lie right in.
    folders: BTreeSet<String>,
    /// The folders that any page lies in or below.
    parents: BTreeSet<String>,
}

impl PostProfile {
    fn of(posts: &[PageFile<'_>], lists: &[&Page], all: &[PageFile<'_>]) -> Self {
        let pages: Vec<&Page> = posts.iter().map(|(_, page)| *page).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (file, _) in posts {
            *counts.entry(folder_shape(file)).or_default() += 1;
        }
        // At the top lies everything.
        counts.retain(|folder, count| *count >= MIN_NEIGHBOURS && !folder.is_empty());
        Self {
            common: SharedFeatures::of(&pages, lists),
            folders: counts.into_keys().collect(),
            parents: parents(all),
        }
    }

    fn classify(&self, (file, page): &PageFile<'_>) -> Verdict {
        if self.common.matches(page) {
            let what = format!("{}, as on the site's known posts", self.common.describe());
            return Verdict::Post(vec![Origin::Page(what)]);
        }
        // Where posts look like nothing else, a page that looks different is none.
        let is_neighbour = self.common.is_empty() && self.folders.contains(&folder_shape(file));
        let is_alike = is_neighbour && self.common.has_shared_headings(page);
        if is_alike && !self.parents.contains(page_name(file)) {
            return Verdict::Post(vec![Origin::Path]);
        }
        Verdict::Other("nothing says that it is a post".to_owned())
    }
}

/// The folder that a page lies in, with years, months and days as any number.
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
