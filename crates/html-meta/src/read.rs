//! Parses a page and runs the readers in order of precedence.

use crate::article::SearchScopes;
use crate::collector::Collector;
use crate::head::HeadElements;
use crate::json_ld::JsonLd;
use crate::page::Page;
use crate::{charset, json_ld, microdata, microformats, signals, tree};
use url::Url;

/// Maximum number of bytes that are read of a page. It is ten times the size of a long post.
pub const MAX_BYTES: usize = 4 << 20;

/// Reads the metadata of a page. Relative URLs are resolved against `page_url`, the URL that the
/// page was fetched from. If `page_url` is `None`, they are resolved against the URL that the page
/// declares as its own. Without either, relative URLs are left out.
#[must_use]
pub fn read(bytes: &[u8], page_url: Option<&Url>) -> Page {
    let kept = truncate(bytes);
    let (html, is_whole) = tree::parse(&charset::decode(kept));
    let root = html.tree.root();
    let head = HeadElements::read(root);
    let scopes = SearchScopes::find(root);
    let documents = json_ld::parse_documents(root);
    let schema = JsonLd::new(&documents);

    let mut collector = Collector::new(head.base(page_url));
    head.collect_sharing(&mut collector);
    schema.read(&mut collector);
    microdata::read(root, &mut collector);
    microformats::read(root, scopes.post(), &mut collector);
    head.collect_general(&mut collector);
    collector.start_visible_content();
    scopes.read(&mut collector);

    Page {
        signals: signals::read(root, &head, &schema, &scopes, &collector),
        is_truncated: !is_whole || kept.len() < bytes.len(),
        ..collector.finish()
    }
}

/// Returns the text of the article on a page, without its title and byline and without the parts that a theme adds
/// around the text.
#[must_use]
pub fn article_text(bytes: &[u8]) -> String {
    let (html, _) = tree::parse(&charset::decode(truncate(bytes)));
    crate::article_text::read(SearchScopes::find(html.tree.root()).post())
}

/// Returns the HTML of the article on a page, without its title and byline and without the parts that a
/// theme adds around the text. Relative URLs stay as they are.
#[must_use]
pub fn article_html(bytes: &[u8]) -> String {
    let (html, _) = tree::parse(&charset::decode(truncate(bytes)));
    crate::article_html::write(SearchScopes::find(html.tree.root()).post())
}

/// Returns all text of a page in document order, except scripts, style sheets and templates. The
/// texts of adjacent elements are joined without a separator.
#[must_use]
pub fn text_content(bytes: &[u8]) -> String {
    let (html, _) = tree::parse(&charset::decode(truncate(bytes)));
    tree::descendants(html.tree.root(), |element| {
        matches!(tree::name(element), "script" | "style" | "template")
    })
    .filter_map(|node| node.value().as_text())
    .map(|text| &**text)
    .collect()
}

pub(crate) fn truncate(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(MAX_BYTES)]
}
