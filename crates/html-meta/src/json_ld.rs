//! Reads JSON-LD that uses the vocabulary of schema.org, as generators write it for search engines.
//! It is treated as plain JSON: no context is fetched and no graph is built. Only references by
//! `@id` within the page are resolved. Scripts with invalid JSON are ignored.

use serde_json::{Map, Value};

use crate::collector::Collector;
use crate::same_page::is_same_page;
use crate::tree::{self, Node, attribute, name};

/// Article types of schema.org whose names do not end in `Article`.
const ARTICLES: &[&str] = &[
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "SocialMediaPosting",
];

/// Maximum number of values that are read from a list. It bounds the work, because each value may
/// be a reference to another object.
const MAX_VALUES: usize = 256;

type Object = Map<String, Value>;

/// A key with the origin of its values.
macro_rules! named {
    ($key:literal) => {
        ($key, concat!("JSON-LD ", $key))
    };
}

/// Returns `true` if a schema.org type, with or without its namespace, is an article, such as
/// `BlogPosting` or `https://schema.org/NewsArticle`.
#[must_use]
pub fn is_article_type(kind: &str) -> bool {
    let kind = strip_namespace(kind);
    kind.ends_with("Article") || ARTICLES.contains(&kind)
}

/// Removes the namespace of a type: `https://schema.org/BlogPosting`, `schema:BlogPosting`.
pub(crate) fn strip_namespace(kind: &str) -> &str {
    kind.rsplit(['/', '#', ':']).next().unwrap_or(kind)
}

/// Parses all JSON-LD scripts of a page.
pub(crate) fn parse_documents(root: Node<'_>) -> Vec<Value> {
    tree::elements(root)
        .filter(|element| name(*element) == "script")
        .filter(|script| is_json_ld(attribute(*script, "type").unwrap_or_default()))
        .filter_map(|script| parse(&script.text().collect::<String>()))
        .collect()
}

/// Returns `true` if a script of the type `kind` contains JSON-LD.
pub(crate) fn is_json_ld(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/ld+json")
}

/// Parses the text of a JSON-LD script, or returns `None` if it is invalid.
pub(crate) fn parse(script: &str) -> Option<Value> {
    serde_json::from_str(strip_comment(script)).ok()
}

/// Removes the comment or CDATA section around a script, which XHTML pages have.
fn strip_comment(script: &str) -> &str {
    const MARKS: &[&str] = &["<!--", "-->", "//", "/*", "*/", "<![CDATA[", "]]>"];
    let mut inside = script.trim();
    loop {
        let before = inside;
        for mark in MARKS {
            inside = inside.strip_prefix(mark).unwrap_or(inside).trim_start();
            inside = inside.strip_suffix(mark).unwrap_or(inside).trim_end();
        }
        if inside == before {
            return inside;
        }
    }
}

/// The objects in the JSON-LD of a page.
#[derive(Debug)]
pub(crate) struct JsonLd<'a> {
    objects: Vec<&'a Object>,
}

impl<'a> JsonLd<'a> {
    pub(crate) fn new(documents: &'a [Value]) -> Self {
        let mut objects = Vec::new();
        for document in documents {
            collect_objects(document, &mut objects);
        }
        Self { objects }
    }

    /// Returns the types of all objects, without namespaces.
    pub(crate) fn types(&self) -> impl Iterator<Item = &'a str> {
        self.objects.iter().flat_map(|object| types_of(object))
    }

    /// Collects the metadata of the article and the name of the site.
    pub(crate) fn read(&self, collector: &mut Collector) {
        if let Some(article) = self.article(collector) {
            self.read_article(article, collector);
        }
        let sites = self
            .objects
            .iter()
            .filter(|object| types_of(object).any(|kind| kind == "WebSite"));
        for name in sites.filter_map(|site| site.get("name")?.as_str()) {
            collector.add_site_name(name, "JSON-LD WebSite name");
        }
    }

    /// Returns the article that the page shows: the one with the page's own URL, else the first
    /// one.
    fn article(&self, collector: &Collector) -> Option<&'a Object> {
        let own = collector.page().url.best();
        let is_own = |article: &Object| {
            own.is_some_and(|own| {
                own_urls(article)
                    .filter_map(|(_, reference)| collector.resolve(reference))
                    .any(|address| is_same_page(&own.value, &address))
            })
        };
        let objects = self.objects.iter().copied();
        let articles: Vec<_> = objects
            .filter(|object| types_of(object).any(is_article_type))
            .collect();
        let named = articles.iter().find(|article| is_own(article));
        named.or_else(|| articles.first()).copied()
    }

    fn read_article(&self, article: &'a Object, collector: &mut Collector) {
        for (key, origin) in [named!("headline"), named!("name")] {
            for title in self.texts(article, key, &["name", "@value"]) {
                collector.add_title(title, origin);
            }
        }
        for (key, origin) in [named!("description"), named!("abstract")] {
            for text in self.texts(article, key, &["text", "@value"]) {
                collector.add_description(text, origin);
            }
        }
        for (key, origin) in [named!("image"), named!("thumbnailUrl")] {
            for image in self.values(article, key) {
                if let Some(url) = image.text(&["url", "contentUrl", "@id"]) {
                    collector.add_image(url, image.property("caption"), origin);
                }
            }
        }
        for (key, origin) in [named!("datePublished"), named!("dateCreated")] {
            for date in self.texts(article, key, &["@value"]) {
                collector.add_published(date, origin);
            }
        }
        for date in self.texts(article, "dateModified", &["@value"]) {
            collector.add_updated(date, "JSON-LD dateModified");
        }
        for (key, origin) in [named!("author"), named!("creator")] {
            collector.add_authors(self.texts(article, key, &["name"]), origin);
        }
        collector.add_tags(self.keywords(article), "JSON-LD keywords");
        for lang in self.texts(article, "inLanguage", &["alternateName", "@value"]) {
            collector.add_lang(lang, "JSON-LD inLanguage");
        }
        for (origin, address) in own_urls(article) {
            collector.add_url(address, origin);
        }
    }

    /// Returns the keywords, which are a list or one text with commas.
    fn keywords(&self, article: &'a Object) -> Vec<&'a str> {
        match article.get("keywords") {
            Some(Value::String(list)) => list.split(',').collect(),
            _ => self
                .texts(article, "keywords", &["name", "@value"])
                .collect(),
        }
    }

    /// Returns the texts under `key`. The text of an object is its first property among `names`.
    fn texts(
        &self,
        object: &'a Object,
        key: &str,
        names: &[&str],
    ) -> impl Iterator<Item = &'a str> {
        self.values(object, key)
            .filter_map(|value| value.text(names))
    }

    /// Returns the value under `key`, or the first [`MAX_VALUES`] of a list.
    fn values(&self, object: &'a Object, key: &str) -> impl Iterator<Item = PropertyValue<'a>> {
        let values = match object.get(key) {
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let values = values.iter().take(MAX_VALUES);
        values.filter_map(|value| match value {
            Value::String(text) => Some(PropertyValue::Text(text)),
            Value::Object(object) => Some(PropertyValue::Object(self.resolve_reference(object))),
            _ => None,
        })
    }

    /// Returns the object with the same `@id` if `object` is a reference, else `object` itself. An
    /// object with at most one property beside its `@id` is a reference.
    fn resolve_reference(&self, object: &'a Object) -> &'a Object {
        let Some(id) = object.get("@id").filter(|_| object.len() <= 2) else {
            return object;
        };
        let mut objects = self.objects.iter();
        objects
            .find(|other| other.len() > object.len() && other.get("@id") == Some(id))
            .unwrap_or(&object)
    }
}

/// A value of a property.
enum PropertyValue<'a> {
    Text(&'a str),
    Object(&'a Object),
}

impl<'a> PropertyValue<'a> {
    /// Returns the value if it is a text, or the first of the properties `names` if it is an object.
    fn text(&self, names: &[&str]) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => names.iter().find_map(|name| self.property(name)),
        }
    }

    /// Returns a property of the object if its value is text.
    fn property(&self, name: &str) -> Option<&'a str> {
        match self {
            Self::Text(_) => None,
            Self::Object(object) => object.get(name)?.as_str(),
        }
    }
}

/// Adds the objects with a type in `value`: the value itself, elements of lists and graphs, and the
/// main entity of a page. The JSON parser limits the depth of the recursion.
fn collect_objects<'a>(value: &'a Value, objects: &mut Vec<&'a Object>) {
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect_objects(value, objects)),
        Value::Object(object) => {
            if object.contains_key("@type") {
                objects.push(object);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(key) {
                    collect_objects(value, objects);
                }
            }
        }
        _ => {}
    }
}

/// Returns the types of an object, without namespaces.
fn types_of(object: &Object) -> impl Iterator<Item = &str> {
    let values = match object.get("@type") {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter_map(Value::as_str).map(strip_namespace)
}

/// Returns the URLs that an article gives for itself, each with its origin.
fn own_urls(article: &Object) -> impl Iterator<Item = (&'static str, &str)> {
    let keys = [named!("url"), named!("mainEntityOfPage")];
    keys.into_iter().filter_map(|(key, origin)| {
        let address = match article.get(key)? {
            Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?,
            address => address,
        };
        Some((origin, address.as_str()?))
    })
}
