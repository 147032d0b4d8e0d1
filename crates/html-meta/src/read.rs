//! Reads a page: parses it and asks each reader in the order of precedence.

use crate::article::Scopes;
use crate::collector::Collector;
use crate::head::Head;
use crate::json_ld::Schema;
use crate::page::Page;
use crate::{article_words, charset, json_ld, microdata, microformats, signals, tree};
use url::Url;

/// The number of bytes of a page that are read. It is ten times the size of long posts; what comes
/// later is the end of a text.
pub const MAX_BYTES: usize = 4 << 20;

/// Reads the metadata of a page. Relative addresses are resolved against `address`, the page's own;
/// without it they are resolved against the address that the page gives for itself, and left out if
/// there is none.
#[must_use]
pub fn read(bytes: &[u8], address: Option<&Url>) -> Page {
    read_parts(bytes, address, false)
}

/// Reads the metadata of a page and the text of its article, which takes longer.
#[must_use]
pub fn read_with_article(bytes: &[u8], address: Option<&Url>) -> Page {
    read_parts(bytes, address, true)
}

fn read_parts(bytes: &[u8], address: Option<&Url>, with_article: bool) -> Page {
    let kept = beginning(bytes);
    let (html, is_whole) = tree::parse(&charset::decode(kept));
    let root = html.tree.root();
    let head = Head::read(root);
    let scopes = Scopes::find(root);
    let documents = json_ld::documents(root);
    let schema = Schema::new(&documents);

    let mut collector = Collector::new(head.base(address));
    head.shared(&mut collector);
    schema.read(&mut collector);
    microdata::read(root, &mut collector);
    microformats::read(root, scopes.post(), &mut collector);
    head.described(&mut collector);
    collector.start_visible_content();
    scopes.read(&mut collector);

    Page {
        signals: signals::read(root, &head, &schema, &scopes, &collector),
        article: with_article.then(|| article_words::read(scopes.post())),
        is_truncated: !is_whole || kept.len() < bytes.len(),
        ..collector.finish()
    }
}

/// Returns all text of a page in document order, except scripts, style sheets and templates.
/// Nothing separates the texts of two elements.
#[must_use]
pub fn text_content(bytes: &[u8]) -> String {
    let (html, _) = tree::parse(&charset::decode(beginning(bytes)));
    tree::walk(html.tree.root(), |element| {
        matches!(tree::name(element), "script" | "style" | "template")
    })
    .filter_map(|node| node.value().as_text())
    .map(|text| &**text)
    .collect()
}

pub(crate) fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(MAX_BYTES)]
}
