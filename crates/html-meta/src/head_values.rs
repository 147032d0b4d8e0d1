//! The values of single elements of the head, for readers with rules of their own, such as the crawlers of platforms.

use serde_json::Value;
use url::Url;

use crate::base_url::BaseUrl;
use crate::head::{HeadElements, has_word};
use crate::json_ld::{parse_documents, strip_namespace};
use crate::read::truncate;
use crate::text::collapse_whitespace;
use crate::{charset, quick, tree};

/// The values of the elements of a head, each as it is written. Unlike [`read`](crate::read), this neither chooses
/// between values nor cleans them.
#[derive(Debug)]
pub struct HeadValues {
    /// The keys in lower case, with their values.
    metas: Vec<(String, String)>,
    /// The relations, with the addresses.
    links: Vec<(String, String)>,
    title: Option<String>,
    lang: Option<String>,
    documents: Vec<Value>,
    base: BaseUrl,
}

impl HeadValues {
    /// Reads the head of a page that was fetched from `page_url`.
    #[must_use]
    pub fn read(bytes: &[u8], page_url: Option<&Url>) -> Self {
        if let Some(head) = quick::whole_head(bytes) {
            return Self::of(&head.elements, head.documents(), page_url);
        }
        let (html, _) = tree::parse(&charset::decode(truncate(bytes)));
        let root = html.tree.root();
        Self::of(&HeadElements::read(root), parse_documents(root), page_url)
    }

    fn of(head: &HeadElements<'_>, documents: Vec<Value>, page_url: Option<&Url>) -> Self {
        let owned = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
        Self {
            metas: head.metas().map(owned).collect(),
            links: head.links().map(owned).collect(),
            title: head.title().map(collapse_whitespace),
            lang: head.lang().map(str::to_owned),
            documents,
            base: head.base(page_url),
        }
    }

    /// Returns the content of the first `<meta>` that is not empty and whose `name` or `property` is `key`, which is in
    /// lower case.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        let mut metas = self.metas.iter();
        let found = metas.find(|(own, value)| own == key && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the text of the `<title>`.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref().filter(|title| !title.is_empty())
    }

    /// Returns the language of the page, as written.
    #[must_use]
    pub fn lang(&self) -> Option<&str> {
        self.lang.as_deref().filter(|lang| !lang.is_empty())
    }

    /// Returns the addresses of the links with this relation, as written.
    pub fn links(&self, relation: &str) -> impl Iterator<Item = &str> {
        let links = self.links.iter();
        let own = links.filter(move |(rel, href)| has_word(rel, relation) && !href.is_empty());
        own.map(|(_, href)| href.as_str())
    }

    /// Returns the text at `key` of the first JSON-LD object with one of these types. Only the outermost objects of the
    /// scripts count.
    #[must_use]
    pub fn json_ld(&self, types: &[&str], key: &str) -> Option<&str> {
        let objects = self.documents.iter().flat_map(|document| match document {
            Value::Array(objects) => objects.as_slice(),
            object => std::slice::from_ref(object),
        });
        let has_type = |object: &&Value| {
            let own = object["@type"].as_str().map(strip_namespace);
            own.is_some_and(|own| types.contains(&own))
        };
        let mut texts = objects
            .filter(has_type)
            .filter_map(|object| object[key].as_str());
        texts.find(|text| !text.trim().is_empty())
    }

    /// Returns the absolute URL of a reference on the page. Returns `None` if it is not a web address.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<String> {
        self.base.resolve(reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html lang=de><head><title> A \n B </title><base href=/blog/>\
        <meta property='og:title' content=''><meta name='OG:Title' content='Tides'>\
        <link rel='site.standard.document alternate' href='at://a/b/c'><link rel=canonical href=tides/>\
        <script type='application/ld+json'>[{\"@type\":\"BlogPosting\",\"headline\":\"No\"},\
        {\"@type\":\"https://schema.org/NewsArticle\",\"headline\":\"Yes\"}]</script>";

    fn values(html: &str) -> HeadValues {
        let url = Url::parse("https://example.org/tides/").unwrap();
        HeadValues::read(html.as_bytes(), Some(&url))
    }

    fn check(values: &HeadValues) {
        assert_eq!(values.meta("og:title"), Some("Tides"));
        assert_eq!(values.meta("og:image"), None);
        assert_eq!(values.title(), Some("A B"));
        assert_eq!(values.lang(), Some("de"));
        let links: Vec<&str> = values.links("site.standard.document").collect();
        assert_eq!(links, ["at://a/b/c"]);
        let canonical = values.links("canonical").next().unwrap();
        let resolved = values.resolve(canonical);
        assert_eq!(resolved.as_deref(), Some("https://example.org/blog/tides/"));
        let headline = values.json_ld(&["NewsArticle", "WebPage"], "headline");
        assert_eq!(headline, Some("Yes"));
    }

    #[test]
    fn elements_are_found_without_tree() {
        let page = format!("{PAGE}</head><body><p>Text.</p></body></html>");
        assert!(quick::whole_head(page.as_bytes()).is_some());
        check(&values(&page));
    }

    #[test]
    fn elements_after_head_count() {
        for element in [
            "<meta property='og:type' content=article>",
            "<LINK rel='x-type' href=article>",
        ] {
            let page = format!("{PAGE}</head><body><p>Text.</p>{element}</body></html>");
            assert!(quick::whole_head(page.as_bytes()).is_none());
            let values = values(&page);
            check(&values);
            let link = values.links("x-type").next();
            assert_eq!(
                values.meta("og:type").or(link),
                Some("article"),
                "{element}"
            );
        }
    }

    #[test]
    fn empty_page_has_no_values() {
        let values = HeadValues::read(b"", None);
        assert_eq!((values.title(), values.lang()), (None, None));
        assert_eq!(values.json_ld(&["WebPage"], "headline"), None);
        assert_eq!(values.resolve("a.png"), None);
    }
}
