//! Reads a document of any format.

use syndicate_api::Diagnostic;
use url::Url;

use super::values::not_a_feed;
use super::{atom, charset, json, rss, web_page, xml};
use crate::feed::Feed;
use crate::invalid::invalid;

/// Reads a feed. `charset` is what its server said of its characters, `address` where it was found.
pub(crate) fn read(
    bytes: &[u8],
    charset: Option<&str>,
    address: Option<&Url>,
) -> Result<Feed, Diagnostic> {
    let text = charset::decode(bytes, charset)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(invalid("it is empty").with_hint("check that its generator has run"));
    }
    if start.starts_with('{') {
        return json::read(&text, address);
    }
    if web_page::is_page(start) {
        return Err(web_page::diagnostic(&text, address));
    }
    let Some(root) = xml::parse(&text, address)? else {
        return Err(not_a_feed("it holds no XML and no JSON"));
    };
    match root.name.as_str() {
        "rss" | "RDF" => rss::read(&root, address),
        "feed" => Ok(atom::read(&root, address)),
        "urlset" | "sitemapindex" => Err(not_a_feed("it is a sitemap, which has no titles")),
        other => Err(not_a_feed(format!(
            "its root is `{other}`, which is no feed's"
        ))),
    }
}
