//! What a reader sees of the post: its heading, its first paragraph, its date line, its tags, its
//! pictures. HTML's own elements decide which part of the page is the post, never the class
//! names of themes.

use scraper::ElementRef;

use crate::collector::Collector;
use crate::furniture::{is_other_page, text_block};
use crate::page::DateText;
use crate::pictures;
use crate::tag_links;
use crate::text::{is_hidden, visible, weight};
use crate::tree::{self, Node, attribute, is_within, name, words};

/// Parts of a page that are not the post.
const AROUND: &[&str] = &["aside", "dialog", "footer", "nav", "template"];

/// Parts of a post whose paragraphs are not its text.
const NOT_PROSE: &[&str] = &[
    "aside", "dialog", "figure", "footer", "form", "header", "nav", "noscript", "table", "template",
];

/// Words in the class of a paragraph about the post rather than of it.
const BYLINE: &[&str] = &["breadcrumb", "byline", "date", "meta", "metadata", "tags"];

/// The size in bytes from which a paragraph is enough of a description; `Happy new year!` is not.
const ENOUGH: usize = 60;

/// A paragraph with a date that is shorter, in bytes, is a byline: `By Ada on 1 May, 5 minutes`.
const BYLINE_LENGTH: usize = 80;

/// The parts of a page in which the post is looked for, the narrowest first.
pub(crate) struct Scopes<'a> {
    scopes: Vec<ElementRef<'a>>,
    post: ElementRef<'a>,
    articles: usize,
}

impl<'a> Scopes<'a> {
    /// Finds the scopes; the tree has a root element, as the parser makes one even for an empty
    /// page.
    pub(crate) fn find(root: Node<'a>) -> Self {
        let articles: Vec<ElementRef<'a>> = tree::elements_outside(root, AROUND)
            .filter(|element| name(*element) == "article" && !is_within(*element, &["article"]))
            .collect();
        let first = |wanted: fn(ElementRef<'a>) -> bool| tree::elements(root).find(|e| wanted(*e));
        let body = first(|element| name(element) == "body");
        let whole = body.or_else(|| first(|_| true));
        let whole = whole.expect("the parser makes an `<html>` element for every page");
        let candidates = [
            own_article(&articles),
            first(|element| name(element) == "main" || attribute(element, "role") == Some("main")),
            Some(whole),
        ];
        let scopes: Vec<_> = candidates.into_iter().flatten().collect();
        Self {
            post: scopes[0],
            scopes,
            articles: articles.len(),
        }
    }

    /// Returns the narrowest part that holds the post.
    pub(crate) fn post(&self) -> ElementRef<'a> {
        self.post
    }

    /// Returns the number of articles that are not within another one, as comments are.
    pub(crate) fn articles(&self) -> usize {
        self.articles
    }

    /// Returns the size of the text that the page shows, in bytes.
    pub(crate) fn weight(&self) -> usize {
        self.scopes.last().map_or(0, |whole| weight(*whole))
    }

    /// Collects what readers see.
    pub(crate) fn read(&self, collector: &mut Collector) {
        for (heading, origin) in self.headings() {
            collector.title(&heading, &origin);
        }
        if let Some((text, origin)) = self.narrowest(beginning) {
            collector.excerpt(&text, &format!("{origin} p"));
        }
        self.times(collector);
        self.tag_links(collector);
        self.images(collector);
    }

    /// Collects the pictures of the post. Beyond the narrowest part that holds it, a page has pictures
    /// of other things alone.
    fn images(&self, collector: &mut Collector) {
        let page = collector.resolve("#");
        let elsewhere = |href: &str| {
            let target = collector.resolve(href);
            target.is_some_and(|target| is_other_page(&target, page.as_deref()))
        };
        let block = text_block(self.post, is_prose);
        let images = pictures::shown(self.post, block, elsewhere);
        let origin = format!("{} img", name(self.post));
        for image in images {
            collector.image(&image.target, image.alt, &origin);
        }
    }

    /// Returns what `find` yields for the narrowest part that has it, and the name of that part.
    fn narrowest<T>(&self, find: impl Fn(ElementRef<'a>) -> Option<T>) -> Option<(T, &'a str)> {
        let mut scopes = self.scopes.iter();
        scopes.find_map(|scope| Some((find(*scope)?, name(*scope))))
    }

    /// Returns the first heading of each part, of the first rank and then of the second.
    fn headings(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for rank in ["h1", "h2"] {
            for scope in &self.scopes {
                let mut headings = shown(*scope, AROUND)
                    .filter(|element| name(*element) == rank)
                    .map(visible)
                    .filter(|text| !text.is_empty());
                if let Some(heading) = headings.next()
                    && found.iter().all(|(known, _)| *known != heading)
                {
                    found.push((heading, format!("{} {rank}", name(*scope))));
                }
            }
        }
        found
    }

    /// Collects the date lines: `<time>` in the post, else above it.
    fn times(&self, collector: &mut Collector) {
        let times = self.narrowest(|scope| {
            let times: Vec<_> = shown(scope, &["aside", "nav", "template"])
                .filter(|element| name(*element) == "time")
                .filter(|time| !is_in_inner_article(*time, scope))
                .collect();
            Some(times).filter(|times| !times.is_empty())
        });
        let Some((times, origin)) = times else {
            return;
        };
        let origin = format!("{origin} time");
        let (updates, published): (Vec<_>, Vec<_>) =
            times.into_iter().partition(|time| is_update(*time));
        // Later ones are dates that the text is about, or those of its neighbours.
        if let Some(time) = published.first() {
            collector.published(date(*time), &origin);
        }
        if let Some(time) = updates.first() {
            collector.updated(date(*time), &origin);
        }
    }

    /// Collects the links of the post that lead to the pages of its tags.
    fn tag_links(&self, collector: &mut Collector) {
        let tags = self.narrowest(|scope| {
            let tags = tag_links::by_path(scope, collector);
            Some(tags).filter(|tags| !tags.is_empty())
        });
        if let Some((tags, origin)) = tags {
            collector.tags(tags, &format!("{origin} links to tags"));
        }
    }
}

/// Returns the article that the page is about: the only one, or of several the one with the page's
/// first heading, else the longest; the others are previews of other posts.
fn own_article<'a>(articles: &[ElementRef<'a>]) -> Option<ElementRef<'a>> {
    if let [only] = articles {
        return Some(*only);
    }
    let headed = articles
        .iter()
        .find(|article| tree::elements(***article).any(|element| name(element) == "h1"));
    let longest = || {
        articles
            .iter()
            .rev()
            .max_by_key(|article| weight(**article))
    };
    headed.or_else(longest).copied()
}

/// Returns the first paragraph of a text, and those behind it until there is enough text.
fn beginning(scope: ElementRef<'_>) -> Option<String> {
    let mut text = String::new();
    let paragraphs =
        shown(scope, NOT_PROSE).filter(|element| name(*element) == "p" && is_prose(*element));
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&visible(paragraph));
        if text.len() >= ENOUGH {
            break;
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Returns whether a paragraph is text of the post: more than links, and not the line with the
/// date.
fn is_prose(paragraph: ElementRef<'_>) -> bool {
    let is_byline = words(paragraph, "class")
        .flat_map(|class| class.split(['-', '_']))
        .any(|word| BYLINE.contains(&word));
    let has_time = tree::elements(*paragraph).any(|element| name(element) == "time");
    let linked: usize = tree::elements(*paragraph)
        .filter(|element| name(*element) == "a")
        .map(weight)
        .sum();
    let weight = weight(paragraph);
    !is_byline && weight > linked && !(has_time && weight < BYLINE_LENGTH)
}

/// Returns the elements in `scope` that readers see, without those in `outside` and all that is in
/// them.
fn shown<'a>(
    scope: ElementRef<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    let skip = |element| outside.contains(&name(element)) || is_hidden(element);
    tree::walk(*scope, skip).filter_map(ElementRef::wrap)
}

/// Returns whether an element stands in an article within `scope`, such as a comment.
fn is_in_inner_article(element: ElementRef<'_>, scope: ElementRef<'_>) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take_while(|ancestor| *ancestor != scope)
        .any(|ancestor| name(ancestor) == "article")
}

/// Returns whether a `<time>` is marked as the one of the last change.
fn is_update(time: ElementRef<'_>) -> bool {
    ["class", "itemprop"]
        .into_iter()
        .filter_map(|key| attribute(time, key))
        .any(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("updated") || value.contains("modified")
        })
}

/// Returns the date that `<time>` has for machines and the one for readers.
pub(crate) fn date(time: ElementRef<'_>) -> DateText {
    let shown = visible(time);
    match attribute(time, "datetime") {
        Some(date) => DateText {
            text: date.to_owned(),
            visible: Some(shown).filter(|text| !text.is_empty()),
        },
        None => shown.into(),
    }
}
