//! The head of a page. Its elements are taken wherever they stand, because one stray element before
//! them makes the parser move them into the body, and their attributes in any order and case.

use scraper::ElementRef;
use url::Url;

use super::base::Base;
use super::collector::Collector;
use super::tree::{self, Node, attribute, has_word, is_within, name};

/// A property of the page: `<meta property=… content=…>` or `<meta name=… content=…>`.
#[derive(Debug)]
struct Meta {
    /// In lower case.
    key: String,
    content: String,
}

/// What the head says.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    metas: Vec<Meta>,
    links: Vec<ElementRef<'a>>,
    title: Option<String>,
    lang: Option<&'a str>,
    base: Option<&'a str>,
}

impl<'a> Head<'a> {
    /// Collects the head's elements.
    pub(super) fn read(root: Node<'a>) -> Self {
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

    /// Open Graph belongs into `property` and the rest into `name`, and sites mix them up.
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

    /// What references are resolved against, on a page that lies at `address`.
    pub(super) fn base(&self, address: Option<&Url>) -> Base {
        let own: Vec<&str> = self
            .canonical()
            .into_iter()
            .chain(self.first("og:url"))
            .collect();
        Base::new(self.base, address, &own)
    }

    /// The address that the page wants to be known by (RFC 6596).
    pub(super) fn canonical(&self) -> Option<&'a str> {
        self.links_with("canonical")
            .find_map(|link| attribute(link, "href"))
    }

    /// The `<link>` elements of one relation.
    pub(super) fn links_with(&self, relation: &str) -> impl Iterator<Item = ElementRef<'a>> {
        let links = self.links.iter().copied();
        links.filter(move |link| has_word(*link, "rel", relation))
    }

    /// The contents of all properties of one name, in their order.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = &str> {
        let metas = self.metas.iter().filter(move |meta| meta.key == key);
        metas.map(|meta| meta.content.as_str())
    }

    /// The content of the first property of a name.
    pub(super) fn first(&self, key: &str) -> Option<&str> {
        self.all(key).next()
    }

    /// Hands over what was written for sharing, and what the page is called and written in.
    pub(super) fn shared(&self, collector: &mut Collector<'_>) {
        if let Some(lang) = self.lang {
            collector.lang(lang, "html lang");
        }
        if let Some(canonical) = self.canonical() {
            collector.url(canonical, "link rel=canonical");
        }
        self.each(&["og:url"], |content, key| collector.url(content, key));
        self.each(TITLE, |content, key| collector.title(content, key));
        self.each(DESCRIPTION, |content, key| {
            collector.description(content, key)
        });
        self.each(PUBLISHED, |content, key| collector.published(content, key));
        self.each(UPDATED, |content, key| collector.updated(content, key));
        self.each(&["og:locale"], |content, key| collector.lang(content, key));
        self.each(SITE_NAME, |content, key| collector.site_name(content, key));
        for key in AUTHOR {
            collector.authors(self.all(key), key);
        }
        for key in TAGS {
            collector.tags(self.all(key), key);
        }
        self.open_graph_images(collector);
        self.twitter_images(collector);
    }

    /// Hands over what the head says of the page whether or not it is an article.
    pub(super) fn described(&self, collector: &mut Collector<'_>) {
        self.each(META_TITLE, |content, key| {
            collector.title(content, &meta(key))
        });
        if let Some(title) = &self.title {
            collector.title(title, "title");
        }
        self.each(META_DESCRIPTION, |content, key| {
            collector.description(content, &meta(key));
        });
        self.each(META_PUBLISHED, |content, key| {
            collector.published(content, &meta(key));
        });
        self.each(META_UPDATED, |content, key| {
            collector.updated(content, &meta(key))
        });
        self.each(META_LANG, |content, key| {
            collector.lang(content, &meta(key))
        });
        for key in META_AUTHOR {
            collector.authors(self.all(key), &meta(key));
        }
        for key in META_TAGS {
            collector.tags(
                self.all(key).flat_map(|list| list.split([',', ';'])),
                &meta(key),
            );
        }
        for link in self.links_with("image_src") {
            collector.image(
                attribute(link, "href").unwrap_or_default(),
                None,
                "link rel=image_src",
            );
        }
        self.each(META_IMAGE, |content, key| {
            collector.image(content, None, &meta(key))
        });
    }

    /// Hands `take` the contents under each of `keys`, in the order of the keys.
    fn each(&self, keys: &[&str], mut take: impl FnMut(&str, &str)) {
        for key in keys {
            for content in self.all(key) {
                take(content, key);
            }
        }
    }

    /// The pictures of Open Graph. A property with a further colon belongs to the picture before it
    /// (The Open Graph protocol, "Structured Properties").
    fn open_graph_images(&self, collector: &mut Collector<'_>) {
        let mut images: Vec<Picture<'_>> = Vec::new();
        for Meta { key, content } in &self.metas {
            match (key.as_str(), images.last_mut()) {
                ("og:image:alt", Some(image)) => image.alt = Some(content),
                ("og:image:secure_url", Some(image)) if !image.is_secured => {
                    image.is_secured = true;
                    if !image.url.starts_with("https:") {
                        image.url = content;
                    }
                }
                ("og:image:url", Some(image)) if image.url == content => {}
                ("og:image" | "og:image:url" | "og:image:secure_url", _) => {
                    images.push(Picture {
                        url: content,
                        alt: None,
                        is_secured: key == "og:image:secure_url",
                    });
                }
                _ => {}
            }
        }
        for image in images {
            collector.image(image.url, image.alt, "og:image");
        }
    }

    fn twitter_images(&self, collector: &mut Collector<'_>) {
        let alt = self.first("twitter:image:alt");
        self.each(&["twitter:image", "twitter:image:src"], |content, key| {
            collector.image(content, alt, key);
        });
    }
}

/// A picture of Open Graph while its properties are read.
struct Picture<'a> {
    url: &'a str,
    alt: Option<&'a str>,
    /// Whether its `secure_url` was read.
    is_secured: bool,
}

/// How a plain property is called, to tell it from others of the same name.
fn meta(key: &str) -> String {
    if key.contains(['.', ':']) {
        key.to_owned()
    } else {
        format!("meta {key}")
    }
}

const TITLE: &[&str] = &["og:title", "twitter:title"];
const DESCRIPTION: &[&str] = &["og:description", "twitter:description"];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
];
const UPDATED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:article:modified_time",
    "og:updated_time",
];
const SITE_NAME: &[&str] = &[
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
];
const AUTHOR: &[&str] = &["article:author", "og:article:author", "article:author:name"];
const TAGS: &[&str] = &["article:tag", "og:article:tag"];

// Dublin Core is written with a full stop, in both of its namespaces (DCMI, "Expressing Dublin Core
// metadata using HTML").
const META_TITLE: &[&str] = &["title", "dc.title", "dcterms.title", "citation_title"];
const META_DESCRIPTION: &[&str] = &[
    "description",
    "dc.description",
    "dcterms.description",
    "dcterms.abstract",
];
const META_PUBLISHED: &[&str] = &[
    "date",
    "datepublished",
    "pubdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
];
const META_UPDATED: &[&str] = &[
    "last-modified",
    "revised",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
];
const META_LANG: &[&str] = &[
    "content-language",
    "language",
    "dc.language",
    "dcterms.language",
];
const META_AUTHOR: &[&str] = &[
    "author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
];
const META_TAGS: &[&str] = &[
    "parsely-tags",
    "keywords",
    "news_keywords",
    "dc.subject",
    "dcterms.subject",
];
const META_IMAGE: &[&str] = &["thumbnail", "image", "parsely-image-url"];
