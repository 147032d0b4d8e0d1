//! Reads the elements of the head. They are taken from anywhere on the page, because the parser
//! moves them into the body if an invalid element precedes them. `fields` maps them to the fields
//! of a page; `pictures` reads pictures that are described by several elements.

mod fields;
mod pictures;

use scraper::ElementRef;
use url::Url;

use crate::base_url::BaseUrl;
use crate::tree::{self, Node, attribute, has_ancestor, has_word, name};

/// A metadata property: `<meta property=… content=…>` or `<meta name=… content=…>`.
#[derive(Debug)]
struct MetaProperty {
    /// In lower case.
    key: String,
    content: String,
}

/// The elements of the head.
#[derive(Debug, Default)]
pub(crate) struct HeadElements<'a> {
    metas: Vec<MetaProperty>,
    links: Vec<ElementRef<'a>>,
    title: Option<String>,
    lang: Option<&'a str>,
    base: Option<&'a str>,
}

impl<'a> HeadElements<'a> {
    /// Collects the head elements of a page.
    pub(crate) fn read(root: Node<'a>) -> Self {
        let mut head = Self::default();
        for element in tree::elements(root) {
            match name(element) {
                "html" => {
                    let lang =
                        attribute(element, "lang").or_else(|| attribute(element, "xml:lang"));
                    head.lang = head.lang.or(lang);
                }
                "base" => head.base = head.base.or_else(|| attribute(element, "href")),
                "link" => head.links.push(element),
                "meta" if !has_ancestor(element, &["noscript"]) => head.add_meta(element),
                "title" if head.title.is_none() => head.title = Some(element.text().collect()),
                _ => {}
            }
        }
        head
    }

    /// Adds a `<meta>`. Keys are read from both `property` and `name`, because sites confuse them.
    fn add_meta(&mut self, element: ElementRef<'_>) {
        let Some(content) = attribute(element, "content") else {
            return;
        };
        let property = tree::attribute_words(element, "property");
        let others = ["name", "http-equiv"];
        let others = others.into_iter().filter_map(|key| attribute(element, key));
        for key in property.chain(others) {
            self.metas.push(MetaProperty {
                key: key.to_ascii_lowercase(),
                content: content.to_owned(),
            });
        }
    }

    /// Returns the base URL of the page. `page_url` is the URL that it was fetched from, if known.
    pub(crate) fn base(&self, page_url: Option<&Url>) -> BaseUrl {
        let own: Vec<&str> = self
            .canonical()
            .into_iter()
            .chain(self.first_content("og:url"))
            .collect();
        BaseUrl::new(self.base, page_url, &own)
    }

    /// Returns the canonical URL of the page (RFC 6596).
    pub(crate) fn canonical(&self) -> Option<&'a str> {
        self.links_with("canonical")
            .find_map(|link| attribute(link, "href"))
    }

    /// Returns the `<link>` elements with this `rel`.
    pub(crate) fn links_with(&self, relation: &str) -> impl Iterator<Item = ElementRef<'a>> {
        let links = self.links.iter().copied();
        links.filter(move |link| has_word(*link, "rel", relation))
    }

    /// Returns the contents of all properties with this key, in document order.
    pub(crate) fn contents(&self, key: &str) -> impl Iterator<Item = &str> {
        let metas = self.metas.iter().filter(move |meta| meta.key == key);
        metas.map(|meta| meta.content.as_str())
    }

    /// Returns the content of the first property with this key.
    pub(crate) fn first_content(&self, key: &str) -> Option<&str> {
        self.contents(key).next()
    }

    /// Calls `take` with the content and key of each property in `keys`, in the order of `keys`.
    fn for_each(&self, keys: &[&str], mut take: impl FnMut(&str, &str)) {
        for key in keys {
            for content in self.contents(key) {
                take(content, key);
            }
        }
    }
}
