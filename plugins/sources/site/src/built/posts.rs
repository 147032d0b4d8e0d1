//! Which built pages are posts. The user's patterns decide where there are any. Else a page is a post
//! if a feed of the site lists it or if it says so by a sign that means something on this site; and a
//! page that says nothing is one if it looks like those. A feed often holds the newest posts alone,
//! so a page that is in none may be a post as well.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{FieldOrigin, Result};

use super::non_posts;
use super::output::name_of;
use super::page_features::{Common, Sign};
use crate::options::Patterns;
use crate::page::Page;
use crate::walk::{Globs, globs};

/// So many posts of a folder have to be known before its other pages are taken for posts too.
const NEIGHBOURS: usize = 3;

/// Whether a page is a post.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// It is, as all of these say, the surest first.
    Post(Vec<FieldOrigin>),
    /// It is none, and why.
    Other(String),
}

impl Verdict {
    pub(super) fn is_post(&self) -> bool {
        matches!(self, Self::Post(_))
    }

    /// Why, in words.
    pub(super) fn reasons(&self) -> Vec<String> {
        let says = |origin: &FieldOrigin| match origin {
            FieldOrigin::Path => "it lies in a folder of posts".to_owned(),
            origin => format!("{origin} says that it is a post"),
        };
        match self {
            Self::Post(origins) => origins.iter().map(says).collect(),
            Self::Other(why) => vec![why.clone()],
        }
    }
}

/// What is known of the built site apart from its pages.
pub(super) struct Known<'a> {
    pub(super) patterns: &'a Patterns,
    /// The pages that feeds list, each with the feed's file.
    pub(super) in_feeds: &'a BTreeMap<String, String>,
    /// The page that readers get at an address, if it is one of the site.
    pub(super) page_at: &'a dyn Fn(&str) -> Option<String>,
}

/// A page and the file that it lies in.
pub(super) type Named<'a> = (&'a str, &'a Page);

/// The verdict on each page, in their order.
pub(super) fn classify(pages: &[Named<'_>], known: &Known<'_>) -> Result<Vec<Verdict>> {
    let rules = Rules::new(known.patterns)?;
    let parents = parents(pages);
    let classified: Vec<Option<Verdict>> = pages
        .iter()
        .map(|page| {
            let decided = rules.decide(page).or_else(|| duplicate(page, known));
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
    let model = FeatureModel { pages, known };
    Ok(model.complete(classified))
}

/// What the user and the pages' own kinds decide.
struct Rules {
    include: Option<Globs>,
    exclude: Globs,
}

impl Rules {
    fn new(patterns: &Patterns) -> Result<Self> {
        let include = (!patterns.include.is_empty()).then(|| globs(&patterns.include));
        Ok(Self {
            include: include.transpose()?,
            exclude: globs(&patterns.exclude)?,
        })
    }

    fn decide(&self, (file, page): &Named<'_>) -> Option<Verdict> {
        if self.exclude.is_match(file) {
            return Some(Verdict::Other("`pages.exclude` names it".to_owned()));
        }
        let named = self.include.as_ref().is_some_and(|set| set.is_match(file));
        if named && page.signals.redirect.is_none() {
            let origin = FieldOrigin::Pipeline("pages.include".to_owned());
            return Some(Verdict::Post(vec![origin]));
        }
        non_posts::reason(file, page).map(Verdict::Other)
    }
}

/// A page that wants to be known as another page of the site is a version of that: for printing, for
/// phones, under a former address. All pages that name the first one are a theme's mistake.
fn duplicate((file, page): &Named<'_>, known: &Known<'_>) -> Option<Verdict> {
    let other = (known.page_at)(page.signals.canonical.as_deref()?)?;
    let differs = other != *file && !name_of(&other).is_empty();
    differs.then(|| {
        Verdict::Other(format!(
            "it is another version of `{other}` (`rel=canonical`)"
        ))
    })
}

/// A folder that has the name of a language and other pages below it is a version of the site.
fn first_in_language((file, _): &Named<'_>, parents: &BTreeSet<String>) -> Option<Verdict> {
    let name = name_of(file);
    let is_first = non_posts::is_language(name) && parents.contains(name);
    is_first.then(|| Verdict::Other("it is the site's first page in a language".to_owned()))
}

/// The folders that any page lies in or below.
fn parents(pages: &[Named<'_>]) -> BTreeSet<String> {
    let parents = pages.iter().flat_map(|(file, _)| {
        let name = name_of(file);
        name.match_indices('/').map(|(at, _)| name[..at].to_owned())
    });
    parents.collect()
}

/// Learns from what is certain.
struct FeatureModel<'a> {
    pages: &'a [Named<'a>],
    known: &'a Known<'a>,
}

impl FeatureModel<'_> {
    fn complete(&self, mut verdicts: Vec<Option<Verdict>>) -> Vec<Verdict> {
        // Other versions of posts and posts that are hidden have the head of posts.
        let pages = self.pages.iter();
        let lists = pages.filter(|(file, page)| non_posts::is_list(file, page));
        let lists: Vec<&Page> = lists.map(|(_, page)| *page).collect();
        let trusted = Sign::trusted(&lists);
        for (page, verdict) in self.pages.iter().zip(&mut verdicts) {
            if verdict.is_none() {
                *verdict = self.evident(page, &trusted);
            }
        }
        let classified = self.pages.iter().zip(&verdicts);
        let posts =
            classified.filter(|(_, verdict)| verdict.as_ref().is_some_and(Verdict::is_post));
        let posts: Vec<Named<'_>> = posts.map(|(page, _)| *page).collect();
        let alike = Alike::of(&posts, &lists, self.pages);
        let classified = self.pages.iter().zip(verdicts);
        classified
            .map(|(page, verdict)| verdict.unwrap_or_else(|| alike.classify(page)))
            .collect()
    }

    /// The verdict on a page that a feed lists or that shows a trusted sign. Signs of a list hold
    /// against `og:type`, which themes set on lists as well, and against nothing surer: posts, too,
    /// name their neighbours and preview them.
    fn evident(&self, (file, page): &Named<'_>, trusted: &[Sign]) -> Option<Verdict> {
        let feed = self.known.in_feeds.get(*file);
        let feed = feed.map(|feed| FieldOrigin::Feed(feed.clone()));
        let shown: Vec<Sign> = trusted
            .iter()
            .copied()
            .filter(|sign| sign.on(page).is_some())
            .collect();
        let sure = feed.is_some() || shown.iter().any(|sign| *sign != Sign::OpenGraph);
        if !sure && let Some(what) = list_sign(page) {
            return Some(Verdict::Other(what.to_owned()));
        }
        let signs = shown.iter().filter_map(|sign| sign.on(page));
        let origins: Vec<FieldOrigin> = feed.into_iter().chain(signs).collect();
        (!origins.is_empty()).then_some(Verdict::Post(origins))
    }
}

/// By what a page shows that it is a list.
fn list_sign(page: &Page) -> Option<&'static str> {
    let signals = &page.signals;
    if signals.is_feed {
        Some("it is a list of entries (`h-feed`)")
    } else if signals.article_count > 1 {
        Some("it shows several articles, as lists do")
    } else if signals.is_paginated {
        Some("it names a next or previous page, as lists do")
    } else {
        None
    }
}

/// What pages are like that are posts.
struct Alike {
    common: Common,
    /// The folders that enough posts lie right in.
    folders: BTreeSet<String>,
    /// The folders that any page lies in or below.
    parents: BTreeSet<String>,
}

impl Alike {
    fn of(posts: &[Named<'_>], lists: &[&Page], all: &[Named<'_>]) -> Self {
        let pages: Vec<&Page> = posts.iter().map(|(_, page)| *page).collect();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (file, _) in posts {
            *counts.entry(shape(file)).or_default() += 1;
        }
        // At the top lies everything.
        counts.retain(|folder, count| *count >= NEIGHBOURS && !folder.is_empty());
        Self {
            common: Common::of(&pages, lists),
            folders: counts.into_keys().collect(),
            parents: parents(all),
        }
    }

    fn classify(&self, (file, page): &Named<'_>) -> Verdict {
        if self.common.is_on(page) {
            let what = format!("{}, as on the site's known posts", self.common.describe());
            return Verdict::Post(vec![FieldOrigin::Page(what)]);
        }
        // Where posts look like nothing else, a page that looks different is none.
        let is_neighbour = self.common.is_empty() && self.folders.contains(&shape(file));
        let is_alike = is_neighbour && self.common.is_headed_alike(page);
        if is_alike && !self.parents.contains(name_of(file)) {
            return Verdict::Post(vec![FieldOrigin::Path]);
        }
        Verdict::Other("nothing says that it is a post".to_owned())
    }
}

/// The folder that a page lies in, with years, months and days as any number.
fn shape(file: &str) -> String {
    let folder = name_of(file)
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let parts = folder.split('/').map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { "#" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}
