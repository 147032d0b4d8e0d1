//! The elements of the head that give each field, the most deliberate first.

use super::Head;
use crate::collector::Collector;
use crate::tree::attribute;

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

impl Head<'_> {
    /// Collects what was written for sharing, the page's address and its language.
    pub(crate) fn shared(&self, collector: &mut Collector) {
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
        self.pictures(collector);
    }

    /// Collects what the head states about any page, article or not.
    pub(crate) fn described(&self, collector: &mut Collector) {
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
}

/// Returns the origin of a plain property, distinct from that of others of the same name.
fn meta(key: &str) -> String {
    if key.contains(['.', ':']) {
        key.to_owned()
    } else {
        format!("meta {key}")
    }
}
