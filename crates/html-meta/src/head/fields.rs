//! Maps the elements of the head to the fields of a page, the most reliable first.

use std::borrow::Cow;

use super::HeadElements;
use crate::collector::Collector;

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

// Both namespaces of Dublin Core are written with a full stop (DCMI, "Expressing Dublin Core
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

impl HeadElements<'_> {
    /// Collects the metadata for link previews, the page's own URL and its language.
    pub(crate) fn collect_sharing(&self, collector: &mut Collector) {
        if let Some(lang) = &self.lang {
            collector.add_lang(lang, "html lang");
        }
        if let Some(canonical) = self.canonical() {
            collector.add_url(canonical, "link rel=canonical");
        }
        self.for_each(&["og:url"], |content, key| collector.add_url(content, key));
        self.for_each(TITLE, |content, key| collector.add_title(content, key));
        self.for_each(DESCRIPTION, |content, key| {
            collector.add_description(content, key)
        });
        self.for_each(PUBLISHED, |content, key| {
            collector.add_published(content, key)
        });
        self.for_each(UPDATED, |content, key| collector.add_updated(content, key));
        self.for_each(&["og:locale"], |content, key| {
            collector.add_lang(content, key)
        });
        self.for_each(SITE_NAME, |content, key| {
            collector.add_site_name(content, key)
        });
        for key in self.present(AUTHOR) {
            collector.add_authors(self.contents(key), key);
        }
        for key in self.present(TAGS) {
            collector.add_tags(self.contents(key), key);
        }
        self.collect_pictures(collector);
    }

    /// Collects the metadata that pages of any kind have, such as `<title>`.
    pub(crate) fn collect_general(&self, collector: &mut Collector) {
        self.for_each(META_TITLE, |content, key| {
            collector.add_title(content, meta_origin(key))
        });
        if let Some(title) = &self.title {
            collector.add_title(title, "title");
        }
        self.for_each(META_DESCRIPTION, |content, key| {
            collector.add_description(content, meta_origin(key));
        });
        self.for_each(META_PUBLISHED, |content, key| {
            collector.add_published(content, meta_origin(key));
        });
        self.for_each(META_UPDATED, |content, key| {
            collector.add_updated(content, meta_origin(key))
        });
        self.for_each(META_LANG, |content, key| {
            collector.add_lang(content, meta_origin(key))
        });
        for key in self.present(META_AUTHOR) {
            collector.add_authors(self.contents(key), meta_origin(key));
        }
        for key in self.present(META_TAGS) {
            collector.add_tags(
                self.contents(key).flat_map(|list| list.split([',', ';'])),
                meta_origin(key),
            );
        }
        for link in self.links_with("image_src") {
            collector.add_image(&link.href, None, "link rel=image_src");
        }
        self.for_each(META_IMAGE, |content, key| {
            collector.add_image(content, None, meta_origin(key))
        });
    }
}

/// Returns the origin of a `<meta>`. Keys without a namespace get the prefix `meta` to distinguish
/// them from keys of other vocabularies.
fn meta_origin(key: &'static str) -> Cow<'static, str> {
    if key.contains(['.', ':']) {
        key.into()
    } else {
        format!("meta {key}").into()
    }
}
