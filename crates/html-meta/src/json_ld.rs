//! JSON-LD in a page, in the vocabulary of schema.org, as generators write it for search engines.
//! It is read as JSON: no context is fetched and no graph is built, only references by `@id` within
//! the page are followed. A script that is not JSON is ignored.

use serde_json::{Map, Value};

use crate::collector::Collector;
use crate::same_page::is_same_page;
use crate::tree::{self, Node, attribute, name};

/// Types of schema.org that are one article, beside those whose name ends in `Article`.
const ARTICLES: &[&str] = &[
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "SocialMediaPosting",
];

/// No list of pictures, authors or keywords is read further: each value may refer to another thing.
const MAX_VALUES: usize = 256;

type Object = Map<String, Value>;

/// Returns whether a type of schema.org, with or without its namespace, is an article:
/// `BlogPosting`, `https://schema.org/NewsArticle`.
#[must_use]
pub fn is_article_type(kind: &str) -> bool {
    let kind = local(kind);
    kind.ends_with("Article") || ARTICLES.contains(&kind)
}

/// Returns a type without its namespace: `https://schema.org/BlogPosting`, `schema:BlogPosting`.
pub(crate) fn local(kind: &str) -> &str {
    kind.rsplit(['/', '#', ':']).next().unwrap_or(kind)
}

/// Returns the JSON-LD of a page.
pub(crate) fn documents(root: Node<'_>) -> Vec<Value> {
    tree::elements(root)
        .filter(|element| name(*element) == "script")
        .filter(|script| {
            let kind = attribute(*script, "type").unwrap_or_default();
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.eq_ignore_ascii_case("application/ld+json")
        })
        .filter_map(|script| {
            let text: String = script.text().collect();
            serde_json::from_str(uncommented(&text)).ok()
        })
        .collect()
}

/// Returns a script without the comment or CDATA section that XHTML pages wrap around it.
fn uncommented(script: &str) -> &str {
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

/// The things that a page's JSON-LD describes.
#[derive(Debug)]
pub(crate) struct Schema<'a> {
    things: Vec<&'a Object>,
}

impl<'a> Schema<'a> {
    pub(crate) fn new(documents: &'a [Value]) -> Self {
        let mut things = Vec::new();
        for document in documents {
            gather(document, &mut things);
        }
        Self { things }
    }

    /// Returns the types of all things, without namespaces.
    pub(crate) fn types(&self) -> impl Iterator<Item = &'a str> {
        self.things.iter().flat_map(|thing| types(thing))
    }

    /// Collects what the JSON-LD states about the article, and the name of the site.
    pub(crate) fn read(&self, collector: &mut Collector) {
        if let Some(article) = self.article(collector) {
            self.read_article(article, collector);
        }
        let sites = self
            .things
            .iter()
            .filter(|thing| types(thing).any(|kind| kind == "WebSite"));
        for name in sites.filter_map(|site| site.get("name")?.as_str()) {
            collector.site_name(name, "JSON-LD WebSite name");
        }
    }

    /// Returns the article that the page is: of several the one with the page's address, else the
    /// first.
    fn article(&self, collector: &Collector) -> Option<&'a Object> {
        let own = collector.page().url.best();
        let is_own = |article: &Object| {
            own.is_some_and(|own| {
                addresses(article)
                    .filter_map(|(_, reference)| collector.resolve(reference))
                    .any(|address| is_same_page(&own.value, &address))
            })
        };
        let things = self.things.iter().copied();
        let articles: Vec<_> = things
            .filter(|thing| types(thing).any(is_article_type))
            .collect();
        let named = articles.iter().find(|article| is_own(article));
        named.or_else(|| articles.first()).copied()
    }

    fn read_article(&self, article: &'a Object, collector: &mut Collector) {
        for key in ["headline", "name"] {
            for title in self.texts(article, key, &["name", "@value"]) {
                collector.title(title, &origin(key));
            }
        }
        for key in ["description", "abstract"] {
            for text in self.texts(article, key, &["text", "@value"]) {
                collector.description(text, &origin(key));
            }
        }
        for key in ["image", "thumbnailUrl"] {
            for image in self.values(article, key) {
                if let Some(url) = image.text(&["url", "contentUrl", "@id"]) {
                    collector.image(url, image.property("caption"), &origin(key));
                }
            }
        }
        for key in ["datePublished", "dateCreated"] {
            for date in self.texts(article, key, &["@value"]) {
                collector.published(date, &origin(key));
            }
        }
        for date in self.texts(article, "dateModified", &["@value"]) {
            collector.updated(date, &origin("dateModified"));
        }
        for key in ["author", "creator"] {
            collector.authors(self.texts(article, key, &["name"]), &origin(key));
        }
        collector.tags(self.keywords(article), &origin("keywords"));
        for lang in self.texts(article, "inLanguage", &["alternateName", "@value"]) {
            collector.lang(lang, &origin("inLanguage"));
        }
        for (key, address) in addresses(article) {
            collector.url(address, &origin(key));
        }
    }

    /// Returns the keywords: a list, or one text with commas between.
    fn keywords(&self, article: &'a Object) -> Vec<&'a str> {
        match article.get("keywords") {
            Some(Value::String(list)) => list.split(',').collect(),
            _ => self
                .texts(article, "keywords", &["name", "@value"])
                .collect(),
        }
    }

    /// Returns the texts under `key`; of a thing the one under the first of `names` that is there.
    fn texts(&self, thing: &'a Object, key: &str, names: &[&str]) -> impl Iterator<Item = &'a str> {
        self.values(thing, key)
            .filter_map(|value| value.text(names))
    }

    /// Returns the values under `key`, one or the first of a list.
    fn values(&self, thing: &'a Object, key: &str) -> impl Iterator<Item = PropertyValue<'a>> {
        let values = match thing.get(key) {
            Some(Value::Array(values)) => values.as_slice(),
            Some(value) => std::slice::from_ref(value),
            None => &[],
        };
        let values = values.iter().take(MAX_VALUES);
        values.filter_map(|value| match value {
            Value::String(text) => Some(PropertyValue::Text(text)),
            Value::Object(thing) => Some(PropertyValue::Thing(self.referred(thing))),
            _ => None,
        })
    }

    /// Returns the thing that `thing` refers to if it has little but its `@id`, else itself.
    fn referred(&self, thing: &'a Object) -> &'a Object {
        let Some(id) = thing.get("@id").filter(|_| thing.len() <= 2) else {
            return thing;
        };
        let mut things = self.things.iter();
        things
            .find(|other| other.len() > thing.len() && other.get("@id") == Some(id))
            .unwrap_or(&thing)
    }
}

/// A value of a property.
enum PropertyValue<'a> {
    Text(&'a str),
    Thing(&'a Object),
}

impl<'a> PropertyValue<'a> {
    /// Returns the text itself; of a thing the one under the first of `names` that is there.
    fn text(&self, names: &[&str]) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Thing(_) => names.iter().find_map(|name| self.property(name)),
        }
    }

    /// Returns a text of a thing.
    fn property(&self, name: &str) -> Option<&'a str> {
        match self {
            Self::Text(_) => None,
            Self::Thing(thing) => thing.get(name)?.as_str(),
        }
    }
}

/// Adds the things that `value` consists of: those of lists and graphs, and the subject of a page.
/// The parser bounds how deep a document can be.
fn gather<'a>(value: &'a Value, things: &mut Vec<&'a Object>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, things)),
        Value::Object(thing) => {
            if thing.contains_key("@type") {
                things.push(thing);
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = thing.get(key) {
                    gather(value, things);
                }
            }
        }
        _ => {}
    }
}

/// Returns the types of a thing, without namespaces.
fn types(thing: &Object) -> impl Iterator<Item = &str> {
    let values = match thing.get("@type") {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter_map(Value::as_str).map(local)
}

/// Returns the addresses that an article gives for itself, and their properties.
fn addresses(article: &Object) -> impl Iterator<Item = (&'static str, &str)> {
    ["url", "mainEntityOfPage"].into_iter().filter_map(|key| {
        let address = match article.get(key)? {
            Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?,
            address => address,
        };
        Some((key, address.as_str()?))
    })
}

fn origin(key: &str) -> String {
    format!("JSON-LD {key}")
}
