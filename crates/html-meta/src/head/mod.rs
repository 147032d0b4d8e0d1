//! Reads the elements of the head. They are taken from anywhere on the page, because the parser
//! moves them into the body if an invalid element precedes them. `fields` maps them to the fields
//! of a page; `pictures` reads pictures that are described by several elements.

mod fields;
mod pictures;

use std::borrow::Cow;

use scraper::ElementRef;
use url::Url;

use crate::base_url::BaseUrl;
use crate::tree::{self, Node, attribute, has_ancestor, name};

/// A metadata property: `<meta property=… content=…>` or `<meta name=… content=…>`.
#[derive(Debug)]
struct MetaProperty<'a> {
    /// In lower case.
    key: Cow<'a, str>,
    content: Cow<'a, str>,
}

/// A `<link>` with the trimmed values of its attributes.
#[derive(Debug, Default)]
pub(crate) struct Link<'a> {
    pub(crate) rel: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) href: Cow<'a, str>,
}

impl Link<'_> {
    /// Returns the value of `href`, or `None` if it is empty.
    fn target(&self) -> Option<&str> {
        Some(&*self.href).filter(|href| !href.is_empty())
    }
}

/// The elements of the head.
#[derive(Debug, Default)]
pub(crate) struct HeadElements<'a> {
    metas: Vec<MetaProperty<'a>>,
    links: Vec<Link<'a>>,
    title: Option<Cow<'a, str>>,
    lang: Option<Cow<'a, str>>,
    base: Option<Cow<'a, str>>,
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
                    lang.into_iter().for_each(|lang| head.set_lang(lang.into()));
                }
                "base" => {
                    let href = attribute(element, "href");
                    href.into_iter().for_each(|href| head.set_base(href.into()));
                }
                "link" => head.add_link(read_link(element)),
                "meta" if !has_ancestor(element, &["noscript"]) => head.read_meta(element),
                "title" => head.set_title(|| element.text().collect::<String>().into()),
                _ => {}
            }
        }
        head
    }

    fn read_meta(&mut self, element: ElementRef<'a>) {
        let Some(content) = attribute(element, "content") else {
            return;
        };
        self.add_meta(
            content.into(),
            attribute(element, "property").map(Cow::Borrowed),
            ["name", "http-equiv"].map(|key| attribute(element, key).map(Cow::Borrowed)),
        );
    }

    /// Adds a `<meta>`. Keys are read from both `property`, which is a list, and `others`, the `name` and the
    /// `http-equiv`, because sites confuse them.
    pub(crate) fn add_meta(
        &mut self,
        content: Cow<'a, str>,
        property: Option<Cow<'a, str>>,
        others: [Option<Cow<'a, str>>; 2],
    ) {
        let mut add = |key| {
            self.metas.push(MetaProperty {
                key: lower_case(key),
                // Text that the page contains as it is costs nothing to clone.
                content: content.clone(),
            });
        };
        match property {
            Some(Cow::Borrowed(list)) => {
                let words = list.split_ascii_whitespace();
                words.map(Cow::Borrowed).for_each(&mut add);
            }
            Some(Cow::Owned(list)) => {
                let words = list.split_ascii_whitespace().map(str::to_owned);
                words.map(Cow::Owned).for_each(&mut add);
            }
            None => {}
        }
        others.into_iter().flatten().for_each(add);
    }

    pub(crate) fn add_link(&mut self, link: Link<'a>) {
        self.links.push(link);
    }

    /// Sets the title, unless it is set already.
    pub(crate) fn set_title(&mut self, title: impl FnOnce() -> Cow<'a, str>) {
        self.title.get_or_insert_with(title);
    }

    /// Sets the language, unless it is set already.
    pub(crate) fn set_lang(&mut self, lang: Cow<'a, str>) {
        self.lang.get_or_insert(lang);
    }

    /// Sets the target of `<base>`, unless it is set already.
    pub(crate) fn set_base(&mut self, href: Cow<'a, str>) {
        self.base.get_or_insert(href);
    }

    pub(crate) fn has_title(&self) -> bool {
        self.title.is_some()
    }

    pub(crate) fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// Returns the base URL of the page. `page_url` is the URL that it was fetched from, if known.
    pub(crate) fn base(&self, page_url: Option<&Url>) -> BaseUrl {
        let own: Vec<&str> = self
            .canonical()
            .into_iter()
            .chain(self.first_content("og:url"))
            .collect();
        BaseUrl::new(self.base.as_deref(), page_url, &own)
    }

    /// Returns the canonical URL of the page (RFC 6596).
    pub(crate) fn canonical(&self) -> Option<&str> {
        self.links_with("canonical").find_map(Link::target)
    }

    /// Returns the `<link>` elements with this `rel`.
    pub(crate) fn links_with(&self, relation: &str) -> impl Iterator<Item = &Link<'a>> {
        let links = self.links.iter();
        links.filter(move |link| has_word(&link.rel, relation))
    }

    /// Returns the keys, in lower case, and the contents of all properties.
    pub(crate) fn metas(&self) -> impl Iterator<Item = (&str, &str)> {
        let metas = self.metas.iter();
        metas.map(|meta| (&*meta.key, &*meta.content))
    }

    /// Returns the relations and the addresses of all links.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.links.iter().map(|link| (&*link.rel, &*link.href))
    }

    /// Returns the text of the `<title>`.
    pub(crate) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the language of the page.
    pub(crate) fn lang(&self) -> Option<&str> {
        self.lang.as_deref()
    }

    /// Returns the contents of all properties with this key, in document order.
    pub(crate) fn contents(&self, key: &str) -> impl Iterator<Item = &str> {
        let metas = self.metas.iter().filter(move |meta| meta.key == key);
        metas.map(|meta| &*meta.content)
    }

    /// Returns the content of the first property with this key.
    pub(crate) fn first_content(&self, key: &str) -> Option<&str> {
        self.contents(key).next()
    }

    /// Returns those of `keys` that a property has.
    fn present(&self, keys: &[&'static str]) -> impl Iterator<Item = &'static str> {
        let keys = keys.iter().copied();
        keys.filter(|key| self.first_content(key).is_some())
    }

    /// Calls `take` with the content and key of each property in `keys`, in the order of `keys`.
    fn for_each(&self, keys: &[&'static str], mut take: impl FnMut(&str, &'static str)) {
        for key in keys {
            for content in self.contents(key) {
                take(content, key);
            }
        }
    }
}

fn read_link(element: ElementRef<'_>) -> Link<'_> {
    let value = |key| attribute(element, key).unwrap_or_default().into();
    Link {
        rel: value("rel"),
        kind: value("type"),
        href: value("href"),
    }
}

fn lower_case(key: Cow<'_, str>) -> Cow<'_, str> {
    if key.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(key.to_ascii_lowercase())
    } else {
        key
    }
}

/// Returns `true` if the list contains `word`, in any case.
pub(crate) fn has_word(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace()
        .any(|own| own.eq_ignore_ascii_case(word))
}
