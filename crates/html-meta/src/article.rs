//! Reads the visible content of a post: headings, opening paragraphs, date line, tags and pictures.
//! HTML's own elements decide which part of the page is the post. Class names do not, because every
//! theme chooses its own.

use scraper::ElementRef;

use crate::boilerplate::{is_other_page, text_block};
use crate::collector::Collector;
use crate::page::DateText;
use crate::pictures;
use crate::tag_links;
use crate::text::{is_hidden, text_len, visible_text};
use crate::tree::{self, Node, attribute, attribute_words, has_ancestor, name};

/// Elements whose content is not part of the post.
const NON_POST_ELEMENTS: &[&str] = &["aside", "dialog", "footer", "nav", "template"];

/// Elements of a post whose paragraphs are not part of its running text.
const NON_PROSE_ELEMENTS: &[&str] = &[
    "aside", "dialog", "figure", "footer", "form", "header", "nav", "noscript", "table", "template",
];

/// Words in the class of a paragraph that describes the post instead of belonging to its text.
const BYLINE_CLASSES: &[&str] = &["breadcrumb", "byline", "date", "meta", "metadata", "tags"];

/// Minimum size of a description in bytes. A paragraph such as `Happy new year!` is too short.
const MIN_DESCRIPTION_LEN: usize = 60;

/// Maximum size of a byline in bytes, for paragraphs with a date: `By Ada on 1 May, 5 minutes`.
const MAX_BYLINE_LEN: usize = 80;

/// The parts of a page that are searched for the post, the narrowest first.
pub(crate) struct SearchScopes<'a> {
    scopes: Vec<ElementRef<'a>>,
    post: ElementRef<'a>,
    article_count: usize,
}

impl<'a> SearchScopes<'a> {
    /// Finds the scopes of a page. `root` must have a root element; the parser creates one even for
    /// an empty page.
    pub(crate) fn find(root: Node<'a>) -> Self {
        let articles: Vec<ElementRef<'a>> = tree::elements_outside(root, NON_POST_ELEMENTS)
            .filter(|element| name(*element) == "article" && !has_ancestor(*element, &["article"]))
            .collect();
        let first = |wanted: fn(ElementRef<'a>) -> bool| tree::elements(root).find(|e| wanted(*e));
        let body = first(|element| name(element) == "body");
        let whole = body.or_else(|| first(|_| true));
        let whole = whole.expect("the parser makes an `<html>` element for every page");
        let candidates = [
            main_article(&articles),
            first(|element| name(element) == "main" || attribute(element, "role") == Some("main")),
            Some(whole),
        ];
        let scopes: Vec<_> = candidates.into_iter().flatten().collect();
        Self {
            post: scopes[0],
            scopes,
            article_count: articles.len(),
        }
    }

    /// Returns the narrowest part that contains the post.
    pub(crate) fn post(&self) -> ElementRef<'a> {
        self.post
    }

    /// Returns the number of articles that are not inside another article. Comments often are.
    pub(crate) fn article_count(&self) -> usize {
        self.article_count
    }

    /// Returns the size of the page's visible text in bytes.
    pub(crate) fn text_len(&self) -> usize {
        self.scopes.last().map_or(0, |whole| text_len(*whole))
    }

    /// Collects the visible values of all fields.
    pub(crate) fn read(&self, collector: &mut Collector) {
        for (heading, origin) in self.headings() {
            collector.add_title(&heading, origin);
        }
        if let Some((text, origin)) = self.narrowest(opening_text) {
            collector.add_excerpt(&text, format!("{origin} p"));
        }
        self.times(collector);
        self.tag_links(collector);
        self.images(collector);
    }

    /// Collects the pictures of the post. Only the narrowest scope is searched, because pictures
    /// outside of it belong to other content.
    fn images(&self, collector: &mut Collector) {
        let page = collector.resolve("#");
        let is_elsewhere = |href: &str| {
            let target = collector.resolve(href);
            target.is_some_and(|target| is_other_page(&target, page.as_deref()))
        };
        let block = text_block(self.post, is_prose);
        let images = pictures::post_pictures(self.post, block, is_elsewhere);
        let origin = format!("{} img", name(self.post));
        for image in images {
            collector.add_image(&image.target, image.alt, origin.clone());
        }
    }

    /// Returns the result of `find` for the narrowest scope that has one, and the name of that
    /// scope.
    fn narrowest<T>(&self, find: impl Fn(ElementRef<'a>) -> Option<T>) -> Option<(T, &'a str)> {
        let mut scopes = self.scopes.iter();
        scopes.find_map(|scope| Some((find(*scope)?, name(*scope))))
    }

    /// Returns the first `<h1>` of each scope, followed by the first `<h2>` of each scope.
    fn headings(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for rank in ["h1", "h2"] {
            for scope in &self.scopes {
                let mut headings = visible_elements(*scope, NON_POST_ELEMENTS)
                    .filter(|element| name(*element) == rank)
                    .map(visible_text)
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

    /// Collects the dates of the `<time>` elements in the narrowest scope that has any.
    fn times(&self, collector: &mut Collector) {
        let times = self.narrowest(|scope| {
            let times: Vec<_> = visible_elements(scope, &["aside", "nav", "template"])
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
        // Later dates are part of the text or belong to neighbouring posts.
        if let Some(time) = published.first() {
            collector.add_published(time_date(*time), origin.clone());
        }
        if let Some(time) = updates.first() {
            collector.add_updated(time_date(*time), origin.clone());
        }
    }

    /// Collects the texts of the links that lead to tag pages.
    fn tag_links(&self, collector: &mut Collector) {
        let tags = self.narrowest(|scope| {
            let tags = tag_links::tags_by_path(scope, collector);
            Some(tags).filter(|tags| !tags.is_empty())
        });
        if let Some((tags, origin)) = tags {
            collector.add_tags(tags, format!("{origin} links to tags"));
        }
    }
}

/// Returns the article that the page is about: the only one, or the first with an `<h1>`, or the
/// longest one. Other articles are previews of other posts.
fn main_article<'a>(articles: &[ElementRef<'a>]) -> Option<ElementRef<'a>> {
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
            .max_by_key(|article| text_len(**article))
    };
    headed.or_else(longest).copied()
}

/// Returns the first paragraph, joined with the next ones until the text is long enough.
fn opening_text(scope: ElementRef<'_>) -> Option<String> {
    let mut text = String::new();
    let paragraphs = visible_elements(scope, NON_PROSE_ELEMENTS)
        .filter(|element| name(*element) == "p" && is_prose(*element));
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&visible_text(paragraph));
        if text.len() >= MIN_DESCRIPTION_LEN {
            break;
        }
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Returns `true` if a paragraph belongs to the text of the post: it is more than links and is not
/// a byline.
fn is_prose(paragraph: ElementRef<'_>) -> bool {
    let is_byline = attribute_words(paragraph, "class")
        .flat_map(|class| class.split(['-', '_']))
        .any(|word| BYLINE_CLASSES.contains(&word));
    let has_time = tree::elements(*paragraph).any(|element| name(element) == "time");
    let linked: usize = tree::elements(*paragraph)
        .filter(|element| name(*element) == "a")
        .map(text_len)
        .sum();
    let len = text_len(paragraph);
    !is_byline && len > linked && !(has_time && len < MAX_BYLINE_LEN)
}

/// Returns the visible elements in `scope`. Elements named in `outside` are left out with all their
/// descendants.
fn visible_elements<'a>(
    scope: ElementRef<'a>,
    outside: &'static [&'static str],
) -> impl Iterator<Item = ElementRef<'a>> {
    let skip = |element| outside.contains(&name(element)) || is_hidden(element);
    tree::descendants(*scope, skip).filter_map(ElementRef::wrap)
}

/// Returns `true` if an article inside `scope`, such as a comment, contains the element.
fn is_in_inner_article(element: ElementRef<'_>, scope: ElementRef<'_>) -> bool {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .take_while(|ancestor| *ancestor != scope)
        .any(|ancestor| name(ancestor) == "article")
}

/// Returns `true` if a `<time>` is marked as the date of the last change.
fn is_update(time: ElementRef<'_>) -> bool {
    ["class", "itemprop"]
        .into_iter()
        .filter_map(|key| attribute(time, key))
        .any(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("updated") || value.contains("modified")
        })
}

/// Returns the machine-readable and the visible date of a `<time>`.
pub(crate) fn time_date(time: ElementRef<'_>) -> DateText {
    let shown = visible_text(time);
    match attribute(time, "datetime") {
        Some(date) => DateText {
            text: date.to_owned(),
            visible: Some(shown).filter(|text| !text.is_empty()),
        },
        None => shown.into(),
    }
}
