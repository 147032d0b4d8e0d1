//! The head of a page. Its elements are taken from anywhere on the page, because one stray element
//! before them makes the parser move them into the body, and their attributes in any order and
//! case. `fields` maps them to fields, `pictures` reads those that several elements describe
//! together.

mod fields;
mod pictures;

use scraper::ElementRef;
use url::Url;

use crate::base::Base;
use crate::tree::{self, Node, attribute, has_word, is_within, name};

/// A property of the page: `<meta property=… content=…>` or `<meta name=… content=…>`.
#[derive(Debug)]
struct Meta {
    /// In lower case.
    key: String,
    content: String,
}

/// The elements of the head.
#[derive(Debug, Default)]
pub(crate) struct Head<'a> {
    metas: Vec<Meta>,
    links: Vec<ElementRef<'a>>,
    title: Option<String>,
    lang: Option<&'a str>,
    base: Option<&'a str>,
}

impl<'a> Head<'a> {
    /// Collects the head's elements.
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
                "meta" if !is_within(element, &["noscript"]) => head.meta(element),
                "title" if head.title.is_none() => head.title = Some(element.text().collect()),
                _ => {}
            }
        }
        head
    }

    /// Takes a `<meta>`. Open Graph belongs into `property` and the rest into `name`, and sites mix
    /// them up.
    fn meta(&mut self, element: ElementRef<'_>) {
        let Some(content) = attribute(element, "content") else {
            return;
        };
        let property = tree::words(element, "property");
        let others = ["name", "http-equiv"];
        let others = others.into_iter().filter_map(|key| attribute(element, key));
        for key in property.chain(others) {
            self.metas.push(Meta {
                key: key.to_ascii_lowercase(),
                content: content.to_owned(),
            });
        }
    }

    /// Returns the base of references on a page that is at `address`.
    pub(crate) fn base(&self, address: Option<&Url>) -> Base {
        let own: Vec<&str> = self
            .canonical()
            .into_iter()
            .chain(self.first("og:url"))
            .collect();
        Base::new(self.base, address, &own)
    }

    /// Returns the canonical address of the page (RFC 6596).
    pub(crate) fn canonical(&self) -> Option<&'a str> {
        self.links_with("canonical")
            .find_map(|link| attribute(link, "href"))
    }

    /// Returns the `<link>` elements of one relation.
    pub(crate) fn links_with(&self, relation: &str) -> impl Iterator<Item = ElementRef<'a>> {
        let links = self.links.iter().copied();
        links.filter(move |link| has_word(*link, "rel", relation))
    }

    /// Returns the contents of all properties of one name, in their order.
    pub(crate) fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        let metas = self.metas.iter().filter(move |meta| meta.key == key);
        metas.map(|meta| meta.content.as_str())
    }

    /// Returns the content of the first property of a name.
    pub(crate) fn first(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }

    /// Calls `take` with the contents under each of `keys`, in the order of the keys.
    fn each(&self, keys: &[&str], mut take: impl FnMut(&str, &str)) {
        for key in keys {
            for content in self.all(key) {
                take(content, key);
            }
        }
    }
}
